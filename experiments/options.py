"""Options that several commands share, their defaults, and the refusal of what cannot be run.

Commands name them in annotations (`workers: options.Workers = None`), so each stands here once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

FIRST_YEAR: Final = 2011  # the first and last year of the data
LAST_YEAR: Final = 2017
DEFAULT: Final = "baseline"
OUTCOME: Final = "independent"
SCALE: Final = 20.0  # of commands that make many runs; a coarser one saves little and adds chance

Scenario = Annotated[
    str, typer.Argument(metavar="[NAME|FILE]", help="A scenario that ships, or a .toml file.")
]
BaseScenario = Annotated[str, typer.Option(help="Scenario that every run starts from.")]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a run.")]
Seeds = Annotated[int, typer.Option(help="Runs: seeds 1 to this number.")]
Scale = Annotated[float, typer.Option(help="Persons for each simulated person.")]
FirstYear = Annotated[int, typer.Option("--from", help="First year to report.")]
LastYear = Annotated[int, typer.Option("--to", help="Last year to report.")]
Workers = Annotated[int | None, typer.Option(help="Processes; as many as cores if left out.")]
Cluster = Annotated[
    str | None, typer.Option(help="Address of a Dask scheduler that makes the runs, or `local`.")
]
Outcome = Annotated[
    str,
    typer.Option(help="Ids of `explain outcomes` with commas; harm and voluntariness are added."),
]
AnalysisFolder = Annotated[
    Path | None,
    typer.Option("--out", help="New folder, or that of an earlier call; else in runs/."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Tell what it would cost, and stop.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON only.")]


def numbers_refused(seeds: int, scale: float, first_year: int, last_year: int) -> list[str]:
    """Return a sentence for each number that cannot be run; the model says which.

    Parameters
    ----------
    seeds : int
        How many, at least 1.
    first_year, last_year : int
        Years to report.
    """
    from ..abm.world.model import numbers_refused as refused

    found = [f"--{each}" for each in refused(1, scale, first_year, last_year)]
    return seeds_refused(seeds) + found


def seeds_refused(seeds: int) -> list[str]:
    """Return a sentence if there are fewer seeds than 1."""
    return [] if seeds > 0 else [f"--seeds {seeds}: there is nothing to run. Give 1 or more."]


def crew_refused(workers: int | None, cluster: str | None) -> list[str]:
    """Return a sentence for each option that leaves nobody to make the runs.

    Parameters
    ----------
    workers : int, optional
        Processes, at least 1. A cluster with an address has its own.
    cluster : str, optional
        Address of a Dask scheduler, or `local`.
    """
    found = []
    if workers is not None and workers < 1:
        found.append(
            f"--workers {workers}: at least one process must make the runs. Give 1 or more."
        )
    if cluster is not None and not cluster.strip():
        found.append("--cluster: give the address of a Dask scheduler, or local.")
    elif cluster not in {None, "local"} and workers is not None:
        found.append(
            f"--workers {workers}: a cluster with an address has its own workers. Leave it out."
        )
    return found
