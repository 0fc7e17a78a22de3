"""Published tables as tidy rows."""

from __future__ import annotations

import pytest
from terugkeer.abm.evidence.tables import read_table
from terugkeer.abm.observation.observer import COLUMNS
from terugkeer.abm.observation.published import PUBLISHED, published, published_rows


def test_rows_are_those_of_the_data_table() -> None:
    for table, item, label in (
        ("dtv_caseload_outflow", "outflow", "{}"),
        ("iom_support_received", "support", "{}"),
    ):
        rows, raw = published(table), read_table(table)
        assert list(rows.columns) == list(COLUMNS)
        assert rows["persons"].tolist() == raw["persons"].tolist()
        assert rows["item"].tolist() == [label.format(each) for each in raw[item]]
        assert set(rows["group"]) == {"all"}


def test_groups_and_items_are_named_as_observers_name_them() -> None:
    contrast = published("national_departures_by_origin_group")
    assert set(contrast["group"]) == {"origin_group=safe", "origin_group=not_safe"}
    assert "detention/placed" in set(published("removal_measures")["item"])
    assert set(published("detention_mean_days")["item"]) == {"days"}
    assert set(published("dtv_caseload_outflow_total")["item"]) == {"total"}


def test_the_record_holds_no_split_after_2015() -> None:
    rows = published_rows()
    assert set(rows["table"]) == set(PUBLISHED)
    late = rows[rows["year"] > 2015]
    assert set(late["table"]) == {"dtv_caseload_outflow_total", "detention_mean_days"}
    assert not rows.duplicated(["table", "item", "group", "year"]).any()


def test_a_table_that_no_observer_produces_is_refused() -> None:
    with pytest.raises(KeyError):
        published("hrt_users")
