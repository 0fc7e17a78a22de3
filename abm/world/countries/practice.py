"""What is documented of countries of origin by day, and their neutral codes (ODD: Countries)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import Covariate
from ...errors import InputError
from ..calendar import week_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ...evidence.registry import Registry

LISTS: Final = ("rean", "hrt", "in_kind", "pilot")  # in the order of the shares
ROOM: Final = 256  # codes of countries fit in a byte
FROM_LISTS: Final = ("hrt", "in_kind")  # covariates that are lists of schemes, with their levers
DATED: Final = tuple(  # the others: those of the table `country_practice`
    each.name.lower() for each in Covariate if each.name.lower() not in FROM_LISTS
)


class CountryPractice:
    """The table `country_practice`, as it stood in each week.

    Parameters
    ----------
    countries : sequence of str
        Names in the order of their codes in a run.

    Raises
    ------
    InputError
        If the table names a country that is not there, or a day that is no date.
    """

    def __init__(self, registry: Registry, countries: Sequence[str]) -> None:
        table = registry.tables.frame("country_practice").sort_values("from_day", kind="stable")
        place = {name: index for index, name in enumerate(countries)}
        problems = [
            f"data/country_practice.csv: country {name!r} is unknown. Known: "
            f"{', '.join(sorted(countries))}."
            for name in dict.fromkeys(table["country"])
            if name not in place
        ]
        problems += [
            f"data/country_practice.csv: from_day = {day!r} is no date; write one like 2010-08-01."
            for day in dict.fromkeys(table["from_day"])
            if not _is_date(day)
        ]
        if problems:
            raise InputError(problems)
        values = np.zeros((len(countries), len(DATED)))
        self._weeks = [np.iinfo(np.int64).min]
        self._values = [values.copy()]
        for day, rows in table.groupby("from_day", sort=True):
            for country, covariate, value in rows[["country", "covariate", "value"]].itertuples(
                index=False
            ):
                values[place[country], DATED.index(covariate)] = value
            self._weeks.append(week_of(date.fromisoformat(str(day))))
            self._values.append(values.copy())

    def at(self, week: int) -> NDArray[np.float64]:
        """Return what is documented in a week.

        Parameters
        ----------
        week : int
            The week; a fact holds from the week that contains its day.

        Returns
        -------
        ndarray of float, shape (countries, 4)
            From 0 to 1, by `DATED`.
        """
        return self._values[int(np.searchsorted(self._weeks, week, side="right")) - 1]


def by_code(registry: Registry, countries: Sequence[str]) -> NDArray[np.intp]:
    """Return for each country of a run the place of its neutral code.

    Returns
    -------
    ndarray of intp, shape (countries,)
        `numbers[by_code]` puts numbers written under c01, c02 ... in the order of a run.

    Raises
    ------
    InputError
        If countries and codes do not match one to one.
    """
    coded = registry.tables.frame("country_codes")["country"].tolist()
    if sorted(coded) != sorted(countries):
        differ = sorted({*coded} ^ {*countries}) or sorted(
            {each for each in coded if coded.count(each) > 1}
        )
        raise InputError(
            f"data/country_codes.csv: {', '.join(differ)}: countries and codes must match one to "
            "one; correct the table."
        )
    return np.array([coded.index(each) for each in countries], dtype=np.intp)


def _is_date(day: str) -> bool:
    """Return whether a text is a day such as 2010-08-01."""
    try:
        date.fromisoformat(str(day))
    except ValueError:
        return False
    return True
