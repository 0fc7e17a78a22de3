"""The picture of a comparison."""

from __future__ import annotations

from terugkeer.viz.figures import contrast
from terugkeer.viz.figures.picture import UNCALIBRATED

from tests.viz.figures.made_up import OUTCOMES, PROVENANCE, differences

TABLE = differences()


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
