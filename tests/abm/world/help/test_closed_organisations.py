"""Organisations without places: nobody meets them, and they are named nowhere."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.events import COLUMNS
from terugkeer.abm.world.help.kinds import CAPACITY
from terugkeer.abm.world.help.organisations import Organisations
from terugkeer.abm.world.persons.people import People
from terugkeer.abm.world.phases.meet import meet
from terugkeer.agents.codes import (
    Background,
    Household,
    Kind,
    LegalPhase,
    Organisation,
    Place,
    Stage,
)
from terugkeer.agents.kinds import HELPERS, KINDS

from tests.abm.world.clients import WEEK, world_of
from tests.abm.world.small_world import UNBOUNDED_HELP, change, model_of

if TYPE_CHECKING:
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.world.events import EventLog
    from terugkeer.abm.world.model import ReturnModel

# COA meets people during the term alone: few in the world below
SOUGHT = tuple(0.5 if kind == Kind.COA else 0.05 for kind in KINDS)
OFTEN = (
    *UNBOUNDED_HELP,
    change("handover_share", (1.0,) * 8),
    change("refers_share", (1.0,) * len(KINDS)),
    change("session_hazard", (2.0,) * len(KINDS)),
    change("contact_hazard_not_considering", SOUGHT),
    change("contact_hazard_considering", SOUGHT),
    change("contact_hazard_intending", SOUGHT),
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


def run_with(*changes: Override) -> ReturnModel:
    """Run a year in which organisations are met often."""
    model = model_of(*OFTEN, *changes)
    model.run()
    return model


def digest(model: ReturnModel) -> str:
    """Return a hash of all that happened, and of all persons at the end."""
    parts = [model.log.column(name).tobytes() for name in COLUMNS]
    parts += [
        np.ascontiguousarray(getattr(model.people, name)).tobytes() for name in People.columns
    ]
    return hashlib.sha256(b"".join(parts)).hexdigest()


# a house in which no rule has heard of an organisation: it is gone before any rule is imported,
# and with it its number in records that list organisations
WITHOUT = """
import sys
import numpy as np
from terugkeer.agents import kinds
from terugkeer.agents.codes import Organisation
gone = Organisation(int(sys.argv[1]))
every = kinds.HELPERS
kinds.HELPERS = tuple(each for each in every if each != gone)
from terugkeer.abm.world.values import Values
vector = Values.vector
def shorter(self, name):
    listed = vector(self, name)
    return np.delete(listed, every.index(gone)) if len(listed) == len(every) else listed
Values.vector = shorter
from tests.abm.world.help.test_closed_organisations import HELPERS, digest, run_with
assert gone not in HELPERS
print(digest(run_with()))
"""


@pytest.mark.slow
@pytest.mark.parametrize("organisation", HELPERS)
def test_without_places_a_run_is_that_of_a_house_without_the_organisation(
    organisation: Organisation,
) -> None:
    """Byte for byte: events of the whole run, and all columns of all persons at its end."""
    closed = run_with(change(CAPACITY[organisation], 0))
    found = named(closed.log, closed.people)
    assert organisation not in found
    assert len(found) >= len(HELPERS) - 2
    house = Path(__file__).parents[4]
    told = subprocess.run(
        [sys.executable, "-c", WITHOUT, str(int(organisation))],
        capture_output=True,
        check=True,
        text=True,
        cwd=house,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(house)])},
    )
    assert told.stdout.strip() == digest(closed)
