"""Outcomes of what case managers decide on or ask for: projects, papers, stays, cash, referrals."""

from __future__ import annotations

from typing import Final

from ..reported import Part, ReportedOutcome
from .help_outcomes import had

_CASES: Final = tuple(
    f"{reading}:{able}"
    for reading in ("cooperates", "ambiguous", "refuses")
    for able in ("not_removable", "removable")
)


def _extension(step: str) -> tuple[str, ...]:
    """Return the items of a step in asking for a longer stay."""
    return tuple(f"{at}:{by}:{step}" for at in ("azc", "vbl") for by in ("local", "regional"))


CASE_MANAGER_OUTCOMES: Final = (
    had(
        "projects_lost",
        "taken out of a project or refused one by a case manager",
        "door een regievoerder uit een project gehaald of geweigerd",
        "Persons whom a case manager takes out of the project of a return organisation, or refuses "
        "it, because it would disturb a removal; both counts where both happen.",
        Part("case_managers", ("project_lost", "project_refused")),
        reads="More persons lose help with a return project for the sake of a removal.",
    ),
    had(
        "projects_refused",
        "refused a project by a case manager",
        "door een regievoerder een project geweigerd",
        "Persons whom a case manager refuses the project of a return organisation before their "
        "first session there, because it would disturb a removal.",
        Part("case_managers", ("project_refused",)),
        reads="More persons get no help with a return project for the sake of a removal.",
    ),
    had(
        "removals_unprepared",
        "removals cancelled since data were missing",
        "uitzettingen die niet doorgingen omdat gegevens ontbraken",
        "Removals, each person counted, that were cancelled since data on the person were missing.",
        Part("case_managers", ("removal_unprepared",)),
        "measure",
        reads="More removals do not take place for want of data; no measure of help.",
    ),
    had(
        "identified_at_missions",
        "identified by a mission of the origin",
        "geïdentificeerd door een missie van het land van herkomst",
        "Persons whom authorities of an origin identify on a visit.",
        Part("case_managers", ("identified_at_mission",)),
        reads="More persons can be removed to an origin that has seen them; no measure of help.",
    ),
    had(
        "agreements_given",
        "agreements of origins to take back people who do not cooperate",
        "toezeggingen van landen van herkomst om mensen terug te nemen die niet meewerken",
        "Persons who do not cooperate, for whom the origin gives papers.",
        Part("agreements", ("given",)),
        "measure",
        reads="More persons who do not cooperate can be removed; no measure of help.",
    ),
    had(
        "agreements_used",
        "agreements of origins used by a removal within half a year",
        "toezeggingen die binnen een half jaar tot uitzetting leiden",
        "Persons who do not cooperate and are removed to the origin by force within half a year "
        "after it gave papers; year in which the half year ends.",
        Part("agreements", ("used_26w",)),
        "measure",
        reads="More persons removed by force after the origin gave papers; no measure of help.",
    ),
    had(
        "extensions_asked",
        "for whom a longer stay was asked",
        "voor wie een langer verblijf werd gevraagd",
        "Persons for whom a longer stay in reception or a VBL is asked, locally or in the region.",
        Part("extensions", _extension("asked")),
    ),
    had(
        "extensions_granted",
        "for whom a longer stay was granted",
        "voor wie een langer verblijf werd toegestaan",
        "Persons for whom a longer stay in reception or a VBL is granted, locally or in the "
        "region.",
        Part("extensions", _extension("granted")),
    ),
    had(
        "extensions_left",
        "left within a longer stay",
        "vertrokken binnen een langer verblijf",
        "Persons who return independently within the longer stay that they were granted.",
        Part("extensions", _extension("left_within")),
    ),
    had(
        "intentions_signed",
        "signed an intention to leave for a place in a VBL",
        "tekenden een intentieverklaring voor een plek in een VBL",
        "Persons whose household signs an intention to leave and gets a place in a VBL.",
        Part("case_managers", ("intention_signed",)),
        reads="More households get a place in a VBL for a signature, whatever came of it.",
    ),
    had(
        "medical_deferrals",
        "departure deferred on medical grounds (art. 64)",
        "uitstel van vertrek op medische gronden (art. 64)",
        "Persons whose departure is deferred since somebody in their household is seriously ill; "
        "each decision counts.",
        Part("case_managers", ("departure_deferred",)),
        reads="More persons may stay for a while since somebody is seriously ill.",
    ),
    had(
        "promised_cash",
        "promised cash by a case manager",
        "door een regievoerder geld toegezegd",
        "Persons to whose household a case manager promises discretionary cash.",
        Part("case_managers", tuple(f"promised:{each}" for each in _CASES)),
    ),
    had(
        "promised_cash_paid",
        "left with cash from a case manager",
        "vertrokken met geld van een regievoerder",
        "Persons who return independently and get the discretionary cash that was promised.",
        Part("case_managers", ("promise_paid",)),
    ),
    ReportedOutcome(
        id="share_promised_not_removable",
        label="share of promises to persons who could not be removed",
        label_nl="aandeel toezeggingen aan mensen die niet konden worden uitgezet",
        unit="share",
        family="support",
        counts="Share of promises of discretionary cash that went to persons whom the case manager "
        "thought could not be removed.",
        reads="Larger: more of the money goes to those who cannot be removed.",
        part=Part("case_managers", tuple(f"promised:{each}" for each in _CASES if ":not_" in each)),
        over=Part("case_managers", tuple(f"promised:{each}" for each in _CASES)),
        source="own (s1 L3446-3462)",
    ),
    ReportedOutcome(
        id="share_iom_not_government",
        label="share through IOM whom no government body had sent",
        label_nl="aandeel via IOM dat niet door de overheid was gestuurd",
        unit="share",
        family="support",
        counts="Share without a followed referral by a case manager, COA or a municipality, of "
        "persons who return through IOM.",
        reads="Larger: more come by themselves, their ties or an organisation. On record 57 % in "
        "2013.",
        part=Part("iom_referral", ("not_government",)),
        over=Part("iom_referral", ("government", "not_government")),
        source="beside s4 H17",
    ),
    ReportedOutcome(
        id="share_unobserved_talked",
        label="share of unobserved closings after a talk",
        label_nl="aandeel onbekend vertrokken na een gesprek",
        unit="share",
        family="support",
        counts="Share in which a case manager had held a talk, of files closed because the person "
        "was not found.",
        reads="Larger: more had been talked with. On record more than half.",
        part=Part("unobserved_talks", ("talked",)),
        over=Part("unobserved_talks", ("talked", "not_talked")),
        source="beside s4 B13",
    ),
)
