"""Labels, order, colours and hatches: one place for all figures and tables.

Most colours are those of Okabe and Ito (2008), which people with any common kind of
colour vision can tell apart. Hatches do the same in print.
Colours say nothing about which outcome is good: there is no red against green.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from ...agents import codes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import IntEnum

ORANGE: Final = "#E69F00"
SKY: Final = "#56B4E9"
TEAL: Final = "#009E73"
YELLOW: Final = "#F0E442"
BLUE: Final = "#0072B2"
RUST: Final = "#D55E00"
MAUVE: Final = "#CC79A7"
GREY: Final = "#999999"
PALE: Final = "#D9D9D9"
INK: Final = "#222222"


@dataclass(frozen=True)
class Look:
    """How one code is shown.

    Parameters
    ----------
    colour : str
        Colour of the area, as `#RRGGBB`.
    hatch : str, optional
        Hatch of matplotlib over the colour.
    """

    label: str
    colour: str
    hatch: str = ""


# In the order in which they are stacked and listed.
OUTCOMES: Final[dict[codes.Outcome, Look]] = {
    codes.Outcome.INDEPENDENT: Look("independent departure", SKY),
    codes.Outcome.FORCED: Look("forced departure", ORANGE, "////"),
    codes.Outcome.UNOBSERVED: Look("closed, whereabouts unknown", BLUE, "...."),
    codes.Outcome.PERMIT: Look("permit", MAUVE, "\\\\\\\\"),
    codes.Outcome.OTHER: Look("other", PALE, "xxxx"),
    codes.Outcome.NONE: Look("file open", "#FFFFFF"),
}

PLACES: Final[dict[codes.Place, Look]] = {
    codes.Place.AZC: Look("reception centre (azc)", BLUE),
    codes.Place.AZC_DEPARTURE_TERM: Look("azc, departure term", SKY, "////"),
    codes.Place.VBL: Look("vbl (freedom-restricting)", "#A6D8F5", "...."),
    codes.Place.FAMILY_LOCATION: Look("family location", TEAL, "\\\\\\\\"),
    codes.Place.REPORTING_DUTY: Look("reporting duty, own address", YELLOW, "---"),
    codes.Place.DETENTION: Look("immigration detention", RUST, "xxxx"),
    codes.Place.CLOSED_FAMILY: Look("closed family facility", "#F2B48C", "++++"),
    codes.Place.GUIDED_SHELTER: Look("guided shelter, day and night", MAUVE),
    codes.Place.NIGHT_SHELTER: Look("night shelter", "#E8C1D8", "////"),
    codes.Place.PRIVATE_NETWORK: Look("private network", PALE, "...."),
    codes.Place.STREET: Look("street", "#555555"),
    codes.Place.ORIGIN: Look("country of origin", ORANGE, "||||"),
}

ROUTES: Final[dict[codes.Route, Look]] = {
    codes.Route.ASYLUM: Look("asylum procedure", BLUE),
    codes.Route.APPREHENDED: Look("apprehended", RUST, "xxxx"),
    codes.Route.BORDER: Look("refused at the border", YELLOW, "---"),
    codes.Route.PERMIT_EXPIRED: Look("permit expired", MAUVE, "\\\\\\\\"),
    codes.Route.OLDER_HIDDEN: Look("lived here unseen before", "#555555"),
}

DESTINATIONS: Final[dict[codes.Destination, Look]] = {
    codes.Destination.ORIGIN: Look("country of origin", ORANGE, "||||"),
    codes.Destination.MEMBER_STATE: Look("another member state", YELLOW, "---"),
    codes.Destination.HOME_UNOBSERVED: Look("home, unseen", "#F5CF80", "||||"),
    codes.Destination.ONWARD: Look("moved on, unseen", TEAL, "\\\\\\\\"),
    codes.Destination.PERMIT: Look("permit", MAUVE, "\\\\\\\\"),
    codes.Destination.NETHERLANDS: Look("lives on in the Netherlands", GREY),
    codes.Destination.OTHER: Look("other", PALE, "xxxx"),
}

FORCES: Final[dict[codes.Force, Look]] = {
    codes.Force.PUSH: Look("push", ORANGE, "////"),
    codes.Force.PULL: Look("pull", YELLOW, "...."),
    codes.Force.STAY: Look("stay", MAUVE, "\\\\\\\\"),
    codes.Force.DETER: Look("deter", "#555555"),
}

OPTIONS: Final[dict[codes.Option, Look]] = {
    codes.Option.WAIT: Look("wait", PALE),
    codes.Option.RETURN: Look("return", SKY),
    codes.Option.OUT_OF_SIGHT: Look("out of sight", BLUE),
    codes.Option.MOVE_ON: Look("move on", TEAL, "\\\\\\\\"),
}


# Labels of the rows of the observer's own tables.
HARM: Final = {
    "weeks_without_stable_shelter": "person-weeks without stable shelter",
    "weeks_on_street": "of which on the street",
    "weeks_in_night_shelter": "of which in shelter for the night only",
    "weeks_in_private_network": "person-weeks in a private network (counted as stable)",
    "children_closed": "files of children closed",
    "children_detained": "children placed in detention or the closed family facility",
}
VOLUNTARINESS: Final = {
    "from_stable_shelter": Look("adults, from stable shelter", SKY),
    "destitute": Look("adults, destitute", "#555555", "////"),
    "from_detention": Look("adults, from detention", RUST, "xxxx"),
    "children": Look("children, with their household", PALE, "...."),
}

# Steps of the table `journey_funnel`, and kinds of organisations, in the order in which they are
# shown.
FUNNEL: Final = {
    "met": "met an organisation",
    "referred": "were referred to one",
    "reached": "arrived after a referral",
    "applied": "applied for assistance",
    "granted": "were granted it",
    "departed": "returned independently\nafter a contact",
}
KINDS: Final = {  # of organisations
    "iom": "IOM",
    "vwn": "VWN (refugee council)",
    "coa": "COA (reception)",
    "training": "training organisations",
    "reintegration": "reintegration organisations",
    "legal_aid": "legal aid organisations",
    "municipal_desk": "municipal desk",
}
SEEKING: Final = {
    "clients": Look("clients", SKY),
    "waiting": Look("waiting for a place", YELLOW, "////"),
}

# Schemes, their steps, and what became of persons of whom a step was the last (tables
# `scheme_funnel` and `scheme_fates`), in the order in which they are shown.
SCHEMES: Final = {
    "rean": "Basic support (REAN)",
    "hrt": "Cash for reintegration (HRT)",
    "in_kind": "Help in kind",
    "families": "Goods for families, beside cash",
    "pilot": "Pilot of 2010, in kind",
    "discretionary": "Money that a case manager promises",
}
SCHEME_STEPS: Final = {
    "eligible": "eligible",
    "knows": "knows of support",
    "considers": "considers return",
    "price_met": "price met",
    "applied": "applied",
    "granted": "granted",
    "ready": "ready to leave",
    "left": "left with it",
}
KNOWS_IN_KIND: Final = "knows of support,\nand sees it"  # what `knows` means for help in kind
FATES: Final = {
    "goes_on": Look("goes on to the next step", "#D6ECFA"),
    "with_it": Look("left with it", SKY),
    "refused": Look("refused", YELLOW, "---"),
    "withdrawn": Look("withdrew", "#E8C1D8", "ooo"),
    "returned_without": Look("went home without it", "#5C4033"),
    "forced": Look("removed", ORANGE, "////"),
    "onward": Look("moved on", TEAL, "\\\\\\\\"),
    "out_of_sight": Look("out of sight at the end", BLUE, "...."),
    "permit": Look("got a permit", MAUVE, "||||"),
    "other": Look("closed otherwise", PALE, "xxxx"),
    "still_here": Look("still here at the end", "#FFFFFF"),
}


def scheme_step(scheme: str, step: str) -> str:
    """Return the label of a step of a scheme: help in kind must also be seen to be known."""
    return KNOWS_IN_KIND if (scheme, step) == ("in_kind", "knows") else SCHEME_STEPS[step]


Code = TypeVar("Code", bound="IntEnum")


def check_covered(looks: Mapping[Code, Look], enum: type[Code]) -> None:
    """Refuse a palette that leaves out a code or shows two alike.

    Raises
    ------
    AssertionError
        If a member has no look, or two members have the same.
    """
    missing = [member.name for member in enum if member not in looks]
    if missing:
        raise AssertionError(f"no look for {enum.__name__}: {', '.join(missing)}")
    if len({(look.colour, look.hatch) for look in looks.values()}) < len(looks):
        raise AssertionError(f"two members of {enum.__name__} look the same")


check_covered(OUTCOMES, codes.Outcome)
check_covered(PLACES, codes.Place)
check_covered(ROUTES, codes.Route)
check_covered(DESTINATIONS, codes.Destination)
check_covered(FORCES, codes.Force)
check_covered(OPTIONS, codes.Option)


def by_label(looks: Mapping[Code, Look]) -> dict[str, Look]:
    """Return a palette by the labels that tables print.

    Returns
    -------
    dict of str to Look
        The same looks in the same order.
    """
    return {codes.label(code): look for code, look in looks.items()}
