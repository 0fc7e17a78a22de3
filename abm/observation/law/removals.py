"""Planned removals of persons, at liberty or held, and what became of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import LegalPhase, Outcome
from ....agents.places import IS_HELD
from ...world.events import Event
from ..caseload import closings
from ..items import first_of
from ..observer import BACKGROUND, Observed, Observer, Units, labelled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..events import Events

FLOWN: Final = "flown"
VANISHED: Final = "vanished"
OTHERWISE: Final = "cancelled_otherwise"
FATES: Final = (FLOWN, VANISHED, "new_application", "left_on_its_own", "unprepared", OTHERWISE)
WHERE: Final = ("at_liberty", "held")
REMOVAL_ITEMS: Final = tuple(f"{where}:{fate}" for where in WHERE for fate in FATES)
_WEEKS: Final = 1 << 15  # more than the log can hold


def _moment(events: Events) -> NDArray[np.int64]:
    """Return a number for each person and week: nobody has two planned removals in one week."""
    return np.asarray(events["person"] * _WEEKS + events["week"])


def planned(events: Events) -> Events:
    """Return an event for each planned removal of a person.

    It is the notice. A flight from detention that takes place has none: there it is the closing.
    """
    events = events.of(Event.NOTICED, Event.CLOSED)
    notice = events["kind"] == Event.NOTICED
    told = np.isin(_moment(events), _moment(events.where(notice)))
    return events.where(notice | ((events["outcome"] == Outcome.FORCED) & ~told))


def _planned_removals(observed: Observed) -> list[Units]:
    events = observed.events
    removals, closed = planned(events), closings(events)
    cancelled = events.of(Event.CANCELLED)
    anew = cancelled["phase"] == LegalPhase.REPEAT_PROCEDURE
    of_fate = {
        FLOWN: closed.where(closed["outcome"] == Outcome.FORCED),
        VANISHED: cancelled.where(cancelled["vanished"]),
        "new_application": cancelled.where(anew),
        "unprepared": events.of(Event.UNPREPARED),
        "left_on_its_own": closed.where(closed["outcome"] == Outcome.INDEPENDENT),
    }
    moment = _moment(removals)
    holds = {fate: np.isin(moment, _moment(some)) for fate, some in of_fate.items()}
    where = first_of({"held": IS_HELD[removals["place"]]}, "at_liberty")
    return [labelled(removals, where + ":" + first_of(holds, OTHERWISE))]


REMOVAL_TABLES: Final = (
    Observer(
        table="planned_removals",
        items=REMOVAL_ITEMS,
        population="persons whose removal or transfer to another member state is planned for a day",
        unit="measure",
        year_rule="year of the notice; of a flight from detention, year of the closing",
        rounding=0,
        blind_spots=(
            "Every plan counts, so a person can stand in it more than once. A removal in the model "
            "is planned, announced and flown or cancelled within one week. `left_on_its_own` holds "
            "who leaves independently in the week of the notice. `unprepared` are removals "
            "cancelled since data were missing, `cancelled_otherwise` all other reasons. Held "
            "persons can't vanish. The published count is of one year (a report of 2018) and does "
            "not say whether flights from detention are in it."
        ),
        source="own (beside s4 B13 L4122-4168, H11)",
        count=_planned_removals,
        dimensions=BACKGROUND,
    ),
)
