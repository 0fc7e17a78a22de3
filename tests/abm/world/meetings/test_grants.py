"""From an application to a departure: who asks, who waits, what is granted, and who leaves how."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.world.decision.hazards import Cause
from terugkeer.abm.world.events import Event, Mark
from terugkeer.abm.world.meetings.applications import apply, decide
from terugkeer.abm.world.phases.exit import _overtaken
from terugkeer.abm.world.phases.weigh import _hazards_of_choice
from terugkeer.agents.codes import (
    Application,
    Destination,
    LegalPhase,
    Organisation,
    Outcome,
    Place,
    Scheme,
    Stage,
)

from tests.abm.world.adults import RICH
from tests.abm.world.applicants import EVERYBODY, SINGLE, make_world, pending
from tests.abm.world.small_world import change, events, lived, recorded

if TYPE_CHECKING:
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.world.state import World

BOTH = Scheme.REAN | Scheme.IN_KIND
MET = {"met": 1 << Organisation.VWN}
LONG_AGO = 52
JOURNEY = recorded("journey_home_eur")


def state_after_a_week(*changes: Override, **columns: object) -> Application:
    """Return where the application of the man alone stands after a week."""
    world = make_world(*changes, **columns)
    apply(world)
    return Application(int(world.people.application[SINGLE]))


def ready(*changes: Override, **columns: object) -> World:
    """Return a world in which everybody is ready to leave, but for what is given."""
    world = make_world(*changes, **({"document": True, "savings_eur": RICH} | columns))
    world.people.stage_since[:] = world.week - LONG_AGO
    return world


def leaving(world: World, cause: Cause = Cause.INDEPENDENT) -> list[int]:
    return _hazards_of_choice(world)[1][cause][0].tolist()


def test_one_reason_to_know_of_support_is_enough_to_apply() -> None:
    ignorant = {"knowledge": 0.0}
    assert state_after_a_week(**ignorant) == Application.NONE
    assert state_after_a_week(**ignorant, **MET) == Application.PENDING
    assert state_after_a_week(**ignorant, talks=1) == Application.PENDING


def test_a_document_stands_for_an_identity_that_can_be_shown() -> None:
    assert state_after_a_week(identified=False) == Application.NONE
    assert state_after_a_week(identified=False, document=True) == Application.PENDING


def test_who_leaves_without_telling_anybody_does_not_ask() -> None:
    silent = change("unregistered_share", 1.0)
    means = {"savings_eur": JOURNEY}
    assert state_after_a_week(silent, spell_open=False, **means) == Application.NONE
    assert state_after_a_week(silent, spell_open=True, **means) == Application.PENDING
    told = change("unregistered_share", 0.0)
    assert state_after_a_week(told, spell_open=False, **means) == Application.PENDING


def test_who_cannot_pay_the_journey_asks_also_if_it_would_rather_tell_nobody() -> None:
    silent = change("unregistered_share", 1.0)
    for short, expected in ((0, Application.NONE), (1, Application.PENDING)):
        means = {"savings_eur": JOURNEY - short}
        assert state_after_a_week(silent, spell_open=False, **means) == expected


def test_who_withdrew_asks_again_only_after_making_up_its_mind_anew() -> None:
    def state(asked: int, since: int) -> Application:
        world = make_world(application=Application.WITHDRAWN)
        world.people.applied_week[:] = world.week - asked
        world.people.stage_since[:] = world.week - since
        apply(world)
        return Application(int(world.people.application[SINGLE]))

    assert state(asked=10, since=10) == Application.WITHDRAWN
    assert state(asked=10, since=20) == Application.WITHDRAWN
    assert state(asked=10, since=9) == Application.PENDING


def test_who_hopes_in_vain_asks_for_basic_support_and_is_refused() -> None:
    world = make_world()
    world.listed = np.zeros_like(world.listed)
    apply(world)
    assert (world.people.applied == Scheme.REAN | Scheme.HRT).all()  # in vain
    decide(world, EVERYBODY)
    assert (world.people.application == Application.REFUSED).all()


def test_a_pending_application_of_who_changes_its_mind_is_withdrawn() -> None:
    columns = {"application": Application.PENDING, "stage": Stage.INTENDING}
    assert state_after_a_week(**columns) == Application.WITHDRAWN


def test_some_are_refused_for_what_the_model_does_not_hold() -> None:
    for share, expected in ((1.0, Application.REFUSED), (0.0, Application.GRANTED)):
        world = make_world(change("refused_otherwise_share", share))
        pending(world, Scheme.REAN)
        decide(world, EVERYBODY)
        assert (world.people.application == expected).all()


def test_the_present_stay_counts_towards_the_five_years() -> None:
    earlier = change("earlier_support_share", 1.0), change("earlier_support_span_years", 1)
    for weeks, expected in ((200, Application.REFUSED), (265, Application.GRANTED)):
        world = make_world(*earlier)
        world.people.arrival_week[:] = world.week - weeks
        pending(world, Scheme.REAN)
        decide(world, EVERYBODY)
        assert (world.people.application == expected).all()


def test_the_pilot_chosen_in_time_is_granted_after_its_window() -> None:
    world = make_world(
        change("pilot_open", True), change("hrt_open", False), phase=LegalPhase.OBLIGED
    )
    pending(world, Scheme.REAN | Scheme.PILOT)
    decide(world, EVERYBODY)
    assert (world.people.applied == Scheme.REAN | Scheme.PILOT).all()
    assert (world.people.in_kind_eur > 0.0).all()


def test_who_chose_kind_that_no_longer_fits_may_still_have_cash() -> None:
    world = make_world(
        change("rule_of_in_kind", "either_or"), change("in_kind_within_weeks", 16), **MET
    )
    pending(world, BOTH)
    world.people.place[SINGLE] = Place.VBL
    world.people.place_since[SINGLE] = world.week - 11
    decide(world, EVERYBODY)
    people = world.people
    assert Scheme(int(people.applied[SINGLE])) == Scheme.REAN | Scheme.HRT
    assert (people.cash_eur[SINGLE], people.in_kind_eur[SINGLE]) == (2250.0, 0.0)
    # where it still fits, what was asked for is what is granted
    assert Scheme(int(people.applied[0])) == BOTH


def test_who_has_applied_waits_as_long_as_patience_lasts() -> None:
    patience = change("application_patience_weeks", 8)
    for waited, goes in ((7, False), (8, True)):
        world = ready(patience, application=Application.PENDING)
        world.people.applied_week[:] = world.week - waited
        assert (leaving(world) == [0, 1, 2, 3]) == goes
        assert bool(leaving(world)) == goes


def test_who_loses_patience_leaves_before_a_late_decision_and_without_support() -> None:
    slow = change("application_patience_weeks", 8), change("application_weeks", 20)
    world = ready(*slow, application=Application.PENDING, applied=Scheme.REAN)
    world.people.applied_week[:] = world.week - 8
    apply(world)
    assert (world.people.application == Application.PENDING).all()
    assert leaving(world) == [0, 1, 2, 3]
    world.leave(EVERYBODY, Outcome.INDEPENDENT, Destination.ORIGIN)
    assert not (world.log.column("marks") & np.uint8(Mark.IOM)).any()


def test_who_is_granted_leaves_in_sight_of_iom() -> None:
    silent = change("unregistered_share", 1.0)
    world = ready(silent, spell_open=False, application=[Application.GRANTED] * 3 + [0])
    assert leaving(world) == [0, 1, 2]
    assert leaving(world, Cause.HOME_UNOBSERVED) == [SINGLE]


def test_who_has_just_applied_does_not_leave_in_the_same_week() -> None:
    world = make_world(application=Application.PENDING, spell_open=False, savings_eur=RICH)
    world.people.applied_week[:] = world.week - np.array([0, 0, 0, 1])
    for cause in (Cause.INDEPENDENT, Cause.HOME_UNOBSERVED):
        causes = np.full(4, int(cause), dtype=np.int8)
        assert _overtaken(world, EVERYBODY, causes).tolist() == [True] * 3 + [False]
    forced = np.full(4, int(Cause.FORCED), dtype=np.int8)
    assert not _overtaken(world, EVERYBODY, forced).any()


def test_nobody_leaves_with_help_in_kind_before_it_is_prepared() -> None:
    for weeks, since, goes in ((6, 5, False), (6, 6, True), (0, 0, True), (1, 0, False)):
        world = ready(change("in_kind_weeks", weeks), application=Application.GRANTED, applied=BOTH)
        world.people.applied_week[:] = world.week - since
        assert bool(leaving(world)) == goes
        causes = np.full(4, int(Cause.INDEPENDENT), dtype=np.int8)
        assert _overtaken(world, EVERYBODY, causes).all() == (not goes)


@pytest.mark.parametrize("scheme", [Scheme.HRT, Scheme.PILOT, Scheme.HRT | Scheme.FAMILIES])
def test_what_is_given_after_the_return_takes_no_weeks_here(scheme: Scheme) -> None:
    world = ready(application=Application.GRANTED, applied=Scheme.REAN | scheme)
    world.people.applied_week[:] = world.week
    assert leaving(world) == [0, 1, 2, 3]


def test_help_in_kind_that_came_to_nothing_holds_nobody() -> None:
    world = ready(application=Application.WITHDRAWN, applied=BOTH)
    world.people.applied_week[:] = world.week
    assert leaving(world) == [0, 1, 2, 3]


def test_without_means_only_basic_support_lets_people_leave() -> None:
    poor = {"savings_eur": 0.0, "application": [Application.GRANTED] * 3 + [0]}
    assert leaving(ready(**poor, applied=Scheme.REAN)) == [0, 1, 2]
    assert leaving(ready(**poor, applied=Scheme.HRT)) == []
    refused = ready(savings_eur=0.0, application=Application.REFUSED, applied=Scheme.REAN)
    assert leaving(refused) == []


@pytest.mark.parametrize("weeks", [pytest.param(0, marks=pytest.mark.slow), 6])
def test_in_a_run_nobody_leaves_with_help_in_kind_sooner(weeks: int) -> None:
    log = events(
        lived(change("in_kind_weeks", weeks), change("rule_of_in_kind", "stacked"), scale=25.0)
    )
    kind = log[(log["scheme"] & int(Scheme.IN_KIND)) > 0]
    asked = log[log["kind"] == Event.APPLIED].groupby("person")["week"].max()
    iom = (kind["marks"] & int(Mark.IOM)) > 0
    left = kind[(kind["kind"] == Event.LEFT) & iom].set_index("person")["week"]
    waited = left - asked.loc[left.index]
    assert len(waited) > 5
    assert waited.min() >= weeks
    assert waited.min() < 6 or weeks == 6


def test_what_a_case_manager_promised_is_paid_at_departure_through_iom_or_not() -> None:
    promised = np.array([500.0, 500.0, 500.0, 0.0])
    for state in (Application.NONE, Application.GRANTED):
        world = make_world(application=state, applied=Scheme.REAN, discretionary_eur=promised)
        world.leave(EVERYBODY, Outcome.INDEPENDENT, Destination.ORIGIN)
        paid = (world.log.column("scheme") & np.uint8(Scheme.DISCRETIONARY)) > 0
        assert paid.tolist() == [True] * 3 + [False]
    removed = make_world(discretionary_eur=promised)
    removed.leave(EVERYBODY, Outcome.FORCED, Destination.ORIGIN)
    assert not (removed.log.column("scheme") & np.uint8(Scheme.DISCRETIONARY)).any()


def test_a_decision_takes_a_week_at_least() -> None:
    with pytest.raises(InputError):
        make_world(change("application_weeks", 0))
