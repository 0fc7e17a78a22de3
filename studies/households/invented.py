"""Three invented households, and one thing at a time that could differ in each.

They are made up to show how groups weigh. No real person was looked up or scored.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from terugkeer.agents.codes import Background, LegalPhase, Organisation, Place, Stage

from .weighed import Change, Invented

ASYLUM_REFUSED: Final = {"background": Background.ASYLUM, "spell_open": True, "spells": 1}
MAN: Final = Invented(
    number=6,
    origin="other_not_safe",
    shared={
        **ASYLUM_REFUSED,
        "place": Place.AZC_DEPARTURE_TERM,
        "phase": LegalPhase.DEPARTURE_TERM,
        "stage": Stage.NOT_CONSIDERING,
        "arrival_week": 70,
        "place_since": 2,
        "phase_since": 2,
        "spell_since": 30,
    },
    adults={
        "he": {
            "age": 27,
            "mental": 0.45,
            "physical": 0.8,
            "agency": 0.55,
            "debt_eur": 1500,
            "social_debt": 0.4,
            "income_eur": 57.61,
            "journey_cost_eur": 4000,
            "ties_nl": 0.25,
            "ties_origin": 0.55,
            "wanted_at_home": False,
            "believed_safety": 0.15,
            "believed_livelihood": 0.4,
            "illegality_prospects": 0.5,
            "threat": 0.45,
            "hope": 0.3,
            "knowledge": 0.2,
            "justice": 0.35,
            "trust_state": 0.3,
            "reservation_eur": np.inf,
        }
    },
)
FAMILY: Final = Invented(
    number=5,
    origin="other_not_safe",
    shared={
        **ASYLUM_REFUSED,
        "place": Place.FAMILY_LOCATION,
        "phase": LegalPhase.OBLIGED,
        "stage": Stage.NOT_CONSIDERING,
        "arrival_week": 190,
        "place_since": 60,
        "phase_since": 66,
        "spell_since": 70,
        "wanted_at_home": True,
        "journey_cost_eur": 6000,
        "income_eur": 57.61,
    },
    adults={
        "father": {
            "age": 41,
            "mental": 0.4,
            "physical": 0.75,
            "agency": 0.4,
            "debt_eur": 2500,
            "social_debt": 0.5,
            "ties_nl": 0.35,
            "ties_origin": 0.75,
            "believed_safety": 0.55,
            "believed_livelihood": 0.6,
            "illegality_prospects": 0.15,
            "threat": 0.35,
            "hope": 0.1,
            "knowledge": 0.4,
            "justice": 0.5,
            "trust_state": 0.35,
            "reservation_eur": 6000,
        },
        "mother": {
            "age": 36,
            "female": True,
            "mental": 0.6,
            "physical": 0.8,
            "agency": 0.65,
            "debt_eur": 0,
            "social_debt": 0.3,
            "ties_nl": 0.65,
            "ties_origin": 0.4,
            "believed_safety": 0.25,
            "believed_livelihood": 0.45,
            "illegality_prospects": 0.35,
            "threat": 0.3,
            "hope": 0.35,
            "knowledge": 0.25,
            "justice": 0.3,
            "trust_state": 0.2,
            "reservation_eur": np.inf,
        },
    },
    children=(11.0, 7.0),
    neighbours=(2, 14),
)
WOMAN: Final = Invented(
    number=10,
    origin="other_safe",
    shared={
        "background": Background.ASYLUM,
        "spells": 1,
        "met": 1 << Organisation.VWN,
        "place": Place.PRIVATE_NETWORK,
        "phase": LegalPhase.OBLIGED,
        "stage": Stage.CONSIDERING,
        "draws_in_a_row": 1,
        "arrival_week": 300,
        "place_since": 110,
        "phase_since": 160,
        "spell_since": 160,
    },
    adults={
        "she": {
            "age": 38,
            "female": True,
            "mental": 0.6,
            "physical": 0.75,
            "agency": 0.7,
            "debt_eur": 4000,
            "social_debt": 0.6,
            "income_eur": 70,
            "journey_cost_eur": 1500,
            "ties_nl": 0.45,
            "ties_origin": 0.5,
            "wanted_at_home": False,
            "believed_safety": 0.65,
            "believed_livelihood": 0.45,
            "illegality_prospects": 0.25,
            "threat": 0.15,
            "hope": 0.05,
            "knowledge": 0.6,
            "justice": 0.4,
            "trust_state": 0.2,
            "reservation_eur": 2000,
        }
    },
)
AS_IT_IS: Final = "as it is"
CHANGES: Final = {
    "he": (
        Change(AS_IT_IS, MAN),
        Change("a life without papers comes to look bleak", MAN.having(illegality_prospects=0.1)),
        Change("removal comes to look near", MAN.having(threat=0.9)),
        Change("the last week of shelter", MAN.having(phase_since=3)),
        Change("a talk with the case manager", MAN, talk=True),
        Change("he comes to believe his country safe", MAN.having(believed_safety=0.8)),
        Change(
            "... and a life without papers looks bleak",
            MAN.having(believed_safety=0.8, illegality_prospects=0.1),
        ),
        Change("... and removal looks near", MAN.having(believed_safety=0.8, threat=0.9)),
        Change("reading: the end of shelter presses to return", MAN, {"shelter_end": "return"}),
        Change("reading: hard moderators", MAN, {"moderators": "hard"}),
    ),
    "family": (
        Change(AS_IT_IS, FAMILY),
        Change("the children are too young for school", replace(FAMILY, children=(3.0, 1.0))),
        Change("she loses hope of a permit", FAMILY.having("mother", hope=0.05)),
        Change("she comes to believe it safe", FAMILY.having("mother", believed_safety=0.7)),
        Change("kin no longer want them back", FAMILY.having(wanted_at_home=False)),
        Change("all neighbours consider return", replace(FAMILY, neighbours=(16, 0))),
        Change("reading: conditions here weigh most", FAMILY, {"ranking": "host_first"}),
    ),
    "she": (
        Change(AS_IT_IS, WOMAN),
        Change("her debt is paid off", WOMAN.having(debt_eur=0)),
        Change("she needs nothing less than 8,000 euro", WOMAN.having(reservation_eur=8000)),
        Change("the cash scheme has ended (2017)", WOMAN, {"hrt_open": False}),
        Change("her kin want her back", WOMAN.having(wanted_at_home=True)),
        Change("rumour of a pardon: hope rises", WOMAN.having(hope=0.4)),
        Change(
            "she loses her roof, and what living outside does to her",
            WOMAN.having(place=Place.STREET, income_eur=15, mental=0.3, agency=0.3),
        ),
    ),
}
