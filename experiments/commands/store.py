"""The commands `resume` and `status`: go on with a run folder, and see how far it is."""

from __future__ import annotations

import json
import shlex
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ...abm.errors import InputError
from .. import options
from ..ending import resume_line
from ..session import finish, make_runs

if TYPE_CHECKING:
    from ...abm.runs.store import Store

_MEGA = 1e6


def resume(
    folder: options.Folder,
    seeds: Annotated[
        int | None, typer.Option(help="Add seeds, so that there are 1 to this number.")
    ] = None,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Try failed runs again.")
    ] = False,
    workers: options.Workers = None,
    cluster: options.Cluster = None,
    as_json: options.AsJson = False,
) -> None:
    """Make the runs that a folder still lacks; those that are done are not made again."""
    from ...abm.evidence.registry import registry
    from ...abm.runs.store import Store

    problems = options.crew_refused(workers, cluster)
    problems += [] if seeds is None else options.seeds_refused(seeds)
    if problems:
        raise InputError(problems)
    store = Store(folder)
    store.check_same(registry())
    if seeds is not None:
        _add_seeds(store, seeds)
    content = make_runs(
        folder, registry(), workers=workers, cluster=cluster, retry_failed=retry_failed
    )
    finish(content, folder, as_json=as_json)


def _add_seeds(store: Store, seeds: int) -> None:
    """Register seeds 1 to a number for the scenario of a run."""
    from ...abm.evidence.registry import registry
    from ...abm.runs.design import cross

    if not store.registration.about:
        raise InputError(
            f"--seeds {seeds}: {store.folder} holds a design of its own, not the seeds of one "
            "scenario. Extend it where it was made."
        )
    runs = store.registration.planned(registry())
    highest = max(run.seed for run in runs)
    if seeds < highest:
        raise InputError(
            f"--seeds {seeds}: {store.folder} has seeds up to {highest} already. Give more."
        )
    first = runs[0]
    design = cross(
        [first.scenario],
        range(1, seeds + 1),
        scale=first.scale,
        first_year=first.first_year,
        last_year=first.last_year,
        registry=registry(),
        outcomes=store.registration.outcomes,
        keeps=store.registration.keeps,
    )
    store.extend(design)


def status(folder: options.Folder, as_json: options.AsJson = False) -> None:
    """Show how far a run folder is, what failed, which process works on it and what to type."""
    from ...abm.evidence.registry import registry
    from ...abm.runs import status as statuses
    from ...abm.runs.store import Store

    told = statuses.status(Store(folder), registry())
    when = datetime.fromtimestamp(told["last_activity"], tz=UTC)
    told = {**told, "last_activity": when.isoformat(timespec="seconds"), "next": _next(told)}
    if as_json:
        typer.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    for line in _lines(told):
        typer.echo(line)


def _lines(told: dict[str, Any]) -> list[str]:
    """Return a status as a person reads it."""
    lines = [
        "{folder}: {done} of {planned} runs done, {failed} failed, {left} to go.".format(**told),
        f"{told['bytes'] / _MEGA:.2f} MB in the store; last activity {told['last_activity']}.",
    ]
    at_work = told["at_work"]
    if at_work is not None:
        lines.append(f"At work: process {at_work.get('pid')} on {at_work.get('host')}.")
    for heading, parts in (
        ("Parts that cannot be used; resume sets them aside and makes their runs again:",
         told["unusable_parts"]),
        ("Parts set aside:", told["set_aside"]),
    ):  # fmt: skip
        if parts:
            lines += [heading, *(f"  {name}: {reason}" for name, reason in parts.items())]
    if told["changed"]:
        lines += ["Sources or evidence have changed since, so that no run can be added here:"]
        lines += [f"  {each}" for each in told["changed"]]
    if told["failures"]:
        lines += ["Failed (tracebacks: --json):", *(_failure(each) for each in told["failures"])]
    return [*lines, *(["Next:"] if told["next"] else []), *(f"  {each}" for each in told["next"])]


def _failure(failure: dict[str, Any]) -> str:
    week = f", week of {failure['date']}" if failure["date"] else ""
    return (
        f"  {failure['scenario']}, seed {failure['seed']}: {failure['stage']}{week}: "
        f"{failure['error']}"
    )


def _next(told: dict[str, Any]) -> list[str]:
    """Return what to type."""
    folder = Path(told["folder"])
    if told["at_work"] is not None:
        return [f"terugkeer status {shlex.quote(str(folder))}"]
    if told["changed"]:
        return ["terugkeer run --out ANOTHER-FOLDER"]
    if told["left"] or told["unusable_parts"]:
        return [resume_line(folder)]
    if told["failed"]:
        return [resume_line(folder, " --retry-failed")]
    return []
