"""Write docs/screen.md and docs/images/hump.png: `python docs/screen.py`.

Runs the baseline beside the ends of every factor, switch and main record on the
same seeds, and a sweep of the length of the procedure. Runs are kept under
runs/, so that the script goes on where it was stopped.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd
import screen_lengths
import screen_page
import screen_readings
import screen_runs
from screen_cells import cells
from screen_checks import checks
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.runs.processes import Processes
from terugkeer.abm.runs.provenance import sources_sha256
from terugkeer.viz.picture import Provenance, png
from terugkeer.viz.procedure_length import DESCRIPTION, TITLE, draw_procedure_length

if TYPE_CHECKING:
    from terugkeer.abm.evidence.registry import Registry

DOCS: Final = Path(__file__).parent
RUNS: Final = DOCS.parent / "runs"
SECONDS: Final = 3.5  # of one core, for each run
PROCESSES: Final = 2
READ_SEEDS: Final = (1, 2, 3)


def read_baseline(evidence: Registry) -> pd.DataFrame:
    """Return what the baseline shows, by seed.

    Parameters
    ----------
    evidence : Registry
        The evidence.

    Returns
    -------
    pandas.DataFrame
        A row for each seed, a column for each number of `screen_readings.read`.
    """
    with Processes(PROCESSES) as crew:
        waiting = [crew.submit(screen_readings.read, seed, evidence) for seed in READ_SEEDS]
        return pd.DataFrame([each.result() for each in waiting])


def main() -> None:
    """Make what runs are missing, and write the page and its picture."""
    evidence = registry()
    every = cells(evidence)
    screen, length = screen_runs.design_of(every, evidence), screen_lengths.design_of(evidence)
    runs = len(screen.runs) + len(length.runs)
    minutes = SECONDS * runs / 60
    sys.stderr.write(
        f"{len(every)} settings on {len(screen_runs.SEEDS)} seeds and {len(length.runs)} runs of "
        f"the sweep: {runs} runs, about {minutes:.0f} minutes of one core.\n"
    )
    kept = screen_runs.made(screen, RUNS / "screen-cells", screen_runs.simulate)
    found = screen_runs.screened(screen, kept)
    followed = screen_runs.made(length, RUNS / "screen-lengths", screen_lengths.simulate)
    by_seed = screen_lengths.lengths(length, followed)
    table = screen_lengths.over_seeds(by_seed)
    lived = read_baseline(evidence)
    provenance = Provenance(
        "baseline",
        screen_lengths.SEEDS,
        screen_lengths.SCALE,
        evidence.evidence_hash(),
        sources_sha256(),
    )
    picture = png(draw_procedure_length(table, provenance), TITLE, DESCRIPTION, provenance)
    (DOCS / "images" / "hump.png").write_bytes(picture)
    page = screen_page.TEXT.format(
        evidence=evidence.evidence_hash()[:12],
        settings=len(every) - 1,
        seeds=f"{screen_runs.SEEDS[0]}-{screen_runs.SEEDS[-1]}",
        number_of_seeds=len(screen_runs.SEEDS),
        scale=screen_runs.SCALE,
        years=f"{screen_runs.YEARS[0]}-{screen_runs.YEARS[1]}",
        runs=f"{runs:,}",
        minutes=f"{round(minutes, -1):.0f}",
        cohort=screen_lengths.COHORT,
        followed=screen_lengths.FOLLOWED,
        length_seeds=f"{screen_lengths.SEEDS[0]}-{screen_lengths.SEEDS[-1]}",
        length_scale=screen_lengths.SCALE,
        levels=screen_page.levels(found),
        movers=screen_page.movers(every, found),
        never=screen_page.never(every, found),
        checks=screen_page.judged(checks(every, found, lived)),
        sweep=screen_page.sweep(table),
        hump=screen_page.hump(screen_lengths.against_claimed(by_seed)),
    )
    (DOCS / "screen.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
