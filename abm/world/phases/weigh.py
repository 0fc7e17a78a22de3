"""Phase 8, weigh: households weigh their options, and the hazards of the week are set.

Under `decision = hazards` nobody weighs: all hazards come from `decision.hazards`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import Application, LegalPhase, Option, Payer, Stage
from ....agents.places import IS_IN_VIEW
from ....agents.rules.occasions import chance_of_weighing
from ....agents.rules.stages import draws_in_a_row, gives_up, next_stage
from ..chance import Decision
from ..decision.hazards import Cause, Hazards
from ..decision.moderators import capacity
from ..decision.occasions import occasion
from ..decision.part_of_help import tipped
from ..decision.price import bar, is_barred
from ..decision.weighing import (
    AT_LIBERTY,
    choice,
    constants_of_options,
    weigh_options,
)
from ..help.journey import payer
from ..help.schemes import goes_unseen, has_asked, prepares_in_kind
from ..meetings.steps import note_ready, note_weighing

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..decision.hazards import Risk
    from ..moment import Rows
    from ..state import World

# what others or registers do to a person: no choice under either alternative
NO_CHOICE: Final = (Cause.FORCED, Cause.UNOBSERVED, Cause.PERMIT, Cause.OTHER)


class Weigh:
    """Sets the hazards of the week, after some households have weighed their options."""

    def __init__(self) -> None:
        self._all = Hazards()
        self._no_choice = Hazards(NO_CHOICE)

    def __call__(self, world: World) -> None:
        """Deliberate, and set the hazards of the week."""
        if not world.weighs:
            found = self._all.look_up(world)
            world.hazards = [found[cause] for cause in Cause]
            return
        deliberate(world)
        found = self._no_choice.look_up(world)
        rows, hazard = found[Cause.UNOBSERVED]
        kept = ~IS_IN_VIEW[world.people.place[rows]]  # going out of sight from there is a choice
        leaving, steps = _hazards_of_choice(world)
        found[Cause.UNOBSERVED] = _together((rows[kept], hazard[kept]), leaving)
        world.hazards = [(found | steps)[cause] for cause in Cause]


def deliberate(world: World) -> None:
    """Let some households weigh their options, which sets choice, stage, forces and leans.

    Until the next time its last choice stands. A household whose application waits or stands
    granted keeps choice and stage until it has drawn other options `draws_to_give_up` times in a
    row.
    """
    people = world.people
    rows = deliberating(world)
    if not len(rows):
        return
    weighed = weigh_options(world, world.weights, rows)
    for name, force in zip(("push", "pull", "stay", "deter"), weighed.forces, strict=True):
        getattr(people, name)[weighed.adults] = force
    household = world.household_of(rows)
    reasons = weighed.household - constants_of_options(world)
    for name, option in (("lean_hide", Option.OUT_OF_SIGHT), ("lean_move_on", Option.MOVE_ON)):
        lean = reasons[option] - reasons[Option.WAIT]
        getattr(people, name)[rows] = lean[household]
    price = bar(world, weighed.adults, weighed.first)
    chosen_now = choice(world, weighed, price.now)
    by_help = tipped(world, weighed, chosen_now, price.without_help)[household]
    made = chosen_now[household]
    before, applied = people.draws_in_a_row[rows], has_asked(world, rows)
    needed = world.now.number("draws_to_give_up")
    in_a_row = draws_in_a_row(before, made)
    given_up = gives_up(in_a_row, applied, needed)
    # help decides only if the other draw would have undone the plan, or kept it from being made
    other = np.full(len(rows), Option.WAIT, dtype=np.uint8)
    undone = gives_up(draws_in_a_row(before, other), applied, needed)
    by_help &= undone | (people.stage[rows] < Stage.INTENDING)
    people.tipped[rows] = by_help | (people.tipped[rows] & ~given_up)
    stage = next_stage(people.stage[rows], in_a_row, given_up, world.now.number("draws_to_intend"))
    held_back = price.later[household] & (people.stage[rows] == Stage.NOT_CONSIDERING)
    stage = np.where(held_back, np.minimum(stage, Stage.CONSIDERING), stage).astype(np.uint8)
    changed = stage != people.stage[rows]
    people.draws_in_a_row[rows] = in_a_row
    people.stage[rows] = stage
    people.stage_since[rows[changed]] = world.week
    holds = (made != Option.RETURN) & ~given_up
    people.choice[rows] = np.where(holds, people.choice[rows], made)
    note_weighing(world, rows)


def deliberating(world: World) -> Rows:
    """Return the rows of households that weigh their options this week: whole, ascending.

    The chance is that of `agents.rules.occasions.chance_of_weighing`, with the mean capacity of
    the adults, times `weighing_while_applied` while an application waits or stands granted.
    """
    people = world.people
    here = world.rows((people.phase != LegalPhase.RETURNED) & ~people.gone)
    with_occasion = occasion(world, here)
    draw = world.draw(Decision.DELIBERATION, here)
    near = draw < _chance(world, np.ones(len(here)), with_occasion)  # nobody is more able
    rows, draw, with_occasion = here[near], draw[near], with_occasion[near]
    household = world.household_of(rows)
    adults = np.flatnonzero(world.adult(rows))
    able = capacity(world, rows[adults])
    mean = np.bincount(household[adults], able) / np.bincount(household[adults])
    left = np.where(has_asked(world, rows), world.now.number("weighing_while_applied"), 1.0)
    found: Rows = rows[draw < _chance(world, mean[household] * left, with_occasion)]
    return found


def _chance(
    world: World, able: NDArray[np.float64], with_occasion: NDArray[np.bool_]
) -> NDArray[np.float64]:
    now = world.now
    rate, at_occasion = now.number("deliberation_rate"), now.number("occasion_chance")
    return chance_of_weighing(able, with_occasion, rate, at_occasion)


def _hazards_of_choice(world: World) -> tuple[Risk, dict[Cause, Risk]]:
    """Return the hazards of households that act on a choice: of hiding, and of other causes.

    Households that await a decision on assistance delay leaving as long as their patience
    lasts. Households with granted help in kind leave when it is prepared. Nobody leaves for whose
    journey nobody pays, or whose price is a bar and is not met by what was granted or promised.
    """
    people, now = world.people, world.now
    act = now.number("choice_acted_on_hazard")
    liberty = AT_LIBERTY[people.place]
    hiding = world.rows((people.choice == Option.OUT_OF_SIGHT) & IS_IN_VIEW[people.place])
    moving = world.rows((people.choice == Option.MOVE_ON) & liberty & ~people.gone)
    ready = world.rows((people.stage == Stage.PREPARING) & ~people.gone)
    ready = ready[people.phase[ready] != LegalPhase.RETURNED]
    ready = ready[world.has_papers(ready)]
    waited = world.week - people.stage_since[ready]
    ready = ready[waited >= now.number("preparation_weeks")]
    asked = people.application[ready] == Application.PENDING
    patience = now.number("application_patience_weeks")
    ready = ready[~asked | (world.week - people.applied_week[ready] >= patience)]
    ready = ready[~prepares_in_kind(world, ready)]
    ready = ready[payer(world, ready) != Payer.NONE]
    ready = ready[~is_barred(world, ready)]
    note_ready(world, ready)
    unseen = goes_unseen(world, ready) & liberty[ready]
    unseen &= people.application[ready] != Application.GRANTED
    leave = now.number("departure_hazard_ready")
    return _risk(hiding, act), {
        Cause.INDEPENDENT: _risk(ready[~unseen], leave),
        Cause.HOME_UNOBSERVED: _risk(ready[unseen], leave),
        Cause.ONWARD: _risk(moving, act),
    }


def _risk(rows: Rows, hazard: float) -> Risk:
    return rows, np.full(len(rows), hazard)


def _together(one: Risk, other: Risk) -> Risk:
    rows: NDArray[np.intp] = np.concatenate([one[0], other[0]])
    return rows, np.concatenate([one[1], other[1]])
