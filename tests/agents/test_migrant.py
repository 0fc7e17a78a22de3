"""A migrant is a view of one person."""

from __future__ import annotations

import copy
import pickle
from dataclasses import dataclass, field
from enum import IntEnum
from random import Random

import mesa
import numpy as np
import pytest
from terugkeer.abm.world import calendar
from terugkeer.abm.world.persons.columns import COLUMNS
from terugkeer.abm.world.persons.people import People
from terugkeer.agents import codes
from terugkeer.agents.codes import LegalPhase, Place
from terugkeer.agents.migrant import Migrant


def _people() -> People:
    people = People(2)
    people.add(
        {
            "person": np.array([48, 16, 33]),
            "household": np.array([3, 1, 2]),
            "key": np.array([2**64 - 1, 5, 6], dtype=np.uint64),
            "birth_week": np.array([0, -1000, 300]),
            "country": np.array([1, 0, 1]),
            "place": np.array([Place.AZC, Place.STREET, Place.DETENTION]),
            "phase": np.array([LegalPhase.OBLIGED, LegalPhase.APPEAL, LegalPhase.OBLIGED]),
            "unsheltered_weeks": np.array([0.5, 1.25, 2.0]),
            "female": np.array([True, False, True]),
        }
    )
    return people


@dataclass(eq=False)
class World:
    people: People = field(default_factory=_people)
    week: int = 600
    countries: tuple[str, ...] = ("Iraq", "Georgia")
    random: Random = field(default_factory=lambda: Random(1))  # noqa: S311  # no secret
    rng: np.random.Generator = field(default_factory=lambda: np.random.default_rng(1))


@pytest.fixture
def world() -> World:
    return World()


def test_a_view_holds_nothing_but_model_number_and_position(world: World) -> None:
    migrant = Migrant(world, np.int64(16))
    assert isinstance(migrant, mesa.Agent)
    assert vars(migrant) == {"model": world, "unique_id": 16, "pos": None}
    assert type(migrant.unique_id) is int
    assert migrant.random is world.random
    assert migrant.rng is world.rng


def test_a_view_is_not_registered_with_mesa() -> None:
    model = mesa.Model(rng=1)
    Migrant(model, 16)
    assert len(model.agents) == 0
    assert model.agent_types == []
    assert model not in getattr(mesa.Agent, "_ids", {})


@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_reads_as_the_python_scalar_it_holds(world: World, name: str) -> None:
    value = getattr(Migrant(world, 33), name)
    column = COLUMNS[name]
    kind = {"b": bool, "i": int, "u": int, "f": float}[np.dtype(column.dtype).kind]
    assert type(value) is (getattr(codes, column.enum) if column.enum else kind)
    assert value == getattr(world.people, name)[2]


def test_the_largest_key_is_not_rounded(world: World) -> None:
    assert Migrant(world, 48).key == 2**64 - 1


def test_reading_follows_rows_that_move(world: World) -> None:
    migrant = Migrant(world, 33)
    assert migrant.place is Place.DETENTION
    world.people.gone[1] = True
    world.people.compact()
    assert migrant.place is Place.DETENTION
    world.people.add({"person": np.arange(100, 110), "place": Place.VBL})
    assert migrant.place is Place.DETENTION
    assert Migrant(world, 105).place is Place.VBL


def test_what_is_derived(world: World) -> None:
    migrant = Migrant(world, 33)
    assert migrant.age == 300 / calendar.WEEKS_PER_YEAR
    assert type(migrant.age) is float
    world.week = 601
    assert migrant.age == 301 / calendar.WEEKS_PER_YEAR
    assert migrant.country_name == "Georgia"
    assert migrant.label == "person 33 (Georgia)"
    assert repr(migrant) == "<Migrant 33>"


def test_who_has_returned_is_told_apart(world: World) -> None:
    migrant, other = Migrant(world, 33), Migrant(world, 16)
    assert [migrant.returned, other.returned] == [False, False]
    world.people.place[2] = Place.ORIGIN
    assert [migrant.returned, other.returned] == [True, False]
    assert type(migrant.returned) is bool
    assert repr([migrant, other]) == "[<Migrant 33, returned>, <Migrant 16>]"
    with pytest.raises(AttributeError, match="'returned' of a person can't be set"):
        migrant.returned = False


def test_forces_are_the_four_columns_by_name(world: World) -> None:
    people = world.people
    people.push[2], people.pull[2], people.stay[2], people.deter[2] = 0.5, 0.25, 1.5, 2.0
    migrant = Migrant(world, 33)
    assert migrant.forces == {"push": 0.5, "pull": 0.25, "stay": 1.5, "deter": 2.0}
    assert {type(force) for force in migrant.forces.values()} == {float}
    assert Migrant(world, 16).forces == dict.fromkeys(("push", "pull", "stay", "deter"), 0.0)


def test_stage_and_choice_read_as_their_codes(world: World) -> None:
    world.people.stage[2], world.people.choice[2] = 3, 2
    migrant = Migrant(world, 33)
    assert migrant.stage is codes.Stage.PREPARING
    assert migrant.choice is codes.Option.OUT_OF_SIGHT


def test_writing_a_column_writes_only_that_persons_row(world: World) -> None:
    migrant = Migrant(world, 16)
    migrant.place = Place.VBL
    migrant.phase = 3
    migrant.unsheltered_weeks = 2
    migrant.document = np.bool_(True)
    assert world.people.place.tolist() == [Place.AZC, Place.VBL, Place.DETENTION]
    assert world.people.phase.tolist() == [
        LegalPhase.OBLIGED,
        LegalPhase.OBLIGED,
        LegalPhase.OBLIGED,
    ]
    assert world.people.unsheltered_weeks.tolist() == [0.5, 2.0, 2.0]
    assert world.people.document.tolist() == [False, True, False]
    assert set(vars(migrant)) == {"model", "unique_id", "pos"}


