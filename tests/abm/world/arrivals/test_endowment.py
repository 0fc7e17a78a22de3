"""What newcomers bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.special import logit
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.abm.world.arrivals.endowment import STATES, Endowment, _reservation
from terugkeer.abm.world.arrivals.inflow import derive_inflow
from terugkeer.abm.world.arrivals.newcomers import INDICES, OLDER_HIDDEN, OTHER, STRATA, Newcomers
from terugkeer.abm.world.calendar import WEEKS_PER_YEAR, first_week, sunday
from terugkeer.abm.world.chance import Chance
from terugkeer.abm.world.countries.origin import OriginConditions
from terugkeer.abm.world.persons.columns import COLUMNS
from terugkeer.abm.world.values import Values
from terugkeer.agents import traits
from terugkeer.agents.codes import Background, Route, Track

from tests.abm.world.small_world import change, recorded

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from terugkeer.abm.evidence.override import Override

    Columns = dict[str, NDArray[Any]]

WEEK = first_week(2013)
INFLOW = derive_inflow(registry())
CHANCE = Chance(4, first_week(2018) + 1)
ORIGIN = OriginConditions(registry(), INFLOW.countries, INFLOW.origin_groups)
NEWCOMERS = Newcomers(INFLOW, CHANCE, Endowment(CHANCE, ORIGIN))
MANY = 1500


def values(*changes: Override) -> Values:
    return Values(Timeline(registry(), changes).at(sunday(WEEK)))


def built(n: int, *strata: int, changes: tuple[Override, ...] = (), week: int = WEEK) -> Columns:
    stratum = np.repeat(np.array(strata, dtype=np.int64), n)
    number = (week * STRATA + stratum) * INDICES + np.tile(np.arange(n), len(strata))
    return NEWCOMERS.build(week, number, stratum, values(*changes))


@pytest.fixture(scope="module")
def crowd() -> Columns:
    return built(MANY, 0, 3, 11, OTHER, OTHER + 11, OLDER_HIDDEN)


def of_age(crowd: Columns) -> NDArray[np.bool_]:
    years = values().number("majority_years")
    return np.asarray((WEEK - crowd["birth_week"]) / WEEKS_PER_YEAR >= years)


def test_states_lie_inside_their_scales(crowd: Columns) -> None:
    for name in (*STATES, "hope", "believed_safety", "believed_livelihood"):
        assert ((crowd[name] > 0.0) & (crowd[name] < 1.0)).all(), name
    assert not crowd["worked_at_origin"][~of_age(crowd)].any(), "children did not work there"
    for name in ("journey_cost_eur", "debt_eur", "savings_eur"):
        assert (crowd[name] >= 0.0).all(), name
    assert set(crowd) <= set(COLUMNS)
    assert (crowd["reservation_eur"] > 0.0).all()


def test_medians_are_those_of_the_records(crowd: Columns) -> None:
    kinds = {
        0: (crowd["background"] == Background.ASYLUM) & (crowd["route"] != Route.OLDER_HIDDEN),
        1: crowd["background"] == Background.OTHER,
        2: crowd["route"] == Route.OLDER_HIDDEN,
    }
    others = np.ones(len(crowd["person"]), dtype=np.bool_)
    for name, (record, _) in STATES.items():
        for kind, of_kind in kinds.items():
            median = values().vector(record)[kind]
            chosen = of_kind & (~crowd["worked_at_origin"] if name == "skills" else others)
            room = 0.1 if name == "ties_origin" else 0.04  # ties at origin go with age too
            assert np.median(crowd[name][chosen]) == pytest.approx(median, abs=room), name


def test_work_at_origin_is_shared_out_and_raises_skills_by_its_log_odds(crowd: Columns) -> None:
    asylum = of_age(crowd) & (crowd["background"] == Background.ASYLUM)
    asylum &= crowd["route"] != Route.OLDER_HIDDEN
    worked = crowd["worked_at_origin"]
    assert worked[asylum].mean() == pytest.approx(
        values().vector("worked_at_origin_share")[0], abs=0.03
    )
    gap = logit(np.median(crowd["skills"][asylum & worked])) - logit(
        np.median(crowd["skills"][asylum & ~worked])
    )
    assert gap == pytest.approx(values().number("skills_of_work_at_origin"), abs=0.1)


def test_more_households_leave_what_the_others_bring() -> None:
    few, more = built(40, 0, 5, OTHER), built(90, 0, 3, 5, OTHER, OTHER + 1, OLDER_HIDDEN)
    shared = np.isin(more["person"], few["person"])
    assert shared.sum() == len(few["person"])
    for name, column in few.items():
        assert np.array_equal(column, more[name][shared]), name


def test_another_value_of_one_record_re_rolls_nothing_else() -> None:
    usual = built(200, 0, OTHER)
    other = built(200, 0, OTHER, changes=(change("mental_at_entry", (0.3, 0.3, 0.3)),))
    different = {name for name in usual if not np.array_equal(usual[name], other[name])}
    assert different == {"mental"}
    assert (other["mental"] < usual["mental"]).all()


def test_persons_differ_and_households_share(crowd: Columns) -> None:
    _, household = np.unique(crowd["household"], return_inverse=True)
    several = np.bincount(household)[household] > 1

    def spread(name: str) -> NDArray[Any]:
        of_household = np.full(household.max() + 1, np.inf)
        np.minimum.at(of_household, household, crowd[name])
        return np.asarray(crowd[name] != of_household[household])[several]

    for name in ("journey_cost_eur", "wanted_at_home", "identified", "eldest_birth_week"):
        assert not spread(name).any(), name
    for name in ("mental", "trust_ngo", "reservation_eur", "believed_safety", "optimism"):
        assert spread(name).mean() > 0.3, name


def test_shares_of_prices(crowd: Columns) -> None:
    price = crowd["reservation_eur"]
    n = len(price)
    for share, found in (
        (0.361, np.isinf(price)),
        (0.269, (price >= 8000) & np.isfinite(price)),
        (0.370, price < 8000),
    ):
        assert found.mean() == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / n))
    finite = price[np.isfinite(price)]
    assert finite.min() >= recorded("reservation_lowest_eur")
    assert finite.max() <= recorded("reservation_highest_eur")


def test_at_entry_everybody_asks_the_same_share_of_a_price(crowd: Columns) -> None:
    share = np.float32(recorded("reservation_share_at_entry"))
    assert (crowd["price_share"].astype(np.float32) == share).all()


def test_prices_by_hand() -> None:
    never, high = 0.361, 0.269
    edges = np.array([0.1, never + high / 2, never + high + (1 - never - high) / 2])
    expected = [np.inf, np.sqrt(8000 * 20000), np.sqrt(500 * 8000)]
    assert _reservation(edges, values()) == pytest.approx(expected)


def test_adults_owe_what_the_journey_of_all_members_cost(crowd: Columns) -> None:
    child = traits.unpack(crowd["traits"].astype(np.int32), "minor").astype(bool)
    assert child.any()
    assert not crowd["debt_eur"][child].any()
    assert not crowd["savings_eur"][child].any()
    _, first, household = np.unique(crowd["household"], return_index=True, return_inverse=True)
    owed = np.bincount(household, crowd["debt_eur"])
    cost = np.bincount(household, crowd["journey_cost_eur"])
    assert ((owed > 0.0) & (owed < cost)).all()
    asylum = crowd["route"][first] == Route.ASYLUM
    share = recorded_first("journey_debt_share")
    assert np.median((owed / cost)[asylum]) == pytest.approx(share, abs=0.03)
    paid = crowd["journey_cost_eur"][first]
    assert np.median(paid[asylum]) == pytest.approx(4050, rel=0.08)
    assert np.median(paid[~asylum]) < 4050


def recorded_first(name: str) -> float:
    return float(values().vector(name)[0])


def test_hope_goes_by_track() -> None:
    crowd = built(MANY, 0, 11, week=first_week(2016) + 20)  # safe countries have a track by then
    median = {track: np.median(crowd["hope"][crowd["track"] == track]) for track in Track if track}
    assert median[Track.GENERAL] == pytest.approx(0.7, abs=0.05)
    assert max(median[Track.DUBLIN], median[Track.SAFE_COUNTRY]) < median[Track.GENERAL]


def test_the_older_keep_more_ties_at_origin() -> None:
    crowd = built(MANY, 0)
    age = crowd["arrival_week"] - crowd["birth_week"]
    old, young = (crowd["ties_origin"][chosen] for chosen in (age > 40 * 52, age < 20 * 52))
    assert np.median(old) > np.median(young) + 0.08
    same = built(200, 0, changes=(change("ties_origin_per_decade", 0.0),))
    assert np.corrcoef(same["ties_origin"], same["birth_week"])[0, 1] ** 2 < 0.02


def test_who_holds_a_document_is_identified(crowd: Columns) -> None:
    assert crowd["identified"][crowd["document"] == 1].all()
    without = crowd["document"] == 0
    assert 0.2 < crowd["identified"][without].mean() < 0.7


def test_beliefs_are_the_truth_less_the_bias() -> None:
    certain = (change("belief_spread_at_entry", 0.0),)
    truth = ORIGIN.at(2013, values())
    bias = recorded("safety_bias"), recorded("livelihood_bias")
    for country in (3, 11):
        crowd = built(5, country, changes=certain)
        assert crowd["believed_safety"] == pytest.approx(truth.safety[country] - bias[0])
        assert crowd["believed_livelihood"] == pytest.approx(truth.livelihood[country] - bias[1])
        accurate = built(5, country, changes=(*certain, change("believed_insecurity", "accurate")))
        assert accurate["believed_safety"] == pytest.approx(truth.safety[country])
    later = built(5, 11, changes=certain, week=first_week(2009))
    before = ORIGIN.at(2009, values()).safety[11]
    assert later["believed_safety"] == pytest.approx(before - bias[0])


def test_the_eldest_child_by_hand(crowd: Columns) -> None:
    child = traits.unpack(crowd["traits"].astype(np.int32), "minor").astype(bool)
    for number in np.unique(crowd["household"])[:: MANY // 20]:
        members = crowd["household"] == number
        children = crowd["birth_week"][members & child]
        expected = children.min() if len(children) else crowd["birth_week"][members][0]
        assert (crowd["eldest_birth_week"][members] == expected).all()


def test_without_an_endowment_nothing_is_brought() -> None:
    bare = Newcomers(INFLOW, CHANCE).build(
        WEEK, np.array([(WEEK * STRATA) * INDICES]), np.array([0]), values()
    )
    assert not {"mental", "hope", "reservation_eur"} & set(bare)
