"""Which parts of the model are dead: `python -m studies.dead_parts.study [RECORD ...]`.

Pulls calibratable records and readings of switches to the ends of their ranges on the same seeds,
and keeps for each the outcome that it moves most. Without names all are pulled; with names those
are, and the other rows stay as they are, with the evidence on which they were made. Runs are kept
under runs/, so that it goes on where it was stopped.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.observation.outcomes import OUTCOMES
from terugkeer.abm.runs.simulate import simulate
from terugkeer.abm.space.outcomes import outcomes_of_runs
from terugkeer.abm.space.planned import Planned, Setting, planned
from terugkeer.abm.world.scenario import load_scenario

from ..screen.runs import made
from .pulls import HIGH, LOW, Pull, pulls

if TYPE_CHECKING:
    from collections.abc import Sequence

    from terugkeer.abm.evidence.registry import Registry
    from terugkeer.abm.space.space import Point

TABLE: Final = Path(__file__).with_name("table.csv")
RUNS: Final = Path(__file__).parents[2] / "runs" / "dead-parts"
SEEDS: Final = 3
SCALE: Final = 20.0
YEARS: Final = (2013, 2015)  # schemes, places and shelters of all kinds are open in them
LEAST: Final = 20.0  # persons a year that something alive moves
PERSONS: Final = ("closing", "person", "household", "measure", "application")
ALL: Final = [each.id for each in OUTCOMES]
COUNTED: Final = [each.id for each in OUTCOMES if each.unit in PERSONS and each.over is None]
COLUMNS: Final = ("record", "end", "under", "outcome", "moved", "se", "same", "evidence")


def design_of(points: Sequence[Point], evidence: Registry) -> Planned:
    """Return the runs of points, all on the same seeds."""
    setting = Setting(load_scenario("baseline", evidence), SCALE, *YEARS, SEEDS)
    return planned(points, [0] * len(points), setting, evidence)


def a_year(yearly: pd.DataFrame) -> pd.DataFrame:
    """Return outcomes a year, those at the end of a year as they are.

    Returns
    -------
    pandas.DataFrame
        A row for each run (index `key`), a column for each of `ALL`.
    """
    table = outcomes_of_runs(yearly, ALL)
    years = YEARS[1] - YEARS[0] + 1
    flows = [each.id for each in OUTCOMES if not each.stock]
    return table.assign(**{name: table[name] / years for name in flows})


def moved(pull: Pull, there: pd.DataFrame, base: pd.DataFrame, evidence: str) -> dict[str, object]:
    """Return the row of a pull: the outcome that it moves most, mean over seeds.

    Parameters
    ----------
    there, base : pandas.DataFrame, shape (n_seeds, n_outcomes)
        With and without it, on the same seeds in the same order.
    """
    numbers = [np.nan_to_num(each[ALL].to_numpy(dtype=np.float64)) for each in (there, base)]
    difference = (numbers[0] - numbers[1])[:, [ALL.index(each) for each in COUNTED]]
    mean = difference.mean(axis=0)
    most = int(np.abs(mean).argmax())
    se = difference[:, most].std(ddof=1) / np.sqrt(len(difference))
    under = ", ".join(f"{each.target}={each.value}" for each in pull.under)
    return {
        "record": pull.record,
        "end": pull.end,
        "under": under,
        "outcome": COUNTED[most] if mean[most] else "",
        "moved": round(float(mean[most]), 1),
        "se": round(float(se), 1),
        "same": "yes" if np.array_equal(*numbers) else "no",
        "evidence": evidence,
    }


def rows_of(some: Sequence[Pull], evidence: Registry) -> list[dict[str, object]]:
    """Make the runs of pulls and of what they are compared with, and return their rows."""
    if not some:
        return []
    points = list(dict.fromkeys([each for pull in some for each in (pull.under, pull.changes)]))
    plan = design_of(points, evidence)
    store = made(plan.design, RUNS, simulate)
    found = a_year(store.rows(design=plan.design))
    by_point = {
        point: found.reindex(list(keys)) for point, keys in zip(points, plan.keys, strict=True)
    }
    of = evidence.evidence_hash()[:12]
    return [moved(pull, by_point[pull.changes], by_point[pull.under], of) for pull in some]


def table_of(evidence: Registry, records: Sequence[str] = ()) -> pd.DataFrame:
    """Return the table: the upper end of each, and the lower where the upper moves too little.

    Parameters
    ----------
    records : sequence of str, optional
        Records and switches to pull; all if there are none.
    """

    def pulled(end: str) -> list[Pull]:
        return [each for each in pulls(evidence, end) if not records or each.record in records]

    first = rows_of(pulled(HIGH), evidence)
    little = {str(row["record"]) for row in first if abs(float(str(row["moved"]))) < LEAST}
    second = rows_of([each for each in pulled(LOW) if each.record in little], evidence)
    lower = {str(row["record"]): row for row in second}
    best = [
        max(
            row, lower.get(str(row["record"]), row), key=lambda each: abs(float(str(each["moved"])))
        )
        if row["end"] == HIGH
        else row
        for row in first
    ]
    return pd.DataFrame(best, columns=list(COLUMNS))


def renewed(old: pd.DataFrame, new: pd.DataFrame, evidence: Registry) -> pd.DataFrame:
    """Return a table with new rows in the place of old ones, in the order of a whole table.

    Rows of records that are no more are left out.
    """
    known = [each.record for each in pulls(evidence, HIGH)]
    kept = old[~old["record"].isin(new["record"]) & old["record"].isin(known)]
    both = pd.concat([kept, new], ignore_index=True)
    order = {record: place for place, record in enumerate(dict.fromkeys(known))}
    return both.sort_values("record", key=lambda names: names.map(order), kind="stable")


def main(records: Sequence[str] = ()) -> None:
    """Make what runs are missing, and write the table.

    Raises
    ------
    SystemExit
        If a name is no record and no switch that can be pulled.
    """
    evidence = registry()
    unknown = sorted({*records} - {each.record for each in pulls(evidence, HIGH)})
    if unknown:
        raise SystemExit(f"nothing to pull: {', '.join(unknown)}; give calibratable records.")
    table = table_of(evidence, records)
    if records:
        old = pd.read_csv(TABLE, keep_default_na=False)
        table = renewed(old, table, evidence)
    TABLE.write_bytes(table.to_csv(index=False, lineterminator="\n").encode())
    dead = table.loc[table["moved"].abs() < LEAST, ["record", "end"]]
    sys.stdout.write(f"{len(dead)} of {len(table)} move less than {LEAST:g} persons a year:\n")
    for record, end in dead.itertuples(index=False):
        sys.stdout.write(f"  {record} ({end})\n")


if __name__ == "__main__":
    main(sys.argv[1:])
