"""Life after return: followed apart from the columns, told in time, and felt by nobody here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from terugkeer.abm.world.events import COLUMNS, MEMBERS, Event
from terugkeer.abm.world.phases.resettle import resettle
from terugkeer.agents.codes import (
    Application,
    Destination,
    Embeddedness,
    Help,
    Organisation,
    Outcome,
    Plan,
    Stage,
    Went,
)
from terugkeer.agents.rules.after_return import unpack, unpack_help

from tests.abm.world.clients import SAFE, world_of
from tests.abm.world.small_world import HAZARDS, change, events, lived, model_of

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.world.state import World

STAYS = change("leaves_again_hazard", 0.0)
LEAVES = change("leaves_again_hazard", 1.0)
AT_SCHOOL = 500  # weeks of age


def gone_home(
    *changes: Override, outcome: Outcome = Outcome.INDEPENDENT, n: int = 40, **columns: object
) -> World:
    """Return a world of families of two adults and a child who have just left."""
    world = world_of(*changes, n=n, size=3, country=SAFE, mental=0.5, **columns)
    people = world.people
    people.birth_week[:] = world.week - np.tile([2000, 2000, AT_SCHOOL], n)
    people.key[:] = np.random.default_rng(1).integers(1, 2**62, 3 * n)
    world.entered = 3 * n
    world.leave(np.arange(3 * n), outcome, Destination.ORIGIN)
    resettle(world)
    return world


def live(world: World, weeks: int) -> None:
    """Let weeks pass in which rows move whenever they can."""
    for _ in range(weeks):
        world.week += 1
        resettle(world)
        world.people.compact()


def told(world: World, event: Event) -> dict[str, NDArray[Any]]:
    """Return the events of a kind, by column."""
    mask = world.log.column("kind") == event
    return {name: world.log.column(name)[mask].copy() for name in COLUMNS}


def test_everybody_is_told_of_at_half_a_year_and_a_year() -> None:
    world = gone_home(STAYS)
    start = world.week
    live(world, 53)
    fared = told(world, Event.FARED)
    assert fared["week"].tolist() == [start + 26] * 120 + [start + 52] * 120
    assert set(fared["weeks"].tolist()) == {26.0, 52.0}
    persons = set(told(world, Event.LEFT)["person"].tolist())
    assert set(fared["person"][120:].tolist()) == persons
    level, how, _ = unpack(fared["fared"])
    hard = (level == Embeddedness.LOW).any(axis=1)
    assert np.array_equal(how, np.where(hard, Went.HARD, Went.SUSTAINED))
    assert not len(told(world, Event.LEFT_AGAIN)["week"])
    assert len(told(world, Event.ARCHIVED)["week"]) == 120
    assert world.departed == 120


def test_persons_who_leave_again_leave_the_columns_and_are_told_of_all_the_same() -> None:
    world = gone_home(LEAVES)
    live(world, 53)
    again, fared = told(world, Event.LEFT_AGAIN), told(world, Event.FARED)
    assert len(again["person"]) == 120
    assert len(np.unique(again["person"])) == 120
    assert (again["weeks"] >= 1).all()
    _, how, thinks = unpack(fared["fared"][120:])
    assert (how == Went.LEFT_AGAIN).all()
    assert not thinks.any()
    assert len(world.people) == 0
    assert world.departed == 120
    assert not len(told(world, Event.ARCHIVED)["week"])


def test_a_household_leaves_again_together() -> None:
    world = gone_home(change("leaves_again_hazard", 0.05))
    live(world, 53)
    again = told(world, Event.LEFT_AGAIN)
    assert 3 <= len(again["person"]) < 120
    weeks: dict[int, set[int]] = {}
    for person, week in zip(again["person"].tolist(), again["week"].tolist(), strict=True):
        weeks.setdefault(person // MEMBERS, set()).add(week)
    assert all(len(each) == 1 for each in weeks.values())
    assert len(again["person"]) == 3 * len(weeks)


def test_a_child_is_as_embedded_as_its_parents_on_average() -> None:
    world = gone_home(STAYS, change("embedded_correlation", 0.0), n=200)
    live(world, 52)
    level, _, _ = unpack(told(world, Event.FARED)["fared"][:600])
    by_family = level.reshape(200, 3, 3).astype(int)
    parents, child = by_family[:, :2], by_family[:, 2]
    assert (child >= parents.min(axis=1)).all()
    assert (child <= parents.max(axis=1)).all()
    assert (parents[:, 0] != parents[:, 1]).any()


def latest_levels(world: World) -> NDArray[np.int64]:
    """Return levels at a year, by person and dimension."""
    live(world, 52)
    fared = told(world, Event.FARED)
    level, _, _ = unpack(fared["fared"][fared["weeks"] == 52])
    return level.astype(np.int64)


ALL_DONE = change("plan_shares", (1.0, 0.0, 0.0, 0.0))
NONE_DONE = change("plan_shares", (0.0, 0.0, 0.0, 1.0))


def all_shares(value: float) -> Override:
    return change("aftercare_share", (value,) * 13)


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        (((STAYS,), {"debt_eur": 20_000.0}), ((STAYS,), {"debt_eur": 0.0})),
        (((STAYS,), {"ties_origin": 0.1}), ((STAYS,), {"ties_origin": 0.9})),
        (((STAYS,), {"wanted_at_home": False}), ((STAYS,), {"wanted_at_home": True})),
        (((STAYS,), {"outcome": Outcome.FORCED}), ((STAYS,), {})),
        (
            ((STAYS, all_shares(0.0)), {"helper": Organisation.BRIDGE_TO_BETTER}),
            ((STAYS, all_shares(1.0)), {"helper": Organisation.BRIDGE_TO_BETTER}),
        ),
        (
            ((STAYS, all_shares(1.0), change("aftercare_weeks", 0)), {"helper": Organisation.VWN}),
            ((STAYS, all_shares(1.0)), {"helper": Organisation.VWN}),
        ),
        (
            ((STAYS,), {"stage": Stage.PREPARING, "stage_since": world_of().week}),
            ((STAYS,), {"stage": Stage.PREPARING, "stage_since": world_of().week - 40}),
        ),
        (((STAYS,), {"schooling": 0.1}), ((STAYS,), {"schooling": 0.9})),
        (((STAYS,), {"skills": 0.1}), ((STAYS,), {"skills": 0.9})),
        (((STAYS,), {"worked_at_origin": False}), ((STAYS,), {"worked_at_origin": True})),
        (((STAYS, ALL_DONE), {"planned": False}), ((STAYS, ALL_DONE), {"planned": True})),
        (((STAYS, NONE_DONE), {"planned": True}), ((STAYS, NONE_DONE), {"planned": False})),
        (
            ((STAYS,), {"helper": Organisation.BRIDGE_TO_BETTER}),
            (
                (STAYS, change("training_place", "at_origin")),
                {"helper": Organisation.BRIDGE_TO_BETTER},
            ),
        ),
    ],
    ids=[
        "debt",
        "ties",
        "wanted",
        "forced",
        "aftercare",
        "weeks of aftercare",
        "preparation",
        "schooling",
        "skills",
        "work at origin",
        "plan carried out",
        "plan of which nothing came",
        "training at origin",
    ],
)
def test_with_the_same_luck_nobody_fares_worse_under_better_conditions(
    worse: tuple[Any, Any], better: tuple[Any, Any]
) -> None:
    less, more = (latest_levels(gone_home(*changes, **left)) for changes, left in (worse, better))
    assert (more >= less).all()
    assert (more > less).any()


def test_plans_and_skills_without_effects_are_as_good_as_none_byte_for_byte() -> None:
    """Without plan or skills people fare the same at any effect, and nobody is marked as helped."""
    effects = (
        "embedded_plan_carried_out",
        "embedded_plan_nothing",
        "embedded_skills",
        "embedded_schooling",
        "embedded_worked_at_origin",
        "embedded_in_kind_skilled",
    )
    granted = {"application": Application.GRANTED, "in_kind_eur": 900.0}
    some = gone_home(*(change(name, (2.0, -1.0, 0.5)) for name in effects), **granted)
    none = gone_home(*(change(name, (0.0, 0.0, 0.0)) for name in effects), **granted)
    for world in (some, none):
        live(world, 53)
    for event in (Event.FARED, Event.LEFT_AGAIN):
        one, other = told(some, event), told(none, event)
        assert all(np.array_equal(one[name], other[name]) for name in one)
    plan, had = unpack_help(told(some, Event.FARED)["fared"])
    assert (plan == Plan.NONE).all()
    assert had[:, [Help.TRAINING, Help.AFTERCARE, Help.CASH]].sum() == 0
    assert had[:, Help.IN_KIND].all()


def test_what_came_of_plans_is_told_until_a_household_leaves_again() -> None:
    stays = gone_home(STAYS, ALL_DONE, planned=True)
    leaves = gone_home(LEAVES, ALL_DONE, planned=True)
    forced = gone_home(STAYS, ALL_DONE, planned=True, outcome=Outcome.FORCED)
    for world, expected in (
        (stays, Plan.CARRIED_OUT),
        (leaves, Plan.MADE),
        (forced, Plan.NONE),
    ):
        live(world, 53)
        fared = told(world, Event.FARED)
        plan, _ = unpack_help(fared["fared"][fared["weeks"] == 52])
        assert (plan == expected).all()


def of_aftercare(weeks: int, *changes: Override) -> World:
    """Return a world a year after all left with aftercare of some weeks, of a strong effect."""
    world = gone_home(
        all_shares(1.0),
        change("aftercare_weeks", weeks),
        change("embedded_aftercare", (4.0, 4.0, 4.0)),
        *changes,
        helper=Organisation.VWN,
    )
    live(world, 53)
    return world


@pytest.mark.parametrize(("weeks", "expected"), [(0, False), (1, True), (52, True)])
def test_nobody_has_had_aftercare_that_lasts_no_week(weeks: int, expected: bool) -> None:
    fared = told(of_aftercare(weeks, STAYS), Event.FARED)
    _, had = unpack_help(fared["fared"])
    assert len(had) == 240
    assert (had[:, Help.AFTERCARE] == expected).all()


def test_longer_aftercare_keeps_people_there_after_the_first_follow_up() -> None:
    """Until the first follow-up 26 weeks of it do as much as 52, and 0 weeks do less."""
    often = change("leaves_again_hazard", 0.02)
    weeks = [
        np.sort(told(of_aftercare(each, often), Event.LEFT_AGAIN)["weeks"]) for each in (0, 26, 52)
    ]
    none, half, whole = weeks
    assert np.array_equal(half[half <= 26], whole[whole <= 26])
    assert len(none) > len(half) > len(whole)
    assert (none <= 26).sum() > (half <= 26).sum()


def test_cash_without_a_plan_helps_nobody() -> None:
    granted = {"application": Application.GRANTED, "in_kind_eur": 0.0}
    none = latest_levels(gone_home(STAYS, **granted, cash_eur=0.0))
    cash = latest_levels(gone_home(STAYS, **granted, cash_eur=1750.0))
    kind = latest_levels(gone_home(STAYS, application=Application.GRANTED, in_kind_eur=1500.0))
    assert (cash <= none).all()
    assert (kind >= none).all()
    assert (kind > none).any()


def test_what_was_paid_is_what_was_granted_to_adults() -> None:
    world = gone_home(application=Application.GRANTED, cash_eur=1750.0, in_kind_eur=500.0, n=5)
    assert (world.returns.cash_eur, world.returns.in_kind_eur) == (17_500.0, 5000.0)
    live(world, 1)
    assert (world.returns.cash_eur, world.returns.in_kind_eur) == (0.0, 0.0)


def test_what_a_case_manager_promised_is_paid_once_a_household() -> None:
    """Five couples with a child, promised 600 euro each, on top of a grant or alone."""
    granted = {"application": Application.GRANTED, "cash_eur": 1750.0}
    assert gone_home(discretionary_eur=600.0, n=5).returns.cash_eur == pytest.approx(3000.0)
    both = gone_home(discretionary_eur=600.0, n=5, **granted)
    assert both.returns.cash_eur == pytest.approx(17_500.0 + 3000.0)
    assert both.returns.in_kind_eur == 0.0


@pytest.mark.parametrize("outcome", [Outcome.FORCED, Outcome.UNOBSERVED])
def test_nothing_that_was_promised_is_paid_to_those_removed_or_unseen(outcome: Outcome) -> None:
    world = gone_home(outcome=outcome, discretionary_eur=600.0, n=5)
    assert world.returns.cash_eur == 0.0


def test_transfers_and_other_ways_out_are_not_followed() -> None:
    world = world_of(n=3)
    world.entered = 3
    ways = np.array([Destination.MEMBER_STATE, Destination.ONWARD, Destination.PERMIT])
    world.leave(np.arange(3), Outcome.OTHER, ways)
    resettle(world)
    live(world, 53)
    assert not len(told(world, Event.FARED)["week"])
    assert not told(world, Event.LEFT)["danger"].any()


def test_where_nobody_weighs_nobody_is_followed() -> None:
    log = events(lived(HAZARDS))
    assert not log["kind"].isin([Event.FARED, Event.LEFT_AGAIN]).any()
    assert not log["danger"].any()


@pytest.mark.slow
def test_life_after_return_changes_no_life_here() -> None:
    after = [int(Event.FARED), int(Event.LEFT_AGAIN), int(Event.ARCHIVED)]
    silent = change("news", "none")  # or people here would hear of it
    skills = change("training_agency", 0.0)  # own direction grows before return
    seen = events(lived(silent, skills))
    dose = change("skills_of_session", (0.2,) * 13), change("plan_chance", (1.0,) * 7)
    again = change("leaves_again_hazard", 0.02)
    model = model_of(silent, skills, again, all_shares(1.0), *dose)
    model.run()
    other = events(model)
    assert (other["kind"] == Event.LEFT_AGAIN).any()
    one, two = (log[~log["kind"].isin(after)].reset_index(drop=True) for log in (seen, other))
    assert one.equals(two)


def test_every_return_of_a_run_is_told_of_once_in_its_week() -> None:
    model = lived()
    frame = model.log.frame(model.countries)
    home = frame[
        (frame["kind"] == "left") & frame["destination"].isin(["origin", "home_unobserved"])
    ]
    for weeks in (26, 52):
        due = home[home["week"] + weeks < model.week]
        fared = frame[(frame["kind"] == "fared") & (frame["weeks"] == weeks)]
        assert len(fared) > 10
        assert sorted(due["person"]) == sorted(fared["person"])
        assert (fared["went"] != "none").all()
        pairs = dict(zip(due["person"], due["week"] + weeks, strict=True))
        assert all(pairs[row.person] == row.week for row in fared.itertuples())
