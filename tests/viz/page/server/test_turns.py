"""Turns: nobody waits behind all that another one asks for."""

from __future__ import annotations

from terugkeer.viz.page.server.job import Job
from terugkeer.viz.page.server.turns import Turns

from tests.viz.page.asking import asked


def jobs(*names: str, whole: bool = True) -> list[Job]:
    return [Job(asked(name, whole=whole)) for name in names]


def taken(turns: Turns) -> list[str]:
    return [job.asked.changes for job in iter(turns.take, None)]


def test_visitors_take_turns_whatever_each_of_them_asks_for() -> None:
    turns = Turns()
    for job in jobs("a1", "a2", "a3"):
        turns.add("a", job)
    for job in jobs("b1", "b2"):
        turns.add("b", job)
    for job in jobs("c1"):
        turns.add("c", job)
    assert taken(turns) == ["a1", "b1", "c1", "a2", "b2", "a3"]


def test_draws_come_after_every_whole_run_of_others() -> None:
    turns = Turns()
    for job in jobs("a draw", "another", whole=False):
        turns.add("a", job)
    for job in jobs("b run", "a second"):
        turns.add("b", job)
    assert (turns.whole, turns.draws) == (2, 2)
    assert taken(turns) == ["b run", "a second", "a draw", "another"]
    assert (turns.whole, turns.draws) == (0, 0)


def test_who_makes_draws_may_prefer_some_but_only_of_the_one_whose_turn_it_is() -> None:
    turns = Turns()
    for job in jobs("a draw", "a liked", whole=False):
        turns.add("a", job)
    for job in jobs("b liked", whole=False):
        turns.add("b", job)
    for job in jobs("run", "run liked"):
        turns.add("c", job)
    found = iter(lambda: turns.take(lambda job: "liked" not in job.asked.changes), None)
    names = [job.asked.changes for job in found]
    assert names == ["run", "run liked", "a liked", "b liked", "a draw"]


def test_a_job_of_several_visitors_is_taken_once() -> None:
    turns = Turns()
    (shared, own) = jobs("shared", "own")
    turns.add("a", shared)
    turns.add("b", shared)
    turns.add("b", own)
    assert turns.whole == 2
    assert taken(turns) == ["shared", "own"]


def test_a_job_stays_for_the_one_who_still_waits() -> None:
    turns = Turns()
    (shared,) = jobs("shared")
    turns.add("a", shared)
    turns.add("b", shared)
    turns.drop("a", shared)
    assert not turns.waits("a")
    assert turns.waits("b")
    turns.drop("a", shared)  # twice does no harm
    assert taken(turns) == ["shared"]
    assert not turns.waits("b")


def test_who_asks_for_something_else_keeps_its_turn_and_gains_none() -> None:
    turns = Turns()
    first, second, changed = jobs("a", "b", "a changed")
    turns.add("a", first)
    turns.add("b", second)
    turns.add("a", changed)  # as a new order takes the place of an earlier one
    turns.drop("a", first)
    assert taken(turns) == ["a changed", "b"]
    again, third = jobs("a again", "c")
    turns.add("c", third)
    turns.add("a", again)
    assert taken(turns) == ["c", "a again"]


def test_places_say_how_many_come_before() -> None:
    turns = Turns()
    a1, a2, b1, draw = [*jobs("a1", "a2", "b1"), *jobs("draw", whole=False)]
    turns.add("a", a1)
    turns.add("a", a2)
    turns.add("b", b1)
    turns.add("b", draw)
    assert turns.places() == {a1: 0, b1: 1, a2: 2}
    assert turns.whole == 3  # looking takes nothing
    turns.take()
    assert turns.places() == {b1: 0, a2: 1}
