"""How persons lived, and where they were at the end of the year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
from terugkeer.abm.observation.events import Events
from terugkeer.abm.observation.lived import LIVED, NEEDS_WEIGHING, YEAR_END

from tests.abm.observation.hand_made import counts, rows_of

if TYPE_CHECKING:
    from terugkeer.abm.runs.result import RunResult

    from tests.abm.observation.hand_made import Happen


def lived(*rows: dict[str, Any]) -> pd.DataFrame:
    """Write how persons lived: an adult in the centre with a file, except where said."""
    usual = {
        "year": 2012,
        "place": "azc",
        "minor": False,
        "poor_mental": False,
        "apart": False,
        "with_file": True,
        "background": "asylum",
        "origin_group": "safe",
        "household": "no_family",
        "person_weeks": 0.0,
        "at_end": 0.0,
    }
    return pd.DataFrame([{**usual, **row} for row in rows])


def test_a_week_counts_under_every_item_that_holds(happen: Happen) -> None:
    circumstances = lived(
        {"person_weeks": 10.0, "poor_mental": True},
        {"person_weeks": 20.0, "place": "street", "with_file": False, "minor": True},
        {"person_weeks": 40.0, "place": "street", "apart": True},  # with a file: in view
        {"person_weeks": 80.0, "place": "detention", "minor": True, "poor_mental": True},
        {"person_weeks": 160.0, "place": "private_network", "with_file": False, "year": 2014},
    )
    found = counts(LIVED, happen(), 99.0, circumstances=circumstances)
    assert {item: value for (_, item), value in found.items()} == {
        "all": 150.0,
        "out_of_sight": 20.0,
        "without_stable_shelter": 60.0,
        "held": 80.0,
        "poor_mental": 10.0,  # of adults
        "apart_from_kin": 40.0,
        "adults": 50.0,
        "children": 100.0,
        "children_out_of_sight": 20.0,
        "children_without_stable_shelter": 20.0,
        "children_held": 80.0,
    }


def test_the_end_of_a_year_parts_all_who_live_here(happen: Happen) -> None:
    circumstances = lived(
        {"at_end": 1.0},
        {"at_end": 2.0, "place": "private_network", "with_file": False, "minor": True},
        {"at_end": 4.0, "with_file": False},  # in the centre without a file: in procedure
    )
    found = counts(YEAR_END, happen(), circumstances=circumstances)
    assert {item: value for (_, item), value in found.items()} == {
        "file_open": 1.0,
        "out_of_sight": 2.0,
        "children_out_of_sight": 2.0,
        "in_procedure": 4.0,
    }


def test_what_a_run_cannot_tell_is_missing(happen: Happen) -> None:
    for table in (LIVED, YEAR_END):
        assert rows_of(table, happen())["persons"].isna().all()
        rows = rows_of(table, happen(judged=False), circumstances=lived({"person_weeks": 1.0}))
        missing = set(rows.loc[rows["persons"].isna(), "item"])
        assert missing == (set(NEEDS_WEIGHING) if table == LIVED else set())


def test_weeks_lived_agree_with_the_weekly_record_of_a_run(run: RunResult) -> None:
    circumstances = run.circumstances
    assert circumstances is not None
    found = counts(LIVED, Events(run.log), run.scale, circumstances=circumstances)
    at_end = counts(YEAR_END, Events(run.log), run.scale, circumstances=circumstances)
    weekly = run.weekly[run.weekly["place"] != "origin"]
    weekly = weekly[weekly["date"].dt.isocalendar().year == 2012]
    unstable = weekly[weekly["place"].isin(["street", "night_shelter"])]["persons"].sum()
    assert found[2012, "all"] == weekly["persons"].sum()
    assert found[2012, "without_stable_shelter"] == unstable > 0
    last = weekly[weekly["week"] == weekly["week"].max()]
    parts = ("file_open", "out_of_sight", "in_procedure")
    assert sum(at_end.get((2012, each), 0.0) for each in parts) == last["persons"].sum()
