"""Counsellors read their numbers from the table of counsellors."""

from __future__ import annotations

import pytest
from terugkeer.agents.codes import Organisation
from terugkeer.agents.counsellor import Counsellor

from tests.agents.few import Few


def test_a_counsellor_is_a_row_of_the_table() -> None:
    model = Few()
    iom, desk = Counsellor(model, 0), Counsellor(model, 1)
    assert (iom.organisation, desk.organisation) == (Organisation.IOM, Organisation.MUNICIPAL_DESK)
    assert (iom.number, desk.number) == (3, 1)
    assert (iom.stance, desk.stance) == ("return_oriented", "all_options")
    assert (iom.country, desk.country) == ("Georgia", None)
    assert (iom.trained, desk.trained) == (True, False)
    assert (iom.present, desk.present) == (True, False)
    assert (iom.experience, desk.experience) == (40.0, 0.0)
    assert (iom.room, desk.room) == (60.0, 0.0)


def test_clients_are_told_in_real_persons_and_skill_as_the_table_finds_it() -> None:
    iom = Counsellor(Few(), 0)
    assert iom.clients == 2 * 20
    assert iom.skill == pytest.approx(0.5 * 0.9)


def test_memory_is_told_by_organisation_and_not_for_those_that_take_nobody() -> None:
    memory = Counsellor(Few(), 1).memory
    assert len(memory) == len(Organisation) - 2
    assert memory["iom"] == pytest.approx(0.11)
    assert "case_manager" not in memory
