"""Harm, which stands beside the other outcomes in every report."""

from __future__ import annotations

from typing import Final

import pandas as pd

from ...agents.places import HELD, UNSHELTERED, labels
from .caseload import closings
from .measures import starts
from .observer import Observed, Observer, labelled, within, years_of

WEEKS_IN: Final = {
    "street": "weeks_on_street",
    "night_shelter": "weeks_in_night_shelter",
    "private_network": "weeks_in_private_network",
}


def _harm(observed: Observed) -> pd.DataFrame:
    weekly = observed.weekly[observed.weekly["place"].isin(list(WEEKS_IN))]
    year = years_of(weekly["week"])
    value = weekly["persons"].astype(float)
    by_place = pd.DataFrame(
        {"year": year, "item": weekly["place"].astype(str).map(WEEKS_IN), "value": value}
    )
    unstable = by_place[within(weekly["place"], UNSHELTERED)].assign(
        item="weeks_without_stable_shelter"
    )
    minors = observed.events[observed.events["minor"]]
    held = pd.concat([starts(minors, place) for place in labels(HELD)])
    children = [
        labelled(closings(minors), "children_closed"),
        labelled(held, "children_detained"),
    ]
    counted = [rows[["year", "item"]].assign(value=float(observed.scale)) for rows in children]
    return pd.concat([by_place, unstable, *counted], ignore_index=True)


HARM_TABLES: Final = (
    Observer(
        table="harm",
        items=(
            "weeks_without_stable_shelter",
            *WEEKS_IN.values(),
            "children_closed",
            "children_detained",
        ),
        population="all persons of the model who live in the Netherlands",
        unit="person_week",
        year_rule="year of the week, the closing or the placement",
        rounding=0,
        blind_spots=(
            "Items that begin with `weeks_` count person-weeks, the others closings or placements. "
            "Without stable shelter: on the street or in shelter for the night only. A private "
            "network counts as stable shelter by assumption; it has a row of its own, so that a "
            "reader can count it otherwise. A child was under 18 at entry. Placements are those in "
            "detention and in the closed family facility."
        ),
        source="own (ODD: Observation; glossary: stable shelter)",
        count=_harm,
    ),
)
