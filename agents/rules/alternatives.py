"""Alternatives of switches: what each side of a dispute claims, as pure functions.

Each switch has a dictionary from the name of an alternative to its function. All
functions of a dictionary have the same arguments and the same kind of result. The records
of the switches tell who claims what (ODD: Contested mechanisms).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ..codes import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]
    Pair = tuple[Array, Array]

DECADE: Final = 10.0  # years


def _nothing(x: ArrayLike) -> Array:
    return np.zeros(np.shape(x))


def threat_raises_return(threat: Array, turned: Array) -> Pair:
    """Let the threat of removal press everybody toward return (policy; s2 5b, s4 D5).

    Parameters
    ----------
    threat : ndarray of float, shape (n,)
        Believed chance of removal.
    turned : ndarray of float, shape (n,)
        Share of a threat that fear turns; without effect here.

    Returns
    -------
    tuple of ndarray, shape (n,)
        Pressure toward return (the threat), and pressure out of sight (0).
    """
    return threat, _nothing(turned)


def threat_is_turned_by_fear(threat: Array, turned: Array) -> Pair:
    """Let fear turn threat from returning to going out of sight (s1 D5, L1020-1028).

    Parameters
    ----------
    threat, turned : ndarray of float, shape (n,)
        As `threat_raises_return`.

    Returns
    -------
    tuple of ndarray, shape (n,)
        `threat * (1 - turned)` and `threat * turned`.
    """
    return threat * (1.0 - turned), threat * turned


def no_threat(threat: Array, turned: Array) -> Pair:
    """Let threat have no effect: two arrays of 0."""
    return _nothing(threat), _nothing(turned)


THREAT: Final[Mapping[str, Callable[[Array, Array], Pair]]] = {
    "fear_turns_it": threat_is_turned_by_fear,
    "raises_return": threat_raises_return,
    "none": no_threat,
}
# how near the end of shelter is -> pressure toward return, and pressure out of sight
SHELTER_END: Final[Mapping[str, Callable[[Array], Pair]]] = {
    "out_of_sight": lambda near: (_nothing(near), near),  # s4 G13, s2 D17
    "return": lambda near: (near, _nothing(near)),  # government, s2 L480-486
    "none": lambda near: (_nothing(near), _nothing(near)),
}
# whether shelter has no end -> loss of urgency, and gain in new procedures
CALM_OR_URGENCY: Final[Mapping[str, Callable[[Array], Pair]]] = {
    "calm_enables": lambda there: (_nothing(there), _nothing(there)),  # s0 F8: by capacity alone
    "removes_urgency": lambda there: (there, _nothing(there)),  # s0 F9
    "new_procedures": lambda there: (_nothing(there), there),  # x5 I9
}
# sign of a factor that keeps people here: the share of neighbours who don't consider return
CO_LOCATION: Final[Mapping[str, Callable[[], float]]] = {
    "lowers_willingness": lambda: 1.0,  # s2 D8b
    "group_sessions_raise_it": lambda: -1.0,  # s0 F40
    "none": lambda: 0.0,
}
# stage -> share of the value of assistance that counts
ASSISTANCE: Final[Mapping[str, Callable[[NDArray[np.uint8]], Array]]] = {
    "when_considering": lambda stage: (stage >= Stage.CONSIDERING).astype(np.float64),  # s4 D21
    "general": lambda stage: np.ones(len(stage)),  # s0 F22, s1 D18
    "none": _nothing,
}
# age and midpoint, in years -> decades in favour of return
AGE: Final[Mapping[str, Callable[[Array, float], Array]]] = {
    "younger_more_willing": lambda years, middle: (middle - years) / DECADE,  # s4 D6
    "older_more_willing": lambda years, middle: (years - middle) / DECADE,  # s0 F15
    "none": lambda years, _middle: _nothing(years),
}
# whether activation restores agency as well as well-being, and whether it changes willingness
ACTIVATION: Final[Mapping[str, Callable[[], tuple[bool, bool]]]] = {
    "wellbeing_only": lambda: (False, False),  # s4 F7
    "through_agency": lambda: (True, False),  # s0 F7, s2 D15
    "direct": lambda: (False, True),  # s0 F7: what its makers expected
}
# share of the bias in beliefs about the origin that the model keeps
BELIEVED_INSECURITY: Final[Mapping[str, Callable[[], float]]] = {
    "biased": lambda: 1.0,  # s4 D1, L3965-3971
    "accurate": lambda: 0.0,  # s2 D3
}
# need of care -> how far it keeps a person here
HEALTH_ACTS: Final[Mapping[str, Callable[[Array], Array]]] = {
    "beliefs_and_capacity": _nothing,  # s2 D7
    "also_care_as_stay": lambda need: need,  # s4 D4
}
# kinds of reasons, strongest first; with an empty list all weigh the same
RANKINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "origin_first": ("origin", "host", "person", "family", "policy"),  # s4 L150-160, s3 D1-3
    "host_first": ("host", "person", "family", "policy", "origin"),  # x5 A12
    "equal": (),
}


def emphasis(ranking: str, concerns: str, ladder: NDArray[np.float64]) -> float:
    """Return the factor by which a ranking multiplies the weight of a kind of reason.

    Parameters
    ----------
    ranking : str
        Key of `RANKINGS`.
    concerns : str
        Kind of reason, one of those in the ranking.
    ladder : ndarray of float, shape (5,)
        Multipliers from the first rank to the last.

    Returns
    -------
    float
        The multiplier of its rank; 1 in a ranking without order.
    """
    order = RANKINGS[ranking]
    return float(ladder[order.index(concerns)]) if order else 1.0
