"""Exits of persons who are held, pardoned or outside, and of Dublin claimants."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.world.arrivals.newcomers import EARLIER_FAMILIES, INDICES, STRATA
from terugkeer.abm.world.calendar import first_week
from terugkeer.abm.world.decision.hazards import Cause
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.phases.exit import exits
from terugkeer.agents.codes import (
    Application,
    Destination,
    LegalPhase,
    Option,
    Outcome,
    Payer,
    Place,
    Scheme,
)
from terugkeer.agents.places import HIDDEN, LATER_PROCEDURES
from terugkeer.agents.traits import unpack

from tests.abm.world.adults import RICH, SURE, WEEK, adults, happened, hazards_only
from tests.abm.world.small_world import (
    FULL_SPIN_UP,
    HAZARDS,
    MODES,
    UNBOUNDED_SHELTER,
    change,
    events,
    in_both_modes,
    lived,
    model_of,
    recorded,
    watch,
)

if TYPE_CHECKING:
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.world.state import World


def test_families_held_have_two_weeks_of_hazard() -> None:
    """With a flight hazard `h` as the only exit, `1 - exp(-2 h)` of them leave."""
    quiet = [
        change(name, 0.0)
        for name in ("hazard_other_asylum", "hazard_other_other", "hazard_independent_detention")
    ]
    hazard = 0.5
    model = model_of(
        HAZARDS,
        *quiet,
        change("closed_family_departure_hazard", hazard),
        change("closed_family_hazard", 0.2),
        change("removal_planning_hazard", 0.0),
        change("child_pardon_hazard", 0.0, date(2008, 1, 1)),
        scale=2.0,
        first_year=2015,
        last_year=2016,
    )
    model.run()
    log = events(model)
    ended = log[(log["place"] == Place.CLOSED_FAMILY) & log["kind"].isin([Event.LEFT, Event.MOVED])]
    households = ended.drop_duplicates(["week", "household"])
    left = (households["kind"] == Event.LEFT).to_numpy()
    assert set(households["weeks"][left]) == {0.0, 1.0}
    assert set(households["weeks"][~left]) == {2.0}
    expected = 1.0 - np.exp(-2.0 * hazard)
    error = np.sqrt(expected * (1.0 - expected) / len(left))
    assert len(left) > 150
    assert abs(left.mean() - expected) < 4.0 * error  # one test in 16,000 fails by chance


@in_both_modes
def test_the_child_pardon_does_not_need_other_permits(mode: tuple[Override, ...]) -> None:
    """It finds everybody with a file, also where the hazard of other permits is 0."""
    log = events(
        lived(
            *mode,
            change("hazard_permit_with_file", 0.0),
            change("hazard_permit_family_location", 0.0),
            change("appeal_granted_share", (0.0,) * 4),
            change("no_fault_granted_share", 0.0),
            change("child_pardon_stay_weeks", 0),
            change("child_pardon_hazard", 0.5, date(2011, 7, 1)),
            scale=20.0,
        )
    )
    permits = log[(log["kind"] == Event.CLOSED) & (log["outcome"] == Outcome.PERMIT)]
    granted = permits[~permits["phase"].isin(LATER_PROCEDURES)]
    assert {Place.FAMILY_LOCATION, Place.PRIVATE_NETWORK} <= set(granted["place"])
    assert unpack(granted["traits"].to_numpy(), "family").all()


@pytest.mark.slow
def test_the_pardon_of_2013_finds_families_from_before_the_start() -> None:
    """Without them a run of three years of spin-up has hardly anybody of five years' stay."""

    def pardoned(members: float) -> pd.DataFrame:
        model = lived(
            HAZARDS,
            *UNBOUNDED_SHELTER,
            change("hazard_permit_with_file", 0.0),
            change("hazard_permit_family_location", 0.0),
            change("earlier_family_members", members),
            scale=10.0,
            last_year=2013,
            spin_up=FULL_SPIN_UP,
        )
        return events(model)

    log, none = pardoned(recorded("earlier_family_members")), pardoned(0.0)
    earlier = log["household"] // INDICES % STRATA >= EARLIER_FAMILIES
    permits = (log["kind"] == Event.CLOSED) & (log["outcome"] == Outcome.PERMIT)
    permits &= log["week"] >= first_week(2013)
    assert (permits & earlier & (log["place"] == Place.FAMILY_LOCATION)).sum() > 10
    # nobody else's life changes, and nobody is lost
    assert not (none["household"] // INDICES % STRATA >= EARLIER_FAMILIES).any()
    pd.testing.assert_frame_equal(log[~earlier].reset_index(drop=True), none)


HERE, ONWARD, HOME = Destination.NETHERLANDS, Destination.ONWARD, Destination.HOME_UNOBSERVED


@pytest.mark.parametrize(
    ("changed", "goals"),
    [
        (HAZARDS, {HERE, ONWARD, HOME}),
        (change("constant_move_on", -20.0), {HERE, HOME}),  # else closing by moving on is a choice
    ],
    ids=list(reversed(MODES)),
)
def test_a_file_that_closes_moves_nobody_who_is_outside(
    changed: Override, goals: set[Destination]
) -> None:
    log = events(lived(changed, scale=20.0))
    closed = log[(log["kind"] == Event.CLOSED) & (log["outcome"] == Outcome.UNOBSERVED)]
    outside = closed[closed["place"].isin(HIDDEN)]
    assert len(outside) > 100
    assert (outside["destination"] == Destination.NETHERLANDS).all()
    assert (outside["to_place"] == outside["place"]).all()
    inside = closed[~closed["place"].isin(HIDDEN)]
    assert set(inside["destination"]) == goals


def test_a_file_that_closes_by_moving_on_from_outside_was_closed_by_choice() -> None:
    model = model_of(change("constant_move_on", 0.0), scale=100.0)
    choices: dict[tuple[int, int], int] = {}

    def before(name: str, world: World) -> None:
        if name == "exit":
            rows = np.flatnonzero(np.isin(world.people.place, HIDDEN))
            persons, made = world.people.person[rows], world.people.choice[rows]
            choices.update(
                ((world.week, person), option)
                for person, option in zip(persons.tolist(), made.tolist(), strict=True)
            )

    watch(model, before=before)
    model.run()
    log = events(model)
    onward = log[(log["kind"] == Event.CLOSED) & (log["destination"] == Destination.ONWARD)]
    outside = onward[onward["place"].isin(HIDDEN)]
    assert len(outside) > 10
    keys = zip(outside["week"], outside["person"], strict=True)
    assert {choices[key] for key in keys} == {Option.MOVE_ON}


@in_both_modes
@pytest.mark.parametrize("documented", [pytest.param(0.0, marks=pytest.mark.slow), 1.0])
def test_dublin_claimants_wait_for_the_member_state(
    documented: float, mode: tuple[Override, ...]
) -> None:
    """A passport is no agreement to take somebody over, and an appeal wins no Dutch permit."""
    log = events(
        lived(
            *mode,
            change("document_hazard_dublin", 0.0),
            change("documented_share", documented),
            change("hazard_permit_with_file", 0.0),
            scale=20.0,
        )
    )
    dublin = log[unpack(log["traits"].to_numpy(), "dublin").astype(bool)]
    closed = dublin[dublin["kind"] == Event.CLOSED]
    assert len(closed) > 50
    assert not (closed["outcome"] == Outcome.FORCED).any()
    in_appeal = closed["phase"] == LegalPhase.APPEAL
    assert not (in_appeal & (closed["outcome"] == Outcome.PERMIT)).any()


def after(
    cause: Cause, n: int = 1, values: dict[str, object] | None = None, **columns: object
) -> World:
    """Return a world in which a cause of exit has struck everybody."""
    columns = {"savings_eur": RICH} | columns
    goes = {"last_minute_application_share": 0.0, "removal_fails_without_data": 0.0}
    world = adults(n, values=goes | (values or {}), **columns)
    nobody = np.zeros(0, dtype=np.intp), np.zeros(0)
    struck = np.arange(n), np.full(n, SURE)
    world.hazards = [struck if each == cause else nobody for each in Cause]
    exits(world)
    return world


def told(world: World, event: Event) -> list[tuple[int, int]]:
    """Return outcome and destination of events of a kind."""
    kind = world.log.column("kind") == event
    columns = (world.log.column(name)[kind].tolist() for name in ("outcome", "destination"))
    return list(zip(*columns, strict=True))


GOES_TO = {
    Cause.INDEPENDENT: (Outcome.INDEPENDENT, Destination.ORIGIN),
    Cause.FORCED: (Outcome.FORCED, Destination.ORIGIN),
    Cause.UNOBSERVED: (Outcome.UNOBSERVED, Destination.NETHERLANDS),
    Cause.PERMIT: (Outcome.PERMIT, Destination.PERMIT),
    Cause.OTHER: (Outcome.OTHER, Destination.OTHER),
    Cause.ONWARD: (Outcome.UNOBSERVED, Destination.ONWARD),
    Cause.HOME_UNOBSERVED: (Outcome.UNOBSERVED, Destination.HOME_UNOBSERVED),
}


@pytest.mark.parametrize("cause", Cause)
@pytest.mark.parametrize("spell_open", [False, True])
def test_a_cause_leads_to_one_outcome_with_a_file_or_without(
    cause: Cause, spell_open: bool
) -> None:
    world = after(cause, spell_open=spell_open, place=Place.VBL)
    closed = [GOES_TO[cause]] if spell_open else []
    assert told(world, Event.CLOSED) == closed
    stays = GOES_TO[cause][1] == Destination.NETHERLANDS
    assert told(world, Event.LEFT) == ([] if stays else [GOES_TO[cause]])
    assert not world.people.spell_open.any()


def test_forced_departure_of_dublin_claimants_goes_to_a_member_state() -> None:
    world = after(Cause.FORCED, 2, dublin=[True, False])
    goals = [destination for _, destination in told(world, Event.LEFT)]
    assert sorted(goals) == [Destination.ORIGIN, Destination.MEMBER_STATE]


@pytest.mark.parametrize(
    "columns", [{"closed_week": WEEK, "spell_open": False}, {"phase": LegalPhase.RETURNED}]
)
def test_a_file_that_closed_this_week_and_a_return_end_the_race(columns: dict[str, object]) -> None:
    assert after(Cause.OTHER, **columns).log.size == 0


HELD = {"place": Place.DETENTION}
FOUND = {"spell_since": WEEK}
ASKED = {"application": Application.PENDING, "applied_week": WEEK}
WAITED = ASKED | {"applied_week": WEEK - 1}
POOR = {"savings_eur": 0.0}
WITH_REAN = {"application": Application.GRANTED, "applied": Scheme.REAN}
REFUSED_NOW = {"application": Application.REFUSED, "applied": Scheme.REAN}
IN_KIND = {
    "application": Application.GRANTED,
    "applied": Scheme.IN_KIND,
    "applied_week": WEEK,
}


@pytest.mark.parametrize(
    ("columns", "stopped"),
    [
        (HELD, {Cause.UNOBSERVED, Cause.ONWARD, Cause.HOME_UNOBSERVED}),
        (FOUND, {Cause.ONWARD, Cause.HOME_UNOBSERVED}),
        (ASKED, {Cause.INDEPENDENT, Cause.HOME_UNOBSERVED}),
        (WAITED, set()),
        (IN_KIND, {Cause.INDEPENDENT, Cause.HOME_UNOBSERVED}),
        (POOR, {Cause.INDEPENDENT, Cause.HOME_UNOBSERVED}),
        (POOR | REFUSED_NOW, {Cause.INDEPENDENT, Cause.HOME_UNOBSERVED}),
    ],
    ids=["held", "found", "asked", "waited", "in_kind", "poor", "refused"],
)
def test_what_has_happened_since_hazards_were_set_stops_some_exits(
    columns: dict[str, object], stopped: set[Cause]
) -> None:
    none = {cause for cause in Cause if not happened(after(cause, **columns), Event.CLOSED)}
    assert none == stopped


@pytest.mark.parametrize(
    ("columns", "cause", "expected"),
    [
        ({}, Cause.INDEPENDENT, Payer.OWN),
        ({}, Cause.HOME_UNOBSERVED, Payer.OWN),
        (POOR | {"ticket": True}, Cause.INDEPENDENT, Payer.STATE),
        (POOR | WITH_REAN, Cause.INDEPENDENT, Payer.IOM),
        (POOR, Cause.FORCED, Payer.STATE),
        (POOR, Cause.ONWARD, Payer.NONE),
        (POOR, Cause.PERMIT, Payer.NONE),
    ],
)
def test_a_departure_tells_who_pays_it(
    columns: dict[str, object], cause: Cause, expected: Payer
) -> None:
    log = after(cause, **columns).log
    assert log.column("payer")[log.column("kind") == Event.LEFT].tolist() == [expected]


def test_where_nobody_weighs_nobody_needs_a_payer() -> None:
    world = after(Cause.INDEPENDENT, values=hazards_only(), **POOR)
    assert told(world, Event.LEFT) == [GOES_TO[Cause.INDEPENDENT]]
    assert not world.log.column("payer").any()


def test_without_hazards_nobody_leaves() -> None:
    world = adults(3)
    world.hazards = [(np.arange(3), np.zeros(3)) for _ in Cause]
    exits(world)
    assert world.log.size == 0


STOPPED: dict[str, object] = {"last_minute_application_share": 1.0}
REFUSED: dict[str, object] = {"repeat_granted_share": 0.0}
GRANTED: dict[str, object] = {"repeat_granted_share": 1.0}
TEAM: dict[str, object] = {"last_minute_team": True}
BEFORE: dict[str, object] = {"last_minute_team": False}


@pytest.mark.parametrize("place", [Place.DETENTION, Place.CLOSED_FAMILY])
@pytest.mark.parametrize(
    ("values", "phase"),
    [
        (BEFORE, LegalPhase.REPEAT_PROCEDURE),
        (TEAM | REFUSED, LegalPhase.OBLIGED),
        (TEAM | GRANTED, LegalPhase.RETURNED),
    ],
    ids=["before", "refused", "granted"],
)
def test_a_new_application_stops_a_removal_from_detention(
    values: dict[str, object], phase: LegalPhase, place: Place
) -> None:
    world = after(Cause.FORCED, 2, STOPPED | values, place=place, document=True, refusals=2)
    assert happened(world, Event.NOTICED) == happened(world, Event.CANCELLED) == [1, 2]
    assert world.people.phase.tolist() == [phase] * 2
    granted = phase == LegalPhase.RETURNED
    assert happened(world, Event.CLOSED) == ([1, 2] if granted else [])
    if not granted:
        assert world.people.place.tolist() == [place] * 2
        assert world.people.spell_open.all()
        assert world.people.refusals.tolist() == [2, 2]


def test_of_other_exits_from_detention_none_is_stopped() -> None:
    world = after(Cause.INDEPENDENT, 2, STOPPED, place=Place.DETENTION)
    assert happened(world, Event.CLOSED) == [1, 2]
    assert not happened(world, Event.CANCELLED)


def test_a_share_of_removals_from_detention_fails_for_want_of_data() -> None:
    values: dict[str, object] = {
        "removal_fails_without_data": 0.4,
        "sigma_in_use": True,
        "data_gap_share": 0.5,
    }
    world = after(Cause.FORCED, 4000, values, place=Place.DETENTION, document=True)
    failed = happened(world, Event.UNPREPARED)
    assert happened(world, Event.CANCELLED) == happened(world, Event.NOTICED) == failed
    assert len(failed) + len(happened(world, Event.CLOSED)) == 4000
    assert len(failed) / 4000 == pytest.approx(0.2, abs=0.03)


def test_a_share_of_removals_from_detention_is_stopped() -> None:
    share = recorded("last_minute_application_share")
    values: dict[str, object] = {"last_minute_application_share": share}
    world = after(Cause.FORCED, 4000, values, place=Place.DETENTION, document=True)
    stopped = len(happened(world, Event.CANCELLED))
    assert stopped + len(happened(world, Event.CLOSED)) == 4000
    assert stopped / 4000 == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / 4000))
