"""A cohort traced through schemes, on a log made by hand."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.observation.events import Events
from terugkeer.abm.observation.observer import Observed
from terugkeer.abm.world.calendar import first_week
from terugkeer.abm.world.events import Event, EventLog, Mark
from terugkeer.agents.codes import Destination, Outcome, Place, Reason, Scheme

from studies.help import traced
from tests.studies.help.hand_made import cells

BEFORE = (Event.ELIGIBLE, Event.KNOWS, Event.CONSIDERS)
SCALE = 10.0


def world(*lives: tuple[int, tuple[Event, ...], dict[str, Any]]) -> Observed:
    """Return what observers see of persons: year, steps toward cash, and how it ended."""
    log = EventLog(judged=True)
    for number, (year, steps, end) in enumerate(lives):
        person = np.array([16 * number])
        for kind in steps:
            log.append(first_week(year), kind, person, scheme=Scheme.HRT, to_place=Place.AZC)
        if end:
            more = {name: value for name, value in end.items() if name != "kind"}
            log.append(first_week(year) + 9, end["kind"], person, **more)
    return Observed(Events(log), pd.DataFrame(), SCALE)


@pytest.fixture
def seen() -> Observed:
    home = {"outcome": Outcome.INDEPENDENT, "destination": Destination.ORIGIN}
    removed = {"outcome": Outcome.FORCED, "destination": Destination.ORIGIN}
    asked = (*BEFORE, Event.MET_PRICE, Event.APPLIED)
    with_cash = {"scheme": Scheme.HRT, "marks": Mark.IOM, **home}
    return world(
        (2012, (*asked, Event.GRANTED, Event.READY), {"kind": Event.LEFT, **with_cash}),
        (2012, (*BEFORE, Event.APPLIED), {
            "kind": Event.REFUSED, "scheme": Scheme.HRT, "reason": Reason.MEANS
        }),
        (2012, BEFORE[:2], {"kind": Event.LEFT, **removed}),
        (2012, BEFORE[:1], {}),
        (2011, asked, {}),  # another cohort
    )  # fmt: skip


def test_a_cohort_is_told_by_step_with_those_whose_price_was_met(seen: Observed) -> None:
    rows = cells(traced.by_step(traced.traced_cohort(seen, 2012), traced.met_by_step(seen, 2012)))
    assert rows[1:] == [
        [
            "Cash for reintegration (HRT)",
            "40",
            "30",
            "20 (10)",
            "20 (10)",
            "10 (10)",
            "10 (10)",
            "10 (10)",
        ]
    ]


def test_fates_are_shares_of_the_eligible_and_told_step_by_step_for_cash(seen: Observed) -> None:
    rows = traced.traced_cohort(seen, 2012)
    (line,) = cells(traced.by_fate(rows))[1:]
    told = dict(zip(traced.FATES, line[1:], strict=True))
    assert {name for name, share in told.items() if share == "25.0"} == {
        "with_it",
        "refused",
        "forced",
        "still_here",
    }
    steps = {line[0]: dict(zip(traced.FATES, line[1:], strict=True)) for line in
             cells(traced.closely(rows))[1:]}  # fmt: skip
    assert steps["applied"]["refused"] == "10"
    assert steps["knows of support"]["forced"] == "10"
    assert steps["eligible"]["still_here"] == "10"
    assert steps["left with it"]["with_it"] == "10"


def test_the_page_is_the_mean_over_runs(
    seen: Observed, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    nobody = world()
    monkeypatch.setattr(traced, "observed", lambda seed, _scale: seen if seed == 1 else nobody)
    monkeypatch.setattr(sys, "argv", ["traced", "--seeds", "2"])
    traced.main()
    out = capsys.readouterr().out
    assert "first eligible in 2012" in out
    assert "mean of 2 seeds at scale 10" in out
    assert "| Cash for reintegration (HRT) | 20 | 15 | 10 (5) |" in out


def test_every_scheme_step_and_fate_has_a_name(seen: Observed) -> None:
    rows = traced.traced_cohort(seen, 2012)
    assert set(rows["scheme"]) == set(traced.NAMES)
    assert set(rows["step"]) == set(traced.STEPS)
    assert set(rows["fate"]) == set(traced.FATES)
