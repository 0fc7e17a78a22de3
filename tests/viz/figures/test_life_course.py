"""The picture of a life under two policies."""

from __future__ import annotations

import io
from itertools import combinations
from typing import TYPE_CHECKING, Final

import matplotlib as mpl
import pandas as pd
import pytest
from PIL import Image
from terugkeer.viz.figures.life_course import NOTE, draw_life_course, lanes, life_course_png
from terugkeer.viz.figures.picture import UNCALIBRATED, Provenance

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FROM: Final = Provenance("record and other", (3,), 50.0, "e" * 64, "c" * 64)
CHANGE: Final = (5, "other policy holds")
LIVES: Final = ("as on record", "otherwise")
WORDS: Final = (
    "considers return",
    "no longer considers return",
    "intends to return",
    "leaves: home",
)


@pytest.fixture(scope="module")
def weekly() -> pd.DataFrame:
    lines = {"hope": 0.3, "threat": 0.5, "knowledge": 0.2, "agency": 0.6}
    return pd.DataFrame(
        [
            {"life": life, "week": week, "adult": adult, "place": place, **lines}
            for life in LIVES
            for adult in ("father", "mother")
            for week, place in enumerate(["azc"] * 10 + ["street"] * 90 + [""] * 5)
        ]
    )


@pytest.fixture(scope="module")
def happened() -> pd.DataFrame:
    rows = [
        (life, week, "event", words)
        for life in LIVES
        for week, words in zip((20, 21, 23, 99), WORDS, strict=True)
    ]
    rows += [("otherwise", week, "talk", "talk") for week in (1, 2, 8)]
    return pd.DataFrame(rows, columns=["life", "week", "what", "words"])


@pytest.fixture(scope="module")
def figure(weekly: pd.DataFrame, happened: pd.DataFrame) -> Figure:
    return draw_life_course("An invented family", weekly, happened, CHANGE, FROM)


def test_labels_neither_overlap_nor_leave_the_picture(figure: Figure) -> None:
    figure.draw_without_rendering()
    texts = [text for axes in figure.axes for text in axes.texts if text.get_text() in WORDS]
    assert len(texts) == len(LIVES) * len(WORDS)
    boxes = [text.get_window_extent() for text in texts]
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    assert max(box.x1 for box in boxes) <= figure.bbox.x1


def test_events_of_one_week_share_a_label_and_lanes_are_used_again() -> None:
    events = pd.DataFrame({"week": [3, 3, 60, 4], "words": ["a", "b", "c", "d"]})
    found = lanes(events, 104)
    assert [words for _, words, *_ in found] == ["a; b", "d", "c"]
    assert [lane for *_, lane in found] == [0, 1, 0]


def test_dots_stand_in_their_weeks_and_the_band_in_its_places(figure: Figure) -> None:
    *_, rows, band, _ = figure.axes
    drawn = [each.get_offsets().tolist() for each in rows.collections]
    assert [[1.0, 1.0], [2.0, 1.0], [8.0, 1.0]] in drawn
    spans = [path.get_extents() for each in band.collections for path in each.get_paths()]
    assert [(box.x0, box.x1) for box in spans] == [(-0.5, 9.5), (9.5, 99.5)]


def test_it_says_that_it_is_no_forecast_and_uncalibrated(
    figure: Figure, weekly: pd.DataFrame, happened: pd.DataFrame
) -> None:
    said = {text.get_text() for text in figure.findobj(mpl.text.Text)}
    assert {NOTE, UNCALIBRATED} <= said
    assert all(words in NOTE for words in ("invented", "no forecast", "nobody is scored"))
    drawn = life_course_png("An invented family", weekly, happened, CHANGE, FROM)
    with Image.open(io.BytesIO(drawn)) as picture:
        told = dict(picture.info)
    assert f"evidence={FROM.evidence_hash}" in told["Source"]
    assert drawn == life_course_png("An invented family", weekly, happened, CHANGE, FROM)
