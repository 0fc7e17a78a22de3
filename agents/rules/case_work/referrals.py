"""What case managers keep of organisations to which they refer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def remembered(
    memory: ArrayLike, heard: ArrayLike, enough: float, left: float
) -> NDArray[np.float64]:
    """Return how present organisations are after a week.

    `1 - (1 - left * memory) * exp(-heard / enough)`: memory fades, and what is heard renews it.

    Parameters
    ----------
    memory : array_like of float, shape (n,)
        Presence before, in [0, 1].
    heard : array_like of float, shape (n,)
        What is heard of clients in the week, as `heard_of` counts it, at least 0.
    enough : float
        How much must be heard in a week to close 63 % (`1 - 1 / e`) of the distance to 1, above 0.
    left : float
        Share of the memory that is left after a week in which nothing is heard, in [0, 1].

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]; `left * memory` where nothing is heard.

    Notes
    -----
    Pleasant contact and success lead to new referrals. Case managers forget an
    organisation that they haven't heard of for long (s1 L3577-3597, L4198-4208). The form
    is an assumption.
    """
    faded = 1.0 - left * np.asarray(memory, dtype=np.float64)
    return np.asarray(1.0 - faded * np.exp(-np.asarray(heard) / enough))


def heard_of(arrived: ArrayLike, left: ArrayLike, success: float) -> NDArray[np.float64]:
    """Return how much is heard of an organisation in a week.

    `arrived + success * left`: a referral that is lost is not heard of.

    Parameters
    ----------
    arrived, left : array_like of float, shape (n,)
        Persons referred who arrived there, and who left the country independently as its
        clients, at least 0.
    success : float
        How many arrivals a departure counts for, at least 0.

    Returns
    -------
    ndarray of float64, shape (n,)
        At least 0.
    """
    return np.asarray(np.asarray(arrived, dtype=np.float64) + success * np.asarray(left))


def trusted(
    trust: ArrayLike, memory: ArrayLike, lost: ArrayLike, grows: float, costs: float
) -> NDArray[np.float64]:
    """Return the trust in organisations after a week.

    `(trust + grows * memory * (1 - trust)) * (1 - costs) ** lost`: it grows with the contact, and
    falls with clients of whom nothing is heard. Organisations without trust stay without.

    Parameters
    ----------
    trust, memory : array_like of float, shape (n,)
        Trust before, and presence, in [0, 1].
    lost : array_like of float, shape (n,)
        Persons referred who never arrived, at least 0.
    grows : float
        Share of the distance to 1 that a week of full contact covers, in [0, 1].
    costs : float
        Share of the trust that one such person costs, in [0, 1].

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1].

    Notes
    -----
    Trust grows over years of working together, and one-way information costs it (s1 L479-499,
    L4212-4226); that lost clients cost it is an assumption.
    """
    before = np.asarray(trust, dtype=np.float64)
    grown = before + grows * np.asarray(memory) * (1.0 - before) * (before > 0.0)
    return np.asarray(grown * (1.0 - costs) ** np.asarray(lost, dtype=np.float64))


def paired_share(paired: float, staff: float) -> float:
    """Return the share of files that case managers with a fixed partner have.

    `min(paired / staff, 1)`; 0 without staff. Files are spread evenly over case managers.
    """
    return min(paired / staff, 1.0) if staff > 0.0 else 0.0
