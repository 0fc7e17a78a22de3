"""Tables besides the yearly rows, on made-up lives."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.runs.extra_tables import EXTRA_TABLES, fate_table, fates, queues, weekly
from terugkeer.abm.runs.result import QUEUES_COLUMNS, WEEKLY_COLUMNS
from terugkeer.abm.world.events import Event, EventLog
from terugkeer.agents.codes import Destination, Outcome

if TYPE_CHECKING:
    from terugkeer.abm.runs.result import RunResult


@pytest.fixture
def log() -> EventLog:
    """Three persons enter; one returns and one gets a permit."""
    told = EventLog()
    told.append(600, Event.ENTERED, np.array([32, 16, 48]))
    home = {"destination": Destination.ORIGIN, "outcome": Outcome.INDEPENDENT}
    told.append(601, Event.CLOSED, np.array([16]), **home)
    told.append(601, Event.LEFT, np.array([16]), **home)
    permit = {"destination": Destination.PERMIT, "outcome": Outcome.PERMIT}
    told.append(602, Event.LEFT, np.array([48]), **permit)
    return told


def test_the_fate_of_each_person_who_entered(log: EventLog) -> None:
    assert fates(log).to_dict() == {
        32: "present",
        16: "origin/independent",
        48: "permit/permit",
    }


def test_fates_as_a_table_are_sorted_by_person(made_up: RunResult, log: EventLog) -> None:
    table = fate_table(replace(made_up, log=log))
    assert table.to_dict("list") == {
        "person": [16, 32, 48],
        "fate": ["origin/independent", "present", "permit/permit"],
    }


def test_weeks_are_sorted_by_all_but_persons(made_up: RunResult) -> None:
    table = weekly(replace(made_up, weekly=made_up.weekly.iloc[::-1]))
    assert tuple(table.columns) == WEEKLY_COLUMNS
    assert table.equals(table.sort_values([*WEEKLY_COLUMNS[:-1]], ignore_index=True))
    assert table["persons"].sum() == made_up.weekly["persons"].sum()


def test_queues_have_their_columns_alone(made_up: RunResult) -> None:
    counted = pd.DataFrame({name: [1, 2] for name in ("more", *QUEUES_COLUMNS)})
    assert tuple(queues(replace(made_up, queues=counted)).columns) == QUEUES_COLUMNS


def test_each_table_is_found_by_name() -> None:
    assert {"weekly": weekly, "queues": queues, "fates": fate_table} == EXTRA_TABLES
