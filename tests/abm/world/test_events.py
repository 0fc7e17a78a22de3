"""The log of events: columns that grow, and their labels."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.world.calendar import first_week
from terugkeer.abm.world.events import COLUMNS, Event, EventLog, Mark
from terugkeer.agents import traits
from terugkeer.agents.codes import (
    Background,
    Danger,
    Destination,
    Embeddedness,
    LegalPhase,
    Method,
    Organisation,
    Outcome,
    PartOfHelp,
    Payer,
    Place,
    Reading,
    Reason,
    Scheme,
    Track,
    Went,
)
from terugkeer.agents.rules import after_return
from terugkeer.agents.rules.methods import pack_step

COUNTRIES = ("Iraq", "Georgia")
TWO = np.array([16, 33], dtype=np.int64)


def test_an_event_is_appended_for_each_person() -> None:
    log = EventLog()
    log.append(600, Event.MOVED, TWO, place=Place.AZC, to_place=[Place.VBL, Place.STREET])
    log.append(601, Event.LEFT, TWO[:1], weeks=2.5)
    assert log.size == 3
    assert log.column("week").tolist() == [600, 600, 601]
    assert log.column("kind").tolist() == [Event.MOVED, Event.MOVED, Event.LEFT]
    assert log.column("person").tolist() == [16, 33, 16]
    assert log.column("to_place").tolist() == [Place.VBL, Place.STREET, 0]
    assert log.column("weeks").tolist() == [0.0, 0.0, 2.5]


def test_nothing_is_logged_for_nobody() -> None:
    log = EventLog()
    log.append(600, Event.MOVED, TWO[:0])
    assert log.size == 0


@pytest.mark.parametrize("capacity", [1, 2, 5, 100])
def test_the_log_grows_and_keeps_what_it_holds(capacity: int) -> None:
    log = EventLog(capacity)
    for week in range(20):
        log.append(week, Event.MET, np.arange(week % 4, dtype=np.int64), helper=week)
    weeks = [week for week in range(20) for _ in range(week % 4)]
    assert log.column("week").tolist() == log.column("helper").tolist() == weeks
    assert all(log.column(name).dtype == dtype for name, dtype in COLUMNS.items())


def test_codes_become_labels() -> None:
    packed = traits.pack(
        {
            name: np.array([value])
            for name, value in {
                "background": Background.OTHER,
                "origin_group": 0,
                "country": 1,
                "household_kind": 2,
                "route": 3,
                "track": Track.GENERAL,
                "dublin": 0,
                "family": 1,
                "minor": 0,
                "female": 1,
            }.items()
        }
    )
    log = EventLog()
    log.append(
        first_week(2012) - 1,
        Event.CLOSED,
        TWO[1:],
        traits=packed,
        phase=LegalPhase.OBLIGED,
        place=Place.VBL,
        to_place=Place.ORIGIN,
        outcome=Outcome.INDEPENDENT,
        destination=Destination.ORIGIN,
        marks=int(Mark.IOM | Mark.REOPENED),
        weeks=2.5,
        helper=Organisation.IOM,
        referred_by=Organisation.COA,
        scheme=int(Scheme.REAN | Scheme.HRT),
        met=6,
        since_contact=-1,
        talks=2,
        payer=Payer.IOM,
        reason=Reason.MEANS,
        part_of_help=PartOfHelp.INFLUENCE,
        reading=Reading.AMBIGUOUS,
        step_of_method=pack_step(Method.SAFE_FUTURE, 9),
    )
    frame = log.frame(COUNTRIES)
    assert frame.iloc[0].to_dict() == {
        "week": first_week(2012) - 1,
        "year": 2011,
        "kind": "closed",
        "background": "other",
        "origin_group": "safe",
        "country": "Georgia",
        "household_kind": "couple",
        "route": "permit_expired",
        "track": "general",  # no track has the code before its own
        "phase": "obliged",
        "place": "vbl",
        "to_place": "origin",
        "outcome": "independent",
        "destination": "origin",
        "person": 33,
        "household": 2,
        "dublin": False,
        "family": True,
        "minor": False,
        "female": True,
        "spell_open": False,
        "iom": True,
        "destitute": False,
        "reopened": True,
        "vanished": False,
        "weeks": 2.5,
        "helper": "iom",
        "referred_by": "coa",
        "scheme": 3,
        "met": 6,
        "since_contact": -1,
        "talks": 2,
        "payer": "iom",
        "reason": "means",
        "part_of_help": "influence",
        "reading": "ambiguous",
        "method": "safe_future",
        "method_step": 9,
    }


def test_a_log_that_judges_tells_how_freely_adults_leave_and_how_they_fare() -> None:
    log = EventLog(judged=True)
    levels = np.array([[Embeddedness.LOW, Embeddedness.AVERAGE, Embeddedness.HIGH]])
    log.append(
        600,
        Event.FARED,
        TWO[:1],
        marks=int(Mark.INFORMED | Mark.WILLING),
        danger=after_return.pack_danger(np.array([Danger.HIGH]), np.array([Danger.LOW])),
        fared=after_return.pack(levels, np.array([Went.HARD]), np.array([True])),
    )
    names = ["informed", "alternative", "willing", "danger", "believed_danger", "economic"]
    names += ["social", "psychosocial", "went", "thinks_of_leaving"]
    frame = log.frame(COUNTRIES)
    assert frame[names].iloc[0].tolist() == [
        *(True, False, True, "high", "low", "low", "average", "high", "hard", True)
    ]
    assert not set(names) & set(EventLog().frame(COUNTRIES).columns)


def test_an_empty_log_is_an_empty_frame() -> None:
    assert len(EventLog().frame(COUNTRIES)) == 0


def test_the_year_of_an_event_is_that_of_its_week() -> None:
    log = EventLog()
    weeks = [first_week(2013), first_week(2012), first_week(2012) - 1, first_week(2013) - 1]
    for week in weeks:
        log.append(week, Event.MET, TWO[:1])
    assert log.frame(COUNTRIES)["year"].tolist() == [2013, 2012, 2011, 2012]
