"""Persons are counted each week by place, phase and population, and none may be lost."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.world.phases.record import (
    COMPACT_EVERY_WEEKS,
    POPULATIONS,
    Tally,
    population_of,
)
from terugkeer.agents.codes import LegalPhase, Place

from tests.abm.world.adults import WEEK, adults


@pytest.mark.parametrize(
    ("phase", "with_file", "ever", "population"),
    [
        (LegalPhase.PROCEDURE, 0, 0, "procedure"),
        (LegalPhase.PROCEDURE, 1, 1, "procedure"),
        (LegalPhase.APPEAL, 1, 1, "spell"),
        (LegalPhase.OBLIGED, 1, 1, "spell"),
        (LegalPhase.OBLIGED, 0, 1, "known"),
        (LegalPhase.OBLIGED, 0, 0, "never_known"),
        (LegalPhase.RETURNED, 0, 1, "returned"),
        (LegalPhase.RETURNED, 1, 1, "returned"),
    ],
)
def test_a_person_belongs_to_one_population(
    phase: LegalPhase, with_file: int, ever: int, population: str
) -> None:
    found = population_of(np.array([phase]), np.array([with_file]), np.array([ever]))
    assert [POPULATIONS[each] for each in found] == [population]


def test_the_weekly_table_counts_real_persons() -> None:
    world = adults(
        5,
        place=[Place.STREET, Place.STREET, Place.STREET, Place.VBL, Place.ORIGIN],
        phase=[*[LegalPhase.OBLIGED] * 4, LegalPhase.RETURNED],
        spell_open=[True, False, False, True, False],
        spells=[1, 1, 0, 3, 1],
    )
    tally = Tally(2, WEEK)
    tally(world)
    world.week += 1
    world.people.place[3] = Place.STREET
    tally(world)
    frame = tally.frame(10.0).astype({"date": str})
    columns = ["week", "date", "place", "phase", "population", "persons"]
    assert list(frame.columns) == columns
    assert sorted(frame.astype(object).to_numpy().tolist()) == [
        [WEEK, "2012-01-02", "origin", "returned", "returned", 10.0],
        [WEEK, "2012-01-02", "street", "obliged", "known", 10.0],
        [WEEK, "2012-01-02", "street", "obliged", "never_known", 10.0],
        [WEEK, "2012-01-02", "street", "obliged", "spell", 10.0],
        [WEEK, "2012-01-02", "vbl", "obliged", "spell", 10.0],
        [WEEK + 1, "2012-01-09", "origin", "returned", "returned", 10.0],
        [WEEK + 1, "2012-01-09", "street", "obliged", "known", 10.0],
        [WEEK + 1, "2012-01-09", "street", "obliged", "never_known", 10.0],
        [WEEK + 1, "2012-01-09", "street", "obliged", "spell", 20.0],
    ]
    assert tally.weeks == 2
    assert tally.person_weeks == 10


@pytest.mark.parametrize("change", [-1, 1])
def test_a_person_lost_or_made_stops_the_run(change: int) -> None:
    world = adults(3)
    world.entered += change
    with pytest.raises(RuntimeError, match=f"not conserved in week {WEEK}"):
        Tally(1, WEEK)(world)


def test_persons_who_have_gone_are_not_counted_and_their_rows_are_dropped_later() -> None:
    world = adults(3)
    world.end_follow_up(np.array([1]))
    tally = Tally(COMPACT_EVERY_WEEKS, WEEK)
    for week in range(1, COMPACT_EVERY_WEEKS + 1):
        assert len(world.people) == 3
        tally(world)
        assert tally.person_weeks == 2 * week
        world.week += 1
    assert world.people.household.tolist() == [1, 3]


def test_a_week_is_handed_on_to_the_other_records() -> None:
    tally = Tally(1, WEEK)
    tally(adults(3, place=[Place.AZC, Place.VBL, Place.DETENTION], mental=1.0))
    assert set(tally.queues.frame()["week"]) == {WEEK}
    lived = tally.circumstances.frame(1.0)
    assert lived["person_weeks"].sum() == 3
    assert (tally.accounts._euros[0] > 0).sum() >= 2
