"""Case managers (regievoerders): one agent for each setting, since settings differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .codes import Organisation, label
from .ordinary import OrdinaryAgent

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from .codes import Setting
    from .model import Model


class CaseManager(OrdinaryAgent):
    """The case managers of one setting.

    Within a setting they are more alike than different (s1 L2174-2184), so one agent
    stands for all of them. It reads its numbers from the world.
    """

    def __init__(self, model: Model, setting: Setting) -> None:
        super().__init__(model)
        self.setting = setting

    @property
    def staff(self) -> float:
        """How many they are: real persons, not divided by the scale."""
        return float(self.model.world.case_managers.staff(self.model.world.now)[self.setting])

    @property
    def caseload(self) -> float:
        """Files that they had in the last week: real persons, not divided by the scale."""
        return float(self.model.world.case_managers.caseload[self.setting])

    @property
    def memory(self) -> dict[str, float]:
        """How present each organisation is to them, by its label: from 0 to 1."""
        return self._by_organisation(self.model.world.case_managers.memory[self.setting])

    @property
    def trust(self) -> dict[str, float]:
        """How far they trust each organisation, by its label: from 0 to 1."""
        return self._by_organisation(self.model.world.case_managers.trust[self.setting])

    @staticmethod
    def _by_organisation(values: NDArray[np.float64]) -> dict[str, float]:
        return {label(each): float(values[each]) for each in Organisation if each}


def remembered(
    memory: ArrayLike, contacts: ArrayLike, enough: float, left: float
) -> NDArray[np.float64]:
    """Return how present organisations are after a week of contacts.

    `1 - (1 - left * memory) * exp(-contacts / enough)`: memory fades, and contacts renew it.

    Parameters
    ----------
    memory : array_like of float, shape (n,)
        Presence before, in [0, 1].
    contacts : array_like of float, shape (n,)
        Persons referred in the week, at least 0.
    enough : float
        Referrals in a week that close 63 % (`1 - 1 / e`) of the distance to 1, above 0.
    left : float
        Share of the memory that is left after a week without contact, in [0, 1].

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]; `left * memory` without contacts.

    Notes
    -----
    Pleasant contact and success lead to new referrals. Case managers forget an
    organisation that they haven't heard of for long (s1 L3577-3597, L4198-4208). The form
    is an assumption.
    """
    faded = 1.0 - left * np.asarray(memory, dtype=np.float64)
    return np.asarray(1.0 - faded * np.exp(-np.asarray(contacts) / enough))
