"""Families and children: who left, and whether households stayed together."""

from __future__ import annotations

from typing import Final

import pandas as pd

from ...agents.places import HOME, labels
from .departures import departures
from .observer import BACKGROUND, ORIGIN_GROUP, Observed, Observer, labelled, within

FAMILIES: Final = "families"
ABROAD: Final = (*labels(HOME), "member_state", "onward")
FAMILY_ITEMS: Final = ("children_left", "children_returned", "families_left", "families_separated")


def _families(observed: Observed) -> pd.DataFrame:
    events = observed.events
    left = departures(events)
    abroad = left[left["destination"].isin(ABROAD)]
    minors = abroad[abroad["minor"]]
    with_child = abroad[abroad["family"]].drop_duplicates("household")
    separated = _separated(events, left, abroad)
    return pd.concat(
        [
            labelled(minors, "children_left"),
            labelled(minors[within(minors["destination"], HOME)], "children_returned"),
            labelled(with_child, "families_left"),
            labelled(separated, "families_separated"),
        ]
    )


def _separated(events: pd.DataFrame, left: pd.DataFrame, abroad: pd.DataFrame) -> pd.DataFrame:
    """Return the first departure abroad of each household that did not leave as one."""
    members = events.loc[events["kind"] == "entered", "household"].value_counts()
    together = left.groupby(["household", "week", "destination"], observed=True).size()
    whole = members.reindex(together.index.get_level_values("household")).to_numpy()
    torn = set(together.index.get_level_values("household")[together.to_numpy() < whole])
    return abroad[abroad["household"].isin(torn)].drop_duplicates("household")


FAMILY_TABLES: Final = (
    Observer(
        table=FAMILIES,
        items=FAMILY_ITEMS,
        population="children, and households of more than one person, who leave the Netherlands",
        unit="departure",
        year_rule="year of the departure; for households, of the first departure",
        rounding=0,
        blind_spots=(
            "Items that begin with `families_` count households, the others persons. Separated: "
            "some members leave and others stay or go elsewhere. In the model households leave "
            "together, as the check before a removal requires (s2 L293-300), so this is 0 unless "
            "somebody adds a rule that separates them. Separation from kin outside the household "
            "stands in `weeks_lived`. A child was under 18 at entry."
        ),
        source="own (ODD: Observation)",
        count=_families,
        dimensions={**BACKGROUND, **ORIGIN_GROUP},
    ),
)
