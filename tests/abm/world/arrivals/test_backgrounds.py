"""The split of first files by background, year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.abm.world.arrivals.backgrounds import others_by_year, routes_other
from terugkeer.abm.world.arrivals.inflow import country_mix, derive_inflow
from terugkeer.abm.world.calendar import first_week
from terugkeer.abm.world.values import Values
from terugkeer.agents.codes import Background, Route
from terugkeer.agents.traits import unpack

from tests.abm.world.small_world import change, events, model_of

if TYPE_CHECKING:
    from numpy.typing import NDArray


def chances_of(pooled: float, *changes: tuple[str, object]) -> dict[int, NDArray[np.float64]]:
    """Return the chance of an asylum background by year and country."""
    given = (change("asylum_share_of_openings", pooled), *(change(*each) for each in changes))
    inflow = derive_inflow(registry(), given)
    asylum = inflow.openings[: len(inflow.other)]
    chances = asylum / (asylum + inflow.other)
    found = {}
    for year in range(2011, 2018):
        rows = chances[first_week(year) - inflow.start : first_week(year + 1) - inflow.start]
        assert rows == pytest.approx(np.tile(rows[0], (len(rows), 1)))
        found[year] = rows[0]
    return found


@pytest.mark.parametrize("pooled", [0.3, 0.52, 0.8])
def test_the_chances_pool_to_the_record(pooled: float) -> None:
    _, _, shares = country_mix(registry(), 0.07)
    chances = chances_of(pooled)
    assert all(((each > 0.0) & (each < 1.0)).all() for each in chances.values())
    by_year = [float(shares[year] @ chances[year]) for year in range(2013, 2018)]
    assert np.mean(by_year) == pytest.approx(pooled, abs=1e-9)
    assert chances[2012][-1] == pytest.approx(chances[2012][-2])


def test_odds_of_asylum_go_against_the_number_of_others() -> None:
    """0.75 x 1.359 + 0.25 = 1.269 in 2012, 0.75 x 0.564 + 0.25 = 0.673 in 2015."""
    others, read = others_by_year(Timeline(registry()), range(2011, 2018))
    assert others[2012] == others[2011] == pytest.approx(0.75 * 1.359 + 0.25)
    assert others[2015] == others[2017] == pytest.approx(0.75 * 0.564 + 0.25)
    assert read == {"apprehension_course", "route_shares_other"}
    chances = chances_of(0.6)
    odds = {year: each / (1.0 - each) for year, each in chances.items()}
    assert odds[2015] / odds[2012] == pytest.approx(
        np.full(len(odds[2012]), others[2012] / others[2015])
    )


def test_where_only_permits_expire_the_split_is_the_same_in_all_years() -> None:
    chances = chances_of(0.6, ("route_shares_other", (0.0, 0.0, 1.0)))
    for each in chances.values():
        assert each == pytest.approx(chances[2011])


def test_routes_follow_the_course() -> None:
    values = {"route_shares_other": (0.7, 0.1, 0.2), "apprehension_course": 0.5}
    assert routes_other(Values(values)) == pytest.approx([0.35, 0.05, 0.2])


@pytest.mark.slow
def test_fewer_of_the_others_come_in_by_apprehension_when_detention_falls() -> None:
    model = model_of(scale=20.0, first_year=2011, last_year=2015)
    model.run()
    entered = events(model).query("kind == 0")
    packed = entered["traits"].to_numpy()
    entered = entered.assign(route=unpack(packed, "route"))
    other = entered[unpack(packed, "background") == Background.OTHER]
    early = other[other["week"] < first_week(2013)]["route"] == Route.APPREHENDED
    late = other[other["week"] >= first_week(2015)]["route"] == Route.APPREHENDED
    # three standard errors: some 1,150 and 285 persons, of whom families come in together
    assert early.mean() == pytest.approx(0.70 * 1.359 / 1.269, abs=0.06)
    assert late.mean() == pytest.approx(0.70 * 0.564 / 0.673, abs=0.12)
