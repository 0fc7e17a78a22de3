"""Households enter in their week, those without a procedure with a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from terugkeer.abm.world.arrivals.newcomers import INDICES, STRATA, week_of_entry
from terugkeer.abm.world.events import MEMBERS, Event
from terugkeer.abm.world.phases.arrive import WEEKS_AT_ONCE, Arrive
from terugkeer.agents.codes import LegalPhase

from tests.abm.world.adults import WEEK, adults, happened

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from terugkeer.abm.world.state import World
    from terugkeer.abm.world.values import Values


class Frozen:
    """Stands for `Entrances` and `Newcomers`: two persons enter in even weeks, nobody in odd."""

    end = WEEK + 20

    def __init__(self) -> None:
        self.built: list[list[int]] = []
        self.phases: list[int] = [LegalPhase.PROCEDURE, LegalPhase.OBLIGED]

    def households(self, week: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        number = week * STRATA * INDICES + np.arange(2 if week % 2 == 0 else 0, dtype=np.int64)
        return number, np.zeros_like(number)

    def build(
        self,
        week: NDArray[np.int64],
        number: NDArray[np.int64],
        _stratum: NDArray[np.int64],
        now: Values,
    ) -> dict[str, NDArray[Any]]:
        self.built.append(sorted(set(week.tolist())))
        return {
            "person": number * MEMBERS,
            "household": number,
            "phase": np.resize(self.phases, len(number)).astype(np.uint8),
            "talks": np.full(len(number), int(now.number("departure_term_weeks")), dtype=np.uint8),
        }


@pytest.fixture
def frozen() -> Frozen:
    return Frozen()


def arrive_in(frozen: Frozen, *weeks: int) -> World:
    """Let the households of some weeks enter an empty world."""
    world = adults(0)
    arrive = Arrive(frozen, frozen, frozen)  # type: ignore[arg-type] # stand-ins
    for week in weeks:
        world.week = week
        arrive(world)
    return world


def test_only_the_households_of_the_week_enter(frozen: Frozen) -> None:
    assert WEEK % 2 == 0
    assert len(arrive_in(frozen, WEEK + 1).people) == 0
    world = arrive_in(frozen, WEEK, WEEK + 1, WEEK + 2)
    assert week_of_entry(world.people.household).tolist() == [WEEK, WEEK, WEEK + 2, WEEK + 2]
    assert world.entered == 4


def test_everybody_is_logged_and_those_without_a_procedure_get_a_file(frozen: Frozen) -> None:
    world = arrive_in(frozen, WEEK)
    assert len(happened(world, Event.ENTERED)) == 2
    assert world.people.spell_open.tolist() == [False, True]
    assert world.people.spell_since.tolist() == [0, WEEK]
    assert happened(world, Event.OPENED) == [int(world.people.household[1])]


def test_newcomers_are_built_a_quarter_at_a_time_and_not_beyond_the_data(frozen: Frozen) -> None:
    arrive_in(frozen, *range(WEEK, WEEK + 20))
    assert WEEKS_AT_ONCE == 13
    assert [(each[0], each[-1]) for each in frozen.built] == [
        (WEEK, WEEK + 12),
        (WEEK + 14, WEEK + 18),  # nobody enters in the odd week with which it begins
    ]


def test_those_of_coming_weeks_are_built_again_when_values_change(frozen: Frozen) -> None:
    world = adults(0, values={"departure_term_weeks": 4})
    arrive = Arrive(frozen, frozen, frozen)  # type: ignore[arg-type] # stand-ins
    arrive(world)
    world.now.update({"departure_term_weeks": 9})
    world.week += 2
    arrive(world)
    assert world.people.talks.tolist() == [4, 0, 9, 0]
