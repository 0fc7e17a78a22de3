"""Countries of origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .ordinary import OrdinaryAgent

if TYPE_CHECKING:
    import mesa

    from .codes import OriginGroup


class CountryOfOrigin(OrdinaryAgent):
    """A country that persons came from.

    Parameters
    ----------
    model : mesa.Model
        The model that the country belongs to.
    name : str
        Its name, as in `model.countries`.
    index : int
        Its code: the place of the name in `model.countries`.
    origin_group : OriginGroup
        Its group in the published tables.
    """

    def __init__(self, model: mesa.Model, name: str, index: int, origin_group: OriginGroup) -> None:
        super().__init__(model)
        self.name = name
        self.index = index
        self.origin_group = origin_group

    @property
    def safety(self) -> float:
        """How safe the country is in the model's present year.

        Returns
        -------
        float
            From 0 to 1.
        """
        return float(self.model.world.origin.safety[self.index])

    @property
    def livelihood(self) -> float:
        """What livelihood the country offers in the model's present year.

        Returns
        -------
        float
            From 0 to 1.
        """
        return float(self.model.world.origin.livelihood[self.index])
