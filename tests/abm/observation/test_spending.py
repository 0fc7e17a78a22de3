"""Euros by year and post."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
from terugkeer.abm.observation.events import Events
from terugkeer.abm.observation.spending import SPENDING, TOTAL
from terugkeer.abm.world.calendar import first_week
from terugkeer.abm.world.ledgers.accounts import ONLY_WEIGHED

from tests.abm.observation.hand_made import counts, rows_of
from tests.abm.world.small_world import recorded

if TYPE_CHECKING:
    from terugkeer.abm.runs.result import RunResult

    from tests.abm.observation.hand_made import Happen


def spent(*rows: tuple[int, str, float]) -> pd.DataFrame:
    """Write spending as (weeks after the first of 2012, post, euros)."""
    weeks = [first_week(2012) + after for after, _, _ in rows]
    return pd.DataFrame(
        {"week": weeks, "post": [row[1] for row in rows], "euros": [row[2] for row in rows]}
    )


def test_euros_add_up_by_the_year_of_the_week_and_are_not_scaled(happen: Happen) -> None:
    spending = spent(
        (0, "reception", 5.0), (9, "reception", 2.0), (9, "cash", 1.0), (-1, "cash", 7.0)
    )
    assert counts(SPENDING, happen(), 20.0, spending=spending) == {
        (2011, "cash"): 7.0,
        (2011, TOTAL): 7.0,
        (2012, "reception"): 7.0,
        (2012, "cash"): 1.0,
        (2012, TOTAL): 8.0,
    }


def test_journeys_that_households_pay_are_counted_and_no_part_of_the_total(happen: Happen) -> None:
    spending = spent(
        (0, "state_tickets", 5.0), (0, "own_journeys", 80.0), (60, "own_journeys", 7.0)
    )
    assert counts(SPENDING, happen(), spending=spending) == {
        (2012, "state_tickets"): 5.0,
        (2012, "own_journeys"): 80.0,
        (2012, TOTAL): 5.0,
        (2013, "own_journeys"): 7.0,
    }


def test_what_a_run_cannot_tell_is_missing(happen: Happen) -> None:
    assert rows_of(SPENDING, happen())["persons"].isna().all()
    rows = rows_of(SPENDING, happen(judged=False), spending=spent((0, "reception", 5.0)))
    assert set(rows.loc[rows["persons"].isna(), "item"]) == {*ONLY_WEIGHED, TOTAL}


def test_spending_of_a_run_is_weeks_and_deeds_times_prices(run: RunResult) -> None:
    spending = run.spending
    assert spending is not None
    found = counts(SPENDING, Events(run.log), run.scale, spending=spending)
    weekly = run.weekly[run.weekly["date"].dt.isocalendar().year == 2012]
    held = weekly[weekly["place"].isin(["detention", "closed_family"])]["persons"].sum()
    assert held > 0
    days = held * 7
    assert found[2012, "detention"] == pytest.approx(days * recorded("price_detention_eur_day"))
    left = run.events[(run.events["kind"] == "left") & (run.events["year"] == 2012)]
    removed = (left["outcome"] == "forced").sum() * run.scale
    assert removed > 0
    assert found[2012, "removals"] == pytest.approx(removed * recorded("price_removal_eur"))
