"""The closed list of units in which evidence is written.

A new unit is one new line here; a record with a unit that is not listed is
refused, so that `week` and `weeks` never stand side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .mistakes import did_you_mean

if TYPE_CHECKING:
    from .text import Language

UNITS: Final[dict[str, str]] = {
    # unit: how it reads in a sentence
    "1": "a pure number",
    "1/week": "per week",
    "1/year": "per year",
    "bool": "true or false",
    "count": "a count",
    "date": "a calendar date, or a year with decimals",
    "day": "days",
    "euro": "euro",
    "euro/day": "euro per day",
    "euro/person": "euro per person",
    "euro/week": "euro per week",
    "euro/year": "euro per year",
    "hour": "hours",
    "hour/week": "hours per week",
    "index": "an index without unit",
    "keuro/year": "thousands of euro per year",
    "log hazard": "natural logarithm of a weekly hazard",
    "log odds": "natural logarithm of odds",
    "log ratio": "natural logarithm of a ratio",
    "month": "months",
    "odds": "odds",
    "odds ratio": "a ratio of odds",
    "percent": "percent",
    "person": "persons",
    "person/week": "persons per week",
    "person/year": "persons per year",
    "ratio": "a ratio",
    "score": "standard scores",
    "share": "a share between 0 and 1",
    "share/year": "a share per year",
    "shares": "shares that sum to 1",
    "text": "a word",
    "week": "weeks",
    "year": "years",
}
DUTCH: Final[dict[str, str]] = {
    "1": "een getal zonder eenheid",
    "1/week": "per week",
    "1/year": "per jaar",
    "bool": "ja of nee",
    "count": "een aantal",
    "date": "een datum, of een jaar met decimalen",
    "day": "dagen",
    "euro": "euro",
    "euro/day": "euro per dag",
    "euro/person": "euro per persoon",
    "euro/week": "euro per week",
    "euro/year": "euro per jaar",
    "hour": "uren",
    "hour/week": "uren per week",
    "index": "een maat zonder eenheid",
    "keuro/year": "duizenden euro per jaar",
    "log hazard": "natuurlijke logaritme van een kans per week",
    "log odds": "natuurlijke logaritme van een kansverhouding (odds)",
    "log ratio": "natuurlijke logaritme van een verhouding",
    "month": "maanden",
    "odds": "kansverhouding (odds)",
    "odds ratio": "verhouding van twee kansverhoudingen (odds)",
    "percent": "procent",
    "person": "personen",
    "person/week": "personen per week",
    "person/year": "personen per jaar",
    "ratio": "een verhouding",
    "score": "standaardscores",
    "share": "een deel tussen 0 en 1",
    "share/year": "een deel per jaar",
    "shares": "delen die samen 1 zijn",
    "text": "een woord",
    "week": "weken",
    "year": "jaren",
}


def unit_in(unit: str, language: Language) -> str:
    """Return how a unit of the list reads in a language."""
    return UNITS[unit] if language == "en" else DUTCH[unit]


def known_unit(unit: str) -> str:
    """Return a unit if it is in the list.

    Raises
    ------
    ValueError
        If it is not in the list.
    """
    if unit not in UNITS:
        hint = did_you_mean(unit, UNITS)
        raise ValueError(f"{unit!r} is no known unit.{hint} Known: {', '.join(UNITS)}.")
    return unit
