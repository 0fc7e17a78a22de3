"""The model: people who must leave the Netherlands, week by week."""

from __future__ import annotations

from numbers import Integral, Real
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

import mesa
import numpy as np

from ...agents.case_manager import CaseManager
from ...agents.codes import OriginGroup, Setting
from ...agents.counsellor import Counsellor
from ...agents.country import CountryOfOrigin
from ...agents.migrant import Migrant
from ..errors import InputError
from ..evidence.registry import registry as shipped
from ..evidence.timeline import Timeline
from ..interruption import check
from .arrivals.endowment import Endowment
from .arrivals.inflow import (
    FIRST_DATA_YEAR,
    LARGEST_SCALE,
    LAST_DATA_YEAR,
    OTHER_COUNTRIES,
    SPIN_UP_YEARS,
    derive_inflow,
)
from .arrivals.newcomers import Entrances, Newcomers
from .arrivals.pull import Pull
from .calendar import first_week, sunday, year_of
from .chance import LARGEST_SEED, Chance
from .collector import weekly_collector
from .countries.effects import CountryEffects
from .countries.origin import OriginConditions
from .decision.weighing import Weights
from .help.organisations import Organisations
from .help.scheme_lists import SchemeLists
from .persons.agent_set import PersonSet
from .phases.apply_policy import ApplyPolicy
from .phases.arrive import Arrive
from .phases.record import Tally
from .phases.weigh import Weigh
from .plan import Stopwatch, week_plan
from .scenario import Scenario, load_scenario, scenario_names
from .state import World
from .ties.sociogram import sociogram
from .values import Values

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    from numpy.typing import NDArray

    from ..evidence.registry import Registry
    from .arrivals.inflow import Inflow
    from .events import EventLog
    from .persons.people import People

FIRST_LOOK_SCALE: Final = 20.0  # some 2,000 agents; the whole model lives in a few seconds


