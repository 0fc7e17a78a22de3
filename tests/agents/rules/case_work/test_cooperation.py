"""Reading cooperation with error, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.agents.codes import Reading, Stage
from terugkeer.agents.rules.case_work.cooperation import read, reading_chances

RATES = np.array([[0.1, 0.2, 0.7], [0.5, 0.4, 0.1], [0.8, 0.15, 0.05]])
STAGES = np.array(list(Stage), dtype=np.uint8)


def test_without_weight_of_signals_the_rates_are_those_of_what_is_true() -> None:
    found = reading_chances(STAGES, np.ones(4), RATES, 0.0)
    assert found == pytest.approx(RATES[[0, 1, 2, 2]])


def test_signals_pull_toward_cooperation_and_their_absence_toward_refusal() -> None:
    willing = np.full(3, Stage.PREPARING, dtype=np.uint8)
    found = reading_chances(willing, np.array([0.0, 0.5, 1.0]), RATES, 0.4)
    assert found[:, 0] == pytest.approx([0.48, 0.68, 0.88])
    assert found[:, 1] == pytest.approx([0.09] * 3)
    assert found[:, 2] == pytest.approx([0.43, 0.23, 0.03])


@given(st.floats(0, 1), st.floats(0, 1))
def test_chances_are_chances(signals: float, weight: float) -> None:
    found = reading_chances(STAGES, np.full(4, signals), RATES, weight)
    assert found.sum(axis=1) == pytest.approx(np.ones(4))
    assert (found >= 0.0).all()


def test_a_uniform_falls_into_one_of_three_parts() -> None:
    chances = np.tile(RATES[1], (4, 1))
    found = read(chances, np.array([0.49, 0.51, 0.89, 0.91]))
    assert list(found) == [
        Reading.COOPERATES,
        Reading.AMBIGUOUS,
        Reading.AMBIGUOUS,
        Reading.REFUSES,
    ]


def test_errors_come_as_often_as_stated() -> None:
    n = 40_000
    uniform = (np.arange(n) + 0.5) / n
    for row, stage in ((0, Stage.NOT_CONSIDERING), (1, Stage.CONSIDERING), (2, Stage.INTENDING)):
        chances = reading_chances(np.full(n, stage, dtype=np.uint8), np.zeros(n), RATES, 0.0)
        found = np.bincount(read(chances, uniform), minlength=4)[1:] / n
        assert found == pytest.approx(RATES[row], abs=1e-3)
