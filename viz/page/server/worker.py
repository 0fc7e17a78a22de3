"""What happens in a worker process: it makes runs for its server, one at a time, and ends with it.

A worker hears of its server through a pipe. The pipe breaks when the server has ended, however
it ended, and then the worker ends at once.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
import traceback
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from ....abm.errors import InputError
from ....abm.interruption import ask, check, forget
from .failure import Failure, failed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

    from ....abm.world.scenario import Scenario


class Lives(Protocol):
    """What makes the runs of a worker: `worlds.Worlds`, or what stands in for it in a test.

    Attributes
    ----------
    week : int
        The one that is being lived, from 0; -1 in the spin-up.
    """

    week: int

    def run(
        self, scenario: Scenario, seed: int, *, whole: bool, weeks: int = ...
    ) -> Iterator[dict[str, Any]]:
        """Yield the parts of a run, or the one part of a draw."""


@dataclass(frozen=True)
class Make:
    """Server to worker: make this run.

    Parameters
    ----------
    whole : bool
        Whether all weeks are told, or tallies only.
    """

    number: int
    scenario: Scenario
    seed: int
    whole: bool


@dataclass(frozen=True)
class Stop:
    """Server to worker: nobody waits for this run any longer."""

    number: int


@dataclass(frozen=True)
class Ready:
    """Worker to server: runs can be asked for."""


@dataclass(frozen=True)
class Line:
    """Worker to server: a line of JSON of a run, with the line break."""

    number: int
    text: bytes


@dataclass(frozen=True)
class End:
    """Worker to server: a run has ended.

    Parameters
    ----------
    failure : Failure or None, optional
        Why it failed, if it did.
    stopped : bool, optional
        Whether it was stopped before its end.
    """

    number: int
    failure: Failure | None = None
    stopped: bool = False


Message = Ready | Line | End


def work(server: Connection, opened: Callable[[], Lives]) -> None:
    """Make runs until the server ends: all that the process does.

    Parameters
    ----------
    server : Connection
        A pipe to the server, over which `Make` and `Stop` come.
    opened : callable
        Returns what makes the runs; it is called once.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server
    orders = _Orders(server)
    orders.start()
    lives = opened()
    orders.tell(Ready())
    while True:
        orders.tell(_made(lives, orders.next(), orders))


class _Orders(threading.Thread):
    """What the server says, also while the model is at work."""

    def __init__(self, server: Connection) -> None:
        super().__init__(daemon=True)
        self._server = server
        self._waiting: queue.SimpleQueue[Make] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._present: int | None = None
        self._stopped: set[int] = set()

    def run(self) -> None:
        """Hear, until the server has ended; then end the process at once."""
        try:
            while True:
                message = self._server.recv()
                if isinstance(message, Make):
                    self._waiting.put(message)
                else:
                    self._stop(message.number)
        except (EOFError, OSError):
            os._exit(1)  # nobody is left to make runs for

    def tell(self, message: Message) -> None:
        """Send a message to the server."""
        try:
            self._server.send(message)
        except OSError:
            os._exit(1)

    def next(self) -> Make:
        """Return what to make next, as soon as the server says so."""
        return self._waiting.get()

    def begin(self, number: int) -> None:
        """From now on a `Stop` of this number counts."""
        with self._lock:
            self._present = number
            forget()
            if number in self._stopped:
                self._ask()

    def end(self) -> None:
        """No `Stop` counts any longer."""
        with self._lock:
            self._present = None
            self._stopped.clear()
            forget()

    def _stop(self, number: int) -> None:
        with self._lock:
            self._stopped.add(number)
            if number == self._present:
                self._ask()

    def _ask(self) -> None:
        with suppress(KeyboardInterrupt):
            ask(signal.SIGINT)  # the model obeys it between two weeks


def _made(lives: Lives, make: Make, orders: _Orders) -> End:
    """Make a run and send its lines; return how it ended."""
    orders.begin(make.number)
    try:
        check()
        for part in lives.run(make.scenario, make.seed, whole=make.whole):
            line = {"chunk": part} if make.whole else {"draw": {"seed": make.seed, **part}}
            text = json.dumps(line, separators=(",", ":"), allow_nan=False)
            orders.tell(Line(make.number, text.encode() + b"\n"))
            check()
    except KeyboardInterrupt:
        return End(make.number, stopped=True)
    except InputError as error:
        return End(make.number, Failure("input", tuple(error.problems)))
    except Exception:  # noqa: BLE001 - whoever waits for the run is told that it failed
        traceback.print_exc(file=sys.stderr)
        return End(make.number, failed(lives.week))
    finally:
        orders.end()
    return End(make.number)
