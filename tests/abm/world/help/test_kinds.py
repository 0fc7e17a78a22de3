"""Kinds of organisations: what goes by kind, and how those of a kind share it."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.world.help.kinds import (
    CAPACITY,
    HELPERS,
    KIND_LABELS,
    KIND_OF,
    MOST_COUNSELLORS,
    RETURN_NGOS,
    by_organisation,
    by_sender,
    capacities,
    counsellors_of,
    of_its_kind,
    spread,
)
from terugkeer.agents.codes import Kind, Organisation

from tests.abm.world.clients import world_of


def test_an_organisation_has_the_number_of_its_kind() -> None:
    world = world_of()
    world.now.update({"seven": (1, 2, 3, 4, 5, 6, 7)})
    found = by_organisation(world.now, "seven").tolist()
    # none, IOM, VWN, Bridge to Better, Maatwerk, ASKV, COA, desk, case manager,
    # TIP, Een Nieuw Hoofdstuk, Met Opgeheven Hoofd, Goedwerk, WereldWijd, Green Way
    assert found == [0, 1, 2, 3, 4, 5, 6, 7, 0, 2, 2, 4, 3, 4, 4]
    assert len(Organisation) <= 16, "`met` has 16 bits"


def test_shares_in_a_kind_add_up_and_one_alone_has_all() -> None:
    weight = np.zeros(len(Organisation))
    iom, coa = Organisation.IOM, Organisation.COA
    weight[[iom, Organisation.MAATWERK, Organisation.WERELDWIJD]] = 0.001, 40.0, 20.0
    share = of_its_kind(weight)
    assert share[[iom, Organisation.MAATWERK, Organisation.WERELDWIJD]] == pytest.approx(
        [1, 2 / 3, 1 / 3]
    )
    assert share[coa] == share[Organisation.GREEN_WAY] == share[Organisation.ASKV] == 0.0


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


def test_every_organisation_that_helps_has_a_kind_and_places() -> None:
    assert set(CAPACITY) == set(HELPERS)
    assert all(KIND_OF[each] not in (Kind.NONE, Kind.CASE_MANAGER) for each in HELPERS)
    assert set(KIND_LABELS.values()) == {each.name.lower() for each in Kind} - {
        "none",
        "case_manager",
    }
    assert {Kind(KIND_OF[each]) for each in RETURN_NGOS} == {Kind.TRAINING, Kind.REINTEGRATION}


def test_places_of_a_kind_are_what_they_were_before_organisations_had_names() -> None:
    world = world_of()  # 2012
    places = capacities(world.now)
    sums = {kind: places[kind == KIND_OF].sum() for kind in Kind}
    assert sums[Kind.IOM] == 1200
    assert sums[Kind.VWN] == 250
    assert sums[Kind.TRAINING] == 40
    assert sums[Kind.REINTEGRATION] == 60
    assert sums[Kind.LEGAL_AID] == 150
    assert sums[Kind.COA] == 400


def test_a_list_of_some_kinds_is_0_for_the_others() -> None:
    found = spread(np.array([3.0, 5.0]), (Kind.IOM, Kind.REINTEGRATION))
    assert np.flatnonzero(found).tolist() == [
        Organisation.IOM,
        Organisation.MAATWERK,
        Organisation.OPGEHEVEN_HOOFD,
        Organisation.WERELDWIJD,
        Organisation.GREEN_WAY,
    ]
    assert set(found.tolist()) == {0.0, 3.0, 5.0}


def test_referrals_of_a_project_arrive_as_those_of_its_kind_and_case_managers_have_their_own() -> (
    None
):
    world = world_of()
    world.now.update({"handover_share": (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)})
    found = by_sender(world.now)
    assert found[Organisation.NIEUW_HOOFDSTUK] == found[Organisation.VWN] == 0.2
    assert found[Organisation.CASE_MANAGER] == 0.8
    assert found[Organisation.NONE] == 0.0
