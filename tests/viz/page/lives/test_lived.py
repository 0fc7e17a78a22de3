"""What is counted week by week is what the outcomes of a whole run count by year."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Final

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.observation.catalogue import observe
from terugkeer.abm.observation.departures import TRUE_ITEMS
from terugkeer.abm.observation.lived import YEAR_END
from terugkeer.abm.observation.outcomes import BY_ID, outcomes
from terugkeer.abm.observation.voluntariness import ADULTS
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.model import ReturnModel
from terugkeer.abm.world.scenario import Scenario
from terugkeer.viz.page.lives.lived import Lived
from terugkeer.viz.page.lives.states import LEFT, STATES, here
from terugkeer.viz.page.lives.tallies import TALLIES
from terugkeer.viz.page.lives.weeks import FIRST, SAMPLED, WEEKS, YEARS

from tests.viz.page.small_worlds import SCALE

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

pytestmark = pytest.mark.slow  # a run of seven years
# tallies that no outcome counts alone: the table and the item that count them
ITEMS: Final = {
    "left_other": ("true_outcomes", "other"),
    "adults_informed": (ADULTS, "informed"),
    "adults_free": (ADULTS, "free_of_detention_and_destitution"),
    "adults_alternative": (ADULTS, "liveable_alternative"),
    "adults_all_three": (ADULTS, "all_three"),
    "adults_first_choice": (ADULTS, "own_first_choice"),
    "in_procedure": (YEAR_END, "in_procedure"),
    "children_out_of_sight": (YEAR_END, "children_out_of_sight"),
}
OTHER_IDS: Final = {"file_open": "present", "out_of_sight": "out_of_sight_end"}


class Whole:
    """A whole run, with what was counted after each of its weeks."""

    def __init__(self) -> None:
        self.model = ReturnModel(Scenario("baseline"), rng=3, scale=SCALE, registry=registry())
        while self.model.week < FIRST:
            self.model.step()
        self.present = len(here(self.model.people))
        self.begun = self.model.log.size
        self.lived = Lived()
        self.weeks: list[Lived] = []
        while self.model.running:
            size = self.lived.live(self.model)
            assert size <= self.model.log.size
            self.weeks.append(deepcopy(self.lived))

    def rows(self, name: str) -> NDArray[np.int64]:
        return np.array([getattr(week, name) for week in self.weeks]).T


@pytest.fixture(scope="module")
def whole() -> Whole:
    return Whole()


@pytest.fixture(scope="module")
def yearly(whole: Whole) -> pd.DataFrame:
    model = whole.model
    return observe(
        model.log,
        model.weekly_frame(),
        2011,
        2017,
        SCALE,
        circumstances=model.circumstances_frame(),
        spending=model.spending_frame(),
    )


def by_year(yearly: pd.DataFrame, name: str) -> NDArray[np.float64]:
    if name in ITEMS:
        table, item = ITEMS[name]
        rows = yearly[(yearly["table"] == table) & (yearly["item"] == item)]
        rows = rows[rows["group"] == "all"].sort_values("year")
        return rows["persons"].to_numpy(dtype=np.float64) / SCALE
    counted = outcomes(yearly, [OTHER_IDS.get(name, name)])
    rows = counted[(counted["outcome"] == OTHER_IDS.get(name, name)) & (counted["group"] == "all")]
    return rows["value"].to_numpy(dtype=np.float64)[:-1] / SCALE  # the last is the whole period


def test_every_tally_is_compared_with_what_counts_the_same() -> None:
    known = {each.id for each in TALLIES}
    assert known == {*ITEMS, *OTHER_IDS, *(name for name in known if name in BY_ID)}


@pytest.mark.parametrize("at", range(len(TALLIES)), ids=[each.id for each in TALLIES])
def test_tallies_of_a_year_are_those_of_the_outcomes(
    at: int, whole: Whole, yearly: pd.DataFrame
) -> None:
    tally, counts = TALLIES[at], whole.rows("tallies")[at]
    ends = counts[[*(week - 1 for week in YEARS[1:]), WEEKS - 1]]
    of_years = ends if tally.stock else np.diff(ends, prepend=0)
    np.testing.assert_allclose(of_years, by_year(yearly, tally.id), rtol=0, atol=1e-6)


def test_states_of_those_who_left_are_the_true_outcomes(whole: Whole, yearly: pd.DataFrame) -> None:
    rows = yearly[(yearly["table"] == "true_outcomes") & (yearly["group"] == "all")]
    true = rows.groupby("item", observed=True)["persons"].sum() / SCALE
    found = dict(zip(STATES[:LEFT], whole.rows("states")[:LEFT, -1].tolist(), strict=True))
    assert set(true.index) == set(TRUE_ITEMS)
    assert found == pytest.approx(
        {
            "returned_independent": true["returned_independent"],
            "forced": true["returned_forced"] + true["member_state"],
            "returned_unseen": true["home_unobserved"],
            "moved_on": true["onward"],
            "got_permit": true["permit"],
            "other": true["other"],
        }
    )


def test_nobody_is_lost_and_nobody_counted_twice(whole: Whole) -> None:
    log = whole.model.log
    entered = (log.column("kind") == Event.ENTERED)[whole.begun :]
    weeks = log.column("week")[whole.begun :].astype(np.int64) - FIRST
    since = np.cumsum(np.bincount(weeks[entered], minlength=WEEKS))
    assert whole.rows("states").sum(axis=0).tolist() == (whole.present + since).tolist()
    here_now = whole.rows("states")[LEFT:].sum(axis=0)
    assert whole.rows("places").sum(axis=0).tolist() == here_now.tolist()


def test_sums_never_fall_and_states_of_the_gone_neither(whole: Whole) -> None:
    summed = np.array([not each.stock for each in TALLIES])
    assert (np.diff(whole.rows("tallies")[summed], prepend=0) >= 0).all()
    assert (np.diff(whole.rows("states")[:LEFT], prepend=0) >= 0).all()


def test_a_draw_holds_the_tallies_of_sampled_weeks(whole: Whole) -> None:
    assert whole.lived.draw() == whole.rows("tallies")[:, list(SAMPLED)].tolist()
