"""One outcome as it is reported: its name, its words, and the rows that it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Family = Literal[
    "recorded",
    "true",
    "voluntariness",
    "harm",
    "measures",
    "support",
    "after_return",
    "cohort",
    "spending",
]
Unit = Literal[
    "closing",
    "person",
    "person-week",
    "week per person-year",
    "share",
    "household",
    "measure",
    "application",
    "euro",
]
# families never shown alone
OF_LEAVING: Final = ("recorded", "true", "measures", "support", "after_return", "cohort")


@dataclass(frozen=True)
class Part:
    """Rows of a yearly table that are added up.

    Parameters
    ----------
    table : str
        Name of the table.
    items : tuple of str
        Its items.
    """

    table: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class ReportedOutcome:
    """One outcome.

    Parameters
    ----------
    id : str
        Its name, in lower case with underscores. A name once given stays.
    label, label_nl : str
        What tables and figures call it, in English and in Dutch.
    unit : str
        In what it is counted.
    family : str
        Where it belongs among outcomes.
    counts : str
        What it counts, in one sentence.
    reads : str
        What a larger number says, and what it doesn't: no outcome is marked good or bad.
    part : Part
        The rows that are added up.
    over : Part, optional
        The rows by whose sum they are divided; missing where that is 0.
    times : float, optional
        By what a ratio is multiplied.
    stock : bool, optional
        Whether it is counted at the end of a year, so that a period has that of its last
        year. Otherwise a period has the sum, and a ratio that of the sums.
    source : str, optional
        Where it is asked for, or what published table it stands beside.
    """

    id: str
    label: str
    label_nl: str
    unit: Unit
    family: Family
    counts: str
    reads: str
    part: Part
    over: Part | None = None
    times: float = 1.0
    stock: bool = False
    source: str = "own (ODD: Observation)"

    @property
    def tables(self) -> tuple[str, ...]:
        """Return the tables that it needs.

        Returns
        -------
        tuple of str
            One or two names.
        """
        over = () if self.over is None else (self.over.table,)
        return tuple(dict.fromkeys((self.part.table, *over)))
