"""A worker process as its server sees it."""

from __future__ import annotations

import multiprocessing
import signal
import threading
from contextlib import contextmanager, suppress
from itertools import count
from typing import TYPE_CHECKING, Final

from ....abm.runs.processes import one_thread
from ..lives.worlds import KEPT
from .worker import Make, Stop, work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .job import Job
    from .worker import Lives, Message

END_SECONDS: Final = 1.0  # until a process that was told to end is killed
_SPAWN: Final = multiprocessing.get_context("spawn")
_NUMBERS: Final = count()


class Member:
    """A worker process: it makes one job at a time.

    Parameters
    ----------
    opened : callable
        Returns what makes the runs; called in the process, which must be able to import it.
    heard : callable
        Called with this member and each of its messages, and with None when the process has
        ended; in a thread of its own.

    Attributes
    ----------
    ready : bool
        Whether it can make jobs.
    job : Job or None
        What it is making.
    stopping : bool
        Whether it was told to stop that.
    seeds : list of int
        Of the last that it has made: their worlds are kept spun up.
    """

    def __init__(
        self, opened: Callable[[], Lives], heard: Callable[[Member, Message | None], None]
    ) -> None:
        self.ready = self.stopping = False
        self.job: Job | None = None
        self.number = -1
        self.seeds: list[int] = []
        self._heard = heard
        self._pipe, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=work, args=(theirs, opened), daemon=True)
        with one_thread(), _interrupts_wait():
            self._process.start()
        theirs.close()
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def pid(self) -> int | None:
        """Id of the process."""
        return self._process.pid

    def make(self, job: Job) -> None:
        """Let the process make a job; its messages carry `number` from now on."""
        self.job, self.number = job, next(_NUMBERS)
        asked = job.asked
        others = [each for each in self.seeds if each != asked.seed]
        self.seeds = [*others, asked.seed][-KEPT:]
        self._send(Make(self.number, asked.scenario, asked.seed, asked.whole))

    def stop(self) -> None:
        """Let the process stop its present job after the week that it is in."""
        self.stopping = True
        self._send(Stop(self.number))

    def rest(self) -> None:
        """Note that the process has ended its job."""
        self.job, self.stopping = None, False

    def end(self) -> None:
        """End the process, for certain."""
        self._process.terminate()
        self._process.join(END_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join(END_SECONDS)

    def _send(self, message: Make | Stop) -> None:
        with suppress(OSError):  # it has ended: the listener says so
            self._pipe.send(message)

    def _listen(self) -> None:
        with suppress(EOFError, OSError):
            while True:
                self._heard(self, self._pipe.recv())
        self._heard(self, None)


@contextmanager
def _interrupts_wait() -> Iterator[None]:
    """Let Ctrl-C wait: a process that starts inside the block never gets it."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
