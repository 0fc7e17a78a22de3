"""Hidden words are found."""

from __future__ import annotations

from matplotlib.figure import Figure

from tests.viz.figures.words import hidden


def test_words_that_are_cut_off_or_covered_are_found() -> None:
    figure = Figure(figsize=(4, 2), dpi=100)
    figure.text(0.1, 0.8, "alone")
    assert hidden(figure) == []
    figure.text(0.99, 0.4, "cut off")
    assert hidden(figure) == ["cut off"]
    figure.text(0.11, 0.8, "upon")
    (cut, covered) = sorted(hidden(figure), key=len)
    assert cut == "cut off"
    assert set(covered.split(" | ")) == {"alone", "upon"}
