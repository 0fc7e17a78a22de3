"""Sentences of the study of money: what each change moves, through which step, and why not.

The texts stand in `told.toml`. All numbers come from the table, and so do the words *more*,
*fewer* and *no difference seen*.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from terugkeer.agents.rules.assistance import MONEY, STACKING
from terugkeer.experiments.reports.paired import told

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import pandas as pd

    Row = Mapping[Hashable, Any]

TEXTS: Final = Path(__file__).with_name("told.toml")
_MONEY: Final = "|".join(MONEY)
_STACKING: Final = "|".join(STACKING)
ASKED: Final = re.compile(
    rf"\{{(?P<outcome>\w+(?::(?!{_MONEY})\w+)*)(?::(?P<money>{_MONEY}))?"
    rf"(?::(?P<stacking>{_STACKING}))?\}}"
)
VALUE: Final = re.compile(r"\{value (?P<name>\w+)\}")
UNITS: Final[Mapping[str, float]] = {"spending_total": 1e6}  # million euro
DEFAULT: Final = ("eases", "diminishing")  # the readings of the baseline


class Found:
    """The table of the study, to ask for one difference in words.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of the study, with columns `change, money, stacking, outcome, mean, low, high`.
    """

    def __init__(self, table: pd.DataFrame) -> None:
        names = ["change", "money", "stacking", "outcome"]
        self._rows = {
            tuple(str(row[name]) for name in names): row for row in table.to_dict("records")
        }

    def row(self, change: str, outcome: str, readings: tuple[str, str] = DEFAULT) -> Row:
        """Return the row of an outcome under a change and a pair of readings."""
        return self._rows[change, *readings, outcome]

    def filled(self, change: str, text: str) -> str:
        """Return a text in which `{outcome:money:stacking}` is told in words.

        Readings that are left out are those of the baseline.

        Raises
        ------
        KeyError
            If the table has no such row.
        """

        def of(asked: re.Match[str]) -> str:
            outcome, money, stacking = asked["outcome"], asked["money"], asked["stacking"]
            readings = money or DEFAULT[0], stacking or DEFAULT[1]
            return told(self.row(change, outcome, readings), UNITS.get(outcome, 1.0))

        return ASKED.sub(of, text)


class Text(NamedTuple):
    """What the page says of a change.

    Parameters
    ----------
    text : str
        With places for differences.
    rests_on : dict of str to str
        Differences that the text takes for granted, and the word with which each is told.
    """

    text: str
    rests_on: dict[str, str]

    def of(self, change: str, found: Found, values: Mapping[str, Any]) -> str:
        """Return the text with the numbers of the table.

        Parameters
        ----------
        change : str
            The change that it is about.
        found : Found
            The table.
        values : mapping
            What the change sets, for `{value NAME}`.

        Raises
        ------
        ValueError
            If the table no longer says what the text rests on: the text must be written anew.
        """
        for asked, word in self.rests_on.items():
            told_now = found.filled(change, asked)
            if word not in told_now:
                raise ValueError(f"{TEXTS.name}, {change}: {asked} is {told_now}, not {word}")
        text = VALUE.sub(lambda name: _plain(values[name["name"]]), self.text)
        return found.filled(change, text)


def _plain(value: float | tuple[float, ...]) -> str:
    """Return a value as text; of equal values in a row, one."""
    one = value[0] if isinstance(value, tuple) else value
    return f"{one:,}"


def texts() -> dict[str, Text]:
    """Return the text on each change."""
    with TEXTS.open("rb") as file:
        listed = tomllib.load(file)
    return {
        change: Text(
            each["text"].strip(),
            {asked: group["word"] for group in each["rests_on"] for asked in group["told"]},
        )
        for change, each in listed.items()
    }
