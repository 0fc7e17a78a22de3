"""Progress of many runs: a bar on a terminal, a plain line a minute elsewhere."""

from __future__ import annotations

import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from ..abm.runs.cost import in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

INTERVAL_SECONDS: Final = 60.0


@contextmanager
def progress(seeds: int, interval: float = INTERVAL_SECONDS) -> Iterator[Callable[[int], None]]:
    """Show on standard error how far the seeds are.

    Parameters
    ----------
    seeds : int
        How many there are.
    interval : float, optional
        Seconds between two plain lines.

    Yields
    ------
    callable
        To be called with each seed that is done.
    """
    if sys.stderr.isatty():
        with _bar(seeds) as finished:
            yield finished
    else:
        with _lines(seeds, interval) as finished:
            yield finished


@contextmanager
def _bar(seeds: int) -> Iterator[Callable[[int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(
        TextColumn("seeds"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("seeds", total=seeds)
        yield lambda _seed: bar.advance(task)


@contextmanager
def _lines(seeds: int, interval: float) -> Iterator[Callable[[int], None]]:
    done: list[int] = []
    over = threading.Event()
    begin = time.monotonic()

    def report() -> None:
        while not over.wait(interval):
            elapsed = in_words(time.monotonic() - begin)
            sys.stderr.write(f"{len(done)} of {seeds} seeds done after {elapsed}\n")
            sys.stderr.flush()

    thread = threading.Thread(target=report, daemon=True)
    thread.start()
    try:
        yield done.append
    finally:
        over.set()
        thread.join()
