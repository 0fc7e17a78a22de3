"""How far a store is, told without touching it."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from .lock import holder
from .store_place import LOCK, REASON, SET_ASIDE

if TYPE_CHECKING:
    from ..evidence.registry import Registry
    from .store import Store


def status(store: Store, registry: Registry) -> dict[str, Any]:
    """Return how far a store is.

    Returns
    -------
    dict
        `folder`; `planned, done, failed, left` (runs); `failures` (of each
        failed run its row, stage, week, date, error and traceback);
        `unusable_parts` (not yet set aside) and `set_aside`, with reasons;
        `bytes`; `last_activity` (seconds since 1970); `at_work` (who is writing
        now, or None); `changed` (sources and values, since registration).
    """
    stats = []
    for path in store.root.rglob("*"):
        with suppress(FileNotFoundError):  # its owner may be at work
            if path.name != LOCK and path.is_file():
                stats.append(path.stat())
    aside = store.root / SET_ASIDE
    reasons = sorted(aside.glob(f"*{REASON}")) if aside.is_dir() else []
    planned, done, failed = len(store.registration.runs), len(store.done()), len(store.failed())
    return {
        "folder": store.folder.as_posix(),
        "planned": planned,
        "done": done,
        "failed": failed,
        "left": planned - done - failed,
        "failures": failures(store),
        "unusable_parts": dict(store.broken),
        "set_aside": {
            path.name.removesuffix(REASON): path.read_text(encoding="utf-8").strip()
            for path in reasons
        },
        "bytes": sum(each.st_size for each in stats),
        "last_activity": max((each.st_mtime for each in stats), default=time.time()),
        "at_work": holder(store.root / LOCK),
        "changed": store.registration.changed(registry),
    }


def failures(store: Store) -> list[dict[str, Any]]:
    """Return the runs that failed, and why.

    Returns
    -------
    list of dict
        Of each its row of the design, `stage`, `week`, `date`, `error` and
        `traceback`.
    """
    ended = store.ended
    rows = {row["key"]: row for row in store.registration.runs}
    return [
        {**rows[key], **vars(failure)}
        for key in store.failed()
        if (failure := ended[key].failure) is not None
    ]
