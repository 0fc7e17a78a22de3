"""Closings by outcome, group, year and scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.abm.observation.hand_made import closed, counts, opened, rows_of

if TYPE_CHECKING:
    from tests.abm.observation.hand_made import Happen


def test_closings_by_outcome_group_year_and_scale(happen: Happen) -> None:
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
    assert counts(table, events, scale=20.0) == {
        (2011, "other"): 20.0,
        (2012, "independent"): 40.0,
        (2013, "permit"): 20.0,
    }
    assert counts(table, events, group="background=other") == {(2012, "independent"): 1.0}
    assert counts(table, events, group="household=family") == {(2012, "independent"): 1.0}
    assert counts(table, events, group="household=no_family") == {
        (2011, "other"): 1.0,
        (2012, "independent"): 1.0,
        (2013, "permit"): 1.0,
    }
    assert counts(f"{table}_total", events, scale=0.5) == {
        (2011, "total"): 0.5,
        (2012, "total"): 1.0,
        (2013, "total"): 0.5,
    }
    contrast = "national_departures_by_origin_group"
    assert counts(contrast, events) == {}
    for group in ("safe", "not_safe"):
        found = counts(contrast, events, group=f"origin_group={group}")
        assert found == {(2012, "independent"): 1.0}


def test_of_those_not_found_some_had_talks(happen: Happen) -> None:
    events = happen(
        closed(0, "unobserved", talks=0),
        closed(16, "unobserved", talks=1),
        closed(32, "unobserved", talks=3),
        closed(48, "forced", talks=2),
    )
    assert counts("unobserved_talks", events) == {
        (2012, "talked"): 2.0,
        (2012, "not_talked"): 1.0,
    }


def test_groups_of_a_dimension_add_up_to_all(happen: Happen) -> None:
    events = happen(
        opened(0), opened(16), closed(0, "forced", background="other"), closed(16, "permit")
    )
    seen = rows_of("dtv_caseload_outflow", events, 3.0)
    dimension = seen["group"].str.partition("=")[0]
    sums = seen.assign(dimension=dimension).pivot_table(
        index="dimension", columns=["year", "item"], values="persons", aggfunc="sum"
    )
    assert len(sums) == 4
    assert (sums == sums.loc["all"]).all(axis=None)
    assert sums.loc["all"].sum() == 6.0
