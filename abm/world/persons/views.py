"""Views of persons: kept while the person is in the model, and no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ....agents.migrant import Migrant

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    import numpy as np

    from .people import People


class Populated(Protocol):
    """The model, as far as views and sets of persons need it."""

    @property
    def people(self) -> People:
        """The columns of persons."""

    @property
    def views(self) -> dict[int, Migrant]:
        """Views made so far, by person number."""

    @property
    def week(self) -> int:
        """The present week."""

    @property
    def countries(self) -> Sequence[str]:
        """Names of the country codes."""

    @property
    def random(self) -> Random:
        """Mesa's generator of the standard library, for shuffling."""

    @property
    def rng(self) -> np.random.Generator:
        """Mesa's generator of numpy."""


def view(model: Populated, person: int) -> Migrant:
    """Return the view of a person, always the same one while the person is in the model.

    The view of a person who has left is made anew each time.
    """
    kept = model.views.get(person)
    if kept is not None:
        return kept
    made = Migrant(model, person)
    if made.in_model:
        model.views[person] = made
    return made
