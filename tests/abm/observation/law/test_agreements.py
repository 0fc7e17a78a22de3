"""Agreements to take back, and which of them were used: a check, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terugkeer.abm.observation.law.agreements import AGREEMENTS

from tests.abm.observation.hand_made import counts, in_2012, left

if TYPE_CHECKING:
    from tests.abm.observation.hand_made import Happen


def agreed(person: int, **more: object) -> dict[str, object]:
    return {"kind": "agreed", "person": person, "after": 1, **more}


def test_an_agreement_is_used_by_a_removal_to_the_origin_within_half_a_year(happen: Happen) -> None:
    """Five agreements: used in week 10, in week 26, in week 27, for another state, by choice."""
    events = happen(
        *(agreed(16 * each) for each in range(5)),
        left(0, "forced", after=11),
        left(16, "forced", after=27),
        left(32, "forced", after=28),
        left(48, "forced", after=11, destination="member_state"),
        left(64, "independent", after=11),
    )
    assert in_2012(AGREEMENTS, events, 10.0) == {
        "given": 50.0,
        "followed_26w": 50.0,
        "used_26w": 20.0,
    }


def test_an_agreement_counts_where_its_half_year_ends_and_no_earlier_removal_uses_it(
    happen: Happen,
) -> None:
    events = happen(
        left(0, "forced", year=2011, after=5),
        agreed(0, year=2011, after=40),  # of a person who came back
        agreed(16, year=2012, after=30),  # its half year has not ended
        agreed(32, year=2012, after=4),
        {"kind": "noticed", "person": 48, "year": 2012, "after": 40},
    )
    assert counts(AGREEMENTS, events) == {
        (2011, "given"): 1.0,
        (2012, "given"): 2.0,
        (2012, "followed_26w"): 2.0,
    }
