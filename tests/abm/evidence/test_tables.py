"""The data tables that ship."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.tables import read_table, tables


def test_every_table_has_typed_columns() -> None:
    frame = read_table("dtv_caseload_outflow")
    assert list(frame.columns) == ["outflow", "year", "persons"]
    assert frame["persons"].dtype == np.int64
    assert frame.shape == (25, 3)
    pd.testing.assert_frame_equal(frame, read_table("dtv_caseload_outflow.csv"))


def test_empty_cells_are_nan_where_they_are_allowed() -> None:
    frame = read_table("origin_conditions").set_index(["country", "year"])
    assert frame["political_stability"].isna()[("Egypt", 2016)]
    assert frame["political_stability"].dtype == np.float64


def test_a_caller_gets_a_copy() -> None:
    mine = read_table("hrt_users")
    mine.loc[:, "persons"] = 0
    assert read_table("hrt_users")["persons"].tolist() == [1018, 948]


def test_an_unknown_table_asks_for_the_near_one() -> None:
    with pytest.raises(InputError, match="Did you mean 'hrt_users'"):
        read_table("hrt_user")


def test_closings_by_outcome_add_up_to_their_totals_within_rounding() -> None:
    split = read_table("dtv_caseload_outflow").groupby("year")["persons"].sum()
    total = read_table("dtv_caseload_outflow_total").set_index("year")["persons"]
    assert (split - total[split.index]).abs().max() <= 30


def test_no_table_holds_the_withheld_split() -> None:
    for name in ("dtv_caseload_outflow", "national_departures_by_type", "removal_measures"):
        assert read_table(name)["year"].max() == 2015


def test_the_readme_names_every_table() -> None:
    from importlib.resources import files  # noqa: PLC0415 (only this test looks at the files)

    text = (files("terugkeer.abm.evidence.data") / "README.md").read_text(encoding="utf-8")
    assert [name for name in tables().schemas if f"| `{name}` |" not in text] == []
