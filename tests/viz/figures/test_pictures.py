from __future__ import annotations

import io
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from PIL import Image
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.observation.catalogue import OBSERVERS
from terugkeer.abm.observation.published import published_rows
from terugkeer.abm.runs.design import cross
from terugkeer.abm.runs.run_design import run_design
from terugkeer.abm.runs.run_tables import RunTables, run_tables
from terugkeer.abm.world.help.organisations import HELPERS
from terugkeer.agents import codes
from terugkeer.viz.figures import flow, journeys, palette, recorded_outcomes, true_places
from terugkeer.viz.figures.picture import RECORD_SEEN, UNCALIBRATED, Provenance, png

if TYPE_CHECKING:
    from matplotlib.text import Text

import fake_world  # found on the path above

PROVENANCE = Provenance("made-up", (1, 2), 400.0, "e" * 64, "c" * 64)
NAMES = ["recorded_outcomes", "true_places", "flow", "journeys"]
STEPS = {"met": 9000.0, "referred": 5000.0, "reached": 2000.0, "applied": 4000.0,
         "granted": 3000.0, "departed": 3500.0}  # fmt: skip


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> RunTables:
    design = cross(
        [fake_world.scenario()],
        (1, 2),
        scale=400.0,
        first_year=2011,
        last_year=2017,
        registry=registry(),
        keeps=("weekly",),
    )
    folder = tmp_path_factory.mktemp("run")
    return run_tables(run_design(design, folder, workers=1, simulate=fake_world.simulate))


def with_journeys(yearly: pd.DataFrame) -> pd.DataFrame:
    """Return the yearly table with journeys, which the made-up world has none of."""
    made_up = yearly["table"] == "journey_funnel"
    persons = yearly.loc[made_up, "item"].map(STEPS) * (1 + (yearly["year"] - 2014) / 10)
    return yearly.assign(persons=persons.where(made_up, yearly["persons"]))


def queues() -> pd.DataFrame:
    """Return made-up queues: twice as many wait as an organisation can hold."""
    weeks = pd.date_range("2011-01-03", "2017-12-25", freq="7D")
    rows = pd.MultiIndex.from_product([(1, 2), weeks, list(palette.ORGANISATIONS)])
    frame = rows.to_frame(index=False, name=["seed", "date", "organisation"])
    capacity = frame["organisation"].map({name: 100.0 + len(name) for name in STEPS}).fillna(60.0)
    return frame.assign(clients=capacity - 5, waiting=2 * capacity, capacity=capacity)


def draw(name: str, tables: RunTables) -> Figure:
    if name == "journeys":
        return journeys.draw_journeys(with_journeys(tables.yearly), queues(), PROVENANCE)
    if name == "recorded_outcomes":
        return recorded_outcomes.draw_recorded_outcomes(tables.yearly, published_rows(), PROVENANCE)
    if name == "true_places":
        return true_places.draw_true_places(tables.weekly, PROVENANCE)
    return flow.draw_flow(tables.yearly, PROVENANCE)


def texts(figure: Figure) -> list[str]:
    found: list[Text] = figure.findobj(mpl.text.Text)
    return [text.get_text() for text in found if text.get_visible() and text.get_text()]


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_says_uncalibrated_and_whence(name: str, tables: RunTables) -> None:
    said = texts(draw(name, tables))
    assert UNCALIBRATED in said
    assert PROVENANCE.line() in said
    assert "uncalibrated" in UNCALIBRATED


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_shows_harm(name: str, tables: RunTables) -> None:
    said = " ".join(texts(draw(name, tables)))
    assert "without stable shelter" in said or "no stable shelter" in said


@pytest.mark.parametrize("name", NAMES)
def test_the_file_carries_metadata_and_no_date(name: str, tables: RunTables) -> None:
    content = png(draw(name, tables), "Title of it", "What it shows", PROVENANCE)
    with Image.open(io.BytesIO(content)) as image:
        meta = dict(image.info)
        assert image.size[0] > 1000
    assert meta["Title"] == "Title of it"
    assert meta["Description"] == f"What it shows ({UNCALIBRATED})"
    assert meta["Source"] == (
        f"scenario=made-up; seeds=1 2; scale=400; evidence={'e' * 64}; code={'c' * 64}"
    )
    assert meta["Software"] == "terugkeer"
    assert not any("time" in key.lower() or "date" in key.lower() for key in meta)


