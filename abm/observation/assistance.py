"""Assistance: applications and what became of them, and support that leavers had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from ...agents import codes
from .departures import departures, nobody_applies
from .observer import BACKGROUND, DIMENSIONS, Observed, Observer, labelled

if TYPE_CHECKING:
    from collections.abc import Mapping

# what an event of an application is called, here and in the funnel of journeys
STEPS: Final = ("applied", "granted", "refused", "withdrawn")
SCHEMES: Final[Mapping[str, int]] = {
    str(scheme.name).lower(): int(scheme)
    for scheme in codes.Scheme
    if scheme is not codes.Scheme.NONE
}
IN_KIND: Final = int(codes.Scheme.IN_KIND | codes.Scheme.PILOT)
FAMILIES: Final = int(codes.Scheme.FAMILIES)  # goods beside cash: no help in kind of its own
DISCRETIONARY: Final = int(codes.Scheme.DISCRETIONARY)
SUPPORT: Final = {
    "rean": int(codes.Scheme.REAN),
    "hrt_cash": int(codes.Scheme.HRT),
    "in_kind": IN_KIND,
    "families": FAMILIES,
}
WITHOUT_SCHEME: Final = "without"


def with_support(events: pd.DataFrame) -> pd.DataFrame:
    """Return departures to the origin with support, all of which go through IOM.

    Parameters
    ----------
    events : pandas.DataFrame
        `EventLog.frame()`.

    Returns
    -------
    pandas.DataFrame
        Its rows.
    """
    left = departures(events)
    return left[left["iom"] & (left["destination"] == "origin") & (left["scheme"] > 0)]


def _by_bits(events: pd.DataFrame, items: Mapping[str, int]) -> pd.DataFrame:
    """Count each event under every item one of whose bits it has."""
    return pd.concat(
        [labelled(events[(events["scheme"] & bits) > 0], item) for item, bits in items.items()]
    )


def _assistance(observed: Observed) -> pd.DataFrame:
    events = observed.events
    asked = events[events["kind"].isin(STEPS)]
    supported = with_support(events)
    independent = departures(events)
    independent = independent[independent["outcome"] == "independent"]
    paid = (independent["scheme"] & DISCRETIONARY) > 0
    without = independent[~independent.index.isin(supported.index) & ~paid]
    departed = {f"departed:{name}": bits for name, bits in SCHEMES.items() if bits != DISCRETIONARY}
    return pd.concat(
        [
            labelled(asked, asked["kind"].astype(str)),
            labelled(supported, "departed"),
            _by_bits(supported, departed),
            labelled(independent[paid], "departed:discretionary"),
            labelled(without, f"departed:{WITHOUT_SCHEME}"),
        ]
    )


def _support_received(observed: Observed) -> pd.DataFrame:
    return _by_bits(with_support(observed.events), SUPPORT)


ASSISTANCE_ITEMS: Final = (
    *STEPS,
    "departed",
    *(f"departed:{name}" for name in (*SCHEMES, WITHOUT_SCHEME)),
)


def _none_of(items: tuple[str, ...], observed: Observed) -> tuple[str, ...]:
    return items if nobody_applies(observed) else ()


ASSISTANCE_TABLES: Final = (
    Observer(
        table="assistance",
        items=ASSISTANCE_ITEMS,
        population="persons of the model who apply for assistance or leave independently",
        unit="transition",
        year_rule="year of the event",
        rounding=0,
        blind_spots=(
            "Who is granted may leave in a later year, so steps of one year are no shares of one "
            "another. A person has several schemes: rows by scheme do not add up. `discretionary` "
            "is what a case manager pays, to who leaves through IOM or otherwise; `departed` is "
            "with support through IOM. Persons who "
            "never had a file and are not in the model apply to IOM as well."
        ),
        source="own (ODD: Assistance)",
        count=_assistance,
        dimensions=DIMENSIONS,
        cannot_tell=lambda observed: _none_of(ASSISTANCE_ITEMS, observed),
    ),
    Observer(
        table="iom_support_received",
        items=tuple(SUPPORT),
        population="persons of the model who return to their origin through IOM",
        unit="departure",
        year_rule="year of the departure",
        rounding=0,
        blind_spots=(
            "The published rows also count persons who never had a file; `rean` equals departures "
            "through IOM there and is no second target. Cash and help in kind overlap from 2012. "
            "Goods for families beside their cash are no help in kind here, and no published row; "
            "whether the published one in kind holds them is not said."
        ),
        source="s4 B8 (table 14, L3628-3665)",
        count=_support_received,
        dimensions=BACKGROUND,
        cannot_tell=lambda observed: _none_of(tuple(SUPPORT), observed),
    ),
)
