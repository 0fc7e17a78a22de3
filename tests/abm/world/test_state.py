"""The ways in which a life changes: each checks that it is allowed, and logs what happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from terugkeer.abm.world.events import Event, Mark
from terugkeer.agents.codes import (
    Application,
    Background,
    Destination,
    LegalPhase,
    Option,
    Organisation,
    Outcome,
    Place,
    Reading,
    Scheme,
)

from tests.abm.world.adults import WEEK, adults, happened, hazards_only

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World

FIRST = np.array([0])


def logged(world: World, event: Event, name: str) -> list[Any]:
    """Return a column of all events of a kind."""
    found: list[Any] = world.log.column(name)[world.log.column("kind") == event].tolist()
    return found


def marks(world: World, event: Event) -> list[Mark]:
    return [Mark(each) for each in logged(world, event, "marks")]


GUIDED = {"talks": 3, "refusals": 2, "reading": Reading.REFUSES, "cooperates": True}


def test_a_file_that_opens_begins_a_spell_and_a_new_round_of_talks() -> None:
    world = adults(2, spell_open=False, spells=[0, 2], **GUIDED)
    world.open_files(np.array([0, 1]))
    people = world.people
    assert people.spell_open.all()
    assert people.spell_since.tolist() == [WEEK, WEEK]
    assert people.spells.tolist() == [1, 3]
    for column in (people.talks, people.refusals, people.reading, people.cooperates):
        assert not column.any()
    assert marks(world, Event.OPENED) == [Mark.SPELL_OPEN, Mark.SPELL_OPEN | Mark.REOPENED]


def test_where_nobody_weighs_cooperation_stays_as_it_was() -> None:
    world = adults(1, 1, hazards_only(), spell_open=False, **GUIDED)
    world.open_files(FIRST)
    assert world.people.cooperates.all()


def test_a_file_opens_once() -> None:
    with pytest.raises(RuntimeError, match="open already"):
        adults(1).open_files(FIRST)


@pytest.mark.parametrize("columns", [{"spell_open": False}, {"closed_week": WEEK}])
def test_a_file_that_is_not_open_or_has_just_closed_is_not_closed(columns: dict[str, Any]) -> None:
    world = adults(1, **columns)
    with pytest.raises(RuntimeError, match="not open, or closes a second time"):
        world.close_files(FIRST, Outcome.OTHER, Destination.OTHER, Place.AZC)


def test_a_closed_file_says_how_long_it_was_open_and_moves_persons_who_stay() -> None:
    world = adults(3, place=[Place.VBL, Place.STREET, Place.VBL], spell_since=WEEK - 7)
    stays, home = Destination.NETHERLANDS, Destination.ORIGIN
    outcomes = [Outcome.UNOBSERVED, Outcome.UNOBSERVED, Outcome.FORCED]
    world.close_files(np.arange(3), outcomes, [stays, stays, home], Place.STREET)
    people = world.people
    assert not people.spell_open.any()
    assert people.closed_week.tolist() == [WEEK] * 3
    assert people.place.tolist() == [Place.STREET, Place.STREET, Place.ORIGIN]
    assert logged(world, Event.CLOSED, "weeks") == [7.0] * 3
    assert logged(world, Event.CLOSED, "to_place") == [Place.STREET, Place.STREET, Place.VBL]
    assert happened(world, Event.MOVED) == [1], "nobody moves to where he or she is"
    assert happened(world, Event.LEFT) == [3]


def test_a_move_begins_a_stay_and_ends_the_choice_to_leave_the_last_one() -> None:
    world = adults(2, choice=Option.MOVE_ON, detentions=1)
    world.move(np.array([0, 1]), [Place.STREET, Place.DETENTION])
    people = world.people
    assert people.place.tolist() == [Place.STREET, Place.DETENTION]
    assert people.place_since.tolist() == [WEEK, WEEK]
    assert people.choice.tolist() == [Option.WAIT] * 2
    assert people.detentions.tolist() == [1, 2]
    assert logged(world, Event.MOVED, "weeks") == [10.0, 10.0]
    assert logged(world, Event.MOVED, "place") == [Place.PRIVATE_NETWORK] * 2


def test_a_move_after_hazards_are_known_counts_from_next_week() -> None:
    world = adults(1)
    world.move(FIRST, Place.STREET, from_next_week=True)
    assert world.people.place_since.tolist() == [WEEK + 1]
    assert world.weeks_at_place(FIRST).tolist() == [0]


def test_what_follows_once_households_have_weighed_counts_from_next_week() -> None:
    """A file that closes, a person who vanishes and a phase: by default they count from now."""
    for late in (False, True):
        world = adults(3, place=[Place.VBL] * 2 + [Place.AZC], phase=LegalPhase.DEPARTURE_TERM)
        stays = Destination.NETHERLANDS
        world.close_files(FIRST, Outcome.UNOBSERVED, stays, Place.STREET, from_next_week=late)
        world.vanish(np.array([1]), from_next_week=late)
        world.change_phase(np.array([2]), LegalPhase.OBLIGED, from_next_week=late)
        assert not world.people.gone.any()
        assert world.people.place_since[:2].tolist() == [WEEK + late] * 2
        assert world.people.phase_since[2] == WEEK + late


def test_an_undeclared_move_is_named_and_changes_nothing() -> None:
    world = adults(2, place=[Place.STREET, Place.AZC])
    with pytest.raises(RuntimeError, match="undeclared move from AZC to DETENTION"):
        world.move(np.array([1]), Place.DETENTION)
    assert world.people.place.tolist() == [Place.STREET, Place.AZC]
    assert world.log.size == 0


def test_an_undeclared_change_of_phase_is_named() -> None:
    world = adults(2, phase=[LegalPhase.OBLIGED, LegalPhase.APPEAL])
    with pytest.raises(RuntimeError, match="undeclared change of legal phase to APPEAL"):
        world.change_phase(FIRST, LegalPhase.APPEAL)
    world.change_phase(np.array([1]), LegalPhase.DEPARTURE_TERM)
    assert world.people.phase.tolist() == [LegalPhase.OBLIGED, LegalPhase.DEPARTURE_TERM]
    assert world.people.phase_since.tolist() == [WEEK - 10, WEEK]


@pytest.mark.parametrize("destination", list(Destination)[1:])
def test_persons_who_go_home_stay_in_the_model_and_all_others_leave_it(
    destination: Destination,
) -> None:
    world = adults(1)
    world.leave(FIRST, Outcome.OTHER, destination)
    home = destination in {Destination.ORIGIN, Destination.HOME_UNOBSERVED}
    people = world.people
    assert people.gone.tolist() == [not home]
    assert world.departed == int(not home)
    assert people.place.tolist() == [Place.ORIGIN]
    assert people.phase.tolist() == [LegalPhase.RETURNED]
    assert people.place_since.tolist() == [WEEK if home else WEEK - 10]
    assert logged(world, Event.LEFT, "place") == [Place.PRIVATE_NETWORK], "where they lived"
    assert logged(world, Event.LEFT, "weeks") == [10.0]
    assert [bool(each) for each in logged(world, Event.LEFT, "danger")] == [home]


def leave_independently(values: dict[str, Any] | None = None, **columns: Any) -> World:  # noqa: ANN401  # columns of several types
    world = adults(2, 1, values, **columns)
    outcomes = [Outcome.INDEPENDENT, Outcome.FORCED]
    world.leave(np.array([0, 1]), outcomes, Destination.ORIGIN)
    return world


def through_iom(world: World) -> list[bool]:
    return [Mark.IOM in each for each in marks(world, Event.LEFT)]


def test_independent_returns_go_through_iom_with_a_grant() -> None:
    assert through_iom(leave_independently(application=Application.GRANTED)) == [True, False]
    assert through_iom(leave_independently(application=Application.PENDING)) == [False, False]


@pytest.mark.parametrize(
    ("background", "share"),
    [(Background.ASYLUM, "iom_share"), (Background.OTHER, "iom_share_other")],
)
def test_where_nobody_weighs_a_share_goes_through_iom_and_everybody_without_a_file(
    background: Background, share: str
) -> None:
    shares = {"iom_share": 0.0, "iom_share_other": 0.0}
    none = hazards_only(shares)
    everybody = hazards_only(shares | {share: 1.0})
    assert through_iom(leave_independently(none, background=background)) == [False, False]
    assert through_iom(leave_independently(everybody, background=background)) == [True, False]
    assert through_iom(leave_independently(none, spell_open=False)) == [True, False]


def test_promised_cash_is_a_scheme_of_independent_returns() -> None:
    world = leave_independently(applied=Scheme.REAN, discretionary_eur=100.0)
    both = Scheme.REAN | Scheme.DISCRETIONARY
    assert logged(world, Event.LEFT, "scheme") == [both, Scheme.REAN]


def test_how_freely_adults_return_is_judged_of_independent_returns() -> None:
    world = leave_independently({"informed_from": 0.5}, knowledge=0.6)
    assert [Mark.INFORMED in each for each in marks(world, Event.LEFT)] == [True, False]


def test_nobody_who_was_told_of_the_removal_had_an_alternative_or_was_willing() -> None:
    """In a family location, which is without an end: knowing of support is all that counts."""
    for announced in (False, True):
        world = adults(1, values={"informed_from": 0.5}, place=Place.FAMILY_LOCATION, knowledge=0.6)
        home = Destination.ORIGIN
        world.close_files(FIRST, Outcome.INDEPENDENT, home, Place.ORIGIN, announced=announced)
        (found,) = marks(world, Event.LEFT)
        assert Mark.INFORMED in found
        assert (Mark.ALTERNATIVE in found) == (not announced)
        assert not (announced and Mark.WILLING in found)


def test_a_follow_up_ends_with_an_event_or_by_leaving_again() -> None:
    world = adults(2, place=Place.ORIGIN, phase=LegalPhase.RETURNED, spell_open=False)
    world.archive(FIRST)
    world.end_follow_up(np.array([1]))
    assert world.people.gone.all()
    assert world.departed == 2
    assert happened(world, Event.ARCHIVED) == [1]


def test_households_that_live_outside_stay_there_when_their_file_closes() -> None:
    shares = {"unobserved_place_shares": (0.0, 0.0, 1.0, 0.0)}  # all others move on
    outside = [Place.PRIVATE_NETWORK, Place.STREET, Place.NIGHT_SHELTER]
    world = adults(4, 1, hazards_only(shares), place=[*outside, Place.VBL])
    destination, place = world.hiding_place(np.arange(4))
    assert destination.tolist() == [Destination.NETHERLANDS] * 3 + [Destination.ONWARD]
    assert place[:3].tolist() == outside
    world.vanish(np.arange(4))
    assert world.people.place[:3].tolist() == outside
    assert world.people.gone.tolist() == [False, False, False, True]
    assert logged(world, Event.CLOSED, "outcome") == [Outcome.UNOBSERVED] * 4


def test_an_event_carries_the_circumstances_of_the_person() -> None:
    world = adults(
        3,
        place=[Place.STREET, Place.NIGHT_SHELTER, Place.VBL],
        spell_open=[True, False, False],
        spells=[1, 2, 0],
        first_contact=[WEEK - 4, 0, 0],
        helper=Organisation.VWN,
        referred_by=Organisation.COA,
        applied=Scheme.REAN,
        met=6,
        talks=[0, 1, 2],
    )
    world.note(Event.MET, np.arange(3), marks=int(Mark.IOM))
    assert marks(world, Event.MET) == [
        Mark.IOM | Mark.DESTITUTE | Mark.SPELL_OPEN,
        Mark.IOM | Mark.DESTITUTE | Mark.REOPENED,
        Mark.IOM,
    ]
    assert logged(world, Event.MET, "since_contact") == [4, -1, -1]
    assert logged(world, Event.MET, "to_place") == logged(world, Event.MET, "place")
    for name, value in (("helper", Organisation.VWN), ("referred_by", Organisation.COA)):
        assert logged(world, Event.MET, name) == [value] * 3
    assert logged(world, Event.MET, "scheme") == [Scheme.REAN] * 3
    assert logged(world, Event.MET, "met") == [6] * 3
    assert logged(world, Event.MET, "talks") == [0, 1, 2]
    given = {"helper": Organisation.IOM, "referred_by": Organisation.NONE, "scheme": Scheme.HRT}
    world.note(Event.REFERRED, FIRST, to_place=Place.AZC, **given)
    for name, value in {**given, "to_place": Place.AZC}.items():
        assert logged(world, Event.REFERRED, name) == [value]


def test_nothing_happens_to_nobody() -> None:
    world = adults(1)
    nobody = FIRST[:0]
    world.open_files(nobody)
    world.close_files(nobody, Outcome.OTHER, Destination.OTHER, Place.AZC)
    world.move(nobody, Place.AZC)
    world.leave(nobody, Outcome.OTHER, Destination.OTHER)
    world.change_phase(nobody, LegalPhase.APPEAL)
    world.vanish(nobody)
    assert world.log.size == world.departed == 0
