"""What is pulled: every record with a prior, every other reading of each switch."""

from __future__ import annotations

from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.value import show

from studies.dead_parts.pulls import HIGH, LOW, called, listed, pulls

CALIBRATABLE = {each.name for each in registry().by_role("calibrate") if each.prior is not None}
SWITCHES = {each.name for each in registry().by_role("switch")} - {"decision"}


def test_both_ends_of_every_calibratable_record_are_pulled() -> None:
    for end in (HIGH, LOW):
        assert {each.record for each in pulls(registry(), end) if each.end == end} == CALIBRATABLE


def test_an_end_lies_where_the_prior_ends() -> None:
    of = {(each.record, each.end): each for end in (HIGH, LOW) for each in pulls(registry(), end)}
    name = "last_minute_application_share"
    values = [of[name, end].changes[-1].value for end in (LOW, HIGH)]
    assert values == [0.05, 0.205]


def test_every_reading_but_the_one_that_holds_is_pulled() -> None:
    found = [each for each in pulls(registry(), HIGH) if each.record in SWITCHES]
    assert {each.record for each in found} == SWITCHES
    for each in found:
        assert each.end != show(registry()[each.record].value).strip('"')
    assert called(registry()) == {(name, "") for name in CALIBRATABLE} | {
        (each.record, each.end) for each in found
    }


def test_readings_stand_on_both_sides() -> None:
    for each in pulls(registry(), HIGH):
        assert set(each.under) <= set(each.changes)
        assert len(each.changes) > len(each.under)


def test_what_is_listed_by_hand_exists() -> None:
    hand = listed()
    names = CALIBRATABLE | SWITCHES
    for key in (*hand["under"], *hand["reasons"]):
        assert key.split("=")[0] in names
    assert all(reason.endswith(".") for reason in hand["reasons"].values())
