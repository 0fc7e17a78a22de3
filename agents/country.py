"""Countries of origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .codes import Covariate
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

    @property
    def cooperation(self) -> float:
        """Ratio by which documents come sooner for people who do not cooperate, at least 0.

        The mean of its origin group, times the lever of the group, times its own latent part.
        """
        return float(self.model.world.effects.cooperation[self.index])

    @property
    def visa_free(self) -> bool:
        """Whether nationals need no visa for a short stay in the present week."""
        return self._documented(Covariate.VISA_FREE) > 0.0

    @property
    def readmission(self) -> bool:
        """Whether an agreement of the EU on readmission is in force."""
        return self._documented(Covariate.READMISSION) > 0.0

    @property
    def safe_list(self) -> bool:
        """Whether it is on the Dutch list of safe countries of origin."""
        return self._documented(Covariate.SAFE_LIST) > 0.0

    @property
    def strategic(self) -> bool:
        """Whether it is known to stand high on the list of the strategic country approach."""
        return self._documented(Covariate.STRATEGIC) > 0.0

    @property
    def lists(self) -> dict[str, float]:
        """Shares of nationals on the lists of HRT and of help in kind, Dublin claimants apart.

        1 or 0 for a country; between them for the rest of a group.
        """
        return {
            "hrt": self._documented(Covariate.HRT),
            "in_kind": self._documented(Covariate.IN_KIND),
        }

    def _documented(self, covariate: Covariate) -> float:
        return float(self.model.world.effects.covariates[self.index, covariate])
