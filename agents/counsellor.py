"""Counsellors: one agent for each team of an organisation that helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .codes import Stance, label
from .ordinary import OrdinaryAgent
from .rules.counselling import skilled

if TYPE_CHECKING:
    from .codes import Organisation
    from .model import Model


class Counsellor(OrdinaryAgent):
    """A team of counsellors of an organisation.

    Counsellors of one organisation differ less than organisations do, so the agent is
    a team. IOM has one more team for each nationality with native counsellors.

    Parameters
    ----------
    country : str, optional
        Country of native counsellors, one of `model.countries`; None: not native.
    """

    def __init__(
        self, model: Model, organisation: Organisation, country: str | None = None
    ) -> None:
        super().__init__(model)
        self.organisation = organisation
        self.country = country

    @property
    def stance(self) -> str:
        """What the team starts from: the label of a `Stance`."""
        return label(Stance(int(self._of("organisation_stance"))))

    @property
    def training(self) -> float:
        """Share of the organisation's counsellors who are trained, from 0 to 1."""
        return self._of("helper_training")

    @property
    def skill(self) -> float:
        """Skill in the model's present week, with training: from 0 to 1."""
        gain = self.model.world.now.number("training_gain")
        return float(skilled(self._of("helper_skill"), self.training, gain))

    @property
    def capacity(self) -> float:
        """Clients that the whole organisation can have at once.

        In real persons, not divided by the scale.
        """
        organisations = self.model.world.organisations
        organisations.look_up(self.model.world.now)
        return float(organisations.capacity[self.organisation])

    @property
    def clients(self) -> float:
        """Present clients from the team's country, or of the whole organisation.

        In real persons: simulated persons times the scale.
        """
        world = self.model.world
        own = world.organisations.clients(world.people) == self.organisation
        if self.country is not None:
            own &= world.people.country == self.model.countries.index(self.country)
        return float(np.count_nonzero(own) * world.scale)

    def _of(self, name: str) -> float:
        """Return the organisation's entry of a record in the order of codes."""
        return float(self.model.world.now.vector(name)[self.organisation - 1])
