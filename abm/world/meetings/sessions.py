"""Sessions: what counsellors tell, and what that changes in their clients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import Organisation, Stance
from ....agents.places import IS_PROCEDURE
from ....agents.rules.beliefs import moved
from ....agents.rules.counselling import excess, heard, told_hope, told_livelihood
from ..decision.moderators import left_by_hope
from ..events import Event
from ..switches import chosen
from .skill import skill_in_session

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Rows
    from ..state import World

METHODS: Final = ("safe_future_use", "bewogen_terugkeer_use", "life_line_use")


def hold_sessions(world: World, rows: Rows) -> None:
    """Hold a session with whole households that have a helper.

    Two-sided information weighs by trust in the organisation, felt justice and the
    counsellor's skill; what speaks against hope weighs less the more hope there is. Methods
    strengthen agency, being heard raises felt justice, and trust and the bond grow.
    """
    if not len(rows):
        return
    people, now = world.people, world.now
    _meet(world, rows)
    helper = people.helper[rows]
    stance = world.organisations.stance[helper]
    early = IS_PROCEDURE[people.phase[rows]] & (stance != Stance.LEGAL_FIRST)
    persuades, trusts = chosen(now, "early_return_talk")(early)
    skill = skill_in_session(world, rows)
    weight = heard(now.number("session_weight"), _trust(world, rows), people.justice[rows], skill)
    open_to = weight * persuades
    against_hope = open_to * left_by_hope(world, people.hope[rows])
    people.knowledge[rows] = moved(people.knowledge[rows], 1.0, weight)
    _speak_of_staying(world, rows, stance, open_to, against_hope)
    _speak_of_origin(world, rows, against_hope)
    _strengthen(world, rows, skill)
    _build_trust(world, rows, trusts)


def _meet(world: World, rows: Rows) -> None:
    """Count the session, and note the first with an organisation."""
    people = world.people
    people.sessions[rows] = np.minimum(people.sessions[rows], 254) + 1  # a byte holds no more
    bit = np.left_shift(1, people.helper[rows]).astype(np.uint16)
    first = rows[(people.met[rows] & bit) == 0]
    people.met[rows] |= bit
    never = rows[people.first_contact[rows] == 0]
    people.first_contact[never] = world.week
    world.note(Event.MET, first)


def _trust(world: World, rows: Rows) -> NDArray[np.float64]:
    """Return trust in the helper: in the state for COA, in IOM, or in other organisations."""
    people = world.people
    helper = people.helper[rows]
    others = np.where(helper == Organisation.COA, people.trust_state[rows], people.trust_ngo[rows])
    return np.where(helper == Organisation.IOM, people.trust_iom[rows], others)


def _speak_of_staying(
    world: World,
    rows: Rows,
    stance: NDArray[np.uint8],
    open_to: NDArray[np.float64],
    against_hope: NDArray[np.float64],
) -> None:
    """Tell of permits and of life without papers; return-oriented organisations leave this out."""
    people, now = world.people, world.now
    legal = stance == Stance.LEGAL_FIRST
    told = told_hope(
        legal,
        world.origin.safety[people.country[rows]],
        now.number("reexamination_line"),
        now.number("hope_in_repeat_procedure"),
    )
    hope = people.hope[rows]
    two_sided = stance != Stance.RETURN_ORIENTED
    weight = np.where(told > hope, open_to, against_hope) * two_sided
    people.hope[rows] = moved(hope, told, weight)
    people.illegality_prospects[rows] = moved(
        people.illegality_prospects[rows], now.number("illegality_truth"), against_hope * two_sided
    )


def _speak_of_origin(world: World, rows: Rows, weight: NDArray[np.float64]) -> None:
    """Tell the truth about the origin: it can confirm a fear as well as calm it (s2 G R2)."""
    people, now = world.people, world.now
    country, helper = people.country[rows], people.helper[rows]
    people.believed_safety[rows] = moved(
        people.believed_safety[rows], world.origin.safety[country], weight
    )
    plan = world.organisations.numbers(now, "plan_livelihood")[helper]
    _, there = chosen(now, "training_place")()
    plan = plan + (helper == Organisation.BRIDGE_TO_BETTER) * there * now.number(
        "training_livelihood"
    )
    told = told_livelihood(world.origin.livelihood[country], plan)
    people.believed_livelihood[rows] = moved(people.believed_livelihood[rows], told, weight)


def _strengthen(world: World, rows: Rows, skill: NDArray[np.float64]) -> None:
    """Strengthen agency and the bond; too close a bond may also act on agency or on ties here."""
    people, now = world.people, world.now
    helper = people.helper[rows]
    used = np.array([world.organisations.numbers(now, method) for method in METHODS])
    gain = now.vector("method_agency") @ used
    here, _ = chosen(now, "training_place")()
    gain[Organisation.BRIDGE_TO_BETTER] += here * now.number("training_agency")
    people.bond[rows] = moved(people.bond[rows], 1.0, now.number("bond_gain"))
    above = excess(people.bond[rows], now.number("bond_limit"))
    choice, host = chosen(now, "counsellor_bond")(above)
    effect = now.number("bond_effect")
    people.agency[rows] = moved(
        people.agency[rows], 1.0, np.minimum(gain[helper] * skill + effect * choice, 1.0)
    )
    people.ties_nl[rows] = moved(people.ties_nl[rows], 1.0, effect * host)
    people.justice[rows] = moved(people.justice[rows], 1.0, now.number("heard_justice") * skill)


def _build_trust(world: World, rows: Rows, trusts: NDArray[np.float64]) -> None:
    """Let trust in the organisation grow, or shrink where an early talk harms it."""
    people = world.people
    helper = people.helper[rows]
    weight = world.now.number("trust_gain") * np.abs(trusts)
    toward = (trusts > 0).astype(np.float64)
    ngo = (helper != Organisation.IOM) & (helper != Organisation.COA)
    for column, whose in ((people.trust_iom, helper == Organisation.IOM), (people.trust_ngo, ngo)):
        column[rows] = moved(column[rows], toward, weight * whose)
