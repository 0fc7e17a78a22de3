from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from terugkeer.abm.evidence.tables import read_table
from terugkeer.abm.observation.catalogue import observe
from terugkeer.abm.observation.departures import outside_stream
from terugkeer.abm.observation.observer import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    Happen = Callable[..., pd.DataFrame]
    Live = Callable[..., pd.DataFrame]

HERE = {"destination": "netherlands"}


def opened(person: int, place: str = "azc", **more: object) -> dict[str, Any]:
    return {"kind": "opened", "person": person, "place": place, "after": 1, **more}


def closed(person: int, outcome: str, **more: object) -> dict[str, Any]:
    destination = {"permit": "permit", "other": "other"}.get(outcome, "origin")
    return {
        "kind": "closed",
        "person": person,
        "outcome": outcome,
        "destination": destination,
        **more,
    }


def left(person: int, outcome: str, **more: object) -> dict[str, Any]:
    return {**closed(person, outcome), "kind": "left", "to_place": "origin", **more}


def nonzero(
    events: pd.DataFrame, weekly: pd.DataFrame, table: str, group: str = "all", scale: float = 1.0
) -> dict[tuple[int, str], float]:
    seen = observe(events, weekly, 2011, 2013, scale)
    rows = seen[(seen["table"] == table) & (seen["group"] == group) & (seen["persons"] != 0)]
    return {(r.year, r.item): r.persons for r in rows.itertuples() if not np.isnan(r.persons)}


def test_closings_by_outcome_group_year_and_scale(happen: Happen, live: Live) -> None:
    asylum_safe = {"background": "asylum", "origin_group": "safe"}
    other_not_safe = {"background": "other", "origin_group": "not_safe", "family": True}
    events = happen(
        *(opened(p, year=2010) for p in (0, 16, 32, 48)),
        closed(0, "independent", **asylum_safe),
        closed(16, "independent", **other_not_safe),
        closed(32, "permit", year=2013, **asylum_safe),
        closed(48, "forced", year=2010),  # before the years reported
        opened(48, year=2011),
        closed(48, "other", year=2011),
    )
    table = "dtv_caseload_outflow"
    assert nonzero(events, live(), table, scale=20.0) == {
        (2011, "other"): 20.0,
        (2012, "independent"): 40.0,
        (2013, "permit"): 20.0,
    }
    assert nonzero(events, live(), table, "background=other") == {(2012, "independent"): 1.0}
    assert nonzero(events, live(), table, "household=family") == {(2012, "independent"): 1.0}
    assert nonzero(events, live(), table, "household=no_family") == {
        (2011, "other"): 1.0,
        (2012, "independent"): 1.0,
        (2013, "permit"): 1.0,
    }
    assert nonzero(events, live(), f"{table}_total", scale=0.5) == {
        (2011, "total"): 0.5,
        (2012, "total"): 1.0,
        (2013, "total"): 0.5,
    }
    contrast = "national_departures_by_origin_group"
    assert nonzero(events, live(), contrast) == {}
    assert nonzero(events, live(), contrast, "origin_group=safe") == {(2012, "independent"): 1.0}
    assert nonzero(events, live(), contrast, "origin_group=not_safe") == {
        (2012, "independent"): 1.0
    }


def test_groups_of_a_dimension_add_up_to_all(happen: Happen, live: Live) -> None:
    events = happen(
        opened(0), opened(16), closed(0, "forced", background="other"), closed(16, "permit")
    )
    seen = observe(events, live(), 2012, 2012, 3.0)
    seen = seen[seen["table"] == "dtv_caseload_outflow"]
    dimension = seen["group"].str.partition("=")[0]
    sums = seen.assign(dimension=dimension).pivot_table(
        index="dimension", columns="item", values="persons", aggfunc="sum"
    )
    assert len(sums) == 4
    assert (sums == sums.loc["all"]).all(axis=None)


