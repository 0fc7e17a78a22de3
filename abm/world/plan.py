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
    """One phase of the week.

    Parameters
    ----------
    name : str
        Its name in the plan.
    does : str
        What it does, in a few words.
    act : callable or None
        What runs; None where this version represents nothing.
    """

    name: str
    does: str
    act: Callable[[World], None] | None

    @property
    def writes(self) -> tuple[str, ...]:
        """Columns that it may change; a test holds it to that. `*`: it adds persons."""
        return ("*",) if self.name == "arrive" else written_in(self.name)


def week_plan(
    arrive: Arrive, apply_policy: ApplyPolicy, weigh: Weigh, record: Tally
) -> tuple[Phase, ...]:
    """Return the phases of a week in order.

    Parameters
    ----------
    arrive, apply_policy, weigh, record : callable
        The phases that carry something of their own from week to week.

    Returns
    -------
    tuple of Phase
        The plan.
    """
    return (
        # first, so that a dated value holds for the whole of its week (decision 0009)
        Phase("apply_policy", "dated values and levers come into force", apply_policy),
        Phase("arrive", "households enter on the frozen inflow", arrive),
        Phase("decide_law", "procedures, appeals, terms, permits", decide_law),
        Phase("place", "places at the end of terms, stays, limits", place),
        Phase("meet", "case managers talk and read cooperation; counsellors meet clients", meet),
        Phase("hear", "news over ties moves beliefs", hear),
        Phase("change", "private network lost or found; health, money, ties, outlook", change),
        Phase("weigh", "households weigh their options; hazards follow", weigh),
        Phase("prepare", "first steps; assistance; documents and agreements", prepare),
        Phase("enforce", "detention, planned removals", enforce),
        Phase("exit", "the race of causes; files close", exits),
        Phase("resettle", "how returns go; leaving again; follow-up ends", resettle),
        Phase("record", "persons counted and conserved; holes filled", record),
    )


class Stopwatch:
    """Runs a plan and keeps the time that each phase took.

    Parameters
    ----------
    plan : tuple of Phase
        The phases of a week.
    """

    def __init__(self, plan: tuple[Phase, ...]) -> None:
        self.plan = plan
        self.seconds = dict.fromkeys((phase.name for phase in plan), 0.0)

    def run_week(self, world: World) -> None:
        """Run every phase once.

        Parameters
        ----------
        world : World
            The state of the world.
        """
        for phase in self.plan:
            if phase.act is not None:
                start = perf_counter()
                phase.act(world)
                self.seconds[phase.name] += perf_counter() - start
