"""Two lives of an invented household, for its picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.runs.provenance import sources_sha256
from terugkeer.agents.codes import LegalPhase, Place, label
from terugkeer.viz.figures.life_course import LINES, life_course_png
from terugkeer.viz.figures.picture import Provenance

from .lives import CHANGE_DAY, CHANGE_WEEK, SCALE, THREE
from .story import DOTS, EVENT, happened
from .weighed import WEEK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .fates import Pair
    from .lives import Life

FIRST: Final = CHANGE_WEEK - WEEK + 1  # week of the walk in which the other policy holds first
ON_RECORD: Final = "as on record"
OTHER_POLICY: Final = {
    "he": "shelter by day and night",
    "family": "talks about the future",
    "she": "twice the counsellors",
}
TITLES: Final = {
    "he": "An invented man whom fear has closed",
    "family": "An invented family with school-age children",
    "she": "An invented woman who considers return",
}


def here(life: Life) -> NDArray[np.bool_]:
    """Return in which weeks a household is in the model and has not returned.

    Returns
    -------
    ndarray of bool, shape (1 + weeks,)
        True while it lives here.
    """
    phase = life.states["phase"][:, 0]
    return np.asarray(~np.isnan(phase) & (phase != LegalPhase.RETURNED))


def weekly(who: str, pair: Pair) -> pd.DataFrame:
    """Return what the lines and bands of the picture show.

    Returns
    -------
    pandas.DataFrame
        As `viz.figures.life_course` takes it.
    """
    parts = []
    for words, life in zip(titles(who), pair.lives, strict=True):
        for adult, name in enumerate(THREE[who].household.adults):
            place = life.states["place"][:, adult]
            named = ["" if np.isnan(code) else label(Place(int(code))) for code in place]
            lines = {
                each: np.where(here(life), life.states[each][:, adult], np.nan) for each in LINES
            }
            frame = pd.DataFrame({"week": range(len(place)), "place": named, **lines})
            parts.append(frame.assign(life=words, adult=name))
    return pd.concat(parts, ignore_index=True)


def titles(who: str) -> tuple[str, str]:
    """Return what the picture calls the two lives."""
    day = f"{CHANGE_DAY.day} {CHANGE_DAY:%B %Y}"
    return ON_RECORD, f"with {OTHER_POLICY[who]} from {day} on"


def picture(who: str, pair: Pair) -> bytes:
    """Return the picture of two lives."""
    events = []
    for words, life in zip(titles(who), pair.lives, strict=True):
        found = happened(who, life)
        events.append(found[found["what"].isin([*DOTS, EVENT])].assign(life=words))
    return life_course_png(
        TITLES[who],
        weekly(who, pair),
        pd.concat(events, ignore_index=True),
        (FIRST, "other policy holds"),
        Provenance(
            f"record and {THREE[who].lever}",
            (pair.seed,),
            SCALE,
            registry().evidence_hash(),
            sources_sha256(),
        ),
    )
