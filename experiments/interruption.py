"""Ending early: by Ctrl-C or a polite kill, cleanly and for certain."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from ..abm.interruption import ask, check, forget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType


@contextmanager
def interruptible() -> Iterator[Callable[[], None]]:
    """Let Ctrl-C and a polite kill end what happens inside, with clean-up.

    Yields
    ------
    callable
        Raises what a signal asked for since the start, if one did and got lost.
    """

    def caught(number: int, _frame: FrameType | None) -> NoReturn:
        ask(number)

    before = {
        number: handler
        for number in (signal.SIGINT, signal.SIGTERM)
        if (handler := signal.getsignal(number)) is not signal.SIG_IGN  # as nohup wants it
    }
    forget()
    for number in before:
        signal.signal(number, caught)
    try:
        yield check
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        forget()
