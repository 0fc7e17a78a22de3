"""Tables and pages of studies."""

from __future__ import annotations

from studies.markdown import filled, table


def test_columns_of_words_stand_left_and_of_numbers_right() -> None:
    rows = [["a", "1", "b"]]
    assert table(["x", "y", "z"], rows) == "| x | y | z |\n|---|---:|---:|\n| a | 1 | b |"
    assert table(["x", "y", "z"], rows, words=2).splitlines()[1] == "|---|---|---:|"
    assert table(["x", "y", "z"], rows, last_words=1).splitlines()[1] == "|---|---:|---|"


def test_blocks_are_written_anew_and_all_else_stays() -> None:
    page = (
        "before\n<!-- numbers: one -->\nold\n\n<!-- end -->\nbetween\n"
        "<!-- numbers: two -->\n<!-- end -->\nafter\n"
    )
    assert filled(page, {"one": "1", "two": "2"}.__getitem__) == (
        "before\n<!-- numbers: one -->\n\n1\n\n<!-- end -->\nbetween\n"
        "<!-- numbers: two -->\n\n2\n\n<!-- end -->\nafter\n"
    )
