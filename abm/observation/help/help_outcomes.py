"""Outcomes of removal measures and of support: how often they were imposed or given."""

from __future__ import annotations

from typing import Final

from ..reported import Part, ReportedOutcome, Unit


def _imposed(name: str, label: str, label_nl: str, counts: str, item: str) -> ReportedOutcome:
    return ReportedOutcome(
        id=name,
        label=label,
        label_nl=label_nl,
        unit="measure",
        family="measures",
        counts=counts,
        reads="Counts starts, so one person can stand in it more than once; says nothing about "
        "what came of them.",
        part=Part("removal_measures", (item,)),
        source="s4 B10 (table 16, L5087-5170)",
    )


MEASURE_OUTCOMES: Final = (
    _imposed(
        "detention_placements",
        "placements in detention",
        "plaatsingen in bewaring",
        "Starts of a stay in immigration detention.",
        "detention/placed",
    ),
    _imposed(
        "vbl_placements",
        "placements in a VBL",
        "plaatsingen in een VBL",
        "Starts of a stay in a freedom-restricting location.",
        "vbl/inflow",
    ),
    _imposed(
        "reporting_duties",
        "duties to report imposed",
        "opgelegde meldplichten",
        "Duties to report imposed as an alternative to detention or reception.",
        "reporting_duty/imposed",
    ),
)


def had(
    name: str,
    label: str,
    label_nl: str,
    counts: str,
    part: Part,
    unit: Unit = "person",
    reads: str = "More persons reached by support or guidance, whatever came of it.",
) -> ReportedOutcome:
    """Return an outcome of support or guidance that was given."""
    return ReportedOutcome(
        id=name,
        label=label,
        label_nl=label_nl,
        unit=unit,
        family="support",
        counts=counts,
        reads=reads,
        part=part,
        source="own (ODD: Assistance)",
    )


_PAID_BY: Final = {
    "own": ("the household", "het huishouden"),
    "iom": ("IOM", "IOM"),
    "state": ("the state", "de staat"),
}
_METHODS: Final = {
    "safe_future": "Safe Future",
    "bewogen_terugkeer": "Bewogen Terugkeer",
    "life_line": "the life line",
    "future_in_perspective": "Future in Perspective",
}
_METHODEN: Final = _METHODS | {
    "life_line": "de levenslijn",
    "future_in_perspective": "Toekomst in Perspectief",
}
_COMES: Final = (
    (
        "begun",
        "began {}",
        "begonnen met {}",
        "Persons whose household begins {} with a counsellor.",
    ),
    (
        "finished",
        "finished {}",
        "rondden {} af",
        "Persons whose household takes the last step of {}.",
    ),
    (
        "left",
        "left {} unfinished",
        "stopten voortijdig met {}",
        "Persons whose household leaves {}, or whose help ends before its last step.",
    ),
)
_PARTS: Final = {
    "influence": ("was an influence", "meespeelde"),
    "decisive": ("decided", "de doorslag gaf"),
}
# steps toward a scheme, as `scheme_funnel` counts them
STEPS: Final = (
    (
        "eligible",
        "eligible for {}",
        "konden {} krijgen",
        "Persons to whom {} is open for the first time when they weigh their options.",
    ),
    (
        "knows",
        "eligible for {}, and knew of support",
        "konden {} krijgen en wisten van steun",
        "Persons who for the first time are eligible for {} and know of support.",
    ),
    (
        "considers",
        "knew of {}, and considered return",
        "wisten van {} en overwogen terugkeer",
        "Persons who for the first time know of {} and consider return.",
    ),
    (
        "price_met",
        "considered return, and what they get with {} met their price",
        "overwogen terugkeer, en wat ze met {} krijgen haalde hun prijs",
        (
            "Persons who consider return, and for whom what they get with {} for the first time "
            "meets the mean price of the adults. It is no cause of a return."
        ),
    ),
    (
        "granted",
        "were granted {}",
        "kregen {} toegekend",
        "Persons who for the first time are granted {}.",
    ),
)


KNOWS_IN_KIND: Final = (
    "knows",
    "eligible for {}, knew of support and saw it",
    "konden {} krijgen, wisten van steun en zagen die",
    (
        "Persons who for the first time are eligible for {}, know of support and see this help: "
        "they consider return, or have met an organisation that gives it."
    ),
)


