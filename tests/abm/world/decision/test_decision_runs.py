"""Whole runs in which people weigh: what moves whom, and what can't."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.calendar import first_week
from terugkeer.abm.world.events import COLUMNS, Event
from terugkeer.abm.world.persons.columns import COLUMNS as OF_PERSONS
from terugkeer.agents.codes import Destination, LegalPhase, Option, Outcome, Stage
from terugkeer.agents.places import HIDDEN, HOME, IS_IN_VIEW

from tests.abm.world.small_world import (
    APART,
    FULL_SPIN_UP,
    HAZARDS,
    UNBOUNDED_SHELTER,
    change,
    events,
    lived,
    model_of,
    recorded,
    watch,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from terugkeer.abm.world.model import ReturnModel
    from terugkeer.abm.world.state import World

SCALE = 100.0
FACTORS = [record.name for record in registry().factors()]
WEIGHTLESS = tuple(change(name, 0.0) for name in FACTORS)
CONSTANTS = (
    "constant_return_asylum",
    "constant_return_other",
    "constant_out_of_sight",
    "constant_move_on",
)
# switch: the alternative that does nothing, another, and the factors through which that acts
SWITCHED = {
    "shelter_end": ("none", "return", "factor_shelter_ends_return", "factor_shelter_ends_hiding"),
    "threat": (
        "none",
        "raises_return",
        "factor_threat_unafraid",
        "factor_threat_afraid",
        "factor_prospect_of_detention",
    ),
    "co_location": ("none", "group_sessions_raise_it", "factor_colocation"),
    "detention_experience": ("none", "resistance", "factor_detention_experience"),
    "age": ("none", "younger_more_willing", "factor_age"),
    "assistance": ("none", "general", "factor_assistance"),
    "calm_or_urgency": ("calm_enables", "removes_urgency", "factor_sheltered_without_end"),
    "health_acts": ("beliefs_and_capacity", "also_care_as_stay", "factor_care"),
    "activation": ("wellbeing_only", "direct", "factor_activation"),
}
SWITCHED_OFF = tuple(change(switch, off) for switch, (off, *_) in SWITCHED.items())
# so that there is something to switch on everywhere: activation, and shelter without an end
ACTIVE = (
    change("activation_intensity", (1.0,) * len(registry()["activation_intensity"].value)),  # type: ignore[arg-type] # a list by its record
    change("vbl", "time_to_decide"),  # so that there are neighbours
    *UNBOUNDED_SHELTER,
)


def digest(model: ReturnModel) -> bytes:
    """Return the bytes of the event log."""
    return b"".join(model.log.column(name).tobytes() for name in COLUMNS)


@pytest.mark.slow
def test_mechanisms_switched_off_are_mechanisms_without_weight() -> None:
    weightless = [
        each
        for switch, (_, on, *factors) in SWITCHED.items()
        for each in (change(switch, on), *(change(name, 0.0) for name in factors))
    ]
    without = lived(*ACTIVE, *weightless, scale=SCALE)
    assert digest(lived(*ACTIVE, *SWITCHED_OFF, scale=SCALE)) == digest(without)


@pytest.mark.parametrize("switch", SWITCHED)
def test_a_mechanism_switched_on_moves_lives(switch: str) -> None:
    usual = lived(*ACTIVE, *SWITCHED_OFF, scale=SCALE)
    _, on, *factors = SWITCHED[switch]
    others = [each for each in SWITCHED_OFF if each.target != switch]
    heavy = [change(name, registry()[name].limits()[1]) for name in factors]
    model = model_of(*ACTIVE, *others, change(switch, on), *heavy, scale=SCALE)
    same = True
    while same and model.running:
        model.step()
        n = model.log.size
        same = digest(model) == b"".join(usual.log.column(name)[:n].tobytes() for name in COLUMNS)
    assert not same


def test_where_nobody_weighs_no_reason_matters() -> None:
    reasons = [*WEIGHTLESS, *(change(name, 5.0) for name in CONSTANTS)]
    usual = lived(HAZARDS, scale=SCALE)
    assert digest(lived(HAZARDS, *reasons, scale=SCALE)) == digest(usual)


NO_REASON = (*WEIGHTLESS, *(change(name, -20.0) for name in CONSTANTS))
STATE_LOSES_NOBODY = tuple(
    change(name, 0.0)
    for name in (
        "not_found_share_end_of_reception",
        "not_found_share_after_release",
        "vanish_after_notice",
        "leaves_after_notice_share",
    )
)


def test_without_reasons_nobody_chooses_to_leave() -> None:
    """And nobody goes out of sight but those outside, whom a register doesn't find."""
    model = model_of(*NO_REASON, *STATE_LOSES_NOBODY, scale=SCALE)
    made: set[tuple[int, int]] = set()

    def after(name: str, world: World) -> None:
        if name == "weigh":
            made.update(zip(world.people.choice, world.people.stage, strict=True))

    watch(model, after=after)
    model.run()
    assert made == {(Option.WAIT, Stage.NOT_CONSIDERING)}
    log = events(model)
    left = log[log["kind"] == Event.LEFT]
    assert len(left) > 100
    assert not left["outcome"].isin([Outcome.INDEPENDENT, Outcome.UNOBSERVED]).any()
    lost = log[(log["kind"] == Event.CLOSED) & (log["outcome"] == Outcome.UNOBSERVED)]
    assert len(lost) > 10
    assert lost["place"].isin(HIDDEN).all()
    assert (lost["destination"] == Destination.NETHERLANDS).all()


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_more_that_speaks_for_return_gives_more_independent_departures(seed: int) -> None:
    """Of persons of either background, in every pair of runs."""
    more = [change(name, recorded(name) + 2.0) for name in CONSTANTS[:2]]
    few, many = (events(lived(*changes, seed=seed, scale=SCALE)) for changes in ((), more))
    independent = [
        ((log["kind"] == Event.LEFT) & (log["outcome"] == Outcome.INDEPENDENT)).sum()
        for log in (few, many)
    ]
    assert 10 < independent[0] < independent[1]


