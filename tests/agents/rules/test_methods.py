"""Methods by hand: which is drawn, when a talk may be held, when a step and a method are done."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.agents.codes import Method
from terugkeer.agents.rules.methods import (
    AIMS,
    LENGTH,
    METHODS,
    NEEDS,
    STEPS,
    Aim,
    Need,
    after_talk,
    is_finished,
    looked_ahead,
    may_talk,
    method_drawn,
    pack_step,
    unpack_step,
    with_sessions,
)

SF, BT, LL = Method.SAFE_FUTURE, Method.BEWOGEN_TERUGKEER, Method.LIFE_LINE
ALL_HOLD = np.ones((1, len(Need)), dtype=np.bool_)
SHARES = st.lists(st.floats(0.0, 1.0), min_size=4, max_size=4)


def test_steps_are_those_of_the_sources() -> None:
    assert LENGTH[list(METHODS)].tolist() == [9, 4, 2, 3]  # s0 E6, E7; s3 C.3
    assert LENGTH[[Method.NONE, Method.OVER]].tolist() == [0, 0]
    names = [step.name for step in STEPS[SF]]
    assert names[0] == "safety", "safety comes first"
    assert names[4] == "future talk"
    assert not AIMS[SF, 4, Aim.DECISION], "a future talk explores and does not decide"
    assert NEEDS[SF, :9, Need.CALM].all(), "not from the street"
    assert AIMS[BT, 3].tolist() == [each is Aim.HANDS for each in Aim]
    assert AIMS[LL, :2, Aim.HORIZON].all()


@pytest.mark.parametrize(
    ("shares", "uniform", "drawn"),
    [
        ([0.0, 0.0, 0.0, 0.0], 0.001, Method.NONE),
        ([0.5, 0.2, 0.0, 0.0], 0.49, SF),
        ([0.5, 0.2, 0.0, 0.0], 0.51, BT),
        ([0.5, 0.2, 0.0, 0.0], 0.71, Method.NONE),
        ([0.0, 0.0, 1.0, 0.0], 0.999, LL),
        ([1.0, 0.5, 0.5, 0.0], 0.49, SF),  # 2.0 in all: a half, a quarter and a quarter
        ([1.0, 0.5, 0.5, 0.0], 0.51, BT),
        ([1.0, 0.5, 0.5, 0.0], 0.76, LL),
    ],
)
def test_at_most_one_method_is_drawn(shares: list[float], uniform: float, drawn: Method) -> None:
    assert method_drawn([shares], [uniform]).tolist() == [drawn]


@given(SHARES, st.floats(1e-9, 1.0 - 1e-9))
def test_a_method_without_use_is_never_drawn(shares: list[float], uniform: float) -> None:
    (drawn,) = method_drawn([shares], [uniform])
    assert drawn == Method.NONE or shares[METHODS.index(Method(int(drawn)))] > 0.0


@pytest.mark.parametrize(
    ("method", "step", "waited", "lacks", "may"),
    [
        (SF, 0, 1, None, True),
        (SF, 0, 0, None, False),  # a week apart
        (BT, 0, 1, None, False),  # two weeks apart
        (BT, 0, 2, None, True),
        (SF, 0, 9, Need.CALM, False),
        (SF, 0, 9, Need.RULING, True),
        (SF, 6, 9, Need.RULING, False),  # the evaluation waits for a ruling
        (BT, 1, 9, Need.CONSIDERS, True),
        (BT, 2, 9, Need.CONSIDERS, False),  # partners at origin only at their own wish
        (LL, 0, 9, Need.CALM, True),
        (Method.NONE, 0, 99, None, False),
        (Method.OVER, 3, 99, None, False),
    ],
)
def test_a_talk_waits_for_its_time(
    method: Method, step: int, waited: int, lacks: Need | None, *, may: bool
) -> None:
    holds = ALL_HOLD.copy()
    if lacks is not None:
        holds[0, lacks] = False
    apart = np.array([1.0, 2.0, 1.0, 2.0])
    found = may_talk(np.array([method]), np.array([step]), [waited], apart, holds)
    assert found.tolist() == [may]


def test_a_step_is_finished_with_its_last_talk() -> None:
    step, talks, done = after_talk(np.array([4, 4, 0]), np.array([0, 1, 0]), [2.0, 2.0, 1.0])
    assert step.tolist() == [4, 5, 1]
    assert talks.tolist() == [1, 0, 0]
    assert done.tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("method", "step", "intends", "finished"),
    [
        (SF, 7, True, False),
        (SF, 8, True, True),  # the return plan is the last step
        (SF, 8, False, False),  # life outside reception is still to be talked of
        (SF, 9, False, True),
        (BT, 3, True, False),
        (BT, 4, False, True),
        (LL, 2, False, True),
    ],
)
def test_a_method_is_finished(method: Method, step: int, *, intends: bool, finished: bool) -> None:
    found = is_finished(np.array([method]), np.array([step]), np.array([intends]))
    assert found.tolist() == [finished]


def test_a_longer_horizon_makes_more_of_a_place_and_nothing_of_the_street() -> None:
    outside = np.array([False, False, False, True, True])
    room = looked_ahead([0.8, 0.8, 0.35, 0.15, 0.35], [0.0, 0.5, 0.2, 1.0, 0.5], outside)
    np.testing.assert_allclose(room, [0.8, 1.0, 0.42, 0.15, 0.35])


@given(st.floats(0.0, 1.0, width=32), st.floats(0.0, 1.0, width=32))
def test_what_sessions_add_is_added_to_the_rest(x: float, added: float) -> None:
    one = np.array([x], dtype=np.float32)
    assert with_sessions(one, np.zeros(1, dtype=np.float32)).tobytes() == one.tobytes()
    found = with_sessions(one, np.array([added], dtype=np.float32))
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, x + added * (1 - x), atol=1e-6)


@pytest.mark.parametrize("method", METHODS)
def test_a_step_is_packed_and_unpacked(method: Method) -> None:
    steps = np.arange(LENGTH[method] + 1)
    found, step = unpack_step(pack_step(method, steps))
    assert (found == method).all()
    assert step.tolist() == steps.tolist()
