"""The steps of a study: what each varies, what it costs, and the command that makes it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.space.factors import chosen_space
from terugkeer.abm.space.lever_factors import left_out
from terugkeer.abm.space.outcomes import chosen_outcomes

from studies.first_look import steps

if TYPE_CHECKING:
    from pathlib import Path


def finish(study: steps.Study, name: str, rows: list[tuple[str, str, float, bool]]) -> None:
    """Write what a finished step says of factors: factor, outcome, size, above the noise."""
    folder = study.folder / name
    folder.mkdir(parents=True)
    (folder / "study.json").write_text(json.dumps({"finished": True}), encoding="utf-8")
    table = pd.DataFrame(rows, columns=["factor", "outcome", "value", "above"])
    table.to_csv(folder / "above_noise.csv", index=False)


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


def test_a_step_is_read_with_what_hands_it_its_factors(small: steps.Study) -> None:
    first, second, near = small.steps
    assert (first.number, first.needs) == (4, ("", ""))
    assert (second.needs, second.at_most) == (("leading_of", "first"), 1)
    assert (near.needs, near.number, near.tolerance) == (("same_as", "second"), 64, 2.0)
    assert small.shared["scenario"] == "baseline"
    assert "step" not in small.shared


def test_a_step_waits_for_the_one_that_hands_it_its_factors(small: steps.Study) -> None:
    with pytest.raises(InputError, match="needs 'first', which is not finished"):
        steps.arguments(small, small.steps[1], registry())
    finish(small, "first", [("iom_capacity", "independent", 1.0, False)])
    with pytest.raises(InputError, match="nothing stands above the noise"):
        steps.arguments(small, small.steps[1], registry())


def test_a_finished_step_is_one_that_says_so(small: steps.Study) -> None:
    assert not small.finished("first")
    finish(small, "first", [])
    assert small.finished("first")
    (small.folder / "first" / "study.json").write_text('{"finished": false}', encoding="utf-8")
    assert not small.finished("first")


def test_factors_lead_by_their_part_of_the_largest_of_an_outcome(small: steps.Study) -> None:
    rows = [
        ("a", "independent", 50.0, True),
        ("b", "independent", 100.0, False),
        ("e", "independent", 10.0, False),
        ("a", "weeks", 900.0, True),
        ("c", "weeks", 1000.0, True),
        ("d", "other", 1.0, True),
    ]
    finish(small, "first", rows)
    asked = ["independent", "weeks"]
    assert steps.leading(small.folder / "first", asked) == ["c", "a"]
    assert steps.leading(small.folder / "first", ["independent"]) == ["a"]


def test_the_words_of_a_command_are_those_of_its_method(small: steps.Study) -> None:
    finish(small, "first", [("iom_capacity", "independent", 1.0, True)])
    screen, second, pawn = (steps.arguments(small, each, registry()) for each in small.steps)
    assert screen[:3] == ["screen", "--factors", small.steps[0].factors]
    assert screen[screen.index("--trajectories") + 1] == "4"
    assert second[2] == pawn[2] == "iom_capacity"
    assert pawn[pawn.index("--n") + 1] == "64"
    assert pawn[-3:] == ["--plausible", "--tolerance", "2.0"]
    assert str(small.folder / "second") in second
    sobol = steps.arguments(small, replace(small.steps[0], command="sobol"), registry())
    assert sobol[-1] == "--emulator"


def test_factors_of_one_mechanism_count_as_one(small: steps.Study) -> None:
    factors = "vbl_weeks,iom_capacity,vwn_capacity"
    step = replace(small.steps[0], factors=factors, groups="mechanism")
    shared = registry()["iom_capacity"].mechanism
    assert registry()["vwn_capacity"].mechanism == shared != registry()["vbl_weeks"].mechanism
    assert steps.groups_of(step, registry()) == {f"{shared}_all": ["iom_capacity", "vwn_capacity"]}
    assert steps.groups_of(small.steps[0], registry()) == {}
    assert steps.runs_of(step, registry()) == 4 * (3 + 1 - 1 + 1)  # the dummy beside them
    words = steps.arguments(small, step, registry())
    assert words[-2:] == ["--group", f"{shared}_all=iom_capacity,vwn_capacity"]


def test_members_of_groups_are_taken_whole_while_there_is_room(tmp_path: Path) -> None:
    table = pd.DataFrame({"factor": list("abcde"), "group": ["g", "g", "g", "h", "i"]})
    table.to_csv(tmp_path / "factors.csv", index=False)
    assert steps._members(tmp_path, ["h", "g", "i"], 4) == ["d", "a", "b", "c"]
    assert steps._members(tmp_path, ["h", "g", "i"], 3) == ["d", "e"]
