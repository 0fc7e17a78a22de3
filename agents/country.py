"""Countries of origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .ordinary import OrdinaryAgent

if TYPE_CHECKING:
    from .codes import OriginGroup
    from .model import Model


class CountryOfOrigin(OrdinaryAgent):
    """A country that persons came from.

    Parameters
    ----------
    index : int
        Its code: the place of `name` in `model.countries`.
    """

    def __init__(self, model: Model, name: str, index: int, origin_group: OriginGroup) -> None:
        super().__init__(model)
        self.name = name
        self.index = index
        self.origin_group = origin_group

    @property
    def safety(self) -> float:
        """Safety of the country in the model's present year, from 0 to 1."""
        return float(self.model.world.origin.safety[self.index])

    @property
    def livelihood(self) -> float:
        """Livelihood in the country in the model's present year, from 0 to 1."""
        return float(self.model.world.origin.livelihood[self.index])