@pytest.mark.parametrize("name", NAMES)
def test_bytes_depend_on_the_tables_alone(name: str, tables: RunTables) -> None:
    one = png(draw(name, tables), "T", "D", PROVENANCE)
    with mpl.rc_context({"font.size": 20, "axes.facecolor": "pink"}):  # a reader's own taste
        two = png(draw(name, tables), "T", "D", PROVENANCE)
    assert one == two


@pytest.mark.parametrize("name", NAMES)
def test_no_label_is_cut_off_or_covers_another(name: str, tables: RunTables) -> None:
    figure = draw(name, tables)
    figure.canvas.draw()
    width, height = figure.canvas.get_width_height()
    boxes = []
    ticks = {  # matplotlib keeps some for values outside the axes, and does not draw them
        label
        for axes in figure.axes
        for axis in (axes.xaxis, axes.yaxis)
        for label in axis.get_ticklabels()
    }
    for text in figure.findobj(mpl.text.Text):
        if text in ticks or not text.get_visible() or not text.get_text().strip():
            continue
        box = text.get_window_extent()
        if any(box.x0 == b.x0 and box.y0 == b.y0 for _, b in boxes):
            continue  # matplotlib lists an artist under several parents
        assert box.x0 >= 0, text.get_text()
        assert box.x1 <= width, text.get_text()
        assert box.y0 >= 0, text.get_text()
        assert box.y1 <= height, text.get_text()
        boxes.append((text.get_text(), box))
    for number, (said, box) in enumerate(boxes):
        for other, against in boxes[number + 1 :]:
            wide = min(box.x1, against.x1) - max(box.x0, against.x0)
            high = min(box.y1, against.y1) - max(box.y0, against.y0)
            assert wide <= 1 or high <= 2, (said, other)


def test_the_comparison_says_that_it_is_no_test(tables: RunTables) -> None:
    assert any(RECORD_SEEN in said for said in texts(draw("recorded_outcomes", tables)))


def test_the_withheld_split_is_a_line_at_the_total(tables: RunTables) -> None:
    figure = draw("recorded_outcomes", tables)
    axes = figure.axes[0]
    assert texts(figure).count(recorded_outcomes.WITHHELD) >= 2
    lines = [
        segment[0][1]
        for lines in axes.collections
        for segment in lines.get_segments()
        if len(segment) == 2 and segment[0][1] == segment[1][1]
    ]
    assert {21200, 19340} <= set(lines)
    right = [p.get_x() for p in axes.patches if p.get_height() > 0]
    assert sum(x > 2016 - 0.01 and x < 2016.5 for x in right) == 0  # no recorded bar in 2016


def test_the_note_on_the_withheld_split_covers_no_bar(tables: RunTables) -> None:
    figure = draw("recorded_outcomes", tables)
    axes = figure.axes[0]
    figure.canvas.draw()
    bars = [patch.get_window_extent() for patch in axes.patches]
    notes = [t for t in axes.findobj(mpl.text.Text) if t.get_text() == recorded_outcomes.WITHHELD]
    for note in notes:
        box = note.get_window_extent()
        assert all(box.x0 >= bar.x1 or box.x1 <= bar.x0 for bar in bars)


def test_bars_are_as_high_as_the_tables(tables: RunTables) -> None:
    axes = draw("recorded_outcomes", tables).axes[0]
    yearly = tables.yearly
    simulated = yearly[(yearly["table"] == "dtv_caseload_outflow") & (yearly["group"] == "all")]
    expected = simulated[simulated["year"] == 2013]["persons"].sum() / 2
    left = [p for p in axes.patches if abs(p.get_x() + p.get_width() / 2 - 2012.8) < 1e-6]
    assert sum(p.get_height() for p in left) == pytest.approx(expected)
    right = [p for p in axes.patches if abs(p.get_x() + p.get_width() / 2 - 2013.2) < 1e-6]
    assert sum(p.get_height() for p in right) == 2190 + 2840 + 2720 + 2810 + 4770


def test_the_flow_keeps_every_closing(tables: RunTables) -> None:
    paths = flow.over_seeds(tables.yearly, "closing_paths").mean(axis=1)
    steps = flow._steps(paths)
    totals = [sum(step.values()) for step in steps]
    assert totals == pytest.approx([totals[0]] * 4)
    columns = flow._columns(steps)
    assert [sum(n.persons for n in c.values()) for c in columns] == pytest.approx([totals[0]] * 5)


