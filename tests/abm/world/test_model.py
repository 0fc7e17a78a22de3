"""The model as built: its years, its agents, and the numbers that it refuses."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.arrivals.inflow import LARGEST_SCALE, OTHER_COUNTRIES
from terugkeer.abm.world.calendar import first_week
from terugkeer.abm.world.chance import LARGEST_SEED
from terugkeer.abm.world.help.organisations import HELPERS
from terugkeer.abm.world.model import ReturnModel, by_size, numbers_refused
from terugkeer.abm.world.persons.views import view
from terugkeer.abm.world.scenario import Scenario
from terugkeer.agents.case_manager import CaseManager
from terugkeer.agents.codes import LegalPhase, Organisation, OriginGroup, Place, Setting
from terugkeer.agents.counsellor import Counsellor
from terugkeer.agents.country import CountryOfOrigin
from terugkeer.agents.migrant import Migrant

from tests.abm.world.small_world import HAZARDS, SHORT_SPIN_UP, model_of


@pytest.fixture(scope="module")
def model() -> ReturnModel:
    """Return a model that has not run; no test may change it."""
    return model_of(scale=1000.0, first_year=2012, last_year=2013)


@pytest.mark.parametrize(
    ("numbers", "says"),
    [
        ((0, 1.0, 2011, 2017), []),
        ((LARGEST_SEED, LARGEST_SCALE, 2014, 2014), []),
        ((-1, 1.0, 2011, 2017), ["seed -1"]),
        ((LARGEST_SEED + 1, 1.0, 2011, 2017), ["seed"]),
        ((1, 0.0, 2011, 2017), ["scale 0"]),
        ((1, float("nan"), 2011, 2017), ["scale nan"]),
        ((1, 2.0 * LARGEST_SCALE, 2011, 2017), ["scale"]),
        ((1, 1.0, 2010, 2017), ["from 2010"]),
        ((1, 1.0, 2011, 2018), ["to 2018"]),
        ((1, 1.0, 2013, 2012), ["from 2013 to 2012: the years are reversed"]),
        ((-1, -1.0, 2020, 2010), ["seed", "scale", "from 2020", "to 2010", "from 2020 to 2010"]),
    ],
)
def test_numbers_that_cannot_be_run_are_refused_all_at_once(
    numbers: tuple[int, float, int, int], says: list[str]
) -> None:
    found = numbers_refused(*numbers)
    assert len(found) == len(says)
    assert all(text.startswith(start) for text, start in zip(found, says, strict=True))


def test_a_model_with_refused_numbers_is_not_built() -> None:
    with pytest.raises(InputError, match="scale -1"):
        ReturnModel(Scenario("test"), scale=-1.0, registry=registry())


def test_named_countries_stand_by_the_size_of_their_inflow() -> None:
    rest = next(iter(OTHER_COUNTRIES.values()))
    inflow = SimpleNamespace(
        countries=("Iraq", rest, "Georgia", "China"),
        asylum=np.array([[1.0, 9.0, 0.0, 2.0], [1.0, 9.0, 0.0, 0.0]]),
        other=np.array([[0.0, 9.0, 3.0, 0.0], [0.0, 9.0, 1.0, 0.0]]),
    )
    assert by_size(inflow).tolist() == [2, 0, 3]  # type: ignore[arg-type] # a stand-in


def test_a_model_begins_with_its_spin_up_and_with_nobody(model: ReturnModel) -> None:
    assert model.week == first_week(2012 - SHORT_SPIN_UP)
    assert len(model.people) == len(model.agents) == model.log.size == 0
    assert model.running
    assert model.tally.weeks == 0


def test_countries_case_managers_and_teams_are_agents(model: ReturnModel) -> None:
    types = model.agents_by_type
    assert set(types) == set(model.agent_types)
    assert set(types) == {Migrant, CountryOfOrigin, CaseManager, Counsellor}
    countries = list(types[CountryOfOrigin])
    assert [each.name for each in countries] == model.countries
    assert [each.index for each in countries] == list(range(len(model.countries)))
    assert {each.origin_group for each in countries} == set(OriginGroup)
    assert [each.setting for each in types[CaseManager]] == list(Setting)
    teams = [(each.organisation, each.country) for each in types[Counsellor]]
    assert teams[: len(HELPERS)] == [(each, None) for each in HELPERS]
    native = np.flatnonzero(model.world.organisations.native)
    assert len(native) > 0
    assert teams[len(HELPERS) :] == [(Organisation.IOM, model.countries[i]) for i in native]


def test_where_nobody_weighs_nobody_helps() -> None:
    types = model_of(HAZARDS, scale=1000.0).agents_by_type
    assert set(types) == {Migrant, CountryOfOrigin}


def test_a_run_ends_with_its_last_year_and_drops_views_of_persons_who_left() -> None:
    model = model_of(HAZARDS, scale=1000.0)
    model.world.week = model._end - 2
    back = {"place": Place.ORIGIN, "phase": LegalPhase.RETURNED, "phase_since": model.week}
    model.people.add({"person": np.array([16, 32]), **back})
    model.world.entered = 2
    model.people.phase_since[0] -= 52  # the weeks of follow-up
    kept = [view(model, 16), view(model, 32)]
    model.step()
    assert model.running
    assert [each.in_model for each in kept] == [False, True]
    assert [key for key in model.views if key < 100] == [32]
    model.run()
    assert not model.running
    assert model.week == first_week(2012)
    assert model.tally.weeks == 2
    assert {"spin_up_s", "years_s", "phase_place_s"} <= set(model.timings)
    assert model.weekly_frame()["persons"].min() == 1000.0
