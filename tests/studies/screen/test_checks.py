"""What the sheets expect, beside numbers made by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from terugkeer.abm.evidence.registry import registry

from studies.screen import checks
from studies.screen.cells import cells
from tests.studies.screen.hand_made import CELLS, HOLDS, screened

EVERY = cells(registry())
MOVES = {  # differences of cells with which every expectation of the sheets holds
    "`assistance_cash_adult` = 0": -50.0,
    "`assistance_cash_adult` = 8000": 50.0,
    "`talk_weight` = 0": 100.0,
    "`health_pessimism` = 0": 900.0,
    "`origin_safety_change` = 0.3": 800.0,
    "all of deter, family x 0": 700.0,
    "`factor_host_network` x 0": 600.0,
}
ENDED = ("`family_location_open` = no", "`departure_term_weeks` = 1")


def judged(seen: dict[str, float] | None = None, **moved: float) -> dict[str, bool]:
    """Return which expectations hold, with some numbers of `HOLDS` and `MOVES` otherwise."""
    moves = MOVES | moved
    differences = [
        {
            "returned_independent": moves.get(cell.name, 0.0),
            "unobserved": 10.0 if cell.name in ENDED else 0.0,
        }
        for cell in EVERY
    ]
    lived = pd.DataFrame([HOLDS | (seen or {})] * 2)
    return {each.name: each.holds for each in checks.checks(EVERY, screened(differences), lived)}


def test_every_expectation_can_hold() -> None:
    found = judged()
    assert len(found) == 21
    assert all(found.values()), [name for name, holds in found.items() if not holds]


@pytest.mark.parametrize(
    ("number", "value", "name"),
    [
        ("school_independent", 0.81, "child at school"),
        ("school_forced", 0.51, "recorded forced departure"),
        ("family_location_year_2", 0.04, "from a family location"),
        ("family_location_year_3", 0.021, "from a family location"),
        ("family_location_stay", 77.0, "stays in family locations"),
        ("with_mental", 0.1, "rank of health"),
        ("hazard_street", 0.011, "on the street"),
        ("hazard_private", 0.021, "in reception during"),
        ("fell_back", 0.27, "give it up"),
        ("considering_refused", 0.26, "refused adults who consider"),
        ("considering_in_law", 0.1, "the same while a procedure runs"),
        ("leaving_family_location", 0.31, "departures over starts"),
        ("years_unobserved_largest", 4.9, "years of 2011-15"),
        ("heavy_forced", 1.0, "closed as forced"),
    ],
)
def test_a_number_beyond_its_tolerance_fails_its_own_expectation(
    number: str, value: float, name: str
) -> None:
    more = {"with_physical": 0.0} if number == "with_mental" else {}
    failed = [each for each, holds in judged({number: value, **more}).items() if not holds]
    assert len(failed) == 1
    assert name in failed[0]


@pytest.mark.parametrize(
    ("cell", "difference", "names"),
    [
        ("`assistance_cash_adult` = 0", -101.0, ["that cash of 1,750 euro adds"]),
        ("`assistance_cash_adult` = 0", 1.0, ["that cash of 1,750 euro adds"]),
        ("`assistance_cash_adult` = 8000", 760.0, ["against the spans of health", "span of talks"]),
        ("`talk_weight` = 0", 601.0, ["span of talks"]),
        ("`factor_host_network` x 0", 0.0, ["span of talks", "span of origin"]),
        ("`family_location_open` = no", 51.0, ["no family locations"]),
    ],
)
def test_an_effect_beyond_its_tolerance_fails_its_own_expectations(
    cell: str, difference: float, names: list[str]
) -> None:
    failed = [each for each, holds in judged(**{cell: difference}).items() if not holds]
    assert len(failed) == len(names)
    for told, name in zip(failed, names, strict=True):
        assert name in told


def test_a_span_is_taken_between_cells_and_from_the_baseline() -> None:
    found = screened([{}, {"forced": 3.0}, {"forced": -4.0, "returned_independent": 7.0}])
    effects = checks.Effects(CELLS, found)
    assert effects.of("two") == 7.0
    assert effects.span("one", "two", "forced") == -7.0
    assert effects.span("one", "", "forced") == -3.0
    assert effects.level["forced"] == 1000.0
