"""Levers in the model: no dose, no effect; after the end, none; at an extreme, some outcome."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.observation.catalogue import observe
from terugkeer.abm.observation.outcomes import outcomes
from terugkeer.abm.world.arrivals.inflow import derive_inflow
from terugkeer.abm.world.calendar import first_week
from terugkeer.abm.world.events import Event
from terugkeer.agents.codes import Place
from terugkeer.experiments.reports.lever_rows import lever_rows

from tests.abm.world.small_world import FULL_SPIN_UP, change, events, lived, model_of

if TYPE_CHECKING:
    from terugkeer.abm.evidence.lever import Lever
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.evidence.value import Value
    from terugkeer.abm.world.model import ReturnModel

LEVERS: Final = registry().levers
PULLED: Final = [each for each in LEVERS.values() if each.outcomes]
# of each way in which a lever acts, one: staff, shelter, force, money
QUICK: Final = ("counsellors", "shelter_after_term", "origin_cooperation", "right_to_work")
QUICK_SIZES: Final = ({"scale": 200.0}, {"scale": 50.0})
# years in which schemes, places and shelters of all kinds are open
YEARS: Final = {"first_year": 2014, "last_year": 2015}
# first few persons, then more, then some who have been here for longer, then many of those
SIZES: Final = (
    {"scale": 100.0},
    {"scale": 20.0},
    {"scale": 20.0, "spin_up": FULL_SPIN_UP},
    {"scale": 5.0, "spin_up": FULL_SPIN_UP},
)


def same(first: ReturnModel, second: ReturnModel) -> bool:
    """Return whether two runs are the same to the byte: all that happened, all who are there."""
    mine, other = events(first), events(second)
    if len(mine) != len(other) or len(first.people) != len(second.people):
        return False
    return mine.equals(other) and first.weekly_frame().equals(second.weekly_frame())


@lru_cache(maxsize=64)
def totals(*changes: Override, **run: float) -> pd.Series[float]:
    """Return the outcomes of a run, all groups together."""
    model = lived(*changes, **run)  # type: ignore[arg-type]  # years are whole
    rows = observe(
        model.log,
        model.weekly_frame(),
        model.first_year,
        model.last_year,
        model.scale,
        circumstances=model.circumstances_frame(),
        spending=model.spending_frame(),
    )
    table = outcomes(rows)
    whole = table["period"] == f"{model.first_year}-{model.last_year}"
    return table[whole & (table["group"] == "all")].set_index("outcome")["value"]


def under(lever: Lever) -> tuple[Override, ...]:
    """Return the reading under which a lever acts."""
    return tuple(change(name, value) for name, value in lever.under.items())


def moved(lever: Lever, dose: Value, **run: float) -> set[str]:
    """Return the outcomes that a dose moves, of those that the lever names."""
    base = totals(*under(lever), **run)
    other = totals(*under(lever), *lever.pull(dose), **run)
    differs = (base - other).fillna(0.0) != 0.0
    return set(lever.outcomes) & set(differs.index[differs])


def extremes(lever: Lever) -> tuple[Value, ...]:
    """Return all settings, or the highest and the lowest dose."""
    return lever.doses() if lever.settings else lever.doses()[1::-1]


@pytest.mark.parametrize("name", QUICK)
def test_a_lever_at_an_extreme_moves_an_outcome_that_it_names(name: str) -> None:
    runs = ((dose, size) for size in QUICK_SIZES for dose in extremes(LEVERS[name]))
    assert any(moved(LEVERS[name], dose, **size) for dose, size in runs)


@pytest.mark.slow
@pytest.mark.parametrize("lever", PULLED, ids=lambda each: each.id)
def test_every_lever_at_an_extreme_moves_an_outcome_that_it_names(lever: Lever) -> None:
    runs = ((dose, size) for size in SIZES for dose in extremes(lever))
    assert any(moved(lever, dose, **size, **YEARS) for dose, size in runs)


def test_a_dose_of_nothing_changes_no_byte() -> None:
    nothing = [
        each
        for lever in LEVERS.values()
        if lever.records() and (zero := lever.zero()) is not None
        for each in lever.pull(zero)
    ]
    recorded_values = [
        change(name, registry()[name].value)
        for name in ("detention_capacity", "placed_apart_share", "inflow_by_origin", "vbl_weeks")
    ]
    assert same(lived(), lived(*nothing, *recorded_values))


def test_a_lever_from_after_the_end_changes_no_byte() -> None:
    late = [each for name in QUICK for each in LEVERS[name].pull(_most(name), date(2012, 1, 9))]
    assert same(lived(), lived(*late))


@pytest.mark.slow
def test_a_lever_from_before_the_start_is_one_without_a_date() -> None:
    early = [each for name in QUICK for each in LEVERS[name].pull(_most(name), date(2005, 1, 3))]
    always = [each for name in QUICK for each in LEVERS[name].pull(_most(name))]
    assert same(lived(*early), lived(*always))
    assert not same(lived(), lived(*always))


def _most(name: str) -> Value:
    """Return the highest dose of a lever, or its last setting."""
    lever = LEVERS[name]
    return lever.doses()[-1] if lever.settings else lever.doses()[1]


def test_what_a_lever_sets_is_no_input_of_the_inflow() -> None:
    """Who enters is derived before any lever acts; only the levers on inflow change it."""
    read = derive_inflow(registry()).read - {"safe_country_track"}
    assert not read & {name for lever in LEVERS.values() for name in lever.records()}


def test_detention_without_places_holds_nobody() -> None:
    model = lived(change("detention_capacity", 0))
    moves = events(model)
    assert not (moves["to_place"] == Place.DETENTION).any()
    assert (events(lived())["to_place"] == Place.DETENTION).any()


def test_few_places_of_detention_are_never_exceeded() -> None:
    model = model_of(change("detention_capacity", 600), scale=100.0)
    most = 0
    while model.running:
        model.step()
        most = max(most, int(np.count_nonzero(model.people.place == Place.DETENTION)))
    assert most == 6


def test_who_is_held_at_notice_does_not_vanish() -> None:
    usual = (change("removal_planning_hazard", 1.0), change("detention_test_passed", 1.0))
    usual += (change("detention_prospect_ease", 0.0),)  # nobody is without prospect
    pulled = LEVERS["detention_at_notice"].pull(1.0)

    def vanished(model: ReturnModel) -> int:
        frame = model.log.frame(model.countries)
        gone = frame[(frame["kind"] == "cancelled") & frame["vanished"] & ~frame["family"]]
        return len(gone)

    assert vanished(lived(*usual)) > 0
    assert vanished(lived(*usual, *pulled)) == 0


def test_conditional_shelter_takes_who_considers_return() -> None:
    shelter = change("guided_shelter_capacity", 2000)
    model = model_of(shelter, change("guided_shelter_conditional", value=True))
    while model.running:
        before = model.people.stage.copy()
        places = model.people.place.copy()
        keys = model.people.person.copy()
        model.step()
        new = events(model)
        new = new[(new["kind"] == Event.MOVED) & (new["week"] == model.week - 1)]
        came = new[new["to_place"] == Place.GUIDED_SHELTER]
        at = np.flatnonzero(np.isin(keys, came["person"].to_numpy()))
        assert (places[at] != Place.GUIDED_SHELTER).all()
        assert (before[at] >= 1).all()
    assert (events(model)["to_place"] == Place.GUIDED_SHELTER).any()


def test_work_adds_to_savings_and_never_takes() -> None:
    """Who earns has no less money at any time, as long as nobody decides otherwise for it."""
    still = change("deliberation_rate", 0.0), change("occasion_chance", 0.0)
    usual = lived(*still)
    working = lived(*still, *LEVERS["right_to_work"].pull(300.0))
    mine = pd.Series(working.people.savings_eur.copy(), working.people.person.copy())
    other = pd.Series(usual.people.savings_eur.copy(), usual.people.person.copy())
    both = mine.index.intersection(other.index)
    assert (mine[both] >= other[both]).all()
    assert (mine[both] > other[both]).any()


def test_inflow_levers_leave_who_entered_before_their_day() -> None:
    day = date(2011, 7, 4)
    pulled = lived(*LEVERS["inflow_size"].pull(2.0, day))
    mine, usual = events(pulled), events(lived())
    turn = first_week(2011) + 26
    entered = [frame[frame["kind"] == Event.ENTERED] for frame in (mine, usual)]
    before = [frame.loc[frame["week"] < turn, "person"].tolist() for frame in entered]
    assert before[0] == before[1]
    later = [int((frame["week"] >= turn).sum()) for frame in entered]
    assert later[0] > 1.5 * later[1]


def test_no_inflow_is_nobody_but_those_who_lived_here_before() -> None:
    nobody = lived(change("inflow_by_background", (0.0, 0.0)))
    frame = nobody.log.frame(nobody.countries)
    assert set(frame.loc[frame["kind"] == "entered", "route"]) <= {"older_hidden"}


def test_every_lever_with_records_has_a_way_into_the_code() -> None:
    for row in lever_rows(registry()):
        assert (row["pathway"] == "none") == bool(row["reason"])
        assert row["pathway"], row["id"]


@st.composite
def scenarios(draw: st.DrawFn) -> tuple[Override, ...]:
    """Draw all levers and switches, the first from their priors, at some day or from the start."""
    changes = []
    for role in ("lever", "switch"):
        for record in registry().by_role(role):  # type: ignore[arg-type]  # both are roles
            size = len(np.atleast_1d(np.asarray(record.value, dtype=object)))
            uniforms = draw(st.lists(st.floats(0.001, 0.999), min_size=size, max_size=size))
            if record.prior is not None and record.name != "decision":
                start = draw(st.sampled_from([None, date(2010, 3, 1), date(2011, 5, 2)]))
                start = start if role == "lever" else None
                changes.append(change(record.name, record.draw(uniforms), start))
    return tuple(changes)


@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(scenarios())
def test_any_scenario_conserves_persons(changes: tuple[Override, ...]) -> None:
    """The model itself stops at an undeclared transition, and where persons are not conserved."""
    model = model_of(*changes, scale=500.0)
    model.run()
    frame = model.log.frame(model.countries)
    entered = set(frame.loc[frame["kind"] == "entered", "person"])
    left = frame.loc[frame["kind"] == "left", "person"]
    assert left.is_unique
    assert set(left) <= entered
    weekly = model.weekly_frame()
    last = weekly[(weekly["week"] == weekly["week"].max()) & (weekly["population"] != "returned")]
    assert int(last["persons"].sum()) == round((len(entered) - len(left)) * model.scale)
