"""Lives that stand in for the model: quick, and failing, slow or dying where a test wants it.

What happens is said by the name of the scenario, or by the day from which it changes something.
Worker processes import this file.
"""

from __future__ import annotations

import os
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from terugkeer.abm.errors import InputError
from terugkeer.abm.interruption import check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from terugkeer.abm.world.scenario import Scenario

PARTS = 4
WEEKS = 13
DAY = 0.01  # seconds, for a week
BEHAVIOURS = {
    date(2013, 1, 7): "fails",
    date(2013, 1, 14): "dies",
    date(2013, 1, 21): "refused",
    date(2013, 1, 28): "slow",
}


class StandIn:
    """Lives of four parts of 13 weeks; every week of a slow one takes a hundredth of a second.

    Parameters
    ----------
    diary : str, optional
        A file to which each run adds a line when it begins.
    """

    def __init__(self, diary: str = "") -> None:
        self._diary = diary
        self.week = -1

    def run(
        self, scenario: Scenario, seed: int, *, whole: bool, weeks: int = WEEKS
    ) -> Iterator[dict[str, Any]]:
        days = [each.start for each in scenario.entries if each.start]
        name = BEHAVIOURS.get(days[0], scenario.name) if days else scenario.name
        if self._diary:
            with Path(self._diary).open("a", encoding="utf-8") as file:
                file.write(f"{name} {seed} {'whole' if whole else 'draw'}\n")
        if name.startswith("refused"):
            raise InputError(["lever x = 5: too much.", "lever y: unknown."])
        for part in range(PARTS):
            self.week = part * weeks
            if name.startswith("fails") and part == 2:
                raise ZeroDivisionError("a secret of the model")
            if name.startswith("dies") and part == 2:
                os._exit(7)
            for _ in range(weeks if name.startswith("slow") else 0):
                time.sleep(DAY)
                check()
            if whole:
                yield _part(part * weeks, weeks, seed)
        if not whole:
            yield {"tallies": [[seed, len(name)]]}


def _part(start: int, weeks: int, seed: int) -> dict[str, Any]:
    return {
        "start": start,
        "weeks": weeks,
        **{name: [[seed] * weeks] for name in ("states", "places", "tallies")},
        "households": {"1": {"states": [[start, 6]]}},
        "reasons": {"every": 4, "values": [[]]},
        "flows": {"every": 13, "cells": [[0, 0, 6, [1]]]},
    }


def opened(diary: str = "") -> StandIn:
    return StandIn(diary)


def unopened() -> StandIn:
    raise RuntimeError("no model today")
