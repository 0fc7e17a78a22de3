"""Steps toward schemes are nested, noted once, and change nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.meetings.steps import (
    SCHEMES,
    Step,
    bits_of,
    note_application,
    note_ready,
    note_weighing,
    pack,
)
from terugkeer.agents.codes import Application, Background, Organisation, Scheme, Stage

from tests.abm.world.applicants import EVERYBODY, FAMILY, SINGLE, make_world
from tests.abm.world.small_world import change

BOTH = Scheme.REAN | Scheme.HRT
OPEN = BOTH | Scheme.IN_KIND  # open to the man alone


def noted(world: object, event: Event, person: int = 16) -> list[Scheme]:
    """Return the schemes of a step that were noted of a person, event by event."""
    log = world.log  # type: ignore[attr-defined] # a world, told as an object
    mine = (log.column("kind") == event) & (log.column("person") == person)
    return [Scheme(int(each)) for each in log.column("scheme")[mine]]


def test_six_bits_for_each_step_fit_into_the_column() -> None:
    assert {1 << place for place in range(SCHEMES)} == {int(each) for each in Scheme}
    each = {step: np.array([step + 1, 63], dtype=np.uint8) for step in Step}
    packed = pack(each)
    assert packed.dtype == np.uint32
    for step in Step:
        assert bits_of(packed, step).tolist() == [step + 1, 63]


@pytest.mark.parametrize(
    ("columns", "last"),
    [
        ({"knowledge": 0.0}, Event.ELIGIBLE),
        ({"stage": Stage.NOT_CONSIDERING}, Event.KNOWS),
        ({"reservation_eur": 2251.0}, Event.CONSIDERS),
        ({"reservation_eur": np.inf}, Event.CONSIDERS),
        ({"reservation_eur": 2250.0}, Event.MET_PRICE),
    ],
)
def test_each_step_needs_those_before_it(columns: dict[str, object], last: Event) -> None:
    """A man alone gets 500 euro of basic support and 1,750 in cash, all of it in cash."""
    closed = change("in_kind_open", False)
    world = make_world(closed, **{"stage": Stage.CONSIDERING, **columns})
    note_weighing(world, EVERYBODY)
    assert noted(world, Event.ELIGIBLE) == [BOTH]
    for event in (Event.KNOWS, Event.CONSIDERS, Event.MET_PRICE):
        assert noted(world, event) == ([BOTH] if event <= last else []), event
    assert noted(world, Event.READY) == []


def test_a_step_is_noted_once_and_schemes_that_open_later_are_noted_then() -> None:
    world = make_world(change("families_open", True), stage=Stage.CONSIDERING)
    note_weighing(world, EVERYBODY)
    world.week += 1
    note_weighing(world, EVERYBODY)
    assert noted(world, Event.ELIGIBLE, 0) == [OPEN | Scheme.FAMILIES]
    world.people.discretionary_eur[:] = 100.0
    note_weighing(world, EVERYBODY)
    for event in (Event.ELIGIBLE, Event.KNOWS, Event.CONSIDERS):
        assert noted(world, event) == [OPEN, Scheme.DISCRETIONARY]


def test_help_in_kind_is_open_before_it_is_seen() -> None:
    """It is seen by those who consider return, or have met an organisation that gives it."""
    for column, value in (("met", 1 << Organisation.MAATWERK), ("stage", Stage.CONSIDERING)):
        world = make_world(stage=Stage.NOT_CONSIDERING)
        note_weighing(world, EVERYBODY)
        assert noted(world, Event.KNOWS) == [BOTH]
        getattr(world.people, column)[:] = value
        note_weighing(world, EVERYBODY)
        assert noted(world, Event.ELIGIBLE) == [OPEN]
        assert noted(world, Event.KNOWS) == [BOTH, Scheme.IN_KIND]
        assert noted(world, Event.CONSIDERS) == ([OPEN] if column == "stage" else [])


def test_only_schemes_that_a_household_would_take_meet_its_price() -> None:
    world = make_world(
        change("rule_of_in_kind", "either_or"),
        stage=Stage.CONSIDERING,
        met=1 << Organisation.VWN,
    )
    note_weighing(world, EVERYBODY)
    assert Scheme.IN_KIND in noted(world, Event.CONSIDERS)[0]
    assert noted(world, Event.MET_PRICE) == [BOTH]


@pytest.mark.parametrize(
    "columns",
    [{"application": Application.REFUSED}, {"background": Background.OTHER}],
    ids=["refused", "by own means"],
)
def test_where_no_offer_counts_only_a_promise_meets_a_price(columns: dict[str, object]) -> None:
    nobody = change("iom_share_other", 0.0)
    world = make_world(nobody, stage=Stage.CONSIDERING, reservation_eur=200.0, **columns)
    note_weighing(world, EVERYBODY)
    assert Scheme.REAN in noted(world, Event.CONSIDERS)[0]
    assert noted(world, Event.MET_PRICE) == []
    world.people.discretionary_eur[:] = 100.0
    note_weighing(world, EVERYBODY)
    assert noted(world, Event.MET_PRICE) == []
    world.people.discretionary_eur[:] = 200.0
    note_weighing(world, EVERYBODY)
    assert noted(world, Event.MET_PRICE) == [Scheme.DISCRETIONARY]


def test_what_is_granted_counts_for_the_price_not_what_is_on_offer() -> None:
    world = make_world(
        application=Application.GRANTED, applied=Scheme.REAN, cash_eur=500.0, reservation_eur=501.0
    )
    note_weighing(world, EVERYBODY)
    assert noted(world, Event.MET_PRICE) == []
    world.people.reservation_eur[:] = 500.0
    note_weighing(world, EVERYBODY)
    assert noted(world, Event.MET_PRICE) == [Scheme.REAN]


def test_a_promise_is_known_to_whom_it_is_made_and_counts_for_the_price() -> None:
    world = make_world(
        knowledge=0.0,
        stage=Stage.CONSIDERING,
        discretionary_eur=300.0,
        reservation_eur=2550.0,
    )
    note_weighing(world, EVERYBODY)
    assert noted(world, Event.ELIGIBLE) == [OPEN | Scheme.DISCRETIONARY]
    assert noted(world, Event.KNOWS) == [Scheme.DISCRETIONARY]
    assert noted(world, Event.MET_PRICE) == [Scheme.DISCRETIONARY]


def test_an_application_notes_what_comes_before_it_in_the_same_week() -> None:
    world = make_world()
    schemes = np.array([0, 0, 0, BOTH], dtype=np.uint8)
    note_application(world, EVERYBODY, schemes)
    for event in (Event.ELIGIBLE, Event.KNOWS, Event.CONSIDERS):
        assert noted(world, event) == [BOTH]
        assert noted(world, event, 0) == []  # nothing is open to them: they ask in vain
    assert noted(world, Event.MET_PRICE) == []


def test_with_a_grant_or_a_promise_persons_become_ready() -> None:
    granted = [Application.GRANTED] * 3 + [Application.PENDING]
    world = make_world(application=granted, applied=BOTH, discretionary_eur=[0.0, 0.0, 0.0, 100.0])
    note_ready(world, EVERYBODY)
    note_ready(world, EVERYBODY)
    assert noted(world, Event.READY, 0) == [BOTH]
    assert noted(world, Event.READY) == [Scheme.DISCRETIONARY]
    assert noted(world, Event.ELIGIBLE) == [Scheme.DISCRETIONARY]


def test_the_members_of_a_household_take_steps_together() -> None:
    world = make_world(stage=Stage.CONSIDERING)
    note_weighing(world, EVERYBODY)
    assert len(set(world.people.scheme_steps[FAMILY].tolist())) == 1
    assert world.people.scheme_steps[SINGLE] > 0
