"""One outcome as it is reported: its name, its words, and the rows that it adds up."""

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
# families that are never shown alone
OF_LEAVING: Final = ("recorded", "true", "measures", "support", "after_return", "cohort")


@dataclass(frozen=True)
class Part:
    """Items of a yearly table that are added up."""

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
        The group of outcomes to which it belongs.
    counts : str
        What it counts, in one sentence.
    reads : str
        What a larger number says, and what it doesn't: no outcome is marked good or bad.
    part : Part
        The rows that are added up.
    over : Part, optional
        The rows by whose sum it is divided; missing where that sum is 0.
    times : float, optional
        Factor by which a ratio is multiplied.
    stock : bool, optional
        Whether it is counted at the end of a year. The value of a period is then that of its
        last year; otherwise it is the sum over its years, or the ratio of the sums.
    source : str, optional
        What asks for it, or the published table beside which it stands.
    rests_on : tuple of str, optional
        Records on whose values a difference by type of help rests; lists of outcomes show
        their grade.
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
    rests_on: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[str, ...]:
        """Return the one or two tables that it needs."""
        over = () if self.over is None else (self.over.table,)
        return tuple(dict.fromkeys((self.part.table, *over)))
