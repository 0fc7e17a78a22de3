"""The journey home: who pays for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..codes import Payer

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def payers(
    supported: ArrayLike, savings_eur: ArrayLike, price_eur: ArrayLike, ticket: ArrayLike
) -> NDArray[np.uint8]:
    """Return who pays for the journey of households: the first of those that can.

    IOM pays where basic support is granted. Others pay themselves if `savings >= price`. The
    state pays where a case manager has arranged a ticket. Else nobody does, and the household
    can't leave yet.

    Parameters
    ----------
    supported : array_like of bool, shape (n,)
        Whether basic support is granted.
    savings_eur : array_like of float, shape (n,)
        Savings of the household, at least 0.
    price_eur : array_like of float, scalar or shape (n,)
        Price of the journey for the whole household. 0: everybody can pay; infinity: nobody.
    ticket : array_like of bool, shape (n,)
        Whether a ticket that the state pays has been arranged.

    Returns
    -------
    ndarray of uint8, shape (n,)
        Codes of `Payer`.

    Notes
    -----
    Independent departure on an own ticket, or by IOM or the departure service: s4 C; IOM pays
    papers and journey for persons who cannot: s0 B4, C4 (5), s4 B9 L3489-3518.
    """
    own = np.asarray(savings_eur, dtype=np.float64) >= np.asarray(price_eur, dtype=np.float64)
    found = np.where(np.asarray(ticket), int(Payer.STATE), int(Payer.NONE))
    found = np.where(own, int(Payer.OWN), found)
    return np.where(np.asarray(supported), int(Payer.IOM), found).astype(np.uint8)


def left_after(
    savings_eur: ArrayLike, together_eur: ArrayLike, price_eur: ArrayLike
) -> NDArray[np.float64]:
    """Return savings of persons after their household has paid its journey from them.

    Each gives in proportion to what it has: `savings * (1 - price / together)`.

    Parameters
    ----------
    savings_eur : array_like of float, shape (n,)
        Savings of each person.
    together_eur : array_like of float, shape (n,)
        Savings of its household, at least `price_eur`.
    price_eur : array_like of float, shape (n,)
        Price of the journey for the household; at 0 nothing is paid.
    """
    together = np.asarray(together_eur, dtype=np.float64)
    price = np.asarray(price_eur, dtype=np.float64)
    part = np.divide(price, together, out=np.zeros(together.shape), where=together > 0.0)
    return np.asarray(np.asarray(savings_eur, dtype=np.float64) * (1.0 - part))
