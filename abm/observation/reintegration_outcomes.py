"""Outcomes of reintegration: by type of help, with the records on which a difference rests."""

from __future__ import annotations

from typing import Final, NamedTuple

from .reintegration import CAME_OF, HELP, REINTEGRATION, item
from .reported import Part, ReportedOutcome
from .returns import CHECKS

_LAST: Final = CHECKS[-1]
_NO_EFFECT: Final = (
    " Persons with and without it differ in other things too: the difference is no effect of it. "
    "No Dutch follow-up exists: a plausible picture, not a finding."
)


class _Words(NamedTuple):
    """What a type of help is called, and on which records a difference by it rests."""

    en: str
    nl: str
    rests_on: tuple[str, ...]


_PLAN: Final = ("embedded_plan_carried_out", "embedded_plan_nothing", "plan_shares", "plan_effects")
_TRAINING: Final = (
    "skills_of_session",
    "skills_of_course_at_origin",
    "embedded_skills",
    "embedded_in_kind_skilled",
    "plan_effects",
)
_AFTERCARE: Final = ("embedded_aftercare", "aftercare_share", "aftercare_weeks", "plan_effects")
_GRANT: Final = (
    "embedded_in_kind",
    "embedded_in_kind_skilled",
    "embedded_in_kind_customary_eur",
    "embedded_cash_without_plan",
    "plan_effects",
)
_WORDS: Final = {
    "plan": _Words("with a plan", "met een plan", _PLAN),
    "no_plan": _Words("without a plan", "zonder plan", _PLAN),
    "training": _Words("with training", "met training", _TRAINING),
    "no_training": _Words("without training", "zonder training", _TRAINING),
    "aftercare": _Words("with aftercare", "met nazorg", _AFTERCARE),
    "no_aftercare": _Words("without aftercare", "zonder nazorg", _AFTERCARE),
    "in_kind": _Words("with help in kind", "met hulp in natura", _GRANT),
    "cash_alone": _Words("with cash alone", "met alleen geld", _GRANT),
    "no_grant": _Words("without cash and help in kind", "zonder geld en hulp in natura", _GRANT),
}
assert tuple(_WORDS) == HELP  # noqa: S101 (a type of help without words)
_FARED: Final = {
    "sustained": ("return sustained", "terugkeer houdt stand", "still there and low in nothing"),
    "left_again": ("left again", "weer vertrokken", "who have left the origin again"),
    "low_economic": ("low economic embeddedness", "economisch weinig ingebed", "low in income"),
    "low_social": ("low social embeddedness", "sociaal weinig ingebed", "low in contacts"),
    "low_psychosocial": (
        "low psychosocial embeddedness",
        "psychosociaal weinig ingebed",
        "low in wellbeing",
    ),
}
_CAME_OF: Final = {
    "carried_out": ("carried out", "uitgevoerd"),
    "partly": ("carried out in part, with prospects", "deels uitgevoerd, met vooruitzicht"),
    "prospects": ("not carried out, but with prospects", "niet uitgevoerd, met vooruitzicht"),
    "nothing": (
        "not carried out, without prospects",
        "niet uitgevoerd, zonder vooruitzicht",
    ),
}
assert tuple(_CAME_OF) == CAME_OF  # noqa: S101 (a category without words)


def _part(with_help: str, what: str, check: int = _LAST) -> Part:
    return Part(REINTEGRATION, (item(with_help, what, check),))


def _share(
    name: str,
    labels: tuple[str, str],
    counts: str,
    parts: tuple[Part, Part],
    rests: tuple[str, ...],
) -> ReportedOutcome:
    return ReportedOutcome(
        id=name,
        label=labels[0],
        label_nl=labels[1],
        unit="share",
        family="after_return",
        counts=counts,
        reads="Larger: a larger part of them." + _NO_EFFECT,
        part=parts[0],
        over=parts[1],
        source="own (ODD: After return)",
        rests_on=rests,
    )


def _everybody(check: int = _LAST) -> Part:
    return Part(
        REINTEGRATION, (item("plan", "followed", check), item("no_plan", "followed", check))
    )


REINTEGRATION_OUTCOMES: Final = (
    *(
        _share(
            f"share_with_{each}_{_LAST}w",
            (f"returned independently {words.en}", f"zelfstandig teruggekeerd {words.nl}"),
            f"Share {words.en}, of all who returned independently a year before.",
            (_part(each, "followed"), _everybody()),
            words.rests_on,
        )
        for each, words in _WORDS.items()
        if not each.startswith("no_")
    ),
    *(
        _share(
            f"share_{what}_{_LAST}w_{each}",
            (f"{label}, {words.en}", f"{label_nl}, {words.nl}"),
            f"Share {meaning}, of persons who returned independently {words.en} a year before.",
            (_part(each, what), _part(each, "followed")),
            words.rests_on,
        )
        for what, (label, label_nl, meaning) in _FARED.items()
        for each, words in _WORDS.items()
    ),
    *(
        _share(
            f"share_plan_{what}_{check}w",
            (f"plan {label}, after {check} weeks", f"plan {label_nl}, na {check} weken"),
            f"Share whose plan is {label}, of persons who returned independently with a plan "
            f"{check} weeks before.",
            (_part("plan", what, check), _part("plan", "followed", check)),
            _PLAN,
        )
        for check in CHECKS
        for what, (label, label_nl) in _CAME_OF.items()
    ),
)
