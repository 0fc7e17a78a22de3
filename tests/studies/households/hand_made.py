"""Lives made by hand: one adult, and what is told of it week by week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from terugkeer.agents.codes import LegalPhase, Place
from terugkeer.viz.figures.life_course import LINES

from studies.households.lives import THREE, Life
from studies.households.story import FORCES

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

NAMES = (
    "place", "phase", "stage", "application", "helper", "helper_since", "spell_open", "sessions",
    "talks", "talked_week", "reading", "choice", "identified", "document", "discretionary_eur",
    "cash_eur", "in_kind_eur", "debt_eur", "mental", *FORCES, *LINES,
)  # fmt: skip
EVENT = {
    "week": 0,
    "kind": "left",
    "person": int(THREE["he"].adults[0]),
    "place": "street",
    "outcome": "independent",
    "destination": "origin",
    "helper": "none",
    "scheme": 0,
    "went": "none",
    "destitute": False,
    "informed": False,
    "alternative": False,
    "willing": False,
}
NOTE = {"week": 0, "person": EVENT["person"], "belief": "hope", "before": 0.2, "after": 0.3}


def life(
    *events: dict[str, Any],
    weeks: int = 3,
    heard: tuple[dict[str, Any], ...] = (),
    **states: ArrayLike,
) -> Life:
    """Return a life on the street without a term, but for what is given by week."""
    columns = {name: np.zeros((1 + weeks, 1)) for name in NAMES}
    columns["place"][:] = Place.STREET
    columns["phase"][:] = LegalPhase.OBLIGED
    for name, values in states.items():
        columns[name] = np.asarray(values, dtype=np.float64).reshape(1 + weeks, -1)
    return Life(
        columns,
        pd.DataFrame([{**EVENT, **each} for each in events], columns=list(EVENT)),
        pd.DataFrame([{**NOTE, **each} for each in heard], columns=list(NOTE)),
    )
