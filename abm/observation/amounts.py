"""Numbers of outcomes in words: persons, weeks, euros, percentage points; English and Dutch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..evidence.text import Language
    from .reported import Unit

MILLION: Final = 1_000_000.0
PERCENT: Final = 100.0
SHARE: Final = "share"
PER_YEAR: Final = "week per person-year"
EURO: Final = "euro"
# in the plural also for 1, so that every number reads alike
NOUNS: Final[Mapping[Unit, tuple[str, str]]] = {
    "closing": ("files", "dossiers"),
    "person": ("persons", "personen"),
    "person-week": ("weeks", "weken"),
    "week per person-year": ("weeks a year", "weken per jaar"),
    "share": ("percentage points", "procentpunt"),
    "household": ("households", "huishoudens"),
    "measure": ("cases", "gevallen"),
    "application": ("applications", "aanvragen"),
    "euro": ("million euro", "miljoen euro"),
}


def noun(unit: Unit, language: Language) -> str:
    """Return what a difference is counted in.

    Parameters
    ----------
    unit : str
        Unit of an outcome.
    """
    return NOUNS[unit][language == "nl"]


def lesser(unit: Unit, language: Language) -> str:
    """Return the word for a difference below 0.

    Parameters
    ----------
    unit : str
        Unit of an outcome.
    """
    if language == "nl":
        return "minder"
    return "less" if unit in {SHARE, EURO, PER_YEAR} else "fewer"


def amount(value: float, unit: Unit, language: Language) -> str:
    """Return the size of a difference, without its sign, as a reader of the language writes it.

    Parameters
    ----------
    value : float
        The difference, in the unit of its outcome.
    unit : str
        That unit.

    Returns
    -------
    str
        Percentage points and million euros with one decimal, weeks a year with two, else a
        whole number with its thousands apart.
    """
    factor, decimals = {SHARE: (PERCENT, 1), EURO: (1.0 / MILLION, 1), PER_YEAR: (1.0, 2)}.get(
        unit, (1.0, 0)
    )
    text = f"{abs(value) * factor:,.{decimals}f}"
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))


def signed(value: float, unit: Unit, language: Language = "en") -> str:
    """Return a difference with its sign.

    Parameters
    ----------
    value : float
        The difference, in the unit of its outcome.
    unit : str
        That unit.
    language : {"en", "nl"}, optional
        English or Dutch.

    Returns
    -------
    str
        As `amount`, after a plus or a minus; 0 has a plus.
    """
    text = amount(value, unit, language)
    some = any(digit in "123456789" for digit in text)
    return ("-" if value < 0.0 and some else "+") + text


def level_of(value: float, unit: Unit, language: Language) -> str:
    """Return a level: what a difference stands on.

    Parameters
    ----------
    value : float
        The level, in the unit of its outcome.
    unit : str
        That unit.

    Returns
    -------
    str
        As `amount`, with `%` where the difference is told in percentage points, and with the
        noun where it is told in money.
    """
    text = amount(value, unit, language)
    after = {SHARE: " %", EURO: f" {noun(EURO, language)}"}
    return text + after.get(unit, "")
