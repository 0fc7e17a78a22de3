"""How freely people left who left independently: circumstances, and what each adult had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ...agents.places import HELD
from ..world.events import JUDGED
from .departures import departures
from .observer import Observed, Observer, labelled, within

if TYPE_CHECKING:
    from numpy.typing import NDArray

ADULTS: Final = "voluntariness_of_adults"
NEEDS_WEIGHING: Final = ("informed", "liveable_alternative", "all_three", "own_first_choice")


def _independent(observed: Observed) -> pd.DataFrame:
    left = departures(observed.events)
    return left[left["outcome"] == "independent"]


def _circumstances(observed: Observed) -> pd.DataFrame:
    left = _independent(observed)
    item = np.select(
        [left["minor"], within(left["place"], HELD), left["destitute"]],
        ["children", "from_detention", "destitute"],
        default="from_stable_shelter",
    )
    return labelled(left, pd.Series(item, index=left.index, dtype=object))


def _cannot_tell(observed: Observed) -> tuple[str, ...]:
    """Return the items that need people who weigh, in a run where nobody does."""
    columns = {str(mark.name).lower() for mark in JUDGED}
    return () if columns <= set(observed.events.columns) else NEEDS_WEIGHING


def _of_adults(observed: Observed) -> pd.DataFrame:
    left = _independent(observed)
    left = left[~left["minor"]]
    free = (~within(left["place"], HELD) & ~left["destitute"]).to_numpy()
    holds: dict[str, NDArray[np.bool_]] = {
        "adults": np.ones(len(left), dtype=np.bool_),
        "free_of_detention_and_destitution": free,
    }
    if not _cannot_tell(observed):
        informed, alternative = left["informed"].to_numpy(), left["alternative"].to_numpy()
        holds["informed"], holds["liveable_alternative"] = informed, alternative
        holds["all_three"] = informed & free & alternative
        holds["own_first_choice"] = left["willing"].to_numpy()
    counted = [labelled(left[mask], item) for item, mask in holds.items()]
    return pd.concat(counted, ignore_index=True)


VOLUNTARINESS_TABLES: Final = (
    Observer(
        table="voluntariness",
        items=("from_stable_shelter", "destitute", "from_detention", "children"),
        population="persons who truly left independently, with or without a file",
        unit="departure",
        year_rule="year of the departure",
        rounding=0,
        blind_spots=(
            "Independent says who arranged the journey, not that it was freely chosen. The rows "
            "add up to all independent departures. Freedom is judged for adults: children go with "
            "their household and stand apart. Whether a person was informed, or had an alternative "
            f"to live with, stands in `{ADULTS}`."
        ),
        source="own (ODD: Voluntariness)",
        count=_circumstances,
    ),
    Observer(
        table=ADULTS,
        items=(
            "adults",
            "informed",
            "free_of_detention_and_destitution",
            "liveable_alternative",
            "all_three",
            "own_first_choice",
        ),
        population="adults who truly left independently, with or without a file",
        unit="departure",
        year_rule="year of the departure",
        rounding=0,
        blind_spots=(
            "Each row counts those of `adults` for whom it holds; the rows do not add up. Where "
            "nobody weighs (`decision = hazards`) there is no knowledge, income or preference to "
            "judge by: informed, a liveable alternative, all three and own first choice are "
            "missing then, which is not nobody. Judged in the week of departure by lines that are "
            "assumed (records informed_from, needs_met_from). Informed is knowledge of support; "
            "what is left in law is not apart from it. An alternative asks for a roof and needs "
            "met, not for a permit, safety or prospects. Own first choice may be one of evils. Who "
            "was under 18 at entry counts as a child."
        ),
        source="own (ODD: Voluntariness; glossary: voluntariness)",
        count=_of_adults,
        cannot_tell=_cannot_tell,
    ),
)
