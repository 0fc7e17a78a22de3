"""Switches: contested mechanisms, and the function that each alternative stands for.

A new alternative is one function here and its name in the record of the switch.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ...agents.rules.alternatives import (
    ACTIVATION,
    AGE,
    ASSISTANCE,
    BELIEVED_INSECURITY,
    CALM_OR_URGENCY,
    CO_LOCATION,
    HEALTH_ACTS,
    RANKINGS,
    SHELTER_END,
    THREAT,
    emphasis,
)
from ...agents.rules.assistance import (
    ASSISTANCE_DRAWS_INFLOW,
    MONEY,
    PREFERENCES,
    STACKING,
    offer,
)
from ...agents.rules.case_work.alternatives import (
    ADMITTED,
    DETENTION_TALKS,
    DUBLIN_FAMILIES,
    TRUST_SPILL,
)
from ...agents.rules.counselling import (
    COUNSELLING_MOVES_INTENTION,
    COUNSELLOR_BOND,
    EARLY_RETURN_TALK,
    NATIVE_COUNSELLOR,
    TRAINING_PLACE,
)
from ...agents.rules.detention_experience import DETENTION_EXPERIENCE
from ...agents.rules.households import RULES
from ...agents.rules.news import NEWS, PARDON_RUMOUR

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .values import Values

SWITCHES: Final[dict[str, Mapping[str, Callable[..., Any]]]] = {
    "decision": {"weighed": lambda: True, "hazards": lambda: False},
    "household": RULES,
    "ranking": {name: partial(emphasis, name) for name in RANKINGS},
    "moderators": {
        "soft": lambda steepness, floor: (steepness, floor),
        "hard": lambda _steepness, _floor: (np.inf, 0.0),
    },
    "threat": THREAT,
    "assistance": ASSISTANCE,
    "money": MONEY,
    "stacking": {name: partial(offer, stacking=name) for name in STACKING},
    "cash_or_in_kind": PREFERENCES,
    "age": AGE,
    "shelter_end": SHELTER_END,
    "calm_or_urgency": CALM_OR_URGENCY,
    "co_location": CO_LOCATION,
    "detention_experience": DETENTION_EXPERIENCE,
    "health_acts": HEALTH_ACTS,
    "activation": ACTIVATION,
    "believed_insecurity": BELIEVED_INSECURITY,
    "native_counsellor": NATIVE_COUNSELLOR,
    "counselling_moves_intention": COUNSELLING_MOVES_INTENTION,
    "early_return_talk": EARLY_RETURN_TALK,
    "counsellor_bond": COUNSELLOR_BOND,
    "training_place": TRAINING_PLACE,
    "vbl": ADMITTED,
    "dublin_families": DUBLIN_FAMILIES,
    "detention_talks": DETENTION_TALKS,
    "trust_spill": TRUST_SPILL,
    "news": NEWS,
    "pardon_rumour": PARDON_RUMOUR,
    "assistance_draws_inflow": ASSISTANCE_DRAWS_INFLOW,
}


def chosen(now: Values, switch: str) -> Callable[..., Any]:
    """Return the function of the alternative that is in force.

    `switch` is a key of `SWITCHES` and the name of the record that holds the alternative.
    """
    return SWITCHES[switch][now.text(switch)]
