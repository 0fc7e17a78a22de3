"""The yearly record of circumstances, counted by hand for a handful of persons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from terugkeer.abm.world.calendar import first_week
from terugkeer.abm.world.ledgers.circumstances import COLUMNS, Circumstances
from terugkeer.agents.codes import Background, OriginGroup, Place
from terugkeer.agents.traits import FIELDS, pack

from tests.abm.world.clients import world_of

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray
    from terugkeer.abm.world.state import World

START, NEXT = first_week(2012), first_week(2013)


def traits(**values: ArrayLike) -> NDArray[np.int32]:
    """Return packed traits of four persons, 0 where nothing is said."""
    return pack(dict.fromkeys(FIELDS, np.zeros(4, dtype=int)) | values)


def counted(world: World, *weeks: int) -> Circumstances:
    """Return the record after some weeks in which nothing changes."""
    ledger = Circumstances(START, 104)
    for week in weeks:
        world.week = week
        ledger(world)
    return ledger


def lines(frame: pd.DataFrame, *names: str) -> dict[Any, tuple[float, float]]:
    """Return person-weeks and persons at the year's end by some columns."""
    sums = frame.groupby(list(names), observed=True)[["person_weeks", "at_end"]].sum()
    return {key: tuple(row) for key, row in zip(sums.index, sums.to_numpy().tolist(), strict=True)}


def test_weeks_add_up_within_a_year_and_its_last_week_stands_for_its_end() -> None:
    world = world_of(n=3, place=Place.STREET)
    ledger = Circumstances(START, 104)
    for week in (START, START + 1):
        world.week = week
        ledger(world)
    world.people.place[0] = Place.AZC
    for week in (START + 2, NEXT):
        world.week = week
        ledger(world)
    assert lines(ledger.frame(1.0), "year", "place") == {
        (2012, "street"): (8.0, 2.0),
        (2012, "azc"): (1.0, 1.0),
        (2013, "street"): (2.0, 2.0),
        (2013, "azc"): (1.0, 1.0),
    }


def test_what_was_counted_is_multiplied_by_the_scale() -> None:
    ledger = counted(world_of(place=Place.STREET), START, START + 1)
    assert lines(ledger.frame(50.0), "place") == {"street": (400.0, 200.0)}


def test_persons_who_have_returned_and_years_that_have_not_come_are_left_out() -> None:
    world = world_of(place=[Place.AZC, Place.ORIGIN, Place.ORIGIN, Place.AZC])
    assert lines(counted(world, START).frame(1.0), "year", "place") == {(2012, "azc"): (2.0, 2.0)}
    assert counted(world_of(place=Place.ORIGIN), START).frame(1.0).empty


def test_each_circumstance_has_a_column_of_its_own() -> None:
    plain: dict[str, Any] = {"place": Place.VBL, "mental": 1.0, "traits": traits()}
    usual = counted(world_of(**plain), START).frame(1.0).drop(columns="at_end")
    assert list(usual.columns) == [name for name in COLUMNS if name != "at_end"]
    cases: dict[str, tuple[dict[str, Any], Any]] = {
        "minor": ({"traits": traits(minor=np.ones(4, dtype=int))}, True),
        "household": ({"traits": traits(family=np.ones(4, dtype=int))}, "family"),
        "poor_mental": ({"mental": 0.1}, True),
        "apart": ({"wanted_at_home": True}, True),
        "with_file": ({"spell_open": True}, True),
        "background": ({"background": Background.OTHER}, "other"),
        "origin_group": ({"origin_group": OriginGroup.NOT_SAFE}, "not_safe"),
        "place": ({"place": Place.DETENTION}, "detention"),
    }
    (before,) = usual.astype(object).to_dict("records")
    for column, (change, value) in cases.items():
        frame = counted(world_of(**plain | change), START).frame(1.0).drop(columns="at_end")
        (after,) = frame.astype(object).to_dict("records")
        assert after[column] == value, column
        assert {name for name, old in before.items() if after[name] != old} == {column}


def test_poor_mental_health_lies_below_the_line_and_not_on_it() -> None:
    world = world_of(mental=[0.4, 0.39, 0.41, 0.0], place=Place.VBL)
    world.now.update({"poor_mental_below": 0.4})
    found = lines(counted(world, START).frame(1.0), "poor_mental")
    assert found == {True: (2.0, 2.0), False: (2.0, 2.0)}


def test_every_person_here_is_counted_once_whatever_the_circumstances() -> None:
    rng = np.random.default_rng(1)
    n = 500
    flags: dict[str, Any] = {
        name: rng.integers(0, 2, n).astype(bool) for name in ("spell_open", "wanted_at_home")
    }
    codes = {name: rng.integers(0, 2, n) for name in ("background", "origin_group")}
    world = world_of(
        n=n, place=rng.integers(0, len(Place), n), mental=rng.random(n), **flags, **codes
    )
    world.people.traits[:] = rng.integers(0, 2**21, n)
    frame = counted(world, START).frame(1.0)
    here = world.people.place != Place.ORIGIN
    assert frame["person_weeks"].sum() == np.count_nonzero(here)
    of_file = here & world.people.spell_open
    assert frame.loc[frame["with_file"], "person_weeks"].sum() == np.count_nonzero(of_file)
    minors = here & ((world.people.traits >> FIELDS["minor"][0]) & 1 > 0)
    assert frame.loc[frame["minor"], "person_weeks"].sum() == np.count_nonzero(minors)


def test_the_last_week_and_the_weeks_from_a_year_on_by_minor_file_and_place() -> None:
    world = world_of(n=4, place=Place.STREET)
    world.people.traits[:] = traits(
        minor=[0, 1, 1, 0], family=[0, 1, 1, 1], background=[0, 1, 0, 1]
    )
    world.people.spell_open[:] = [True, True, False, False]
    ledger = counted(world, START, START + 1)
    world.people.place[:2] = [Place.ORIGIN, Place.DETENTION]
    for week in (NEXT, NEXT + 1, NEXT + 2):
        world.week = week
        ledger(world)
    expected = np.zeros((2, 2, len(Place)), dtype=np.int64)
    expected[1, 1, Place.DETENTION] = 1  # and the first person has returned
    expected[1, 0, Place.STREET] = expected[0, 0, Place.STREET] = 1
    assert np.array_equal(ledger.present(), expected)
    assert np.array_equal(ledger.lived(2013), 3 * expected)
    both = ledger.lived(2012)
    assert both.sum() == 4 * 2 + 3 * 3
    assert both[1, 1].tolist() == [0] * Place.STREET + [2, 3, 0]
    assert both[0, 1].tolist() == [0] * Place.STREET + [2, 0, 0]
