"""The page of the study: written from its tables, and its words are about them."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pandas as pd
import pytest

from studies.first_look import page, steps

SHIPPED = (steps.HERE / "README.md").read_text("utf-8")


def test_mechanisms_without_room_are_named(small: steps.Study) -> None:
    for name, factors, groups in (("first", "abcd", "gggh"), ("second", "d", "h")):
        (small.folder / name).mkdir(parents=True)
        table = pd.DataFrame({"factor": list(factors), "group": list(groups)})
        table.to_csv(small.folder / name / "factors.csv", index=False)
    above = pd.DataFrame(
        {"outcome": "independent", "factor": ["g", "h"], "value": [2.0, 1.0], "above": True}
    )
    above.to_csv(small.folder / "first" / "above_noise.csv", index=False)
    second = replace(small.steps[1], needs=("members_of", "first"))
    (told,) = page._left_aside(small, second)
    assert told.endswith("not looked at one by one, for want of room: `g` (3).")


def test_nothing_is_written_before_a_step_is_finished(small: steps.Study) -> None:
    assert page.results(small) == page.NOTHING


def test_the_results_that_ship_are_those_of_the_tables_kept_beside_them() -> None:
    kept = steps.read_design(folder=steps.HERE / "results")
    _, _, results = SHIPPED.partition(page.START)
    assert page.results(kept) == results.partition(page.END)[0].strip()


@pytest.mark.parametrize(
    ("value", "mean", "index", "stands", "told"),
    [
        (1234.4, 1200.0, "mu_star", True, "+1,230"),
        (0.0123456, -0.012, "mu_star", True, "-0.0123"),
        (10.0, 8.9, "mu_star", True, "±10"),
        (10.0, -9.1, "mu_star", False, "[-10]"),
        (0.126, 0.0, "ST", True, "0.13"),
        (0.126, 0.0, "S1", False, "[0.13]"),
    ],
)
def test_an_index_has_a_sign_if_its_mean_shows_one_and_brackets_below_the_noise(
    value: float, mean: float, index: str, stands: bool, told: str
) -> None:
    assert page._cell(value, mean, index, stands=stands) == told


def test_factors_above_the_noise_stand_first_and_those_without_effect_nowhere() -> None:
    part = pd.DataFrame(
        {"x": [1.0, 0.5, 0.2, 0.1, 0.0], "y": [0.0, 0.1, 0.9, 0.3, 0.0]}, index=list("abcde")
    )
    above, sure = {("b", "x")}, {("c", "x"), ("d", "y")}
    assert page._in_order(part, above, sure) == ["b", "d", "c", "a"]


def test_text_before_and_after_the_marks_stays(small: steps.Study) -> None:
    own = small.folder.parent / "README.md"
    own.write_text(f"before\n{page.START}\nwas here\n{page.END}\nafter\n", encoding="utf-8")
    page.write_page(small, own)
    again = f"before\n{page.START}\n\n{page.NOTHING}\n\n{page.END}\nafter\n"
    assert own.read_text("utf-8") == again


def test_the_page_that_ships_has_its_marks() -> None:
    before, _, rest = SHIPPED.partition(page.START)
    assert "**Nothing is calibrated.**" in " ".join(before.split())
    assert page.END in rest


def test_the_words_are_about_the_tables_below_them() -> None:
    words, results = SHIPPED.split(page.START)
    (told,) = re.findall(r"from the tables below \(evidence ([0-9a-f]{12})\)", words)
    assert f"evidence and sources {told} and" in results  # made anew: write the words anew too
    for step in steps.read_design().steps:
        about = json.loads((steps.HERE / "results" / step.name / "study.json").read_text("utf-8"))
        assert about["evidence_hash"].startswith(told)
        assert about["finished"]
        assert about["ask"]["number"] == step.number
