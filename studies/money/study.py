"""What money and help in kind move: `python -m studies.money.study`.

Runs each change of assistance beside the same policy without it, on the same seeds, under every
reading of `money` and of `stacking`, and writes `table.csv`. Runs are kept under runs/, so that
it goes on where it was stopped.
"""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.observation.observer import ALL
from terugkeer.abm.runs.outcomes import ANY, choose
from terugkeer.abm.runs.simulate import simulate
from terugkeer.abm.space.outcomes import FREELY, kept, outcomes_of_runs
from terugkeer.abm.space.planned import Planned, Setting, planned
from terugkeer.abm.world.scenario import load_scenario
from terugkeer.agents.rules.assistance import MONEY, STACKING
from terugkeer.experiments.reports.paired import contrast

from ..dead_parts.pulls import readings
from ..screen.runs import made

if TYPE_CHECKING:
    from collections.abc import Mapping

    from terugkeer.abm.evidence.registry import Registry

TABLE: Final = Path(__file__).with_name("table.csv")
RUNS: Final = Path(__file__).parents[2] / "runs" / "money"
SEEDS: Final = 10
SCALE: Final = 4.0
YEARS: Final = (2011, 2015)  # the split of later years is a blind test
NONE: Final = "as it is"
DISCRETIONARY: Final = 0.4  # chance of a promise in a talk, in the strong dose
# what is changed, beside `as it is`; stacking is compared with either-or
ARMS: Final[Mapping[str, Mapping[str, Any]]] = {
    NONE: {},
    "HRT closed": {"hrt_open": False},
    "REAN closed": {"rean_open": False},
    "either or": {"rule_of_in_kind": "either_or", "rule_of_families": "either_or"},
    "cash doubled": {"assistance_cash_adult": 3500, "assistance_cash_child": 1760},
    "in kind doubled": {"assistance_in_kind": 3000, "families_goods_eur": 2000},
    "discretionary cash": {
        "discretionary_local_max_eur": 2000,
        "discretionary_chance": (DISCRETIONARY,) * 6,
    },
}
OUTCOMES: Final = (
    "returned_independent",
    "independent",
    "returned_unseen",
    "journey_paid_by_own",
    "journey_paid_by_iom",
    "journey_paid_by_state",
    "left_with_cash",
    "left_with_help_in_kind",
    FREELY,
    "share_all_three",
    "sustained_52w",
    "share_sustained_52w",
    "weeks_without_stable_shelter",
    "spending_total",
    "share_help_influence",
    "share_help_decisive",
)
STEPS: Final = ("scheme_funnel", "scheme_fates", "assistance")  # tables of which all is kept
TOLD: Final = ("scheme_funnel", "assistance")  # those of which the table of this study tells all
SCHEMES: Final = ("rean", "hrt", "in_kind", "families")
# ends of persons who applied, and those of `scheme_fates` that each holds
ENDS: Final[Mapping[str, tuple[str, ...]]] = {
    "left": ("with_it",),
    "refused": ("refused",),
    "withdrew": ("withdrawn",),
    "returned_without": ("returned_without",),
    "removed": ("forced",),
    "out_of_sight": ("out_of_sight",),
    "otherwise": ("permit", "onward", "other"),
    "still_here": ("still_here",),
}
APPLIED: Final = ("applied", "granted", "ready", "left")  # last steps of persons who applied
COLUMNS: Final = (
    "change",
    "money",
    "stacking",
    "outcome",
    "without",
    "with",
    "mean",
    "low",
    "high",
    "evidence",
)
Point = tuple[str, str, str]


def points() -> list[Point]:
    """Return change, reading of `money` and reading of `stacking` of all cells."""
    return list(product(ARMS, MONEY, STACKING))


def plan(evidence: Registry) -> Planned:
    """Return the runs: every cell on the same seeds."""
    setting = Setting(load_scenario("baseline", evidence), SCALE, *YEARS, SEEDS)
    values = [
        readings({"money": money, "stacking": stacking, **ARMS[change]})
        for change, money, stacking in points()
    ]
    tables = choose([*kept().choices, *((table, ANY, ALL) for table in STEPS)])
    return planned(values, [0] * len(values), setting, evidence, tables)


def a_year(rows: pd.DataFrame) -> pd.DataFrame:
    """Return outcomes and steps a year.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of runs, as the store keeps them.

    Returns
    -------
    pandas.DataFrame
        A row for each run, a column for each outcome, for each `table:item` of `TOLD`, and for each
        `ends:scheme:end` of persons who applied.
    """
    years = YEARS[1] - YEARS[0] + 1
    outcomes = outcomes_of_runs(rows, OUTCOMES)
    shares = [name for name in OUTCOMES if name.startswith("share_")]
    outcomes = outcomes.assign(
        **{name: outcomes[name] / years for name in OUTCOMES if name not in shares}
    )
    of_steps = rows[rows["table"].isin(TOLD) & (rows["group"] == ALL)]
    name = of_steps["table"].astype(str) + ":" + of_steps["item"].astype(str)
    steps = of_steps.assign(name=name).pivot_table(
        index="key", columns="name", values="persons", aggfunc="sum", fill_value=0.0
    )
    return outcomes.join(steps / years).join(ends_of(rows) / years)


def ends_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what became of persons who applied for each scheme: each stands under one end.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of runs, as the store keeps them.

    Returns
    -------
    pandas.DataFrame
        A row for each run, columns `ends:scheme:end`; 0 where nobody ended so. Their sum is
        `ends:scheme:applied`.
    """
    fates = rows[(rows["table"] == "scheme_fates") & (rows["group"] == ALL)]
    parts = fates["item"].astype(str).str.split(":", expand=True).reindex(columns=range(3))
    end = parts[2].map(
        {
            each: told
            for told, ends in ENDS.items()
            for each in parts[2].dropna().unique()
            if str(each).startswith(ends)
        }
    )
    of_applied = fates.assign(name="ends:" + parts[0] + ":" + end)[
        parts[0].isin(SCHEMES) & parts[1].isin(APPLIED) & end.notna()
    ]
    found = of_applied.pivot_table(
        index="key", columns="name", values="persons", aggfunc="sum", fill_value=0.0
    )
    names = [f"ends:{scheme}:{each}" for scheme in SCHEMES for each in ENDS]
    found = found.reindex(index=rows["key"].unique(), columns=names, fill_value=0.0)
    sums = {
        f"ends:{scheme}:applied": found[[f"ends:{scheme}:{each}" for each in ENDS]].sum(axis=1)
        for scheme in SCHEMES
    }
    return found.assign(**sums)


def table_of(evidence: Registry) -> pd.DataFrame:
    """Return the table: each change under each reading, and each reading as it is."""
    runs = plan(evidence)
    store = made(runs.design, RUNS, simulate)
    of = evidence.evidence_hash()[:12]
    found = a_year(store.rows(design=runs.design))
    cells = {
        point: found.reindex(list(keys)).reset_index(drop=True)
        for point, keys in zip(points(), runs.keys, strict=True)
    }
    rows = []
    for (change, money, stacking), there in cells.items():
        here = cells[NONE, money, stacking]
        for name in there:
            means = here[name].mean(), there[name].mean()
            differs = contrast(there[name], here[name])
            rows.append((change, money, stacking, name, *means, *differs, of))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def main() -> None:
    """Make what runs are missing, and write the table."""
    table = table_of(registry())
    text = table.to_csv(index=False, lineterminator="\n", float_format="%.6g")
    TABLE.write_bytes(text.encode())
    sys.stdout.write(f"{len(table)} rows in {TABLE}\n")


if __name__ == "__main__":
    main()
