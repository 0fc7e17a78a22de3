"""Files that are there as a whole or not at all, also after a power cut."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Final

TEMPORARY: Final = ".tmp"  # how the names of unfinished files end


def write_whole(path: Path, content: bytes) -> None:
    """Write a file under a temporary name, flush it to disk and rename it.

    A file of that name is replaced.

    Raises
    ------
    OSError
        If it cannot be written; what stood there before still stands.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}-", suffix=TEMPORARY)
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.chmod(0o666 & ~umask())
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    flush(path.parent)


def flush(path: Path) -> None:
    """Make a file or folder outlive a power cut, where the system knows how."""
    if path.is_dir() and os.name == "nt":
        return  # Windows opens no folders
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def umask() -> int:
    """Return the mask of this process: rights that its new files do not get."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
