"""Case managers: their numbers, and their state as it is printed."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.agents.case_manager import CaseManager
from terugkeer.agents.codes import Organisation, Setting, label

from tests.agents.few import Few


def test_case_managers_read_the_numbers_of_their_setting() -> None:
    one = CaseManager(Few(), Setting.FAMILY_LOCATION)
    assert (one.staff, one.caseload) == (12.0, 200.0)
    assert list(one.memory) == [label(each) for each in Organisation][1:]  # not of none
    assert one.memory["iom"] == pytest.approx(0.21)
    assert one.trust["case_manager"] == pytest.approx(1 - 0.28)


def test_the_state_of_case_managers_can_be_printed() -> None:
    one = CaseManager(Few(), Setting.FAMILY_LOCATION)
    assert one.came_of_referrals == {"iom": {"arrived": 3.0, "lost": 7.0, "left": 1.0}}
    lines = str(one).splitlines()
    assert lines[0] == "case managers, family_location: 12 with 200 files"
    assert lines[1] == "  iom: memory 0.21, trust 0.79"
    assert lines[-1] == "  referred to iom: 3 arrived, 7 lost, 1 left"


def test_what_came_of_referrals_is_told_by_kind_and_of_no_organisation() -> None:
    few = Few()
    so_far = few.world.case_managers.so_far
    few.world.case_managers.so_far = so_far = np.zeros_like(so_far)
    so_far[:, Setting.VBL, Organisation.MAATWERK] = 4.0, 5.0, 2.0
    so_far[:, Setting.VBL, Organisation.WERELDWIJD] = 1.0, 0.0, 0.0
    one = CaseManager(few, Setting.VBL)
    assert one.came_of_referrals == {"reintegration": {"arrived": 5.0, "lost": 5.0, "left": 2.0}}
    assert not any("arrived" in line and "maatwerk" in line for line in str(one).splitlines())
