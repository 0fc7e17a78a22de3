"""Pictures of sensitivity analyses: nothing cut off or covered, and nothing left out unsaid."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from terugkeer.viz.figures import convergence, interaction_maps, nusap, screening, sobol_bars
from terugkeer.viz.figures.analysis import FLOOR, Origin
from terugkeer.viz.figures.labels import label_points
from terugkeer.viz.figures.palette import INK
from terugkeer.viz.figures.picture import UNCALIBRATED, house_style

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes

ORIGIN = Origin("screen of levers, N 30", "e" * 64, "c" * 64)
TITLES = {
    "share": "a share",
    "weeks": "person-weeks of which the heading\nis on two lines",
    "persons": "persons",
}
SIZES = {"share": 0.3, "weeks": 4e6, "persons": 150_000.0}
UNORDERED = 2


def factors(number: int) -> pd.DataFrame:
    """Return made-up factors with names as long as the longest of the model, and the dummy."""
    names = [f"support_for_backgrounds_{each:02d}" for each in range(number)]
    grades = [*np.resize(list("ABCD"), number), ""]
    return pd.DataFrame(
        {
            "factor": [*names, "dummy"],
            "group": [*names, "dummy"],
            "grade": grades,
            "strength": [*(np.resize([0.8, 0.6, 0.4, 0.2], number)), np.nan],
        }
    )


def grades(number: int) -> dict[str, str]:
    frame = factors(number)
    return dict(zip(frame["factor"], frame["grade"], strict=True))


def indices(number: int, floor: float = 0.05) -> pd.DataFrame:
    """Return a screening of which the first does nothing and the next two have no order."""
    names = factors(number)["factor"].tolist()
    rng = np.random.default_rng(5)
    parts = []
    for outcome, most in SIZES.items():
        value = most * rng.random(number + 1) ** 3
        value[0], value[-2], value[-1] = 0.0, most, floor * most
        mean = pd.DataFrame({"factor": names, "index": "mu_star", "value": value})
        sigma = mean.assign(index="sigma", value=0.8 * value * rng.random(number + 1))
        some = pd.concat([mean, sigma.drop(index=range(1, 1 + UNORDERED))])
        parts.append(
            some.assign(outcome=outcome, low=0.8 * some["value"], high=1.2 * some["value"])
        )
    return pd.concat(parts, ignore_index=True)


def course(number: int, index: str = "mu_star") -> pd.DataFrame:
    last = indices(number).query("index == 'mu_star'").assign(index=index)
    return pd.concat([last.assign(n=n, value=last["value"] * (1 + 1 / n)) for n in (4, 8, 16)])


def cells(*, equal: bool = False, steps: int = 7) -> pd.DataFrame:
    rows = [
        (outcome, "cash_for_reintegration", "trust_spill", f"{i / 7:.4g}", each, i, j,
         most * (1 if equal else 1 + i + j), most / 50)
        for outcome, most in SIZES.items()
        for i in range(steps)
        for j, each in enumerate(("none", "organisation_to_organisation"))
    ]  # fmt: skip
    return pd.DataFrame(
        rows,
        columns=["outcome", "factor_a", "factor_b", "value_a", "value_b", "step_a", "step_b",
                 "mean", "sd"],
    )  # fmt: skip


DRAWN: dict[str, Callable[[int], Figure]] = {
    "plane": lambda n: screening.draw_screening(indices(n), TITLES, grades(n), ORIGIN),
    "nusap": lambda n: nusap.draw_nusap(indices(n), "mu_star", factors(n), TITLES, ORIGIN),
    "bars": lambda n: sobol_bars.draw_bars(indices(n), "mu_star", TITLES, grades(n), ORIGIN),
    "convergence": lambda n: convergence.draw_convergence(course(n), TITLES, ORIGIN),
    "map": lambda n: interaction_maps.draw_map(cells(steps=min(n, 7)), TITLES, ORIGIN),
}


def texts(figure: Figure) -> dict[str, list[tuple[str, np.ndarray]]]:
    """Return what a picture says and where, by the panel or the picture that it stands in."""
    figure.canvas.draw()
    found = {}
    for number, part in enumerate([*figure.axes, figure]):
        ticks = [] if isinstance(part, Figure) else ticks_of(part)
        own = list(figure.texts) if isinstance(part, Figure) else part.findobj(Text)
        if isinstance(part, Figure):
            own += [each for legend in figure.legends for each in legend.get_texts()]
        else:
            every = {t for axis in (part.xaxis, part.yaxis) for t in axis.get_ticklabels()}
            every |= {t for axis in (part.xaxis, part.yaxis) for t in axis.get_minorticklabels()}
            own = [each for each in own if each not in every] + ticks
        # of an annotation the words alone, without its leader
        found[str(number)] = [
            (each.get_text(), Text.get_window_extent(each).extents)
            for each in own
            if each.get_visible() and each.get_text().strip()
        ]
    return found


def ticks_of(axes: Axes) -> list[Text]:
    shown = []
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        slack = 1e-9 * (high - low)
        shown += [
            tick.label1 for tick in axis.get_major_ticks()
            if low - slack <= tick.get_loc() <= high + slack
        ]  # fmt: skip
    return shown


@pytest.mark.parametrize("number", [4, 61])
@pytest.mark.parametrize("name", DRAWN)
def test_no_word_is_cut_off_or_covers_another(name: str, number: int) -> None:
    figure = DRAWN[name](number)
    every = texts(figure)
    width, height = figure.canvas.get_width_height()
    flat = [each for some in every.values() for each in some]
    assert len(flat) > 20
    for said, box in flat:
        assert (box >= -0.5).all(), said
        assert (box <= (width, height, width, height)).all(), said
    for (one, a), (other, b) in combinations(flat, 2):
        if (a == b).all() and one == other:
            continue  # listed under two parents
        over = np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2])
        assert over[0] <= 1 or over[1] <= 2, (one, other)


@pytest.mark.parametrize("number", [4, 61])
@pytest.mark.parametrize("name", DRAWN)
def test_every_picture_of_an_analysis_says_uncalibrated_and_whence(name: str, number: int) -> None:
    said = [each.get_text() for each in DRAWN[name](number).texts]
    assert UNCALIBRATED in said
    assert ORIGIN.line() in said


@pytest.mark.parametrize("name", DRAWN)
def test_the_same_table_gives_the_same_bytes(name: str) -> None:
    one, two = (ORIGIN.png(DRAWN[name](9), "T", "D") for _ in range(2))
    assert one == two


@pytest.mark.parametrize(
    ("name", "more"),
    [("plane", [screening.DIAGONAL, "dummy"]), ("nusap", [nusap.AGENDA]), ("bars", [])],
)
def test_a_key_tells_colours_and_lines_and_lies_beside_the_panels(
    name: str, more: list[str]
) -> None:
    figure = DRAWN[name](9)
    (key,) = figure.legends
    said = {each.get_text() for each in key.get_texts()}
    assert said == {*(f"evidence {letter}" for letter in "ABCD"), FLOOR, *more}
    figure.canvas.draw()
    box = key.get_window_extent()
    assert all(box.y0 > each.get_window_extent().y1 for each in figure.axes)


def test_labels_of_points_carry_the_grade() -> None:
    for name in ("plane", "nusap"):
        first = DRAWN[name](9).axes[0]
        said = [each.get_text() for each in first.texts]
        assert "support_for_backgrounds_08 A" in said


def test_the_plane_says_how_many_have_no_order_and_clips_no_point() -> None:
    for axes in DRAWN["plane"](9).axes:
        assert f"not shown: {UNORDERED} without an order" in axes.get_xlabel()
        (points,) = axes.collections
        assert len(points.get_offsets()) == 10 - UNORDERED
        assert not points.get_clip_on()
    every = indices(9)
    ordered = every[every["factor"].isin(every.loc[every["index"] == "sigma", "factor"])]
    for axes in screening.draw_screening(ordered, TITLES, grades(9), ORIGIN).axes:
        assert axes.get_xlabel() == "mean size of effect (mu*)"


def test_ticks_are_few_and_have_thousands_apart() -> None:
    figure = DRAWN["plane"](9)
    figure.canvas.draw()
    axes = figure.axes[1]
    for axis in (axes.xaxis, axes.yaxis):
        said = [each.get_text() for each in axis.get_ticklabels()]
        assert 2 <= len(said) <= 6
        assert not axis.get_offset_text().get_text()
    assert "1,500,000" in {each.get_text() for each in axes.get_xticklabels()}


@pytest.mark.parametrize("floor", [0.05, 3.0])
def test_the_shaded_corner_reaches_the_top_of_the_panel(floor: float) -> None:
    figure = nusap.draw_nusap(indices(9, floor), "mu_star", factors(9), TITLES, ORIGIN)
    for axes in figure.axes:
        corner = axes.collections[-1].get_paths()[0].get_extents()
        assert corner.y0 == nusap.HALF
        assert corner.y1 == axes.get_ylim()[1]
        assert (corner.x0, corner.x1) == (0.0, nusap.WEAK)


@pytest.mark.parametrize(
    ("index", "x", "y"),
    [
        ("mu_star", "trajectories", "mean size of effect (mu*)"),
        ("ST", "base points", "total effect (ST)"),
        ("pawn", "points", "PAWN: median distance of distributions"),
    ],
)
def test_axes_of_convergence_are_those_of_the_method(index: str, x: str, y: str) -> None:
    for axes in convergence.draw_convergence(course(9, index), TITLES, ORIGIN).axes:
        assert axes.get_xlabel() == x
        assert axes.get_ylabel() == y


def test_names_of_lines_stand_beneath_the_panel() -> None:
    figure = DRAWN["convergence"](61)
    figure.canvas.draw()
    for axes in figure.axes:
        legend = axes.get_legend()
        assert legend is not None
        assert legend.get_window_extent().y1 < axes.xaxis.label.get_window_extent().y0
        assert axes.get_ylim()[0] < 0  # a line at zero does not lie on the axis


def test_numbers_are_white_on_the_dark_of_equal_cells() -> None:
    for axes in interaction_maps.draw_map(cells(equal=True), TITLES, ORIGIN).axes:
        assert {to_hex(each.get_color()) for each in axes.texts} == {"#ffffff"}
    some = interaction_maps.draw_map(cells(), TITLES, ORIGIN).axes[0].texts
    assert to_hex(some[0].get_color()) == "#ffffff"  # the lowest
    assert to_hex(some[-1].get_color()) == "#000000"  # the highest


def test_each_cell_shows_its_standard_deviation_beneath_its_mean() -> None:
    axes = interaction_maps.draw_map(cells(), TITLES, ORIGIN).axes[1]
    mean, spread = axes.texts[:2]
    assert (mean.get_text(), spread.get_text()) == ("4,000,000", "sd 80,000")
    assert spread.get_fontsize() < mean.get_fontsize()
    one_seed = interaction_maps.draw_map(cells().assign(sd=np.nan), TITLES, ORIGIN).axes[1]
    assert not any("sd" in each.get_text() for each in one_seed.texts)
    assert "one seed" in one_seed.get_xlabel()


def test_bars_say_how_many_have_none_and_why() -> None:
    for axes in DRAWN["bars"](61).axes:
        assert "not shown: 40 with a smaller effect, 1 with no effect at all" in axes.get_xlabel()
        assert len([each for each in axes.patches if isinstance(each, Rectangle)]) == 21
    assert DRAWN["bars"](9).axes[0].get_xlabel().endswith("not shown: 1 with no effect at all")
    every = indices(9)
    moving = every[every["value"] > 0]
    figure = sobol_bars.draw_bars(moving, "mu_star", TITLES, grades(9), ORIGIN)
    assert figure.axes[0].get_xlabel() == "mean size of effect (mu*)"


def test_a_label_without_a_place_is_left_out_and_the_first_has_it() -> None:
    with house_style():
        figure = Figure(figsize=(1.2, 0.5), dpi=100)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1)
        placed = label_points(axes, [(0.5, 0.5), (0.5, 0.5)], {1: "x" * 8, 0: "y" * 30})
        assert placed == [1]
        assert [each.get_text() for each in axes.texts] == ["x" * 8]
        assert label_points(axes, [(0.5, 0.5)], {}) == []


def test_labels_keep_off_lines_where_there_is_room() -> None:
    with house_style():
        figure = Figure(figsize=(3, 3), dpi=100)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1)
        axes.axvline(0.6, color=INK)
        label_points(axes, [(0.5, 0.5)], {0: "a longer name"})
        (label,) = axes.texts
        assert Text.get_window_extent(label).x1 < 180
