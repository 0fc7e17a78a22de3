"""Stand-ins for the model that answer to what they are set to, in a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from terugkeer.abm.runs.result import RunResult
from terugkeer.abm.world.events import EventLog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from terugkeer.abm.world.scenario import Scenario

CASH_FROM, CASH_TO = 0, 8000
PERSONS = 1000.0
CHANCE = 20.0  # standard deviation over seeds, persons
COMMON = ["--scale", "400", "--from", "2012", "--to", "2012", "--workers", "1"]
FACTORS = "assistance_cash_adult,night_shelter_capacity"


def asked(method: str, out: Path, *more: str, factors: str = FACTORS) -> list[str]:
    """Return a command line of an analysis of one small year."""
    return [method, "--factors", factors, *COMMON, "--out", str(out), *more]


def values_of(scenario: Scenario) -> dict[str, object]:
    """Return what a run is set to."""
    return {each.target: each.value for each in scenario.entries}


def straight(values: dict[str, object]) -> float:
    """Rise with the cash, unless one household rule turns it."""
    u = (float(str(values.get("assistance_cash_adult", 1750))) - CASH_FROM) / (CASH_TO - CASH_FROM)
    sign = -1.0 if values.get("household") == "veto" else 1.0
    return 0.5 + 0.3 * sign * (u - 0.5) + 0.1 * (values.get("rule_of_in_kind") == "stacked")


def responding(
    response: Callable[[dict[str, object]], float], chance: float = CHANCE
) -> Callable[..., RunResult]:
    """Return a stand-in whose weeks are already the rows that a run would keep."""

    def simulate(
        scenario: Scenario, *, seed: int, scale: float, first_year: int, last_year: int, **_: object
    ) -> RunResult:
        rng = np.random.default_rng(seed)
        luck = rng.normal(0.0, chance, 3)
        level = response(values_of(scenario))
        persons = {
            ("dtv_caseload_outflow", "independent"): PERSONS * level + luck[0],
            ("dtv_caseload_outflow", "forced"): 500.0,
            ("dtv_caseload_outflow", "unobserved"): 2000.0,
            ("dtv_caseload_outflow", "permit"): 300.0,
            ("dtv_caseload_outflow", "other"): 200.0,
            ("weeks_lived", "without_stable_shelter"): 4e4 - 1e4 * level + 0.5 * luck[1] ** 2,
            ("year_end", "out_of_sight"): 9e3,
            **{
                ("returns_into_danger", f"{way}:real_high"): 50.0
                for way in ("independent", "forced", "unobserved")
            },
            ("voluntariness_of_adults", "adults"): PERSONS * (level > 0.0),
            ("voluntariness_of_adults", "all_three"): PERSONS * level + luck[2],
        }
        rows = pd.DataFrame(
            [(first_year, table, item, "all", value) for (table, item), value in persons.items()],
            columns=["year", "table", "item", "group", "persons"],
        )
        return RunResult(scenario.name, seed, scale, first_year, last_year, EventLog(), rows, {}, 1)

    return simulate
