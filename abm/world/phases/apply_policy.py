"""Phase 1, apply_policy: the values that are in force from this week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..calendar import WEEKS_PER_YEAR, first_week, sunday, week_of, year_of

if TYPE_CHECKING:
    from ...evidence.timeline import Timeline
    from ..countries.effects import CountryEffects
    from ..countries.origin import OriginConditions
    from ..help.scheme_lists import SchemeLists
    from ..state import World


def enforcement_index(year: float, start: float, end: float, floor: float) -> float:
    """Return the declared index of enforcement, the one smooth trend of the model.

    Parameters
    ----------
    year : float
        Date in years.
    start, end : float
        Dates between which the index falls.
    floor : float
        Value from `end` on, relative to 1 up to `start`.

    Returns
    -------
    float
        `1 - (1 - floor) * (3 x^2 - 2 x^3)` with x running from 0 at `start` to
        1 at `end`.
    """
    x = min(max((year - start) / (end - start), 0.0), 1.0)
    return 1.0 - (1.0 - floor) * x * x * (3.0 - 2.0 * x)  # the cubic smooth step


class ApplyPolicy:
    """Puts dated values in force from the week of their date."""

    def __init__(
        self,
        timeline: Timeline,
        origins: OriginConditions,
        lists: SchemeLists,
        effects: CountryEffects,
    ) -> None:
        self.timeline = timeline
        self._origins = origins
        self._lists = lists
        self._effects = effects
        self._changes = {week_of(day) for day in timeline.changes()}

    def under(self, timeline: Timeline) -> ApplyPolicy:
        """Return the phase under the values of another timeline."""
        return ApplyPolicy(timeline, self._origins, self._lists, self._effects)

    def __call__(self, world: World) -> None:
        """Update values, conditions and effects of origins, lists of schemes, and enforcement."""
        if world.week in self._changes:
            world.now.update(self.timeline.at(sunday(world.week)))
        start, end = world.now.vector("enforcement_years")
        year = year_of(world.week)
        world.origin = self._origins.at(year, world.now)
        world.listed = self._lists.at(world.week, world.now)
        world.effects = self._effects.at(world.week, world.now, world.listed)
        world.enforcement = enforcement_index(
            year + (world.week - first_week(year)) / WEEKS_PER_YEAR,
            float(start),
            float(end),
            world.now.number("enforcement_floor"),
        )
