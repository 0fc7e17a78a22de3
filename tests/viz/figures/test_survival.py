"""Effects by reading of what is contested."""

from __future__ import annotations

from matplotlib.colors import to_hex
from terugkeer.viz.figures.palette import INK
from terugkeer.viz.figures.survival import LOOKS, draw_survival

from tests.viz.figures.made_up import ORIGIN, TITLES, disputed


def test_each_factor_has_a_row_and_each_reading_a_column() -> None:
    for axes in draw_survival(disputed(), TITLES, ORIGIN).axes:
        assert [each.get_text() for each in axes.get_xticklabels()] == [
            "as it stands",
            "fear turns",
        ]
        assert [each.get_text() for each in axes.get_yticklabels()] == ["cash", "talks"]
        signs = {each.get_position(): each.get_text() for each in axes.texts}
        assert signs == {(0, 0): "+", (1, 0): "\u2212", (0, 1): "", (1, 1): ""}


def test_colours_say_what_an_effect_does_and_a_frame_that_it_differs() -> None:
    axes = draw_survival(disputed(), TITLES, ORIGIN).axes[0]
    colours = [to_hex(each.get_facecolor()).upper() for each in axes.patches]
    says = ["raises", "lowers", "no clear effect", "no clear effect"]
    assert colours == [LOOKS[each][0] for each in says]
    frames = [to_hex(each.get_edgecolor()) for each in axes.patches]
    assert frames == ["#ffffff", INK, "#ffffff", "#ffffff"]
    assert [each.get_x() + 0.4 for each in axes.patches] == [0, 1, 0, 1]


def test_the_first_factor_is_on_top_and_the_key_tells_all() -> None:
    figure = draw_survival(disputed(), TITLES, ORIGIN)
    bottom, top = figure.axes[0].get_ylim()
    assert bottom > top
    (key,) = figure.legends
    assert [each.get_text().strip() for each in key.get_texts()] == [
        "raises +", "lowers \u2212", "no clear effect", "differs from the first column"
    ]  # fmt: skip
