"""Journeys and queues of organisations that help."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.agents.kinds import KIND_LABELS
from terugkeer.viz.figures import journeys, palette

from tests.viz.figures.made_up import OF_RUNS, PROVENANCE, STEPS, queues, yearly
from tests.viz.figures.words import hidden, said


def test_bars_of_the_funnel_are_means_of_seeds_and_years() -> None:
    figure = OF_RUNS["journeys"]()
    axes = figure.axes[0]
    assert [p.get_width() for p in axes.patches] == pytest.approx([*STEPS.values()])
    assert [t.get_text() for t in axes.get_yticklabels()] == [*palette.FUNNEL.values()]
    assert "9,000" in said(figure)
    (lines,) = axes.collections  # 0.7 to 1.3 times the mean: 2011 and 2017
    ends = np.array([segment[:, 0] for segment in lines.get_segments()])
    assert ends == pytest.approx(np.outer([*STEPS.values()], [0.7, 1.3]))


def test_waiting_persons_stand_on_clients_and_capacity_is_a_line() -> None:
    own = {axes.get_title(loc="left"): axes for axes in OF_RUNS["journeys"]().axes}
    of_one_week = queues().query("seed == 1 and date == date.min()")
    kinds = of_one_week["organisation"].map(KIND_LABELS)
    sums = of_one_week.groupby(kinds)[["clients", "waiting", "capacity"]].sum()
    for name, kind in palette.KINDS.items():
        held = sums.loc[name]
        axes = own[kind]
        assert set(axes.lines[0].get_ydata()) == {held["capacity"]}
        heights = [area.get_paths()[0].vertices[:, 1].max() for area in axes.collections]
        assert heights == pytest.approx([held["clients"], held["clients"] + held["waiting"]])


def test_without_decisions_the_picture_says_that_nobody_weighs() -> None:
    no_funnel = yearly().query("table != 'journey_funnel'")
    for none in (queues().assign(clients=0.0, waiting=0.0), queues().iloc[:0]):
        figure = journeys.draw_journeys(no_funnel, none, PROVENANCE)
        assert journeys.NOBODY in said(figure)
        assert hidden(figure) == []
