"""What each organisation, method and rule moves: `python -m studies.systems.study [NAME ...]`.

Runs the baseline with and without each system that `terugkeer explain systems` lists, on the same
seeds, and writes what that shows. With names, those are measured anew and other rows stay as they
are, each with the evidence and the golden counts of the model with which it was made, and with a
hash of the definition of its system, which a test compares with the list. Runs are kept under
runs/, so that it goes on where it was stopped.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.observation.observer import ALL
from terugkeer.abm.runs.outcomes import ANY, choose
from terugkeer.abm.runs.simulate import simulate
from terugkeer.abm.space.outcomes import FREELY, KNOWN, kept, outcomes_of_runs
from terugkeer.abm.space.planned import Planned, Setting, planned
from terugkeer.abm.world.scenario import load_scenario
from terugkeer.experiments.reports.paired import contrast
from terugkeer.experiments.systems.effects import COLUMNS, TABLE, effects
from terugkeer.experiments.systems.system import CONTACT, PATH, systems

from ..dead_parts.pulls import readings
from ..screen.runs import made

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from terugkeer.abm.evidence.registry import Registry
    from terugkeer.abm.space.space import Point
    from terugkeer.experiments.systems.system import System

RUNS: Final = Path(__file__).parents[2] / "runs" / "systems"
SEEDS: Final = 10
OUTCOMES: Final = (
    "returned_independent",
    "independent",
    "left_through_iom",
    "forced",
    "unobserved",
    "out_of_sight_end",
    FREELY,
    "share_all_three",
    "weeks_without_stable_shelter",
    "child_weeks_without_stable_shelter",
    "weeks_held",
    "share_sustained_52w",
    "share_iom_not_government",
    "share_unobserved_talked",
)
GOLDEN: Final = Path(__file__).parents[2] / "tests" / "golden"
STEPS: Final = (  # tables of which runs keep all
    "assistance",
    "contacts",
    "family_meetings",
    "flows",
    "journeys",
    "municipal_shelter",
    "procedures",
    "reintegration",
    "removal_measures",
    "scheme_funnel",
)


def counts_now() -> str:
    """Return a short hash of the golden counts: equal as long as runs of the baseline are."""
    found = sha256()
    for path in sorted(GOLDEN.glob("*.json")):
        found.update(path.read_bytes())
    return found.hexdigest()[:8]


def points(some: Iterable[System]) -> list[Point]:
    """Return what is run for systems, with and without each, once each."""
    return list(
        dict.fromkeys(readings(dict(of)) for each in some for of in (each.there, each.absent))
    )


def plan(some: Sequence[System], evidence: Registry) -> Planned:
    """Return the runs of systems that are measured at one scale and in the same years."""
    first = some[0]
    setting = Setting(load_scenario("baseline", evidence), first.scale, *first.years, SEEDS)
    tables = choose([*kept().choices, *((table, ANY, ALL) for table in STEPS)])
    wanted = points(some)
    return planned(wanted, [0] * len(wanted), setting, evidence, tables)


def counted(rows: pd.DataFrame, some: Sequence[System]) -> pd.DataFrame:
    """Return what runs came to, a year.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of runs, as the store keeps them.

    Returns
    -------
    pandas.DataFrame
        A row for each run, a column for each outcome that the systems name.

    Raises
    ------
    ValueError
        If the runs keep no rows of a name.
    """
    first, last = some[0].years
    names = [name for each in some for name in (*each.contact, *each.path, each.chief)]
    ids = [name for name in dict.fromkeys((*OUTCOMES, *names)) if name != PATH]
    found = outcomes_of_runs(rows, [name for name in ids if name in KNOWN])
    whole = rows[rows["group"] == ALL]
    of = whole["table"].astype(str) + ":" + whole["item"].astype(str)
    for name in ids:
        if name not in KNOWN:
            those = of.str.startswith(name[:-1]) if name.endswith(ANY) else of == name
            if not those.any():
                raise ValueError(f"{name}: the runs keep no such rows")
            added = whole[those].groupby("key")["persons"].sum()
            found[name] = added.reindex(found.index, fill_value=0.0)
    flows = [name for name in ids if not name.startswith("share_") and not name.endswith("_end")]
    return found.assign(**{name: found[name] / (last - first + 1) for name in flows})


def told_of(system: System, there: pd.DataFrame, absent: pd.DataFrame) -> list[tuple[object, ...]]:
    """Return rows of one system: each outcome with and without it, and the paired difference.

    Parameters
    ----------
    there, absent : pandas.DataFrame, shape (n_seeds, n_outcomes)
        Runs with and without it, on the same seeds in the same order.
    """
    asked = {CONTACT: system.contact, PATH: system.path}
    asked |= {name: system.counts(name) for name in (*OUTCOMES, system.chief)}
    found: list[tuple[object, ...]] = []
    for name, parts in asked.items():
        one, other = (each[list(parts)].sum(axis=1, skipna=False) for each in (there, absent))
        seeds = int((one - other).notna().sum())
        found.append((system.name, name, other.mean(), one.mean(), *contrast(one, other), seeds))
    return found


def table_of(some: Sequence[System], evidence: Registry) -> pd.DataFrame:
    """Make the runs that systems need, those of one scale together, and return their table."""
    found = []
    by_runs = sorted(some, key=lambda each: (-each.scale, each.years))
    for (scale, years), group in groupby(by_runs, key=lambda each: (each.scale, each.years)):
        those = list(group)
        runs = plan(those, evidence)
        store = made(runs.design, RUNS, simulate)
        of_runs = counted(store.rows(design=runs.design), those)
        by_point = {
            point: of_runs.reindex(list(keys)).reset_index(drop=True)
            for point, keys in zip(points(those), runs.keys, strict=True)
        }
        end = (scale, *years, evidence.evidence_hash()[:12], counts_now())
        for each in those:
            there, absent = (by_point[readings(dict(of))] for of in (each.there, each.absent))
            found += [(*row, *end, each.definition) for row in told_of(each, there, absent)]
    return pd.DataFrame(found, columns=list(COLUMNS))


def renewed(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Return a table with new rows in the place of old ones, in the order of the list."""
    order = {each.name: place for place, each in enumerate(systems())}
    stays = ~old["system"].isin(new["system"]) & old["system"].isin(list(order))
    both = pd.concat([old[stays], new], ignore_index=True)
    return both.sort_values("system", key=lambda names: names.map(order), kind="stable")


def main(names: Sequence[str] = ()) -> None:
    """Make what runs are missing, and write the table.

    Raises
    ------
    SystemExit
        If a name is none of a system.
    """
    listed = [each for each in systems() if not each.left_out]
    unknown = sorted({*names} - {each.name for each in listed})
    if unknown:
        raise SystemExit(f"no system: {', '.join(unknown)}; `explain systems` lists them.")
    some = [each for each in listed if not names or each.name in names]
    table = table_of(some, registry())
    if TABLE.exists():
        table = renewed(effects(), table)
    text = table.to_csv(index=False, lineterminator="\n", float_format="%.6g")
    TABLE.write_bytes(text.encode())
    sys.stdout.write(f"{len(table)} rows in {TABLE}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
