"""Organisations that help, and their kinds: numbers by organisation, or by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import Kind, Organisation
from ....agents.kinds import HELPERS, KIND_OF, KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..values import Values

SIZE: Final = len(Organisation)
MOST_COUNSELLORS: Final = 1000  # of an organisation; beyond that each has more clients
RETURN_NGOS: Final = tuple(
    each for each in HELPERS if KIND_OF[each] in (Kind.TRAINING, Kind.REINTEGRATION)
)
FOR_RETURN: Final = np.array([each in RETURN_NGOS for each in Organisation])
CAPACITY: Final = {
    Organisation.IOM: "iom_capacity",
    Organisation.VWN: "vwn_capacity",
    Organisation.BRIDGE_TO_BETTER: "bridge_to_better_capacity",
    Organisation.MAATWERK: "maatwerk_capacity",
    Organisation.ASKV: "askv_capacity",
    Organisation.COA: "coa_capacity",
    Organisation.MUNICIPAL_DESK: "municipal_desk_capacity",
    Organisation.TIP: "tip_capacity",
    Organisation.NIEUW_HOOFDSTUK: "nieuw_hoofdstuk_capacity",
    Organisation.OPGEHEVEN_HOOFD: "opgeheven_hoofd_capacity",
    Organisation.GOEDWERK: "goedwerk_capacity",
    Organisation.WERELDWIJD: "wereldwijd_capacity",
    Organisation.GREEN_WAY: "green_way_capacity",
}


def spread(listed: NDArray[np.float64], kinds: Sequence[Kind] = KINDS) -> NDArray[np.float64]:
    """Return numbers of kinds of organisations by organisation.

    Parameters
    ----------
    listed : ndarray of float, shape (kinds,)
        One number for each of `kinds`, in their order.
    kinds : sequence of Kind, optional
        From IOM to the municipal desk, if left out.

    Returns
    -------
    ndarray of float, shape (organisations,)
        By code of `Organisation`: the number of its kind; 0 for kinds that are not listed.
    """
    by_kind = np.zeros(len(Kind))
    by_kind[list(kinds)] = listed
    return by_kind[KIND_OF]


def by_organisation(now: Values, name: str) -> NDArray[np.float64]:
    """Return a record of one number for each kind of organisation, or for each organisation.

    Numbers go by organisation (`HELPERS`, in their order) where sources tell what single ones do;
    elsewhere by kind (`KINDS`).

    Returns
    -------
    ndarray of float, shape (organisations,)
        By code of `Organisation`; 0 for none and for the case manager.
    """
    listed = now.vector(name)
    if len(listed) != len(HELPERS):
        return spread(listed)
    found = np.zeros(SIZE)
    found[list(HELPERS)] = listed
    return found


def capacities(now: Values) -> NDArray[np.float64]:
    """Return how many clients each organisation can have, in real persons, by code."""
    found = np.zeros(SIZE)
    for organisation in HELPERS:
        found[organisation] = now.number(CAPACITY[organisation])
    return found


def counsellors_of(now: Values, capacity: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return how many counsellors each organisation has: real persons, by code.

    Parameters
    ----------
    capacity : ndarray of float, shape (organisations,)
        Clients that each can have.

    Returns
    -------
    ndarray of int64, shape (organisations,)
        `capacity / counsellor_caseload`, rounded, at least one where anybody can be a client and
        at most `MOST_COUNSELLORS`; for IOM, whose counsellors were counted, `iom_counsellors`.
    """
    caseload = np.maximum(spread(now.vector("counsellor_caseload"), KINDS[1:]), 1.0)
    found = np.clip(np.rint(capacity / caseload), 1.0, MOST_COUNSELLORS)
    found[Organisation.IOM] = now.number("iom_counsellors")
    return np.where(capacity > 0.0, found, 0.0).astype(np.int64)


def by_sender(now: Values) -> NDArray[np.float64]:
    """Return the share of referrals that arrive, by code of the organisation that refers.

    `share + warm_handover * (1 - share)`, with `handover_share` of its kind; 0 for none.
    """
    share = now.vector("handover_share")
    saved = now.number("warm_handover") * (1.0 - share)
    return spread(share + saved, (*KINDS, Kind.CASE_MANAGER))


def of_its_kind(weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the share of each organisation in the weight of its kind.

    Parameters
    ----------
    weight : ndarray of float, shape (..., organisations)
        At least 0, such as places for those whom the organisation takes.

    Returns
    -------
    ndarray of float, shape (..., organisations)
        `weight / sum of weight over the kind`, so shares of a kind add up to 1; 0 without weight.
    """
    share = (weight > 0.0).astype(np.float64)
    for kind in KINDS:
        members = np.flatnonzero(kind == KIND_OF)
        if len(members) > 1:  # one alone has all
            own = weight[..., members]
            total = own.sum(axis=-1, keepdims=True)
            share[..., members] = np.divide(own, total, out=np.zeros_like(own), where=total > 0.0)
    return share
