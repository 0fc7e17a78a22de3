"""What all pictures share: style, warning, provenance, and what is in the file."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

import matplotlib as mpl
import pandas as pd
import pytest
from PIL import Image
from terugkeer.viz.figures.picture import (
    DPI,
    UNCALIBRATED,
    Provenance,
    house_style,
    new_figure,
    over_seeds,
    png,
    png_bytes,
    titled_figure,
)

from tests.viz.figures.made_up import OF_ANALYSES, OF_RUNS, ORIGIN, PROVENANCE
from tests.viz.figures.words import hidden, said

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DRAWN = {**OF_RUNS, **{name: lambda d=draw: d(9) for name, draw in OF_ANALYSES.items()}}
BY_NUMBER = set(OF_ANALYSES) - {"conditional", "survival"}  # more factors change the picture


@cache
def drawn(name: str) -> Figure:
    """Return a picture, to be read only."""
    return DRAWN[name]()


@pytest.mark.parametrize("name", DRAWN)
def test_every_picture_says_uncalibrated_and_where_its_numbers_come_from(name: str) -> None:
    words = [each.get_text() for each in drawn(name).texts]
    assert "uncalibrated" in UNCALIBRATED
    assert UNCALIBRATED in words
    assert (PROVENANCE.line() if name in OF_RUNS else ORIGIN.line()) in words


@pytest.mark.parametrize("name", ["recorded_outcomes", "true_places", "flow", "journeys"])
def test_every_picture_of_a_run_shows_harm(name: str) -> None:
    words = " ".join(said(drawn(name)))
    assert "without stable shelter" in words or "no stable shelter" in words


@pytest.mark.parametrize("name", OF_RUNS)
def test_no_word_of_a_run_is_cut_off_or_covers_another(name: str) -> None:
    assert hidden(OF_RUNS[name]()) == []


@pytest.mark.parametrize(
    ("name", "number"),
    [(name, n) for name in OF_ANALYSES for n in (4, 61) if n == 4 or name in BY_NUMBER],
)
def test_no_word_of_an_analysis_is_cut_off_or_covers_another(name: str, number: int) -> None:
    assert hidden(OF_ANALYSES[name](number)) == []


def looks(figure: Figure) -> list[tuple[object, ...]]:
    """Return colours of panels, and size and colour of all words but those of ticks."""
    words = [*figure.texts, *(each for legend in figure.legends for each in legend.get_texts())]
    found: list[tuple[object, ...]] = []
    for axes in figure.axes:
        found.append(axes.get_facecolor())
        words += [*axes.texts, axes.title, axes.xaxis.label, axes.yaxis.label]
        legend = axes.get_legend()
        words += legend.get_texts() if legend else []
    return found + [(each.get_text(), each.get_fontsize(), each.get_color()) for each in words]


@pytest.mark.parametrize("name", DRAWN)
def test_a_readers_own_taste_changes_no_picture(name: str) -> None:
    ours = looks(drawn(name))
    with mpl.rc_context({"font.size": 20, "axes.facecolor": "pink", "text.color": "red"}):
        assert looks(DRAWN[name]()) == ours


def small() -> bytes:
    with house_style():
        figure = new_figure(2, 1.5, "Title drawn", PROVENANCE)
        figure.add_subplot().plot([0, 1], [0, 1])
    return png(figure, "Title of it", "What it shows", PROVENANCE)


def test_the_file_tells_its_source_and_no_date() -> None:
    with Image.open(io.BytesIO(small())) as image:
        meta = dict(image.info)
        assert image.size == (2 * DPI, 1.5 * DPI)
    dpi = meta.pop("dpi")
    assert dpi == pytest.approx((DPI, DPI), abs=0.1)
    assert meta == {
        "Title": "Title of it",
        "Description": f"What it shows ({UNCALIBRATED})",
        "Source": f"scenario=made-up; seeds=1 2; scale=400; evidence={'e' * 64}; code={'c' * 64}",
        "Software": "terugkeer",
    }


def test_the_same_picture_gives_the_same_bytes_whatever_the_readers_taste() -> None:
    one = small()
    with mpl.rc_context({"font.size": 20, "savefig.facecolor": "pink", "savefig.dpi": 10}):
        assert small() == one


def test_png_bytes_adds_no_warning_of_its_own() -> None:
    with Image.open(io.BytesIO(png_bytes(titled_figure(2, 1, "", "", ""), "T", "D", "S"))) as image:
        assert (image.info["Description"], image.info["Source"]) == ("D", "S")


def test_a_picture_starts_with_title_warning_and_source() -> None:
    figure = titled_figure(5, 2, "what", "beware", "whence")
    assert [each.get_text() for each in figure.texts] == ["what", "beware", "whence"]
    heights = [each.get_position()[1] for each in figure.texts]
    assert heights == pytest.approx([1.7 / 2, 1.42 / 2, 0.14 / 2])  # inches from below
    assert tuple(figure.get_size_inches()) == (5.0, 2.0)


@pytest.mark.parametrize(("seeds", "words"), [((3,), "seed 3"), ((2, 1, 9), "seeds 1-9")])
def test_the_provenance_in_one_line(seeds: tuple[int, ...], words: str) -> None:
    provenance = Provenance("base", seeds, 2.5, "e" * 64, "c" * 64)
    assert provenance.line() == (
        f"scenario base, {words}, scale 2.5, evidence {'e' * 12}, code {'c' * 12}"
    )


def test_the_mean_over_seeds_is_of_one_table_and_group() -> None:
    rows = pd.DataFrame(
        [
            (1, 2011, "a", "x", "all", 1.0),
            (2, 2011, "a", "x", "all", 3.0),
            (1, 2012, "a", "x", "all", 5.0),
            (1, 2011, "a", "x", "men", 9.0),
            (1, 2011, "b", "x", "all", 7.0),
        ],
        columns=["seed", "year", "table", "item", "group", "persons"],
    )
    assert over_seeds(rows, "a").loc["x"].to_dict() == {2011: 2.0, 2012: 5.0}
    assert over_seeds(rows, "a", "men").loc["x"].to_dict() == {2011: 9.0}
