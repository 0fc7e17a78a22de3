"""The yardstick of the benchmark times what it says."""

from __future__ import annotations

from itertools import count

import mesa
import pytest
from terugkeer.abm.runs.speed import empty_step
from terugkeer.abm.runs.speed.empty_step import empty_step_ns, view_create_ns


@pytest.mark.parametrize(
    ("timed", "calls"),
    [
        (lambda: empty_step_ns(agents=4, steps=3), 6),
        (lambda: view_create_ns(agents=4, rounds=3), 6),
    ],
)
def test_the_median_of_rounds_is_told_for_each_agent(
    monkeypatch: pytest.MonkeyPatch, timed: object, calls: int
) -> None:
    ticks = iter([0, 800, 1000, 1004, 2000, 2400])  # rounds of 800, 4 and 400 ns
    asked = count()
    monkeypatch.setattr(empty_step, "process_time_ns", lambda: (next(asked), next(ticks))[1])
    assert timed() == 100.0  # type: ignore[operator]  # a call
    assert next(asked) == calls


def test_every_agent_is_activated_and_the_model_is_let_go() -> None:
    steps: list[int] = []
    idle = empty_step._Idle
    known = set(getattr(mesa.Agent, "_ids", {}))  # models of other tests, with Mesa before 3.4.2
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(idle, "step", lambda self: steps.append(self.unique_id))
        empty_step_ns(agents=3, steps=2)
    assert sorted(steps) == [1, 1, 1, 2, 2, 2, 3, 3, 3]  # once more than timed
    assert set(getattr(mesa.Agent, "_ids", {})) <= known
