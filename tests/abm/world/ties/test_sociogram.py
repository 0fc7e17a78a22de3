"""The network as a graph: its nodes, its edges, and what they tell, for a small world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from terugkeer.abm.world.events import MEMBERS
from terugkeer.abm.world.ties.network import Network
from terugkeer.abm.world.ties.sociogram import BELIEFS, NAMED, sociogram
from terugkeer.agents.codes import Organisation, Place, Stage, Tie, label

from tests.abm.world import clients, tied
from tests.abm.world.small_world import model_of

if TYPE_CHECKING:
    import networkx as nx
    from terugkeer.abm.world.state import World

BETWEEN = {label(kind) for kind in (Tie.KIN, Tie.ARRIVAL, Tie.COMPATRIOT, Tie.RESIDENT)}


@pytest.fixture
def tied_world() -> World:
    """A hundred single persons with all their ties."""
    world = tied.world_of(list(range(1, 101)), majority_years=18, contact_kept=(0.5,) * 4)
    world.network.renew(world)
    return world


def edges(graph: nx.Graph[Any], kind: str) -> list[tuple[Any, Any, dict[str, Any]]]:
    return [each for each in graph.edges(data=True) if each[2]["kind"] == kind]


def test_the_graph_shows_the_ties_of_the_table(tied_world: World) -> None:
    network = tied_world.network
    graph = sociogram(tied_world, network)
    drawn = {
        (min(one, other) // MEMBERS, max(one, other) // MEMBERS, *data.values())
        for one, other, data in graph.edges(data=True)
        if data["kind"] in BETWEEN
    }
    ties = network.ties()
    table = {
        (int(one), int(other), label(Tie(int(kind))), float(trust), bool(kept))
        for one, other, kind, trust, kept in zip(
            network.household[ties.hears],
            network.household[ties.tells],
            ties.kind,
            network.trust(tied_world, ties),
            network.contact_kept(tied_world, ties),
            strict=True,
        )
        if one < other
    }
    assert drawn == table
    assert len(drawn) > 50
    assert {kept for *_, kept in drawn} == {True, False}


def test_households_that_have_gone_since_the_last_renewal_have_no_node(tied_world: World) -> None:
    gone = int(tied_world.people.person[4])
    tied_world.people.gone[4] = True
    graph = sociogram(tied_world, tied_world.network)
    assert gone not in graph
    assert len(graph) == 99


def test_members_of_a_household_are_all_joined_and_a_tie_joins_first_members() -> None:
    world = clients.world_of(n=2, size=3)
    world.now.update({"ties_kin": 1.0, "ties_arrival": 0.0})
    world.now.update({"ties_compatriot": 0.0, "ties_resident": 0.0})
    world.network.renew(world)
    graph = sociogram(world, world.network)
    first, second = (world.people.person[rows].tolist() for rows in (slice(3), slice(3, 6)))
    within = {frozenset(each[:2]) for each in edges(graph, "household")}
    assert within == {
        frozenset((family[one], family[other]))
        for family in (first, second)
        for one, other in ((0, 1), (0, 2), (1, 2))
    }
    assert {data["trust"] for *_, data in edges(graph, "household")} == {1.0}
    assert [frozenset(each[:2]) for each in edges(graph, "kin")] == [
        frozenset((first[0], second[0]))
    ]


def test_persons_are_joined_to_the_organisation_that_helps_by_their_trust_in_it() -> None:
    iom, vwn = Organisation.IOM, Organisation.VWN
    world = clients.world_of(
        helper=[iom, vwn, 0, iom], trust_iom=0.25, trust_ngo=[0.5, 0.75, 0.5, 0.5]
    )
    world.people.place[3] = Place.ORIGIN
    graph = sociogram(world, Network())
    persons = world.people.person.tolist()
    found = {frozenset(each[:2]): each[2]["trust"] for each in edges(graph, "helper")}
    assert found == {
        frozenset((persons[0], label(iom))): 0.25,
        frozenset((persons[1], label(vwn))): 0.75,
    }
    organisations = {node for node in graph if isinstance(node, str)}
    assert organisations == {label(iom), label(vwn)}
    assert all(graph.nodes[node] == {"organisation": True} for node in organisations)


def test_nodes_tell_of_persons_what_the_columns_hold_and_no_nationality() -> None:
    world = clients.world_of(
        n=2,
        female=[True, False],
        stage=[Stage.INTENDING, Stage.PREPARING],
        place=[Place.VBL, Place.STREET],
        hope=[0.25, 0.75],
    )
    world.people.birth_week[:] = world.week - np.array([100, 2000])
    graph = sociogram(world, Network())
    one, other = (graph.nodes[int(person)] for person in world.people.person)
    assert (one["female"], one["minor"], one["household"]) == (True, True, 1)
    assert (other["female"], other["minor"], other["household"]) == (False, False, 2)
    assert (one["stage"], one["place"], one["hope"]) == ("intending", "vbl", 0.25)
    assert (other["stage"], other["place"], other["hope"]) == ("preparing", "street", 0.75)
    assert set(one) == {"household", "female", "minor", *NAMED, *BELIEFS}


def test_without_ties_only_households_and_organisations_are_joined() -> None:
    world = clients.world_of(n=3, size=2, helper=Organisation.IOM)
    graph = sociogram(world, world.network)
    assert {data["kind"] for *_, data in graph.edges(data=True)} == {"household", "helper"}


def test_the_model_draws_the_graph_of_its_own_world() -> None:
    model = model_of(scale=1000.0)
    numbers = MEMBERS * np.arange(1, 4)
    model.world.people.add({"person": numbers, "household": numbers // MEMBERS})
    assert sorted(model.network()) == numbers.tolist()
