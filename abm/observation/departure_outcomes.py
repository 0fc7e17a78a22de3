"""Outcomes of leaving: what files record, what truly happened, and how freely."""

from __future__ import annotations

from typing import Final

from .lived import YEAR_END
from .reported import Part, ReportedOutcome
from .voluntariness import ADULTS

_S4: Final = "s4 B5 (table 6, L2179-2322)"
_FILES: Final = "Counts closings, so one person can stand in it more than once; says nothing about "


def _closed(name: str, label: str, label_nl: str, counts: str, unsaid: str) -> ReportedOutcome:
    return ReportedOutcome(
        id=name,
        label=label,
        label_nl=label_nl,
        unit="closing",
        family="recorded",
        counts=counts,
        reads=_FILES + unsaid,
        part=Part("dtv_caseload_outflow", (name,)),
        source=_S4,
    )


RECORDED_OUTCOMES: Final = (
    _closed(
        "independent",
        "files closed: independent departure",
        "dossiers gesloten: zelfstandig vertrek",
        "Recorded independent departures: files closed because the person returned independently.",
        "how freely, or what came after.",
    ),
    _closed(
        "forced",
        "files closed: forced departure",
        "dossiers gesloten: gedwongen vertrek",
        "Files closed by forced departure, to the origin or to another member state.",
        "what came after.",
    ),
    _closed(
        "unobserved",
        "files closed: whereabouts unknown",
        "dossiers gesloten: met onbekende bestemming",
        "Files closed because the person was not found.",
        "where the person is: here, elsewhere or home.",
    ),
    _closed(
        "permit",
        "files closed: permit",
        "dossiers gesloten: vergunning",
        "Files closed because the person may stay.",
        "how long it took.",
    ),
    _closed(
        "other",
        "files closed: other",
        "dossiers gesloten: overig",
        "Files closed for reasons that the source defines nowhere.",
        "what they were: an exogenous rate. A lever moves the count only through how many files "
        "are open.",
    ),
    ReportedOutcome(
        id="present",
        label="files open at the end",
        label_nl="dossiers open aan het eind",
        unit="person",
        family="recorded",
        counts="Persons with an open file in the last week of the year.",
        reads="More: more persons under guidance of the state, not more persons in the country.",
        part=Part(YEAR_END, ("file_open",)),
        stock=True,
    ),
)


def _truly(
    name: str, label: str, label_nl: str, counts: str, reads: str, items: tuple[str, ...]
) -> ReportedOutcome:
    return ReportedOutcome(
        id=name,
        label=label,
        label_nl=label_nl,
        unit="person",
        family="true",
        counts=counts,
        reads=reads,
        part=Part("true_outcomes", items),
    )


_ASSUMED: Final = "Rests on the model's assumptions: nobody has counted it."

TRUE_OUTCOMES: Final = (
    _truly(
        "returned",
        "truly returned to the origin",
        "werkelijk teruggekeerd",
        "Persons who go back to their country of origin, recorded or not.",
        "More persons are home, whether or not they wanted it and whatever they find there.",
        ("returned_independent", "returned_forced", "home_unobserved"),
    ),
    _truly(
        "returned_independent",
        "returned independently",
        "zelfstandig teruggekeerd",
        "Independent returns: persons who go home without force, registered, with or without a "
        "file.",
        "Says who arranged the journey, not that it was freely chosen.",
        ("returned_independent",),
    ),
    _truly(
        "returned_forced",
        "returned by force",
        "gedwongen teruggekeerd",
        "Persons who are removed to their country of origin.",
        "More persons removed; transfers to other member states are counted apart.",
        ("returned_forced",),
    ),
    _truly(
        "returned_unseen",
        "returned without anybody knowing",
        "teruggekeerd zonder dat iemand het weet",
        "Persons who go home unseen: their file, if any, closes as whereabouts unknown.",
        _ASSUMED,
        ("home_unobserved",),
    ),
    _truly(
        "transferred",
        "transferred to another member state",
        "overgedragen aan een andere lidstaat",
        "Dublin claimants sent to the member state that is responsible.",
        "Not a return to the origin; what happens in the member state is not in the model.",
        ("member_state",),
    ),
    _truly(
        "moved_on",
        "moved on to another country",
        "doorgereisd naar een ander land",
        "Persons who leave for a third country on their own.",
        _ASSUMED,
        ("onward",),
    ),
    _truly(
        "got_permit",
        "got a permit",
        "kreeg een vergunning",
        "Persons who may stay, with or without an open file.",
        "More persons whose duty to leave ended by law.",
        ("permit",),
    ),
    ReportedOutcome(
        id="out_of_sight_end",
        label="out of sight in the Netherlands at the end",
        label_nl="uit beeld in Nederland aan het eind",
        unit="person",
        family="true",
        counts="Persons in a private network, on the street or in night shelter with no file open, "
        "in the last week of the year.",
        reads=_ASSUMED + " More: more persons live here unknown to the state.",
        part=Part(YEAR_END, ("out_of_sight",)),
        stock=True,
        source="own (ODD: Observation; glossary: hidden)",
    ),
)

_JUDGED: Final = "own (ODD: Voluntariness; glossary: voluntariness)"


def _of_adults(name: str, label: str, label_nl: str, holds: str, item: str) -> ReportedOutcome:
    return ReportedOutcome(
        id=name,
        label=label,
        label_nl=label_nl,
        unit="share",
        family="voluntariness",
        counts=f"Of adults who truly return independently, the share who {holds}.",
        reads="Larger: a larger part of those who returned did so under this condition. A share "
        "can also grow because others no longer return.",
        part=Part(ADULTS, (item,)),
        over=Part(ADULTS, ("adults",)),
        source=_JUDGED,
    )


VOLUNTARINESS_OUTCOMES: Final = (
    ReportedOutcome(
        id="adults_independent",
        label="adults who returned independently",
        label_nl="volwassenen die zelfstandig terugkeerden",
        unit="person",
        family="voluntariness",
        counts="Adults who truly return independently, with or without a file. The shares of "
        "voluntariness are shares of them.",
        reads="Says who arranged the journey, not that it was freely chosen.",
        part=Part(ADULTS, ("adults",)),
        source=_JUDGED,
    ),
    _of_adults(
        "share_informed",
        "informed, of adults who returned independently",
        "geïnformeerd, van volwassenen die zelfstandig terugkeerden",
        "knew enough about support",
        "informed",
    ),
    _of_adults(
        "share_free",
        "free of detention and destitution, of adults who returned independently",
        "vrij van detentie en dakloosheid, van volwassenen die zelfstandig terugkeerden",
        "were neither held nor without stable shelter",
        "free_of_detention_and_destitution",
    ),
    _of_adults(
        "share_alternative",
        "with a liveable alternative, of adults who returned independently",
        "met een leefbaar alternatief, van volwassenen die zelfstandig terugkeerden",
        "could have stayed with a roof and needs met",
        "liveable_alternative",
    ),
    _of_adults(
        "share_all_three",
        "informed, free and with an alternative, of adults who returned independently",
        "geïnformeerd, vrij en met alternatief, van volwassenen die zelfstandig terugkeerden",
        "were informed, free and had an alternative",
        "all_three",
    ),
    _of_adults(
        "share_own_first_choice",
        "own first choice, of adults who returned independently",
        "eigen eerste keuze, van volwassenen die zelfstandig terugkeerden",
        "preferred return to their other options, even if they wanted none of them",
        "own_first_choice",
    ),
)
