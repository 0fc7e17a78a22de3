"""What comes of referrals by case managers, from logs by hand."""

from __future__ import annotations

import numpy as np
from terugkeer.abm.world.events import Event, EventLog
from terugkeer.abm.world.help.referrals import ARRIVED, LEFT, LOST, Referrals
from terugkeer.agents.codes import Organisation, Outcome, Place, Setting

VWN, IOM = Organisation.VWN, Organisation.IOM
BOTH = (1 << VWN) | (1 << IOM)
BY_IOM = {"place": Place.STREET, "helper": IOM}
GOES = {"outcome": Outcome.INDEPENDENT, "met": BOTH}


def note(log: EventLog, kind: Event, **more: object) -> None:
    """Note something of a person whom a case manager in reception refers to VWN."""
    case_manager = Organisation.CASE_MANAGER
    usual = {"referred_by": case_manager, "helper": VWN, "place": Place.AZC}
    log.append(600, kind, np.array([32]), **{**usual, **more})


def log_of(*kinds: Event) -> EventLog:
    log = EventLog()
    for kind in kinds:
        note(log, kind)
    return log


def test_a_referral_stands_where_it_was_made_whatever_happens_elsewhere() -> None:
    log, referrals = log_of(Event.REFERRED), Referrals()
    assert not referrals.came(log).any()
    note(log, Event.REACHED, place=Place.STREET)
    assert not referrals.came(log).any(), "on a list is not yet there"
    note(log, Event.MET, place=Place.STREET)
    found = referrals.came(log)
    assert found[ARRIVED, Setting.AZC, VWN] == found.sum() == 1.0
    for kind in (Event.REFERRED, Event.REACHED, Event.MET):  # VWN sends the client on
        note(log, kind, **BY_IOM, referred_by=VWN)
    note(log, Event.LEFT, **BY_IOM, **GOES, referred_by=VWN)
    found = referrals.came(log)
    assert found[LEFT, Setting.AZC, VWN] == found.sum() == 1.0


def test_a_departure_counts_for_the_last_referral_that_was_followed() -> None:
    log = log_of(Event.REFERRED, Event.REACHED, Event.MET)
    note(log, Event.REFERRED, **BY_IOM)
    note(log, Event.REACHED, **BY_IOM)
    note(log, Event.MET, **BY_IOM)
    note(log, Event.REFERRED, helper=Organisation.TIP)  # never followed
    note(log, Event.LEFT, **BY_IOM, **GOES)
    found = Referrals().came(log)
    assert found[LEFT, Setting.MUNICIPAL, IOM] == 1.0
    assert found[ARRIVED].sum() == 2.0
    assert found.sum() == 3.0


def test_a_lost_referral_is_lost_once_and_comes_to_nothing() -> None:
    log = log_of(Event.REFERRED)
    note(log, Event.REFERRAL_LOST, place=Place.STREET)
    note(log, Event.REFERRAL_LOST)  # of nothing
    note(log, Event.MET)  # by themselves
    note(log, Event.LEFT, **GOES)
    found = Referrals().came(log)
    assert found[LOST, Setting.AZC, VWN] == found.sum() == 1.0


def test_nothing_counts_of_persons_who_leave_by_force_or_had_no_session_there() -> None:
    for more in ({"outcome": Outcome.FORCED}, {"met": 1 << IOM}):
        log = log_of(Event.REFERRED, Event.REACHED)
        note(log, Event.LEFT, **{**GOES, **more})
        note(log, Event.LEFT, **GOES)  # nobody leaves twice: it is forgotten
        assert not Referrals().came(log).any()
