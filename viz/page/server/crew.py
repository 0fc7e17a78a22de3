"""The crew: worker processes, and who makes which run when.

All methods are called in the thread of the event loop.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final

from .cache import Cache
from .failure import CLOSED, ENDED, UNOPENED
from .job import Job
from .member import Member
from .turns import Turns
from .worker import Line, Ready

if TYPE_CHECKING:
    from collections.abc import Callable

    from .job import Asked, Seeker
    from .worker import End, Lives, Message

MOST_WAITING: Final = 60  # whole runs: two for each of thirty visitors


class Full(Exception):  # noqa: N818 - it is no error, but how the queue stands
    """So many whole runs wait that no other one can be taken."""


class Crew:
    """Worker processes that make runs for visitors, in turns.

    The first process starts with the crew, the others when there is work for them. A process
    that dies is replaced. A run that nobody waits for any longer is stopped. When a whole run
    waits and no process is free, a draw is stopped and made again later.

    Parameters
    ----------
    opened : callable
        Returns what makes the runs; called in each process, which must be able to import it.
    workers : int
        Processes at most.
    most_waiting : int, optional
        Whole runs that may wait.
    """

    def __init__(
        self,
        opened: Callable[[], Lives],
        workers: int,
        *,
        cache: Cache | None = None,
        most_waiting: int = MOST_WAITING,
    ) -> None:
        self._opened = opened
        self._workers = workers
        self._most_waiting = most_waiting
        self._cache = Cache() if cache is None else cache
        self._members: list[Member] = []
        self._jobs: dict[Asked, Job] = {}  # those that have not ended
        self._turns = Turns()
        self._places: dict[Job, int] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False

    @property
    def pids(self) -> list[int]:
        """Ids of the processes."""
        return [each.pid for each in self._members if each.pid is not None]

    def start(self) -> None:
        """Start the first process; called inside the event loop."""
        self._loop = asyncio.get_running_loop()
        self._start_one()

    def stop(self) -> None:
        """End all jobs, and tell who waits for them."""
        self._closed = True
        for job in list(self._jobs.values()):
            job.end(CLOSED)
        self._jobs.clear()

    def close(self) -> None:
        """End all jobs and all processes."""
        self.stop()
        members, self._members = self._members, []
        for member in members:
            member.end()

    def known(self, asked: Asked) -> Job | None:
        """Return the job of what is asked if it is done and kept."""
        return self._cache.get(asked)

    def seek(self, seeker: Seeker, asked: Asked) -> Job:
        """Return the job of what is asked: done, begun by others, or new.

        Raises
        ------
        Full
            If it is new and so many others wait that it can't be taken.
        """
        job = self._cache.get(asked) or self._jobs.get(asked)
        if job is None:
            job = Job(asked)
            if self._closed:
                job.end(CLOSED)
            elif self._is_full(seeker, asked):
                raise Full
            else:
                self._jobs[asked] = job
        job.seekers.append(seeker)
        if not job.ended and not self._makers(job):
            self._turns.add(seeker.visitor, job)
            self._hand_out()
        return job

    def leave(self, seeker: Seeker, job: Job) -> None:
        """Let somebody wait for a job no longer; stop it if nobody else does."""
        job.seekers.remove(seeker)
        if job.ended:
            return
        if all(each.visitor != seeker.visitor for each in job.seekers):
            self._turns.drop(seeker.visitor, job)
        if not job.seekers:
            del self._jobs[job.asked]
            for member in self._makers(job):
                member.stop()
        self._hand_out()

    def place(self, job: Job) -> int | None:
        """Return how many whole runs come before one that waits; None if it does not wait."""
        return self._places.get(job)

    def _is_full(self, seeker: Seeker, asked: Asked) -> bool:
        if not asked.whole or self._turns.waits(seeker.visitor):  # a visitor may change its mind
            return False
        return self._turns.whole >= self._most_waiting

    def _makers(self, job: Job) -> list[Member]:
        return [each for each in self._members if each.job is job]

    def _hand_out(self) -> None:
        """Give jobs to who is free; get more hands where that is not enough."""
        if self._closed:
            return
        free = [each for each in self._members if each.ready and each.job is None]
        for _ in range(len(free)):
            member = free[0]
            job = self._turns.take(partial(self._trouble, member))
            if job is None:
                break
            if job.asked.whole:  # its turn has come, so only who makes it can be chosen
                member = min(free, key=partial(self._trouble, job=job))
            free.remove(member)
            member.make(job)
        starting = sum(not each.ready for each in self._members)
        for _ in range(self._turns.whole + self._turns.draws - starting):
            if len(self._members) < self._workers:
                self._start_one()
        self._make_room()
        before, self._places = self._places, self._turns.places()
        for job, place in self._places.items():
            if before.get(job) != place:
                job.ring()

    def _trouble(self, member: Member, job: Job) -> int:
        """Return what a job takes: least where its world is spun up, most if that is elsewhere."""
        seed = job.asked.seed
        if seed in member.seeds:
            return 0
        return 2 if any(seed in each.seeds for each in self._members) else 1

    def _make_room(self) -> None:
        """Stop draws that were begun last, one for each whole run that waits."""
        stopping = sum(each.stopping for each in self._members)
        draws = [
            each
            for each in self._members
            if each.job and not each.job.asked.whole and not each.stopping
        ]
        draws.sort(key=lambda each: each.number, reverse=True)
        for member in draws[: max(0, self._turns.whole - stopping)]:
            member.stop()

    def _start_one(self) -> None:
        self._members.append(Member(self._opened, self._from_thread))

    def _from_thread(self, member: Member, message: Message | None) -> None:
        with suppress(RuntimeError):  # the loop has ended
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._heard, member, message)

    def _heard(self, member: Member, message: Message | None) -> None:
        if member not in self._members or self._closed:
            return
        if message is None:
            self._lost(member)
        elif isinstance(message, Ready):
            member.ready = True
        elif isinstance(message, Line):
            if member.job is not None:
                member.job.add(message.text)
            return
        else:
            self._ended(member, message)
        self._hand_out()

    def _ended(self, member: Member, end: End) -> None:
        job = member.job
        member.rest()
        if job is None:
            return
        if end.stopped:
            job.lines.clear()
            for seeker in job.seekers:  # who still waits for a draw that made room
                self._turns.add(seeker.visitor, job)
            return
        self._forget(job)
        job.end(end.failure)
        if end.failure is None:
            self._cache.put(job)

    def _lost(self, member: Member) -> None:
        """Note that a process has died."""
        self._members.remove(member)
        if member.job is not None:
            self._forget(member.job)
            member.job.end(ENDED)
        if member.ready:
            return
        self._workers = max(1, len(self._members))  # more would die in the same way
        if not self._members:
            while (job := self._turns.take()) is not None:
                self._forget(job)
                job.end(UNOPENED)

    def _forget(self, job: Job) -> None:
        if self._jobs.get(job.asked) is job:
            del self._jobs[job.asked]
