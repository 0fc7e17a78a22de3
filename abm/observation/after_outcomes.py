"""Outcomes after return, of cohorts, and of spending."""

from __future__ import annotations

from typing import Final

from ...agents import codes
from ..world.ledgers.accounts import NOT_PUBLIC, POSTS
from .cohorts import COHORTS
from .reported import Part, ReportedOutcome
from .returns import AFTER, CHECKS, WAYS, item
from .spending import SPENDING, TOTAL

_NO_FOLLOW_UP: Final = " No Dutch follow-up exists: a plausible picture, not a finding."
_LAST: Final = CHECKS[-1]


def _part(what: str, *ways: str, check: int = _LAST) -> Part:
    return Part(AFTER, tuple(item(way, what, check) for way in ways or WAYS))


def _counted(what: str, label: str, label_nl: str, counts: str) -> ReportedOutcome:
    return ReportedOutcome(
        id=f"{what}_{_LAST}w",
        label=label,
        label_nl=label_nl,
        unit="person",
        family="after_return",
        counts=counts,
        reads="More persons; it also grows when more persons return, so read the share beside it."
        + _NO_FOLLOW_UP,
        part=_part(what),
        source="own (ODD: After return)",
    )


def _share(
    name: str, label: str, label_nl: str, counts: str, part: Part, over: Part
) -> ReportedOutcome:
    return ReportedOutcome(
        id=name,
        label=label,
        label_nl=label_nl,
        unit="share",
        family="after_return",
        counts=counts,
        reads="Larger: a larger part of those who had returned. A share can also grow because "
        "others no longer return." + _NO_FOLLOW_UP,
        part=part,
        over=over,
        source="own (ODD: After return)",
    )


_DIMENSIONS_NL: Final = {
    "economic": "economisch",
    "social": "sociaal",
    "psychosocial": "psychosociaal",
}
_WAYS: Final = {
    "independent": ("independently", "zelfstandig"),
    "forced": ("by force", "gedwongen"),
}

AFTER_RETURN_OUTCOMES: Final = (
    _counted(
        "followed",
        "returned a year before",
        "een jaar eerder teruggekeerd",
        "Persons whose return lies a year back, wherever they are now.",
    ),
    _counted(
        "sustained",
        "return sustained after a year",
        "terugkeer houdt stand na een jaar",
        "Persons a year after their return who are still there and low in no dimension.",
    ),
    _counted(
        "hard",
        "return hard after a year",
        "terugkeer moeilijk na een jaar",
        "Persons a year after their return who are still there, and low in at least one dimension.",
    ),
    _counted(
        "left_again",
        "left again within a year",
        "binnen een jaar weer vertrokken",
        "Persons who had left the origin again a year after their return.",
    ),
    _share(
        "share_sustained_52w",
        "share sustained, a year after return",
        "aandeel dat standhoudt, een jaar na terugkeer",
        "Share still there and low in no dimension, of all who returned a year before.",
        _part("sustained"),
        _part("followed"),
    ),
    *(
        _share(
            f"share_sustained_52w_{way}",
            f"share sustained, of those who returned {words}",
            f"aandeel dat standhoudt, van personen die {woorden} terugkeerden",
            f"Share still there and low in no dimension, of persons who returned {words} a year "
            "before.",
            _part("sustained", way),
            _part("followed", way),
        )
        for way, (words, woorden) in _WAYS.items()
    ),
    _share(
        "share_left_again_52w",
        "share who left again within a year",
        "aandeel dat binnen een jaar weer vertrok",
        "Share who left the origin again within a year of their return.",
        _part("left_again"),
        _part("followed"),
    ),
    _share(
        "share_thinks_of_leaving_52w",
        "share who think of leaving again",
        "aandeel dat denkt aan weer vertrekken",
        "Share still there who think of leaving again, of all who returned a year before.",
        _part("thinks_of_leaving"),
        _part("followed"),
    ),
    *(
        _share(
            f"share_low_{dimension}_52w",
            f"share with low {dimension} embeddedness",
            f"aandeel dat {_DIMENSIONS_NL[dimension]} weinig is ingebed",
            f"Share low in the {dimension} dimension, of all who returned a year before.",
            _part(f"low_{dimension}"),
            _part("followed"),
        )
        for dimension in map(codes.label, codes.Dimension)
    ),
    _share(
        "share_sustained_26w",
        "share sustained, half a year after return",
        "aandeel dat standhoudt, een half jaar na terugkeer",
        "Share still there and low in no dimension, of all who returned half a year before.",
        _part("sustained", check=CHECKS[0]),
        _part("followed", check=CHECKS[0]),
    ),
)

_COHORT: Final = {
    "returned_independent": ("returned independently", "zelfstandig teruggekeerd"),
    "returned_forced": ("returned by force", "gedwongen teruggekeerd"),
    "home_unobserved": ("returned unseen", "ongezien teruggekeerd"),
    "member_state": ("transferred to a member state", "overgedragen aan een lidstaat"),
    "onward": ("moved on", "doorgereisd"),
    "permit": ("with a permit", "met een vergunning"),
    "other": ("out of the files for another reason", "om een andere reden uit de dossiers"),
    "file_open": ("with a file open", "met een open dossier"),
    "out_of_view": ("out of view in the Netherlands", "uit beeld in Nederland"),
}
COHORT_OUTCOMES: Final = tuple(
    ReportedOutcome(
        id=f"cohort_{name}_104w",
        label=f"two years after the first file: {label}",
        label_nl=f"twee jaar na het eerste dossier: {label_nl}",
        unit="share",
        family="cohort",
        counts=f"Share {label}, of persons whose first file opened two years before.",
        reads="Larger: it holds for a larger part of the cohort. The year is the one in which the "
        "two years end.",
        part=Part(COHORTS, (name,)),
        over=Part(COHORTS, ("opened",)),
    )
    for name, (label, label_nl) in _COHORT.items()
)

_POSTS: Final = {
    TOTAL: ("all that is priced", "alles wat een prijs heeft"),
    "reception": ("reception", "opvang"),
    "detention": ("detention", "bewaring"),
    "municipal_shelter": ("municipal shelter", "gemeentelijke opvang"),
    "case_managers": ("case managers", "regievoerders"),
    "counselling": ("counselling", "begeleiding"),
    "cash": ("assistance in cash", "steun in geld"),
    "in_kind": ("assistance in kind", "steun in natura"),
    "assisted_journeys": ("assisted journeys", "begeleide reizen"),
    "state_tickets": ("tickets that the state pays", "tickets die de staat betaalt"),
    "removals": ("forced departures", "gedwongen vertrek"),
    "own_journeys": ("journeys that households pay", "reizen die huishoudens betalen"),
}
assert set(_POSTS) == {TOTAL, *POSTS}  # noqa: S101 (a post without words)
SPENDING_OUTCOMES: Final = tuple(
    ReportedOutcome(
        id=f"spending_{post}",
        label=f"spending: {label}",
        label_nl=f"uitgaven: {label_nl}",
        unit="euro",
        family="spending",
        counts=f"Euros for {label}, at unit prices (records that begin with price_).",
        reads="More euros spent, whatever came of it. Never divided by departures; some prices are "
        "guesses." + (" Households pay it: no part of the total." if post in NOT_PUBLIC else ""),
        part=Part(SPENDING, (post,)),
    )
    for post, (label, label_nl) in _POSTS.items()
)
