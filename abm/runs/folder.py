"""The run folder: the final files beside the store, and the manifest that says they are whole.

The manifest is written last and holds the hash of every other file; a folder
without one is not finished.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..errors import InputError
from ..observation.outcomes import outcomes
from .whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from .run_tables import RunTables

FORMAT_VERSION: Final = 1
MANIFEST: Final = "manifest.json"
RUNS: Final = Path("runs")


def next_free(folder: Path) -> Path:
    """Return the folder's name, or the first of `-2`, `-3` ... that is free.

    A name is free if nothing has it, or an empty folder.
    """
    number, free = 1, folder
    while not _is_free(free):
        number += 1
        free = folder.with_name(f"{folder.name}-{number}")
    return free


def _is_free(path: Path) -> bool:
    if path.is_symlink() or path.is_file():
        return False
    return not path.exists() or (path.is_dir() and not any(path.iterdir()))


def check_target(folder: Path) -> None:
    """Refuse a place where no run folder can be written, before anything runs.

    Raises
    ------
    InputError
        If it is a file, holds something, or cannot be made.
    """
    if folder.name in {"", ".."}:  # pathlib gives `.` no name
        raise InputError(f"--out {folder}: give the name of a new folder, such as --out my-run.")
    try:
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise InputError(f"--out {folder}: this is no folder. Give the name of a new folder.")
        if folder.is_dir() and any(folder.iterdir()):
            raise InputError(
                f"--out {folder}: the folder is not empty, and a run never writes over another. "
                f"Give another name, such as --out {next_free(folder)}, or empty it first."
            )
        parent = folder.absolute().parent
        while not parent.exists():
            parent = parent.parent
        if not parent.is_dir():
            raise InputError(
                f"--out {folder}: {parent} is a file, so there can be no folder in it. "
                "Give a name elsewhere."
            )
        with tempfile.TemporaryDirectory(dir=parent, prefix=".terugkeer-"):
            pass
    except OSError as error:
        raise InputError(
            f"--out {folder}: nothing can be written there ({error.strerror}). "
            "Give a folder in a place that you may write to."
        ) from error


def yearly_csv(yearly: pd.DataFrame) -> bytes:
    """Return `RunTables.yearly` as CSV, the same bytes for the same table.

    It is UTF-8 with one line feed a row; whole numbers have no decimal point and
    missing ones are empty.
    """
    persons = [_number(value) for value in yearly["persons"]]
    return yearly.assign(persons=persons).to_csv(index=False, lineterminator="\n").encode()


def outcomes_csv(yearly: pd.DataFrame) -> bytes:
    """Return the outcomes of all seeds as CSV, the same bytes for the same table.

    Parameters
    ----------
    yearly : pandas.DataFrame
        `RunTables.yearly`, with every table.

    Returns
    -------
    bytes
        UTF-8: `scenario, seed, outcome, group, period, value`.
    """
    table = outcomes(yearly)
    value = [_number(each) for each in table["value"]]
    return table.assign(value=value).to_csv(index=False, lineterminator="\n").encode()


def _number(value: float) -> str:
    if value != value:  # noqa: PLR0124 - missing: nothing to take a mean over
        return ""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _parquet(table: pd.DataFrame) -> bytes:
    buffer = BytesIO()
    table.to_parquet(buffer, compression="zstd", index=False)
    return buffer.getvalue()


def is_whole(folder: Path) -> bool:
    """Return whether every final file is as the manifest says; False without a manifest."""
    try:
        files = json.loads((folder / MANIFEST).read_bytes())["files"]
        return all(
            hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
            for name, digest in files.items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def write_run(
    folder: Path,
    tables: RunTables,
    manifest: Mapping[str, Any],
    figures: Mapping[str, bytes],
) -> None:
    """Write the final files into a folder that exists, over those of before.

    Parameters
    ----------
    manifest : mapping
        What `manifest.json` says besides the format version and the hashes.
    figures : mapping of str to bytes
        Pictures by file name.

    Raises
    ------
    InputError
        If they cannot be written; the store beside them is untouched.
    """
    files = {
        "yearly.csv": yearly_csv(tables.yearly),
        "yearly.parquet": _parquet(tables.yearly),
        "outcomes.csv": outcomes_csv(tables.yearly),
        "weekly.parquet": _parquet(tables.weekly),
        "queues.parquet": _parquet(tables.queues),
        **{f"figures/{name}": picture for name, picture in sorted(figures.items())},
    }
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    complete = {"format_version": FORMAT_VERSION, **manifest, "files": hashes}
    text = (json.dumps(complete, indent=2, ensure_ascii=False) + "\n").encode()
    try:
        (folder / MANIFEST).unlink(missing_ok=True)  # while files change, nothing says it is whole
        (folder / "figures").mkdir(exist_ok=True)
        for name, content in files.items():
            write_whole(folder / name, content)
        write_whole(folder / MANIFEST, text)
    except OSError as error:
        raise InputError(
            f"{folder}: the final files cannot be written ({error.strerror}). All runs are safe in "
            "its store. Make room, then go on with the line below."
        ) from error