class ReturnModel(mesa.Model):  # type: ignore[misc]  # Mesa ships no types
    """Seven Dutch years of people under a duty to leave, after a spin-up of three.

    Each `step` is a week of thirteen phases (`terugkeer plan` prints them);
    persons are rows of columns, and `model.agents` shows them as Mesa agents. Among them are
    persons who have returned and are followed for a year: they are told apart by `returned`.

    Parameters
    ----------
    settings : Scenario or str or Path, optional
        A scenario, the name of one that ships, or the path of a file. It is not called
        `scenario`: Mesa 3.5 keeps an object of its own under that name, and its viewer puts one
        into every parameter of that name.
    rng : int, optional
        Seed of every draw, at least 0.
    scale : float, optional
        Persons for each simulated person, above 0: 1 is full size, as in `terugkeer run`. The
        20 of a first look leaves some 2,000 agents.
    first_year, last_year : int, optional
        Years to report, within 2011-2017.
    registry : Registry, optional
        The records; those that ship, if left out.
    collect : bool, optional
        Whether `datacollector` counts persons each week, as `weekly_reporters` says. Without it
        `datacollector` is None; a `mesa.DataCollector` put there collects each week as well.

    Raises
    ------
    InputError
        If a seed, scale, year or scenario is not possible.
    """

    def __init__(
        self,
        settings: Scenario | str | Path = "baseline",
        *,
        rng: int = 1,
        scale: float = FIRST_LOOK_SCALE,
        first_year: int = FIRST_DATA_YEAR,
        last_year: int = LAST_DATA_YEAR,
        registry: Registry | None = None,
        collect: bool = False,
    ) -> None:
        registry = shipped() if registry is None else registry
        problems = numbers_refused(rng, scale, first_year, last_year)
        if problems:
            raise InputError(problems)
        scenario = _scenario(settings, registry)
        super().__init__(rng=int(rng))
        self.settings = scenario
        self.scale = float(scale)
        self.first_year, self.last_year = first_year, last_year
        overrides = scenario.overrides()
        draws = tuple(
            each
            for each in overrides
            if registry[each.target].role == "calibrate" or each.target == "decision"
        )
        inflow = derive_inflow(registry, draws)
        timeline = Timeline(registry, overrides)
        start = first_week(first_year - SPIN_UP_YEARS)
        self.report_from, self._end = first_week(first_year), first_week(last_year + 1)
        values = Values(timeline.at(sunday(start)))
        chance = Chance(int(rng), first_week(LAST_DATA_YEAR + 1) + 1)
        self.countries = list(inflow.countries)
        origins = OriginConditions(registry, inflow.countries, inflow.origin_groups)
        lists = SchemeLists(registry, inflow.countries)
        pull = Pull(inflow, lists, Timeline(registry))
        self.world = World(
            chance,
            values,
            start,
            self.scale,
            Weights(registry.factors()),
            origins.at(year_of(start), values),
        )
        weighed = self.world.weighs
        endowment = Endowment(chance, origins) if weighed else None
        self.views: dict[int, Migrant] = {}
        self._counsellors = 0  # rows of their table that are agents
        for index, (name, group) in enumerate(
            zip(inflow.countries, inflow.origin_groups, strict=True)
        ):
            CountryOfOrigin(self, name, index, OriginGroup(group))
        if weighed:
            for setting in Setting:
                CaseManager(self, setting)
            armenia_in = self.countries.index(OTHER_COUNTRIES[OriginGroup.NOT_SAFE])
            self.world.organisations = Organisations(by_size(inflow), armenia_in)
            self.world.organisations.look_up(self.world.now)
            self._make_counsellors()
        self.tally = Tally(self._end - start, start)
        self.stopwatch = Stopwatch(
            week_plan(
                Arrive(
                    Entrances(inflow, values, chance, self.scale, pull.under(timeline)),
                    Newcomers(inflow, chance, endowment),
                    pull,
                ),
                ApplyPolicy(
                    timeline,
                    origins,
                    lists,
                    CountryEffects(registry, inflow.countries, inflow.origin_groups),
                ),
                Weigh(),
                self.tally,
            )
        )
        self.inflow_read = inflow.read
        self.undecided = inflow.undecided_by_year()
        self.timings: dict[str, float] = {}
        self.datacollector: mesa.DataCollector | None = weekly_collector() if collect else None

    @property
    def people(self) -> People:
        """The columns of persons."""
        return self.world.people

    @property
    def log(self) -> EventLog:
        """Events since the start of the spin-up."""
        return self.world.log

    @property
    def week(self) -> int:
        """The present week, in weeks since Monday 1 January 2001."""
        return self.world.week

    @property
    def agents(self) -> PersonSet:
        """Everybody in the model, as Mesa agents that are made when they are asked for."""
        return PersonSet.of_model(self)

    @property
    def agents_by_type(self) -> dict[type[mesa.Agent], mesa.agent.AgentSet]:
        """Agents by type: persons as `Migrant`, and the ordinary Mesa agents."""
        return {Migrant: self.agents, **self._agents_by_type}

    @property
    def agent_types(self) -> list[type[mesa.Agent]]:
        """Types of agents: the keys of `agents_by_type`."""
        return list(self.agents_by_type)

    def step(self) -> None:
        """Live one week.

        Raises
        ------
        InputError
            If the last week has been lived.
        """
        if self.world.week >= self._end:
            raise InputError(
                f"week {self.world.week}: the model has lived its last year, {self.last_year}; "
                "step only while `model.running`, or make another model."
            )
        self.stopwatch.run_week(self.world)
        self._make_counsellors()
        if self.datacollector is not None:
            self.datacollector.collect(self)
        for person in [key for key, seen in self.views.items() if not seen.in_model]:
            del self.views[person]
        self.world.week += 1
        self.running = self.world.week < self._end

    def run(self) -> None:
        """Live all weeks of the spin-up and of the years to report."""
        start = perf_counter()
        while self.running and self.world.week < self.report_from:
            self.step()
            check()
        spun_up = perf_counter()
        while self.running:
            self.step()
            check()
        self.timings = {
            "spin_up_s": spun_up - start,
            "years_s": perf_counter() - spun_up,
            **{f"phase_{name}_s": spent for name, spent in self.stopwatch.seconds.items()},
        }

    def _make_counsellors(self) -> None:
        """Make an agent for each counsellor that has none yet."""
        for row in range(self._counsellors, len(self.world.organisations.counsellors)):
            Counsellor(self, row)
            self._counsellors = row + 1

    def network(self) -> nx.Graph[Any]:
        """Return the present ties between persons and organisations: see `sociogram`.

        Where nobody weighs or no news travels there are no ties between households.
        """
        return sociogram(self.world, self.world.network)

    def weekly_frame(self) -> pd.DataFrame:
        """Return persons by week, true place, legal phase and population: see `Tally.frame`."""
        return self.tally.frame(self.scale)

    def queues_frame(self) -> pd.DataFrame:
        """Return the weekly table of organisations: see `Queues.frame`."""
        return self.tally.queues.frame()

    def circumstances_frame(self) -> pd.DataFrame:
        """Return how persons lived, by year: see `Circumstances.frame`."""
        return self.tally.circumstances.frame(self.scale)

    def spending_frame(self) -> pd.DataFrame:
        """Return spending by week and post: see `Accounts.frame`."""
        return self.tally.accounts.frame(self.world.log)


