"""The words of the page, in each of its languages."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from ...abm.evidence.toml_file import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER: Final = Path(__file__).parent / "words"
Language: TypeAlias = Literal["en", "nl"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "nl")


@functools.cache
def words(language: Language) -> Mapping[str, str]:
    """Return the words of a language by key; keys of tables are joined by dots."""
    name = f"{language}.toml"
    return dict(_flat(read_toml(FOLDER / name, name), ""))


def _flat(table: Mapping[str, object], before: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield before + key, str(value).strip()
