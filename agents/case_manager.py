"""Case managers (regievoerders): one agent for each setting, since settings differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .codes import Organisation, label
from .ordinary import OrdinaryAgent

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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

    @property
    def came_of_referrals(self) -> dict[str, dict[str, float]]:
        """What came of referrals since the start: real persons, by organisation.

        `arrived` there, `lost` on the way, and `left` the country independently as its client.
        """
        so_far = self.model.world.case_managers.so_far[:, self.setting]
        names = ("arrived", "lost", "left")
        return {
            label(each): dict(zip(names, so_far[:, each].tolist(), strict=True))
            for each in Organisation
            if each and so_far[:, each].any()
        }

    def __str__(self) -> str:
        """Return the state in lines: what they hold, remember and trust, and what came of it."""
        lines = [
            f"case managers, {label(self.setting)}: {self.staff:.0f} with {self.caseload:.0f} files"
        ]
        came = self.came_of_referrals
        for name, memory in self.memory.items():
            if memory or name in came:
                state = f"memory {memory:.2f}"
                if self.trust[name]:  # none is counted in IOM, to which everybody refers
                    state += f", trust {self.trust[name]:.2f}"
                told = ", ".join(f"{n:.0f} {what}" for what, n in came.get(name, {}).items())
                lines.append(f"  {name}: {state}; {told or '-'}")
        return "\n".join(lines)

    @staticmethod
    def _by_organisation(values: NDArray[np.float64]) -> dict[str, float]:
        return {label(each): float(values[each]) for each in Organisation if each}
