"""What is set beside the record, on closings made by hand and on a small run."""

from __future__ import annotations

from math import inf

import pandas as pd
import pytest
from terugkeer.abm.observation.published import published

from studies import measured
from studies.record import found
from studies.screen.readings import shares_where_named
from tests.abm.world.small_world import model_of


def closings(*given: tuple[str, float, str]) -> pd.DataFrame:
    return pd.DataFrame(given, columns=["outcome", "weeks", "country"])


def test_a_hazard_is_closings_over_weeks_at_risk() -> None:
    """Weeks 0-3: 2 + 4 + 4 at risk, one closing. Weeks 4-7: 0 + 1 + 4, one. 8-15: 2 and none."""
    closed = closings(("independent", 2, ""), ("independent", 5, ""), ("forced", 10, ""))
    assert found.hazards(closed) == [1 / 10, 1 / 5, 0.0, 0.0, 0.0]


def test_nobody_at_risk_gives_no_hazard() -> None:
    assert found.hazards(closings()) == [0.0] * len(found.AGES)


def test_removals_are_counted_at_liberty_and_with_those_held() -> None:
    """Of four told at liberty one flies, one applies anew, two do not go; two held are stopped."""
    notice = ("noticed", "street", "obliged", "other")
    anew = ("cancelled", "street", "repeat_procedure", "other")
    stopped = ("cancelled", "detention", "repeat_procedure", "other")
    given = [notice] * 4 + [anew, ("cancelled", "vbl", "obliged", "other")] + [stopped] * 2
    given += [
        ("closed", "street", "obliged", "forced"),
        ("closed", "detention", "obliged", "forced"),
    ]
    log = pd.DataFrame(given, columns=["kind", "place", "phase", "outcome"])
    told = [each for _, each, _ in found.removals(log, 10.0)]
    assert told == ["40", "70", "25", "50", "75"]


def test_three_classes_are_shares_over_the_share_in_all() -> None:
    """Half of the named close so and a quarter of all: 2. No country is told."""
    closed = closings(
        ("independent", 1, "Iraq"),
        ("forced", 1, "China"),
        ("unobserved", 1, "Somalia"),
        ("unobserved", 1, "India"),
    )
    assert shares_where_named(closed) == {"independent": 2.0, "unobserved": 2.0, "forced": 0.0}


@pytest.fixture(scope="module")
def rows() -> dict[str, tuple[str, str]]:
    model = model_of(last_year=2015, scale=100.0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(measured, "SCALE", 100)
        return {name: (ours, record) for name, ours, record in found.rows([measured.lived(model)])}


@pytest.mark.slow
def test_the_record_stands_beside_the_model(rows: dict[str, tuple[str, str]]) -> None:
    record = [each for _, each in rows.values()]
    assert record[:7] == [
        "1.44",
        "1.06",
        "0.49, 0.50, 0.60, 0.62, 0.72",
        "63",
        "8",
        "18",
        "57 (s4 H17)",
    ]
    detained = published("removal_measures")
    started = detained["item"].isin(["detention/of_which_origin", "detention/of_which_dublin"])
    assert detained[started]["persons"].sum() / (2_100 + 1_860) == pytest.approx(0.63, abs=0.005)


@pytest.mark.slow
def test_shares_of_the_model_are_possible(rows: dict[str, tuple[str, str]]) -> None:
    ours = [each for each, _ in rows.values()]
    assert all(0.0 <= float(share) <= inf for share in ours[0:2])
    assert all(0.0 < float(share) < 1.0 for share in ours[2].split(", "))
    percent = [each for name, (each, _) in rows.items() if "%" in name]
    assert len(percent) == 11
    assert all(0.0 <= float(each) <= 100.0 for each in percent)
