"""The neighbourhood: some households that ties join, where they stand, and their news."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import networkx as nx
import numpy as np

from ...abm.world.chance import hash_numbers
from ...abm.world.ties.news import happened, news_of
from ...agents.codes import News, Place, Tie, label
from .weeks import FIRST, WEEKS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from ...abm.world.state import World
    from .households import Chosen

    Where = Mapping[int, Sequence[int]]  # a place on the picture for each household number
    Joined = tuple[int, int, int]  # two household numbers, and the code of their `Tie`

SIZE: Final = 120  # households over the whole span
AT_FIRST: Final = 20  # of them in the first quarter
QUARTER: Final = 13  # weeks
SIDE: Final = 1000  # of the square in which places lie
LAYOUT: Final = {"seed": 1, "k": 0.35, "iterations": 200}  # wide, so that no household hides others
_SALT: Final = 0x7135


class Neighbours:
    """Notes, week by week, ties between households and the news that travels over them.

    Parameters
    ----------
    wanted : callable
        Returns of which households, by number, ties and news are noted.
    """

    def __init__(self, wanted: Chosen) -> None:
        self._wanted = wanted
        self._partner: object = None
        self._earlier: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._lasting: dict[Joined, int] = {}
        self._ended: list[tuple[int, int, int, int, int]] = []
        self._news: list[tuple[int, int, int, int]] = []

    def note(self, week: int, world: World, size: int) -> None:
        """Note a week that has been lived, whose events begin at number `size` of the log."""
        if week == 0:  # households that returned before aren't shown, though some keep ties
            people = world.people
            back = (people.place == Place.ORIGIN) & (people.place_since < FIRST)
            self._earlier = np.unique(people.household[back])
        travels = world.network.heard_to >= 0
        if travels:
            news = news_of(happened(world, size))
            for at in np.flatnonzero(self._wanted(news.household)).tolist():
                told = int(news.household[at]), int(news.kind[at]), int(news.sign[at])
                self._news.append((week, *told))
        if world.network.partner is self._partner and travels:
            return  # the table is made anew when ties are
        self._partner = world.network.partner
        joined = self._joined(world) if travels else set()
        for tie in sorted(self._lasting.keys() - joined):
            self._ended.append((*tie, self._lasting.pop(tie), week - 1))
        for tie in sorted(joined - self._lasting.keys()):
            self._lasting[tie] = week

    def _joined(self, world: World) -> set[Joined]:
        network = world.network
        ties = network.ties()
        one, other = network.household[ties.hears], network.household[ties.tells]
        kept = np.flatnonzero((one < other) & self._wanted(one) & self._wanted(other))
        known = np.isin([one[kept], other[kept]], self._earlier, invert=True)
        kept = kept[known.all(axis=0)]
        columns = (one[kept].tolist(), other[kept].tolist(), ties.kind[kept].tolist())
        return set(zip(*columns, strict=True))

    def spans(self) -> list[tuple[int, int, int, int, int]]:
        """Return two household numbers, `Tie`, first and last week (-1: it lasts) of each tie."""
        return sorted([*self._ended, *((*tie, week, -1) for tie, week in self._lasting.items())])

    def told(self, where: Where) -> dict[str, Any]:
        """Return the neighbourhood as the page reads it."""
        index = {number: at for at, number in enumerate(where)}
        return {
            "households": list(where),
            "positions": [list(place) for place in where.values()],
            "ties": [
                [index[one], index[other], label(Tie(kind)), first, last]
                for one, other, kind, first, last in self.spans()
                if one in index and other in index
            ],
            "news": [
                [week, index[number], label(News(kind)), sign]
                for week, number, kind, sign in self._news
                if number in index
            ],
        }


def snowball(neighbours: Neighbours) -> dict[int, tuple[int, int]]:
    """Choose households that ties join, and give each a place.

    The first is the one of the lowest lot that has a tie. From quarter to quarter the
    neighbourhood grows by those with most ties to it in that quarter, of equal ones those of the
    lowest lot; so newcomers join it, and others leave it, as in the whole.

    Returns
    -------
    dict of int to tuple of int
        Places x and y from 0 to `SIDE` by household number, at most `SIZE` of them.
    """
    spans = np.array(neighbours.spans(), dtype=np.int64).reshape(-1, 5)
    pairs, first, last = spans[:, :2], spans[:, 3], np.where(spans[:, 4] < 0, WEEKS, spans[:, 4])
    numbers = np.unique(pairs)
    lot = dict(zip(numbers.tolist(), hash_numbers(numbers ^ _SALT).tolist(), strict=True))
    begins = range(0, WEEKS, QUARTER)
    chosen: list[int] = []
    for quarter, begin in enumerate(begins, start=1):
        graph = nx.Graph(pairs[(first < begin + QUARTER) & (last >= begin)].tolist())
        if not chosen and graph:
            chosen.append(min(graph, key=lot.__getitem__))
        _grow(chosen, graph, lot, AT_FIRST + (SIZE - AT_FIRST) * quarter // len(begins))
    part: nx.Graph[Any] = nx.Graph()  # a layout depends on the order of nodes and edges
    part.add_nodes_from(sorted(chosen))
    part.add_edges_from(np.unique(pairs[np.isin(pairs, chosen).all(axis=1)], axis=0).tolist())
    places = np.array([*nx.spring_layout(part, **LAYOUT).values()]).reshape(-1, 2)
    low = places.min(axis=0) if chosen else 0.0
    extent = np.ptp(places, axis=0) if chosen else 0.0
    places = np.rint((places - low) / np.where(extent > 0.0, extent, 1.0) * SIDE)
    return {number: (int(x), int(y)) for number, (x, y) in zip(part, places, strict=True)}


def _grow(chosen: list[int], graph: nx.Graph[Any], lot: Mapping[int, int], size: int) -> None:
    """Add households that have most ties with those chosen, until there are so many."""
    while len(chosen) < size:
        ties = Counter(
            other for one in chosen if one in graph for other in graph[one] if other not in chosen
        )
        if not ties:
            return
        chosen.append(max(ties, key=lambda number: (ties[number], -lot[number])))
