"""Phase 9, prepare: first steps to return, applications for assistance, documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....agents.codes import LegalPhase, Place, Reading, Stage
from ....agents.places import IS_HELD, IS_IN_VIEW
from ....agents.rules.beliefs import moved
from ....agents.rules.case_work.identity_data import identified_at_mission
from ..chance import Decision
from ..events import Event
from ..help.guidance import without_data
from ..help.knowledge import known_of_support
from ..meetings.applications import apply

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Rows
    from ..state import World


def prepare(world: World) -> None:
    """Let persons take first steps, apply for assistance, disclose identity and get documents.

    How soon documents come depends on cooperation, ease of agreement and country of origin. For
    persons who have shown no identity they come as slowly as for persons who do not cooperate.
    """
    people = world.people
    now = world.now
    without = people.spell_open & ~people.document
    willing = people.cooperates
    preparing = np.zeros(len(people), dtype=np.bool_)
    if world.weighs:
        _first_steps(world)
        apply(world)
        preparing = (people.stage == Stage.PREPARING) & (people.phase != LegalPhase.RETURNED)
        shown = world.rows(preparing & ~people.identified)
        disclosing = world.happens(Decision.DISCLOSURE, shown, now.number("disclosure_hazard"))
        people.identified[disclosing] = True
        without |= preparing & ~people.document
        # the track is the claim on another member state: it runs from arrival
        without |= people.dublin & ~people.document & (people.phase == LegalPhase.PROCEDURE)
        willing = people.cooperates & people.identified
        preparing &= people.identified
    rows = world.rows(without)
    held = IS_HELD[people.place[rows]]
    unwilling = np.where(
        held, now.number("document_hazard_detained"), now.number("document_hazard_unwilling")
    )
    if world.weighs:
        unwilling *= _requested(world, rows)
        gap = now.number("data_gap_document_ratio")
        unwilling *= np.where(without_data(world, rows), gap, 1.0)
    hazard = np.select(
        [people.dublin[rows], preparing[rows], willing[rows]],
        [
            now.number("document_hazard_dublin"),
            now.number("document_hazard_preparing"),
            now.number("document_hazard_cooperating"),
        ],
        unwilling * people.frailty[rows] * world.effects.cooperation[people.country[rows]],
    )
    if world.weighs:
        hazard[_unrecognised(world, rows)] = 0.0
    given = world.happens(Decision.DOCUMENT, rows, hazard)
    people.document[given] = True
    asked = ~(people.dublin | willing)  # the state asks for them
    world.note(Event.AGREED, given[asked[given] & ~preparing[given]])
    if world.weighs:
        _missions(world, rows[(asked & ~preparing & ~people.document)[rows]])
        _efforts(world)


def _unrecognised(world: World, rows: Rows) -> NDArray[np.bool_]:
    """Return whom the origin recognises on no request, willing or not (s1 C1 L873-913).

    What another member state agrees to is no recognition.
    """
    drawn = world.draw_once(Decision.UNRECOGNISED, rows)
    unknown = drawn < world.now.number("unrecognised_share")
    return np.asarray(unknown & ~world.people.dublin[rows])


def _efforts(world: World) -> None:
    """Run the clock of a no-fault permit for households that do all they can and have no papers.

    They work on their departure in the eyes of the case manager, have shown an identity and are
    obliged to leave; no procedure and no appeal runs. What ends one of these ends the clock, but
    doubt in a talk does not: only being read as refusing does.
    """
    people = world.people
    doubted = (people.effort_since > 0) & (people.reading != Reading.REFUSES)
    tries = people.spell_open & (people.cooperates | doubted)
    tries &= people.identified & ~people.document
    tries &= (people.phase == LegalPhase.OBLIGED) & ~people.appeals & ~people.dublin
    begun = np.where(people.effort_since > 0, people.effort_since, world.week)
    here = people.place != Place.ORIGIN
    people.effort_since[here] = np.where(tries, begun, 0)[here]


def _missions(world: World, rows: Rows) -> None:
    """Let authorities of an origin identify persons brought before them, who get papers then.

    They are persons under a duty to leave with an open file, in the view of the state, who do not
    cooperate.
    """
    people, now = world.people, world.now
    visits = now.number("identification_missions")
    if visits <= 0.0:
        return
    brought = people.spell_open[rows] & (people.phase[rows] == LegalPhase.OBLIGED)
    rows = rows[brought & (IS_IN_VIEW | IS_HELD)[people.place[rows]]]
    rows = rows[_requested(world, rows)]
    rows = rows[~_unrecognised(world, rows)]
    ease = people.frailty[rows] * world.effects.cooperation[people.country[rows]]
    hazard = identified_at_mission(visits, now.number("mission_identifies_share"), ease)
    known = world.happens(Decision.AT_A_MISSION, rows, hazard)
    people.document[known] = True
    world.note(Event.RECOGNISED, known)
    world.note(Event.AGREED, known)


def _requested(world: World, rows: Rows) -> NDArray[np.bool_]:
    """Return for whom the state may ask the origin for papers: not during an appeal, until 2015."""
    if world.now.flag("papers_requested_in_appeal"):
        return np.ones(len(rows), dtype=np.bool_)
    people = world.people
    return np.asarray(~people.appeals[rows] & (people.phase[rows] != LegalPhase.APPEAL))


def _first_steps(world: World) -> None:
    """Let households that intend to return take the first step, sooner if they know of support."""
    people = world.people
    rows: Rows = world.rows(
        (people.stage == Stage.INTENDING) & (people.phase != LegalPhase.RETURNED)
    )
    if not len(rows):
        return
    household = world.household_of(rows)
    adults = np.flatnonzero(world.adult(rows))
    sums = np.bincount(household[adults], known_of_support(world, rows[adults]))
    known = sums / np.bincount(household[adults])
    hazard = world.now.number("first_step_hazard") * known[household]
    stepping = world.happens(Decision.FIRST_STEP, rows, hazard)
    people.stage[stepping] = Stage.PREPARING
    people.stage_since[stepping] = world.week
    people.knowledge[stepping] = moved(
        people.knowledge[stepping], 1.0, world.now.number("first_step_informs")
    )
