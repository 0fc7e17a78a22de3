"""Returns: into what danger, and how persons fared at the follow-ups."""

from __future__ import annotations

from typing import Final

import numpy as np

from ...agents import codes
from ...agents.places import IS_HOME
from ...agents.rules import after_return
from ..world.events import Event
from .departures import departures
from .items import Items, named
from .observer import (
    DIMENSIONS,
    Observed,
    Observer,
    Units,
    labelled,
    nobody_weighs,
    only_weighed,
)

AFTER: Final = "after_return"
DANGER: Final = "returns_into_danger"
CHECKS: Final = (26, 52)  # weeks since the return: half of returned_followed_weeks, and all
WAYS: Final = ("independent", "forced", "unobserved")  # how the departure was recorded
BANDS: Final = tuple(codes.label(band) for band in codes.Danger if band is not codes.Danger.NONE)
WENT: Final = tuple(codes.label(how) for how in codes.Went if how is not codes.Went.NONE)
LOW: Final = tuple(f"low_{codes.label(each)}" for each in codes.Dimension)
HIGH: Final = tuple(f"high_{codes.label(each)}" for each in codes.Dimension)
FARED: Final = ("followed", *WENT, "thinks_of_leaving", *LOW, *HIGH)


def item(way: str, what: str, check: int) -> str:
    """Name a row of the table `after_return`.

    Parameters
    ----------
    way : str
        One of `WAYS`.
    what : str
        One of `FARED`.
    check : int
        One of `CHECKS`.

    Returns
    -------
    str
        Such as `forced:hard_52w`.
    """
    return f"{way}:{what}_{check}w"


def _after_return(observed: Observed) -> list[Units]:
    if nobody_weighs(observed):
        return []
    fared = observed.events.of(Event.FARED)
    levels, went, thinks = after_return.unpack(fared["fared"])
    holds = {"followed": np.ones(len(fared), dtype=np.bool_)}
    holds |= {codes.label(how): went == how for how in codes.Went if how is not codes.Went.NONE}
    holds["thinks_of_leaving"] = thinks
    for each in codes.Dimension:
        holds[f"low_{codes.label(each)}"] = levels[:, each] == codes.Embeddedness.LOW
        holds[f"high_{codes.label(each)}"] = levels[:, each] == codes.Embeddedness.HIGH
    way = fared.named("outcome") + ":"
    weeks, code = np.unique(np.rint(fared["weeks"]).astype(int), return_inverse=True)
    check = Items(code, tuple(f"_{week}w" for week in weeks))
    return [labelled(fared.where(mask), (way + what + check)[mask]) for what, mask in holds.items()]


def _into_danger(observed: Observed) -> list[Units]:
    if nobody_weighs(observed):
        return []
    left = departures(observed.events)
    left = left.where(IS_HOME[left["destination"]])
    real, believed = after_return.unpack_danger(left["danger"])
    way, known = left.named("outcome"), real != codes.Danger.NONE
    adult = known & ~left["minor"] & (believed != codes.Danger.NONE)
    real_band = way + ":real_" + named(real, codes.Danger)
    believed_band = way + ":believed_" + named(believed, codes.Danger)
    return [
        labelled(left.where(known), real_band[known]),
        labelled(left.where(adult), believed_band[adult]),
    ]


AFTER_ITEMS: Final = tuple(
    item(way, what, check) for way in WAYS for check in CHECKS for what in FARED
)
DANGER_ITEMS: Final = tuple(
    f"{way}:{seen}_{band}" for way in WAYS for seen in ("real", "believed") for band in BANDS
)


RETURN_TABLES: Final = (
    Observer(
        table=DANGER,
        items=DANGER_ITEMS,
        population="persons who truly return to their origin, recorded or not",
        unit="departure",
        year_rule="year of the departure",
        rounding=0,
        blind_spots=(
            "Danger is 1 minus the safety of the country in that year, from indicators of "
            "countries, in bands cut at assumed lines; nobody's own safety is known. Believed "
            "danger counts adults only. Persons sent to another member state are not in it."
        ),
        source="own (ODD: Observation)",
        count=_into_danger,
        dimensions=DIMENSIONS,
        cannot_tell=only_weighed(DANGER_ITEMS),
    ),
    Observer(
        table=AFTER,
        items=AFTER_ITEMS,
        population="persons who truly returned to their origin, recorded or not",
        unit="person",
        year_rule="year of the follow-up, half a year or a year after the return",
        rounding=0,
        blind_spots=(
            "No Dutch follow-up exists: a plausible picture, not a finding. `followed` counts all "
            "persons who returned that many weeks before, also those who have left again; "
            "sustained, hard and left again add up to it. Minors are judged by the adults of their "
            "household. Changes at origin or in aftercare after the departure no longer affect the "
            "person."
        ),
        source="own (ODD: After return)",
        count=_after_return,
        dimensions=DIMENSIONS,
        cannot_tell=only_weighed(AFTER_ITEMS),
    ),
)