def _scenario(settings: Scenario | str | Path, registry: Registry) -> Scenario:
    """Return a scenario that is given itself, by its name or by its path."""
    if isinstance(settings, Scenario):
        return settings
    if isinstance(settings, str | Path):
        return load_scenario(settings, registry)
    raise InputError(  # a user's mistake, told as all others
        f"settings {settings!r}: not a scenario of this model. Give the name of one that ships "
        f"({', '.join(scenario_names())}), the path of a file, or what `load_scenario` returns."
    )


def by_size(inflow: Inflow) -> NDArray[np.intp]:
    """Return the codes of named countries of origin, the largest inflow first.

    The two codes for the other countries of an origin group are left out.
    """
    persons = (inflow.asylum + inflow.other).sum(axis=0)
    named = np.array([name not in OTHER_COUNTRIES.values() for name in inflow.countries])
    order = np.argsort(-persons, kind="stable")
    return np.asarray(order[named[order]])


def numbers_refused(rng: int, scale: float, first_year: int, last_year: int) -> list[str]:
    """Return a sentence for each number that cannot be run, with its name in front.

    Parameters
    ----------
    rng : int
        Seed, from 0 to `LARGEST_SEED`.
    scale : float
        Persons for each simulated person, above 0 and at most `LARGEST_SCALE`.
    first_year, last_year : int
        Years to report, both among those of the data and not reversed.
    """
    problems = []
    if not _whole(rng) or not 0 <= rng <= LARGEST_SEED:
        problems.append(f"seed {_told(rng)}: give a whole number from 0 to {LARGEST_SEED}.")
    if not _number(scale) or not 0.0 < scale <= LARGEST_SCALE:
        problems.append(
            f"scale {_told(scale)}: persons for each simulated person; give more than 0, at most "
            f"{LARGEST_SCALE:g}."
        )
    for name, year in (("from", first_year), ("to", last_year)):
        if not _whole(year) or not FIRST_DATA_YEAR <= year <= LAST_DATA_YEAR:
            problems.append(
                f"{name} {_told(year)}: the data run from {FIRST_DATA_YEAR} to {LAST_DATA_YEAR}; "
                "choose one of these years."
            )
    if _whole(first_year) and _whole(last_year) and first_year > last_year:
        problems.append(f"from {first_year} to {last_year}: the years are reversed; swap them.")
    return problems


def _whole(value: object) -> bool:
    """Return whether a value is a whole number, of Python or of numpy."""
    return isinstance(value, Integral) and not isinstance(value, bool)


def _number(value: object) -> bool:
    """Return whether a value is a number, of Python or of numpy."""
    return isinstance(value, Real) and not isinstance(value, bool)


def _told(value: object) -> str:
    """Return a value as a message shows it: text in quotes, so that it is seen to be no number."""
    return f"{value:g}" if isinstance(value, float) else repr(value)
