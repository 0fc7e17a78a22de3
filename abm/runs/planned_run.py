"""One planned run: what is simulated, with which seed, and the key it is found under."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from ..evidence.override import Override
from ..evidence.value import freeze, like, plain
from ..world.scenario import Scenario

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..evidence.registry import Registry
    from ..evidence.value import Value
    from .outcomes import Outcomes

KEY_VERSION: Final = 1  # to be raised when the same row would give other tables


@dataclass(frozen=True)
class PlannedRun:
    """A row of a design.

    Parameters
    ----------
    sets : tuple of (str, Value)
        Values of records in this row. They hold from the start; the entries of the
        scenario work on them.
    seed : int
        Seed of every draw.
    scale : float
        Persons for each simulated person.
    first_year, last_year : int
        Years to report, both included.
    key : str
        Hash of all this, the chosen outcomes, the sources and the evidence.
    """

    scenario: Scenario
    sets: tuple[tuple[str, Value], ...]
    seed: int
    scale: float
    first_year: int
    last_year: int
    key: str = ""

    def drawn(self) -> Scenario:
        """Return the scenario together with the row's own values.

        The row's values come first, then the entries of the scenario.
        """
        draws = tuple(
            Override(name, "set", value, None, f"design: seed {self.seed}")
            for name, value in self.sets
        )
        scenario = self.scenario
        return Scenario(scenario.name, scenario.description, (*draws, *scenario.entries))


def run_key(
    run: PlannedRun,
    registry: Registry,
    outcomes: Outcomes,
    keeps: tuple[str, ...],
    hashes: tuple[str, str],
) -> str:
    """Return the key under which a run is stored: 64 hexadecimal digits.

    Parameters
    ----------
    registry : Registry
        Says of what type each value is.
    keeps : tuple of str
        Further tables kept, in any order.
    hashes : tuple of (str, str)
        Hash of the sources, and of the evidence values.
    """
    content = {
        "version": KEY_VERSION,
        "scenario": run.scenario.name,
        "overrides": [_canonical(each, registry) for each in run.drawn().entries],
        "seed": run.seed,
        "scale": run.scale,
        "years": [run.first_year, run.last_year],
        "outcomes": outcomes.choices,
        "keeps": sorted(keeps),
        "sources": hashes[0],
        "evidence": hashes[1],
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _canonical(override: Override, registry: Registry) -> list[object]:
    """Return an override in one form, whatever form the same change was given in."""
    value, model = freeze(override.value), registry[override.target].value
    if override.operation == "set" and model is not None:
        value = like(value, model)  # 1 and 1.0 are the same for a record that holds floats
    elif isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    start = override.start.isoformat() if override.start else None
    return [override.target, override.operation, plain(value), start]


def scenario_json(scenario: Scenario) -> dict[str, Any]:
    """Return a scenario in types that JSON knows: `description` and `overrides`."""
    return {
        "description": scenario.description,
        "overrides": [
            {
                "target": each.target,
                "operation": each.operation,
                "value": plain(each.value),
                "from": each.start.isoformat() if each.start else None,
                "source": each.source,
            }
            for each in scenario.entries
        ],
    }


def scenario_from_json(name: str, content: Mapping[str, Any], registry: Registry) -> Scenario:
    """Return the scenario that `scenario_json` wrote."""
    entries = tuple(
        Override(
            each["target"],
            each["operation"],
            value_from_json(each["target"], each["value"], registry),
            date.fromisoformat(each["from"]) if each["from"] else None,
            each["source"],
        )
        for each in content["overrides"]
    )
    return Scenario(name, content["description"], entries)


def value_from_json(name: str, raw: object, registry: Registry) -> Value:
    """Return the value of a record from JSON; a text becomes a date where the record holds one."""
    if isinstance(raw, str) and isinstance(registry[name].value, date):
        return date.fromisoformat(raw)
    return freeze(raw)
