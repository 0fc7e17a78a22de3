"""Two factors at a time: steps of maps, and intervals of paired differences."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.registry import registry
from terugkeer.experiments.sensitivity.pairs import grain_of, grid, interval
from terugkeer.experiments.sensitivity.question import Question
from terugkeer.experiments.sensitivity.survival import compared

CONTESTED = ("household", "rule_of_in_kind")


def test_equal_counts_of_a_few_seeds_are_no_certainty() -> None:
    equal = np.full(4, 20.0)
    grain = grain_of("independent", 20.0)
    assert grain == 20.0
    assert grain_of("share_all_three", 20.0) == 0.0
    mean, low, high = interval(equal, 500.0, grain)
    assert mean == 20.0
    assert low == pytest.approx(20.0 - 3.1824 * 10.0, abs=1e-3)
    assert high == pytest.approx(20.0 + 3.1824 * 10.0, abs=1e-3)
    assert compared(np.zeros((1, 4)), equal[None, :], grain)["says"].tolist() == ["no clear effect"]


def test_two_countries_are_not_compared() -> None:
    pair = "country_return_scores[c01]:country_return_scores[c02]"
    question = Question("interactions", pair, "independent", 4, 1, 400.0, 2012, 2012)
    with pytest.raises(InputError, match="no table orders countries"):
        grid(question, registry())


def test_steps_that_round_to_the_same_dose_stand_once_in_a_map() -> None:
    question = Question(
        "interactions", "counsellor_stance:household", "independent", 4, 1, 400.0, 2012, 2012
    )
    where, _ = grid(question, registry())
    assert where["value_a"].unique().tolist() == ["0", "1", "2"]
    assert where["step_a"].unique().tolist() == [0, 1, 2]
    assert len(where) == 9
