"""Counsellors: one agent for each counsellor of an organisation that helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .codes import Organisation, Stance, label
from .ordinary import OrdinaryAgent

if TYPE_CHECKING:
    from .model import Counsellors, Model


class Counsellor(OrdinaryAgent):
    """A counsellor, whose state is a row of the table of counsellors.

    Parameters
    ----------
    row : int
        Row of `model.world.organisations.counsellors`; it never changes.
    """

    def __init__(self, model: Model, row: int) -> None:
        super().__init__(model)
        self.row = row

    @property
    def organisation(self) -> Organisation:
        """The organisation that the counsellor works for."""
        return Organisation(int(self._table.organisation[self.row]))

    @property
    def number(self) -> int:
        """Number within the organisation, from 1."""
        return int(self._table.slot[self.row]) + 1

    @property
    def country(self) -> str | None:
        """Country that a native counsellor comes from; None: not native."""
        code = int(self._table.country[self.row])
        return None if code < 0 else self.model.countries[code]

    @property
    def present(self) -> bool:
        """Whether the organisation has this counsellor now."""
        return bool(self._table.present[self.row])

    @property
    def stance(self) -> str:
        """What the counsellor starts from: the label of a `Stance`."""
        stance = self.model.world.organisations.stance[self.organisation]
        return label(Stance(int(stance)))

    @property
    def trained(self) -> bool:
        """Whether the counsellor is trained to speak of the future."""
        return bool(self._table.trained[self.row])

    @property
    def experience(self) -> float:
        """Sessions held so far, each with a household: real ones."""
        return float(self._table.experience[self.row])

    @property
    def skill(self) -> float:
        """Skill this week, with training, experience and caseload: from 0 to 1."""
        world = self.model.world
        base = world.organisations.numbers(world.now, "helper_skill")
        return float(self._table.skill(world, base)[self.row])

    @property
    def clients(self) -> float:
        """Present clients, in real persons: simulated persons times the scale."""
        world = self.model.world
        return float(self._table.clients(world.people)[self.row] * world.scale)

    @property
    def room(self) -> float:
        """Clients that the counsellor can have, in real persons."""
        return float(self._table.room[self.row])

    @property
    def memory(self) -> dict[str, float]:
        """Share of clients sent to each organisation who arrive, as remembered; by its label."""
        remembered = self._table.memory[self.row]
        none = (Organisation.NONE, Organisation.CASE_MANAGER)
        return {label(each): float(remembered[each]) for each in Organisation if each not in none}

    @property
    def _table(self) -> Counsellors:
        return self.model.world.organisations.counsellors
