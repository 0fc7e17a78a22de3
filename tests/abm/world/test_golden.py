"""Yearly counts of small runs, as they were when somebody last looked at them.

Three scenarios, each also where nobody weighs: a change to the decision moves none
of the counts whose name begins with `hazards`. Those whose name begins with `late` are of the
years in which the later rules hold.

`pytest tests/abm/world/test_golden.py --write-golden` records the counts of
today; the changelog then says why they changed.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.observation.catalogue import OBSERVERS, observe
from terugkeer.abm.runs.simulate import simulate
from terugkeer.abm.world.scenario import load_scenario

from tests.abm.world.small_world import MODES

if TYPE_CHECKING:
    from terugkeer.abm.evidence.override import Override

Counts: TypeAlias = dict[str, dict[str, dict[str, int]]]  # table, item, year

FOLDER = Path(__file__).parents[2] / "golden"
LOCK = Path(__file__).parents[3] / "requirements.lock"
TABLES = ("dtv_caseload_outflow", "true_outcomes")
SCENARIOS: dict[str, str | Path] = {
    "baseline": "baseline",
    "lever": FOLDER / "lever.toml",
    "parameters": FOLDER / "parameters.toml",
}
RECORDED = {
    **{name: (source, MODES["weighed"]) for name, source in SCENARIOS.items()},
    **{f"hazards_{name}": (source, MODES["hazards"]) for name, source in SCENARIOS.items()},
}
RECORDED |= {
    "late_baseline": ("baseline", MODES["weighed"]),
    "late_rules": (FOLDER / "late_rules.toml", MODES["weighed"]),
}
EARLY = {"seed": 1, "scale": 50.0, "first_year": 2011, "last_year": 2013}
LATE = {"seed": 1, "scale": 20.0, "first_year": 2014, "last_year": 2017}


def run_of(name: str) -> dict[str, float]:
    """Return seed, scale and years of a run."""
    return LATE if name.startswith("late") else EARLY


def counts(source: str | Path, mode: tuple[Override, ...], run: dict[str, float]) -> Counts:
    """Return agents counted by table, item and year."""
    scenario = load_scenario(source, registry())
    scenario = replace(scenario, entries=(*scenario.entries, *mode))
    result = simulate(scenario, **run, registry=registry())  # type: ignore[arg-type] # of several types
    observers = [each for each in OBSERVERS if each.table in TABLES]
    years = int(run["first_year"]), int(run["last_year"])
    table = observe(result.log, result.weekly, *years, result.scale, observers=observers)
    found: Counts = {name: {} for name in TABLES}
    for row in table[table["group"] == "all"].to_dict("records"):
        agents = round(row["persons"] / result.scale)
        found[row["table"]].setdefault(row["item"], {})[str(row["year"])] = agents
    return found


def is_locked() -> bool:
    """Whether numpy is that of the lock: others may differ in the last bit of a draw."""
    locked = re.search(r"^numpy==(\S+)", LOCK.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return locked is not None and locked[1] == np.__version__


def differences(golden: Counts, now: Counts, *, exact: bool) -> list[str]:
    """Return a line for each count that differs: by anything, or by more than 2 and 5 %."""
    keys = sorted(
        {
            (table, item, year)
            for each in (golden, now)
            for table, items in each.items()
            for item, years in items.items()
            for year in years
        }
    )
    lines = []
    for table, item, year in keys:
        old, new = (each.get(table, {}).get(item, {}).get(year) for each in (golden, now))
        room = 0.0 if exact or old is None else max(2.0, 0.05 * old)
        if old is None or new is None or abs(old - new) > room:
            lines.append(f"{table:<22}{item:<22}{year:>6}{old!s:>8}{new!s:>8}")
    return lines


@pytest.mark.parametrize(
    "name",
    [
        name
        if name in {"baseline", "hazards_baseline"}
        else pytest.param(name, marks=pytest.mark.slow)
        for name in RECORDED
    ],
)
def test_counts_are_those_on_record(name: str, request: pytest.FixtureRequest) -> None:
    path = FOLDER / f"{name}.json"
    run = run_of(name)
    now = counts(*RECORDED[name], run)
    if request.config.getoption("--write-golden"):
        path.write_text(json.dumps({"run": run, "agents": now}, indent=1) + "\n", encoding="utf-8")
    golden = json.loads(path.read_text(encoding="utf-8"))
    assert golden["run"] == run
    found = differences(golden["agents"], now, exact=is_locked())
    head = f"{'table':<22}{'item':<22}{'year':>6}{'record':>8}{'now':>8}"
    told = f"{len(found)} counts differ from {path.name}:"
    remedy = "If that is meant, run pytest with --write-golden and say why in the changelog."
    assert not found, "\n".join([told, head, *found, remedy])


def test_the_scenarios_differ() -> None:
    recorded = [json.loads((FOLDER / f"{n}.json").read_text(encoding="utf-8")) for n in RECORDED]
    assert all(
        differences(one["agents"], other["agents"], exact=True)
        for one in recorded
        for other in recorded
        if one is not other
    )


def test_a_difference_is_shown() -> None:
    golden: Counts = {"t": {"a": {"2011": 100, "2012": 10}, "b": {"2011": 5}}}
    now: Counts = {"t": {"a": {"2011": 104, "2012": 13}}}
    exact = [line.split() for line in differences(golden, now, exact=True)]
    assert exact == [
        ["t", "a", "2011", "100", "104"],
        ["t", "a", "2012", "10", "13"],
        ["t", "b", "2011", "5", "None"],
    ]
    assert len(differences(golden, now, exact=False)) == 2
