"""What a session with a counsellor does: weights, targets and alternatives of switches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from .beliefs import weight_of_news

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]
    Pair = tuple[Array, Array]


def skilled(skill: ArrayLike, trained: ArrayLike, gain: float) -> Array:
    """Return the mean skill of counsellors, a share of whom is trained.

    `min(skill * (1 + gain * trained), 1)`.

    Parameters
    ----------
    skill : array_like of float, shape (n,)
        Skill without training, in [0, 1].
    trained : array_like of float, scalar or shape (n,)
        Share of the organisation's counsellors who are trained, in [0, 1].
    gain : float
        What training adds to skill, as a share of it, at least 0.

    Returns
    -------
    ndarray of float64, shape (n,)
        Skill in [0, 1]; unchanged where nobody is trained.

    Notes
    -----
    Helpers avoid the talk because they lack knowledge and skill, and training is
    the remedy that the source names: s0 E1 L2411-2429, V16; size unknown.
    """
    raised = np.asarray(skill, dtype=np.float64) * (1.0 + gain * np.asarray(trained))
    return np.asarray(np.minimum(raised, 1.0))


def experienced(sessions: ArrayLike, beginner: float, half: float) -> Array:
    """Return the share of their skill that counsellors have after some sessions.

    `1 - beginner * 2 ** (-sessions / half)`: a beginner lacks a part of it, of which each `half`
    sessions take half.

    Parameters
    ----------
    sessions : array_like of float, shape (n,)
        Sessions held so far, at least 0.
    beginner : float
        Share of the skill that a beginner lacks, in [0, 1].
    half : float
        Sessions after which half of that is made up, above 0.

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]; `1 - beginner` before the first session.

    Notes
    -----
    Lack of knowledge and experience is a reason to avoid the talk: s0 E1 L2411-2429. The form
    and both sizes are assumed.
    """
    lacking = beginner * np.exp2(-np.asarray(sessions, dtype=np.float64) / half)
    return np.asarray(1.0 - lacking)


def left_by_load(clients: ArrayLike, room: ArrayLike, tires: float) -> Array:
    """Return the share of a session's effect that a caseload leaves.

    `1 - tires * min(clients / room, 1)`.

    Parameters
    ----------
    clients : array_like of float, shape (n,)
        Clients of each counsellor, at least 0.
    room : array_like of float, shape (n,)
        Clients that each can have, above 0.
    tires : float
        Share that a full caseload takes, in [0, 1].

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]; 1 without clients, or where a caseload tires nobody.

    Notes
    -----
    Procedures absorb a helper's time, so that none is left for the talk: s0 E1 L2411-2429. The
    form and the size are assumed.
    """
    full = np.minimum(np.asarray(clients, dtype=np.float64) / np.asarray(room), 1.0)
    return np.asarray(1.0 - tires * full)


def recalled(memory: ArrayLike, neutral: ArrayLike, left: float) -> Array:
    """Return what counsellors remember of an organisation after a week without news of it.

    `neutral + left * (memory - neutral)`.

    Parameters
    ----------
    memory : array_like of float, shape (n, m)
        Share of clients sent there who seem to arrive, in [0, 1].
    neutral : array_like of float, broadcasting to (n, m)
        What a counsellor without memories expects, in [0, 1].
    left : float
        Share of the difference that is left after the week, in [0, 1].

    Returns
    -------
    ndarray of float64, shape (n, m)
        In [0, 1].

    Notes
    -----
    An organisation that is not heard of for long is forgotten (s1 L4198-4208, of case managers).
    The form is assumed.
    """
    neutral = np.asarray(neutral, dtype=np.float64)
    return np.asarray(neutral + left * (np.asarray(memory) - neutral))


def heard(base: float, trust: ArrayLike, justice: ArrayLike, skill: ArrayLike) -> Array:
    """Return how far a session moves what a person knows or believes.

    `min(base * skill * trust * (1 + justice) / 2, 1)`: trust in the organisation and
    felt justice weigh the news, as in `beliefs.weight_of_news`; so does skill.

    Parameters
    ----------
    base : float
        Weight of a session of full skill in full trust, in [0, 1].
    trust, justice : array_like of float, shape (n,)
        Trust in the messenger and felt justice, in [0, 1].
    skill : array_like of float, scalar or shape (n,)
        Skill of the counsellor; above 1 where people listen more readily.

    Returns
    -------
    ndarray of float64, shape (n,)
        Weights in [0, 1]; 0 without trust, skill or base.

    Notes
    -----
    Trust in the source multiplies information: s2 G R27, s4 G4. Counselling
    moves intention little and the quality of the decision more: s3 G6 L3731-3745.
    """
    weight = weight_of_news(trust, justice, base) * np.asarray(skill, dtype=np.float64)
    return np.asarray(np.minimum(weight, 1.0))


def told_hope(
    legal_first: NDArray[np.bool_], true_safety: ArrayLike, line: float, new_procedure: float
) -> Array:
    """Return the chance of a permit that a counsellor tells the client.

    `new_procedure` where the counsellor examines the claim again and the origin is
    less safe than the line; 0 for all others: no way to stay is left.

    Parameters
    ----------
    legal_first : ndarray of bool, shape (n,)
        Whether the counsellor examines the claim again.
    true_safety : array_like of float, shape (n,)
        True safety at the origin, in [0, 1].
    line : float
        Safety below which a new procedure looks plausible, in [0, 1].
    new_procedure : float
        Chance of a permit in a new procedure, as told, in [0, 1].

    Returns
    -------
    ndarray of float64, shape (n,)
        Hope in [0, 1].

    Notes
    -----
    Examine protection first; if it is plausible, a new procedure; else all options: s2 G R28
    L1177-1189, L1268-1275; s3 C.3 (the analysis of the flight story).
    """
    plausible = legal_first & (np.asarray(true_safety, dtype=np.float64) < line)
    return np.where(plausible, new_procedure, 0.0)


def told_livelihood(truth: ArrayLike, plan: ArrayLike) -> Array:
    """Return the livelihood at the origin on which counsellor and client agree.

    `min(truth + plan, 1)`: the truth about the country, and what a plan, a
    training or a partner there adds for this client.

    Parameters
    ----------
    truth : array_like of float, shape (n,)
        True livelihood at the origin, in [0, 1].
    plan : array_like of float, scalar or shape (n,)
        What the organisation's help adds, on the same scale, at least 0.

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]; without a plan, the truth.

    Notes
    -----
    People don't want to return empty-handed; business plans, partners at the origin: s0 F27,
    F28, C3; s3 F17. Sizes unknown.
    """
    seen = np.asarray(truth, dtype=np.float64) + np.asarray(plan, dtype=np.float64)
    return np.asarray(np.minimum(seen, 1.0))


def excess(bond: ArrayLike, limit: float) -> Array:
    """Return how far a bond lies above what a working relation needs.

    `max(bond - limit, 0) / (1 - limit)`.

    Parameters
    ----------
    bond : array_like of float, shape (n,)
        Bond with the helper, in [0, 1].
    limit : float
        Bond from which it is more than a working relation, in [0, 1).

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]: 0 up to the limit, 1 at a full bond.

    Notes
    -----
    A strong bond may make people look more to the host country: s4 G27 L4008-4016.
    The source says that it takes a strong bond; the shape is assumed.
    """
    above = np.maximum(np.asarray(bond, dtype=np.float64) - limit, 0.0)
    return np.asarray(above / (1.0 - limit))


def _none(x: ArrayLike) -> Array:
    return np.zeros(np.shape(x))


def _share(yes: NDArray[np.bool_]) -> Array:
    return yes.astype(np.float64)


# bond above the limit -> part that strengthens own choice, and part that strengthens ties here
COUNSELLOR_BOND: Final[Mapping[str, Callable[[Array], Pair]]] = {
    "toward_choice": lambda above: (above, _none(above)),  # s0 F19 L3048-3050
    "toward_host_country": lambda above: (_none(above), above),  # s4 G27 L4008-4016
}
# whether the talk is of return while a procedure runs -> share of the persuasion that counts,
# and effect of the talk on trust in the organisation: 1 raises it, 0 none, -1 lowers it
EARLY_RETURN_TALK: Final[Mapping[str, Callable[[NDArray[np.bool_]], Pair]]] = {
    "helps": lambda early: (np.ones(len(early)), np.ones(len(early))),  # s0 V5; s3 G7
    "neutral": lambda early: (1.0 - _share(early), 1.0 - _share(early)),  # s4 F4, G3
    "harms_trust": lambda early: (1.0 - _share(early), 1.0 - 2.0 * _share(early)),  # s4 L3939-3955
}
# whether sessions move what intention rests on
COUNSELLING_MOVES_INTENTION: Final[Mapping[str, Callable[[], bool]]] = {
    "yes": lambda: True,  # s1 L357-395: people take their future in own hands; s0 F20
    "none": lambda: False,  # s3 D10, G6: hardly any effect on intention, better decisions
}
# whether people meet native counsellors sooner, and whether they listen to them more
NATIVE_COUNSELLOR: Final[Mapping[str, Callable[[], tuple[bool, bool]]]] = {
    "reach": lambda: (True, False),  # s4 L3918-3927: reach people best
    "reach_and_persuasion": lambda: (True, True),  # s0 F25; s4 G16
    "none": lambda: (False, False),  # s4 L616-626: more departure not certain
}
# effect of training for work on agency, and on the livelihood believed possible at the origin
TRAINING_PLACE: Final[Mapping[str, Callable[[], tuple[float, float]]]] = {
    "in_nl": lambda: (1.0, 0.0),  # s2 L941-945, L1314-1315: skills, finished before return
    "at_origin": lambda: (0.0, 1.0),  # s4 K: training in the country of origin (Solid Road)
}
