"""A signal that asked the program to end, kept until it is obeyed.

An exception that a signal raises can get lost: numpy clears errors that arise while it looks
up an operand's attributes. So the signal is kept here too, and `check` obeys it between two
weeks of a model and between two runs. Signals reach the process, so there is one list for it.
"""

from __future__ import annotations

import signal
from typing import Final, NoReturn

TERMINATED: Final = 128 + 15  # SIGTERM, as shells expect
_ASKED: Final[list[int]] = []


def ask(number: int) -> NoReturn:
    """Keep a signal (SIGINT or SIGTERM), and end.

    Raises
    ------
    KeyboardInterrupt
        For SIGINT.
    SystemExit
        For SIGTERM, with exit code 143.
    """
    _ASKED.append(number)
    _end(number)


def check() -> None:
    """End if a signal has asked for it."""
    if _ASKED:
        _end(_ASKED[-1])


def forget() -> None:
    """Forget what was asked."""
    _ASKED.clear()


def _end(number: int) -> NoReturn:
    if number == signal.SIGTERM:
        raise SystemExit(TERMINATED)
    raise KeyboardInterrupt
