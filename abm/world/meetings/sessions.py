"""Sessions: what counsellors tell, and what that changes in their clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....agents.codes import Organisation, Stance
from ....agents.places import IS_PROCEDURE
from ....agents.rules.beliefs import moved
from ....agents.rules.counselling import excess, heard
from ....agents.rules.methods import with_sessions
from ..decision.moderators import left_by_hope
from ..events import Event
from ..help.training import training
from ..switches import chosen
from .mediation import mediate
from .methods import Heard, follow_methods, inform
from .preparation import prepare_life_after_return
from .skill import compatriots, skill_in_session
from .told import of_hope, of_origin

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Rows
    from ..state import World


def hold_sessions(world: World, rows: Rows) -> None:
    """Hold a session with whole households that have a helper.

    Two-sided information weighs by trust in the organisation, felt justice and the
    counsellor's skill; what speaks against hope weighs less the more hope there is. Being heard
    raises felt justice, trust and the bond grow, and methods go a step on. Where the switch
    `counselling_moves_intention` says so, a session leaves alone what the forces rest on, and
    builds no trust, with which beliefs approach the truth.
    Training and plans for life after return belong to it (`preparation`).
    """
    if not len(rows):
        return
    people, now = world.people, world.now
    _meet(world, rows)
    helper = people.helper[rows]
    stance = world.organisations.stance[helper]
    early = IS_PROCEDURE[people.phase[rows]] & (stance != Stance.LEGAL_FIRST)
    persuades, trusts = chosen(now, "early_return_talk")(early)
    moves = chosen(now, "counselling_moves_intention")()
    trusts = trusts * moves
    skill = skill_in_session(world, rows)
    trust = _trust(world, rows)
    justice = with_sessions(people.justice[rows], people.heard[rows])
    weight = heard(now.number("session_weight"), trust, justice, skill)
    open_to = weight * persuades
    left = left_by_hope(world, people.hope[rows])
    listens = heard(1.0, trust, justice, skill)
    future = listens * persuades
    in_methods = Heard(rows, skill, trusts, listens, future, future * left, moves)
    inform(world, rows, weight, moves=moves)
    if moves:
        _speak_of_staying(world, rows, stance, open_to, open_to * left)
        _speak_of_origin(world, rows, open_to * left)
    _strengthen(world, rows, skill, moves=moves)
    _build_trust(world, rows, trusts)
    prepare_life_after_return(world, rows)
    follow_methods(world, in_methods)
    mediate(world, rows)


def _meet(world: World, rows: Rows) -> None:
    """Count the session, and note the first with an organisation."""
    people = world.people
    people.sessions[rows] = np.minimum(people.sessions[rows], 254) + 1  # a byte holds no more
    bit = np.left_shift(np.uint16(1), people.helper[rows])
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
    told = of_hope(world, rows)
    hope = people.hope[rows]
    two_sided = stance != Stance.RETURN_ORIENTED
    weight = np.where(told > hope, open_to, against_hope) * two_sided
    people.hope[rows] = moved(hope, told, weight)
    people.illegality_prospects[rows] = moved(
        people.illegality_prospects[rows], now.number("illegality_truth"), against_hope * two_sided
    )


def _speak_of_origin(world: World, rows: Rows, weight: NDArray[np.float64]) -> None:
    """Tell the truth about the origin: it can confirm a fear as well as calm it (s2 G R2)."""
    people = world.people
    safety, livelihood = of_origin(world, rows)
    for column, told in (
        (people.believed_safety, safety),
        (people.believed_livelihood, livelihood),
    ):
        column[rows] = moved(column[rows], told, weight)


def _strengthen(world: World, rows: Rows, skill: NDArray[np.float64], *, moves: bool) -> None:
    """Strengthen the bond and felt justice; training and too close a bond act on agency.

    Too close a bond may tie people to the Netherlands instead, if sessions move intention.
    """
    people, now = world.people, world.now
    gain = now.number("training_agency") * (training(now).here[people.helper[rows]] > 0.0)
    people.bond[rows] = moved(people.bond[rows], 1.0, now.number("bond_gain"))
    above = excess(people.bond[rows], now.number("bond_limit"))
    choice, host = chosen(now, "counsellor_bond")(above)
    effect = now.number("bond_effect")
    people.agency[rows] = moved(
        people.agency[rows], 1.0, np.minimum(gain * skill + effect * choice, 1.0)
    )
    if moves:
        people.ties_nl[rows] = moved(people.ties_nl[rows], 1.0, effect * host)
    just = people.justice if moves else people.heard
    just[rows] = moved(just[rows], 1.0, now.number("heard_justice") * skill)


def _build_trust(world: World, rows: Rows, trusts: NDArray[np.float64]) -> None:
    """Let trust in the organisation grow, or shrink where an early talk harms it.

    It grows faster with a compatriot, where native counsellors reach people better (switch
    `native_counsellor`).
    """
    people, now = world.people, world.now
    helper = people.helper[rows]
    weight = now.number("trust_gain") * np.abs(trusts)
    toward = (trusts > 0).astype(np.float64)
    reach, _ = chosen(now, "native_counsellor")()
    if reach:
        faster = np.minimum(weight * now.number("native_trust_factor"), 1.0)
        weight = np.where(compatriots(world, rows) & (trusts > 0), faster, weight)
    ngo = (helper != Organisation.IOM) & (helper != Organisation.COA)
    for column, whose in ((people.trust_iom, helper == Organisation.IOM), (people.trust_ngo, ngo)):
        column[rows] = moved(column[rows], toward, weight * whose)
