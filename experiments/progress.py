"""Progress of many runs: a bar on a terminal, a plain line a minute elsewhere."""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from ..abm.runs.pace import in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..abm.runs.pace import Progress

    Tell = Callable[[Progress], None]

INTERVAL_SECONDS: Final = 60.0
_MEGA: Final = 1e6


@contextmanager
def progress(runs: int, interval: float = INTERVAL_SECONDS) -> Iterator[Tell]:
    """Show on standard error how far the runs are.

    Once the first run has ended, an estimate of the rest is told, measured on
    it.

    Parameters
    ----------
    interval : float, optional
        Seconds between two plain lines.
    """
    shown = _bar(runs) if sys.stderr.isatty() else _lines(interval)
    estimated: list[bool] = []
    with shown as (show, say):

        def tell(state: Progress) -> None:
            if not estimated and state.done:
                estimated.append(True)
                if state.left:
                    say(estimate(state))
            show(state)

        yield tell


def estimate(state: Progress) -> str:
    """Return what the rest will take, in a sentence.

    Parameters
    ----------
    state : Progress
        With at least one run that ended.
    """
    return (
        f"Measured on the first: {state.left} run(s) to go, {state.run_seconds:.1f} seconds each, "
        f"about {in_words(state.seconds_left)} and {state.bytes_left / _MEGA:.2g} MB in all."
    )


def line(state: Progress) -> str:
    """Return how far the runs are, in a line."""
    failed = f", {state.failed} failed" if state.failed else ""
    left = f", about {in_words(state.seconds_left)} left" if state.done or state.failed else ""
    return (
        f"{state.done} of {state.planned} runs done{failed} after {in_words(state.seconds)}, "
        f"{state.per_second:.2g} runs per second{left}"
    )


@contextmanager
def _bar(runs: int) -> Iterator[tuple[Tell, Callable[[str], None]]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    bar = Bar(
        TextColumn("runs"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[rest]}"),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("runs", total=runs, rest="")

        def show(state: Progress) -> None:
            failed = f"{state.failed} failed, " if state.failed else ""
            rest = f"{failed}{state.per_second:.2g}/s, {in_words(state.seconds_left)} left"
            done = state.done + state.failed
            bar.update(task, completed=done, rest=rest if done else "")

        yield show, lambda words: bar.console.print(words, highlight=False, soft_wrap=True)


@contextmanager
def _lines(interval: float) -> Iterator[tuple[Tell, Callable[[str], None]]]:
    states: list[Progress] = []
    over = threading.Event()

    def say(words: str) -> None:
        sys.stderr.write(f"{words}\n")
        sys.stderr.flush()

    def report() -> None:
        while not over.wait(interval):
            if states:
                say(line(states[-1]))

    thread = threading.Thread(target=report, daemon=True)
    thread.start()
    try:
        yield states.append, say
    finally:
        over.set()
        thread.join()
