"""Three small households by hand under the three rules, and what must hold of all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from terugkeer.agents.codes import Option
from terugkeer.agents.rules.households import RULES, veto

# adults:  alone | a couple     | three, the last two tie as least willing
ADULTS = np.array(
    [
        [0.0, 1.0, 0.0, 0.0, 2.0, 1.0],  # wait
        [3.0, 2.0, 4.0, 5.0, 1.0, 0.0],  # return: willing 3 | 1 4 | 5 -1 -1
        [1.0, 0.0, 2.0, 3.0, 6.0, 9.0],  # out of sight
        [0.0, 8.0, 0.0, 0.0, 3.0, 0.0],  # move on
    ]
)
FIRST = np.array([0, 1, 3])
BY_HAND = {
    "mean": [[0.0, 0.5, 1.0], [3.0, 3.0, 2.0], [1.0, 1.0, 6.0], [0.0, 4.0, 1.0]],
    "veto": [[0.0, 1.0, 2.0], [3.0, 2.0, 1.0], [1.0, 0.0, 6.0], [0.0, 8.0, 3.0]],
    "head": [[0.0, 1.0, 0.0], [3.0, 2.0, 5.0], [1.0, 0.0, 3.0], [0.0, 8.0, 0.0]],
}


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("rule", sorted(RULES))
def test_small_households_by_hand(rule: str, dtype: type) -> None:
    found = RULES[rule](ADULTS.astype(dtype), FIRST)
    assert found.dtype == np.float64
    assert found.tolist() == BY_HAND[rule]


@pytest.mark.parametrize("rule", sorted(RULES))
def test_nobody_is_no_household(rule: str) -> None:
    assert RULES[rule](np.empty((4, 0)), np.empty(0, dtype=np.intp)).shape == (4, 0)


@st.composite
def households(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, list[int]]:
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=6))
    elements = st.integers(-3, 3).map(float)  # few values, so that ties are many
    adults = draw(arrays.arrays(np.float64, (4, sum(sizes)), elements=elements))
    return adults, np.cumsum([0, *sizes[:-1]]), sizes


@given(households())
def test_rules_against_a_loop_over_households(
    drawn: tuple[np.ndarray, np.ndarray, list[int]],
) -> None:
    adults, first, sizes = drawn
    found = {rule: function(adults, first) for rule, function in RULES.items()}
    for k, (start, size) in enumerate(zip(first, sizes, strict=True)):
        members = adults[:, start : start + size]
        willing = (members[Option.RETURN] - members[Option.WAIT]).tolist()
        least = willing.index(min(willing))  # of equals the first
        assert found["mean"][:, k] == pytest.approx(members.mean(axis=1))
        assert found["veto"][:, k].tolist() == members[:, least].tolist()
        assert found["head"][:, k].tolist() == members[:, 0].tolist()


@given(households())
def test_nobody_is_less_willing_than_the_one_who_vetoes(
    drawn: tuple[np.ndarray, np.ndarray, list[int]],
) -> None:
    adults, first, _ = drawn
    vetoed = veto(adults, first)
    for rule in RULES.values():
        found = rule(adults, first)
        least = vetoed[Option.RETURN] - vetoed[Option.WAIT]
        assert np.all(least <= found[Option.RETURN] - found[Option.WAIT] + 1e-12)
