"""Make the first study: `python -m studies.first_look.study`.

    study.py --dry-run         tell what each step costs, and stop
    study.py                   make what is missing, step by step, then write the page
    study.py --only levers     one step
    study.py --page            write the results into README.md from the tables in results/

Each step is a command of `terugkeer` and is told before it starts. Stopped at any moment, the same
call goes on. Nothing is calibrated, and every file says so.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.registry import registry
from terugkeer.experiments.cli import main as terugkeer

from .page import write_page
from .steps import HERE, Study, arguments, cost_lines, read_design

if TYPE_CHECKING:
    from pathlib import Path

KEPT: Final = (
    "study.json",
    "factors.csv",
    "indices.csv",
    "verdict.csv",
    "above_noise.csv",
    "emulator.csv",
    "correlations.csv",
    "indices_all_points.csv",
    "bars.png",
    "nusap.png",
)
RESULTS: Final = HERE / "results"  # what is kept with the page
STOPPED: Final = (130, 143)  # by Ctrl-C, by a request to end


def made(study: Study, only: str | None, processes: int) -> bool:
    """Make what steps are missing; return whether all went well."""
    evidence, well = registry(), True
    for step in study.steps:
        if only not in (None, step.name):
            continue
        try:
            words = [*arguments(study, step, evidence), "--workers", str(processes)]
        except InputError as error:
            sys.stderr.write(f"{error}\n")
            well = False
            continue
        sys.stderr.write(f"\n{step.name}: terugkeer {shlex.join(words)[:300]}\n")
        sys.argv = ["terugkeer", *words]  # what the command says to go on with
        ended = terugkeer(words)
        if ended in STOPPED:
            return False
        well = well and ended == 0
    return well


def keep(study: Study, folder: Path = RESULTS) -> None:
    """Copy the tables and pictures of finished steps to where they are kept with the page."""
    for step in study.steps:
        if not study.finished(step.name):
            continue
        target = folder / step.name
        target.mkdir(parents=True, exist_ok=True)
        for name in KEPT:
            if (study.folder / step.name / name).exists():
                shutil.copyfile(study.folder / step.name / name, target / name)


def main() -> int:
    """Read the call, and do what it asks."""
    parser = argparse.ArgumentParser(description="Make the first study.")
    parser.add_argument("--dry-run", action="store_true", help="tell the cost and stop")
    parser.add_argument("--only", metavar="STEP", help="make one step")
    parser.add_argument("--page", action="store_true", help="write the page only")
    cores = os.cpu_count() or 1
    parser.add_argument("--processes", type=int, default=cores, help=f"{cores} if left out")
    given = parser.parse_args()
    study = read_design()
    names = [step.name for step in study.steps]
    if given.only not in (None, *names):
        parser.error(f"--only {given.only}: known are {', '.join(names)}")
    if not given.page:
        sys.stderr.write("\n".join(cost_lines(study, registry(), given.processes)) + "\n")
    if given.dry_run:
        return 0
    well = given.page or made(study, given.only, given.processes)
    keep(study)
    write_page(replace(study, folder=RESULTS))
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
