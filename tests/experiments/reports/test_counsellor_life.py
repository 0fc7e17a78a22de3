"""A counsellor's life: what is counted adds up, what cannot be shown is refused in words."""

from __future__ import annotations

from typing import Any

import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.override import Override
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.model import ReturnModel
from terugkeer.abm.world.scenario import Scenario
from terugkeer.agents.codes import Organisation, label
from terugkeer.agents.kinds import HELPERS
from terugkeer.experiments.reports.counsellor_life import (
    NAMES,
    in_words,
    lived,
    organisation_of,
    refused,
)

LAST = 2017


@pytest.fixture(scope="module")
def life() -> dict[str, Any]:
    """Return a year of the first counsellor of VWN's talks, which are few."""
    few = Override("tip_capacity", "set", 40, None, "test")
    scenario = Scenario("test", entries=(few,))
    model = ReturnModel(scenario, scale=10.0, first_year=2012, last_year=2012)
    return lived(model, Organisation.TIP, 1, 40, lambda: None)


def test_a_scale_too_coarse_for_one_counsellor_is_said(life: dict[str, Any]) -> None:
    told = "give --scale 13 or less."
    narrow = life | {"room": 13.3}
    assert told not in in_words(narrow, 1, 10.0)
    assert told in in_words(narrow, 1, 20.0)


def test_every_organisation_has_a_name_and_is_found_by_its_label() -> None:
    assert set(NAMES) == {label(each) for each in HELPERS}
    assert [organisation_of(label(each)) for each in HELPERS] == list(HELPERS)
    assert organisation_of("Bridge to Better") == Organisation.BRIDGE_TO_BETTER


@pytest.mark.parametrize("name", ["maatwerkk", "case_manager", "none", ""])
def test_an_unknown_organisation_is_refused_with_the_known_ones(name: str) -> None:
    with pytest.raises(InputError, match="there is none of that name") as told:
        organisation_of(name)
    assert all(each in str(told.value) for each in NAMES)
    assert ("Did you mean 'maatwerk'?" in str(told.value)) == (name == "maatwerkk")


def test_clients_are_those_before_and_who_came_without_who_went(life: dict[str, Any]) -> None:
    before = None
    for week in life["weeks"]:
        gone = week["help_ended"] + week["went_home"] + week["left_otherwise"]
        assert all(week[key] >= 0.0 for key in week if key != "monday")
        if before is not None:
            assert week["clients"] == before["clients"] + week["new"] - gone
            assert week["experience"] == before["experience"] + week["sessions"]
        before = week
    assert life["weeks"][0]["monday"] == "2012-01-02"
    for key in ("new", "sessions", "help_ended"):
        assert sum(week[key] for week in life["weeks"]) > 0, key


def test_a_life_is_told_in_words_with_what_happened_alone(life: dict[str, Any]) -> None:
    lines = in_words(life, 1, 10.0)
    assert lines[0].startswith("Counsellor 1 of VWN's talks on the future (TIP): ")
    for line, week in zip(
        (each for each in lines if each.startswith("2012-")), life["weeks"], strict=True
    ):
        assert ("went home" in line) == (week["went_home"] > 0)
        assert (" sent on" in line) == (week["referred"] > 0)


@pytest.mark.parametrize(
    ("organisation", "number", "year", "weeks", "said"),
    [
        (Organisation.MAATWERK, 9, 2015, 26, "--number 9: Maatwerk bij Terugkeer has 5 "),
        (Organisation.MAATWERK, 0, 2015, 26, "give 1 to 5"),
        (Organisation.IOM, 21, 2015, 26, "has 20 counsellors"),
        (Organisation.IOM, 1, 2015, 0, "--weeks 0: give 1 to 157"),
        (Organisation.IOM, 1, 2017, 53, "give 1 to 52"),
        (Organisation.OPGEHEVEN_HOOFD, 1, 2015, 9, "It opens in the week of 2015-09-28"),
        (Organisation.TIP, 1, 2016, 9, "has no counsellors at the beginning of 2016"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_refused(
    organisation: Organisation, number: int, year: int, weeks: int, said: str
) -> None:
    (found,) = refused(registry(), organisation, number, year, weeks, LAST)
    assert said in found


def test_what_can_be_shown_is_not() -> None:
    for organisation, number, year in (
        (Organisation.IOM, 20, 2011),
        (Organisation.TIP, 7, 2015),
        (Organisation.NIEUW_HOOFDSTUK, 1, 2016),
        (Organisation.MUNICIPAL_DESK, 9, 2016),
    ):
        assert not refused(registry(), organisation, number, year, 52, LAST)
