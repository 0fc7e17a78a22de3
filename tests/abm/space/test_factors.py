"""Which factors there are, and what each sets."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.value import numbers
from terugkeer.abm.space.factors import SCHEMES, chosen_space, factor_of, factors_of, scheme_groups
from terugkeer.abm.space.space import DUMMY
from terugkeer.experiments.sensitivity.pairs import pairs_of


@pytest.mark.parametrize("role", ["parameters", "switches"])
@pytest.mark.parametrize("u", [0.0, 0.37, 1.0])
@pytest.mark.parametrize("width", [0.5, 1.0, 2.0])
def test_every_corner_of_the_space_is_a_value_that_its_record_allows(
    role: str, u: float, width: float
) -> None:
    evidence = registry()
    names = [each.name for each in factors_of(evidence, role)]
    for name in names:
        (change,) = factor_of(evidence, name, width).at(u)
        record = evidence[name.partition("[")[0]]
        assert (change.target, change.operation, change.start) == (record.name, "set", None)
        assert record.misfits(change.value) == []
        assert all(np.isfinite(each) for each in numbers(change.value))


def test_alternatives_have_equal_parts_of_the_coordinate() -> None:
    factor = factor_of(registry(), "household")
    assert factor.alternatives == ("mean", "veto", "head")
    assert [factor.at(u)[0].value for u in (0.0, 0.32, 0.34, 0.99, 1.0)] == [
        "mean", "mean", "veto", "head", "head",
    ]  # fmt: skip
    assert factor_of(registry(), "rean_open").alternatives == ("false", "true")
    assert factor_of(registry(), "rean_open").at(0.0)[0].value is False


def test_each_part_of_a_record_is_a_factor_and_a_point_sets_the_record_once() -> None:
    evidence = registry()
    names = [f"country_return_scores[c{number:02d}]" for number in range(1, 24)]
    space = chosen_space(evidence, "country_return_scores,country_return_scale")
    assert space.names == [*names, "country_return_scale", DUMMY]
    assert scheme_groups(space) == {"country_return_scores": tuple(names)}
    assert space.labels() == ["country_return_scores", "country_return_scale", DUMMY]
    one = chosen_space(evidence, "country_return_scores[c02],country_cooperation_agreement")
    assert one.labels() == ["country_return_scores", "country_cooperation_agreement", DUMMY]
    point = np.full(len(space.factors), 0.5)
    point[1], point[4] = 0.9, 0.1
    scale, scores = space.changes(point)
    assert (scale.target, scores.target) == ("country_return_scale", "country_return_scores")
    moved = [place for place, score in enumerate(numbers(scores.value)) if abs(score) > 1e-9]
    assert moved == [1, 4]
    high, low = numbers(scores.value)[1], numbers(scores.value)[4]
    assert high == pytest.approx(-low)
    assert high > 1.0
    (alone,) = factor_of(evidence, "country_return_scores[c02]").at(0.9)
    assert numbers(alone.value)[1] == high


@pytest.mark.parametrize("name", ["country_return_scores[c99]", "country_return_scores", "news[a]"])
def test_a_part_that_is_not_there_is_refused(name: str) -> None:
    with pytest.raises(InputError, match=r"each part is a factor of its own. Choose from"):
        factor_of(registry(), name)


def test_one_role_or_names_make_a_space_that_ends_with_the_dummy() -> None:
    evidence = registry()
    space = chosen_space(evidence, "vbl_weeks, household,vbl_weeks")
    assert space.names == ["vbl_weeks", "household", DUMMY]
    changes = space.changes(np.array([0.0, 0.0, 0.7]))
    assert [(each.target, each.value) for each in changes] == [
        ("household", "mean"),
        ("vbl_weeks", 4),
    ]
    assert space.features(np.array([[0.2, 0.9, 0.5]])).tolist() == [[0.2, 0.0, 1.0, 0.5]]
    names = chosen_space(evidence, "switches").names
    assert "decision" not in names
    assert {evidence[each].role for each in names[:-1]} == {"switch"}


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ("levers,parameters", "a lever's range is a step"),
        ("vbl_week", "'vbl_week' is unknown. Did you mean"),
        ("", "none chosen"),
        ("spinup_years", "unknown"),
    ],
)
def test_what_makes_no_space_is_refused(chosen: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        chosen_space(registry(), chosen)


def test_every_scheme_and_every_pair_that_ships_is_there() -> None:
    evidence = registry()
    levers = chosen_space(evidence, "levers")
    assert scheme_groups(levers) == {
        "hrt": ("hrt_open", "cash_amount"),
        "in_kind": ("in_kind_amount", "in_kind_places", "in_kind_preparation", "in_kind_window"),
        "pilot": ("pilot_open", "pilot_window"),
    }
    known = {*evidence.names(), *evidence.levers}
    assert {each for members in SCHEMES.values() for each in members} <= known
    assert scheme_groups(chosen_space(evidence, "rean_open,rean_adult,hrt_open")) == {
        "rean": ("rean_open", "rean_adult")
    }
    for pair in pairs_of("asked"):
        assert {factor_of(evidence, name).name for name in pair} == set(pair)
