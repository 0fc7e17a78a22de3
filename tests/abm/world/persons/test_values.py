"""Attributes of the persons in a set: read and written by column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.persons.agent_set import PersonSet
from terugkeer.abm.world.persons.groups import GroupBy
from terugkeer.agents.codes import LegalPhase, Place

if TYPE_CHECKING:
    import mesa


def test_values_are_set_for_all_or_for_none(tiny: mesa.Model) -> None:
    mine = tiny.agents.sort("unique_id", ascending=True)
    mine.set("spells", np.arange(20))
    assert [a.spells for a in mine] == list(range(20))
    mine.set("place", [Place.STREET] * 20).set("pos", 4)
    assert set(tiny.people.place.tolist()) == {Place.STREET}
    assert tiny.agents[0].pos == 4
    before = tiny.people.spells.tolist()
    for name, value, error, says in (
        ("spells", np.arange(19), ValueError, r"one value or 20, not an array of shape \(19,\)"),
        ("spells", [*range(19), 256], ValueError, "from 0 to 255, not 256"),
        ("place", [LegalPhase.OBLIGED] * 20, TypeError, "a code of Place"),
        ("birth_week", 0, AttributeError, "fixed at entry"),
        ("gone", True, AttributeError, "leave through the model's phases"),
        ("age", 3, AttributeError, "can't be set"),
        ("spels", 3, AttributeError, "did you mean 'spells'"),
    ):
        with pytest.raises(error, match=says):
            mine.set(name, value)
        with pytest.raises(AttributeError, match="persons have no attribute"):
            mine.select(at_most=0).set("nothing_like_it", 1)
    assert tiny.people.spells.tolist() == before


def test_arrays_are_copies_in_the_order_of_the_set(tiny: mesa.Model) -> None:
    mine = tiny.agents.sort("age")
    ages = mine.array("age")
    assert ages.tolist() == mine.get("age") == sorted(ages.tolist(), reverse=True)
    for name in ("spells", "unique_id"):
        everybody = tiny.agents
        column = everybody.array(name)
        column[:] = 0
        assert everybody.array(name).any()


def test_python_scalars_come_out(tiny: mesa.Model) -> None:
    assert {type(v) for v in tiny.agents.get("frailty")} == {float}
    assert {type(v) for v in tiny.agents.get("place")} == {Place}
    assert {type(k) for k in tiny.agents.groupby("place").groups} == {Place}
    assert {type(k) for k in tiny.agents.groupby("country").groups} == {int}
    assert type(tiny.agents.agg("spells", np.max)) is int
    assert isinstance(tiny.agents.groupby("place"), GroupBy)


def _two(tiny: mesa.Model) -> PersonSet:
    """Return two persons of Afghanistan and Iraq, a year and twenty years old."""
    people = tiny.people
    people.country[:2] = [0, 2]
    people.birth_week[:2] = [700 - 1044, 700 - 53]
    people.spells[:2] = [200, 100]
    return PersonSet(tiny, tiny.agents[1::-1])


def test_derived_attributes_by_hand(tiny: mesa.Model) -> None:
    mine = _two(tiny)
    assert mine.array("country_name").tolist() == ["Afghanistan", "Iraq"]
    assert mine.array("age").astype(int).tolist() == [1, 20]
    assert mine.array("unique_id").tolist() == tiny.people.person[1::-1].tolist()


def test_who_has_returned_is_read_for_all_at_once(tiny: mesa.Model) -> None:
    tiny.people.place[:] = Place.STREET
    tiny.people.place[[3, 7]] = Place.ORIGIN
    everybody = tiny.agents
    back = [place in {3, 7} for place in range(20)]
    assert everybody.get("returned") == everybody.array("returned").tolist() == back
    assert everybody.array("returned").dtype == np.bool_
    assert everybody.agg("returned", sum) == 2
    assert everybody.groupby("returned").count() == {False: 18, True: 2}
    here = everybody.select(where=lambda p: ~p.returned)
    assert here.persons.tolist() == np.delete(tiny.people.person, [3, 7]).tolist()
    with pytest.raises(AttributeError, match="'returned' of a person can't be set"):
        everybody.set("returned", True)


def test_several_names_give_a_list_for_each_person(tiny: mesa.Model) -> None:
    mine = _two(tiny)
    assert mine.get(["spells", "country_name"]) == [[100, "Afghanistan"], [200, "Iraq"]]
    assert mine.get([]) == [[], []]


def test_a_missing_name_gives_the_default_if_it_is_asked_for(tiny: mesa.Model) -> None:
    assert _two(tiny).get("shoe_size", "default", 42) == [42, 42]
    assert _two(tiny).get(["shoe_size", "spells"], "default") == [[None, 100], [None, 200]]


def test_sums_do_not_overflow_small_integers(tiny: mesa.Model) -> None:
    mine = _two(tiny)
    assert mine.agg("spells", sum) == 300
    assert mine.agg("spells", np.sum) == 300
    assert mine.agg("spells", np.add.reduce) == 300
    assert mine.agg("spells", [min, np.max, len]) == [100, 200, 2]


def test_a_mean_is_that_of_the_list_of_values(tiny: mesa.Model) -> None:
    """Single precision would be seen in the seventh digit."""
    assert tiny.agents.agg("frailty", np.mean) == np.mean(tiny.agents.get("frailty"))


def test_an_attribute_of_views_can_be_read_for_all(tiny: mesa.Model) -> None:
    tiny.agents[0].pos = (1, 2)
    assert _two(tiny).get("pos") == [None, (1, 2)]
    assert _two(tiny).get("in_model") == [True, True]
