"""The cells of the screen: what each sets, and which gate may hold it shut."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from terugkeer.abm.evidence.record import Record
    from terugkeer.abm.evidence.registry import Registry
    from terugkeer.abm.evidence.value import Value

TIMES: Final = 3.0  # of a factor's weight: about the upper end of the priors
EVERYWHERE: Final = (1.0,) * 11  # a share at each of the places in the Netherlands


@dataclass(frozen=True)
class Cell:
    """One setting that is compared with the baseline.

    Parameters
    ----------
    gate : str, optional
        What keeps it from acting at the values of the baseline, if anything does.
    """

    kind: str
    name: str
    sets: dict[str, Value] = field(default_factory=dict)
    gate: str = ""


# factors whose variable is 0 for everybody under a reading of the baseline
GATES: Final = {
    "factor_age": "switch `age` is at `none`",
    "factor_care": "switch `health_acts` is at `beliefs_and_capacity`",
    "factor_sheltered_without_end": "switch `calm_or_urgency` is at `calm_enables`",
    "factor_detention_experience": "switch `detention_experience` is at `none`",
    "factor_shelter_ends_return": "switch `shelter_end` is at `out_of_sight`",
    "factor_activation": "switch `activation` is at `wellbeing_only`",
    "activation": "nobody is activated in these years: `activation_intensity` is 0",
    "calm_or_urgency = new_procedures": "`guided_shelter_capacity` is 0 until December 2013",
    "detention_experience = hump_2_4": "hardly anybody is detained a second time",
    "detention_experience = after_5": "nobody is detained a fifth time",
    "cash_or_in_kind = in_kind": "either way the offer is worth about 2,000 euro to a person",
}
# low and high ends of records that are no weights, by heading
ENDS: Final[dict[str, dict[str, tuple[Value, ...]]]] = {
    "course of the decision": {
        "deliberation_rate": (0.03, 0.3),
        "disposition_sd": (0.0, 2.0),
        "first_step_hazard": (0.25, 4.0),
        "unregistered_share": (0.0, 1.0),
    },
    "moderators": {
        "capacity_floor": (0.0, 1.0),
        "fear_floor": (0.0, 1.0),
        "hope_floor": (0.0, 1.0),
        "health_pessimism": (0.0, 0.6),
    },
    "what weeks and talks do": {
        "talk_weight": (0.0, 0.8),
        "hope_after_refusal": (0.0, 0.4),
        "injustice_keeps_hope": (0.0, 1.0),
        "illegality_truth": (0.0, 0.6),
        "inactivity_mental": (0.0, 0.5),
    },
    "beliefs and truth about the origin": {
        "safety_bias": (0.0, 0.3),
        "livelihood_bias": (0.0, 0.3),
        "origin_safety_change": (-0.3, 0.3),
        "origin_livelihood_change": (-0.3, 0.3),
    },
    "assistance": {
        "assistance_cash_adult": (0.0, 8000.0),
        "assistance_in_kind": (0.0, 8000.0),
        "rule_of_in_kind": ("either_or", "capped_total"),
        "country_lists": (False,),
        "hrt_for_other_background": (True,),
        "application_weeks": (1, 8),
        "refused_otherwise_share": (0.0, 0.3),
        "reservation_never_share": (0.0, 0.7),
        "reservation_high_share": (0.001, 0.29),
    },
    "organisations": {
        "iom_capacity": (0, 4800),
        "vwn_capacity": (0, 500),
        "session_weight": (0.0, 0.5),
        "warm_handover": (1.0,),
        "reexamination_line": (0.0, 1.0),
    },
    "case managers": {
        "case_managers": (0, 135, 400),
        "signals_weight": (0.0, 1.0),
        "refusals_few": (1, 5),
        "hazard_not_found": (0.0, 0.5),
        "discretionary_local_max_eur": (0, 2000),
        "wigk_share": (1.0,),
        "deposit_share": (0.5,),
    },
    "news": {
        "return_news_on_safety": (0.0, 0.5),
        "permit_news_on_hope": (0.0, 0.5),
        "support_news_on_knowledge": (0.0, 0.3),
        "monitoring_feedback": (1.0,),
    },
    "law and shelter": {
        "procedure_length_factor": (0.25, 4.0),
        "departure_term_weeks": (1, 12),
        "family_location_open": (False,),
        "entry_ban_in_force": (False,),
        "guided_shelter_capacity": (2000,),
        "detention_at_term_end": (0.0, 1.0),
    },
}
# clients whom each can have, about the means of these years; the desk and some projects open in
# 2015 or later
HELPERS: Final = {
    "iom": 1200,
    "vwn": 120,
    "tip": 130,
    "bridge_to_better": 30,
    "goedwerk": 10,
    "maatwerk": 40,
    "wereldwijd": 20,
    "askv": 150,
    "coa": 400,
    "municipal_desk": 0,
    "nieuw_hoofdstuk": 0,
    "opgeheven_hoofd": 0,
    "green_way": 0,
}
CALM_STREET: Final = (0.8, 0.8, 0.8, 0.8, 0.6, 0.8, 0.8, 0.9, 0.7, 0.8, 0.5, 0.0)
NO_THOUGHT_ON_STREET: Final = (0.8, 0.8, 0.8, 0.8, 0.6, 0.8, 0.0, 0.9, 0.7, 0.0, 0.5, 0.0)
TOGETHER: Final = (
    Cell(
        "moderators",
        "street and night shelter as stable as reception",
        {"place_stability": CALM_STREET},
    ),
    Cell(
        "moderators",
        "no thought of the future on the street",
        {"place_stability": NO_THOUGHT_ON_STREET},
    ),
    Cell(
        "assistance",
        "neither cash nor help in kind",
        {"rean_adult": 0.0, "assistance_cash_adult": 0.0, "assistance_in_kind": 0.0},
    ),
    Cell(
        "activation",
        "activated everywhere, well-being only",
        {"activation_intensity": EVERYWHERE},
    ),
    Cell(
        "activation",
        "activated everywhere, through agency",
        {"activation_intensity": EVERYWHERE, "activation": "through_agency"},
    ),
    Cell(
        "activation",
        "activated everywhere, directly",
        {"activation_intensity": EVERYWHERE, "activation": "direct"},
    ),
    Cell(
        "assistance",
        "cash 8000 for everybody (`assistance = general`)",
        {"assistance_cash_adult": 8000.0, "assistance": "general"},
    ),
    Cell(
        "organisations",
        "no organisation helps",
        {f"{each}_capacity": 0 for each in HELPERS},
    ),
    Cell(
        "organisations",
        "every organisation has room for four times as many",
        {f"{each}_capacity": 4 * room for each, room in HELPERS.items()},
    ),
    Cell(
        "law and shelter",
        "guided shelter 2000, `new_procedures`",
        {"guided_shelter_capacity": 2000, "calm_or_urgency": "new_procedures"},
    ),
    Cell(
        "law and shelter",
        "guided shelter 2000, `removes_urgency`",
        {"guided_shelter_capacity": 2000, "calm_or_urgency": "removes_urgency"},
    ),
)


def cells(evidence: Registry) -> list[Cell]:
    """Return all cells, the baseline first."""
    factors = evidence.factors()
    groups: dict[str, list[Record]] = defaultdict(list)
    for each in factors:
        assert each.factor is not None  # noqa: S101 (`Registry.factors` returns no other)
        groups[f"{each.factor.force}, {each.factor.concerns}"].append(each)
    found = [Cell("", "baseline")]
    for name, members in groups.items():
        if len([each for each in members if each.name not in GATES]) > 1:
            found += _weighed("factor groups", f"all of {name}", members)
    for each in factors:
        found += _weighed("factors", f"`{each.name}`", [each])
    for switch in evidence.by_role("switch"):
        for other in switch.claims:
            if other != switch.value:
                name = f"{switch.name} = {other}"
                gate = GATES.get(name, GATES.get(switch.name, ""))
                found.append(Cell("switches", f"`{name}`", {switch.name: other}, gate))
    for kind, ends in ENDS.items():
        for name, values in ends.items():
            found += [Cell(kind, f"`{name}` = {_shown(each)}", {name: each}) for each in values]
    return [*found, *TOGETHER]


def _weighed(kind: str, name: str, members: Iterable[Record]) -> list[Cell]:
    """Return the cells in which some factors weigh nothing, and three times as much."""
    none: dict[str, Value] = {}
    more: dict[str, Value] = {}
    gates = set()
    for each in members:
        weight = each.value
        assert isinstance(weight, float)  # noqa: S101 (a weight is a number)
        top = each.bounds[1] if each.bounds else TIMES * weight
        none[each.name], more[each.name] = 0.0, min(TIMES * weight, top)
        gates.add(GATES.get(each.name, ""))
    gate = gates.pop() if len(gates) == 1 else ""
    weighed = [Cell(kind, f"{name} x 0", none), Cell(kind, f"{name} x 3", more, gate)]
    return weighed[1:] if gate else weighed  # behind a gate one end tells as much as both


def _shown(value: Value) -> str:
    """Return a value as the page writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, int | float) else str(value)
