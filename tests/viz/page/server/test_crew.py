"""The crew: shared work, fair turns, nothing made in vain, and processes that are replaced."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

import pytest
from terugkeer.viz.page.server.crew import Crew, Full
from terugkeer.viz.page.server.failure import CLOSED, ENDED, UNOPENED
from terugkeer.viz.page.server.job import Seeker

from tests.viz.page.asking import asked, until
from tests.viz.page.stand_in import lives

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from terugkeer.viz.page.server.worker import Lives


@asynccontextmanager
async def crew_of(
    workers: int = 1, opened: Callable[[], Lives] = lives.opened, most_waiting: int = 60
) -> AsyncIterator[Crew]:
    crew = Crew(opened, workers, most_waiting=most_waiting)
    crew.start()
    try:
        yield crew
    finally:
        crew.close()
        assert crew.pids == []


def test_two_who_ask_for_the_same_run_share_it_and_later_ones_get_it_at_once(
    tmp_path: Path,
) -> None:
    diary = tmp_path / "diary"

    async def ask() -> None:
        async with crew_of(2, partial(lives.opened, str(diary))) as crew:
            one, other = Seeker("one"), Seeker("other")
            job = crew.seek(one, asked())
            assert crew.seek(other, asked()) is job
            assert crew.known(asked()) is None
            await until(lambda: job.ended)
            assert len(job.lines) == 4
            assert crew.known(asked()) is job
            assert crew.seek(Seeker("late"), asked()) is job
            crew.leave(one, job)
            crew.leave(other, job)
            assert crew.known(asked()) is job

    asyncio.run(ask())
    assert diary.read_text("utf-8") == "quick 1 whole\n"


def test_a_run_is_stopped_when_the_last_who_waits_has_left(tmp_path: Path) -> None:
    diary = tmp_path / "diary"

    async def ask() -> None:
        async with crew_of(1, partial(lives.opened, str(diary))) as crew:
            one, other = Seeker("one"), Seeker("other")
            job = crew.seek(one, asked("slow"))
            crew.seek(other, asked("slow"))
            await until(lambda: job.lines)
            crew.leave(one, job)
            await until(lambda: len(job.lines) > 1)  # still made for the other
            next_one = crew.seek(one, asked("quick"))
            assert crew.place(next_one) == 0
            crew.leave(other, job)
            await until(lambda: next_one.ended)
            assert not job.ended
            assert len(job.lines) < 4
            assert crew.known(asked("slow")) is None
            again = crew.seek(other, asked("slow"))
            assert again is not job
            await until(lambda: again.ended)
            assert len(again.lines) == 4

    asyncio.run(ask())
    assert diary.read_text("utf-8").split("\n")[:-1] == [
        "slow 1 whole",
        "quick 1 whole",
        "slow 1 whole",
    ]


def test_who_waits_no_longer_is_not_served(tmp_path: Path) -> None:
    diary = tmp_path / "diary"

    async def ask() -> None:
        async with crew_of(1, partial(lives.opened, str(diary))) as crew:
            one, other = Seeker("one"), Seeker("other")
            first = crew.seek(one, asked("slow"))
            await until(lambda: first.lines)
            waiting = crew.seek(other, asked("unwanted"))
            last = crew.seek(one, asked("quick"))
            assert [crew.place(each) for each in (first, waiting, last)] == [None, 0, 1]
            crew.leave(other, waiting)
            assert crew.place(last) == 0
            await until(lambda: last.ended)

    asyncio.run(ask())
    assert "unwanted" not in diary.read_text("utf-8")


def test_a_draw_makes_room_for_a_whole_run_and_is_made_after_it(tmp_path: Path) -> None:
    diary = tmp_path / "diary"

    async def ask() -> None:
        async with crew_of(1, partial(lives.opened, str(diary))) as crew:
            one = Seeker("one")
            draws = [crew.seek(one, asked("slow", seed, whole=False)) for seed in (2, 3)]
            await until(diary.exists)
            run = crew.seek(Seeker("other"), asked("quick"))
            await until(lambda: run.ended)
            assert not any(each.ended for each in draws)
            await until(lambda: all(each.ended for each in draws))
            assert [len(each.lines) for each in draws] == [1, 1]

    asyncio.run(ask())
    begun = diary.read_text("utf-8").split("\n")[:-1]
    assert begun[:2] == ["slow 2 draw", "quick 1 whole"]
    assert sorted(begun[2:]) == ["slow 2 draw", "slow 3 draw"]


def test_a_whole_run_makes_no_room(tmp_path: Path) -> None:
    diary = tmp_path / "diary"

    async def ask() -> None:
        async with crew_of(1, partial(lives.opened, str(diary))) as crew:
            jobs = [crew.seek(Seeker(name), asked(f"slow {name}")) for name in "ab"]
            await until(lambda: all(each.ended for each in jobs))

    asyncio.run(ask())
    assert diary.read_text("utf-8") == "slow a 1 whole\nslow b 1 whole\n"


@pytest.mark.slow
def test_draws_go_by_preference_to_who_has_made_their_seed() -> None:
    async def ask() -> None:
        async with crew_of(2) as crew:
            jobs = [crew.seek(Seeker(name), asked(f"slow {name}")) for name in "abc"]
            await until(lambda: all(each.ended for each in jobs))  # both are there
            for name in ("slow d", "slow e", "slow f"):
                draws = [crew.seek(Seeker(name), asked(name, n, whole=False)) for n in (2, 3)]
                await until(lambda draws=draws: all(each.ended for each in draws))
            assert sorted(each.seeds for each in crew._members) == [[1, 2], [1, 3]]

    asyncio.run(ask())


def test_a_whole_run_goes_by_preference_to_who_has_made_its_seed() -> None:
    async def ask() -> None:
        async with crew_of(2) as crew:
            jobs = [crew.seek(Seeker(name), asked(f"slow {name}", 9)) for name in "ab"]
            await until(lambda: len(crew.pids) == 2 and all(each.ended for each in jobs))
            one, other = crew._members
            one.seeds, other.seeds = [5], [7]
            for n in (7, 5, 7, 7):
                job = crew.seek(Seeker("a"), asked(f"{n} {len(jobs)}", n))
                jobs.append(job)
                await until(lambda job=job: job.ended)
            assert (one.seeds, other.seeds) == ([5], [7])

    asyncio.run(ask())


def test_processes_start_when_there_is_work_for_them_and_no_more_than_asked() -> None:
    async def ask() -> None:
        async with crew_of(2) as crew:
            assert len(crew.pids) == 1
            jobs = [crew.seek(Seeker(name), asked(f"slow {name}")) for name in "abc"]
            assert len(crew.pids) == 2
            await until(lambda: all(each.ended for each in jobs))
            assert len(set(crew.pids)) == 2

    asyncio.run(ask())


def test_a_process_that_dies_is_replaced_and_its_visitor_is_told() -> None:
    async def ask() -> None:
        async with crew_of(1) as crew:
            dying = crew.seek(Seeker("one"), asked("dies"))
            waiting = crew.seek(Seeker("other"), asked("quick"))
            (before,) = crew.pids
            await until(lambda: dying.ended)
            assert dying.failure is ENDED
            await until(lambda: waiting.ended)
            assert waiting.failure is None
            (after,) = crew.pids
            assert after != before
            os.kill(after, signal.SIGKILL)  # while it has nothing to do
            await until(lambda: crew.pids == [])
            again = crew.seek(Seeker("one"), asked("another"))
            await until(lambda: again.ended)
            assert again.failure is None

    asyncio.run(ask())


def test_a_run_that_fails_is_not_kept() -> None:
    async def ask() -> None:
        async with crew_of(1) as crew:
            failing = crew.seek(Seeker("one"), asked("fails"))
            await until(lambda: failing.ended)
            assert failing.failure is not None
            assert crew.known(asked("fails")) is None
            assert crew.seek(Seeker("one"), asked("fails")) is not failing

    asyncio.run(ask())


def test_a_model_that_cannot_be_opened_is_told_and_not_tried_for_ever() -> None:
    async def ask() -> None:
        async with crew_of(2, lives.unopened) as crew:
            jobs = [crew.seek(Seeker(name), asked(name)) for name in "ab"]
            await until(lambda: all(each.ended for each in jobs))
            assert {each.failure for each in jobs} == {UNOPENED}
            await until(lambda: crew.pids == [])
            await asyncio.sleep(0.3)
            assert crew.pids == []

    asyncio.run(ask())


def test_the_queue_is_bounded_but_who_waits_may_change_its_mind() -> None:
    async def ask() -> None:
        async with crew_of(1, most_waiting=2) as crew:
            running = crew.seek(Seeker("a"), asked("slow"))
            await until(lambda: running.lines)
            waiting = [crew.seek(Seeker(name), asked(name)) for name in "bc"]
            with pytest.raises(Full):
                crew.seek(Seeker("d"), asked("d"))
            assert crew.seek(Seeker("d"), asked("b")) is waiting[0]
            draw = crew.seek(Seeker("d"), asked("d", whole=False))
            changed = crew.seek(Seeker("c"), asked("changed"))
            await until(lambda: changed.ended and draw.ended)

    asyncio.run(ask())


def test_a_crew_that_ends_tells_who_waits() -> None:
    async def ask() -> None:
        async with crew_of(1) as crew:
            running = crew.seek(Seeker("a"), asked("slow"))
            waiting = crew.seek(Seeker("b"), asked("quick"))
            crew.stop()
            assert [running.failure, waiting.failure] == [CLOSED, CLOSED]
            late = Seeker("c")
            refused = crew.seek(late, asked("late"))
            assert refused.failure is CLOSED
            crew.leave(late, refused)

    asyncio.run(ask())
