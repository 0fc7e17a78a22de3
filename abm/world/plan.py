"""The plan of a week: thirteen phases, in the order in which the model runs them."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from .persons.columns import written_in
from .phases.change import change
from .phases.decide_law import decide_law
from .phases.enforce import enforce
from .phases.exit import exits
from .phases.hear import hear
from .phases.meet import meet
from .phases.place import place
from .phases.prepare import prepare
from .phases.resettle import resettle

if TYPE_CHECKING:
    from collections.abc import Callable

    from .phases.apply_policy import ApplyPolicy
    from .phases.arrive import Arrive
    from .phases.record import Tally
    from .phases.weigh import Weigh
    from .state import World


@dataclass(frozen=True)
class Phase:
    """One phase of the week: its name, what it does, and the function (None: it is empty)."""

    name: str
    does: str
    act: Callable[[World], None] | None

    @property
    def writes(self) -> tuple[str, ...]:
        """Columns that the phase may change (a test checks it); `*` if it adds persons."""
        return ("*",) if self.name == "arrive" else written_in(self.name)


def week_plan(
    arrive: Arrive, apply_policy: ApplyPolicy, weigh: Weigh, record: Tally
) -> tuple[Phase, ...]:
    """Return the phases of a week in order.

    The four phases that keep something from week to week are given.
    """
    return (
        # first, so that a dated value holds for the whole of its week (decision 0009)
        Phase("apply_policy", "dated values and levers come into force", apply_policy),
        Phase("arrive", "the households of the week enter", arrive),
        Phase(
            "decide_law", "decisions on asylum, appeals, repeat applications; terms end", decide_law
        ),
        Phase("place", "persons move when a term or a stay ends; free places are given out", place),
        Phase("meet", "case managers hold talks; counsellors meet clients", meet),
        Phase("hear", "news travels over ties and moves beliefs", hear),
        Phase("change", "health, money, ties and outlook change; housing is lost or found", change),
        Phase("weigh", "households weigh their options; the hazards of the week are set", weigh),
        Phase("prepare", "first steps to return, applications for assistance, documents", prepare),
        Phase("enforce", "detention, planned removals, hidden persons found again", enforce),
        Phase("exit", "the causes of exit compete; files close, persons leave", exits),
        Phase("resettle", "returns are followed up; some persons leave the origin again", resettle),
        Phase("record", "persons are counted; the rows of those who have gone are dropped", record),
    )


class Stopwatch:
    """Runs a plan and sums the seconds that each phase takes."""

    def __init__(self, plan: tuple[Phase, ...]) -> None:
        self.plan = plan
        self.seconds = dict.fromkeys((phase.name for phase in plan), 0.0)

    def run_week(self, world: World) -> None:
        """Run every phase once."""
        for phase in self.plan:
            if phase.act is not None:
                start = perf_counter()
                phase.act(world)
                self.seconds[phase.name] += perf_counter() - start
