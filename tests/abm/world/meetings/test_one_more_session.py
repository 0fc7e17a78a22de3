"""One more session for one household: it changes nobody whom nothing joins to that household."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

import numpy as np
from terugkeer.abm.world.calendar import first_week
from terugkeer.abm.world.events import COLUMNS, MEMBERS
from terugkeer.abm.world.meetings.sessions import hold_sessions
from terugkeer.agents.codes import Organisation, Place

from tests.abm.world.small_world import APART, model_of

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.world.model import ReturnModel

STATES = ("knowledge", "hope", "believed_safety", "trust_ngo", "stage", "helper", "met")


def with_one_more(*changes: Override) -> tuple[ReturnModel, ReturnModel, int]:
    """Return a model, a copy in which one household has had a session more, and which one.

    Of those who have met nobody yet it is the one with the most ties.
    """
    base = model_of(*changes, scale=200.0)
    while base.week < first_week(2011):
        base.step()
    other = deepcopy(base)
    people = other.people
    free = np.flatnonzero((people.place != Place.ORIGIN) & (people.helper == 0) & (people.met == 0))
    network = other.world.network
    of = network.household[network.ties().hears]
    ties = [np.count_nonzero(of == household) for household in people.household[free]]
    chosen = int(people.household[free[np.argmax(ties)]])
    mine = np.flatnonzero(people.household == chosen)
    people.helper[mine] = Organisation.VWN
    hold_sessions(other.world, mine)
    return base, other, chosen


def lines(model: ReturnModel, since: int) -> dict[int, list[tuple[float, ...]]]:
    """Return by household what happened to it from a week on, and how its members are."""
    found: dict[int, list[tuple[float, ...]]] = {}
    log, people = model.log, model.people
    columns = [log.column(name).tolist() for name in COLUMNS]
    for person, week, *line in zip(log.column("person"), log.column("week"), *columns, strict=True):
        if week >= since:
            found.setdefault(int(person // MEMBERS), []).append(tuple(line))
    states = [getattr(people, name).tolist() for name in STATES]
    for household, *state in zip(people.household.tolist(), *states, strict=True):
        found.setdefault(household, []).append(tuple(state))
    return found


def changed(one: ReturnModel, other: ReturnModel, since: int) -> set[int]:
    """Return the households that differ between two models from a week on."""
    a, b = lines(one, since), lines(other, since)
    return {household for household in a.keys() | b.keys() if a.get(household) != b.get(household)}


def with_ties(model: ReturnModel, joined: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return households, and those that have a tie with one of them now."""
    network = model.world.network
    ties = network.ties()
    hears, tells = network.household[ties.hears], network.household[ties.tells]
    return np.union1d(joined, hears[np.isin(tells, joined)])


def test_one_more_session_changes_nobody_but_who_has_it() -> None:
    """With room for all, nobody whose neighbours matter, and counsellors who work alike."""
    base, other, chosen = with_one_more(*APART)
    since = base.week  # with the session itself: the household may leave before the end
    for model in (base, other):
        while model.running:
            model.step()
    assert changed(base, other, since) == {chosen}


def test_where_news_travels_one_more_session_changes_only_who_is_joined_by_ties() -> None:
    base, other, chosen = with_one_more(*(each for each in APART if each.target != "news"))
    since = base.week + 1
    joined = np.array([chosen])
    for _ in range(16):
        for model in (base, other):
            model.step()
            joined = with_ties(model, joined)
    found = changed(base, other, since)
    assert {chosen} < found, "somebody has heard of it"
    assert found <= set(joined.tolist())
    assert set(base.people.household.tolist()) - set(joined.tolist()), "and some could not"
