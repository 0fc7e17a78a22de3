"""What is run and compared in the study of money: no run is made here."""

from __future__ import annotations

from unittest import mock

import numpy as np
import pandas as pd
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.space.outcomes import KNOWN
from terugkeer.agents.rules.assistance import MONEY, STACKING

from studies.money.study import (
    ARMS,
    ENDS,
    NONE,
    OUTCOMES,
    SEEDS,
    YEARS,
    a_year,
    plan,
    points,
)

NAN = np.nan


def test_every_change_is_met_under_every_pair_of_readings() -> None:
    found = points()
    assert len(found) == len(set(found)) == len(ARMS) * len(MONEY) * len(STACKING) == 63
    for money in MONEY:
        for stacking in STACKING:
            assert {change for change, *pair in found if pair == [money, stacking]} == set(ARMS)


def test_every_cell_is_run_on_the_same_seeds_and_with_all_that_it_sets() -> None:
    found = plan(registry())
    assert [len(set(keys)) for keys in found.keys] == [SEEDS] * len(points())
    runs = {run.key: run for run in found.design.runs}
    assert len(runs) == SEEDS * len(points()) == 630
    for (change, money, stacking), keys in zip(points(), found.keys, strict=True):
        seeds = [runs[key].seed for key in keys]
        assert seeds == [runs[key].seed for key in found.keys[0]]
        names = {name for name, _ in runs[keys[0]].sets}
        assert names == {"money", "stacking", *ARMS[change]}, (change, money, stacking)
    assert not ARMS[NONE]


def test_counts_are_a_year_and_shares_are_not() -> None:
    years = YEARS[1] - YEARS[0] + 1
    outcomes = pd.DataFrame(10.0, index=pd.Index(["a", "b"], name="key"), columns=list(OUTCOMES))
    rows = pd.DataFrame(
        [
            ("a", "assistance", "applied", "all", 7.0),
            ("a", "assistance", "applied", "all", 8.0),
            ("a", "assistance", "applied", "part", 100.0),  # some only
            ("a", "scheme_funnel", "hrt:granted", "all", 9.0),
            ("b", "scheme_funnel", "hrt:granted", "all", 7.0),
            ("b", "scheme_funnel", "hrt:left", "all", 5.0),
            ("a", "scheme_fates", "hrt:applied:refused_means", "all", 2.0),
            ("a", "scheme_fates", "hrt:granted:withdrawn_changed_mind", "all", 1.0),
            ("a", "scheme_fates", "hrt:considers:forced", "all", 100.0),  # never applied
            ("b", "scheme_fates", "hrt:left:with_it", "all", 5.0),
            ("b", "scheme_fates", "hrt:ready:permit", "all", 3.0),
            ("b", "scheme_fates", "pilot:left:with_it", "all", 100.0),  # not told
            ("b", "other", "applied", "all", 100.0),  # another table
        ],
        columns=["key", "table", "item", "group", "persons"],
    )
    with mock.patch("studies.money.study.outcomes_of_runs", return_value=outcomes):
        found = a_year(rows)
    shares = [name for name in OUTCOMES if name.startswith("share_")]
    assert (found[shares] == 10.0).all(axis=None)
    assert (found[[name for name in OUTCOMES if name not in shares]] == 10.0 / years).all(axis=None)
    assert found["assistance:applied"].tolist() == [15.0 / years, 0.0]
    assert found["scheme_funnel:hrt:left"].tolist() == [0.0, 5.0 / years]
    of_hrt = {end: (found[f"ends:hrt:{end}"] * years).tolist() for end in ("applied", *ENDS)}
    others = {end: [0.0, 0.0] for end in ENDS}
    assert of_hrt == others | {
        "applied": [3.0, 8.0],
        "refused": [2.0, 0.0],
        "withdrew": [1.0, 0.0],
        "left": [0.0, 5.0],
        "otherwise": [0.0, 3.0],
    }
    assert not [name for name in found if "fates" in name or "pilot" in name]


def test_every_outcome_of_the_study_is_known() -> None:
    assert set(OUTCOMES) <= set(KNOWN)
