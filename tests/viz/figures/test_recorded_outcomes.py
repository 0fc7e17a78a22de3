"""Closed files by recorded outcome, simulated beside the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
import pytest
from terugkeer.abm.observation.published import published_rows
from terugkeer.viz.figures import palette, recorded_outcomes
from terugkeer.viz.figures.picture import RECORD_SEEN

from tests.viz.figures.made_up import CLOSED, HARM, OF_RUNS, PROVENANCE, RETURNED, yearly
from tests.viz.figures.words import hidden, said

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@pytest.fixture(scope="module")
def figure() -> Figure:
    return OF_RUNS["recorded_outcomes"]()


def test_the_comparison_says_that_it_is_no_test(figure: Figure) -> None:
    assert any(RECORD_SEEN in each for each in said(figure))


def test_the_withheld_split_is_a_line_at_the_total(figure: Figure) -> None:
    axes = figure.axes[0]
    assert said(figure).count(recorded_outcomes.WITHHELD) == 2
    lines = [
        segment[0][1]
        for lines in axes.collections
        for segment in lines.get_segments()
        if len(segment) == 2 and segment[0][1] == segment[1][1]
    ]
    assert lines == [21200, 19340]
    right = [p.get_x() for p in axes.patches if p.get_height() > 0]
    assert sum(x > 2016 - 0.01 and x < 2016.5 for x in right) == 0  # no recorded bar in 2016


def test_the_note_on_the_withheld_split_covers_no_bar(figure: Figure) -> None:
    axes = figure.axes[0]
    figure.draw_without_rendering()
    bars = [patch.get_window_extent() for patch in axes.patches]
    notes = [t for t in axes.findobj(mpl.text.Text) if t.get_text() == recorded_outcomes.WITHHELD]
    for note in notes:
        box = note.get_window_extent()
        assert all(box.x0 >= bar.x1 or box.x1 <= bar.x0 for bar in bars)


def test_bars_are_as_high_as_the_tables(figure: Figure) -> None:
    axes = figure.axes[0]
    labels = [palette.OUTCOMES[each].label for each in palette.OUTCOMES][:-1]
    legend = axes.get_legend()
    assert legend is not None
    assert [each.get_text() for each in legend.get_texts()] == labels
    left = [p for p in axes.patches if abs(p.get_x() + p.get_width() / 2 - 2012.8) < 1e-6]
    assert [p.get_height() for p in left] == pytest.approx([*CLOSED.values()])
    right = [p for p in axes.patches if abs(p.get_x() + p.get_width() / 2 - 2013.2) < 1e-6]
    assert [p.get_height() for p in right] == [2190, 2840, 4770, 2810, 2720]


def test_whiskers_run_from_the_smallest_to_the_largest_total(figure: Figure) -> None:
    whiskers = [
        [float(y) for _, y in segment]
        for lines in figure.axes[0].collections
        for segment in lines.get_segments()
        if segment[0][0] == segment[1][0]
    ]
    total = sum(CLOSED.values())
    assert whiskers == [[total - 500, total + 500]] * 7  # 100 more or fewer of each of five


def test_harm_and_the_circumstances_of_returns_stand_beneath(figure: Figure) -> None:
    _, shelter, circumstances = figure.axes
    of_2011 = [p.get_height() for p in shelter.patches[:2]]
    assert of_2011 == [HARM["weeks_on_street"], HARM["weeks_in_night_shelter"]]
    assert [p.get_height() for p in circumstances.patches[:4]] == [*RETURNED.values()]


def test_nothing_at_all_can_be_drawn() -> None:
    none = yearly().assign(persons=0.0)
    drawn = recorded_outcomes.draw_recorded_outcomes(none, published_rows(), PROVENANCE)
    assert hidden(drawn) == []
