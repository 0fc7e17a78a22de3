"""What an offer of assistance is worth to a person, and whether it is enough."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.special import expit

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    Amount = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Money = Callable[[Amount, Amount, float, float, float], tuple[Amount, Flags]]


def _additive(better: Amount, other: Amount, share: float) -> Amount:  # noqa: ARG001 one signature for all
    return better + other


def _diminishing(better: Amount, other: Amount, share: float) -> Amount:
    return better + share * other


def _none_beyond_cash(better: Amount, other: Amount, share: float) -> Amount:  # noqa: ARG001 same
    return better


STACKING: Final[dict[str, Callable[[Amount, Amount, float], Amount]]] = {
    "additive": _additive,
    "diminishing": _diminishing,
    "none_beyond_cash": _none_beyond_cash,
}


def _cash_preferred(cash: Amount, in_kind: Amount, discount: Amount) -> tuple[Amount, Amount]:
    return cash, in_kind * (1.0 - discount)


def _in_kind_preferred(cash: Amount, in_kind: Amount, discount: Amount) -> tuple[Amount, Amount]:
    return cash * (1.0 - discount), in_kind


PREFERENCES: Final[dict[str, Callable[[Amount, Amount, Amount], tuple[Amount, Amount]]]] = {
    "cash": _cash_preferred,
    "in_kind": _in_kind_preferred,
}


def offer(
    cash: ArrayLike,
    in_kind: ArrayLike,
    *,
    stacking: str,
    preference: str,
    discount: ArrayLike,
    diminishing_share: float,
) -> NDArray[np.float64]:
    """Return what an offer is worth, as if it were all in the preferred form.

    First the less preferred form loses the share `discount` of its worth. Then,
    with `b` the better of the two and `o` the other: `additive` `b + o`;
    `diminishing` `b + diminishing_share * o`; `none_beyond_cash` `b`: help in kind
    may replace cash, but adds nothing to it. `agents.rules.schemes.combinations` says whether
    a person can have both.

    Parameters
    ----------
    cash, in_kind : array_like of float, shape (n,)
        EUR on offer in each form, at least 0.
    stacking : {"additive", "diminishing", "none_beyond_cash"}
        Alternative of the switch, a key of `STACKING`.
    preference : {"cash", "in_kind"}
        Alternative of the switch, a key of `PREFERENCES`.
    discount : array_like of float, scalar or shape (n,)
        Share of its worth that the less preferred form loses, in [0, 1].
    diminishing_share : float
        Share of the other form that counts on top, in [0, 1]: 0 is the same as
        `none_beyond_cash`, 1 as `additive`.

    Returns
    -------
    ndarray of float64, shape (n,)
        EUR, never less than the better form alone nor more than both; rising
        in both amounts.

    Notes
    -----
    Cash is concrete and at once, in-kind abstract and in the hands of
    distrusted institutions: s3 D11, D13, D14, G9; in-kind judged to weigh more:
    x5 A15. No source measures what a second form adds: s4, end of section F.
    """
    by_cash, by_kind = PREFERENCES[preference](
        np.asarray(cash, dtype=np.float64),
        np.asarray(in_kind, dtype=np.float64),
        np.asarray(discount, dtype=np.float64),
    )
    better, other = np.maximum(by_cash, by_kind), np.minimum(by_cash, by_kind)
    return STACKING[stacking](better, other, diminishing_share)


CASH_TIMING: Final[dict[str, Callable[[float], float]]] = {
    "at_departure": lambda _share: 0.0,
    "after_plan": lambda _share: 1.0,
    "in_parts": lambda share: share,
}


def paid_later(timing: str, share: float) -> float:
    """Return the share of cash that is paid after departure, once there are concrete plans.

    Parameters
    ----------
    timing : {"at_departure", "after_plan", "in_parts"}
        A key of `CASH_TIMING`.
    share : float
        Share that is paid later of cash paid in parts, in [0, 1].

    Notes
    -----
    Cash at departure is preferred; returnees call it better paid once there are plans: s3 F2.
    """
    return CASH_TIMING[timing](share)


def before_departure(cash: ArrayLike, later: float, discount: float) -> NDArray[np.float64]:
    """Return what cash is worth to a person who has not left: `cash * (1 - later * discount)`.

    Parameters
    ----------
    cash : array_like of float, shape (n,)
        EUR, at least 0.
    later : float
        Share that is paid after departure, as `paid_later` returns it.
    discount : float
        Share of its worth that cash loses before departure if it is paid later, in [0, 1].

    Returns
    -------
    ndarray of float64, shape (n,)
        EUR; `cash` itself where all is paid at departure, or later cash loses nothing.
    """
    return np.asarray(np.asarray(cash, dtype=np.float64) * (1.0 - later * discount))


def accepted(offer: ArrayLike, reservation: ArrayLike, steepness: float) -> NDArray[np.float64]:
    """Return the share of a reservation price that an offer meets.

    Hill: `offer**k / (offer**k + reservation**k)` with `k` the steepness, which
    is a logistic step in the log of their ratio.

    Parameters
    ----------
    offer : array_like of float, shape (n,)
        Worth of the offer to the person, in EUR, at least 0.
    reservation : array_like of float, shape (n,)
        Least amount for which the person would leave, EUR, at least 0;
        infinity where money plays no role.
    steepness : float
        Without unit, above 0; infinity: a hard threshold.

    Returns
    -------
    ndarray of float64, shape (n,)
        Shares in [0, 1], rising with the offer: exactly 0 where the offer is 0
        or the reservation infinite, 1/2 where they are equal, 1 where the
        reservation is 0 and anything is on offer. Steepness infinite: exactly
        0 below the reservation and exactly 1 from it on.

    Notes
    -----
    Of those asked 36.1 % say money plays no role and 26.9 % want 8,000 or more:
    s4 B9, G6 (n = 108); accept if the offer exceeds the reservation: s0 G13.
    """
    offer = np.asarray(offer, dtype=np.float64)
    reservation = np.asarray(reservation, dtype=np.float64)
    something = offer > 0.0
    if np.isinf(steepness):
        return np.asarray(something & (offer >= reservation), dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):  # log of 0: no offer, or the limit 1
        share = expit(steepness * (np.log(offer) - np.log(reservation)))
    return np.where(something & (reservation < np.inf), share, 0.0)


def eases(
    worth: Amount,
    price: Amount,
    steepness: float,
    size: float,  # noqa: ARG001 - one signature for all
    reach: float,  # noqa: ARG001 - one signature for all
) -> tuple[Amount, Flags]:
    """Let help add as far as it meets the price, and bar nobody.

    Returns
    -------
    added : ndarray of float64, shape (n,)
        `accepted(worth, price)`, from 0 to 1: the part of the most that help can add.
    barred : ndarray of bool, shape (n,)
        False.
    """
    return accepted(worth, price, steepness), np.zeros(np.shape(worth), dtype=np.bool_)


def tips(
    worth: Amount, price: Amount, steepness: float, size: float, reach: float
) -> tuple[Amount, Flags]:
    """Let help add from a part of the price on: many feel it, and it tips few.

    Parameters
    ----------
    size : float
        The most that help adds, in parts of the most under `eases`; 0: nothing.
    reach : float
        Part of the price from which help counts, above 0.

    Returns
    -------
    added : ndarray of float64, shape (n,)
        `size * accepted(worth, reach * price)`: the same as `eases` where both are 1.
    barred : ndarray of bool, shape (n,)
        False.
    """
    added = size * accepted(worth, reach * price, steepness)
    return np.asarray(added), np.zeros(np.shape(worth), dtype=np.bool_)


def decides(
    worth: Amount, price: Amount, steepness: float, size: float, reach: float
) -> tuple[Amount, Flags]:
    """Let help add as in `eases`, and let a price that is not met bar return.

    Returns
    -------
    added : ndarray of float64, shape (n,)
        As `eases`.
    barred : ndarray of bool, shape (n,)
        True where the price is finite and `worth < price`. Where money plays no role it is no
        bar either.
    """
    added, _ = eases(worth, price, steepness, size, reach)
    return added, np.asarray((price < np.inf) & (worth < price))


MONEY: Final[dict[str, Money]] = {
    "eases": eases,  # as the model had it before the others
    "tips": tips,  # x5 A14
    "decisive": decides,  # s0 G13, s4 B9: an upper bound
}


def drawn(support_eur: ArrayLike, log_change: float) -> NDArray[np.float64]:
    """Return by what the inflow is multiplied where assistance is held to draw people.

    `exp(log_change * support_eur / 1000)`: no change of support leaves the inflow as it is,
    and so does a size of 0 (s4 F2).

    Parameters
    ----------
    support_eur : array_like of float
        Support open to an adult less that of the baseline of the same week, EUR.
    log_change : float
        Change of the log of the inflow for 1,000 EUR.
    """
    more = np.asarray(support_eur, dtype=np.float64)
    return np.asarray(np.exp(log_change * more / 1000.0))  # 1000 EUR: the unit of the size


def not_drawn(support_eur: ArrayLike, log_change: float) -> NDArray[np.float64]:  # noqa: ARG001 one signature
    """Return 1: support draws nobody."""
    return np.ones(np.shape(support_eur))


ASSISTANCE_DRAWS_INFLOW: Final[dict[str, Callable[[ArrayLike, float], NDArray[np.float64]]]] = {
    "no": not_drawn,
    "yes": drawn,
}
