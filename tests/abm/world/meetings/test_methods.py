"""Methods in a small world: steps in order, what each works on, leaving early, and zero use."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest import mock

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.abm.world.calendar import sunday
from terugkeer.abm.world.decision.occasions import OCCASIONS
from terugkeer.abm.world.events import COLUMNS, Event
from terugkeer.abm.world.meetings import counsel as counsel_file
from terugkeer.abm.world.meetings import sessions as sessions_file
from terugkeer.abm.world.meetings.methods import USES, leave_methods
from terugkeer.abm.world.meetings.sessions import hold_sessions
from terugkeer.abm.world.values import Values
from terugkeer.agents.codes import LegalPhase, Method, Organisation, Place, Stage
from terugkeer.agents.kinds import HELPERS
from terugkeer.agents.rules.methods import LENGTH, METHODS, unpack_step

from tests.abm.world.clients import SAFE, WEEK, alone, everybody, session, world_of
from tests.abm.world.small_world import change, model_of

if TYPE_CHECKING:
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.world.state import World

NO_USE = tuple(change(use, (0.0,) * 13) for use in USES.values())
GAIN = 0.1
PLAIN = (  # only steps move anything
    change("method_step_gain", (GAIN,) * 4),
    change("method_dropout", (0.0,) * 4),
    change("session_weight", 0.0),
    change("bond_gain", 0.0),
    change("trust_gain", 0.0),
    change("heard_justice", 0.0),
    change("training_agency", 0.0),
    change("mediation_share", (0.0,) * 13),
    change("moderators", "hard"),
)

STATES = (
    "agency",
    "bond",
    "horizon",
    "knowledge",
    "told",
    "justice",
    "heard",
    "trust_ngo",
    "trust_iom",
    "trust_state",
    "hope",
    "believed_safety",
    "believed_livelihood",
    "illegality_prospects",
    "social_debt",
    "ties_nl",
    "ties_origin",
)


AT = dict.fromkeys(METHODS, Organisation.VWN) | {
    Method.FUTURE_IN_PERSPECTIVE: Organisation.TIP  # VWN's talks with that method
}


def used(method: Method, organisation: Organisation) -> tuple[Override, ...]:
    """Return changes by which an organisation follows one method with everybody."""
    return tuple(
        change(use, alone(organisation, float(each == method))) for each, use in USES.items()
    )


def begun(method: Method, *changes: Override, weeks: int = 0, **columns: object) -> World:
    """Return a world after a first session, and further ones `weeks` weeks in a row."""
    alike = {"trust_ngo": 0.5, "social_debt": 0.5, "hope": 0.0, "country": SAFE}
    organisation = AT[method]
    everyone = used(method, organisation)
    world = session(organisation, *PLAIN, *everyone, *changes, **(alike | columns))
    for _ in range(weeks):
        world.week += 1
        hold_sessions(world, everybody(world))
    return world


def moved_columns(before: World, after: World) -> set[str]:
    """Return which states differ, apart from the count of talks."""
    return {
        name
        for name in STATES
        if not np.array_equal(getattr(before.people, name), getattr(after.people, name))
    }


@pytest.mark.parametrize(
    ("method", "steps"),
    [
        (
            Method.SAFE_FUTURE,
            [
                {"trust_ngo", "bond"},
                {"knowledge"},
                {"agency"},
                {"agency"},
                {"believed_safety"},  # two future talks, a half each
                {"believed_safety"},
                {"believed_livelihood"},
                {"illegality_prospects"},
                set(),  # the provisional decision
                {"agency"},
                set(),
            ],
        ),
        (
            Method.BEWOGEN_TERUGKEER,  # two weeks apart
            [
                {"knowledge"},
                set(),
                {"believed_safety"},
                set(),
                {"believed_livelihood"},
                set(),
                {"social_debt"},
                set(),
            ],
        ),
        (Method.LIFE_LINE, [{"horizon"}, {"horizon"}, set()]),
        (
            Method.FUTURE_IN_PERSPECTIVE,
            [
                {"hope"},
                # three talks on all futures, two weeks apart, a third each
                *([set(), {"illegality_prospects", "believed_safety"}] * 3),
                set(),
                {"agency"},
            ],
        ),
    ],
)
def test_steps_come_in_order_and_move_what_they_work_on(
    method: Method, steps: list[set[str]]
) -> None:
    columns = {"stage": Stage.CONSIDERING, "hope": 0.3}
    none = session(
        AT[method], *PLAIN, *NO_USE, trust_ngo=0.5, social_debt=0.5, country=SAFE, **columns
    )
    before = none
    for week, expected in enumerate(steps):
        after = begun(method, weeks=week, **columns)
        assert moved_columns(before, after) == expected, week
        before = after
    people = before.people
    done = people.method == Method.OVER
    assert done.all() or method is Method.FUTURE_IN_PERSPECTIVE
    assert (people.method_step == LENGTH[method]).all()


def test_a_finished_step_moves_by_the_gain_of_its_method() -> None:
    people = begun(Method.SAFE_FUTURE).people
    np.testing.assert_allclose(people.trust_ngo, 0.5 + 0.5 * GAIN, rtol=1e-6)
    np.testing.assert_allclose(people.bond, GAIN, rtol=1e-6)
    people = begun(Method.SAFE_FUTURE, weeks=3).people
    np.testing.assert_allclose(people.agency, 1.0 - 0.5 * (1 - GAIN) ** 2, rtol=1e-6)
    people = begun(Method.LIFE_LINE, weeks=1).people
    np.testing.assert_allclose(people.horizon, 1.0 - (1 - GAIN) ** 2, rtol=1e-6)
    people = begun(Method.BEWOGEN_TERUGKEER, weeks=6, stage=Stage.CONSIDERING).people
    np.testing.assert_allclose(people.social_debt, 0.5 * (1 - GAIN), rtol=1e-6)
    # trust of a half halves what is heard, as in any session
    np.testing.assert_allclose(people.believed_safety, 0.4 + GAIN * 0.5 * 0.4, rtol=1e-6)


def test_talks_of_a_step_share_what_it_does() -> None:
    first, second, third = (
        begun(Method.FUTURE_IN_PERSPECTIVE, weeks=weeks).people for weeks in (2, 4, 6)
    )
    toward = GAIN / 3 * 0.5  # a third each; trust of a half halves what is heard
    for talks, people in enumerate((first, second, third), start=1):
        distance = 0.4 * (1 - toward) ** talks
        np.testing.assert_allclose(people.believed_safety, 0.8 - distance, rtol=1e-6)
        assert (people.method_step == 1 + (talks == 3)).all()


def test_an_organisation_follows_the_methods_that_a_source_tells_of_it() -> None:
    recorded = Values(Timeline(registry()).at(sunday(WEEK)))
    shares = [change(use, tuple(recorded.vector(use))) for use in USES.values()]
    for organisation, drawn in (
        (Organisation.TIP, {Method.FUTURE_IN_PERSPECTIVE}),
        (Organisation.VWN, {Method.NONE, Method.BEWOGEN_TERUGKEER}),
        (Organisation.NIEUW_HOOFDSTUK, {Method.NONE}),
        (Organisation.BRIDGE_TO_BETTER, {Method.NONE, Method.SAFE_FUTURE}),
        (Organisation.GOEDWERK, {Method.NONE}),
        (Organisation.ASKV, {Method.NONE, Method.LIFE_LINE}),
    ):
        world = session(organisation, *PLAIN, *shares, n=100)
        assert set(world.people.method.tolist()) == drawn, organisation


def test_shares_reach_every_organisation() -> None:
    everyone = [change(use, (1.0,) * 13) for use in USES.values()]
    for organisation in HELPERS:
        world = session(organisation, *PLAIN, *everyone, n=100)
        assert set(world.people.method.tolist()) == {*METHODS}, organisation


@pytest.mark.parametrize("reading", ["helps", "neutral", "harms_trust"])
def test_a_first_step_during_a_procedure_moves_trust_as_the_talk_does(reading: str) -> None:
    early = {"phase": LegalPhase.PROCEDURE, "place": Place.AZC, "trust_iom": 0.5}
    method = used(Method.SAFE_FUTURE, Organisation.IOM)
    switch = change("early_return_talk", reading)
    people = session(Organisation.IOM, *PLAIN, *method, switch, **early).people
    assert (people.method_step == 1).all()
    sign = {"helps": 1, "neutral": 0, "harms_trust": -1}[reading]
    np.testing.assert_allclose(people.trust_iom, 0.5 + sign * 0.5 * GAIN, rtol=1e-6)


def test_safe_future_waits_for_calm_and_for_a_ruling() -> None:
    street = begun(Method.SAFE_FUTURE, weeks=3, place=Place.STREET).people
    assert (street.method == Method.NONE).all()
    early = begun(Method.SAFE_FUTURE, weeks=30, phase=LegalPhase.PROCEDURE, place=Place.AZC).people
    assert (early.method_step == 6).all()
    later = begun(Method.SAFE_FUTURE, weeks=30, phase=LegalPhase.APPEAL, place=Place.AZC).people
    assert (later.method_step == 9).all()


def test_partners_and_empty_hands_wait_for_people_to_consider_return() -> None:
    people = begun(Method.BEWOGEN_TERUGKEER, weeks=30).people
    assert (people.method == Method.BEWOGEN_TERUGKEER).all()
    assert (people.method_step == 2).all()


@pytest.mark.parametrize(("stage", "last"), [(Stage.CONSIDERING, 9), (Stage.INTENDING, 8)])
def test_a_provisional_decision_is_an_occasion_to_weigh(stage: Stage, last: int) -> None:
    at_eight = begun(Method.SAFE_FUTURE, weeks=8, stage=stage)
    assert (at_eight.people.method_step == 8).all()
    assert OCCASIONS["method"](at_eight, everybody(at_eight)).all()
    after = begun(Method.SAFE_FUTURE, weeks=12, stage=stage)
    assert (after.people.method_step == last).all()
    assert (after.people.method == Method.OVER).all()
    assert not OCCASIONS["method"](after, everybody(after)).any()


def test_leaving_early_leaves_what_was_done() -> None:
    leaves = change("method_dropout", (1.0,) * 4)
    world = begun(Method.SAFE_FUTURE, leaves, weeks=5)
    kept = begun(Method.SAFE_FUTURE)
    assert (world.people.method == Method.OVER).all()
    assert (world.people.method_step == 1).all()
    assert moved_columns(kept, world) == set()
    kinds = world.log.column("kind")
    assert np.count_nonzero(kinds == Event.METHOD_LEFT) == len(world.people)
    assert (
        unpack_step(world.log.column("step_of_method")[kinds == Event.METHOD_LEFT])[1] == 1
    ).all()


def test_when_help_ends_the_method_ends_and_another_may_begin() -> None:
    world = begun(Method.LIFE_LINE)
    leave_methods(world, everybody(world))
    assert (world.people.method == Method.NONE).all()
    kinds = world.log.column("kind")
    assert np.count_nonzero(kinds == Event.METHOD_LEFT) == len(world.people)
    leave_methods(world, everybody(world))
    assert np.count_nonzero(world.log.column("kind") == Event.METHOD_LEFT) == len(world.people)
    world.week += 1
    hold_sessions(world, everybody(world))
    assert (world.people.method == Method.LIFE_LINE).all()


def test_one_method_is_drawn_for_all_of_the_time_with_an_organisation() -> None:
    shares = [change(use, alone(Organisation.MAATWERK, 0.25)) for use in USES.values()]
    world = session(Organisation.MAATWERK, *PLAIN, *shares, n=400, size=2)
    people = world.people
    drawn = people.method.copy()
    assert (drawn.reshape(-1, 2)[:, 0] == drawn.reshape(-1, 2)[:, 1]).all()
    counts = np.bincount(drawn, minlength=6)[list(METHODS)]
    assert (np.abs(counts - 200) < 4 * np.sqrt(2 * 400 * 0.25 * 0.75)).all()
    world.week += 1
    hold_sessions(world, everybody(world))
    assert ((people.method == drawn) | (people.method == Method.OVER)).all()


def _bytes(*changes: Override) -> list[bytes]:
    model = model_of(*changes, scale=200.0, spin_up=1)
    model.run()
    return [model.log.column(name).tobytes() for name in COLUMNS]


@pytest.mark.slow
def test_without_use_a_method_is_no_method_byte_for_byte() -> None:
    without = _bytes(*NO_USE)
    with (
        mock.patch.object(sessions_file, "follow_methods", return_value=None),
        mock.patch.object(counsel_file, "leave_methods", return_value=None),
    ):
        assert _bytes() == without, "no method at all"


def test_without_use_the_sizes_of_a_method_move_nothing() -> None:
    world = world_of(n=1)
    ways = ((use, method) for method, use in USES.items())
    for use, method in ways:
        place = METHODS.index(method)
        sizes = [*world.now.vector("method_step_gain")]
        sizes[place] = 0.9
        zero = change(use, (0.0,) * 13)
        one = session(Organisation.VWN, zero, n=40)
        other = session(Organisation.VWN, zero, change("method_step_gain", tuple(sizes)), n=40)
        assert moved_columns(one, other) == set()
