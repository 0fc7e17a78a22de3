"""What the state and municipalities spend, at unit prices; never divided by departures."""

from __future__ import annotations

from typing import Final

import pandas as pd

from ..world.ledgers.accounts import NOT_PUBLIC, ONLY_WEIGHED, POSTS
from .events import years_of
from .items import Items, same
from .observer import Observed, Observer, Units, nobody_weighs

SPENDING: Final = "spending"
TOTAL: Final = "total"


def _spending(observed: Observed) -> list[Units]:
    if observed.spending is None:
        return []
    spent = observed.spending
    year, value = years_of(spent["week"].to_numpy()), spent["euros"].to_numpy()
    code, posts = pd.factorize(spent["post"])
    public = ~spent["post"].isin(NOT_PUBLIC).to_numpy()
    return [
        Units(year, Items(code, tuple(posts)), value=value),
        Units(year[public], same(TOTAL, int(public.sum())), value=value[public]),
    ]


def _cannot_tell(observed: Observed) -> tuple[str, ...]:
    if observed.spending is None:
        return (*POSTS, TOTAL)
    return (*ONLY_WEIGHED, TOTAL) if nobody_weighs(observed) else ()


SPENDING_TABLES: Final = (
    Observer(
        table=SPENDING,
        items=(*POSTS, TOTAL),
        population="what is done for and to persons of the model",
        unit="euro",
        year_rule="year of the week in which it is done",
        rounding=0,
        blind_spots=(
            "The column `persons` holds euros. Unit prices come from different years and are not "
            "brought to the prices of one year; some are guesses (records that begin with price_). "
            "`own_journeys` is what households pay for their journeys, and no part of the total. A "
            "journey through IOM and a ticket of the state have prices of different sources, so "
            "that one is dearer says nothing. "
            "Procedures, courts, police, care and schools are not in it, nor what kin and "
            "organisations pay. Spending stands beside outcomes and is never divided by "
            "departures: only another run shows what would have happened without it."
        ),
        source="own (ODD: Observation)",
        count=_spending,
        cannot_tell=_cannot_tell,
    ),
)
