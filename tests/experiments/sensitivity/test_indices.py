"""Indices of functions whose indices are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from SALib.analyze import morris as salib_morris
from SALib.analyze import pawn as salib_pawn
from SALib.analyze import sobol as salib_sobol
from terugkeer.abm.errors import InputError
from terugkeer.abm.space.emulator import fitted
from terugkeer.abm.space.measured import Measured, moving, refuse_unusable
from terugkeer.abm.space.sample import SEEDS_IN_SET, crossed, scattered, seeds_of, trajectories
from terugkeer.abm.space.space import DUMMY, REKEYING, Factor, Space
from terugkeer.experiments.sensitivity.convergence import convergence
from terugkeer.experiments.sensitivity.correlations import correlation_notice, correlations
from terugkeer.experiments.sensitivity.elementary import elementary_effects, screening
from terugkeer.experiments.sensitivity.emulated import emulated
from terugkeer.experiments.sensitivity.given_data import first_order, given_data, pawn, slices
from terugkeer.experiments.sensitivity.indices import Estimates, savage
from terugkeer.experiments.sensitivity.noise import seed_shares
from terugkeer.experiments.sensitivity.variance import sobol_indices
from terugkeer.experiments.sensitivity.verdict import above_noise, verdicts

if TYPE_CHECKING:
    from collections.abc import Callable

THREE = Space(tuple(Factor(name, name) for name in "abc"))
IDLE = Space((*THREE.factors, Factor("idle", "idle")))
REKEYED = Space((*THREE.factors, REKEYING))
# Ishigami with a = 7, b = 0.1 (Saltelli et al. 2008, p. 179)
ISHIGAMI_S1 = {"a": 0.3139, "b": 0.4424, "c": 0.0}
ISHIGAMI_ST = {"a": 0.5576, "b": 0.4424, "c": 0.2437}
G = (0.0, 1.0, 9.0)


def ishigami(points: np.ndarray) -> np.ndarray:
    x = (points[:, :3] - 0.5) * 2 * np.pi
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def sobol_g(points: np.ndarray) -> np.ndarray:
    a = np.array(G)
    return np.prod((np.abs(4 * points[:, :3] - 2) + a) / (1 + a), axis=1)


def g_indices() -> tuple[dict[str, float], dict[str, float]]:
    part = 1 / (3 * (1 + np.array(G)) ** 2)
    whole = np.prod(1 + part) - 1
    first = part / whole
    total = part * np.array([np.prod(np.delete(1 + part, j)) for j in range(3)]) / whole
    return dict(zip("abc", first, strict=True)), dict(zip("abc", total, strict=True))


def by_index(several: list[Estimates]) -> dict[str, Estimates]:
    return {each.index: each for each in several}


def noisy(points: np.ndarray, sets: np.ndarray, seeds: int, sd: float) -> np.ndarray:
    """Add chance that hangs on seeds only, as keyed draws do, averaged over a point's seeds."""
    luck = [
        np.mean([np.random.default_rng(seed).normal(0, sd) for seed in seeds_of(int(n), seeds)])
        for n in sets
    ]
    return ishigami(points) + np.array(luck)


@pytest.mark.parametrize(
    ("function", "first", "total"),
    [(ishigami, ISHIGAMI_S1, ISHIGAMI_ST), (sobol_g, *g_indices())],
    ids=["ishigami", "g"],
)
def test_known_indices_lie_in_their_intervals(
    function: Callable[[np.ndarray], np.ndarray], first: dict[str, float], total: dict[str, float]
) -> None:
    sample = crossed(IDLE, 1024)
    found = by_index(sobol_indices(IDLE.labels(), function(sample.points)))
    for name, known in (("S1", first), ("ST", total)):
        frame = found[name].frame("y").set_index("factor")
        for factor, value in known.items():
            assert frame.loc[factor, "low"] - 0.01 <= value <= frame.loc[factor, "high"] + 0.01
            assert frame.loc[factor, "value"] == pytest.approx(value, abs=0.05)


