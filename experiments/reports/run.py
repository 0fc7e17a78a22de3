"""What `run` tells: outcomes beside the record, and always harm and voluntariness beneath."""

from __future__ import annotations

import math
import shlex
from typing import TYPE_CHECKING, Any, Final

from ...abm.observation.departures import UNOBSERVED_PLACES
from ...abm.observation.outcomes import OUTCOMES as OUTCOMES_TOLD
from ...abm.observation.outcomes import outcomes
from ...abm.observation.voluntariness import ADULTS
from ...calibration.record import beside_record
from ...viz.figures.palette import DESTINATIONS, HARM, OUTCOMES, PLACES, VOLUNTARINESS, by_label

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd
    from rich.console import Console

SPLIT: Final = "dtv_caseload_outflow"
TOTAL: Final = "dtv_caseload_outflow_total"
MILLION: Final = 1e6
WITHHELD: Final = "withheld: blind test"
LABELS: Final[Mapping[str, Mapping[str, str]]] = {
    SPLIT: {name: look.label for name, look in by_label(OUTCOMES).items() if name != "none"},
    TOTAL: {"total": "all closed files"},
    "harm": HARM,
    "voluntariness": {name: look.label for name, look in VOLUNTARINESS.items()},
    "unobserved_true_place": {
        name: {**by_label(PLACES), **by_label(DESTINATIONS)}[name].label
        for name in UNOBSERVED_PLACES
    },
    ADULTS: {
        "adults": "adults who returned independently",
        "informed": "of them informed about support",
        "free_of_detention_and_destitution": "of them free of detention and destitution",
        "liveable_alternative": "of them with a liveable alternative",
        "all_three": "of them all three",
        "own_first_choice": "of them with return as their own first choice",
    },
}
HEADINGS: Final = {
    "harm": "Harm",
    "voluntariness": "Independent returns, by circumstance",
    "unobserved_true_place": "Closed with whereabouts unknown: where they truly are (assumed)",
}


# outcomes that `run` prints for the whole period, of all that it writes
SHOWN: Final = (
    "returned",
    "returned_unseen",
    "moved_on",
    "out_of_sight_end",
    "share_all_three",
    "weeks_without_stable_shelter",
    "share_poor_mental_health",
    "children_returned",
    "families_separated",
    "returned_into_high_real_danger",
    "returned_into_high_believed_danger",
    "share_sustained_52w",
    "share_left_again_52w",
    "spending_total",
)


def told(
    yearly: pd.DataFrame, record: pd.DataFrame, about: Mapping[str, Any], folder: Path
) -> dict[str, Any]:
    """Return everything that `run` tells, in types that JSON knows.

    Parameters
    ----------
    yearly : pandas.DataFrame
        `RunTables.yearly`.

    Returns
    -------
    dict
        Keys of `about`, `folder`, `recorded_outcomes`, `harm`,
        `voluntariness`, `unobserved_true_place`, `voluntariness_of_adults`,
        `outcomes`, `next`. Each row has `item, label, year, mean, low, high`, and recorded
        outcomes also `record`, `difference` and `note`; those of `outcomes` are
        of the whole period, with `outcome, label, unit`.
    """
    beside = beside_record(yearly[yearly["group"] == "all"], record[record["group"] == "all"])
    years_recorded = set(record.loc[record["table"] == SPLIT, "year"])
    outcomes = _rows(beside, SPLIT) + _rows(beside, TOTAL)
    for row in outcomes:
        withheld = row["record"] is None and row["year"] not in years_recorded
        row["note"] = WITHHELD if withheld else ""
    outcomes.sort(key=lambda row: int(row["year"]))
    more = f"terugkeer resume {shlex.quote(str(folder))} --seeds {2 * len(about['seeds'])}"
    drop = ("record", "difference")
    blocks = {
        table: [
            {key: value for key, value in row.items() if key not in drop}
            for row in _rows(beside, table)
        ]
        for table in (*HEADINGS, ADULTS)
    }
    return {
        **about,
        "folder": folder.as_posix(),
        "recorded_outcomes": outcomes,
        **blocks,
        "outcomes": outcome_rows(yearly),
        "next": [
            f"look at the pictures in {(folder / 'figures').as_posix()}",
            f"read all tables in {(folder / 'yearly.csv').as_posix()}",
            f"{more} adds seeds",
            "terugkeer explain NAME shows where a value comes from",
        ],
    }


def outcome_rows(yearly: pd.DataFrame) -> list[dict[str, Any]]:
    """Return every outcome over the whole period, in types that JSON knows.

    Parameters
    ----------
    yearly : pandas.DataFrame
        `RunTables.yearly`.

    Returns
    -------
    list of dict
        `outcome, label, unit, mean, low, high` over seeds, in the order of the registry.
    """
    values = outcomes(yearly)
    whole = values[(values["group"] == "all") & values["period"].str.contains("-")]
    over_seeds = whole.groupby("outcome")["value"].agg(["mean", "min", "max"])
    found = []
    for each in OUTCOMES_TOLD:
        mean, low, high = (_plain(float(value)) for value in over_seeds.loc[each.id].to_numpy())
        words = {"outcome": each.id, "label": each.label, "unit": each.unit}
        found.append({**words, "mean": mean, "low": low, "high": high})
    return found


