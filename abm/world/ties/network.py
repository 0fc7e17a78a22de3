"""Ties between households, over which news travels.

A household makes ties through a fixed number of slots, and a tie works both ways. The table
has one row for each household, in rows of its own: it is made anew every few weeks, and its
rows stay as they are in between, whatever happens to the rows of persons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from ....agents.codes import LegalPhase, News, Place, Tie
from ....agents.rules.ties import Ring, trust_in_ties
from ..blocks import starts
from ..chance import Decision, of_pair, of_slot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Moment
    from .news import Told

RENEWED_EVERY_WEEKS: Final = 4  # a month: quicker than friendships, and cheap
# slots of a household: kind of tie, number within the kind, record with the mean number in use
SLOTS: Final = (
    (Tie.KIN, 0, "ties_kin"),
    (Tie.ARRIVAL, 0, "ties_arrival"),
    *((Tie.COMPATRIOT, nth, "ties_compatriot") for nth in range(3)),
    (Tie.RESIDENT, 0, "ties_resident"),
)
KIND: Final = np.array([kind for kind, _, _ in SLOTS])
_NTH: Final = np.array([nth for _, nth, _ in SLOTS])
_LOCAL: Final = (KIND == Tie.COMPATRIOT) | (KIND == Tie.RESIDENT)  # ends with a move
_SPAN: Final = 4096.0  # weeks, more than any run needs: arrivals of a country stand on this line
_PLACES: Final = len(Place)
_RINGS: Final = int(Tie.RESIDENT)  # one for each kind of tie from kin on
_COUNTRIES: Final = 256  # codes that the column of countries can hold


class Ties(NamedTuple):
    """Ties: one for each pair of a household that hears and one that tells.

    Parameters
    ----------
    hears : ndarray of intp, shape (n,)
        Rows of the table.
    tells : ndarray of intp, shape (n,)
        Rows of the table, or positions in a list of them.
    kind : ndarray of int, shape (n,)
        `Tie`; the nearer one if a pair has two.
    """

    hears: NDArray[np.intp]
    tells: NDArray[np.intp]
    kind: NDArray[np.int64]


class Network:
    """Households in the order of their numbers, and the ties that each of them has made.

    `partner` holds the row that each slot leads to, -1 for none.
    """

    def __init__(self) -> None:
        self.household: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self.key: NDArray[np.uint64] = np.zeros(0, dtype=np.uint64)
        self.place: NDArray[np.uint8] = np.zeros(0, dtype=np.uint8)
        self.here: NDArray[np.bool_] = np.zeros(0, dtype=np.bool_)
        self.partner: NDArray[np.intp] = np.full((0, len(SLOTS)), -1, dtype=np.intp)
        self._lots: NDArray[np.float32] = np.zeros((0, len(SLOTS)), dtype=np.float32)
        self._rings: NDArray[np.float64] = np.zeros((_RINGS, 0))
        self._time: NDArray[np.float64] = np.zeros(0)
        self._country: NDArray[np.uint8] = np.zeros(0, dtype=np.uint8)
        self.carries: NDArray[np.bool_] = np.zeros(0, dtype=np.bool_)  # the rumour of a pardon
        self.fared: NDArray[np.float64] = np.zeros((2, _COUNTRIES))  # well and badly, by country
        self.heard_to = -1  # events of the log already told; -1: no news travels

    def renew(self, world: Moment) -> None:
        """Take in households that came, moved or left; end ties, and make missing ones."""
        fresh, moved = self._take_in(world)
        self._end(world, moved)
        self._make(world, fresh)

    def find(self, household: NDArray[np.int64]) -> NDArray[np.intp]:
        """Return the rows of the table by household number; -1 for households not in it."""
        if not len(self.household):
            return np.full(len(household), -1, dtype=np.intp)
        at = np.searchsorted(self.household, household)
        at = np.minimum(at, len(self.household) - 1)
        return np.asarray(np.where(self.household[at] == household, at, -1), dtype=np.intp)

    def who_hear(self, tellers: NDArray[np.intp]) -> Ties:
        """Return the ties of households that have something to tell.

        Parameters
        ----------
        tellers : ndarray of intp, shape (k,)
            Rows of the table, ascending, each once.

        Returns
        -------
        Ties
            Each pair once; `tells` are positions in `tellers`.
        """
        tell = np.zeros(len(self.household) + 1, dtype=np.bool_)
        tell[tellers] = True
        said = np.flatnonzero(np.take(tell, self.partner, mode="wrap"))  # -1, nobody, is the last
        hears, slot = np.divmod(said, len(SLOTS))
        whom = np.searchsorted(tellers, self.partner[hears, slot])
        own = self.partner[tellers]
        who, out = np.nonzero(own >= 0)
        return _each_pair_once(
            np.concatenate([hears, own[who, out]]),
            np.concatenate([whom, who]),
            np.concatenate([KIND[slot], KIND[out]]),
        )

    def ties(self) -> Ties:
        """Return all ties: each pair once in both directions, sorted by `hears`, then `tells`."""
        who, slot = np.nonzero(self.partner >= 0)
        whom = self.partner[who, slot]
        return _each_pair_once(
            np.concatenate([who, whom]), np.concatenate([whom, who]), np.tile(KIND[slot], 2)
        )

    def trust(self, world: Moment, ties: Ties) -> NDArray[np.float64]:
        """Return trust in ties, in (0, 1): the same for life and in both directions."""
        uniform = self._of_pairs(world, Decision.TIE_TRUST, ties.hears, ties.tells)
        median = world.now.vector("tie_trust")[ties.kind - Tie.KIN]
        return trust_in_ties(uniform, median, world.now.number("tie_trust_spread"))

    def contact_kept(self, world: Moment, ties: Ties) -> NDArray[np.bool_]:
        """Return in which ties contact is kept once one of the two has returned.

        The answer is the same for life and in both directions.
        """
        uniform = self._of_pairs(world, Decision.CONTACT_KEPT, ties.hears, ties.tells)
        return np.asarray(uniform < world.now.vector("contact_kept")[ties.kind - Tie.KIN])

    def remember(self, world: Moment, news: Told) -> None:
        """Add the returns of a week to those known by country (`fared`), and forget a little.

        What is known halves in `monitoring_memory_weeks`.
        """
        self.fared *= 2.0 ** (-1.0 / world.now.number("monitoring_memory_weeks"))
        returned = news.kind == News.RETURN
        row, sign = self.find(news.household[returned]), news.sign[returned]
        country = self._country[row[row >= 0]]
        for known, part in zip(self.fared, (sign, -sign), strict=True):
            np.add.at(known, country, np.maximum(part[row >= 0], 0.0))

    def _of_pairs(
        self, world: Moment, decision: Decision, one: NDArray[np.intp], other: NDArray[np.intp]
    ) -> NDArray[np.float64]:
        """Return a uniform for each pair, the same for life."""
        return world.chance.uniform(decision, 0, of_pair(self.key[one], self.key[other]))

    def _take_in(self, world: Moment) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """Bring the table up to date; return its new rows, and a mask of those that moved."""
        people = world.people
        heads = np.flatnonzero(starts(people.household))
        heads = heads[~people.gone[heads]]
        heads = heads[np.argsort(people.household[heads])]
        household = people.household[heads]
        old = self.find(household)
        known, fresh = np.flatnonzero(old >= 0), np.flatnonzero(old < 0)
        was = old[known]
        row_now = np.full(len(self.household) + 1, -1, dtype=np.intp)
        row_now[was] = known
        n = len(heads)
        partner = np.full((n, len(SLOTS)), -1, dtype=np.intp)
        partner[known] = row_now[self.partner[was]]
        place = people.place[heads]
        moved = np.zeros(n, dtype=np.bool_)
        moved[known] = place[known] != self.place[was]
        key = people.household_key[heads]
        carries = np.zeros(n, dtype=np.bool_)
        carries[known] = self.carries[was]
        lots = np.empty((n, len(SLOTS)), dtype=np.float32)
        rings = np.empty((_RINGS, n))
        lots[known], rings[:, known] = self._lots[was], self._rings[:, was]
        keys = of_slot(key[fresh][:, np.newaxis], np.arange(len(SLOTS)))
        lots[fresh] = world.chance.uniform(Decision.TIE_MADE, 0, keys.ravel()).reshape(keys.shape)
        keys = of_slot(key[fresh], np.arange(_RINGS)[:, np.newaxis])
        rings[:, fresh] = world.chance.uniform(Decision.TIE_RING, 0, keys.ravel()).reshape(
            keys.shape
        )
        self.household, self.key, self.place, self.partner = household, key, place, partner
        self.here = people.phase[heads] != LegalPhase.RETURNED
        self._lots, self._rings, self.carries = lots, rings, carries
        self._time = people.arrival_week[heads] + rings[Tie.ARRIVAL - Tie.KIN]
        self._country = people.country[heads]
        return fresh, moved

    def _end(self, world: Moment, moved: NDArray[np.bool_]) -> None:
        """End ties of households that moved, or that returned where contact is not kept."""
        partner = self.partner
        partner[~self._made(world)] = -1
        apart = _with(~self.here, partner)
        who, slot = np.nonzero(apart)
        lost = ~self.contact_kept(world, Ties(who, partner[who, slot], KIND[slot]))
        partner[who[lost], slot[lost]] = -1
        at_risk = _with(moved, partner) & _LOCAL
        at_risk &= ~apart
        who, slot = np.nonzero(at_risk)
        keys = of_pair(self.key[who], self.key[partner[who, slot]])
        uniform = world.chance.uniform(Decision.TIE_AFTER_MOVE, world.week, keys)
        lost = uniform >= world.now.number("tie_left_after_move")
        partner[who[lost], slot[lost]] = -1

    def _made(self, world: Moment) -> NDArray[np.bool_]:
        """Return the slots in use: the mean number of each kind is that of its record."""
        mean = np.array([world.now.number(record) for _, _, record in SLOTS])
        return np.asarray(self._lots < (mean - _NTH).astype(np.float32))

    def _make(self, world: Moment, fresh: NDArray[np.intp]) -> None:
        """Let newcomers find kin and fellow arrivals, and let everybody replace local ties."""
        now = world.now
        missing = self._made(world) & (self.partner < 0) & self.here[:, np.newaxis]
        new = np.zeros(len(self.here), dtype=np.bool_)
        new[fresh] = True
        missing &= _LOCAL | new[:, np.newaxis]
        who, slot = np.nonzero(missing)
        if not len(who):
            return
        members = np.flatnonzero(self.here)
        kind = KIND[slot]
        keys = of_slot(self.key[who], slot)
        point = world.chance.uniform(Decision.TIE_WITH, world.week, keys)
        arrival = kind == Tie.ARRIVAL
        keyed = world.chance.uniform(Decision.TIE_GAP, 0, keys[arrival])
        gap = -now.number("arrival_gap_weeks") * np.log1p(-keyed)
        point[arrival] = np.maximum(self._time[who[arrival]] - gap, 0.0)
        country, place = self._country.astype(np.intp), self.place.astype(np.intp)
        cells = {
            Tie.KIN: country,
            Tie.ARRIVAL: country,
            Tie.COMPATRIOT: country * _PLACES + place,
            Tie.RESIDENT: place,
        }
        for each, cell in cells.items():
            seeking = np.flatnonzero(kind == each)
            if not len(seeking):
                continue
            in_time = each == Tie.ARRIVAL
            position = self._time if in_time else self._rings[each - Tie.KIN]
            ring = Ring(
                members,
                cell[members],
                position[members],
                _SPAN if in_time else 1.0,
                closed=not in_time,
            )
            mine = who[seeking]
            self.partner[mine, slot[seeking]] = ring.find(mine, cell[mine], point[seeking])


def _with(mask: NDArray[np.bool_], partner: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return the ties with either end in the mask, by household and slot."""
    found = np.take(np.append(mask, False), partner, mode="wrap")
    found |= mask[:, np.newaxis]
    found &= partner >= 0
    return found


def _each_pair_once(
    hears: NDArray[np.intp], tells: NDArray[np.intp], kind: NDArray[np.int64]
) -> Ties:
    """Return each pair once, with the nearest of its ties."""
    if not len(hears):
        return Ties(hears, tells, kind)
    width = int(tells.max()) + 1
    code = np.sort((hears * width + tells) * len(Tie) + kind)
    pair, nearest = np.divmod(code, len(Tie))
    first = starts(pair)
    one, other = np.divmod(pair[first], width)
    return Ties(one, other, nearest[first])
