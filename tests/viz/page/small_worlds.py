"""Worlds of few persons, lived once and shared: no test may change what they give."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.calendar import week_of
from terugkeer.abm.world.events import COLUMNS
from terugkeer.abm.world.scenario import Scenario, scenario_of
from terugkeer.viz.page.lives.weeks import FIRST, WEEKS
from terugkeer.viz.page.lives.worlds import BASELINE, Worlds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Run = dict[str, Any]

SCALE: Final = 150.0
DAY: Final = date(2016, 2, 1)
START: Final = week_of(DAY) - FIRST
CHANGES: Final[dict[str, Any]] = {
    "packages": {"vwn_bundle": {"from": DAY}},
    "levers": {"detention": {"value": 1.1, "from": date(2016, 6, 6)}},
}
INFLOW: Final[dict[str, Any]] = {
    "levers": {"inflow_by_background": {"value": [3.0, 0.0], "from": DAY}}
}


def scenario(content: dict[str, Any]) -> Scenario:
    """Return a scenario read from tables."""
    return scenario_of({"name": "changed", **content}, "changed", registry())


@cache
def worlds() -> Worlds:
    """Return the worlds of this process that tests share."""
    return Worlds(registry(), SCALE)


@cache
def _chunks(content: str, weeks: int) -> list[Run]:
    changed = {"": {}, "changes": CHANGES, "inflow": INFLOW}[content]
    lived = scenario(changed) if changed else BASELINE
    return list(worlds().run(lived, 1, whole=True, weeks=weeks))


def chunks(content: str = "", weeks: int = WEEKS) -> list[Run]:
    """Return the chunks of the baseline, of `CHANGES` or of `INFLOW`; a copy."""
    return deepcopy(_chunks(content, weeks))


def whole(content: str = "") -> Run:
    """Return a run in one chunk."""
    (run,) = chunks(content)
    return run


def events_of(*several: Mapping[str, Any]) -> dict[str, NDArray[Any]]:
    """Return raw columns of some events; what is not given is 0."""
    return {
        name: np.array([each.get(name, 0) for each in several], dtype=dtype)
        for name, dtype in COLUMNS.items()
    }
