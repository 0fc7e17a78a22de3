"""What is noted around phases, by hand; `test_recording` shows that it changes nothing."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from terugkeer.abm.world.phases.hear import HEARD
from terugkeer.agents.codes import Option, Place
from terugkeer.viz.page.lives.households import Heads, among, everybody
from terugkeer.viz.page.lives.overheard import FORCES, Overheard

from tests.viz.page.small_worlds import whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from terugkeer.viz.page.lives.households import Chosen


class Few:
    """Four households, the first of two adults; the third is not here."""

    def __init__(self) -> None:
        self.people = SimpleNamespace(
            version=1,
            person=np.array([16, 17, 32, 48, 64]),
            household=np.array([1, 1, 2, 3, 4]),
            place=np.array([Place.AZC, Place.AZC, Place.STREET, Place.ORIGIN, Place.AZC]),
            choice=np.full(5, Option.WAIT, dtype=np.uint8),
            **{name: np.full(5, 0.5, dtype=np.float32) for name in HEARD},
            **{name: np.zeros(5, dtype=np.float32) for name in FORCES},
        )

    def lines(
        self, name: str, act: Callable[[Any], None], wanted: Chosen = everybody
    ) -> list[list[Any]]:
        """Return household, kind and words of each line that a phase gives."""
        overheard = Overheard(Heads(wanted))
        world: Any = SimpleNamespace(people=self.people)
        overheard.around(name, act)(world)
        return [
            [int(number), each.kind, *args]
            for each in overheard.lines
            for number, args in zip(each.households, each.args, strict=True)
        ]


@pytest.fixture
def few() -> Few:
    return Few()


def test_news_is_told_where_it_moves_a_belief_enough(few: Few) -> None:
    def hear(world: Any) -> None:  # noqa: ANN401 - what stands in for a world
        world.people.hope[:] = 0.25  # of all, also of who is no head or not here
        world.people.threat[2] = 0.505
        world.people.knowledge[4] = 0.75

    lines = few.lines("hear", hear, among([1, 2, 3]))
    assert lines == [[1, "news", "hope", "down"], [2, "news", "hope", "down"]]
    assert few.lines("hear", lambda _world: None) == []


def test_a_weighing_is_told_if_it_is_the_first_or_ends_otherwise(few: Few) -> None:
    def weigh(choice: Option, **forces: float) -> list[list[Any]]:
        def act(world: Any) -> None:  # noqa: ANN401 - what stands in for a world
            world.people.choice[:] = choice
            for name in FORCES:
                getattr(world.people, name)[:] = forces.get(name, 0.1)

        return few.lines("weigh", act, among([2]))

    assert weigh(Option.WAIT, stay=0.7) == [[2, "chose", "wait", "stay"]]
    assert weigh(Option.WAIT, stay=0.8) == []
    assert weigh(Option.WAIT, stay=0.8) == []
    assert weigh(Option.WAIT, push=0.9, stay=0.8) == [[2, "chose", "wait", "push"]]
    assert weigh(Option.RETURN, push=0.8) == [[2, "chose", "return", "push"]]
    few.people.choice[:] = Option.WAIT  # a move ends the choice
    assert weigh(Option.RETURN, push=0.7) == [[2, "chose", "return", "push"]]


def test_the_first_weighing_is_told_whatever_it_ends_in(few: Few) -> None:
    def act(world: Any) -> None:  # noqa: ANN401 - what stands in for a world
        world.people.push[:4] = 0.5  # the first of the forces is the strongest of none

    assert few.lines("weigh", act) == [[1, "chose", "wait", "push"], [2, "chose", "wait", "push"]]


def test_other_phases_stay_as_they_are() -> None:
    def act(_world: object) -> None: ...

    assert Overheard(Heads(everybody)).around("meet", act) is act


def test_who_moves_on_by_choice_has_chosen_it() -> None:
    """A choice of this week is told, though a departure of this week ends it."""
    last = [
        next((each[2] for each in reversed(story[:at]) if each[1] == "chose"), None)
        for life in whole()["households"].values()
        for story in [life.get("story", [])]
        for at, line in enumerate(story)
        if line[1:3] == ["left", "onward"]
    ]
    assert len(last) > 5
    assert last.count("move_on") > len(last) / 4
