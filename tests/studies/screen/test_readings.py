"""What is seen of the baseline, week by week and in its events."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.world.calendar import first_week
from terugkeer.agents.codes import Background, Household, LegalPhase, Place, Route, Stage

from studies.measured import YEARS
from studies.screen import readings
from studies.screen.readings import ASKED_EVERY, CARRIED, FOLLOWED, Look

START = first_week(YEARS[0])
ASKED = START + (-START) % ASKED_EVERY  # a week in which people are asked


def model(week: int, minor: object = None, **columns: object) -> Any:  # noqa: ANN401 - a stand-in
    """Return a model after a week, with obliged single men on the street unless told otherwise."""
    size = np.size(columns["person"])
    arrays = {
        "place": Place.STREET,
        "place_since": 0,
        "phase": LegalPhase.OBLIGED,
        "stage": Stage.NOT_CONSIDERING,
        "spell_open": True,
        "spell_since": 0,
        "spells": 1,
        "route": Route.ASYLUM,
        "dublin": False,
        "gone": False,
        "background": Background.ASYLUM,
        "household_kind": Household.SINGLE_MAN,
        "eldest_birth_week": 0,
        **dict.fromkeys(("push", "pull", "stay", "deter", *CARRIED), 0.0),
    } | columns
    people = SimpleNamespace(
        **{name: np.broadcast_to(value, size).copy() for name, value in arrays.items()}
    )
    people.find = lambda persons: np.array(
        [next(iter(np.flatnonzero(people.person == each)), -1) for each in persons], dtype=int
    )
    child = np.broadcast_to(False if minor is None else minor, size)
    world = SimpleNamespace(
        adult=lambda _rows: ~child,
        with_minor=lambda rows: people.household_kind[rows] == Household.ONE_PARENT,
        now=SimpleNamespace(number=lambda _name: 4.0),
    )
    return SimpleNamespace(week=week + 1, people=people, world=world)


def test_weeks_are_counted_by_place_and_year_of_stay() -> None:
    look = Look(START)
    places = [Place.FAMILY_LOCATION, Place.FAMILY_LOCATION, Place.STREET, Place.VBL]
    since = [START - 51, START - 300, 0, 0]
    look(model(START - 1, person=[1, 2, 3, 4], place=places))
    assert look.stayed.sum() == 0
    term = {"place": [*places, Place.AZC_DEPARTURE_TERM, Place.PRIVATE_NETWORK]}
    open_file = [True] * 5 + [False]
    look(model(START, person=range(6), place_since=[*since, 0, 0], spell_open=open_file, **term))
    assert look.stayed.tolist() == [1, 0, 0, 1]
    assert look.weeks == {"street": 1, "sheltered": 2, "term": 1, "private": 0}


def test_people_are_asked_twice_a_year_whether_they_consider_return() -> None:
    look = Look(START)
    seen = {
        "person": range(5),
        "phase": [*[LegalPhase.OBLIGED] * 3, LegalPhase.APPEAL, LegalPhase.RETURNED],
        "stage": [Stage.CONSIDERING, Stage.NOT_CONSIDERING, *[Stage.PREPARING] * 3],
        "place": [Place.STREET, Place.VBL, Place.VBL, Place.AZC, Place.STREET],
        "minor": [False, False, True, False, False],
    }
    look(model(ASKED + 1, **seen))
    assert look.asked["refused"].tolist() == [0, 0]
    look(model(ASKED, **seen))
    assert look.asked["refused"].tolist() == [2, 1]
    assert look.asked["in_law"].tolist() == [1, 1]
    assert look.asked["street"].tolist() == [1, 1]
    assert look.asked["sheltered"].tolist() == [1, 0]


def test_what_is_carried_is_ranked_against_what_return_gains() -> None:
    look = Look(START)
    seen = {"person": range(4), "push": [1.0, 2.0, 3.0, 9.0], "stay": 0.5}
    carried = {name: [0.1, 0.2, 0.3, 0.0] for name in CARRIED} | {"hope": [0.9, 0.5, 0.1, 1.0]}
    other = [*[Background.ASYLUM] * 3, Background.OTHER]
    look(model(ASKED, background=other, **seen, **carried))
    found = readings._carried(look)
    assert found["with_mental"] == pytest.approx(1.0)
    assert found["with_hope"] == pytest.approx(-1.0)
    assert len(found) == len(CARRIED) == 15


def test_persons_fall_back_from_preparing_unless_they_returned_or_are_gone() -> None:
    look = Look(START)
    look(model(START, person=[1, 2, 3, 4], stage=Stage.PREPARING))
    after = {
        "person": [2, 3, 4],
        "stage": [Stage.NOT_CONSIDERING, Stage.NOT_CONSIDERING, Stage.PREPARING],
        "phase": [LegalPhase.OBLIGED, LegalPhase.RETURNED, LegalPhase.OBLIGED],
    }
    look(model(START + 1, **after))
    assert look.fell_back == 1
    look(model(START + 2, person=[4], stage=Stage.NOT_CONSIDERING, gone=True))
    assert look.fell_back == 1


def test_first_files_of_asylum_are_taken_down_with_school_and_single() -> None:
    look = Look(START)
    look(
        model(
            START,
            person=range(7),
            spell_since=[START] * 6 + [START - 1],
            spells=[1, 1, 2, 1, 1, 1, 1],
            route=[Route.ASYLUM] * 3 + [Route.APPREHENDED, *[Route.ASYLUM] * 3],
            dublin=[False] * 4 + [True, False, False],
            household_kind=[Household.ONE_PARENT] + [Household.SINGLE_MAN] * 6,
            eldest_birth_week=START - 5 * 52 - 3,
            minor=[False] * 5 + [True, False],
        )
    )
    (opened,) = look.opened
    assert opened["person"].tolist() == [0, 1]
    assert opened["school"].tolist() == [True, False]
    assert opened["single"].tolist() == [False, True]


def test_school_is_set_against_singles_within_two_years() -> None:
    look = Look(START)
    school = [True] * 4 + [False] * 4
    opened = pd.DataFrame({"person": range(8), "week": START, "school": school})
    late = pd.DataFrame({"person": [9], "week": [10**4], "school": [True]})
    look.opened = [each.assign(single=~each["school"]) for each in (opened, late)]
    closed = [
        (0, 10, "independent"), (1, FOLLOWED, "independent"), (9, 1, "independent"),
        (4, 10, "independent"), (5, FOLLOWED - 1, "independent"),
        (2, 10, "forced"), (6, 10, "forced"),
    ]  # fmt: skip
    events = pd.DataFrame(closed, columns=["person", "week", "outcome"]).assign(kind="closed")
    events["week"] += START
    found = readings._school(look, events)
    assert found == {"school_independent": 0.5, "school_forced": 1.0}


def test_hazards_are_returns_over_weeks() -> None:
    look = Look(START)
    look.stayed = np.array([10.0, 10.0, 10.0, 10.0])
    look.weeks = {"street": 10, "sheltered": 20, "term": 40, "private": 50}
    look.fell_back = 1
    left = {"kind": "left", "outcome": "independent", "destination": "origin", "weeks": 1.0}
    open_file = {"spell_open": True, "phase": "obliged"}
    events = pd.DataFrame(
        [
            {**left, **open_file, "place": "family_location", "weeks": 60.0},
            {**left, **open_file, "place": "street"},
            {**left, **open_file, "spell_open": False, "place": "street"},
            {**left, **open_file, "place": "azc_departure_term", "phase": "departure_term"},
            {**left, **open_file, "place": "vbl", "phase": "appeal"},
            {**left, **open_file, "outcome": "unobserved", "destination": "home_unobserved"},
            {**left, **open_file, "kind": "moved", "outcome": "none", "place": "family_location"},
        ]
    )
    found = readings._leaving(look, events)
    assert found["family_location_year_1"] == 0.0
    assert found["family_location_year_2"] == 0.1
    assert found["family_location_stay"] == 30.5
    assert found["hazard_street"] == 0.1
    assert found["hazard_sheltered"] == 1 / 20
    assert found["hazard_term"] == 1 / 40
    assert found["hazard_private"] == 0.0
    assert found["fell_back"] == pytest.approx(1 / 7)


def test_sets_of_countries_are_compared_by_their_share_of_an_outcome() -> None:
    counts = {("Iraq", "independent"): 3, ("Iraq", "forced"): 1, ("Peru", "independent"): 1}
    counts |= {("Peru", "unobserved"): 1, ("Peru", "forced"): 2, ("Somalia", "permit"): 9}
    counts |= {("India", "forced"): 2, ("Somalia", "unobserved"): 2}
    rows = [key for key, size in counts.items() for _ in range(size)]
    found = readings.shares_where_named(pd.DataFrame(rows, columns=["country", "outcome"]))
    assert found["independent"] == pytest.approx((3 / 4) / (4 / 12))
    assert found["unobserved"] == pytest.approx(1 / (3 / 12))
    assert found["forced"] == pytest.approx(1 / (5 / 12))


def test_years_count_in_which_whereabouts_unknown_is_the_largest() -> None:
    rows = [(2011, "unobserved")] * 2 + [(2011, "forced"), (2011, "independent")]
    rows += [(2012, "unobserved"), (2012, "forced"), (2012, "independent")]
    rows += [(2013, "unobserved"), (2013, "permit"), (2013, "permit")]
    closed = pd.DataFrame(rows, columns=["year", "outcome"])
    assert readings._largest(closed) == 2.0
