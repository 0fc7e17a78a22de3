"""The outcomes that comparisons report, always together: departures, freedom, harm, measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Kind: TypeAlias = Literal["recorded", "true", "voluntariness", "harm", "support", "measure"]


@dataclass(frozen=True)
class Compared:
    """An outcome that comparisons report.

    Parameters
    ----------
    table, item : str
        Where it is counted.
    en, nl : str
        What it is called.
    kind : str
        What sort of outcome it is; departures never stand without harm and voluntariness.
    unit : {"persons", "weeks"}, optional
        What is counted: persons (or closings, starts, applications of these), or their weeks.
    """

    table: str
    item: str
    en: str
    nl: str
    kind: Kind
    unit: Literal["persons", "weeks"] = "persons"

    @property
    def id(self) -> str:
        """Return its id.

        Returns
        -------
        str
            Table and item.
        """
        return f"{self.table}/{self.item}"


_CLOSED: Final = "dtv_caseload_outflow"
_TRUE: Final = "true_outcomes"
_FREE: Final = "voluntariness_of_adults"
OUTCOMES: Final = (
    Compared(
        _CLOSED,
        "independent",
        "files closed: independent departure",
        "dossiers gesloten: zelfstandig vertrek",
        "recorded",
    ),
    Compared(
        _CLOSED,
        "forced",
        "files closed: forced departure",
        "dossiers gesloten: gedwongen vertrek",
        "recorded",
    ),
    Compared(
        _CLOSED,
        "unobserved",
        "files closed: whereabouts unknown",
        "dossiers gesloten: vertrokken zonder toezicht (mob)",
        "recorded",
    ),
    Compared(
        _CLOSED, "permit", "files closed: permit", "dossiers gesloten: vergunning", "recorded"
    ),
    Compared(_CLOSED, "other", "files closed: other", "dossiers gesloten: overig", "recorded"),
    Compared(
        _TRUE,
        "returned_independent",
        "truly returned to the origin independently",
        "echt zelfstandig teruggekeerd naar het land van herkomst",
        "true",
    ),
    Compared(
        _TRUE,
        "returned_forced",
        "truly returned to the origin by force",
        "echt gedwongen teruggekeerd naar het land van herkomst",
        "true",
    ),
    Compared(_TRUE, "member_state", "to another member state", "naar een andere lidstaat", "true"),
    Compared(_TRUE, "onward", "moved on, unseen", "doorgereisd, ongezien", "true"),
    Compared(_TRUE, "home_unobserved", "went home, unseen", "naar huis, ongezien", "true"),
    Compared(_TRUE, "permit", "got a permit", "kreeg een vergunning", "true"),
    Compared(
        _FREE,
        "adults",
        "adults who left independently",
        "volwassenen die zelfstandig vertrokken",
        "voluntariness",
    ),
    Compared(
        _FREE,
        "informed",
        "of them informed about support",
        "van hen: wist van steun",
        "voluntariness",
    ),
    Compared(
        _FREE,
        "free_of_detention_and_destitution",
        "of them free of detention and destitution",
        "van hen: niet vastgezet en niet dakloos",
        "voluntariness",
    ),
    Compared(
        _FREE,
        "liveable_alternative",
        "of them with a liveable alternative",
        "van hen: had een leefbaar alternatief",
        "voluntariness",
    ),
    Compared(_FREE, "all_three", "of them all three", "van hen: alle drie", "voluntariness"),
    Compared(
        "harm",
        "weeks_without_stable_shelter",
        "person-weeks without stable shelter",
        "persoonsweken zonder vast onderdak",
        "harm",
        "weeks",
    ),
    Compared(
        "harm",
        "weeks_on_street",
        "person-weeks on the street",
        "persoonsweken op straat",
        "harm",
        "weeks",
    ),
    Compared(
        "harm",
        "weeks_in_night_shelter",
        "person-weeks in shelter for the night only",
        "persoonsweken in nachtopvang",
        "harm",
        "weeks",
    ),
    Compared(
        "harm",
        "children_closed",
        "files of children closed",
        "dossiers van kinderen gesloten",
        "harm",
    ),
    Compared(
        "harm",
        "children_detained",
        "children placed in detention or the closed family facility",
        "kinderen in bewaring of de gesloten gezinsvoorziening",
        "harm",
    ),
    Compared(
        "removal_measures",
        "detention/placed",
        "placements in detention",
        "plaatsingen in bewaring",
        "measure",
    ),
    Compared(
        "removal_measures", "vbl/inflow", "placements in a VBL", "plaatsingen in een VBL", "measure"
    ),
    Compared(
        "removal_measures",
        "reporting_duty/imposed",
        "duties to report imposed",
        "opgelegde meldplichten",
        "measure",
    ),
    Compared(
        "assistance", "applied", "applications for assistance", "aanvragen om steun", "support"
    ),
    Compared(
        "assistance",
        "departed:pilot",
        "departures with the pilot of 2010",
        "vertrek met de proef van 2010",
        "support",
    ),
    Compared(
        "iom_support_received",
        "in_kind",
        "departures with help in kind",
        "vertrek met hulp in natura",
        "support",
    ),
    Compared(
        "iom_departures",
        "asylum_illegal",
        "departures through IOM after an asylum procedure",
        "vertrek via IOM na een asielprocedure",
        "support",
    ),
    Compared(
        "journey_funnel",
        "met",
        "persons who met an organisation",
        "mensen die een organisatie spraken",
        "support",
    ),
    Compared(
        "journey_funnel",
        "referred",
        "persons referred to one",
        "mensen die werden doorverwezen",
        "support",
    ),
    Compared(
        "journey_funnel",
        "reached",
        "persons who arrived after a referral",
        "mensen die na doorverwijzing aankwamen",
        "support",
    ),
)
