"""Ending early: by Ctrl-C or a polite kill, cleanly and for certain."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

TERMINATED: Final = 128 + 15  # SIGTERM, as shells expect


@contextmanager
def interruptible() -> Iterator[Callable[[], None]]:
    """Let Ctrl-C and a polite kill end what happens inside, with clean-up.

    An exception out of a signal can get lost: numpy clears errors that arise
    while it looks up an operand's attributes. So the signal is also kept, to
    be asked for between two pieces of work.

    Yields
    ------
    callable
        Raises what a signal asked for since the start, if one did.
    """
    asked: list[int] = []

    def end(number: int) -> NoReturn:
        if number == signal.SIGTERM:
            raise SystemExit(TERMINATED)
        raise KeyboardInterrupt

    def caught(number: int, _frame: FrameType | None) -> NoReturn:
        asked.append(number)
        end(number)

    def check() -> None:
        if asked:
            end(asked[-1])

    before = {
        number: handler
        for number in (signal.SIGINT, signal.SIGTERM)
        if (handler := signal.getsignal(number)) is not signal.SIG_IGN  # as nohup wants it
    }
    for number in before:
        signal.signal(number, caught)
    try:
        yield check
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
