"""Reservation prices: what help adds for them, and whom an unmet one bars, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.decision.price import (
    added,
    added_by_help,
    bar,
    is_barred,
    most_added,
    price,
    worth_of_help,
)
from terugkeer.agents.codes import Application, Stage

from tests.abm.world.adults import BIRTH, CHILD, adults

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World

DECISIVE: dict[str, object] = {"money": "decisive"}
NOTHING_OPEN: dict[str, object] = {"rean_open": False, "hrt_open": False, "in_kind_open": False}
GRANT: dict[str, object] = {"application": Application.GRANTED, "cash_eur": 2000.0}
BARS: dict[str, object] = {"stage": Stage.CONSIDERING, "reservation_eur": 2000.0}


def lone(n: int = 1, values: dict[str, object] | None = None, **columns: object) -> World:
    """Return adults alone who consider return for 2,000 euro, with no scheme on offer."""
    return adults(n, values=NOTHING_OPEN | DECISIVE | (values or {}), **(BARS | columns))


def bars(world: World, size: int = 1) -> tuple[list[bool], list[bool]]:
    """Return which households are barred now, and which would be without help."""
    rows = np.arange(len(world.people))
    found = bar(world, rows, rows[::size])
    return found.now.tolist(), found.without_help.tolist()


def bars_later(world: World) -> list[bool]:
    """Return which adults alone are barred once they consider return."""
    rows = np.arange(len(world.people))
    return bar(world, rows, rows).later.tolist()


def test_the_price_is_the_share_in_time_of_the_surveyed_one() -> None:
    world = lone(3, reservation_eur=[2000.0, 8000.0, 0.0], price_share=[1.0, 0.75, 0.5])
    assert price(world, np.arange(3)).tolist() == [2000.0, 6000.0, 0.0]


def test_where_money_plays_no_role_no_share_brings_it_in() -> None:
    world = lone(3, reservation_eur=np.inf, price_share=[1.0, 0.5, 0.0])
    assert price(world, np.arange(3)).tolist() == [np.inf] * 3
    assert world.people.reservation_eur.tolist() == [np.inf] * 3


def test_what_is_granted_or_promised_is_worth_its_cash() -> None:
    world = lone(3, **GRANT, discretionary_eur=[0.0, 500.0, 500.0])
    world.people.application[2] = Application.NONE
    found = worth_of_help(world, np.arange(3))
    assert found.granted.tolist() == [True, True, False]
    assert found.supported.tolist() == [2000.0, 2500.0, 500.0]
    assert found.promised.tolist() == [0.0, 500.0, 500.0]


@pytest.mark.parametrize(
    ("money", "at_price", "most"), [("eases", 0.5, 1.0), ("tips", 0.2, 0.4), ("decisive", 0.5, 1.0)]
)
def test_what_help_adds_is_that_of_the_reading(money: str, at_price: float, most: float) -> None:
    world = lone(values={"money": money, "money_tips_size": 0.4, "money_tips_reach": 1.0})
    one = np.array([2000.0])
    assert added(world.now, one, one) == pytest.approx([at_price])
    assert added(world.now, one, np.array([np.inf])) == pytest.approx([0.0])
    assert most_added(world.now) == pytest.approx(most)


def test_reach_is_the_part_of_a_price_from_which_help_counts() -> None:
    tips = {"money": "tips", "money_tips_size": 1.0, "money_tips_reach": 0.1}
    world = lone(values=tips)
    assert added(world.now, np.array([200.0]), np.array([2000.0])) == pytest.approx([0.5])


def test_a_price_that_has_fallen_is_met_by_less() -> None:
    world = lone(2, **GRANT | {"cash_eur": 1000.0}, price_share=[1.0, 0.5])
    first, second = added_by_help(world, np.arange(2))
    assert first < second == pytest.approx(0.5)


def test_a_finite_price_that_is_not_met_bars_and_an_infinite_one_does_not() -> None:
    world = lone(3, reservation_eur=[2000.0, np.inf, 0.0])
    assert bars(world) == ([True, False, False], [True, False, False])


def test_a_price_that_is_met_does_not_bar_and_would_without_help() -> None:
    world = lone(3, **GRANT | {"cash_eur": [1999.0, 2000.0, 2001.0]})
    assert bars(world) == ([True, False, False], [True] * 3)


def test_a_price_that_has_fallen_below_what_is_given_does_not_bar() -> None:
    world = lone(2, **GRANT | {"cash_eur": 1000.0}, price_share=[1.0, 0.5])
    assert bars(world) == ([True, False], [True, True])


@pytest.mark.parametrize("money", ["eases", "tips"])
def test_only_where_money_decides_anybody_bars(money: str) -> None:
    assert bars(lone(2, {"money": money})) == ([False] * 2, [False] * 2)


@pytest.mark.parametrize(
    ("assistance", "expected"),
    [
        ("none", [False] * 4),
        ("when_considering", [False, True, True, True]),
        ("general", [True] * 4),
    ],
)
def test_only_those_are_barred_whom_assistance_can_move(
    assistance: str, expected: list[bool]
) -> None:
    world = lone(len(Stage), {"assistance": assistance}, stage=list(Stage))
    assert bars(world) == (expected, expected)


def test_an_offer_meets_a_price_only_where_it_is_known() -> None:
    offer = {"rean_open": True, "rean_adult": 2000.0, "hrt_open": False}
    for knowledge, expected in ((0.0, True), (1.0, False)):
        world = adults(values=DECISIVE | offer, **BARS, knowledge=knowledge)
        worth = worth_of_help(world, np.arange(1))
        assert worth.supported >= 2000.0, "the offer meets the price"
        assert bars(world) == ([expected], [True])
    granted = adults(values=DECISIVE | offer, **BARS, **GRANT, knowledge=0.0)
    assert bars(granted) == ([False], [True]), "what is granted is known"


def test_a_promise_counts_without_knowledge_of_an_offer() -> None:
    assert bars(lone(knowledge=0.0, discretionary_eur=2000.0)) == ([False], [True])


def test_any_adult_whose_price_is_not_met_bars_the_household() -> None:
    world = adults(
        3,
        2,
        NOTHING_OPEN | DECISIVE,
        stage=Stage.CONSIDERING,
        **GRANT,
        reservation_eur=[2000.0, 3000.0, 2000.0, 1000.0, np.inf, 3000.0],
    )
    assert bars(world, 2) == ([True, False, True], [True, True, True])


def test_nobody_is_barred_among_nobody() -> None:
    world = lone()
    nobody = np.zeros(0, dtype=np.intp)
    assert [each.tolist() for each in bar(world, nobody, nobody)] == [[], [], []]
    assert is_barred(world, nobody).tolist() == []


@pytest.mark.parametrize(
    ("assistance", "expected"),
    [("none", [False] * 4), ("when_considering", [True] * 4), ("general", [True] * 4)],
)
def test_a_price_bars_later_whoever_it_would_bar_once_they_consider_return(
    assistance: str, expected: list[bool]
) -> None:
    world = lone(len(Stage), {"assistance": assistance}, stage=list(Stage))
    assert bars_later(world) == expected
    met = lone(len(Stage), {"assistance": assistance}, **GRANT | {"stage": list(Stage)})
    assert bars_later(met) == [False] * 4


@pytest.mark.parametrize("money", ["eases", "tips"])
def test_only_where_money_decides_anybody_is_barred_later(money: str) -> None:
    assert bars_later(lone(1, {"money": money}, stage=Stage.NOT_CONSIDERING)) == [False]


def test_what_bars_an_adult_bars_all_rows_of_the_household() -> None:
    """A pair with one price unmet, a pair with both met, a parent and a child of no account."""
    world = adults(
        3,
        2,
        NOTHING_OPEN | DECISIVE,
        stage=Stage.CONSIDERING,
        **GRANT,
        reservation_eur=[2000.0, 2001.0, 2000.0, np.inf, 1999.0, 9000.0],
        birth_week=[BIRTH] * 5 + [CHILD],
    )
    rows = np.arange(6)
    assert is_barred(world, rows).tolist() == [True, True, False, False, False, False]
    assert is_barred(world, rows[2:]).tolist() == [False] * 4
    world.people.price_share[4] = 1.01  # 2,019 euro
    world.people.discretionary_eur[4:] = 20.0
    assert is_barred(world, rows)[4:].tolist() == [False] * 2, "a grant and a promise of 2,020 euro"
    world.people.discretionary_eur[4:] = 0.0
    assert is_barred(world, rows)[4:].tolist() == [True] * 2


def test_rows_without_adults_are_not_barred() -> None:
    assert is_barred(lone(birth_week=CHILD), np.arange(1)).tolist() == [False]


def test_nobody_leaves_with_what_is_merely_on_offer() -> None:
    """The offer of 2,000 euro is known, so they may plan; they leave once it is granted."""
    offer = {"rean_open": True, "rean_adult": 2000.0, "hrt_open": False}
    for columns, expected in (({}, True), (GRANT, False), ({"discretionary_eur": 2000.0}, False)):
        world = adults(values=DECISIVE | offer, **BARS, knowledge=1.0, **columns)
        assert bars(world) == ([False], [True])
        assert is_barred(world, np.arange(1)).tolist() == [expected]


@pytest.mark.parametrize(
    ("assistance", "expected"),
    [
        ("none", [False] * 4),
        ("when_considering", [False, True, True, True]),
        ("general", [True] * 4),
    ],
)
def test_only_those_are_kept_from_leaving_whom_assistance_can_move(
    assistance: str, expected: list[bool]
) -> None:
    world = lone(len(Stage), {"assistance": assistance}, stage=list(Stage))
    assert is_barred(world, np.arange(len(Stage))).tolist() == expected
    eased = lone(len(Stage), {"assistance": assistance, "money": "eases"}, stage=list(Stage))
    assert not is_barred(eased, np.arange(len(Stage))).any()
