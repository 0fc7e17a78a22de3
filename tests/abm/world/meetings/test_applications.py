"""Applications for assistance: who may have what, what is decided, and what it is worth."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.calendar import week_of
from terugkeer.abm.world.countries.practice import LISTS
from terugkeer.abm.world.decision.adults import Adults
from terugkeer.abm.world.decision.variables import VARIABLES
from terugkeer.abm.world.events import Event, Mark
from terugkeer.abm.world.help.scheme_lists import CHANGES, SchemeLists
from terugkeer.abm.world.help.schemes import goes_unseen, offered
from terugkeer.abm.world.meetings.applications import apply, decide, why_refused
from terugkeer.abm.world.values import Values
from terugkeer.agents.codes import (
    Application,
    Background,
    Destination,
    LegalPhase,
    Organisation,
    Outcome,
    Place,
    Reason,
    Route,
    Scheme,
    Stage,
)

from tests.abm.world.applicants import EVERYBODY, SINGLE, make_world, pending, schemes_of
from tests.abm.world.small_world import change, events, lived, marked, young_world

WITHIN = change("in_kind_within_weeks", 16)


def test_amounts_by_hand_for_a_family_and_a_man_alone() -> None:
    world = make_world(change("families_open", True), change("in_kind_open", False))
    offer = offered(world, EVERYBODY)
    # basic 500 + 100 / 2, cash 1,750 + 880 / 2; goods of 1,000 for two adults
    assert offer.cash.tolist() == [2740.0, 2740.0, 2740.0, 2250.0]
    assert offer.in_kind.tolist() == [500.0, 500.0, 500.0, 0.0]
    assert Scheme(int(offer.schemes[0])) == Scheme.REAN | Scheme.HRT | Scheme.FAMILIES
    assert Scheme(int(offer.schemes[SINGLE])) == Scheme.REAN | Scheme.HRT


@pytest.mark.parametrize(
    ("rule", "cash", "in_kind"),
    [("either_or", 2250.0, 0.0), ("stacked", 2250.0, 1500.0), ("capped_total", 2250.0, 750.0)],
)
def test_the_rule_of_the_scheme_decides_what_comes_beside_cash(
    rule: str, cash: float, in_kind: float
) -> None:
    world = make_world(
        change("rule_of_in_kind", rule), change("capped_total_eur", 2500), met=1 << Organisation.VWN
    )
    offer = offered(world, EVERYBODY)
    assert (offer.cash[SINGLE], offer.in_kind[SINGLE]) == (cash, in_kind)


def test_who_is_barred_from_cash_takes_help_in_kind_instead() -> None:
    world = make_world(change("hrt_open", False), met=1 << Organisation.VWN)
    offer = offered(world, EVERYBODY)
    assert Scheme(int(offer.schemes[SINGLE])) == Scheme.REAN | Scheme.IN_KIND
    assert (offer.cash[SINGLE], offer.in_kind[SINGLE]) == (500.0, 1500.0)


def test_each_rule_of_eligibility_bars_alone() -> None:
    both = Scheme.REAN | Scheme.HRT
    assert schemes_of() == both | Scheme.IN_KIND
    no_kind = change("in_kind_open", False)
    assert schemes_of(no_kind) == both
    assert schemes_of(route=Route.BORDER) == Scheme.NONE  # did not come to settle
    assert schemes_of(background=Background.OTHER) == Scheme.REAN
    assert schemes_of(change("hrt_for_other_background", True), background=Background.OTHER) == both
    assert schemes_of(no_kind, change("hrt_open", False)) == Scheme.REAN
    assert schemes_of(no_kind, change("rean_open", False)) == Scheme.HRT
    assert schemes_of(phase=LegalPhase.APPEAL) == both
    never = change("apply_during_procedure", False)
    assert schemes_of(never, phase=LegalPhase.APPEAL) == Scheme.NONE


def test_help_in_kind_is_seen_by_who_considers_return_or_has_met_an_organisation() -> None:
    met = {"met": 1 << Organisation.MAATWERK}
    far = {"stage": Stage.NOT_CONSIDERING}
    for stage in (Stage.CONSIDERING, Stage.INTENDING, Stage.PREPARING):
        assert schemes_of(stage=stage) & Scheme.IN_KIND
    assert not schemes_of(**far) & Scheme.IN_KIND
    assert not schemes_of(**far, talks=1) & Scheme.IN_KIND  # talks alone are no organisation
    assert schemes_of(**far, **met) & Scheme.IN_KIND
    assert schemes_of(**far, helper=Organisation.BRIDGE_TO_BETTER) & Scheme.IN_KIND
    assert (
        not schemes_of(**far, referred=Organisation.BRIDGE_TO_BETTER) & Scheme.IN_KIND
    )  # not met yet
    assert not schemes_of(**far, helper=Organisation.ASKV) & Scheme.IN_KIND


def test_help_in_kind_needs_its_conditions_and_weeks_that_are_left() -> None:
    met = {"met": 1 << Organisation.MAATWERK}
    assert not schemes_of(phase=LegalPhase.APPEAL, **met) & Scheme.IN_KIND  # a procedure is pending
    assert not schemes_of(background=Background.OTHER, **met) & Scheme.IN_KIND
    opened = change("in_kind_for_other_background", True)
    assert schemes_of(opened, background=Background.OTHER, **met) & Scheme.IN_KIND
    # four weeks of the term and of the VBL 6 or 7; 6 more must fit into 16
    week = young_world().week
    at_vbl = {"place": Place.VBL, **met}
    assert schemes_of(WITHIN, place_since=week - 6, **at_vbl) & Scheme.IN_KIND
    assert not schemes_of(WITHIN, place_since=week - 7, **at_vbl) & Scheme.IN_KIND
    # who applied a week ago has a week of it done; nothing is done before an application
    asked = {"application": Application.PENDING, "applied_week": week - 1}
    assert schemes_of(WITHIN, place_since=week - 7, **asked, **at_vbl) & Scheme.IN_KIND
    assert not schemes_of(WITHIN, place_since=week - 8, **asked, **at_vbl) & Scheme.IN_KIND
    none = {"application": Application.WITHDRAWN, "applied_week": week - 1}
    assert not schemes_of(WITHIN, place_since=week - 7, **none, **at_vbl) & Scheme.IN_KIND


def test_lists_hold_by_day() -> None:
    countries = [*registry().tables.frame("scheme_countries")["country"].unique()]
    lists = SchemeLists(registry(), countries)
    unchanged = dict.fromkeys(CHANGES.values(), (0,) * len(countries))
    now = Values({"country_lists": True, "dublin_claimants_eligible": True, **unchanged})

    def on(scheme: str, country: str, day: date, *, dublin: bool = False) -> float:
        shares = lists.at(week_of(day), now)
        return float(shares[LISTS.index(scheme), int(dublin), countries.index(country)])

    for barred in ("Georgia", "Macedonia"):  # s3 B1: both in August 2010
        assert on("hrt", barred, date(2010, 7, 1)) == 1.0
        assert on("hrt", barred, date(2010, 9, 1)) == 0.0
        assert on("pilot", barred, date(2011, 1, 3)) == 1.0
    assert on("in_kind", "Ukraine", date(2016, 3, 1)) == 1.0
    assert on("in_kind", "Ukraine", date(2016, 3, 16)) == 1.0
    assert on("in_kind", "Ukraine", date(2016, 3, 23)) == 0.0  # from the week of its day
    assert on("in_kind", "Ukraine", date(2016, 4, 1)) == 0.0
    assert on("in_kind", "Mongolia", date(2016, 4, 1)) == 1.0
    assert on("in_kind", "Mongolia", date(2016, 4, 1), dublin=True) == 0.0
    assert on("rean", "United States", date(2011, 1, 3)) == 0.0
    assert on("rean", "Albania", date(2016, 8, 1)) == 1.0
    assert on("rean", "Albania", date(2016, 9, 5)) == 0.0
    nobody_bound = Values({"country_lists": False, "dublin_claimants_eligible": False})
    free = lists.at(week_of(date(2017, 1, 2)), nobody_bound)
    assert (free[:, 0] == 1.0).all()
    assert (free[:, 1] == 0.0).all()


def test_who_prepares_and_knows_applies_and_waits_for_a_decision() -> None:
    world = make_world(change("application_weeks", 2))
    apply(world)
    people = world.people
    assert (people.application == Application.PENDING).all()
    world.week += 1
    apply(world)
    assert (people.application == Application.PENDING).all()
    world.week += 1
    apply(world)
    assert (people.application == Application.GRANTED).all()
    assert people.cash_eur.tolist() == [2740.0, 2740.0, 2740.0, 2250.0]
    kinds = world.log.column("kind").tolist()
    steps = (Event.ELIGIBLE, Event.KNOWS, Event.CONSIDERS)  # noted, as nobody has weighed before
    noted = (*steps, Event.APPLIED, Event.GRANTED)
    assert kinds == [event for event in noted for _ in EVERYBODY]


def test_who_knows_nothing_or_shows_no_identity_does_not_apply() -> None:
    for columns in ({"knowledge": 0.0}, {"identified": False}, {"stage": Stage.INTENDING}):
        world = make_world(**columns)
        apply(world)
        assert not world.people.application.any()
    told = make_world(knowledge=0.0, talks=1)
    apply(told)
    assert (told.people.application == Application.PENDING).all()


@pytest.mark.parametrize(("share", "turns"), [(0.0, False), (1.0, True)])
def test_a_share_of_households_of_other_background_turns_to_iom(share: float, turns: bool) -> None:
    few = change("iom_share_other", share)
    other = make_world(few, background=Background.OTHER)
    assert (offered(other, EVERYBODY).schemes > 0).tolist() == [turns] * 4
    apply(other)
    assert (other.people.application == Application.PENDING).tolist() == [turns] * 4
    asylum = make_world(few)
    apply(asylum)
    assert (asylum.people.application == Application.PENDING).all()


def test_a_household_turns_to_iom_in_every_week_or_never() -> None:
    told = set()
    for key in range(60):
        keys = np.full(4, key, dtype=np.uint64)
        world = make_world(
            change("iom_share_other", 0.5), background=Background.OTHER, household_key=keys
        )
        first = (offered(world, EVERYBODY).schemes > 0).tolist()
        world.week += 7
        assert (offered(world, EVERYBODY).schemes > 0).tolist() == first
        told.add(tuple(first))
    assert told == {(False,) * 4, (True,) * 4}


def test_who_no_longer_prepares_withdraws() -> None:
    world = make_world(application=Application.GRANTED, cash_eur=500.0, stage=Stage.CONSIDERING)
    apply(world)
    assert (world.people.application == Application.WITHDRAWN).all()
    assert not world.people.cash_eur.any()


@pytest.mark.parametrize(
    ("journey", "refused"),
    [
        (0, [False, False, False, True]),
        (581, [False, False, False, True]),
        (1000, [False, False, False, True]),
        (1001, [False] * 4),
        (100_000, [False] * 4),
    ],
)
def test_savings_are_means_from_the_limit_on_but_not_below_the_price_of_the_journey(
    journey: int, refused: list[bool]
) -> None:
    limits = change("means_limit_eur", 1000), change("journey_home_eur", journey)
    world = make_world(*limits, savings_eur=[999.0, 999.0, 0.0, 1000.0])
    pending(world, Scheme.REAN)
    reason = why_refused(world, EVERYBODY)
    assert reason.tolist() == [Reason.MEANS if each else Reason.NONE for each in refused]


@pytest.mark.parametrize(
    ("mother", "father", "refused"),
    [(3000.0, 0.0, False), (3499.0, 0.0, False), (2000.0, 1500.0, True), (3500.0, 0.0, True)],
)
def test_a_family_has_means_if_together_it_can_pay_for_all_its_members(
    mother: float, father: float, refused: bool
) -> None:
    """Two parents and a child; 1,750 euro for each parent, three journeys of 1,000 euro."""
    values = {"means_limit_eur": 1750, "journey_home_eur": 1000}
    world = make_world(
        *(change(name, value) for name, value in values.items()),
        savings_eur=[mother, father, 0.0, 3000.0],
    )
    pending(world, Scheme.REAN)
    found = [reason == Reason.MEANS for reason in why_refused(world, EVERYBODY)]
    assert found == [refused] * 3 + [True], "the man by himself has 3,000 euro for one journey"
    world.now.update({"journey_home_eur": 1200})
    found = [reason == Reason.MEANS for reason in why_refused(world, EVERYBODY)]
    assert found == [False] * 3 + [True], "three journeys cost 3,600 euro"


def test_those_who_would_go_unseen_never_ask_and_no_offer_counts_for_them() -> None:
    """A family with money for three journeys and a man 1 euro short, without a file."""
    unseen = change("unregistered_share", 1.0), change("journey_home_eur", 600)
    columns = {"spell_open": False, "savings_eur": [1800.0, 0.0, 0.0, 599.0]}
    world = make_world(*unseen, change("means_limit_eur", 10_000), **columns)
    assert goes_unseen(world, EVERYBODY).tolist() == [True] * 3 + [False]
    offer = offered(world, EVERYBODY)
    assert (offer.schemes > 0).tolist() == [False] * 3 + [True]
    assert (offer.worth > 0.0).tolist() == [False] * 3 + [True]
    assert VARIABLES["assistance"](Adults(world, EVERYBODY)).any()
    assert not VARIABLES["assistance"](Adults(world, EVERYBODY))[:2].any()
    apply(world)
    none, pend = Application.NONE, Application.PENDING
    assert world.people.application.tolist() == [none] * 3 + [pend]


@pytest.mark.parametrize(
    ("values", "columns"),
    [
        ({"unregistered_share": 0.0}, {}),
        ({}, {"spell_open": True}),
        ({"journey_home_eur": 1801}, {}),
    ],
    ids=["none of them", "file", "poor"],
)
def test_nobody_goes_unseen_with_a_file_without_money_or_outside_the_share(
    values: dict[str, object], columns: dict[str, object]
) -> None:
    usual = {"unregistered_share": 1.0, "journey_home_eur": 600}
    changes = (change(name, value) for name, value in (usual | values).items())
    world = make_world(*changes, **{"spell_open": False, "savings_eur": 1800.0} | columns)
    assert not goes_unseen(world, EVERYBODY).any()
    assert (offered(world, EVERYBODY).schemes > 0).all()


def test_verification_refuses_for_means_earlier_support_and_lists() -> None:
    rich = make_world(savings_eur=np.array([0.0, 7000.0, 0.0, 10.0]))
    pending(rich, Scheme.REAN)
    decide(rich, EVERYBODY)  # a mean of 3,500 among two adults, above 3,000
    assert rich.people.application.tolist() == [Application.REFUSED] * 3 + [Application.GRANTED]
    again = make_world(
        change("earlier_support_share", 1.0), change("earlier_support_span_years", 1)
    )
    pending(again, Scheme.REAN)
    decide(again, EVERYBODY)
    assert (again.people.application == Application.REFUSED).all()
    unlisted = make_world()
    unlisted.listed = np.zeros_like(unlisted.listed)
    pending(unlisted, Scheme.REAN)
    decide(unlisted, EVERYBODY)
    assert (unlisted.people.application == Application.REFUSED).all()
    assert not unlisted.people.cash_eur.any()
    assert not offered(again, EVERYBODY).schemes.any()  # refused once, nothing on offer


def test_help_in_kind_that_no_longer_fits_is_withdrawn_and_the_cash_stays() -> None:
    world = make_world(change("rule_of_in_kind", "stacked"), WITHIN, met=1 << Organisation.IOM)
    pending(world, Scheme.REAN | Scheme.HRT | Scheme.IN_KIND)
    world.people.place[:] = Place.VBL
    world.people.place_since[:] = world.week - 11
    decide(world, EVERYBODY)
    assert (world.people.application == Application.GRANTED).all()
    assert not world.people.in_kind_eur.any()
    assert world.people.cash_eur[SINGLE] == 2250.0


@pytest.mark.parametrize("knowledge", [0.0, 0.3, 1.0])
def test_more_cash_never_lowers_the_worth_of_return(knowledge: float) -> None:
    before = -1.0
    for cash in (0, 500, 1750, 4000, 8000):
        world = make_world(
            change("assistance_cash_adult", cash), knowledge=knowledge, met=1 << Organisation.VWN
        )
        met = VARIABLES["assistance"](Adults(world, EVERYBODY))[SINGLE]
        assert met >= before
        before = met
    assert before > 0.0 or knowledge == 0.0


def test_an_offer_does_nothing_for_who_does_not_consider_return() -> None:
    world = make_world(stage=Stage.NOT_CONSIDERING, discretionary_eur=500.0)
    assert not VARIABLES["assistance"](Adults(world, EVERYBODY)).any()


def test_what_is_granted_or_promised_counts_without_knowledge() -> None:
    def met(**columns: object) -> float:
        world = make_world(knowledge=0.0, **columns)
        return float(VARIABLES["assistance"](Adults(world, EVERYBODY))[SINGLE])

    assert met() == 0.0
    # at the price itself half of it is met
    assert met(application=Application.GRANTED, cash_eur=2000.0) == pytest.approx(0.5)
    promised = met(discretionary_eur=500.0, reservation_eur=500.0)
    assert promised == pytest.approx(0.5)


def test_who_leaves_with_a_grant_leaves_through_iom_and_others_do_not() -> None:
    world = make_world(spell_open=False, application=[Application.GRANTED] * 3 + [0])
    world.leave(EVERYBODY, Outcome.INDEPENDENT, Destination.ORIGIN)
    assert ((world.log.column("marks") & np.uint8(Mark.IOM)) > 0).tolist() == [True] * 3 + [False]


def test_every_grant_follows_an_application_and_every_iom_departure_a_grant() -> None:
    log = events(lived(scale=50.0))
    people = {
        kind: set(log.loc[log["kind"] == kind, "person"])
        for kind in (Event.APPLIED, Event.GRANTED, Event.REFUSED)
    }
    assert people[Event.GRANTED]
    assert people[Event.REFUSED]
    assert people[Event.GRANTED] | people[Event.REFUSED] <= people[Event.APPLIED]
    left = log[log["kind"] == Event.LEFT]
    assert set(left.loc[marked(left, Mark.IOM), "person"]) <= people[Event.GRANTED]


@pytest.mark.slow
def test_help_in_kind_is_taken_beside_cash_only_where_it_may_be() -> None:
    """Uptake under either or, and stacked, in a paired run."""
    taken = {}
    for rule in ("either_or", "stacked"):
        log = events(lived(change("rule_of_in_kind", rule), scale=100.0))
        granted = log[log["kind"] == Event.GRANTED]
        kind = (granted["scheme"] & int(Scheme.IN_KIND)) > 0
        cash = (granted["scheme"] & int(Scheme.HRT)) > 0
        taken[rule] = kind.mean(), (kind & cash).sum()
    assert taken["either_or"][1] == 0
    assert taken["stacked"][1] > 0
    assert taken["stacked"][0] > taken["either_or"][0]


def test_where_nobody_weighs_nobody_applies() -> None:
    log = events(lived(change("decision", "hazards"), scale=200.0))
    assert not log["kind"].isin([Event.APPLIED, Event.GRANTED, Event.REFUSED]).any()
