"""The model in Mesa's own viewer, in a browser without a network: what its charts truly show."""

from __future__ import annotations

import inspect
import io
import os
import re
import runpy
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pytest
from PIL import Image
from terugkeer.abm.world.scenario import scenario_names

from tests.chromium import ARGUMENTS, CHROMIUM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Picture = NDArray[np.int64]

ROOT: Final = Path(__file__).parents[1]
VIEW: Final = ROOT / "docs" / "solara_view.py"
PLACE: Final = "TERUGKEER_SOLARA"  # the program of an environment with the extra `mesa-viz`
SOLARA: Final = Path(os.environ.get(PLACE, Path(sys.executable).with_name("solara")))
CHARTS: Final = 3
SETTLED_MS: Final = 1000  # charts that are not drawn anew for so long show the last week
# the browser asks for a picture again whenever its chart is drawn anew
DRAWN: Final = """() => {
    const charts = [...document.querySelectorAll('img')];
    const sources = charts.map(each => each.src).join();
    if (charts.length < 3 || sources !== window.lastDrawn || !charts.every(each => each.complete)) {
        window.lastDrawn = sources;
        window.drawnAt = performance.now();
    }
    return performance.now() - window.drawnAt > SETTLED;
}""".replace("SETTLED", str(SETTLED_MS))
LIVED: Final = """weeks => {
    const lived = +document.body.innerText.match(/(Step|Time): ([0-9.]+)/)[2];
    return WHEN;
}"""


@dataclass
class Tour:
    """What one visitor saw: pictures of all charts, one after another."""

    pictures: dict[str, list[Picture]] = field(default_factory=dict)
    weeks: dict[str, float] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    log: str = ""
    outside: list[str] = field(default_factory=list)


def command() -> tuple[dict[str, str], list[str]]:
    """Return the environment and the words of the command that the page gives."""
    page = (ROOT / "docs" / "notebook.md").read_text(encoding="utf-8")
    (line,) = re.findall(
        r"^(.*)\.venv/bin/solara (run docs/solara_view\.py.*)$", page, re.MULTILINE
    )
    settings, words = line
    return dict(each.split("=") for each in settings.split()), words.split()


