"""Keyed uniforms: where they lie, how they are spread, and what they don't know of each other.

Seeds are fixed, so nothing here is flaky. For ideal uniforms a battery as a
whole would fail with a chance of one in a million (Bonferroni).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from terugkeer.abm.world.arrivals.newcomers import INDICES, STRATA
from terugkeer.abm.world.chance import Chance, Decision, hash_numbers, mix64
from terugkeer.abm.world.events import MEMBERS

if TYPE_CHECKING:
    from numpy.typing import NDArray

ERROR_RATE = 1e-6  # of each battery as a whole
LAST_SEED = 2**63 - 1
WEEKS = 900
ALL_ONES = (1 << 64) - 1

CODES = {
    "ROUNDING": 1,
    "HOUSEHOLD_KIND": 2,
    "CHILDREN": 3,
    "DUBLIN": 4,
    "TRACK_AND_WEEKS": 5,
    "ROUTE": 6,
    "PRIOR_STAY": 7,
    "DOCUMENTED": 8,
    "FRAILTY": 9,
    "ADULT_AGE": 10,
    "CHILD_AGE": 11,
    "CHILD_SEX": 12,
    "PARENT_SEX": 13,
    "JOURNEY_COST": 14,
    "DEBT_SHARE": 15,
    "SAVINGS": 16,
    "WANTED_AT_HOME": 17,
    "IDENTIFIED": 18,
    "RESERVATION": 19,
    "RESILIENCE": 80,
    "OPTIMISM": 81,
    "MENTAL": 82,
    "PHYSICAL": 83,
    "AGENCY": 84,
    "TIES_NL": 85,
    "TIES_ORIGIN": 86,
    "THREAT": 87,
    "KNOWLEDGE": 110,
    "JUSTICE": 111,
    "TRUST_STATE": 112,
    "TRUST_IOM": 113,
    "TRUST_NGO": 114,
    "BELIEVED_SAFETY": 115,
    "BELIEVED_LIVELIHOOD": 116,
    "SOCIAL_DEBT": 117,
    "APPEAL": 20,
    "APPEAL_ENDS": 21,
    "APPEAL_GRANTED": 22,
    "REPEAT_APPLICATION": 23,
    "REPEAT_ENDS": 24,
    "REPEAT_GRANTED": 25,
    "VBL_ADMISSION": 30,
    "VBL_ENDS": 32,
    "REPORTING_DUTY": 33,
    "NOT_FOUND_AFTER_RECEPTION": 34,
    "NOT_FOUND_AFTER_RELEASE": 35,
    "UNOBSERVED_PLACE": 36,
    "PLACE_AFTER_RECEPTION": 37,
    "NIGHT_SHELTER_LOTTERY": 38,
    "GUIDED_SHELTER_LOTTERY": 39,
    "LEAVE_GUIDED_SHELTER": 40,
    "DETENTION_EXTENSION": 41,
    "DETENTION_RELEASE": 42,
    "FAMILY_MEETING": 43,
    "CLOSED_AT_NOTICE": 44,
    "VBL_END_CLOSES": 45,
    "NIGHT_SHELTER_TERMS": 46,
    "LIVING_ALLOWANCE": 47,
    "DEPOSIT_LEAVES": 48,
    "T_ROOM": 49,
    "COOPERATION": 50,
    "PRIVATE_TO_STREET": 51,
    "STREET_TO_PRIVATE": 52,
    "DOCUMENT": 53,
    "WANTED_OR_NOT": 100,
    "DETENTION": 60,
    "DETENTION_AT_APPREHENSION": 61,
    "DETENTION_TEST": 66,
    "DETENTION_AT_TERM_END": 67,
    "CLOSED_FAMILY": 62,
    "REMOVAL_PLANNED": 63,
    "REMOVAL_OUTCOME": 64,
    "APPREHENSION_OF_HIDDEN": 65,
    "LAST_MINUTE_APPLICATION": 68,
    "FAMILY_REMOVAL": 170,
    "FIRST_TALKS": 171,
    "TALK_LOTTERY": 172,
    "TALK_ROUNDING": 173,
    "READING": 174,
    "ROOM_FOR_RESISTANCE": 175,
    "REFERRAL": 176,
    "REFERRED_TO": 177,
    "DISCRETIONARY": 178,
    "DISCRETIONARY_EUR": 179,
    "REGIONAL_APPROVAL": 180,
    "ASKS_AGAIN": 181,
    "DEPOSIT": 182,
    "DELIBERATION": 90,
    "NOISE_WAIT": 91,
    "NOISE_RETURN": 92,
    "NOISE_OUT_OF_SIGHT": 93,
    "NOISE_MOVE_ON": 94,
    "DISPOSITION": 95,
    "FIRST_STEP": 96,
    "DISCLOSURE": 97,
    "UNREGISTERED": 98,
    "HIDE_OR_MOVE_ON": 99,
    "EXIT_INDEPENDENT": 70,
    "EXIT_FORCED": 71,
    "EXIT_UNOBSERVED": 72,
    "EXIT_PERMIT": 73,
    "EXIT_OTHER": 74,
    "EXIT_ONWARD": 75,
    "EXIT_HOME_UNOBSERVED": 76,
    "IOM": 77,
    "WITHIN_REST": 120,
    "EARLIER_SUPPORT": 121,
    "PILOT_HAND_OVER": 123,
    "PILOT_INTERNAL": 124,
    "APPLY": 125,
    "REFUSED_OTHERWISE": 126,
    "HANDOVER_WEEK": 140,
    "HANDOVER_ARRIVES": 141,
    "CONTACT": 142,
    "CONTACT_WHOM": 143,
    "HELPER_LOTTERY": 144,
    "SESSION": 145,
    "COA_TALK": 146,
    "HELPER_DROPPED": 147,
    "QUEUE_LEFT": 148,
    "REFERS_ONWARD": 149,
    "REFERS_TO_WHOM": 150,
    "TIE_RING": 200,
    "TIE_MADE": 201,
    "TIE_WITH": 202,
    "TIE_GAP": 203,
    "TIE_TRUST": 204,
    "TIE_AFTER_MOVE": 205,
    "CONTACT_KEPT": 206,
    "RUMOUR_BEGINS": 207,
    "RUMOUR_TOLD": 208,
    "RUMOUR_ENDS": 209,
    "HELPER_ROUNDING": 155,
    "HELPER_EDGE": 156,
    "EMBEDDED_COMMON": 230,
    "EMBEDDED_ECONOMIC": 231,
    "EMBEDDED_SOCIAL": 232,
    "EMBEDDED_PSYCHOSOCIAL": 233,
    "LEAVES_AGAIN": 234,
    "THINKS_OF_LEAVING": 235,
    "AFTERCARE": 236,
    "DETENTION_PLACE": 260,
    "DETENTION_AT_NOTICE": 261,
    "RIGHT_TO_STAY": 270,
    "LEAVES_AFTER_NOTICE": 271,
    "MEDICAL_DEFERRAL": 272,
    "UNRECOGNISED": 273,
    "LAST_MINUTE_GRANTED": 274,
    "NO_FAULT_GRANTED": 275,
    "KNOWS_SUPPORT": 280,
    "STATE_TICKET": 281,
    "IN_KIND_LOTTERY": 290,
    "BARRED_WITHDRAWS": 291,
    "SCHOOLING": 320,
    "SKILLS": 321,
    "WORKED_AT_ORIGIN": 322,
    "PLAN_MADE": 323,
    "PLAN_CARRIED_OUT": 324,
    "PROJECT_WITHDRAWN": 310,
    "DATA_GAP": 311,
    "UNPREPARED_FLIGHT": 312,
    "AT_A_MISSION": 313,
    "LOCAL_AGREEMENT": 314,
    "PAIRED_REFERRAL": 315,
    "DISCRETIONARY_ABOVE": 316,
    "PROMISE_KEPT": 317,
    "METHOD": 300,
    "METHOD_LEFT": 301,
    "MEDIATION": 302,
    "KIN_REACHED": 303,
    "KIN_WANT": 304,
    "ARMENIAN": 292,
    "COUNSELLOR_TRAINED": 293,
    "COUNSELLOR_LOTTERY": 294,
}


def person_numbers(n: int) -> NDArray[np.int64]:
    """Numbers as the model gives them: weeks, strata, a few households, a few members."""
    each = np.arange(n, dtype=np.int64)
    member, each = each % 4, each // 4
    index, each = each % 5, each // 5
    stratum, week = each % 150, 360 + each // 150
    return ((week * STRATA + stratum) * INDICES + index) * MEMBERS + member


KEYS = hash_numbers(person_numbers(200_000))
CASES = [
    (seed, decision, week)
    for seed in (0, 1, 2, LAST_SEED)
    for decision in (Decision.ROUNDING, Decision.APPEAL, Decision.EXIT_FORCED, Decision.IOM)
    for week in (0, 1, 521, 886)
]


def undo_shift(word: int, shift: int) -> int:
    out = word
    for _ in range(64 // shift):
        out = word ^ (out >> shift)
    return out


def unmix(word: int) -> int:
    """Undo SplitMix64's finaliser in whole numbers."""
    word = undo_shift(word, 31)
    word = word * pow(0x94D049BB133111EB, -1, 1 << 64) & ALL_ONES
    word = undo_shift(word, 27)
    word = word * pow(0xBF58476D1CE4E5B9, -1, 1 << 64) & ALL_ONES
    return undo_shift(word, 30)


