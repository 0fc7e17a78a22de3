"""One planned run: what its key depends on, and how it is written down."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from terugkeer.abm.evidence.override import Override
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.runs.outcomes import EVERYTHING, HEADLINE
from terugkeer.abm.runs.planned_run import (
    PlannedRun,
    run_key,
    scenario_from_json,
    scenario_json,
    value_from_json,
)
from terugkeer.abm.world.scenario import Scenario

HASHES = "sources", "evidence"


def lever(value: object, start: date | None = None) -> Scenario:
    return Scenario("more", "", (Override("vbl_weeks", "set", value, start, "test"),))  # type: ignore[arg-type]  # what a user gives


RUN = PlannedRun(lever(24), (("iom_share", 0.5),), 1, 400.0, 2011, 2012)


def key(run: PlannedRun = RUN) -> str:
    return run_key(run, registry(), EVERYTHING, ("weekly",), HASHES)


def test_the_values_of_a_row_come_before_the_entries_of_its_scenario() -> None:
    drawn = RUN.drawn()
    assert [(each.target, each.value, each.start) for each in drawn.entries] == [
        ("iom_share", 0.5, None),
        ("vbl_weeks", 24, None),
    ]
    assert drawn.name == "more"


@pytest.mark.parametrize(
    "changed",
    [
        replace(RUN, seed=2),
        replace(RUN, scale=200.0),
        replace(RUN, first_year=2012),
        replace(RUN, last_year=2013),
        replace(RUN, sets=()),
        replace(RUN, sets=(("iom_share", 0.6),)),
        replace(RUN, scenario=replace(RUN.scenario, name="other")),
        replace(RUN, scenario=lever(25)),
        replace(RUN, scenario=lever(24, date(2013, 1, 1))),
        replace(RUN, scenario=lever(24, date(2014, 1, 1))),
    ],
)
def test_the_key_depends_on_the_row(changed: PlannedRun) -> None:
    assert key(changed) != key()


@pytest.mark.parametrize(
    "changes",
    [
        (HEADLINE, ("weekly",), HASHES),
        (EVERYTHING, (), HASHES),
        (EVERYTHING, ("weekly",), ("other", "evidence")),
        (EVERYTHING, ("weekly",), ("sources", "other")),
    ],
)
def test_the_key_depends_on_what_is_kept_and_on_sources_and_evidence(
    changes: tuple[object, ...],
) -> None:
    assert run_key(RUN, registry(), *changes) != key()  # type: ignore[arg-type]  # as named above


def test_the_key_depends_on_nothing_else() -> None:
    said = Scenario("more", "in other words", (Override("vbl_weeks", "set", 24, None, "a memo"),))
    assert key(replace(RUN, scenario=said)) == key()
    assert key(replace(RUN, sets=(("iom_share", 1),))) == key(
        replace(RUN, sets=(("iom_share", 1.0),))
    )
    order = run_key(RUN, registry(), EVERYTHING, ("weekly", "fates"), HASHES)
    assert order == run_key(RUN, registry(), EVERYTHING, ("fates", "weekly"), HASHES)


def test_a_scenario_goes_through_json_and_back() -> None:
    entries = (
        Override("vbl_weeks", "set", 24, date(2013, 1, 1), "a memo"),
        Override("iom_share", "multiply", 0.5, None, "test"),
    )
    scenario = Scenario("more", "Longer.", entries)
    content = json.loads(json.dumps(scenario_json(scenario)))
    assert scenario_from_json("more", content, registry()) == scenario


def test_a_text_becomes_a_date_where_the_record_holds_one() -> None:
    records: Any = {
        "law": SimpleNamespace(value=date(2012, 1, 1)),
        "word": SimpleNamespace(value="a"),
    }
    assert value_from_json("law", "2013-01-01", records) == date(2013, 1, 1)
    assert value_from_json("word", "2013-01-01", records) == "2013-01-01"
