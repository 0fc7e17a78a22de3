"""Names are snake_case."""

from __future__ import annotations

import pytest
from terugkeer.abm.evidence.text import NAME


@pytest.mark.parametrize("name", ["a", "vbl_weeks", "share_52w"])
def test_snake_case_is_a_name(name: str) -> None:
    assert NAME.fullmatch(name)


@pytest.mark.parametrize("name", ["", "Vbl", "_a", "a_", "a__b", "2a", "a b", "a-b"])
def test_anything_else_is_none(name: str) -> None:
    assert not NAME.fullmatch(name)
