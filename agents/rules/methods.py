"""Methods of counsellors as sequences of steps: what each step works on, and when it may come.

The steps and their order are those of the sources. Which method a household follows, how
many talks a step takes and how far a step moves something are records.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from ..codes import Code, Method

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]
    Flags = NDArray[np.bool_]


class Aim(Code):
    """What a step works on."""

    TRUST = 0  # in the organisation
    BOND = 1  # with the counsellor
    KNOWLEDGE = 2  # of support
    AGENCY = 3  # own direction
    HORIZON = 4  # how far ahead people look
    SAFETY = 5  # believed at origin
    LIVELIHOOD = 6  # believed possible at origin
    ILLEGALITY = 7  # prospects believed of a life without papers
    HOPE = 8  # of a permit
    HANDS = 9  # not coming home empty-handed: what kin expect and is not met
    DECISION = 10  # a provisional decision: an occasion to weigh all options


class Need(Code):
    """What must hold in the week of a talk of a step."""

    CALM = 0  # a place that leaves room to think of the future
    RULING = 1  # there is a first decision on asylum, or no procedure ever ran
    CONSIDERS = 2  # the household considers return by itself


@dataclass(frozen=True)
class Step:
    """One step of a method.

    Parameters
    ----------
    name : str
        The name that the source gives.
    aims : tuple of Aim
        What the step works on.
    needs : tuple of Need, optional
        What must hold for a talk of this step.
    ends_for_intending : bool, optional
        Whether the method ends with this step for households that intend to return.
    """

    name: str
    aims: tuple[Aim, ...]
    needs: tuple[Need, ...] = ()
    ends_for_intending: bool = False


_CALM: Final = (Need.CALM,)
_RULED: Final = (Need.CALM, Need.RULING)
_OWN_WISH: Final = (Need.CONSIDERS,)

# no step has return as its aim: a method enables a choice (s0 K L2401-2405)
STEPS: Final[Mapping[Method, tuple[Step, ...]]] = {
    Method.SAFE_FUTURE: (  # s0 E6 L2478-2587; safety first, and not from the street: L2506-2510
        Step("safety", (Aim.TRUST, Aim.BOND), _CALM),
        Step("first talks and information", (Aim.KNOWLEDGE,), _CALM),
        Step("strengths", (Aim.AGENCY,), _CALM),
        Step("action plan", (Aim.AGENCY,), _CALM),
        Step("future talk", (Aim.SAFETY,), _CALM),  # explores and decides nothing
        Step("supplement of the plan", (Aim.LIVELIHOOD,), _CALM),  # word from partners at origin
        Step("evaluation at a ruling", (Aim.ILLEGALITY,), _RULED),
        Step("provisional decision", (Aim.DECISION,), _RULED, ends_for_intending=True),
        Step("life outside reception", (Aim.AGENCY, Aim.DECISION), _RULED),
    ),
    Method.BEWOGEN_TERUGKEER: (  # s0 E7 L2589-2630
        Step("time to inform and prepare", (Aim.KNOWLEDGE,)),
        Step("safety", (Aim.SAFETY,)),
        Step("local partners", (Aim.LIVELIHOOD,), _OWN_WISH),
        Step("not empty-handed", (Aim.HANDS,), _OWN_WISH),
    ),
    Method.LIFE_LINE: (  # s0 E7 L2632-2652, F41
        Step("the line of life", (Aim.HORIZON,)),
        Step("comparison with the group", (Aim.HORIZON,)),
    ),
    Method.FUTURE_IN_PERSPECTIVE: (  # s3 C.3 L2152-2172
        Step("analysis of the flight story", (Aim.HOPE,)),
        Step("talks on all futures", (Aim.ILLEGALITY, Aim.SAFETY)),
        Step("plan for the future", (Aim.AGENCY, Aim.DECISION)),
    ),
}
METHODS: Final = tuple(STEPS)
MOST_STEPS: Final = max(map(len, STEPS.values()))
LENGTH: Final = np.array([len(STEPS.get(method, ())) for method in Method])
_PACKED: Final = 16  # more than a method has steps


def _flags(of: str, codes: type[Code]) -> Flags:
    """Return which codes each step of each method names, by method, step and code."""
    found = np.zeros((len(Method), MOST_STEPS + 1, len(codes)), dtype=np.bool_)
    for method, steps in STEPS.items():
        for number, step in enumerate(steps):
            found[method, number, list(getattr(step, of))] = True
    return found


AIMS: Final = _flags("aims", Aim)
NEEDS: Final = _flags("needs", Need)
_ENDS: Final = np.array(
    [
        [
            number > 0 and number <= len(steps) and steps[number - 1].ends_for_intending
            for number in range(MOST_STEPS + 1)
        ]
        for steps in (STEPS.get(method, ()) for method in Method)
    ]
)


def method_drawn(shares: ArrayLike, uniform: ArrayLike) -> NDArray[np.uint8]:
    """Return the method that each household is to follow, at most one.

    `sum(u >= cumsum(s) / max(1, sum(s)))`: method `m` with the chance `s_m`, and with
    `s_m / sum(s)` where shares add up to more than 1.

    Parameters
    ----------
    shares : array_like of float, shape (n, methods)
        Share of clients with whom an organisation follows each method, in the order of
        `METHODS`, each in [0, 1].
    uniform : array_like of float, shape (n,)
        One uniform for each household, inside (0, 1).

    Returns
    -------
    ndarray of uint8, shape (n,)
        Codes of `Method`; `NONE` where no method is followed.
    """
    share = np.asarray(shares, dtype=np.float64)
    edges = np.cumsum(share, axis=1)
    edges /= np.maximum(edges[:, -1:], 1.0)
    place = (np.asarray(uniform)[:, np.newaxis] >= edges).sum(axis=1)
    codes = np.array([*METHODS, Method.NONE], dtype=np.uint8)
    return np.asarray(codes[place])


def may_talk(
    method: NDArray[np.integer],
    step: NDArray[np.integer],
    waited: ArrayLike,
    apart: ArrayLike,
    holds: Flags,
) -> Flags:
    """Return with whom the next talk of the method may be held.

    `waited >= apart[method]`, and all that the step needs holds.

    Parameters
    ----------
    method, step : ndarray of int, shape (n,)
        `Method`, and how many of its steps are finished.
    waited : array_like of int, shape (n,)
        Weeks since the last talk of the method.
    apart : array_like of float, shape (methods,)
        Weeks that lie between two talks at least, in the order of `METHODS`.
    holds : ndarray of bool, shape (n, needs)
        What holds for each household, in the order of `Need`.

    Returns
    -------
    ndarray of bool, shape (n,)
        False where no method runs.
    """
    least = np.full(len(Method), np.inf)
    least[list(METHODS)] = apart
    ready = (holds | ~NEEDS[method, step]).all(axis=1)
    return np.asarray((np.asarray(waited) >= least[method]) & ready)


def after_talk(
    step: NDArray[np.integer], talks: NDArray[np.integer], needed: ArrayLike
) -> tuple[NDArray[np.integer], NDArray[np.integer], Flags]:
    """Return steps finished, talks held in the next step, and who has just finished a step.

    A talk adds one to `talks`; with `needed` talks the step is finished and counting starts
    anew.

    Parameters
    ----------
    step, talks : ndarray of int, shape (n,)
        Steps finished, and talks held in the next one, before the talk.
    needed : array_like of float, shape (n,)
        Talks that the next step takes, at least 1.
    """
    held = talks + 1
    done = held >= np.asarray(needed)
    return step + done, np.where(done, 0, held), np.asarray(done)


def is_finished(
    method: NDArray[np.integer], step: NDArray[np.integer], intends: NDArray[np.bool_]
) -> Flags:
    """Return which methods are finished with the steps that are done.

    All steps are done; or a household that intends to return has come to its provisional
    decision: then the return plan is the last step of Safe Future, and the ninth step, on life
    outside reception, is for the others.

    Parameters
    ----------
    method, step : ndarray of int, shape (n,)
        `Method`, and how many of its steps are finished.
    intends : ndarray of bool, shape (n,)
        Whether the household intends to return or prepares it.

    Notes
    -----
    Steps 8 and 9 of Safe Future: s0 E6.
    """
    return np.asarray((step >= LENGTH[method]) | (_ENDS[method, step] & intends))


def pack_step(method: ArrayLike, step: ArrayLike) -> NDArray[np.uint8]:
    """Return a method and a step in one byte: `16 * method + step`."""
    packed = np.asarray(method, dtype=np.int64) * _PACKED + np.asarray(step, dtype=np.int64)
    return packed.astype(np.uint8)


def unpack_step(packed: ArrayLike) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the method and the step that `pack_step` has packed."""
    method, step = np.divmod(np.asarray(packed, dtype=np.uint8), np.uint8(_PACKED))
    return method, step


