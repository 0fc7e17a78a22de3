"""Where runs are made: in this process, in several, or on a Dask cluster."""

from __future__ import annotations

import logging
import os
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ..errors import InputError
from .processes import Inline, Processes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor

LOCAL: Final = "local"
# Dask may wait ten seconds for a bad address and then fail without a reason, so it is checked first
ADDRESS: Final = re.compile(r"([a-z]+://)?([^\s/:\[\]]+|\[[0-9a-fA-F:]+\]):\d+(/\S*)?")
CONNECT_SECONDS: Final = 15


@dataclass(frozen=True)
class Crew:
    """The workers that make the runs.

    Parameters
    ----------
    workers : callable
        Returns how many batches can be worked on at once, now.
    ahead : int
        How many batches each worker has at hand, the present one included.
    words : str
        What the workers are called in messages.
    """

    executor: Executor
    workers: Callable[[], int]
    ahead: int
    words: str


@contextmanager
def crew(workers: int | None = None, cluster: str | None = None) -> Iterator[Crew]:
    """Gather the workers that make the runs, and dismiss them in the end.

    After an error or an interruption inside the block they are stopped at once.

    Parameters
    ----------
    workers : int, optional
        Processes; as many as cores if left out; with 1 everything happens in
        this one.
    cluster : str, optional
        Address of a Dask scheduler, or `local` for a Dask cluster of processes
        on this machine.

    Raises
    ------
    InputError
        If Dask is not installed or the address does not answer.
    """
    if cluster is not None:
        with _dask(cluster, workers) as found:
            yield found
        return
    number = workers or os.cpu_count() or 1
    if number == 1:
        yield Crew(Inline(), lambda: 1, 1, "1 process(es)")
        return
    executor = Processes(number)
    try:
        yield Crew(executor, lambda: number, 1, f"{number} process(es)")
    except BaseException:
        executor.shutdown(cancel_futures=True)
        raise
    executor.shutdown()


@contextmanager
def _dask(address: str, workers: int | None) -> Iterator[Crew]:
    """Connect to a Dask cluster, or start one on this machine."""
    try:
        import distributed  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise InputError(
            f"--cluster {address}: needs Dask, which is not installed. Install it with: "
            "pip install 'terugkeer[cluster]'"
        ) from error
    if address != LOCAL and not ADDRESS.fullmatch(address.strip()):
        raise InputError(
            f"--cluster {address}: this is no address of a Dask scheduler. Give one such as "
            "tcp://node1:8786, or `local` for this machine."
        )
    dask: Any = distributed  # whose functions are not typed
    own: Any = None
    levels = {name: logging.getLogger(name).level for name in _dask_loggers()}
    for name in levels:
        logging.getLogger(name).setLevel(logging.CRITICAL)  # the runner tells what is lost
    try:
        if address == LOCAL:
            own = dask.LocalCluster(
                n_workers=workers or os.cpu_count() or 1,
                threads_per_worker=1,
                dashboard_address=None,
                silence_logs=logging.CRITICAL,
            )
        try:
            client = dask.Client(own or address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            raise InputError(
                f"--cluster {address}: no Dask scheduler answers there ({error}). Give its "
                "address, such as tcp://node1:8786, or `local` for this machine."
            ) from error
        try:
            yield Crew(
                client.get_executor(),
                lambda: max(1, sum(client.ncores().values())),
                2,  # so that no worker waits for its next batch to travel
                f"the Dask cluster {client.scheduler.address}",
            )
        finally:
            client.close()
    finally:
        if own is not None:
            own.close()
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


def _dask_loggers() -> list[str]:
    """Return the names of Dask's loggers; each has its own level."""
    return [name for name in logging.root.manager.loggerDict if name.startswith("distributed")]
