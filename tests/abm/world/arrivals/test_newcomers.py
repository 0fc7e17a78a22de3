"""Households and persons at entry."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.abm.world.arrivals.inflow import derive_inflow
from terugkeer.abm.world.arrivals.newcomers import (
    EARLIER_FAMILIES,
    INDICES,
    OLDER_HIDDEN,
    OTHER,
    STRATA,
    Entrances,
    Newcomers,
    families_alone,
    mean_household_size,
)
from terugkeer.abm.world.calendar import WEEKS_PER_YEAR, first_week, sunday, week_of
from terugkeer.abm.world.chance import Chance, hash_numbers
from terugkeer.abm.world.events import MEMBERS, Event
from terugkeer.abm.world.values import Values
from terugkeer.agents import traits
from terugkeer.agents.codes import Background, Household, LegalPhase, Place, Route, Track

from tests.abm.world.small_world import change, events, lived, model_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

WEEK = first_week(2013)
INFLOW = derive_inflow(registry())
CHANCE = Chance(4, first_week(2018) + 1)
NOW = Values(Timeline(registry()).at(sunday(WEEK)))


def households(n: int, stratum: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    index = np.arange(n, dtype=np.int64)
    return (WEEK * STRATA + stratum) * INDICES + index, np.full(n, stratum)


def built(n: int, *strata: int) -> dict[str, NDArray[Any]]:
    parts = [households(n, stratum) for stratum in strata]
    number, stratum = (np.concatenate(each) for each in zip(*parts, strict=True))
    return Newcomers(INFLOW, CHANCE).build(WEEK, number, stratum, NOW)


def chosen(columns: dict[str, NDArray[Any]], rows: NDArray[np.bool_]) -> dict[str, NDArray[Any]]:
    return {name: column[rows] for name, column in columns.items()}


def test_mean_household_size_by_hand() -> None:
    # a tenth couples, a fifth one-parent and three tenths two-parent families
    shares = np.array([0.3, 0.1, 0.1, 0.2, 0.3])
    children = np.array([0.5, 0.3, 0.1, 0.1])  # 0.5 + 0.6 + 0.3 + 0.4 = 1.8 children
    # 0.3 + 0.1 + 0.2 + 0.2 + 0.6 = 1.4 adults, and 0.5 x 1.8 = 0.9 children
    assert mean_household_size(shares, children) == pytest.approx(2.3)
    assert mean_household_size(np.array([1.0, 0, 0, 0, 0]), children) == 1.0
    assert mean_household_size(np.array([0, 0, 0, 0, 1.0]), np.array([0, 0, 0, 1.0])) == 6.0


def test_more_households_leave_the_others_as_they_are() -> None:
    few, more = built(40, 0, 5, OTHER, OLDER_HIDDEN), built(90, 0, 3, 5, OTHER, OTHER + 1, 128)
    shared = np.isin(more["person"], few["person"])
    assert shared.sum() == len(few["person"])
    for name, column in few.items():
        assert np.array_equal(column, more[name][shared]), name


def test_households_built_together_or_week_by_week_are_the_same() -> None:
    number, stratum = households(60, 2)
    weeks = np.repeat([WEEK, WEEK + 1], 30)
    number += (weeks - WEEK) * STRATA * INDICES
    newcomers = Newcomers(INFLOW, CHANCE)
    together = newcomers.build(weeks, number, stratum, NOW)
    apart = [
        newcomers.build(week, number[weeks == week], stratum[weeks == week], NOW)
        for week in (WEEK, WEEK + 1)
    ]
    for name, column in together.items():
        assert np.array_equal(column, np.concatenate([each[name] for each in apart])), name


def test_finer_scale_keeps_the_numbers_of_a_week_from_nought() -> None:
    values = Values(Timeline(registry()).at(sunday(first_week(2008))))
    for week in (first_week(2009), first_week(2014)):
        coarse, fine = (
            Entrances(INFLOW, values, CHANCE, scale).households(week) for scale in (10.0, 5.0)
        )
        assert len(fine[0]) > len(coarse[0])
        for number, stratum in (coarse, fine):
            assert np.all(np.diff(number) > 0)
            assert np.array_equal(number // INDICES % STRATA, stratum)
            assert np.all(number // INDICES // STRATA == week)
            for each in np.unique(stratum):
                indices = number[stratum == each] % INDICES
                assert indices.tolist() == list(range(len(indices)))


def test_expected_persons_enter_to_within_one_household_a_stratum() -> None:
    values = Values(Timeline(registry()).at(sunday(first_week(2008))))
    size = mean_household_size(
        values.vector("asylum_household_shares"), values.vector("children_shares")
    )
    entrances = Entrances(INFLOW, values, CHANCE, 5.0)
    weeks = range(first_week(2008), first_week(2016))
    strata = np.concatenate([entrances.households(week)[1] for week in weeks])
    expected = INFLOW.asylum[: len(weeks)].sum(axis=0) / (size * 5.0)
    counted = np.bincount(strata[strata < OTHER], minlength=len(expected))
    assert np.all(np.abs(counted - expected) <= 1.0)


def test_numbers_tell_week_stratum_and_index() -> None:
    log = events(lived(scale=60.0))
    entered = log[log["kind"] == Event.ENTERED]
    person = entered["person"].to_numpy()
    assert len(np.unique(person)) == len(person)
    assert np.array_equal(person // MEMBERS // INDICES // STRATA, entered["week"])
    stratum = person // MEMBERS // INDICES % STRATA
    packed = entered["traits"].to_numpy()
    assert np.array_equal(stratum % OTHER, traits.unpack(packed, "country"))
    route = traits.unpack(packed, "route")
    assert np.array_equal(stratum < OTHER, route == Route.ASYLUM)
    assert np.array_equal(stratum >= OLDER_HIDDEN, route == Route.OLDER_HIDDEN)
    other = traits.unpack(packed, "background") == Background.OTHER
    assert np.array_equal((stratum >= OTHER) & (stratum < OLDER_HIDDEN), other)


@pytest.fixture(scope="module")
def many() -> dict[str, NDArray[Any]]:
    return built(9000, 3, OTHER + 3, OLDER_HIDDEN + 3, EARLIER_FAMILIES + 3)


def test_members_of_a_household_share_what_is_its_own(many: dict[str, NDArray[Any]]) -> None:
    shared = (
        "household_key", "background", "origin_group", "country", "household_kind", "route",
        "track", "dublin", "youngest_birth_week", "household_size", "arrival_week",
        "decision_week", "phase", "place", "document", "frailty",
    )  # fmt: skip
    first = np.unique(many["household"], return_index=True, return_inverse=True)
    for name in shared:
        assert np.array_equal(many[name], many[name][first[1]][first[2]]), name
    assert np.array_equal(many["household"], many["person"] // MEMBERS)
    assert np.array_equal(many["key"], hash_numbers(many["person"]))
    assert np.array_equal(many["household_key"], hash_numbers(many["household"]))
    sizes = np.bincount(first[2])[first[2]]
    assert np.array_equal(many["household_size"], sizes)
    youngest = np.full(len(first[0]), -(10**6))
    np.maximum.at(youngest, first[2], many["birth_week"])
    assert np.array_equal(many["youngest_birth_week"], youngest[first[2]])


def test_household_kinds_add_up(many: dict[str, NDArray[Any]]) -> None:
    child = traits.unpack(many["traits"], "minor") == 1
    family = traits.unpack(many["traits"], "family") == 1
    kind, size = many["household_kind"], many["household_size"]
    house = np.unique(many["household"], return_inverse=True)[1]
    adults = np.bincount(house, ~child)[house]
    assert np.array_equal(adults, np.array([1, 1, 2, 1, 2])[kind]), "adults by kind of household"
    with_children = kind >= Household.ONE_PARENT
    assert np.array_equal(family, with_children)
    assert np.all(size[~with_children] == adults[~with_children])
    children = size - adults
    assert set(children[with_children]) == {1, 2, 3, 4}
    for background, name in ((0, "asylum_household_shares"), (1, "other_household_shares")):
        rows = (many["background"] == background) & (many["route"] != Route.OLDER_HIDDEN)
        one_each = rows & (many["person"] % MEMBERS == 0)
        counted = np.bincount(kind[one_each], minlength=5)
        shares = NOW.vector(name)
        error = np.sqrt(shares * (1 - shares) * counted.sum())
        assert np.all(np.abs(counted - shares * counted.sum()) < 5 * error)
    one_each = with_children & (many["person"] % MEMBERS == 0)
    counted = np.bincount(children[one_each].astype(int), minlength=5)[1:]
    shares = NOW.vector("children_shares")
    error = np.sqrt(shares * (1 - shares) * counted.sum())
    assert np.all(np.abs(counted - shares * counted.sum()) < 5 * error)


def test_ages_and_sexes(many: dict[str, NDArray[Any]]) -> None:
    child = traits.unpack(many["traits"], "minor") == 1
    age = (WEEK - many["birth_week"]) / WEEKS_PER_YEAR
    assert age[child].min() >= 0.0
    assert age[child].max() < 18.0
    assert age[~child].min() >= 17.98  # whole weeks of age, rounded down
    assert age[~child].max() <= 80.0
    median = float(np.median(age[~child]))
    assert median == pytest.approx(NOW.number("adult_age_median"), abs=0.4)
    assert np.mean(age[child]) == pytest.approx(9.0, abs=0.3)
    kind, female = many["household_kind"], many["female"]
    assert np.array_equal(female, traits.unpack(many["traits"], "female") == 1)
    assert not female[kind == Household.SINGLE_MAN].any()
    assert female[kind == Household.SINGLE_WOMAN].all()
    couples = (kind == Household.COUPLE) | (kind == Household.TWO_PARENTS)
    position = many["person"] % MEMBERS
    assert not female[couples & (position == 0)].any()
    assert female[couples & (position == 1)].all()
    lone = (kind == Household.ONE_PARENT) & (position == 0)
    assert np.mean(female[lone]) == pytest.approx(0.9, abs=0.05)
    assert np.mean(female[child]) == pytest.approx(0.5, abs=0.04)


def test_where_and_how_people_enter(many: dict[str, NDArray[Any]]) -> None:
    asylum = chosen(many, many["route"] == Route.ASYLUM)
    assert set(asylum["phase"]) == {LegalPhase.PROCEDURE}
    assert set(asylum["place"]) == {Place.AZC}
    assert set(asylum["background"]) == {Background.ASYLUM}
    assert np.all(asylum["arrival_week"] == WEEK)
    assert np.all(asylum["decision_week"] >= WEEK)
    assert Track.NONE not in set(asylum["track"])
    assert set(asylum["spells"]) == {0}
    other = chosen(many, many["background"] == Background.OTHER)
    assert set(other["route"]) == {Route.APPREHENDED, Route.BORDER, Route.PERMIT_EXPIRED}
    assert set(other["phase"]) == {LegalPhase.DEPARTURE_TERM}
    earlier = many["household"] // INDICES % STRATA >= EARLIER_FAMILIES
    hidden = many["route"] == Route.OLDER_HIDDEN
    older, families = chosen(many, hidden & ~earlier), chosen(many, hidden & earlier)
    for each in (older, families):
        assert set(each["phase"]) == {LegalPhase.OBLIGED}
        assert set(each["background"]) == {Background.ASYLUM}
        assert set(each["spells"]) == {1}
        assert each["arrival_week"].max() <= INFLOW.start  # before the model starts
    for each, place in (
        (other, Place.PRIVATE_NETWORK),
        (older, Place.PRIVATE_NETWORK),
        (families, Place.FAMILY_LOCATION),
    ):
        assert set(each["place"]) == {place}
        assert set(each["track"]) == {Track.NONE}
    assert traits.unpack(families["traits"], "family").all()
    before = (INFLOW.start - families["arrival_week"]).mean()
    assert 200 < before < NOW.number("earlier_family_stay_weeks")  # cut at the first week of 2001
    border = other["route"] == Route.BORDER
    assert np.all(other["arrival_week"][border] == WEEK)
    assert np.any(other["arrival_week"][~border] < WEEK)
    assert np.all(many["arrival_week"] <= WEEK)
    assert np.all(many["arrival_week"] >= 0)
    assert np.array_equal(many["dublin"], many["track"] == Track.DUBLIN)
    assert np.array_equal(traits.unpack(many["traits"], "dublin"), many["dublin"])
    assert np.all(many["closed_week"] == -1)


def test_without_family_locations_earlier_families_live_with_a_private_network() -> None:
    number, stratum = households(50, EARLIER_FAMILIES + 3)
    closed = Values({**Timeline(registry()).at(sunday(WEEK)), "family_location_open": False})
    columns = Newcomers(INFLOW, CHANCE).build(WEEK, number, stratum, closed)
    assert set(columns["place"]) == {Place.PRIVATE_NETWORK}


def test_earlier_families_enter_in_the_year_after_the_ruling() -> None:
    values = Values(Timeline(registry()).at(sunday(first_week(2008))))
    ruling = week_of(date(2011, 1, 11))
    entrances = Entrances(INFLOW, values, CHANCE, 2.0)
    counts = {
        week: int((entrances.households(week)[1] >= EARLIER_FAMILIES).sum())
        for week in range(ruling - 100, ruling + 152)
    }
    assert {week for week, n in counts.items() if n} <= {*range(ruling, ruling + 52)}
    size = mean_household_size(families_alone(values), values.vector("children_shares"))
    expected = values.number("earlier_family_members") / (2.0 * size)
    assert sum(counts.values()) == pytest.approx(expected, abs=12)  # by country, half of one each
    assert max(counts.values()) < 0.1 * expected


def test_tracks_and_waits_follow_the_inflow(many: dict[str, NDArray[Any]]) -> None:
    one_each = (many["route"] == Route.ASYLUM) & (many["person"] % MEMBERS == 0)
    wait = (many["decision_week"] - WEEK)[one_each]
    cumulative = INFLOW.procedure_given_entry(WEEK)[3]
    chances = np.diff(cumulative, prepend=0.0).reshape(4, -1)
    weeks = np.arange(chances.shape[1])
    expected = float(chances.sum(axis=0) @ weeks)
    spread = np.sqrt(float(chances.sum(axis=0) @ weeks**2) - expected**2)
    assert abs(wait.mean() - expected) < 5 * spread / np.sqrt(len(wait))
    dublin = float(chances[0].sum())
    share = np.mean(many["dublin"][one_each])
    assert abs(share - dublin) < 5 * np.sqrt(dublin * (1 - dublin) / len(wait))


def test_a_procedure_twice_as_long() -> None:
    number, stratum = households(500, 3)
    values = Timeline(registry(), [change("procedure_length_factor", 2.0)]).at(sunday(WEEK))
    usual = Newcomers(INFLOW, CHANCE).build(WEEK, number, stratum, NOW)
    longer = Newcomers(INFLOW, CHANCE).build(WEEK, number, stratum, Values(values))
    assert np.array_equal(longer["decision_week"] - WEEK, 2 * (usual["decision_week"] - WEEK))
    for name in set(usual) - {"decision_week"}:
        assert np.array_equal(usual[name], longer[name]), name


def test_a_dated_lever_on_entry_acts_in_its_week() -> None:
    """Newcomers are built ahead; a change of values makes them anew."""
    week = first_week(2011)
    model = model_of(change("procedure_length_factor", 0.0, sunday(week)), scale=50.0)
    model.run()
    log = events(model)
    entered = log[(log["kind"] == Event.ENTERED) & (log["place"] == Place.AZC)]
    opened = log[log["kind"] == Event.OPENED].drop_duplicates("person")
    waits = entered.merge(opened, on="person", suffixes=("", "_file"))
    waits["wait"] = waits["week_file"] - waits["week"]
    late = waits[waits["week"] >= week]  # a dated value holds for the whole of its week
    early = waits[waits["week"] < week]
    assert len(late) > 20
    assert set(late["wait"]) == {0}
    assert early["wait"].mean() > 5


def test_frailty_has_mean_one_and_its_variance(many: dict[str, NDArray[Any]]) -> None:
    one_each = many["person"] % MEMBERS == 0
    frailty = many["frailty"][one_each]
    variance = NOW.number("detention_frailty_variance")
    # of a gamma: kurtosis 3 + 6 x variance gives the error of the variance
    n = len(frailty)
    assert abs(frailty.mean() - 1.0) < 5 * np.sqrt(variance / n)
    assert abs(frailty.var() - variance) < 5 * variance * np.sqrt((2 + 6 * variance) / n)
    share = NOW.number("documented_share")
    others = one_each & (many["track"] != Track.DUBLIN)
    assert not many["document"][many["track"] == Track.DUBLIN].any()
    documented, n = many["document"][others].mean(), int(others.sum())
    assert abs(documented - share) < 5 * np.sqrt(share * (1 - share) / n)
