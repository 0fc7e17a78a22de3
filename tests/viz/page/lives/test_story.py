"""Lines that columns give, by hand, and the order of the lines of a week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from terugkeer.agents.codes import LegalPhase, Reading, Stage
from terugkeer.viz.page.lives.story import ORDER, READ, Lines, in_order, of_columns

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
    same = {"phase": LegalPhase.OBLIGED, "talked_week": WEEK - 1, "document": True}
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


def test_lines_of_a_week_stand_in_the_order_of_phases_and_of_the_log() -> None:
    logged = [
        (7, "opened", []),
        (8, "moved", ["street"]),
        (7, "closed", ["unobserved"]),
        (7, "moved", ["private_network"]),  # after the end of the file, so it stays after it
    ]
    others = [
        Lines("stage", np.array([7]), [["considering"]]),
        Lines("chose", np.array([7, 8]), [["out_of_sight", "push"], ["wait", "stay"]]),
        Lines("obliged", np.array([8]), [[]]),
    ]
    assert in_order(logged, others) == [
        (8, ["obliged"]),
        (7, ["opened"]),
        (8, ["moved", "street"]),
        (7, ["chose", "out_of_sight", "push"]),
        (8, ["chose", "wait", "stay"]),
        (7, ["stage", "considering"]),
        (7, ["closed", "unobserved"]),
        (7, ["moved", "private_network"]),
    ]
    assert in_order([], []) == []


def test_order_holds_every_kind_that_is_told() -> None:
    lives = whole()["households"].values()
    stories = [life["story"] for life in lives if "story" in life]
    kinds = {line[1] for story in stories for line in story}
    assert len(ORDER) == len({*ORDER})
    assert kinds <= {*ORDER}
    assert len(kinds) > len(ORDER) - 8  # some are rare, missions come only with a lever
    for story in stories:
        weeks = [line[0] for line in story]
        assert weeks == sorted(weeks)
