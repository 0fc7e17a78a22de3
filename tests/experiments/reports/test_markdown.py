"""Tables in Markdown."""

from __future__ import annotations

from terugkeer.experiments.reports.markdown import table


def test_columns_of_words_stand_left_and_of_numbers_right() -> None:
    rows = [["a", "1", "b"]]
    assert table(["x", "y", "z"], rows) == "| x | y | z |\n|---|---:|---:|\n| a | 1 | b |"
    assert table(["x", "y", "z"], rows, words=2).splitlines()[1] == "|---|---|---:|"
    assert table(["x", "y", "z"], rows, last_words=1).splitlines()[1] == "|---|---:|---|"
