"""The caseload as a whole: its size, its flow, and what scale may not change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.arrivals.inflow import derive_inflow
from terugkeer.abm.world.calendar import first_week
from terugkeer.abm.world.events import Event, Mark
from terugkeer.agents.codes import Background, Outcome, Place, Route
from terugkeer.agents.traits import unpack

from tests.abm.world.small_world import (
    FULL_SPIN_UP,
    HAZARDS,
    MODES,
    change,
    events,
    lived,
    marked,
    model_of,
)

if TYPE_CHECKING:
    import pandas as pd
    from terugkeer.abm.world.model import ReturnModel

SCALE = 5.0
FROM, UNTIL = first_week(2011), first_week(2015)


@pytest.fixture(
    scope="module", params=[pytest.param(each, marks=pytest.mark.slow) for each in MODES]
)
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def model(mode: str) -> ReturnModel:
    return lived(*MODES[mode], scale=SCALE, first_year=2011, last_year=2014, spin_up=FULL_SPIN_UP)


@pytest.fixture(scope="module")
def log(model: ReturnModel) -> pd.DataFrame:
    return events(model)


def open_files(model: ReturnModel) -> pd.Series:
    weekly = model.weekly_frame()
    return weekly[weekly["population"] == "spell"].groupby("week")["persons"].sum()


def test_the_spin_up_ends_below_the_eight_thousand_files_of_2010(model: ReturnModel) -> None:
    """Files in private homes close in weeks, so the one stock on record is not reached."""
    assert 2500 < open_files(model)[FROM - 1] < 6000


def test_the_stock_is_all_that_opened_less_all_that_closed(
    model: ReturnModel, log: pd.DataFrame
) -> None:
    """In every week, to the person. Little's law needs a steady stock, and it grows here."""
    stock = open_files(model)
    weeks = range(int(stock.index.min()), int(stock.index.max()) + 1)
    flow = {
        kind: log.loc[log["kind"] == kind, "week"].value_counts().reindex(weeks, fill_value=0)
        for kind in (Event.OPENED, Event.CLOSED)
    }
    expected = SCALE * (flow[Event.OPENED] - flow[Event.CLOSED]).cumsum()
    assert stock.reindex(weeks).to_numpy() == pytest.approx(expected.to_numpy())


def test_first_files_open_as_the_inflow_implies(mode: str, log: pd.DataFrame) -> None:
    """Who waits for a decision and is still there gets a file: within 8 % a year.

    A year of some 15,000 persons at scale 5 has a standard error of 2.6 %, since families come
    together, and some leave while they wait.
    """
    inflow = derive_inflow(registry(), MODES[mode])
    first = log[(log["kind"] == Event.OPENED) & ~marked(log, Mark.REOPENED)]
    for year in range(2011, 2015):
        rows = slice(first_week(year) - inflow.start, first_week(year + 1) - inflow.start)
        expected = inflow.openings[rows].sum() + inflow.other[rows].sum()
        opened = SCALE * first["week"].between(first_week(year), first_week(year + 1) - 1).sum()
        assert opened == pytest.approx(expected, rel=0.08), year
    asylum = unpack(first["traits"].to_numpy(), "background") == Background.ASYLUM
    rows = slice(first_week(2008) - inflow.start, first_week(2015) - inflow.start)
    expected = inflow.openings[rows].sum(), inflow.other[rows].sum()
    assert np.mean(asylum) == pytest.approx(expected[0] / sum(expected), abs=0.03)


def test_departures_through_iom_do_not_exceed_a_record_that_counts_everybody(
    log: pd.DataFrame,
) -> None:
    """Outside asylum the record also counts those who never had a file."""
    left = log[(log["kind"] == Event.LEFT) & marked(log, Mark.IOM)]
    left = left[(left["week"] >= FROM) & (left["week"] < UNTIL)]
    packed = left["traits"].to_numpy()
    other = unpack(packed, "background") == Background.OTHER
    expired = unpack(packed, "route") == Route.PERMIT_EXPIRED
    table = registry().tables.frame("iom_departures.csv")
    table = table[table["year"].between(2011, 2014)].groupby("category")["persons"].sum()
    assert 0 < SCALE * (other & expired).sum() < table["non_asylum_permit_expired"]
    assert SCALE * (other & ~expired).sum() < table["non_asylum_never_regular"]


