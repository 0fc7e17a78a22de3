"""Why a run could not be made, as its visitor is told."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final, Literal

from ....abm.world.calendar import monday
from ..lives.weeks import FIRST

Kind = Literal["input", "failed", "ended", "unopened", "replaced", "closed", "full", "broken"]


@dataclass(frozen=True)
class Failure:
    """Why a run could not be made.

    Parameters
    ----------
    kind : str
        `input`: what was asked is not possible; `failed`: the model raised an error; `ended`:
        the process that made the run ended; `unopened`: no process could start; `replaced`: its
        visitor asked for another run; `closed`: the server ends; `full`: too many others wait;
        `broken`: the server raised an error. The page has words for each but the first.
    problems : tuple of str
        A sentence each.
    week : int or None, optional
        The week in which the model failed, from 0; -1 in the spin-up.
    """

    kind: Kind
    problems: tuple[str, ...]
    week: int | None = None

    def line(self) -> bytes:
        """Return the failure as a line of JSON, with the line break."""
        told = {"error": self.problems, "kind": self.kind, "week": self.week}
        return json.dumps(told, separators=(",", ":")).encode() + b"\n"


REPLACED: Final = Failure("replaced", ("You asked for another run, so this one was stopped.",))
CLOSED: Final = Failure("closed", ("The program that makes the runs has ended. Start it again.",))
_DIED: Final = (
    "The process that made this run has ended. Make your change again: another one does it."
)
ENDED: Final = Failure("ended", (_DIED,))
_UNOPENED: Final = "The model could not be started. The terminal that opened the page says why."
UNOPENED: Final = Failure("unopened", (_UNOPENED,))
_FULL: Final = "Many others wait for runs at the moment. Wait a minute and make your change again."
FULL: Final = Failure("full", (_FULL,))
_BROKEN: Final = "The page has a fault here; the terminal it was opened in says more."
BROKEN: Final = Failure("broken", (_BROKEN,))


def failed(week: int) -> Failure:
    """Return the failure of a run whose model raised an error.

    Parameters
    ----------
    week : int
        The week that was being lived, from 0; -1 in the spin-up.
    """
    when = f"week of {monday(FIRST + week)}" if week >= 0 else "spin-up"
    sentence = (
        f"The model failed in the {when}. That is a fault of the model, not of yours: take your "
        "last change back, or choose another value. The terminal that opened the page says more."
    )
    return Failure("failed", (sentence,), week)
