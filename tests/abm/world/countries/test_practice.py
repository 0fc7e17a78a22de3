"""What is documented of countries holds from its day, and codes say nothing."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.arrivals.inflow import country_mix
from terugkeer.abm.world.calendar import week_of
from terugkeer.abm.world.countries.practice import DATED, CountryPractice, by_code

if TYPE_CHECKING:
    from terugkeer.abm.evidence.registry import Registry

COUNTRIES, _, _ = country_mix(registry(), 0.07)
PRACTICE = CountryPractice(registry(), COUNTRIES)


def holds(country: str, covariate: str, day: date) -> bool:
    row = PRACTICE.at(week_of(day))[COUNTRIES.index(country)]
    return bool(row[DATED.index(covariate)] == 1.0)


@pytest.mark.parametrize(
    ("country", "covariate", "before", "after"),
    [
        ("Albania", "visa_free", date(2010, 12, 7), date(2010, 12, 15)),
        ("Georgia", "visa_free", date(2017, 3, 20), date(2017, 3, 28)),
        ("Ukraine", "visa_free", date(2017, 6, 4), date(2017, 6, 11)),
        ("Georgia", "readmission", date(2011, 2, 20), date(2011, 3, 1)),
        ("Turkey", "readmission", date(2014, 9, 24), date(2014, 10, 1)),
        ("Kosovo", "safe_list", date(2015, 10, 27), date(2015, 11, 3)),
        ("Morocco", "safe_list", date(2016, 2, 2), date(2016, 2, 9)),
        ("Iran", "strategic", date(2010, 10, 25), date(2010, 11, 1)),
        ("Algeria", "safe_list", date(2016, 10, 4), date(2016, 10, 11)),
    ],
)
def test_a_fact_holds_from_the_week_of_its_day(
    country: str, covariate: str, before: date, after: date
) -> None:
    assert not holds(country, covariate, before)
    assert holds(country, covariate, after)


def test_what_holds_before_the_years_and_what_never_does() -> None:
    for country in ("Macedonia", "Serbia", "United States"):
        assert holds(country, "visa_free", date(2011, 1, 3))
    assert not PRACTICE.at(week_of(date(2001, 1, 1))).any()
    assert not holds("Kosovo", "visa_free", date(2017, 12, 29))
    for rest in ("other_safe", "other_not_safe"):
        assert not PRACTICE.at(week_of(date(2017, 12, 29)))[COUNTRIES.index(rest)].any()


def test_codes_stand_in_an_order_that_says_nothing() -> None:
    table = registry().tables.frame("country_codes")
    by_hash = sorted(COUNTRIES, key=lambda each: sha256(each.encode()).hexdigest())
    assert table["country"].tolist() == by_hash
    assert table["code"].tolist() == [f"c{number:02d}" for number in range(1, len(by_hash) + 1)]
    places = by_code(registry(), COUNTRIES)
    assert [by_hash[each] for each in places] == list(COUNTRIES)


def test_records_of_countries_are_written_under_the_codes() -> None:
    codes = tuple(registry().tables.frame("country_codes")["code"])
    of_countries = [each for each in registry().values() if each.parts[:1] == ("c01",)]
    assert len(of_countries) == 6
    assert {each.parts for each in of_countries} == {codes}
    for record in of_countries:
        assert not any(name in record.model_dump_json() for name in COUNTRIES)


def stand_in(**frames: pd.DataFrame) -> Registry:
    return cast("Registry", SimpleNamespace(tables=SimpleNamespace(frame=frames.__getitem__)))


def test_an_unknown_country_and_a_day_that_is_none_are_refused() -> None:
    columns = ["country", "covariate", "from_day", "value"]
    rows = [("Atlantis", "visa_free", "2011-01-01", 1.0), ("Iraq", "visa_free", "2011-13-01", 1.0)]
    evidence = stand_in(country_practice=pd.DataFrame(rows, columns=columns))
    with pytest.raises(InputError) as refused:
        CountryPractice(evidence, ("Iraq", "Iran"))
    assert "'Atlantis' is unknown. Known: Iran, Iraq." in str(refused.value)
    assert "from_day = '2011-13-01' is no date" in str(refused.value)


@pytest.mark.parametrize("coded", [["Iraq"], ["Iraq", "Iran", "Iran"], ["Iraq", "Iran", "Oz"]])
def test_codes_that_do_not_match_the_countries_are_refused(coded: list[str]) -> None:
    with pytest.raises(InputError, match="must match one to one"):
        by_code(stand_in(country_codes=pd.DataFrame({"country": coded})), ("Iraq", "Iran"))


def test_a_question_changes_nothing() -> None:
    first = PRACTICE.at(week_of(date(2017, 12, 29))).copy()
    PRACTICE.at(week_of(date(2005, 1, 3)))
    assert np.array_equal(first, PRACTICE.at(week_of(date(2017, 12, 29))))
