"""From counted units to rows: zeros, means, groups, and refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.observation.events import Events
from terugkeer.abm.observation.items import same
from terugkeer.abm.observation.observer import (
    Observed,
    Observer,
    Units,
    labelled,
    nobody_weighs,
    only_weighed,
    within,
)
from terugkeer.abm.world.events import EventLog
from terugkeer.agents.places import HELD

from tests.abm.observation.hand_made import left, rows_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tests.abm.observation.hand_made import Happen


def observer(**changed: object) -> Observer:
    """Return a table of departures by outcome, with changes."""
    given: dict[str, object] = {
        "table": "made_up",
        "items": ("independent", "forced"),
        "population": "persons who leave",
        "unit": "departure",
        "year_rule": "year of the departure",
        "rounding": 0,
        "blind_spots": "None.",
        "source": "own (test)",
        "count": lambda seen: [labelled(seen.events, seen.events.named("outcome"))],
        "dimensions": {"household": ("family", "no_family")},
    }
    return Observer(**{**given, **changed})  # type: ignore[arg-type] # a dict of several types


def persons(rows: pd.DataFrame, item: str, group: str = "all") -> list[float]:
    """Return the persons of 2011, 2012 and 2013."""
    found = rows[(rows["item"] == item) & (rows["group"] == group)].set_index("year")["persons"]
    return [found[year] for year in (2011, 2012, 2013)]


def test_a_row_stands_in_every_year_and_group_and_counts_in_scale(happen: Happen) -> None:
    events = happen(left(0), left(16, family=True), left(32, year=2014))
    rows = rows_of(observer(), events, 20.0)
    assert len(rows) == 3 * 2 * 3
    assert persons(rows, "independent") == [0.0, 40.0, 0.0]
    assert persons(rows, "independent", "household=family") == [0.0, 20.0, 0.0]
    assert persons(rows, "forced") == [0.0, 0.0, 0.0]
    assert set(rows_of(observer(total=False), events)["group"]) == {
        "household=family",
        "household=no_family",
    }


def test_a_mean_over_nobody_is_missing(happen: Happen) -> None:
    def weeks(seen: Observed) -> list[Units]:
        return [labelled(seen.events, "independent", value=seen.events["weeks"])]

    events = happen(left(0, weeks=2), left(16, weeks=4))
    found = persons(rows_of(observer(count=weeks, aggregate="mean"), events, 9.0), "independent")
    np.testing.assert_equal(found, [np.nan, 3.0, np.nan])


def test_what_a_run_cannot_tell_is_missing_in_every_year_and_group(happen: Happen) -> None:
    table = observer(cannot_tell=only_weighed(("forced",)))
    for judged in (True, False):
        rows = rows_of(table, happen(left(0), judged=judged))
        missing = rows["persons"].isna()
        assert missing.equals((rows["item"] == "forced") & (not judged))
        assert nobody_weighs(Observed(happen(judged=judged), pd.DataFrame(), 1.0)) != judged


def test_what_fits_no_item_is_refused_instead_of_lost(happen: Happen) -> None:
    with pytest.raises(ValueError, match="'made_up' has no item for permit"):
        rows_of(observer(), happen(left(0, "permit")))
    events = happen(left(0, "permit", destination="origin"))
    with pytest.raises(ValueError, match="'true_outcomes' has no item for returned_permit"):
        rows_of("true_outcomes", events)


def test_only_the_splits_asked_for_are_counted(happen: Happen) -> None:
    def grouped(split: str) -> NDArray[np.integer]:
        raise AssertionError(split)

    def count(seen: Observed) -> list[Units]:
        return [Units(seen.events["year"], seen.events.named("outcome"), grouped)]

    seen = Observed(happen(left(0), left(16, "forced")), pd.DataFrame(), 10.0)
    found = observer(count=count).values(seen, 2011, 2012, ["all"])
    assert {split: each.tolist() for split, each in found.items()} == {
        "all": [[[0.0], [0.0]], [[10.0], [10.0]]]
    }
    with pytest.raises(AssertionError, match="household"):
        observer(count=count).values(seen, 2011, 2012, ["household"])


def test_labels_stand_in_the_order_of_what_is_counted(happen: Happen) -> None:
    events = happen(left(0), left(16, "forced", family=True, year=2013))
    seen = Observed(events, pd.DataFrame(), 1.0)
    for splits in (None, ["all"], ["household"]):
        labels = observer().labels(2011, 2013, splits)
        values = observer().values(seen, 2011, 2013, splits)
        counted = np.concatenate([each.ravel() for each in values.values()])
        rows = labels[counted > 0].itertuples(index=False)
        found = {(row.year, row.item, row.group) for row in rows}
        every = {
            (2012, "independent", "all"),
            (2012, "independent", "household=no_family"),
            (2013, "forced", "all"),
            (2013, "forced", "household=family"),
        }
        assert found == {each for each in every if splits is None or each[2].startswith(splits[0])}


def test_what_stands_in_no_group_has_none() -> None:
    units = Units(np.array([2012]), same("independent", 1))
    with pytest.raises(KeyError, match="household"):
        observer(count=lambda _seen: [units]).rows(
            Observed(Events(EventLog()), pd.DataFrame(), 1.0), 2012, 2012
        )


def test_labels_are_those_of_codes() -> None:
    places = pd.Series(["detention", "azc", "closed_family"])
    assert within(places, HELD).tolist() == [True, False, True]
