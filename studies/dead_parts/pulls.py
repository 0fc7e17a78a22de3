"""What is pulled to the ends of its range: every calibratable record, every reading of a switch."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from terugkeer.abm.evidence.override import Override
from terugkeer.abm.evidence.value import freeze, show
from terugkeer.abm.space.factors import factors_of
from terugkeer.abm.space.space import in_order, together

if TYPE_CHECKING:
    from terugkeer.abm.evidence.registry import Registry
    from terugkeer.abm.space.space import Factor, Point

LISTED: Final = Path(__file__).with_name("listed.toml")
HIGH, LOW = "high", "low"


@dataclass(frozen=True)
class Pull:
    """One record at one end.

    Parameters
    ----------
    record : str
        Its name.
    end : str
        `high` or `low` of its range, or a reading.
    changes : tuple of Override
        The record at this end, and the readings under which it is tried.
    under : tuple of Override
        Those readings alone: what the pull is compared with.
    """

    record: str
    end: str
    changes: Point
    under: Point


def listed() -> dict[str, Any]:
    """Return what is written by hand: `under`, readings by record, and `reasons` by record."""
    return tomllib.loads(LISTED.read_text(encoding="utf-8"))


def pulls(registry: Registry, end: str) -> list[Pull]:
    """Return the pulls to one end of every parameter, with `high` also all readings of switches.

    Parameters
    ----------
    end : str
        `high` or `low`.
    """
    under = {name: readings(each) for name, each in listed()["under"].items()}
    u = 1.0 if end == HIGH else 0.0
    found = []
    for name, factors in _parameters(registry).items():
        with_it = under.get(name, ())
        moved = together(change for factor in factors for change in factor.at(u))
        found.append(Pull(name, end, in_order([*with_it, *moved]), with_it))
    if end == HIGH:
        for factor in factors_of(registry, "switches"):
            value = registry[factor.name].value
            held = "" if value is None else show(value).strip('"')
            k = len(factor.alternatives)
            for place, reading in enumerate(factor.alternatives):
                if reading != held:
                    with_it = under.get(f"{factor.name}={reading}", ())
                    changes = in_order([*with_it, *factor.at((place + 0.5) / k)])
                    found.append(Pull(factor.name, reading, changes, with_it))
    return found


def _parameters(registry: Registry) -> dict[str, list[Factor]]:
    """Return the factors of every parameter by record: its parts are pulled together."""
    found: dict[str, list[Factor]] = {}
    for factor in factors_of(registry, "parameters"):
        found.setdefault(factor.name.partition("[")[0], []).append(factor)
    return found


def readings(values: dict[str, Any]) -> Point:
    """Return readings as changes that hold from the start."""
    return in_order(
        Override(name, "set", freeze(value), None, "design") for name, value in values.items()
    )


def called(registry: Registry) -> set[tuple[str, str]]:
    """Return record and end of all that a whole table tells, parameters under `any end`."""
    parameters = {(name, "") for name in _parameters(registry)}
    return parameters | {
        (each.record, each.end)
        for each in pulls(registry, HIGH)
        if registry[each.record].role == "switch"
    }
