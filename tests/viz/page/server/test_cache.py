"""The cache: bounded, and what was asked for last stays."""

from __future__ import annotations

from terugkeer.viz.page.server.cache import Cache
from terugkeer.viz.page.server.job import Job, Seeker

from tests.viz.page.asking import asked


def done(name: str, size: int) -> Job:
    job = Job(asked(name))
    job.add(b"x" * size)
    job.end()
    return job


def test_what_was_asked_for_last_stays_within_the_bound() -> None:
    cache = Cache(most=100)
    for name in "abc":
        cache.put(done(name, 30))
    assert cache.get(asked("a")) is not None
    cache.put(done("d", 30))
    assert cache.get(asked("b")) is None
    assert [name for name in "acd" if cache.get(asked(name))] == ["a", "c", "d"]
    assert cache.size == 90


def test_the_same_run_is_kept_once_and_a_draw_is_another() -> None:
    cache = Cache(most=100)
    for _ in range(3):
        cache.put(done("a", 30))
    assert cache.size == 30
    assert cache.get(asked("a", whole=False)) is None
    assert cache.get(asked("a", seed=2)) is None


def test_what_somebody_reads_is_kept_and_what_is_too_large_is_not() -> None:
    cache = Cache(most=100)
    read = done("read", 80)
    read.seekers.append(Seeker("visitor"))
    cache.put(read)
    cache.put(done("large", 500))
    assert cache.get(asked("large")) is None
    assert cache.get(asked("read")) is read
    assert cache.size == 80
