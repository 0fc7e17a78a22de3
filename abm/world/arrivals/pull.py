"""What changes who enters: levers on the inflow, and support where it is held to draw people."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ....agents.codes import OriginGroup
from ..calendar import sunday, week_of
from ..countries.practice import LISTS
from ..switches import chosen
from ..values import Values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ...evidence.timeline import Timeline
    from ..help.scheme_lists import SchemeLists
    from .inflow import Inflow


class Pull:
    """Levers on the inflow, and the switch on whether assistance draws people.

    Parameters
    ----------
    inflow : Inflow
        The frozen inflow, which no policy changes.
    lists : SchemeLists
        Which nationals may have which scheme.
    baseline : Timeline
        The values of every day without any change: support is compared with theirs.
    """

    def __init__(self, inflow: Inflow, lists: SchemeLists, baseline: Timeline) -> None:
        self.inflow = inflow
        self._lists = lists
        self._baseline = baseline

    def under(self, timeline: Timeline) -> Inflow:
        """Return the inflow under the levers of a timeline.

        Returns
        -------
        Inflow
            Persons of asylum background times `inflow_by_background[0] *
            inflow_by_origin[group]` of the week of entry; persons of other background with
            `inflow_by_background[1]`; both times what support draws, where the switch
            `assistance_draws_inflow` says yes. Limits: all factors 1: the same object;
            0: nobody.
        """
        inflow = self.inflow
        weeks = range(inflow.start, inflow.start + len(inflow.other))
        days = {*timeline.changes(), *self._baseline.changes()}
        turns = {week_of(day) for day in days} | {*self._lists.weeks}
        starts = sorted({inflow.start, *turns} & {*weeks})
        values = [Values(timeline.at(sunday(week))) for week in starts]
        usual = [Values(self._baseline.at(sunday(week))) for week in starts]
        background = np.array([each.vector("inflow_by_background") for each in values])
        origin = np.array([each.vector("inflow_by_origin") for each in values])
        by_group = np.empty((len(starts), 2))
        by_group[:, [OriginGroup.SAFE, OriginGroup.NOT_SAFE]] = origin
        factors = background.T[:, :, np.newaxis] * by_group[:, inflow.origin_groups]
        factors *= self._drawn(starts, values, usual)
        if (factors == 1.0).all():
            return inflow
        asylum, other = np.repeat(factors, np.diff([*starts, weeks.stop]), axis=1)
        return replace(inflow, asylum=inflow.asylum * asylum, other=inflow.other * other)

    def _drawn(
        self, weeks: Sequence[int], values: Sequence[Values], usual: Sequence[Values]
    ) -> NDArray[np.float64]:
        """Return the factors of support, shape (2, weeks, countries)."""
        found = np.ones((2, len(weeks), len(self.inflow.countries)))
        for row, (week, now, before) in enumerate(zip(weeks, values, usual, strict=True)):
            more = self.support(week, now) - self.support(week, before)
            draws = chosen(now, "assistance_draws_inflow")
            found[:, row] = draws(more, now.number("draw_of_assistance"))
        return found

    def support(self, week: int, now: Values) -> NDArray[np.float64]:
        """Return the support open to an adult of each country, as a newcomer may hear of it.

        The sum of all schemes that take applications, times the share of nationals on the list
        of each, and for cash also on that of basic support, without which nobody gets it. What one
        household gets of them is decided later, by the rules of schemes.

        Returns
        -------
        ndarray of float, shape (2, countries)
            EUR, for asylum and for other background.
        """
        listed = self._lists.at(week, now)[:, 0, : len(self.inflow.countries)]
        share = dict(zip(LISTS, listed, strict=True))
        rean = now.flag("rean_open") * now.number("rean_adult") * share["rean"]
        both = np.minimum(share["hrt"], share["rean"])  # lists overlap as far as they can
        hrt = now.flag("hrt_open") * now.number("assistance_cash_adult") * both
        in_kind = now.flag("in_kind_open") * now.number("assistance_in_kind") * share["in_kind"]
        pilot = now.flag("pilot_open") * now.number("pilot_in_kind_eur") * share["pilot"]
        other = rean + now.flag("hrt_for_other_background") * hrt
        other += now.flag("in_kind_for_other_background") * in_kind
        return np.stack([rean + hrt + in_kind + pilot, other])
