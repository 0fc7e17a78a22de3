"""Families and children: who left, and whether households stayed together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ...agents.codes import Destination
from ...agents.places import HOME, IS_HOME, table
from ..world.events import Event
from .departures import departures
from .observer import BACKGROUND, ORIGIN_GROUP, Observed, Observer, Units, labelled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .events import Events

FAMILIES: Final = "families"
ABROAD: Final = table(*HOME, Destination.MEMBER_STATE, Destination.ONWARD)
FAMILY_ITEMS: Final = ("children_left", "children_returned", "families_left", "families_separated")


def _families(observed: Observed) -> list[Units]:
    left = departures(observed.events)
    abroad = left.where(ABROAD[left["destination"]])
    minors = abroad.where(abroad["minor"])
    torn = np.isin(abroad["household"], _torn(observed.events.of(Event.ENTERED), left))
    return [
        labelled(minors, "children_left"),
        labelled(minors.where(IS_HOME[minors["destination"]]), "children_returned"),
        labelled(abroad.where(abroad["family"]).first("household"), "families_left"),
        labelled(abroad.where(torn).first("household"), "families_separated"),
    ]


def _torn(entered: Events, left: Events) -> NDArray[np.integer]:
    """Return the households of which some left, but not all together."""
    members = pd.Series(entered["household"]).value_counts()
    together = left.key("household", "week", "destination")
    _, at, size = np.unique(together, return_index=True, return_counts=True)
    household = left["household"][at]
    return household[size < members.reindex(household).to_numpy()]


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
