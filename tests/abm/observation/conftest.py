from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.world.calendar import first_week, monday
from terugkeer.abm.world.events import Event, EventLog, Mark
from terugkeer.agents import codes, traits

if TYPE_CHECKING:
    from collections.abc import Callable

ENUMS: dict[str, Any] = {
    "phase": codes.LegalPhase,
    "place": codes.Place,
    "to_place": codes.Place,
    "outcome": codes.Outcome,
    "destination": codes.Destination,
}
TRAITS: dict[str, Any] = {
    "background": codes.Background,
    "origin_group": codes.OriginGroup,
    "household_kind": codes.Household,
    "route": codes.Route,
    "track": codes.Track,
}


@pytest.fixture
def happen() -> Callable[..., pd.DataFrame]:
    """Write events in labels, through the model's own log."""

    def write(*rows: dict[str, Any], judged: bool = True) -> pd.DataFrame:
        log = EventLog(judged=judged)
        for number, given in enumerate(rows):
            row = {"year": 2012, "person": 16 * number, **given}
            packed = {
                name: np.array([TRAITS[name][str(row.get(name, "")).upper()] if name in row else 0])
                for name in TRAITS
            }
            flags = {
                name: np.array([int(row.get(name, False))])
                for name in ("dublin", "family", "minor", "female")
            }
            marks = sum(Mark[m.upper()] for m in row.get("marks", ()))
            log.append(
                first_week(row["year"]) + row.get("after", 10),
                Event[row["kind"].upper()],
                np.array([row["person"]]),
                traits=traits.pack({**packed, **flags, "country": np.array([0])}),
                marks=marks,
                weeks=row.get("weeks", 0),
                **{name: ENUMS[name][row[name].upper()] for name in ENUMS if name in row},
            )
        return log.frame(["Nowhere"])

    return write


@pytest.fixture
def live() -> Callable[..., pd.DataFrame]:
    """Write weekly rows as (year, weeks after its first, place, persons)."""

    def write(*rows: tuple[int, int, str, int]) -> pd.DataFrame:
        weeks = [first_week(year) + after for year, after, _, _ in rows]
        return pd.DataFrame(
            {
                "week": np.array(weeks, dtype=int),
                "date": pd.to_datetime([monday(week) for week in weeks]),
                "place": pd.Series([row[2] for row in rows], dtype=object),
                "phase": "obliged",
                "population": "known",
                "persons": np.array([row[3] for row in rows], dtype=int),
            }
        )

    return write
