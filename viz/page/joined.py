"""The parts of a run as one run."""

from __future__ import annotations

from typing import Any


def joined(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the parts of a run as one run."""
    run = parts[0]
    for part in parts[1:]:
        run["weeks"] += part["weeks"]
        for key in ("states", "places", "tallies"):
            if key in run:
                run[key] = [a + b for a, b in zip(run[key], part[key], strict=True)]
    return run
