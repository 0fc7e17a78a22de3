"""A comparison in plain words, in both languages."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from terugkeer.abm.observation.amounts import noun, signed
from terugkeer.abm.observation.outcomes import BY_ID, COMPANIONS, HEADLINES, OUTCOMES
from terugkeer.abm.observation.reported import OF_LEAVING
from terugkeer.abm.runs.comparison import compared
from terugkeer.experiments.reports.comparison import SECTIONS, summary, told

PACKAGE = "fewer_case_managers"
WHOLE = "2011-2012"


def values(
    found: dict[tuple[str, int], float], ids: tuple[str, ...] = ("weeks_on_street",)
) -> pd.DataFrame:
    """Return a value of outcomes, by scenario and seed, for all years and for each of two."""
    rows = [
        (scenario, seed, name, "all", period, value)
        for (scenario, seed), value in found.items()
        for name in ids
        for period in ("2011", "2012", WHOLE)
    ]
    columns = ["scenario", "seed", "outcome", "group", "period", "value"]
    return pd.DataFrame(rows, columns=columns)


@pytest.mark.parametrize(
    ("name", "row", "english", "dutch"),
    [
        (
            "weeks_on_street",
            (2000.0, 5.0, 1.0, 9.0),
            "5 weeks more (between 1 and 9 more), on 2,000",
            "5 weken meer (tussen 1 en 9 meer), op 2.000",
        ),
        (
            "forced",
            (2000.0, -5.0, -9.0, -1.0),
            "5 files fewer (between 1 and 9 fewer), on 2,000",
            "5 dossiers minder (tussen 1 en 9 minder)",
        ),
        (
            "moved_on",
            (2000.0, 1.0, -3.0, 5.0),
            "cannot be told from chance: between 3 fewer and 5 more persons",
            "onderscheiden van toeval: tussen 3 minder en 5 meer personen",
        ),
        (
            "share_free",
            (0.9, -0.0234, -0.05, -0.001),
            "2.3 percentage points less (between 0.1 and 5.0 less), on 90.0 %",
            "2,3 procentpunt minder (tussen 0,1 en 5,0 minder), op 90,0 %",
        ),
        (
            "spending_total",
            (1.5e9, 2.34e7, 1.1e7, 3.6e7),
            "23.4 million euro more (between 11.0 and 36.0 more), on 1,500.0 million euro",
            "23,4 miljoen euro meer (tussen 11,0 en 36,0 meer), op 1.500,0 miljoen euro",
        ),
        (
            "weeks_without_stable_shelter_per_year",
            (1.5, 0.256, 0.1, 0.5),
            "0.26 weeks a year more",
            "0,26 weken per jaar meer",
        ),
        ("permit", (2000.0, 0.0, 0.0, 0.0), "the same in every run, 2,000", "in elke run gelijk"),
        (
            "permit",
            (2000.0, *(math.nan,) * 3),
            "these runs cannot tell",
            "dat zeggen deze runs niet",
        ),
    ],
)
def test_a_difference_in_words(name: str, row: tuple[float, ...], english: str, dutch: str) -> None:
    named = dict(zip(("base", "difference", "low", "high"), row, strict=True))
    assert english in told(named, BY_ID[name], "en")
    assert dutch in told(named, BY_ID[name], "nl")


def test_the_noun_and_word_of_every_unit_are_known_in_both_languages() -> None:
    for each in OUTCOMES:
        assert noun(each.unit, "en") != noun(each.unit, "nl")
    assert signed(-0.0004, "share") == "+0.0"
    assert signed(-0.0014, "share", "nl") == "-0,1"


def test_headlines_hold_every_family_but_cohorts_and_all_companions() -> None:
    assert set(COMPANIONS) < set(HEADLINES) < set(BY_ID)
    families = {BY_ID[name].family for name in HEADLINES}
    assert families == {each.family for each in OUTCOMES} - {"cohort"}
    assert families > set(OF_LEAVING) - {"cohort"}
    assert {family for family, _, _ in SECTIONS} == {each.family for each in OUTCOMES}


def test_no_summary_tells_of_departures_alone() -> None:
    found = {("a", 1): 4.0, ("a", 2): 5.0, ("b", 1): 4.0, ("b", 2): 5.0}
    table = compared(values(found, tuple(BY_ID)), "a", ["b"])
    table = table[table["period"] == WHOLE]
    about = {
        "base": "a",
        "others": ["b"],
        "first_year": 2011,
        "last_year": 2012,
        "seeds": [1, 2],
        "scale": 1.0,
        "level": 0.95,
    }
    for language, kept in (("en", "Departures are no success"), ("nl", "Vertrek is geen succes")):
        text = summary(table, about, language)  # type: ignore[arg-type]  # both are languages
        assert kept in text
        for each in OUTCOMES:
            assert (each.label if language == "en" else each.label_nl) in text
