"""What tests ask of crews and desks."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from terugkeer.abm.world.scenario import Scenario
from terugkeer.viz.page.server.job import Asked

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 60.0  # seconds


def asked(name: str = "quick", seed: int = 1, *, whole: bool = True) -> Asked:
    return Asked(name, seed, whole, Scenario(name))


async def until(fits: Callable[[], object]) -> Any:  # noqa: ANN401 - whatever the test waits for
    """Wait until something is true, and return it."""
    async with asyncio.timeout(PATIENCE):
        while not (found := fits()):  # noqa: ASYNC110 - what a test waits for rings no bell
            await asyncio.sleep(0.005)
        return found