def test_the_same_seed_gives_the_same_bytes_and_another_does_not() -> None:
    again = model_of(scale=SCALE)
    again.run()
    assert digest(again) == digest(lived(scale=SCALE))
    assert digest(again) != digest(lived(seed=2, scale=SCALE))


def test_nobody_is_lost() -> None:
    model = lived(scale=SCALE)
    log = events(model)
    entered = set(log["person"][log["kind"] == Event.ENTERED])
    home = log["destination"].isin(HOME)
    out = (log["kind"] == Event.LEFT) & ~home
    out |= log["kind"].isin([Event.ARCHIVED, Event.LEFT_AGAIN])
    people = model.people
    assert set(people.person[~people.gone].tolist()) == entered - set(log["person"][out])


def test_households_leave_together() -> None:
    log = events(lived(scale=SCALE, spin_up=FULL_SPIN_UP))
    size = log[log["kind"] == Event.ENTERED].groupby("household").size()
    left = log[log["kind"] == Event.LEFT].groupby("household")
    several = left.size()[left.size() > 1].index
    assert len(several) > 20
    assert np.array_equal(left.size(), size.reindex(left.size().index))
    for column in ("week", "destination", "outcome"):
        assert np.array_equal(left[column].min(), left[column].max())


class Diary:
    """What households had in mind in the week in which they left or went out of sight."""

    def __init__(self, model: ReturnModel) -> None:
        self.state: dict[tuple[int, int], dict[str, int]] = {}
        self.steps: dict[str, set[tuple[int, int]]] = defaultdict(set)
        self._stage: NDArray[np.uint8] = np.zeros(0, dtype=np.uint8)
        watch(model, before=self._before, after=self._after)

    def _before(self, name: str, world: World) -> None:
        people = world.people
        self._stage = people.stage.copy()
        if name != "exit":
            return
        weeks = world.week - people.stage_since
        for row in np.flatnonzero(people.phase != LegalPhase.RETURNED):
            self.state[world.week, int(people.person[row])] = {
                "choice": int(people.choice[row]),
                "stage": int(people.stage[row]),
                "document": int(people.document[row]),
                "file": int(people.spell_open[row]),
                "weeks": int(weeks[row]),
            }

    def _after(self, name: str, world: World) -> None:
        if name in {"weigh", "prepare"}:
            stage = world.people.stage
            changed = np.flatnonzero(stage != self._stage)
            self.steps[name].update(
                zip(self._stage[changed].tolist(), stage[changed].tolist(), strict=True)
            )


@pytest.fixture(scope="module")
def diary() -> tuple[Diary, pd.DataFrame]:
    model = model_of(
        change("unregistered_share", 0.5), change("constant_move_on", -1.0), scale=50.0
    )
    written = Diary(model)
    model.run()
    return written, events(model)


def test_stages_go_up_one_by_one_and_down_to_the_first(diary: tuple[Diary, pd.DataFrame]) -> None:
    nothing, considering, intending, preparing = Stage
    assert diary[0].steps["weigh"] == {
        (nothing, considering),
        (considering, intending),
        (considering, nothing),
        (intending, nothing),
        (preparing, nothing),
    }
    assert diary[0].steps["prepare"] == {(intending, preparing)}


def test_independent_departures_are_prepared_long_enough_and_have_a_document(
    diary: tuple[Diary, pd.DataFrame],
) -> None:
    written, log = diary
    left = log[log["kind"] == Event.LEFT]
    by_plan = left[
        (left["outcome"] == Outcome.INDEPENDENT)
        | (left["destination"] == Destination.HOME_UNOBSERVED) & left["place"].isin(HIDDEN)
    ]
    assert {Destination.ORIGIN, Destination.HOME_UNOBSERVED} == set(by_plan["destination"])
    weeks = []
    for key in zip(by_plan["week"], by_plan["person"], strict=True):
        found = written.state[key]
        assert (found["stage"], found["document"]) == (Stage.PREPARING, True)
        weeks.append(found["weeks"])
    assert min(weeks) == recorded("preparation_weeks")


