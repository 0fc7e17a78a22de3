"""Talks come first, meetings of families last; where nobody weighs, a fixed share cooperates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.world.phases import meet as meet_file
from terugkeer.abm.world.phases.meet import meet

from tests.abm.world.adults import WEEK, adults, hazards_only

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_where_nobody_weighs_cooperation_is_read_once_in_the_week_of_the_record(
    share: float,
) -> None:
    values = hazards_only({"cooperation_read_weeks": 3, "cooperating_share": share})
    world = adults(
        4,
        values=values,
        spell_since=[WEEK - 2, WEEK - 3, WEEK - 4, WEEK - 3],
        spell_open=[True, True, True, False],
        cooperates=[False, share == 0.0, False, False],
    )
    meet(world)
    assert world.people.cooperates.tolist() == [False, share == 1.0, False, False]


def test_a_household_cooperates_as_a_whole() -> None:
    values = hazards_only({"cooperation_read_weeks": 3, "cooperating_share": 0.5})
    world = adults(40, 2, values=values, spell_since=WEEK - 3)
    meet(world)
    reads = world.people.cooperates.reshape(-1, 2)
    assert (reads[:, 0] == reads[:, 1]).all()
    assert 0 < reads[:, 0].sum() < 40


def test_where_people_weigh_talks_come_first_then_counselling_then_meetings_of_families(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    order: list[tuple[str, World]] = []
    for name in ("talk", "counsel", "hold_family_meetings"):
        monkeypatch.setattr(meet_file, name, lambda world, name=name: order.append((name, world)))
    world = adults(2, values={"cooperating_share": 1.0, "cooperation_read_weeks": 10})
    meet(world)
    assert order == [("talk", world), ("counsel", world), ("hold_family_meetings", world)]
    assert not world.people.cooperates.any(), "the fixed share plays no role"
