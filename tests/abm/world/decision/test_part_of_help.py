"""The part of help in a return: but for help, with the same noise, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.decision.part_of_help import part_of_help, tipped
from terugkeer.abm.world.decision.weighing import Weighed, choice
from terugkeer.abm.world.switches import chosen
from terugkeer.agents.codes import Application, Force, Option, PartOfHelp, Scheme, Stage

from tests.abm.world.adults import adults, hazards_only

if TYPE_CHECKING:
    from collections.abc import Sequence

    from terugkeer.abm.world.state import World

FAR = 1000.0  # log odds beyond any noise
NONE, INFLUENCE, DECISIVE = PartOfHelp
GRANT: dict[str, object] = {
    "application": Application.GRANTED,
    "applied": Scheme.REAN,
    "stage": Stage.PREPARING,
}


def weighed_of(
    world: World, returning: Sequence[float], helped: Sequence[float], size: int = 1
) -> Weighed:
    """Return adults to whom return is worth something, and help adds something to it."""
    n = len(returning)
    utilities = np.zeros((len(Option), n))
    utilities[Option.RETURN] = returning
    first = np.arange(0, n, size)
    household = chosen(world.now, "household")(utilities, first)
    forces = np.zeros((len(Force), n))
    return Weighed(np.arange(n), first, utilities, forces, household, np.array(helped))


def tips_of(
    returning: Sequence[float],
    helped: Sequence[float],
    barred_without: Sequence[bool] | None = None,
    size: int = 1,
    **values: object,
) -> list[bool]:
    """Return which households help tips in what they choose."""
    k = len(returning) // size
    world = adults(k, size, values)
    weighed = weighed_of(world, returning, helped, size)
    nobody = np.zeros(k, dtype=np.bool_)
    made = choice(world, weighed, nobody)
    without = nobody if barred_without is None else np.array(barred_without)
    return tipped(world, weighed, made, without).tolist()


def test_help_tips_those_who_would_not_return_without_it() -> None:
    returning = [FAR, FAR, -FAR]
    helped = [2 * FAR, FAR / 2, 2 * FAR]
    # return only with help; also without it; not even with it
    assert tips_of(returning, helped) == [True, False, False]


def test_without_any_help_nobody_is_tipped() -> None:
    assert tips_of([FAR, -FAR], [0.0, 0.0]) == [False, False]


def test_a_household_that_would_be_barred_is_tipped_whatever_help_adds() -> None:
    assert tips_of([FAR, FAR, -FAR], [0.0] * 3, [True, False, True]) == [True, False, False]


def test_the_rule_of_households_counts_without_help_too() -> None:
    """Of two adults one is helped: in the mean it tips, and by veto only the reluctant one does."""
    returning, helped = [3 * FAR, -FAR], [4 * FAR, 0.0]
    assert tips_of(returning, helped, size=2, household="mean") == [True]
    assert tips_of([FAR, 2 * FAR], [0.0, FAR], size=2, household="veto") == [False]
    assert tips_of([FAR, 2 * FAR], [2 * FAR, 0.0], size=2, household="veto") == [True]


def test_the_noise_is_the_same_with_help_and_without() -> None:
    n = 2000
    world = adults(n)
    weighed = weighed_of(world, np.zeros(n), np.full(n, 0.5))
    nobody = np.zeros(n, dtype=np.bool_)
    made = choice(world, weighed, nobody)
    less = choice(world, weighed_of(world, np.full(n, -0.5), np.zeros(n)), nobody)
    found = tipped(world, weighed, made, nobody)
    assert np.array_equal(found, (made == Option.RETURN) & (less != Option.RETURN))
    assert 0.02 < found.mean() < 0.2
    assert not ((less == Option.RETURN) & (made != Option.RETURN)).any(), "help puts nobody off"
    nothing = tipped(world, weighed_of(world, np.zeros(n), np.full(n, 1e-12)), made, nobody)
    assert not nothing.any()


def parts(
    granted: Sequence[bool], values: dict[str, object] | None = None, **columns: object
) -> list[int]:
    """Return what part help had for persons who leave."""
    usual: dict[str, object] = {"money": "eases", "reservation_steepness": 4.0}
    world = adults(len(granted), values=usual | (values or {}), **(GRANT | columns))
    rows = np.arange(len(granted))
    return part_of_help(world, rows, granted=np.array(granted)).tolist()


def test_help_is_an_influence_from_half_of_the_most_it_can_add() -> None:
    found = parts([True] * 3, cash_eur=[1990.0, 2000.0, 2010.0], reservation_eur=2000.0)
    assert found == [NONE, INFLUENCE, INFLUENCE]


@pytest.mark.parametrize(
    ("least", "expected"),
    [
        (0.0, [INFLUENCE] * 3),
        (1.0 / 17.0 + 1e-6, [NONE, INFLUENCE, INFLUENCE]),
        (0.5 + 1e-6, [NONE, NONE, INFLUENCE]),
        (16.0 / 17.0 + 1e-6, [NONE] * 3),
        (1.0, [NONE] * 3),
    ],
)
def test_help_is_an_influence_from_the_share_of_the_record_on(
    least: float, expected: list[int]
) -> None:
    """At steepness 4 half the price adds 1/17, the price 1/2, twice the price 16/17."""
    from_ = {"help_influences_from": least}
    cash = [1000.0, 2000.0, 4000.0]
    assert parts([True] * 3, from_, cash_eur=cash, reservation_eur=2000.0) == expected


def test_the_price_is_that_of_the_moment() -> None:
    prices = {"reservation_eur": 2000.0, "price_share": [1.0, 0.5]}
    assert parts([True] * 2, cash_eur=1000.0, **prices) == [NONE, INFLUENCE]


def test_where_help_tips_few_many_feel_it_from_a_part_of_the_price_on() -> None:
    tips = {"money": "tips", "money_tips_size": 0.3, "money_tips_reach": 0.1}
    found = parts([True] * 2, tips, cash_eur=[199.0, 200.0], reservation_eur=2000.0)
    assert found == [NONE, INFLUENCE]


def test_help_that_adds_nothing_is_no_influence() -> None:
    paid = {"cash_eur": 5000.0}
    assert parts([True], **paid, reservation_eur=np.inf) == [NONE]
    assert parts([True], cash_eur=0.0, reservation_eur=2000.0) == [NONE]
    no_size = {"money": "tips", "money_tips_size": 0.0}
    assert parts([True], no_size, **paid, reservation_eur=2000.0) == [NONE]


def test_help_is_no_influence_on_those_whom_it_cannot_move() -> None:
    paid = {"cash_eur": 9000.0, "reservation_eur": 2000.0}
    assert parts([True], {"assistance": "none"}, **paid) == [NONE]
    assert parts([True], {"factor_assistance": 0.0}, **paid) == [NONE]
    assert parts([True], stage=Stage.NOT_CONSIDERING, **paid) == [NONE]
    everybody = {"assistance": "general"}
    assert parts([True], everybody, stage=Stage.NOT_CONSIDERING, **paid) == [INFLUENCE]


@pytest.mark.parametrize("price", [2000.0, np.inf])
def test_help_that_tipped_is_decisive_whatever_it_adds(price: float) -> None:
    assert parts([True], tipped=True, cash_eur=0.0, reservation_eur=price) == [DECISIVE]
    assert parts([True], tipped=True, cash_eur=9000.0, reservation_eur=price) == [DECISIVE]


def test_those_without_a_grant_are_not_asked_nor_anybody_where_nobody_weighs() -> None:
    felt = {"cash_eur": 9000.0, "reservation_eur": 100.0, "tipped": [True, False, False]}
    assert parts([False, False, True], **felt) == [NONE, NONE, INFLUENCE]
    assert parts([True] * 3, hazards_only(), **felt) == [NONE] * 3
    assert parts([False] * 3, **felt) == [NONE] * 3
