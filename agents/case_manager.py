"""Case managers (regievoerders): one agent for each setting, since settings differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .codes import Kind, Organisation, label
from .kinds import KIND_OF
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
        """What came of referrals since the start: real persons, by kind of organisation.

        `arrived` there, `lost` on the way, and `left` the country independently after a session
        there. No organisation is told apart: places of real ones are assumed.
        """
        so_far = self.model.world.case_managers.so_far[:, self.setting]
        found = {}
        for kind in sorted({KIND_OF[each] for each in Organisation if each}):
            of_kind = so_far[:, kind == KIND_OF].sum(axis=1)
            if of_kind.any():
                found[label(Kind(kind))] = dict(
                    zip(("arrived", "lost", "left"), of_kind.tolist(), strict=True)
                )
        return found

    def __str__(self) -> str:
        """Return the state in lines: what they hold, remember and trust, and what came of it."""
        lines = [
            f"case managers, {label(self.setting)}: {self.staff:.0f} with {self.caseload:.0f} files"
        ]
        trust = self.trust
        for name, memory in self.memory.items():
            if memory:
                of_it = f", trust {trust[name]:.2f}" if trust[name] else ""  # none counts for IOM
                lines.append(f"  {name}: memory {memory:.2f}{of_it}")
        lines += [
            f"  referred to {kind}: " + ", ".join(f"{n:.0f} {what}" for what, n in came.items())
            for kind, came in self.came_of_referrals.items()
        ]
        return "\n".join(lines)

    @staticmethod
    def _by_organisation(values: NDArray[np.float64]) -> dict[str, float]:
        return {label(each): float(values[each]) for each in Organisation if each}
