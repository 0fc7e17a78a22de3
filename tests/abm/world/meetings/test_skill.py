"""The skill of a session: the counsellor's own, and a compatriot who is listened to more."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.world.meetings.sessions import hold_sessions
from terugkeer.abm.world.meetings.skill import compatriots, skill_in_session
from terugkeer.agents.codes import Organisation, Stage
from terugkeer.agents.kinds import KINDS

from tests.abm.world.clients import DANGEROUS, SAFE, everybody, world_of
from tests.abm.world.small_world import change

ALIKE = (
    change("helper_skill", (0.5,) * len(KINDS)),
    change("training_gain", 0.5),
    change("native_persuasion_factor", 1.25),
)
UNTOUCHED = (
    change("beginner_lacks", 0.0),
    change("caseload_tires", 0.0),
    change("helper_training", (0.0,) * len(KINDS)),
)


@pytest.mark.parametrize(
    ("reading", "gained"), [("reach", 0.3), ("reach_and_persuasion", 0.3), ("none", 0.2)]
)
def test_trust_in_iom_grows_faster_with_a_compatriot(reading: str, gained: float) -> None:
    """From 0 by 0.2, and by 0.2 times 1.5 with a compatriot, unless the reading is none."""
    values = (change("native_trust_factor", 1.5), change("trust_gain", 0.2))
    switch = change("native_counsellor", reading)
    country = np.array([SAFE, DANGEROUS, SAFE])
    world = world_of(*values, switch, n=3, country=country, helper=Organisation.IOM, trust_iom=0.0)
    world.organisations.look_up(world.now)
    native = 1 + int(np.flatnonzero(world.organisations.counsellors.country == SAFE)[0])
    world.people.counsellor[:] = [native, native, 0]  # the third is between two counsellors
    rows = everybody(world)
    assert compatriots(world, rows).tolist() == [True, False, False]
    hold_sessions(world, rows)
    assert world.people.trust_iom.tolist() == pytest.approx([gained, 0.2, 0.2])


def test_between_two_counsellors_the_mean_of_the_organisation_speaks() -> None:
    trained = change("helper_training", (0.4,) * len(KINDS))
    world = world_of(*ALIKE, trained, n=2, helper=Organisation.VWN)
    assert skill_in_session(world, everybody(world)) == pytest.approx([0.5 * 1.2] * 2)


@pytest.mark.parametrize(
    ("reading", "sooner", "more"),
    [("reach", True, False), ("reach_and_persuasion", True, True), ("none", False, False)],
)
def test_native_counsellors_of_iom(reading: str, sooner: bool, more: bool) -> None:
    switch = change("native_counsellor", reading)
    country = np.array([SAFE, DANGEROUS])
    world = world_of(*ALIKE, *UNTOUCHED, switch, n=2, country=country, stage=Stage.CONSIDERING)
    organisations = world.organisations
    assert organisations.native[:2].tolist() == [True, False]
    contact = organisations.hazard(organisations.situations(world))
    assert (contact[0] > contact[1]) == sooner
    native = 1 + int(np.flatnonzero(organisations.counsellors.country == SAFE)[0])
    rows = everybody(world)
    world.people.helper[:] = Organisation.IOM
    world.people.counsellor[:] = native
    assert skill_in_session(world, rows) == pytest.approx([0.625 if more else 0.5, 0.5])
    world.people.counsellor[:] = native + 1  # of IOM too, and from no country of origin
    assert skill_in_session(world, rows) == pytest.approx([0.5, 0.5])
