"""The catalogue of factors as one table."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.evidence.factor import FORCES, OPTION_NAMES
from terugkeer.abm.evidence.factor_table import directions, factor_table, table_digest
from terugkeer.abm.evidence.registry import registry


def test_the_table_goes_by_force_and_weight() -> None:
    table = factor_table(registry())
    assert set(table["name"]) == {record.name for record in registry().factors()}
    assert list(table["force"].unique()) == list(FORCES)
    for _, rows in table.groupby("force"):
        assert rows["weight"].is_monotonic_decreasing
    assert (table["low"] < table["weight"]).all()
    assert (table["weight"] < table["high"]).all()


def test_a_row_says_what_its_record_says() -> None:
    row = factor_table(registry()).set_index("name").loc["factor_gloom"]
    record = registry()["factor_gloom"]
    assert record.factor is not None
    assert row["weight"] == record.value
    assert [row[option] for option in OPTION_NAMES] == [0, 1, -1, 0]
    # a lognormal, hardly cut by its bound: 1.96 standard deviations of the logarithm below
    assert row["low"] == pytest.approx(1.5 * np.exp(-1.96 * 0.56), rel=1e-2)
    assert row["sources"] == "s0 s1 s2 s3 s4"
    assert directions(record.factor) == "return +1, out of sight -1"


def test_the_forces_make_up_return_against_waiting() -> None:
    table = factor_table(registry())
    sign = table["force"].map({"push": 1, "pull": 1, "stay": -1, "deter": -1})
    assert (sign * (table["return"] - table["wait"]) >= 0).all()
    silent = table[table["return"] == table["wait"]]["name"]
    expected = {"factor_threat_afraid", "factor_shelter_ends_hiding", "factor_roof"}
    assert set(silent) == expected  # these move other options only


def test_the_digest_changes_with_a_weight() -> None:
    table = factor_table(registry())
    other = table.assign(weight=table["weight"] * 1.001)
    assert table_digest(table) == table_digest(table.copy())
    assert table_digest(other) != table_digest(table)
