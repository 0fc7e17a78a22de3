"""Occasions by hand: the decision, the first talks, a move, weighty news, a method."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.decision.occasions import OCCASIONS, occasion
from terugkeer.abm.world.phases.weigh import deliberating
from terugkeer.agents.codes import LegalPhase, Place

from tests.abm.world.adults import WEEK, adults
from tests.abm.world.small_world import change, in_both_modes, lived, model_of, watch

if TYPE_CHECKING:
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.world.state import World

NOW = {"phase_since": WEEK}
TERM, OBLIGED = LegalPhase.DEPARTURE_TERM, LegalPhase.OBLIGED
TALKED = {"talked_week": WEEK}
MOVED = {"place_since": WEEK}


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ({}, set()),
        # a first refusal, with and without an appeal; the end of the term, or a refusal when held
        (NOW | {"phase": LegalPhase.APPEAL}, {"decision"}),
        (NOW | {"phase": TERM}, {"decision"}),
        (NOW | {"phase": OBLIGED}, {"decision"}),
        (NOW | {"phase": OBLIGED, "spell_open": False}, set()),
        (NOW | {"phase": LegalPhase.REPEAT_PROCEDURE}, set()),
        (NOW | {"phase": LegalPhase.PROCEDURE}, set()),
        ({"phase": TERM, "phase_since": WEEK - 1}, set()),
        # an appeal without a right to stay is lost
        ({"phase": OBLIGED, "lost_week": WEEK}, {"decision"}),
        ({"phase": OBLIGED, "lost_week": WEEK, "spell_open": False}, set()),
        ({"phase": OBLIGED, "lost_week": WEEK - 1}, set()),
        # the talks by day 10 and around day 15, and no later ones
        (TALKED | {"talks": 1}, {"talk"}),
        (TALKED | {"talks": 2}, {"talk"}),
        (TALKED | {"talks": 3}, set()),
        ({"talked_week": WEEK - 1, "talks": 1}, set()),
        # the end of a stay, release, a new place of detention since last week's enforcement
        (MOVED | {"place": Place.STREET}, {"move"}),
        (MOVED | {"place": Place.VBL}, {"move"}),
        (MOVED | {"place": Place.DETENTION}, {"move"}),
        (MOVED | {"phase": LegalPhase.PROCEDURE, "place": Place.AZC}, set()),
        ({"place_since": WEEK - 1}, set()),
        ({"place_since": WEEK + 1}, set()),
        ({"news_week": WEEK}, {"news"}),
        ({"decides_week": WEEK}, {"method"}),
        ({"decides_week": WEEK - 1}, set()),
        ({"news_week": WEEK - 1}, set()),
        (NOW | MOVED | TALKED | {"phase": OBLIGED, "talks": 2}, {"decision", "talk", "move"}),
    ],
)
def test_each_occasion_by_hand(columns: dict[str, object], found: set[str]) -> None:
    world = adults(1, **columns)
    rows = np.arange(1)
    assert {name for name, has in OCCASIONS.items() if has(world, rows)[0]} == found
    assert occasion(world, rows).tolist() == [bool(found)]


def test_who_weighs_at_an_occasion_is_who_is_able_to() -> None:
    """Between occasions nobody weighs here; at one all do whose draw lies below capacity."""
    n = 400
    able = np.linspace(0.0, 1.0, 12)
    world = adults(
        n,
        values={
            "deliberation_rate": 0.0,
            "occasion_chance": 1.0,
            "place_stability": able,
            "capacity_floor": 1.0,
        },
        news_week=np.where(np.arange(n) % 2, WEEK, 0),
        place=np.arange(n) % 11,
    )
    weighing = deliberating(world)
    assert len(weighing)
    assert (weighing % 2 == 1).all()
    share = [(weighing % 11 == place).sum() / (n / 22) for place in range(11)]
    assert share[0] == 0.0
    assert np.corrcoef(share, able[:11])[0, 1] > 0.9


def test_an_occasion_is_the_same_for_all_members_and_comes_in_every_kind() -> None:
    one_talk = (
        change("future_in_perspective_use", (1.0,) * 13),
        change("future_in_perspective_talks", (1, 1, 1)),
        change("method_weeks_apart", (1, 1, 1, 1)),
    )
    model = model_of(*one_talk, scale=100.0)
    seen = dict.fromkeys(OCCASIONS, 0)

    def look(name: str, world: World) -> None:
        if name != "weigh":
            return
        here = world.rows(~world.people.gone)
        household = world.household_of(here)
        for kind, has in OCCASIONS.items():
            found = has(world, here)
            seen[kind] += int(found.sum())
            shared = np.bincount(household, found) / np.bincount(household)
            assert set(np.unique(shared)) <= {0.0, 1.0}

    watch(model, before=look)
    for _ in range(80):
        model.step()
    assert all(count > 0 for count in seen.values())


@in_both_modes
def test_draws_and_weighty_news_are_kept_where_people_weigh(mode: tuple[Override, ...]) -> None:
    model = lived(*mode, scale=100.0)
    weighs = model.world.weighs
    assert (model.people.draws_in_a_row != 0).any() == weighs
    assert (model.people.news_week != 0).any() == weighs
