"""Phase 6, hear: news over the network moves beliefs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import News, Organisation, Place
from ....agents.news import told
from ..network import RENEWED_EVERY_WEEKS, Ties
from ..news import happened, news_of
from ..rumour import spread
from ..switches import chosen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Rows
    from ..news import Told
    from ..state import World

# what news of a kind moves, and the record of how far a piece that is fully trusted does
MOVES: Final = {
    News.RETURN: (
        ("believed_safety", "return_news_on_safety"),
        ("believed_livelihood", "return_news_on_livelihood"),
    ),
    News.REMOVAL: (("threat", "removal_news_on_threat"),),
    News.PERMIT: (("hope", "permit_news_on_hope"),),
    News.SUPPORT: (("knowledge", "support_news_on_knowledge"),),
}
HEARD: Final = tuple(column for moves in MOVES.values() for column, _ in moves)
SPILLED: Final = ("trust_state", "trust_iom", "trust_ngo")


def hear(world: World) -> None:
    """Let households hear what befell those with whom they have ties.

    Where nobody weighs, or no news travels, there is no network and nothing is drawn.

    Parameters
    ----------
    world : World
        The state of the world.
    """
    if not chosen(world.now, "decision")() or not takes_in(world, np.zeros(1)).any():
        return
    network = world.network
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
        spread(world)
    if world.week % RENEWED_EVERY_WEEKS == 0:
        network.renew(world)


def takes_in(world: World, distance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the share of news that is taken in, by the reading of the switch.

    Parameters
    ----------
    world : World
        The state of the world.
    distance : ndarray of float, shape (n,)
        Distance between news and belief, in [0, 1].

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]; 0 at every distance where no news travels.
    """
    return np.asarray(chosen(world.now, "news")(distance))


def _tell(world: World, news: Told) -> None:
    """Tell news to all members of the households that have a tie with whom it is about."""
    network = world.network
    about = network.find(news.household)
    known = about >= 0
    tellers, teller = np.unique(about[known], return_inverse=True)
    if not len(tellers):
        return
    kind, sign = news.kind[known], news.sign[known]
    ties = network.who_hear(tellers)
    if not len(ties.hears):
        return
    pairs = Ties(ties.hears, tellers[ties.tells], ties.kind)
    trust = network.trust(world, pairs)
    hears, hearer = np.unique(ties.hears, return_inverse=True)
    rows, of = members(world, network.household[hears])
    for each in News:
        of_kind = kind == each
        if not of_kind.any():
            continue
        good, bad = np.zeros(len(tellers)), np.zeros(len(tellers))
        np.add.at(good, teller[of_kind], np.maximum(sign[of_kind], 0.0))
        np.add.at(bad, teller[of_kind], np.maximum(-sign[of_kind], 0.0))
        heard = trust
        if each == News.RETURN:
            heard = trust * network.contact_kept(world, pairs)
        up = np.bincount(hearer, heard * good[ties.tells], minlength=len(hears))
        down = np.bincount(hearer, heard * bad[ties.tells], minlength=len(hears))
        touched = np.flatnonzero((up + down)[of])
        _move(world, each, rows[touched], up[of[touched]], down[of[touched]])


def members(world: World, household: NDArray[np.int64]) -> tuple[Rows, NDArray[np.intp]]:
    """Return the rows of all members of households that are still here.

    Parameters
    ----------
    world : World
        The state of the world.
    household : ndarray of int64, shape (k,)
        Household numbers.

    Returns
    -------
    rows : ndarray of intp, shape (n,)
        Rows of persons.
    of : ndarray of intp, shape (n,)
        For each the position of its household in `household`.
    """
    people = world.people
    start = np.searchsorted(people.household, household)
    size = np.searchsorted(people.household, household, side="right") - start
    of = np.repeat(np.arange(len(household)), size)
    rows = np.arange(len(of)) + np.repeat(start - (np.cumsum(size) - size), size)
    here = people.place[rows] != Place.ORIGIN
    return rows[here], of[here]


def _move(
    world: World, kind: News, rows: Rows, good: NDArray[np.float64], bad: NDArray[np.float64]
) -> None:
    """Move what news of a kind moves, each person from its own belief."""
    people, now = world.people, world.now
    for column, record in MOVES[kind]:
        _take_in(world, column, rows, good * now.number(record), bad * now.number(record))
    to_all, _ = chosen(now, "trust_spill")()
    if kind == News.REMOVAL and to_all:
        heard = np.minimum(good, 1.0) * now.number("removal_news_on_threat")
        lost = heard * now.number("trust_lost_by_coercion")
        people.trust_state[rows] *= 1.0 - lost
        for trust in (people.trust_iom, people.trust_ngo):
            trust[rows] *= 1.0 - lost * now.number("trust_spill_share")


def _take_in(
    world: World, column: str, rows: Rows, good: NDArray[np.float64], bad: NDArray[np.float64]
) -> None:
    """Move one belief of persons by news, as far as they take it in."""
    beliefs = getattr(world.people, column)
    belief = beliefs[rows].astype(np.float64)
    beliefs[rows] = told(belief, good * takes_in(world, 1.0 - belief), bad * takes_in(world, belief))


def _feed_back(world: World, news: Told) -> None:
    """Let organisations tell clients how those whom they follow have fared at origin.

    They tell what is known on average of a country, by their clients' trust in them.
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
    for column, record in MOVES[News.RETURN]:
        each = weight * now.number("monitoring_told_weekly") * now.number(record)
        _take_in(world, column, rows, each * good / known, each * (1.0 - good / known))
