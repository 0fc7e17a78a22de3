"""Early talks as a dated lever: whom organisations meet while a procedure runs, and from when."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.calendar import first_week
from terugkeer.abm.world.events import Event
from terugkeer.agents.codes import LegalPhase, Organisation, Place, Stage

from tests.abm.world.clients import world_of
from tests.abm.world.small_world import UNBOUNDED_HELP, change, model_of

EARLY = (0, 0, 0, 0, 0, 2, 0)  # the setting from_arrival of the lever early_talks
HELPS = change("early_return_talk", "helps")


def test_the_setting_is_that_of_the_lever() -> None:
    setting = registry().levers["early_talks"].settings["from_arrival"]
    assert tuple(setting["organisation_timing"]) == EARLY


@pytest.mark.parametrize("organisation", [Organisation.BRIDGE_TO_BETTER, Organisation.MAATWERK])
def test_return_organisations_come_to_reception_once_they_begin_early(
    organisation: Organisation,
) -> None:
    columns = {
        "phase": LegalPhase.PROCEDURE,
        "place": Place.AZC,
        "stage": Stage.CONSIDERING,
        "n": 1,
    }
    late, early = world_of(**columns), world_of(change("organisation_timing", EARLY), **columns)
    assert not late.organisations.reach[organisation, Place.AZC]
    assert early.organisations.reach[organisation, Place.AZC]
    hazards = [
        each.organisations.hazard(each.organisations.situations(each))[0] for each in (late, early)
    ]
    assert hazards[1] > hazards[0]


@pytest.mark.slow
def test_early_talks_begin_on_their_day_and_act() -> None:
    start = date(2012, 1, 2)
    lever = (change("organisation_timing", EARLY, start), HELPS)
    runs = []
    for changes in ((HELPS,), lever):
        model = model_of(*UNBOUNDED_HELP, *changes, last_year=2012)
        model.run()
        log = model.log
        met = log.column("kind") == Event.MET
        met &= log.column("phase") == LegalPhase.PROCEDURE
        met &= log.column("helper") != Organisation.IOM
        weeks = log.column("week")[met]
        runs.append(np.array([(weeks < first_week(2012)).sum(), (weeks >= first_week(2012)).sum()]))
    late, early = runs
    assert early[0] == late[0], "nothing before the day"
    assert early[1] > late[1], "more households meet a counsellor during a procedure"
