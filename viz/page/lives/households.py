"""The lives of households: when they came, their states and places, and their stories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ....abm.world.arrivals.newcomers import ADULTS
from ....abm.world.chance import hash_numbers
from ....abm.world.events import MEMBERS, Event
from ....agents import traits
from ....agents.codes import Background, Household, OriginGroup, Place, Route, label
from .logged import of_log
from .states import PLACE_INDEX, of_kind, state_after, state_of
from .story import AS_AT_ENTRY, BEFORE, READ, in_order, of_columns
from .weeks import FIRST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    from ....abm.world.persons.people import People
    from ....abm.world.state import World
    from .states import Events, Rows
    from .story import Columns, Lines

    Numbers = NDArray[np.int64]
    Chosen = Callable[[Numbers], NDArray[np.bool_]]
    Life = dict[str, Any]

SHARE: Final = 0.07  # of households at scale 20: some 400 in the whole span
SHARE_AT: Final = 20.0
_SALT: Final = 0x5EED
_TRAITS: Final = {"background": Background, "route": Route, "origin_group": OriginGroup}
_NEW: Final = {"state": -1, "place": -1, **BEFORE}
LISTS: Final = ("states", "places", "story")


def dots(scale: float) -> Chosen:
    """Return which households the page shows as dots: by their number alone, in every world.

    Parameters
    ----------
    scale : float
        Persons for each simulated one: of fewer households, a larger share is shown.
    """
    share = min(SHARE * scale / SHARE_AT, 1.0)

    def chosen(households: Numbers) -> NDArray[np.bool_]:
        lot = hash_numbers(households ^ _SALT).astype(np.float64) * 2.0**-64
        return np.asarray(lot < share)

    return chosen


def among(numbers: Iterable[int]) -> Chosen:
    """Return which households are among some that are named by number."""
    known = np.array(sorted(numbers), dtype=np.int64)

    def chosen(households: Numbers) -> NDArray[np.bool_]:
        at = np.searchsorted(known, households)
        return np.asarray(np.append(known, -1)[at] == households)

    return chosen


def everybody(households: Numbers) -> NDArray[np.bool_]:
    """Return all households."""
    return np.ones(len(households), dtype=np.bool_)


class Heads:
    """The first adults of some households, found once as long as no rows move.

    Parameters
    ----------
    wanted : callable
        Returns which households, by number, they are.
    """

    def __init__(self, wanted: Chosen) -> None:
        self.wanted = wanted
        self._version = -1
        self._rows: Rows = np.zeros(0, dtype=np.intp)

    def here(self, people: People) -> Rows:
        """Return the rows of those who live in the Netherlands."""
        if self._version != people.version:
            rows = np.flatnonzero(people.person % MEMBERS == 0)
            self._rows = rows[self.wanted(people.household[rows])]
            self._version = people.version
        return np.asarray(self._rows[people.place[self._rows] != Place.ORIGIN], dtype=np.intp)


class Households:
    """Notes the lives of households, week by week; `told` gives those of some of them.

    Parameters
    ----------
    world : World
        As it is before the first week that is noted.
    first : bool
        Whether that is the first week of all: then the households of `world` are told too.
    heads : Heads
        Those of the households of which lives are noted.
    """

    def __init__(self, world: World, *, first: bool, heads: Heads) -> None:
        self._heads = heads
        self._entries: list[tuple[int, int, Life]] = []  # week, number, what is known
        self._numbers: dict[str, list[Numbers]] = {name: [] for name in LISTS}
        self._noted: dict[str, list[list[Any]]] = {name: [] for name in LISTS}
        self._households, self._columns = self._look(world)
        if first:
            for name in ("state", "place"):
                self._columns[name] = np.full(len(self._households), -1)
            people, rows = world.people, world.people.find(self._households * MEMBERS)
            self._enter(-1, self._households, people.traits[rows], people.household_size[rows])

    def note(self, week: int, world: World, events: Events, overheard: Iterable[Lines]) -> None:
        """Note a week that has been lived.

        Parameters
        ----------
        week : int
            From 0, the first that is shown.
        events : dict of str to ndarray
            Raw columns of the events of the week.
        overheard : iterable of Lines
            What phases did that the end of the week doesn't show.
        """
        at = np.flatnonzero(self._heads.wanted(events["person"] // MEMBERS) & ~_of_earlier(events))
        events = {name: column[at] for name, column in events.items()}
        entered = of_kind(events, Event.ENTERED)
        new, first, size = np.unique(
            entered["person"] // MEMBERS, return_index=True, return_counts=True
        )
        self._enter(week, new, entered["traits"][first], size)
        households, after = self._look(world)
        before = self._before(households, after)
        left = of_kind(events, Event.LEFT)
        first = left["person"] % MEMBERS == 0
        self._add("states", week, left["person"][first] // MEMBERS, state_after(left)[first])
        for key, name in (("states", "state"), ("places", "place")):
            at = np.flatnonzero(before[name] != after[name])
            self._add(key, week, households[at], after[name][at])
        lived = world.week - 1  # the model has gone on to the next
        others = [*of_columns(lived, households, before, after), *overheard]
        lines = in_order(of_log(events, world.people), others)
        self._numbers["story"].append(np.array([number for number, _ in lines], dtype=np.int64))
        self._noted["story"] += [[week, *line] for _, line in lines]
        self._households, self._columns = households, after

    def told(self, since: int, chosen: Chosen) -> dict[str, Life]:
        """Return what was noted of some households from a week on, by number."""
        found: dict[int, Life] = {}
        entries = [each for each in self._entries if each[0] >= since or not since]
        numbers = np.array([number for _, number, _ in entries], dtype=np.int64)
        for at in np.flatnonzero(chosen(numbers)).tolist():
            _, number, known = entries[at]
            found[number] = {**known}
        for name in LISTS:
            for number, entry in self._chosen(name, chosen):
                if entry[0] >= since:
                    found.setdefault(number, {}).setdefault(name, []).append(entry)
        return {str(number): found[number] for number in sorted(found)}

    def _chosen(self, name: str, chosen: Chosen) -> Iterator[tuple[int, list[Any]]]:
        several = self._numbers[name]
        numbers = np.concatenate(several) if several else np.zeros(0, dtype=np.int64)
        for at in np.flatnonzero(chosen(numbers)).tolist():
            yield int(numbers[at]), self._noted[name][at]

    def _add(self, name: str, week: int, numbers: Numbers, values: NDArray[np.intp]) -> None:
        self._numbers[name].append(numbers)
        self._noted[name] += [[week, each] for each in values.tolist()]

    def _look(self, world: World) -> tuple[Numbers, Columns]:
        """Return the households here in the order of their numbers, and what is read of each."""
        people = world.people
        rows = self._heads.here(people)
        rows = rows[np.argsort(people.household[rows], kind="stable")]
        columns: Columns = {name: getattr(people, name)[rows] for name in READ}
        columns["state"] = state_of(people, rows)
        columns["place"] = PLACE_INDEX[people.place[rows]]
        return people.household[rows], columns

    def _before(self, households: Numbers, after: Columns) -> Columns:
        """Return what was read a week before of the households that are here now."""
        at = np.searchsorted(self._households, households)
        known = np.append(self._households, -1)[at] == households
        at = at[known]
        found: Columns = {}
        for name, values in after.items():
            new = values if name in AS_AT_ENTRY else np.full_like(values, _NEW[name])
            found[name] = new.copy()
            found[name][known] = self._columns[name][at]
        return found

    def _enter(
        self, week: int, numbers: Numbers, packed: NDArray[Any], persons: NDArray[Any]
    ) -> None:
        """Note what is known of households when they come."""
        codes = {name: traits.unpack(packed, name).tolist() for name in _TRAITS}
        kinds = traits.unpack(packed, "household_kind")
        adults = ADULTS[kinds]
        for at, number in enumerate(numbers.tolist()):
            known = {
                "entered": week,
                "adults": int(adults[at]),
                "children": int(persons[at] - adults[at]),
                "kind": label(Household(int(kinds[at]))),
                **{name: label(enum(codes[name][at])) for name, enum in _TRAITS.items()},
            }
            self._entries.append((week, number, known))


def _of_earlier(events: Events) -> NDArray[np.bool_]:
    """Return which events tell of a return before the first week: those households aren't shown."""
    after = (events["kind"] == Event.FARED) | (events["kind"] == Event.LEFT_AGAIN)
    return np.asarray(after & (events["week"] - events["weeks"] < FIRST))