def test_measures_count_starts_closings_and_moves_to_detention(happen: Happen, live: Live) -> None:
    events = happen(
        # Straight into detention, with a file the same week: one start.
        {"kind": "entered", "person": 0, "place": "detention"},
        opened(0, "detention"),
        closed(0, "forced", place="detention", destination="member_state"),
        # From the vbl to detention, and out of it independently.
        opened(16),
        {"kind": "moved", "person": 16, "place": "azc", "to_place": "vbl"},
        {"kind": "moved", "person": 16, "place": "vbl", "to_place": "detention"},
        closed(16, "independent", place="detention"),
        # A family: family location, closed family facility, released unobserved.
        opened(32),
        {"kind": "moved", "person": 32, "place": "azc", "to_place": "family_location"},
        {"kind": "moved", "person": 32, "place": "family_location", "to_place": "closed_family"},
        closed(32, "unobserved", place="closed_family", to_place="street", **HERE),
        opened(48, "reporting_duty"),
        closed(48, "unobserved", place="reporting_duty", to_place="private_network", **HERE),
    )
    assert nonzero(events, live(), "removal_measures", scale=2.0) == {
        (2012, "detention/placed"): 4.0,
        (2012, "detention/demonstrable_departure"): 4.0,
        (2012, "detention/of_which_dublin"): 2.0,
        (2012, "detention/of_which_origin"): 2.0,
        (2012, "vbl/inflow"): 2.0,
        (2012, "vbl/to_detention"): 2.0,
        (2012, "family_location/inflow"): 2.0,
        (2012, "family_location/to_detention"): 2.0,
        (2012, "closed_family/inflow"): 2.0,
        (2012, "reporting_duty/unobserved"): 2.0,
    }


def test_a_file_that_opens_begins_no_stay(happen: Happen, live: Live) -> None:
    events = happen(
        {"kind": "moved", "person": 0, "place": "street", "to_place": "detention", "after": 3},
        opened(0, "detention", after=9),
    )
    assert nonzero(events, live(), "removal_measures") == {(2012, "detention/placed"): 1.0}


def test_mean_days_are_over_stays_that_end_and_not_scaled(happen: Happen, live: Live) -> None:
    stay = {"kind": "moved", "place": "detention", "to_place": "street"}
    events = happen(
        {**stay, "person": 0, "weeks": 4},
        {**left(16, "forced"), "place": "detention", "weeks": 8},
        opened(16, "detention"),
        closed(16, "forced", place="detention", weeks=90),  # a spell's weeks, not a stay's
        {**stay, "person": 32, "weeks": 2, "place": "vbl"},
        {**stay, "person": 48, "weeks": 1, "year": 2013},
    )
    expected = {(2012, "days"): 42.0, (2013, "days"): 7.0}
    assert nonzero(events, live(), "detention_mean_days", scale=20.0) == expected


def test_family_location_outflow_leaves_out_other(happen: Happen, live: Live) -> None:
    home = {"place": "family_location"}
    events = happen(
        *(opened(p) for p in (0, 16, 32)),
        closed(0, "permit", **home),
        closed(16, "other", **home),
        closed(32, "permit", place="azc"),
    )
    assert nonzero(events, live(), "family_location_outflow_2013_2017") == {(2012, "permit"): 1.0}


def test_iom_departures_by_background_and_phase(happen: Happen, live: Live) -> None:
    iom = {"marks": ["iom"]}
    events = happen(
        left(0, "independent", phase="procedure", **iom),
        left(16, "independent", phase="appeal", **iom),
        left(32, "independent", phase="repeat_procedure", **iom),
        left(48, "independent", phase="obliged", **iom),
        left(64, "independent", phase="departure_term", **iom),
        left(80, "independent", phase="obliged"),  # without IOM
        left(96, "independent", phase="obliged", destination="member_state", **iom),
        left(112, "independent", background="other", route="apprehended", **iom),
        left(128, "independent", background="other", route="permit_expired", **iom),
    )
    assert nonzero(events, live(), "iom_departures") == {
        (2012, "asylum_in_procedure"): 3.0,
        (2012, "asylum_illegal"): 2.0,
        (2012, "non_asylum_never_regular"): 1.0,
        (2012, "non_asylum_permit_expired"): 1.0,
    }


def test_the_outside_stream_is_the_record_and_marked_as_such() -> None:
    rows = outside_stream(range(2014, 2018))
    assert list(rows.columns) == list(COLUMNS)
    assert set(rows["table"]) == {"outside_iom_departures"}
    assert set(rows["group"]) == {"stream=exogenous"}
    got = {(r.year, r.item): r.persons for r in rows.itertuples()}
    raw = read_table("iom_departures")
    raw = raw[raw["category"].str.startswith("non_asylum") & (raw["year"] >= 2014)]
    assert got == {(r.year, r.category): r.persons for r in raw.itertuples()}
    assert {year for year, _ in got} == {2014, 2015}


