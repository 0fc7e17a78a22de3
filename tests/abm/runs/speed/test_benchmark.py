"""What a person-week costs beside an empty step, with clocks that are made up."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, ClassVar

from terugkeer.abm.runs.speed import benchmark

if TYPE_CHECKING:
    import pytest


class Model:
    """Lives nothing, and tells what it took."""

    timings: ClassVar = {"spin_up_s": 1.0, "years_s": 3.0}
    tally = SimpleNamespace(person_weeks=1_000_000, weeks=500)

    def __init__(self, _scenario: object, *, rng: int, scale: float, registry: object) -> None:
        assert (rng, scale) == (1, 20.0)
        assert registry is not None

    def run(self) -> None:
        pass


def test_a_round_is_held_against_the_steps_before_and_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    steps = iter([300.0, 500.0])
    monkeypatch.setattr(benchmark, "ReturnModel", Model)
    monkeypatch.setattr(benchmark, "empty_step_ns", lambda: next(steps))
    monkeypatch.setattr(benchmark, "view_create_ns", lambda: 1234.56)
    told = benchmark._round(20.0)
    assert told.pop("peak_mb") > 10.0
    assert told == {
        "person_week_ns": 4000.0,  # 4 s over a million
        "mesa_empty_step_ns": 400.0,
        "ratio": 10.0,
        "seven_years_s": 3.0,
        "spin_up_s": 1.0,
        "agent_create_ns": 1234.6,
        "person_weeks": 1_000_000,
        "persons_mean": 2000.0,
    }


def test_the_round_with_the_lowest_ratio_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    ratios = iter([3.0, 1.5, 2.0])
    monkeypatch.setattr(benchmark, "_round", lambda scale: {"ratio": next(ratios), "scale": scale})
    assert benchmark._measure(1.0, 3) == {"ratio": 1.5, "scale": 1.0}
