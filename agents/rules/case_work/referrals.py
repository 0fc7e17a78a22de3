"""What case managers keep of organisations to which they refer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def remembered(
    memory: ArrayLike, heard: ArrayLike, enough: float, left: float, kept: ArrayLike = 0.0
) -> NDArray[np.float64]:
    """Return how present organisations are after a week.

    `1 - (1 - faded) * exp(-heard / enough)` with `faded = kept + left * (memory - kept)`: memory
    fades to what organisations keep up themselves, and what is heard of clients renews it.

    Parameters
    ----------
    memory : array_like of float, shape (n,)
        Presence before, in [0, 1].
    heard : array_like of float, shape (n,)
        What one case manager hears of clients in the week, at least 0.
    enough : float
        How much must be heard in a week to close 63 % (`1 - 1 / e`) of the distance to 1, above 0.
    left : float
        Share of the memory that is left after a week in which nothing is heard, in [0, 1].
    kept : array_like of float, shape (n,), optional
        Presence that organisations keep up by contact of their own, in [0, 1].

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]; `faded` where nothing is heard.

    Notes
    -----
    Pleasant contact and success lead to new referrals. Case managers forget an
    organisation that they haven't heard of for long (s1 L3577-3597, L4198-4208). The form
    is an assumption.
    """
    level = np.asarray(kept, dtype=np.float64)
    faded = level + left * (np.asarray(memory, dtype=np.float64) - level)
    return np.asarray(1.0 - (1.0 - faded) * np.exp(-np.asarray(heard) / enough))


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
        Persons referred who never arrived, for each case manager, at least 0.
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


def per_case_manager(heard: ArrayLike, staff: ArrayLike) -> NDArray[np.float64]:
    """Return what one case manager hears of what all of a setting could hear.

    `heard / staff`; 0 without staff: files are spread evenly over case managers.

    Parameters
    ----------
    heard, staff : array_like of float
        Persons of whom there is news in a setting, and its case managers, at least 0; shapes
        that broadcast.

    Returns
    -------
    ndarray of float64
        In persons for each case manager.
    """
    of, over = np.broadcast_arrays(
        np.asarray(heard, dtype=np.float64), np.asarray(staff, dtype=np.float64)
    )
    return np.asarray(np.divide(of, over, out=np.zeros(of.shape), where=over > 0.0))


def referral_chance(
    chance: ArrayLike, known: ArrayLike, at_start: ArrayLike
) -> NDArray[np.float64]:
    """Return the chance in a talk that a case manager refers to an NGO.

    `min(chance * known / at_start, 1)`: who is forgotten or not trusted is not referred to,
    and good experience makes for more referrals.

    Parameters
    ----------
    chance : array_like of float, shape (n,)
        Chance with memory and trust as at the start, in [0, 1].
    known : array_like of float, shape (n,)
        Sum of `reach * memory * trust` over organisations that are open, at least 0.
    at_start : array_like of float, shape (n,)
        The same sum with memory and trust as at the start.

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]; 0 where nobody was known at the start.

    Notes
    -----
    Pleasant contact and success lead to new referrals, and referrals stop to an organisation
    that has not been heard of for long (s1 L3577-3597, L4198-4208). The form is an assumption.
    """
    wanted, before = np.broadcast_arrays(
        np.asarray(chance, dtype=np.float64) * np.asarray(known, dtype=np.float64),
        np.asarray(at_start, dtype=np.float64),
    )
    wanted = np.minimum(wanted, before)
    return np.asarray(np.divide(wanted, before, out=np.zeros(before.shape), where=before > 0.0))


def paired_share(paired: float, staff: float) -> float:
    """Return the share of files that case managers with a fixed partner have.

    `min(paired / staff, 1)`; 0 without staff. Files are spread evenly over case managers.
    """
    return min(paired / staff, 1.0) if staff > 0.0 else 0.0
