"""The closed list of units in which evidence is written.

A new unit is one new line here; a record with a unit that is not listed is
refused, so that `week` and `weeks` never stand side by side.
"""

from __future__ import annotations

from typing import Final

from .mistakes import did_you_mean

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
    "share": "a share between 0 and 1",
    "share/year": "a share per year",
    "shares": "shares that sum to 1",
    "text": "a word",
    "week": "weeks",
    "year": "years",
}


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
