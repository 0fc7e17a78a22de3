"""Lists of countries whose nationals may have a scheme, by day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from ..calendar import week_of
from ..countries.practice import LISTS, ROOM, by_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ...evidence.registry import Registry
    from ..values import Values

CHANGES: Final = {  # records that a policy changes lists by: 1 puts a country on, -1 takes it off
    "rean": "list_change_rean",
    "hrt": "list_change_hrt",
    "in_kind": "list_change_in_kind",
}
COLUMNS: Final = ["scheme", "country", "share", "share_dublin"]
EVERYBODY: Final = np.ones((len(LISTS), 2, ROOM))  # lists, Dublin claimant or not, countries


class SchemeLists:
    """The lists of the table `scheme_countries`, as they stood on each day.

    Raises
    ------
    ValueError
        If a list leaves out a country on its first day.
    """

    def __init__(self, registry: Registry, countries: Sequence[str]) -> None:
        table = registry.tables.frame("scheme_countries").sort_values("from_day", kind="stable")
        code = {name: index for index, name in enumerate(countries)}
        shares = np.full((len(LISTS), 2, len(countries)), np.nan)
        self.weeks: list[int] = []  # in which lists change
        self._shares: list[NDArray[np.float64]] = []
        for day, rows in table.groupby("from_day", sort=True):
            for scheme, country, *both in rows[COLUMNS].itertuples(index=False):
                shares[LISTS.index(scheme), :, code[country]] = both
            self.weeks.append(week_of(date.fromisoformat(str(day))))
            self._shares.append(shares.copy())
        self._codes = by_code(registry, countries)
        if np.isnan(self._shares[0]).any():
            raise ValueError("scheme_countries: a list leaves out a country on its first day")

    def at(self, week: int, now: Values) -> NDArray[np.float64]:
        """Return the share of each country's nationals who are on each list.

        The shares are 1 for everybody if the record `country_lists` is false, and 0 for Dublin
        claimants if `dublin_claimants_eligible` is false. In between, a policy may put countries
        on a list or take them off (`list_change_rean`, `list_change_hrt`, `list_change_in_kind`).

        Parameters
        ----------
        week : int
            The week; a list holds from the week that contains its day.

        Returns
        -------
        ndarray of float, shape (4, 2, countries)
            Shares from 0 to 1 by list, for others and for Dublin claimants.
        """
        if not now.flag("country_lists"):
            found = EVERYBODY
        else:
            found = self._shares[max(int(np.searchsorted(self.weeks, week, side="right")) - 1, 0)]
            found = self._changed(found, now)
        if now.flag("dublin_claimants_eligible"):
            return found
        return np.asarray(found * np.array([1.0, 0.0])[:, np.newaxis])

    def _changed(self, shares: NDArray[np.float64], now: Values) -> NDArray[np.float64]:
        """Return shares with the countries that a policy puts on a list or takes off."""
        changes = np.zeros((len(LISTS), 1, len(self._codes)))
        for scheme, name in CHANGES.items():
            changes[LISTS.index(scheme), 0] = now.vector(name)[self._codes]
        return np.where(changes > 0.0, 1.0, np.where(changes < 0.0, 0.0, shares))
