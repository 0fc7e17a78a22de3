"""A real server of the small page on this machine, for as long as a test takes."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx2 as httpx
from terugkeer.abm.evidence.registry import registry
from terugkeer.viz.page.server import page_server
from terugkeer.viz.page.server.app import make_app
from terugkeer.viz.page.server.crew import Crew

from tests.viz.page.asking import PATIENCE
from tests.viz.page.stand_in import lives, small

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from terugkeer.viz.page.contents import Contents
    from terugkeer.viz.page.server.worker import Lives


@dataclass(frozen=True)
class Served:
    """A server that answers, and who asks it."""

    address: str
    crew: Crew
    client: httpx.Client


@contextmanager
def served(
    contents: Contents | None = None,
    opened: Callable[[], Lives] = lives.opened,
    workers: int = 1,
    most_waiting: int = 60,
) -> Iterator[Served]:
    crew = Crew(opened, workers, most_waiting=most_waiting)
    app = make_app(contents or small.contents(), crew, registry())
    listener = page_server.listening("127.0.0.1", 0)
    address = page_server.address_of(listener)
    running = page_server.PageServer(app, crew)
    thread = threading.Thread(target=running.run, args=([listener],), daemon=True)
    thread.start()
    with httpx.Client(base_url=address, timeout=PATIENCE) as client:
        yield Served(address, crew, client)
    running.should_exit = True
    thread.join(PATIENCE)
    assert not thread.is_alive()
    assert crew.pids == []
