"""Codes: numbers that stay, with labels for tables."""

from __future__ import annotations

import inspect
from enum import IntFlag

import numpy as np
import pytest
from terugkeer.agents import codes

ENUMS = [
    each
    for _, each in inspect.getmembers(codes, inspect.isclass)
    if each.__module__ == codes.__name__ and issubclass(each, codes.Code) and each is not codes.Code
]


@pytest.mark.parametrize("enum", ENUMS, ids=lambda enum: enum.__name__)
def test_codes_fit_into_a_byte_and_labels_are_unique(enum: type[codes.Code]) -> None:
    numbers = [int(code) for code in enum]
    assert len(set(numbers)) == len(enum.__members__)  # no alias
    assert min(numbers) == 0
    assert max(numbers) <= 255
    labels = [codes.label(code) for code in enum]
    assert all(label == label.lower() for label in labels)
    assert len(set(labels)) == len(labels)


OLDER = {
    codes.Outcome: "none independent forced unobserved permit other",
    codes.Destination: "netherlands origin member_state onward home_unobserved permit other",
    codes.LegalPhase: "procedure appeal departure_term obliged repeat_procedure returned",
    codes.Place: "azc azc_departure_term vbl family_location closed_family reporting_duty "
    "night_shelter guided_shelter private_network street detention origin",
    codes.Option: "wait return out_of_sight move_on",
    codes.Stage: "not_considering considering intending preparing",
    # 3 to 5 stood for training, reintegration and legal aid organisations like these
    codes.Organisation: "none iom vwn bridge_to_better maatwerk askv coa municipal_desk "
    "case_manager",
    codes.Route: "asylum apprehended border permit_expired older_hidden",
}


# files of older runs hold these numbers: a code may be added, none may change
@pytest.mark.parametrize("enum", OLDER, ids=lambda enum: enum.__name__)
def test_numbers_of_older_runs_keep_their_meaning(enum: type[codes.Code]) -> None:
    known = OLDER[enum].split()
    assert [codes.label(enum(number)) for number in range(len(known))] == known


def test_tracks_keep_the_numbers_of_the_procedure() -> None:
    assert [int(track) for track in codes.Track] == [0, 1, 2, 4, 5]


def test_schemes_are_single_bits_that_can_be_combined() -> None:
    assert issubclass(codes.Scheme, IntFlag)
    single = [int(each) for each in codes.Scheme]
    assert single == [1, 2, 4, 8, 16, 32]
    both = codes.Scheme.HRT | codes.Scheme.FAMILIES
    assert codes.Scheme.HRT in both
    assert codes.Scheme.REAN not in both


def test_numpy_takes_a_code_for_a_plain_number() -> None:
    column = np.array([9, 3, 9], dtype=np.uint8)
    assert (column == codes.Place.STREET).tolist() == [True, False, True]
    assert np.full(2, codes.Place.VBL, dtype=np.uint8).tolist() == [2, 2]
    assert (column + codes.Place.AZC_DEPARTURE_TERM).tolist() == [10, 4, 10]
