"""A visitor of the page, and what a test may ask of the page's own state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page


class Visitor:
    """One visitor: an own context of the browser, and what the page said aside."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.asked: list[str] = []
        self.said: list[str] = []
        self.expected: list[str] = []
        context.route("**/*", self._pass)
        self.page = self.open()

    def open(self) -> Page:
        page = self.context.new_page()
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        return page

    def _pass(self, route: Any) -> None:  # noqa: ANN401 - playwright's Route
        self.asked.append(route.request.url)
        parts = urlsplit(route.request.url)
        if parts.hostname in {"127.0.0.1", None} or parts.scheme in {"blob", "data", "file"}:
            route.continue_()
        else:
            route.abort()

    def go(self, address: str) -> Page:
        """Open an address and wait for the first chart."""
        self.page.goto(address)
        self.page.wait_for_selector("#was .areas path", state="attached")
        return self.page

    def unexpected(self) -> list[str]:
        return [said for said in self.said if not any(each in said for each in self.expected)]


def state(page: Page, what: str) -> Any:  # noqa: ANN401 - whatever JSON the page gives
    """Return something of the page's own state: an expression in `app`."""
    return page.evaluate(
        f"async () => {{ const {{ app }} = await import('/static/store.js'); return {what}; }}"
    )


def until(page: Page, what: str, seconds: float = 60) -> None:
    """Wait until an expression in `app` holds."""
    for _ in range(int(seconds * 10)):
        if state(page, what):
            return
        if problems := state(page, "app.problems"):
            raise AssertionError(f"never: {what}; the page says {problems}")
        page.wait_for_timeout(100)
    raise AssertionError(f"never: {what}")
