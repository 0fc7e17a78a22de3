"""The model as built: its years, its agents, and the numbers that it refuses."""

from __future__ import annotations

import inspect
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.arrivals.inflow import LARGEST_SCALE, OTHER_COUNTRIES
from terugkeer.abm.world.calendar import first_week
from terugkeer.abm.world.chance import LARGEST_SEED
from terugkeer.abm.world.events import COLUMNS, Event
from terugkeer.abm.world.model import ReturnModel, by_size, numbers_refused
from terugkeer.abm.world.persons.views import view
from terugkeer.abm.world.scenario import Scenario, load_scenario
from terugkeer.agents.case_manager import CaseManager
from terugkeer.agents.codes import LegalPhase, OriginGroup, Place, Setting
from terugkeer.agents.counsellor import Counsellor
from terugkeer.agents.country import CountryOfOrigin
from terugkeer.agents.migrant import Migrant
from terugkeer.agents.places import HOME

from tests.abm.world.small_world import HAZARDS, SHORT_SPIN_UP, model_of

if TYPE_CHECKING:
    from pathlib import Path


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
        ((np.int64(3), np.float32(2.0), np.int64(2011), 2017), []),
        (("42", 1.0, 2011, 2017), ["seed '42': give a whole number"]),
        ((1.5, 1.0, 2011, 2017), ["seed 1.5"]),
        ((None, 1.0, 2011, 2017), ["seed None"]),
        ((True, 1.0, 2011, 2017), ["seed True"]),
        ((1, "20", 2011, 2017), ["scale '20'"]),
        ((1, 1.0, "2011", 2017), ["from '2011'"]),
        ((1, 1.0, 2011, 2017.0), ["to 2017"]),
        ((-1, -1.0, 2020, 2010), ["seed", "scale", "from 2020", "to 2010", "from 2020 to 2010"]),
    ],
)
def test_numbers_that_cannot_be_run_are_refused_all_at_once(
    numbers: tuple[Any, Any, Any, Any], says: list[str]
) -> None:
    found = numbers_refused(*numbers)
    assert len(found) == len(says)
    assert all(text.startswith(start) for text, start in zip(found, says, strict=True))


def test_a_model_with_refused_numbers_is_not_built() -> None:
    with pytest.raises(InputError, match="scale -1"):
        ReturnModel(Scenario("test"), scale=-1.0, registry=registry())


def test_without_a_word_the_baseline_of_all_years_is_built_for_a_first_look() -> None:
    model = ReturnModel()
    assert model.settings == load_scenario("baseline", registry())
    assert (model.scale, model.first_year, model.last_year) == (20.0, 2011, 2017)
    assert model.report_from == first_week(2011)
    assert model.datacollector is None
    same = ReturnModel(
        load_scenario("baseline", registry()), rng=1, scale=20.0, registry=registry()
    )
    for _ in range(5):
        model.step()
        same.step()
    assert model.log.size > 0
    for name in COLUMNS:
        assert np.array_equal(model.log.column(name), same.log.column(name)), name


def test_a_scenario_may_be_named_or_lie_in_a_file(tmp_path: Path) -> None:
    named = ReturnModel("vwn_bundle", scale=1000.0)
    assert named.settings == load_scenario("vwn_bundle", registry())
    file = tmp_path / "mine.toml"
    file.write_text('name = "mine"\n[levers]\nvbl_weeks = 3\n', encoding="utf-8")
    for path in (file, str(file)):
        (entry,) = ReturnModel(path, scale=1000.0).settings.entries
        assert entry.target == "vbl_weeks"


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ("vwn_bundel", "scenario 'vwn_bundel': unknown. Did you mean 'vwn_bundle'?"),
        ("no/such/file.toml", "no/such/file.toml"),
        (3, "settings 3: not a scenario of this model. Give the name of one that ships (baseline"),
        (None, "settings None: not a scenario"),
    ],
)
def test_what_is_no_scenario_is_refused(settings: object, says: str) -> None:
    with pytest.raises(InputError) as refused:
        ReturnModel(settings)  # type: ignore[arg-type] # as a user may
    assert says in str(refused.value)


def test_no_parameter_bears_a_name_of_mesas() -> None:
    """Mesa's viewer would put an object of its own into `scenario`, and a reset lose the policy."""
    assert "scenario" not in inspect.signature(ReturnModel.__init__).parameters
    every = inspect.signature(ReturnModel.__init__).parameters.values()
    assert all(each.default is not each.empty for each in every if each.name != "self")


def test_a_collector_is_there_if_asked_for() -> None:
    model = ReturnModel(scale=1000.0, collect=True)
    for _ in range(3):
        model.step()
    assert model.datacollector is not None
    assert len(model.datacollector.get_model_vars_dataframe()) == 3


def test_who_has_returned_is_who_went_home_and_is_followed_still() -> None:
    model = model_of(scale=100.0)
    for _ in range(90):
        model.step()
    log = pd.DataFrame({name: model.log.column(name) for name in ("person", "kind", "destination")})
    went = log[(log["kind"] == Event.LEFT) & log["destination"].isin(HOME)]["person"]
    ended = log[log["kind"].isin([Event.ARCHIVED, Event.LEFT_AGAIN])]["person"]
    back = model.agents.select(where=lambda p: p.returned)
    assert set(back.get("unique_id")) == set(went) - set(ended)
    assert len(ended) > 0
    phases = model.agents.groupby("returned").map(lambda each: set(each.get("phase")))
    assert phases[True] == {LegalPhase.RETURNED}
    assert LegalPhase.RETURNED not in phases[False]


def test_no_week_is_lived_after_the_last() -> None:
    model = model_of(scale=2000.0)
    model.run_model()
    assert not model.running
    weeks = model.tally.weeks
    with pytest.raises(InputError, match="lived its last year, 2011; step only while"):
        model.step()
    assert model.tally.weeks == weeks


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
    table = model.world.organisations.counsellors
    counsellors = list(types[Counsellor])
    assert [each.row for each in counsellors] == list(range(len(table)))
    native = [each.country for each in counsellors if each.country is not None]
    assert native
    served = np.flatnonzero(model.world.organisations.native)
    assert sorted(native) == sorted(model.countries[index] for index in served)


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
