"""Removal of a share of families is attempted, by whatever path, and of all others."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.world.events import Event
from terugkeer.agents.codes import Outcome
from terugkeer.agents.traits import unpack

from tests.abm.world.small_world import HAZARDS, change, events, lived

NONE_OF_THEM = change("family_forced_ratio", 0.0)
ALL_OF_THEM = change("family_forced_ratio", 1.0)


def _closed_by_force(*changes: object) -> tuple[int, int]:
    """Return how many of families, and of others, close as forced."""
    closed = events(lived(*changes, scale=50.0))  # type: ignore[arg-type] # changes of several types
    forced = closed[(closed["kind"] == Event.CLOSED) & (closed["outcome"] == Outcome.FORCED)]
    family = unpack(forced["traits"].to_numpy(), "family")
    return int(family.sum()), int(np.count_nonzero(family == 0))


@pytest.mark.slow
def test_a_ratio_of_0_keeps_families_with_minors_from_all_forced_paths_but_lets_others_go() -> None:
    none, others = _closed_by_force(NONE_OF_THEM)
    everyone, others_too = _closed_by_force(ALL_OF_THEM)
    assert others > 0
    assert everyone > none
    # those left were held or planned before their youngest came of age, or after
    assert none <= 0.2 * everyone
    assert others == pytest.approx(others_too, rel=0.1)


def test_where_nobody_weighs_the_ratio_is_one_of_planned_removals_only() -> None:
    log = events(lived(HAZARDS, NONE_OF_THEM, scale=50.0))
    planned = log[log["kind"] == Event.NOTICED]
    minors_now = unpack(planned["traits"].to_numpy(), "minor")
    assert len(planned)
    assert minors_now.sum() <= 0.05 * len(planned)
