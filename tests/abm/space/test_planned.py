"""Factors on top of a scenario: their doses hold, whatever the scenario does to the record."""

from __future__ import annotations

from datetime import date

import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.override import Override
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.abm.space.factors import chosen_space, factor_of
from terugkeer.abm.space.planned import Setting, planned
from terugkeer.abm.space.space import Point, in_order
from terugkeer.abm.world.scenario import Scenario, load_scenario
from terugkeer.experiments.sensitivity.question import Question
from terugkeer.experiments.sensitivity.study import study_of

PLACES = "night_shelter_capacity"
EARLY, MIDDLE, LATE = date(2012, 1, 1), date(2014, 1, 1), date(2016, 6, 1)


def _places(base: Scenario, point: Point) -> list[object]:
    """Return how many places hold early, in the middle and late."""
    (run,) = planned([point], [0], Setting(base, 400.0, 2012, 2012, 1), registry()).design.runs
    days = Timeline(registry(), run.drawn().entries)
    return [days.at(day)[PLACES] for day in (EARLY, MIDDLE, LATE)]


def _base(*entries: tuple[str, float, date | None]) -> Scenario:
    return Scenario(
        "base", "", tuple(Override(PLACES, how, value, day, "base") for how, value, day in entries)
    )


def test_a_dose_holds_where_a_scenario_sets_the_record_itself() -> None:
    lever, record = (factor_of(registry(), name) for name in ("night_shelter", PLACES))
    plain = _base(("set", 800, None))
    dated = _base(("set", 800, None), ("set", 400, MIDDLE))
    assert _places(dated, ()) == [800, 400, 400]
    assert _places(plain, lever.at(0.5)) == [1600, 1600, 1600]
    assert _places(dated, lever.at(0.5)) == [1600, 800, 800]
    assert _places(dated, factor_of(registry(), f"night_shelter@{MIDDLE}").at(0.5)) == [
        800, 800, 800,
    ]  # fmt: skip
    wanted = record.dose(0.9)
    assert _places(dated, record.at(0.9)) == [wanted] * 3
    late = factor_of(registry(), f"{PLACES}@{LATE}")
    assert _places(dated, late.at(0.9)) == [800, 400, wanted]


def test_equal_operations_work_together_and_unequal_ones_are_refused() -> None:
    lever = factor_of(registry(), "night_shelter")
    assert _places(_base(("multiply", 2, MIDDLE)), lever.at(0.5)) == [1000, 2000, 4800]
    assert _places(_base(("add", 100, None)), lever.at(0.5)) == [1200, 1200, 2600]
    with pytest.raises(InputError, match="add on night_shelter_capacity from 2014-01-01"):
        _places(_base(("add", 100, MIDDLE)), lever.at(0.5))


def test_a_number_that_is_set_is_not_changed_further_by_the_scenario() -> None:
    evidence = registry()
    setting = Setting(load_scenario("fewer_case_managers", evidence), 400.0, 2012, 2012, 1)
    lever = factor_of(evidence, "case_managers")
    for u, number in ((0.0, 50), (1.0, 400)):  # 65 fewer than 50 are none
        (run,) = planned([lever.at(u)], [0], setting, evidence).design.runs
        assert Timeline(evidence, run.drawn().entries).at(EARLY)["case_managers"] == number


@pytest.mark.parametrize("name", ["policy_2011", "policy_2017", "sdt_pilot"])
def test_every_lever_does_under_a_scenario_what_it_sets(name: str) -> None:
    evidence = registry()
    base = load_scenario(name, evidence)
    space = chosen_space(evidence, "levers")
    touched = {each.target for each in base.entries}
    factors = [each for each in space.factors if touched & set(each.moves)]
    assert len(factors) >= 2
    for factor in factors:
        low, high = (
            planned([factor.at(u)], [0], Setting(base, 400.0, 2012, 2012, 1), evidence)
            for u in (0.0, 1.0)
        )
        one, other = (
            Timeline(evidence, each.design.runs[0].drawn().entries).at(EARLY)
            for each in (low, high)
        )
        for change in factor.at(1.0):
            if change.operation == "set":
                assert other[change.target] == change.value
        differs = {key for key in one if one[key] != other[key]}
        nothing = all(one[key] == 0 for key in factor.moves)  # twice nothing is nothing
        assert differs or nothing, factor.name


def test_the_baseline_and_what_it_leaves_alone_are_planned_as_ever() -> None:
    evidence = registry()
    point = in_order(
        [*factor_of(evidence, "night_shelter").at(0.5), *factor_of(evidence, "household").at(0.9)]
    )
    setting = Setting(load_scenario("baseline", evidence), 400.0, 2012, 2012, 1)
    (run,) = planned([point], [0], setting, evidence).design.runs
    assert run.scenario.name == "baseline-45079f62e76e"
    assert run.sets == (("household", "head"),)
    assert [(each.target, each.operation) for each in run.scenario.entries] == [
        (PLACES, "multiply")
    ]
    other = Scenario("base", "", (Override("vbl_weeks", "set", 12, None, "base"),))
    (run,) = planned([point], [0], Setting(other, 400.0, 2012, 2012, 1), evidence).design.runs
    assert run.sets == (("household", "head"),)
    assert run.scenario.name == "base-45079f62e76e"


@pytest.mark.parametrize(
    ("scenario", "lever"),
    [("vwn_bundle", "ngo_pairing"), ("government_ladder", "detention")],
)
def test_doses_that_a_scenario_leaves_no_room_for_are_told_before_any_run(
    scenario: str, lever: str
) -> None:
    names = f"{lever},night_shelter"
    question = Question("screen", names, "independent", 4, 1, 400.0, 2012, 2012, scenario)
    with pytest.raises(InputError) as told:
        study_of(question, registry())
    assert f"--scenario {scenario}: leaves no room" in told.value.problems[0]
    assert all(f"(lever {lever})" in each for each in told.value.problems[1:])
    study_of(Question("screen", names, "independent", 4, 1, 400.0, 2012, 2012), registry())
