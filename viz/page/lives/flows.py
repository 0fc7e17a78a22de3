"""Flows: by which route persons came, where they last lived, and in which state they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ....agents import traits
from ....agents.codes import Route, label
from ...figures import palette
from .states import PLACE_INDEX, PLACES, STATES, state_of
from .weeks import FLOWS_EVERY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ....abm.world.persons.people import People
    from .states import Codes, Events, Rows

ROUTES: Final = tuple(palette.ROUTES)
_ROUTE_INDEX: Final = np.array([ROUTES.index(route) for route in Route])  # by `Route`
_SHAPE: Final = (len(ROUTES), len(PLACES), len(STATES))
_CELLS: Final = int(np.prod(_SHAPE))


class Flows:
    """Persons by route, last place and state: those who have left, and those who are here."""

    def __init__(self) -> None:
        self._left = np.zeros(_CELLS, dtype=np.int64)

    def count(self, left: Events, after: Codes) -> None:
        """Add the departures of a week, with the state after each, by the place that was left."""
        route = traits.unpack(left["traits"], "route")
        self._left += _count(route, left["place"], after)

    def now(self, people: People, rows: Rows) -> NDArray[np.int64]:
        """Return the persons of each cell; `rows` holds those who live in the Netherlands."""
        return self._left + _count(people.route[rows], people.place[rows], state_of(people, rows))


def _count(route: NDArray[Any], place: NDArray[Any], state: Codes) -> NDArray[np.int64]:
    cell = np.ravel_multi_index((_ROUTE_INDEX[route], PLACE_INDEX[place], state), _SHAPE)
    return np.bincount(cell, minlength=_CELLS).astype(np.int64)


def told(sampled: Sequence[NDArray[np.int64]]) -> dict[str, Any]:
    """Return flows of sampled weeks as the page reads them, without cells that stay empty."""
    counts = np.array(sampled, dtype=np.int64).reshape(len(sampled), _CELLS)
    return {
        "every": FLOWS_EVERY,
        "routes": [label(route) for route in ROUTES],
        "places": [label(place) for place in PLACES],
        "cells": [
            [*(int(each) for each in np.unravel_index(cell, _SHAPE)), counts[:, cell].tolist()]
            for cell in np.flatnonzero(counts.any(axis=0))
        ],
    }
