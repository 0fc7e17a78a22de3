"""Effects of countries in force: where they come from, and where they act."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import Phase as Stage
from hypothesis import given, settings
from hypothesis import strategies as st
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.abm.evidence.value import NumberTable, numbers
from terugkeer.abm.world.arrivals.inflow import country_mix
from terugkeer.abm.world.calendar import first_week, sunday, week_of
from terugkeer.abm.world.countries.effects import CountryEffects, Effects
from terugkeer.abm.world.countries.practice import by_code
from terugkeer.abm.world.decision.weighing import constants
from terugkeer.abm.world.help.scheme_lists import EVERYBODY, SchemeLists
from terugkeer.abm.world.values import Values
from terugkeer.agents.codes import Covariate, Option, OriginGroup

from tests.abm.world.adults import WEEK, adults
from tests.abm.world.small_world import change, lived
from tests.abm.world.test_levers_act import same

COUNTRIES, GROUPS, _ = country_mix(registry(), 0.07)
EFFECTS = CountryEffects(registry(), COUNTRIES, GROUPS)
RECORDED = Timeline(registry()).at(sunday(WEEK))
SAFE = GROUPS == OriginGroup.SAFE
GEORGIA, ALBANIA = COUNTRIES.index("Georgia"), COUNTRIES.index("Albania")


def scores(country: int, score: float) -> tuple[float, ...]:
    """Return standard scores in the order of codes, 0 but for one country."""
    found = np.zeros(len(COUNTRIES))
    found[by_code(registry(), COUNTRIES)[country]] = score
    return tuple(found)


def effects(values: dict[str, object] | None = None, week: int = WEEK) -> Effects:
    now = Values(RECORDED | (values or {}))
    listed = SchemeLists(registry(), COUNTRIES).at(week, now)
    return EFFECTS.at(week, now, listed)


def test_in_the_baseline_countries_differ_by_the_contrast_between_groups_alone() -> None:
    """By hand: 1.57 against 1 with a weight of 0.29: 1.57 / 1.1653 and 1 / 1.1653."""
    found = effects()
    assert not found.to_return.any()
    assert not found.out_of_sight.any()
    assert found.cooperation[SAFE] == pytest.approx(1.57 / 1.1653, rel=1e-4)
    assert found.cooperation[~SAFE] == pytest.approx(1.0 / 1.1653, rel=1e-4)


@pytest.mark.parametrize(("of", "field"), [("return", 0), ("hiding", 1)])
def test_an_effect_on_an_option_is_group_country_and_what_is_documented(
    of: str, field: int
) -> None:
    values: dict[str, object] = {
        f"country_{of}_group_scale": 0.5,
        f"country_{of}_group_scores": (1.0, -2.0),
        f"country_{of}_scale": 0.2,
        f"country_{of}_scores": scores(GEORGIA, 3.0),
        f"country_{of}_covariates": (0.1, 0.0, 0.0, 0.0, 0.0),  # of visa freedom
    }
    found = effects(values)
    moved, still = found[field], found[1 - field]
    visa_free = found.covariates[:, Covariate.VISA_FREE]
    expected = np.where(SAFE, 0.5, -1.0) + 0.1 * visa_free
    expected[GEORGIA] += 0.6
    assert moved == pytest.approx(expected)
    assert not still.any()
    assert np.array_equal(found.cooperation, effects().cooperation)
    assert visa_free[ALBANIA] == 1.0
    assert visa_free[GEORGIA] == 0.0  # until 2017


def test_an_agreement_raises_cooperation_where_it_is_in_force() -> None:
    ratio = effects({"country_cooperation_agreement": np.log(1.5)}).cooperation
    ratio = ratio / effects().cooperation
    agreed = {"Albania", "Georgia", "Macedonia", "Russia", "Serbia", "Ukraine"}  # Turkey: 2014
    assert ratio == pytest.approx([1.5 if each in agreed else 1.0 for each in COUNTRIES])


@pytest.mark.parametrize(("since", "ratio"), [(0, 2.0), (-1, 1.0)])
def test_the_strategic_approach_raises_cooperation_of_five_countries_from_its_week(
    since: int, ratio: float
) -> None:
    """By hand: e^(ln 2) = 2 for the five that s3 names and the model has."""
    week = week_of(date(2010, 11, 1)) + since
    pulled = effects({"country_cooperation_strategic": np.log(2.0)}, week)
    found = pulled.cooperation / effects(week=week).cooperation
    five = {"Algeria", "China", "India", "Iran", "Nigeria"}
    assert found == pytest.approx([ratio if each in five else 1.0 for each in COUNTRIES])
    assert not pulled.to_return.any()
    assert not pulled.out_of_sight.any()


def test_other_coefficients_of_cooperation_stand_beside_the_agreement() -> None:
    """Lists of help in kind: everybody in 2012; of cash: those of the table."""
    values: dict[str, object] = {"country_cooperation_covariates": (0.0, 0.0, 0.2, 0.1)}
    found = effects(values)
    hrt = found.covariates[:, Covariate.HRT]
    assert found.cooperation / effects().cooperation == pytest.approx(np.exp(0.2 * hrt + 0.1))


def test_the_lever_names_groups() -> None:
    found = effects({"origin_cooperation_factor": NumberTable({"safe": 2.0, "not_safe": 0.5})})
    ratio = found.cooperation / effects().cooperation
    assert ratio == pytest.approx(np.where(SAFE, 2.0, 0.5))


def test_where_nobody_weighs_groups_alone_differ() -> None:
    values: dict[str, object] = {
        "decision": "hazards",
        "origin_cooperation_factor": NumberTable({"safe": 2.0, "not_safe": 0.5}),
        "country_cooperation_scores": scores(GEORGIA, 3.0),
        "country_return_scores": scores(GEORGIA, 3.0),
    }
    found = effects(values)
    assert np.array_equal(found.cooperation, effects().cooperation)
    assert not found.to_return.any()


def test_both_lists_of_covariates_are_those_of_the_schemes() -> None:
    found = effects(week=first_week(2017)).covariates
    assert found[GEORGIA, [Covariate.HRT, Covariate.IN_KIND]].tolist() == [0.0, 0.0]
    nobody_bound = EFFECTS.at(WEEK, Values(RECORDED), EVERYBODY).covariates
    assert (nobody_bound[:, [Covariate.HRT, Covariate.IN_KIND]] == 1.0).all()


def test_effects_are_added_to_the_worth_of_their_option_for_adults_of_the_country() -> None:
    world = adults(2, country=[GEORGIA, ALBANIA])
    rows = np.arange(2)
    before = constants(world, rows)
    own = np.zeros(len(COUNTRIES))
    own[GEORGIA] = 0.7
    world.effects = effects()._replace(to_return=own, out_of_sight=-own)
    added = constants(world, rows) - before
    assert added[Option.RETURN] == pytest.approx([0.7, 0.0])
    assert added[Option.OUT_OF_SIGHT] == pytest.approx([-0.7, 0.0])
    assert not added[[Option.WAIT, Option.MOVE_ON]].any()


@pytest.mark.slow
def test_spreads_without_scores_change_no_byte_and_scores_do() -> None:
    wide = [change(f"country_{of}_scale", 2.0) for of in ("return", "hiding", "cooperation")]
    assert same(lived(), lived(*wide))
    some = tuple(np.tile([1.0, -1.0], 12)[: len(COUNTRIES)])
    assert not same(lived(), lived(*wide, change("country_return_scores", some)))


RANDOM = [
    each
    for each in registry().values()
    if each.name.startswith(("country_", "list_change_", "origin_cooperation", "macedonia"))
    and each.prior is not None
]


@pytest.mark.slow
@settings(max_examples=6, derandomize=True, deadline=None, phases=(Stage.explicit, Stage.generate))
@given(st.integers(0, 2**32 - 1))
def test_over_random_worlds_persons_are_conserved_and_moves_are_declared(seed: int) -> None:
    """A move that is not declared stops the run (`World.move`)."""
    rng = np.random.default_rng(seed)
    drawn = [
        change(each.name, each.draw(rng.random(max(len(numbers(each.value or 0)), 1))))
        for each in RANDOM
    ]
    model = lived(*drawn, change("assistance_draws_inflow", "yes"), seed=int(rng.integers(1000)))
    here = np.count_nonzero(~model.people.gone)
    assert model.world.entered - model.world.departed == here > 0
    assert len(RANDOM) > 15
