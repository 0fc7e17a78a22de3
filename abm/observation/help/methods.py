"""Methods of counsellors: how many begin them, how far they come, and how they end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents import codes
from ....agents.rules.methods import LENGTH, METHODS, MOST_STEPS
from ...world.events import Event
from ..items import Items
from ..observer import BACKGROUND, Observed, Observer, Units, labelled, only_weighed

if TYPE_CHECKING:
    from ..events import Events

HAPPENED: Final = {
    Event.METHOD_BEGUN: "begun",
    Event.METHOD_FINISHED: "finished",
    Event.METHOD_LEFT: "left",
}
METHOD_ITEMS: Final = tuple(
    f"{codes.label(method)}:{happened}"
    for method in METHODS
    for happened in (
        "begun",
        *(f"step_{step}" for step in range(1, LENGTH[method] + 1)),
        "finished",
        "left",
    )
)
MEDIATION: Final = (Event.KIN_SOUGHT, Event.KIN_REACHED, Event.KIN_WANT)
MEDIATION_ITEMS: Final = tuple(map(codes.label, MEDIATION))
MET_FAMILIES: Final = "met_families"
_STEPS: Final = tuple(f"step_{step}" for step in range(MOST_STEPS + 1))


def _methods(observed: Observed) -> list[Units]:
    counted = []
    for event, happened in HAPPENED.items():
        events = observed.events.of(event)
        counted.append(labelled(events, events.named("method") + f":{happened}"))
    steps = observed.events.of(Event.METHOD_STEP)
    return [*counted, labelled(steps, steps.named("method") + ":" + _step(steps))]


def _family_meetings(observed: Observed) -> list[Units]:
    return [labelled(observed.events.of(Event.FAMILY_MEETING), MET_FAMILIES)]


def _step(events: Events) -> Items:
    """Return which step each event is about."""
    return Items(events["method_step"].astype(np.intp), _STEPS)


def _mediation(observed: Observed) -> list[Units]:
    events = observed.events.of(*MEDIATION)
    return [labelled(events, events.named("kind"))]


METHOD_TABLES: Final = (
    Observer(
        table="methods",
        items=METHOD_ITEMS,
        population="persons of the model whose household follows a method with a counsellor",
        unit="transition",
        year_rule="year of the event",
        rounding=0,
        blind_spots=(
            "Steps are counted when they are finished, in the order of the source. A household may "
            "follow a method again with another helper, so persons can be counted more than once. "
            "`left` holds those who leave the method and those whose help ends before its last "
            "step; who departs in the middle of a method stands in neither `finished` nor `left`. "
            "That people come far with a method says nothing about what it does."
        ),
        source="own (ODD: Observation)",
        count=_methods,
        dimensions=BACKGROUND,
        cannot_tell=only_weighed(METHOD_ITEMS),
    ),
    Observer(
        table="mediation",
        items=MEDIATION_ITEMS,
        population="persons of the model for whom an organisation seeks contact with kin",
        unit="person",
        year_rule="year of the event",
        rounding=0,
        blind_spots=(
            "Contact is sought once for a household. `kin_want` counts those whose kin did not "
            "want them back before; kin may change their mind again."
        ),
        source="own (ODD: Observation)",
        count=_mediation,
        dimensions=BACKGROUND,
        cannot_tell=only_weighed(MEDIATION_ITEMS),
    ),
    Observer(
        table="family_meetings",
        items=(MET_FAMILIES,),
        population="persons in family locations whose household comes to a meeting on return",
        unit="person",
        year_rule="year of the meeting",
        rounding=0,
        blind_spots=(
            "A person counts at every meeting. How many meetings there were, and for whom, is not "
            "in the sources: this counts an assumption."
        ),
        source="own (ODD: Observation)",
        count=_family_meetings,
        cannot_tell=only_weighed((MET_FAMILIES,)),
    ),
)
