"""An invented household, and the world in which the model weighs it."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.world.calendar import WEEKS_PER_YEAR
from terugkeer.abm.world.events import MEMBERS
from terugkeer.agents.codes import Option, Place, Stage

from studies.households.invented import FAMILY, MAN, WOMAN
from studies.households.weighed import WEEK, Change, Invented, columns_of, ground, weighing

SMALL = Invented(
    3,
    "other_safe",
    {"place": Place.VBL, "hope": 0.2},
    {"a": {"age": 30}, "b": {"hope": 0.5, "age": 40}},
)


def test_another_state_is_put_in_for_all_or_for_some() -> None:
    everybody = SMALL.having(mental=0.9, hope=0.1)
    assert everybody.shared == {"place": Place.VBL, "hope": 0.1}
    assert [own["mental"] for own in everybody.adults.values()] == [0.9, 0.9]
    only = SMALL.having("b", hope=0.7)
    assert only.shared == SMALL.shared
    assert "hope" not in only.adults["a"]
    assert only.adults["b"]["hope"] == 0.7
    assert SMALL.adults["b"]["hope"] == 0.5


def test_columns_hold_members_side_by_side_and_neighbours_after_them() -> None:
    found = columns_of(FAMILY)
    members = len(FAMILY.adults) + len(FAMILY.children)
    first = FAMILY.number * MEMBERS
    assert found["person"][:members].tolist() == list(range(first, first + members))
    assert set(found["household"][:members]) == {FAMILY.number}
    considering, others = FAMILY.neighbours
    next_door = found["stage"][members:]
    assert len(next_door) == considering + others
    assert (next_door == Stage.CONSIDERING).sum() == considering
    assert (found["household"][members:] > FAMILY.number).all()
    assert set(found["household_size"][:members]) == {members}
    assert len(set(found["key"].tolist())) == len(found["person"])


def test_ages_are_weeks_of_birth_and_times_are_weeks_before_now() -> None:
    found = columns_of(FAMILY)
    assert found["birth_week"][0] == WEEK - round(41 * WEEKS_PER_YEAR)
    assert set(found["youngest_birth_week"]) == {WEEK - round(7.0 * WEEKS_PER_YEAR)}
    assert set(found["eldest_birth_week"]) == {WEEK - round(11.0 * WEEKS_PER_YEAR)}
    assert set(found["place_since"]) == {WEEK - 60}
    assert "age" not in found
    _, _, countries, groups, _ = ground()
    assert countries[found["country"][0]] == FAMILY.origin
    assert set(found["origin_group"]) == {groups[found["country"][0]]}


def test_a_weighing_is_of_the_household_alone_and_its_chances_add_up() -> None:
    found = weighing(FAMILY)
    assert len(found.weighed.adults) == len(FAMILY.adults)
    assert found.chances.sum() == pytest.approx(1.0)
    assert found.forces.shape == (4,)
    rate = found.world.now.number("deliberation_rate")
    usual = 1 - np.exp(-rate * found.capacity)
    assert found.weekly(occasion=False) == pytest.approx(usual)
    added = found.world.now.number("occasion_chance") * found.capacity
    assert found.weekly(occasion=True) == pytest.approx(1 - (1 - usual) * (1 - added))
    utility = found.weighed.household[:, 0]
    assert found.against_wait == utility[Option.RETURN] - utility[Option.WAIT]
    assert weighing(WOMAN).chances[Option.OUT_OF_SIGHT] == 0.0  # nobody has her in view


def test_a_change_weighs_the_household_it_names_with_its_values_and_its_talk() -> None:
    base = weighing(MAN).against_wait
    assert Change("as it is", MAN).weighing().against_wait == base
    assert Change("hard", MAN, {"moderators": "hard"}).weighing().against_wait != base
    talked = Change("a talk", MAN, talk=True).weighing()
    assert talked.against_wait != base
    assert talked.world.people.talks[0] == 1
