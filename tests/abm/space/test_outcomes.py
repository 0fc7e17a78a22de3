"""Outcomes of whole runs from the rows that runs keep."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.observation.outcomes import OUTCOMES
from terugkeer.abm.runs.outcomes import catalogue
from terugkeer.abm.space.outcomes import WAYS, kept, outcomes_of_runs, told


def rows(key: str, **items: tuple[float, float]) -> pd.DataFrame:
    """Return rows of two years."""
    tables = dict.fromkeys(WAYS, "dtv_caseload_outflow")
    tables |= {"adults": "voluntariness_of_adults", "all_three": "voluntariness_of_adults"}
    tables |= {"without_stable_shelter": "weeks_lived", "out_of_sight": "year_end"}
    tables |= {f"{way}:real_high": "returns_into_danger" for way in WAYS[:3]}
    found = []
    for item, table in tables.items():
        by_year = items.get(item, (0.0, 0.0))
        found += [(key, 2011 + n, table, item, "all", value, 7) for n, value in enumerate(by_year)]
    found.append((key, 2011, "dtv_caseload_outflow", "independent", "background=safe", 99.0, 7))
    columns = ["key", "year", "table", "item", "group", "persons", "seed"]
    return pd.DataFrame(found, columns=columns)


def test_years_are_added_up_and_a_stock_is_that_of_the_last() -> None:
    table = rows("k", independent=(10, 30), forced=(20, 100), out_of_sight=(5, 8))
    found = outcomes_of_runs(table, ["independent", "out_of_sight_end", "independent_share"])
    assert found.index.tolist() == ["k"]
    assert found.columns.tolist() == ["independent", "out_of_sight_end", "independent_share"]
    assert found.loc["k"].tolist() == [40, 8, pytest.approx(40 / 160)]


def test_every_run_has_its_own_row_and_a_share_of_nobody_is_missing() -> None:
    table = pd.concat(
        [rows("b", adults=(0, 0)), rows("a", adults=(4, 6), all_three=(1, 4), permit=(1, 0))]
    )
    found = outcomes_of_runs(table, ["share_all_three", "permit_share"])
    assert found["share_all_three"].to_dict() == {"a": 0.5, "b": pytest.approx(np.nan, nan_ok=True)}
    assert found["permit_share"].to_dict() == {"a": 1.0, "b": pytest.approx(np.nan, nan_ok=True)}


def test_runs_keep_what_every_outcome_needs_of_the_whole_population() -> None:
    choices = kept().choices
    assert {group for _, _, group in choices} == {"all"}
    assert {table for table, _, _ in choices} == {t for each in OUTCOMES for t in each.tables}
    assert {table for table, _, _ in choices} <= set(catalogue())


def test_an_outcome_is_told_in_the_words_of_the_registry() -> None:
    assert told("unobserved") == ("files closed: whereabouts unknown", "closing")
    assert told("unobserved_share") == (
        "files closed: whereabouts unknown, share", "share of closed files",
    )  # fmt: skip
