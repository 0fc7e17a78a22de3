"""The three invented households are possible, and each change differs in one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.persons.people import COLUMNS

from studies.households.invented import AS_IT_IS, CHANGES, FAMILY, MAN, WOMAN

if TYPE_CHECKING:
    from studies.households.weighed import Invented

THREE = {"he": MAN, "family": FAMILY, "she": WOMAN}


@pytest.mark.parametrize("household", THREE.values(), ids=THREE)
def test_states_are_columns_of_persons_within_their_units(household: Invented) -> None:
    for own in household.adults.values():
        state = {**household.shared, **own}
        assert set(state) - {"age"} <= set(COLUMNS)
        for name, value in state.items():
            if name != "age" and COLUMNS[name].unit.endswith("0 to 1"):
                assert 0.0 <= value <= 1.0, name
            if name.endswith("_eur"):
                assert value >= 0.0, name
    assert len({each.number for each in THREE.values()}) == 3


def test_the_first_row_changes_nothing_and_every_other_something() -> None:
    for who, (first, *others) in CHANGES.items():
        assert first.text == AS_IT_IS
        assert first.household is THREE[who]
        assert not first.now
        assert len({each.text for each in others}) == len(others)
        for change in others:
            assert set(change.now) <= set(registry())
            assert change.talk or change.now or change.household != THREE[who], change.text


def test_neighbours_and_children_stay_as_many_where_they_change() -> None:
    (change,) = (each for each in CHANGES["family"] if "neighbours" in each.text)
    assert sum(change.household.neighbours) == sum(FAMILY.neighbours)
    (young,) = (each for each in CHANGES["family"] if "too young" in each.text)
    school = registry()["school_age_from"].value
    assert max(young.household.children) < school <= min(FAMILY.children)
    assert np.isinf(MAN.adults["he"]["reservation_eur"])  # money plays no role for him
