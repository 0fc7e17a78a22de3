"""Teams of counsellors read their numbers from the world."""

from __future__ import annotations

import pytest
from terugkeer.agents.codes import Organisation
from terugkeer.agents.counsellor import Counsellor

from tests.agents.few import Few


def test_a_team_has_the_numbers_of_its_organisation() -> None:
    model = Few()
    iom, desk = (Counsellor(model, o) for o in (Organisation.IOM, Organisation.MUNICIPAL_DESK))
    assert (iom.stance, desk.stance) == ("return_oriented", "all_options")
    assert (iom.training, desk.training) == (0.4, 1.0)
    assert iom.skill == pytest.approx(0.5 * (1 + 0.5 * 0.4))
    assert desk.skill == 1.0  # 0.9 * 1.5 is more than full skill
    assert (iom.capacity, desk.capacity) == (100.0, 700.0)


def test_clients_are_of_the_organisation_or_of_the_teams_country_in_real_persons() -> None:
    model = Few()
    assert Counsellor(model, Organisation.IOM).clients == 3 * 20
    assert Counsellor(model, Organisation.IOM, "Georgia").clients == 1 * 20
    assert Counsellor(model, Organisation.COA).clients == 0.0


def test_a_country_that_is_unknown_is_an_error() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        _ = Counsellor(Few(), Organisation.IOM, "Atlantis").clients
