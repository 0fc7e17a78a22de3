"""Outcomes of harm: shelter, sight, health, detention, children and families."""

from __future__ import annotations

from typing import Final

from ..world.calendar import WEEKS_PER_YEAR
from .families import FAMILIES
from .lived import LIVED
from .reported import Part, ReportedOutcome, Unit
from .returns import DANGER, WAYS


def _weeks(
    name: str, label: str, label_nl: str, counts: str, item: str, beside: str = ""
) -> ReportedOutcome:
    return ReportedOutcome(
        id=name,
        label=label,
        label_nl=label_nl,
        unit="person-week",
        family="harm",
        counts=counts,
        reads="More weeks lived in this way, by more persons or for longer." + beside,
        part=Part(LIVED, (item,)),
        source="own (ODD: Observation; glossary: stable shelter, hidden)",
    )


def _nights(name: str, label: str, label_nl: str, counts: str) -> ReportedOutcome:
    return ReportedOutcome(
        id=name,
        label=label,
        label_nl=label_nl,
        unit="person-week",
        family="harm",
        counts=counts,
        reads="More weeks lived in this way, by more persons or for longer; part of the weeks "
        "without stable shelter.",
        part=Part("harm", (name,)),
        source="own (ODD: Observation; glossary: stable shelter)",
    )


def _families(name: str, label: str, label_nl: str, counts: str, unit: Unit) -> ReportedOutcome:
    return ReportedOutcome(
        id=name,
        label=label,
        label_nl=label_nl,
        unit=unit,
        family="harm",
        counts=counts,
        reads="More children or families for whom this holds, in whatever way they left.",
        part=Part(FAMILIES, (name,)),
    )


_INTO: Final = (
    "More persons back in countries of that band. It rests on indicators of countries: nobody's "
    "own safety is known."
)


def _danger(seen: str, band: str) -> ReportedOutcome:
    words = {
        "real": ("real danger", "werkelijk gevaar", "by indicators of the country"),
        "believed": ("believed danger", "gevreesd gevaar", "as the adult believes"),
    }
    bands = {"low": "klein", "middle": "middelgroot", "high": "groot"}
    label, label_nl, tells = words[seen]
    who = "Persons" if seen == "real" else "Adults"
    return ReportedOutcome(
        id=f"returned_into_{band}_{seen}_danger",
        label=f"returned into {band} {label}",
        label_nl=f"teruggekeerd naar {bands[band]} {label_nl}",
        unit="person",
        family="harm",
        counts=f"{who} who truly return to a country whose danger is {band}, {tells}.",
        reads=_INTO,
        part=Part(DANGER, tuple(f"{way}:{seen}_{band}" for way in WAYS)),
    )


HARM_OUTCOMES: Final = (
    _weeks(
        "weeks_without_stable_shelter",
        "person-weeks without stable shelter",
        "persoonsweken zonder stabiel onderdak",
        "Weeks that persons live on the street or in shelter for the night only.",
        "without_stable_shelter",
    ),
    ReportedOutcome(
        id="weeks_without_stable_shelter_per_year",
        label="weeks without stable shelter, for each year lived in the Netherlands",
        label_nl="weken zonder stabiel onderdak, per jaar dat iemand in Nederland leeft",
        unit="week per person-year",
        family="harm",
        counts="Weeks on the street or in shelter for the night only, for each year that persons "
        "of the model live in the Netherlands.",
        reads="Larger: persons live a larger part of their time here without stable shelter.",
        part=Part(LIVED, ("without_stable_shelter",)),
        over=Part(LIVED, ("all",)),
        times=WEEKS_PER_YEAR,
        source="own (ODD: Observation; glossary: stable shelter)",
    ),
    _nights(
        "weeks_on_street",
        "person-weeks on the street",
        "persoonsweken op straat",
        "Weeks that persons live on the street.",
    ),
    _nights(
        "weeks_in_night_shelter",
        "person-weeks in shelter for the night only",
        "persoonsweken in nachtopvang",
        "Weeks that persons live in shelter for the night only.",
    ),
    _weeks(
        "child_weeks_without_stable_shelter",
        "weeks of children without stable shelter",
        "weken van kinderen zonder stabiel onderdak",
        "Weeks that children live on the street or in shelter for the night only.",
        "children_without_stable_shelter",
    ),
    _weeks(
        "weeks_out_of_sight",
        "person-weeks out of sight",
        "persoonsweken uit beeld",
        "Weeks that persons live here outside reception with no file open.",
        "out_of_sight",
    ),
    _weeks(
        "child_weeks_out_of_sight",
        "weeks of children out of sight",
        "weken van kinderen uit beeld",
        "Weeks that children live here outside reception with no file open.",
        "children_out_of_sight",
    ),
    _weeks(
        "weeks_held",
        "person-weeks in detention",
        "persoonsweken in bewaring",
        "Weeks in immigration detention or the closed family facility.",
        "held",
    ),
    _weeks(
        "child_weeks_held",
        "weeks of children in detention",
        "weken van kinderen in bewaring",
        "Weeks of children in immigration detention or the closed family facility.",
        "children_held",
    ),
    ReportedOutcome(
        id="share_poor_mental_health",
        label="share of adults' weeks in poor mental health",
        label_nl="aandeel weken van volwassenen met slechte psychische gezondheid",
        unit="share",
        family="harm",
        counts="Weeks of adults below the line of poor mental health, as a share of all their "
        "weeks here.",
        reads="Larger: more of their time here in poor mental health, on a scale of the model's "
        "own. Read differences, never the level.",
        part=Part(LIVED, ("poor_mental",)),
        over=Part(LIVED, ("adults",)),
    ),
    _weeks(
        "weeks_apart_from_kin",
        "person-weeks apart from kin who want the household back",
        "persoonsweken gescheiden van familie die het huishouden terug wil",
        "Weeks that persons live here while kin at origin want the household back.",
        "apart_from_kin",
        " Mediation raises it by making more kin want households back: that part of the rise is "
        "no harm that it does.",
    ),
    _families(
        "children_left",
        "children who left",
        "kinderen die vertrokken",
        "Children who leave the Netherlands, for the origin or elsewhere.",
        "person",
    ),
    _families(
        "children_returned",
        "children who returned to the origin",
        "kinderen die terugkeerden",
        "Children who go back to the country of origin, which some have never seen.",
        "person",
    ),
    _families(
        "families_left",
        "families with children who left",
        "gezinnen met kinderen die vertrokken",
        "Households with a child that leave the Netherlands.",
        "household",
    ),
    _families(
        "families_separated",
        "families separated by departure",
        "gezinnen gescheiden door vertrek",
        "Households of which some members leave and others stay or go elsewhere; "
        "0 as long as households of the model leave together.",
        "household",
    ),
    *(_danger(seen, band) for seen in ("real", "believed") for band in ("low", "middle", "high")),
)
