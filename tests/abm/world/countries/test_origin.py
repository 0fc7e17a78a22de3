"""What is true of countries of origin, by hand from the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.abm.world.arrivals.inflow import country_mix
from terugkeer.abm.world.calendar import first_week, sunday
from terugkeer.abm.world.countries.origin import Conditions, OriginConditions
from terugkeer.abm.world.values import Values
from terugkeer.agents.codes import OriginGroup
from terugkeer.agents.country import CountryOfOrigin

from tests.abm.world.small_world import change, model_of

if TYPE_CHECKING:
    from terugkeer.abm.evidence.override import Override

COUNTRIES, GROUPS, _ = country_mix(registry(), 0.07)
ORIGIN = OriginConditions(registry(), COUNTRIES, GROUPS)
ALONE = change("origin_country_weight", 1.0)
POOLED = change("origin_country_weight", 0.0)


def conditions(year: int, *changes: Override) -> Conditions:
    now = Values(Timeline(registry(), changes).at(sunday(first_week(2013))))
    return OriginConditions(registry(), COUNTRIES, GROUPS).at(year, now)


def of(country: str, values: Conditions) -> tuple[float, float, float]:
    index = COUNTRIES.index(country)
    return tuple(float(each[index]) for each in values)  # type: ignore[return-value] # three values


# governance from -3 to 1, development from 0.3 to 0.95
@pytest.mark.parametrize(
    ("country", "stability", "law", "effectiveness", "development"),
    [("Afghanistan", -2.5024, -1.5926, -1.3356, 0.493), ("China", -0.5605, -0.3372, 0.4242, 0.743)],
)
def test_a_country_alone_is_its_scaled_indicators(
    country: str, stability: float, law: float, effectiveness: float, development: float
) -> None:
    safety = ((stability + 3) / 4 + (law + 3) / 4) / 2
    expected = (safety, (development - 0.3) / 0.65, (effectiveness + 3) / 4)
    assert of(country, conditions(2015, ALONE)) == pytest.approx(expected)


def test_countries_are_pulled_toward_their_group() -> None:
    alone, together = conditions(2014, ALONE), conditions(2014, POOLED)
    for values in together:
        for group in OriginGroup:
            assert np.ptp(values[group == GROUPS]) == pytest.approx(0.0)
    half = conditions(2014, change("origin_country_weight", 0.5))
    for one, other, between in zip(alone, together, half, strict=True):
        assert between == pytest.approx((one + other) / 2)
    safe, not_safe = (int(np.flatnonzero(group == GROUPS)[0]) for group in OriginGroup)
    assert together.safety[safe] > together.safety[not_safe]


def test_countries_without_a_value_stand_at_the_mean_of_their_group() -> None:
    alone = conditions(2013, ALONE)
    for country, group in (("Somalia", OriginGroup.NOT_SAFE), ("Kosovo", OriginGroup.SAFE)):
        members = [
            index
            for index, name in enumerate(COUNTRIES)
            if GROUPS[index] == group and name not in {"Somalia", "Kosovo"}
            if not name.startswith("other_")
        ]
        mean = alone.livelihood[members].mean()
        assert of(country, alone)[1] == pytest.approx(mean)
        rest = of(f"other_{group.name.lower()}", alone)
        assert rest[1] == pytest.approx(mean)
    assert of("other_not_safe", alone) == pytest.approx(of("other_not_safe", conditions(2013)))


def test_years_without_governance_hold_the_last_and_years_beyond_hold_the_ends() -> None:
    last, held = conditions(2015), conditions(2017)
    assert np.array_equal(last.safety, held.safety)
    assert np.array_equal(last.institutions, held.institutions)
    assert not np.array_equal(last.livelihood, held.livelihood)
    for beyond, end in ((2008, 2009), (2020, 2017)):
        for one, other in zip(conditions(beyond), conditions(end), strict=True):
            assert np.array_equal(one, other)


def test_levers_move_all_countries_and_stay_on_the_scale() -> None:
    usual = conditions(2012)
    better = conditions(2012, change("origin_safety_change", 0.1))
    assert better.safety == pytest.approx(np.minimum(usual.safety + 0.1, 1.0))
    assert np.array_equal(better.livelihood, usual.livelihood)
    worst = conditions(2012, change("origin_livelihood_change", -1.0))
    assert not worst.livelihood.any()


def test_new_values_are_read() -> None:
    day = sunday(first_week(2013))
    now = Values(Timeline(registry()).at(day))
    before = ORIGIN.at(2013, now)
    assert ORIGIN.at(2013, now) is before
    now.update(Timeline(registry(), [change("origin_safety_change", 0.2)]).at(day))
    assert (ORIGIN.at(2013, now).safety > before.safety).all()


def test_countries_as_agents_show_what_is_true_this_year() -> None:
    model = model_of(scale=1000.0)
    while model.week < first_week(2011):
        model.step()
    now = conditions(2010)
    countries = model.agents_by_type[CountryOfOrigin]
    assert [each.safety for each in countries] == now.safety.tolist()
    assert [each.livelihood for each in countries] == now.livelihood.tolist()
    model.step()
    assert countries.get("safety") == conditions(2011).safety.tolist()
