"""Phase 3, decide_law: procedures, appeals, terms, repeat applications, permits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import (
    Background,
    Destination,
    LegalPhase,
    Outcome,
    Place,
    Track,
)
from ....agents.places import IN_TOWN, IS_HELD, IS_REFUSED, table
from ..arrivals.inflow import TRACKS
from ..chance import Decision
from ..events import Event
from ..help.case_managers import FIRST_TWO
from ..meetings.counsel import reexamined
from ..meetings.extensions import extended
from ..switches import chosen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Rows
    from ..state import World

# from these places a repeat application leads back to a reception centre
_TO_RECEPTION: Final = table(Place.VBL, *IN_TOWN)


def decide_law(world: World) -> None:
    """Take the week's legal decisions; each household gets at most one."""
    phase = world.people.phase.copy()
    _other_appeals(world, IS_REFUSED[phase])
    _first_decisions(world, world.rows(phase == LegalPhase.PROCEDURE))
    appeals = _appeals(world, world.rows(phase == LegalPhase.APPEAL))
    repeats = _repeat_decisions(world, world.rows(phase == LegalPhase.REPEAT_PROCEDURE))
    _grant_or_refuse(world, *(np.concatenate(pair) for pair in zip(appeals, repeats, strict=True)))
    still = phase == world.people.phase
    _terms(world, world.rows(still & (phase == LegalPhase.DEPARTURE_TERM)))
    obliged = world.rows(still & (phase == LegalPhase.OBLIGED))
    _no_fault(world, obliged)
    _repeat_applications(world, obliged)


def _first_decisions(world: World, rows: Rows) -> None:
    """Refuse at the first decision: a file opens, and persons in reception may appeal.

    An appeal that may be awaited here delays the term. During any other the term runs.
    """
    people = world.people
    decided = rows[people.decision_week[rows] <= world.week]
    world.open_files(decided)
    appeals = world.draw(Decision.APPEAL, decided) < _by_track(world, decided, "appeal_share")
    appeals &= people.place[decided] == Place.AZC
    stays = appeals & _may_await(world, decided)
    world.change_phase(decided[stays], LegalPhase.APPEAL)
    world.change_phase(decided[~stays], LegalPhase.DEPARTURE_TERM)
    people.appeals[decided] = appeals & ~stays
    world.note(Event.APPEALED, decided[appeals])  # the phase tells whether it may be awaited


def _may_await(world: World, rows: Rows) -> NDArray[np.bool_]:
    """Return who may await an appeal here, by the track of the procedure or by interim relief.

    The chance is s + (1 - s) r, with s the effect of an appeal by itself on the track
    (`appeal_suspends`) and r the share that gets relief (`interim_relief_share`).
    """
    if not world.weighs:
        return np.ones(len(rows), dtype=np.bool_)
    suspends = _by_track(world, rows, "appeal_suspends")
    relief = world.now.number("interim_relief_share")
    chance = suspends + (1.0 - suspends) * relief
    return np.asarray(world.draw(Decision.RIGHT_TO_STAY, rows) < chance)


def _by_track(world: World, rows: Rows, name: str) -> NDArray[np.float64]:
    """Return a share for each person, by the track of the first procedure."""
    of_track = np.zeros(max(Track) + 1)
    of_track[list(TRACKS)] = world.now.vector(name)
    return np.asarray(of_track[world.people.track[rows]])


def _appeals(world: World, rows: Rows) -> tuple[Rows, NDArray[np.bool_]]:
    """Decide appeals; return the rows decided, and which of them win.

    The weekly hazard is 1 over the mean weeks, which are more after the extended procedure.
    """
    long = world.people.track[rows] == Track.EXTENDED
    weeks = np.where(
        long, world.now.number("appeal_weeks_extended"), world.now.number("appeal_weeks")
    )
    ended = world.happens(Decision.APPEAL_ENDS, rows, 1.0 / weeks)
    granted = _by_track(world, ended, "appeal_granted_share")
    won = world.draw(Decision.APPEAL_GRANTED, ended) < granted
    won &= ~world.people.dublin[ended]  # what they could win is a Dutch procedure
    return ended, won


def _other_appeals(world: World, refused: NDArray[np.bool_]) -> None:
    """Decide appeals that give no right to stay: who wins gets a permit.

    For the others nothing changes, since the term has run. Such an appeal lapses when the file
    closes or a new procedure begins that is not decided within the week.
    """
    people = world.people
    people.appeals &= people.spell_open & refused
    ended, won = _appeals(world, world.rows(people.appeals))
    people.appeals[ended] = False
    people.lost_week[ended[~won]] = world.week
    world.note(Event.CLAIM_WON, ended[won])
    world.close_files(ended[won], Outcome.PERMIT, Destination.PERMIT, Place.AZC)


def _repeat_decisions(world: World, rows: Rows) -> tuple[Rows, NDArray[np.bool_]]:
    """Decide repeat applications; return the rows decided, and which of them win."""
    ended = world.happens(Decision.REPEAT_ENDS, rows, 1.0 / world.now.number("repeat_weeks"))
    return ended, _repeats_won(world, ended, Decision.REPEAT_GRANTED)


def _repeats_won(world: World, rows: Rows, decision: Decision) -> NDArray[np.bool_]:
    """Return which repeat applications win, of those decided this week: not of Dublin claimants."""
    won = world.draw(decision, rows) < world.now.number("repeat_granted_share")
    return np.asarray(won & ~world.people.dublin[rows])


