"""Journeys: from first contact to departure, and what came before each independent return.

Only counts by organisation, scheme, place and weeks: no nationality, no single life.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ...agents import codes
from .assistance import FAMILY_GOODS, IN_KIND, WITHOUT_SCHEME
from .caseload import closings
from .departures import independent_returns
from .flows import ARROW, PLACES
from .observer import BACKGROUND, Observed, Observer, labelled, only_weighed

if TYPE_CHECKING:
    from numpy.typing import NDArray

FUNNEL: Final = ("met", "referred", "reached", "applied", "granted", "departed")
ORGANISATIONS: Final = tuple(codes.label(each) for each in codes.Organisation)
# taken: nothing, basic support alone, cash, help in kind, both, or cash with goods for families
PACKAGES: Final = (WITHOUT_SCHEME, "rean", "hrt", "in_kind", "hrt_and_in_kind", "families")
EDGES: Final = (4, 16, 52)  # weeks: the term, all of state shelter, a year
BANDS: Final = ("under_4_weeks", "4_to_15_weeks", "16_to_51_weeks", "52_weeks_or_more")
NEVER: Final = "none"


def packages(departed: pd.DataFrame) -> NDArray[np.object_]:
    """Return with which support each departure was made.

    Returns
    -------
    ndarray of object, shape (n,)
        One of `PACKAGES`; without support unless it went through IOM.
    """
    scheme = departed["scheme"].to_numpy()
    had = departed["iom"].to_numpy() & (scheme > 0)
    cash, kind = (scheme & int(codes.Scheme.HRT)) > 0, (scheme & IN_KIND) > 0
    return np.select(
        [~had, cash & kind, (scheme & FAMILY_GOODS) > 0, cash, kind],
        [WITHOUT_SCHEME, "hrt_and_in_kind", "families", "hrt", "in_kind"],
        default="rean",
    ).astype(object)


def bands(weeks: NDArray[np.generic]) -> NDArray[np.object_]:
    """Return in which band weeks fall; missing or negative ones in none.

    Parameters
    ----------
    weeks : ndarray, shape (n,)
        Weeks, NaN or below 0 where there are none.

    Returns
    -------
    ndarray of object, shape (n,)
        One of `BANDS`, or `none`.
    """
    spent = np.asarray(weeks, dtype=np.float64)
    known = spent >= 0.0  # False for NaN
    band = np.array(BANDS, dtype=object)[np.digitize(np.where(known, spent, 0.0), EDGES)]
    return np.where(known, band, NEVER)


def _pairs(stage: str, left: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{stage}:{a}{ARROW}{package}" for a in left for package in PACKAGES)


JOURNEY_ITEMS: Final = (
    *_pairs("helper", ORGANISATIONS),
    *_pairs("referred_by", ORGANISATIONS),
    *_pairs("met", ORGANISATIONS),
    *_pairs("place", PLACES),
    *_pairs("since_contact", (*BANDS, NEVER)),
    *_pairs("since_file", (*BANDS, NEVER)),
)


def _funnel(observed: Observed) -> pd.DataFrame:
    events = observed.events
    steps = events[events["kind"].isin(FUNNEL)]
    first = steps.drop_duplicates(["kind", "person"])
    contacted = independent_returns(events)
    contacted = contacted[contacted["since_contact"] >= 0]
    return pd.concat([labelled(first, first["kind"].astype(str)), labelled(contacted, "departed")])


def _journeys(observed: Observed) -> pd.DataFrame:
    left = independent_returns(observed.events)
    closed = closings(observed.events)
    file = closed.rename(columns={"weeks": "file_weeks"})[["person", "week", "file_weeks"]]
    keyed = left[["person", "week"]].merge(file, on=["person", "week"], how="left")
    package = ARROW + pd.Series(packages(left), index=left.index, dtype=object)
    by_one = {
        "helper": left["helper"].astype(str),
        "referred_by": left["referred_by"].astype(str),
        "place": left["place"].astype(str),
        "since_contact": pd.Series(bands(left["since_contact"].to_numpy()), index=left.index),
        "since_file": pd.Series(bands(keyed["file_weeks"].to_numpy()), index=left.index),
    }
    counted = [labelled(left, f"{stage}:" + value + package) for stage, value in by_one.items()]
    met = left["met"].to_numpy()
    for organisation in codes.Organisation:
        bit = 1 << organisation
        has = met == 0 if organisation is codes.Organisation.NONE else (met & bit) > 0
        item = f"met:{codes.label(organisation)}" + package[has]
        counted.append(labelled(left[has], item))
    return pd.concat(counted)


JOURNEY_TABLES: Final = (
    Observer(
        table="journey_funnel",
        items=FUNNEL,
        population="persons of the model who meet a helper or apply for assistance",
        unit="person",
        year_rule="year in which the person first takes the step; departed: year of the departure",
        rounding=0,
        blind_spots=(
            "A later step does not include the earlier ones: a person may apply without having met "
            "anybody, and the steps of one person can fall into several years. `departed` counts "
            "persons who returned independently after they had met a helper."
        ),
        source="own (ODD: Observation, paths)",
        count=_funnel,
        dimensions=BACKGROUND,
        cannot_tell=only_weighed(FUNNEL),
    ),
    Observer(
        table="journeys",
        items=JOURNEY_ITEMS,
        population="persons of the model who return independently, with or without a file",
        unit="departure",
        year_rule="year of the departure",
        rounding=0,
        blind_spots=(
            "Each step counts the same independent returns by the support that the person had; "
            "only under `met` a person counts for every organisation that it has met. "
            "`referred_by` is the organisation that last referred the person, `none` if nobody "
            "did. What came before a return need not have led to it. Place and helper are those of "
            "the last week; `since_file` is known only where the return closes a file."
        ),
        source="own (ODD: Observation, paths)",
        count=_journeys,
        cannot_tell=only_weighed(JOURNEY_ITEMS),
    ),
)
