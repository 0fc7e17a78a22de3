"""An interrupt ends a run within its week, also where something swallows it."""

from __future__ import annotations

import os
import signal
from contextlib import suppress

import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.model import ReturnModel
from terugkeer.abm.world.scenario import Scenario
from terugkeer.experiments.interruption import interruptible


@pytest.mark.parametrize(
    ("how", "raised"), [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, SystemExit)]
)
def test_a_signal_ends_what_is_inside_and_signals_work_as_before(
    how: signal.Signals, raised: type[BaseException]
) -> None:
    before = signal.getsignal(how)
    with pytest.raises(raised), interruptible():
        os.kill(os.getpid(), how)
    assert signal.getsignal(how) is before


def test_an_interrupt_that_numpy_swallows_ends_the_run_within_the_week() -> None:
    lived = []

    class Swallowing(ReturnModel):
        def step(self) -> None:
            super().step()
            lived.append(self.week)
            if len(lived) == 3:
                with suppress(KeyboardInterrupt):
                    os.kill(os.getpid(), signal.SIGINT)

    model = Swallowing(Scenario("short"), rng=1, scale=4000.0, registry=registry())
    with pytest.raises(KeyboardInterrupt), interruptible():
        model.run()
    assert len(lived) == 3
    Swallowing(Scenario("short"), rng=1, scale=4000.0, registry=registry()).step()
    with interruptible() as check:
        check()  # what was asked of another command is forgotten
