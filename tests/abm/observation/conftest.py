"""Events and weeks written by hand, outcomes of hand-made rows, and one short run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.observation.catalogue import observe
from terugkeer.abm.observation.events import Events
from terugkeer.abm.observation.outcomes import outcomes
from terugkeer.abm.runs.simulate import simulate
from terugkeer.abm.world.calendar import first_week, monday
from terugkeer.abm.world.events import Event, EventLog, Mark
from terugkeer.abm.world.ledgers.accounts import Accounts
from terugkeer.abm.world.ledgers.circumstances import Circumstances
from terugkeer.abm.world.scenario import Scenario
from terugkeer.agents import codes, traits
from terugkeer.agents.rules import after_return

if TYPE_CHECKING:
    from collections.abc import Callable

    from terugkeer.abm.runs.result import RunResult

    from tests.abm.observation.hand_made import Tell

ENUMS: dict[str, Any] = {
    "phase": codes.LegalPhase,
    "place": codes.Place,
    "to_place": codes.Place,
    "outcome": codes.Outcome,
    "destination": codes.Destination,
    "helper": codes.Organisation,
    "referred_by": codes.Organisation,
    "reason": codes.Reason,
    "payer": codes.Payer,
    "part_of_help": codes.PartOfHelp,
    "reading": codes.Reading,
}
NUMBERS = ("scheme", "met", "since_contact", "talks", "step_of_method")
TRAITS: dict[str, Any] = {
    "background": codes.Background,
    "origin_group": codes.OriginGroup,
    "household_kind": codes.Household,
    "route": codes.Route,
    "track": codes.Track,
}


def _danger(row: dict[str, Any]) -> np.ndarray[Any, Any]:
    """Pack the bands of real and believed danger."""
    bands = [codes.Danger[str(row.get(key, "none")).upper()] for key in ("real", "believed")]
    return after_return.pack_danger(*np.array(bands, dtype=np.uint8).reshape(2, 1))


def _fared(row: dict[str, Any]) -> np.ndarray[Any, Any]:
    """Pack how a return went: levels, the whole, thinking of leaving, plan and help."""
    levels = [codes.Embeddedness[each.upper()] for each in row.get("levels", ["none"] * 3)]
    went = codes.Went[str(row.get("went", "none")).upper()]
    plan = codes.Plan[str(row.get("plan", "none")).upper()]
    had = [codes.label(each) in row.get("had", ()) for each in codes.Help]
    packed = after_return.pack([levels], [went], [bool(row.get("thinks", False))])
    return np.asarray(packed | after_return.pack_help([plan], [had]))


@pytest.fixture(scope="session")
def happen() -> Callable[..., Events]:
    """Write events in labels, through the model's own log."""

    def write(*rows: dict[str, Any], judged: bool = True) -> Events:
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
                danger=_danger(row),
                fared=_fared(row),
                **{name: ENUMS[name][row[name].upper()] for name in ENUMS if name in row},
                **{name: int(row[name]) for name in NUMBERS if name in row},
            )
        return Events(log)

    return write


@pytest.fixture(scope="session")
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


@pytest.fixture(scope="session")
def nothing(live: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    """The yearly rows of 2011 and 2012 of a run in which nothing happens."""
    log = EventLog(judged=True)
    return observe(
        log,
        live(),
        2011,
        2012,
        1.0,
        circumstances=Circumstances(first_week(2011), 104).frame(1.0),
        spending=Accounts(1).frame(log),
    )


@pytest.fixture
def told(nothing: pd.DataFrame) -> Tell:
    """Tell outcomes of 2012, of a run in which only what is given was counted."""

    def tell(*names: str, **tables: dict[str, float]) -> dict[str, float]:
        rows = nothing.set_index(["year", "table", "item", "group"])["persons"].copy()
        for table, items in tables.items():
            for item, persons in items.items():
                assert (2012, table, item, "all") in rows.index
                rows[2012, table, item, "all"] = persons
        found = outcomes(rows.reset_index(), names)
        found = found[(found["group"] == "all") & (found["period"] == "2012")]
        values = dict(zip(found["outcome"], found["value"], strict=True))
        return {name: values[name] for name in names}

    return tell


@pytest.fixture(scope="session")
def run() -> RunResult:
    """Two years of the model in large steps, for what no hand-made case shows."""
    return simulate(
        Scenario("test"), seed=1, scale=500.0, first_year=2011, last_year=2012, registry=registry()
    )
