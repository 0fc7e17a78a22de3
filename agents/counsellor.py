"""Counsellors: who helps, as one agent for each team of an organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .codes import Stance, label
from .counselling import skilled
from .ordinary import OrdinaryAgent

if TYPE_CHECKING:
    import mesa

    from .codes import Organisation


class Counsellor(OrdinaryAgent):
    """A team of counsellors of an organisation.

    Persons differ less than organisations do, so a team is the agent. IOM has one
    more for each nationality that a native counsellor of its own speaks for.

    Parameters
    ----------
    model : mesa.Model
        The model that the team belongs to.
    organisation : Organisation
        Whom it works for.
    country : str, optional
        The country that its counsellors come from, if they are native; as in
        `model.countries`.
    """

    def __init__(
        self, model: mesa.Model, organisation: Organisation, country: str | None = None
    ) -> None:
        super().__init__(model)
        self.organisation = organisation
        self.country = country

    @property
    def stance(self) -> str:
        """What the team sets out from.

        Returns
        -------
        str
            Label of `Stance`.
        """
        return label(Stance(int(self._of("organisation_stance"))))

    @property
    def training(self) -> float:
        """Share of the organisation's counsellors who are trained.

        Returns
        -------
        float
            From 0 to 1.
        """
        return self._of("helper_training")

    @property
    def skill(self) -> float:
        """Skill in the model's present week, training included.

        Returns
        -------
        float
            From 0 to 1.
        """
        gain = self.model.world.now.number("training_gain")
        return float(skilled(self._of("helper_skill"), self.training, gain))

    @property
    def capacity(self) -> float:
        """Persons whom the whole organisation can have as clients at once.

        Returns
        -------
        float
            Real persons, not divided by the scale.
        """
        organisations = self.model.world.organisations
        organisations.look_up(self.model.world.now)
        return float(organisations.capacity[self.organisation])

    @property
    def clients(self) -> float:
        """Persons who are clients now: of the team's country, or of the whole organisation.

        Returns
        -------
        float
            Real persons: simulated ones times the scale.
        """
        world = self.model.world
        own = world.organisations.clients(world.people) == self.organisation
        if self.country is not None:
            own &= world.people.country == self.model.countries.index(self.country)
        return float(np.count_nonzero(own) * world.scale)

    def _of(self, name: str) -> float:
        """Return the organisation's entry of a record in the order of codes."""
        return float(self.model.world.now.vector(name)[self.organisation - 1])
