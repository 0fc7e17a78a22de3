"""Whose turn it is: visitors take turns, whatever each of them asks for."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from .job import Job


def _none(_job: Job) -> int:
    return 0


class Turns:
    """Jobs that wait, by visitor.

    The visitor who waits longest since it was last served gives its first job. Whole runs of
    all visitors come before all draws. A job that several visitors wait for is taken once.
    """

    def __init__(self) -> None:
        self._whole = _Round()
        self._draws = _Round()

    def add(self, visitor: str, job: Job) -> None:
        """Let a visitor wait for a job, behind what it waits for already."""
        self._of(job).add(visitor, job)

    def drop(self, visitor: str, job: Job) -> None:
        """Let a visitor wait for a job no longer."""
        self._of(job).drop(visitor, job)

    def waits(self, visitor: str) -> bool:
        """Return whether a visitor waits for a whole run."""
        return visitor in self._whole

    def take(self, trouble: Callable[[Job], int] = _none) -> Job | None:
        """Return the job whose turn it is, and take it out; None if nobody waits.

        Parameters
        ----------
        trouble : callable, optional
            Returns how much it takes to make a job: of the draws of the visitor whose turn it
            is, one with the least is taken.
        """
        return self._whole.take(_none) or self._draws.take(trouble)

    def places(self) -> dict[Job, int]:
        """Return for each whole run that waits how many others come before it."""
        return {job: place for place, job in enumerate(self._whole.order())}

    @property
    def whole(self) -> int:
        """Whole runs that wait."""
        return len(self._whole)

    @property
    def draws(self) -> int:
        """Draws that wait."""
        return len(self._draws)

    def _of(self, job: Job) -> _Round:
        return self._whole if job.asked.whole else self._draws


class _Round:
    """Jobs of one kind that wait.

    A visitor has a ticket from when it begins to wait, and gets a new one, behind all others,
    when it is served.
    """

    def __init__(self) -> None:
        self._jobs: dict[str, list[Job]] = {}
        self._tickets: dict[str, int] = {}
        self._numbers = count()

    def __contains__(self, visitor: str) -> bool:
        return visitor in self._jobs

    def __len__(self) -> int:
        return len({job for jobs in self._jobs.values() for job in jobs})

    def add(self, visitor: str, job: Job) -> None:
        jobs = self._jobs.setdefault(visitor, [])
        if job not in jobs:
            jobs.append(job)
        if visitor not in self._tickets:
            self._tickets[visitor] = next(self._numbers)

    def drop(self, visitor: str, job: Job) -> None:
        if job in self._jobs.get(visitor, []):
            self._jobs[visitor].remove(job)
            self._forget_who_waits_for_nothing()

    def take(self, trouble: Callable[[Job], int]) -> Job | None:
        if not self._jobs:
            return None
        visitor = min(self._jobs, key=self._tickets.__getitem__)
        job = min(self._jobs[visitor], key=trouble)
        for jobs in self._jobs.values():
            if job in jobs:
                jobs.remove(job)
        self._tickets[visitor] = next(self._numbers)
        self._forget_who_waits_for_nothing()
        return job

    def order(self) -> list[Job]:
        """Return all jobs in the order in which they will be taken if nothing else happens."""
        likewise = _Round()
        likewise._jobs = {visitor: list(jobs) for visitor, jobs in self._jobs.items()}
        likewise._tickets = dict(self._tickets)
        likewise._numbers = count(max(self._tickets.values(), default=0) + 1)
        return list(iter(lambda: likewise.take(_none), None))

    def _forget_who_waits_for_nothing(self) -> None:
        for visitor in [name for name, jobs in self._jobs.items() if not jobs]:
            del self._jobs[visitor], self._tickets[visitor]
