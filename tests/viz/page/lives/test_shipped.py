"""The runs that ship: fresh, whole, small, and those of the present model."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.runs.processes import Inline
from terugkeer.viz.page.changes import PRESETS
from terugkeer.viz.page.lives import shipped
from terugkeer.viz.page.lives.packed import packed, unpacked
from terugkeer.viz.page.lives.shipped import FILE, SCALE, SEEDS, WHOLE_SEED, load, make, of_seed
from terugkeer.viz.page.lives.states import STATES
from terugkeer.viz.page.lives.tallies import TALLIES
from terugkeer.viz.page.lives.weeks import SAMPLED, WEEKS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LARGEST: Final = 450_000  # bytes


@pytest.fixture(scope="module")
def content() -> Mapping[str, Any]:
    found = load(registry())
    assert found.stale == (), "the model or the page has changed: `terugkeer view --renew`"
    assert found.content is not None
    return found.content


def test_what_ships_is_of_the_present_model_and_small(content: Mapping[str, Any]) -> None:
    assert len(FILE.read_bytes()) < LARGEST
    assert content["weeks"] == WEEKS == content["baseline"]["weeks"]
    assert content["scale"] == SCALE
    assert [*content["presets"]] == [*PRESETS]


def test_every_draw_of_chance_is_there(content: Mapping[str, Any]) -> None:
    assert {*content["draws"]} == {"baseline", *PRESETS}
    for draws in content["draws"].values():
        assert [*draws] == [str(seed) for seed in SEEDS]
        for tallies in draws.values():
            assert np.array(tallies).shape == (len(TALLIES), len(SAMPLED))
    ends = {str(draw) for draws in content["draws"].values() for draw in draws.values()}
    assert len(ends) > len(PRESETS) * len(SEEDS)  # no two are alike


def test_the_draw_that_is_shown_is_that_of_the_runs(content: Mapping[str, Any]) -> None:
    baseline = unpacked(content["baseline"])
    runs = {name: unpacked(run, baseline) for name, run in content["presets"].items()}
    for name, run in {"baseline": baseline, **runs}.items():
        draw = content["draws"][name][str(WHOLE_SEED)]
        for at, row in enumerate(run["tallies"]):
            later = [(k, week) for k, week in enumerate(SAMPLED) if week >= run["start"]]
            assert [draw[at][k] for k, _ in later] == [
                row[week - run["start"]] for _, week in later
            ]
            earlier = [(k, week) for k, week in enumerate(SAMPLED) if week < run["start"]]
            assert [draw[at][k] for k, _ in earlier] == [
                baseline["tallies"][at][week] for _, week in earlier
            ]


def test_nobody_is_lost_in_what_ships(content: Mapping[str, Any]) -> None:
    baseline = unpacked(content["baseline"])
    persons = np.array(baseline["states"]).sum(axis=0)
    assert (np.diff(persons) >= 0).all()
    for name in PRESETS:
        run = unpacked(content["presets"][name], baseline)
        assert np.array(run["states"]).sum(axis=0).tolist() == persons[run["start"] :].tolist()
        assert run["states"] != np.array(baseline["states"])[:, run["start"] :].tolist()


def test_some_four_hundred_households_are_shown(content: Mapping[str, Any]) -> None:
    lives = unpacked(content["baseline"])["households"]
    dots = [life for life in lives.values() if "near" not in life]
    assert 340 <= len(dots) <= 480
    assert len(lives) - len(dots) < 120
    assert {STATES[life["states"][-1][1]] for life in dots} == {*STATES}


def test_the_neighbourhood_is_known_to_worlds_of_that_scale() -> None:
    found = load(registry())
    where = found.where(SCALE)
    assert [*where] == [WHOLE_SEED]
    assert 100 <= len(where[WHOLE_SEED]) <= 120
    assert found.where(SCALE / 2) == {}
    assert shipped.Shipped(None, ("x",)).where(SCALE) == {}


def written(folder: Path, content: object) -> Path:
    file = folder / "runs.json.gz"
    file.write_bytes(gzip.compress(json.dumps(content).encode()))
    return file


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("format", "are in another form"),
        ("sources", "come from other sources of the model or the page"),
        ("evidence", "come from other evidence"),
    ],
)
def test_what_was_made_otherwise_is_stale(key: str, told: str, tmp_path: Path) -> None:
    content = {
        "format": shipped.FORMAT,
        "sources": shipped.rules_sha256(),
        "evidence": registry().evidence_hash(),
    }
    fresh = written(tmp_path, content)
    assert load(registry(), fresh) == shipped.Shipped(content)
    file = written(tmp_path, content | {key: "other"})
    assert load(registry(), file) == shipped.Shipped(
        None, (f"{file}: the runs that ship {told}; `terugkeer view --renew` makes them again.",)
    )


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (None, "are missing"),
        (b"no gzip", "can't be read"),
        (gzip.compress(b"{}", mtime=0)[:-4], "can't be read"),
        (gzip.compress(b"{", mtime=0), "can't be read"),
        (gzip.compress(b"[]", mtime=0), "can't be read"),
        (gzip.compress(b"{}", mtime=0), "can't be read"),
    ],
)
def test_what_is_no_such_file_is_told(raw: bytes | None, told: str, tmp_path: Path) -> None:
    file = tmp_path / "runs.json.gz"
    if raw is not None:
        file.write_bytes(raw)
    found = load(registry(), file)
    assert found.content is None
    assert told in found.stale[0]
    assert "--renew" in found.stale[0]


def test_all_is_made_with_an_estimate_and_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    baseline: dict[str, Any] = {
        "states": [[1, 2]],
        "places": [[1, 2]],
        "tallies": [[1, 2]],
        "start": 0,
        "flows": {"cells": []},
        "households": {},
    }
    told: list[str] = []

    def stub(seed: int) -> tuple[dict[str, Any], dict[str, Any]]:
        names = ("baseline", *PRESETS)
        return dict.fromkeys(names, baseline), {name: [[seed]] for name in names}

    monkeypatch.setattr(shipped, "of_seed", stub)
    monkeypatch.setattr(shipped, "Processes", lambda _n: Inline())
    raw = make(2, told.append)
    assert raw == make(2, told.append)
    assert told[0] == (
        f"10 draws of chance, each the baseline and {len(PRESETS)} presets: "
        f"{10 * (1 + len(PRESETS))} runs, some 4 minutes."
    )
    assert told[10] == "10 of 10 draws are done; a minute at most to go."
    content = json.loads(gzip.decompress(raw))
    assert content["baseline"] == packed(baseline)
    assert content["draws"]["sdt_pilot"]["7"] == [[7]]
    assert content["first_monday"] == "2011-01-03"


@pytest.mark.slow
def test_what_ships_is_what_the_model_lives(content: Mapping[str, Any]) -> None:
    name = "policy_2011"
    few = {name: PRESETS[name]}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shipped, "PRESETS", few)
        runs, draws = of_seed(WHOLE_SEED)
        _, others = of_seed(SEEDS[-1])
    assert packed(runs["baseline"]) == content["baseline"]
    assert packed(runs[name], runs["baseline"]) == content["presets"][name]
    for each in ("baseline", name):
        assert draws[each] == content["draws"][each][str(WHOLE_SEED)]
        assert others[each] == content["draws"][each][str(SEEDS[-1])]
