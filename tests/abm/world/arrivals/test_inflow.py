"""The frozen inflow: totals, shares and waits as the record implies them."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import Phase as Stage
from hypothesis import given, settings
from hypothesis import strategies as st
from terugkeer.abm.evidence.override import Override
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.value import numbers
from terugkeer.abm.world.arrivals.inflow import (
    LONGEST_PROCEDURE_WEEKS,
    TRACKS,
    Inflow,
    closings_curve,
    country_mix,
    derive_inflow,
)
from terugkeer.abm.world.calendar import first_week, week_of, year_of
from terugkeer.agents.codes import OriginGroup, Track

from tests.abm.world.small_world import (
    MODES,
    change,
    entrances_of,
    in_both_modes,
    model_of,
    recorded,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from terugkeer.abm.world.model import ReturnModel

YEARS = range(2011, 2018)
MACEDONIA = 0.07  # as the record has it
GAUSS = 0.5 * np.sqrt(3 / 5)  # three nodes are exact for the parabolas of a cubic's slope


def year_total(first: int, last: int, rate: object) -> float:
    """Integrate a piecewise parabola between two knots, exactly."""
    middle, length = (first + last) / 2, last - first
    nodes = np.array([middle - GAUSS * length, middle, middle + GAUSS * length])
    return float(np.array([5, 8, 5]) / 18 @ rate(nodes) * length)  # type: ignore[operator] # numpy tells no type of @


def closings() -> dict[int, float]:
    table = registry().tables.frame("dtv_caseload_outflow_total.csv")
    return dict(zip(table["year"], table["persons"].astype(float), strict=True))


def implied_openings(inflow: Inflow, leaving: float) -> NDArray[np.float64]:
    """Let those who enter wait as the inflow says, and count who hears a decision, by week."""
    weeks = len(inflow.asylum)
    heard = np.zeros((weeks + LONGEST_PROCEDURE_WEEKS, len(inflow.countries)))
    staying = np.exp(-leaving * np.arange(LONGEST_PROCEDURE_WEEKS))
    for row in range(weeks):
        cumulative = inflow.procedure_given_entry(inflow.start + row)
        chances = np.diff(cumulative, axis=1, prepend=0.0).reshape(
            len(inflow.countries), len(TRACKS), LONGEST_PROCEDURE_WEEKS
        )
        still_there = chances.sum(axis=1) * staying
        heard[row : row + LONGEST_PROCEDURE_WEEKS] += (
            inflow.asylum[row][:, np.newaxis] * still_there
        ).T
    return heard


def leaving_before_decision(mode: tuple[Override, ...]) -> float:
    """Return the weekly hazard on which the inflow counts."""
    if mode == MODES["weighed"]:
        return recorded("gone_before_decision_hazard")
    abroad = sum(numbers(registry()["unobserved_place_shares"].value or 0)[2:])
    return recorded("hazard_independent_procedure") + abroad * recorded(
        "hazard_unobserved_procedure"
    )


def test_the_curve_keeps_every_year() -> None:
    by_year = closings()
    rate = closings_curve(by_year)
    for year, persons in by_year.items():
        first, last = first_week(year), first_week(year + 1)
        assert year_total(first, last, rate) == pytest.approx(persons, rel=1e-12)


def test_the_curve_is_flat_before_and_after() -> None:
    rate = closings_curve({2011: 5200.0, 2012: 4000.0, 2013: 6000.0})
    before = rate(np.array([first_week(2005), first_week(2011)], dtype=float))
    after = rate(np.array([first_week(2014), first_week(2019)], dtype=float))
    assert before[0] == before[1]
    assert after[0] == after[1]


def test_an_even_record_gives_an_even_curve() -> None:
    by_year = {year: 10.0 * (first_week(year + 1) - first_week(year)) for year in YEARS}
    rate = closings_curve(by_year)(np.arange(first_week(2011), first_week(2018), dtype=float))
    assert rate == pytest.approx(np.full(len(rate), 10.0), rel=1e-12)


@in_both_modes
def test_files_opened_for_the_first_time_follow_from_the_record(
    mode: tuple[Override, ...],
) -> None:
    """Within 2 %: (1 - re-entries) x (closings + lead x their change), year by year."""
    inflow = derive_inflow(registry(), mode)
    lead = recorded("stock_lead_weeks")
    reentry = recorded("reentry_share_of_openings")
    rate = closings_curve(closings())
    heard = implied_openings(inflow, leaving_before_decision(mode))
    for year in YEARS:
        first, last = first_week(year), first_week(year + 1)
        rows = slice(first - inflow.start, last - inflow.start)
        openings = heard[rows].sum() + inflow.other[rows].sum()
        change_of_stock = lead * float(np.diff(rate(np.array([first, last], dtype=float)))[0])
        expected = (1.0 - reentry) * (closings()[year] + change_of_stock)
        assert openings == pytest.approx(expected, rel=0.02), year


@in_both_modes
def test_those_who_hear_a_decision_are_those_whose_files_open(mode: tuple[Override, ...]) -> None:
    """By week and country, once all who may hear it have entered."""
    inflow = derive_inflow(registry(), mode)
    heard = implied_openings(inflow, leaving_before_decision(mode))
    rows = slice(LONGEST_PROCEDURE_WEEKS, len(inflow.asylum))
    assert heard[rows] == pytest.approx(inflow.openings[rows], rel=1e-9)


@in_both_modes
def test_durations_hold_from_the_week_of_their_date(mode: tuple[Override, ...]) -> None:
    """Of applicants from safe countries nobody but Dublin claimants waits for another track."""
    inflow = derive_inflow(registry(), mode)
    turn = week_of(date(2016, 3, 1))
    safe = list(inflow.origin_groups).index(OriginGroup.SAFE)
    track = TRACKS.index(Track.SAFE_COUNTRY)
    shape = (len(inflow.countries), len(TRACKS), LONGEST_PROCEDURE_WEEKS)
    for entry in range(turn - 20, turn + 5):
        cumulative = inflow.procedure_given_entry(entry)
        chances = np.diff(cumulative, axis=1, prepend=0.0).reshape(shape)[safe, track]
        decided = entry + np.flatnonzero(chances > 1e-12)
        assert decided.size
        assert decided.min() == max(turn, entry)
    general = inflow.procedure[:, OriginGroup.NOT_SAFE, TRACKS.index(Track.GENERAL)]
    quick, slow = week_of(date(2015, 10, 1)), week_of(date(2016, 1, 1))
    weeks = np.arange(LONGEST_PROCEDURE_WEEKS)

    def mean_wait(decision: int) -> float:
        chances = np.array([general[decision - wait - inflow.start, wait] for wait in weeks])
        chances = chances * np.exp(-leaving_before_decision(mode) * weeks)
        return float(chances @ weeks / chances.sum())

    # whole weeks are rounded down: half a week less than the mean
    assert mean_wait(quick - 1) == pytest.approx(11.5, abs=0.1)
    assert mean_wait(quick) == pytest.approx(19.5, abs=0.1)
    assert mean_wait(slow - 1) == pytest.approx(19.5, abs=0.1)
    assert mean_wait(slow) == pytest.approx(29.5, abs=0.2)


def test_shares_of_countries() -> None:
    countries, groups, shares = country_mix(registry(), MACEDONIA)
    assert len(set(countries)) == len(countries) == len(groups) == 23
    assert countries[-3:] == ("other_safe", "other_not_safe", "Macedonia")
    assert groups[-3:].tolist() == [OriginGroup.SAFE, OriginGroup.NOT_SAFE, OriginGroup.SAFE]
    assert sum(groups == OriginGroup.SAFE) == 12
    totals = registry().tables.frame("national_departures_total_by_origin_group.csv")
    for year in YEARS:
        assert shares[year].sum() == pytest.approx(1.0, abs=1e-12)
        assert shares[year].min() >= 0.0
        of_year = totals[totals["year"] == year].set_index("origin_group")["persons"]
        safe = shares[year][groups == OriginGroup.SAFE].sum()
        assert safe == pytest.approx(of_year["safe"] / of_year.sum(), rel=1e-9)


@pytest.mark.parametrize("lead", [0, 26, 40])
def test_the_mix_of_countries_leads_as_the_volume_does(lead: int) -> None:
    """Files that open now close some weeks later, and the mix on record is that of closings."""
    inflow = derive_inflow(registry(), (change("stock_lead_weeks", float(lead)),))
    _, _, shares = country_mix(registry(), MACEDONIA)
    for year in range(2011, 2017):
        turn = first_week(year + 1) - lead - inflow.start
        for row, of_year in ((turn - 1, year), (turn, year + 1)):
            opened = inflow.openings[row] + inflow.other[row]
            assert opened / opened.sum() == pytest.approx(shares[of_year], rel=1e-12)


@pytest.mark.parametrize("share", [0.02, 0.07, 0.118])
def test_macedonia_has_its_part_of_the_safe_countries_without_a_name(share: float) -> None:
    """By hand for 2011: 5,950 safe departures less 3,160 of the ten named ones leave 2,790."""
    countries, _, shares = country_mix(registry(), share)
    rest, apart = (countries.index(name) for name in ("other_safe", "Macedonia"))
    total = 5950 + 15590
    assert shares[2011][apart] == pytest.approx(share * 2790 / total)
    assert shares[2011][rest] == pytest.approx((1.0 - share) * 2790 / total)


CALIBRATED = registry().by_role("calibrate")


@settings(max_examples=12, derandomize=True, deadline=None, phases=(Stage.explicit, Stage.generate))
@given(st.integers(0, 2**32 - 1))
def test_no_draw_of_parameters_gives_an_impossible_inflow(seed: int) -> None:
    rng = np.random.default_rng(seed)
    draws = tuple(
        Override(each.name, "set", each.draw(rng.random(len(numbers(each.value or 0)))), None, "")
        for each in CALIBRATED
    )
    _possible(derive_inflow(registry(), draws))


@pytest.mark.parametrize("lead", [0.0, 104.0])
def test_no_lead_gives_an_impossible_inflow(lead: float) -> None:
    _possible(derive_inflow(registry(), (change("stock_lead_weeks", lead),)))


def _possible(inflow: Inflow) -> None:
    for array in (inflow.asylum, inflow.other, inflow.openings, inflow.procedure):
        assert np.all(np.isfinite(array))
        assert array.min() >= 0.0
    for week in range(inflow.start, inflow.start + len(inflow.asylum), 37):
        cumulative = inflow.procedure_given_entry(week)
        assert np.all(np.isfinite(cumulative))
        assert np.all(np.diff(cumulative, axis=1) >= 0.0)
        assert cumulative[:, -1] == pytest.approx(np.ones(len(inflow.countries)))


def test_no_lever_but_those_on_inflow_changes_who_enters() -> None:
    rng = np.random.default_rng(5)
    levers = [
        Override(each.name, "set", each.draw(rng.random(len(numbers(each.value or 0)) or 1)), None)
        for each in registry().by_role("lever")
        if not each.name.startswith("inflow_by_")
    ]
    more = change("inflow_by_origin", (1.0, 1.1))
    usual = model_of(scale=100.0)
    moved = model_of(*levers, scale=100.0)
    parameter = model_of(change("asylum_share_of_openings", 0.7), scale=100.0)

    def entering(model: ReturnModel) -> list[tuple[list[int], list[int]]]:
        weeks = range(first_week(2008), first_week(2012))
        pairs = (entrances_of(model).households(week) for week in weeks)
        return [(number.tolist(), stratum.tolist()) for number, stratum in pairs]

    assert len(levers) > 5
    assert entering(usual) == entering(moved)
    assert entering(usual) != entering(parameter)
    assert entering(usual) != entering(model_of(more, scale=100.0))


def test_the_spin_up_mirrors_the_first_year() -> None:
    inflow = derive_inflow(registry())
    by_year = {
        year: inflow.other[first_week(year) - inflow.start : first_week(year + 1) - inflow.start]
        for year in (2008, 2009, 2010)
    }
    assert inflow.start == first_week(2008)
    assert year_of(inflow.start) == 2008
    weekly = [rows.mean(axis=0) for rows in by_year.values()]
    for one, other in pairwise(weekly[:2]):
        assert one == pytest.approx(other, rel=0.02)
