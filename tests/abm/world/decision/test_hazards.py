"""Hazards of exit by place, phase, file and background, and what adjusts them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.abm.world.decision.hazards import (
    SMALLEST,
    Cause,
    Hazards,
    hazard_tables,
)
from terugkeer.abm.world.values import Values
from terugkeer.agents.codes import Background, LegalPhase, OriginGroup, Place
from terugkeer.agents.places import HELD, HIDDEN, STATE_SHELTER

from tests.abm.world.clients import WEEK, number, world_of

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from terugkeer.abm.world.state import World

ALL_HAZARDS = [name for name in registry().names() if "hazard" in name]
SAME_FOR_GROUPS = {"safe_ratio_independent": 1.0, "other_background_ratio_independent": 1.0}
FAMILIES = {"place": Place.FAMILY_LOCATION, "spell_open": True}
IN_VBL = {"place": Place.VBL, "spell_open": True}


def tables(**values: object) -> NDArray[np.float64]:
    """Return the tables under some values: causes, places, phases, files, backgrounds, groups."""
    world = world_of()
    world.now.update(values)
    return hazard_tables(world.now)


def hazard_of(world: World, cause: Cause) -> NDArray[np.float64]:
    """Return the hazard of everybody, 0 for persons who are not at risk."""
    found = np.zeros(len(world.people))
    rows, hazard = Hazards().look_up(world)[cause]
    found[rows] = hazard
    return found


def test_nobody_exits_at_hazard_0_of_everything() -> None:
    found = tables(**{name: 0.0 for name in ALL_HAZARDS if registry()[name].role != "switch"})
    for cause in Cause:
        assert found[cause].max() <= (SMALLEST if cause == Cause.PERMIT else 0.0), cause


def test_no_cause_acts_at_origin() -> None:
    assert not tables()[:, Place.ORIGIN].any()


def test_removal_is_for_held_persons_with_a_file_under_the_duty_to_leave() -> None:
    forced = tables(detained_flight_hazard=0.2, closed_family_departure_hazard=0.3)[Cause.FORCED]
    assert (forced[Place.DETENTION, LegalPhase.OBLIGED, 1] == 0.2).all()
    assert (forced[Place.CLOSED_FAMILY, LegalPhase.OBLIGED, 1] == 0.3).all()
    assert np.count_nonzero(forced) == 2 * len(Background) * len(OriginGroup)


def test_hidden_persons_without_a_file_move_on_or_go_home_untold() -> None:
    found = tables(hazard_onward_hidden=0.2, hazard_home_unobserved=0.3)
    for cause, hazard in ((Cause.ONWARD, 0.2), (Cause.HOME_UNOBSERVED, 0.3)):
        there = np.zeros(len(Place), dtype=np.bool_)
        there[list(HIDDEN)] = True
        assert (found[cause][there, :, 0] == hazard).all()
        assert not found[cause][~there].any()
        assert not found[cause][:, :, 1].any()


def test_permits_are_for_files_of_persons_at_liberty() -> None:
    permit = tables(hazard_permit_with_file=0.01, hazard_permit_family_location=0.02)[Cause.PERMIT]
    assert (permit[Place.STREET, :, 1] == 0.01).all()
    assert (permit[Place.FAMILY_LOCATION, :, 1] == 0.02).all()
    assert not permit[list(HELD)].any()
    assert not permit[:, :, 0].any()


def test_other_outcomes_go_by_background() -> None:
    other = tables(hazard_other_asylum=0.01, hazard_other_other=0.02, other_course=1.0)[Cause.OTHER]
    assert (other[Place.VBL, :, 1, Background.ASYLUM] == 0.01).all()
    assert (other[Place.VBL, :, 1, Background.OTHER] == 0.02).all()
    assert not other[:, :, 0].any()


def test_no_file_closes_for_another_reason_in_a_family_location() -> None:
    other = tables()[Cause.OTHER]
    assert not other[Place.FAMILY_LOCATION].any()
    assert other[Place.CLOSED_FAMILY, :, 1].all()


def test_other_outcomes_follow_their_record_of_2011_to_2015_and_are_flat_around_it() -> None:
    timeline = Timeline(registry())
    course = {
        year: Values(timeline.at(date(year, 6, 1))).number("other_course")
        for year in range(2008, 2018)
    }
    table = registry().tables.frame("dtv_caseload_outflow.csv").set_index(["outflow", "year"])
    record = {year: float(table.loc[("other", year), "persons"]) for year in range(2011, 2016)}
    mean = sum(record.values()) / 5
    assert [course[year] for year in record] == pytest.approx(
        [each / mean for each in record.values()], abs=5e-4
    )
    assert course[2008] == course[2011]
    assert course[2017] == course[2015]
    double, usual = tables(other_course=2.0)[Cause.OTHER], tables(other_course=1.0)[Cause.OTHER]
    assert np.array_equal(double, 2.0 * usual)


def test_safe_and_unsafe_countries_differ_by_a_ratio_and_keep_the_pooled_hazard() -> None:
    ratio, weight = 3.0, 0.25
    found = tables(safe_ratio_independent=ratio, safe_country_weight=weight)[Cause.INDEPENDENT]
    safe, unsafe = (found[..., group] for group in (OriginGroup.SAFE, OriginGroup.NOT_SAFE))
    assert safe == pytest.approx(ratio * unsafe)
    pooled = weight * safe + (1.0 - weight) * unsafe
    same = tables(**SAME_FOR_GROUPS)[Cause.INDEPENDENT][..., Background.ASYLUM, OriginGroup.SAFE]
    assert pooled[..., Background.ASYLUM] == pytest.approx(same)


def test_persons_of_other_background_return_at_a_ratio_to_the_others() -> None:
    found = tables(other_background_ratio_independent=0.5)[Cause.INDEPENDENT]
    assert found[..., Background.OTHER, :] == pytest.approx(0.5 * found[..., Background.ASYLUM, :])
    assert found.any()


def test_hidden_persons_return_at_a_share_once_they_have_no_file() -> None:
    found = tables(hidden_departure_factor=0.1)[Cause.INDEPENDENT]
    hidden = list(HIDDEN)
    assert found[hidden, :, 0] == pytest.approx(0.1 * found[hidden, :, 1])
    assert found[Place.VBL, :, 0] == pytest.approx(found[Place.VBL, :, 1])


def test_in_an_asylum_centre_the_legal_phase_sets_the_hazard() -> None:
    rates = {"term": 0.3, "appeal": 0.2, "procedure": 0.1}
    for cause, name in ((Cause.INDEPENDENT, "independent"), (Cause.UNOBSERVED, "unobserved")):
        values = {f"hazard_{name}_{phase}": rate for phase, rate in rates.items()}
        found = tables(**SAME_FOR_GROUPS, **values)[cause][Place.AZC, :, 0, 0, 0]
        for phase, rate in (
            (LegalPhase.PROCEDURE, 0.1),
            (LegalPhase.APPEAL, 0.2),
            (LegalPhase.REPEAT_PROCEDURE, 0.2),
            (LegalPhase.DEPARTURE_TERM, 0.3),
            (LegalPhase.OBLIGED, 0.3),
        ):
            assert found[phase] == pytest.approx(rate), (name, phase)


def test_files_of_hidden_persons_under_a_duty_to_leave_close_as_not_found() -> None:
    found = tables(hazard_not_found=0.4)[Cause.UNOBSERVED]
    assert (found[list(HIDDEN), LegalPhase.OBLIGED, 1] == 0.4).all()
    others = [phase for phase in LegalPhase if phase is not LegalPhase.OBLIGED]
    assert not found[np.ix_(list(HIDDEN), others)].any()
    assert not found[list(HIDDEN), :, 0].any()
    assert not found[list(HELD)].any()


def test_looking_up_gives_each_person_the_entry_of_the_table() -> None:
    world = world_of(n=3, phase=[0, 2, 3], place=[Place.AZC, Place.AZC, Place.STREET])
    world.people.spell_open[:] = [False, True, False]
    world.people.background[:] = [0, 1, 0]
    world.people.origin_group[:] = [1, 0, 1]
    found = Hazards().look_up(world)
    made = hazard_tables(world.now)
    for cause in (Cause.INDEPENDENT, Cause.UNOBSERVED, Cause.OTHER, Cause.ONWARD):
        entries = [
            made[cause, Place.AZC, 0, 0, 0, 1],
            made[cause, Place.AZC, 2, 1, 1, 0],
            made[cause, Place.STREET, 3, 0, 0, 1],
        ]
        rows, hazard = found[cause]
        assert rows.tolist() == np.flatnonzero(entries).tolist(), cause
        assert hazard.tolist() == [each for each in entries if each], cause


def test_only_the_causes_asked_for_are_looked_up() -> None:
    world = world_of(place=Place.STREET)
    assert set(Hazards((Cause.ONWARD, Cause.PERMIT)).look_up(world)) == {
        Cause.ONWARD,
        Cause.PERMIT,
    }


def test_new_values_make_new_tables() -> None:
    world, hazards = world_of(place=Place.STREET), Hazards()
    for rate in (0.1, 0.2):
        world.now.update({"hazard_onward_hidden": rate})
        assert (hazards.look_up(world)[Cause.ONWARD][1] == rate).all()


def test_departure_from_family_locations_halves_over_the_stay_and_nowhere_else() -> None:
    half = int(number("family_location_halving_weeks"))
    since = WEEK - np.array([0, half, 2 * half, 4 * half])
    found = hazard_of(world_of(**FAMILIES, place_since=since), Cause.INDEPENDENT)
    assert found / found[0] == pytest.approx([1.0, 0.5, 0.25, 0.0625])
    sheltered = world_of(place=Place.GUIDED_SHELTER, place_since=since)
    elsewhere = hazard_of(sheltered, Cause.INDEPENDENT)
    assert len(set(elsewhere.tolist())) == 1


def test_flights_wait_for_a_document_and_the_duty_to_leave() -> None:
    world = world_of(place=Place.DETENTION, spell_open=True, document=[True, False, True, True])
    world.people.phase[2:] = [LegalPhase.APPEAL, LegalPhase.OBLIGED]
    flight = number("detained_flight_hazard")
    assert hazard_of(world, Cause.FORCED).tolist() == [flight, 0.0, 0.0, flight]


@pytest.mark.parametrize(
    ("place", "permit"),
    [
        (Place.FAMILY_LOCATION, "hazard_permit_family_location"),
        (Place.STREET, "hazard_permit_with_file"),
    ],
)
def test_the_child_pardon_is_for_families_after_their_weeks_of_stay_anywhere(
    place: Place, permit: str
) -> None:
    stay = int(number("child_pardon_stay_weeks"))
    arrived = WEEK - np.array([stay, stay - 1, stay, stay])
    world = world_of(place=place, spell_open=True, arrival_week=arrived)
    world.people.youngest_birth_week[:] = WEEK - np.array([100, 100, 2000, 100])
    world.people.spell_open[3] = False
    world.now.update({"child_pardon_hazard": 0.5, permit: 0.0})
    assert hazard_of(world, Cause.PERMIT) == pytest.approx([0.5, 0.0, 0.0, 0.0])


def test_other_grounds_give_no_permit_while_another_state_is_responsible_but_the_pardon_does() -> (
    None
):
    stay = int(number("child_pardon_stay_weeks"))
    since = {"arrival_week": WEEK - stay, "dublin": [True, False, True, False]}
    world = world_of(place=Place.VBL, spell_open=True, **since)
    world.people.youngest_birth_week[:] = WEEK - np.array([2000, 2000, 100, 100])
    world.now.update({"child_pardon_hazard": 0.5, "hazard_permit_with_file": 0.25})
    assert hazard_of(world, Cause.PERMIT) == pytest.approx([0.0, 0.25, 0.5, 0.75])


def test_shelter_of_the_state_has_a_hazard_of_leaving_the_states_view() -> None:
    unobserved = tables()[Cause.UNOBSERVED]
    assert (unobserved[list(STATE_SHELTER)] > 0.0).all()
