"""A copy of a living world in which another policy holds from its day on."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

from ..errors import InputError
from ..evidence.timeline import Timeline
from .calendar import monday, sunday, week_of
from .phases.apply_policy import ApplyPolicy
from .phases.arrive import Arrive

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..evidence.registry import Registry
    from .model import ReturnModel
    from .scenario import Scenario
    from .state import World


def fork(model: ReturnModel, scenario: Scenario, registry: Registry) -> ReturnModel:
    """Return a copy of a model that lives on under another scenario.

    What the copy lives is, bit for bit, what a model of that scenario lives that has run from
    the start; so the two scenarios must agree on all weeks that have been lived.

    Parameters
    ----------
    model : ReturnModel
        Any model, before the coming week; it is not changed.
    scenario : Scenario
        What differs from the evidence: also what the model's own scenario changes.

    Raises
    ------
    InputError
        If the scenario changes what the inflow was derived from, or a value of a week that
        has been lived.
    """
    timeline = Timeline(registry, scenario.overrides())
    policy, _ = _policy_and_arrivals(model)
    problems = _who_enters(model, scenario)
    problems += _lived_otherwise(policy.timeline, timeline, model.week, scenario)
    if problems:
        raise InputError(problems)
    other = deepcopy(model)
    other.settings = scenario
    policy, arrive = _policy_and_arrivals(other)
    acts: dict[str, Callable[[World], None]] = {
        "apply_policy": policy.under(timeline),
        "arrive": arrive.under(timeline),
    }
    other.stopwatch.plan = tuple(
        replace(phase, act=acts.get(phase.name, phase.act)) for phase in other.stopwatch.plan
    )
    return other


def _policy_and_arrivals(model: ReturnModel) -> tuple[ApplyPolicy, Arrive]:
    """Return the two phases that hold the values of every day."""
    acts = {phase.name: phase.act for phase in model.stopwatch.plan}
    policy, arrive = acts["apply_policy"], acts["arrive"]
    if not isinstance(policy, ApplyPolicy) or not isinstance(arrive, Arrive):
        raise TypeError("phases that something is wrapped around can't be renewed")
    return policy, arrive


def _who_enters(model: ReturnModel, scenario: Scenario) -> list[str]:
    """Return a sentence for each change of what the inflow was derived from, before the start."""
    found = {*scenario.entries} ^ {*model.settings.entries}
    return [
        f"{each.source}: {each.target}: decides who enters over all years, so it can't change "
        "within a run; remove the entry."
        for each in sorted(found, key=lambda each: each.target)
        if each.target in model.inflow_read
    ]


def _lived_otherwise(old: Timeline, new: Timeline, week: int, scenario: Scenario) -> list[str]:
    """Return a sentence for each record that differs in a week before `week`."""
    weeks = {week_of(day) for timeline in (old, new) for day in timeline.changes()}
    days = [sunday(each) for each in sorted(weeks) if each < week]
    found: dict[str, object] = {}
    for day in (*days[:1], *days):
        before, after = old.at(day), new.at(day)
        found |= {name: after[name] for name in after if before[name] != after[name]}
    return [
        f"scenario {scenario.name}: {name} = {value}: differs before {monday(week)}, and those "
        "weeks have been lived; let it hold from that day or a later one."
        for name, value in found.items()
    ]
