"""Where persons are two years after their first file opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terugkeer.abm.observation.cohorts import COHORTS, STILL_HERE

from tests.abm.observation.hand_made import HERE, closed, in_2012, left, opened

if TYPE_CHECKING:
    from tests.abm.observation.hand_made import Happen

AT_OPENING = {"year": 2010, "after": 1}
# both two years after an opening in 2010 and in the last week that is looked at
TWO_YEARS_ON = {"year": 2010, "after": 105}
LATER = {"year": 2010, "after": 106}


def test_a_cohort_is_told_where_its_two_years_end(happen: Happen) -> None:
    events = happen(
        *(opened(person, **AT_OPENING) for person in (0, 16, 32, 48, 64)),
        opened(80, year=2012),  # its two years have not ended
        closed(0, "independent", year=2011),
        left(0, year=2011),
        closed(16, "unobserved", year=2011, to_place="street", **HERE),
        closed(32, "unobserved", year=2011, to_place="street", **HERE),
        opened(32, "street", year=2011, after=20),
        left(48, "unobserved", destination="home_unobserved", **TWO_YEARS_ON),
        left(64, "forced", **LATER),  # after the two years: still a file open at their end
    )
    out_of_view = STILL_HERE[1]
    assert in_2012(COHORTS, events, 10.0) == {
        "opened": 50.0,
        "returned_independent": 10.0,
        out_of_view: 10.0,
        "file_open": 20.0,
        "home_unobserved": 10.0,
    }


def test_only_the_first_file_of_a_person_counts(happen: Happen) -> None:
    events = happen(
        opened(0, **AT_OPENING),
        closed(0, "unobserved", year=2010, after=5, to_place="street", **HERE),
        opened(0, "street", year=2010, after=8),
        opened(16, year=2013),
    )
    assert in_2012(COHORTS, events) == {"opened": 1.0, "file_open": 1.0}