def test_indices_are_those_of_salib_pairs_too() -> None:
    sample = crossed(THREE, 128, second_order=True)
    y = ishigami(sample.points)
    found = by_index(sobol_indices(THREE.labels(), y, second_order=True))
    theirs = salib_sobol.analyze(THREE.problem(), y, calc_second_order=True, seed=1)
    assert found["S1"].value == pytest.approx(theirs["S1"])
    assert found["ST"].value == pytest.approx(theirs["ST"])
    assert found["S2"].factors == ("a:b", "a:c", "b:c")
    pairs = [theirs["S2"][0, 1], theirs["S2"][0, 2], theirs["S2"][1, 2]]
    assert found["S2"].value == pytest.approx(pairs)
    assert found["S2"].value.argmax() == 1


def test_factors_in_a_group_count_as_one() -> None:
    space = Space(THREE.factors, {"ac": ("a", "c")})
    found = by_index(sobol_indices(space.labels(), ishigami(crossed(space, 512).points)))
    assert found["ST"].factors == ("ac", "b")
    # nothing is left between a and c: first-order and total effect agree
    assert found["S1"].value[0] == pytest.approx(1 - ISHIGAMI_S1["b"], abs=0.06)
    assert found["ST"].value[0] == pytest.approx(1 - ISHIGAMI_S1["b"], abs=0.06)


def test_doubling_keeps_every_point() -> None:
    for draw in (crossed, scattered, trajectories):
        small, large = draw(REKEYED, 8), draw(REKEYED, 16)
        assert np.array_equal(small.points, large.points[: len(small.points)])
        assert np.array_equal(small.sets, large.sets[: len(small.sets)])
        assert len(large.points) == 2 * len(small.points)


def test_an_idle_dummy_is_zero_and_one_that_changes_seeds_is_not() -> None:
    sample = crossed(IDLE, 64)
    idle = by_index(sobol_indices(IDLE.labels(), noisy(sample.points, sample.sets, 2, 2.0)))
    assert idle["ST"].value[3] == 0.0
    assert (idle["ST"].resampled[:, 3] == 0.0).all()
    sample = crossed(REKEYED, 64)
    rekeyed = by_index(sobol_indices(REKEYED.labels(), noisy(sample.points, sample.sets, 2, 2.0)))
    assert rekeyed["ST"].value[3] > 0.05
    effects = trajectories(IDLE, 10)
    y = noisy(effects.points, effects.sets, 2, 2.0)
    assert (elementary_effects(IDLE, effects.points, y)[:, 3] == 0.0).all()
    effects = trajectories(REKEYED, 10)
    y = noisy(effects.points, effects.sets, 2, 2.0)
    assert (elementary_effects(REKEYED, effects.points, y)[:, 3] != 0.0).all()


def test_additive_noise_makes_the_dummys_share_of_the_variance() -> None:
    sample, sd, seeds = crossed(REKEYED, 512), 4.0, 2
    y = noisy(sample.points, sample.sets, seeds, sd)
    known = (sd**2 / seeds) / (sd**2 / seeds + np.var(ishigami(scattered(THREE, 4096).points)))
    found = by_index(sobol_indices(REKEYED.labels(), y))
    assert found["ST"].value[3] == pytest.approx(known, abs=0.06)
    # what is left shrinks by the same share and keeps its order
    shrunk = np.array(list(ISHIGAMI_ST.values())) * (1 - known)
    assert found["ST"].value[:3] == pytest.approx(shrunk, abs=0.08)


def test_shares_of_chance_are_found_from_replicates() -> None:
    rng = np.random.default_rng(1)
    truth = rng.normal(0, 3, 4000)
    runs = truth[:, None] + rng.normal(0, 1, (4000, 4))
    measure = Measured(("y",), runs.mean(axis=1)[:, None], runs.var(axis=1, ddof=1)[:, None])
    (row,) = seed_shares(measure, 4).to_dict("records")
    assert row["seed_share_of_a_run"] == pytest.approx(1 / 10, abs=0.01)
    assert row["seed_share_of_a_mean"] == pytest.approx(0.25 / 9.25, abs=0.005)
    assert row["sd_over_seeds"] == pytest.approx(1.0, abs=0.03)


def test_elementary_effects_are_those_of_salib() -> None:
    sample = trajectories(THREE, 12)
    y = ishigami(sample.points)
    found = by_index(screening(THREE, sample.points, y))
    theirs = salib_morris.analyze(THREE.problem(), sample.points, y, num_levels=4, seed=1)
    for index in ("mu", "mu_star", "sigma"):
        assert found[index].value == pytest.approx(np.asarray(theirs[index], dtype=float))


