"""Households weigh their options, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.chance import Decision
from terugkeer.abm.world.decision.moderators import capacity
from terugkeer.abm.world.decision.weighing import Weights
from terugkeer.abm.world.phases.weigh import deliberate, deliberating
from terugkeer.agents.codes import (
    Application,
    LegalPhase,
    Option,
    Place,
    Stage,
)

from tests.abm.world.adults import CHILD, WEEK, adults

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World

ALWAYS: dict[str, object] = {"deliberation_rate": 1e9}
NEVER: dict[str, object] = {"deliberation_rate": 0.0, "occasion_chance": 0.0}
TO_RETURN: dict[str, object] = {"constant_return_asylum": 1000.0, "disposition_sd": 0.0}
TO_WAIT: dict[str, object] = {
    **TO_RETURN,
    **dict.fromkeys(
        ("constant_return_asylum", "constant_out_of_sight", "constant_move_on"), -1000.0
    ),
}
TO_HIDE = TO_WAIT | {"constant_out_of_sight": 1000.0}
CONSIDERING, INTENDING, PREPARING = Stage.CONSIDERING, Stage.INTENDING, Stage.PREPARING


def deliberated(n: int, values: dict[str, object], **columns: object) -> World:
    world = adults(n, values=values, **columns)
    deliberate(world)
    return world


def test_a_draw_of_return_leads_a_stage_on_and_any_other_back() -> None:
    stages = [Stage.NOT_CONSIDERING, CONSIDERING, INTENDING, PREPARING]
    draws = {"draws_in_a_row": [-4, 1, 2, 3]}
    world = deliberated(4, ALWAYS | TO_RETURN, stage=stages, stage_since=WEEK - 5, **draws)
    assert world.people.stage.tolist() == [CONSIDERING, INTENDING, INTENDING, PREPARING]
    assert world.people.draws_in_a_row.tolist() == [1, 2, 3, 4]
    assert world.people.stage_since.tolist() == [WEEK, WEEK, WEEK - 5, WEEK - 5]
    assert world.people.choice.tolist() == [Option.RETURN] * 4
    world = deliberated(4, ALWAYS | TO_WAIT, stage=stages, choice=Option.RETURN, **draws)
    assert world.people.stage.tolist() == [Stage.NOT_CONSIDERING] * 4
    assert world.people.choice.tolist() == [Option.WAIT] * 4
    assert world.people.draws_in_a_row.tolist() == [-5, -1, -1, -1]


def test_an_intention_takes_as_many_draws_in_a_row_as_the_record_says() -> None:
    values = ALWAYS | TO_RETURN | {"draws_to_intend": 3}
    world = deliberated(2, values, stage=CONSIDERING, draws_in_a_row=[1, 2])
    assert world.people.stage.tolist() == [CONSIDERING, INTENDING]


def test_an_application_is_held_until_other_options_were_drawn_twice_in_a_row() -> None:
    """Granted and waiting, each after a first contrary draw and a second one; no application."""
    world = deliberated(
        5,
        ALWAYS | TO_HIDE,
        stage=PREPARING,
        stage_since=WEEK - 5,
        choice=Option.RETURN,
        place=Place.VBL,
        application=[Application.GRANTED, Application.PENDING] * 2 + [Application.NONE],
        draws_in_a_row=[3, 3, -1, -1, 3],
    )
    people = world.people
    assert people.stage.tolist() == [PREPARING] * 2 + [Stage.NOT_CONSIDERING] * 3
    assert people.stage_since.tolist() == [WEEK - 5] * 2 + [WEEK] * 3
    assert people.choice.tolist() == [Option.RETURN] * 2 + [Option.OUT_OF_SIGHT] * 3
    assert people.draws_in_a_row.tolist() == [-1, -1, -2, -2, -1]


def test_where_one_draw_suffices_a_grant_holds_nobody() -> None:
    one = ALWAYS | TO_HIDE | {"draws_to_give_up": 1}
    granted = {"stage": PREPARING, "application": Application.GRANTED, "draws_in_a_row": 3}
    world = deliberated(1, one, place=Place.VBL, choice=Option.RETURN, **granted)
    assert world.people.stage.tolist() == [Stage.NOT_CONSIDERING]
    assert world.people.choice.tolist() == [Option.OUT_OF_SIGHT]


def test_a_draw_of_return_makes_up_for_a_contrary_one() -> None:
    granted = {"stage": PREPARING, "application": Application.GRANTED, "draws_in_a_row": -1}
    world = deliberated(1, ALWAYS | TO_RETURN, **granted)
    assert world.people.draws_in_a_row.tolist() == [1]
    assert world.people.stage.tolist() == [PREPARING]


def test_until_a_household_weighs_again_its_last_choice_stands() -> None:
    world = deliberated(1, NEVER | TO_RETURN, choice=Option.MOVE_ON, push=2.0, lean_hide=3.0)
    assert world.people.choice.tolist() == [Option.MOVE_ON]
    assert world.people.push.tolist() == [2.0]
    assert world.people.lean_hide.tolist() == [3.0]


def test_nobody_weighs_after_return_or_outside_the_model() -> None:
    phases = [LegalPhase.OBLIGED, LegalPhase.RETURNED, LegalPhase.OBLIGED]
    world = adults(3, values=ALWAYS, phase=phases, gone=[False, False, True])
    assert deliberating(world).tolist() == [0]


def test_a_household_weighs_as_often_as_the_mean_capacity_of_its_adults_allows() -> None:
    """Every third has an occasion, every second has applied: by hand from the records."""
    n, size, rate, at_occasion, left = 300, 3, 0.7, 0.9, 0.25
    draw = np.random.default_rng(4)
    with_occasion, applied = np.arange(n) % 3 == 0, np.arange(n) % 2 == 0
    world = adults(
        n,
        size,
        {
            "deliberation_rate": rate,
            "occasion_chance": at_occasion,
            "weighing_while_applied": left,
        },
        birth_week=np.tile([WEEK - 2000, WEEK - 2000, CHILD], n),
        youngest_birth_week=CHILD,
        mental=draw.random(n * size),
        agency=draw.random(n * size),
        news_week=np.repeat(np.where(with_occasion, WEEK, 0), size),
        application=np.repeat(
            np.where(
                applied,
                np.where(np.arange(n) % 4, Application.PENDING, Application.GRANTED),
                np.where(np.arange(n) % 5, Application.NONE, Application.REFUSED),
            ),
            size,
        ),
    )
    everybody = np.arange(n * size)
    able = capacity(world, everybody).reshape(n, size)[:, :2].mean(axis=1)
    able *= np.where(applied, left, 1.0)
    chance = 1.0 - np.exp(-rate * able) * np.where(with_occasion, 1.0 - at_occasion * able, 1.0)
    weighing = world.draw(Decision.DELIBERATION, everybody[::size]) < chance
    assert 20 < weighing.sum() < 280
    assert deliberating(world).tolist() == everybody[np.repeat(weighing, size)].tolist()


def test_without_occasions_and_plans_that_hold_the_rate_alone_counts() -> None:
    """A dose of zero is the model in which every week is alike."""
    values = {"deliberation_rate": 0.4, "occasion_chance": 0.0, "weighing_while_applied": 1.0}
    world = adults(300, 1, values, news_week=WEEK, mental=0.5, agency=0.5)
    world.people.application[::2] = Application.GRANTED
    rows = np.arange(300)
    chance = 1.0 - np.exp(-0.4 * capacity(world, rows))
    drawn = world.draw(Decision.DELIBERATION, rows) < chance
    assert 5 < drawn.sum() < 295
    assert deliberating(world).tolist() == np.flatnonzero(drawn).tolist()


def test_forces_are_those_of_adults_and_leans_leave_constants_out() -> None:
    values = ALWAYS | {"constant_out_of_sight": 50.0, "constant_move_on": 70.0}
    world = adults(
        1,
        2,
        values,
        birth_week=[WEEK - 2000, CHILD],
        youngest_birth_week=CHILD,
        place=Place.AZC_DEPARTURE_TERM,
        believed_safety=0.5,
        ties_nl=0.5,
        mental=0.5,
    )
    deliberate(world)
    assert world.people.lean_hide.tolist() == world.people.lean_move_on.tolist() == [0.0, 0.0]
    world.weights = Weights(registry().factors())
    deliberate(world)
    forces = np.stack([getattr(world.people, name) for name in ("push", "pull", "stay", "deter")])
    assert (forces[:, 0] != 0.0).sum() >= 3
    assert not forces[:, 1].any()
    leans = np.stack([world.people.lean_hide, world.people.lean_move_on])
    assert (leans[:, 0] == leans[:, 1]).all()
    assert leans.any()
    assert np.abs(leans).max() < 40.0


DECISIVE: dict[str, object] = {"money": "decisive", "rean_open": False}
PRICED: dict[str, object] = {"stage": CONSIDERING, "reservation_eur": 2000.0}
MEETS: dict[str, object] = {"application": Application.GRANTED, "cash_eur": 2000.0}


def test_a_price_that_is_not_met_keeps_a_household_from_choosing_to_return() -> None:
    values = ALWAYS | TO_RETURN | DECISIVE
    world = deliberated(2, values, **PRICED | {"reservation_eur": [2000.0, np.inf]})
    assert (world.people.choice == Option.RETURN).tolist() == [False, True]
    assert not world.people.tipped.any(), "nobody helped"
    freed = deliberated(1, values | {"assistance": "none"}, **PRICED)
    assert freed.people.choice.tolist() == [Option.RETURN]


def test_who_would_be_barred_once_it_considers_return_gets_no_further_than_that() -> None:
    """One draw makes an intention; prices of 2,000 euro, without end, and met by a promise."""
    columns = {
        "stage": Stage.NOT_CONSIDERING,
        "reservation_eur": [2000.0, np.inf, 2000.0],
        "discretionary_eur": [0.0, 0.0, 2000.0],
    }
    one = ALWAYS | TO_RETURN | DECISIVE | {"draws_to_intend": 1}
    world = deliberated(3, one, **columns)
    assert world.people.stage.tolist() == [CONSIDERING, INTENDING, INTENDING]
    assert world.people.choice.tolist() == [Option.RETURN] * 3, "the draw itself stands"
    deliberate(world)
    assert world.people.stage.tolist() == [Stage.NOT_CONSIDERING, INTENDING, INTENDING]
    for free in ({"money": "eases"}, {"assistance": "none"}):
        assert deliberated(3, one | free, **columns).people.stage.tolist() == [INTENDING] * 3


def test_a_household_is_held_back_by_the_price_of_any_adult() -> None:
    world = adults(
        2,
        2,
        ALWAYS | TO_RETURN | DECISIVE | {"draws_to_intend": 1},
        stage=Stage.NOT_CONSIDERING,
        reservation_eur=[np.inf, 2000.0, np.inf, np.inf],
    )
    deliberate(world)
    assert world.people.stage.tolist() == [CONSIDERING] * 2 + [INTENDING] * 2


def test_help_tips_where_the_contrary_draw_would_have_undone_the_plan_or_prevented_it() -> None:
    """An application holds a plan through one contrary draw, and not through a second one."""
    world = deliberated(
        6,
        ALWAYS | TO_RETURN | DECISIVE | {"draws_to_give_up": 2},
        **PRICED
        | MEETS
        | {
            "stage": [CONSIDERING, INTENDING, PREPARING, PREPARING, PREPARING, PREPARING],
            "reservation_eur": [2000.0] * 4 + [np.inf, 2000.0],
            "application": [Application.GRANTED] * 5 + [Application.NONE],
            "discretionary_eur": [0.0] * 5 + [2000.0],
        },
        draws_in_a_row=[1, 2, 2, -1, -1, 2],
    )
    assert world.people.choice.tolist() == [Option.RETURN] * 6
    # no plan yet; the plan would have held, twice; not a second time; free of a price; no hold
    assert world.people.tipped.tolist() == [True, False, False, True, False, True]
    one = ALWAYS | TO_RETURN | DECISIVE | {"draws_to_give_up": 1}
    alone = deliberated(1, one, **PRICED | MEETS | {"stage": PREPARING}, draws_in_a_row=2)
    assert alone.people.tipped.tolist() == [True]


def test_help_that_tipped_stays_the_reason_while_return_is_drawn() -> None:
    """Tipped, and free of a price since: a draw ago, or before a contrary draw; never tipped."""
    world = deliberated(
        3,
        ALWAYS | TO_RETURN | DECISIVE,
        **PRICED | MEETS | {"reservation_eur": np.inf},
        tipped=[True, True, False],
        draws_in_a_row=[1, -1, 1],
    )
    assert world.people.choice.tolist() == [Option.RETURN] * 3
    assert world.people.tipped.tolist() == [True, True, False]


def test_the_part_of_help_ends_when_the_plan_is_given_up() -> None:
    """A first contrary draw: without an application, granted, waiting; a second one, granted."""
    world = deliberated(
        4,
        ALWAYS | TO_WAIT | {"draws_to_give_up": 2},
        stage=PREPARING,
        tipped=True,
        application=[
            Application.NONE,
            Application.GRANTED,
            Application.PENDING,
            Application.GRANTED,
        ],
        draws_in_a_row=[2, 2, 2, -1],
    )
    assert world.people.tipped.tolist() == [False, True, True, False]
    far = Stage.NOT_CONSIDERING
    assert world.people.stage.tolist() == [far, PREPARING, PREPARING, far]