@contextmanager
def nowhere(asked: list[str]) -> Iterator[str]:
    """Yield the address of a proxy that leads nowhere, and note what a program asks of it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def refuse() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    with connection:
                        asked.append(connection.recv(200).decode("latin-1"))

        threading.Thread(target=refuse, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)


@contextmanager
def served(log: Path, tour: Tour) -> Iterator[str]:
    """Yield the address at which the viewer runs, as the page says to start it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings, words = command()
    with nowhere(tour.outside) as proxy, log.open("w") as writing:
        proxies = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), proxy)
        server = subprocess.Popen(
            [SOLARA, *words, "--port", str(port), "--no-open", "--host", "127.0.0.1"],
            cwd=ROOT,
            env={**os.environ, **settings, **proxies, "NO_PROXY": "127.0.0.1", "PYTHONPATH": ""},
            stdout=writing,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://127.0.0.1:{port}/"
            _wait_for(server, address, log)
            yield address
        finally:
            server.terminate()
            server.wait(30)
    tour.log = log.read_text(encoding="utf-8")


def _wait_for(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Wait until the server answers, for at most a minute."""
    for _ in range(300):
        assert server.poll() is None, log.read_text(encoding="utf-8")
        with suppress(urllib.error.URLError, ConnectionError):
            urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address).close()
            return
        time.sleep(0.2)
    raise AssertionError(log.read_text(encoding="utf-8"))


class Visitor:
    """A visitor of the viewer, who notes what the charts show."""

    def __init__(self, page: Any, tour: Tour) -> None:  # noqa: ANN401 - Playwright is not everywhere
        self.page, self.tour = page, tour

    def note(self, moment: str) -> None:
        """Note what the charts show, once they are drawn."""
        self.page.wait_for_function(DRAWN, polling=200, timeout=60_000)
        self.tour.pictures[moment] = [
            np.asarray(Image.open(io.BytesIO(each.screenshot())).convert("RGB"), dtype=np.int64)
            for each in self.page.query_selector_all("img")
        ]
        told = self.page.get_by_text(re.compile(r"^(Step|Time): ")).inner_text()
        self.tour.weeks[moment] = float(told.split()[-1])

    def step(self) -> None:
        """Let the model live a week."""
        self.press("Step")
        self.wait(self.tour.weeks["first"] + 1)

    def play(self, weeks: int) -> None:
        """Let the model run for at least some weeks."""
        self.press("▶")
        self.wait(self.tour.weeks["stepped"] + weeks, "lived >= weeks")
        self.press("❚❚")

    def reset(self, policy: str) -> None:
        """Start anew with a policy from the list."""
        self.page.get_by_role("button", name="policy").click()
        self.page.get_by_role("option", name=policy, exact=True).click()
        self.page.wait_for_timeout(500)  # the list closes
        self.press("Reset")
        self.wait(self.tour.weeks["first"])

    def press(self, button: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=button, exact=True).click()

    def wait(self, weeks: float, when: str = "lived === weeks") -> None:
        """Wait until the viewer tells that so many weeks have been lived."""
        told = LIVED.replace("WHEN", when)
        self.page.wait_for_function(told, arg=weeks, polling=100, timeout=60_000)


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Tour:
    """Return what is seen on one visit."""
    if PLACE not in os.environ and not SOLARA.exists():
        pytest.skip(f"needs .[mesa-viz], or {PLACE}: .ci/mesa_viz")
    from playwright import sync_api as browsers  # noqa: PLC0415 - only where a viewer is

    tour = Tour()
    log = tmp_path_factory.mktemp("view") / "log.txt"
    with served(log, tour) as address, browsers.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1366, "height": 1400})
        page.on("request", lambda request: tour.asked.append(request.url))
        page.on("console", lambda told: tour.console.append(f"{told.type}: {told.text}"))
        page.goto(address)
        visitor = Visitor(page, tour)
        visitor.note("first")
        visitor.step()
        visitor.note("stepped")
        visitor.play(8)
        visitor.note("played")
        visitor.reset("policy_2017")
        visitor.note("other")
        visitor.step()
        visitor.reset("baseline")
        visitor.note("again")
        browser.close()
    return tour


def shown(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return what the example asks of Mesa's viewer, which need not be installed for this."""
    mesa_viz = SimpleNamespace(
        Slider=lambda label, **of: {"type": "Slider", "label": label, **of},
        SolaraViz=lambda model, **of: {"model": model, **of},
        make_plot_component=lambda measures: measures,
    )
    monkeypatch.setitem(sys.modules, "mesa.visualization", mesa_viz)
    page: dict[str, Any] = runpy.run_path(str(VIEW))["page"]
    return page


@pytest.fixture(scope="module")
def example() -> dict[str, Any]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        return shown(monkeypatch)


def width(picture: Picture, colour: str) -> float:
    """Return over which share of a picture's width a colour is seen; a legend holds little."""
    wanted = np.array(list(bytes.fromhex(colour.removeprefix("#"))))
    near = np.abs(picture - wanted).max(axis=2) < 40  # lines are smoothed
    return float(near.any(axis=0).mean())


def test_the_example_shows_harm_and_freedom_beside_returns(example: dict[str, Any]) -> None:
    charts = example["components"]
    assert len(charts) == CHARTS
    assert {"returned_independent", "returned_forced", "adults_all_three"} <= set(charts[1])
    assert "weeks_without_stable_shelter" in charts[2]
    weeks = example["model"].datacollector.get_model_vars_dataframe()
    assert {measure for chart in charts for measure in chart} <= set(weeks.columns)
    assert len(weeks) > 1  # or there would be no line to draw


def test_the_example_is_small_and_its_controls_are_those_of_its_model(
    example: dict[str, Any],
) -> None:
    kind = type(example["model"])
    parameters = inspect.signature(kind.__init__).parameters
    assert set(example["model_params"]) <= set(parameters)
    assert "scenario" not in parameters  # Mesa 3.5 puts an object of its own there
    chosen = {name: control["value"] for name, control in example["model_params"].items()}
    assert chosen == {name: parameters[name].default for name in chosen}
    policies = example["model_params"]["policy"]["values"]
    assert policies == scenario_names()
    code = [each for each in VIEW.read_text(encoding="utf-8").splitlines() if each.strip()]
    assert len(code) < 40


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["first", "stepped", "played", "other", "again"])
def test_every_line_of_every_chart_is_drawn(
    tour: Tour, example: dict[str, Any], moment: str
) -> None:
    pictures = tour.pictures[moment]
    assert len(pictures) == CHARTS
    for chart, picture in zip(example["components"], pictures, strict=True):
        assert picture.shape[0] > 200
        assert picture.shape[1] > 300
        for measure, colour in chart.items():
            # lines may lie over each other for a time
            assert width(picture, colour) > 0.25, (moment, measure)


def _same(one: list[Picture], other: list[Picture]) -> list[bool]:
    return [np.array_equal(a, b) for a, b in zip(one, other, strict=True)]


@pytest.mark.slow
def test_a_step_and_a_run_change_what_the_charts_show(tour: Tour) -> None:
    for before, after in (("first", "stepped"), ("stepped", "played")):
        assert _same(tour.pictures[before], tour.pictures[after]) == [False] * CHARTS
    assert tour.weeks["stepped"] == tour.weeks["first"] + 1
    assert tour.weeks["played"] >= tour.weeks["stepped"] + 8


@pytest.mark.slow
def test_a_reset_takes_the_policy_that_was_chosen(tour: Tour) -> None:
    """Mesa 3.5 puts an object of its own into a parameter named `scenario`."""
    assert not all(_same(tour.pictures["first"], tour.pictures["other"]))
    assert _same(tour.pictures["first"], tour.pictures["again"]) == [True] * CHARTS
    assert tour.weeks["first"] == tour.weeks["other"] == tour.weeks["again"]


@pytest.mark.slow
def test_nothing_is_asked_of_any_other_machine(tour: Tour) -> None:
    hosts = {re.split(r"[/:]+", url)[1] for url in tour.asked if not url.startswith("data:")}
    hosts -= {"http"}  # pictures that the page itself holds: blob:http://...
    assert hosts == {"127.0.0.1"}
    assert len(tour.asked) > 20
    assert tour.outside == []


@pytest.mark.slow
def test_neither_the_server_nor_the_browser_complains(tour: Tour) -> None:
    assert "Traceback" not in tour.log
    assert [told for told in tour.console if told.startswith("error")] == []
