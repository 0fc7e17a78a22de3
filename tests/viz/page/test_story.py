"""Lines that columns and news give, by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
from terugkeer.abm.world.phases.hear import HEARD
from terugkeer.agents.codes import LegalPhase, Option, Place, Reading, Stage
from terugkeer.viz.page.households import among, everybody
from terugkeer.viz.page.story import FORCES, ORDER, READ, Listening, of_columns

from tests.viz.page.small_worlds import whole

if TYPE_CHECKING:
    from collections.abc import Mapping

WEEK = 500


def told(before: Mapping[str, object], after: Mapping[str, object]) -> list[list[Any]]:
    """Return the lines of one household, number 7."""
    halves = [{name: np.array([each.get(name, 0)]) for name in READ} for each in (before, after)]
    for half in halves:
        for name in ("identified", "document"):
            half[name] = half[name].astype(bool)
    lines = [*of_columns(WEEK, np.array([7]), *halves)]
    assert {*(line.kind for line in lines)} <= {*ORDER}
    assert all(line.households.tolist() == [7] * len(line.args) for line in lines)
    return [[line.kind, *args] for line in lines for args in line.args]


def test_nothing_new_gives_no_line() -> None:
    same = {"phase": LegalPhase.OBLIGED, "push": 0.5, "talked_week": WEEK - 1, "document": True}
    assert told(same, same) == []


def test_law_talks_stages_and_papers_give_lines() -> None:
    before = {"phase": LegalPhase.DEPARTURE_TERM, "stage": Stage.PREPARING}
    after = {
        "phase": LegalPhase.OBLIGED,
        "stage": Stage.CONSIDERING,
        "talked_week": WEEK,
        "reading": Reading.AMBIGUOUS,
        "identified": True,
        "document": True,
    }
    assert told(before, after) == [
        ["obliged"],
        ["talk", "ambiguous"],
        ["stage", "considering"],
        ["identified"],
        ["document"],
    ]
    phases = {
        LegalPhase.APPEAL: "appeal",
        LegalPhase.REPEAT_PROCEDURE: "repeat",
        LegalPhase.DEPARTURE_TERM: "term",
    }
    for phase, kind in phases.items():
        assert told({"phase": LegalPhase.OBLIGED}, {"phase": phase}) == [[kind]]


def test_a_weighing_is_told_when_it_ends_otherwise() -> None:
    first = {"push": 0.5, "pull": 0.1, "stay": 0.7, "deter": 0.2, "choice": Option.WAIT}
    assert told({}, first) == [["chose", "wait", "stay"]]
    again = first | {"push": 0.6}
    assert told(first, again) == []
    assert told(first, first | {"push": 0.8}) == [["chose", "wait", "push"]]
    assert told(first, again | {"choice": Option.RETURN}) == [["chose", "return", "stay"]]
    # a choice that ends with a stay at a place is no weighing
    assert told(first | {"choice": Option.RETURN}, first) == []


def test_news_is_told_where_it_moves_a_belief_enough() -> None:
    people = SimpleNamespace(
        person=np.array([16, 17, 32, 48, 64]),
        household=np.array([1, 1, 2, 3, 4]),
        place=np.array([Place.AZC, Place.AZC, Place.STREET, Place.ORIGIN, Place.AZC]),
        **{name: np.full(5, 0.5, dtype=np.float32) for name in HEARD},
    )
    world: Any = SimpleNamespace(people=people)

    def hear(_world: object) -> None:
        people.hope[:] = 0.25  # of all, also of who is no head or not here
        people.threat[2] = 0.505
        people.knowledge[4] = 0.75

    listening = Listening(hear, among([1, 2, 3]))
    listening(world)
    lines = [(line.households.tolist(), line.args) for line in listening.lines if line.args]
    assert lines == [([1, 2], [["hope", "down"], ["hope", "down"]])]
    everyone = Listening(lambda _world: None, everybody)
    everyone(world)
    assert not any(line.args for line in everyone.lines)


def test_order_holds_every_kind_that_is_told() -> None:
    lives = whole()["households"].values()
    stories = [life["story"] for life in lives if "story" in life]
    kinds = {line[1] for story in stories for line in story}
    assert len(ORDER) == len({*ORDER})
    assert kinds <= {*ORDER}
    assert len(kinds) > len(ORDER) - 4  # some are rare
    for story in stories:
        places = [(line[0], ORDER.index(line[1])) for line in story]
        assert places == sorted(places)


def test_forces_are_columns() -> None:
    assert FORCES == ("push", "pull", "stay", "deter")
