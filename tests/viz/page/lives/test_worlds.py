"""A changed world is what a whole run of it would be, whatever was run before."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.override import Override
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.model import ReturnModel
from terugkeer.abm.world.scenario import Scenario
from terugkeer.viz.page.lives import worlds as page
from terugkeer.viz.page.lives.lived import Lived
from terugkeer.viz.page.lives.states import LEFT
from terugkeer.viz.page.lives.tallies import TALLIES
from terugkeer.viz.page.lives.weeks import FIRST, SAMPLED, WEEKS, YEARS
from terugkeer.viz.page.lives.worlds import BASELINE, Worlds

from tests.viz.page.small_worlds import (
    CHANGES,
    INFLOW,
    SCALE,
    START,
    chunks,
    scenario,
    whole,
    worlds,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

IDLE: Final = Scenario(
    "idle", entries=(Override("vbl_weeks", "multiply", 1.0, date(2016, 2, 1), "test"),)
)


def rows(run: dict[str, Any], name: str) -> NDArray[np.int64]:
    return np.array(run[name])


@pytest.mark.slow
def test_a_changed_world_is_what_a_run_of_it_from_the_start_is() -> None:
    model = ReturnModel(scenario(CHANGES), rng=1, scale=SCALE, registry=registry())
    while model.week < FIRST:
        model.step()
    lived = Lived()
    counted: dict[str, list[list[int]]] = {"states": [], "places": [], "tallies": []}
    while model.running:
        lived.live(model)
        for name, kept in counted.items():
            kept.append(getattr(lived, name).tolist())
    changed, baseline = whole("changes"), whole()
    assert changed["start"] == START
    for name, kept in counted.items():
        assert np.array(kept).T[:, START:].tolist() == changed[name]
        assert np.array(kept).T[:, :START].tolist() == rows(baseline, name)[:, :START].tolist()
    (drawn,) = worlds().run(scenario(CHANGES), 1, whole=False)
    assert drawn == {"tallies": lived.draw()}
    assert changed["tallies"] != rows(baseline, "tallies")[:, START:].tolist()


@pytest.mark.slow
def test_a_change_that_changes_nothing_is_the_baseline() -> None:
    (idle,) = worlds().run(IDLE, 1, whole=True, weeks=WEEKS)
    baseline = whole()
    for name in ("states", "places", "tallies"):
        assert idle[name] == rows(baseline, name)[:, START:].tolist()
    for number, life in idle["households"].items():
        known = baseline["households"][number]
        for key in ("states", "places", "story"):
            assert life.get(key, []) == [each for each in known.get(key, []) if each[0] >= START]
    mentioned = {
        number
        for number, life in baseline["households"].items()
        for key in ("states", "places", "story")
        if any(each[0] >= START for each in life.get(key, []))
    }
    assert mentioned == {*idle["households"]}


@pytest.mark.slow
def test_the_draw_is_the_tallies_of_the_whole_run_at_sampled_weeks() -> None:
    (drawn,) = worlds().run(BASELINE, 1, whole=False)
    assert drawn["tallies"] == rows(whole(), "tallies")[:, list(SAMPLED)].tolist()


@pytest.mark.slow
def test_what_was_run_before_changes_nothing() -> None:
    first = whole("changes")
    list(worlds().run(scenario(INFLOW), 1, whole=False))
    other = worlds().run(
        scenario({"levers": {"detention": {"value": 0.0, "from": date(2017, 1, 2)}}}), 1, whole=True
    )
    next(other)
    other.close()  # the visitor has gone
    (again,) = worlds().run(scenario(CHANGES), 1, whole=True, weeks=WEEKS)
    assert again == first


@pytest.mark.slow
def test_the_same_persons_are_in_both_worlds_unless_the_inflow_is_changed() -> None:
    baseline = rows(whole(), "states").sum(axis=0)[START:]
    assert rows(whole("changes"), "states").sum(axis=0).tolist() == baseline.tolist()
    more = rows(whole("inflow"), "states").sum(axis=0)
    assert more[0] != baseline[0] or more[-1] != baseline[-1]
    for run in (whole("changes"), whole("inflow")):
        here = rows(run, "states")[LEFT:].sum(axis=0)
        assert rows(run, "places").sum(axis=0).tolist() == here.tolist()


def test_a_lever_on_the_inflow_brings_others_and_keeps_who_was_there() -> None:
    baseline, other = whole()["households"], whole("inflow")["households"]
    new = {number for number, life in other.items() if "entered" in life}
    assert new - {*baseline}
    assert {*other} - new <= {*baseline}


def test_a_stock_is_not_summed_up() -> None:
    for tally, counts in zip(TALLIES, whole()["tallies"], strict=True):
        if not tally.stock:
            assert counts == sorted(counts)
    states = whole()["states"]
    by_id = dict(zip((each.id for each in TALLIES), whole()["tallies"], strict=True))
    assert [by_id["in_procedure"], by_id["file_open"], by_id["out_of_sight"]] == states[LEFT:]


@pytest.mark.slow
def test_the_first_chunk_comes_after_its_weeks() -> None:
    lives = Worlds(registry(), 400.0, {1: {}})
    assert lives.week == -1
    (first, *_) = chunks("changes", 13)
    assert (first["start"], first["weeks"]) == (START, 13)
    running = lives.run(
        scenario({"levers": {"detention": {"value": 0.5, "from": date(2011, 3, 1)}}}), 1, whole=True
    )
    assert next(running)["start"] == 8
    assert lives.week == 8 + 13 - 1


@pytest.mark.slow
def test_baselines_of_few_seeds_are_kept_with_copies_at_the_start_of_years() -> None:
    lives = Worlds(registry(), 800.0)
    list(lives.run(BASELINE, 1, whole=False))
    assert sorted(lives._kept[1].copies) == [*YEARS]
    kept = deepcopy(lives._kept[1].copies[YEARS[3]])
    list(lives.run(BASELINE, 1, whole=False))
    assert lives._kept[1].copies[YEARS[3]][0].log.size == kept[0].log.size


def test_draws_push_no_copies_out(monkeypatch: pytest.MonkeyPatch) -> None:
    model: Any = SimpleNamespace(week=FIRST)
    monkeypatch.setattr(page, "ReturnModel", lambda *_args, **_more: model)
    monkeypatch.setattr(page, "KEPT", 4)
    lives = Worlds(registry(), SCALE)

    def ask(seed: int, *, whole: bool = False, changed: bool = False) -> dict[int, list[int]]:
        """Ask for a run, and return which copies are kept then, by seed."""
        baseline = lives._spun_up(seed)
        lives._keep_years(baseline, push=whole, room=not changed)
        for week in YEARS[:2]:
            baseline.keep(SimpleNamespace(week=FIRST + week), Lived())  # type: ignore[arg-type] # stands for a model
        return {each: sorted(kept.copies) for each, kept in lives._kept.items()}

    assert ask(1) == {1: [0, 52]}  # there is room
    assert ask(2, changed=True) == {1: [0, 52], 2: [0]}
    assert ask(3, whole=True, changed=True) == {1: [0, 52], 2: [0], 3: [0, 52]}
    assert ask(4) == {1: [0, 52], 2: [0], 3: [0, 52], 4: [0]}  # there is no room
    assert ask(4, whole=True) == {1: [0], 2: [0], 3: [0, 52], 4: [0, 52]}
    assert ask(1, changed=True) == {2: [0], 3: [0, 52], 4: [0, 52], 1: [0]}
    assert ask(5) == {3: [0, 52], 4: [0, 52], 1: [0], 5: [0]}
    assert ask(3, whole=True) == {4: [0, 52], 1: [0], 5: [0], 3: [0, 52]}


@pytest.mark.slow
def test_a_run_that_is_broken_off_leaves_the_worlds_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    first = list(Worlds(registry(), 800.0).run(BASELINE, 1, whole=False))
    lives = Worlds(registry(), 800.0)
    left = 300

    def check() -> None:
        nonlocal left
        left -= 1
        if not left:
            raise KeyboardInterrupt

    monkeypatch.setattr(page, "check", check)
    with pytest.raises(KeyboardInterrupt):
        list(lives.run(BASELINE, 1, whole=False))
    assert lives._kept[1].copies
    left = 40
    with pytest.raises(KeyboardInterrupt):
        list(lives.run(BASELINE, 2, whole=False))
    assert 2 not in lives._kept
    assert list(lives.run(BASELINE, 1, whole=False)) == first


@pytest.mark.slow
def test_a_neighbourhood_that_is_not_known_is_chosen_from_the_baseline() -> None:
    lives = Worlds(registry(), SCALE)
    (found,) = lives.run(scenario(CHANGES), 1, whole=True, weeks=WEEKS)
    assert found == whole("changes")


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (None, "vbl_weeks = 20: differs before 2011-01-03"),
        (date(2010, 5, 3), "vbl_weeks = 20: differs before 2011-01-03"),
        (date(2018, 1, 1), "nothing changes before 2018-01-01"),
    ],
)
def test_what_is_not_shown_is_refused(start: date | None, told: str) -> None:
    entry = Override("vbl_weeks", "set", 20, start, "test")
    with pytest.raises(InputError, match=told):
        next(worlds().run(Scenario("x", entries=(entry,)), 1, whole=False))
