"""Returns: into what danger, and how persons fared at the follow-ups."""

from __future__ import annotations

from typing import Final

import pandas as pd

from ...agents import codes
from ...agents.places import HOME
from .departures import departures
from .observer import DIMENSIONS, Observed, Observer, labelled, nobody_weighs, only_weighed, within

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


def _after_return(observed: Observed) -> pd.DataFrame:
    fared = observed.events[observed.events["kind"] == "fared"]
    if nobody_weighs(observed):
        return labelled(fared, "")
    holds: dict[str, pd.Series[bool]] = {"followed": pd.Series(data=True, index=fared.index)}
    holds |= {how: fared["went"] == how for how in WENT}
    holds["thinks_of_leaving"] = fared["thinks_of_leaving"]
    for dimension in map(codes.label, codes.Dimension):
        holds |= {f"{level}_{dimension}": fared[dimension] == level for level in ("low", "high")}
    way = fared["outcome"].astype(str) + ":"
    weeks = "_" + fared["weeks"].round().astype(int).astype(str) + "w"
    return pd.concat(
        [labelled(fared[mask], (way + what + weeks)[mask]) for what, mask in holds.items()]
    )


def _into_danger(observed: Observed) -> pd.DataFrame:
    left = departures(observed.events)
    if nobody_weighs(observed):
        return labelled(left[:0], "")
    left = left[within(left["destination"], HOME) & (left["danger"] != "none")]
    way = left["outcome"].astype(str)
    adult = ~left["minor"] & (left["believed_danger"] != "none")
    return pd.concat(
        [
            labelled(left, way + ":real_" + left["danger"].astype(str)),
            labelled(
                left[adult], (way + ":believed_" + left["believed_danger"].astype(str))[adult]
            ),
        ]
    )


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
