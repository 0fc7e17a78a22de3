"""Every data table has one entry, and every table says what it cannot see."""

from __future__ import annotations

import re
from collections import Counter
from importlib import resources
from typing import TYPE_CHECKING

from terugkeer.abm.observation.catalogue import NOT_PRODUCED, OBSERVERS, observe
from terugkeer.abm.observation.observer import COLUMNS, Observed, Observer, Units, labelled
from terugkeer.abm.observation.published import PUBLISHED, published
from terugkeer.abm.world.events import Event

if TYPE_CHECKING:
    import pandas as pd

    from tests.abm.observation.hand_made import Happen, Live


def test_every_data_table_has_one_entry_and_every_entry_a_table() -> None:
    files = {
        file.name.removesuffix(".csv")
        for file in resources.files("terugkeer.abm.evidence.data").iterdir()
        if file.name.endswith(".csv")
    }
    entries = Counter(
        [o.table for o in OBSERVERS if not o.source.startswith("own")]
        + [n.table for n in NOT_PRODUCED]
    )
    assert set(entries) == files
    assert set(entries.values()) == {1}
    own = [o.table for o in OBSERVERS if o.source.startswith("own")]
    assert not set(own) & files
    assert len(set(own)) == len(own)


def test_every_entry_says_what_it_cannot_see_or_why_it_is_not_produced() -> None:
    for observer in OBSERVERS:
        assert observer.population
        assert observer.year_rule
        assert observer.blind_spots.endswith(".")
        assert re.search(r"^(s4 B\d+ \(|own \()", observer.source)
    for table in NOT_PRODUCED:
        assert table.why


def test_items_cover_the_published_rows(nothing: pd.DataFrame) -> None:
    produced = set(zip(nothing["table"], nothing["item"], nothing["group"], strict=True))
    for table in PUBLISHED:
        rows = published(table)
        missing = set(zip(rows["table"], rows["item"], rows["group"], strict=True)) - produced
        assert all(item == "non_asylum_regular" for _, item, _ in missing), missing


def test_zero_rows_stand_in_every_year_and_group_when_nothing_happens(
    nothing: pd.DataFrame,
) -> None:
    seen = nothing
    assert list(seen.columns) == list(COLUMNS)
    assert not seen.duplicated(["year", "table", "item", "group"]).any()
    counts = seen.groupby("table").size()
    for observer in OBSERVERS:
        groups = observer.total + sum(len(values) for values in observer.dimensions.values())
        assert counts[observer.table] == 2 * len(observer.items) * groups
    days = seen["table"] == "detention_mean_days"
    assert seen.loc[days, "persons"].isna().all()
    published_only = seen["item"] == "never_a_file"  # input of the table, whatever happens
    assert (seen.loc[published_only, "persons"] > 0).all()
    assert (seen.loc[~days & ~published_only, "persons"] == 0).all()


def test_an_outcome_is_one_entry_from_outside(happen: Happen, live: Live) -> None:
    def announced(observed: Observed) -> list[Units]:
        return [labelled(observed.events.of(Event.NOTICED), "announced")]

    observer = Observer(
        table="removals_announced",
        items=("announced",),
        population="persons with a planned removal",
        unit="start",
        year_rule="year of the announcement",
        rounding=0,
        blind_spots="None.",
        source="own (test)",
        count=announced,
    )
    events = happen({"kind": "noticed"}, {"kind": "noticed"})
    seen = observe(events.log, live(), 2012, 2013, 5.0, observers=[observer])
    assert seen["persons"].tolist() == [10.0, 0.0]
