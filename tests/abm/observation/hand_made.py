"""Events of one person in a line, and how one table counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from terugkeer.abm.observation.catalogue import OBSERVERS
from terugkeer.abm.observation.observer import Observed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from terugkeer.abm.observation.events import Events
    from terugkeer.abm.observation.observer import Observer

    Happen = Callable[..., Events]
    Live = Callable[..., pd.DataFrame]
    Tell = Callable[..., dict[str, float]]

BY_TABLE: Final = {observer.table: observer for observer in OBSERVERS}
HERE: Final = {"destination": "netherlands"}


def opened(person: int, place: str = "azc", **more: object) -> dict[str, Any]:
    return {"kind": "opened", "person": person, "place": place, "after": 1, **more}


def closed(person: int, outcome: str, **more: object) -> dict[str, Any]:
    destination = {"permit": "permit", "other": "other"}.get(outcome, "origin")
    return {
        "kind": "closed",
        "person": person,
        "outcome": outcome,
        "destination": destination,
        **more,
    }


def moved(person: int, place: str, to_place: str, **more: object) -> dict[str, Any]:
    return {"kind": "moved", "person": person, "place": place, "to_place": to_place, **more}


def left(person: int, outcome: str = "independent", **more: object) -> dict[str, Any]:
    return {**closed(person, outcome), "kind": "left", "to_place": "origin", **more}


def rows_of(
    table: str | Observer,
    events: Events,
    scale: float = 1.0,
    undecided: Mapping[int, float] | None = None,
    **seen: pd.DataFrame,
) -> pd.DataFrame:
    """Count one table from 2011 to 2013."""
    observer = BY_TABLE[table] if isinstance(table, str) else table
    weekly = seen.pop("weekly", pd.DataFrame())
    return observer.rows(Observed(events, weekly, scale, undecided=undecided, **seen), 2011, 2013)


def counts(
    table: str | Observer,
    events: Events,
    scale: float = 1.0,
    group: str = "all",
    undecided: Mapping[int, float] | None = None,
    **seen: pd.DataFrame,
) -> dict[tuple[int, str], float]:
    """Return the years and items of a table in which something is counted."""
    rows = rows_of(table, events, scale, undecided, **seen)
    rows = rows[(rows["group"] == group) & (rows["persons"] != 0)]
    return {(r.year, r.item): r.persons for r in rows.itertuples() if not np.isnan(r.persons)}


def in_2012(table: str | Observer, events: Events, scale: float = 1.0) -> dict[str, float]:
    """Return the items of a table in which something is counted in 2012, and nothing beside."""
    found = counts(table, events, scale)
    assert {year for year, _ in found} <= {2012}
    return {item: persons for (_, item), persons in found.items()}