def _rows(beside: pd.DataFrame, table: str) -> list[dict[str, Any]]:
    """Return a table's rows, in the order of its labels and by year."""
    rows = beside[beside["table"] == table].set_index(["item", "year"])
    years = sorted(set(rows.index.get_level_values("year")))
    found = []
    for item, label in LABELS[table].items():
        for year in years:
            row = rows.loc[(item, year)]
            numbers = {
                key: _plain(float(row[key]))
                for key in ("mean", "low", "high", "record", "difference")
            }
            found.append({"item": item, "label": label, "year": int(year), **numbers})
    return found


def _plain(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 6)


def show(content: Mapping[str, Any], console: Console) -> None:
    """Print what `told` returns.

    Parameters
    ----------
    console : rich.console.Console
        Where to.
    """
    from rich.table import Table

    seeds = content["seeds"]
    console.print(
        f"\nScenario {content['scenario']['name']}, {len(seeds)} seed(s), "
        f"scale {content['scale']:g}; {content['notice']}.",
        highlight=False,
    )
    table = Table(title="How DT&V files closed, persons", title_justify="left")
    table.add_column("year")
    table.add_column("recorded outcome", no_wrap=True)
    for head in ("simulated", "range over seeds", "record", "difference"):
        table.add_column(head, justify="right")
    before = None
    for row in content["recorded_outcomes"]:
        new = row["year"] != before
        if new and before is not None:
            table.add_section()
        before = row["year"]
        table.add_row(
            str(row["year"]) if new else "",
            row["label"],
            _count(row["mean"]),
            f"{_count(row['low'])} to {_count(row['high'])}",
            row["note"] or _count(row["record"]),
            "" if row["difference"] is None else f"{row['difference']:+,.0f}",
        )
    console.print(table)
    for name, heading in HEADINGS.items():
        console.print(_by_year(content[name], heading))
        if name == "voluntariness":
            console.print(freely(content[ADULTS]), highlight=False, soft_wrap=True)
    console.print(_whole_period(content))
    console.print(
        f"{content['record_seen']} Recorded counts are rounded to tens.",
        highlight=False,
    )
    console.print(f"\nWritten to {content['folder']}. Next:", highlight=False, soft_wrap=True)
    for line in content["next"]:
        console.print(f"  {line}", highlight=False, soft_wrap=True)


def freely(rows: list[dict[str, Any]]) -> str:
    """Return in one line how freely adults returned independently.

    Parameters
    ----------
    rows : list of dict
        Rows of `voluntariness_of_adults`: `item`, `year`, and `mean`, which is
        None where the run can't tell.

    Returns
    -------
    str
        Shares over all years, of means over seeds.
    """
    sums: dict[str, float | None] = {}
    for row in rows:
        before, mean = sums.get(row["item"], 0.0), row["mean"]
        sums[row["item"]] = None if before is None or mean is None else before + mean
    adults = sums["adults"]
    if not adults:
        return "No adult returned independently."
    share = {
        item: "" if held is None else f"{100.0 * held / adults:.0f} %"
        for item, held in sums.items()
    }
    free = f"{share['free_of_detention_and_destitution']} free of detention and destitution"
    if not share["all_three"]:
        return (
            f"Of adults who returned independently: {free}. Runs in which nobody weighs options "
            "can't tell how many were informed or had a liveable alternative."
        )
    return (
        f"Of adults who returned independently: {share['informed']} informed, {free}, "
        f"{share['liveable_alternative']} with a liveable alternative, all three "
        f"{share['all_three']}."
    )


def _by_year(rows: list[dict[str, Any]], heading: str) -> Any:  # noqa: ANN401 - rich.table.Table
    from rich.table import Table

    years = sorted({row["year"] for row in rows})
    table = Table(title=f"{heading} (mean over seeds)", title_justify="left")
    table.add_column("")
    for year in years:
        table.add_column(str(year), justify="right")
    for item in dict.fromkeys(row["item"] for row in rows):
        own = [row for row in rows if row["item"] == item]
        table.add_row(own[0]["label"], *(_count(row["mean"]) for row in own))
    return table


def _whole_period(content: Mapping[str, Any]) -> Any:  # noqa: ANN401 - rich.table.Table
    from rich.table import Table

    years = f"{content['first_year']}-{content['last_year']}"
    title = f"What truly became of persons, {years} (mean and range over seeds; assumed)"
    table = Table(title=title, title_justify="left")
    table.add_column("")
    table.add_column("unit", no_wrap=True)
    for head in ("simulated", "range over seeds"):
        table.add_column(head, justify="right")
    rows = {row["outcome"]: row for row in content["outcomes"]}
    for row in (rows[name] for name in SHOWN):
        mean, low, high = (_whole(row[key], row["unit"]) for key in ("mean", "low", "high"))
        unit = "million euro" if row["unit"] == "euro" else row["unit"]
        table.add_row(row["label"], unit, mean, f"{low} to {high}" if low else "")
    return table


def _whole(value: float | None, unit: str) -> str:
    """Return a value no finer than its unit bears: prices are rough."""
    if value is None:
        return ""
    if unit == "euro":
        return f"{value / MILLION:,.0f}"
    return f"{value:,.2f}" if unit in {"share", "week per person-year"} else f"{value:,.0f}"


def _count(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}"
