"""Many runs in one process take no more memory than a few."""

from __future__ import annotations

import gc
import os
import sys
import weakref
from pathlib import Path

import pytest

from tests.abm.world.small_world import HAZARDS, model_of

MEGABYTE = 1 << 20


def resident_bytes() -> int:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def test_a_model_that_nobody_needs_is_released() -> None:
    model = model_of(scale=2000.0)
    for _ in range(60):
        model.step()
    person = next(iter(model.agents))
    kept = [weakref.ref(each) for each in (model, model.world, model.people, model.log, person)]
    del model, person
    gc.collect()
    assert [each() for each in kept] == [None] * len(kept)


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc/self/statm")
def test_a_thousand_runs_leave_nothing_behind() -> None:
    """Agents know their model, so Python frees one late; here it is asked to every tenth run.

    In every tenth run people weigh; the others are quicker.
    """
    before = 0
    for seed in range(1000):
        model_of(*([HAZARDS] if seed % 10 else []), seed=seed, scale=2000.0).run()
        if seed % 10 == 0:
            gc.collect()
        if seed == 99:
            before = resident_bytes()
    assert resident_bytes() - before < 5 * MEGABYTE
