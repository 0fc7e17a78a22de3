"""Living allowances: for clients of the desk without a place, as many as there are; money alone."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.lives.livelihood import change_livelihood
from terugkeer.abm.world.shelter.living_allowance import give_allowances
from terugkeer.agents.codes import Organisation, Place

from tests.abm.world.adults import adults, happened

DESK, IOM = Organisation.MUNICIPAL_DESK, Organisation.IOM
ONE: dict[str, object] = {"living_allowance_places": 1}


def test_one_of_two_clients_gets_the_one_allowance_and_has_it_in_money() -> None:
    values = ONE | {"pocket_money_eur_week": 57.61, "informal_income_eur_week": 0.0}
    world = adults(2, values=values, helper=DESK)
    give_allowances(world)
    give_allowances(world)
    has = world.people.living_allowance.copy()
    assert has.sum() == 1
    (who,) = happened(world, Event.ALLOWANCE_GIVEN)
    assert has[who - 1]
    income = []
    for paid in (has, np.zeros(2, dtype=np.bool_)):
        world.people.living_allowance[:] = paid
        change_livelihood(world, world.people.place.astype(np.intp))
        income.append(world.people.income_eur.copy())
    assert (income[0] - income[1])[has].tolist() == pytest.approx([57.61], abs=1e-4)
    assert (income[0] - income[1])[~has].tolist() == [0.0]


@pytest.mark.parametrize(
    "column",
    [{"helper": IOM}, {"place": Place.GUIDED_SHELTER}, {"place": Place.ORIGIN}],
)
def test_only_clients_without_a_place_by_day_and_night_get_one(column: dict[str, object]) -> None:
    world = adults(values=ONE, **({"helper": DESK} | column))
    give_allowances(world)
    assert not world.people.living_allowance.any()


def test_it_ends_with_the_help_and_goes_to_another() -> None:
    world = adults(2, values=ONE, helper=DESK)
    give_allowances(world)
    first = world.people.living_allowance.copy()
    world.people.helper[first] = IOM
    give_allowances(world)
    assert world.people.living_allowance.tolist() == (~first).tolist()


def test_without_places_nobody_has_one() -> None:
    world = adults(2, values={"living_allowance_places": 0}, helper=DESK)
    give_allowances(world)
    assert not world.people.living_allowance.any()
