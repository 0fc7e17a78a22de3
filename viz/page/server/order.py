"""Orders: what a visitor asks for in one request, as lines of JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, Self

from .crew import Full
from .failure import REPLACED
from .job import Seeker

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from .crew import Crew
    from .failure import Failure
    from .job import Asked, Job

MOST_ORDERS: Final = 300  # open at once
MOST_OF_ONE: Final = 8  # open at once, of one visitor


class Order:
    """A whole run and, after it, draws of it with other seeds; a block `with` holds it open.

    Attributes
    ----------
    job : Job
        The whole run.
    """

    def __init__(
        self, desk: Desk, seeker: Seeker, kind: str, job: Job, draws: Sequence[Asked]
    ) -> None:
        self._desk = desk
        self._seeker = seeker
        self._jobs = [job]
        self._draws = draws
        self._replaced = False
        self.kind = kind
        self.job = job

    def __enter__(self) -> Self:
        """Do nothing: the order was placed when it was made."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Let the order go: what nobody else waits for is stopped."""
        self._let_go()

    def replace(self) -> None:
        """End the order, since its visitor asks for something else."""
        self._replaced = True
        self._let_go()
        self._seeker.bell.set()

    def _let_go(self) -> None:
        self._desk.close(self._seeker.visitor, self)
        jobs, self._jobs = self._jobs, []
        for job in jobs:
            self._desk.crew.leave(self._seeker, job)

    async def lines(self) -> AsyncIterator[bytes]:
        """Yield lines of JSON with line breaks, as soon as they are there.

        They are `queue` (how many whole runs come before this one) while it waits, `chunk` (some
        weeks of the run), `whole` (all weeks are there), `draw` (tallies with another seed), `base`
        (the same of the baseline, if that is asked for), and at the end `done` or `error`.
        """
        read, place = 0, None
        while True:
            self._seeker.bell.clear()
            if (failure := self._failure()) is not None:
                yield failure.line()
                return
            if (now := self._desk.crew.place(self.job)) != place and now is not None:
                yield _line({"queue": now})
            place = now
            while read < len(self.job.lines):
                read += 1
                yield self.job.lines[read - 1]
            if self.job.ended and self.job.failure is None:
                break
            await self._seeker.bell.wait()
        yield _line({"whole": True})
        async for line in self._drawn():
            yield line

    async def whole(self) -> Failure | None:
        """Wait for the whole run; return why it failed, if it did."""
        while not self.job.ended and not self._replaced:
            self._seeker.bell.clear()
            await self._seeker.bell.wait()
        return self._failure()

    async def _drawn(self) -> AsyncIterator[bytes]:
        """Yield the draws, those first that are done first."""
        if self._replaced:
            yield REPLACED.line()
            return
        waiting = [self._desk.crew.seek(self._seeker, each) for each in self._draws]
        self._jobs += waiting
        while waiting:
            self._seeker.bell.clear()
            if self._replaced:
                yield REPLACED.line()
                return
            for job in [each for each in waiting if each.ended]:
                waiting.remove(job)
                if job.failure is not None:
                    yield job.failure.line()
                    return
                yield self._told(job)
            if waiting:
                await self._seeker.bell.wait()
        yield _line({"done": True})

    def _told(self, job: Job) -> bytes:
        """Return the line of a draw; one of another world is named `base`."""
        same = job.asked.changes == self.job.asked.changes
        return job.lines[0] if same else job.lines[0].replace(b'{"draw"', b'{"base"', 1)

    def _failure(self) -> Failure | None:
        return REPLACED if self._replaced else self.job.failure


class Desk:
    """Where orders are taken: a visitor has one of each kind at a time.

    Parameters
    ----------
    crew : Crew
        Who makes the runs.
    """

    def __init__(self, crew: Crew) -> None:
        self.crew = crew
        self._orders: dict[str, list[Order]] = {}

    def order(self, visitor: str, kind: str, asked: Asked, draws: Sequence[Asked] = ()) -> Order:
        """Take an order; it takes the place of an earlier one of its kind.

        Parameters
        ----------
        kind : str
            What it is for: a visitor may wait for one of each kind.
        asked : Asked
            A whole run.
        draws : sequence of Asked, optional
            What is to be made after it: draws of the run, and of the baseline if need be.

        Raises
        ------
        Full
            If no other order can be taken.
        """
        mine = self._orders.get(visitor, [])
        if len(mine) >= MOST_OF_ONE or sum(map(len, self._orders.values())) >= MOST_ORDERS:
            raise Full
        seeker = Seeker(visitor)
        job = self.crew.seek(seeker, asked)  # before the earlier one goes, to keep its turn
        order = Order(self, seeker, kind, job, draws)
        for earlier in [*mine]:
            if earlier.kind == kind:
                earlier.replace()
        self._orders.setdefault(visitor, []).append(order)
        return order

    def close(self, visitor: str, order: Order) -> None:
        """Forget an order."""
        orders = self._orders.get(visitor, [])
        if order in orders:
            orders.remove(order)
        if not orders:
            self._orders.pop(visitor, None)


def _line(content: dict[str, object]) -> bytes:
    return json.dumps(content, separators=(",", ":")).encode() + b"\n"
