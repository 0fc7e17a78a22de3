"""The network as a graph, for analysis and drawing; the model itself never uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import networkx as nx
import numpy as np

from ....agents.codes import (
    Background,
    LegalPhase,
    Organisation,
    OriginGroup,
    Place,
    Stage,
    Tie,
    label,
)
from .network import Ties

if TYPE_CHECKING:
    from enum import IntEnum

    from ..moment import Moment
    from .network import Network

NAMED: Final[dict[str, type[IntEnum]]] = {
    "background": Background,
    "origin_group": OriginGroup,
    "place": Place,
    "phase": LegalPhase,
    "stage": Stage,
}
BELIEFS: Final = ("believed_safety", "believed_livelihood", "threat", "hope", "knowledge")


def sociogram(world: Moment, network: Network) -> nx.Graph[Any]:
    """Return persons, the organisations that help them, and the ties between them.

    Returns
    -------
    networkx.Graph
        Nodes are person numbers, with `household` (int), `female`, `minor` (bool), labels of
        `background`, `origin_group`, `place`, `phase` and `stage`, and beliefs (float); and
        labels of organisations, with `organisation` (True). Edges have `kind` (a label of
        `Tie`) and `trust` (float). They join all members of a household, with trust 1; two
        households by their first members, with `contact_kept` (bool: whether contact lasts
        once one of them returns); and a person to the organisation that helps, with the
        person's trust in IOM or in other organisations. Countries are left out.
    """
    people = world.people
    graph: nx.Graph[Any] = nx.Graph()
    rows = np.flatnonzero(~people.gone)
    minor = ~world.adult(rows)
    for at, row in enumerate(rows.tolist()):
        graph.add_node(
            int(people.person[row]),
            household=int(people.household[row]),
            female=bool(people.female[row]),
            minor=bool(minor[at]),
            **{name: label(enum(getattr(people, name)[row])) for name, enum in NAMED.items()},
            **{name: float(getattr(people, name)[row]) for name in BELIEFS},
        )
    heads = _join_households(world, graph, rows.tolist())
    _join_ties(world, network, graph, heads)
    for row in rows[(people.helper[rows] > 0) & (people.place[rows] != Place.ORIGIN)].tolist():
        organisation = Organisation(people.helper[row])
        trust = people.trust_iom if organisation == Organisation.IOM else people.trust_ngo
        graph.add_node(label(organisation), organisation=True)
        graph.add_edge(
            int(people.person[row]),
            label(organisation),
            kind=label(Tie.HELPER),
            trust=float(trust[row]),
        )
    return graph


def _join_households(world: Moment, graph: nx.Graph[Any], rows: list[int]) -> dict[int, int]:
    """Join members of households; return the first member of each."""
    people = world.people
    members: dict[int, list[int]] = {}
    for row in rows:
        members.setdefault(int(people.household[row]), []).append(int(people.person[row]))
    for persons in members.values():
        for at, one in enumerate(persons):
            for other in persons[at + 1 :]:
                graph.add_edge(one, other, kind=label(Tie.HOUSEHOLD), trust=1.0)
    return {household: persons[0] for household, persons in members.items()}


def _join_ties(
    world: Moment, network: Network, graph: nx.Graph[Any], heads: dict[int, int]
) -> None:
    """Join households that have a tie, by their first members."""
    ties = network.ties()
    once = ties.hears < ties.tells
    ties = Ties(ties.hears[once], ties.tells[once], ties.kind[once])
    trust, kept = network.trust(world, ties), network.contact_kept(world, ties)
    one, other = network.household[ties.hears].tolist(), network.household[ties.tells].tolist()
    for at, (mine, theirs) in enumerate(zip(one, other, strict=True)):
        if mine in heads and theirs in heads:  # without those gone since the last renewal
            graph.add_edge(
                heads[mine],
                heads[theirs],
                kind=label(Tie(int(ties.kind[at]))),
                trust=float(trust[at]),
                contact_kept=bool(kept[at]),
            )
