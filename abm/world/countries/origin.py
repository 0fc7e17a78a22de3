"""Conditions in countries of origin, from published indicators by country and year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from ....agents.codes import OriginGroup
from ....agents.rules.beliefs import pooled, scaled
from ..values import Derived

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from ...evidence.registry import Registry
    from ..values import Values

STABILITY: Final = "political_stability"
LAW: Final = "rule_of_law"
EFFECTIVENESS: Final = "government_effectiveness"
DEVELOPMENT: Final = "human_development_index"


class Conditions(NamedTuple):
    """Conditions in countries of origin in one year: from 0 to 1, by code of the country."""

    safety: NDArray[np.float64]
    livelihood: NDArray[np.float64]
    institutions: NDArray[np.float64]


class OriginConditions:
    """Safety, livelihood and institutions of countries of origin.

    Safety is the mean of scaled political stability and rule of law, livelihood
    the scaled human development index, institutions the scaled effectiveness of
    government. A year without a value takes that of the last year that has one.
    Each country is pulled toward the mean of its origin group; a country without
    a value, and the other countries of a group, have that mean. `groups` holds the
    `OriginGroup` of each of the `countries`.
    """

    def __init__(
        self, registry: Registry, countries: Sequence[str], groups: NDArray[np.uint8]
    ) -> None:
        table = registry.tables.frame("origin_conditions.csv")
        self._groups = np.asarray(groups)
        self._first, self._last = int(table["year"].min()), int(table["year"].max())
        self._indicators = {
            name: _by_year_and_country(table, name, countries)
            for name in (STABILITY, LAW, EFFECTIVENESS, DEVELOPMENT)
        }
        self._made: Derived[dict[int, Conditions]] = Derived(lambda _now: {})

    def at(self, year: int, now: Values) -> Conditions:
        """Return the conditions of a year.

        Parameters
        ----------
        year : int
            A year; outside the years of the table its first or last year holds.

        Returns
        -------
        Conditions
            Three arrays of shape (countries,), inside [0, 1].
        """
        made = self._made.at(now)
        if year not in made:
            made[year] = self._of_year(year, now)
        return made[year]

    def _of_year(self, year: int, now: Values) -> Conditions:
        row = min(max(year, self._first), self._last) - self._first
        raw = {name: values[row] for name, values in self._indicators.items()}
        governance, development = now.vector("governance_limits"), now.vector("development_limits")
        stability, law, effectiveness = (
            scaled(raw[name], *governance) for name in (STABILITY, LAW, EFFECTIVENESS)
        )
        weight = now.number("origin_country_weight")
        safety, livelihood, institutions = (
            self._toward_group(values, weight)
            for values in (
                (stability + law) / 2,
                scaled(raw[DEVELOPMENT], *development),
                effectiveness,
            )
        )
        return Conditions(
            np.clip(safety + now.number("origin_safety_change"), 0.0, 1.0),
            np.clip(livelihood + now.number("origin_livelihood_change"), 0.0, 1.0),
            institutions,
        )

    def _toward_group(self, values: NDArray[np.float64], weight: float) -> NDArray[np.float64]:
        """Return values pulled toward the mean of the origin group; that mean where NaN."""
        means = np.array([np.nanmean(values[self._groups == group]) for group in OriginGroup])
        mean = means[self._groups]
        return np.where(np.isnan(values), mean, pooled(values, mean, weight))


def _by_year_and_country(
    table: pd.DataFrame, indicator: str, countries: Sequence[str]
) -> NDArray[np.float64]:
    """Return an indicator by year and country: the last known value, or NaN."""
    by_country = table.pivot_table(
        index="year", columns="country", values=indicator, dropna=False
    ).ffill()
    return np.asarray(by_country.reindex(columns=list(countries)), dtype=np.float64)
