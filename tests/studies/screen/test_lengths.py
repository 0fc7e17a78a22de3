"""The sweep of the length of the procedure, on a cohort made by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.calendar import first_week
from terugkeer.abm.world.events import MEMBERS
from terugkeer.agents.codes import LegalPhase, Place, Route

from studies.screen import lengths
from studies.screen.lengths import AS_IT_IS, COHORT, FOLLOWED, SEEDS, WEEKS, WITHOUT, Cohort

START = first_week(COHORT)


def model(week: int, **columns: object) -> SimpleNamespace:
    """Return a model after a week, with households of one adult unless told otherwise."""
    size = np.size(columns["person"])
    people = {
        "route": Route.ASYLUM,
        "dublin": False,
        "arrival_week": week,
        "phase": LegalPhase.PROCEDURE,
        "decision_week": 0,
        "spells": 0,
        "place": Place.STREET,
        **dict.fromkeys(lengths.STATES, 0.5),
    } | columns
    arrays = {name: np.broadcast_to(value, size).copy() for name, value in people.items()}
    return SimpleNamespace(week=week + 1, people=SimpleNamespace(**arrays))


def test_newcomers_of_the_year_get_the_length_and_their_heads_are_followed() -> None:
    cohort = Cohort(8)
    persons = np.array([1, 2, 3, 4, 5]) * MEMBERS
    persons[1] += 1  # no head
    seen = model(
        START,
        person=persons,
        dublin=[False, False, True, False, False],
        route=[Route.ASYLUM, Route.ASYLUM, Route.ASYLUM, Route.ASYLUM, Route.ASYLUM],
        arrival_week=[START, START, START, START - 1, START],
        phase=[*[LegalPhase.PROCEDURE] * 4, LegalPhase.OBLIGED],
    )
    cohort(seen)
    assert seen.people.decision_week.tolist() == [START + 8, START + 8, 0, 0, 0]
    assert np.concatenate(cohort.heads).tolist() == [MEMBERS]
    after = model(first_week(COHORT + 1), person=[7 * MEMBERS])
    cohort(after)
    assert after.people.decision_week.tolist() == [0]


def test_weeks_without_shelter_count_for_two_years_from_the_refusal() -> None:
    cohort = Cohort(8)
    after = [-1, 0, FOLLOWED - 1, FOLLOWED]
    for since in after:
        week = START + 8 + since
        cohort(
            model(
                week,
                person=[MEMBERS, 2 * MEMBERS, 3 * MEMBERS],
                arrival_week=START,
                decision_week=START + 8,
                spells=[1, 1, 0],
                place=[Place.STREET, Place.AZC, Place.STREET],
                hope=[0.2, 0.4, 0.9],
            )
        )
    assert cohort.unsheltered == 2
    states = np.concatenate(cohort.states, axis=1)
    assert states[lengths.STATES.index("hope")].tolist() == [0.2, 0.4]


def test_fates_are_shares_of_those_refused_within_two_years() -> None:
    cohort = Cohort(8)
    cohort.heads = [np.arange(10) * MEMBERS]
    cohort.states = [np.tile([[0.2, 0.6]], (len(lengths.STATES), 1))]
    cohort.unsheltered = 16
    left = {"kind": "left", "destination": "origin", "iom": False}
    rows: list[dict[str, Any]] = [
        {"person": person, "week": 100, "kind": "opened"} for person in range(8)
    ]
    rows += [
        {**left, "person": 0, "week": 110, "outcome": "independent", "iom": True},
        {**left, "person": 1, "week": 100 + FOLLOWED, "outcome": "independent"},
        {"person": 2, "week": 120, "kind": "closed", "outcome": "unobserved"},
        {"person": 2, "week": 130, "kind": "closed", "outcome": "unobserved"},
        {**left, "person": 2, "week": 130, "outcome": "unobserved", "destination": "onward"},
        {**left, "person": 3, "week": 130, "outcome": "forced"},
        {**left, "person": 4, "week": 130, "outcome": "permit", "destination": "permit"},
        {**left, "person": 5, "week": 99, "outcome": "independent"},
        {
            **left,
            "person": 6,
            "week": 130,
            "outcome": "independent",
            "destination": "home_unobserved",
        },
        {**left, "person": 8, "week": 90, "outcome": "independent"},
        {**left, "person": 9, "week": 90, "outcome": "permit", "destination": "permit"},
        {**left, "person": 99, "week": 110, "outcome": "independent"},
    ]
    events = pd.DataFrame(rows)
    events["person"] *= MEMBERS
    events["iom"] = events["iom"].eq(True)
    found = cohort.measured(events)
    assert set(found) == set(lengths.MEASURES)
    assert (found["refused"], found["gone_before"]) == (0.8, 0.2)
    assert found["independent"] == found["through_iom"] == 1 / 8
    assert found["unobserved"] == found["forced"] == found["permit"] == 1 / 8
    assert found["home_unobserved"] == 1 / 8
    assert found["of_entered"] == pytest.approx(0.2)
    assert found["unsheltered"] == 2.0
    assert found["hope_then"] == pytest.approx(0.4)


def test_every_length_is_run_with_every_mechanism_in_place_and_out() -> None:
    evidence = registry()
    design = lengths.design_of(evidence)
    named = [run.scenario.name for run in design.runs]
    assert len(named) == len(set(named)) * len(SEEDS)
    assert len(set(named)) == len(WEEKS) * (1 + len(WITHOUT))
    dated = {each.name for each in evidence.by_role("lever") if each.dated}
    for run in design.runs:
        entries = {entry.target: entry.value for entry in run.scenario.entries}
        assert dated < set(entries)
        assert entries["enforcement_floor"] == 1.0
        out = [WITHOUT[run.scenario.description]] if run.scenario.description in WITHOUT else []
        assert [name for name in WITHOUT.values() if name in entries] == out
        assert all(entries[name] == 0.0 for name in out)


def test_rows_are_read_by_length_and_mechanism_in_their_order() -> None:
    first, last = (AS_IT_IS, list(WITHOUT)[-1])
    scenarios = {"5_78": last, "0_8": first, "0_26": first}
    design: Any = SimpleNamespace(
        runs=[
            SimpleNamespace(scenario=SimpleNamespace(name=name, description=text))
            for name, text in scenarios.items()
        ]
    )
    rows = pd.DataFrame(
        [
            {"scenario": name, "seed": seed, "population": "independent", "persons": 0.1 * seed}
            for name in scenarios
            for seed in (2, 1)
        ]
    )
    store: Any = SimpleNamespace(table=lambda _name, _design: rows)
    found = lengths.lengths(design, store)
    assert found["weeks"].tolist() == [8, 8, 26, 26, 78, 78]
    assert found["reading"].tolist() == [first] * 4 + [last] * 2
    assert found["seed"].tolist() == [1, 2] * 3
    assert found["value"].tolist() == [0.1, 0.2] * 3
    means = lengths.over_seeds(found)
    assert means["mean"].tolist() == pytest.approx([0.15] * 3)
    assert means["error"].tolist() == pytest.approx([0.05] * 3)


def test_six_to_nine_months_are_set_against_both_ends_by_seed() -> None:
    shares = dict.fromkeys(WEEKS, 0.1) | {26: 0.2, 39: 0.4, 78: 0.0, 13: 0.5}
    rows = pd.DataFrame(
        [
            {
                "reading": AS_IT_IS,
                "weeks": weeks,
                "measure": measure,
                "seed": seed,
                "value": share + (0.1 * seed if weeks == WEEKS[0] else 0.0),
            }
            for weeks, share in shares.items()
            for measure in ("independent", "forced")
            for seed in SEEDS
        ]
    )
    found = lengths.against_claimed(rows).loc[AS_IT_IS]
    assert found["short"] == pytest.approx(0.3 - 0.25)
    assert found["short_error"] == pytest.approx(0.05)
    assert found["long"] == pytest.approx(0.3)
    assert found["long_error"] == pytest.approx(0.0)
    assert found["highest"] == 13
