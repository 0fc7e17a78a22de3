"""Lists of countries by day: the newest line counts, and two records open or shut them."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.calendar import week_of
from terugkeer.abm.world.countries.practice import LISTS
from terugkeer.abm.world.help.scheme_lists import CHANGES, EVERYBODY, SchemeLists
from terugkeer.abm.world.values import Values

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from terugkeer.abm.evidence.registry import Registry

FIRST, LATER = date(2010, 1, 6), date(2012, 7, 4)  # Wednesdays
COUNTRIES = ("A", "B")
CODED = pd.DataFrame({"code": ["c01", "c02"], "country": ["B", "A"]})  # not in their own order
UNCHANGED = dict.fromkeys(CHANGES.values(), (0, 0))
AS_LISTED = {"country_lists": True, "dublin_claimants_eligible": True, **UNCHANGED}
LINES = [
    *((FIRST, scheme, country, 0.5, 0.25) for scheme in LISTS for country in COUNTRIES),
    (LATER, "hrt", "B", 0.0, 0.0),
]


def lists_of(lines: list[tuple[date, str, str, float, float]]) -> SchemeLists:
    """Return the lists of a table with some lines."""
    names = ["from_day", "scheme", "country", "share", "share_dublin"]
    frame = pd.DataFrame([(str(day), *rest) for day, *rest in lines], columns=names)
    frames = {"scheme_countries": frame, "country_codes": CODED}
    made = SimpleNamespace(tables=SimpleNamespace(frame=frames.__getitem__))
    return SchemeLists(cast("Registry", made), COUNTRIES)


def shares(day: date, **values: object) -> NDArray[np.float64]:
    return lists_of(LINES).at(week_of(day), Values(AS_LISTED | values))


def test_lists_give_shares_by_list_claim_and_country() -> None:
    found = shares(FIRST)
    assert found.shape == (len(LISTS), 2, len(COUNTRIES))
    assert (found[:, 0] == 0.5).all()
    assert (found[:, 1] == 0.25).all()


def test_a_line_holds_from_the_week_of_its_day_for_its_own_list_and_country() -> None:
    week = timedelta(weeks=1)
    before, after = shares(LATER - week), shares(LATER - timedelta(days=2))
    hrt, other = LISTS.index("hrt"), COUNTRIES.index("B")
    assert (before[:, 0] == 0.5).all()
    assert not after[hrt, :, other].any()
    after[hrt, :, other] = [0.5, 0.25]
    assert np.array_equal(after, before)


def test_the_first_lists_hold_before_their_day_too() -> None:
    assert np.array_equal(shares(date(2001, 1, 1)), shares(FIRST))


def test_the_order_of_lines_does_not_matter() -> None:
    now = Values(AS_LISTED)
    for day in (FIRST, LATER):
        shuffled = lists_of(LINES[::-1]).at(week_of(day), now)
        assert np.array_equal(shuffled, lists_of(LINES).at(week_of(day), now))


def test_without_lists_everybody_is_on_them() -> None:
    assert np.array_equal(shares(LATER, country_lists=False), EVERYBODY)


@pytest.mark.parametrize("listed", [True, False])
def test_dublin_claimants_are_on_no_list_where_they_may_have_nothing(listed: bool) -> None:
    found = shares(FIRST, country_lists=listed, dublin_claimants_eligible=False)
    assert not found[:, 1].any()
    assert (found[:, 0] == (0.5 if listed else 1.0)).all()


def test_a_policy_puts_countries_on_a_list_and_takes_them_off_by_their_code() -> None:
    """c01 is B and c02 is A."""
    found = shares(FIRST, list_change_hrt=(1, -1))
    assert found[LISTS.index("hrt")].tolist() == [[0.0, 1.0], [0.0, 1.0]]
    assert (found[LISTS.index("rean")] == [[0.5], [0.25]]).all()
    none_for_dublin = shares(FIRST, list_change_hrt=(1, -1), dublin_claimants_eligible=False)
    assert none_for_dublin[LISTS.index("hrt")].tolist() == [[0.0, 1.0], [0.0, 0.0]]
    everybody = shares(FIRST, list_change_hrt=(-1, -1), country_lists=False)
    assert np.array_equal(everybody, EVERYBODY)  # where lists do not count, no change of them does


def test_a_list_that_leaves_out_a_country_on_its_first_day_is_refused() -> None:
    with pytest.raises(ValueError, match="leaves out a country"):
        lists_of(LINES[1:])


def test_a_question_changes_no_list() -> None:
    lists, now = lists_of(LINES), Values(AS_LISTED | {"dublin_claimants_eligible": False})
    lists.at(week_of(FIRST), now)
    assert (lists.at(week_of(FIRST), Values(AS_LISTED))[:, 1] == 0.25).all()
    assert (EVERYBODY == 1.0).all()


def test_the_lists_of_the_evidence_hold_shares_for_every_country() -> None:
    frame: Any = registry().tables.frame("scheme_countries")
    countries = sorted(set(frame["country"]))
    lists = SchemeLists(registry(), countries)
    unchanged = dict.fromkeys(CHANGES.values(), (0,) * len(countries))
    for day in (FIRST, LATER, date(2018, 1, 1)):
        found = lists.at(week_of(day), Values(AS_LISTED | unchanged))
        assert found.shape == (len(LISTS), 2, len(countries))
        assert ((found >= 0.0) & (found <= 1.0)).all()
