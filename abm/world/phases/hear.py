"""Phase 6, hear: news travels over ties and moves beliefs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import News, Organisation, Place
from ....agents.rules.news import told, weighty
from ..blocks import starts
from ..events import MEMBERS
from ..switches import chosen
from ..ties.network import RENEWED_EVERY_WEEKS, Ties
from ..ties.news import happened, news_of
from ..ties.rumour import spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..moment import Rows
    from ..state import World
    from ..ties.news import Told

# kind of news, record of how far fully trusted news moves a belief, and which belief
MOVES: Final = (
    (News.RETURN, "return_news_on_safety", "believed_safety"),
    (News.RETURN, "return_news_on_livelihood", "believed_livelihood"),
    (News.REMOVAL, "removal_news_on_threat", "threat"),
    (News.PERMIT, "permit_news_on_hope", "hope"),
    (News.SUPPORT, "support_news_on_knowledge", "knowledge"),
)
HEARD: Final = tuple(column for _, _, column in MOVES)
_KIND: Final = np.array([kind for kind, _, _ in MOVES])
_OF_RETURN: Final = _KIND == News.RETURN


def hear(world: World) -> None:
    """Let households hear what happened to those with whom they have ties.

    Where nobody weighs or no news travels, there is no network and nothing is drawn.
    """
    network = world.network
    if not world.weighs or not takes_in(world, np.zeros(1)).any():
        network.heard_to = -1  # what happens meanwhile is not told later
        return
    if network.heard_to < 0:
        network.heard_to = world.log.size
        network.renew(world)
    week = happened(world, network.heard_to)
    network.heard_to = world.log.size
    news = news_of(week)
    if len(news.household):
        _tell(world, news)
    _feed_back(world, news)
    if chosen(world.now, "pardon_rumour")():
        spread(world, world.network)
    if world.week % RENEWED_EVERY_WEEKS == 0:
        network.renew(world)


def takes_in(world: World, distance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the share of news that is taken in, by the switch `news`.

    Parameters
    ----------
    distance : ndarray of float, shape (n,)
        Distance between news and belief, in [0, 1].

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]; 0 at every distance where no news travels.
    """
    return np.asarray(chosen(world.now, "news")(distance))


def _tell(world: World, news: Told) -> None:
    """Tell news to all members of households that have a tie with those it is about."""
    network = world.network
    about = network.find(news.household)
    tellers, teller = np.unique(about, return_inverse=True)
    ties = network.who_hear(tellers[tellers >= 0])
    if not len(ties.hears):
        return
    unknown = int(tellers[0] < 0)  # -1, households outside the table, is not told of
    tells = ties.tells + unknown
    pairs = Ties(ties.hears, tellers[tells], ties.kind)
    trust = network.trust(world, pairs)
    heard = np.repeat(trust[:, np.newaxis], len(HEARD), axis=1)
    heard[:, _OF_RETURN] *= network.contact_kept(world, pairs)[:, np.newaxis]
    good, bad = _weights(world, news, teller, len(tellers))
    first = np.flatnonzero(starts(ties.hears))
    up = np.add.reduceat(heard * good[tells], first, axis=0)
    down = np.add.reduceat(heard * bad[tells], first, axis=0)
    rows, of = members(world, network.household[ties.hears[first]])
    _take_in(world, HEARD, rows, up[of].T, down[of].T)
    if chosen(world.now, "trust_spill")()[0]:
        _spill(world, rows, up[of, HEARD.index("threat")])


def _weights(
    world: World, news: Told, teller: NDArray[np.intp], n: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how far the news of each of n tellers moves beliefs up, and down, if fully trusted."""
    full = np.array([world.now.number(record) for _, record, _ in MOVES])
    size = np.where(news.kind[:, np.newaxis] == _KIND, full, 0.0)
    size *= news.sign[:, np.newaxis]
    good, bad = np.zeros((n, len(MOVES))), np.zeros((n, len(MOVES)))
    np.maximum.at(good, teller, size)
    np.maximum.at(bad, teller, -size)
    return good, bad


def members(world: World, household: NDArray[np.int64]) -> tuple[Rows, NDArray[np.intp]]:
    """Return the rows of all members of households who are still in the Netherlands.

    Parameters
    ----------
    household : ndarray of int64, shape (k,)
        Household numbers.

    Returns
    -------
    rows : ndarray of intp, shape (n,)
        Rows of persons.
    of : ndarray of intp, shape (n,)
        The position in `household` of each row's household.
    """
    people = world.people
    head = people.find(household * MEMBERS)
    there = np.flatnonzero(head >= 0)
    head = head[there]
    size = people.household_size[head].astype(np.intp)  # members stand side by side
    of = np.repeat(np.arange(len(head)), size)
    rows = np.arange(len(of)) + np.repeat(head - (np.cumsum(size) - size), size)
    here = people.place[rows] != Place.ORIGIN
    return rows[here], there[of[here]]


def _take_in(
    world: World,
    columns: Sequence[str],
    rows: Rows,
    good: NDArray[np.float64],
    bad: NDArray[np.float64],
) -> None:
    """Move beliefs by news, as far as it is taken in from where each belief stands.

    Weighty news for an adult is an occasion for the whole household. `rows` holds households
    whose members stand side by side.
    """
    people = world.people
    belief = np.stack([getattr(people, column)[rows] for column in columns]).astype(np.float64)
    after = told(belief, good * takes_in(world, 1.0 - belief), bad * takes_in(world, belief))
    for column, values in zip(columns, after, strict=True):
        getattr(people, column)[rows] = values
    stirred = weighty(belief, after, world.now.number("weighty_news")) & world.adult(rows)
    household = world.household_of(rows)
    hears = np.bincount(household, stirred) > 0
    people.news_week[rows[hears[household]]] = world.week


def _spill(world: World, rows: Rows, heard: NDArray[np.float64]) -> None:
    """Lower trust in the state and in helpers of persons who hear of a removal."""
    people, now = world.people, world.now
    lost = np.minimum(heard, 1.0) * now.number("trust_lost_by_coercion")
    people.trust_state[rows] *= 1.0 - lost
    for trust in (people.trust_iom, people.trust_ngo):
        trust[rows] *= 1.0 - lost * now.number("trust_spill_share")


def _feed_back(world: World, news: Told) -> None:
    """Let organisations tell clients how the returnees whom they follow fare at origin.

    They tell what is known of a country on average; it counts by the clients' trust in them.
    """
    people, now = world.people, world.now
    share = now.number("monitoring_feedback")
    if not share:
        return
    network = world.network
    network.remember(world, news)
    rows = np.flatnonzero((people.helper > 0) & (people.place != Place.ORIGIN))
    good, bad = network.fared[:, people.country[rows]]
    known = good + bad
    rows, good, known = rows[known > 0], good[known > 0], known[known > 0]
    iom = people.helper[rows] == Organisation.IOM
    weight = share * np.where(iom, people.trust_iom[rows], people.trust_ngo[rows])
    for kind, record, column in MOVES:
        if kind == News.RETURN:
            each = weight * now.number("monitoring_told_weekly") * now.number(record)
            well = each * good / known
            _take_in(world, (column,), rows, well[np.newaxis], (each - well)[np.newaxis])
