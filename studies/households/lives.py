"""Three invented households live in the model's own world, week by week."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.calendar import week_of
from terugkeer.abm.world.events import MEMBERS, Event
from terugkeer.abm.world.model import ReturnModel
from terugkeer.abm.world.persons.columns import COLUMNS
from terugkeer.abm.world.phases.hear import HEARD
from terugkeer.abm.world.plan import Stopwatch
from terugkeer.abm.world.scenario import Scenario
from terugkeer.agents import traits
from terugkeer.agents.codes import Household, Route, Track

from .invented import FAMILY, MAN, WOMAN
from .weighed import DAY, WEEK, columns_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from terugkeer.abm.world.state import World

    from .weighed import Invented

SCALE: Final = 50.0  # persons for each simulated person
WEEKS: Final = 104  # that are followed
CHANGE_DAY: Final = date(2014, 4, 28)  # from which the other policy holds
CHANGE_WEEK: Final = week_of(CHANGE_DAY)
RECORD: Final = "as on record"
# columns that a life needs and one decision does not; the rest stays average, or 0
LIVES: Final[dict[str, Any]] = {
    "dublin": False,
    "female": False,
    "frailty": 1.0,
    "route": Route.ASYLUM,
    "track": Track.GENERAL,
    "trust_iom": 0.4,
    "trust_ngo": 0.5,
}
OF_CHILDREN: Final = {"mental": 0.7, "physical": 0.85, "agency": 0.5}
NOT_KEPT: Final = {"family", "minor"}  # of the traits alone
KEPT: Final = tuple(name for name, column in COLUMNS.items() if not column.fixed)
HEARD_TYPES: Final = {  # of what news moved, also where it moved nothing
    "week": np.int64,
    "person": np.int64,
    "belief": object,
    "before": np.float64,
    "after": np.float64,
}


@dataclass(frozen=True)
class Lived:
    """A household of the walkthrough, and the policy that differs for it.

    Parameters
    ----------
    closed_weeks : int, optional
        Weeks since the last file was closed, of a household without an open file.
    """

    household: Invented
    kind: Household
    lever: str
    dose: Any
    closed_weeks: int = 0

    @property
    def adults(self) -> NDArray[np.int64]:
        """Numbers of the adults."""
        return self.household.number * MEMBERS + np.arange(len(self.household.adults))

    def scenario(self) -> Scenario:
        """Return the policy that differs from `CHANGE_DAY` on."""
        pulled = registry().levers[self.lever].pull(self.dose, CHANGE_DAY, "docs/walkthrough.md")
        return Scenario(self.lever, entries=tuple(pulled))

    def columns(self) -> dict[str, NDArray[Any]]:
        """Return the columns of all members.

        Returns
        -------
        dict of str to ndarray, shape (persons,)
            Values for `People.add`.
        """
        given = columns_of(replace(self.household, neighbours=(0, 0)))
        size = len(given["person"])
        alike = {
            **LIVES,
            "household_kind": self.kind,
            "family": bool(self.household.children),
            "closed_week": WEEK - self.closed_weeks if self.closed_weeks else -1,
        }
        columns = {name: np.full(size, value) for name, value in alike.items()} | given
        columns |= {
            "minor": np.arange(size) >= len(self.household.adults),
            "decision_week": columns["spell_since"],
            "stage_since": columns["place_since"],
        }
        for name, value in OF_CHILDREN.items():
            columns[name] = np.where(columns["minor"], value, columns[name])
        columns["traits"] = traits.pack(columns)
        return {name: each for name, each in columns.items() if name not in NOT_KEPT}


THREE: Final = {
    "he": Lived(MAN, Household.SINGLE_MAN, "shelter_after_term", "guided"),
    "family": Lived(FAMILY, Household.TWO_PARENTS, "future_talks", 1.0),
    "she": Lived(WOMAN, Household.SINGLE_WOMAN, "counsellors", 2.0, closed_weeks=110),
}


@dataclass(frozen=True)
class Life:
    """What the model records of a household.

    Parameters
    ----------
    states : dict of str to ndarray, shape (1 + weeks, adults)
        Columns of the adults, first as they begin, then at the end of each week; not a
        number once they have left the model.
    events : pandas.DataFrame
        What the log says of the adults, decoded.
    heard : pandas.DataFrame
        What news moved: columns `week, person, belief, before, after`.
    """

    states: dict[str, NDArray[np.float64]]
    events: pd.DataFrame
    heard: pd.DataFrame


class Listening:
    """The phase `hear`, with a note of what it moves in the beliefs of some persons.

    Parameters
    ----------
    persons : ndarray of int64, shape (n,)
        Whose beliefs.
    """

    def __init__(self, hear: Callable[[World], None], persons: NDArray[np.int64]) -> None:
        self._hear, self._persons = hear, persons
        self.notes: list[tuple[int, int, str, float, float]] = []

    def __call__(self, world: World) -> None:
        """Let all hear, and note what it moved."""
        rows = world.people.find(self._persons)
        rows, persons = rows[rows >= 0], self._persons[rows >= 0]
        before = {name: getattr(world.people, name)[rows].copy() for name in HEARD}
        self._hear(world)
        for name in HEARD:
            after = getattr(world.people, name)[rows]
            for at in np.flatnonzero(after != before[name]).tolist():
                moved = float(before[name][at]), float(after[at])
                self.notes.append((world.week, int(persons[at]), name, *moved))


def beginning(seed: int) -> ReturnModel:
    """Return a small world that has lived for three years, with the three households put into it.

    Parameters
    ----------
    seed : int
        Seed of every draw.
    """
    model = ReturnModel(
        Scenario("record"),
        rng=seed,
        scale=SCALE,
        first_year=DAY.year,
        last_year=DAY.year + 2,
        registry=registry(),
    )
    while model.week < WEEK:
        model.step()
    for lived in THREE.values():
        columns = lived.columns()
        added = model.people.add(columns)
        rows = np.arange(added.start, added.stop)
        model.world.entered += len(rows)
        model.world.note(Event.ENTERED, rows)
    return model


def live(model: ReturnModel, *who: str, weeks: int = WEEKS) -> dict[str, Life]:
    """Let a world live on, and return what it records of some of the three.

    Parameters
    ----------
    model : ReturnModel
        The world; it is changed.
    *who : str
        Keys of `THREE`.
    weeks : int, optional
        How long.
    """
    adults = {name: THREE[name].adults for name in who}
    persons = np.concatenate(list(adults.values()))
    plan = []
    for phase in model.stopwatch.plan:
        if phase.name == "hear" and phase.act is not None:
            listening = Listening(phase.act, persons)
            plan.append(replace(phase, act=listening))
        else:
            plan.append(phase)
    model.stopwatch = Stopwatch(tuple(plan))
    states = {name: np.full((1 + weeks, len(persons)), np.nan) for name in KEPT}
    begun = model.log.size
    for week in range(1 + weeks):
        if week:
            model.step()
        people = model.people
        rows = people.find(persons)
        here = np.flatnonzero((rows >= 0) & ~people.gone[rows])
        if not len(here):
            break
        for name, kept in states.items():
            kept[week, here] = getattr(people, name)[rows[here]]
    heard = pd.DataFrame(listening.notes, columns=list(HEARD_TYPES)).astype(HEARD_TYPES)
    events = _events(model, begun, persons)
    lives, start = {}, 0
    for name, own in adults.items():
        part = slice(start, start := start + len(own))
        lives[name] = Life(
            {column: kept[:, part] for column, kept in states.items()},
            events[np.isin(events["person"], own)].reset_index(drop=True),
            heard[np.isin(heard["person"], own)].reset_index(drop=True),
        )
    return lives


def _events(model: ReturnModel, begun: int, persons: NDArray[np.int64]) -> pd.DataFrame:
    """Return what the log says of some persons, after its first `begun` events."""
    frame = model.log.frame(model.countries).iloc[begun:]
    return frame[np.isin(frame["person"], persons)]
