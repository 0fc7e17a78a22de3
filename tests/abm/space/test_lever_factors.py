"""Levers as factors: doses from their evidence, and what they change of which day."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.override import Override
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.abm.space.factors import chosen_space, factor_of
from terugkeer.abm.space.lever_factors import left_out
from terugkeer.abm.space.planned import Setting, planned
from terugkeer.abm.space.space import DUMMY
from terugkeer.abm.world.scenario import Scenario
from terugkeer.experiments.sensitivity.pairs import grid
from terugkeer.experiments.sensitivity.question import Question
from terugkeer.experiments.sensitivity.survival import crossed_alternatives

BASE = Scenario("base", "", (Override("vbl_weeks", "set", 12, None, "base"),))


def test_levers_are_those_that_move_something_each_record_once() -> None:
    evidence = registry()
    space = chosen_space(evidence, "levers")
    inert = {each.id for each in evidence.levers.values() if each.inert}
    assert {*space.names, *inert, *left_out(evidence)} == {*evidence.levers, DUMMY}
    moved = [name for each in space.factors for name in each.moves]
    assert len(moved) == len(set(moved)) > 50
    assert left_out(evidence)["activation_after_refusal"] == "activation_throughout"
    assert {each.role for each in space.factors} == {"lever", DUMMY}


def test_every_point_of_the_levers_holds_on_every_day() -> None:
    evidence = registry()
    names = ",".join(left_out(evidence))
    for space in (chosen_space(evidence, "levers"), chosen_space(evidence, names)):
        size = len(space.factors)
        inside = np.random.RandomState(5).random_sample((10, size))
        for point in (np.zeros(size), np.full(size, 1 / 3), np.ones(size), *inside):
            Timeline(evidence, space.changes(point))


def test_a_dose_runs_evenly_between_the_ends_of_its_evidence() -> None:
    evidence = registry()
    weeks = factor_of(evidence, "departure_term")
    assert [weeks.dose(u) for u in (0.0, 0.5, 1.0)] == [1, 4, 8]
    assert all(isinstance(weeks.dose(u), int) for u in (0.1, 0.37))
    length = factor_of(evidence, "procedure_length")
    assert [length.dose(u) for u in (0.0, 0.2, 1.0)] == [0.25, 1.0, 4.0]
    (change,) = length.at(1.0)
    assert (change.target, change.operation, change.value) == (
        "procedure_length_factor", "multiply", 4.0,
    )  # fmt: skip


def test_whole_numbers_stay_whole_also_where_they_are_dated() -> None:
    evidence = registry()
    shelter = factor_of(evidence, "night_shelter")
    assert shelter.dose(1 / 3) == 1.33  # 500 and 1,200 have 100 in common
    days = Timeline(evidence, shelter.at(1 / 3))
    assert days.at(date(2014, 1, 1))["night_shelter_capacity"] == 665
    assert days.at(date(2016, 1, 1))["night_shelter_capacity"] == 1596


def test_settings_and_yes_or_no_are_alternatives() -> None:
    evidence = registry()
    rule = factor_of(evidence, "stacking_rule")
    assert rule.alternatives == ("either_or", "stacked", "capped_total")
    assert {each.value for each in rule.at(0.5)} == {"stacked"}
    assert {each.target for each in rule.at(0.5)} == {"rule_of_in_kind", "rule_of_families"}
    assert factor_of(evidence, "child_pardon").under == "child_pardon_stay_weeks = 104"
    assert factor_of(evidence, "entry_ban").alternatives == ("false", "true")
    assert factor_of(evidence, "entry_ban").at(0.9)[0].value is True


def test_a_lever_is_as_weak_as_the_weakest_record() -> None:
    evidence = registry()
    grades = {evidence.grade(name) for name in evidence.levers["counsellors"].records()}
    assert factor_of(evidence, "counsellors").grade == max(grades)


def test_a_day_behind_the_name_is_when_it_starts() -> None:
    evidence = registry()
    lever = factor_of(evidence, "night_shelter@2014-01-01")
    assert lever.name == "night_shelter@2014-01-01"
    days = Timeline(evidence, lever.at(0.0))
    assert days.at(date(2013, 12, 31))["night_shelter_capacity"] == 500
    assert days.at(date(2014, 1, 1))["night_shelter_capacity"] == 0
    record = factor_of(evidence, "iom_capacity@2014-01-01")
    assert record.at(0.0)[0].start == date(2014, 1, 1)


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ("counsellors,independent_counsellors", "both move vwn_capacity"),
        ("night_shelter,night_shelter_capacity", "both move night_shelter_capacity"),
        ("safe_country_track", "moves nothing"),
        ("night_shelter@2014", "write a day behind the @"),
        ("factor_debt@2014-01-01", "only what policy sets"),
        ("night_shelters", "unknown.* Did you mean"),
    ],
)
def test_what_cannot_vary_is_refused(chosen: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        chosen_space(registry(), chosen)


def test_a_lever_that_sets_a_switch_is_not_read_under_its_readings() -> None:
    question = Question(
        "survival", "levers", "independent", 2, 1, 400.0, 2012, 2012, switches="vbl,household"
    )
    where, plan = crossed_alternatives(question, registry())
    factors = {each.split("=")[0] for each in where["factor"]}
    assert "vbl_weeks" in factors
    assert "vbl_condition" not in factors
    assert where["reading"].nunique() == 4
    assert len(plan.keys) == len(where)


def test_maps_of_the_pairs_that_practice_asks_about_can_be_planned() -> None:
    question = Question("interactions", "asked", "independent", 2, 1, 400.0, 2012, 2012)
    where, _ = grid(question, registry())
    one = where[where["pair"] == "stacking_rule:knowledge_at_entry"]
    assert one["value_a"].unique().tolist() == ["either_or", "stacked", "capped_total"]
    other = where[where["pair"] == "detention:fear_midpoint"]
    assert other["value_a"].unique().tolist() == ["0", "1.1"]


def test_what_multiplies_or_starts_on_a_day_goes_into_a_scenario_named_by_its_content() -> None:
    evidence = registry()
    space = chosen_space(evidence, "departure_term,night_shelter,detention@2014-01-01")
    here, there = (space.changes(np.array(point)) for point in ([0, 0, 0, 0], [1, 0, 1, 0]))
    setting = Setting(BASE, 400.0, 2012, 2012, 2)
    plan = planned([here, here, there, ()], [0, 0, 0, 0], setting, evidence)
    runs = {run.key: run for run in plan.design.runs}
    assert len(runs) == 6  # the first point stands twice
    assert plan.keys[0] == plan.keys[1]
    one, other, none = (runs[plan.keys[place][0]] for place in (0, 2, 3))
    assert one.sets == (("departure_term_weeks", 1),)
    assert none.sets == ()
    assert none.scenario == BASE
    assert len({each.scenario.name for each in (one, other, none)}) == 3
    assert one.scenario.entries[-1] == BASE.entries[0]
    assert {each.start for each in one.scenario.entries[:-1]} == {None, date(2014, 1, 1)}
    for run in (one, other):
        Timeline(evidence, run.drawn().entries)
