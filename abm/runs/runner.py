"""The runner: hands out missing runs, stores those that end, and goes on when workers die."""

from __future__ import annotations

import time
from collections import Counter, deque
from concurrent.futures import FIRST_COMPLETED, CancelledError, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any, Final

from ..errors import InputError
from .batch import Batch, Packed, run_batch
from .finished_run import Ended, FinishedRun, failure_of
from .pace import Pace, Progress
from .part import encode
from .simulate import simulate as simulate_run
from .sources import sources_hash

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from ..evidence.registry import Registry
    from .cluster import Crew
    from .finished_run import Simulate
    from .planned_run import PlannedRun
    from .store import Store

STRIKES: Final = 2  # a run that ends its process this often has failed
BARREN: Final = 5  # after so many such runs in a row the fault is hardly theirs
TICK_SECONDS: Final = 0.5


def _quiet(_progress: Progress) -> None:
    """Tell nobody."""


def run_pending(
    store: Store,
    crew: Crew,
    registry: Registry,
    *,
    simulate: Simulate = simulate_run,
    retry_failed: bool = False,
    tell: Callable[[Progress], Any] = _quiet,
    check: Callable[[], Any] = lambda: None,
) -> Progress:
    """Make every run of a store that has not been made yet.

    Parameters
    ----------
    store : Store
        Takes the runs; no other process may be writing it (`Store.writing`).
    simulate : callable, optional
        `simulate.simulate`, or a stand-in that other processes can import.
    retry_failed : bool, optional
        Whether runs that failed before are tried again.
    tell : callable, optional
        Called with the progress at the start and after each part that is stored.
    check : callable, optional
        Called between two pieces of work; may raise to end the session.

    Raises
    ------
    InputError
        If sources or evidence changed, a part cannot be written, or the workers
        fail whatever they run. All parts stored before stay.
    """
    store.check_same(registry)
    session = _Session(store, crew, registry, simulate, retry_failed=retry_failed)
    tell(session.progress())
    while session.unfinished():
        try:
            session.hand_out()
        except Exception as error:
            raise session.no_use(error) from error
        session.take_in(tell)
        check()
    return session.progress()


class _Session:
    """The runs that wait, those under way, and how often each has ended its process."""

    def __init__(
        self,
        store: Store,
        crew: Crew,
        registry: Registry,
        simulate: Simulate,
        *,
        retry_failed: bool,
    ) -> None:
        self.store, self.crew, self.registry, self.simulate = store, crew, registry, simulate
        self.sources = sources_hash(store.registration.sources)
        self.waiting = deque(store.pending(registry, retry_failed=retry_failed))
        self.suspects: deque[PlannedRun] = deque()
        self.strikes: Counter[str] = Counter()
        self.barren = 0
        self.flying: dict[Future[Packed], tuple[PlannedRun, ...]] = {}
        self.pace = Pace(len(self.waiting))
        self.workers = 1

    def progress(self) -> Progress:
        return self.pace.progress(self.workers)

    def unfinished(self) -> bool:
        return bool(self.waiting or self.suspects or self.flying)

    def hand_out(self) -> None:
        """Fill the free places: runs whose process died go alone, the others in batches."""
        self.workers = self.crew.workers()
        places = self.workers * self.crew.ahead
        while (self.waiting or self.suspects) and len(self.flying) < places:
            size = self.pace.batch_size(len(self.waiting), self.workers)
            source, number = (self.suspects, 1) if self.suspects else (self.waiting, size)
            runs = tuple(source.popleft() for _ in range(min(number, len(source))))
            batch = Batch(
                runs,
                self.registry,
                self.store.registration.outcomes,
                self.store.registration.keeps,
                self.simulate,
                self.sources,
            )
            self.flying[self.crew.executor.submit(run_batch, batch)] = runs

    def take_in(self, tell: Callable[[Progress], Any]) -> None:
        """Store what has ended."""
        ended, _ = wait(self.flying, timeout=TICK_SECONDS, return_when=FIRST_COMPLETED)
        for future in ended:
            runs = self.flying.pop(future)
            error = _raised(future)
            if error is None:
                self._store(future.result())
                self.barren = 0
            elif _is_death(error):
                self._blame(runs, error)
            else:
                raise self.no_use(error)
            tell(self.progress())

    def _store(self, packed: Packed) -> None:
        begin = time.perf_counter()
        ended = self.store.add(packed.part)
        failed = sum(each.failure is not None for each in ended)
        self.pace.ended(
            done=len(ended) - failed,
            failed=failed,
            run_seconds=packed.run_seconds,
            other_seconds=packed.other_seconds + time.perf_counter() - begin,
            size=len(packed.part),
        )

    def _blame(self, runs: tuple[PlannedRun, ...], error: BaseException) -> None:
        """Try the runs of a dead process again, each alone; what kills twice has failed."""
        if len(runs) > 1:
            self.suspects.extend(runs)
            return
        (run,) = runs
        self.strikes[run.key] += 1
        if self.strikes[run.key] < STRIKES:
            self.suspects.append(run)
            return
        failure = failure_of(error, "worker")
        self._store(Packed(encode([FinishedRun(Ended(run.key, failure=failure), {})]), 0.0, 0.0))
        self.barren += 1
        if self.barren >= BARREN:
            raise InputError(
                f"{self.barren} runs in a row ended their worker process, each {STRIKES} times, so "
                "it is hardly the runs: most likely memory ran out. Use fewer workers (--workers "
                "1) or a larger --scale; they are tried again with --retry-failed. (A program of "
                'your own has to start runs under `if __name__ == "__main__":`.)'
            ) from error

    def no_use(self, error: BaseException) -> BaseException:
        """Return the error to raise when the workers themselves fail."""
        if isinstance(error, (InputError, KeyboardInterrupt, SystemExit)):
            return error
        problem = InputError(
            f"{self.crew.words}: no more runs can be handed out ({type(error).__name__}: {error}). "
            f"The {len(self.store.done())} runs stored so far are safe. See whether the workers "
            "are there and have the same version of terugkeer installed, then go on."
        )
        problem.__cause__ = error
        return problem


def _raised(future: Future[Packed]) -> BaseException | None:
    try:
        return future.exception()
    except CancelledError as error:  # a cluster that goes away cancels what it had
        return error


def _is_death(error: BaseException) -> bool:
    """Return whether a worker process ended under the work."""
    # Dask's own type is known by name, so that Dask need not be installed.
    return isinstance(error, BrokenProcessPool) or type(error).__name__ == "KilledWorker"
