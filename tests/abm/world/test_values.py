"""Values in force are read by name and type; what is made of them follows their changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.abm.world.values import Derived, Values


@pytest.fixture
def values() -> Values:
    return Values({"weeks": 4, "share": 0.5, "open": True, "news": "none", "shares": (0.2, 0.8)})


def test_values_are_read_by_type(values: Values) -> None:
    assert values.number("weeks") == 4.0
    assert type(values.number("weeks")) is float
    assert values.number("share") == 0.5
    assert values.flag("open") is True
    assert values.text("news") == "none"
    assert values.vector("shares").tolist() == [0.2, 0.8]


@pytest.mark.parametrize(
    ("read", "name", "says"),
    [
        ("number", "news", "news is not a number: 'none'"),
        ("number", "shares", "shares is not a number"),
        ("flag", "weeks", "weeks is neither true nor false: 4"),
        ("text", "share", "share is not a text: 0.5"),
    ],
)
def test_a_value_of_another_type_is_refused(
    values: Values, read: str, name: str, says: str
) -> None:
    with pytest.raises(TypeError, match=says):
        getattr(values, read)(name)


def test_an_unknown_name_is_refused(values: Values) -> None:
    with pytest.raises(KeyError, match="month"):
        values.number("month")


def test_names_read_are_noted_once_asked_for(values: Values) -> None:
    assert values.read == frozenset()
    values.number("weeks")
    values.number("weeks")
    values.text("news")
    assert values.read == {"weeks", "news"}


def test_values_of_another_day_replace_all_that_was_read_before(values: Values) -> None:
    before = (values.number("weeks"), values.text("news"), values.vector("shares").tolist())
    values.update({"weeks": 6, "news": "all", "shares": (1.0, 0.0), "open": False})
    assert before == (4.0, "none", [0.2, 0.8])
    assert values.number("weeks") == 6.0
    assert values.text("news") == "all"
    assert values.vector("shares").tolist() == [1.0, 0.0]
    assert not values.flag("open")
    assert values.number("share") == 0.5, "others stay"


def test_what_is_given_stays_as_it_is() -> None:
    given = {"weeks": 4}
    values = Values(given)
    values.update({"weeks": 5})
    assert given == {"weeks": 4}


def test_a_list_of_numbers_can_not_be_changed(values: Values) -> None:
    with pytest.raises(ValueError, match="read-only"):
        values.vector("shares")[0] = 1.0


@given(st.lists(st.sampled_from(["ask", "update"]), max_size=20))
def test_what_is_derived_is_made_once_for_each_version_that_is_asked_for(deeds: list[str]) -> None:
    made: list[float] = []

    def double(now: Values) -> float:
        made.append(2.0 * now.number("weeks"))
        return made[-1]

    values, derived = Values({"weeks": 0}), Derived(double)
    expected: list[float] = []
    weeks = 0
    for deed in deeds:
        if deed == "update":
            weeks += 1
            values.update({"weeks": weeks})
        else:
            if not expected or expected[-1] != 2.0 * weeks:
                expected.append(2.0 * weeks)
            assert derived.at(values) == 2.0 * weeks
    assert made == expected
