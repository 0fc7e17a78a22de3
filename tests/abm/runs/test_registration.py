"""What a store was made for: written, read again, extended, and held against today."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.override import Override
from terugkeer.abm.evidence.registry import load_registry, registry
from terugkeer.abm.runs import registration
from terugkeer.abm.runs.design import Design, cross, plan
from terugkeer.abm.runs.outcomes import HEADLINE
from terugkeer.abm.runs.registration import read_registration, register
from terugkeer.abm.world.scenario import Scenario, load_scenario

from tests.abm.runs.stand_in.planned import TOTAL, small

EVIDENCE = Path(registration.__file__).parents[1] / "evidence"


def of(scenario: Scenario) -> Design:
    return cross(
        [scenario],
        [1],
        scale=4000.0,
        first_year=2012,
        last_year=2012,
        registry=registry(),
        outcomes=TOTAL,
    )


def lever(value: int, *, words: str = "", source: str = "a memo") -> Scenario:
    start = date(2013, 1, 1)
    return Scenario("more", words, (Override("vbl_weeks", "set", value, start, source),))


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    rows = pd.DataFrame(
        {
            "scenario": ["more", "baseline"],
            "seed": [1, 2],
            "scale": 4000.0,
            "first_year": 2012,
            "last_year": 2013,
            "iom_share": [0.5, None],
        }
    )
    wanted = plan(
        rows, registry=registry(), scenarios=[lever(24)], outcomes=HEADLINE, keeps=["weekly"]
    )
    made = register(wanted, {"asked": "by a test"})
    made.write(tmp_path / "design.json")
    read = read_registration(tmp_path / "design.json", tmp_path)
    assert read == made
    assert read.keys() == [run.key for run in wanted.runs]
    again = read.planned(registry())
    assert [(run.sets, run.seed, run.key) for run in again] == [
        (run.sets, run.seed, run.key) for run in wanted.runs
    ]
    assert again[0].scenario == wanted.runs[0].scenario
    assert read.changed(registry()) == []


def test_new_runs_come_after_the_old_and_none_twice(tmp_path: Path) -> None:
    old = register(small((2, 1)), {})
    assert old.extended(small((1, 2)), tmp_path) is old
    more = old.extended(small((3, 2)), tmp_path)
    assert [run["seed"] for run in more.runs] == [2, 1, 3]


def test_the_words_of_a_scenario_do_not_count_and_its_levers_do(tmp_path: Path) -> None:
    old = register(of(lever(24)), {})
    assert old.extended(of(lever(24, words="In other words.", source="a law")), tmp_path) is old
    with pytest.raises(InputError, match="another scenario that is called 'more'"):
        old.extended(of(lever(25)), tmp_path)


def test_a_scenario_file_counts_by_its_levers(tmp_path: Path) -> None:
    file = tmp_path / "more.toml"
    text = 'name = "more"\ndescription = "Longer."\n\n[levers]\nvbl_weeks = 24\n'
    file.write_text(text, encoding="utf-8")
    old = register(of(load_scenario(file, registry())), {})
    file.write_text(text.replace("Longer.", "Longer stays.") + "# a comment\n", encoding="utf-8")
    assert old.extended(of(load_scenario(file, registry())), tmp_path) is old
    file.write_text(text.replace("24", "25"), encoding="utf-8")
    with pytest.raises(InputError, match="Give this one another name"):
        old.extended(of(load_scenario(file, registry())), tmp_path)


def test_other_outcomes_are_not_mixed_in(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="other outcomes or tables"):
        register(small((1,)), {}).extended(small((1,), keeps=["weekly"]), tmp_path)


def test_changed_sources_are_told_by_file(monkeypatch: pytest.MonkeyPatch) -> None:
    made = register(small((1,)), {})
    now = {**made.sources, "abm/world/model.py": "other", "abm/new.py": "new"}
    del now["agents/codes.py"]
    monkeypatch.setattr(registration, "loaded_sources", lambda: now)
    assert made.changed(registry()) == [
        "source file abm/new.py: new",
        "source file abm/world/model.py: changed",
        "source file agents/codes.py: gone",
    ]


def test_changed_values_are_told_with_old_and_new_and_wording_is_not(tmp_path: Path) -> None:
    """A value, a table and how a factor acts are altered, and every caption and claim."""
    shutil.copytree(EVIDENCE, tmp_path / "evidence")
    made = register(small((1,)), {})
    for path in (tmp_path / "evidence/records").glob("*.toml"):
        text = path.read_text(encoding="utf-8").replace('title = "', 'title = "In other words: ')
        text = text.replace('says = "', 'says = "Or so: ').replace('caveat = "', 'caveat = "Or: ')
        head, found, tail = text.partition("[vbl_weeks]\n")
        if found:
            old = next(line for line in tail.splitlines() if line.startswith("value = "))
            text = head + found + tail.replace(old, "value = 13", 1)
        text = text.replace('variable = "debt_eur"', 'variable = "savings_eur"')
        path.write_text(text, encoding="utf-8")
    table = tmp_path / "evidence/data/dtv_caseload_outflow.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("independent,2011,2050", "independent,2011,2051"), "utf-8")
    (tmp_path / "evidence/README.md").write_text("new", encoding="utf-8")
    of_table, factor, value = made.changed(load_registry(tmp_path / "evidence"))
    assert of_table.startswith("record data/dtv_caseload_outflow.csv: was ")
    assert factor.startswith("record factor_debt: was ")
    assert "debt_eur" in factor
    assert "savings_eur" in factor
    assert value.startswith("record vbl_weeks: was ")
    assert "13" in value


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format_version": 1}, "format_version = 1, and this program knows 2"),
        ({"format_version": None}, "format_version = None"),
        ({"runs": [{"key": "x"}]}, "damaged"),
        ({"outcomes": 5}, "damaged"),
    ],
)
def test_a_register_of_another_kind_is_refused(
    finished: Path, tmp_path: Path, change: dict[str, object], said: str
) -> None:
    content = json.loads((finished / "store/design.json").read_text(encoding="utf-8"))
    path = tmp_path / "design.json"
    path.write_text(json.dumps(content | change), encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_registration(path, tmp_path)


def test_a_register_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read as the register"):
        read_registration(tmp_path / "design.json", tmp_path)


def test_a_register_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        register(small((1,)), {}).write(tmp_path / "nowhere/design.json")
