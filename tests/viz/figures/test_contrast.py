"""The picture of a comparison: what it draws, and that it is the same for the same table."""

from __future__ import annotations

import pandas as pd
from terugkeer.abm.observation.outcomes import BY_ID
from terugkeer.viz.figures import contrast
from terugkeer.viz.figures.picture import UNCALIBRATED, Provenance, png

PROVENANCE = Provenance("other, base", (1, 2), 20.0, "e" * 64, "c" * 64)
TABLE = pd.DataFrame(
    [
        ("other", "weeks_held", "all", 100.0, -20.0, -30.0, -10.0),
        ("other", "spending_total", "all", 1e8, 5e6, -5e6, 1.5e7),
        ("other", "spending_total", "background=asylum", 50.0, 5.0, -5.0, 15.0),
        ("third", "weeks_held", "all", 100.0, 300.0, 200.0, 400.0),
        ("third", "spending_total", "all", 0.0, 3.0, 2.0, 4.0),
    ],
    columns=["scenario", "outcome", "group", "base", "difference", "low", "high"],
)
OUTCOMES = [BY_ID[name] for name in ("weeks_held", "spending_total", "moved_on")]


def test_each_outcome_has_a_row_and_each_scenario_a_mark() -> None:
    figure = contrast.draw_contrast(TABLE, OUTCOMES, PROVENANCE)
    (axes,) = figure.axes
    assert [each.get_text() for each in axes.get_yticklabels()] == [
        "person-weeks in detention",
        "spending: all that is priced",
    ]
    legend = axes.get_legend()
    assert legend is not None
    assert [each.get_text() for each in legend.get_texts()] == ["other", "third"]
    written = [each.get_text() for each in figure.texts]
    assert UNCALIBRATED in written
    assert any("No side of the line is the good one" in each for each in written)
    told = [each.get_text() for each in axes.texts]
    assert told == ["-20", "+5.0 M€", "+300"]  # a base of nobody gives no share


def test_an_interval_that_holds_nothing_is_filled_and_others_are_open() -> None:
    (axes,) = contrast.draw_contrast(TABLE[TABLE["scenario"] == "other"], OUTCOMES, PROVENANCE).axes
    marks = {
        tuple(line.get_xdata()): line.get_markerfacecolor()
        for line in axes.lines
        if len(line.get_xdata()) == 1
    }
    assert marks == {(0.05,): "white", (-0.2,): contrast.COLOURS[0]}


def test_the_same_table_gives_the_same_bytes() -> None:
    first, second = (
        png(
            contrast.draw_contrast(TABLE, OUTCOMES, PROVENANCE),
            contrast.TITLE,
            contrast.DESCRIPTION,
            PROVENANCE,
        )
        for _ in range(2)
    )
    assert first == second
