"""Work for one process: packed runs, and the check of its sources."""

from __future__ import annotations

from dataclasses import replace

import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.runs.batch import Batch, run_batch
from terugkeer.abm.runs.part import index_of
from terugkeer.abm.runs.sources import loaded_sources, sources_hash

from tests.abm.runs.stand_in import fake_world
from tests.abm.runs.stand_in.planned import small


def batch() -> Batch:
    wanted = small((1, 2))
    return Batch(
        wanted.runs,
        wanted.registry,
        wanted.outcomes,
        wanted.keeps,
        fake_world.simulate_second_failing,
        sources_hash(loaded_sources()),
    )


def test_a_part_holds_all_runs_also_those_that_failed() -> None:
    packed = run_batch(batch())
    one, other = index_of(packed.part)
    assert [one.key, other.key] == [run.key for run in batch().runs]
    assert one.failure is None
    assert other.failure is not None
    assert packed.run_seconds >= one.seconds + other.seconds
    assert packed.other_seconds > 0.0


def test_a_process_with_other_sources_makes_nothing() -> None:
    with pytest.raises(InputError, match="other sources of the model"):
        run_batch(replace(batch(), sources="0" * 64))
