"""Designs of the stand-in for the model, for tests of runner and store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.runs.design import Design, cross
from terugkeer.abm.runs.outcomes import EVERYTHING, choose

from tests.abm.runs.stand_in import fake_world

if TYPE_CHECKING:
    from collections.abc import Iterable

TOTAL = choose(["dtv_caseload_outflow_total"])


def everything(seeds: Iterable[int]) -> Design:
    """Plan seeds of two years that keep every outcome, weeks too: a second for each."""
    return cross(
        [fake_world.scenario()],
        seeds,
        scale=400.0,
        first_year=2011,
        last_year=2012,
        registry=registry(),
        outcomes=EVERYTHING,
        keeps=("weekly",),
    )


def small(seeds: Iterable[int], keeps: Iterable[str] = ()) -> Design:
    """Plan seeds of one year that keep next to nothing: a twentieth of a second for each."""
    return cross(
        [fake_world.scenario()],
        seeds,
        scale=4000.0,
        first_year=2012,
        last_year=2012,
        registry=registry(),
        outcomes=TOTAL,
        keeps=keeps,
    )
