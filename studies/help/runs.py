"""Runs of docs/measured_help.md, and what its tables call organisations and support."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.observation.help.assistance import ASSISTANCE_TABLES
from terugkeer.abm.observation.journeys import packages
from terugkeer.abm.world.model import ReturnModel
from terugkeer.agents.codes import Kind

from ..measured import SCALE, YEARS, Lives, lived

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd
    from numpy.typing import NDArray
    from terugkeer.abm.world.scenario import Scenario

    Runs = Sequence["Helped"]

MEASURED: Final = range(YEARS[0], YEARS[1] + 1)
SUPPORT: Final = ASSISTANCE_TABLES[1]  # iom_support_received
SUPPORT_WORDS: Final = {
    "rean": "basic support (REAN)",
    "hrt_cash": "cash (HRT)",
    "in_kind": "help in kind",
    "families": "goods for families beside cash",
}
WORDS: Final = {
    Kind.NONE: "nobody",
    Kind.IOM: "IOM",
    Kind.VWN: "VWN and its projects to decide",
    Kind.TRAINING: "training organisations",
    Kind.REINTEGRATION: "reintegration organisations",
    Kind.LEGAL_AID: "legal aid organisations",
    Kind.COA: "COA",
    Kind.MUNICIPAL_DESK: "municipal desk",
    Kind.CASE_MANAGER: "case manager",
}


@dataclass(frozen=True)
class Helped(Lives):
    """What happened in a run, and what organisations did.

    Parameters
    ----------
    queues : pandas.DataFrame
        `ReturnModel.queues_frame()` with a column `year`.
    served : frozenset of str
        Countries for which IOM has a native counsellor.
    """

    queues: pd.DataFrame
    served: frozenset[str]


def helped(scenario: Scenario, seed: int, last: int = YEARS[1]) -> Helped:
    """Run the model from the first year measured to `last`."""
    model = ReturnModel(
        scenario, rng=seed, scale=SCALE, first_year=YEARS[0], last_year=last, registry=registry()
    )
    lives = lived(model, last)
    queues = model.queues_frame()
    native = np.flatnonzero(model.world.organisations.native)
    return Helped(
        lives.events,
        lives.weekly,
        lives.log,
        queues.assign(year=queues["date"].dt.year),
        frozenset(model.countries[code] for code in native),
        undecided=lives.undecided,
    )


def a_year(runs: Runs, count: Callable[[Helped], float]) -> float:
    """Return persons a year at full size, mean over runs of a count of simulated persons."""
    return float(np.mean([count(each) for each in runs])) * SCALE / len(MEASURED)


def returned(lives: Lives) -> pd.DataFrame:
    """Return the independent returns of a run, with or without a file."""
    left = lives.events[lives.events["kind"] == "left"]
    return left[left["outcome"] == "independent"]


def with_support(lives: Lives) -> pd.DataFrame:
    """Return the departures to the origin with support, all of which go through IOM."""
    left = lives.events[lives.events["kind"] == "left"]
    return left[left["iom"] & (left["destination"] == "origin") & (left["scheme"] > 0)]


def package_of(departed: pd.DataFrame) -> NDArray[np.object_]:
    """Return with which support each departure was made, by its name in `journeys.PACKAGES`."""
    return packages(departed["scheme"].to_numpy(), departed["iom"].to_numpy()).labels()
