"""The picture of the length of the procedure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from terugkeer.viz.figures.procedure_length import PANELS, draw_procedure_length

from tests.viz.figures.made_up import PROVENANCE, lengths

if TYPE_CHECKING:
    import pandas as pd

WEEKS = (1, 26, 78)


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return lengths()


def test_returns_stand_beside_the_unobserved_and_harm_from_zero(table: pd.DataFrame) -> None:
    figure = draw_procedure_length(table, PROVENANCE)
    assert len(figure.axes) == 3
    assert {axes.get_title(loc="left") for axes in figure.axes} == set(PANELS.values())
    assert all(axes.get_ylim()[0] == 0.0 for axes in figure.axes)


def test_every_reading_is_drawn_at_its_weeks(table: pd.DataFrame) -> None:
    for axes in draw_procedure_length(table, PROVENANCE).axes:
        drawn = [c.lines[0].get_xydata().tolist() for c in axes.containers]
        assert drawn[0] == [pytest.approx([w, 0.2 + i / 100]) for i, w in enumerate(WEEKS)]
        assert drawn[1] == [pytest.approx([w, 0.1 + i / 100]) for i, w in enumerate(WEEKS)]
        assert [bool(c.has_yerr) for c in axes.containers] == [True, False]
