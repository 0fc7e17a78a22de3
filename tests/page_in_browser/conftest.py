"""The page as its visitors have it: the real program, in Chromium, without a network.

Chromium is the one of the system (`CHROMIUM`, or `chromium` on the path). Without one these tests
are skipped, but not in CI.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.chromium import ARGUMENTS, CHROMIUM
from tests.page_in_browser.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

PROGRAM = "from terugkeer.experiments.cli import main; raise SystemExit(main())"
LAPTOP = {"width": 1366, "height": 650}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running `terugkeer view`."""
    server = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "view", "--no-open", "--workers", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=tmp_path_factory.mktemp("view"),
    )
    assert server.stdout is not None
    said = ""
    while (found := re.search(r"http://\S+/", said)) is None:
        line = server.stdout.readline()
        assert line, f"the program ended: {said}"
        said += line
    yield found.group()
    server.send_signal(signal.SIGINT)
    assert server.wait(timeout=20) == 130
    server.stdout.close()


@pytest.fixture(scope="module")  # no longer: its event loop shuts out `asyncio.run` elsewhere
def browser() -> Iterator[Browser]:
    """A browser for all tests of a file."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium on this machine: .ci/run installs it")
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where a browser is

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Visitor]:
    """A visitor with a laptop, who reads English."""
    context = browser.new_context(viewport=LAPTOP, locale="en-GB", accept_downloads=True)  # type: ignore[arg-type] # a plain dict will do
    one = Visitor(context)
    yield one
    outside = [each for each in one.asked if urlsplit(each).hostname not in {"127.0.0.1", None, ""}]
    context.close()
    assert outside == []
    assert one.unexpected() == []


@pytest.fixture
def another(browser: Browser) -> Iterator[Visitor]:
    """A second visitor."""
    context = browser.new_context(viewport=LAPTOP, locale="en-GB")  # type: ignore[arg-type] # a plain dict will do
    yield Visitor(context)
    context.close()


@pytest.fixture
def telephone(browser: Browser) -> Iterator[Visitor]:
    """A visitor with a telephone."""
    context = browser.new_context(viewport=PHONE, locale="nl-NL", has_touch=True)  # type: ignore[arg-type] # a plain dict will do
    yield Visitor(context)
    context.close()
