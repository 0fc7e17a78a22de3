"""Where a store stands: how it is made, and what is told where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ..errors import InputError
from .registration import register
from .whole_folder import whole_folder

if TYPE_CHECKING:
    from pathlib import Path

    from .design import Design

FOLDER: Final = "store"
DESIGN: Final = "design.json"
LOCK: Final = "lock"
PARTS: Final = "parts"
SET_ASIDE: Final = "set_aside"
REASON: Final = ".reason.txt"


def has_store(folder: Path) -> bool:
    """Return whether a folder holds a store: the register of its planned runs."""
    try:
        return (folder / FOLDER / DESIGN).is_file()
    except OSError:  # a name that no file system takes
        return False


def check_store(folder: Path) -> None:
    """Refuse a folder without a store.

    Raises
    ------
    InputError
        If it is missing, a file, or holds no store.
    """
    try:
        there = folder.exists()
    except OSError as error:
        raise InputError(f"{folder}: {error.strerror}. Give the folder of a run.") from error
    if not there:
        raise InputError(f"{folder}: no such folder. Give the folder of a run.")
    if not folder.is_dir():
        raise InputError(f"{folder}: this is no folder. Give the folder of a run.")
    if not has_store(folder):
        inside = "" if folder.name != FOLDER else f" Did you mean {folder.parent}?"
        raise InputError(
            f"{folder}: no store of runs in it, so there is nothing to go on with.{inside} "
            "`terugkeer run --out DIR` starts one."
        )


def create_store(design: Design, folder: Path, about: dict[str, Any]) -> None:
    """Register a design in a new folder, which appears with all rows written or not at all.

    Parameters
    ----------
    folder : Path
        A new or empty folder.
    about : dict
        What a command needs when it goes on.

    Raises
    ------
    InputError
        If it cannot be written.
    FileExistsError
        If the folder was filled meanwhile.
    """
    registration = register(design, about)
    try:
        with whole_folder(folder) as partial:
            (partial / FOLDER / PARTS).mkdir(parents=True)
            registration.write(partial / FOLDER / DESIGN)
    except FileExistsError:
        raise
    except OSError as error:
        raise InputError(
            f"{folder}: cannot be written ({error.strerror}). Make room, or give a folder in "
            "another place with --out."
        ) from error
