"""One error tells all mistakes."""

from __future__ import annotations

from terugkeer.abm.errors import InputError


def test_each_mistake_is_a_line() -> None:
    assert str(InputError("one.")) == "one."
    assert InputError("one.").problems == ["one."]
    several = ["one.", "two."]
    error = InputError(several)
    assert str(error) == "one.\ntwo."
    several.append("three.")
    assert error.problems == ["one.", "two."]
