"""The draw of an option against its closed form, and what is never drawn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from terugkeer.agents.codes import Option
from terugkeer.agents.rules.options import choose, gumbel, probabilities

N = 200_000
SMALLEST = 2.0**-53  # the ends of what keyed chance can give
UTILITIES = arrays.arrays(np.float64, (4, 5), elements=st.floats(-700.0, 700.0))
AVAILABLE = arrays.arrays(np.bool_, (4, 5))
UNIFORMS = arrays.arrays(np.float64, (4, 5), elements=st.floats(SMALLEST, 1.0 - SMALLEST))


def everywhere(column: list[float] | list[bool], n: int = N) -> np.ndarray:
    return np.repeat(np.array(column)[:, None], n, axis=1)


def test_gumbel_by_hand() -> None:
    assert gumbel([np.exp(-1.0), np.exp(-np.e)]) == pytest.approx([0.0, -1.0])
    assert np.all(np.isfinite(gumbel([SMALLEST, 1.0 - SMALLEST])))


@pytest.mark.parametrize(
    "available", [[True, True, True, True], [True, True, False, True], [True, False, True, False]]
)
def test_shares_drawn_are_the_probabilities(available: list[bool]) -> None:
    utilities = [0.0, -2.0, 0.7, -0.4]
    uniforms = np.random.default_rng(5).random((4, N))
    drawn = choose(everywhere(utilities), everywhere(available), uniforms)
    expected = probabilities(everywhere(utilities, 1), everywhere(available, 1))[:, 0]
    shares = np.bincount(drawn, minlength=4) / N
    error = np.sqrt(expected * (1.0 - expected) / N)
    # four standard errors: a right sampler fails one such test in about four thousand,
    # and the seed is fixed
    assert np.all(np.abs(shares - expected) <= 4.0 * error), (shares, expected)
    assert np.all(shares[~np.array(available)] == 0.0)


def test_probabilities_by_hand() -> None:
    utilities = np.log(np.array([[1.0], [2.0], [5.0], [4.0]]))
    everything = np.ones((4, 1), dtype=bool)
    assert probabilities(utilities, everything)[:, 0] == pytest.approx(
        [1 / 12, 1 / 6, 5 / 12, 1 / 3]
    )
    no_hiding = everything.copy()
    no_hiding[Option.OUT_OF_SIGHT] = False
    found = probabilities(utilities, no_hiding)[:, 0]
    assert found == pytest.approx([1 / 7, 2 / 7, 0.0, 4 / 7])
    assert found[Option.OUT_OF_SIGHT] == 0.0


def test_of_equals_the_lowest_code_is_drawn() -> None:
    equal, half = np.zeros((4, 2)), np.full((4, 2), 0.5)
    available = np.array([[True, True], [True, False], [True, True], [True, True]])
    assert choose(equal, available, half).tolist() == [Option.WAIT, Option.WAIT]
    equal[Option.WAIT] = -1.0
    assert choose(equal, available, half).tolist() == [Option.RETURN, Option.OUT_OF_SIGHT]


def test_waiting_is_open_to_who_has_nothing_else() -> None:
    nothing = np.zeros((4, 1), dtype=bool)
    worst = np.array([[-700.0], [700.0], [700.0], [700.0]])
    assert choose(worst, nothing, np.full((4, 1), SMALLEST)).tolist() == [Option.WAIT]
    assert probabilities(worst, nothing)[:, 0].tolist() == [1.0, 0.0, 0.0, 0.0]
    assert not nothing.any()  # what was handed in is left alone


def test_an_overwhelming_utility_is_certain() -> None:
    utilities = np.zeros((4, 3), dtype=np.float32)
    utilities[[1, 2, 3], [0, 1, 2]] = 1000.0
    uniforms = np.random.default_rng(3).random((4, 3))
    drawn = choose(utilities, np.ones((4, 3), dtype=bool), uniforms)
    assert drawn.dtype == np.uint8
    assert drawn.tolist() == [Option.RETURN, Option.OUT_OF_SIGHT, Option.MOVE_ON]
    assert probabilities(utilities, np.ones((4, 3), dtype=bool)).max(axis=0).tolist() == [1.0] * 3


@given(utilities=UTILITIES, available=AVAILABLE, uniforms=UNIFORMS)
def test_only_what_is_open_is_drawn(
    utilities: np.ndarray, available: np.ndarray, uniforms: np.ndarray
) -> None:
    drawn = choose(utilities, available, uniforms)
    chances = probabilities(utilities, available)
    people = np.arange(5)
    assert np.all(available[drawn, people] | (drawn == Option.WAIT))
    assert chances.sum(axis=0) == pytest.approx(np.ones(5))
    assert np.all(chances[1:][~available[1:]] == 0.0)
    assert np.all(chances >= 0.0)


@given(
    utilities=UTILITIES,
    available=AVAILABLE,
    uniforms=UNIFORMS,
    option=st.sampled_from(list(Option)),
    more=st.floats(0.0, 10.0),
)
def test_a_better_option_draws_nobody_to_another(
    utilities: np.ndarray,
    available: np.ndarray,
    uniforms: np.ndarray,
    option: Option,
    more: float,
) -> None:
    before = choose(utilities, available, uniforms)
    better = utilities.copy()
    better[option] += more
    after = choose(better, available, uniforms)
    assert np.all((after == before) | (after == option))


@given(utilities=UTILITIES, available=AVAILABLE)
def test_what_is_added_to_all_options_changes_no_chance(
    utilities: np.ndarray, available: np.ndarray
) -> None:
    assert probabilities(utilities + 3.0, available) == pytest.approx(
        probabilities(utilities, available), abs=1e-12
    )
