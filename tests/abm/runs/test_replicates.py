"""How many seeds: widths and stability by hand, and their statistics."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student
from terugkeer.abm.errors import InputError
from terugkeer.abm.runs.replicates import HEADLINES, replicates


def yearly(values: dict[str, list[float]]) -> pd.DataFrame:
    """Rows of `yearly.csv`: each value is spread over two years, beside rows of a group."""
    rows = [
        ("made-up", seed, year, *outcome.split("/"), group, value / 2)
        for outcome, course in values.items()
        for seed, value in enumerate(course, start=1)
        for year in (2011, 2012)
        for group in ("all", "background=asylum")
    ]
    columns = ["scenario", "seed", "year", "table", "item", "group", "persons"]
    return pd.DataFrame(rows, columns=columns)


INDEPENDENT = "dtv_caseload_outflow/independent"


def test_width_and_variation_by_hand() -> None:
    values = [90.0, 110.0, 100.0, 95.0, 105.0, 100.0]
    course = replicates(yearly({INDEPENDENT: values})).course.set_index("seeds")
    assert course.loc[2, "mean"] == 100.0
    assert course.loc[2, "sd"] == pytest.approx(np.sqrt(200.0))
    variation = np.std(values, ddof=1) / 100.0
    assert course.loc[6, "variation"] == pytest.approx(variation)
    width = student.ppf(0.975, 5) * variation / np.sqrt(6)
    assert course.loc[6, "relative_half_width"] == pytest.approx(width)


def test_without_noise_the_fewest_seeds_are_enough() -> None:
    result = replicates(yearly({INDEPENDENT: [100.0] * 12}))
    assert result.recommended == 5
    assert result.expected == 2


def test_nothing_is_recommended_that_was_not_met() -> None:
    rng = np.random.default_rng(1)
    result = replicates(yearly({INDEPENDENT: list(rng.normal(100.0, 20.0, 10))}), target=0.01)
    assert result.recommended is None
    assert result.expected > 100  # (1.96 * 0.2 / 0.01) ** 2 is 1537, from ten seeds roughly


def test_the_noisiest_outcome_decides() -> None:
    rng = np.random.default_rng(2)
    calm, noisy = rng.normal(100.0, 1.0, 200), rng.normal(100.0, 10.0, 200)
    both = replicates(
        yearly({INDEPENDENT: list(calm), "dtv_caseload_outflow/forced": list(noisy)}),
        stability=0.05,
    )
    alone = replicates(yearly({INDEPENDENT: list(calm)}), stability=0.05)
    assert alone.recommended is not None
    assert both.recommended is not None
    assert both.recommended > 5 * alone.recommended


def test_the_width_must_stay_met() -> None:
    """Five seeds that happen to agree are no reason to stop if the sixth does not."""
    values = [100.0] * 5 + [160.0, 40.0] + [100.0] * 43
    advice = replicates(yearly({INDEPENDENT: values}), target=0.05).advice.iloc[0]
    assert advice["for_width"] > 7
    assert advice["for_stability"] > 6


def test_the_expected_number_covers_at_the_stated_rate() -> None:
    """With that many seeds the width is met in about half of repeated studies, not in few."""
    rng = np.random.default_rng(3)
    expected = replicates(yearly({INDEPENDENT: list(rng.normal(100.0, 5.0, 400))})).expected
    sample = rng.normal(100.0, 5.0, (2000, expected))
    widths = student.ppf(0.975, expected - 1) * sample.std(axis=1, ddof=1) / np.sqrt(expected)
    met = (widths / sample.mean(axis=1) <= 0.02).mean()
    assert 0.3 < met < 0.8  # 2,000 studies: the error of the rate is about 0.01


def test_headlines_hold_outcomes_harm_and_circumstances() -> None:
    tables = {table for table, _ in HEADLINES}
    assert tables == {"dtv_caseload_outflow", "true_outcomes", "harm", "voluntariness"}


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"target": 0.0}, "target 0.0"),
        ({"stability": float("nan")}, "stability nan"),
        ({"level": 1.0}, "level 1.0"),
    ],
)
def test_impossible_criteria_are_refused(options: dict[str, float], says: str) -> None:
    with pytest.raises(InputError, match=says):
        replicates(yearly({INDEPENDENT: [1.0] * 6}), **options)


def test_too_few_seeds_and_two_scenarios_are_refused() -> None:
    table = yearly({INDEPENDENT: [1.0] * 4})
    two = pd.concat([table, table.assign(scenario="other")])
    with pytest.raises(InputError) as raised:
        replicates(two)
    assert "several scenarios" in str(raised.value)
    assert "4 given" in str(raised.value)
