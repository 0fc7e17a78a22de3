"""What a week does to persons' state: bounds and money over a run, and what it leaves as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.persons.columns import COLUMNS
from terugkeer.abm.world.phases.change import live
from terugkeer.agents.codes import LegalPhase, Place

from tests.abm.world.halfway import LIVED, MONEY, SCALES, make_world
from tests.abm.world.small_world import change, model_of, recorded, watch

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from terugkeer.abm.world.persons.people import People
    from terugkeer.abm.world.state import World


@pytest.mark.slow
def test_scales_and_money_keep_their_bounds_over_a_run() -> None:
    model = model_of(scale=100.0, last_year=2012)
    before: dict[str, NDArray[Any]] = {}

    def kept(name: str, world: World) -> None:
        if name == "change":
            before.update({each: getattr(world.people, each).copy() for each in MONEY})

    def held(name: str, world: World) -> None:
        if name != "change":
            return
        people = world.people
        for each in SCALES:
            column = getattr(people, each)
            assert ((column >= 0.0) & (column <= 1.0)).all(), each
        assert all((getattr(people, each) >= 0.0).all() for each in MONEY)
        _money_is_conserved(world, before)

    watch(model, before=kept, after=held)
    model.run()
    assert len(model.people) > 30


def _money_is_conserved(world: World, before: dict[str, NDArray[Any]]) -> None:
    people = world.people
    need = np.append(world.now.vector("need_by_place"), 0.0)[people.place]
    need = need * recorded("subsistence_eur_week") * world.adult(np.arange(len(people)))
    here = people.place != Place.ORIGIN
    income = np.where(here, people.income_eur, 0.0)
    spent = np.minimum(need, income + before["savings_eur"])
    saved = people.savings_eur.astype(np.float64) - before["savings_eur"]
    repaid = before["debt_eur"].astype(np.float64) - people.debt_eur
    assert income == pytest.approx(spent + saved + repaid, abs=0.02)  # single precision
    assert (repaid >= 0.0).all()


def test_rates_of_place_alone_leave_every_state_as_it_is() -> None:
    model = model_of(change("decision", "hazards"), scale=200.0)
    model.run()
    people = model.people
    assert len(people) > 20
    for name in (*SCALES, *MONEY, "wanted_at_home", "reservation_eur", "resilience", "optimism"):
        assert not getattr(people, name).any(), name


def test_nothing_moves_in_persons_who_have_returned() -> None:
    world = make_world()
    people = world.people
    people.place[:] = Place.ORIGIN
    people.phase[:] = LegalPhase.RETURNED
    people.debt_eur[:] = 100.0
    people.savings_eur[:] = 100.0
    people.resilience[:] = 1.0
    before = {name: getattr(people, name).copy() for name in COLUMNS}
    for _ in range(3):
        live(world)
        world.week += 1
    for name, column in before.items():
        assert np.array_equal(getattr(people, name), column), name


def test_what_lives_change_is_what_the_plan_promises() -> None:
    world = make_world()
    people = world.people
    people.place[:] = [Place.AZC, Place.STREET, Place.DETENTION, Place.PRIVATE_NETWORK]
    people.place_since[2] = world.week
    people.debt_eur[:] = 1000.0
    people.ties_nl[:] = 0.9
    people.ties_nl[0] = 0.8
    people.savings_eur[1] = 100.0
    people.knowledge[:] = 0.1
    before = {name: getattr(people, name).copy() for name in COLUMNS}
    for _ in range(60):
        live(world)
        world.week += 1
    moved = {name for name in COLUMNS if not np.array_equal(before[name], getattr(people, name))}
    assert moved <= set(LIVED)
    # a rare event, and what only other readings of `trust_spill` move
    assert set(LIVED) - moved <= {"wanted_at_home", "trust_iom", "trust_ngo"}


def test_each_first_decision_is_judged_once() -> None:
    model = model_of(scale=100.0)
    judged: list[int] = []
    kept: dict[str, NDArray[Any]] = {}

    def before(name: str, world: World) -> None:
        if name == "change":
            kept["justice"] = world.people.justice.copy()

    def after(name: str, world: World) -> None:
        if name == "change":
            people = world.people
            changed = people.justice != kept["justice"]
            free = ~np.isin(people.place, [Place.DETENTION, Place.CLOSED_FAMILY])
            judged.extend(people.person[changed & free].tolist())

    watch(model, before=before, after=after)
    model.run()
    log = model.log
    refused = (log.column("kind") == Event.OPENED) & (log.column("phase") == LegalPhase.PROCEDURE)
    assert sorted(judged) == sorted(log.column("person")[refused].tolist())
    assert len(judged) > 50


def test_records_by_place_have_a_number_for_each_place() -> None:
    world = make_world()
    for name in (
        "mental_by_place",
        "physical_by_place",
        "agency_by_place",
        "activation_intensity",
        "allowance_by_place",
        "need_by_place",
        "informal_by_place",
        "ties_nl_by_place",
        "threat_by_place",
    ):
        assert len(world.now.vector(name)) == Place.ORIGIN, name


def columns_of(people: People) -> dict[str, NDArray[Any]]:
    return {name: getattr(people, name).copy() for name in LIVED}


def test_other_persons_change_nobodys_course() -> None:
    alone, together = make_world(), make_world()
    together.people.add({"person": np.arange(10, 60) * 16, "place": Place.STREET})
    for world in (alone, together):
        for _ in range(30):
            live(world)
            world.week += 1
    for name, column in columns_of(alone.people).items():
        assert np.array_equal(column, getattr(together.people, name)[:4]), name
