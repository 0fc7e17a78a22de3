"""A forked world is, bit for bit, the world that had the scenario from the start."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.override import Override
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.calendar import week_of
from terugkeer.abm.world.events import COLUMNS
from terugkeer.abm.world.fork import fork
from terugkeer.abm.world.persons.columns import COLUMNS as OF_PERSONS
from terugkeer.abm.world.scenario import Scenario, scenario_of

from tests.abm.world.small_world import change, lived, model_of, watch

if TYPE_CHECKING:
    from terugkeer.abm.world.model import ReturnModel

DAY: Final = date(2011, 3, 7)
LATER: Final = date(2011, 8, 3)  # in the middle of a week
QUICK: Final = ("graded lever", "inflow", "two days")  # the last: package, lever and switch at once
CHANGES: Final[dict[str, dict[str, Any]]] = {
    "graded lever": {"levers": {"counsellors": {"value": 3.0, "from": DAY}}},
    "lever of settings": {"levers": {"shelter_after_term": {"value": "guided", "from": DAY}}},
    "inflow": {"levers": {"inflow_by_background": {"value": [1.5, 0.5], "from": DAY}}},
    "inflow by origin": {"levers": {"inflow_by_origin": {"value": [0.0, 2.0], "from": DAY}}},
    "places of help in kind": {"levers": {"in_kind_places": {"value": 0.3, "from": DAY}}},
    "procedure": {"levers": {"procedure_length": {"value": 0.5, "from": DAY}}},
    "switch": {"switches": {"news": {"value": "none", "from": DAY}}},
    "package": {"packages": {"government_ladder": {"from": DAY}}},
    "two days": {
        "packages": {"vwn_bundle": {"from": DAY}},
        "levers": {"detention": {"value": 1.1, "from": LATER}},
        "switches": {"news": {"value": "none", "from": LATER}},
    },
}


def scenario(content: dict[str, Any]) -> Scenario:
    return scenario_of({"name": "changed", **content}, "changed", registry())


def same(one: ReturnModel, other: ReturnModel) -> bool:
    """Whether two models have the same events, persons and tables."""
    return (
        all(np.array_equal(one.log.column(name), other.log.column(name)) for name in COLUMNS)
        and all(
            np.array_equal(getattr(one.people, name), getattr(other.people, name))
            for name in OF_PERSONS
        )
        and one.weekly_frame().equals(other.weekly_frame())
        and one.circumstances_frame().equals(other.circumstances_frame())
        and one.spending_frame().equals(other.spending_frame())
        and one.queues_frame().equals(other.queues_frame())
    )


def run(model: ReturnModel) -> ReturnModel:
    while model.running:
        model.step()
    return model


@pytest.fixture(scope="module")
def early() -> ReturnModel:
    """A model on the eve of the day."""
    model = model_of(scale=100.0)
    while model.week < week_of(DAY):
        model.step()
    return model


@pytest.mark.parametrize(
    "kind",
    [each if each in QUICK else pytest.param(each, marks=pytest.mark.slow) for each in CHANGES],
)
def test_a_fork_lives_as_a_run_of_the_scenario_from_the_start(
    kind: str, early: ReturnModel
) -> None:
    changed = scenario(CHANGES[kind])
    forked = run(fork(early, changed, registry()))
    assert forked.settings == changed
    assert same(forked, run(model_of(*changed.entries, scale=100.0)))
    assert not same(forked, lived(scale=100.0))


def test_a_fork_without_a_change_is_the_model_itself(early: ReturnModel) -> None:
    before = early.log.size
    assert same(run(fork(early, Scenario("alike"), registry())), lived(scale=100.0))
    assert (early.week, early.log.size) == (week_of(DAY), before)  # the copy has lived on, alone


def test_what_others_live_changes_nothing(early: ReturnModel) -> None:
    changed = scenario(CHANGES["two days"])
    first, other, second = (
        fork(early, each, registry()) for each in (changed, scenario(CHANGES["inflow"]), changed)
    )
    while first.running:  # in turns
        for model in (first, other, second):
            model.step()
    assert same(first, second)
    assert not same(first, other)


def test_a_fork_can_be_forked_again(early: ReturnModel) -> None:
    once = scenario({"packages": {"vwn_bundle": {"from": DAY}}})
    twice = scenario(CHANGES["two days"])
    model = fork(early, once, registry())
    while model.week < week_of(LATER):
        model.step()
    assert same(run(fork(model, twice, registry())), run(fork(early, twice, registry())))
    with pytest.raises(InputError, match="differs before 2011-08-01"):
        fork(model, scenario(CHANGES["inflow"]), registry())


def test_a_model_in_which_nobody_weighs_can_be_forked() -> None:
    hazards, term = change("decision", "hazards"), change("departure_term_weeks", 10, DAY)
    model = model_of(hazards)
    while model.week < week_of(DAY):
        model.step()
    forked = run(fork(model, Scenario("term", entries=(hazards, term)), registry()))
    assert same(forked, lived(hazards, term))


def test_persons_who_enter_rarely_lose_nothing_in_a_copy() -> None:
    """Weeks without a newcomer take no views anew: those of the copy must be its own."""
    model = model_of(scale=3000.0)
    while model.week < week_of(DAY):
        model.step()
    assert same(run(fork(model, Scenario("alike"), registry())), lived(scale=3000.0))


LIVED = "differs before 2011-03-07, and those weeks have been lived; let it hold from that day or"
ENTERS = "decides who enters over all years, so it can't change within a run; remove the entry."
REFUSED: Final = {
    "from the beginning": (
        change("vbl_weeks", 20),
        f"scenario x: vbl_weeks = 20: {LIVED} a later one.",
    ),
    "too early": (
        change("vbl_weeks", 20, date(2011, 3, 6)),
        f"scenario x: vbl_weeks = 20: {LIVED} a later one.",
    ),
    "what the inflow is derived from": (
        change("procedure_weeks_dublin", 30.0, DAY),
        f"test: procedure_weeks_dublin: {ENTERS}",
    ),
    "whether households weigh": (
        change("decision", "hazards", DAY),
        f"test: decision: {ENTERS}",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_forked_is_refused(kind: str, early: ReturnModel) -> None:
    entry, told = REFUSED[kind]
    with pytest.raises(InputError) as caught:
        fork(early, Scenario("x", entries=(entry,)), registry())
    assert caught.value.problems == [told]


def test_a_value_that_stays_as_it_was_is_no_change_of_the_past(early: ReturnModel) -> None:
    idle = Override("vbl_weeks", "multiply", 1.0, None, "test")
    assert same(run(fork(early, Scenario("idle", entries=(idle,)), registry())), lived(scale=100.0))


def test_a_phase_that_something_is_wrapped_around_is_refused() -> None:
    model = model_of()
    watch(model, after=lambda _name, _world: None)
    with pytest.raises(TypeError, match="wrapped"):
        fork(model, Scenario("alike"), registry())
