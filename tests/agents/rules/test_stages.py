"""How many draws a plan needs and how many undo it: whole tables by hand."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.agents.codes import Option, Stage
from terugkeer.agents.rules.stages import draws_in_a_row, gives_up, next_stage

NOT, CONSIDERING, INTENDING, PREPARING = Stage


def after(stage: Stage, *drawn: Option, intend: float = 2.0, give_up: float = 1.0) -> list[int]:
    """Return the stage after each of several draws, where a grant is held for `give_up` draws."""
    stages, row, found = np.array([stage], dtype=np.uint8), np.zeros(1, dtype=np.int32), []
    for each in drawn:
        row = draws_in_a_row(row, np.array([each], dtype=np.uint8))
        given_up = gives_up(row, np.array([give_up > 1.0]), give_up)
        stages = next_stage(stages, row, given_up, intend)
        found.append(int(stages[0]))
    assert stages.dtype == np.uint8
    return found


def test_draws_in_a_row_begin_anew_on_the_other_side() -> None:
    before = np.array([-3, -1, 0, 1, 4], dtype=np.int32)
    to_return = draws_in_a_row(before, np.full(5, Option.RETURN, dtype=np.uint8))
    assert to_return.tolist() == [1, 1, 1, 2, 5]
    for other in (Option.WAIT, Option.OUT_OF_SIGHT, Option.MOVE_ON):
        assert draws_in_a_row(before, np.full(5, other, dtype=np.uint8)).tolist() == [
            -4, -2, -1, -1, -1,
        ]  # fmt: skip
    assert to_return.dtype == np.int32


@pytest.mark.parametrize(
    ("needed", "stages"),
    [
        (1.0, [INTENDING, INTENDING, INTENDING]),
        (2.0, [CONSIDERING, INTENDING, INTENDING]),
        (3.0, [CONSIDERING, CONSIDERING, INTENDING]),
    ],
)
def test_an_intention_takes_as_many_draws_of_return_as_are_needed(
    needed: float, stages: list[Stage]
) -> None:
    assert after(NOT, *[Option.RETURN] * 3, intend=needed) == stages


def test_draws_that_are_not_in_a_row_make_no_intention() -> None:
    drawn = [Option.RETURN, Option.WAIT, Option.RETURN, Option.RETURN]
    assert after(NOT, *drawn) == [CONSIDERING, NOT, CONSIDERING, INTENDING]


def test_who_prepares_goes_on_preparing() -> None:
    assert after(PREPARING, Option.RETURN, Option.RETURN) == [PREPARING, PREPARING]


@pytest.mark.parametrize("drawn", [Option.WAIT, Option.OUT_OF_SIGHT, Option.MOVE_ON])
def test_without_a_grant_one_other_draw_leads_back_to_the_start(drawn: Option) -> None:
    for stage in Stage:
        assert after(stage, drawn) == [NOT]


@pytest.mark.parametrize(
    ("drawn", "stages"),
    [
        ([Option.WAIT], [PREPARING]),
        ([Option.WAIT, Option.OUT_OF_SIGHT], [PREPARING, NOT]),
        ([Option.WAIT, Option.RETURN, Option.WAIT], [PREPARING] * 3),
    ],
)
def test_a_grant_is_given_up_by_as_many_other_draws_in_a_row_as_are_needed(
    drawn: list[Option], stages: list[Stage]
) -> None:
    assert after(PREPARING, *drawn, give_up=2.0) == stages


def test_a_grant_counts_for_those_who_have_one() -> None:
    row = np.array([1, -1, -1, -2, -2], dtype=np.int32)
    granted = np.array([True, True, False, True, False])
    assert gives_up(row, granted, 2.0).tolist() == [False, False, True, True, True]
    assert gives_up(row, granted, 1.0).tolist() == [False, True, True, True, True]
