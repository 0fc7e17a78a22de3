"""The chunks of a run as one run."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from .households import LISTS
from .lived import WEEKLY

if TYPE_CHECKING:
    from collections.abc import Sequence

    Run = dict[str, Any]
    Cells = list[list[Any]]


def joined(parts: Sequence[Run]) -> Run:
    """Return the chunks of a run, in their order, as one.

    Weeks are put one after the other. The neighbourhood of a chunk tells all until its end.
    """
    run = deepcopy(parts[0])
    for part in parts[1:]:
        for name in WEEKLY:
            run[name] = [one + other for one, other in zip(run[name], part[name], strict=True)]
        for number, life in part["households"].items():
            known = run["households"].setdefault(number, {})
            for key, value in life.items():
                known[key] = known.get(key, []) + value if key in LISTS else value
        groups = zip(run["reasons"]["values"], part["reasons"]["values"], strict=True)
        run["reasons"]["values"] = [one + other for one, other in groups]
        run["flows"]["cells"] = _cells(run, part)
        run["weeks"] += part["weeks"]
        if "neighbourhood" in part:
            run["neighbourhood"] = part["neighbourhood"]
    return run


def _cells(run: Run, part: Run) -> Cells:
    """Join the counts of cells; who leaves a cell out has nobody in it."""
    every = run["flows"]["every"]
    halves = []
    for each in (run, part):
        weeks = len(range(-(-each["start"] // every) * every, each["start"] + each["weeks"], every))
        counts = {tuple(cell): counts for *cell, counts in each["flows"]["cells"]}
        halves.append((counts, [0] * weeks))
    cells = sorted({cell for counts, _ in halves for cell in counts})
    return [
        [*cell, [n for counts, none in halves for n in counts.get(cell, none)]] for cell in cells
    ]
