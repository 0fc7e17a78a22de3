"""Pages whose numbers stand between markers."""

from __future__ import annotations

from studies.markdown import filled


def test_blocks_are_written_anew_and_all_else_stays() -> None:
    page = (
        "before\n<!-- numbers: one -->\nold\n\n<!-- end -->\nbetween\n"
        "<!-- numbers: two -->\n<!-- end -->\nafter\n"
    )
    assert filled(page, {"one": "1", "two": "2"}.__getitem__) == (
        "before\n<!-- numbers: one -->\n\n1\n\n<!-- end -->\nbetween\n"
        "<!-- numbers: two -->\n\n2\n\n<!-- end -->\nafter\n"
    )
