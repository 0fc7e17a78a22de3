"""Values keep their type and shape, and nobody can change them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from terugkeer.abm.evidence.value import (
    NumberTable,
    Value,
    freeze,
    kind_of,
    like,
    mapped,
    numbers,
    plain,
    show,
)

DAY = date(2014, 1, 1)
TABLE = NumberTable({"a": 1, "b": 2})


@pytest.mark.parametrize(
    ("raw", "frozen"),
    [
        (True, True),
        (3, 3),
        ("word", "word"),
        (DAY, DAY),
        ([1, 2], (1, 2)),
        ([1, 2.5], (1.0, 2.5)),  # one decimal makes all floats
        ({"a": 1, "b": 2}, {"a": 1, "b": 2}),
    ],
)
def test_what_a_file_holds_becomes_a_value(raw: object, frozen: object) -> None:
    found = freeze(raw)
    assert found == frozen
    assert repr(found) == repr(frozen)  # 1 and 1.0 are told apart


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        {},
        float("nan"),
        [1, float("inf")],
        ["a"],
        [True],
        {"a": "b"},
        datetime(2014, 1, 1),  # noqa: DTZ001 (a time of day is refused)
    ],
)
def test_anything_else_is_no_value(raw: object) -> None:
    with pytest.raises(ValueError, match=r"write a|no value"):
        freeze(raw)


def test_a_table_is_a_copy() -> None:
    entries: dict[str, int | float] = {"a": 1}
    table = NumberTable(entries)
    entries["a"] = 2
    assert table["a"] == 1


@pytest.mark.parametrize(
    ("value", "held", "kind", "text", "json"),
    [
        (True, (), "true or false", "true", True),
        ("a", (), "a text", '"a"', "a"),
        (DAY, (), "a date", "2014-01-01", "2014-01-01"),
        (3, (3,), "a whole number", "3", 3),
        (0.5, (0.5,), "a number", "0.5", 0.5),
        ((1, 2), (1, 2), "a list of whole numbers", "[1, 2]", [1, 2]),
        (TABLE, (1, 2), "a table of whole numbers", "{ a = 1, b = 2 }", {"a": 1, "b": 2}),
    ],
)
def test_a_value_tells_its_numbers_kind_and_text(
    value: Value, held: tuple[float, ...], kind: str, text: str, json: object
) -> None:
    assert numbers(value) == held
    assert kind_of(value) == kind
    assert show(value) == text
    assert plain(value) == json


def test_other_numbers_take_the_same_shape() -> None:
    assert mapped(3, [4]) == 4
    assert mapped((1, 2), [3, 4]) == (3, 4)
    assert mapped(TABLE, [3, 4]) == {"a": 3, "b": 4}


def test_a_value_is_fitted_to_another() -> None:
    assert repr(like(1, 2.5)) == "1.0"
    assert repr(like((1, 2), (0.5, 0.5))) == "(1.0, 2.0)"
    assert list(like(NumberTable({"b": 3, "a": 4}), TABLE)) == ["a", "b"]  # type: ignore[arg-type] # a table


@pytest.mark.parametrize(
    ("value", "model", "told"),
    [
        (1.5, 1, "a whole number is needed"),
        (True, 1, "is true or false"),
        ("a", 1, "is a text"),
        ((1,), 1, "is a list"),
        ((1, 2, 3), (1, 2), "has 3 numbers; 2 are needed"),
        (NumberTable({"a": 1, "c": 2}), TABLE, "other keys; a, b are needed"),
    ],
)
def test_another_type_or_shape_is_refused(value: Value, model: Value, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        like(value, model)
