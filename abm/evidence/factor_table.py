"""The catalogue of factors as one table, for the page, the figure and `explain factors`."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from .factor import FORCES, OPTION_NAMES
from .prior import Distribution

if TYPE_CHECKING:
    from .factor import Factor, ForceName
    from .record import Record
    from .registry import Registry

FORCE_MEANINGS: Final[dict[ForceName, str]] = {
    "push": "against life in the Netherlands as it is, or is expected to become",
    "pull": "toward the country of origin",
    "stay": "what holds people in the Netherlands",
    "deter": "against the country of origin",
}
MIDDLE: Final = (0.025, 0.975)  # the ends of the central 95 % of a prior
COLUMNS: Final = (
    "force", "name", "title", "variable", "transform", "concerns", *OPTION_NAMES, "weight",
    "low", "high", "kind", "grade", "sources", "disputed",
)  # fmt: skip


def factor_table(registry: Registry) -> pd.DataFrame:
    """Return the catalogue of factors.

    Returns
    -------
    pandas.DataFrame
        One row for each factor: by force in the order of `FORCES`, then from
        the largest weight to the smallest. Columns `force`; `name` of the
        record; `title`; `variable`, `transform` and `concerns` as written;
        `wait`, `return`, `out_of_sight` and `move_on`, the signed multiples
        (0 for none); `weight` in log odds over the full range of the variable;
        `low` and `high`, the central 95 % of the prior within its bounds;
        `kind`; `grade`; `sources`, the keys of the documents; `disputed`.
    """
    rows = [_row(registry, record) for record in registry.factors()]
    rows.sort(key=lambda row: (FORCES.index(row["force"]), -row["weight"]))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(registry: Registry, record: Record) -> dict[str, Any]:
    factor = record.factor
    assert factor is not None  # noqa: S101 (`factors` gives no others)
    assert isinstance(record.prior, Distribution)  # noqa: S101 (a weight has a prior of numbers)
    low, high = record.prior.quantile(MIDDLE, record.limits())
    return {
        "force": factor.force,
        "name": record.name,
        "title": record.title,
        "variable": factor.variable,
        "transform": factor.transform,
        "concerns": factor.concerns,
        **{option: factor.multiple(option) for option in OPTION_NAMES},
        "weight": record.value,
        "low": float(low),
        "high": float(high),
        "kind": record.kind,
        "grade": registry.grade(record.name),
        "sources": " ".join(sorted({each.ref for each in record.sources})),
        "disputed": factor.disputed,
    }


def directions(factor: Factor) -> str:
    """Return what a factor does to each option, in words.

    Returns
    -------
    str
        For example `return +1, out of sight -1`, the strongest first.
    """
    ordered = sorted(factor.options.items(), key=lambda each: -abs(each[1]))
    return ", ".join(f"{option.replace('_', ' ')} {each:+g}" for option, each in ordered)


def table_digest(table: pd.DataFrame) -> str:
    """Return a hash of the catalogue, which tells whether a figure of it is current.

    Parameters
    ----------
    table : pandas.DataFrame
        As `factor_table` gives it.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    text = table.to_csv(index=False, float_format="%.6g", lineterminator="\n")
    return hashlib.sha256(text.encode()).hexdigest()