def test_a_straight_line_has_the_same_effect_everywhere() -> None:
    sample = trajectories(THREE, 5)
    found = by_index(screening(THREE, sample.points, sample.points @ np.array([3.0, -2.0, 0.0])))
    assert found["mu"].value == pytest.approx([3, -2, 0])
    assert found["mu_star"].value == pytest.approx([3, 2, 0])
    assert found["sigma"].value == pytest.approx([0, 0, 0], abs=1e-12)


def test_a_screening_visits_every_pair_of_alternatives_and_tells_their_whole_difference() -> None:
    space = Space((Factor("x", "x", alternatives=("p", "q", "r")), Factor("b", "b")))
    sample = trajectories(space, 40)
    which = (sample.points[:, 0] * 3).astype(int).reshape(40, -1)
    assert {frozenset(row) for row in which} == {frozenset(p) for p in ((0, 1), (0, 2), (1, 2))}
    effects = elementary_effects(space, sample.points, (sample.points[:, 0] > 0.5) * 10.0)
    steps = effects[:, 0]
    assert set(np.abs(steps)) <= {0.0, 10.0}
    assert (steps >= 0).all()  # later alternatives are higher here, whichever way was gone


def test_each_trajectory_has_seeds_of_its_own_and_only_the_dummy_changes_them() -> None:
    sample = trajectories(REKEYED, 6)
    sets = sample.sets.reshape(6, -1)
    moved = np.diff(sample.points[:, 3].reshape(6, -1), axis=1) != 0
    assert ((np.diff(sets, axis=1) != 0) == moved).all()
    assert len({frozenset(row) for row in sets}) == 6
    assert not set(sets[0]) & set(sets[1])
    assert seeds_of(2, 3) == range(2 * SEEDS_IN_SET + 1, 2 * SEEDS_IN_SET + 4)


def test_pawn_agrees_with_salib_but_for_the_largest_point_and_leaves_numpy_alone() -> None:
    sample = scattered(IDLE, 256)
    y = ishigami(sample.points)
    state = np.random.get_state()[1].copy()  # noqa: NPY002 - the generator that others reseed
    found = by_index(given_data(IDLE, sample.points, y))
    assert (np.random.get_state()[1] == state).all()  # noqa: NPY002 - same
    theirs = salib_pawn.analyze(IDLE.problem(), sample.points, y, S=8)
    assert found["pawn"].value == pytest.approx(theirs["median"], abs=0.02)
    cut = slices(IDLE.factors[0], sample.points[:, 0])
    assert np.bincount(cut).tolist() == [32] * 8  # the largest is in its slice
    assert cut[sample.points[:, 0].argmax()] == 7


def test_a_slice_like_all_has_distance_nought_and_one_apart_nearly_one() -> None:
    y = np.arange(64.0)
    assert pawn(np.arange(64) % 2, y) < 0.05
    assert pawn((np.arange(64) >= 32).astype(int), y) == pytest.approx(0.5)
    assert first_order((np.arange(64) >= 32).astype(int), (y >= 32).astype(float)) == 1.0


def test_an_emulator_finds_known_indices_and_is_refused_where_it_cannot() -> None:
    space = Space((*THREE.factors, REKEYING))
    sample = scattered(space, 256)
    y = ishigami(sample.points)
    good = fitted("y", space, sample.points, y, np.full(256, np.nan), 1)
    assert good.usable
    assert good.words().startswith("used: held-back Q2 0.")
    found = by_index(emulated([good], space)["y"])
    for name, known in (("S1", ISHIGAMI_S1), ("ST", ISHIGAMI_ST)):
        frame = found[name].frame("y").set_index("factor")
        for factor, value in known.items():
            assert frame.loc[factor, "low"] - 0.03 <= value <= frame.loc[factor, "high"] + 0.03
    assert found["ST"].value[3] < 0.02
    luck = np.random.default_rng(3).normal(size=64)
    poor = fitted("y", space, sample.points[:64], luck, np.full(64, 1.0), 1)
    assert not poor.usable
    assert poor.words().endswith("give more points (--double) or more --seeds")
    noisy_ones = fitted("y", space, sample.points[:64], luck, np.full(64, 1.6), 2)
    assert not noisy_ones.usable
    assert "of what differs between means" in noisy_ones.words()


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_number_that_is_missing_is_refused_with_its_row(bad: float) -> None:
    values = np.ones((9, 2, 2))
    values[4, 1, 0] = bad
    with pytest.raises(InputError) as refused:
        refuse_unusable(values, ["y", "z"])
    assert "outcome 'y': no finite number at design rows 5 of 9" in str(refused.value)
    assert "'z'" not in str(refused.value)


