"""Orders: lines in the order of the page's interface, one order of a kind for each visitor."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from terugkeer.viz.page.server import order as orders
from terugkeer.viz.page.server.crew import Crew, Full
from terugkeer.viz.page.server.order import Desk

from tests.viz.page.asking import asked, until
from tests.viz.page.stand_in import lives

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from terugkeer.viz.page.server.order import Order


@asynccontextmanager
async def desk_of(workers: int = 1) -> AsyncIterator[Desk]:
    crew = Crew(lives.opened, workers)
    crew.start()
    try:
        yield Desk(crew)
    finally:
        crew.close()


async def read(order: Order) -> list[dict[str, Any]]:
    with order:
        return [json.loads(line) async for line in order.lines()]


def keys(lines: list[dict[str, Any]]) -> list[str]:
    return [next(iter(line)) for line in lines]


def test_lines_are_those_of_the_page_and_a_second_reader_gets_them_at_once() -> None:
    async def ask() -> None:
        async with desk_of() as desk:
            draws = [asked(seed=seed, whole=False) for seed in (2, 3)]
            lines = await read(desk.order("a", "changed", asked(), draws))
            assert keys(lines) == ["queue", *["chunk"] * 4, "whole", "draw", "draw", "done"]
            assert lines[0] == {"queue": 0}
            assert [each["chunk"]["start"] for each in lines[1:5]] == [0, 13, 26, 39]
            assert lines[5] == {"whole": True}
            assert sorted(each["draw"]["seed"] for each in lines[6:8]) == [2, 3]
            assert lines[-1] == {"done": True}
            again = await read(desk.order("b", "changed", asked(), draws))
            assert keys(again) == ["chunk"] * 4 + ["whole", "draw", "draw", "done"]
            assert keys(await read(desk.order("b", "changed", asked()))) == [
                *["chunk"] * 4,
                "whole",
                "done",
            ]

    asyncio.run(ask())


def test_draws_of_the_baseline_have_a_name_of_their_own() -> None:
    async def ask() -> None:
        async with desk_of() as desk:
            draws = [asked(name, 2, whole=False) for name in ("quick", "baseline")]
            lines = await read(desk.order("a", "changed", asked(), draws))
            told = {key: line[key] for line in lines for key in line if key in {"draw", "base"}}
            assert told == {
                "draw": {"seed": 2, "tallies": [[2, len("quick")]]},
                "base": {"seed": 2, "tallies": [[2, len("baseline")]]},
            }

    asyncio.run(ask())


def test_the_place_in_the_queue_is_told_when_it_changes() -> None:
    async def ask() -> None:
        async with desk_of() as desk:
            reading = [
                asyncio.ensure_future(read(desk.order(name, "changed", asked(f"slow {name}"))))
                for name in "abc"
            ]
            told = [await each for each in reading]
            places = [[each["queue"] for each in lines if "queue" in each] for lines in told]
            assert places[2] == [2, 1, 0]
            assert all(lines[-1] == {"done": True} for lines in told)

    asyncio.run(ask())


def test_the_next_change_of_a_visitor_ends_the_earlier_one_and_no_other() -> None:
    async def ask() -> None:
        async with desk_of() as desk:
            first = asyncio.ensure_future(read(desk.order("a", "changed", asked("slow one"))))
            other = asyncio.ensure_future(read(desk.order("b", "changed", asked("slow b"))))
            base = asyncio.ensure_future(read(desk.order("a", "baseline", asked("slow base"))))
            await asyncio.sleep(0.05)
            second = asyncio.ensure_future(read(desk.order("a", "changed", asked("quick"))))
            told = await first
            assert told[-1]["kind"] == "replaced"
            assert {"whole": True} not in told
            for each in (second, other, base):
                assert (await each)[-1] == {"done": True}
            assert desk.crew.known(asked("slow one")) is None

    asyncio.run(ask())


def test_who_changes_its_mind_often_is_not_refused() -> None:
    async def ask() -> None:
        async with desk_of() as desk:
            seeds = range(5 * orders.MOST_OF_ONE)
            held = [desk.order("a", "changed", asked("slow", seed)) for seed in seeds]
            told = await read(held[-1])
            assert told[-1] == {"done": True}
            for each in held[:-1]:
                assert [line["kind"] for line in await read(each)] == ["replaced"]

    asyncio.run(ask())


def test_the_next_change_ends_draws_too() -> None:
    async def ask() -> None:
        async with desk_of() as desk:
            draws = [asked("slow", seed, whole=False) for seed in (2, 3)]
            with desk.order("a", "changed", asked("quick"), draws) as order:
                lines = order.lines()
                told = [json.loads(await anext(lines)) for _ in range(6)]
                assert told[-1] == {"whole": True}
                waiting = asyncio.ensure_future(anext(lines))
                await asyncio.sleep(0.05)
                desk.order("a", "changed", asked("another"))
                assert json.loads(await waiting)["kind"] == "replaced"
            await until(lambda: desk.crew.known(asked("another")))
            assert desk.crew.known(draws[0]) is None

    asyncio.run(ask())


@pytest.mark.parametrize(("name", "kind"), [("fails", "failed"), ("refused", "input")])
def test_a_run_that_fails_ends_with_its_sentences(name: str, kind: str) -> None:
    async def ask() -> None:
        async with desk_of() as desk:
            told = await read(desk.order("a", "changed", asked(name)))
            assert told[-1]["kind"] == kind
            assert told[-1]["error"]
            told = await read(desk.order("a", "changed", asked(), [asked(name, 2, whole=False)]))
            assert keys(told)[-2:] == ["whole", "error"]

    asyncio.run(ask())


def test_a_visitor_who_leaves_stops_what_nobody_else_waits_for() -> None:
    async def ask() -> None:
        async with desk_of() as desk:
            with desk.order("a", "changed", asked("slow")) as order:
                await until(lambda: order.job.lines)
            assert not order.job.ended
            follower = await read(desk.order("b", "changed", asked("quick")))
            assert follower[-1] == {"done": True}
            assert not order.job.ended

    asyncio.run(ask())


def test_the_whole_run_can_be_waited_for() -> None:
    async def ask() -> None:
        async with desk_of() as desk:
            with desk.order("a", "saved", asked()) as order:
                assert await order.whole() is None
                assert len(order.job.lines) == 4
            with desk.order("a", "saved", asked("fails")) as order:
                failure = await order.whole()
                assert failure is not None
                assert failure.kind == "failed"
            with desk.order("a", "saved", asked("slow")) as order:
                waiting = asyncio.ensure_future(order.whole())
                await asyncio.sleep(0.05)
                with desk.order("a", "saved", asked("other")):
                    replaced = await waiting
                    assert replaced is not None
                    assert replaced.kind == "replaced"

    asyncio.run(ask())


def test_orders_are_bounded_for_each_visitor_and_in_all(monkeypatch: pytest.MonkeyPatch) -> None:
    async def ask() -> None:
        async with desk_of() as desk:
            held = [desk.order("a", str(n), asked()) for n in range(orders.MOST_OF_ONE)]
            with pytest.raises(Full):
                desk.order("a", "more", asked())
            held.append(desk.order("b", "changed", asked()))
            monkeypatch.setattr(orders, "MOST_ORDERS", len(held))
            with pytest.raises(Full):
                desk.order("c", "changed", asked())
            with held.pop():
                pass
            with desk.order("c", "changed", asked()):
                pass

    asyncio.run(ask())
