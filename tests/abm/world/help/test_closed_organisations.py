"""Organisations without places: nobody meets them, and they are named nowhere."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.help.kinds import CAPACITY
from terugkeer.abm.world.help.organisations import Organisations
from terugkeer.abm.world.phases.meet import meet
from terugkeer.agents.codes import Background, Household, LegalPhase, Organisation, Place, Stage
from terugkeer.agents.kinds import HELPERS, KINDS

from tests.abm.world.clients import WEEK, world_of
from tests.abm.world.small_world import UNBOUNDED_HELP, change, model_of

if TYPE_CHECKING:
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.world.events import EventLog
    from terugkeer.abm.world.persons.people import People

OFTEN = (
    *UNBOUNDED_HELP,
    change("handover_share", (1.0,) * 8),
    change("refers_share", (1.0,) * len(KINDS)),
    change("session_hazard", (2.0,) * len(KINDS)),
    change("contact_hazard_not_considering", (0.05,) * len(KINDS)),
    change("contact_hazard_considering", (0.05,) * len(KINDS)),
    change("contact_hazard_intending", (0.05,) * len(KINDS)),
    change("referral_to_ngo_chance", (0.5,) * 5),
    change("paired_case_managers", 50),
    change("armenian_share", 0.5),
)


def named(log: EventLog, people: People) -> set[Organisation]:
    """Return the organisations that an event names, or that anybody has met or has."""
    codes = {
        int(code) for name in ("helper", "referred_by") for code in np.unique(log.column(name))
    }
    for name in ("helper", "awaits", "referred", "referred_by", "sender"):
        codes |= {int(code) for code in np.unique(getattr(people, name))}
    bits = int(np.bitwise_or.reduce(people.met)) | int(np.bitwise_or.reduce(log.column("met")))
    return {each for each in HELPERS if each in codes or bits & (1 << each)}


@lru_cache(maxsize=len(HELPERS) + 1)
def named_in_half_a_year(*changes: Override) -> set[Organisation]:
    """Return the organisations named in half a year of talks and sessions with all sorts."""
    n = 700
    places = [place for place in Place if place != Place.ORIGIN]
    world = world_of(
        *OFTEN,
        *changes,
        n=n,
        place=np.resize(places, n),
        phase=np.resize([LegalPhase.DEPARTURE_TERM, LegalPhase.OBLIGED], n),
        phase_since=WEEK,
        stage=np.repeat(list(Stage), -(-n // len(Stage)))[:n],
        background=np.resize([Background.ASYLUM] * 4 + [Background.OTHER], n),
        household_kind=Household.TWO_PARENTS,
        spell_open=True,
    )
    world.organisations = Organisations(np.array([0]), armenia_in=0)
    for _ in range(26):
        meet(world)
        world.week += 1
    return named(world.log, world.people)


def test_all_organisations_are_met_where_all_are_open() -> None:
    assert named_in_half_a_year() == set(HELPERS), "or the tests below would show nothing"


@pytest.mark.parametrize("organisation", HELPERS)
def test_an_organisation_without_places_is_named_nowhere(organisation: Organisation) -> None:
    found = named_in_half_a_year(change(CAPACITY[organisation], 0))
    assert found == set(HELPERS) - {organisation}


@pytest.mark.slow
@pytest.mark.parametrize("organisation", HELPERS)
def test_an_organisation_without_places_is_named_nowhere_in_a_run(
    organisation: Organisation,
) -> None:
    model = model_of(*OFTEN, change(CAPACITY[organisation], 0))
    model.run()
    found = named(model.log, model.people)
    assert organisation not in found
    assert len(found) >= len(HELPERS) - 2
