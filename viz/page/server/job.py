"""A run or draw that is made once for all who ask for it, and its lines so far."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ....abm.world.scenario import Scenario
    from .failure import Failure


@dataclass(eq=False)
class Seeker:
    """Somebody who waits for jobs or reads them.

    Parameters
    ----------
    visitor : str
        Who it is; one visitor can be several seekers.
    bell : asyncio.Event
        Set at every line and at the end of its jobs, and when its place in the queue changes.
    """

    visitor: str
    bell: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(frozen=True)
class Asked:
    """What somebody asks for: two who ask for the same get the same job.

    Parameters
    ----------
    changes : str
        The changes as `changes.canonical` writes them.
    seed : int
        Seed of every draw of chance.
    whole : bool
        Whether all weeks are asked for, or a draw: tallies only.
    scenario : Scenario
        The changes as the model takes them.
    """

    changes: str
    seed: int
    whole: bool
    scenario: Scenario = field(compare=False)


class Job:
    """A run or draw that is made once for all who ask for it.

    Attributes
    ----------
    lines : list of bytes
        Lines of JSON so far, each with its line break.
    ended : bool
        Whether no more lines come.
    failure : Failure or None
        Why it failed, if it did.
    seekers : list of Seeker
        Who waits for it or reads it.
    """

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.lines: list[bytes] = []
        self.ended = False
        self.failure: Failure | None = None
        self.seekers: list[Seeker] = []

    @property
    def size(self) -> int:
        """Bytes of all lines."""
        return sum(map(len, self.lines))

    def add(self, line: bytes) -> None:
        """Add a line and tell all who wait."""
        self.lines.append(line)
        self.ring()

    def end(self, failure: Failure | None = None) -> None:
        """End the job and tell all who wait.

        Parameters
        ----------
        failure : Failure or None, optional
            Why it failed, if it did.
        """
        self.ended, self.failure = True, failure
        self.ring()

    def ring(self) -> None:
        """Wake all who wait for the job."""
        for seeker in self.seekers:
            seeker.bell.set()
