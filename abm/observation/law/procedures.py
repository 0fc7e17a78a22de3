"""Appeals, repeat applications and no-fault permits: how many are asked for, and won."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ....agents.codes import LegalPhase, Outcome, Track, label
from ....agents.places import IS_HELD
from ...world.events import Event
from ..items import named
from ..observer import BACKGROUND, Observed, Observer, Units, labelled

if TYPE_CHECKING:
    from ..events import Events

APPEALS: Final = ("made", "awaited", "won")
REPEATS: Final = ("made", "held", "last_minute", "won")
ON_TRACKS: Final = tuple(label(track) for track in sorted(Track) if track != Track.NONE)
PROCEDURE_ITEMS: Final = (
    *(f"appeal:{track}:{step}" for track in ON_TRACKS for step in APPEALS),
    *(f"repeat:{step}" for step in REPEATS),
    "no_fault:tested",
    "no_fault:granted",
)


def _appeals(events: Events) -> list[Units]:
    made, won = events.of(Event.APPEALED), events.of(Event.CLAIM_WON)
    steps = {
        "made": made,
        "awaited": made.where(made["phase"] == LegalPhase.APPEAL),
        "won": won.where(won["phase"] != LegalPhase.REPEAT_PROCEDURE),
    }
    return [
        labelled(some, "appeal:" + named(some["track"], Track) + f":{step}")
        for step, some in steps.items()
    ]


def _repeats(events: Events) -> list[Units]:
    made, won = events.of(Event.APPLIED_AGAIN), events.of(Event.CLAIM_WON)
    stopped = events.of(Event.CANCELLED)
    steps = {
        "made": made,
        "held": made.where(IS_HELD[made["place"]]),
        "last_minute": stopped.where(stopped["phase"] == LegalPhase.REPEAT_PROCEDURE),
        "won": won.where(won["phase"] == LegalPhase.REPEAT_PROCEDURE),
    }
    return [labelled(some, f"repeat:{step}") for step, some in steps.items()]


def _no_fault(events: Events) -> list[Units]:
    tested = events.of(Event.NO_FAULT_TESTED)
    granted = tested.where(tested["outcome"] == Outcome.PERMIT)
    return [labelled(tested, "no_fault:tested"), labelled(granted, "no_fault:granted")]


def _procedures(observed: Observed) -> list[Units]:
    events = observed.events
    return [*_appeals(events), *_repeats(events), *_no_fault(events)]


PROCEDURE_TABLES: Final = (
    Observer(
        table="procedures",
        items=PROCEDURE_ITEMS,
        population="persons of the model who appeal against a first refusal, apply again, or ask "
        "for a no-fault permit",
        unit="person",
        year_rule="year of the appeal or application; won, no_fault: year of the decision",
        rounding=0,
        blind_spots=(
            "Every appeal and application counts, so a person can stand in it more than once; "
            "members of a household count one by one. An appeal is `awaited` if it gives a right "
            "to stay while it runs. Those won in a year need not have been made in it. Some are "
            "never decided: the person leaves, gets a permit on other grounds, or the appeal "
            "lapses with the file. `last_minute` and `held` are parts of `made`, and can be one. "
            "Procedures of persons who never lose reception are not in the model."
        ),
        source="own (beside x5 B15, B16; s4 B13 L4144-4148, C L1501-1526)",
        count=_procedures,
        dimensions=BACKGROUND,
    ),
)
