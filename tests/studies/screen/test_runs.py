"""What runs of the screen come to, on tables made by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.observation.harm import WEEKS_IN
from terugkeer.abm.world.calendar import first_week
from terugkeer.agents.codes import LegalPhase, Stage

from studies.screen import runs
from studies.screen.cells import Cell
from studies.screen.runs import CONSIDERING, HIDDEN, OUTCOMES, SEEDS
from tests.studies.screen.hand_made import CELLS, screened

if TYPE_CHECKING:
    from pathlib import Path


def test_refused_adults_with_an_open_file_are_asked_whether_they_consider_return() -> None:
    obliged, term, appeal = LegalPhase.OBLIGED, LegalPhase.DEPARTURE_TERM, LegalPhase.APPEAL
    people = SimpleNamespace(
        phase=np.array([obliged, term, obliged, appeal, obliged, obliged]),
        spell_open=np.array([True, True, True, True, False, True]),
        stage=np.array([Stage.CONSIDERING, Stage.NOT_CONSIDERING, *[Stage.PREPARING] * 4]),
    )
    adults = np.array([True, True, True, True, True, False])
    model: Any = SimpleNamespace(people=people, world=SimpleNamespace(adult=lambda _rows: adults))
    assert runs.considering(model) == (3, 2)


def test_weeks_in_places_are_summed_into_the_first_week_of_their_year() -> None:
    start = first_week(2012)
    counted, other = next(iter(WEEKS_IN)), "azc"
    assert other not in WEEKS_IN
    weekly = pd.DataFrame(
        [
            {"week": start - 1, "place": counted, "persons": 99},
            {"week": start, "place": counted, "persons": 1},
            {"week": start + 9, "place": counted, "persons": 2},
            {"week": start + 9, "place": other, "persons": 99},
            {"week": first_week(2013) + 4, "place": counted, "persons": 4},
        ]
    )
    found = runs.weeks_in_places(weekly, start)
    assert found["week"].tolist() == [start, first_week(2013)]
    assert found["persons"].tolist() == [3.0, 4.0]
    assert found["place"].tolist() == [counted, counted]


@pytest.mark.parametrize(
    ("difference", "error", "binds"),
    [(11.0, 5.0, True), (10.0, 1.0, False), (11.0, 6.0, False), (-11.0, 5.0, True)],
)
def test_a_cell_binds_beyond_two_errors_and_a_hundredth_of_the_level(
    difference: float, error: float, binds: bool
) -> None:
    found = screened([{}, {"permit": difference}], [{}, {"permit": error}], level=1000.0)
    assert found.binds(1) is binds
    assert not found.binds(0)


def test_the_size_of_a_cell_is_in_persons() -> None:
    found = screened([{"forced": -7.0, "onward": 3.0, "unsheltered": 900.0, HIDDEN: 80.0}])
    assert found.size(0) == 7.0


def test_the_design_holds_every_cell_with_every_seed() -> None:
    evidence = registry()
    switch = evidence.by_role("switch")[0]
    other = next(each for each in switch.claims if each != switch.value)
    changed = [{"deliberation_rate": 0.1}, {"deliberation_rate": 0.9, switch.name: other}]
    cells = [CELLS[0], *(Cell("", str(sets), sets) for sets in changed)]
    design = runs.design_of(cells, evidence)
    assert [run.seed for run in design.runs] == [*SEEDS] * 3
    sets = [dict(run.sets) for run in design.runs[:: len(SEEDS)]]
    assert sets == [{}, *changed]
    assert {(run.first_year, run.last_year, run.scale) for run in design.runs} == {
        (*runs.YEARS, runs.SCALE)
    }


def test_runs_are_set_against_the_baseline_of_their_seed() -> None:
    """Three cells: the baseline, one with more of all each year, one the same."""
    keys = [f"{cell}{seed}" for cell in "abc" for seed in SEEDS]
    items = {
        **dict.fromkeys(runs.RECORDED, "dtv_caseload_outflow"),
        **dict.fromkeys(runs.TRUE, "true_outcomes"),
        "weeks_without_stable_shelter": "harm",
        "children": "voluntariness",
    }
    yearly, weekly = [], []
    for key in reversed(keys):
        seed = int(key[1])
        persons = 100.0 * seed + (10.0 + seed if key.startswith("b") else 0.0)
        for item, table in items.items():
            for year in (2012, 2013):
                row = {"key": key, "year": year, "table": table, "item": item}
                yearly.append({**row, "group": "all", "persons": persons})
                yearly.append({**row, "group": "sex=f", "persons": 1.0})
        weekly.append({"key": key, "population": HIDDEN, "persons": persons})
        weekly.append({"key": key, "population": CONSIDERING, "persons": 0.2})
        weekly.append({"key": key, "population": "all", "persons": 9e9})
    tables = {"yearly": pd.DataFrame(yearly), "weekly": pd.DataFrame(weekly)}
    design: Any = SimpleNamespace(runs=[SimpleNamespace(key=key) for key in keys])
    store: Any = SimpleNamespace(table=lambda name, _design: tables[name])
    found = runs.screened(design, store)
    assert list(found.levels.columns) == list(OUTCOMES)
    assert found.levels["forced"].tolist() == [100.0, 200.0, 300.0]  # a year
    assert found.levels[CONSIDERING].tolist() == pytest.approx([0.2] * 3)
    assert found.differences["returned_independent"].tolist() == [0.0, 12.0, 0.0]
    assert found.errors[HIDDEN].tolist() == pytest.approx([0.0, 1.0 / np.sqrt(3), 0.0])
    assert found.untouched == [True, False, True]


def test_runs_that_fail_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    places = []
    store = SimpleNamespace(failed=lambda: ["k"], ended={"k": SimpleNamespace(failure="it broke")})

    def run_design(_design: object, where: Path, **_: object) -> SimpleNamespace:
        places.append(where)
        return store

    monkeypatch.setattr(runs, "run_design", run_design)
    design: Any = SimpleNamespace(registry=registry())
    with pytest.raises(RuntimeError, match="1 runs failed, such as: it broke"):
        runs.made(design, tmp_path, lambda: None)
    assert places[0].name.startswith(registry().evidence_hash()[:8])
