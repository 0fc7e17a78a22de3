"""Readings of what is contested: which one stands, and what is told of the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.experiments.sensitivity.question import Question
from terugkeer.experiments.sensitivity.survival import compared, conclusions, crossed_alternatives

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

CONTESTED = ("household", "rule_of_in_kind")


def _question(scenario: str = "baseline", *, factorial: bool = False) -> Question:
    return Question(
        "survival", "night_shelter_capacity", "independent", 2, 1, 400.0, 2012, 2012, scenario,
        factorial=factorial, switches=",".join(CONTESTED),
    )  # fmt: skip


def _set_to(question: Question) -> dict[str, tuple[object, ...]]:
    """Return by reading what holds in its runs."""
    where, plan = crossed_alternatives(question, registry())
    runs = {run.key: run for run in plan.design.runs}
    found = {}
    for place, reading in where["reading"].items():
        run = runs[plan.keys[int(str(place))][0]]
        held = Timeline(registry(), run.drawn().entries).at(date(2012, 6, 1))
        found[str(reading)] = tuple(held[name] for name in CONTESTED)
    return found


def test_effects_by_country_are_not_told_one_by_one() -> None:
    question = replace(_question(), factors="country_return_scores,night_shelter_capacity")
    where, _ = crossed_alternatives(question, registry())
    assert set(where["factor"]) == {"night_shelter_capacity"}
    with pytest.raises(InputError, match="no table orders countries"):
        crossed_alternatives(replace(question, factors="country_return_scores"), registry())


def _concluded(low: np.ndarray, high: np.ndarray, grain: float = 0.0) -> pd.Series:
    table = compared(low, high, grain)
    names = ["as it stands", *(f"r{each}" for each in range(1, len(low)))]
    return conclusions(table.assign(outcome="y", factor="x", reading=names)).iloc[0]


def test_all_that_stands_comes_first_among_combinations() -> None:
    held = _set_to(_question(factorial=True))
    assert len(held) == 9
    assert next(iter(held)) == "as it stands"
    assert held["as it stands"] == ("mean", "stacked")  # what the registry says
    assert held["household=veto, rule_of_in_kind=either_or"] == ("veto", "either_or")
    assert held["household=mean, rule_of_in_kind=either_or"] == ("mean", "either_or")
    assert len(set(held.values())) == 9


@pytest.mark.parametrize("factorial", [False, True])
def test_what_stands_is_what_the_scenario_says(tmp_path: Path, *, factorial: bool) -> None:
    file = tmp_path / "other.toml"
    file.write_text('name = "other"\n[switches]\nhousehold = "veto"\n', encoding="utf-8")
    held = _set_to(_question(str(file), factorial=factorial))
    assert next(iter(held)) == "as it stands"
    assert held["as it stands"] == ("veto", "stacked")
    assert len(held) == len(set(held.values())) == (9 if factorial else 5)
    if not factorial:
        assert held["household=mean"] == ("mean", "stacked")


def test_what_changes_by_date_stands_as_a_course(tmp_path: Path) -> None:
    file = tmp_path / "dated.toml"
    entry = '[levers]\nrule_of_in_kind = { value = "either_or", from = 2012-03-01 }\n'
    file.write_text(f'name = "dated"\n{entry}', encoding="utf-8")
    held = _set_to(_question(str(file)))
    assert held["as it stands"] == held["rule_of_in_kind=either_or"] == ("mean", "either_or")
    assert held["rule_of_in_kind=stacked"] == ("mean", "stacked")
    assert len(_set_to(_question(str(file), factorial=True))) == 12


def test_the_same_effect_in_all_readings_seldom_counts_as_fading() -> None:
    rng = np.random.RandomState(7)
    told = []
    for _ in range(150):
        low = rng.normal(size=(31, 8)) / np.sqrt(2)
        told.append(_concluded(low, low + 2.0 + rng.normal(size=(31, 8))))
    taken = [bool(each["fades_in"] or each["reverses_in"]) for each in told]
    assert np.mean(taken) < 0.1  # where labels are compared, in three of four
    clear = [each["survives"] for each in told if each["says"] == "raises"]
    assert len(clear) > 120
    assert clear.count("yes") > 0.9 * len(clear)


def test_what_takes_an_effect_away_is_told_by_paired_seeds() -> None:
    luck = np.array([-40.0, -10.0, 15.0, 45.0])  # the same in each reading, and larger than effects
    effects = np.array([20.0, 21.0, 5.0, 0.0, -20.0, 60.0])
    noise = np.array([0.5, -0.5, 0.3, -0.3])
    low = np.tile(luck, (6, 1))
    high = low + effects[:, None] + noise * np.array([1, -1, 1, -1, 1, -1])[:, None]
    one = _concluded(low, high)
    assert one["survives"] == "no"
    assert (one["fades_in"], one["reverses_in"], one["arises_in"]) == ("r2; r3", "r4", "")
    assert (one["holds"], one["not_told_apart"]) == (2, 0)
    assert one["words"].endswith(
        "; holds in 2 of 5 other alternatives, fades in r2; r3, reverses in r4"
    )
    null = _concluded(low[[3, 0, 2]], high[[3, 0, 2]])
    assert null["survives"] == ""
    assert (null["says"], null["arises_in"]) == ("no clear effect", "r1; r2")
    assert null["words"].startswith("no clear effect as it stands (interval -0.7576 to 0.7576)")


def test_what_cannot_be_told_apart_neither_holds_nor_fades() -> None:
    low = np.zeros((2, 4))
    high = np.array([[9.0, 10.0, 11.0, 10.0], [30.0, -20.0, 15.0, -10.0]])
    one = _concluded(low, high)
    assert one["survives"] == "yes"
    assert (one["holds"], one["not_told_apart"], one["fades_in"]) == (0, 1, "")
    wide = _concluded(low, high[::-1])
    assert wide["survives"] == ""  # however wide, a null is no conclusion that survives
    assert wide["arises_in"] == ""
