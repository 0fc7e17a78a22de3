"""The runs that points of a design space need, each on top of a scenario."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from ..errors import InputError
from ..evidence.timeline import Timeline
from ..runs.design import Design, keyed
from ..runs.planned_run import PlannedRun
from ..world.scenario import Scenario
from .outcomes import kept
from .sample import seeds_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..evidence.override import Override
    from ..evidence.registry import Registry
    from ..evidence.value import Value
    from ..runs.outcomes import Outcomes
    from .space import Point

TOLD: Final = 20  # problems told at once
NAMED: Final = 12  # hexadecimal digits of a scenario's name


@dataclass(frozen=True)
class Setting:
    """What all runs of an analysis share.

    Parameters
    ----------
    scenario : Scenario
        What every run starts from.
    scale : float
        Persons for each simulated person.
    first_year, last_year : int
        Years to report, both included.
    seeds : int
        Runs at each point.
    """

    scenario: Scenario
    scale: float
    first_year: int
    last_year: int
    seeds: int


@dataclass(frozen=True)
class Planned:
    """The runs that a sample needs.

    Parameters
    ----------
    design : Design
        Every run once.
    keys : tuple of tuple of str
        By point, the keys of its runs.
    """

    design: Design
    keys: tuple[tuple[str, ...], ...]


def planned(
    values: Sequence[Point],
    sets: Sequence[int],
    setting: Setting,
    registry: Registry,
    outcomes: Outcomes | None = None,
) -> Planned:
    """Plan the runs of points; what two points share is run once.

    Parameters
    ----------
    setting : Setting
        What all runs share.
    outcomes : Outcomes, optional
        Rows that each run keeps; those of `outcomes.kept` if left out.

    Raises
    ------
    InputError
        If the scenario leaves no room for what a point changes; with every problem.
    """
    runs: dict[tuple[str, int], PlannedRun] = {}
    parts: dict[str, tuple[Scenario, tuple[tuple[str, Value], ...]]] = {}
    wanted: list[list[tuple[str, int]]] = []
    for point, number in zip(values, sets, strict=True):
        called = repr(point)
        if called not in parts:
            parts[called] = _parted(point, setting.scenario)
        names = [(called, seed) for seed in seeds_of(int(number), setting.seeds)]
        for name in names:
            if name not in runs:
                runs[name] = PlannedRun(
                    *parts[called],
                    name[1],
                    setting.scale,
                    setting.first_year,
                    setting.last_year,
                )
        wanted.append(names)
    _refuse_unheld(
        {one.name: one for one, _ in parts.values()}.values(), setting.scenario, registry
    )
    design = keyed(runs.values(), registry, outcomes or kept(), ())
    keys = {name: run.key for name, run in zip(runs, design.runs, strict=True)}
    return Planned(design, tuple(tuple(keys[name] for name in names) for names in wanted))


def _parted(point: Point, base: Scenario) -> tuple[Scenario, tuple[tuple[str, Value], ...]]:
    """Return a point as a scenario and the values that its rows set.

    A row can only set a value from the beginning. What multiplies, adds or starts on a day goes
    into a scenario of its own, which the store knows by a name made of its content; so does all
    of a point that moves what the scenario changes too.
    """
    if {each.target for each in point} & {each.target for each in base.entries}:
        entries = base.entries
        for change in point:
            entries = _on_top(entries, change, base.name)
        return _named(base, entries, entries), ()
    rest = tuple(each for each in point if each.operation != "set" or each.start is not None)
    sets = tuple((each.target, each.value) for each in point if each not in rest)
    return (_named(base, rest, (*rest, *base.entries)) if rest else base), sets


def _named(base: Scenario, told: Point, entries: Point) -> Scenario:
    """Return a scenario with the entries, and a name made of those to be told."""
    content = repr([(each.target, each.operation, each.value, each.start) for each in told])
    name = f"{base.name}-{sha256(content.encode()).hexdigest()[:NAMED]}"
    return Scenario(name, base.description, entries)


def _on_top(entries: Point, change: Override, called: str) -> Point:
    """Return the entries of a scenario with a change that has the last word on its record.

    What sets a value holds from its day on: what the scenario does to the record from then on
    falls away. What multiplies or adds works on the value of each day, so it works again on
    every value that the scenario sets later.
    """
    since = change.start or date.min
    if change.operation == "set":
        return (
            *(
                each
                for each in entries
                if each.target != change.target or (each.start or date.min) < since
            ),
            change,
        )
    later = [each for each in entries if each.target == change.target and _after(each, since)]
    odd = [each for each in later if each.operation not in {"set", change.operation}]
    if odd:
        raise InputError(
            f"--scenario {called}: {odd[0].operation} on {change.target} from {odd[0].start}, "
            f"after {change.operation} by a factor ({change.source}): their order would count. "
            "Leave the factor out, or take another scenario."
        )
    again = sorted({each.start for each in later if each.operation == "set" and each.start})
    return (*entries, change, *(replace(change, start=each) for each in again))


def _after(change: Override, day: date) -> bool:
    return change.start is not None and change.start > day


def _refuse_unheld(scenarios: Iterable[Scenario], base: Scenario, registry: Registry) -> None:
    """Refuse doses that a scenario leaves no room for; on the evidence alone all have room."""
    if not base.entries:
        return
    found: dict[str, None] = {}
    for each in scenarios:
        try:
            Timeline(registry, each.entries)
        except InputError as error:
            found |= dict.fromkeys(error.problems)
    if found:
        told = (
            f"--scenario {base.name}: leaves no room for some doses, and no run is made. In "
            "--factors name others, or take another scenario:"
        )
        raise InputError([told, *list(found)[:TOLD]])


def union(plans: Sequence[Planned]) -> Design:
    """Return the runs of several plans as one design.

    Parameters
    ----------
    plans : sequence of Planned
        At least one, of the same evidence.
    """
    runs = {run.key: run for each in plans for run in each.design.runs}
    first = plans[0].design
    return Design(tuple(runs.values()), first.registry, first.outcomes, first.keeps)