def test_true_outcomes_and_where_the_unobserved_are(happen: Happen, live: Live) -> None:
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
    assert nonzero(events, live(), "true_outcomes") == {
        (2012, item): 1.0
        for item in (
            "returned_independent",
            "returned_forced",
            "member_state",
            "permit",
            "onward",
            "home_unobserved",
        )
    }
    assert nonzero(events, live(), "unobserved_true_place") == {
        (2012, "street"): 1.0,
        (2012, "onward"): 1.0,
        (2012, "home_unobserved"): 1.0,
    }


def test_harm_counts_weeks_in_persons_and_children_in_scale(happen: Happen, live: Live) -> None:
    child = {"minor": True}
    events = happen(
        opened(0, **child),
        opened(16),
        {"kind": "moved", "person": 0, "place": "azc", "to_place": "closed_family", **child},
        closed(0, "forced", place="closed_family", **child),
        closed(16, "forced"),
        {"kind": "moved", "person": 16, "place": "azc", "to_place": "detention"},
    )
    weekly = live(
        (2012, 0, "street", 100),
        (2012, 1, "street", 40),
        (2012, 1, "night_shelter", 20),
        (2012, 1, "private_network", 60),
        (2012, 1, "guided_shelter", 500),
        (2010, 1, "street", 900),
        (2013, 0, "night_shelter", 20),
    )
    assert nonzero(events, weekly, "harm", scale=20.0) == {
        (2012, "weeks_without_stable_shelter"): 160.0,
        (2012, "weeks_on_street"): 140.0,
        (2012, "weeks_in_night_shelter"): 20.0,
        (2012, "weeks_in_private_network"): 60.0,
        (2013, "weeks_without_stable_shelter"): 20.0,
        (2013, "weeks_in_night_shelter"): 20.0,
        (2012, "children_closed"): 20.0,
        (2012, "children_detained"): 20.0,
    }


def test_voluntariness_adds_up_to_independent_departures(happen: Happen, live: Live) -> None:
    events = happen(
        left(0, "independent", place="azc"),
        left(16, "independent", place="street", marks=["destitute"]),
        left(32, "independent", place="detention"),
        left(48, "independent", place="azc", minor=True),
        left(64, "forced", place="detention"),
    )
    assert nonzero(events, live(), "voluntariness") == {
        (2012, "from_stable_shelter"): 1.0,
        (2012, "destitute"): 1.0,
        (2012, "from_detention"): 1.0,
        (2012, "children"): 1.0,
    }


def test_flows_name_every_step(happen: Happen, live: Live) -> None:
    events = happen(
        {"kind": "entered", "person": 0, "place": "azc"},
        opened(0),
        {"kind": "moved", "person": 0, "place": "azc", "to_place": "vbl"},
        closed(0, "independent", place="vbl", marks=["spell_open"]),
        left(0, "independent", place="vbl", marks=["spell_open"]),
        left(16, "independent", place="street"),
    )
    assert nonzero(events, live(), "flows", scale=10.0) == {
        (2012, "entry>azc"): 10.0,
        (2012, "azc>vbl"): 10.0,
        (2012, "vbl>independent"): 10.0,
        (2012, "street>left_without_file"): 10.0,
    }


def test_closing_paths_take_the_last_opening_and_conserve_closings(
    happen: Happen, live: Live
) -> None:
    events = happen(
        opened(0, year=2010),
        closed(0, "unobserved", year=2010, to_place="street", **HERE),
        opened(0, "street", route="apprehended"),
        closed(0, "forced", place="detention", route="apprehended"),
        opened(16, year=2010),
        closed(16, "unobserved", place="azc", to_place="private_network", **HERE),
    )
    assert nonzero(events, live(), "closing_paths") == {
        (2012, "route:apprehended>street"): 1.0,
        (2012, "opened:street>detention"): 1.0,
        (2012, "closed:detention>forced"): 1.0,
        (2012, "outcome:forced>origin"): 1.0,
        (2012, "route:asylum>azc"): 1.0,
        (2012, "opened:azc>azc"): 1.0,
        (2012, "closed:azc>unobserved"): 1.0,
        (2012, "outcome:unobserved>private_network"): 1.0,
    }


def test_a_closing_without_an_opening_is_refused(happen: Happen, live: Live) -> None:
    with pytest.raises(ValueError, match="never opened"):
        observe(happen(closed(0, "forced")), live(), 2012, 2012, 1.0)


def test_what_fits_no_item_is_refused_instead_of_lost(happen: Happen, live: Live) -> None:
    events = happen(left(0, "permit", destination="origin"))
    with pytest.raises(ValueError, match="'true_outcomes' has no item for returned_permit"):
        observe(events, live(), 2012, 2012, 1.0)
