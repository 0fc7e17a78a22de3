"""Why applications are refused, withdrawn or granted in part, and who waits for a place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.countries.practice import LISTS
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.help.scheme_lists import EVERYBODY as ALL_LISTED
from terugkeer.abm.world.meetings.applications import apply, decide
from terugkeer.agents.codes import (
    Application,
    Background,
    LegalPhase,
    Organisation,
    Reason,
    Scheme,
    Stage,
)

from tests.abm.world.applicants import EVERYBODY, SINGLE, make_world, pending
from tests.abm.world.small_world import change, events, lived

if TYPE_CHECKING:
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.world.state import World

EARLIER = (change("earlier_support_share", 1.0), change("earlier_support_span_years", 1))
OTHERWISE = change("refused_otherwise_share", 1.0)
RICH = {"savings_eur": 7000.0}
NO_KIND = change("in_kind_open", False)
WITHDRAWS, GOES_ON = (change("barred_withdraws_share", share) for share in (1.0, 0.0))
BASIC_AND_CASH = Scheme.REAN | Scheme.HRT
OF_APPLICATIONS = (
    Event.APPLIED,
    Event.AWAITS_PLACE,
    Event.GRANTED,
    Event.REFUSED,
    Event.WITHDRAWN,
)


def unlisted(world: World, *schemes: str) -> World:
    """Take everybody off some lists."""
    world.listed = ALL_LISTED.copy()
    world.listed[[LISTS.index(scheme) for scheme in schemes]] = 0.0
    return world


def logged(world: World) -> list[tuple[Event, Reason]]:
    """Return what became of the application of the man alone, with reasons."""
    log = world.log
    his = log.column("person") == world.people.person[SINGLE]
    at = np.flatnonzero(his & np.isin(log.column("kind"), OF_APPLICATIONS))
    kinds, reasons = log.column("kind")[at], log.column("reason")[at]
    return [(Event(int(a)), Reason(int(b))) for a, b in zip(kinds, reasons, strict=True)]


def decided(world: World, asked: Scheme = Scheme.REAN) -> tuple[Event, Reason]:
    """Return what is decided on the application of the man alone."""
    pending(world, asked)
    decide(world, EVERYBODY)
    (found,) = logged(world)
    return found


@pytest.mark.parametrize(
    ("changes", "columns", "lists", "reason"),
    [
        ((), {}, (), Reason.NONE),
        ((OTHERWISE,), {}, (), Reason.OTHERWISE),
        ((OTHERWISE,), RICH, (), Reason.MEANS),
        ((OTHERWISE, *EARLIER), RICH, (), Reason.EARLIER_SUPPORT),
        ((OTHERWISE, *EARLIER), RICH, ("rean",), Reason.NOTHING_OPEN),
        ((), {}, ("rean",), Reason.NOTHING_OPEN),
    ],
)
def test_a_refusal_tells_the_first_reason_that_holds(
    changes: tuple[Override, ...],
    columns: dict[str, object],
    lists: tuple[str, ...],
    reason: Reason,
) -> None:
    found = decided(unlisted(make_world(*changes, **columns), *lists))
    assert found == (Event.REFUSED if reason else Event.GRANTED, reason)


def test_other_reasons_are_drawn_once_for_each_application() -> None:
    world = make_world(change("refused_otherwise_share", 0.5), change("in_kind_budget", 0.0))
    told = set()
    for _ in range(40):
        world.people.application[:] = Application.PENDING
        world.people.applied[:] = Scheme.REAN
        world.people.applied_week[:] = 400
        world.week += 1
        decide(world, EVERYBODY)
        told.add(tuple(world.people.application.tolist()))
    assert len(told) == 1


def test_who_changes_its_mind_says_so() -> None:
    world = make_world(application=Application.PENDING, stage=Stage.INTENDING)
    apply(world)
    assert logged(world) == [(Event.WITHDRAWN, Reason.CHANGED_MIND)]


# --- barred from cash ---


def asks(*changes: Override, lists: tuple[str, ...] = ("hrt",), **columns: object) -> Scheme:
    """Return what the man alone asks for, by default where his country gets no cash."""
    world = unlisted(make_world(NO_KIND, *changes, **columns), *lists)
    apply(world)
    return Scheme(int(world.people.applied[SINGLE]))


def test_who_does_not_know_that_it_is_barred_asks_for_cash() -> None:
    assert asks() == BASIC_AND_CASH
    assert asks(lists=()) == BASIC_AND_CASH  # and may have it
    assert asks(lists=("hrt", "rean")) == BASIC_AND_CASH  # all in vain
    # whoever never asked for asylum, lives after the scheme, or has applied before knows
    turns_to_iom = change("iom_share_other", 1.0)
    assert asks(turns_to_iom, background=Background.OTHER) == Scheme.REAN
    assert asks(change("hrt_open", False)) == Scheme.REAN
    again = {"application": Application.WITHDRAWN, "applied_week": 1, "stage_since": 2}
    assert asks(**again) == Scheme.REAN


def test_an_application_in_vain_is_noted_for_what_is_open_alone() -> None:
    """They ask for cash; the event, and the steps before it, hold basic support or nothing."""
    for lists, noted in ((("hrt",), Scheme.REAN), (("hrt", "rean"), Scheme.NONE)):
        world = unlisted(make_world(NO_KIND), *lists)
        apply(world)
        assert (world.people.applied == BASIC_AND_CASH).all()
        log = world.log
        told = {
            Event(int(kind)): Scheme(int(scheme))
            for kind, scheme in zip(log.column("kind"), log.column("scheme"), strict=True)
        }
        assert told.pop(Event.APPLIED) == noted
        steps = (Event.ELIGIBLE, Event.KNOWS, Event.CONSIDERS)
        assert told == (dict.fromkeys(steps, noted) if noted else {})


def test_who_may_have_help_in_kind_does_not_hope_for_cash_beside_it() -> None:
    world = unlisted(make_world(), "hrt")
    apply(world)
    assert (world.people.applied == Scheme.REAN | Scheme.IN_KIND).all()


def test_who_is_barred_from_cash_withdraws_or_goes_on_with_basic_support() -> None:
    withdrawn = unlisted(make_world(NO_KIND, WITHDRAWS), "hrt")
    assert decided(withdrawn, BASIC_AND_CASH) == (Event.WITHDRAWN, Reason.BARRED_FROM_CASH)
    assert (withdrawn.people.application == Application.WITHDRAWN).all()
    goes_on = unlisted(make_world(NO_KIND, GOES_ON), "hrt")
    assert decided(goes_on, BASIC_AND_CASH) == (Event.GRANTED, Reason.NONE)
    assert (goes_on.people.applied == Scheme.REAN).all()
    assert goes_on.people.cash_eur[SINGLE] == 500.0


def test_who_never_hoped_for_cash_or_gets_it_does_not_withdraw() -> None:
    assert decided(make_world(NO_KIND, WITHDRAWS), BASIC_AND_CASH)[0] == Event.GRANTED
    assert decided(unlisted(make_world(NO_KIND, WITHDRAWS), "hrt"))[0] == Event.GRANTED


def test_a_refusal_comes_before_a_withdrawal() -> None:
    world = unlisted(make_world(NO_KIND, WITHDRAWS, OTHERWISE), "hrt")
    assert decided(world, BASIC_AND_CASH) == (Event.REFUSED, Reason.OTHERWISE)


def test_a_share_of_households_withdraws_by_a_keyed_draw() -> None:
    told = set()
    for key in range(40):
        keys = np.full(4, key, dtype=np.uint64)
        half = change("barred_withdraws_share", 0.5)
        world = unlisted(make_world(NO_KIND, half, household_key=keys), "hrt")
        told.add(decided(world, BASIC_AND_CASH)[0])
    assert told == {Event.WITHDRAWN, Event.GRANTED}


# --- places of help in kind ---


def full(*changes: Override, **columns: object) -> World:
    """Return a world without places of help in kind, where an application is decided at once."""
    return make_world(
        change("in_kind_budget", 0.0),
        change("application_weeks", 1),
        change("application_patience_weeks", 4),
        *changes,
        **columns,
    )


def live(world: World, weeks: int) -> None:
    """Let households apply and be decided on for some weeks."""
    for _ in range(weeks):
        apply(world)
        world.week += 1


def test_who_finds_no_place_waits_and_then_takes_the_cash() -> None:
    world = full()
    live(world, 4)
    assert (world.people.application == Application.PENDING).all()
    assert world.people.awaits_place.all()
    live(world, 1)
    assert (world.people.application == Application.GRANTED).all()
    assert not world.people.awaits_place.any()
    assert (world.people.applied == BASIC_AND_CASH).all()
    assert (world.people.cash_eur[SINGLE], world.people.in_kind_eur[SINGLE]) == (2250.0, 0.0)
    assert logged(world) == [
        (Event.APPLIED, Reason.NONE),
        (Event.AWAITS_PLACE, Reason.NONE),
        (Event.GRANTED, Reason.NO_PLACE),
    ]


def test_who_waits_gets_a_place_that_comes_in() -> None:
    world = full()
    live(world, 3)
    world.in_kind_places.left = np.inf
    live(world, 1)
    assert (world.people.application == Application.GRANTED).all()
    assert (world.people.in_kind_eur > 0.0).all()
    assert logged(world)[-1] == (Event.GRANTED, Reason.NONE)
    assert not world.people.awaits_place.any()


def test_families_that_find_no_place_may_have_goods_beside_cash() -> None:
    world = full(change("families_open", True))
    live(world, 5)
    assert Scheme(int(world.people.applied[0])) == BASIC_AND_CASH | Scheme.FAMILIES


def test_under_either_or_who_preferred_kind_takes_cash_in_the_end() -> None:
    prefers = change("cash_or_in_kind", "in_kind"), change("assistance_in_kind", 3000)
    world = full(change("rule_of_in_kind", "either_or"), *prefers)
    live(world, 2)
    assert (world.people.applied == Scheme.REAN | Scheme.IN_KIND).all()
    live(world, 3)
    assert (world.people.applied == BASIC_AND_CASH).all()


def test_where_nothing_else_is_open_who_finds_no_place_is_refused() -> None:
    world = full(change("rean_open", False), change("hrt_open", False))
    live(world, 5)
    assert logged(world)[-1] == (Event.REFUSED, Reason.NOTHING_OPEN)


def test_who_is_refused_takes_no_place_and_does_not_wait() -> None:
    world = full(OTHERWISE)
    live(world, 2)
    assert logged(world)[-1] == (Event.REFUSED, Reason.OTHERWISE)
    open_ = make_world(OTHERWISE)
    left = open_.in_kind_places.left
    decided(open_, Scheme.REAN | Scheme.IN_KIND)
    assert open_.in_kind_places.left == left


def test_who_changes_its_mind_while_it_waits_waits_no_more() -> None:
    world = full()
    live(world, 2)
    world.people.stage[:] = Stage.CONSIDERING
    live(world, 1)
    assert not world.people.awaits_place.any()
    assert logged(world)[-1] == (Event.WITHDRAWN, Reason.CHANGED_MIND)


@pytest.mark.slow
@pytest.mark.parametrize("scale", [50.0])
def test_in_a_run_every_refusal_and_withdrawal_has_a_reason_of_its_kind(scale: float) -> None:
    log = events(lived(scale=scale, last_year=2012))
    refused = set(log.loc[log["kind"] == Event.REFUSED, "reason"])
    withdrawn = set(log.loc[log["kind"] == Event.WITHDRAWN, "reason"])
    granted = set(log.loc[log["kind"] == Event.GRANTED, "reason"])
    assert refused
    assert refused <= {*range(Reason.EARLIER_SUPPORT, Reason.CHANGED_MIND)}
    assert withdrawn
    assert withdrawn <= {Reason.CHANGED_MIND, Reason.BARRED_FROM_CASH}
    assert granted <= {Reason.NONE, Reason.NO_PLACE}
    others = ~log["kind"].isin([Event.REFUSED, Event.WITHDRAWN, Event.GRANTED])
    assert not log.loc[others, "reason"].any()


def test_after_the_end_of_cash_nobody_applies_for_it_in_vain() -> None:
    day = date(2011, 6, 6)
    log = events(lived(change("hrt_open", False, day), scale=50.0))
    asked = log[(log["kind"] == Event.APPLIED) & ((log["scheme"] & int(Scheme.HRT)) > 0)]
    assert len(asked)
    assert asked["week"].max() < lived(scale=50.0).report_from + 22


def test_no_organisation_need_be_met_since_iom_takes_the_application_on() -> None:
    world = make_world(met=0, helper=Organisation.NONE, phase=LegalPhase.OBLIGED)
    assert decided(world, BASIC_AND_CASH | Scheme.IN_KIND)[0] == Event.GRANTED
    assert (world.people.in_kind_eur > 0.0).all()
