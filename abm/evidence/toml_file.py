"""Reading of TOML files, with a sentence for every way in which it can fail."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from ..errors import InputError

if TYPE_CHECKING:
    from pathlib import Path


def read_toml(path: Path, called: str) -> dict[str, object]:
    """Read a TOML file, named as `called` in messages.

    Raises
    ------
    InputError
        If it is missing, a folder, unreadable, empty, no UTF-8 or no TOML.
    """
    if path.is_dir():
        raise InputError(f"{called}: a folder stands where a file is needed; remove or rename it.")
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{called}: no such file; create it or correct the name.") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(f"{called}: cannot be read ({reason}); check the file.") from None
    try:
        text = content.decode("utf-8-sig")  # editors on Windows write the mark
    except UnicodeDecodeError as error:
        raise InputError(
            f"{called}: byte {error.start} is no UTF-8 text; save the file as UTF-8 text."
        ) from None
    if not text.strip():
        raise InputError(f"{called}: the file is empty; fill or remove it.")
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(f"{called}: no valid TOML ({error}); correct that place.") from None
