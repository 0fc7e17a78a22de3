"""A model that nobody needs is released; what hundreds of runs leave is in `test_run_design`."""

from __future__ import annotations

import gc
import weakref

from tests.abm.world.small_world import model_of


def test_a_model_that_nobody_needs_is_released() -> None:
    model = model_of(scale=2000.0)
    for _ in range(60):
        model.step()
    person = next(iter(model.agents))
    kept = [weakref.ref(each) for each in (model, model.world, model.people, model.log, person)]
    del model, person
    gc.collect()
    assert [each() for each in kept] == [None] * len(kept)
