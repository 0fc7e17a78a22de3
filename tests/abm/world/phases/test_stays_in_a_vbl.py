"""Stays in a freedom-restricting location: the gate, how long they last, and how they end."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.phases.place import place
from terugkeer.agents.codes import LegalPhase, Outcome, Place, Reading

from tests.abm.world.adults import WEEK as NOW
from tests.abm.world.adults import adults, happened, hazards_only
from tests.abm.world.phases.test_place import CERTAIN, END, OUTSIDE, SIGNS, goes_to, placed

AGREED = {"local_agreement_share": 1.0, "regional_approval_share": 1.0}
WAITS = {"place": Place.VBL, **SIGNS}
PAPERS = {"identified": False, "document": True}


def lasts(values: dict[str, object] | None = None, **columns: object) -> int:
    """Return after how many weeks a stay in a VBL ends."""
    columns = {"place": Place.VBL, **columns}
    for weeks in range(60):
        if goes_to(values, place_since=NOW - weeks, **columns) != Place.VBL:
            return weeks
    return 99


def test_a_stay_ends_after_twelve_weeks_unless_something_lengthens_it() -> None:
    assert lasts() == 12
    assert lasts(AGREED, **SIGNS | PAPERS) == 18, "two weeks locally, four in the region"
    assert lasts(AGREED, **SIGNS) == 99, "as long as papers are awaited"
    assert lasts(AGREED | {"regional_approval_share": 0.0}, **SIGNS) == 14
    assert lasts(hazards_only(AGREED), **SIGNS) == 12


def test_who_shows_no_identity_or_stops_working_on_departure_waits_no_longer() -> None:
    assert lasts(AGREED, **SIGNS | {"identified": False}) == 12
    assert lasts(AGREED, **SIGNS | {"reading": Reading.AMBIGUOUS}) == 12
    assert lasts(AGREED, **SIGNS | {"reading": Reading.REFUSES}) == 12


def ends(share: float, **columns: object) -> tuple[int, set[Place]]:
    """Return how many files of ten households close in the last week, and where they live."""
    values = CERTAIN | {"vbl_end_closes_share": share}
    there = {"place": Place.VBL, "place_since": NOW - 12, "cooperates": True, **columns}
    world = adults(10, values=values, **there)
    place(world)
    closed = world.log.column("kind") == Event.CLOSED
    assert (world.log.column("outcome")[closed] == Outcome.UNOBSERVED).all()
    assert (world.log.column("place")[closed] == there["place"]).all(), "as the record counts them"
    assert int(np.count_nonzero(~world.people.spell_open)) == closed.sum()
    return int(closed.sum()), {Place(each) for each in world.people.place[~world.people.gone]}


def test_files_close_with_a_stay_that_ends_without_departure() -> None:
    number, where = ends(1.0)
    assert number == 10
    assert where <= OUTSIDE
    assert ends(0.0) == (0, {Place.PRIVATE_NETWORK})
    assert 0 < ends(0.5)[0] < 10


@pytest.mark.parametrize(
    "kept",
    [{"appeals": True}, {"place_since": NOW - 11}, {"place": Place.REPORTING_DUTY}],
    ids=["appeal", "the stay goes on", "elsewhere"],
)
def test_other_files_stay_open(kept: dict[str, object]) -> None:
    assert ends(1.0, **kept)[0] == 0


def test_a_file_in_reception_does_not_close_by_the_rule_of_the_vbl() -> None:
    world = placed({"vbl_end_closes_share": 1.0}, **END)
    assert world.people.spell_open.all()
    assert set(world.people.place.tolist()) <= OUTSIDE


def test_the_rule_holds_only_where_people_weigh() -> None:
    values = hazards_only({"vbl_end_closes_share": 1.0})
    assert placed(values, place=Place.VBL, place_since=NOW - 12).people.spell_open.all()


def test_a_signed_intention_is_noted_with_the_place_for_which_it_was_given() -> None:
    world = placed(**END, **SIGNS)
    assert happened(world, Event.SIGNED) == [1]
    full = placed({"vbl_admission_share": 0.0}, **END, **SIGNS)
    assert not happened(full, Event.SIGNED)
    wavering = {"reading": Reading.AMBIGUOUS, "identified": True}
    taken = placed({"vbl": "time_to_decide"}, **END, **wavering)
    assert [Place(each) for each in taken.people.place] == [Place.VBL]
    assert not happened(taken, Event.SIGNED), "who wavers signs nothing"
    assert not happened(placed(**END, **SIGNS, phase=LegalPhase.DEPARTURE_TERM), Event.SIGNED)
