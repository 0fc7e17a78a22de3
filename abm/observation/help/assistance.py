"""Assistance: applications and what became of them, and the support with which persons left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents import codes
from ....agents.places import table
from ...world.events import Event
from ..departures import departures, independent_returns
from ..observer import BACKGROUND, DIMENSIONS, Observed, Observer, Units, labelled, only_weighed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from ..events import Events

# names of the events of an application, here and in the funnel of journeys
STEPS: Final = ("applied", "granted", "refused", "withdrawn")
SCHEMES: Final[Mapping[str, int]] = {
    str(scheme.name).lower(): int(scheme)
    for scheme in codes.Scheme
    if scheme is not codes.Scheme.NONE
}
IN_KIND: Final = int(codes.Scheme.IN_KIND | codes.Scheme.PILOT)
FAMILY_GOODS: Final = int(codes.Scheme.FAMILIES)  # beside cash; do not count as help in kind
DISCRETIONARY: Final = int(codes.Scheme.DISCRETIONARY)
SUPPORT: Final = {
    "rean": int(codes.Scheme.REAN),
    "hrt_cash": int(codes.Scheme.HRT),
    "in_kind": IN_KIND,
    "families": FAMILY_GOODS,
}
WITHOUT_SCHEME: Final = "without"
# why an application ends, here and in the fates of a scheme
REASONS: Final[Mapping[str, tuple[codes.Reason, ...]]] = {
    "refused": (
        codes.Reason.EARLIER_SUPPORT,
        codes.Reason.MEANS,
        codes.Reason.NOTHING_OPEN,
        codes.Reason.OTHERWISE,
    ),
    "withdrawn": (codes.Reason.CHANGED_MIND, codes.Reason.BARRED_FROM_CASH),
}
AWAITED: Final = "awaited_place"  # no place of help in kind was free when they were to have it
NO_PLACE: Final = "granted:no_place"  # in the end they were granted other support alone
GOVERNMENT: Final = (
    codes.Organisation.CASE_MANAGER,
    codes.Organisation.COA,
    codes.Organisation.MUNICIPAL_DESK,
)


def with_support(events: Events) -> Events:
    """Return departures to the origin with support, all of which go through IOM."""
    left = departures(events)
    return left.where(is_supported(left))


def is_supported(left: Events) -> NDArray[np.bool_]:
    """Return which departures are to the origin, through IOM and with support."""
    at_origin = left["destination"] == codes.Destination.ORIGIN
    return np.asarray(left["iom"] & at_origin & (left["scheme"] > 0))


def _by_bits(events: Events, items: Mapping[str, int]) -> list[Units]:
    """Count each event under every item with which it shares a bit."""
    return [
        labelled(events.where((events["scheme"] & bits) > 0), item) for item, bits in items.items()
    ]


def _assistance(observed: Observed) -> list[Units]:
    asked = observed.events.of(Event.APPLIED, Event.GRANTED, Event.REFUSED, Event.WITHDRAWN)
    supported = with_support(observed.events)
    independent = independent_returns(observed.events)
    paid = (independent["scheme"] & DISCRETIONARY) > 0
    without = independent.where(~is_supported(independent) & ~paid)
    ended = asked.where(asked["reason"] > 0)
    departed = {f"departed:{name}": bits for name, bits in SCHEMES.items() if bits != DISCRETIONARY}
    return [
        labelled(asked, asked.named("kind")),
        labelled(ended, ended.named("kind") + ":" + ended.named("reason")),
        labelled(observed.events.of(Event.AWAITS_PLACE), AWAITED),
        labelled(supported, "departed"),
        *_by_bits(supported, departed),
        labelled(independent.where(paid), "departed:discretionary"),
        labelled(without, f"departed:{WITHOUT_SCHEME}"),
    ]


def _support_received(observed: Observed) -> list[Units]:
    return _by_bits(with_support(observed.events), SUPPORT)


def _referral(observed: Observed) -> list[Units]:
    left = departures(observed.events)
    left = left.where(left["iom"] & (left["destination"] == codes.Destination.ORIGIN))
    sent = table(*GOVERNMENT)[left["referred_by"]]
    return [
        labelled(left.where(sent), "government"),
        labelled(left.where(~sent), "not_government"),
    ]


ASSISTANCE_ITEMS: Final = (
    *STEPS,
    *(f"{kind}:{codes.label(reason)}" for kind, reasons in REASONS.items() for reason in reasons),
    AWAITED,
    NO_PLACE,
    "departed",
    *(f"departed:{name}" for name in (*SCHEMES, WITHOUT_SCHEME)),
)


ASSISTANCE_TABLES: Final = (
    Observer(
        table="assistance",
        items=ASSISTANCE_ITEMS,
        population="persons of the model who apply for assistance or return independently",
        unit="transition",
        year_rule="year of the event",
        rounding=0,
        blind_spots=(
            "A person may leave in a later year than that of the grant, so the steps of one year "
            "are not shares of one another. A person can have several schemes, so rows by scheme "
            "do not add up. `departed` counts departures through IOM with support; "
            "`departed:discretionary` counts persons whom a case manager paid, through IOM or not. "
            "`refused:` and `withdrawn:` count one reason each, the first that holds, and add up. "
            "`awaited_place` counts persons for whom no place of help in kind was free when it was "
            "to be granted; `granted:no_place` those who then did without it. "
            "Persons outside the model, who never had a file, apply to IOM as well."
        ),
        source="own (ODD: Assistance)",
        count=_assistance,
        dimensions=DIMENSIONS,
        cannot_tell=only_weighed(ASSISTANCE_ITEMS),
    ),
    Observer(
        table="iom_support_received",
        items=tuple(SUPPORT),
        population="persons of the model who return to their origin through IOM",
        unit="departure",
        year_rule="year of the departure",
        rounding=0,
        blind_spots=(
            "The published rows also count persons who never had a file. Published `rean` equals "
            "departures through IOM, so it is no second target. Cash and help in kind overlap from "
            "2012. Goods that families get beside cash are not help in kind here and have no "
            "published row; the source does not say whether its row in kind includes them."
        ),
        source="s4 B8 (table 14, L3628-3665)",
        count=_support_received,
        dimensions=BACKGROUND,
        cannot_tell=only_weighed(tuple(SUPPORT)),
    ),
    Observer(
        table="iom_referral",
        items=("government", "not_government"),
        population="persons of the model who return to their origin through IOM",
        unit="departure",
        year_rule="year of the departure",
        rounding=0,
        blind_spots=(
            "Counts the referral that the person followed last: by a case manager, COA or a "
            "municipality, or by nobody of these. The source asks clients how they came to IOM."
        ),
        source="own (one share of it: s4 H17)",
        count=_referral,
        cannot_tell=only_weighed(("government", "not_government")),
    ),
)
