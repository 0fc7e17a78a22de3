"""What a pull moves, and what the table that ships tells."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.evidence.registry import registry

from studies.dead_parts.pulls import HIGH, LOW, Pull, called, listed, pulls, readings
from studies.dead_parts.study import ALL, LEAST, TABLE, main, moved, renewed


def runs(*values: float, called: str = "base") -> pd.DataFrame:
    """Return runs, each with a key of its own, where one outcome has values, all others 0."""
    keys = [f"{called}-{number}" for number in range(len(values))]
    table = pd.DataFrame(0.0, index=keys, columns=ALL)
    table["independent"] = values
    return table


def test_a_pull_moves_what_differs_most_on_the_same_seeds() -> None:
    pull = Pull("some", "high", (), readings({"news": "none"}))
    row = moved(pull, runs(110.0, 130.0, 150.0, called="pulled"), runs(100.0, 100.0, 150.0), "e")
    assert row["outcome"] == "independent"
    assert row["moved"] == pytest.approx(40 / 3, abs=0.05)
    assert row["se"] == pytest.approx(8.8, abs=0.05)
    assert (row["under"], row["same"]) == ("news=none", "no")


def test_a_pull_that_changes_nothing_is_the_same() -> None:
    row = moved(Pull("some", "high", (), ()), runs(1.0, 2.0, called="pulled"), runs(1.0, 2.0), "e")
    assert (row["outcome"], row["moved"], row["same"]) == ("", 0.0, "yes")


def test_a_pull_that_changes_no_count_of_persons_may_still_change_something() -> None:
    there = runs(1.0, 2.0, called="pulled").assign(weeks_without_stable_shelter=5.0, present=np.nan)
    row = moved(Pull("some", "high", (), ()), there, runs(1.0, 2.0), "e")
    assert (row["outcome"], row["moved"], row["same"]) == ("", 0.0, "no")


def test_every_part_moves_persons_or_is_listed_with_a_reason() -> None:
    table = pd.read_csv(TABLE, keep_default_na=False)
    evidence = registry()
    switches = {each.name for each in evidence.by_role("switch")}
    told = [
        (record, end if record in switches else "")
        for record, end in zip(table["record"], table["end"], strict=True)
    ]
    names, all_names = (
        [f"{record}={end}" if end else record for record, end in some]
        for some in (told, called(evidence))
    )
    missing = listed()["not_measured_yet"]
    assert sorted([*names, *missing]) == sorted(all_names), "studies.dead_parts.study RECORD ..."
    little = table["moved"].abs().to_numpy() < LEAST
    dead = {name for name, few in zip(names, little, strict=True) if few}
    assert dead == set(listed()["reasons"])


def test_new_rows_take_the_place_of_old_ones() -> None:
    columns = ["record", "end", "moved", "evidence"]
    names = [each.record for each in pulls(registry(), HIGH)][:3]
    old = [[names[0], HIGH, 1.0, "old"], [names[1], LOW, 2.0, "old"], ["gone", HIGH, 3.0, "old"]]
    new = [[names[2], HIGH, 4.0, "new"], [names[1], HIGH, 5.0, "new"]]
    table = renewed(
        pd.DataFrame(old, columns=columns), pd.DataFrame(new, columns=columns), registry()
    )
    assert table.to_numpy().tolist() == [old[0], new[1], new[0]]


def test_what_cannot_be_pulled_is_refused() -> None:
    with pytest.raises(SystemExit, match="nothing to pull: nothing"):
        main(["nothing"])
