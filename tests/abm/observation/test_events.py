"""Columns and rows of a log, in codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from terugkeer.abm.observation.events import CODES, FLAGS, MARKS, Events, years_of
from terugkeer.abm.world.calendar import first_week, year_of
from terugkeer.abm.world.events import COLUMNS, Event, EventLog

from tests.abm.observation.hand_made import closed, left, moved, opened

if TYPE_CHECKING:
    from terugkeer.abm.runs.result import RunResult

    from tests.abm.observation.hand_made import Happen


def test_columns_are_those_of_the_labelled_frame(run: RunResult) -> None:
    frame, events = run.events, Events(run.log)
    for name in CODES:
        assert (events.named(name).labels() == frame[name].to_numpy(object)).all(), name
    plain = ("year", "household", *FLAGS, *(mark for mark in MARKS if mark in frame))
    for name in (*plain, *(set(COLUMNS) & set(frame) - set(CODES) - {"phase", "danger"})):
        assert (events[name] == frame[name].to_numpy()).all(), name


def test_rows_are_picked_by_mask_by_place_and_again(happen: Happen) -> None:
    events = happen(*(left(person) for person in (0, 16, 32, 48)))
    some = events.where(np.array([True, False, True, True]))
    assert some["person"].tolist() == [0, 32, 48]
    assert some.take(np.array([2, 0]))["person"].tolist() == [48, 0]
    assert some.where(some["person"] > 0)["household"].tolist() == [2, 3]
    assert [len(events), len(some)] == [4, 3]


def test_events_of_several_kinds_keep_their_order(happen: Happen) -> None:
    events = happen(opened(0), moved(0, "azc", "vbl"), closed(0, "forced"), left(0))
    found = events.of(Event.LEFT, Event.OPENED)
    assert found.named("kind").labels().tolist() == ["opened", "left"]
    assert not len(events.of(Event.NOTICED))


def test_the_first_is_that_of_the_log(happen: Happen) -> None:
    events = happen(left(16), opened(0, year=2011), left(0), opened(0), left(16, year=2011))
    assert events.first("person")["year"].tolist() == [2012, 2011]
    assert events.first("kind", "person")["year"].tolist() == [2012, 2011, 2012]
    key = events.key("kind", "person")
    assert key[0] == key[4]
    assert len(set(key.tolist())) == 3


def test_the_latest_of_a_person_is_the_last_up_to_a_week(happen: Happen) -> None:
    week = first_week(2012)
    events = happen(opened(0, after=9), opened(0, after=3), closed(0, "forced", after=3))
    person = np.array([0, 0, 0, 16])
    found = events.latest(person, week + np.array([2, 3, 9, 9]))
    assert found.tolist() == [-1, 2, 0, -1]
    assert Events(EventLog()).latest(person, person).tolist() == [-1] * 4


def test_weeks_belong_to_their_iso_year() -> None:
    weeks = np.arange(first_week(2001), first_week(2031), dtype=np.int16)
    assert years_of(weeks).tolist() == [year_of(week) for week in weeks.tolist()]
    assert years_of(weeks[:0]).dtype == np.int64
