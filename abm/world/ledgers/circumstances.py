"""The yearly record of circumstances: how persons lived, in weeks, and how at the year's end.

The weekly table by place and phase does not show whose weeks they are. This one tells apart
children, persons in poor mental health, and persons whom kin at origin want back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ....agents import codes
from ....agents.traits import FIELDS
from ..calendar import year_of

if TYPE_CHECKING:
    from enum import IntEnum

    from numpy.typing import NDArray

    from ..state import World

_FAMILY: Final = FIELDS["family"][0]  # the bit of `minor` follows it
# what the table tells apart, with the number of values
CELLS: Final = {
    "family_and_minor": 4,
    "origin_group": len(codes.OriginGroup),
    "background": len(codes.Background),
    "spell_open": 2,
    "poor_mental": 2,
    "apart": 2,
    "place": len(codes.Place),
}
_SIZE: Final = int(np.prod(list(CELLS.values())))
COLUMNS: Final = (
    "year",
    "place",
    "minor",
    "poor_mental",
    "apart",
    "with_file",
    "background",
    "origin_group",
    "household",
    "person_weeks",
    "at_end",
)


class Circumstances:
    """Counts persons who live in the Netherlands, in each year."""

    def __init__(self, first_week: int, weeks: int) -> None:
        self._years = sorted({year_of(week) for week in range(first_week, first_week + weeks)})
        shape = (len(self._years), _SIZE)
        self._weeks = np.zeros(shape, dtype=np.int64)
        self._end = np.zeros(shape, dtype=np.int64)
        self._row = 0

    def __call__(self, world: World) -> None:
        """Count the persons of a week; the last week counted of a year stands for its end."""
        people = world.people
        cell = ((people.traits >> np.int32(_FAMILY)) & np.int32(3)).astype(np.uint16)
        line = np.float32(world.now.number("poor_mental_below"))
        columns: tuple[NDArray[np.uint8 | np.bool_], ...] = (
            people.origin_group,
            people.background,
            people.spell_open,
            people.mental < line,
            people.wanted_at_home,
            people.place,
        )
        for column, size in zip(columns, list(CELLS.values())[1:], strict=True):
            cell *= np.uint16(size)
            cell += column
        counts = np.bincount(cell, minlength=_SIZE)
        self._row = row = self._years.index(year_of(world.week))
        self._weeks[row] += counts
        self._end[row] = counts

    def present(self) -> NDArray[np.int64]:
        """Return simulated persons in the Netherlands in the last week counted.

        Returns
        -------
        ndarray of int64, shape (2, 2, places)
            By minor at entry, file open, and `Place`; 0 at the origin.
        """
        return _by_minor_file_and_place(self._end[self._row])

    def lived(self, first_year: int) -> NDArray[np.int64]:
        """Return person-weeks of simulated persons in the Netherlands from a year on.

        Returns
        -------
        ndarray of int64, shape (2, 2, places)
            As in `present`.
        """
        rows = [row for row, year in enumerate(self._years) if year >= first_year]
        return _by_minor_file_and_place(self._weeks[rows].sum(axis=0))

    def frame(self, scale: float) -> pd.DataFrame:
        """Return the yearly table of circumstances.

        Returns
        -------
        pandas.DataFrame
            Columns `COLUMNS`: `person_weeks` in the year, and persons `at_end`, in its last
            week so far; in real persons. `apart` means that kin at origin want the household
            back. Persons who have returned and empty combinations are left out.
        """
        at_home = np.arange(_SIZE) % len(codes.Place) == codes.Place.ORIGIN
        year, cell = np.nonzero((self._weeks > 0) & ~at_home)
        values = dict(zip(CELLS, np.unravel_index(cell, tuple(CELLS.values())), strict=True))
        family = values["family_and_minor"]

        def named(name: str, enum: type[IntEnum]) -> pd.Categorical[str]:
            labels = pd.Index([codes.label(code) for code in enum])
            return pd.Categorical.from_codes(values[name], labels)

        found = {
            "year": np.array(self._years, dtype=np.int64)[year],
            "place": named("place", codes.Place),
            "minor": (family & 2) > 0,
            "poor_mental": values["poor_mental"] > 0,
            "apart": values["apart"] > 0,
            "with_file": values["spell_open"] > 0,
            "background": named("background", codes.Background),
            "origin_group": named("origin_group", codes.OriginGroup),
            "household": np.where((family & 1) > 0, "family", "no_family"),
            "person_weeks": self._weeks[year, cell] * scale,
            "at_end": self._end[year, cell] * scale,
        }
        return pd.DataFrame(found, columns=list(COLUMNS))


def _by_minor_file_and_place(cells: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return counts by cell summed over what is not asked for: shape (2, 2, places)."""
    sizes = list(CELLS.values())
    counts = cells.reshape(2, 2, *sizes[1:])  # the first cell holds minor, then family
    counts = counts.sum(axis=(1, 2, 3, 5, 6))
    counts[..., codes.Place.ORIGIN] = 0  # persons who have left the model stand there as well
    return np.asarray(counts)
