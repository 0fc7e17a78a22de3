"""Hope, threat, prospects, beliefs about the origin, felt justice and trust over a week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import LegalPhase, Place, Route, Track
from ....agents.places import IS_HELD, IS_HIDDEN, IS_REFUSED, PROCEDURES, REFUSED
from ....agents.rules.beliefs import biased
from ....agents.rules.course import halved, move, toward
from ..arrivals.endowment import biases
from ..calendar import WEEKS_PER_YEAR
from ..events import Event
from ..help.case_managers import NGOS
from ..switches import chosen
from ..ties.rumour import has_heard
from .health import by_place, weekly

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Rows
    from ..state import World

_TRACKS: Final = max(Track) + 1
_NGOS: Final = np.uint16(sum(1 << each for each in NGOS))


def change_outlook(world: World, place: NDArray[np.intp]) -> None:
    """Let beliefs and trust move with a person's situation: the law, the state, the origin.

    `place` holds the codes of the place of all rows.
    """
    held = np.flatnonzero(IS_HELD[place])
    _judge(world, held)
    _lose_trust(world, held)
    here = (place != Place.ORIGIN).astype(np.float32)
    shift = world.people.optimism * np.float32(world.now.number("optimism_effect"))
    _hope(world, here, shift)
    _threat(world, place, here, shift)
    _prospects(world, place, shift)
    _origin(world, here)


def _judge(world: World, held: Rows) -> None:
    """Add felt justice at the first decision, by the length of the procedure; detention lowers it.

    A procedure of w weeks adds `base + gain * (1 - 2**(-w / half))` to what a
    person felt before: a procedure that was over at once feels less just (s4 D16, D17).
    """
    people, now = world.people, world.now
    opened = np.flatnonzero((people.spell_since == world.week) & (people.phase_since == world.week))
    phase = people.phase[opened]
    first = (people.spells[opened] == 1) & (people.route[opened] == Route.ASYLUM)
    decided = opened[first & ((phase == LegalPhase.APPEAL) | (phase == LegalPhase.DEPARTURE_TERM))]
    weeks = world.week - people.arrival_week[decided]
    heard = halved(weeks, now.number("justice_half_weeks"))
    gained = now.number("justice_of_no_procedure") + now.number("justice_gain") * heard
    people.justice[decided] = np.clip(people.justice[decided] + gained, 0.0, 1.0)
    unjust = now.number("justice_in_detention")
    people.justice[held] = toward(
        people.justice[held], unjust, weekly(now.number("outlook_half_weeks"))
    )


def _lose_trust(world: World, held: Rows) -> None:
    """Lower trust in the state of persons put in detention, or told of a removal last week.

    By the switch `trust_spill`, coercion also lowers trust in helpers, or sharing data with
    the state lowers trust in NGOs among persons who have met one.
    """
    people, now = world.people, world.now
    lost = now.number("trust_lost_by_coercion")
    to_all, to_ngos = chosen(now, "trust_spill")()
    placed = held[people.place_since[held] == world.week]
    for rows in (placed, _noticed(world)):
        people.trust_state[rows] *= 1.0 - lost
        if to_all:
            for column in (people.trust_iom, people.trust_ngo):
                column[rows] *= 1.0 - lost * now.number("trust_spill_share")
    if to_ngos:
        known = world.rows(people.spell_open & ((people.met & _NGOS) > 0))
        cost = now.number("data_sharing_costs_trust") * now.number("data_sharing")
        people.trust_ngo[known] *= 1.0 - cost


def _noticed(world: World) -> Rows:
    """Return the rows of persons told of a removal last week who are still here."""
    weeks = world.log.column("week")
    last_week = np.array([world.week - 1, world.week], dtype=weeks.dtype)  # else all are converted
    first, last = np.searchsorted(weeks, last_week)
    noticed = world.log.column("kind")[first:last] == Event.NOTICED
    people = world.people
    rows = people.find(world.log.column("person")[first:last][noticed].astype(np.int64))
    there = rows[rows >= 0]
    return np.asarray(there[people.place[there] != Place.ORIGIN])


def _hope(world: World, here: NDArray[np.float32], shift: NDArray[np.float32]) -> None:
    """Move hope toward the level of legal phase and track, slowly after a refusal felt unjust."""
    people, now = world.people, world.now
    level = np.zeros((len(LegalPhase), _TRACKS), dtype=np.float32)
    level[LegalPhase.PROCEDURE, list(Track)] = now.vector("hope_by_track")
    level[LegalPhase.APPEAL] = level[LegalPhase.PROCEDURE] * now.number("hope_left_in_appeal")
    level[list(REFUSED)] = now.number("hope_after_refusal")
    level[LegalPhase.REPEAT_PROCEDURE] = now.number("hope_in_repeat_procedure")
    phase = people.phase.astype(np.intp)
    phase[people.appeals] = LegalPhase.APPEAL  # with or without a right to stay
    target = level.ravel()[phase * _TRACKS + people.track]
    target += shift
    majority = now.number("majority_years") * WEEKS_PER_YEAR
    family = world.week - people.youngest_birth_week < majority
    if chosen(now, "pardon_rumour")():
        family &= has_heard(world, world.network)
    target += family * np.float32(now.number("pardon_hope"))
    np.clip(target, 0.0, 1.0, out=target)
    holding_on = (IS_REFUSED * now.number("injustice_keeps_hope")).astype(np.float32)
    rate = 1.0 - people.justice
    rate *= -holding_on[phase]
    rate += 1.0
    rate *= here
    rate *= np.float32(weekly(now.number("hope_half_weeks")))
    move(people.hope, target, rate)


def _threat(
    world: World,
    place: NDArray[np.intp],
    here: NDArray[np.float32],
    shift: NDArray[np.float32],
) -> None:
    """Move the believed chance of removal toward the level of the situation."""
    people, now = world.people, world.now
    level = np.ones(
        (len(Place), len(LegalPhase), 2, 2), dtype=np.float32
    )  # file open, document there
    level *= by_place(now, "threat_by_place")[:, np.newaxis, np.newaxis, np.newaxis]
    level *= world.enforcement
    level[:, list(PROCEDURES)] *= now.number("threat_left_in_procedure")
    level[IS_HIDDEN, :, 0] *= now.number("threat_left_without_file")
    level[:, :, :, 1] *= 1.0 + now.number("threat_added_by_document")
    cell = place * len(LegalPhase)
    for codes, size in ((people.phase, 2), (people.spell_open, 2), (people.document, 1)):
        cell += codes
        cell *= size
    target = level.ravel()[cell]
    target -= shift
    np.clip(target, 0.0, 1.0, out=target)
    move(people.threat, target, here * np.float32(weekly(now.number("outlook_half_weeks"))))


def _prospects(world: World, place: NDArray[np.intp], shift: NDArray[np.float32]) -> None:
    """Let persons who live outside state shelter learn what a life without papers is like."""
    people, now = world.people, world.now
    truth = shift + np.float32(now.number("illegality_truth"))
    np.clip(truth, 0.0, 1.0, out=truth)
    rate = np.float32(weekly(now.number("outlook_half_weeks")))
    move(people.illegality_prospects, truth, rate * IS_HIDDEN[place])


def _origin(world: World, here: NDArray[np.float32]) -> None:
    """Let knowledge grow a little, and beliefs on the origin approach the truth with knowledge."""
    people, now = world.people, world.now
    ahead = np.maximum(np.float32(now.number("knowledge_without_talks")), people.knowledge)
    move(people.knowledge, ahead, here * np.float32(weekly(now.number("knowledge_half_weeks"))))
    rate = here * people.trust_ngo
    rate *= np.float32(weekly(now.number("belief_half_weeks")))
    unknown = 1.0 - people.knowledge
    country = people.country.astype(np.intp)
    for column, truth, bias in zip(
        (people.believed_safety, people.believed_livelihood),
        (world.origin.safety, world.origin.livelihood),
        biases(now),
        strict=True,
    ):
        move(column, biased(truth[country], bias * unknown), rate)
