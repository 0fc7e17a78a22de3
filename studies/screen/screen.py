"""Write docs/screen.md and docs/images/hump.png: `python -m studies.screen.screen`.

Runs the baseline beside the ends of every factor, switch and main record on the
same seeds, and a sweep of the length of the procedure. Runs are kept under
runs/, so that the script goes on where it was stopped.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.runs.processes import Processes
from terugkeer.abm.runs.provenance import sources_sha256
from terugkeer.viz.figures.picture import Provenance, png
from terugkeer.viz.figures.procedure_length import DESCRIPTION, TITLE, draw_procedure_length

from ..measured import SEEDS
from . import lengths, page, readings, runs
from .cells import cells
from .checks import checks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from terugkeer.abm.evidence.registry import Registry

    from .cells import Cell

DOCS: Final = Path(__file__).parents[2] / "docs"
RUNS: Final = DOCS.parent / "runs"
SECONDS: Final = 3.5  # of one core, for each run
PROCESSES: Final = 2


def read_baseline(evidence: Registry) -> pd.DataFrame:
    """Return what the baseline shows, by seed.

    Returns
    -------
    pandas.DataFrame
        A row for each seed, a column for each number of `readings.read`.
    """
    with Processes(PROCESSES) as crew:
        waiting = [crew.submit(readings.read, seed, evidence) for seed in SEEDS]
        return pd.DataFrame([each.result() for each in waiting])


def written(
    every: Sequence[Cell],
    found: runs.Screened,
    lived: pd.DataFrame,
    by_seed: pd.DataFrame,
    number: int,
) -> str:
    """Return the page.

    Parameters
    ----------
    every : sequence of Cell
        The cells, the baseline first.
    found : Screened
        What they came to.
    lived : pandas.DataFrame
        What the baseline shows, by seed.
    by_seed : pandas.DataFrame
        `lengths.lengths`.
    number : int
        Runs of cells and of lengths.
    """
    return page.TEXT.format(
        evidence=registry().evidence_hash()[:12],
        settings=len(every) - 1,
        seeds=f"{runs.SEEDS[0]}-{runs.SEEDS[-1]}",
        number_of_seeds=len(runs.SEEDS),
        scale=runs.SCALE,
        years=f"{runs.YEARS[0]}-{runs.YEARS[1]}",
        runs=f"{number:,}",
        minutes=f"{round(minutes_of(number), -1):.0f}",
        cohort=lengths.COHORT,
        followed=lengths.FOLLOWED,
        length_seeds=f"{lengths.SEEDS[0]}-{lengths.SEEDS[-1]}",
        length_scale=lengths.SCALE,
        levels=page.levels(found),
        movers=page.movers(every, found),
        never=page.never(every, found),
        checks=page.judged(checks(every, found, lived)),
        sweep=page.sweep(lengths.over_seeds(by_seed)),
        hump=page.hump(lengths.against_claimed(by_seed)),
    )


def minutes_of(number: int) -> float:
    """Return minutes of one core for a number of runs."""
    return SECONDS * number / 60


def main() -> None:
    """Make what runs are missing, and write the page and its picture."""
    evidence = registry()
    every = cells(evidence)
    screen, length = runs.design_of(every, evidence), lengths.design_of(evidence)
    number = len(screen.runs) + len(length.runs)
    sys.stderr.write(
        f"{len(every)} settings on {len(runs.SEEDS)} seeds and {len(length.runs)} runs of "
        f"the sweep: {number} runs, about {minutes_of(number):.0f} minutes of one core.\n"
    )
    kept = runs.made(screen, RUNS / "screen-cells", runs.simulate_cell)
    found = runs.screened(screen, kept)
    followed = runs.made(length, RUNS / "screen-lengths", lengths.simulate_length)
    by_seed = lengths.lengths(length, followed)
    provenance = Provenance(
        "baseline",
        lengths.SEEDS,
        lengths.SCALE,
        evidence.evidence_hash(),
        sources_sha256(),
    )
    figure = draw_procedure_length(lengths.over_seeds(by_seed), provenance)
    picture = png(figure, TITLE, DESCRIPTION, provenance)
    (DOCS / "images" / "hump.png").write_bytes(picture)
    text = written(every, found, read_baseline(evidence), by_seed, number)
    (DOCS / "screen.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
