"""The decisions of the law by hand: first decisions, appeals, terms, repeat applications."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.phases.decide_law import decide_law
from terugkeer.agents.codes import (
    Application,
    Background,
    LegalPhase,
    Organisation,
    Outcome,
    Place,
    Reading,
    Stage,
    Stance,
    Track,
)

from tests.abm.world.adults import SURE, WEEK, adults, happened, hazards_only

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World

NEVER = {"repeat_application_hazard": 0.0}
AT_ONCE = 1.0 / SURE  # weeks that a procedure takes on average
ENDED = {"appeal_weeks": AT_ONCE, "appeal_weeks_extended": AT_ONCE}
UNENDED = dict.fromkeys(ENDED, np.inf)
WON = ENDED | {"appeal_granted_share": (1.0,) * 4}
LOST = ENDED | {"appeal_granted_share": (0.0,) * 4}
ALL_APPEAL = {"appeal_share": (1.0,) * 4}
TERM, OBLIGED, APPEAL = LegalPhase.DEPARTURE_TERM, LegalPhase.OBLIGED, LegalPhase.APPEAL
REPEAT = LegalPhase.REPEAT_PROCEDURE


def test_a_first_decision_opens_a_file_and_lets_persons_in_reception_appeal() -> None:
    world = adults(
        3,
        values=ALL_APPEAL,
        track=Track.GENERAL,
        phase=LegalPhase.PROCEDURE,
        decision_week=[WEEK, WEEK + 1, WEEK - 1],
        place=[Place.AZC, Place.AZC, Place.PRIVATE_NETWORK],
        spell_open=False,
        spells=0,
    )
    decide_law(world)
    assert world.people.phase.tolist() == [APPEAL, LegalPhase.PROCEDURE, TERM]
    assert world.people.spell_open.tolist() == [True, False, True]
    assert world.people.phase_since.tolist() == [WEEK, WEEK - 10, WEEK]


def test_a_household_gets_one_decision_a_week() -> None:
    world = adults(
        3,
        values=LOST | ALL_APPEAL | {"departure_term_weeks": 0, "repeat_weeks": AT_ONCE},
        track=Track.GENERAL,
        phase=[LegalPhase.PROCEDURE, APPEAL, REPEAT],
        decision_week=WEEK,
        place=Place.AZC,
        spell_open=[False, True, True],
    )
    world.now.update({"repeat_granted_share": 0.0})
    decide_law(world)
    assert world.people.phase.tolist() == [APPEAL, TERM, TERM]


@pytest.mark.parametrize("procedure", ["appeal", "repeat"])
def test_a_procedure_that_is_won_gives_a_permit_with_a_file_or_without(procedure: str) -> None:
    values = WON | {"repeat_weeks": AT_ONCE, "repeat_granted_share": 1.0}
    phase = APPEAL if procedure == "appeal" else REPEAT
    columns = {"phase": phase, "place": Place.AZC, "track": Track.GENERAL}
    world = adults(2, values=values, spell_open=[True, False], **columns)
    decide_law(world)
    assert world.people.gone.all()
    assert happened(world, Event.CLOSED) == [1]
    assert sorted(happened(world, Event.LEFT)) == [1, 2]
    assert happened(world, Event.CLAIM_WON) == [1, 2]
    left = world.log.column("kind") == Event.LEFT
    assert (world.log.column("outcome")[left] == Outcome.PERMIT).all()


def test_a_procedure_that_is_lost_starts_a_term_and_the_count_of_refusals() -> None:
    world = adults(2, values=LOST, phase=APPEAL, place=Place.AZC, refusals=2)
    world.people.phase[1] = TERM
    world.people.phase_since[1] = WEEK
    decide_law(world)
    assert world.people.phase.tolist() == [TERM, TERM]
    assert world.people.refusals.tolist() == [0, 2]


@pytest.mark.parametrize("phase", [APPEAL, REPEAT])
def test_dublin_claimants_win_neither_appeal_nor_repeat_application(phase: LegalPhase) -> None:
    values = WON | {"repeat_weeks": AT_ONCE, "repeat_granted_share": 1.0}
    columns = {"place": Place.AZC, "track": Track.GENERAL, "dublin": [True, False]}
    world = adults(2, values=values, phase=phase, **columns)
    decide_law(world)
    assert world.people.phase[0] == TERM
    assert world.people.gone.tolist() == [False, True]
    assert happened(world, Event.CLAIM_WON) == [2]


def test_appeals_are_made_and_won_by_track() -> None:
    values = UNENDED | {"appeal_share": (1.0, 1.0, 0.0, 1.0), "interim_relief_share": 0.0}
    world = refused(values)
    assert world.people.phase.tolist() == [TERM, TERM, TERM, APPEAL]
    assert world.people.appeals.tolist() == [True, True, False, False]
    assert happened(world, Event.APPEALED) == [1, 2, 4]
    shares = ENDED | {"appeal_granted_share": (1.0, 0.0, 1.0, 0.0)}
    world = adults(4, values=NEVER | shares, phase=APPEAL, place=Place.AZC, track=TRACKS)
    decide_law(world)
    assert happened(world, Event.CLAIM_WON) == [1, 3]


def test_a_procedure_goes_on_until_it_ends() -> None:
    world = adults(2, values=UNENDED | {"repeat_weeks": np.inf})
    world.people.phase[:] = [APPEAL, REPEAT]
    decide_law(world)
    assert world.people.phase.tolist() == [APPEAL, REPEAT]


@pytest.mark.parametrize("with_right", [True, False])
def test_appeals_take_longer_after_the_extended_procedure(with_right: bool) -> None:
    """1 - exp(-1 / 9) = 0.105 of quick ones and 1 - exp(-1 / 75) = 0.0132 of long ones a week."""
    n = 4000
    world = adults(
        2 * n,
        values=NEVER | {"appeal_granted_share": (1.0,) * 4},
        phase=APPEAL if with_right else TERM,
        appeals=not with_right,
        place=Place.AZC,
        track=[Track.GENERAL, Track.EXTENDED] * n,
    )
    decide_law(world)
    gone = world.people.gone.reshape(n, 2).mean(axis=0)
    assert gone[0] == pytest.approx(1.0 - np.exp(-1.0 / 9.0), abs=0.02)
    assert gone[1] == pytest.approx(1.0 - np.exp(-1.0 / 75.0), abs=0.007)


TRACKS = [Track.DUBLIN, Track.SAFE_COUNTRY, Track.GENERAL, Track.EXTENDED]
BY_THE_LETTER: dict[str, object] = ALL_APPEAL | {"appeal_suspends": (0.0, 0.0, 0.0, 1.0)}


def refused(values: dict[str, object], n: int = 1) -> World:
    """Return `n` households of each track in reception after all of them have been refused."""
    world = adults(
        4 * n,
        values=NEVER | BY_THE_LETTER | values,
        phase=LegalPhase.PROCEDURE,
        decision_week=WEEK,
        place=Place.AZC,
        track=TRACKS * n,
        spell_open=False,
        spells=0,
    )
    decide_law(world)
    return world


@pytest.mark.parametrize(("relief", "stays"), [(0.0, [3]), (1.0, [0, 1, 2, 3])])
def test_an_appeal_gives_a_right_to_stay_by_track_or_by_interim_relief(
    relief: float, stays: list[int]
) -> None:
    """s4: after the general procedure an appeal does not suspend, unless relief is granted."""
    people = refused({"interim_relief_share": relief}).people
    assert np.flatnonzero(people.phase == APPEAL).tolist() == stays
    assert np.flatnonzero(people.appeals).tolist() == sorted({0, 1, 2, 3} - set(stays))
    assert (people.phase[people.appeals] == TERM).all()
    people = refused(hazards_only({"interim_relief_share": relief})).people
    assert (people.phase == APPEAL).all()
    assert not people.appeals.any()


def test_relief_adds_to_what_an_appeal_does_by_itself() -> None:
    """0.2 suspend by themselves, and of the others 0.5 get relief: 0.2 + 0.8 x 0.5 = 0.6."""
    values: dict[str, object] = {"appeal_suspends": (0.2,) * 4, "interim_relief_share": 0.5}
    people = refused(values, 1000).people
    assert (people.phase == APPEAL).mean() == pytest.approx(0.6, abs=0.03)
    assert people.appeals.mean() == pytest.approx(0.4, abs=0.03)


def test_nobody_who_does_not_appeal_waits_for_a_court() -> None:
    people = refused({"interim_relief_share": 0.0, "appeal_share": (0.0,) * 4}).people
    assert not people.appeals.any()
    assert (people.phase == TERM).all()


WAITS = {"appeals": True, "place": Place.AZC_DEPARTURE_TERM, "track": Track.GENERAL}


def test_an_appeal_without_a_right_to_stay_that_is_won_gives_a_permit() -> None:
    phases = [TERM, OBLIGED, TERM, OBLIGED]
    dublin = [False, False, True, False]
    columns = WAITS | {"phase": phases, "dublin": dublin, "appeals": [True, True, True, False]}
    world = adults(4, values=NEVER | WON, **columns)
    decide_law(world)
    assert happened(world, Event.CLOSED) == [1, 2]
    closed = world.log.column("kind") == Event.CLOSED
    assert (world.log.column("outcome")[closed] == Outcome.PERMIT).all()
    assert not world.people.appeals[2:].any()


def test_if_it_is_lost_nothing_changes_and_the_term_has_run() -> None:
    world = adults(2, values=NEVER | LOST, **WAITS | {"phase": [TERM, OBLIGED], "refusals": 2})
    world.people.phase_since[0] = WEEK - 1
    decide_law(world)
    assert world.people.phase.tolist() == [TERM, OBLIGED]
    assert world.people.phase_since.tolist() == [WEEK - 1, WEEK - 10]
    assert world.people.refusals.tolist() == [2, 2]
    assert not world.people.appeals.any()
    assert world.people.lost_week.tolist() == [WEEK, WEEK]  # they are told


def test_the_term_ends_while_such_an_appeal_runs() -> None:
    values = NEVER | UNENDED
    columns = WAITS | {"phase": TERM, "phase_since": [WEEK - 4, WEEK - 3]}
    world = adults(2, values=values, **columns)
    decide_law(world)
    assert world.people.phase.tolist() == [OBLIGED, TERM]
    assert world.people.appeals.tolist() == [True, True]


def test_such_an_appeal_lapses_with_the_file_and_with_a_new_procedure() -> None:
    values = WON | {"repeat_weeks": np.inf}
    columns = WAITS | {"spell_open": [False, True], "phase": [OBLIGED, REPEAT]}
    world = adults(2, values=NEVER | values, **columns)
    decide_law(world)
    assert not world.people.appeals.any()
    assert world.log.size == 0


def term_world(weeks: int, values: dict[str, object] | None = None, **columns: object) -> World:
    """Return a person in the term, in reception, who cooperates and prepares to leave."""
    usual: dict[str, object] = {"place": Place.AZC_DEPARTURE_TERM, "reading": Reading.COOPERATES}
    usual |= {"phase": TERM, "phase_since": WEEK - weeks, "cooperates": True}
    usual |= {"stage": Stage.PREPARING}
    agreed = {"local_agreement_share": 1.0}
    return adults(values=NEVER | agreed | (values or {}), **(usual | columns))


def ended(weeks: int, values: dict[str, object] | None = None, **columns: object) -> bool:
    """Return whether a term of a person in term reception has ended after some weeks."""
    world = term_world(weeks, values, **columns)
    decide_law(world)
    return bool(world.people.phase[0] == OBLIGED)


def lasts(values: dict[str, object] | None = None, **columns: object) -> int:
    """Return in which week of a term it ends."""
    return next(weeks for weeks in range(20) if ended(weeks, values, **columns))


def test_a_term_ends_after_four_weeks_without_papers() -> None:
    assert lasts(document=False) == 4
    assert lasts(document=True, reading=Reading.REFUSES) == 4


def test_cooperation_with_papers_gives_two_weeks_and_some_more_from_the_region() -> None:
    assert lasts({"regional_approval_share": 0.0}, document=True) == 6
    assert lasts({"regional_approval_share": 1.0}, document=True) == 10
    more = {"regional_approval_share": 1.0, "term_extension_regional_weeks": 1}
    assert lasts(more, document=True) == 7


def test_without_the_local_consultation_no_term_is_longer() -> None:
    alone = {"local_agreement_share": 0.0, "regional_approval_share": 1.0}
    assert lasts(alone, document=True) == 4


def test_departure_must_fall_within_the_weeks_that_are_agreed() -> None:
    assert lasts(document=True, stage=Stage.INTENDING) == 4, "nothing is arranged yet"
    waits = {"application": Application.PENDING, "document": True}
    long = {"application_weeks": 6.0, "regional_approval_share": 0.0}
    # asked for 4 or 3 weeks ago in week 4: 2 or 3 weeks to go
    assert lasts(long, **waits, applied_week=WEEK - 4) == 6
    assert lasts(long, **waits, applied_week=WEEK - 3) == 4
    transfer = {"dublin": True, "document": True, "stage": Stage.NOT_CONSIDERING}
    assert lasts({"regional_approval_share": 0.0}, **transfer) == 6, "a flight is near"


def test_what_is_asked_and_granted_is_noted_once() -> None:
    values = {"regional_approval_share": 1.0}
    asked: dict[int, set[str]] = {}
    for weeks in range(11):
        world = term_world(weeks, values, document=True)
        decide_law(world)
        asked[weeks] = {Event(kind).name for kind in world.log.column("kind")}
    assert asked[4] == {"LOCAL_ASKED", "LOCAL_GRANTED"}
    assert asked[6] == {"REGIONAL_ASKED", "REGIONAL_GRANTED"}
    assert not any(asked[weeks] for weeks in asked if weeks not in {4, 6})
    world = term_world(6, values, document=True)
    decide_law(world)
    granted = world.log.column("kind") == Event.REGIONAL_GRANTED
    assert world.log.column("weeks")[granted] == [world.now.number("term_extension_regional_weeks")]


def test_a_term_is_made_longer_in_reception_only() -> None:
    assert lasts(document=True, place=Place.PRIVATE_NETWORK) == 4


def test_where_nobody_weighs_cooperation_with_a_document_gives_two_weeks() -> None:
    assert lasts(hazards_only(), document=True) == 6
    assert lasts(hazards_only(), document=False) == 4
    assert lasts(hazards_only(), document=True, cooperates=False) == 4
    assert lasts(hazards_only(), document=True, place=Place.PRIVATE_NETWORK) == 4


AGAIN = {"repeat_application_hazard": SURE, "hidden_repeat_factor": 1.0}


def test_persons_of_asylum_background_apply_again_held_or_not_unless_just_closed() -> None:
    world = adults(
        5,
        values=AGAIN,
        background=[Background.ASYLUM] * 4 + [Background.OTHER],
        place=[
            Place.PRIVATE_NETWORK,
            Place.DETENTION,
            Place.CLOSED_FAMILY,
            Place.PRIVATE_NETWORK,
            Place.PRIVATE_NETWORK,
        ],
        closed_week=[-1, -1, -1, WEEK, -1],
    )
    decide_law(world)
    assert (world.people.phase == REPEAT).tolist() == [True, True, True, False, False]
    assert world.people.place[1:3].tolist() == [Place.DETENTION, Place.CLOSED_FAMILY]
    assert happened(world, Event.APPLIED_AGAIN) == [1, 2, 3]


def test_a_repeat_application_that_is_refused_in_detention_starts_no_term() -> None:
    values = NEVER | {"repeat_weeks": AT_ONCE, "repeat_granted_share": 0.0}
    where = [Place.DETENTION, Place.CLOSED_FAMILY, Place.AZC]
    world = adults(3, values=values, phase=REPEAT, place=where, refusals=2)
    decide_law(world)
    assert world.people.phase.tolist() == [OBLIGED, OBLIGED, TERM]
    assert world.people.refusals.tolist() == [2, 2, 0]


@pytest.mark.parametrize(
    ("place", "goes_to"),
    [
        (Place.VBL, Place.AZC),
        (Place.STREET, Place.AZC),
        (Place.NIGHT_SHELTER, Place.AZC),
        (Place.GUIDED_SHELTER, Place.AZC),
        (Place.REPORTING_DUTY, Place.AZC),
        (Place.FAMILY_LOCATION, Place.FAMILY_LOCATION),
        (Place.AZC_DEPARTURE_TERM, Place.AZC_DEPARTURE_TERM),
    ],
)
def test_a_repeat_application_leads_back_to_reception(place: Place, goes_to: Place) -> None:
    world = adults(values=AGAIN, place=place)
    decide_law(world)
    assert world.people.phase[0] == REPEAT
    assert world.people.place[0] == goes_to


@pytest.mark.parametrize("factor", [0.0, 1.0])
def test_without_a_file_the_hazard_is_that_of_hidden_persons_and_a_file_opens(
    factor: float,
) -> None:
    values = AGAIN | {"hidden_repeat_factor": factor}
    world = adults(2, values=values, spell_open=[False, True], spells=1)
    decide_law(world)
    assert (world.people.phase == REPEAT).tolist() == [factor == 1.0, True]
    assert world.people.spells.tolist() == [1 + int(factor), 1]


def _apply(values: dict[str, object], n: int = 400, **columns: object) -> float:
    """Return the share of persons who apply again."""
    world = adults(n, values={"repeat_application_hazard": 0.05} | values, **columns)
    decide_law(world)
    return float((world.people.phase == REPEAT).mean())


def test_guided_shelter_brings_new_procedures_if_the_switch_says_so() -> None:
    values = {"new_procedures_factor": 200.0, "calm_or_urgency": "new_procedures"}
    assert _apply(values, place=Place.GUIDED_SHELTER) > 0.99
    assert _apply(values, place=Place.STREET) < 0.2
    calm = values | {"calm_or_urgency": "calm_enables"}
    assert _apply(calm, place=Place.GUIDED_SHELTER) < 0.2
    assert _apply(hazards_only(values), place=Place.GUIDED_SHELTER) < 0.2


def test_a_reexamined_claim_brings_new_procedures() -> None:
    values = {"reexamination_repeat_factor": 200.0, "reexamination_line": 0.6}
    legal = {"helper": Organisation.ASKV, "sessions": 1}
    world = adults(values=values)
    assert world.organisations.stance[Organisation.ASKV] == Stance.LEGAL_FIRST
    assert _apply(values, **legal) > 0.99
    assert _apply(values | {"reexamination_line": 0.4}, **legal) < 0.2, "a safe country"
    assert _apply(values, helper=Organisation.ASKV) < 0.2, "no session yet"
    assert _apply(hazards_only(values), **legal) < 0.2
