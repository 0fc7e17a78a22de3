"""Money, what kin expect, and ties over a week: by hand, half-lives and limits."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.world.decision.adults import Adults
from terugkeer.abm.world.decision.variables import VARIABLES
from terugkeer.abm.world.lives.livelihood import change_livelihood
from terugkeer.agents.codes import LegalPhase, Place

from tests.abm.world.clients import WEEK
from tests.abm.world.halfway import by_place, make_world, places, share, world_under
from tests.abm.world.small_world import change, recorded


def test_money_by_hand() -> None:
    world = make_world()
    people = world.people
    people.place[:] = [Place.AZC, Place.PRIVATE_NETWORK, Place.STREET, Place.PRIVATE_NETWORK]
    people.ties_nl[:] = [0.5, 1.0, 0.0, 1.0]
    people.debt_eur[:] = 1000.0
    people.savings_eur[:] = 30.0
    people.birth_week[3] = world.week - 500  # a child has no money of its own
    change_livelihood(world, places(world))
    need = recorded("subsistence_eur_week")
    left = recorded("informal_income_eur_week") - need
    assert people.income_eur == pytest.approx([57.61, 160.0, 0.0, 0.0])
    assert people.savings_eur == pytest.approx([30.0, 30.0 + left / 2, 0.0, 30.0])
    assert people.debt_eur == pytest.approx([1000.0, 1000.0 - left / 2, 1000.0, 1000.0])
    easing, rate = recorded("social_debt_easing_eur"), share(recorded("social_debt_half_weeks"))
    waiting = 0.5 + rate * (easing / (easing + 30.0) - 0.5)
    paid = 0.5 * (1.0 - left / 2 / easing)
    paying = paid + rate * (easing / (easing + 30.0 + left / 2) - paid)
    broke = 0.5 + rate * 0.5
    assert people.social_debt == pytest.approx([waiting, paying, broke, 0.5], rel=1e-5)


def test_nine_tenths_of_what_kin_expect_is_owed_after_two_years() -> None:
    world = make_world()
    people = world.people
    people.place[:] = Place.STREET
    people.ties_nl[:] = 0.0
    people.social_debt[:] = 0.0
    for _ in range(104):
        people.ties_nl[:] = 0.0
        change_livelihood(world, places(world))
        world.week += 1
    assert people.social_debt[0] == pytest.approx(0.9, abs=0.02)


def test_ties_by_hand() -> None:
    world = make_world()
    people = world.people
    people.hope[:] = [0.0, 1.0, 0.0, 1.0]
    change_livelihood(world, places(world))
    pace = share(recorded("ties_nl_half_weeks"))
    level = by_place(world, "ties_nl_by_place", Place.PRIVATE_NETWORK)
    assert people.ties_nl[0] == pytest.approx(0.5 + pace * (level - 0.5), rel=1e-5)
    kept = 0.5 * (1.0 - share(recorded("ties_origin_half_weeks_hopeless")))
    lost = 0.5 * (1.0 - share(recorded("ties_origin_half_weeks_hopeful")))
    assert kept > lost
    assert people.ties_origin == pytest.approx([kept, lost, kept, lost], rel=1e-4)


def test_whole_households_are_wanted_or_not() -> None:
    world = make_world(change("hazard_wanted_at_home", 1.0), change("hazard_no_longer_wanted", 0.0))
    people = world.people
    people.household_key[:] = people.household_key[0]
    seen = set()
    for _ in range(12):
        change_livelihood(world, places(world))
        world.week += 1
        assert len(set(people.wanted_at_home.tolist())) == 1
        seen.add(bool(people.wanted_at_home[0]))
    assert seen >= {True}
    assert people.wanted_at_home.all()  # nobody ceases to be wanted at hazard 0


def test_work_during_a_procedure_is_for_adults_in_an_asylum_centre() -> None:
    poor = {"pocket_money_eur_week": 0.0, "informal_income_eur_week": 0.0}
    world = world_under(poor | {"work_in_procedure_eur_week": 70.0}, place=Place.AZC)
    people = world.people
    people.phase[:] = [LegalPhase.PROCEDURE, LegalPhase.APPEAL, LegalPhase.OBLIGED, 0]
    people.birth_week[3] = world.week - 500
    change_livelihood(world, places(world))
    assert people.income_eur.tolist() == [70.0, 70.0, 0.0, 0.0]
    people.place[:] = Place.VBL
    change_livelihood(world, places(world))
    assert not people.income_eur.any()


def test_ties_at_origin_halve_in_the_weeks_of_their_record() -> None:
    halves = (
        change("ties_origin_half_weeks_hopeless", 8),
        change("ties_origin_half_weeks_hopeful", 4),
    )
    world = make_world(*halves)
    world.people.hope[:] = [0.0, 1.0, 0.0, 1.0]
    for _ in range(8):
        change_livelihood(world, places(world))
    assert world.people.ties_origin == pytest.approx([0.25, 0.125, 0.25, 0.125], rel=1e-4)


def test_nobody_is_wanted_at_hazard_0_and_everybody_at_an_infinite_hazard() -> None:
    for hazard, expected in ((0.0, False), (np.inf, True)):
        world = world_under({"hazard_wanted_at_home": hazard}, wanted_at_home=False)
        change_livelihood(world, places(world))
        assert (world.people.wanted_at_home == expected).all()


def test_kin_at_origin_change_their_minds_only_about_households_that_are_away() -> None:
    sure = {"hazard_wanted_at_home": np.inf, "hazard_no_longer_wanted": np.inf}
    world = world_under(sure, wanted_at_home=[False, True, False, True])
    world.people.place[2:] = Place.ORIGIN
    change_livelihood(world, places(world))
    assert world.people.wanted_at_home.tolist() == [True, False, False, True]


def test_nothing_of_a_livelihood_moves_at_origin() -> None:
    world = make_world(place=Place.ORIGIN, income_eur=70.0)
    before = {
        name: getattr(world.people, name).copy()
        for name in ("income_eur", "social_debt", "ties_nl", "ties_origin", "savings_eur")
    }
    change_livelihood(world, places(world))
    for name, old in before.items():
        assert np.array_equal(getattr(world.people, name), old), name


WORKS: dict[str, object] = {
    "subsistence_eur_week": 100.0,
    "informal_income_eur_week": 100.0,
    "informal_by_place": (1.0,) * 11,
}
PRICES: dict[str, object] = {"reservation_share_at_work": 0.4, "reservation_half_weeks": 1}


def shares(values: dict[str, object], weeks: int = 1, **columns: object) -> list[float]:
    """Return shares of the surveyed prices after some weeks."""
    world = world_under(values, **columns)
    ties = world.people.ties_nl.copy()
    for _ in range(weeks):
        world.people.ties_nl[:] = ties
        change_livelihood(world, places(world))
        world.week += 1
    return world.people.price_share.tolist()


def test_a_price_moves_half_way_toward_what_a_person_at_work_asks() -> None:
    ties = {"ties_nl": [0.0, 0.5, 1.0, 1.0], "price_share": [0.5, 0.5, 0.5, 1.0]}
    # they ask 1, 0.7, 0.4 and 0.4 in the end
    assert shares(WORKS | PRICES, **ties) == pytest.approx([0.75, 0.6, 0.45, 0.7])
    slow = WORKS | PRICES | {"reservation_half_weeks": 8}
    assert shares(slow, weeks=8, **ties) == pytest.approx([0.75, 0.6, 0.45, 0.7], rel=1e-5)


def test_children_do_no_work_and_their_prices_do_not_move() -> None:
    """Two are grown and two are not; at full work and at none."""
    ages = {"birth_week": WEEK - np.array([2000, 500, 2000, 500]), "price_share": 0.5}
    ties = {"ties_nl": [1.0, 1.0, 0.0, 0.0]}
    assert shares(WORKS | PRICES, **ages, **ties) == pytest.approx([0.45, 0.5, 0.75, 0.5])


def test_an_allowance_is_no_work_and_at_origin_no_price_moves() -> None:
    idle = WORKS | PRICES | {"informal_by_place": (0.0,) * 11, "pocket_money_eur_week": 1000.0}
    assert shares(idle, price_share=0.5, place=Place.AZC) == [0.75] * 4
    assert shares(WORKS | PRICES, price_share=0.5, place=Place.ORIGIN) == [0.5] * 4


def test_where_neither_entry_nor_work_counts_prices_stay_as_surveyed() -> None:
    same = WORKS | PRICES | {"reservation_share_at_work": 1.0}
    assert shares(same, weeks=20, price_share=1.0, ties_nl=[0.0, 0.3, 0.7, 1.0]) == [1.0] * 4


def test_the_right_to_work_moves_savings_prices_and_what_income_is_in_a_decision() -> None:
    found = {}
    for earned in (0.0, 50.0):
        poor = {"pocket_money_eur_week": 0.0, "informal_income_eur_week": 0.0}
        values = WORKS | PRICES | poor | {"work_in_procedure_eur_week": earned}
        state = {"place": Place.AZC, "phase": LegalPhase.PROCEDURE, "price_share": 1.0}
        world = world_under(values, savings_eur=0.0, debt_eur=0.0, **state)
        world.now.update({"need_by_place": (0.0,) * 11})
        change_livelihood(world, places(world))
        income = VARIABLES["income"](Adults(world, np.arange(4)))
        people = world.people
        found[earned] = [
            float(each[0]) for each in (people.savings_eur, people.price_share, income)
        ]
    assert found[0.0] == [0.0, 1.0, 0.0]
    assert found[50.0] == pytest.approx([50.0, 0.85, 0.5])  # it asks 0.7 in the end
