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


def test_a_country_reads_what_is_documented_of_it_and_whether_it_cooperates() -> None:
    model = Few()
    iraq = CountryOfOrigin(model, "Iraq", 0, OriginGroup.NOT_SAFE)
    georgia = CountryOfOrigin(model, "Georgia", 1, OriginGroup.SAFE)
    afghanistan = CountryOfOrigin(model, "Afghanistan", 2, OriginGroup.NOT_SAFE)
    assert [each.cooperation for each in (iraq, georgia, afghanistan)] == [0.9, 1.5, 1.1]
    assert [each.visa_free for each in (iraq, georgia, afghanistan)] == [False, True, False]
    assert [each.readmission for each in (iraq, georgia, afghanistan)] == [False, True, False]
    assert [each.safe_list for each in (iraq, georgia, afghanistan)] == [False, False, True]
    assert [each.strategic for each in (iraq, georgia, afghanistan)] == [True, False, False]
    assert georgia.lists == {"hrt": 0.0, "in_kind": 0.5}
    assert type(georgia.visa_free) is bool
    model.world.effects.cooperation = np.array([1.0, 0.2, 1.0])
    assert georgia.cooperation == 0.2
