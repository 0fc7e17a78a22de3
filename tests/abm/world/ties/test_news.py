"""What is news: which events are told, of which households, and how good they are."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.world.events import MEMBERS, Event
from terugkeer.abm.world.ties.news import Happened, happened, news_of, news_of_return
from terugkeer.agents.codes import Destination, Dimension, News, Outcome, Went
from terugkeer.agents.rules.after_return import pack

from tests.abm.world.clients import world_of

TOLD = {Event.LEFT, Event.FARED, Event.LEFT_AGAIN, Event.MET, Event.GRANTED}
HOME, NONE = Destination.ORIGIN, Went.NONE


def week(*rows: tuple[Event, Outcome, Destination, Went]) -> Happened:
    """Return events of households 1, 2 and so on."""
    event, outcome, destination, went = (np.array(part) for part in zip(*rows, strict=True))
    level = np.zeros((len(rows), len(Dimension)))
    fared = pack(level, went, np.zeros(len(rows), dtype=np.bool_))
    return Happened(np.arange(len(rows)) + 1, event, outcome, destination, fared)


def test_what_events_are_news_of() -> None:
    events = week(
        (Event.LEFT, Outcome.INDEPENDENT, HOME, NONE),
        (Event.LEFT, Outcome.FORCED, HOME, NONE),
        (Event.LEFT, Outcome.FORCED, Destination.MEMBER_STATE, NONE),
        (Event.LEFT, Outcome.PERMIT, Destination.PERMIT, NONE),
        (Event.LEFT, Outcome.UNOBSERVED, Destination.ONWARD, NONE),
        (Event.GRANTED, Outcome.NONE, Destination.NETHERLANDS, NONE),
        (Event.FARED, Outcome.FORCED, HOME, Went.SUSTAINED),
        (Event.FARED, Outcome.INDEPENDENT, HOME, Went.HARD),
        (Event.FARED, Outcome.INDEPENDENT, HOME, Went.LEFT_AGAIN),
        (Event.LEFT_AGAIN, Outcome.INDEPENDENT, HOME, NONE),
    )
    household, sign = news_of_return(events)
    assert household.tolist() == [7, 8, 10], "a household that left again was told of then"
    assert sign.tolist() == [1.0, -1.0, -1.0]
    told = news_of(events)
    found = sorted(
        zip(told.household.tolist(), told.kind.tolist(), told.sign.tolist(), strict=True)
    )
    assert found == [
        (2, News.REMOVAL, 1.0),
        (3, News.REMOVAL, 1.0),
        (4, News.PERMIT, 1.0),
        (6, News.SUPPORT, 1.0),
        (7, News.RETURN, 1.0),
        (8, News.RETURN, -1.0),
        (10, News.RETURN, -1.0),
    ]


@pytest.mark.parametrize("event", Event)
def test_only_some_kinds_of_events_are_told(event: Event) -> None:
    world = world_of()
    world.log.append(world.week, event, np.array([MEMBERS]))
    assert len(happened(world, 0).household) == (event in TOLD)


def test_a_household_is_told_of_once_by_its_first_member() -> None:
    world = world_of()
    family = 5 * MEMBERS + np.arange(3)
    world.log.append(world.week, Event.MET, np.append(family, 7 * MEMBERS))
    world.log.append(world.week, Event.LEFT, family[::-1], outcome=Outcome.FORCED)
    found = happened(world, 0)
    assert found.household.tolist() == [5, 7, 5]
    assert found.event.tolist() == [Event.MET, Event.MET, Event.LEFT]
    assert found.outcome.tolist() == [0, 0, Outcome.FORCED]


def test_only_events_from_the_position_on_are_told_and_the_columns_go_along() -> None:
    world = world_of()
    for household in (1, 2, 3):
        world.log.append(
            world.week,
            Event.LEFT,
            np.array([household * MEMBERS]),
            outcome=household,
            destination=household + 1,
            fared=household + 2,
        )
    found = happened(world, 1)
    assert [part.tolist() for part in found] == [[2, 3], [Event.LEFT] * 2, [2, 3], [3, 4], [4, 5]]
    assert len(happened(world, 3).household) == 0


def test_a_forced_return_that_becomes_a_permit_is_two_pieces_of_news() -> None:
    told = news_of(week((Event.LEFT, Outcome.FORCED, Destination.PERMIT, NONE)))
    assert told.household.tolist() == [1, 1]
    assert set(told.kind.tolist()) == {News.REMOVAL, News.PERMIT}


def test_outcomes_of_events_other_than_departures_are_no_news() -> None:
    closed = week(
        (Event.GRANTED, Outcome.FORCED, Destination.PERMIT, NONE),
        (Event.MET, Outcome.FORCED, Destination.PERMIT, NONE),
    )
    assert set(news_of(closed).kind.tolist()) == {News.SUPPORT}


def test_a_week_without_events_has_no_news() -> None:
    told = news_of(happened(world_of(), 0))
    assert [len(part) for part in told] == [0, 0, 0]
