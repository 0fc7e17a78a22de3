"""Keyed chance: one uniform for each (seed, decision, week, person or household).

No draw uses up another. What a person draws does not depend on who else is in the
model, so a measure that reaches one household changes no draw of another.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final, Self

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LARGEST_SEED: Final = 2**63 - 1
_MIX_1: Final = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2: Final = np.uint64(0x94D049BB133111EB)
_S12, _S27, _S30, _S31 = (np.uint64(shift) for shift in (12, 27, 30, 31))
_STEP: Final = np.float64(2.0**-52)
_HALF: Final = 2.0**-53  # 52 bits and half a step: off 0 and off 1, both exactly


class Decision(IntEnum):
    """What a draw decides. A code that has been used once is never used for anything else."""

    # entry
    ROUNDING = 1
    HOUSEHOLD_KIND = 2
    CHILDREN = 3
    DUBLIN = 4
    TRACK_AND_WEEKS = 5
    ROUTE = 6
    PRIOR_STAY = 7
    DOCUMENTED = 8
    FRAILTY = 9
    ADULT_AGE = 10
    CHILD_AGE = 11
    CHILD_SEX = 12
    PARENT_SEX = 13
    JOURNEY_COST = 14
    DEBT_SHARE = 15
    SAVINGS = 16
    WANTED_AT_HOME = 17
    IDENTIFIED = 18
    RESERVATION = 19
    # what a person brings
    RESILIENCE = 80
    OPTIMISM = 81
    MENTAL = 82
    PHYSICAL = 83
    AGENCY = 84
    TIES_NL = 85
    TIES_ORIGIN = 86
    THREAT = 87
    KNOWLEDGE = 110
    JUSTICE = 111
    TRUST_STATE = 112
    TRUST_IOM = 113
    TRUST_NGO = 114
    BELIEVED_SAFETY = 115
    BELIEVED_LIVELIHOOD = 116
    SOCIAL_DEBT = 117
    # law
    APPEAL = 20
    APPEAL_ENDS = 21
    APPEAL_GRANTED = 22
    REPEAT_APPLICATION = 23
    REPEAT_ENDS = 24
    REPEAT_GRANTED = 25
    # places; 31 was used once
    VBL_ADMISSION = 30
    VBL_ENDS = 32
    REPORTING_DUTY = 33
    NOT_FOUND_AFTER_RECEPTION = 34
    NOT_FOUND_AFTER_RELEASE = 35
    UNOBSERVED_PLACE = 36
    PLACE_AFTER_RECEPTION = 37
    NIGHT_SHELTER_LOTTERY = 38
    GUIDED_SHELTER_LOTTERY = 39
    LEAVE_GUIDED_SHELTER = 40
    DETENTION_EXTENSION = 41
    DETENTION_RELEASE = 42
    FAMILY_MEETING = 43
    CLOSED_AT_NOTICE = 44
    VBL_END_CLOSES = 45
    NIGHT_SHELTER_TERMS = 46
    LIVING_ALLOWANCE = 47
    DEPOSIT_LEAVES = 48
    T_ROOM = 49
    # life
    COOPERATION = 50
    PRIVATE_TO_STREET = 51
    STREET_TO_PRIVATE = 52
    DOCUMENT = 53
    WANTED_OR_NOT = 100
    # case managers
    FIRST_TALKS = 171
    TALK_LOTTERY = 172
    TALK_ROUNDING = 173
    READING = 174
    ROOM_FOR_RESISTANCE = 175
    REFERRAL = 176
    REFERRED_TO = 177
    DISCRETIONARY = 178
    DISCRETIONARY_EUR = 179
    REGIONAL_APPROVAL = 180
    ASKS_AGAIN = 181
    DEPOSIT = 182
    # enforcement
    DETENTION = 60
    DETENTION_AT_APPREHENSION = 61
    DETENTION_TEST = 66
    DETENTION_AT_TERM_END = 67
    CLOSED_FAMILY = 62
    REMOVAL_PLANNED = 63
    REMOVAL_OUTCOME = 64
    APPREHENSION_OF_HIDDEN = 65
    LAST_MINUTE_APPLICATION = 68
    FAMILY_REMOVAL = 170
    # the decision
    DELIBERATION = 90
    NOISE_WAIT = 91
    NOISE_RETURN = 92
    NOISE_OUT_OF_SIGHT = 93
    NOISE_MOVE_ON = 94
    DISPOSITION = 95
    FIRST_STEP = 96
    DISCLOSURE = 97
    UNREGISTERED = 98
    HIDE_OR_MOVE_ON = 99
    # counsellors
    HANDOVER_WEEK = 140
    HANDOVER_ARRIVES = 141
    CONTACT = 142
    CONTACT_WHOM = 143
    HELPER_LOTTERY = 144
    HELPER_ROUNDING = 155
    HELPER_EDGE = 156
    SESSION = 145
    COA_TALK = 146
    HELPER_DROPPED = 147
    QUEUE_LEFT = 148
    REFERS_ONWARD = 149
    REFERS_TO_WHOM = 150
    # after return
    EMBEDDED_COMMON = 230
    EMBEDDED_ECONOMIC = 231
    EMBEDDED_SOCIAL = 232
    EMBEDDED_PSYCHOSOCIAL = 233
    LEAVES_AGAIN = 234
    THINKS_OF_LEAVING = 235
    AFTERCARE = 236
    # exits: one draw for each cause of the race
    EXIT_INDEPENDENT = 70
    EXIT_FORCED = 71
    EXIT_UNOBSERVED = 72
    EXIT_PERMIT = 73
    EXIT_OTHER = 74
    EXIT_ONWARD = 75
    EXIT_HOME_UNOBSERVED = 76
    IOM = 77
    # schemes of assistance
    WITHIN_REST = 120  # which of the countries that have no name of their own
    EARLIER_SUPPORT = 121
    PILOT_HAND_OVER = 123
    PILOT_INTERNAL = 124
    APPLY = 125
    REFUSED_OTHERWISE = 126
    # ties and news
    TIE_RING = 200
    TIE_MADE = 201
    TIE_WITH = 202
    TIE_GAP = 203
    TIE_TRUST = 204
    TIE_AFTER_MOVE = 205
    CONTACT_KEPT = 206
    RUMOUR_BEGINS = 207
    RUMOUR_TOLD = 208
    RUMOUR_ENDS = 209
    # levers of detention
    DETENTION_PLACE = 260
    DETENTION_AT_NOTICE = 261
    # rules of the forced track
    RIGHT_TO_STAY = 270
    LEAVES_AFTER_NOTICE = 271
    MEDICAL_DEFERRAL = 272
    UNRECOGNISED = 273
    LAST_MINUTE_GRANTED = 274
    NO_FAULT_GRANTED = 275
    # money and the journey
    KNOWS_SUPPORT = 280
    STATE_TICKET = 281
    # places of help in kind, and applications for cash
    IN_KIND_LOTTERY = 290
    BARRED_WITHDRAWS = 291
    # schooling, skills and plans for life after return
    SCHOOLING = 320
    SKILLS = 321
    WORKED_AT_ORIGIN = 322
    PLAN_MADE = 323
    PLAN_CARRIED_OUT = 324
    # what case managers decide on: projects, data, extensions, cash
    PROJECT_WITHDRAWN = 310
    DATA_GAP = 311
    UNPREPARED_FLIGHT = 312
    AT_A_MISSION = 313
    LOCAL_AGREEMENT = 314
    PAIRED_REFERRAL = 315
    DISCRETIONARY_ABOVE = 316
    PROMISE_KEPT = 317
    # methods of counsellors, and mediation with kin
    METHOD = 300
    METHOD_LEFT = 301
    MEDIATION = 302
    KIN_REACHED = 303
    KIN_WANT = 304
    # organisations and their counsellors
    ARMENIAN = 292
    COUNSELLOR_TRAINED = 293
    COUNSELLOR_LOTTERY = 294


def mix64(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Mix 64-bit words so that every input bit moves every output bit.

    The finaliser of SplitMix64 (Steele, Lea and Flood 2014); a bijection.
    """
    words = values.copy()
    _mix_in_place(words)
    return words


