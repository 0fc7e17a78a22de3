"""Adults who weigh their options, with the quantities that several variables share."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from ....agents.codes import Place
from ..switches import chosen
from .moderators import turned_by_fear

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Moment, Rows

    Values: TypeAlias = NDArray[np.float64]


class Adults:
    """Some adults in one week; a quantity that is asked for twice is worked out once."""

    def __init__(self, world: Moment, rows: Rows) -> None:
        self.world = world
        self.rows = rows

    def state(self, name: str) -> Values:
        """Return one of their columns, as float64."""
        return np.asarray(getattr(self.world.people, name)[self.rows], dtype=np.float64)

    @cached_property
    def place(self) -> NDArray[np.uint8]:
        """Codes of their places."""
        return self.world.people.place[self.rows]

    @cached_property
    def phase(self) -> NDArray[np.uint8]:
        """Codes of their legal phases."""
        return self.world.people.phase[self.rows]

    @cached_property
    def with_minor(self) -> NDArray[np.bool_]:
        """Whether the youngest member of their household is a minor."""
        return self.world.with_minor(self.rows)

    @cached_property
    def pessimism(self) -> Values:
        """`health_pessimism * (1 - mental health)`: how far it darkens beliefs on the origin."""
        return self.world.now.number("health_pessimism") * (1.0 - self.state("mental"))

    @cached_property
    def danger(self) -> Values:
        """Believed danger at origin: `1 - believed safety + pessimism`, inside [0, 1]."""
        return np.clip(1.0 - self.state("believed_safety") + self.pessimism, 0.0, 1.0)

    @cached_property
    def threat(self) -> tuple[Values, Values]:
        """The parts of the threat of removal that press toward return, and out of sight."""
        turned = turned_by_fear(self.world, self.danger)
        reading = chosen(self.world.now, "threat")
        pair: tuple[Values, Values] = reading(self.state("threat"), turned)
        return pair

    @cached_property
    def end_of_shelter(self) -> tuple[Values, Values]:
        """The parts of the end of shelter that press toward return, and out of sight.

        They come from its nearness: 0 while the end is far, 1 in the last week. For families
        with minors it is 0 where there are family locations: they keep their shelter.
        """
        world = self.world
        in_vbl = world.now.number("vbl_weeks") - world.weeks_at_place(self.rows)
        left = np.where(self.place == Place.VBL, in_vbl, np.inf)
        in_term = world.now.number("departure_term_weeks") - world.weeks_in_phase(self.rows)
        left = np.where(self.place == Place.AZC_DEPARTURE_TERM, in_term, left)
        in_deferral = world.people.deferred_until[self.rows] - world.week
        left = np.where(world.deferred(self.rows), np.maximum(left, in_deferral), left)
        left[self.with_minor & world.now.flag("family_location_open")] = np.inf
        foresight = world.now.number("shelter_end_foresight_weeks")
        near = np.clip(1.0 - np.maximum(left - 1.0, 0.0) / foresight, 0.0, 1.0)
        pair: tuple[Values, Values] = chosen(world.now, "shelter_end")(near)
        return pair
