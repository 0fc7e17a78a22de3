"""What a deliberation does to the stage: the whole table by hand."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.agents.codes import Option, Stage
from terugkeer.agents.rules.stages import next_stage


def test_return_drawn_leads_on_up_to_intending() -> None:
    before = np.array(list(Stage), dtype=np.uint8)
    after = next_stage(before, np.full(4, Option.RETURN, dtype=np.uint8))
    assert after.dtype == np.uint8
    assert after.tolist() == [
        Stage.CONSIDERING,
        Stage.INTENDING,
        Stage.INTENDING,
        Stage.PREPARING,
    ]


@pytest.mark.parametrize("drawn", [Option.WAIT, Option.OUT_OF_SIGHT, Option.MOVE_ON])
def test_anything_else_drawn_leads_back_to_the_start(drawn: Option) -> None:
    before = np.array(list(Stage), dtype=np.uint8)
    after = next_stage(before, np.full(4, drawn, dtype=np.uint8))
    assert after.tolist() == [Stage.NOT_CONSIDERING] * 4
