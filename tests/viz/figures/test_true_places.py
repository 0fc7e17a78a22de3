"""Where persons truly are."""

from __future__ import annotations

import pytest
from terugkeer.viz.figures.true_places import draw_true_places

from tests.viz.figures.made_up import PROVENANCE, weekly


def test_areas_stack_the_mean_over_seeds_of_all_parts() -> None:
    (axes,) = draw_true_places(weekly(), PROVENANCE).axes
    tops = [area.get_paths()[0].vertices[:, 1].max() for area in axes.collections]
    assert tops == pytest.approx([4000.0, 5000.0, 5500.0])  # azc, detention, street
    assert axes.get_ylim() == pytest.approx((0.0, 5500.0 * 1.03))


def test_the_legend_has_means_from_the_top_down_and_no_origin() -> None:
    (axes,) = draw_true_places(weekly(), PROVENANCE).axes
    legend = axes.get_legend()
    assert legend is not None
    assert [each.get_text() for each in legend.get_texts()] == [
        "street: 500", "immigration detention: 1,000", "reception centre (azc): 4,000"
    ]  # fmt: skip


def test_nobody_at_all_can_be_drawn() -> None:
    (axes,) = draw_true_places(weekly().assign(persons=0), PROVENANCE).axes
    assert len(axes.collections) == 0
    assert axes.get_ylim() == (0.0, 1.0)
