"""News over ties: whom it reaches, what it moves, and that without ties it moves nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.calendar import week_of
from terugkeer.abm.world.events import COLUMNS, Event
from terugkeer.abm.world.persons.columns import COLUMNS as STATE
from terugkeer.abm.world.phases import hear as phase
from terugkeer.abm.world.phases.hear import HEARD
from terugkeer.abm.world.ties.news import Told, happened
from terugkeer.agents.codes import News, Place

from tests.abm.world.adults import BIRTH, CHILD, WEEK, adults
from tests.abm.world.small_world import change, lived, model_of, watch

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from terugkeer.abm.world.model import ReturnModel
    from terugkeer.abm.world.state import World

NO_TIES = tuple(
    change(name, 0.0) for name in ("ties_kin", "ties_arrival", "ties_compatriot", "ties_resident")
)
NO_WEIGHT = tuple(
    change(record, 0.0)
    for record in (
        "return_news_on_safety",
        "return_news_on_livelihood",
        "removal_news_on_threat",
        "permit_news_on_hope",
        "support_news_on_knowledge",
    )
)


def same(one: ReturnModel, other: ReturnModel) -> bool:
    """Whether two runs have the same events and leave the same persons behind."""
    logs = all(np.array_equal(one.log.column(name), other.log.column(name)) for name in COLUMNS)
    return logs and all(
        np.array_equal(getattr(one.people, name), getattr(other.people, name)) for name in STATE
    )


@pytest.mark.slow
def test_cutting_all_ties_is_a_model_without_news() -> None:
    without = lived(change("news", "none"), scale=100.0)
    assert same(without, lived(*NO_TIES, scale=100.0))
    assert not same(without, lived(scale=100.0))


@pytest.mark.slow
def test_taking_all_weight_from_news_is_a_model_without_and_what_is_near_to_belief_counts() -> None:
    assert same(lived(change("news", "none"), scale=100.0), lived(*NO_WEIGHT, scale=100.0))
    assert not same(lived(scale=100.0), lived(change("news", "near_to_belief"), scale=100.0))


def test_ties_that_nobody_keeps_after_return_carry_no_news_of_it() -> None:
    cut = [change("contact_kept", (0.0,) * 4), *NO_WEIGHT[2:]]
    assert same(lived(change("news", "none"), scale=100.0), lived(*cut, scale=100.0))


def test_where_nobody_weighs_there_is_no_network() -> None:
    model = lived(change("decision", "hazards"))
    assert model.world.network.heard_to == -1
    assert not len(model.world.network.household)


def test_what_happens_while_no_news_travels_is_not_told_later() -> None:
    silent, again = date(2010, 3, 1), date(2010, 9, 6)
    model = model_of(change("news", "none", silent), change("news", "near_to_belief", again))
    told: list[tuple[int, int]] = []
    watch(
        model,
        before=lambda name, world: (
            told.append((world.week, world.network.heard_to)) if name == "hear" else None
        ),
    )
    while model.week <= week_of(again) + 1:
        model.step()
    heard_to = dict(told)
    assert heard_to[week_of(silent)] > 0
    assert heard_to[week_of(silent) + 1] == heard_to[week_of(again)] == -1
    assert heard_to[week_of(again) + 1] > heard_to[week_of(silent)]


def test_beliefs_stay_between_0_and_1_however_much_is_heard() -> None:
    loud = [change(each.target, 1.0) for each in NO_WEIGHT]
    model = lived(*loud, change("monitoring_feedback", 1.0), change("tie_trust", (0.99,) * 4))
    for name in HEARD:
        values = getattr(model.people, name)
        assert values.min() >= 0.0
        assert values.max() <= 1.0


@pytest.fixture(scope="module")
def midway() -> ReturnModel:
    """A model that has lived a year, all of whose ties are kept after return."""
    model = model_of(change("contact_kept", (1.0,) * 4), scale=100.0)
    for _ in range(60):
        model.step()
    model.world.network.renew(model.world)
    return model


def heard(
    model: ReturnModel, household: NDArray[np.int64], kind: News, sign: float
) -> dict[str, NDArray[np.float32]]:
    """Return what hearing about households adds to each belief of everybody."""
    world = model.world
    before = {name: getattr(world.people, name).copy() for name in HEARD}
    news = phase_news(household, kind, sign)
    phase._tell(world, news)
    moved = {name: getattr(world.people, name) - old for name, old in before.items()}
    for name, old in before.items():
        getattr(world.people, name)[:] = old
    return moved


def phase_news(household: NDArray[np.int64], kind: News, sign: float) -> Told:

    n = len(household)
    return Told(household, np.full(n, int(kind)), np.full(n, sign))


def tied_to(world: World, household: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which rows are of households with a tie to one of some."""
    network, ties = world.network, world.network.ties()
    told = np.isin(network.household[ties.tells], household)
    hears = network.household[ties.hears[told]]
    here = world.people.place != Place.ORIGIN
    return np.isin(world.people.household, hears) & here


