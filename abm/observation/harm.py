"""Harm, which stands beside the other outcomes in every report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ...agents.places import HELD, UNSHELTERED, labels
from .caseload import closings
from .events import years_of
from .items import same
from .measures import starts
from .observer import Observed, Observer, Units, labelled

if TYPE_CHECKING:
    import pandas as pd

WEEKS_IN: Final = {
    "street": "weeks_on_street",
    "night_shelter": "weeks_in_night_shelter",
    "private_network": "weeks_in_private_network",
}


def _harm(observed: Observed) -> list[Units]:
    minors = observed.events.where(observed.events["minor"])
    return [
        *(_weeks(observed.weekly, (place,), item) for place, item in WEEKS_IN.items()),
        _weeks(observed.weekly, labels(UNSHELTERED), "weeks_without_stable_shelter"),
        labelled(closings(minors), "children_closed"),
        *(labelled(starts(minors, place), "children_detained") for place in HELD),
    ]


def _weeks(weekly: pd.DataFrame, places: tuple[str, ...], item: str) -> Units:
    """Return the weeks that persons spent at some places."""
    there = weekly["place"].isin(places).to_numpy()
    return Units(
        years_of(weekly["week"].to_numpy()[there]),
        same(item, int(there.sum())),
        value=weekly["persons"].to_numpy(np.float64)[there],
    )


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