def test_an_outcome_that_never_changes_is_refused_or_left_out() -> None:
    mean = np.column_stack([np.full(7, 3.0), np.arange(7.0)])
    measure = Measured(("flat", "y"), mean, np.zeros((7, 2)))
    with pytest.raises(InputError, match=r"'flat': 3 at all design rows 1 to 7"):
        moving(measure, ["flat"])
    assert moving(measure, ["y"]) == ["y"]


def test_the_verdict_says_what_is_too_wide_and_what_to_do() -> None:
    sample = crossed(REKEYED, 16)
    few = sobol_indices(REKEYED.labels(), noisy(sample.points, sample.sets, 1, 1.0))
    (row,) = verdicts("sobol", {"y": few}).to_dict("records")
    assert not row["converged"]
    assert row["words"].startswith("not converged: widest interval ")
    assert row["words"].endswith("double N (--double)")
    sample = crossed(REKEYED, 4096)
    many = sobol_indices(REKEYED.labels(), ishigami(sample.points))
    (row,) = verdicts("sobol", {"y": many}).to_dict("records")
    assert row["converged"]
    assert row["words"].startswith("converged: ")


def test_a_factor_stands_above_the_noise_only_with_its_whole_interval() -> None:
    sample = crossed(REKEYED, 256)
    several = sobol_indices(REKEYED.labels(), noisy(sample.points, sample.sets, 1, 6.0))
    frame = by_index(several)["ST"].frame("y")
    told = above_noise(frame, "sobol", REKEYED).set_index("factor")
    floor = frame.set_index("factor").loc[DUMMY, "high"]
    low = frame.set_index("factor")["low"]
    assert DUMMY not in told.index
    assert (told["above"] == (low.drop(DUMMY) > floor)).all()
    assert not told.loc["c", "above"]


def test_what_is_no_number_is_held_against_the_dummys_change_itself() -> None:
    space = Space((Factor("n", "n"), Factor("s", "s", alternatives=("p", "q")), REKEYING))
    sample = trajectories(space, 60)
    luck = np.array([np.random.default_rng(int(each)).normal() for each in sample.sets])
    floors = by_index(screening(space, sample.points, luck))["mu_star"].frame("y")
    told = above_noise(floors, "screen", space).set_index("factor")["floor"]
    assert told["s"] == pytest.approx(told["n"] * 2 / 3)


def test_a_small_effect_under_shared_seeds_is_shown_though_it_is_not_above_the_noise() -> None:
    space = Space((Factor("n", "n"), Factor("idle", "idle"), REKEYING))
    sample = trajectories(space, 20)
    luck = np.array([np.random.default_rng(int(each)).normal() for each in sample.sets])
    several = screening(space, sample.points, luck + 0.2 * sample.points[:, 0])
    frame = pd.concat([each.frame("y") for each in several])
    told = above_noise(frame, "screen", space).set_index("factor")
    assert not told["above"].any()
    assert told["sign_sure"].to_dict() == {"n": True, "idle": False}
    assert told["touches"].to_dict() == {"n": True, "idle": False}


def test_a_group_with_a_number_has_one_scale_and_three_alternatives_have_no_sign() -> None:
    three = Factor("s", "s", alternatives=("p", "q", "r"))
    grouped = Space((Factor("n", "n"), three, Factor("o", "o")), {"g": ("n", "s")})
    sample = trajectories(grouped, 30)
    effects = elementary_effects(grouped, sample.points, 4.0 * sample.points[:, 0])
    assert np.abs(effects[:, 0]) == pytest.approx(np.full(30, 4.0))
    apart = Space((Factor("n", "n"), three))
    sample = trajectories(apart, 10)
    found = by_index(screening(apart, sample.points, sample.points[:, 1]))
    assert found["mu"].factors == found["sigma"].factors == ("n",)
    assert found["mu_star"].factors == ("n", "s")


