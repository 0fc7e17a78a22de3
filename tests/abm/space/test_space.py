"""The design space: from coordinates to values of records."""

from __future__ import annotations

import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.observation.outcomes import COMPANIONS
from terugkeer.abm.space.outcomes import chosen_outcomes
from terugkeer.abm.space.space import Factor, Space


def test_groups_that_do_not_fit_are_refused() -> None:
    three = tuple(Factor(each, each) for each in "abc")
    for groups in ({"x": ("a", "z")}, {"x": ("a",), "y": ("a", "b")}, {"a": ("b", "c")}):
        with pytest.raises(InputError, match="group"):
            Space(three, groups)
    assert Space(three, {"x": ("a", "c")}).labels() == ["x", "b"]


def test_a_number_of_departures_never_stands_alone() -> None:
    first, *others = chosen_outcomes("independent")
    assert (first, sorted(others)) == ("independent", sorted(COMPANIONS))
    first, *others = chosen_outcomes("forced_share,out_of_sight_end")
    assert (first, sorted(others)) == ("forced_share", sorted(COMPANIONS))
    assert chosen_outcomes("weeks_on_street") == ["weeks_on_street"]
    with pytest.raises(InputError, match=r"'independant' is unknown\. Did you mean"):
        chosen_outcomes("independant")