def test_persons_go_out_of_sight_in_the_race_only_if_they_chose_it(
    diary: tuple[Diary, pd.DataFrame],
) -> None:
    written, log = diary
    chose = {Destination.NETHERLANDS: Option.OUT_OF_SIGHT, Destination.ONWARD: Option.MOVE_ON}
    closed = log[(log["kind"] == Event.CLOSED) & (log["outcome"] == Outcome.UNOBSERVED)]
    in_view = closed[IS_IN_VIEW[closed["place"]]]
    seen = set()
    for week, person, goal in zip(
        in_view["week"], in_view["person"], in_view["destination"], strict=True
    ):
        found = written.state.get((week, person))
        if found and found["file"]:  # still open when the race began
            seen.add(goal)
            assert found["choice"] == chose[goal]
    assert seen == set(chose)


def test_nothing_is_weighed_or_prepared_after_return() -> None:
    """Whatever stage a forced return finds people in."""
    model = model_of(change("first_step_hazard", 0.01), scale=SCALE)
    kept: dict[str, NDArray[np.generic]] = {}
    returned: list[NDArray[np.uint8]] = []

    def before(_: str, world: World) -> None:
        rows = np.flatnonzero(world.people.phase == LegalPhase.RETURNED)
        kept.update({name: getattr(world.people, name)[rows] for name in ("person", *OF_PERSONS)})

    def after(name: str, world: World) -> None:
        if name in {"arrive", "record", "resettle"}:  # rows move, or people leave the model
            return
        rows = np.flatnonzero(np.isin(world.people.person, kept["person"]))
        returned.append(kept["stage"].astype(np.uint8))
        for column, old in kept.items():
            if (name, column) == ("decide_law", "appeals"):
                continue  # an appeal lapses in the first decisions after the file has closed
            assert np.array_equal(getattr(world.people, column)[rows], old), (name, column)

    watch(model, before=before, after=after)
    model.run()
    assert {Stage.INTENDING, Stage.PREPARING} <= set(np.concatenate(returned).tolist())


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("debt_eur", 100_000.0),
        pytest.param("hope", 1.0, marks=pytest.mark.slow),
        pytest.param("mental", 0.0, marks=pytest.mark.slow),
    ],
)
def test_what_one_person_bears_changes_one_households_life(column: str, value: float) -> None:
    """Tried on thirty households at once: only they can differ, and some do."""
    week = first_week(2011)
    chosen: list[int] = []
    model = model_of(*APART, scale=SCALE)

    def before(name: str, world: World) -> None:
        if name != "weigh" or world.week != week:
            return
        people = world.people
        adults = np.flatnonzero(
            world.adult(np.arange(len(people))) & (people.phase != LegalPhase.RETURNED)
        )
        rows = np.random.default_rng(5).choice(adults, 30, replace=False)
        getattr(people, column)[rows] = value
        chosen.extend(people.household[rows].tolist())

    watch(model, before=before)
    model.run()
    usual = lived(*APART, scale=SCALE)
    differ = _who_differs(usual, model)
    assert differ <= set(chosen)
    assert _whose_events_differ(usual, model)


def test_the_order_in_which_households_stand_changes_no_life() -> None:
    model = model_of(scale=SCALE)
    while model.week < first_week(2011):
        model.step()
    people = model.people
    households, block = np.unique(people.household, return_inverse=True)
    place = np.random.default_rng(6).permutation(len(households))
    order = np.argsort(place[block], kind="stable")
    assert not np.array_equal(order, np.arange(len(people)))
    for name in OF_PERSONS:
        column = getattr(people, name)
        column[:] = column[order]
    people._take_views()  # rows have moved
    model.run()
    assert not _who_differs(lived(scale=SCALE), model)


def _who_differs(one: ReturnModel, other: ReturnModel) -> set[int]:
    """Return the households whose events or last state differ, but for who counsels them.

    Counsellors of `APART` are all alike, and the least busy takes the next household.
    """
    states = [
        pd.DataFrame(
            {name: getattr(each.people, name) for name in OF_PERSONS if name != "counsellor"}
        )
        for each in (one, other)
    ]
    return _whose_events_differ(one, other) | _differing(*states)


def _whose_events_differ(one: ReturnModel, other: ReturnModel) -> set[int]:
    logs = [events(each) for each in (one, other)]
    return _differing(*(log.assign(n=log.groupby("person").cumcount()) for log in logs))


def _differing(one: pd.DataFrame, other: pd.DataFrame) -> set[int]:
    """Return the households of rows that stand on one side only."""
    both = pd.concat([one, other], ignore_index=True)
    return set(both[~both.duplicated(keep=False)]["household"].tolist())