def looked_ahead(stability: ArrayLike, horizon: ArrayLike, unsheltered: Flags) -> Array:
    """Return the room to think of the future that a longer horizon makes of a place.

    `min(stability * (1 + horizon), 1)`, and `stability` without stable shelter.

    Parameters
    ----------
    stability : array_like of float, shape (n,)
        How far the place leaves room to think of the future, in [0, 1].
    horizon : array_like of float, shape (n,)
        How far methods have lengthened the horizon, in [0, 1].
    unsheltered : ndarray of bool, shape (n,)
        Whether the place is the street or a night shelter, where a horizon adds nothing.

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]: the stability itself at horizon 0 or without stable shelter, and at most twice
        as much elsewhere.

    Notes
    -----
    A longer horizon makes people plan now: s0 F41, E7 L2632-2652. From the street that is
    virtually impossible, and a bed for the night leaves survival by day: s0 F10 L1454-1468. The
    form is an assumption.
    """
    room = np.asarray(stability, dtype=np.float64)
    longer = np.where(unsheltered, 0.0, horizon)
    return np.asarray(np.minimum(room * (1.0 + longer), 1.0))


def with_sessions(apart_from_sessions: ArrayLike, from_sessions: ArrayLike) -> NDArray[np.floating]:
    """Return a state with what sessions have added to it apart.

    `x + s * (1 - x)`.

    Parameters
    ----------
    apart_from_sessions, from_sessions : array_like of float, shape (n,)
        A state in [0, 1] without the sessions, and what they have added, in [0, 1].

    Returns
    -------
    ndarray of float, shape (n,)
        In [0, 1]; the first itself, to the last bit, where sessions have added nothing.

    Notes
    -----
    Only where counselling moves no intention are the two kept apart: s3 D10, G6 L3731-3745.
    """
    x = np.asarray(apart_from_sessions)
    return np.asarray(x + np.asarray(from_sessions) * (1 - x))
