"""The run folder: everything of a run, or nothing.

A folder is written beside its final place under a temporary name, flushed to
disk, and renamed. An interrupted run leaves no folder that looks finished.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from .design import DesignTables

FORMAT_VERSION: Final = 1
MANIFEST: Final = "manifest.json"
RUNS: Final = Path("runs")


def next_free(folder: Path) -> Path:
    """Return the folder's name, or the first of `-2`, `-3` ... that is free.

    Parameters
    ----------
    folder : Path
        The name wanted.

    Returns
    -------
    Path
        A name under which there is nothing, or an empty folder.
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
    """Refuse a place where a run folder cannot be written, before anything runs.

    Parameters
    ----------
    folder : Path
        The run folder wanted.

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


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """Give a temporary folder that gets its name only when it is complete.

    Parameters
    ----------
    target : Path
        The final name; its parents are made.

    Yields
    ------
    Path
        The folder to write in. After an error or an interruption it is gone.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name[:40]}.partial-"))
    try:
        yield partial
        for path in sorted(partial.rglob("*")):
            _flush(path)
        _flush(partial)
        partial.chmod(0o777 & ~_umask())
        if target.exists():
            target.rmdir()  # empty, or this fails: nothing is ever written over
        partial.rename(target)
        _flush(target.parent)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _flush(path: Path) -> None:
    """Make a file or folder outlive a power cut, where the system knows how."""
    if path.is_dir() and os.name == "nt":
        return  # Windows opens no folders
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def yearly_csv(yearly: pd.DataFrame) -> bytes:
    """Return the yearly table as CSV, the same bytes for the same table.

    Parameters
    ----------
    yearly : pandas.DataFrame
        `DesignTables.yearly`.

    Returns
    -------
    bytes
        UTF-8, one line feed a row, whole numbers without a decimal point.
    """
    persons = [_number(value) for value in yearly["persons"]]
    return yearly.assign(persons=persons).to_csv(index=False, lineterminator="\n").encode()


def _number(value: float) -> str:
    if value != value:  # noqa: PLR0124 - missing: nothing to take a mean over
        return ""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _parquet(table: pd.DataFrame) -> bytes:
    buffer = BytesIO()
    table.to_parquet(buffer, compression="zstd", index=False)
    return buffer.getvalue()


def write_run(
    target: Path,
    tables: DesignTables,
    manifest: Mapping[str, Any],
    figures: Mapping[str, bytes],
) -> Path:
    """Write a run folder.

    Parameters
    ----------
    target : Path
        The folder wanted. If somebody took the name since it was checked, the
        next free one is used, so that no run is lost.
    tables : DesignTables
        What was counted.
    manifest : mapping
        What `manifest.json` says besides the format version and the hashes.
    figures : mapping of str to bytes
        Pictures by file name.

    Returns
    -------
    Path
        The folder written.
    """
    files = {
        "yearly.csv": yearly_csv(tables.yearly),
        "yearly.parquet": _parquet(tables.yearly),
        "weekly.parquet": _parquet(tables.weekly),
        **{f"figures/{name}": picture for name, picture in sorted(figures.items())},
    }
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    complete = {"format_version": FORMAT_VERSION, **manifest, "files": hashes}
    files[MANIFEST] = (json.dumps(complete, indent=2, ensure_ascii=False) + "\n").encode()
    final = next_free(target)
    with whole_folder(final) as folder:
        (folder / "figures").mkdir()
        for name, content in files.items():
            (folder / name).write_bytes(content)
    return final
