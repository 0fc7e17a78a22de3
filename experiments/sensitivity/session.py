"""A session of an analysis: cost, runs, tables, pictures, and how it ends."""

from __future__ import annotations

import hashlib
import shlex
import sys
from pathlib import Path  # noqa: TC003 - typer commands hand it on
from typing import TYPE_CHECKING, Any, Final

import typer

from ...abm.errors import InputError
from ..ending import tell_end, tell_interrupted
from ..interruption import interruptible
from ..options import crew_refused, numbers_refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from ...abm.runs.design import Design
    from ...abm.runs.store import Store
    from ...viz.figures.analysis import Origin
    from .question import Question

LONGEST: Final = 20  # characters of factors in the name of a folder
NUMBER: Final = {
    "screen": "--trajectories",
    "sobol": "--n",
    "pawn": "--n",
    "interactions": "--n",
    "prior": "--points",
}


def folder_of(question: Question, out: Path | None) -> Path:
    """Return the folder of an analysis.

    Parameters
    ----------
    out : Path, optional
        Of `--out`.

    Returns
    -------
    Path
        Under runs/ if nothing was given.
    """
    from ...abm.runs.folder import RUNS

    one = len(question.factors) <= LONGEST and "," not in question.factors
    what = question.factors if one else "named"
    name = f"{question.method}-{what}-{question.scale:g}-{question.first_year}-{question.last_year}"
    return out or RUNS / name.replace(":", "-")


def doubled(folder: Path) -> int:
    """Return the N that `--double` asks for.

    Returns
    -------
    int
        Twice that of the folder if its last call ended, with tables or with a refusal
        of what it measured. If that call was stopped, its own N, so that the same
        line goes on after an interruption.
    """
    from .question import read_study

    question, about = read_study(folder)
    if about.get("finished") or about.get("refused"):
        return 2 * question.number
    sys.stderr.write(
        f"{folder}: N {question.number} is not finished yet; this call goes on with it.\n"
    )
    return question.number


def refuse_numbers(question: Question, workers: int | None, cluster: str | None) -> None:
    """Refuse numbers that cannot be run.

    Parameters
    ----------
    workers : int, optional
        Of `--workers`.
    cluster : str, optional
        Of `--cluster`.

    Raises
    ------
    InputError
        With every problem.
    """
    found = numbers_refused(question.seeds, question.scale, question.first_year, question.last_year)
    found += crew_refused(workers, cluster)
    most = 999
    if question.seeds > most:
        found.append(f"--seeds {question.seeds}: at most {most} at each point.")
    if question.number < 2:  # noqa: PLR2004 - one gives no interval
        found.append(f"{NUMBER[question.method]} {question.number}: give 2 or more.")
    if found:
        raise InputError(found)


def runs_of(
    question: Question,
    design: Design,
    folder: Path,
    *,
    workers: int | None,
    cluster: str | None,
    dry_run: bool,
) -> Store | None:
    """Tell what an analysis costs, and make its runs.

    Parameters
    ----------
    folder : Path
        Where they are kept.
    workers : int, optional
        Processes.
    cluster : str, optional
        Address of a Dask scheduler, or `local`.
    dry_run : bool
        Whether to tell the cost only.

    Returns
    -------
    Store or None
        With all runs done; None if only the cost was asked for.
    """
    from ...abm.runs.store import Store
    from ..progress import progress
    from . import cost
    from .question import refuse_other, write_study

    refuse_other(folder, question)
    again = f"terugkeer {shlex.join(sys.argv[1:])}"
    try:
        with interruptible() as check:
            price = cost.cost(design, folder, workers)
            sys.stderr.write(f"{folder}: {price.words()}\n")
            if dry_run:
                return None
            if not price.missing:
                store = Store(folder)
                store.check_same(design.registry)
                return store
            write_study(folder, question, {"finished": False})
            with progress(price.missing) as tell:
                store = cost.make(design, folder, workers, cluster, tell, check)
    except (KeyboardInterrupt, SystemExit):
        tell_interrupted(again)
        raise
    if store.failed():
        raise typer.Exit(tell_end(folder))
    return store


def origin_of(question: Question, evidence_hash: str, runs: int) -> Origin:
    """Return where the numbers of an analysis come from."""
    from ...abm.runs.provenance import sources_sha256
    from ...viz.figures.analysis import Origin

    years = f"{question.first_year}-{question.last_year}"
    asked = (
        f"{question.method} of {question.factors[:40]}, N {question.number}, {question.seeds} "
        f"seed(s) a point, {runs} runs of {question.scenario}, scale {question.scale:g}, {years}"
    )
    if question.targets_sha256:
        file = question.targets_file[:30] or "that ship"
        asked += f", targets {file} {question.targets_sha256[:12]}"
    return Origin(asked, evidence_hash, sources_sha256())


def finish(
    question: Question,
    folder: Path,
    frames: Mapping[str, pd.DataFrame],
    pictures: Mapping[str, bytes],
    said: list[str],
    *,
    runs: int,
    evidence_hash: str,
) -> None:
    """Write tables and pictures, the study last, and tell.

    Parameters
    ----------
    folder : Path
        Where to write.
    frames : mapping of str to pandas.DataFrame
        By file name without `.csv`.
    """
    files = write_found(
        question, folder, frames, pictures, said, runs=runs, evidence_hash=evidence_hash
    )
    for line in said:
        typer.echo(line)
    typer.echo(f"\nWritten to {folder}: {', '.join(files)}. Next:")
    typer.echo(f"  terugkeer paper {shlex.quote(str(folder))} --uncalibrated")


def write_found(
    question: Question,
    folder: Path,
    frames: Mapping[str, pd.DataFrame],
    pictures: Mapping[str, bytes],
    said: list[str],
    *,
    runs: int,
    evidence_hash: str,
) -> list[str]:
    """Write tables and pictures, the study last.

    Parameters
    ----------
    folder : Path
        Where to write.
    frames : mapping of str to pandas.DataFrame
        By file name without `.csv`.

    Returns
    -------
    list of str
        Names of the files.
    """
    from ...abm.runs.whole_file import write_whole
    from .question import write_study

    contents: dict[str, bytes] = {}
    for name, frame in frames.items():
        table = frame.to_csv(index=False, lineterminator="\n", float_format="%.10g")
        contents[f"{name}.csv"] = table.encode()
    contents |= pictures
    for name, content in contents.items():
        write_whole(folder / name, content)
    files = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    write_study(folder, question, _about(files, said, runs, evidence_hash))
    return list(files)


def _about(files: dict[str, str], said: list[str], runs: int, evidence_hash: str) -> dict[str, Any]:
    from importlib.metadata import version

    from ...abm.runs.provenance import git_state, sources_sha256, versions

    return {
        "finished": True,
        "calibrated": False,
        "runs": runs,
        "said": said,
        "files": files,
        "evidence_hash": evidence_hash,
        "sources_sha256": sources_sha256(),
        "git": git_state(),
        "versions": {
            **versions(),
            **{name: version(name) for name in ("SALib", "scikit-learn")},
        },
    }
