"""The first study: its design holds together, and its page is written from its tables."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.runs.outcomes import Outcomes
from terugkeer.abm.space.factors import chosen_space
from terugkeer.abm.space.lever_factors import left_out
from terugkeer.abm.space.outcomes import chosen_outcomes
from terugkeer.experiments.sensitivity import cost

from studies.first_look import page, steps
from studies.first_look import study as first_look
from tests.experiments import fake_response

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SMALL = """
scenario = "baseline"
scale = 400
from = 2012
to = 2012
run_seconds = 1.0
outcomes = ["independent"]

[[step]]
name = "first"
command = "screen"
factors = "assistance_cash_adult,night_shelter,household,iom_capacity"
trajectories = 4
seeds = 1

[[step]]
name = "second"
command = "screen"
leading_of = "first"
at_most = 1
trajectories = 4
seeds = 1

[[step]]
name = "near_record"
command = "pawn"
same_as = "second"
tolerance = 2.0
n = 64
seeds = 1
"""


@pytest.fixture
def small(tmp_path: Path) -> steps.Study:
    design = tmp_path / "design.toml"
    design.write_text(SMALL, encoding="utf-8")
    return steps.read_design(design, tmp_path / "runs")


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def answer(simulate: object) -> None:
        monkeypatch.setattr(Outcomes, "count", lambda _self, result: result.events)
        monkeypatch.setattr(cost, "simulate_run", simulate)
        monkeypatch.setattr("sys.argv", ["study.py"])

    return answer


def test_the_design_covers_every_lever_and_every_parameter() -> None:
    evidence = registry()
    design = steps.read_design()
    by_name = {step.name: step for step in design.steps}
    beside = by_name["levers_beside"].factors.split(",")
    assert set(beside) == set(left_out(evidence))
    chosen_space(evidence, ",".join(beside))
    groups = steps.groups_of(by_name["mechanisms"], evidence)
    members = [each for names in groups.values() for each in names]
    assert len(members) == len(set(members)) > 250
    assert chosen_outcomes(",".join(design.shared["outcomes"]))
    assert (design.shared["from"], design.shared["to"]) == (2011, 2015)


def test_the_cost_is_that_of_the_command(small: steps.Study) -> None:
    evidence = registry()
    assert steps.runs_of(small.steps[0], evidence) == 4 * (4 + 2)
    assert steps.cost_lines(small, evidence, 1) == [
        "first: 24 runs, about 1 minutes",
        "second: at most 12 runs, about 1 minutes",
        "near_record: 64 runs, about 2 minutes",
        "all: 100 runs, about 0.0 hours on 1 process(es)",
    ]


def test_a_step_waits_for_the_one_that_hands_it_its_factors(small: steps.Study) -> None:
    with pytest.raises(InputError, match="needs 'first', which is not finished"):
        steps.arguments(small, small.steps[1], registry())
    assert page.results(small) == page.NOTHING


def test_members_of_groups_are_taken_whole_while_there_is_room(tmp_path: Path) -> None:
    table = pd.DataFrame({"factor": list("abcde"), "group": ["g", "g", "g", "h", "i"]})
    table.to_csv(tmp_path / "factors.csv", index=False)
    assert steps._members(tmp_path, ["h", "g", "i"], 4) == ["d", "a", "b", "c"]
    assert steps._members(tmp_path, ["h", "g", "i"], 3) == ["d", "e"]


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


def test_the_study_goes_from_design_to_page(
    small: steps.Study,
    tmp_path: Path,
    answering: Callable[..., None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    answering(fake_response.responding(fake_response.straight))
    assert not first_look.made(small, None, 1)  # of 64 points too few are near the record
    assert "of 64 points are plausible" in capsys.readouterr().err
    factors = pd.read_csv(small.folder / "second" / "factors.csv")["factor"].tolist()
    assert factors == ["assistance_cash_adult", "dummy"]
    first_look.keep(small, tmp_path / "results")
    kept = {each.name for each in (tmp_path / "results" / "first").iterdir()}
    assert kept == {
        "study.json",
        "factors.csv",
        "indices.csv",
        "verdict.csv",
        "above_noise.csv",
        "bars.png",
        "nusap.png",
    }
    assert not (tmp_path / "results" / "near_record").exists()
    own = tmp_path / "README.md"
    own.write_text(f"before\n{page.START}\nwas here\n{page.END}\nafter\n", encoding="utf-8")
    page.write_page(small, own)
    text = own.read_text("utf-8")
    assert text.startswith(f"before\n{page.START}\n\n**Uncalibrated.** 36 runs")
    assert text.endswith(f"{page.END}\nafter\n")
    assert "was here" not in text
    assert "Not finished: near_record." in text
    indices = pd.read_csv(small.folder / "first" / "indices.csv")
    size = indices.query("outcome == 'independent' and index == 'mu_star'")
    value = size.set_index("factor")["value"]["assistance_cash_adult"]
    assert f"| +{value:.3g} |" in text or f"| ±{value:.3g} |" in text
    columns = next(line for line in text.splitlines() if line.startswith("| factor |"))
    for companion in chosen_outcomes("independent"):
        assert (f"`{companion}`" in columns) or (f"`{companion}`" in text)
    never = text.split("### What never binds")[1].split("###")[0]
    assert "`night_shelter`" in never
    assert "`assistance_cash_adult`" not in never
    wrong = text.split("### What looks wrong")[1]
    assert "not shown to move above chance, with 4 trajectories: `night_shelter`" in wrong
    page.write_page(small, own)
    assert own.read_text("utf-8") == text


def test_the_page_that_ships_has_its_marks() -> None:
    text = (steps.HERE / "README.md").read_text("utf-8")
    before, _, rest = text.partition(page.START)
    assert "**Nothing\nis calibrated.**" in before
    assert page.END in rest


def test_the_words_are_about_the_tables_below_them() -> None:
    words, results = (steps.HERE / "README.md").read_text("utf-8").split(page.START)
    (told,) = re.findall(r"from the tables below \(evidence ([0-9a-f]{12})\)", words)
    assert f"evidence and sources {told} and" in results  # made anew: write the words anew too
    for step in steps.read_design().steps:
        about = json.loads((steps.HERE / "results" / step.name / "study.json").read_text("utf-8"))
        assert about["evidence_hash"].startswith(told)
        assert about["finished"]
        assert about["ask"]["number"] == step.number
