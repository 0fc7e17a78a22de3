"""Maps of two factors."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.colors import to_hex
from terugkeer.viz.figures.interaction_maps import _number, draw_map

from tests.viz.figures.made_up import ORIGIN, SIZES, TITLES, cells


def test_numbers_are_white_on_the_dark_of_equal_cells() -> None:
    for axes in draw_map(cells(equal=True), TITLES, ORIGIN).axes:
        assert {to_hex(each.get_color()) for each in axes.texts} == {"#ffffff"}
    some = draw_map(cells(), TITLES, ORIGIN).axes[0].texts
    assert to_hex(some[0].get_color()) == "#ffffff"  # the lowest
    assert to_hex(some[-1].get_color()) == "#000000"  # the highest


def test_each_cell_shows_its_standard_deviation_beneath_its_mean() -> None:
    axes = draw_map(cells(), TITLES, ORIGIN).axes[1]
    mean, spread = axes.texts[:2]
    assert (mean.get_text(), spread.get_text()) == ("4,000,000", "sd 80,000")
    assert spread.get_fontsize() < mean.get_fontsize()
    one_seed = draw_map(cells().assign(sd=np.nan), TITLES, ORIGIN).axes[1]
    assert not any("sd" in each.get_text() for each in one_seed.texts)
    assert "one seed" in one_seed.get_xlabel()


def test_cells_lie_at_the_steps_of_both_factors() -> None:
    axes = draw_map(cells(), TITLES, ORIGIN).axes[0]
    (image,) = axes.images
    expected = SIZES["share"] * (1 + np.arange(2)[:, None] + np.arange(7)[None, :])
    assert np.asarray(image.get_array()) == pytest.approx(expected)
    assert [each.get_text() for each in axes.get_yticklabels()] == [
        "none",
        "organisation_to_organisation",
    ]
    assert axes.get_ylabel() == "trust_spill"


@pytest.mark.parametrize(
    ("value", "words"), [(0.12345, "0.123"), (-3.0, "-3"), (9.999, "10"), (1234.5, "1,234")]
)
def test_shares_have_three_digits_and_counts_no_fraction(value: float, words: str) -> None:
    assert _number(value) == words
