"""How freely adults leave: by hand, each for itself, and without a trace in any life."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from terugkeer.abm.world import state
from terugkeer.abm.world.decision.voluntariness import (
    informed,
    judged,
    liveable_alternative,
    own_first_choice,
)
from terugkeer.abm.world.decision.weighing import available, weigh_options
from terugkeer.abm.world.events import COLUMNS, JUDGED, Event, Mark
from terugkeer.agents.codes import Destination, LegalPhase, Option, Outcome, Place, Stage

from tests.abm.world.small_world import (
    change,
    events,
    lived,
    marked,
    model_of,
    recorded,
    young_world,
)

if TYPE_CHECKING:
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.world.moment import Rows
    from terugkeer.abm.world.state import World

HAZARDS = change("decision", "hazards")
YOUNG, GROWN = 500, 2000  # weeks of age
INFORMED, ALTERNATIVE, WILLING = (int(mark) for mark in JUDGED)
MOTHER, FATHER, CHILD, SINGLE = 0, 1, 2, 3
EVERYBODY: Rows = np.arange(4)


def make_world(*changes: Override) -> World:
    """Return a world of a couple with a child, and a man alone, in private networks."""
    world = young_world(*changes)
    columns: dict[str, Any] = {
        "person": np.array([0, 1, 2, 16]),
        "household": np.array([0, 0, 0, 1]),
        "household_key": np.array([7, 7, 7, 8], dtype=np.uint64),
        "key": np.arange(4, dtype=np.uint64),
        "birth_week": world.week - np.array([GROWN, GROWN, YOUNG, GROWN]),
        "youngest_birth_week": world.week - np.array([YOUNG, YOUNG, YOUNG, GROWN]),
        "eldest_birth_week": world.week - np.array([YOUNG, YOUNG, YOUNG, GROWN]),
        "arrival_week": world.week - 52,
        "phase": LegalPhase.OBLIGED,
        "place": Place.PRIVATE_NETWORK,
        "spell_open": True,
        "spells": 1,
        "stage": Stage.PREPARING,
        "reservation_eur": np.inf,
        "household_size": np.array([3, 3, 3, 1]),
        "price_share": 1.0,
        **dict.fromkeys(("mental", "physical", "agency", "believed_safety", "justice"), 0.5),
    }
    world.people.add(columns)
    world.entered = 4
    return world


def willing(world: World, rows: Rows) -> None:
    """Let all that is on one's mind speak for return."""
    people = world.people
    people.wanted_at_home[rows] = True
    for name in ("mental", "believed_safety", "believed_livelihood", "ties_origin", "justice"):
        getattr(people, name)[rows] = 1.0


def unwilling(world: World, rows: Rows) -> None:
    """Let all that is on one's mind speak against it."""
    people = world.people
    for name in ("mental", "believed_safety", "believed_livelihood", "ties_origin", "justice"):
        getattr(people, name)[rows] = 0.0
    for name in ("hope", "ties_nl", "social_debt", "illegality_prospects"):
        getattr(people, name)[rows] = 1.0


def left(world: World) -> dict[int, int]:
    """Return the judgement on each person who has left, by person."""
    gone = world.log.column("kind") == Event.LEFT
    marks = world.log.column("marks")[gone].astype(int) & (INFORMED | ALTERNATIVE | WILLING)
    return dict(zip(world.log.column("person")[gone].tolist(), marks.tolist(), strict=True))


def test_informed_is_knowledge_from_the_line_on() -> None:
    world = make_world(change("informed_from", 0.5))
    world.people.knowledge[:] = [0.49, 0.5, 0.9, 1.0]
    assert informed(world, EVERYBODY).tolist() == [False, True, True, True]


def test_the_line_lies_above_what_is_known_without_talks() -> None:
    assert recorded("informed_from") > recorded("knowledge_without_talks")


@pytest.mark.parametrize(
    ("place", "phases"),
    [
        (Place.AZC, {LegalPhase.PROCEDURE, LegalPhase.APPEAL, LegalPhase.REPEAT_PROCEDURE}),
        (
            Place.AZC_DEPARTURE_TERM,
            {LegalPhase.PROCEDURE, LegalPhase.APPEAL, LegalPhase.REPEAT_PROCEDURE},
        ),
        (Place.FAMILY_LOCATION, set(LegalPhase)),
        (Place.GUIDED_SHELTER, set(LegalPhase)),
        *(
            (place, set())
            for place in (
                Place.VBL,
                Place.CLOSED_FAMILY,
                Place.REPORTING_DUTY,
                Place.NIGHT_SHELTER,
                Place.STREET,
                Place.DETENTION,
            )
        ),
    ],
)
def test_where_one_could_have_stayed(place: Place, phases: set[LegalPhase]) -> None:
    world = make_world()
    world.people.income_eur[:] = 1000.0  # money is no roof
    world.people.place[:] = place
    for phase in LegalPhase:
        world.people.phase[:] = phase
        assert liveable_alternative(world, EVERYBODY).all() == (phase in phases)
        assert liveable_alternative(world, EVERYBODY).any() == (phase in phases)


