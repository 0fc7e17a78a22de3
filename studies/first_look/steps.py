"""The steps of a study: what each asks, which factors an earlier one hands it, what it costs."""

from __future__ import annotations

import json
import math
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from terugkeer.abm.errors import InputError
from terugkeer.abm.space.factors import chosen_space

if TYPE_CHECKING:
    from terugkeer.abm.evidence.registry import Registry

HERE: Final = Path(__file__).parent
RUNS: Final = HERE.parents[1] / "runs" / HERE.name
NEED: Final = ("members_of", "leading_of", "same_as")


@dataclass(frozen=True)
class Step:
    """One analysis.

    Parameters
    ----------
    command : str
        Of `terugkeer`.
    number, seeds : int
        Trajectories or points, and runs at each point.
    factors : str, optional
        As `--factors` takes them; empty where an earlier step says.
    groups : str, optional
        The field of records by which factors count as one.
    needs : tuple of str, optional
        How an earlier step hands over its factors, one of `NEED`, and its name.
    at_most : int, optional
        Factors taken from it.
    tolerance : float, optional
        Of `pawn`, percentage points.
    """

    name: str
    command: str
    number: int
    seeds: int
    factors: str = ""
    groups: str = ""
    needs: tuple[str, str] = ("", "")
    at_most: int = 0
    tolerance: float = 0.0


@dataclass(frozen=True)
class Study:
    """A study.

    Parameters
    ----------
    shared : dict
        `scenario, scale, from, to, run_seconds, outcomes`.
    steps : tuple of Step
        In order.
    folder : Path
        Where each step has a folder.
    """

    shared: dict[str, Any]
    steps: tuple[Step, ...]
    folder: Path = field(default=RUNS)

    def finished(self, name: str) -> bool:
        """Return whether a step has written all that it finds."""
        path = self.folder / name / "study.json"
        return path.exists() and bool(json.loads(path.read_text("utf-8"))["finished"])


def read_design(path: Path = HERE / "design.toml", folder: Path = RUNS) -> Study:
    """Return the study that a design file asks for."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    steps = []
    for raw in content.pop("step"):
        one = dict(raw)
        needs = next(((key, one.pop(key)) for key in NEED if key in one), ("", ""))
        number = one.pop("trajectories") if "trajectories" in one else one.pop("n")
        steps.append(Step(number=number, needs=needs, **one))
    return Study(content, tuple(steps), folder)


def leading(folder: Path, outcomes: list[str]) -> list[str]:
    """Return the factors that stand above the noise for some outcome asked about, largest first.

    An effect is divided by the largest of its outcome, so that persons and weeks compare.
    """
    above = pd.read_csv(folder / "above_noise.csv")
    above = above[above["outcome"].isin(outcomes)]
    part = above["value"] / above.groupby("outcome")["value"].transform("max")
    found = part[above["above"]].groupby(above["factor"]).max()
    return [str(name) for name in found.sort_values(ascending=False, kind="stable").index]


def factors_of(study: Study, step: Step, registry: Registry) -> list[str]:
    """Return what a step varies.

    Raises
    ------
    InputError
        If the earlier step that says so is not finished, or found nothing above the noise.
    """
    how, earlier = step.needs
    if not how:
        return step.factors.split(",")
    if how == "same_as":
        return factors_of(study, next(e for e in study.steps if e.name == earlier), registry)
    if not study.finished(earlier):
        raise InputError(f"step {step.name!r}: needs {earlier!r}, which is not finished.")
    found = leading(study.folder / earlier, study.shared["outcomes"])
    if how == "members_of":
        found = _members(study.folder / earlier, found, step.at_most)
    if not found:
        raise InputError(
            f"step {step.name!r}: in {earlier!r} nothing stands above the noise, so there is "
            "nothing to look at more closely. Give it more trajectories."
        )
    return found[: step.at_most]


def _members(folder: Path, groups: list[str], at_most: int) -> list[str]:
    """Return the members of groups, the first group whole and others while there is room."""
    table = pd.read_csv(folder / "factors.csv")
    found: list[str] = []
    for group in groups:
        members = [str(each) for each in table.loc[table["group"] == group, "factor"]]
        if len(found) + len(members) <= at_most:
            found += members
    return found


def groups_of(step: Step, registry: Registry) -> dict[str, list[str]]:
    """Return the factors that count as one, by the mechanism that their records name."""
    if not step.groups:
        return {}
    found: dict[str, list[str]] = {}
    for each in chosen_space(registry, step.factors).factors:
        if each.moves:
            record = registry[each.name.partition("[")[0]]  # a part of it may be the factor
            found.setdefault(str(getattr(record, step.groups)), []).append(each.name)
    named = {f"{mechanism}_all": names for mechanism, names in found.items()}
    return {name: names for name, names in named.items() if len(names) > 1}


def arguments(study: Study, step: Step, registry: Registry) -> list[str]:
    """Return the words of the command that makes a step."""
    shared = study.shared
    factors = ",".join(factors_of(study, step, registry))
    number = "--trajectories" if step.command == "screen" else "--n"
    words = [
        step.command, "--factors", factors, "--outcome", ",".join(shared["outcomes"]),
        number, str(step.number), "--seeds", str(step.seeds), "--scale", str(shared["scale"]),
        "--from", str(shared["from"]), "--to", str(shared["to"]), "--scenario", shared["scenario"],
        "--out", str(study.folder / step.name),
    ]  # fmt: skip
    if step.command == "sobol":
        words += ["--emulator"]
    if step.command == "pawn":
        words += ["--plausible", "--tolerance", str(step.tolerance)]
    for name, members in groups_of(step, registry).items():
        words += ["--group", f"{name}={','.join(members)}"]
    return words


def runs_of(step: Step, registry: Registry) -> int:
    """Return how many runs a step needs, at most if an earlier step hands it its factors."""
    if step.command != "screen":
        return step.number * step.seeds
    if step.needs[0]:
        factors = step.at_most + 1  # the dummy
    else:
        groups = groups_of(step, registry)
        inside = sum(len(members) - 1 for members in groups.values())
        factors = len(chosen_space(registry, step.factors).factors) - inside
    return step.number * (factors + 1) * step.seeds


def cost_lines(study: Study, registry: Registry, processes: int) -> list[str]:
    """Return what each step costs, and all."""
    lines, total = [], 0
    for step in study.steps:
        runs = runs_of(step, registry)
        total += runs
        most = "at most " if step.needs[0] and step.command == "screen" else ""
        done = ", finished" if study.finished(step.name) else ""
        minutes = math.ceil(runs * study.shared["run_seconds"] / processes / 60)
        lines.append(f"{step.name}: {most}{runs} runs, about {minutes} minutes{done}")
    hours = total * study.shared["run_seconds"] / processes / 3600
    return [*lines, f"all: {total} runs, about {hours:.1f} hours on {processes} process(es)"]
