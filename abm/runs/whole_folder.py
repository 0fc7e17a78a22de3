"""Folders that are there as a whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from .whole_file import flush, umask

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """Give a temporary folder that gets its name only when it is complete.

    The parents of the name are made. After an error or an interruption inside the block
    the folder is gone.

    Raises
    ------
    FileExistsError
        If something stands under the final name by the end.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name[:40]}.partial-"))
    try:
        yield partial
        for path in sorted(partial.rglob("*")):
            flush(path)
        flush(partial)
        partial.chmod(0o777 & ~umask())
        try:
            if target.exists():
                target.rmdir()  # empty, or this fails: nothing is ever written over
            partial.rename(target)
        except OSError as error:
            raise FileExistsError(error.errno, error.strerror, str(target)) from error
        flush(target.parent)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
