"""Case managers (regievoerders): one agent for each setting, since settings differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .codes import Organisation, label
from .ordinary import OrdinaryAgent

if TYPE_CHECKING:
    import mesa
    from numpy.typing import ArrayLike, NDArray

    from .codes import Setting


class CaseManager(OrdinaryAgent):
    """The case managers of one setting.

    They were found more alike than different within a setting (s1 L2174-2184), so
    one agent stands for all of them; its numbers are those of the world.

    Parameters
    ----------
    model : mesa.Model
        The model that they belong to.
    setting : Setting
        Where they work.
    """

    def __init__(self, model: mesa.Model, setting: Setting) -> None:
        super().__init__(model)
        self.setting = setting

    @property
    def staff(self) -> float:
        """How many they are.

        Returns
        -------
        float
            Persons in the real world.
        """
        return float(self.model.world.case_managers.staff(self.model.world.now)[self.setting])

    @property
    def caseload(self) -> float:
        """How many files were theirs in the last week.

        Returns
        -------
        float
            Persons in the real world.
        """
        return float(self.model.world.case_managers.caseload[self.setting])

    @property
    def memory(self) -> dict[str, float]:
        """How present each organisation is to them.

        Returns
        -------
        dict of str to float
            From 0 to 1 by the label of the organisation.
        """
        return self._by_organisation(self.model.world.case_managers.memory[self.setting])

    @property
    def trust(self) -> dict[str, float]:
        """How far they trust each organisation.

        Returns
        -------
        dict of str to float
            From 0 to 1 by the label of the organisation.
        """
        return self._by_organisation(self.model.world.case_managers.trust[self.setting])

    @staticmethod
    def _by_organisation(values: NDArray[np.float64]) -> dict[str, float]:
        return {label(each): float(values[each]) for each in Organisation if each}


def remembered(
    memory: ArrayLike, contacts: ArrayLike, enough: float, left: float
) -> NDArray[np.float64]:
    """Return how present organisations are after a week of contacts.

    `1 - (1 - left * memory) * exp(-contacts / enough)`: it fades, and contacts renew it.

    Parameters
    ----------
    memory : array_like of float, shape (n,)
        Presence before, in [0, 1].
    contacts : array_like of float, shape (n,)
        Persons referred in the week, at least 0.
    enough : float
        Persons whose referral closes about two thirds of the distance to 1, above 0.
    left : float
        Share that a week without contact leaves, in [0, 1].

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]; `left * memory` without contacts.

    Notes
    -----
    Pleasant contact and success renew referral; an organisation not heard of for long is
    forgotten (s1 L3577-3597, L4198-4208). The form is an assumption.
    """
    faded = 1.0 - left * np.asarray(memory, dtype=np.float64)
    return np.asarray(1.0 - faded * np.exp(-np.asarray(contacts) / enough))
