"""Whose files stay open outside state shelter, in worlds of any parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import Phase as Stage
from hypothesis import strategies as st
from terugkeer.abm.evidence.override import Override
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.value import numbers
from terugkeer.abm.world.events import Event
from terugkeer.agents.codes import LegalPhase
from terugkeer.agents.places import IS_HIDDEN

from tests.abm.world.small_world import change, events, in_both_modes, model_of, watch

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World

CALIBRATED = registry().by_role("calibrate")


def drawn(seed: int) -> tuple[Override, ...]:
    """Return a value of every uncertain parameter, from its prior."""
    rng = np.random.default_rng(seed)
    return tuple(
        Override(each.name, "set", each.draw(rng.random(len(numbers(each.value or 0)))), None, "")
        for each in CALIBRATED
        if each.name != "hazard_not_found"
    )


@pytest.mark.slow
@in_both_modes
@settings(
    max_examples=3,
    derandomize=True,
    deadline=None,
    phases=(Stage.explicit, Stage.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32 - 1))
def test_nothing_but_a_term_a_procedure_or_cooperation_keeps_a_file_open(
    mode: tuple[Override, ...], seed: int
) -> None:
    """Where those who are looked for are never found; and every closing has an opening."""
    model = model_of(*drawn(seed), *mode, change("hazard_not_found", 10.0), scale=200.0)
    open_still = kept = 0

    def after(name: str, world: World) -> None:
        nonlocal open_still, kept
        if name != "exit":
            return
        people = world.people
        outside = IS_HIDDEN[people.place] & people.spell_open & ~people.gone
        outside &= people.spell_since < world.week  # others were found after the week's hazards
        kept_open = people.cooperates | people.appeals
        closes = (people.phase == LegalPhase.OBLIGED) & ~kept_open
        open_still += int(np.count_nonzero(outside & closes & (people.place_since < world.week)))
        kept += int(np.count_nonzero(outside & ~closes))

    watch(model, after=after)
    model.run()
    assert kept > 0
    assert open_still == pytest.approx(0, abs=2)  # a chance of exp(-10) each
    log = events(model)
    opened = int((log["kind"] == Event.OPENED).sum())
    closed = int((log["kind"] == Event.CLOSED).sum())
    assert opened == closed + int(np.count_nonzero(model.people.spell_open))