@pytest.mark.parametrize(
    ("kind", "moves"),
    [
        (News.RETURN, {"believed_safety", "believed_livelihood"}),
        (News.REMOVAL, {"threat"}),
        (News.PERMIT, {"hope"}),
        (News.SUPPORT, {"knowledge"}),
    ],
)
def test_news_reaches_households_with_a_tie_and_nobody_else(
    midway: ReturnModel, kind: News, moves: set[str]
) -> None:
    about = midway.world.network.household[[3, 40, 41]]
    reached = tied_to(midway.world, about)
    assert reached.any()
    assert not reached.all()
    moved = heard(midway, about, kind, 1.0)
    assert {name for name, by in moved.items() if by.any()} == moves
    for name in moves:
        assert (moved[name] >= 0.0).all()
        assert not moved[name][~reached].any()
        assert (moved[name][reached] > 0.0).mean() > 0.9


def test_news_that_moves_a_belief_of_an_adult_far_is_weighty_for_the_whole_household() -> None:
    """A couple and a child, then a couple, then a single person: who moves is one member."""
    world = adults(
        3,
        3,
        {"news": "trusted", "weighty_news": 0.2},
        birth_week=[BIRTH, BIRTH, CHILD] * 3,
        threat=0.5,
    )
    good = np.zeros((1, 9))
    good[0, [0, 5, 7]] = 0.5, 0.5, 0.3  # 0.25 an adult, 0.25 a child, 0.15 an adult
    phase._take_in(world, ("threat",), np.arange(9), good, np.zeros((1, 9)))
    assert world.people.threat.tolist() == pytest.approx(
        [0.75, 0.5, 0.5, 0.5, 0.5, 0.75, 0.5, 0.65, 0.5]
    )
    assert world.people.news_week.tolist() == [WEEK] * 3 + [0] * 6


def test_more_news_of_good_returns_never_lowers_a_belief_and_bad_never_raises(
    midway: ReturnModel,
) -> None:
    about = midway.world.network.household[:60]
    nearly = 1e-6
    for sign in (1.0, -1.0):
        few = heard(midway, about[:20], News.RETURN, sign)
        many = heard(midway, about, News.RETURN, sign)
        for name in ("believed_safety", "believed_livelihood"):
            assert (sign * few[name] >= 0.0).all()
            assert (sign * (many[name] - few[name]) >= -nearly).all()


def test_news_of_unknown_households_reaches_nobody(midway: ReturnModel) -> None:
    moved = heard(midway, np.array([5, 6]), News.PERMIT, 1.0)
    assert not any(by.any() for by in moved.values())
    together = heard(midway, np.append(midway.world.network.household[[3]], 5), News.PERMIT, 1.0)
    alone = heard(midway, midway.world.network.household[[3]], News.PERMIT, 1.0)
    assert alone["hope"].any()
    assert np.array_equal(together["hope"], alone["hope"])


def test_every_event_is_told_once() -> None:
    model = model_of(scale=100.0)
    spans: list[tuple[int, int]] = []

    def note(name: str, world: World) -> None:
        if name == "hear":
            spans.append((world.network.heard_to, world.log.size))

    watch(model, before=note)
    for _ in range(20):
        model.step()
    starts = [start for start, _ in spans]
    assert starts[0] == -1
    assert starts[1:] == [end for _, end in spans[:-1]]
    told = happened(model.world, spans[4][0])
    assert set(np.unique(told.event)) <= {Event.LEFT, Event.MET, Event.GRANTED}


def test_coercion_heard_of_takes_trust_only_where_the_switch_says_so() -> None:
    def trust(*changes: object) -> dict[str, NDArray[np.float32]]:
        model = model_of(*changes, scale=100.0)  # type: ignore[arg-type] # changes of several types
        for _ in range(60):
            model.step()
        world = model.world
        world.network.renew(world)
        trust = ("trust_state", "trust_iom", "trust_ngo")
        before = {name: getattr(world.people, name).copy() for name in trust}
        phase._tell(world, phase_news(world.network.household[[3, 40]], News.REMOVAL, 1.0))
        return {name: getattr(world.people, name) - old for name, old in before.items()}

    assert not any(by.any() for by in trust().values())
    lost = trust(change("trust_spill", "coercion_lowers_all"))
    assert all((by <= 0.0).all() and by.any() for by in lost.values())


@pytest.mark.slow
def test_monitoring_tells_clients_and_a_start_after_the_end_changes_nothing() -> None:
    late = lived(change("monitoring_feedback", 1.0, date(2012, 2, 1)), scale=100.0)
    assert same(lived(scale=100.0), late)
    assert not same(lived(scale=100.0), lived(change("monitoring_feedback", 1.0), scale=100.0))


@pytest.mark.slow
def test_the_rumour_of_a_pardon_gives_hope_only_to_families_whom_it_reaches() -> None:
    over_ties = change("pardon_rumour", "over_ties")
    everybody = change("rumour_begins_hazard", 10.0), change("rumour_kept_weeks", 1040)
    nobody = lived(over_ties, change("rumour_begins_hazard", 0.0), scale=100.0)
    assert not nobody.world.network.carries.any()
    assert same(nobody, lived(change("pardon_hope", 0.0), scale=100.0))
    some = lived(over_ties, scale=100.0).world.network
    assert 0 < some.carries[some.here].mean() < 1
    many = lived(over_ties, *everybody, scale=100.0).world.network
    assert many.carries[many.here].mean() > some.carries[some.here].mean()
