"""What phases may write, and which of the declared transitions happen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.persons.columns import COLUMNS
from terugkeer.agents.codes import LegalPhase, Place
from terugkeer.agents.places import HIDDEN, HOME
from terugkeer.agents.rules.transitions import PHASES, PLACES, allowed

from tests.abm.world.small_world import (
    FULL_SPIN_UP,
    MODES,
    change,
    events,
    model_of,
    watch,
)

if TYPE_CHECKING:
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.world.model import ReturnModel
    from terugkeer.abm.world.moment import Rows
    from terugkeer.abm.world.state import World

# every cause often enough that even a rare path is taken
LIVELY = (
    change("older_hidden_reemerging_per_year", 1500.0),
    change("hazard_apprehension_hidden", 0.05),
    change("repeat_application_hazard", 0.03),
    change("hidden_repeat_factor", 1.0),
    change("hazard_private_to_street", 0.03),
    change("hazard_leave_guided_shelter", 0.05),
    change("guided_shelter_capacity", 1000),
    change("municipal_desk_capacity", 500),
    change("living_allowance_places", 1000),
    change("night_shelter_condition", 0.5),
    change("deposit_share", 1.0),
    change("deferral_health_below", 0.8),
    change("deferral_granted_share", 1.0),
    change("deferral_weeks", 4),
    change("unrecognised_share", 0.5),
    change("no_fault_effort_weeks", 4),
    change("counsellor_bond", "toward_host_country"),
    change("counselling_moves_intention", "none", date(2014, 7, 1)),
    change("future_in_perspective_use", (0.3,) * 13),
    change("method_weeks_apart", (1, 1, 1, 1)),
    change("reporting_duty_share", 0.15),
    change("cooperating_share", 0.3),
    change("detention_hazard", 0.05),
    change("detention_at_term_end", 0.9),
    change("closed_family_hazard", 0.1),
    change("vanish_after_notice", 0.5),
    change("removal_planning_hazard", 0.05),
    change("detention_at_notice_share", 0.3),
    change("unregistered_share", 0.9),
    change("hidden_departure_factor", 1.0),
    change("hazard_home_unobserved", 0.008),
    change("hazard_independent_street", 0.01),
    change("hazard_independent_detention", 0.03),
    change("hazard_not_found", 0.05),
    change("asks_again_hazard", 3.0),
    change("trust_spill", "coercion_lowers_all"),
    change("other_household_shares", (0.4, 0.1, 0.1, 0.2, 0.2)),
    change("asylum_household_shares", (0.4, 0.1, 0.1, 0.2, 0.2)),
    # with younger parents more children come of age while they stay
    change("hazard_permit_family_location", 0.0015),
    # kin are sought for every client, are reached, and want the household back
    change("mediation_share", (1.0,) * 13),
    change("mediation_reaches", 1.0),
    change("mediation_wanted", 1.0),
)
# families are put out and go to a VBL once there are no family locations
FAMILIES = Place.FAMILY_LOCATION
MOVED = (
    change("family_location_open", value=False, start=date(2016, 1, 1)),
    change("removal_planning_hazard", 1.0, date(2017, 1, 1)),
    change("family_forced_ratio", 1.0),
    change("vbl_end_closes_share", 0.0),
    change("reporting_needs_housing", value=False),
)
# a journey that many save for and leave late for, so that tickets outlive their file
JOURNEYS = (
    change("journey_home_eur", 60),
    change("state_ticket_chance", 1.0),
    change("departure_hazard_ready", 0.02),
    change("repeat_application_hazard", 0.06),
)
# promises to many, so that some end when a household vanishes before its removal
PROMISES = (change("discretionary_chance", (0.4,) * 6),)


@pytest.mark.parametrize(
    "mode", [MODES["weighed"], pytest.param(MODES["hazards"], marks=pytest.mark.slow)], ids=MODES
)
def test_phases_write_only_what_they_declare(mode: tuple[Override, ...]) -> None:
    model = model_of(
        *(*mode, *LIVELY, *JOURNEYS, *PROMISES),
        scale=20.0,
        first_year=2012,
        last_year=2014,
        spin_up=FULL_SPIN_UP,
    )
    declared = {phase.name: set(phase.writes) for phase in model.stopwatch.plan}
    kept: dict[str, Any] = {}
    written: dict[str, set[str]] = {name: set() for name in declared}

    def before(name: str, world: World) -> None:
        if name != "record":
            kept.update({column: getattr(world.people, column).copy() for column in COLUMNS})

    def after(name: str, world: World) -> None:
        if name == "record":  # fills holes: rows move
            return
        for column, old in kept.items():
            new = getattr(world.people, column)
            if name == "arrive":
                new = new[: len(old)]
            assert len(new) == len(old), name
            if not np.array_equal(new, old):
                written[name].add(column)

    watch(model, before=before, after=after)
    model.run()
    assert written.pop("arrive") == set(), "who is there already is not touched by arrivals"
    assert declared.pop("arrive") == {"*"}, "newcomers bring everything"
    for name, columns in written.items():
        assert columns <= declared[name], f"{name} writes {sorted(columns - declared[name])}"
    fixed = {name for name, column in COLUMNS.items() if column.fixed}
    assert not fixed & set().union(*written.values())
    if mode == MODES["weighed"]:
        never = {name: declared[name] - columns for name, columns in written.items()}
        assert not any(never.values()), f"the plan promises what never happens: {never}"
        return
    assert {"place", "phase", "spell_open", "spells"} <= written["decide_law"]
    assert {"place", "closed_week", "spells"} <= written["place"]
    assert written["meet"] == {"cooperates"}
    assert written["change"] == {"place", "place_since", "unsheltered_weeks"}
    assert written["prepare"] == {"document"}
    assert {"detentions", "place", "spell_open", "spells"} <= written["enforce"]
    assert {"place", "phase", "gone", "closed_week"} <= written["exit"]
    assert written["resettle"] == {"gone"}
    assert not written["weigh"]
    assert not written["apply_policy"]


@pytest.fixture(scope="module", params=MODES)
def lively(
    request: pytest.FixtureRequest,
) -> tuple[ReturnModel, set[tuple[LegalPhase, LegalPhase]]]:
    model = model_of(*MODES[request.param], *LIVELY, *MOVED, scale=10.0, last_year=2017)
    changes: set[tuple[LegalPhase, LegalPhase]] = set()
    usual = model.world.change_phase

    def noted(rows: Rows, phase: LegalPhase, *, from_next_week: bool = False) -> None:
        changes.update((LegalPhase(code), phase) for code in np.unique(model.people.phase[rows]))
        usual(rows, phase, from_next_week=from_next_week)

    model.world.change_phase = noted  # type: ignore[method-assign] # listens in
    model.run()
    return model, changes


@pytest.mark.slow
def test_every_declared_change_of_legal_phase_happens(
    lively: tuple[ReturnModel, set[tuple[LegalPhase, LegalPhase]]],
) -> None:
    declared = {(origin, goal) for origin, goals in PHASES.items() for goal in goals}
    assert lively[1] == declared


@pytest.mark.slow
def test_every_declared_move_happens(
    lively: tuple[ReturnModel, set[tuple[LegalPhase, LegalPhase]]],
) -> None:
    log = events(lively[0])
    moved = log[log["kind"] == Event.MOVED]
    home = log[(log["kind"] == Event.LEFT) & log["destination"].isin(HOME)]
    happened = {
        (Place(origin), Place(goal))
        for each in (moved, home)
        for origin, goal in set(zip(each["place"], each["to_place"], strict=True))
    }
    declared = {(origin, goal) for origin, goals in PLACES.items() for goal in goals}
    if not lively[0].people.talks.any():  # only where people weigh they ask for guidance again
        declared -= {(origin, Place.VBL) for origin in HIDDEN}
        declared -= {(Place.VBL, Place.DETENTION)}  # nor does the lever of detention at notice act
        declared -= {(origin, Place.CLOSED_FAMILY) for origin in Place if origin != FAMILIES}
        declared -= {(Place.CLOSED_FAMILY, Place.AZC_DEPARTURE_TERM)}  # no claimant is held there
        declared -= {(Place.NIGHT_SHELTER, Place.STREET)}  # and nobody has a bed on condition
    never = sorted(f"{a.name} -> {b.name}" for a, b in declared - happened)
    assert not never, f"declared, but nothing does it: {never}"
    assert happened <= declared


@pytest.mark.parametrize("place", list(Place))
def test_an_undeclared_move_stops_the_run(place: Place) -> None:
    model = model_of(scale=500.0)
    while len(model.people) < 3:
        model.step()
    model.people.place[0] = place
    for goal in Place:
        if not allowed(PLACES)[place, goal]:
            with pytest.raises(RuntimeError, match="undeclared move"):
                model.world.move(np.array([0]), goal)


def test_an_undeclared_change_of_phase_stops_the_run() -> None:
    model = model_of(scale=500.0)
    while len(model.people) < 3:
        model.step()
    model.people.phase[0] = LegalPhase.OBLIGED
    with pytest.raises(RuntimeError, match="undeclared change"):
        model.world.change_phase(np.array([0]), LegalPhase.APPEAL)


def test_a_file_is_never_opened_or_closed_twice() -> None:
    model = model_of(scale=500.0)
    while not model.people.spell_open.any():
        model.step()
    rows = np.flatnonzero(model.people.spell_open)[:1]
    with pytest.raises(RuntimeError, match="open already"):
        model.world.open_files(rows)
    model.people.spell_open[rows] = False
    with pytest.raises(RuntimeError, match="not open"):
        model.world.close_files(rows, 4, 5, 0)


def test_a_lost_person_stops_the_run() -> None:
    model = model_of(scale=500.0)
    for _ in range(30):
        model.step()
    model.world.entered += 1
    with pytest.raises(RuntimeError, match="not conserved"):
        model.step()
