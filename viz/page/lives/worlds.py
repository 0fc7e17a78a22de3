"""The worlds of a process: spun up once, kept at dates, forked where a policy changes."""

from __future__ import annotations

from collections import OrderedDict
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ....abm.errors import InputError
from ....abm.interruption import check
from ....abm.world.calendar import monday, week_of
from ....abm.world.fork import fork
from ....abm.world.model import ReturnModel
from ....abm.world.scenario import Scenario
from .households import everybody
from .lived import Lived
from .neighbourhood import Neighbours, snowball
from .recording import Recording
from .weeks import FIRST, FIRST_YEAR, LAST_YEAR, WEEKS, YEARS

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping
    from datetime import date

    from ....abm.evidence.registry import Registry
    from .neighbourhood import Where

BASELINE: Final = Scenario("baseline")
KEPT: Final = 10  # seeds whose baselines are kept as they are before week 0
KEPT_WITH_YEARS: Final = 2  # of them, seeds that are kept at the start of each year too


@dataclass
class Baseline:
    """Copies of a baseline by week, with what was counted until then.

    Parameters
    ----------
    years : bool, optional
        Whether copies at the start of years are kept, beside that of week 0.
    """

    copies: dict[int, tuple[ReturnModel, Lived]]
    years: bool = False

    def before(self, week: int) -> tuple[ReturnModel, Lived]:
        """Return a copy of the last that is kept of a week or of one before."""
        return deepcopy(self.copies[max(each for each in self.copies if each <= week)])

    def keep(self, model: ReturnModel, lived: Lived) -> None:
        """Keep a copy where a year begins of which there is none."""
        week = model.week - FIRST
        if self.years and week in YEARS and week not in self.copies:
            self.copies[week] = deepcopy((model, lived))

    def forget_years(self) -> None:
        """Keep no more than the copy of week 0."""
        self.years = False
        self.copies = {0: self.copies[0]}


class Worlds:
    """Baselines of the seeds that were asked for last, and worlds that differ from them.

    Copies at the start of years are kept of seeds whose runs were asked whole. A draw of the
    baseline alone keeps them too while there is room, and pushes no other out. `week` is the
    one that is being lived, from 0; -1 in the spin-up.

    Parameters
    ----------
    scale : float
        Persons for each simulated one.
    where : mapping, optional
        Neighbourhoods that are known already, by seed. That of another seed is chosen from its
        whole baseline, so a changed world comes sooner where it is known.
    """

    def __init__(
        self, registry: Registry, scale: float, where: Mapping[int, Where] | None = None
    ) -> None:
        self._registry, self._scale = registry, scale
        self._where = dict(where or {})
        self._kept: OrderedDict[int, Baseline] = OrderedDict()
        self.week = -1

    def prepare(self, seed: int) -> None:
        """Spin up the baseline of a seed, so that its worlds come sooner."""
        self._spun_up(seed)

    def run(
        self, scenario: Scenario, seed: int, *, whole: bool, weeks: int = 13
    ) -> Generator[dict[str, Any], None, None]:
        """Live a scenario to the end, and yield what the page shows of it.

        A world is the baseline until its first change, and only the weeks from there are told.

        Parameters
        ----------
        scenario : Scenario
            Without entries: the baseline.
        whole : bool
            Whether all is told, in chunks; if not, one dictionary with the tallies at the end
            of sampled weeks, of those before the first change too.
        weeks : int, optional
            Weeks of a chunk.

        Raises
        ------
        InputError
            If a change begins before the first week that is shown, or after the last.
        """
        first = min((_week_of(each.start) for each in scenario.entries), default=0)
        if first >= WEEKS:
            raise InputError(
                f"scenario {scenario.name}: nothing changes before {monday(FIRST + WEEKS)}, where "
                "the years end; give an earlier day."
            )
        baseline = self._spun_up(seed)
        self._keep_years(baseline, push=whole, room=not scenario.entries)
        if whole and scenario.entries and seed not in self._where:
            self._where[seed] = self._chosen(baseline)
        model, lived = baseline.before(first)
        for _ in self._weeks(model, first, lambda: lived.live(model)):
            baseline.keep(model, lived)
        if scenario.entries:
            model = fork(model, scenario, self._registry)
        yield from self._rest(
            model,
            lived,
            seed,
            weeks=weeks if whole else 0,
            baseline=None if scenario.entries else baseline,
        )

    def _rest(
        self,
        model: ReturnModel,
        lived: Lived,
        seed: int,
        *,
        weeks: int,
        baseline: Baseline | None,
    ) -> Iterator[dict[str, Any]]:
        """Live to the end, and yield chunks of so many weeks, or of 0: only tallies."""
        recording = Recording(model, lived, self._scale, self._where.get(seed)) if weeks else None
        live = recording.live if recording else lambda: lived.live(model)
        for count, _ in enumerate(self._weeks(model, WEEKS, live), start=1):
            if baseline is not None:
                baseline.keep(model, lived)
            if recording and (count % weeks == 0 or not model.running):
                chunk = recording.chunk()
                if recording.where is not None:
                    self._where[seed] = recording.where
                yield chunk
        if not recording:
            yield {"tallies": lived.draw()}

    def _weeks(self, model: ReturnModel, end: int, live: Callable[[], object]) -> Iterator[None]:
        """Live the weeks until one, and yield after each."""
        while model.week - FIRST < end:
            self.week = model.week - FIRST
            live()
            check()
            yield

    def _spun_up(self, seed: int) -> Baseline:
        """Return what is kept of the baseline of a seed, which is spun up now if need be."""
        if seed not in self._kept:
            self.week = -1
            model = ReturnModel(
                BASELINE,
                rng=seed,
                scale=self._scale,
                first_year=FIRST_YEAR,
                last_year=LAST_YEAR,
                registry=self._registry,
            )
            while model.week < FIRST:
                model.step()
                check()
            self._kept[seed] = Baseline({0: (model, Lived())})
            if len(self._kept) > KEPT:
                del self._kept[next(each for each, kept in self._kept.items() if not kept.years)]
        self._kept.move_to_end(seed)
        return self._kept[seed]

    def _keep_years(self, baseline: Baseline, *, push: bool, room: bool) -> None:
        """Let a baseline keep copies of years, if it may push another out or there is room."""
        others = [each for each in self._kept.values() if each.years and each is not baseline]
        full = len(others) >= KEPT_WITH_YEARS
        if push and full:
            others[0].forget_years()  # the one that was used longest ago
        baseline.years |= push or (room and not full)

    def _chosen(self, baseline: Baseline) -> Where:
        """Return the neighbourhood of a baseline, which is lived through for it."""
        model, lived = baseline.before(0)
        neighbours = Neighbours(everybody)
        size = 0

        def live() -> None:
            nonlocal size
            size = lived.live(model)

        for _ in self._weeks(model, WEEKS, live):
            neighbours.note(self.week, model.world, size)
            baseline.keep(model, lived)
        return snowball(neighbours)


def _week_of(day: date | None) -> int:
    """Return the week of a day, from 0; 0 also for what began earlier."""
    return 0 if day is None else max(week_of(day) - FIRST, 0)
