"""Which system is meant by a name or by words of a title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ...abm.errors import InputError
from ...abm.evidence.mistakes import nearest
from .words import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .system import System

PART: Final = 3  # letters: shorter words are not looked for within words


def meant(listed: Sequence[System], name: str, language: str) -> System:
    """Return the system that is meant.

    Its own name comes first, then another name that is kept for it or its whole title, then
    words in brackets in its title, and at last all titles in which the words stand.

    Parameters
    ----------
    language : str
        `en` or `nl`: of the refusal.

    Raises
    ------
    InputError
        If no system is called so, or more than one.
    """
    asked = _words(name)
    found = [each for each in listed if _words(each.name) == asked]
    for holds in (_is_called, _has_in_brackets, _holds):
        found = found or [each for each in listed if asked and holds(each, asked)]
    if len(found) == 1:
        return found[0]
    words = WORDS[language]
    if found:
        names = ", ".join(each.name for each in found)
        raise InputError(words["several"].format(name=name, names=names))
    near = nearest("_".join(asked), [each.name for each in listed])
    hint = words["meant"].format(names=", ".join(map(repr, near))) if near else ""
    raise InputError(words["unknown"].format(name=name, hint=hint))


def _is_called(system: System, asked: Sequence[str]) -> bool:
    """Return whether words are another name of a system, or its whole title."""
    return asked in [_words(each) for each in (*system.also, system.title, system.title_nl)]


def _has_in_brackets(system: System, asked: Sequence[str]) -> bool:
    """Return whether a title has the words in brackets, such as `(LVV)`."""
    inside = re.findall(r"\(([^)]*)\)", f"{system.title} {system.title_nl}")
    return any(asked == _words(part) for each in inside for part in (each, *each.split(",")))


def _holds(system: System, asked: Sequence[str]) -> bool:
    """Return whether a system is called by words: longer ones also at either end of a word."""
    titles = _words(" ".join((system.name, system.title, system.title_nl, *system.also)))
    return all(
        any(
            word == each or (len(each) > PART and (word.startswith(each) or word.endswith(each)))
            for word in titles
        )
        for each in asked
    )


def _words(text: str) -> list[str]:
    """Return the words of a name or a title, in lower case."""
    return re.findall(r"[^\W_]+", text.casefold())
