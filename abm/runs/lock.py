"""One writer at a time: a lock that the system gives up when the process ends, however it ends."""

from __future__ import annotations

import json
import os
import socket
import sys
import time
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, Any, Final

from ..errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOOKS: Final = 6


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock file.

    The system holds the lock for this process and gives it up when the
    process ends, also after SIGKILL, so no lock is ever stale. The file stays and
    says which process held it last.

    Raises
    ------
    InputError
        If another process holds it, or the file system knows no locks.
    """
    try:
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"{path}: cannot be written ({error.strerror}), so no run can be stored there. "
            "Make the folder writable."
        ) from error
    with file:
        if not _taken_soon(file, path):
            raise InputError(
                f"{path.parent.parent}: {_named(_said(path))} is at work on this folder. Wait for "
                f"it to end, or follow it with: terugkeer status {path.parent.parent}"
            )
        file.seek(0)
        file.truncate()
        json.dump({"pid": os.getpid(), "host": socket.gethostname(), "since": time.time()}, file)
        file.flush()
        try:
            yield
        finally:
            _give_up(file)


def holder(path: Path) -> dict[str, Any] | None:
    """Return which process holds a lock now.

    Returns
    -------
    dict or None
        `pid`, `host` and `since` (seconds since 1970); None if the lock is free.
    """
    with suppress(OSError, InputError), path.open(encoding="utf-8") as file:
        if not _take(file, path):
            return _said(path)
        _give_up(file)
    return None


def _taken_soon(file: IO[str], path: Path) -> bool:
    """Take the lock; try again while another process only looks who holds it."""
    for _ in range(LOOKS):
        if _take(file, path):
            return True
        time.sleep(0.05)
    return False


def _said(path: Path) -> dict[str, Any]:
    """Return what the holder wrote about itself."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # just taken, not yet written
    return said if isinstance(said, dict) else {}


def _named(said: dict[str, Any]) -> str:
    if "pid" not in said:
        return "another process"
    return f"process {said['pid']} on {said.get('host')}"


if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[str], path: Path) -> bool:  # noqa: ARG001 - one signature for both systems
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _give_up(file: IO[str]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: IO[str], path: Path) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            raise InputError(
                f"{path}: this file system cannot lock files ({error.strerror}), so two programs "
                "could write at once. Put the folder on another file system with --out."
            ) from error
        return True

    def _give_up(file: IO[str]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)
