"""The runner: what is handed out again, what has failed, and when it gives up."""

from __future__ import annotations

import os
import signal
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.runs.batch import Batch, run_batch
from terugkeer.abm.runs.cluster import Crew, crew
from terugkeer.abm.runs.processes import Processes
from terugkeer.abm.runs.runner import BARREN, STRIKES, run_pending
from terugkeer.abm.runs.status import failures
from terugkeer.abm.runs.store import Store
from terugkeer.abm.runs.store_place import create_store

from tests.abm.runs.stand_in import fake_world
from tests.abm.runs.stand_in.planned import small

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from terugkeer.abm.runs.pace import Progress


@dataclass
class Mortal(Executor):
    """Workers that die under some seeds, without processes."""

    deadly: Iterable[int] = ()
    error: BaseException = field(default_factory=lambda: BrokenProcessPool("died"))
    handed: list[list[int]] = field(default_factory=list)

    def submit(self, fn: Callable[..., Any], /, *args: Batch, **_kwargs: object) -> Future[Any]:
        future: Future[Any] = Future()
        seeds = [run.seed for run in args[0].runs]
        self.handed.append(seeds)
        if set(seeds) & set(self.deadly):
            future.set_exception(self.error)
        else:
            future.set_result(fn(*args))
        return future


def ran(
    folder: Path, executor: Executor, seeds: Iterable[int], **options: object
) -> tuple[Store, Progress]:
    create_store(small(seeds), folder / "run", {})
    store = Store(folder / "run")
    who = Crew(executor, lambda: 2, 1, "two that are made up")
    with store.writing():
        options = {"simulate": fake_world.simulate, **options}
        return store, run_pending(store, who, small(seeds).registry, **options)


def test_every_run_is_stored_and_told(tmp_path: Path) -> None:
    told: list[Progress] = []
    checked: list[None] = []
    executor = Mortal()
    store, end = ran(
        tmp_path,
        executor,
        (3, 1, 2),
        tell=told.append,
        check=lambda: checked.append(None),
    )
    assert executor.handed[0] == [3]  # one alone, to measure
    assert sorted(seed for seeds in executor.handed for seed in seeds) == [1, 2, 3]
    assert (len(store.done()), end.done, end.failed, end.left) == (3, 3, 0, 0)
    assert (told[0].planned, told[0].done, told[-1].done) == (3, 0, 3)
    assert checked


def test_a_run_that_kills_its_worker_has_failed_and_the_rest_is_done(tmp_path: Path) -> None:
    executor = Mortal(deadly={2})
    store, end = ran(tmp_path, executor, range(1, 9))
    assert len(store.done()) == 7
    (row,) = failures(store)
    assert (row["seed"], row["stage"], row["week"]) == (2, "worker", None)
    assert "BrokenProcessPool" in row["traceback"]
    assert executor.handed.count([2]) >= STRIKES  # tried again alone
    assert (end.done, end.failed) == (7, 1)


def test_runs_that_failed_are_made_again_only_when_asked_for(tmp_path: Path) -> None:
    store, _ = ran(tmp_path, Mortal(), (1, 2), simulate=fake_world.simulate_second_failing)
    (row,) = failures(store)
    assert (row["seed"], row["stage"], row["date"]) == (2, "simulate", "2012-01-02")
    who = Crew(Mortal(), lambda: 1, 1, "one")
    registry = small((1,)).registry
    with store.writing():
        assert run_pending(store, who, registry, simulate=fake_world.simulate).planned == 0
        run_pending(store, who, registry, simulate=fake_world.simulate, retry_failed=True)
    assert (len(store.done()), store.failed()) == (2, [])


def test_workers_that_die_whatever_they_run_end_the_session_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"(?s)5 runs in a row.*--workers 1.*--retry-failed"):
        ran(tmp_path, Mortal(deadly=range(1, 10)), range(1, 10))
    assert len(Store(tmp_path / "run").failed()) == BARREN


def test_deaths_between_runs_that_go_well_do_not_end_the_session(tmp_path: Path) -> None:
    store, _ = ran(tmp_path, Mortal(deadly=range(1, 13, 2)), range(1, 13))
    assert (len(store.done()), len(store.failed())) == (6, 6)


def test_what_workers_themselves_suffer_ends_the_session_and_keeps_what_is_stored(
    tmp_path: Path,
) -> None:
    executor = Mortal(deadly={3}, error=ImportError("no module terugkeer"))
    with pytest.raises(InputError, match=r"two that are made up: .*ImportError.*are safe") as told:
        ran(tmp_path, executor, (1, 2, 3))
    assert isinstance(told.value.__cause__, ImportError)
    assert len(Store(tmp_path / "run").done()) == 2


def test_a_worker_with_other_sources_is_refused_in_its_own_words(tmp_path: Path) -> None:
    executor = Mortal(deadly={1}, error=InputError("other sources of the model"))
    with pytest.raises(InputError, match=r"^other sources of the model$"):
        ran(tmp_path, executor, (1,))


def test_what_may_not_be_handed_out_ends_the_session(tmp_path: Path) -> None:
    class Closed(Mortal):
        def submit(
            self, fn: Callable[..., Any], /, *_args: Batch, **_kwargs: object
        ) -> Future[Any]:
            raise RuntimeError(f"no {fn.__name__} after shutdown")

    with pytest.raises(InputError, match="no run_batch after shutdown"):
        ran(tmp_path, Closed(), (1,))


def test_an_interruption_between_two_pieces_of_work_keeps_what_is_stored(tmp_path: Path) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ran(tmp_path, Mortal(), (1, 2, 3, 4, 5), check=interrupt)
    store = Store(tmp_path / "run")
    assert len(store.registration.runs) == 5
    assert len(store.done()) == 2  # what two workers had at hand


def test_a_batch_says_what_its_runs_keep_and_come_from(tmp_path: Path) -> None:
    batches: list[Batch] = []

    class Seen(Mortal):
        def submit(self, fn: Callable[..., Any], /, *args: Batch, **kwargs: object) -> Future[Any]:
            batches.extend(args)
            assert fn is run_batch
            return super().submit(fn, *args, **kwargs)

    store, _ = ran(tmp_path, Seen(), (1,))
    (batch,) = batches
    assert batch.outcomes == store.registration.outcomes
    assert batch.keeps == store.registration.keeps
    assert batch.simulate is fake_world.simulate


@pytest.mark.slow
def test_workers_killed_from_outside_lose_no_run(tmp_path: Path) -> None:
    wanted = small(range(1, 201))
    create_store(wanted, tmp_path / "run", {})
    store = Store(tmp_path / "run")
    killed: list[int] = []
    with store.writing(), crew(2) as who:
        assert isinstance(who.executor, Processes)

        def kill(progress: Progress) -> None:
            alive = [pid for pid in who.executor.pids() if pid not in killed]
            if alive and progress.done >= 10 * (len(killed) + 1) and len(killed) < 4:
                os.kill(alive[-1], signal.SIGKILL)
                killed.append(alive[-1])

        run_pending(store, who, wanted.registry, simulate=fake_world.simulate, tell=kill)
    assert len(set(killed)) == 4
    assert (len(store.done()), store.failed()) == (200, [])
