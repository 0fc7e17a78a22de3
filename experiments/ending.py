"""How a command ends when a folder has no report: what is there, and what to type next."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

FAILED: Final = 3  # exit code: some runs failed


def resume_line(folder: Path, options: str = "") -> str:
    """Return the command line that goes on with a run folder.

    Parameters
    ----------
    options : str, optional
        Options of `resume`, with a blank before the first.
    """
    return f"terugkeer resume {shlex.quote(str(folder))}{options}"


def tell_interrupted(line: str) -> None:
    """Tell that an interruption lost nothing, and which line goes on."""
    sys.stderr.write(f"\nInterrupted; the runs that are done are kept. Go on with:\n  {line}\n")


def tell_end(folder: Path) -> int:
    """Tell what a folder without a report holds, and what to type next.

    Returns
    -------
    int
        Exit code: 3 if runs failed, else 0.
    """
    from ..abm.runs.store import Store

    store = Store(folder)
    planned, failed = len(store.registration.runs), len(store.failed())
    if not failed:
        sys.stderr.write(
            f"All {planned} runs are done. Read them in Python with:\n"
            f"  Store(Path({str(folder)!r})).table()  # from terugkeer.abm.runs.store\n"
        )
        return 0
    sys.stderr.write(
        f"{failed} of {planned} runs failed; {len(store.done())} are stored in {folder}. Read why, "
        f"and try again when the cause is gone:\n"
        f"  terugkeer status {shlex.quote(str(folder))}\n"
        f"  {resume_line(folder, ' --retry-failed')}\n"
    )
    return FAILED