def test_position_is_the_views_own(world: World) -> None:
    migrant = Migrant(world, 16)
    migrant.pos = (1.0, 2.0)
    assert migrant.pos == (1.0, 2.0)


class Other(IntEnum):
    THREE = 3


@pytest.mark.parametrize(
    ("name", "value", "error", "says"),
    [
        ("place", 99, ValueError, "a code of Place .*STREET 9.*not 99"),
        ("place", -1, ValueError, "a code of Place"),
        ("place", LegalPhase.OBLIGED, TypeError, "a code of Place, not <LegalPhase.OBLIGED: 3>"),
        ("place", [Other.THREE], TypeError, "a code of Place"),
        ("place", True, TypeError, "whole numbers, not True"),
        ("place", "street", TypeError, "whole numbers, not 'street'"),
        ("place", None, TypeError, "whole numbers, not None"),
        ("place", [9], ValueError, "takes one value"),
        ("spells", 256, ValueError, "whole numbers from 0 to 255, not 256"),
        ("spells", -1, ValueError, "whole numbers from 0 to 255, not -1"),
        ("spells", 1.0, TypeError, "whole numbers, not 1.0"),
        ("phase_since", 2**31, ValueError, "to 2147483647"),
        ("unsheltered_weeks", float("nan"), ValueError, "finite numbers"),
        ("unsheltered_weeks", float("inf"), ValueError, "finite numbers"),
        ("unsheltered_weeks", 1e300, ValueError, "finite numbers up to 3.4e"),
        ("unsheltered_weeks", True, TypeError, "numbers, not True"),
        ("document", 1, TypeError, "True or False, not 1"),
        ("person", 3, AttributeError, "'person' is fixed at entry"),
        ("birth_week", 3, AttributeError, "'birth_week' is fixed at entry"),
        ("age", 30.0, AttributeError, "'age' of a person can't be set"),
        ("forces", {"push": 1.0}, AttributeError, "'forces' of a person can't be set"),
        ("unique_id", 3, AttributeError, "'unique_id' of a person can't be set"),
        ("model", None, AttributeError, "'model' of a person can't be set"),
        ("gone", True, AttributeError, "leave through the model's phases"),
        ("plase", 3, AttributeError, "no attribute 'plase'; did you mean 'place'"),
        ("qqq", 3, AttributeError, "no attribute 'qqq'; there is: age, agency"),
    ],
)
def test_writing_is_refused(
    world: World, name: str, value: object, error: type[Exception], says: str
) -> None:
    migrant = Migrant(world, 16)
    before = {column: getattr(world.people, column).tolist() for column in COLUMNS}
    with pytest.raises(error, match=says):
        setattr(migrant, name, value)
    assert {column: getattr(world.people, column).tolist() for column in COLUMNS} == before
    assert set(vars(migrant)) == {"model", "unique_id", "pos"}


def test_reading_what_is_not_there_suggests_what_is(world: World) -> None:
    migrant = Migrant(world, 16)
    with pytest.raises(AttributeError, match="no attribute 'plase'; did you mean 'place'"):
        _ = migrant.plase
    assert not hasattr(migrant, "plase")
    assert {"place", "age", "country_name", "in_model"} <= set(dir(migrant))


@pytest.mark.parametrize("compacted", [False, True])
@pytest.mark.parametrize("name", ["place", "age", "country_name", "forces", "label"])
def test_who_left_can_only_be_asked_whether_it_left(
    world: World, name: str, compacted: bool
) -> None:
    migrant = Migrant(world, 16)
    assert migrant.in_model is True
    world.people.gone[1] = True
    if compacted:
        world.people.compact()
    assert migrant.in_model is False
    assert repr(migrant) == "<Migrant 16, left the model>"
    with pytest.raises(LookupError, match="person 16 is not in the model"):
        getattr(migrant, name)
    with pytest.raises(LookupError, match="person 16 is not in the model"):
        migrant.place = Place.VBL
    assert Migrant(world, 33).in_model is True


def test_two_views_of_a_person_are_equal_and_of_two_models_are_not(world: World) -> None:
    assert Migrant(world, 16) == Migrant(world, 16)
    assert len({Migrant(world, 16), Migrant(world, 16), Migrant(world, 33)}) == 2
    assert Migrant(world, 16) != Migrant(World(), 16)
    assert Migrant(world, 16) != 16


def test_nobody_is_removed_or_created_by_hand(world: World) -> None:
    with pytest.raises(TypeError, match="leave through the model's phases"):
        Migrant(world, 16).remove()
    with pytest.raises(TypeError, match="persons arrive through the model"):
        Migrant.create_agents(world, 1, 16)
    assert Migrant(world, 16).in_model


def test_copy_and_pickle(world: World) -> None:
    migrant = Migrant(world, 16)
    migrant.pos = 7
    assert copy.copy(migrant) == migrant
    world.favourite = migrant  # type: ignore[attr-defined]  # a cycle through the model
    for again in (pickle.loads(pickle.dumps(migrant)), copy.deepcopy(migrant)):  # noqa: S301  # ours
        assert (again.unique_id, again.pos, again.place) == (16, 7, Place.STREET)
        assert again.model is not world
        assert again.model.favourite is again
