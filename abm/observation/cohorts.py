"""Cohorts: where persons are two years after their first file opened."""

from __future__ import annotations

from typing import Final

import pandas as pd

from .departures import TRUE_ITEMS, departures, true_outcome
from .observer import DIMENSIONS, Observed, Observer, labelled, years_of

COHORTS: Final = "cohorts"
COHORT_WEEKS: Final = 104  # departures are looked at within two years of a rejection (s4 G8)
STILL_HERE: Final = ("file_open", "out_of_view")
COHORT_ITEMS: Final = ("opened", *TRUE_ITEMS, *STILL_HERE)


def _cohorts(observed: Observed) -> pd.DataFrame:
    events = observed.events
    first = events[events["kind"] == "opened"].drop_duplicates("person")
    end = first["week"] + COHORT_WEEKS
    last = int(events["week"].max()) if len(events) else 0
    first, end = first[end <= last], end[end <= last]
    first = first.assign(year=years_of(end), end=end)
    left = departures(events).drop_duplicates("person").set_index("person")
    files = events.loc[events["kind"].isin(["opened", "closed"]), ["week", "person", "kind"]]
    state = pd.merge_asof(
        first[["person", "end"]].reset_index().sort_values("end", kind="stable"),
        files.sort_values("week", kind="stable"),
        left_on="end",
        right_on="week",
        by="person",
    ).set_index("index")
    here = (state["kind"] == "opened").map(dict(zip((True, False), STILL_HERE, strict=True)))
    gone = first["person"].map(left["week"]) <= end
    item = first["person"].map(true_outcome(left)).where(gone, here.reindex(first.index))
    return pd.concat([labelled(first, "opened"), labelled(first, item)])


COHORT_TABLES: Final = (
    Observer(
        table=COHORTS,
        items=COHORT_ITEMS,
        population="persons whose first file opened two years before",
        unit="person",
        year_rule="year in which the two years end",
        rounding=0,
        blind_spots=(
            "The items after `opened` add up to it. A person whose file closed as unobserved and "
            "who still lives in the Netherlands counts as out of view; with a new file the person "
            "counts under `file_open`. Older hidden persons count from the first file that the "
            "model knows."
        ),
        source="own (ODD: Observation, cohorts)",
        count=_cohorts,
        dimensions=DIMENSIONS,
    ),
)
