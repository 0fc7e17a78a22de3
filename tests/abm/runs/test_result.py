"""What a run hands over when nothing was queued, and the week of an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terugkeer.abm.runs.result import QUEUES_COLUMNS, WeekError
from terugkeer.abm.world.calendar import first_week

if TYPE_CHECKING:
    from terugkeer.abm.runs.result import RunResult


def test_a_run_without_queues_has_their_columns(made_up: RunResult) -> None:
    assert tuple(made_up.queues.columns) == QUEUES_COLUMNS
    assert made_up.queues.empty


def test_events_have_labels_when_somebody_asks(made_up: RunResult) -> None:
    assert made_up.events.equals(made_up.log.frame(["Nowhere"]))
    assert made_up.events is made_up.events  # decoded once
    assert made_up.observed.events.log is made_up.log


def test_an_error_tells_the_monday_of_its_week() -> None:
    error = WeekError(first_week(2012))
    assert error.week == first_week(2012)
    assert str(error) == "in the week of 2012-01-02"
