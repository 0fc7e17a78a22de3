"""First steps, disclosure of identity and documents, by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.abm.evidence.value import NumberTable
from terugkeer.abm.world.arrivals.inflow import country_mix
from terugkeer.abm.world.countries.effects import CountryEffects
from terugkeer.abm.world.countries.practice import by_code
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.help.scheme_lists import EVERYBODY
from terugkeer.abm.world.phases.prepare import prepare
from terugkeer.agents.codes import Application, LegalPhase, Place, Stage

from tests.abm.world.adults import CHILD, SURE, WEEK, adults, happened, hazards_only

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World

HAZARDS = ("dublin", "preparing", "cooperating", "unwilling", "detained")
NOTHING: dict[str, object] = {
    **{f"document_hazard_{name}": 0.0 for name in HAZARDS},
    "disclosure_hazard": 0.0,
    "first_step_hazard": 0.0,
    "application_hazard": 0.0,
}
COUNTRIES, GROUPS, _ = country_mix(registry(), 0.07)
EFFECTS = CountryEffects(registry(), COUNTRIES, GROUPS)
INTENDS = {"stage": Stage.INTENDING, "stage_since": WEEK - 5, "knowledge": 1.0}
READY = {"stage": Stage.PREPARING, "identified": True}


def prepared(
    n: int = 1, values: dict[str, object] | None = None, *, size: int = 1, **columns: object
) -> World:
    """Return households after the phase, in which only what `values` say can happen."""
    world = adults(n, size, NOTHING | (values or {}), **({"frailty": 1.0} | columns))
    world.effects = EFFECTS.at(WEEK, world.now, EVERYBODY)
    prepare(world)
    return world


def way(mode: dict[str, object] | None = None, **columns: object) -> str:
    """Return the hazard by which a person's document comes, or nothing if it can't."""
    ways = [
        name
        for name in HAZARDS
        if prepared(1, {f"document_hazard_{name}": SURE} | (mode or {}), **columns).people.document
    ]
    assert len(ways) <= 1
    return "".join(ways)


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ({}, "unwilling"),
        ({"place": Place.DETENTION}, "detained"),
        ({"place": Place.CLOSED_FAMILY}, "detained"),
        ({"cooperates": True, "identified": True}, "cooperating"),
        ({"cooperates": True}, "unwilling"),
        (READY, "preparing"),
        (READY | {"cooperates": True}, "preparing"),
        (READY | {"identified": False}, "unwilling"),
        (READY | {"dublin": True}, "dublin"),
        ({"dublin": True, "cooperates": True}, "dublin"),
        ({"spell_open": False}, ""),
        (READY | {"spell_open": False}, "preparing"),
        (READY | {"spell_open": False, "phase": LegalPhase.RETURNED}, ""),
        ({"frailty": 0.0}, ""),
        (READY | {"frailty": 0.0}, "preparing"),
    ],
)
def test_a_document_comes_by_one_way(columns: dict[str, object], found: str) -> None:
    assert way(**columns) == found


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ({"cooperates": True}, "cooperating"),
        (READY, "unwilling"),
        ({"spell_open": False}, ""),
        ({"place": Place.DETENTION}, "detained"),
    ],
)
def test_where_nobody_weighs_only_files_and_cooperation_count(
    columns: dict[str, object], found: str
) -> None:
    assert way(hazards_only(), **columns) == found


def test_papers_for_people_who_do_not_cooperate_are_an_agreement_of_the_origin() -> None:
    every = dict.fromkeys((f"document_hazard_{name}" for name in HAZARDS), SURE)
    columns: dict[str, object] = {
        "cooperates": [True, False, False, False, True],
        "identified": [True, False, True, False, False],
        "dublin": [False, False, False, True, False],
        "stage": [Stage.CONSIDERING, Stage.PREPARING, Stage.PREPARING, *[Stage.CONSIDERING] * 2],
    }
    world = prepared(5, every, **columns)
    assert world.people.document.all()
    assert happened(world, Event.AGREED) == [2, 5]  # numbers of households, from 1
    alike = prepared(5, hazards_only(every), **columns)
    assert happened(alike, Event.AGREED) == [2, 3]


def _share(values: dict[str, object], **columns: object) -> float:
    world = prepared(2000, {"document_hazard_unwilling": 0.3} | values, **columns)
    return float(world.people.document.mean())


def test_origins_that_agree_with_ease_give_documents_sooner() -> None:
    """A chance of 1 - exp(-0.3 x ease x contrast of the group x factor of cooperation)."""
    even = {"safe_ratio_forced": 1.0}
    assert _share(even, frailty=2.0) == pytest.approx(1.0 - np.exp(-0.6), abs=0.03)
    factor = even | {"origin_cooperation_factor": NumberTable({"safe": 3.0, "not_safe": 0.0})}
    safe, unsafe = (COUNTRIES.index(name) for name in ("Georgia", "Iraq"))
    assert _share(factor, country=safe) == pytest.approx(1.0 - np.exp(-0.9), abs=0.03)
    assert _share(factor, country=unsafe) == 0.0
    alike = hazards_only(factor)
    assert _share(alike, country=safe) == pytest.approx(1.0 - np.exp(-0.3), abs=0.03)
    ratio = {"safe_ratio_forced": 3.0, "safe_country_weight": 0.5}  # 1.5 and 0.5
    assert _share(ratio, country=safe) == pytest.approx(1.0 - np.exp(-0.45), abs=0.03)
    assert _share(ratio, country=unsafe) == pytest.approx(1.0 - np.exp(-0.15), abs=0.03)


def test_the_latent_part_of_a_country_multiplies_its_hazard_and_no_other() -> None:
    """By hand: a score of 2 times a spread of ln(2) / 2 doubles the hazard."""
    scores = np.zeros(len(COUNTRIES))
    scores[by_code(registry(), COUNTRIES)[COUNTRIES.index("Georgia")]] = 2.0
    values = {
        "safe_ratio_forced": 1.0,
        "country_cooperation_scale": np.log(2.0) / 2.0,
        "country_cooperation_scores": tuple(scores),
    }
    georgia, macedonia = (COUNTRIES.index(name) for name in ("Georgia", "Macedonia"))
    assert _share(values, country=georgia) == pytest.approx(1.0 - np.exp(-0.6), abs=0.03)
    assert _share(values, country=macedonia) == pytest.approx(1.0 - np.exp(-0.3), abs=0.03)


def test_persons_who_prepare_disclose_their_identity_and_papers_can_follow_at_once() -> None:
    values = {"disclosure_hazard": SURE, "document_hazard_preparing": SURE}
    stages = [Stage.PREPARING, Stage.INTENDING]
    world = prepared(2, values, stage=stages)
    assert world.people.identified.tolist() == [True, False]
    assert world.people.document.tolist() == [True, False]
    assert not prepared(1, hazards_only(values), stage=Stage.PREPARING).people.identified.any()


def test_a_first_step_leads_from_intending_to_preparing_and_informs() -> None:
    values = {"first_step_hazard": SURE, "first_step_informs": 0.5}
    world = prepared(
        3,
        values,
        **INTENDS
        | {
            "stage": [Stage.INTENDING, Stage.CONSIDERING, Stage.INTENDING],
            "knowledge": 0.6,
            "phase": [LegalPhase.OBLIGED, LegalPhase.OBLIGED, LegalPhase.RETURNED],
        },
    )
    assert world.people.stage.tolist() == [Stage.PREPARING, Stage.CONSIDERING, Stage.INTENDING]
    assert world.people.stage_since.tolist() == [WEEK, WEEK - 5, WEEK - 5]
    assert world.people.knowledge == pytest.approx([0.8, 0.6, 0.6])


def test_a_first_step_needs_knowledge_of_adults() -> None:
    values = {"first_step_hazard": SURE, "first_step_informs": 0.0}
    assert prepared(1, values, **INTENDS | {"knowledge": 0.0}).people.stage == Stage.INTENDING
    child = {"birth_week": [WEEK - 2000, CHILD], "youngest_birth_week": CHILD}
    world = prepared(1, values, size=2, **INTENDS | child | {"knowledge": [0.0, 1.0]})
    assert world.people.stage.tolist() == [Stage.INTENDING] * 2
    world = prepared(1, values, size=2, **INTENDS | child | {"knowledge": [1.0, 0.0]})
    assert world.people.stage.tolist() == [Stage.PREPARING] * 2


def test_a_first_step_is_as_likely_as_the_mean_knowledge_of_adults_makes_it() -> None:
    knowledge = np.tile([1.0, 0.0], 2000)
    world = prepared(2000, {"first_step_hazard": 0.8}, size=2, **INTENDS | {"knowledge": knowledge})
    stepped = (world.people.stage == Stage.PREPARING).mean()
    assert stepped == pytest.approx(1.0 - np.exp(-0.4), abs=0.04)


def test_persons_who_no_longer_prepare_withdraw_their_application_if_they_weigh() -> None:
    pending = {"application": Application.PENDING, "applied_week": WEEK}
    world = prepared(1, stage=Stage.NOT_CONSIDERING, **pending)
    assert world.people.application.tolist() == [Application.WITHDRAWN]
    world = prepared(1, hazards_only(), stage=Stage.NOT_CONSIDERING, **pending)
    assert world.people.application.tolist() == [Application.PENDING]


@pytest.mark.parametrize("asks", [False, True])
@pytest.mark.parametrize("columns", [{"phase": LegalPhase.APPEAL}, {"appeals": True}])
def test_papers_of_the_unwilling_are_asked_for_in_an_appeal_only_from_its_date(
    columns: dict[str, object], asks: bool
) -> None:
    mode: dict[str, object] = {"papers_requested_in_appeal": asks}
    assert way(mode, **columns) == ("unwilling" if asks else "")
    assert way(mode, **columns | READY) == "preparing"  # what people arrange is theirs
    assert way(mode, **columns | {"dublin": True}) == "dublin"
    assert way(mode, phase=LegalPhase.REPEAT_PROCEDURE) == "unwilling"
    assert way(hazards_only(mode), phase=LegalPhase.APPEAL) == "unwilling"


def test_the_state_asks_for_papers_in_an_appeal_from_july_2015() -> None:
    timeline = Timeline(registry())
    name = "papers_requested_in_appeal"
    assert timeline.at(date(2015, 6, 30))[name] is False
    assert timeline.at(date(2015, 7, 1))[name] is True


def test_a_member_state_is_asked_from_arrival() -> None:
    asked = {"phase": LegalPhase.PROCEDURE, "spell_open": False, "spells": 0}
    assert way(**asked, dublin=True) == "dublin"
    assert way(**asked) == ""
    assert way(hazards_only(), **asked, dublin=True) == ""
