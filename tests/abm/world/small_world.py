"""Small runs of the real model, and its events as one frame of raw codes."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING
from unittest import mock

import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.evidence.override import Override
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.value import freeze, numbers
from terugkeer.abm.world import model as model_file
from terugkeer.abm.world.countries.origin import Conditions
from terugkeer.abm.world.decision.weighing import Weights
from terugkeer.abm.world.events import COLUMNS, MEMBERS, Mark
from terugkeer.abm.world.help.kinds import CAPACITY
from terugkeer.abm.world.model import ReturnModel
from terugkeer.abm.world.phases.arrive import Arrive
from terugkeer.abm.world.scenario import Scenario
from terugkeer.abm.world.state import World
from terugkeer.abm.world.values import Values
from terugkeer.agents.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from numpy.typing import NDArray
    from terugkeer.abm.world.arrivals.newcomers import Entrances
    from terugkeer.abm.world.chance import Chance

ROOM_FOR_ALL = 100_000
SHORT_SPIN_UP = 1  # years: enough where only mechanics matter, and half the time of a run
FULL_SPIN_UP = 3  # as every run of the model has


def change(target: str, value: object, start: date | None = None) -> Override:
    """Set a value, from the beginning or from a day."""
    return Override(target, "set", freeze(value), start, "test")


def recorded(name: str) -> float:
    """Return the value of a record that holds one number."""
    (value,) = numbers(registry()[name].value or 0)
    return float(value)


UNBOUNDED_SHELTER = (
    change("night_shelter_capacity", ROOM_FOR_ALL),
    change("guided_shelter_capacity", ROOM_FOR_ALL),
)
HAZARDS = change("decision", "hazards")  # nobody weighs anything: departure is a rate
MODES = {"weighed": (), "hazards": (HAZARDS,)}
in_both_modes = pytest.mark.parametrize("mode", MODES.values(), ids=list(MODES))
# organisations help as many as come; those that were closed open too
UNBOUNDED_HELP = tuple(change(name, ROOM_FOR_ALL) for name in CAPACITY.values())
# no household touches another: there is room, money and time for all, neighbours do not matter, and
# no referral brings an organisation to mind for the next one; no news travels between them; and
# counsellors neither learn nor tire nor differ, so nobody notices with whom they share one
APART = (
    *UNBOUNDED_SHELTER,
    *UNBOUNDED_HELP,
    change("co_location", "none"),
    change("talks_per_week", 100.0),
    change("case_managers", 2000),
    change("referral_to_ngo_chance", (0.0,) * 5),
    change("news", "none"),
    change("beginner_lacks", 0.0),
    change("caseload_tires", 0.0),
    change("referral_memory_weight", 0.0),
    change("helper_training", (0.0,) * len(KINDS)),
    change("in_kind_place_eur", 1),
)


def model_of(
    *changes: Override,
    seed: int = 1,
    scale: float = 200.0,
    first_year: int = 2011,
    last_year: int = 2011,
    spin_up: int = SHORT_SPIN_UP,
) -> ReturnModel:
    """Build a model that has not run, by default with a year of spin-up instead of three."""
    with mock.patch.object(model_file, "SPIN_UP_YEARS", spin_up):
        return ReturnModel(
            Scenario("test", entries=changes),
            rng=seed,
            scale=scale,
            first_year=first_year,
            last_year=last_year,
            registry=registry(),
        )


@lru_cache(maxsize=24)
def lived(
    *changes: Override,
    seed: int = 1,
    scale: float = 200.0,
    first_year: int = 2011,
    last_year: int = 2011,
    spin_up: int = SHORT_SPIN_UP,
) -> ReturnModel:
    """Run a model; tests share it, so none may change it."""
    model = model_of(
        *changes,
        seed=seed,
        scale=scale,
        first_year=first_year,
        last_year=last_year,
        spin_up=spin_up,
    )
    model.run()
    return model


@lru_cache(maxsize=64)
def _young(*changes: Override) -> World:
    return model_of(*changes, scale=1000.0).world


def young_world(*changes: Override) -> World:
    """Return the world of a model that has not run, without anybody in it.

    To derive what a model starts from takes much longer than to copy it.
    """
    return deepcopy(_young(*changes))


def empty_world(chance: Chance, week: int, values: dict[str, object], scale: float = 1.0) -> World:
    """Return a world by hand: nobody is in it, and nobody has reasons to weigh."""
    nowhere = Conditions(np.zeros(0), np.zeros(0), np.zeros(0))
    nobody_weighs = Values({"decision": "hazards"} | values)
    return World(chance, nobody_weighs, week, scale, Weights([]), nowhere)


def entrances_of(model: ReturnModel) -> Entrances:
    """Return who decides who enters."""
    (arrive,) = (phase.act for phase in model.stopwatch.plan if phase.name == "arrive")
    assert isinstance(arrive, Arrive)
    return arrive._entrances


def events(model: ReturnModel) -> pd.DataFrame:
    """Return the raw columns of the log in order, with the household's number."""
    frame = pd.DataFrame({name: model.log.column(name).copy() for name in COLUMNS})
    return frame.assign(household=frame["person"] // MEMBERS)


def marked(frame: pd.DataFrame, mark: Mark) -> NDArray[np.bool_]:
    """Return which events carry a mark."""
    return np.asarray(frame["marks"].to_numpy() & np.uint8(mark)) > 0


def watch(
    model: ReturnModel,
    *,
    before: Callable[[str, World], None] | None = None,
    after: Callable[[str, World], None] | None = None,
) -> None:
    """Call a function with the name of each phase before or after it acts."""

    def watched(name: str, act: Callable[[World], None]) -> Callable[[World], None]:
        def run(world: World) -> None:
            if before is not None:
                before(name, world)
            act(world)
            if after is not None:
                after(name, world)

        return run

    model.stopwatch.plan = tuple(
        phase if phase.act is None else replace(phase, act=watched(phase.name, phase.act))
        for phase in model.stopwatch.plan
    )
