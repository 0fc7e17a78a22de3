"""How noise falls as seeds are added."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.viz.figures.replicates import draw_replicates

from tests.viz.figures.made_up import PROVENANCE, replicated


def test_each_outcome_has_a_line_in_both_panels_and_no_two_look_alike() -> None:
    figure = draw_replicates(replicated(), 0.05, 30, PROVENANCE)
    left, right = figure.axes
    lines = [each for each in left.lines if each.get_label().startswith("harm")]
    assert [each.get_label() for each in lines] == [f"harm: outcome {n}" for n in range(7)]
    assert len({(each.get_color(), each.get_linestyle()) for each in lines}) == 7
    assert list(lines[1].get_ydata()) == pytest.approx(list(0.2 / np.sqrt(np.arange(2, 41))))
    assert list(right.lines[2].get_ydata()) == pytest.approx([0.15] * 39)


def test_the_target_and_the_recommended_number_are_marked() -> None:
    left, right = draw_replicates(replicated(), 0.05, 30, PROVENANCE).axes
    assert [each.get_text() for each in left.texts] == ["target 5.0%", "30 seeds "]
    assert [each.get_text() for each in right.texts] == ["30 seeds "]
    assert set(left.lines[-1].get_xdata()) == {30}
    none, _ = draw_replicates(replicated(), 0.05, None, PROVENANCE).axes
    assert [each.get_text() for each in none.texts] == ["target 5.0%"]


def test_the_first_seeds_do_not_set_the_scale() -> None:
    left, _ = draw_replicates(replicated(), 0.05, None, PROVENANCE).axes
    assert left.get_ylim() == pytest.approx((0.0, 1.3 * 0.7 / np.sqrt(8)))  # from a fifth of 40 on
    target, _ = draw_replicates(replicated(), 0.9, None, PROVENANCE).axes
    assert target.get_ylim()[1] == pytest.approx(1.3 * 0.9)
