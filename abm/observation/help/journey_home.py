"""The journey home: who pays for it, and what part help had in the choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ....agents import codes
from ...world.events import Event
from ..observer import DIMENSIONS, Observed, Observer, Units, labelled, only_weighed
from .assistance import with_support

if TYPE_CHECKING:
    from collections.abc import Mapping

PAYERS: Final = tuple(codes.label(payer) for payer in codes.Payer if payer is not codes.Payer.NONE)
# how a person goes home: independently, unseen, or by force
WAYS: Final[Mapping[str, tuple[codes.Outcome, codes.Destination]]] = {
    "independent": (codes.Outcome.INDEPENDENT, codes.Destination.ORIGIN),
    "unseen": (codes.Outcome.UNOBSERVED, codes.Destination.HOME_UNOBSERVED),
    "forced": (codes.Outcome.FORCED, codes.Destination.ORIGIN),
}
PAYER_ITEMS: Final = (
    *(f"independent:{payer}" for payer in PAYERS),
    "unseen:own",
    "forced:state",
)
PARTS: Final = {
    codes.PartOfHelp.NONE: "no_part",
    codes.PartOfHelp.INFLUENCE: "influence",
    codes.PartOfHelp.DECISIVE: "decisive",
}


def _who_pays(observed: Observed) -> list[Units]:
    left = observed.events.of(Event.LEFT)
    left = left.where(left["payer"] != codes.Payer.NONE)
    counted = []
    for way, (outcome, destination) in WAYS.items():
        of_way = left.where((left["outcome"] == outcome) & (left["destination"] == destination))
        counted.append(labelled(of_way, f"{way}:" + of_way.named("payer")))
    return counted


def _part_of_help(observed: Observed) -> list[Units]:
    left = with_support(observed.events)
    left = left.where(~left["minor"])
    part = left["part_of_help"]
    return [labelled(left.where(part == code), name) for code, name in PARTS.items()]


JOURNEY_HOME_TABLES: Final = (
    Observer(
        table="who_pays",
        items=PAYER_ITEMS,
        population="persons of the model who go home",
        unit="departure",
        year_rule="year of the departure",
        rounding=0,
        blind_spots=(
            "Nothing counts who paid. Own: the savings of the household; kin who send money are "
            "not in the model. State: a ticket of the departure service, and all journeys by "
            "force. Persons who move on or are brought to a member state are left out."
        ),
        source="own (ODD: The journey home)",
        count=_who_pays,
        dimensions=DIMENSIONS,
        cannot_tell=only_weighed(PAYER_ITEMS),
    ),
    Observer(
        table="part_of_help",
        items=tuple(PARTS.values()),
        population="adults of the model who return through IOM with support",
        unit="departure",
        year_rule="year of the departure",
        rounding=0,
        blind_spots=(
            "What people could say afterwards: decisive if the household would have chosen "
            "otherwise without help in one of its last choices, with the same chance; influence if "
            "that is not so and what they got adds at least a set share of the most that help can "
            "add (`help_influences_from`, assumed); else no part. A survey asks people who may not "
            "know, and those of another country."
        ),
        source="own (question of x5 A14)",
        count=_part_of_help,
        cannot_tell=only_weighed(tuple(PARTS.values())),
    ),
)
