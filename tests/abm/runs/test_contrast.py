"""Paired contrasts: by hand on made-up lives, and on the model."""

from __future__ import annotations

from datetime import date
from functools import partial

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.override import Override
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.observation.catalogue import OBSERVERS, observe
from terugkeer.abm.runs import contrast as contrasts
from terugkeer.abm.runs.contrast import Contrast, contrast, paired_summary
from terugkeer.abm.runs.result import RunResult
from terugkeer.abm.runs.simulate import simulate
from terugkeer.abm.world.calendar import week_of
from terugkeer.abm.world.events import Event, EventLog
from terugkeer.abm.world.scenario import Scenario, load_scenario
from terugkeer.agents.codes import Destination, Outcome

WEEK = week_of(date(2012, 6, 1))
LEVER = Override("vbl_weeks", "set", 24, None, "test")


@pytest.fixture(autouse=True)
def _outflow_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count one table: all of them take a second for each run."""
    wanted = [each for each in OBSERVERS if each.table == "dtv_caseload_outflow"]
    monkeypatch.setattr(contrasts, "observe", partial(observe, observers=wanted))


def lives(scenario: Scenario, *, seed: int, scale: float, **_years: object) -> RunResult:
    """Ten persons enter; `seed` of them return, and with an override one more gets a permit."""
    log = EventLog()
    persons = np.arange(10, dtype=np.int64) * 16
    log.append(WEEK, Event.ENTERED, persons)
    home = persons[: seed + sum(entry.target == "iom_share" for entry in scenario.entries)]
    permit = persons[9:] if LEVER in scenario.entries else persons[:0]
    for rows, outcome, destination in (
        (home, Outcome.INDEPENDENT, Destination.ORIGIN),
        (permit, Outcome.PERMIT, Destination.PERMIT),
    ):
        log.append(WEEK, Event.OPENED, rows, marks=1)
        log.append(WEEK + 1, Event.CLOSED, rows, outcome=outcome, destination=destination, marks=1)
        log.append(WEEK + 1, Event.LEFT, rows, outcome=outcome, destination=destination, marks=1)
    weekly = pd.DataFrame(
        {
            "week": [WEEK],
            "date": pd.to_datetime([date(2012, 6, 4)]),
            "place": ["azc"],
            "phase": ["procedure"],
            "population": ["procedure"],
            "persons": [10 * scale],
        }
    )
    return RunResult(scenario.name, seed, scale, 2012, 2012, log, weekly, {}, 10)


def made_up(**changes: object) -> Contrast:
    options: dict[str, object] = {
        "seeds": [1, 2, 3],
        "scale": 5.0,
        "first_year": 2012,
        "last_year": 2012,
        "registry": registry(),
        "simulate": lives,
    } | changes
    return contrast(Scenario("base"), Scenario("more", "", (LEVER,)), **options)  # type: ignore[arg-type]  # names are checked by the call


def row(result: Contrast, item: str) -> pd.Series:
    table = result.differences
    found = table[
        (table["table"] == "dtv_caseload_outflow")
        & (table["item"] == item)
        & (table["group"] == "all")
        & (table["year"] == 2012)
    ]
    assert len(found) == 1
    return found.iloc[0]


def test_differences_and_changed_persons_by_hand() -> None:
    result = made_up()
    permit = row(result, "permit")
    assert (permit["base"], permit["other"], permit["difference"]) == (0.0, 5.0, 5.0)
    assert (permit["low"], permit["high"]) == (5.0, 5.0)  # the same in every pair
    home = row(result, "independent")
    assert (home["base"], home["difference"]) == (10.0, 0.0)  # mean of 1, 2, 3 persons, times 5
    assert result.changed.to_dict("records") == [
        {"base": "present", "other": "permit/permit", "persons": 5.0}
    ]
    assert result.persons_changed == 5.0
    assert result.pairs == 3
    table = result.differences
    permits = table[(table["item"] == "permit") & table["group"].str.startswith("background=")]
    assert permits["difference"].sum() == permit["difference"]  # groups add up


def test_the_interval_over_seeds_is_students() -> None:
    def uneven(scenario: Scenario, *, seed: int, **options: object) -> RunResult:
        more = seed if LEVER in scenario.entries else 1
        return lives(Scenario(scenario.name), seed=more, **options)  # type: ignore[arg-type]  # as above

    home = row(made_up(simulate=uneven, scale=1.0, seeds=[1, 2, 6]), "independent")
    gains = np.array([0.0, 1.0, 5.0])
    half = student.ppf(0.975, 2) * gains.std(ddof=1) / np.sqrt(3)
    assert home["difference"] == pytest.approx(2.0)
    assert home["high"] - home["low"] == pytest.approx(2 * half)
    assert np.isnan(home["draws_low"])


def test_draws_of_parameters_are_kept_apart_from_seeds() -> None:
    """A draw on which the difference depends widens the spread over draws, not the interval."""

    def dependent(scenario: Scenario, *, seed: int, **options: object) -> RunResult:
        factor = sum(3 for entry in scenario.entries if entry.value == 0.9)
        more = 1 + (factor if LEVER in scenario.entries else 0) + 0 * seed
        return lives(Scenario(scenario.name), seed=more, **options)  # type: ignore[arg-type]  # as above

    draws = [(Override("iom_share", "set", value, None, "draw"),) for value in (0.5, 0.9)]
    home = row(made_up(simulate=dependent, scale=1.0, draws=draws, level=0.5), "independent")
    assert home["difference"] == pytest.approx(1.5)
    assert home["low"] == home["high"] == home["difference"]  # no noise within a draw
    assert (home["draws_low"], home["draws_high"]) == (0.75, 2.25)  # quartiles of 0 and 3


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"seeds": [1]}, "at least two seeds"),
        ({"seeds": [1, 1]}, "all different"),
        ({"draws": []}, "at least one parameter set"),
        ({"level": 1.0}, "between 0 and 1"),
    ],
)
def test_what_gives_no_interval_is_refused(changes: dict[str, object], says: str) -> None:
    with pytest.raises(InputError, match=says):
        made_up(**changes)


def test_a_summary_by_hand_leaves_out_what_cannot_be_told() -> None:
    rows = pd.DataFrame(
        {
            "item": ["a"] * 4 + ["b"] * 4,
            "draw": [0, 0, 1, 1] * 2,
            "base": [1.0, 3.0, 1.0, 3.0] + [np.nan] * 4,
            "other": [2.0, 6.0, 1.0, 7.0] + [1.0] * 4,
        }
    )
    told = paired_summary(rows, ["item"], seeds=2, level=0.5).set_index("item")
    assert told.loc["a", ["base", "other", "difference"]].tolist() == [2.0, 4.0, 2.0]
    half = student.ppf(0.75, 1) * np.sqrt((2.0 + 8.0) / 2 / 4)  # variances of 1, 3 and of 0, 4
    assert told.loc["a", "high"] == pytest.approx(2.0 + half)
    assert told.loc["a", "low"] == pytest.approx(2.0 - half)
    assert told.loc["a", ["draws_low", "draws_high"]].tolist() == [2.0, 2.0]
    assert told.loc["b"].drop(["other"]).isna().all()


@pytest.mark.slow
def test_a_zero_dose_changes_nobody_in_the_model() -> None:
    evidence = registry()
    one, other = (
        simulate(scenario, seed=1, scale=1000.0, first_year=2011, last_year=2011, registry=evidence)
        for scenario in (
            load_scenario("baseline", evidence),
            Scenario("same", "", (Override("vbl_weeks", "set", 12, None, "as recorded"),)),
        )
    )
    assert one.log.size > 100
    both = contrasts._difference(one, other)
    assert both["base"].equals(both["other"])
    assert contrasts._changed(one, other).empty