def test_codes_of_decisions_never_change() -> None:
    assert {name: int(code) for name, code in Decision.__members__.items()} == CODES
    assert len(set(CODES.values())) == len(CODES)


@given(st.integers(0, ALL_ONES))
def test_mixing_is_a_bijection(word: int) -> None:
    mixed = int(mix64(np.array([word], dtype=np.uint64))[0])
    assert unmix(mixed) == word


def test_mixing_leaves_its_argument_alone() -> None:
    words = np.arange(5, dtype=np.uint64)
    mix64(words)
    assert words.tolist() == [0, 1, 2, 3, 4]


def test_a_million_persons_have_a_million_keys() -> None:
    numbers = person_numbers(1_000_000)
    assert len(np.unique(numbers)) == 1_000_000
    assert len(np.unique(hash_numbers(numbers))) == 1_000_000


def test_the_smallest_and_the_largest_draw_lie_inside() -> None:
    chance = Chance(7, WEEKS)
    key = int(chance._keys[Decision.APPEAL][500])
    ends = np.array([(unmix(word) - key) & ALL_ONES for word in (0, ALL_ONES)], dtype=np.uint64)
    low, high = chance.uniform(Decision.APPEAL, 500, ends)
    assert low == 2.0**-53
    assert high == 1.0 - 2.0**-53
    clocks = -np.log1p(-np.array([low, high]))
    assert np.all(np.isfinite(clocks))
    assert np.all(clocks > 0.0)