def _mix_in_place(words: NDArray[np.uint64]) -> None:
    """Mix words in place; the shifts take the only other array."""
    shifted = words >> _S30
    words ^= shifted
    words *= _MIX_1
    np.right_shift(words, _S27, out=shifted)
    words ^= shifted
    words *= _MIX_2
    np.right_shift(words, _S31, out=shifted)
    words ^= shifted


def hash_numbers(numbers: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Hash person or household numbers to 64-bit keys, once, at entry.

    Returns
    -------
    ndarray of uint64, shape (n,)
        Keys; equal for equal numbers only, since mixing is a bijection.
    """
    return mix64(mix64(numbers.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)))


def of_pair(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return a key for each pair of persons or households, the same in either order.

    Parameters
    ----------
    one, other : ndarray of uint64, shape (n,)
        Keys of persons or households.

    Returns
    -------
    ndarray of uint64, shape (n,)
        `mix64(min(one, other)) ^ max(one, other)`.
    """
    return mix64(np.minimum(one, other)) ^ np.maximum(one, other)


def of_slot(key: NDArray[np.uint64], slot: NDArray[np.integer] | int) -> NDArray[np.uint64]:
    """Return a key for each numbered slot of a person or household.

    Parameters
    ----------
    key : ndarray of uint64, shape (n,)
        Keys of persons or households.
    slot : ndarray of int or int
        Numbers of slots, of a shape that broadcasts with `key`.

    Returns
    -------
    ndarray of uint64
        Keys of slots, of the broadcast shape.
    """
    return key ^ mix64(np.atleast_1d(np.asarray(slot)).astype(np.uint64) + _MIX_1)


class Chance:
    """Uniforms on demand, keyed by seed, decision, week and person.

    The key of a decision in a week is word `week` of the stream of
    `SeedSequence(seed, spawn_key=(decision,))`.

    Parameters
    ----------
    seed : int
        Seed of the run, at least 0.
    weeks : int
        Weeks since the epoch for which keys are made.
    """

    def __init__(self, seed: int, weeks: int) -> None:
        self.seed = seed
        self._keys: dict[Decision, NDArray[np.uint64]] = {
            decision: np.asarray(
                np.random.SeedSequence(seed, spawn_key=(decision,)).generate_state(
                    weeks, np.uint64
                ),
                dtype=np.uint64,
            )
            for decision in Decision
        }

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        """Return itself: it never changes, so copies of a model share it."""
        return self

    def uniform(
        self, decision: Decision, week: int | NDArray[np.int64], keys: NDArray[np.uint64]
    ) -> NDArray[np.float64]:
        """Return one uniform for each key.

        Parameters
        ----------
        week : int or ndarray of int64, shape (n,)
            The week; for a decision made once in a life, the week of entry or 0.
        keys : ndarray of uint64, shape (n,)
            Hashed numbers of persons, or of households for what they do together.

        Returns
        -------
        ndarray of float64, shape (n,)
            Uniforms inside (0, 1), a multiple of 2**-52 plus 2**-53.
        """
        if not len(keys):
            return np.empty(0)
        words = keys + self._keys[decision][week]
        _mix_in_place(words)
        words >>= _S12
        uniforms: NDArray[np.float64] = words * _STEP
        uniforms += _HALF
        return uniforms