def test_bars_of_the_funnel_are_means_of_seeds_and_years(tables: RunTables) -> None:
    axes = draw("journeys", tables).axes[0]
    assert [p.get_width() for p in axes.patches] == pytest.approx([*STEPS.values()])
    assert [t.get_text() for t in axes.get_yticklabels()] == [*palette.FUNNEL.values()]
    said = texts(axes.figure)  # 0.7 to 1.3 times the mean: 2011 and 2017
    assert "9,000" in said
    (lines,) = axes.collections
    ends = np.array([segment[:, 0] for segment in lines.get_segments()])
    assert ends == pytest.approx(np.outer([*STEPS.values()], [0.7, 1.3]))


def test_who_waits_stands_on_the_clients_and_capacity_is_a_line(tables: RunTables) -> None:
    figure = draw("journeys", tables)
    own = {axes.get_title(loc="left"): axes for axes in figure.axes}
    for name, organisation in palette.ORGANISATIONS.items():
        held = queues().set_index("organisation").loc[name].iloc[0]
        axes = own[organisation]
        assert set(axes.lines[0].get_ydata()) == {held["capacity"]}
        heights = [area.get_paths()[0].vertices[:, 1].max() for area in axes.collections]
        assert heights == pytest.approx([held["clients"], held["clients"] + held["waiting"]])


def test_without_decisions_the_picture_says_that_nobody_weighs(tables: RunTables) -> None:
    none = queues().assign(clients=0.0, waiting=0.0)
    figure = journeys.draw_journeys(tables.yearly, none, PROVENANCE)
    assert journeys.NOBODY in texts(figure)
    png(figure, "T", "D", PROVENANCE)
    kept_none = journeys.draw_journeys(tables.yearly, none.iloc[:0], PROVENANCE)
    png(kept_none, "T", "D", PROVENANCE)


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


def test_nothing_at_all_can_be_drawn(tables: RunTables) -> None:
    none = tables.yearly.assign(persons=tables.yearly["persons"] * 0)
    assert isinstance(flow.draw_flow(none, PROVENANCE), Figure)
    drawn = recorded_outcomes.draw_recorded_outcomes(none, published_rows(), PROVENANCE)
    png(drawn, "T", "D", PROVENANCE)
    empty = tables.weekly.assign(persons=0)
    png(true_places.draw_true_places(empty, PROVENANCE), "T", "D", PROVENANCE)


def test_the_palette_covers_every_code_and_row() -> None:
    for looks, enum in (
        (palette.OUTCOMES, codes.Outcome),
        (palette.PLACES, codes.Place),
        (palette.ROUTES, codes.Route),
        (palette.DESTINATIONS, codes.Destination),
    ):
        palette.check_covered(looks, enum)
    items = {observer.table: set(observer.items) for observer in OBSERVERS}
    assert set(palette.HARM) == items["harm"]
    assert set(palette.FUNNEL) == items["journey_funnel"]
    assert set(palette.ORGANISATIONS) == {codes.label(each) for each in HELPERS}
    assert set(palette.VOLUNTARINESS) == items["voluntariness"]


def test_a_code_without_a_look_and_two_alike_are_refused() -> None:
    fewer = {code: look for code, look in palette.PLACES.items() if code is not codes.Place.VBL}
    with pytest.raises(AssertionError, match="no look for Place: VBL"):
        palette.check_covered(fewer, codes.Place)
    alike = {**palette.PLACES, codes.Place.VBL: palette.PLACES[codes.Place.AZC]}
    with pytest.raises(AssertionError, match="look the same"):
        palette.check_covered(alike, codes.Place)


def test_outcomes_are_told_apart_without_red_or_green_and_in_grey() -> None:
    shown = [look for code, look in palette.OUTCOMES.items() if code is not codes.Outcome.NONE]
    for look in shown:
        red, green, blue = (int(look.colour[i : i + 2], 16) for i in (1, 3, 5))
        assert not (red > 1.8 * green and red > 1.8 * blue), look
        assert not (green > 1.3 * red and green > 1.3 * blue), look
    assert len({look.hatch for look in shown}) == len(shown)
    assert np.unique([look.colour for look in shown]).size == len(shown)
