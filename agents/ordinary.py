"""Agents that are few: countries, counsellors, case managers.

They are ordinary Mesa agents, except that a model they belong to is released
when nobody needs it. Mesa before 3.4.2 keeps every model alive in `Agent._ids`.
"""

from __future__ import annotations

import itertools
import weakref
from typing import TYPE_CHECKING, ClassVar

import mesa

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Numbers:
    """Running numbers for each model, without keeping the model."""

    def __init__(self) -> None:
        self._by_model: weakref.WeakKeyDictionary[mesa.Model, Iterator[int]] = (
            weakref.WeakKeyDictionary()
        )

    def __getitem__(self, model: mesa.Model) -> Iterator[int]:
        return self._by_model.setdefault(model, itertools.count(1))


class OrdinaryAgent(mesa.Agent):  # type: ignore[misc]  # Mesa ships no types
    """A Mesa agent that doesn't keep its model alive.

    Its `unique_id` counts from 1 within the model, apart from person numbers.

    Parameters
    ----------
    model : mesa.Model
        The model that the agent belongs to.
    """

    _ids: ClassVar[_Numbers] = _Numbers()  # read by Mesa 3.3; later Mesa numbers in the model

    def __init__(self, model: mesa.Model) -> None:
        super().__init__(model)
