"""A job: what is the same is asked for once, and all who wait are told."""

from __future__ import annotations

from terugkeer.abm.world.scenario import Scenario
from terugkeer.viz.page.server.failure import ENDED
from terugkeer.viz.page.server.job import Asked, Job, Seeker

from tests.viz.page.asking import asked


def test_the_same_changes_and_seed_are_the_same_however_the_model_takes_them() -> None:
    one = Asked("[]", 1, whole=True, scenario=Scenario("one"))
    assert one == Asked("[]", 1, whole=True, scenario=Scenario("other"))
    assert len({one, asked("[]"), asked("[]", 2), asked("[]", whole=False), asked("[1]")}) == 4


def test_a_job_tells_all_who_wait_of_lines_and_of_its_end() -> None:
    job = Job(asked())
    both = [Seeker("a"), Seeker("b")]
    job.seekers += both
    for tell in (lambda: job.add(b"line\n"), job.end, lambda: job.end(ENDED)):
        for each in both:
            each.bell.clear()
        tell()
        assert all(each.bell.is_set() for each in both)
    assert job.lines == [b"line\n"]
    assert job.size == 5
    assert job.ended
    assert job.failure is ENDED