def test_a_draw_leaves_keys_alone_and_repeats_itself() -> None:
    chance = Chance(1, WEEKS)
    keys = KEYS[:1000].copy()
    first = chance.uniform(Decision.APPEAL, 500, keys)
    assert np.array_equal(keys, KEYS[:1000])
    backwards = chance.uniform(Decision.APPEAL, 500, keys[::-1])
    assert np.array_equal(first, backwards[::-1])
    alone = chance.uniform(Decision.APPEAL, 500, keys[17:18])
    assert alone[0] == first[17]


def test_a_longer_run_draws_the_same_in_the_weeks_it_shares() -> None:
    short, long = Chance(3, 500), Chance(3, WEEKS)
    for decision in Decision:
        for week in (0, 123, 499):
            assert np.array_equal(
                short.uniform(decision, week, KEYS[:50]), long.uniform(decision, week, KEYS[:50])
            )


@pytest.fixture(scope="module")
def draws() -> dict[tuple[int, Decision, int], NDArray[np.float64]]:
    return {case: Chance(case[0], WEEKS).uniform(case[1], case[2], KEYS) for case in CASES}


def test_draws_are_uniform(draws: dict[tuple[int, Decision, int], NDArray[np.float64]]) -> None:
    limit = ERROR_RATE / (3 * len(draws))
    n = len(KEYS)
    for case, drawn in draws.items():
        assert 0.0 < drawn.min() < drawn.max() < 1.0, case
        mean = (drawn.mean() - 0.5) * np.sqrt(12.0 * n)
        spread = (np.mean((drawn - 0.5) ** 2) - 1 / 12) * np.sqrt(n / (1 / 80 - 1 / 144))
        found = (
            2.0 * stats.norm.sf(abs(mean)),
            2.0 * stats.norm.sf(abs(spread)),
            stats.kstest(drawn, "uniform").pvalue,
        )
        assert min(found) > limit, (case, found)


