"""A recording: a model lives on, week by week, and what the page shows of it is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from . import flows, reasons
from .households import Heads, Households, among, dots, everybody
from .lived import WEEKLY
from .neighbourhood import Neighbours, snowball
from .overheard import Overheard
from .states import events_since, here
from .weeks import FIRST, FLOWS_EVERY, REASONS_EVERY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ....abm.world.model import ReturnModel
    from .households import Numbers
    from .lived import Lived
    from .neighbourhood import Where


class Recording:
    """Keeps what the page shows of the weeks that a model lives from now on.

    Parameters
    ----------
    lived : Lived
        What was counted of the model until now.
    scale : float
        Persons for each simulated one.
    where : mapping, optional
        The neighbourhood, with a place for each household number. If left out, the lives of all
        households are noted, and the neighbourhood is chosen when the last week has been lived.
    """

    def __init__(
        self, model: ReturnModel, lived: Lived, scale: float, where: Where | None = None
    ) -> None:
        self._model, self._lived = model, lived
        self._dots = dots(scale)
        self.where = where
        self._known = where is not None
        self._start = self._told = model.week - FIRST
        self._near = among(where or ())
        self._heads = Heads(self._shown if self._known else everybody)
        first = self._start == 0
        self._households = Households(model.world, first=first, heads=self._heads)
        self._neighbours = Neighbours(self._near if self._known else everybody)
        self._clear()

    def _shown(self, households: Numbers) -> NDArray[np.bool_]:
        return self._dots(households) | self._near(households)

    def _clear(self) -> None:
        self._weekly: dict[str, list[NDArray[np.int64]]] = {name: [] for name in WEEKLY}
        self._flows: list[NDArray[np.int64]] = []
        self._reasons: list[list[reasons.Values]] = []

    def live(self) -> None:
        """Live a week, and keep it."""
        model, week = self._model, self._model.week - FIRST
        plan = model.stopwatch.plan
        overheard = Overheard(self._heads)
        model.stopwatch.plan = tuple(
            replace(each, act=each.act and overheard.around(each.name, each.act)) for each in plan
        )
        size = self._lived.live(model)
        model.stopwatch.plan = plan  # so that the model can be copied between weeks
        world = model.world
        for name, kept in self._weekly.items():
            kept.append(getattr(self._lived, name).copy())
        if week % FLOWS_EVERY == 0:
            self._flows.append(self._lived.flows.now(world.people, here(world.people)))
        if week % REASONS_EVERY == 0:
            self._reasons.append(reasons.reasons(world))
        self._households.note(week, world, events_since(model.log, size), overheard.lines)
        self._neighbours.note(week, world, size)

    def chunk(self) -> dict[str, Any]:
        """Return what was kept since the last chunk, as the page reads it."""
        since, end = self._told, self._model.week - FIRST
        found = {
            "start": since,
            "weeks": end - since,
            **{name: np.array(kept).T.tolist() for name, kept in self._weekly.items()},
            "households": self._lives(since),
            "reasons": reasons.told(self._reasons),
            "flows": flows.told(self._flows),
        }
        if self.where is not None:
            found["neighbourhood"] = self._neighbours.told(self.where)
        self._told = end
        self._clear()
        return found

    def _lives(self, since: int) -> dict[str, Any]:
        """Return the lives of dots and neighbours; of neighbours chosen now from the start."""
        if not self._known and not self._model.running:
            self.where = snowball(self._neighbours)
            self._near = among(self.where)
            lives = self._households.told(since, self._dots)
            lives |= self._households.told(
                self._start, lambda numbers: self._near(numbers) & ~self._dots(numbers)
            )
        else:
            lives = self._households.told(since, self._shown)
        isolated = np.array([int(number) for number in lives], dtype=np.int64)
        for number, dot in zip([*lives], self._dots(isolated).tolist(), strict=True):
            if not dot:
                lives[number]["near"] = True
        return lives
