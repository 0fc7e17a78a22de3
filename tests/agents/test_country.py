"""Countries of origin read the conditions of the present year."""

from __future__ import annotations

import numpy as np
from terugkeer.agents.codes import OriginGroup
from terugkeer.agents.country import CountryOfOrigin

from tests.agents.few import Few


def test_a_country_reads_its_own_conditions_as_they_are_now() -> None:
    model = Few()
    georgia = CountryOfOrigin(model, "Georgia", 1, OriginGroup.SAFE)
    assert (georgia.safety, georgia.livelihood) == (0.7, 0.6)
    assert type(georgia.safety) is float
    model.world.origin.safety = np.array([0.1, 0.8, 0.2])
    assert georgia.safety == 0.8
    assert (georgia.name, georgia.index, georgia.origin_group) == ("Georgia", 1, OriginGroup.SAFE)
