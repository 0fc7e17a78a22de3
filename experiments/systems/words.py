"""How systems, outcomes and numbers are told to readers, in English and Dutch."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ...abm.observation.outcomes import BY_ID
from ...abm.space.outcomes import FREELY, KNOWN, told
from .effects import ACTS, BELOW, NOT_MEASURED, NOT_MODELLED, NULL, UNSEEN
from .system import ALWAYS, CONTACT, PATH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

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


def stepped(system: System, name: str, language: str) -> str:
    """Return what readers call a column of a system; of contact and path what they count."""
    if name not in {CONTACT, PATH}:
        return called(name, language)
    if system.meets:
        return str(WORDS[language]["met"][name])
    return " + ".join(called(each, language) for each in system.counts(name))


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


def compared(system: System, language: str) -> str:
    """Return what both sides are; empty if they are the baseline and the baseline without it."""
    return system.compares_nl if language == DUTCH else system.compares


def when(system: System, language: str) -> str:
    """Return from when, and until when, the baseline has a system."""
    words = WORDS[language]
    if not system.until:
        return str(words.get(system.since) or words["since"].format(since=system.since))
    between = words["to"] if system.since == ALWAYS else words["from_to"]
    return str(between.format(since=system.since, until=system.until))


def judgement(system: System, judged: Mapping[str, Any], language: str) -> str:
    """Return the verdict on a system in words, with the way in which it acts and with returns."""
    words = WORDS[language]
    says = [words["partly" if system.partly else judged["verdict"]]]
    says += [words[each] for each in ("by_construction", "only_in_returns") if judged[each]]
    if judged["returns"]:
        says.append(words["returns"][judged["returns"]])
    return "; ".join(says)


def short(system: System, judged: Mapping[str, Any], language: str) -> str:
    """Return the verdict on a system in few words: returns only where they move."""
    words = WORDS[language] | WORDS[language]["short"]
    way = [each for each in ("by_construction", "only_in_returns") if judged[each]]
    says = words[way[0] if way else "partly" if system.partly else judged["verdict"]]
    moved = WORDS[language]["short"].get(judged["returns"])
    return f"{says}; {moved}" if moved else str(says)


def count(judgements: Sequence[Mapping[str, Any]], language: str) -> str:
    """Return how many systems have each verdict, and in which way they act, as a sentence."""
    runs = [each for each in judgements if each["verdict"] not in {NOT_MODELLED, NOT_MEASURED}]
    of = Counter(each["verdict"] for each in runs)
    constructed = sum(each["by_construction"] for each in runs)
    return str(
        WORDS[language]["count"].format(
            rows=len(runs),
            left=len(judgements) - len(runs),
            acts=of[ACTS],
            measured=of[ACTS] - constructed,
            alone=sum(each["only_in_returns"] for each in runs),
            constructed=constructed,
            null=of[NULL],
            below=of[BELOW],
            moved=sum(each["returns"] != UNSEEN for each in runs),
        )
    )


def held(system: System, language: str) -> str:
    """Return in which years and at which scale a system is measured."""
    first, last = system.years
    return str(WORDS[language]["held"].format(first=first, last=last, scale=f"{system.scale:g}"))