def _steps(scheme: str, name: str, words: str, words_nl: str) -> tuple[ReportedOutcome, ...]:
    """Return outcomes of the steps toward a scheme."""
    steps = [KNOWS_IN_KIND if (scheme, s[0]) == ("in_kind", "knows") else s for s in STEPS]
    return tuple(
        ReportedOutcome(
            id=f"{name}_{step}",
            label=label.format(words),
            label_nl=label_nl.format(words_nl),
            unit="person",
            family="support",
            counts=counts.format(words),
            reads="More persons who come this far, whatever came of it.",
            part=Part("scheme_funnel", (f"{scheme}:{step}",)),
            source="own (ODD: Assistance)",
        )
        for step, label, label_nl, counts in steps
    )


SUPPORT_OUTCOMES: Final = (
    had(
        "met_organisation",
        "met an organisation",
        "spraken een organisatie",
        "Persons who meet an organisation for the first time.",
        Part("journey_funnel", ("met",)),
    ),
    had(
        "referred",
        "referred to an organisation",
        "doorverwezen naar een organisatie",
        "Persons who are referred for the first time.",
        Part("journey_funnel", ("referred",)),
    ),
    had(
        "referral_reached",
        "arrived after a referral",
        "aangekomen na een doorverwijzing",
        "Persons who for the first time arrive at an organisation to which they were referred.",
        Part("journey_funnel", ("reached",)),
    ),
    had(
        "applications",
        "applications for assistance",
        "aanvragen om steun",
        "Applications for assistance through IOM, each person of a household counted.",
        Part("assistance", ("applied",)),
        "application",
    ),
    had(
        "left_through_iom",
        "left through IOM with support",
        "vertrokken via IOM met steun",
        "Persons who return to their origin through IOM with support of some scheme.",
        Part("assistance", ("departed",)),
    ),
    had(
        "left_with_cash",
        "left with cash for reintegration",
        "vertrokken met geld voor herintegratie",
        "Persons who return through IOM with HRT cash, alone or with help in kind.",
        Part("assistance", ("departed:hrt",)),
    ),
    had(
        "left_with_help_in_kind",
        "left with help in kind",
        "vertrokken met hulp in natura",
        "Persons who return through IOM with help in kind, from the pilot or a later project.",
        Part("iom_support_received", ("in_kind",)),
    ),
    had(
        "left_with_pilot",
        "left with the pilot of 2010",
        "vertrokken met de proef van 2010",
        "Persons who return through IOM with help in kind from the pilot of 2010.",
        Part("assistance", ("departed:pilot",)),
    ),
    *(
        had(
            f"journey_paid_by_{payer}",
            f"returned independently, journey paid by {words}",
            f"zelfstandig teruggekeerd, reis betaald door {woorden}",
            f"Persons who return independently and whose journey is paid by {words}.",
            Part("who_pays", (f"independent:{payer}",)),
        )
        for payer, (words, woorden) in _PAID_BY.items()
    ),
    *(
        ReportedOutcome(
            id=f"share_help_{part}",
            label=f"share for whom help {words}",
            label_nl=f"aandeel voor wie steun {woorden}",
            unit="share",
            family="support",
            counts=f"Share for whom help {words}, of adults who return through IOM with support, "
            "as a survey could ask them.",
            reads="Larger: more say so. What people say afterwards is not what moved them.",
            part=Part("part_of_help", (part,)),
            over=Part("part_of_help", ("no_part", "influence", "decisive")),
            source="own (question of x5 A14)",
        )
        for part, (words, woorden) in _PARTS.items()
    ),
    *(
        ReportedOutcome(
            id=f"{method}_{happened}",
            label=label.format(name),
            label_nl=label_nl.format(_METHODEN[method]),
            unit="person",
            family="support",
            counts=counts.format(name),
            reads="More persons who come this far with the method, whatever came of it.",
            part=Part("methods", (f"{method}:{happened}",)),
            source="own (ODD: Observation)",
        )
        for method, name in _METHODS.items()
        for happened, label, label_nl, counts in _COMES
    ),
    had(
        "kin_sought",
        "contact with kin was sought",
        "contact met familie gezocht",
        "Persons for whose household an organisation seeks contact with kin at origin.",
        Part("mediation", ("kin_sought",)),
    ),
    had(
        "kin_reached",
        "kin were reached",
        "familie bereikt",
        "Persons whose kin are found and answer.",
        Part("mediation", ("kin_reached",)),
    ),
    had(
        "kin_want",
        "kin began to want them back",
        "familie wil hen terug",
        "Persons whose kin, once reached, begin to want them back.",
        Part("mediation", ("kin_want",)),
    ),
    *_steps("hrt", "cash", "cash for reintegration", "geld voor herintegratie"),
    *_steps("in_kind", "help_in_kind", "help in kind", "hulp in natura"),
)