def test_a_screening_of_few_trajectories_has_not_converged() -> None:
    sample = trajectories(THREE, 12)
    found = screening(THREE, sample.points, sample.points @ np.array([3.0, -2.0, 1.0]))
    (row,) = verdicts("screen", {"y": found}, 12).to_dict("records")
    assert not row["converged"]
    assert "N 12 of at least 30" in row["words"]
    (row,) = verdicts("screen", {"y": found}, 30).to_dict("records")
    assert row["converged"]


@pytest.mark.slow
def test_held_back_points_are_not_seen_by_what_judges_them() -> None:
    space = Space(tuple(Factor(f"x{each}", "") for each in range(10)))
    points = scattered(space, 64).points
    luck = np.random.default_rng(5).normal(size=64)
    y = points[:, 0] + points[:, 1] ** 2 + luck * 0.3
    judged = fitted("y", space, points, y, np.full(64, 0.09), 1)
    knowing = fitted("y", space, np.vstack([points, points]), np.tile(y, 2), np.full(128, 0.09), 1)
    assert judged.q2 < knowing.q2 - 0.1  # copies of held-back points give them away
    assert judged.q2 < 0.6


def test_an_emulator_of_a_clean_function_converges_and_narrows() -> None:
    space = Space((*THREE.factors, REKEYING))
    points = scattered(space, 64).points
    good = fitted("y", space, points, 3 * points[:, 0] + points[:, 1], np.full(64, np.nan), 1)
    (row,) = verdicts("sobol", emulated([good], space)).to_dict("records")
    assert row["converged"]


def test_an_emulators_floor_is_not_nought() -> None:
    several = [Estimates("ST", ("a", "dummy"), np.array([0.01, 0.0]), np.zeros((5, 2)))]
    frame = several[0].frame("y")
    assert not above_noise(frame, "sobol", REKEYED, emulated=True)["above"].any()


@pytest.mark.slow
def test_intervals_of_given_data_are_not_moved_upward_by_resampling() -> None:
    covered = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        points, y = rng.random((64, 1)), rng.normal(size=64)
        several = by_index(given_data(Space((Factor("a", "a"),)), points, y))
        distance = several["pawn"].frame("y").iloc[0]
        assert 0.0 <= distance["low"] < distance["value"] < distance["high"]
        found = several["S1"].frame("y")
        covered += bool(found["low"].iloc[0] <= 0.0 <= found["high"].iloc[0])
    assert covered >= 34  # 95 % of 40 are 38; below 34 with a chance of 2 % at a true 92 %


def test_what_was_chosen_by_its_sum_hangs_together_and_is_told() -> None:
    points = np.random.default_rng(1).random((400, 4))
    kept = points[np.abs(points[:, 0] + points[:, 1] - 1.0) < 0.15]
    frame = correlations(REKEYED, kept)
    assert (frame.loc[0, "a"], frame.loc[0, "b"]) == ("a", "b")
    assert frame.loc[0, "correlation"] < -0.8
    (told,) = correlation_notice(frame, len(kept))
    assert told.startswith("Among the points kept, some factors are correlated: a with b (-0.")
    assert correlation_notice(correlations(REKEYED, points), len(points)) == []


def test_ranks_are_weighed_toward_the_top() -> None:
    assert savage(np.array([5.0, 1.0, 3.0])) == pytest.approx(
        [1 + 1 / 2 + 1 / 3, 1 / 3, 1 / 2 + 1 / 3]
    )


def test_convergence_uses_the_first_points_of_the_sample() -> None:
    sample = crossed(THREE, 32)
    y = ishigami(sample.points)
    course = convergence(
        lambda _, some: sobol_indices(THREE.labels(), some),
        sample.points,
        lambda _: y,
        ["y"],
        leading="ST",
        length=5,
    )
    assert sorted(course["n"].unique()) == [4, 8, 16, 32]
    alone = by_index(sobol_indices(THREE.labels(), y[: 8 * 5]))["ST"].value
    assert course.loc[course["n"] == 8, "value"].to_numpy() == pytest.approx(alone)
