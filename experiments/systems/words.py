"""How systems, outcomes and numbers are told to readers, in English and Dutch."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ...abm.observation.outcomes import BY_ID
from ...abm.space.outcomes import FREELY, KNOWN, told

if TYPE_CHECKING:
    from .system import System

WORDS: Final = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
DUTCH: Final = "nl"
SIGNS: Final = str.maketrans(",.", ".,")


def called(outcome: str, language: str) -> str:
    """Return what readers call an outcome."""
    if outcome == FREELY:
        return str(WORDS[language][FREELY])
    if outcome not in KNOWN:
        return str(WORDS[language]["names"][outcome])
    dutch = language == DUTCH and outcome in BY_ID
    name = BY_ID[outcome].label_nl if dutch else told(outcome)[0]
    return f"{name} (%)" if shown(outcome) != 1.0 else name


def shown(outcome: str) -> float:
    """Return by what an outcome is divided where it is shown: shares stand in percent."""
    return 0.01 if outcome.startswith("share_") else 1.0


def written(text: str, language: str) -> str:
    """Return numbers with the signs of a language: in Dutch a comma stands before decimals."""
    return text.translate(SIGNS) if language == DUTCH else text


def titled(system: System, language: str) -> str:
    """Return what readers call a system."""
    return system.title_nl if language == DUTCH else system.title


def documented(system: System, language: str) -> str:
    """Return what a source says that a system does not move; empty if none does."""
    return system.documented_nl if language == DUTCH else system.documented


def left_out(system: System, language: str) -> str:
    """Return why a system is not modelled; empty if it is."""
    return system.left_out_nl if language == DUTCH else system.left_out


def when(system: System, language: str) -> str:
    """Return since when a system acts in the baseline."""
    words = WORDS[language]
    return str(words.get(system.since) or words["since"].format(since=system.since))


def held(system: System, language: str) -> str:
    """Return in which years and at which scale a system is measured."""
    first, last = system.years
    return str(WORDS[language]["held"].format(first=first, last=last, scale=f"{system.scale:g}"))
