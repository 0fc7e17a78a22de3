"""Outcomes of law and of planned removals: appeals, repeat applications, no-fault permits."""

from __future__ import annotations

from typing import Final

from ..reported import Part, ReportedOutcome, Unit
from .procedures import ON_TRACKS
from .removals import FATES, REMOVAL_ITEMS, VANISHED, WHERE


def _of_law(
    name: str, words: tuple[str, str, str, str], part: Part, unit: Unit = "person"
) -> ReportedOutcome:
    label, label_nl, counts, reads = words
    return ReportedOutcome(
        id=name,
        label=label,
        label_nl=label_nl,
        unit=unit,
        family="measures",
        counts=counts,
        reads=reads,
        part=part,
    )


def _appeals(step: str) -> Part:
    return Part("procedures", tuple(f"appeal:{track}:{step}" for track in ON_TRACKS))


_REMOVALS: Final = "planned_removals"
_HOPE: Final = "More persons who still ask to stay; says nothing about whether they are right."
LAW_OUTCOMES: Final = (
    _of_law(
        "removals_planned",
        (
            "removals planned",
            "geplande uitzettingen",
            "Removals and transfers planned for a day, each person counted, from detention too.",
            "More plans, of which on record about half come to nothing.",
        ),
        Part(_REMOVALS, REMOVAL_ITEMS),
        "measure",
    ),
    _of_law(
        "removals_vanished",
        (
            "planned removals from which people vanished",
            "geplande uitzettingen waarbij mensen verdwenen",
            "Planned removals, each person counted, cancelled since the person vanished.",
            "More persons out of sight after the notice of a flight.",
        ),
        Part(_REMOVALS, tuple(f"{where}:{VANISHED}" for where in WHERE)),
        "measure",
    ),
    ReportedOutcome(
        id="share_removals_cancelled",
        label="share of planned removals that do not take place",
        label_nl="aandeel geplande uitzettingen dat niet doorgaat",
        unit="share",
        family="measures",
        counts="Share of planned removals that do not take place, for any reason.",
        reads="Larger: fewer plans end in a flight. On record 47 % of one year.",
        part=Part(_REMOVALS, tuple(f"{w}:{fate}" for w in WHERE for fate in FATES[1:])),
        over=Part(_REMOVALS, REMOVAL_ITEMS),
        source="beside s4 B13 L4122-4126, H11",
    ),
    _of_law(
        "appeals_made",
        (
            "appeals against a first refusal",
            "beroepen tegen een eerste afwijzing",
            "Persons who appeal against a first refusal.",
            _HOPE,
        ),
        _appeals("made"),
    ),
    _of_law(
        "appeals_awaited",
        (
            "appeals awaited here",
            "beroepen die hier mogen worden afgewacht",
            "Persons whose appeal gives a right to stay while it runs.",
            "More persons keep reception for longer.",
        ),
        _appeals("awaited"),
    ),
    _of_law(
        "repeat_applications",
        (
            "repeat applications",
            "herhaalde aanvragen",
            "Persons who apply again after a refusal, at the last minute before a removal too.",
            _HOPE,
        ),
        Part("procedures", ("repeat:made",)),
    ),
    _of_law(
        "no_fault_tested",
        (
            "requests for a no-fault permit",
            "verzoeken om een buitenschuldvergunning",
            "Persons whose effort without papers is tested for a no-fault permit.",
            "More persons who worked on their departure in vain.",
        ),
        Part("procedures", ("no_fault:tested",)),
    ),
    _of_law(
        "no_fault_permits",
        (
            "no-fault permits",
            "buitenschuldvergunningen",
            "Persons who may stay since they cannot leave through no fault of their own.",
            "More persons whose duty to leave ended by law; no published count is known.",
        ),
        Part("procedures", ("no_fault:granted",)),
    ),
)
