"""Shared parts of the tests of sensitivity analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.runs.outcomes import Outcomes
from terugkeer.experiments.sensitivity import cost

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let a stand-in of `fake_response` answer for the model, in this process."""

    def answer(simulate: object) -> None:
        monkeypatch.setattr(Outcomes, "count", lambda _self, result: result.events)
        monkeypatch.setattr(cost, "simulate_run", simulate)

    return answer
