"""The measured effects, and the verdicts on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from terugkeer.experiments.systems.effects import (
    ACTS,
    BELOW,
    COLUMNS,
    CONTACT,
    NOT_MEASURED,
    NOT_MODELLED,
    NULL,
    PATH,
    by_outcome,
    effects,
    resolution,
    used,
    verdict,
)
from terugkeer.experiments.systems.system import systems

if TYPE_CHECKING:
    from terugkeer.experiments.reports.paired import Row

# of law and places most are not measured yet
HELP = ("organisation", "counsellors", "method", "case_managers", "reintegration")

LISTED = {each.name: each for each in systems()}


def row(mean: float, half: float) -> Row:
    """Return a difference of ten seeds with the half-width of its 95 % interval."""
    return {"mean": mean, "low": mean - half, "high": mean + half, "seeds": 10}


def test_the_resolution_is_half_an_interval_of_99_percent() -> None:
    # t of nine degrees is 2.262157 at 95 % and 3.249836 at 99 %
    assert resolution(row(0.0, 2.262157)) == pytest.approx(3.249836, rel=1e-6)


@pytest.mark.parametrize(
    ("name", "contact", "chief", "says"),
    [
        ("iom", 5.0, -3.3, ACTS),
        ("iom", 5.0, 3.2, BELOW),  # seen at 95 %, not at 99 %
        ("iom", 0.0, 0.0, BELOW),
        ("iom", 5.0, 0.0, BELOW),
        ("tip", 5.0, 3.2, NULL),
        ("tip", 5.0, 3.3, ACTS),
        ("tip", 0.0, 0.0, BELOW),  # nobody is met, so it shows nothing
    ],
)
def test_a_verdict_rests_on_the_chief_outcome_of_what_is_used(
    name: str, contact: float, chief: float, says: str
) -> None:
    system = LISTED[name]
    found = {
        (name, CONTACT): row(contact, 2.262157),
        (name, PATH): row(0.0, 0.0),
        (name, system.chief): row(chief, 2.262157),
    }
    assert verdict(system, found) == says
    assert used(system, found) == (contact > 0.0)


def test_a_system_without_rows_is_not_measured_yet() -> None:
    assert verdict(LISTED["iom"], {}) == NOT_MEASURED


def test_what_is_left_out_is_not_modelled() -> None:
    assert verdict(LISTED["pao"], {}) == NOT_MODELLED


def test_the_table_has_all_that_a_verdict_needs() -> None:
    found = effects()
    assert tuple(found.columns) == COLUMNS
    rows = by_outcome(found)
    helping = [each for each in LISTED.values() if each.kind in HELP and not each.left_out]
    for each in helping:
        assert {(each.name, name) for name in (CONTACT, PATH, each.chief)} <= set(rows)
