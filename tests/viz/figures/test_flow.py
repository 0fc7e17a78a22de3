"""Paths of closed files as a flow diagram."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest
from matplotlib.patches import PathPatch, Rectangle
from terugkeer.viz.figures import flow

from tests.viz.figures.made_up import OF_RUNS, PATHS, PROVENANCE, yearly
from tests.viz.figures.words import said

TOTAL = sum(each[-1] for each in PATHS)


def test_every_stage_keeps_every_closing() -> None:
    steps = flow._steps(flow.over_seeds(yearly(), "closing_paths").mean(axis=1))
    assert [sum(step.values()) for step in steps] == pytest.approx([TOTAL] * 4)
    columns = flow._columns(steps)
    assert [sum(n.persons for n in c.values()) for c in columns] == pytest.approx([TOTAL] * 5)


def test_boxes_say_how_many_and_stand_in_columns_under_their_heads() -> None:
    figure = OF_RUNS["flow"]()
    (axes,) = figure.axes
    words = [(each.get_text(), each.get_position()[0]) for each in axes.texts]
    assert words[:5] == [(head, x) for x, head in enumerate(flow.HEADS)]
    routes = {text for text, x in words[5:] if x < 0.5}
    assert routes == {
        "asylum procedure: 9,600",
        "apprehended: 3,000",
        "refused at the border: 100",
        "permit expired: 1,000",
        "lived here unseen before: 1,300",
    }
    assert ("permit: 1,500", 4 + flow.BOX + 0.02) in words
    assert f"{flow.TITLE}, 2011-2017: persons a year" in said(figure)


def test_heights_of_boxes_and_bands_are_in_proportion_to_persons() -> None:
    (axes,) = OF_RUNS["flow"]().axes
    boxes = [each for each in axes.patches if isinstance(each, Rectangle)]
    by_column = [sum(b.get_height() for b in boxes if b.get_x() == x) for x in range(5)]
    assert by_column == pytest.approx([by_column[0]] * 5)
    bands = [each.get_path().vertices for each in axes.patches if isinstance(each, PathPatch)]
    for x in range(4):
        thick = sum(v[0, 1] - v[7, 1] for v in bands if v[0, 0] == x + flow.BOX)
        assert thick == pytest.approx(by_column[0])
    pairs = {(x, way[x], way[x + 1]) for way in PATHS for x in range(4)}
    assert len(bands) == len(pairs)


def test_bands_fill_their_boxes_side_by_side_and_boxes_stand_a_line_apart() -> None:
    (axes,) = OF_RUNS["flow"]().axes
    bands = [each.get_path().vertices for each in axes.patches if isinstance(each, PathPatch)]
    boxes = [each for each in axes.patches if isinstance(each, Rectangle)]
    for x in range(1, 5):
        column = sorted((b.get_y(), b.get_y() + b.get_height()) for b in boxes if b.get_x() == x)
        gaps = [upper[0] - lower[1] for lower, upper in pairwise(column)]
        assert gaps == pytest.approx([flow.GAP] * len(gaps))
        ends = sorted((v[4, 1], v[3, 1]) for v in bands if v[3, 0] == x)
        joined = [ends[0]]
        for low, high in ends[1:]:
            if low == pytest.approx(joined[-1][1]):
                joined[-1] = (joined[-1][0], high)
            else:
                joined.append((low, high))
        assert joined == [pytest.approx(each) for each in column]


def test_the_note_tells_of_harm_and_of_departures_without_a_file() -> None:
    assert flow._beside(yearly()) == (
        "A year, beside these: 80,000 person-weeks without stable shelter; 800 of the files are "
        "children's; 300 persons leave without an open file. "
        "Bands of two steps are not the same persons."
    )


def test_small_boxes_are_put_together_and_none_is_lost() -> None:
    paths = pd.Series(
        {
            "route:asylum>azc": 9990.0, "route:border>street": 5.0, "route:apprehended>street": 5.0,
            "opened:azc>azc": 9990.0, "opened:street>vbl": 10.0,
            "closed:azc>forced": 9990.0, "closed:vbl>permit": 10.0,
            "outcome:forced>origin": 9990.0, "outcome:permit>permit": 10.0,
        }
    )  # fmt: skip
    steps = flow._steps(paths)
    assert steps[0] == {("asylum", "azc"): 9990.0, ("smaller", "street"): 10.0}
    assert steps[1] == {("azc", "azc"): 9990.0, ("street", "vbl"): 10.0}


def test_nothing_at_all_can_be_drawn() -> None:
    (axes,) = flow.draw_flow(yearly().assign(persons=0.0), PROVENANCE).axes
    assert len(axes.patches) == 0
