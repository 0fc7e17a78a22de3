"""Kinds of organisations: numbers by kind, shares of places in a kind, how many counsellors."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.help.kinds import (
    MOST_COUNSELLORS,
    RETURN_NGOS,
    by_organisation,
    by_sender,
    counsellors_of,
    of_its_kind,
)
from terugkeer.agents.codes import Organisation
from terugkeer.agents.kinds import HELPERS

from tests.abm.world.clients import world_of


def test_an_organisation_has_the_number_of_its_kind() -> None:
    world = world_of()
    world.now.update({"seven": (1, 2, 3, 4, 5, 6, 7)})
    found = by_organisation(world.now, "seven").tolist()
    # none, IOM, VWN, Bridge to Better, Maatwerk, ASKV, COA, desk, case manager,
    # TIP, Een Nieuw Hoofdstuk, Met Opgeheven Hoofd, Goedwerk, WereldWijd, Green Way
    assert found == [0, 1, 2, 3, 4, 5, 6, 7, 0, 2, 2, 4, 3, 4, 4]
    assert len(Organisation) <= 16, "`met` has 16 bits"


def test_an_organisation_has_its_own_number_where_the_record_lists_organisations() -> None:
    world = world_of()
    world.now.update({"thirteen": tuple(range(1, 14))})
    found = by_organisation(world.now, "thirteen").tolist()
    assert found == [0, 1, 2, 3, 4, 5, 6, 7, 0, 8, 9, 10, 11, 12, 13]


def test_single_organisations_do_only_what_a_source_tells_of_them() -> None:
    now = world_of().now
    users = {
        "safe_future_use": {Organisation.BRIDGE_TO_BETTER},
        "bewogen_terugkeer_use": {Organisation.VWN},
        "life_line_use": {Organisation.ASKV},
        "future_in_perspective_use": {Organisation.TIP},
        "mediation_share": {Organisation.BRIDGE_TO_BETTER, Organisation.MAATWERK},
        "skills_of_session": {
            Organisation.BRIDGE_TO_BETTER,
            Organisation.WERELDWIJD,
            Organisation.GREEN_WAY,
        },
        "aftercare_share": {
            *(Organisation.VWN, Organisation.TIP, Organisation.NIEUW_HOOFDSTUK),
            *(set(RETURN_NGOS) - {Organisation.GOEDWERK}),
        },
    }
    for name, does in users.items():
        now.update({name: registry()[name].value})
        found = by_organisation(now, name)
        assert {each for each in HELPERS if found[each]} == does, name


def test_shares_in_a_kind_add_up_and_one_alone_has_all() -> None:
    weight = np.zeros(len(Organisation))
    iom, coa = Organisation.IOM, Organisation.COA
    weight[[iom, Organisation.MAATWERK, Organisation.WERELDWIJD]] = 0.001, 40.0, 20.0
    share = of_its_kind(weight)
    assert share[[iom, Organisation.MAATWERK, Organisation.WERELDWIJD]] == pytest.approx(
        [1, 2 / 3, 1 / 3]
    )
    assert share[coa] == share[Organisation.GREEN_WAY] == share[Organisation.ASKV] == 0.0


def test_a_personal_hand_over_saves_a_share_of_the_referrals_that_are_lost() -> None:
    world = world_of()
    eight = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
    world.now.update({"handover_share": eight, "warm_handover": 0.0})
    found = by_sender(world.now)
    assert found[Organisation.VWN] == found[Organisation.TIP] == 0.2
    assert found[Organisation.CASE_MANAGER] == 0.8
    assert found[Organisation.NONE] == 0.0
    world.now.update({"warm_handover": 0.5})
    assert by_sender(world.now)[Organisation.VWN] == pytest.approx(0.6)


def test_counsellors_follow_places_over_a_caseload_and_those_of_iom_were_counted() -> None:
    world = world_of()
    world.now.update({"iom_counsellors": 20, "counsellor_caseload": (20, 12, 12, 20, 20, 20)})
    capacity = np.zeros(len(Organisation))
    capacity[[Organisation.IOM, Organisation.VWN, Organisation.GOEDWERK]] = 1200, 130, 1
    capacity[Organisation.COA] = 1e6
    found = counsellors_of(world.now, capacity)
    assert found[Organisation.IOM] == 20
    assert found[Organisation.VWN] == 6  # 6.5, to the even number
    assert found[Organisation.GOEDWERK] == 1, "one at least where anybody can be a client"
    assert found[Organisation.COA] == MOST_COUNSELLORS
    assert found.sum() == 27 + MOST_COUNSELLORS