def shares_of_outcomes(*logs: pd.DataFrame) -> tuple[np.ndarray, float]:
    """Return shares of recorded outcomes in 2011-12, and how many closings they are worth.

    Members of a household close together: `n` closings in households of `k` are
    worth `n / (sum k^2 / sum k)` independent ones.
    """
    counts = np.zeros(len(Outcome))
    households: list[np.ndarray] = []
    for each in logs:
        closed = each[(each["kind"] == Event.CLOSED) & each["week"].between(FROM, FROM + 103)]
        counts += np.bincount(closed["outcome"], minlength=len(Outcome))
        households.append(closed.groupby(["household", "week"]).size().to_numpy())
    sizes = np.concatenate(households)
    design = np.sum(sizes**2) / np.sum(sizes)
    return counts / counts.sum(), float(counts.sum() / design)


def test_shares_of_outcomes_do_not_depend_on_scale(mode: str, log: pd.DataFrame) -> None:
    """Within 4 standard errors each: five shares fail by chance in 3 of 10,000 worlds."""
    coarse = [events(lived(*MODES[mode], seed=seed, scale=10.0, last_year=2012)) for seed in (2, 3)]
    one, worth_one = shares_of_outcomes(log)
    other, worth_other = shares_of_outcomes(*coarse)
    pooled = (one * worth_one + other * worth_other) / (worth_one + worth_other)
    error = np.sqrt(pooled * (1 - pooled) * (1 / worth_one + 1 / worth_other))
    assert error.max() < 0.015
    assert np.all(np.abs(one - other) <= 4 * error), (one, other, error)


NOTHING = (
    "hazard_independent_procedure",
    "hazard_independent_appeal",
    "hazard_independent_term",
    "hazard_independent_vbl",
    "hazard_independent_family_location",
    "hazard_independent_reporting",
    "hazard_independent_guided_shelter",
    "hazard_independent_private",
    "hazard_independent_street",
    "hazard_independent_detention",
    "hazard_unobserved_procedure",
    "hazard_unobserved_appeal",
    "hazard_unobserved_term",
    "hazard_unobserved_vbl",
    "hazard_unobserved_family_location",
    "hazard_unobserved_reporting",
    "hazard_not_found",
    "hazard_other_asylum",
    "hazard_other_other",
    "hazard_onward_hidden",
    "hazard_home_unobserved",
    "hazard_permit_with_file",
    "hazard_permit_family_location",
    "child_pardon_hazard",
    "detention_hazard",
    "removal_planning_hazard",
    "closed_family_hazard",
    "reporting_duty_share",
    "hazard_private_to_street",
    "older_hidden_reemerging_per_year",
)


def permits_expired(**hazards: float) -> pd.DataFrame:
    """Let persons whose permit has expired live in private networks, and nothing else happen."""
    values: dict[str, object] = dict.fromkeys(NOTHING, 0.0)
    values |= {"safe_ratio_independent": 1.0, "other_background_ratio_independent": 1.0}
    values |= {"route_shares_other": (0.0, 0.0, 1.0), "asylum_share_of_openings": 0.05}
    values |= hazards
    changes = [change(*each) for each in values.items()]
    model = model_of(HAZARDS, *changes, seed=3, scale=5.0, spin_up=FULL_SPIN_UP)
    model.run()
    log = events(model)
    other = unpack(log["traits"].to_numpy(), "background") == Background.OTHER
    return log.loc[other]


def test_without_any_hazard_nobody_leaves() -> None:
    log = permits_expired()
    assert set(log["kind"]) == {Event.ENTERED, Event.OPENED, Event.AGREED}, "papers come at most"
    assert set(log["place"]) == {Place.PRIVATE_NETWORK}


@pytest.mark.parametrize("hazard", [pytest.param(0.004, marks=pytest.mark.slow), 0.05])
def test_a_hazard_is_realised(hazard: float) -> None:
    """Departures within t weeks of entry are 1 - exp(-h t), within 4 standard errors."""
    log = permits_expired(hazard_independent_private=hazard)
    entered = log[log["kind"] == Event.ENTERED].drop_duplicates("household")
    left = log[log["kind"] == Event.LEFT].drop_duplicates("household")
    assert set(left["outcome"]) == {Outcome.INDEPENDENT}
    last = int(log["week"].max())
    lives = entered.merge(left, on="household", how="left", suffixes=("", "_left"))
    stay = lives["week_left"] - lives["week"] + 1  # the week of entry is the first at risk
    for weeks in (1, 13, 52, 104):
        at_risk = lives["week"] <= last + 1 - weeks
        n = int(at_risk.sum())
        expected = -np.expm1(-hazard * weeks)
        share = float((stay[at_risk] <= weeks).mean())
        error = np.sqrt(expected * (1 - expected) / n)
        assert n > 1000
        assert abs(share - expected) < 4 * error, (weeks, share, expected)
