"""Schemes of assistance: their conditions, and what a household takes of them.

Each scheme of help in kind has a rule that says how it combines with cash.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    Amount = NDArray[np.float64]
    Pair = tuple[Amount, Amount]
    Rule = Callable[[Amount, Amount, Amount], tuple[Pair, ...]]


def _either_or(
    cash: Amount,
    in_kind: Amount,
    cap: Amount,  # noqa: ARG001 - one signature for all
) -> tuple[Pair, ...]:
    return (cash, np.zeros_like(in_kind)), (np.zeros_like(cash), in_kind)


def _capped_total(cash: Amount, in_kind: Amount, cap: Amount) -> tuple[Pair, ...]:
    left = np.clip(cap - cash, 0.0, in_kind)
    left_for_cash = np.clip(cap - in_kind, 0.0, cash)
    return ((cash, left), (left_for_cash, in_kind), *_either_or(cash, in_kind, cap))


def _stacked(cash: Amount, in_kind: Amount, cap: Amount) -> tuple[Pair, ...]:
    return ((cash, in_kind), *_either_or(cash, in_kind, cap))


RULES: Final[dict[str, Rule]] = {
    "either_or": _either_or,
    "stacked": _stacked,
    "capped_total": _capped_total,
}


def combinations(
    rule: str, cash: ArrayLike, in_kind: ArrayLike, *, cap: ArrayLike
) -> tuple[Pair, ...]:
    """Return what a household may take of cash and of one scheme in kind.

    `either_or`: all of one of the two. `capped_total`: that, or both as long as the sum stays
    within the cap, with as much as possible of the one or of the other; the cap does not bind
    one form alone. `stacked`: that, or both in full. So what may be taken grows from rule to rule
    and with the cap.

    Parameters
    ----------
    rule : {"either_or", "stacked", "capped_total"}
        A key of `RULES`.
    cash, in_kind : array_like of float, shape (n,)
        EUR for each adult on offer, at least 0; 0 for households that are not eligible.
    cap : array_like of float, scalar or shape (n,)
        EUR for each adult that both together may not exceed.

    Returns
    -------
    tuple of pairs of ndarray of float64, shape (n,)
        EUR of cash and in kind, never more than on offer. Under every rule, what a household
        values most (`agents.rules.assistance.offer`) is among them: that worth is convex in the
        two amounts, so it is highest at a corner of what may be taken. `capped_total`: as
        `either_or` at `cap` 0, and as `stacked` at infinity.

    Notes
    -----
    Either cash or help in kind; planners expected a third fewer returns: s3 B.2, D16,
    G10. Both since 2012: s4 B9, s1 B5. A maximum for the total was proposed: s3 F1.
    """
    cash, in_kind, cap = np.broadcast_arrays(
        np.asarray(cash, dtype=np.float64),
        np.asarray(in_kind, dtype=np.float64),
        np.asarray(cap, dtype=np.float64),
    )
    return RULES[rule](cash, in_kind, cap)


def for_each_adult(
    adult: float, child: float, adults: ArrayLike, children: ArrayLike
) -> NDArray[np.float64]:
    """Return what a household gets for each of its adults.

    `adult + child * children / adults`: what is paid for children is shared.

    Parameters
    ----------
    adult, child : float
        EUR for an adult and for a minor child.
    adults, children : array_like of int, shape (n,)
        Persons; at least one adult.

    Returns
    -------
    ndarray of float64, shape (n,)
        EUR for each adult.
    """
    adults = np.asarray(adults, dtype=np.float64)
    return np.asarray(adult + child * np.asarray(children, dtype=np.float64) / adults)


def on_list(share: ArrayLike, uniform: ArrayLike) -> NDArray[np.bool_]:
    """Return whether a household's country is on a list: `uniform < share`.

    Parameters
    ----------
    share : array_like of float, shape (n,)
        1 for a country on the list, 0 for one that is not, and a share for a group of
        countries some of which are.
    uniform : array_like of float, shape (n,)
        Position of the household in its group of countries, in (0, 1).

    Returns
    -------
    ndarray of bool, shape (n,)
        With the same uniforms, everybody on a smaller list is on a larger one too.
    """
    return np.asarray(np.asarray(uniform) < np.asarray(share))


def within_window(weeks_since: ArrayLike, window_weeks: float) -> NDArray[np.bool_]:
    """Return whether households are within the weeks in which they must choose a scheme.

    Parameters
    ----------
    weeks_since : array_like of float, shape (n,)
        Weeks since the ruling; below 0 before it.
    window_weeks : float
        Weeks. 0: the window is never open; infinity: it never closes.

    Returns
    -------
    ndarray of bool, shape (n,)
        From the week of the ruling to the last whole week of the window.

    Notes
    -----
    28 days after a negative ruling of the court: s3 B.5, G13.
    """
    weeks = np.asarray(weeks_since, dtype=np.float64)
    return np.asarray((weeks >= 0.0) & (weeks < window_weeks))


def waited_out(weeks_since: ArrayLike, wait_weeks: float) -> NDArray[np.bool_]:
    """Return whether the last departure at public cost was long enough ago.

    Parameters
    ----------
    weeks_since : array_like of float, shape (n,)
        Weeks since that departure; infinity where there was none.
    wait_weeks : float
        Weeks that must have passed.

    Returns
    -------
    ndarray of bool, shape (n,)
        True from the week in which the wait ends; always True at 0.

    Notes
    -----
    Five years: s0 C4 (1), s1 B4 L4446.
    """
    return np.asarray(np.asarray(weeks_since, dtype=np.float64) >= wait_weeks)


def weeks_since_earlier(
    uniform: ArrayLike, share: float, stay_weeks: ArrayLike, span_weeks: float
) -> NDArray[np.float64]:
    """Return weeks since a departure at public cost before the present stay.

    A share had one, spread evenly over a span before arrival:
    `stay + uniform / share * span` where `uniform < share`, else infinity.

    Parameters
    ----------
    uniform : array_like of float, shape (n,)
        In (0, 1), drawn once for life.
    share : float
        Share with an earlier departure, in [0, 1]; 0: nobody.
    stay_weeks : array_like of float, shape (n,)
        Weeks of the present stay.
    span_weeks : float
        Weeks before arrival over which those departures are spread.

    Returns
    -------
    ndarray of float64, shape (n,)
        Weeks, at least `stay_weeks`.
    """
    uniform = np.asarray(uniform, dtype=np.float64)
    had = uniform < share
    before = np.divide(uniform, share, out=np.full(uniform.shape, np.inf), where=had)
    return np.asarray(np.asarray(stay_weeks, dtype=np.float64) + before * span_weeks)


def without_means(
    savings_eur: ArrayLike, limit_eur: ArrayLike, price_eur: ArrayLike
) -> NDArray[np.bool_]:
    """Return whether households count as unable to pay for their journey.

    `savings < max(limit, price)`: means are seen from the limit on, and nobody has means whose
    savings do not pay for the journey of all members.

    Parameters
    ----------
    savings_eur : array_like of float, shape (n,)
        EUR that the whole household has.
    limit_eur : array_like of float, scalar or shape (n,)
        EUR of the whole household from which means are seen; infinity: nobody has means.
    price_eur : array_like of float, scalar or shape (n,)
        EUR for the journey of the whole household; infinity: nobody has means.

    Returns
    -------
    ndarray of bool, shape (n,)
        False for everybody if limit and price are 0.

    Notes
    -----
    Assistance is for people who cannot pay the journey: s0 C4 (5).
    """
    least = np.maximum(np.asarray(limit_eur, dtype=np.float64), price_eur)
    return np.asarray(np.asarray(savings_eur, dtype=np.float64) < least)


def ends_procedures(in_procedure: ArrayLike, *, may_apply_during: bool) -> NDArray[np.bool_]:
    """Return whether persons can meet the condition that no procedure outlasts departure.

    An applicant agrees that a running procedure ends at departure (s0 C4 (4)).

    Parameters
    ----------
    in_procedure : array_like of bool, shape (n,)
        Whether a procedure runs.

    Returns
    -------
    ndarray of bool, shape (n,)
        True for everybody if one `may_apply_during` a procedure; else True for persons
        without a procedure.
    """
    return np.asarray(~np.asarray(in_procedure, dtype=np.bool_) | may_apply_during)


def weeks_to_prepare(weeks_since: ArrayLike, needed_weeks: float) -> NDArray[np.float64]:
    """Return the weeks that preparation still takes: `max(needed - since, 0)`.

    Parameters
    ----------
    weeks_since : array_like of float, shape (n,)
        Weeks since the application, from which on help in kind is prepared, side by side with
        the decision and the documents; 0 where none has been made.
    needed_weeks : float
        Weeks that all of it takes.

    Returns
    -------
    ndarray of float64, shape (n,)
        Weeks, at least 0.
    """
    since = np.asarray(weeks_since, dtype=np.float64)
    return np.asarray(np.maximum(needed_weeks - since, 0.0))


def trajectory_fits(
    weeks_used: ArrayLike, needed_weeks: ArrayLike, limit_weeks: float
) -> NDArray[np.bool_]:
    """Return whether the preparation of help in kind can end within state shelter.

    `used + needed <= limit`.

    Parameters
    ----------
    weeks_used : array_like of float, shape (n,)
        Weeks of state shelter after the refusal so far; minus infinity where no
        clock runs: in a procedure, in a family location and outside state shelter.
    needed_weeks : array_like of float, scalar or shape (n,)
        Weeks that the preparation still takes here.
    limit_weeks : float
        Weeks within which it must end.

    Notes
    -----
    16 weeks, 4 of the term and 12 of the VBL: s1 B4, C4 L3233-3243.
    """
    needed = np.asarray(needed_weeks, dtype=np.float64)
    return np.asarray(np.asarray(weeks_used, dtype=np.float64) + needed <= limit_weeks)


def eligible(**conditions: ArrayLike) -> NDArray[np.bool_]:
    """Return whether persons meet all conditions of a scheme.

    Parameters
    ----------
    **conditions : array_like of bool, scalar or shape (n,)
        Conditions by name.

    Returns
    -------
    ndarray of bool, shape (n,)
        True where all hold.
    """
    return np.asarray(reduce(np.logical_and, conditions.values()), dtype=np.bool_)
