"""Regimes of places: admission, extension, deposit, trust, talks in detention."""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.decision.weighing import constants
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.lives.outlook import change_outlook
from terugkeer.agents.codes import Option, Organisation, Place, Reading
from terugkeer.agents.rules.case_work.alternatives import ADMITTED

from tests.abm.world.small_world import change, events, lived, model_of

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World


def _moved_to(place: Place, *changes: object) -> int:
    log = events(lived(*changes, scale=50.0))  # type: ignore[arg-type] # changes of several types
    return int(((log["kind"] == Event.MOVED) & (log["to_place"] == place)).sum())


@lru_cache(maxsize=1)
def _lived_in() -> World:
    model = model_of(scale=50.0)
    for _ in range(100):
        model.step()
    return model.world


def _under(**readings: str) -> World:
    """Return a world after a hundred weeks, from now on under other readings."""
    world = deepcopy(_lived_in())
    world.now.update(readings)
    return world


def test_where_time_decides_ambiguous_households_are_admitted_too() -> None:
    reading = np.array(list(Reading), dtype=np.uint8)
    assert reading[ADMITTED["selection"](reading)].tolist() == [Reading.COOPERATES]
    more = reading[ADMITTED["time_to_decide"](reading)].tolist()
    assert more == [Reading.COOPERATES, Reading.AMBIGUOUS]


@pytest.mark.slow
def test_more_are_admitted_where_time_decides() -> None:
    time = _moved_to(Place.VBL, change("vbl", "time_to_decide"))
    assert time > _moved_to(Place.VBL) > 0


@pytest.mark.slow
def test_a_deposit_is_an_alternative_to_detention() -> None:
    all_pay = _moved_to(Place.REPORTING_DUTY, change("deposit_share", 1.0))
    assert all_pay > _moved_to(Place.REPORTING_DUTY, change("deposit_share", 0.0))


@pytest.mark.slow
def test_hidden_households_with_papers_may_be_guided_again() -> None:
    hidden = (Place.PRIVATE_NETWORK, Place.STREET, Place.NIGHT_SHELTER)

    def again(hazard: float) -> int:
        log = events(lived(change("asks_again_hazard", hazard), scale=50.0))
        to_vbl = (log["kind"] == Event.MOVED) & (log["to_place"] == Place.VBL)
        return int((to_vbl & log["place"].isin(hidden)).sum())

    assert again(0.0) == 0
    assert again(1.0) > 0


@pytest.mark.parametrize(
    ("reading", "iom", "ngo"),
    [
        ("none", 1.0, 1.0),
        ("coercion_lowers_all", 1.0 - 0.3 * 0.5, 1.0 - 0.3 * 0.5),
        ("data_sharing_lowers_ngo", 1.0, 1.0 - 0.01 * 0.3),
    ],
)
def test_trust_spills_over_as_the_reading_says(reading: str, iom: float, ngo: float) -> None:
    world = _under(trust_spill=reading)
    people = world.people
    held = np.flatnonzero((people.place == Place.DETENTION) & people.spell_open)[:1]
    people.place_since[people.place == Place.DETENTION] = 0
    people.place_since[held] = world.week
    people.met[:] = 0
    people.met[held] = 1 << Organisation.VWN
    people.trust_state[held] = people.trust_iom[held] = people.trust_ngo[held] = 1.0
    change_outlook(world, people.place.astype(np.intp))
    assert people.trust_state[held] == pytest.approx(0.7)
    assert people.trust_iom[held] == pytest.approx(iom)
    assert people.trust_ngo[held] == pytest.approx(ngo)


def test_two_talks_in_detention_add_to_the_worth_of_return_and_to_nothing_else() -> None:
    world = _under()
    people = world.people
    held = np.flatnonzero((people.place == Place.DETENTION) & world.adult(slice(None)))
    people.held_talks[held] = 0
    before = constants(world, held)
    for talks, ratio in ((1, 1.10), (2, 1.18), (9, 1.18)):
        people.held_talks[held] = talks
        people.talked_week[held] = world.week
        added = constants(world, held) - before
        assert added[Option.RETURN] == pytest.approx(np.log(ratio))
        assert not np.delete(added, Option.RETURN, axis=0).any()
    people.talked_week[held] = people.place_since[held] - 1  # they were in an earlier detention
    assert (constants(world, held) == before).all()


def test_no_talk_compels_under_the_other_reading() -> None:
    world = _under(detention_talks="none")
    held = np.flatnonzero((world.people.place == Place.DETENTION) & world.adult(slice(None)))
    world.people.talked_week[held] = world.week
    before = constants(world, held)
    world.people.held_talks[held] = 2
    assert (constants(world, held) == before).all()


@pytest.mark.slow
def test_a_term_approved_regionally_is_longer() -> None:
    def longest(share: float) -> float:
        log = events(lived(change("regional_approval_share", share), scale=50.0))
        left = log[(log["place"] == Place.AZC_DEPARTURE_TERM) & (log["kind"] == Event.MOVED)]
        return float((left["weeks"] > 6).mean())  # four weeks and two

    assert longest(1.0) > longest(0.0)