def _grant_or_refuse(
    world: World, rows: Rows, won: NDArray[np.bool_], *, with_term: bool = True
) -> None:
    """Give a permit to those who won, and a new departure term to the others unless they are held.

    Parameters
    ----------
    with_term : bool, optional
        Whether a refusal starts a term at all; without one, households have weighed this week.
    """
    people = world.people
    with_file = people.spell_open[rows]
    granted, granted_unseen = rows[won & with_file], rows[won & ~with_file]
    refused = rows[~won]
    world.note(Event.CLAIM_WON, rows[won])
    world.change_phase(refused, LegalPhase.DEPARTURE_TERM)
    at_once = IS_HELD[people.place[refused]] | (not with_term)
    world.change_phase(refused[at_once], LegalPhase.OBLIGED, from_next_week=not with_term)
    people.refusals[refused[~at_once]] = 0  # refusals count from the start of a term
    world.close_files(granted, Outcome.PERMIT, Destination.PERMIT, Place.AZC)
    world.leave(granted_unseen, Outcome.PERMIT, Destination.PERMIT)


def _terms(world: World, rows: Rows) -> None:
    """End departure terms; some persons in reception get more time.

    Where people weigh, the local and the regional consultation give it (`extended`). Else persons
    who cooperate and have a document get the weeks that are agreed locally.
    """
    people, now = world.people, world.now
    past = world.weeks_in_phase(rows) - now.number("departure_term_weeks")
    over = past >= 0
    sheltered = over & (people.place[rows] == Place.AZC_DEPARTURE_TERM)
    if world.weighs:
        over[sheltered] = ~extended(world, rows[sheltered], past[sheltered])
    else:
        longer = sheltered & people.cooperates[rows] & people.document[rows]
        over &= past >= longer * now.number("term_extension_weeks")
    world.change_phase(rows[over], LegalPhase.OBLIGED)


def _no_fault(world: World, rows: Rows) -> None:
    """Test who has made every effort for long enough and got no papers: some get a permit.

    The departure service has mediated in talks and advises, and the immigration service decides
    (s0 S14, s4 C). Whoever is refused may be tested again after as long an effort.
    """
    if not world.weighs:
        return
    people, now = world.people, world.now
    since = people.effort_since[rows]
    due = (since > 0) & (world.week - since >= now.number("no_fault_effort_weeks"))
    due &= people.spell_open[rows] & (people.talks[rows] >= FIRST_TWO)
    tested = rows[due & ~IS_HELD[people.place[rows]]]
    won = world.draw(Decision.NO_FAULT_GRANTED, tested) < now.number("no_fault_granted_share")
    outcome = np.where(won, Outcome.PERMIT, Outcome.NONE)
    world.note(Event.NO_FAULT_TESTED, tested, outcome=outcome)
    people.effort_since[tested] = world.week
    world.close_files(tested[won], Outcome.PERMIT, Destination.PERMIT, Place.AZC)


def _repeat_applications(world: World, rows: Rows) -> None:
    """Let persons of asylum background apply again; persons without a file get one again.

    This is open to them at any time, in detention too (s0 S5).
    """
    people = world.people
    able = (people.background[rows] == Background.ASYLUM) & (people.closed_week[rows] < world.week)
    rows = rows[able]
    hazard = np.where(people.spell_open[rows], 1.0, world.now.number("hidden_repeat_factor"))
    hazard *= world.now.number("repeat_application_hazard")
    hazard *= _from_shelter(world, rows)
    hazard *= _after_reexamination(world, rows)
    applying = world.happens(Decision.REPEAT_APPLICATION, rows, hazard)
    world.open_files(applying[~people.spell_open[applying]])
    world.change_phase(applying, LegalPhase.REPEAT_PROCEDURE)
    world.note(Event.APPLIED_AGAIN, applying)
    world.move(applying[_TO_RECEPTION[people.place[applying]]], Place.AZC)


def apply_at_last_minute(world: World, rows: Rows) -> None:
    """Cancel removals that have been announced, since these persons apply anew (s4 B13).

    Any background may, and a procedure opens as by any repeat application. Since 2014 a team of
    the immigration service decides within the week; who is refused then has no new term.
    """
    world.change_phase(rows, LegalPhase.REPEAT_PROCEDURE)
    world.note(Event.APPLIED_AGAIN, rows)
    world.note(Event.CANCELLED, rows)  # the phase tells why
    if world.now.flag("last_minute_team"):
        won = _repeats_won(world, rows, Decision.LAST_MINUTE_GRANTED)
        _grant_or_refuse(world, rows, won, with_term=False)
    else:
        received = rows[_TO_RECEPTION[world.people.place[rows]]]
        world.move(received, Place.AZC, from_next_week=True)


def _from_shelter(world: World, rows: Rows) -> NDArray[np.float64]:
    """Return by how much guided shelter multiplies repeat applications."""
    if not world.weighs:
        return np.ones(len(rows))
    guided = (world.people.place[rows] == Place.GUIDED_SHELTER).astype(np.float64)
    _, more = chosen(world.now, "calm_or_urgency")(guided)
    return np.asarray(1.0 + more * (world.now.number("new_procedures_factor") - 1.0))


def _after_reexamination(world: World, rows: Rows) -> NDArray[np.float64]:
    """Return by how much a re-examined protection claim multiplies repeat applications."""
    if not world.weighs:
        return np.ones(len(rows))
    more = world.now.number("reexamination_repeat_factor") - 1.0
    return np.asarray(1.0 + more * reexamined(world, rows))
