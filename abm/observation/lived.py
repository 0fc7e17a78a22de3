"""How persons lived in the Netherlands: their weeks, and where they were at the end of the year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ...agents.places import HELD, HIDDEN, UNSHELTERED
from .items import same
from .observer import DIMENSIONS, Observed, Observer, Units, nobody_weighs, within

if TYPE_CHECKING:
    from numpy.typing import NDArray

LIVED: Final = "weeks_lived"
YEAR_END: Final = "year_end"
NEEDS_WEIGHING: Final = ("poor_mental", "apart_from_kin")
LIVED_ITEMS: Final = (
    "all",
    "out_of_sight",
    "without_stable_shelter",
    "held",
    *NEEDS_WEIGHING,
    "adults",
    "children",
    "children_out_of_sight",
    "children_without_stable_shelter",
    "children_held",
)
YEAR_END_ITEMS: Final = ("file_open", "out_of_sight", "children_out_of_sight", "in_procedure")


def _masks(lived: pd.DataFrame) -> dict[str, NDArray[np.bool_]]:
    """Return which rows of the circumstances stand under which item."""
    minor, with_file = lived["minor"].to_numpy(), lived["with_file"].to_numpy()
    found = {
        "all": np.ones(len(lived), dtype=np.bool_),
        "file_open": with_file,
        "out_of_sight": within(lived["place"], HIDDEN) & ~with_file,
        "without_stable_shelter": within(lived["place"], UNSHELTERED),
        "held": within(lived["place"], HELD),
        "poor_mental": lived["poor_mental"].to_numpy() & ~minor,
        "apart_from_kin": lived["apart"].to_numpy(),
        "adults": ~minor,
        "children": minor,
    }
    found["in_procedure"] = ~found["file_open"] & ~found["out_of_sight"]
    for item in ("out_of_sight", "without_stable_shelter", "held"):
        found[f"children_{item}"] = found[item] & minor
    return found


def _counted(observed: Observed, items: tuple[str, ...], column: str) -> list[Units]:
    lived = observed.circumstances
    if lived is None:
        return []
    year, value, masks = lived["year"].to_numpy(), lived[column].to_numpy(), _masks(lived)
    groups = {
        name: pd.Categorical(lived[name], categories=list(groups)).codes
        for name, groups in DIMENSIONS.items()
    }

    def units(item: str) -> Units:
        rows = masks[item]
        return Units(
            year[rows],
            same(item, int(rows.sum())),
            lambda split: groups[split][rows],
            value[rows],
        )

    return [units(item) for item in items]


def _cannot_tell(items: tuple[str, ...], observed: Observed) -> tuple[str, ...]:
    if observed.circumstances is None:
        return items
    return NEEDS_WEIGHING if nobody_weighs(observed) and "all" in items else ()


LIVED_TABLES: Final = (
    Observer(
        table=LIVED,
        items=LIVED_ITEMS,
        population="all persons of the model in the Netherlands, also those in an asylum procedure",
        unit="person_week",
        year_rule="year of the week",
        rounding=0,
        blind_spots=(
            "A week counts under every item that holds for the person, so the items do not add up. "
            "Out of sight: in a private network, on the street or in night shelter, with no file "
            "open. Poor mental health counts adults only, below an assumed line on a scale of the "
            "model's own. Apart from kin: kin at origin want the household back. A child was under "
            "18 at entry."
        ),
        source="own (ODD: Observation; glossary: stable shelter, hidden)",
        count=lambda observed: _counted(observed, LIVED_ITEMS, "person_weeks"),
        dimensions=DIMENSIONS,
        cannot_tell=lambda observed: _cannot_tell(LIVED_ITEMS, observed),
    ),
    Observer(
        table=YEAR_END,
        items=YEAR_END_ITEMS,
        population="all persons of the model in the Netherlands, also those in an asylum procedure",
        unit="person",
        year_rule="last week of the year",
        rounding=0,
        blind_spots=(
            "Persons with a file open, out of sight, and in procedure without a file add up to all "
            "who live here. Persons out of sight either entered in the model's years or belong to "
            "the older hidden persons, whose number is a prior and most of whom are never seen "
            "again."
        ),
        source="own (ODD: Observation)",
        count=lambda observed: _counted(observed, YEAR_END_ITEMS, "at_end"),
        dimensions=DIMENSIONS,
        cannot_tell=lambda observed: _cannot_tell(YEAR_END_ITEMS, observed),
    ),
)
