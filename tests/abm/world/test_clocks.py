"""Clocks and limits of the law, counted out on every person of a run."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from terugkeer.abm.world.calendar import week_of
from terugkeer.abm.world.chance import Decision
from terugkeer.abm.world.events import Event, Mark
from terugkeer.agents.codes import Destination, LegalPhase, Outcome, Place, Route
from terugkeer.agents.traits import unpack

from tests.abm.world.small_world import MODES, change, events, in_both_modes, model_of, watch

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.world.model import ReturnModel
    from terugkeer.abm.world.moment import Rows
    from terugkeer.abm.world.state import World

COLUMNS = (
    "phase",
    "phase_since",
    "place",
    "place_since",
    "cooperates",
    "document",
    "spell_open",
    "dublin",
    "household_key",
    "deferred_until",
)
FACILITY_OPENS = week_of(date(2014, 10, 1))
FAMILY_LOCATIONS_OPEN = week_of(date(2011, 1, 11))
AT_LIBERTY = {
    Place.AZC,
    Place.AZC_DEPARTURE_TERM,
    Place.VBL,
    Place.FAMILY_LOCATION,
    Place.REPORTING_DUTY,
}
HELD = {Place.DETENTION, Place.CLOSED_FAMILY}


class Witness:
    """Writes down what happens in the phases that clocks rule."""

    def __init__(self, model: ReturnModel) -> None:
        self.seen: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self._old: dict[str, Any] = {}
        watch(model, before=self._before, after=self._after)
        usual = model.world.close_files

        def close_files(
            rows: Rows,
            outcome: ArrayLike,
            destination: ArrayLike,
            to_place: ArrayLike,
            **told: bool,
        ) -> None:
            self._closing(model.world, rows, np.broadcast_to(outcome, np.shape(rows)), destination)
            usual(rows, outcome, destination, to_place, **told)

        model.world.close_files = close_files  # type: ignore[method-assign] # listens in

    def _before(self, name: str, world: World) -> None:
        self._phase = name
        self._old = {column: getattr(world.people, column).copy() for column in COLUMNS}
        if name == "arrive":
            stuck = (self._old["place"] == Place.AZC_DEPARTURE_TERM) & (
                self._old["phase"] == LegalPhase.OBLIGED
            )
            # but for families that await a transfer, and while a departure is deferred
            stuck &= ~self._old["dublin"] & (self._old["deferred_until"] < world.week)
            self.seen["obliged in term reception"] += [(world.week,)] * int(stuck.sum())

    def _after(self, name: str, world: World) -> None:
        if name == "decide_law":
            self._terms(world)
        elif name == "place":
            self._places(world)
        elif name == "enforce":
            self._held_families(world)

    def _terms(self, world: World) -> None:
        old, people = self._old, world.people
        was_term = old["phase"] == LegalPhase.DEPARTURE_TERM
        weeks = world.week - old["phase_since"]
        extended = old["cooperates"] & old["document"]
        extended &= old["place"] == Place.AZC_DEPARTURE_TERM
        over = np.flatnonzero(was_term & (people.phase == LegalPhase.OBLIGED))
        self.seen["term"] += list(
            zip(
                weeks[over],
                extended[over],
                (old["cooperates"] & old["document"])[over],
                strict=True,
            )
        )
        on = np.flatnonzero(was_term & (people.phase == LegalPhase.DEPARTURE_TERM))
        self.seen["term goes on"] += list(zip(weeks[on], extended[on], strict=True))

    def _places(self, world: World) -> None:
        old, people = self._old, world.people
        weeks = world.week - old["place_since"]
        everybody = np.arange(len(people))
        minors = world.with_minor(everybody)
        out = np.isin(people.place, [Place.REPORTING_DUTY, Place.PRIVATE_NETWORK, Place.STREET])
        out |= people.closed_week == world.week
        vbl = np.flatnonzero((old["place"] == Place.VBL) & out)
        self.seen["vbl"] += [(each,) for each in weeks[vbl]]

        share = world.now.number("detention_extension_share")
        extended = world.draw_once(Decision.DETENTION_EXTENSION, everybody) < share
        still = np.flatnonzero(people.place == Place.DETENTION)
        stay = world.weeks_at_place(still)
        self.seen["detention"] += list(zip(stay, extended[still], minors[still], strict=True))
        closed = np.flatnonzero(people.place == Place.CLOSED_FAMILY)
        self.seen["closed"] += [(each,) for each in world.weeks_at_place(closed)]

        term = old["place"] == Place.AZC_DEPARTURE_TERM
        ended = np.flatnonzero(term & (old["phase"] == LegalPhase.OBLIGED))
        if world.week >= FAMILY_LOCATIONS_OPEN:
            self.seen["family after term"] += [
                (Place(place),) for place in people.place[ended[minors[ended]]]
            ]
        held = np.flatnonzero(term & (people.place == Place.DETENTION))
        self.seen["held at term end"] += list(
            zip(old["cooperates"][held], old["document"][held], minors[held], strict=True)
        )

    def _held_families(self, world: World) -> None:
        held = np.flatnonzero(world.people.place == Place.DETENTION)
        families = world.with_minor(held)
        since = world.people.place_since[held][families]
        self.seen["families in detention"] += [(world.week, week) for week in since]

    def _closing(
        self, world: World, rows: Rows, outcome: NDArray[Any], destination: ArrayLike
    ) -> None:
        people = world.people
        destination = np.broadcast_to(destination, np.shape(rows))
        forced = outcome == Outcome.FORCED
        for row, goal in zip(rows[forced], destination[forced], strict=True):
            removable = people.phase[row] == LegalPhase.OBLIGED or (
                people.dublin[row] and people.phase[row] == LegalPhase.DEPARTURE_TERM
            )
            self.seen["forced"].append(
                (
                    self._phase,
                    Place(people.place[row]),
                    bool(people.document[row] and people.spell_open[row] and removable),
                    bool(people.cooperates[row] and not (world.weighs and people.dublin[row])),
                    bool(people.dublin[row]) == (goal == Destination.MEMBER_STATE),
                )
            )
        lost = outcome == Outcome.UNOBSERVED
        self.seen["lost"] += [(self._phase, Place(place)) for place in people.place[rows[lost]]]


@pytest.fixture(
    scope="module", params=[pytest.param(each, marks=pytest.mark.slow) for each in MODES]
)
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def seen(mode: str) -> dict[str, list[tuple[Any, ...]]]:
    model = model_of(
        *MODES[mode],
        change("detention_release_hazard", 0.01),
        change("document_hazard_detained", 0.06),
        change("closed_family_hazard", 0.05),
        change("other_household_shares", (0.66, 0.13, 0.05, 0.08, 0.08)),
        scale=10.0,
        last_year=2016,
    )
    witness = Witness(model)
    model.run()
    return witness.seen


def test_a_departure_term_is_four_weeks_or_six_or_ten_with_the_regions_approval(
    mode: str, seen: dict[str, list[tuple[Any, ...]]]
) -> None:
    """Where people weigh, the LTO may refuse, and people may turn away from return."""
    weighed = mode != "hazards"
    plain = {int(weeks) for weeks, extended, willing in seen["term"] if not willing}
    longer = {int(weeks) for weeks, extended, _ in seen["term"] if extended}
    assert {4} <= plain <= (set(range(4, 11)) if weighed else {4})
    assert {6} <= longer <= ({*range(4, 11)} if weighed else {6})
    most = 10 if weighed else 6
    assert all(4 <= weeks <= most for weeks, _, _ in seen["term"])
    assert all(weeks < (most if extended else 4) for weeks, extended in seen["term goes on"])
    assert not seen["obliged in term reception"]


def test_no_limit_ends_a_stay_before_twelve_weeks_but_persons_who_refuse_are_put_out(
    mode: str, seen: dict[str, list[tuple[Any, ...]]]
) -> None:
    before = sum(weeks < 12 for (weeks,) in seen["vbl"])
    assert (before > 0) == (mode != "hazards")
    assert len(seen["vbl"]) - before > 3


def test_families_are_held_two_weeks_at_most(seen: dict[str, list[tuple[Any, ...]]]) -> None:
    # counted after releases: two whole weeks, each with its race
    assert {int(weeks) for (weeks,) in seen["closed"]} == {0, 1}
    families = {int(weeks) for weeks, _, minor in seen["detention"] if minor}
    assert families <= {0, 1}
    assert families


def test_detention_has_its_limits(seen: dict[str, list[tuple[Any, ...]]]) -> None:
    plain = [weeks for weeks, extended, minor in seen["detention"] if not extended and not minor]
    longer = [weeks for weeks, extended, minor in seen["detention"] if extended and not minor]
    assert max(plain) == 25  # the twenty-sixth week is the last
    assert 26 <= max(longer) <= 77


def test_no_family_with_a_minor_is_detained_once_the_facility_is_open(
    seen: dict[str, list[tuple[Any, ...]]],
) -> None:
    before = [week for week, _ in seen["families in detention"] if week < FACILITY_OPENS]
    assert before
    # held in the last week before it opens, a stay counts from the week in which it does
    assert all(since <= FACILITY_OPENS for _, since in seen["families in detention"])
    assert all(week < FACILITY_OPENS + 3 for week, _ in seen["families in detention"])


def test_no_family_with_a_minor_loses_reception_at_the_end_of_the_term(
    seen: dict[str, list[tuple[Any, ...]]],
) -> None:
    """Families of Dublin claimants stay where they are until the transfer."""
    stay = (Place.FAMILY_LOCATION,), (Place.AZC_DEPARTURE_TERM,)
    assert set(seen["family after term"]) == {*stay}


def test_nobody_who_cooperates_is_detained_at_the_end_of_the_term(
    seen: dict[str, list[tuple[Any, ...]]],
) -> None:
    assert set(seen["held at term end"]) == {(False, True, False)}  # unwilling, document, no minor


def test_forced_departure_needs_three_conditions_at_once(
    seen: dict[str, list[tuple[Any, ...]]],
) -> None:
    assert {(phase, place in HELD) for phase, place, *_ in seen["forced"]} == {
        ("exit", True),
        ("enforce", False),
    }
    for phase, place, ready, cooperates, where_to in seen["forced"]:
        assert place in AT_LIBERTY | HELD
        assert ready, "without an open file, a document or the legal right to remove"
        assert where_to, "Dublin claimants, and they alone, go to a member state"
        # claimants who cooperate are transferred too, where people weigh
        assert phase == "exit" or not cooperates


def test_nobody_who_is_held_goes_out_of_sight(seen: dict[str, list[tuple[Any, ...]]]) -> None:
    lost = {place for phase, place in seen["lost"] if phase == "exit"}
    assert lost & AT_LIBERTY
    assert not lost & HELD


@in_both_modes
def test_whoever_comes_to_the_border_is_detained(mode: tuple[Override, ...]) -> None:
    """Where removal is in prospect, the review is passed and there is no minor."""
    model = model_of(
        *mode,
        change("route_shares_other", (0.0, 1.0, 0.0)),
        change("detention_test_passed", 1.0),
        change("detention_prospect_ease", 0.0),
        change("other_household_shares", (1.0, 0.0, 0.0, 0.0, 0.0)),
        scale=300.0,
    )
    model.run()
    log = events(model)
    border = log[unpack(log["traits"].to_numpy(), "route") == Route.BORDER]
    entered = border[border["kind"] == Event.ENTERED]
    held = border[(border["kind"] == Event.MOVED) & (border["to_place"] == Place.DETENTION)]
    first = held.drop_duplicates("person").set_index("person")["week"]
    assert len(entered) > 20
    assert first.reindex(entered["person"]).tolist() == entered["week"].tolist()


@in_both_modes
def test_every_notice_ends_in_a_flight_or_a_cancellation(mode: tuple[Override, ...]) -> None:
    model = model_of(*mode, change("removal_planning_hazard", 0.2), scale=60.0)
    model.run()
    log = events(model)
    notices = log[log["kind"] == Event.NOTICED]
    noticed = set(zip(notices["person"], notices["week"], strict=True))
    cancelled = log[log["kind"] == Event.CANCELLED]
    vanished = cancelled[(cancelled["marks"].to_numpy() & np.uint8(Mark.VANISHED)) > 0]
    closed = log[log["kind"] == Event.CLOSED].set_index(["person", "week"])["outcome"]
    failed = set(zip(cancelled["person"], cancelled["week"], strict=True))
    assert noticed
    assert failed <= noticed
    assert all(closed[key] == Outcome.FORCED for key in noticed - failed)
    for key in zip(vanished["person"], vanished["week"], strict=True):
        assert closed[key] == Outcome.UNOBSERVED
