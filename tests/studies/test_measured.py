"""Runs on which pages of measurements are made."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
from terugkeer.abm.observation.observer import Observer, labelled
from terugkeer.abm.world.calendar import first_week
from terugkeer.abm.world.events import Event, EventLog
from terugkeer.agents.codes import Outcome

from studies.measured import SCALE, Lives, changed, lived, observed

NO_WEEKS = pd.DataFrame()


def run(*left: tuple[int, Outcome, int]) -> Lives:
    """Return a run in which so many persons leave in a year with an outcome."""
    log = EventLog()
    for year, outcome, persons in left:
        log.append(first_week(year), Event.LEFT, np.arange(persons), outcome=outcome)
    return Lives(pd.DataFrame(), NO_WEEKS, log)


def observer() -> Observer:
    return Observer(
        table="own",
        items=("permit", "forced"),
        population="",
        unit="person",
        year_rule="",
        rounding=0,
        blind_spots="",
        source="own",
        count=lambda seen: [labelled(seen.events, seen.events.named("outcome"))],
        dimensions={"household": ("family", "no_family")},
    )


def test_a_table_is_the_mean_over_runs_at_full_size_in_the_order_of_its_items() -> None:
    first = run((2011, Outcome.FORCED, 2), (2012, Outcome.PERMIT, 1))
    found = observed([first, run((2011, Outcome.FORCED, 1))], observer(), (2011, 2012))
    assert found.index.tolist() == ["permit", "forced"]
    assert found.columns.tolist() == [2011, 2012]
    assert found.to_numpy().tolist() == [[0.0, SCALE / 2], [SCALE * 1.5, 0.0]]


def test_events_of_the_years_measured_are_kept() -> None:
    ran: list[str] = []
    events = pd.DataFrame({"year": [2010, 2011, 2013, 2015, 2016]})
    model: Any = SimpleNamespace(
        run=lambda: ran.append("run"),
        log=SimpleNamespace(frame=lambda _countries: events),
        countries=[],
        weekly_frame=lambda: NO_WEEKS,
        undecided={2012: 7.0},
    )
    kept = lived(model)
    assert kept.events["year"].tolist() == [2011, 2013, 2015]
    assert kept.undecided == {2012: 7.0}
    assert lived(model, 2011).events["year"].tolist() == [2011]
    assert ran == ["run", "run"]


def test_a_change_holds_on_all_days_and_nothing_else_differs() -> None:
    (entry,) = changed("other", "rule_of_in_kind", "stacked").entries
    assert (entry.target, entry.operation, entry.value) == ("rule_of_in_kind", "set", "stacked")
    assert entry.start is None
