"""Hope, threat, prospects, beliefs about the origin, felt justice and trust over a week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.beliefs import biased
from ....agents.codes import Phase, Place, Route, Track
from ....agents.course import halved, toward
from ..endowment import biases
from ..events import Event
from ..moment import HIDING, places
from .health import by_place, weekly

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Rows
    from ..state import World

HELD: Final = places(Place.DETENTION, Place.CLOSED_FAMILY)
OUTSIDE: Final = places(*HIDING)
PROCEDURES: Final = (Phase.PROCEDURE, Phase.APPEAL, Phase.REPEAT_PROCEDURE)
REFUSED: Final = (Phase.DEPARTURE_TERM, Phase.OBLIGED)
_IN_PROCEDURE: Final = np.array([phase in PROCEDURES for phase in Phase])
_REFUSED: Final = np.array([phase in REFUSED for phase in Phase])
_TRACKS: Final = max(Track) + 1


def change_outlook(world: World, place: NDArray[np.intp]) -> None:
    """Let persons take in where they stand: with the law, the state and the origin.

    Parameters
    ----------
    world : World
        The state of the world.
    place : ndarray of intp, shape (n,)
        Codes of the place of all rows.
    """
    _judge(world)
    _lose_trust(world)
    here = (place != Place.ORIGIN).astype(np.float64)
    optimism = world.now.number("optimism_effect") * world.people.optimism
    _hope(world, here, optimism)
    _threat(world, place, here, optimism)
    _prospects(world, place, optimism)
    _origin(world, here)


def _judge(world: World) -> None:
    """Let the first decision tell how just the procedure felt; detention feels unjust.

    A procedure of w weeks adds `base + gain * (1 - 2**(-w / half))` to what a
    person felt before: one that was over at once feels less just (s4 D16, D17).
    """
    people, now = world.people, world.now
    decided = np.flatnonzero(
        (people.spell_since == world.week)
        & (people.phase_since == world.week)
        & (people.spells == 1)
        & (people.route == Route.ASYLUM)
        & ((people.phase == Phase.APPEAL) | (people.phase == Phase.DEPARTURE_TERM))
    )
    weeks = world.week - people.arrival_week[decided]
    heard = halved(weeks, now.number("justice_half_weeks"))
    gained = now.number("justice_of_no_procedure") + now.number("justice_gain") * heard
    people.justice[decided] = np.clip(people.justice[decided] + gained, 0.0, 1.0)
    held = np.flatnonzero(HELD[people.place])
    people.justice[held] = toward(
        people.justice[held],
        now.number("justice_in_detention"),
        weekly(now.number("outlook_half_weeks")),
    )


def _lose_trust(world: World) -> None:
    """Take trust in the state from those put in detention, or told of a removal last week."""
    people = world.people
    placed = np.flatnonzero(HELD[people.place] & (people.place_since == world.week))
    for rows in (placed, _noticed(world)):
        people.trust_state[rows] *= 1.0 - world.now.number("trust_lost_by_coercion")


def _noticed(world: World) -> Rows:
    """Return the rows of those told of a removal last week who are still here."""
    weeks = world.log.column("week")
    first, last = np.searchsorted(weeks, [world.week - 1, world.week])
    noticed = world.log.column("kind")[first:last] == Event.NOTICED
    people = world.people
    rows = people.find(world.log.column("person")[first:last][noticed].astype(np.int64))
    rows = rows[rows >= 0]
    return rows[people.place[rows] != Place.ORIGIN]


def _hope(world: World, here: NDArray[np.float64], optimism: NDArray[np.floating]) -> None:
    """Move hope toward the level of legal phase and track; felt justice lets go sooner."""
    people, now = world.people, world.now
    level = np.zeros((len(Phase), _TRACKS))
    level[Phase.PROCEDURE, list(Track)] = now.vector("hope_by_track")
    level[Phase.APPEAL] = level[Phase.PROCEDURE] * now.number("hope_left_in_appeal")
    level[list(REFUSED)] = now.number("hope_after_refusal")
    level[Phase.REPEAT_PROCEDURE] = now.number("hope_in_repeat_procedure")
    target = level.ravel()[people.phase.astype(np.intp) * _TRACKS + people.track]
    target += optimism
    every = np.arange(len(people))
    target += now.number("pardon_hope") * world.with_minor(every)
    np.clip(target, 0.0, 1.0, out=target)
    holding_on = now.number("injustice_keeps_hope") * _REFUSED[people.phase]
    rate = weekly(now.number("hope_half_weeks")) * (1.0 - holding_on * (1.0 - people.justice))
    people.hope[:] = toward(people.hope, target, rate * here)


def _threat(
    world: World,
    place: NDArray[np.intp],
    here: NDArray[np.float64],
    optimism: NDArray[np.floating],
) -> None:
    """Move the believed chance of removal toward the level of the situation."""
    people, now = world.people, world.now
    target = (world.enforcement * by_place(now, "threat_by_place"))[place]
    shares = np.ones((len(Phase), 2, 2))  # legal phase, file open, document there
    shares[_IN_PROCEDURE] *= now.number("threat_left_in_procedure")
    shares[:, 0] *= now.number("threat_left_without_file")
    shares[:, :, 1] *= 1.0 + now.number("threat_added_by_document")
    cell = (people.phase.astype(np.intp) * 2 + people.spell_open) * 2 + people.document
    target *= shares.ravel()[cell]
    target -= optimism
    np.clip(target, 0.0, 1.0, out=target)
    rate = weekly(now.number("outlook_half_weeks"))
    people.threat[:] = toward(people.threat, target, rate * here)


def _prospects(world: World, place: NDArray[np.intp], optimism: NDArray[np.floating]) -> None:
    """Let those who live outside state shelter learn what a life without papers is."""
    people, now = world.people, world.now
    rows = np.flatnonzero(OUTSIDE[place])
    truth = np.clip(now.number("illegality_truth") + optimism[rows], 0.0, 1.0)
    people.illegality_prospects[rows] = toward(
        people.illegality_prospects[rows], truth, weekly(now.number("outlook_half_weeks"))
    )


def _origin(world: World, here: NDArray[np.float64]) -> None:
    """Let knowledge grow a little, and beliefs about the origin move toward what is known."""
    people, now = world.people, world.now
    learning = weekly(now.number("knowledge_half_weeks")) * here
    ahead = np.maximum(now.number("knowledge_without_talks"), people.knowledge)
    people.knowledge[:] = toward(people.knowledge, ahead, learning)
    rate = weekly(now.number("belief_half_weeks")) * here * people.trust_ngo
    unknown = 1.0 - people.knowledge
    country = people.country.astype(np.intp)
    for column, truth, bias in zip(
        (people.believed_safety, people.believed_livelihood),
        (world.origin.safety, world.origin.livelihood),
        biases(now),
        strict=True,
    ):
        column[:] = toward(column, biased(truth[country], bias * unknown), rate)
