"""Reasons by group: means of those who are in it, and nothing where nobody is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.decision.moderators import capacity
from terugkeer.agents.codes import Place
from terugkeer.viz.page.reasons import FORCES, GROUPS, reasons, told
from terugkeer.viz.page.states import here
from terugkeer.viz.page.weeks import REASONS_EVERY, WEEKS

from tests.viz.page.small_worlds import whole, worlds

if TYPE_CHECKING:
    from terugkeer.abm.world.model import ReturnModel


@pytest.fixture(scope="module")
def model() -> ReturnModel:
    return worlds()._spun_up(1).before(0)[0]


def test_means_are_those_of_the_adults_of_a_group(model: ReturnModel) -> None:
    world, people = model.world, model.people
    found = dict(zip(GROUPS, reasons(world), strict=True))
    rows = here(people)
    rows = rows[world.adult(rows)]
    held = rows[np.isin(people.place[rows], [Place.DETENTION, Place.CLOSED_FAMILY])]
    for group, of in (("all", rows), ("held", held)):
        n, *values = found[group]
        assert n == len(of) > 0
        assert values[:4] == pytest.approx(
            [getattr(people, name)[of].mean() for name in FORCES], abs=0.0051
        )
        assert values[4] == pytest.approx(capacity(world, of).mean(), abs=0.0051)
        assert values[7] == pytest.approx(people.trust_state[of].mean(), abs=0.0051)
        assert all(0.0 <= each <= 1.0 for each in values[4:])  # type: ignore[operator] # somebody is in it


def test_groups_that_divide_all_add_up(model: ReturnModel) -> None:
    persons = {group: values[0] for group, values in zip(GROUPS, reasons(model.world), strict=True)}
    assert persons["asylum"] + persons["other"] == persons["all"]  # type: ignore[operator] # counts are there
    assert persons["safe"] + persons["not_safe"] == persons["all"]  # type: ignore[operator] # the same


def test_nobody_has_no_reasons() -> None:
    model = worlds()._spun_up(1).before(0)[0]
    model.people.place[:] = Place.ORIGIN
    assert reasons(model.world) == [[0, *[None] * 8]] * len(GROUPS)


def test_hope_and_fear_close_gates(model: ReturnModel) -> None:
    before = reasons(model.world)[0]
    other = worlds()._spun_up(1).before(0)[0]
    other.people.hope[:] = 1.0
    other.people.believed_safety[:] = 0.0
    after = reasons(other.world)[0]
    assert after[6] < before[6]  # type: ignore[operator] # all are there
    assert after[7] < before[7]  # type: ignore[operator] # the same
    assert after[:6] == before[:6]


def test_weeks_are_told_by_group() -> None:
    assert told([[[1, 0.5]] * 10, [[2, 0.25]] * 10])["values"] == [[[1, 0.5], [2, 0.25]]] * 10
    values = whole()["reasons"]["values"]
    assert len(values) == len(GROUPS)
    assert {len(of_group) for of_group in values} == {len(range(0, WEEKS, REASONS_EVERY))}
