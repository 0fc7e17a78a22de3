"""Take away: every download opens, the scenario runs, the saved page works without a program."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.page_in_browser.conftest import PROGRAM
from tests.page_in_browser.visitor import state, until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.page_in_browser.visitor import Visitor

pytestmark = pytest.mark.slow
PRESET = "#c=package:vwn_bundle@2012-01-02"
WHOLE = "app.world && app.world.weeks === app.about.weeks"


def taken(visitor: Visitor, name: str, folder: Path) -> Path:
    """Download one of the things to take away."""
    page = visitor.page
    if not page.locator("dialog[open]").count():
        page.click("#take")
    with page.expect_download() as download:
        page.click(f"#take-{name}")
    target = folder / download.value.suggested_filename
    download.value.save_as(target)
    return target


def test_figures_open_and_say_what_they_rest_on(
    visitor: Visitor, address: str, tmp_path: Path
) -> None:
    page = visitor.go(address + PRESET)
    until(page, WHOLE)
    root = ET.parse(taken(visitor, "svg", tmp_path)).getroot()  # noqa: S314 - our own file
    words = " ".join(root.itertext())
    assert "Not calibrated" in words
    assert "All that VWN asks for" in words
    assert "weeks without stable shelter" in words  # harm stands beside
    assert len(root.findall(".//{*}path")) == 2 * 9
    image = Image.open(taken(visitor, "png", tmp_path))
    assert image.size == (2000, 1120)
    assert len(image.convert("RGB").resize((200, 112)).getcolors(maxcolors=22400) or []) > 20
    assert "null" not in page.inner_text("#dialog-body")
    state(page, "app.changes = Array(5).fill(app.changes[0])")  # many changes take several lines
    root = ET.parse(taken(visitor, "svg", tmp_path)).getroot()  # noqa: S314 - our own file
    lines = ["".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert max(map(len, lines)) <= 160
    assert " ".join(lines).count("All that VWN asks for") == 5
    assert float(root.attrib["height"]) == 560 + 20
    page.click("#dialog-close")
    page.click("#undo-all")
    until(page, "!app.changes.length")
    page.click("#take")  # without a change there is no scenario
    assert page.locator("#take-scenario").is_disabled()
    assert "nothing to compare" in page.inner_text("#dialog-body")


def test_tables_hold_what_the_page_shows(visitor: Visitor, address: str, tmp_path: Path) -> None:
    page = visitor.go(address + PRESET)
    until(page, WHOLE)
    text = taken(visitor, "differences", tmp_path).read_text("utf-8")
    rows = {row["measure"]: row for row in csv.DictReader(io.StringIO(text))}
    expected = state(
        page, "app.world.tallies[app.about.tallies.indexOf('weeks_held')].at(-1) * app.about.scale"
    )
    assert float(rows["weeks_held"]["becomes"]) == expected
    assert rows["weeks_held"]["draws"] == "10"
    text = taken(visitor, "weeks", tmp_path).read_text("utf-8")
    head = text.splitlines()[0].split(",")
    assert len(head) == len(set(head))
    assert {"state_forced", "files_forced", "seed", "scale", "changes"} <= set(head)
    weeks = list(csv.DictReader(io.StringIO(text)))
    assert [weeks[at]["changes"] for at in (0, -1)] == ["", "All that VWN asks for (2 Jan 2012)"]
    assert len(weeks) == 2 * state(page, "app.about.weeks")
    assert {row["world"] for row in weeks} == {"was", "becomes"}


def test_the_scenario_file_runs_unchanged(visitor: Visitor, address: str, tmp_path: Path) -> None:
    page = visitor.go(
        address
        + "#c=lever:cash_amount=2@2012-01-02;switch:assistance=%22general%22@2012-01-02"
        + ";package:policy_2017@2013-01-07&l=nl"
    )
    page.wait_for_selector("#was .areas path")
    file = taken(visitor, "scenario", tmp_path)
    content = tomllib.loads(file.read_text("utf-8"))
    assert content["levers"]["cash_amount"]["value"] == 2
    assert set(content) == {"name", "description", "levers", "switches", "packages"}
    done = subprocess.run(
        [
            *(sys.executable, "-c", PROGRAM, "compare", "baseline", str(file)),
            *("--seeds", "2", "--scale", "400", "--from", "2013", "--to", "2013"),
            *("--workers", "1"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_page_as_one_file_works_without_the_program(
    visitor: Visitor, another: Visitor, address: str, tmp_path: Path
) -> None:
    page = visitor.go(address + PRESET + "&w=200&t=flow")
    until(page, WHOLE)
    table = page.inner_text("#differs-body")
    file = taken(visitor, "page", tmp_path)
    assert file.stat().st_size < 1_000_000
    saved = another.page
    saved.goto(file.as_uri())
    saved.wait_for_selector("#becomes .areas path")
    saved.wait_for_timeout(500)
    assert saved.inner_text("#differs-body") == table  # the same changes, week and draws
    assert saved.input_value("#scrub") == "200"
    saved.click("#preset-government_ladder")
    saved.wait_for_timeout(500)
    assert saved.inner_text("#differs-body") != table
    assert saved.locator("#top-detention").is_disabled()
    saved.click("#language")
    saved.wait_for_timeout(300)
    assert "Wat er verschilt" in saved.inner_text("#differs")
    saved.click("#differing")
    saved.wait_for_selector("dialog[open] .lives li")
    saved.click("#dialog-close")
    assert [each for each in another.asked if not each.startswith(("file:", "blob:"))] == []
    assert another.unexpected() == []
    saved.click("#take")  # a saved page saves itself again
    with saved.expect_download() as download:
        saved.click("#take-page")
    again = tmp_path / "again.html"
    download.value.save_as(again)
    saved.goto(again.as_uri())
    saved.wait_for_selector("#becomes .areas path")
    saved.wait_for_timeout(600)  # the address follows a moment later
    assert "government_ladder" in saved.url or "government_ladder" in saved.evaluate(
        "location.hash"
    )


def test_a_run_of_ones_own_is_in_the_saved_file(
    visitor: Visitor, another: Visitor, address: str, tmp_path: Path
) -> None:
    page = visitor.go(address + "#s=2")
    until(page, "app.base.seed === 2 && app.base.whole", 120)
    known = "[...app.base.households.keys()].find((key) => !app.firstBase.households.has(key))"
    key = state(page, known)  # a household of this draw alone
    link = f"{address}#c=lever:detention=0.5@2014-01-06&s=2&h={key}"
    page.goto("about:blank")
    page.route("**/run", lambda _route: None)  # no run arrives that could open it at once
    page.goto(link)
    page.click("#undo-all")  # whoever goes elsewhere is not called back to the household
    page.wait_for_timeout(600)
    assert "h=" not in page.url
    page.unroute("**/run")
    page.goto("about:blank")
    page.goto(link)
    page.wait_for_timeout(600)
    assert f"h={key}" in page.url  # kept while the run is made
    page.wait_for_selector("dialog[open] .lives li", timeout=120_000)
    assert page.locator("#notice").is_hidden()
    assert state(page, "app.household") == key
    assert state(page, WHOLE)
    page.click("#dialog-close")
    table = page.locator("#differs-body td").all_inner_texts()
    file = taken(visitor, "page", tmp_path)
    saved = another.page
    saved.goto(file.as_uri())
    saved.wait_for_selector("#becomes .areas path")
    saved.wait_for_timeout(500)
    assert saved.locator("#differs-body td").all_inner_texts() == table
    assert "draw of chance 2" in saved.inner_text("#draw")
    for target in ("#preset-vwn_bundle", "#undo-all"):  # these are of the first draw
        saved.click(target)
        saved.wait_for_timeout(500)
        assert "\u2013" not in saved.locator("#differs-body td").all_inner_texts()
        assert "draw of chance 1" in saved.inner_text("#draw")
        assert saved.locator("#notice").is_hidden()
    saved.click("#kept-0")
    saved.wait_for_timeout(500)
    assert saved.locator("#differs-body td").all_inner_texts() == table
    assert another.unexpected() == []