def test_a_private_network_is_an_alternative_to_whom_it_feeds() -> None:
    need = recorded("subsistence_eur_week")
    for share in (1.0, 0.5):
        world = make_world(change("needs_met_from", share))
        world.people.income_eur[:] = np.array([0.0, 0.99, 1.01, 3.0]) * share * need
        assert liveable_alternative(world, EVERYBODY).tolist() == [False, False, True, True]


def test_own_first_choice_is_the_best_of_what_is_open() -> None:
    world = make_world()
    willing(world, np.array([MOTHER, CHILD]))
    unwilling(world, np.array([FATHER, SINGLE]))
    adults = np.array([MOTHER, FATHER, SINGLE])
    own = weigh_options(world, world.weights, EVERYBODY).utilities
    open_to = available(world, adults)
    for index, row in enumerate(adults):
        others = [own[o, index] for o in Option if o != Option.RETURN and open_to[o, index]]
        assert own_first_choice(world, world.weights, np.array([row]))[0] == (
            own[Option.RETURN, index] >= max(others)
        )
    assert own_first_choice(world, world.weights, adults).tolist() == [True, False, False]


def test_what_is_not_open_is_no_better_choice() -> None:
    world = make_world(change("constant_out_of_sight", 20.0))
    willing(world, EVERYBODY)
    world.people.place[:] = Place.AZC_DEPARTURE_TERM
    assert not own_first_choice(world, world.weights, EVERYBODY).any(), (
        "going out of sight is worth more"
    )
    world.people.place[:] = Place.DETENTION
    assert own_first_choice(world, world.weights, EVERYBODY).all()


@pytest.mark.parametrize("rule", ["mean", "veto", "head"])
def test_adults_of_one_household_are_judged_apart_whatever_rule_they_decide_by(rule: str) -> None:
    world = make_world(change("household", rule))
    people = world.people
    willing(world, np.array([MOTHER]))
    unwilling(world, np.array([FATHER, SINGLE]))
    people.knowledge[:] = [0.0, 1.0, 1.0, 0.0]
    people.income_eur[:] = [1000.0, 0.0, 1000.0, 1000.0]
    world.leave(EVERYBODY, Outcome.INDEPENDENT, Destination.ORIGIN)
    assert left(world) == {0: ALTERNATIVE | WILLING, 1: INFORMED, 2: 0, 16: ALTERNATIVE}


def test_the_judgement_comes_before_the_departure_changes_anything() -> None:
    world = make_world()
    world.people.knowledge[:] = 1.0
    world.people.place[:] = Place.FAMILY_LOCATION
    expected = judged(world, world.weights, EVERYBODY).tolist()
    world.close_files(EVERYBODY, Outcome.INDEPENDENT, Destination.ORIGIN, Place.ORIGIN)
    assert list(left(world).values()) == expected
    assert expected[SINGLE] & (INFORMED | ALTERNATIVE) == INFORMED | ALTERNATIVE


def test_only_independent_departures_are_judged() -> None:
    world = make_world()
    willing(world, EVERYBODY)
    world.people.knowledge[:] = 1.0
    outcome = np.array([Outcome.FORCED, Outcome.UNOBSERVED, Outcome.PERMIT, Outcome.INDEPENDENT])
    destination = np.array(
        [Destination.ORIGIN, Destination.HOME_UNOBSERVED, Destination.PERMIT, Destination.ORIGIN]
    )
    world.leave(EVERYBODY, outcome, destination)
    assert left(world) == {0: 0, 1: 0, 2: 0, 16: INFORMED | WILLING}


def test_where_nobody_weighs_nothing_is_judged() -> None:
    world = make_world(HAZARDS)
    world.people.knowledge[:] = 1.0
    assert not judged(world, world.weights, EVERYBODY).any()
    model = lived(HAZARDS)
    log = events(model)
    assert (log["kind"] == Event.LEFT).any()
    assert not marked(log, Mark.INFORMED | Mark.ALTERNATIVE | Mark.WILLING).any()
    assert not {"informed", "alternative", "willing"} & set(model.log.frame(model.countries))


def test_judging_changes_no_life(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = events(lived())
    monkeypatch.setattr(
        state, "judged", lambda _world, _weights, rows, **_: np.zeros(len(rows), dtype=np.uint8)
    )
    model = model_of()
    model.run()
    unseen = events(model)
    assert marked(seen, Mark.ALTERNATIVE).any()
    assert not marked(unseen, Mark.INFORMED | Mark.ALTERNATIVE | Mark.WILLING).any()
    circumstances = int(sum(mark for mark in Mark if mark not in JUDGED))
    seen["marks"] &= circumstances
    for name in COLUMNS:
        assert seen[name].equals(unseen[name]), name


def test_children_and_other_events_carry_no_judgement() -> None:
    model = lived()
    frame = model.log.frame(model.countries)
    for name in ("informed", "alternative", "willing"):
        held = frame[frame[name]]
        assert set(held["kind"].astype(str)) <= {"left"}
        assert set(held["outcome"].astype(str)) <= {"independent"}
        assert not held["minor"].any()
