"""The picture of the length of the procedure."""

from __future__ import annotations

import pandas as pd
import pytest
from terugkeer.viz.figures.picture import UNCALIBRATED, Provenance, png
from terugkeer.viz.figures.procedure_length import DESCRIPTION, PANELS, TITLE, draw_procedure_length

PROVENANCE = Provenance("baseline", (1, 2), 5.0, "e" * 64, "c" * 64)
WEEKS = (1, 26, 78)


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return pd.DataFrame(
        [
            (reading, weeks, measure, level + place / 100, 0.01)
            for level, reading in ((0.2, "as it is"), (0.1, "without rooting"))
            for measure in (*PANELS, "permit")
            for place, weeks in enumerate(WEEKS)
        ],
        columns=["reading", "weeks", "measure", "mean", "error"],
    )


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


def test_it_says_that_it_is_uncalibrated_and_where_it_comes_from(table: pd.DataFrame) -> None:
    figure = draw_procedure_length(table, PROVENANCE)
    told = [text.get_text() for text in figure.texts]
    assert UNCALIBRATED in told
    assert PROVENANCE.line() in told
    assert png(figure, TITLE, DESCRIPTION, PROVENANCE) == png(
        draw_procedure_length(table, PROVENANCE), TITLE, DESCRIPTION, PROVENANCE
    )
