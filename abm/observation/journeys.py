"""Journeys: from first contact to departure, and what came before each independent return.

Only counts by organisation, scheme, place and weeks: no nationality, no single life.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ...agents import codes
from ...agents.kinds import HELPERS
from ..world.events import Event
from .caseload import closings
from .departures import independent_returns
from .flows import ARROW, PLACES
from .help.assistance import FAMILY_GOODS, IN_KIND, WITHOUT_SCHEME
from .items import Items, first_of
from .observer import BACKGROUND, Observed, Observer, Units, labelled, only_weighed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .events import Events

STEPS: Final = (Event.MET, Event.REFERRED, Event.REACHED, Event.APPLIED, Event.GRANTED)
FUNNEL: Final = (*map(codes.label, STEPS), "departed")
ORGANISATIONS: Final = tuple(codes.label(each) for each in codes.Organisation)
# taken: nothing, basic support alone, cash, help in kind, both, or cash with goods for families
PACKAGES: Final = (WITHOUT_SCHEME, "rean", "hrt", "in_kind", "hrt_and_in_kind", "families")
EDGES: Final = (4, 16, 52)  # weeks: the term, all of state shelter, a year
BANDS: Final = ("under_4_weeks", "4_to_15_weeks", "16_to_51_weeks", "52_weeks_or_more")
NEVER: Final = "none"


def packages(scheme: NDArray[np.integer], iom: NDArray[np.bool_]) -> Items:
    """Return with which support departures were made, each one of `PACKAGES`.

    Parameters
    ----------
    scheme : ndarray of int, shape (n,)
        Bits of `Scheme`.
    iom : ndarray of bool, shape (n,)
        Whether the departure went through IOM; without support if it did not.
    """
    cash, kind = (scheme & int(codes.Scheme.HRT)) > 0, (scheme & IN_KIND) > 0
    holds = {
        WITHOUT_SCHEME: ~iom | (scheme == 0),
        "hrt_and_in_kind": cash & kind,
        "families": (scheme & FAMILY_GOODS) > 0,
        "hrt": cash,
        "in_kind": kind,
    }
    return first_of(holds, "rean")


def bands(weeks: NDArray[np.integer | np.floating]) -> Items:
    """Return in which of `BANDS` weeks fall; `none` where they are missing or below 0."""
    return Items(np.where(weeks >= 0, np.digitize(weeks, EDGES), len(BANDS)), (*BANDS, NEVER))


def _pairs(stage: str, left: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{stage}:{a}{ARROW}{package}" for a in left for package in PACKAGES)


JOURNEY_ITEMS: Final = (
    *_pairs("helper", ORGANISATIONS),
    *_pairs("referred_by", ORGANISATIONS),
    *_pairs("met", ORGANISATIONS),
    *_pairs("place", PLACES),
    *_pairs("since_contact", (*BANDS, NEVER)),
    *_pairs("since_file", (*BANDS, NEVER)),
)
CONTACTS: Final = (Event.MET, Event.REFERRED, Event.REACHED)
CONTACT_ITEMS: Final = tuple(
    f"{codes.label(step)}:{codes.label(organisation)}"
    for step in CONTACTS
    for organisation in HELPERS
)


def _funnel(observed: Observed) -> list[Units]:
    steps = observed.events.of(*STEPS).first("kind", "person")
    contacted = independent_returns(observed.events)
    contacted = contacted.where(contacted["since_contact"] >= 0)
    return [labelled(steps, steps.named("kind")), labelled(contacted, "departed")]


def _contacts(observed: Observed) -> list[Units]:
    steps = observed.events.of(*CONTACTS).first("kind", "helper", "person")
    return [labelled(steps, steps.named("kind") + ":" + steps.named("helper"))]


def _journeys(observed: Observed) -> list[Units]:
    left = independent_returns(observed.events)
    package = ARROW + packages(left["scheme"], left["iom"])
    by_one = {
        "helper": left.named("helper"),
        "referred_by": left.named("referred_by"),
        "place": left.named("place"),
        "since_contact": bands(left["since_contact"]),
        "since_file": bands(_weeks_of_file(left, closings(observed.events))),
    }
    counted = [labelled(left, f"{stage}:" + value + package) for stage, value in by_one.items()]
    met = left["met"]
    for organisation in codes.Organisation:
        bit = 1 << organisation
        has = met == 0 if organisation is codes.Organisation.NONE else (met & bit) > 0
        item = f"met:{codes.label(organisation)}" + package[has]
        counted.append(labelled(left.where(has), item))
    return counted


def _weeks_of_file(left: Events, closed: Events) -> NDArray[np.floating]:
    """Return how long the file was open that each return closes; -1 where it closes none."""
    at = closed.latest(left["person"], left["week"])
    weeks = np.full(len(left), -1.0)
    known = at >= 0
    known[known] = closed["week"][at[known]] == left["week"][known]
    weeks[known] = closed["weeks"][at[known]]
    return weeks


JOURNEY_TABLES: Final = (
    Observer(
        table="journey_funnel",
        items=FUNNEL,
        population="persons of the model who meet a helper or apply for assistance",
        unit="person",
        year_rule="year in which the person first takes the step; departed: year of the departure",
        rounding=0,
        blind_spots=(
            "A later step does not include the earlier ones: a person may apply without having met "
            "anybody, and the steps of one person can fall into several years. `departed` counts "
            "persons who returned independently after they had met a helper."
        ),
        source="own (ODD: Observation, paths)",
        count=_funnel,
        dimensions=BACKGROUND,
        cannot_tell=only_weighed(FUNNEL),
    ),
    Observer(
        table="contacts",
        items=CONTACT_ITEMS,
        population="persons of the model who meet an organisation, are referred to it or arrive",
        unit="person",
        year_rule="year in which the person first takes the step at that organisation",
        rounding=0,
        blind_spots=(
            "A person counts once for each organisation and step. How many an organisation meets "
            "follows from its assumed places and says nothing about what it achieves. Referrals "
            "that are made while nobody arrives count under `referred` alone."
        ),
        source="own (ODD: Observation, paths)",
        count=_contacts,
        cannot_tell=only_weighed(CONTACT_ITEMS),
    ),
    Observer(
        table="journeys",
        items=JOURNEY_ITEMS,
        population="persons of the model who return independently, with or without a file",
        unit="departure",
        year_rule="year of the departure",
        rounding=0,
        blind_spots=(
            "Each step counts the same independent returns by the support that the person had; "
            "only under `met` a person counts for every organisation that it has met. "
            "`referred_by` is the organisation that last referred the person, `none` if nobody "
            "did. What came before a return need not have led to it. Place and helper are those of "
            "the last week; `since_file` is known only where the return closes a file."
        ),
        source="own (ODD: Observation, paths)",
        count=_journeys,
        cannot_tell=only_weighed(JOURNEY_ITEMS),
    ),
)
