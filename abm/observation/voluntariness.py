"""How freely persons returned independently: from what circumstances, and what each adult had."""

from __future__ import annotations

from typing import Final

import numpy as np

from ...agents.places import IS_HELD
from .departures import independent_returns
from .items import first_of
from .observer import Observed, Observer, Units, labelled, nobody_weighs, only_weighed

ADULTS: Final = "voluntariness_of_adults"
NEEDS_WEIGHING: Final = ("informed", "liveable_alternative", "all_three", "own_first_choice")


def _circumstances(observed: Observed) -> list[Units]:
    left = independent_returns(observed.events)
    holds = {
        "children": left["minor"],
        "from_detention": IS_HELD[left["place"]],
        "destitute": left["destitute"],
    }
    return [labelled(left, first_of(holds, "from_stable_shelter"))]


def _of_adults(observed: Observed) -> list[Units]:
    left = independent_returns(observed.events)
    left = left.where(~left["minor"])
    free = ~IS_HELD[left["place"]] & ~left["destitute"]
    holds = {
        "adults": np.ones(len(left), dtype=np.bool_),
        "free_of_detention_and_destitution": free,
    }
    if not nobody_weighs(observed):
        informed, alternative = left["informed"], left["alternative"]
        holds["informed"], holds["liveable_alternative"] = informed, alternative
        holds["all_three"] = informed & free & alternative
        holds["own_first_choice"] = left["willing"]
    return [labelled(left.where(mask), item) for item, mask in holds.items()]


VOLUNTARINESS_TABLES: Final = (
    Observer(
        table="voluntariness",
        items=("from_stable_shelter", "destitute", "from_detention", "children"),
        population="persons who truly returned independently, with or without a file",
        unit="departure",
        year_rule="year of the departure",
        rounding=0,
        blind_spots=(
            "'Independently' says who arranged the journey, not that it was freely chosen. The "
            "rows add up to all independent returns. Freedom is judged for adults: children go "
            "with their household and have a row of their own. Whether an adult was informed, or "
            f"had a liveable alternative, stands in `{ADULTS}`."
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
        population="adults who truly returned independently, with or without a file",
        unit="departure",
        year_rule="year of the departure",
        rounding=0,
        blind_spots=(
            "Each row counts those of `adults` for whom it holds; the rows do not add up. Where "
            "nobody weighs (`decision = hazards`) there is no knowledge, income or preference to "
            "judge by: informed, a liveable alternative, all three and own first choice are then "
            "missing, not 0. Judged in the week of departure, by assumed lines (records "
            "informed_from, needs_met_from). Informed means that the adult knows of support; "
            "knowledge of legal options is not told apart. A liveable alternative is a roof and "
            "needs met, not a permit, safety or prospects. The own first choice may be one that "
            "the adult does not want. A person under 18 at entry counts as a child."
        ),
        source="own (ODD: Voluntariness; glossary: voluntariness)",
        count=_of_adults,
        cannot_tell=only_weighed(NEEDS_WEIGHING),
    ),
)
