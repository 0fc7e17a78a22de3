"""Departures through IOM, true outcomes, and where the unobserved are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from terugkeer.abm.evidence.tables import read_table
from terugkeer.abm.observation.departures import independent_returns, outside_stream
from terugkeer.abm.observation.observer import COLUMNS, Observed

from tests.abm.observation.hand_made import (
    BY_TABLE,
    HERE,
    closed,
    counts,
    in_2012,
    left,
    opened,
)

if TYPE_CHECKING:
    from tests.abm.observation.hand_made import Happen


def test_iom_departures_by_background_and_phase(happen: Happen) -> None:
    iom = {"marks": ["iom"]}
    events = happen(
        left(0, phase="procedure", **iom),
        left(16, phase="appeal", **iom),
        left(32, phase="repeat_procedure", **iom),
        left(48, phase="obliged", **iom),
        left(64, phase="departure_term", **iom),
        left(80, phase="obliged"),  # without IOM
        left(96, phase="obliged", destination="member_state", **iom),
        left(112, background="other", route="apprehended", **iom),
        left(128, background="other", route="permit_expired", **iom),
    )
    assert in_2012("iom_departures", events) == {
        "asylum_in_procedure": 3.0,
        "asylum_illegal": 2.0,
        "non_asylum_never_regular": 1.0,
        "non_asylum_permit_expired": 1.0,
    }


def test_undecided_persons_are_added_to_departures_in_procedure(happen: Happen) -> None:
    iom = {"marks": ["iom"]}
    events = happen(left(0, phase="procedure", **iom), left(16, phase="obliged", **iom))
    found = counts("iom_departures", events, 10.0, undecided={2011: 7.5, 2012: 12.25, 2016: 3.0})
    assert found == {
        (2011, "asylum_in_procedure"): 7.5,
        (2012, "asylum_in_procedure"): 22.25,
        (2012, "asylum_illegal"): 10.0,
    }


def test_independent_departures_of_everybody_have_four_parts(happen: Happen) -> None:
    """Of 900 departures outside asylum that IOM counts in 2012, ten are the model's own."""
    iom, other = {"marks": ["iom"]}, {"background": "other", "route": "apprehended"}
    events = happen(
        left(0, marks=["spell_open"]),
        left(16, marks=["spell_open", "iom"]),
        left(32, **iom),
        left(48, **other, marks=["spell_open", "iom"]),
        left(64, "forced", marks=["spell_open"]),
        left(80, "unobserved", destination="home_unobserved"),
    )
    found = counts("national_independent", events, 10.0, undecided={2012: 12.25})
    assert {item: persons for (year, item), persons in found.items() if year == 2012} == {
        "with_file": 30.0,
        "without_file": 10.0,
        "undecided": 12.25,
        "never_a_file": 740 + 110 + 50 - 10.0,
    }
    assert found[2011, "never_a_file"] == 1000 + 110 + 60


def test_who_never_had_a_file_is_not_told_after_the_years_of_the_record(happen: Happen) -> None:
    seen = Observed(happen(left(0)), pd.DataFrame(), 1.0, undecided={2015: 1.0, 2016: 2.0})
    rows = BY_TABLE["national_independent"].rows(seen, 2015, 2016)
    found = {(r.year, r.item): r.persons for r in rows.itertuples()}
    assert np.isnan(found[2016, "never_a_file"])
    assert found[2015, "never_a_file"] == 630 + 100 + 40
    assert (found[2016, "undecided"], found[2016, "with_file"]) == (2.0, 0.0)


def test_the_outside_stream_is_as_published_and_marked_as_such() -> None:
    rows = outside_stream(range(2014, 2018))
    assert list(rows.columns) == list(COLUMNS)
    assert set(rows["table"]) == {"outside_iom_departures"}
    assert set(rows["group"]) == {"stream=exogenous"}
    got = {(r.year, r.item): r.persons for r in rows.itertuples()}
    raw = read_table("iom_departures")
    raw = raw[raw["category"].str.startswith("non_asylum") & (raw["year"] >= 2014)]
    assert got == {(r.year, r.category): r.persons for r in raw.itertuples()}
    assert {year for year, _ in got} == {2014, 2015}


def test_true_outcomes_and_where_the_unobserved_are(happen: Happen) -> None:
    unseen = {"outcome": "unobserved"}
    events = happen(
        *(opened(p) for p in (64, 80, 96)),
        left(0, "independent"),
        left(16, "forced"),
        left(32, "forced", destination="member_state"),
        left(48, "permit"),
        closed(64, **unseen, to_place="street", **HERE),
        closed(80, **unseen, to_place="azc", destination="onward"),
        left(80, **unseen, destination="onward"),
        closed(96, **unseen, destination="home_unobserved"),
        left(96, **unseen, destination="home_unobserved"),
    )
    assert in_2012("true_outcomes", events) == dict.fromkeys(
        (
            "returned_independent",
            "returned_forced",
            "member_state",
            "permit",
            "onward",
            "home_unobserved",
        ),
        1.0,
    )
    assert in_2012("unobserved_true_place", events) == dict.fromkeys(
        ("street", "onward", "home_unobserved"), 1.0
    )


def test_an_independent_return_needs_no_file_and_a_recorded_departure_is_another_count(
    happen: Happen,
) -> None:
    events = happen(opened(0), closed(0, "independent"), left(0), left(16), left(32, "forced"))
    assert independent_returns(events)["person"].tolist() == [0, 16]
    assert in_2012("dtv_caseload_outflow", events) == {"independent": 1.0}
    assert in_2012("true_outcomes", events)["returned_independent"] == 2.0
