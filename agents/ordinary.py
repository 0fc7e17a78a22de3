"""Agents of which there are few: countries, counsellors, case managers.

They are ordinary Mesa agents, except that they don't keep their model in memory.
Mesa before 3.4.2 keeps every model alive in `Agent._ids`.
"""

from __future__ import annotations

import itertools
import weakref
from typing import TYPE_CHECKING, ClassVar

import mesa

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .model import Model


class _Numbers:
    """Running numbers for each model, without keeping the model alive."""

    def __init__(self) -> None:
        self._by_model: weakref.WeakKeyDictionary[mesa.Model, Iterator[int]] = (
            weakref.WeakKeyDictionary()
        )

    def __getitem__(self, model: mesa.Model) -> Iterator[int]:
        return self._by_model.setdefault(model, itertools.count(1))


class OrdinaryAgent(mesa.Agent):  # type: ignore[misc]  # Mesa ships no types
    """A Mesa agent that doesn't keep its model alive.

    Its `unique_id` counts from 1 within the model, apart from person numbers.
    """

    model: Model
    _ids: ClassVar[_Numbers] = _Numbers()  # read by Mesa 3.3; later Mesa numbers in the model

    def __init__(self, model: Model) -> None:
        super().__init__(model)
