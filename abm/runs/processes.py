"""Processes on this machine, each on its own: one that dies takes only its own work along."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

P = ParamSpec("P")
T = TypeVar("T")
# A worker computes on one core: libraries that start threads of their own slow all of them down.
SINGLE_THREAD: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class Processes(Executor):
    """Worker processes as an executor that goes on when one of them dies.

    A `ProcessPoolExecutor` gives up all work of all its processes when one dies, and
    never recovers. Here each process has a pool of its own. Only the future of the
    work that was under way there raises `BrokenProcessPool`; the others go on, and the
    next work gets a new process.
    """

    def __init__(self, workers: int) -> None:
        self._pools = [_pool() for _ in range(workers)]
        self._loads: list[set[Future[Any]]] = [set() for _ in range(workers)]

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Give work to the process that has the least of it.

        Parameters
        ----------
        fn : callable
            What to call; other processes must be able to import it.
        *args, **kwargs
            With what.

        Returns
        -------
        concurrent.futures.Future
            Its result, or `BrokenProcessPool` if its process died.
        """
        self._loads = [{each for each in load if not each.done()} for load in self._loads]
        place = min(range(len(self._pools)), key=lambda number: len(self._loads[number]))
        with one_thread():  # a spawned process reads its environment at its start
            try:
                future = self._pools[place].submit(fn, *args, **kwargs)
            except BrokenProcessPool:
                self._pools[place].shutdown(wait=False)
                self._pools[place] = _pool()
                future = self._pools[place].submit(fn, *args, **kwargs)
        self._loads[place].add(future)
        return future

    def pids(self) -> list[int]:
        """Return the process ids of the workers that have started."""
        return [pid for pool in self._pools for pid in _processes(pool)]

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes.

        Parameters
        ----------
        wait : bool, optional
            Whether to return only when they have ended.
        cancel_futures : bool, optional
            Whether to end them now instead of after their present work.
        """
        if cancel_futures:
            for pool in self._pools:
                for process in _processes(pool).values():
                    process.terminate()
        for pool in self._pools:
            pool.shutdown(wait=wait, cancel_futures=cancel_futures)


class Inline(Executor):
    """The present process as an executor: work is done when it is submitted."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Do work now; an interruption is raised, not kept in the future.

        Parameters
        ----------
        fn : callable
            What to call.
        *args, **kwargs
            With what.
        """
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - a future carries whatever was raised
            future.set_exception(error)
        return future


def _pool() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        1, mp_context=multiprocessing.get_context("spawn"), initializer=_start
    )


def _processes(pool: ProcessPoolExecutor) -> dict[int, Any]:
    return dict(pool._processes or {})  # noqa: SLF001 - public only from Python 3.14


def _start() -> None:
    """Leave Ctrl-C to the parent, and end when the parent has ended in another way."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # nobody is left to hand results to


@contextmanager
def one_thread() -> Iterator[None]:
    """Let processes that start inside the block compute on one thread."""
    before = {name: os.environ.get(name) for name in SINGLE_THREAD}
    os.environ.update(dict.fromkeys(SINGLE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name)
            else:
                os.environ[name] = value