def dependence(one: NDArray[np.float64], other: NDArray[np.float64]) -> tuple[float, float]:
    """Return the p-values of a correlation and of a chi-square over 16 x 16 cells."""
    n = len(one)
    correlation = np.corrcoef(one, other)[0, 1] * np.sqrt(n)
    cells = np.bincount((one * 16).astype(int) * 16 + (other * 16).astype(int), minlength=256)
    expected = n / 256
    statistic = float(np.sum((cells - expected) ** 2) / expected)
    # both tails: cells that are too even are as little random
    tail = min(stats.chi2.sf(statistic, 255), stats.chi2.cdf(statistic, 255))
    return 2.0 * stats.norm.sf(abs(correlation)), 2.0 * tail


def test_draws_know_nothing_of_each_other() -> None:
    chances = {seed: Chance(seed, WEEKS) for seed in (1, 2)}

    def draw(seed: int, decision: Decision, week: int) -> NDArray[np.float64]:
        return chances[seed].uniform(decision, week, KEYS)

    base = draw(1, Decision.EXIT_INDEPENDENT, 600)
    pairs = {
        **{
            f"decision {other.name}": (base, draw(1, other, 600))
            for other in Decision
            if other is not Decision.EXIT_INDEPENDENT
        },
        **{
            f"{lag} weeks on": (base, draw(1, Decision.EXIT_INDEPENDENT, 600 + lag))
            for lag in (1, 2, 4, 52, -52)
        },
        "next seed": (base, draw(2, Decision.EXIT_INDEPENDENT, 600)),
        **{f"person {lag} on": (base[:-lag], base[lag:]) for lag in (1, 2, 4, 20, 3000)},
        "person and household": (
            base,
            chances[1].uniform(
                Decision.EXIT_INDEPENDENT, 600, hash_numbers(person_numbers(len(KEYS)) // MEMBERS)
            ),
        ),
    }
    # members share their household's draw: only first members are independent there
    pairs["person and household"] = tuple(each[::4] for each in pairs["person and household"])  # type: ignore[assignment] # each pair is of two arrays
    limit = ERROR_RATE / (2 * len(pairs))
    for name, pair in pairs.items():
        found = dependence(*pair)
        assert min(found) > limit, (name, found)


def test_the_battery_finds_dependence() -> None:
    drawn = Chance(1, WEEKS).uniform(Decision.APPEAL, 500, KEYS)
    other = Chance(1, WEEKS).uniform(Decision.APPEAL, 501, KEYS)
    assert min(dependence(drawn, 1.0 - drawn)) < ERROR_RATE
    blend = np.where(other < 0.05, drawn, other)
    assert min(dependence(drawn, blend)) < ERROR_RATE
