"""Schemes condition by condition: what opens them, what shuts them, and what is taken."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.value import NumberTable
from terugkeer.abm.world.calendar import first_week, week_of
from terugkeer.abm.world.countries.practice import LISTS
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.help.scheme_lists import EVERYBODY as ALL_LISTED
from terugkeer.abm.world.help.schemes import offered, open_to, promised_cash
from terugkeer.abm.world.scenario import load_scenario
from terugkeer.agents.codes import (
    Background,
    LegalPhase,
    Organisation,
    OriginGroup,
    Place,
    Route,
    Scheme,
)

from tests.abm.world.applicants import EVERYBODY, SINGLE, make_world, schemes_of
from tests.abm.world.small_world import change, events, lived

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from terugkeer.abm.evidence.override import Override

WEEK = first_week(2010)
CHAIN = ("pilot_front_office_share", "pilot_helpdesk_share", "pilot_back_office_share")
OPEN = change("pilot_open", True)
SURE_CHAIN = (OPEN, *(change(name, 1.0) for name in CHAIN), change("pilot_internal_share", 0.0))
IN_TERM = {"phase": LegalPhase.DEPARTURE_TERM, "phase_since": WEEK}
VWN = {"met": 1 << Organisation.VWN}
IOM = {"met": 1 << Organisation.IOM}
FREE = {"rean_adult": 500, "stacking": "none_beyond_cash"}


def without(scheme: str) -> Scheme:
    """Return what is open to the man alone, helped by VWN in his term, if one list is empty."""
    world = make_world(*SURE_CHAIN, **IN_TERM, **VWN)
    world.listed = ALL_LISTED.copy()
    world.listed[LISTS.index(scheme)] = 0.0
    return Scheme(int(open_to(world, EVERYBODY)[SINGLE]))


def test_each_scheme_goes_by_its_own_list() -> None:
    assert not without("in_kind") & Scheme.IN_KIND
    assert without("in_kind") & Scheme.PILOT
    assert not without("pilot") & Scheme.PILOT
    assert without("pilot") & Scheme.IN_KIND
    assert not without("hrt") & Scheme.HRT
    assert without("hrt") & Scheme.REAN


@pytest.mark.parametrize(
    ("changed", "cash"),
    [
        ({}, False),
        ({"first_talk_week": WEEK}, True),
        ({"talks": 0}, True),
        ({"spells": 1}, True),
        ({"place": Place.PRIVATE_NETWORK}, True),
    ],
    ids=["too late", "in time", "no talk yet", "first file", "elsewhere"],
)
def test_cash_comes_back_at_the_vbl_within_days_of_the_first_talk(
    changed: dict[str, object], cash: bool
) -> None:
    back = {"place": Place.VBL, "place_since": WEEK - 2, "spell_since": WEEK - 2, "spells": 2}
    there = {**back, "talks": 1, "first_talk_week": WEEK - 1, "phase": LegalPhase.OBLIGED}
    window = change("hrt_again_in_window", True)
    assert bool(schemes_of(window, **there | changed) & Scheme.HRT) == cash
    assert schemes_of(change("hrt_again_in_window", False), **there | changed) & Scheme.HRT
    assert schemes_of(window, **there | changed) & Scheme.REAN


@pytest.mark.parametrize("dublin", [False, True])
def test_dublin_claimants_have_lists_of_their_own(dublin: bool) -> None:
    world = make_world(dublin=dublin)
    world.listed = ALL_LISTED.copy()
    world.listed[:, 1] = 0.0
    assert (open_to(world, EVERYBODY) == 0).all() == dublin


def test_goods_for_families_come_on_top_of_cash_and_for_minors() -> None:
    goods = change("families_open", True)
    assert open_to(make_world(goods), EVERYBODY)[0] & np.uint8(Scheme.FAMILIES)
    assert not open_to(make_world(goods), EVERYBODY)[SINGLE] & np.uint8(Scheme.FAMILIES)
    barred = make_world(goods, change("hrt_open", False))
    assert not open_to(barred, EVERYBODY)[0] & np.uint8(Scheme.FAMILIES)


def test_the_clock_of_the_term_counts_for_what_must_fit() -> None:
    limit = change("in_kind_within_weeks", 8)
    there = {"place": Place.AZC_DEPARTURE_TERM, "phase": LegalPhase.DEPARTURE_TERM, **VWN}
    assert schemes_of(limit, **there, phase_since=WEEK - 2) & Scheme.IN_KIND
    assert not schemes_of(limit, **there, phase_since=WEEK - 3) & Scheme.IN_KIND


def test_help_in_kind_waits_for_every_appeal_with_or_without_a_right_to_stay() -> None:
    term = {"place": Place.AZC_DEPARTURE_TERM, "phase": LegalPhase.DEPARTURE_TERM, **VWN}
    assert schemes_of(**term, phase_since=WEEK - 2) & Scheme.IN_KIND
    assert not schemes_of(**term, phase_since=WEEK - 2, appeals=True) & Scheme.IN_KIND
    never = change("apply_during_procedure", False)
    assert schemes_of(never, **term, phase_since=WEEK - 2, appeals=True) == Scheme.NONE


def test_the_weeks_that_must_fit_are_of_the_rules_of_2012() -> None:
    at_vbl = {"place": Place.VBL, "place_since": WEEK - 11, **VWN}
    assert week_of(date(2012, 1, 1)) > WEEK
    assert schemes_of(**at_vbl) & Scheme.IN_KIND
    assert not schemes_of(change("in_kind_within_weeks", 16), **at_vbl) & Scheme.IN_KIND


def test_no_scheme_is_open_to_persons_refused_at_the_border() -> None:
    opened = change("in_kind_for_other_background", True)
    assert schemes_of(opened, background=Background.OTHER, **VWN) & Scheme.IN_KIND
    at_border = {"background": Background.OTHER, "route": Route.BORDER}
    assert schemes_of(opened, **at_border, **VWN) == Scheme.NONE
    assert schemes_of(*SURE_CHAIN, **IN_TERM, **VWN, route=Route.BORDER) == Scheme.NONE


def test_the_pilot_is_open_in_its_window_to_asylum_seekers_handed_over_or_barred_from_cash() -> (
    None
):
    in_term = {"phase": LegalPhase.DEPARTURE_TERM, **VWN}
    assert schemes_of(*SURE_CHAIN, **in_term, phase_since=WEEK - 3) & Scheme.PILOT
    assert not schemes_of(*SURE_CHAIN, **in_term, phase_since=WEEK - 4) & Scheme.PILOT
    assert not schemes_of(*SURE_CHAIN, phase=LegalPhase.DEPARTURE_TERM) & Scheme.PILOT
    other = {**in_term, "background": Background.OTHER}
    assert not schemes_of(*SURE_CHAIN, **other, phase_since=WEEK) & Scheme.PILOT
    inside = (OPEN, change("pilot_front_office_share", 0.0), change("pilot_internal_share", 1.0))
    assert schemes_of(*inside, change("hrt_open", False), **IN_TERM, **IOM) & Scheme.PILOT
    assert not schemes_of(*inside, **IN_TERM, **IOM) & Scheme.PILOT
    # nearly out of procedures, unless nothing may be asked for while one runs
    assert schemes_of(*SURE_CHAIN, phase=LegalPhase.APPEAL, **VWN) & Scheme.PILOT
    never = change("apply_during_procedure", False)
    assert schemes_of(*SURE_CHAIN, never, phase=LegalPhase.APPEAL, **VWN) == Scheme.NONE


def test_the_cap_is_for_each_person_of_a_household() -> None:
    def in_kind(cap: int) -> list[float]:
        world = make_world(
            change("rule_of_in_kind", "capped_total"), change("capped_total_eur", cap), **VWN
        )
        return offered(world, EVERYBODY).in_kind.tolist()

    # a couple with a child: cash 1,750 + 880 / 2, at most 2,500 * 3 / 2, of 1,500 * 3 / 2
    assert in_kind(2500) == [1560.0, 1560.0, 1560.0, 750.0]
    assert in_kind(0) == [0.0] * 4
    assert in_kind(8000) == [2250.0, 2250.0, 2250.0, 1500.0]


@pytest.mark.parametrize(
    ("price", "cash", "in_kind"),
    # of 2,000: 1,000, which is less than the cash alone; 2,000; and 3,000
    [(0.5, 1750.0, 0.0), (1.0, 1750.0, 250.0), (1.5, 1750.0, 1250.0)],
)
def test_the_cap_follows_prices_in_the_group_of_the_origin(
    price: float, cash: float, in_kind: float
) -> None:
    capped = change("rule_of_in_kind", "capped_total"), change("capped_total_eur", 2000)
    prices = change("cap_price_level", NumberTable({"safe": 1.0, "not_safe": price}))

    def taken(group: OriginGroup, *more: Override) -> tuple[float, float]:
        offer = offered(make_world(*capped, *more, origin_group=group, **VWN), EVERYBODY)
        return float(offer.cash[SINGLE]) - 500.0, float(offer.in_kind[SINGLE])  # 500 are basic

    assert taken(OriginGroup.NOT_SAFE, prices) == (cash, in_kind)
    assert taken(OriginGroup.SAFE, prices) == taken(OriginGroup.SAFE) == (1750.0, 250.0)


def test_a_preference_for_help_in_kind_leaves_the_cash_under_either_or() -> None:
    prefers = (
        change("rule_of_in_kind", "either_or"),
        change("cash_or_in_kind", "in_kind"),
        change("assistance_in_kind", 3000),
    )
    offer = offered(make_world(*prefers, **VWN), EVERYBODY)
    assert Scheme(int(offer.schemes[SINGLE])) == Scheme.REAN | Scheme.IN_KIND
    assert (offer.cash[SINGLE], offer.in_kind[SINGLE]) == (500.0, 3000.0)


RULES = pytest.mark.parametrize("rule", ["either_or", "stacked", "capped_total"])


@RULES
def test_help_in_kind_that_adds_nothing_is_not_taken_since_it_takes_weeks(rule: str) -> None:
    """Of 1,000 euro in kind half counts: the 500 euro of basic support that they have anyhow."""
    for euro, taken in ((1000, 0.0), (1002, 1002.0)):
        values = tuple(change(name, value) for name, value in FREE.items())
        kind = change("rule_of_in_kind", rule), change("assistance_in_kind", euro)
        world = make_world(*values, *kind, change("hrt_open", False), **VWN)
        assert offered(world, EVERYBODY).in_kind[SINGLE] == taken


@RULES
def test_goods_and_the_pilot_are_taken_where_they_cost_nothing_and_add_nothing(rule: str) -> None:
    """Goods come beside cash, and the pilot beside basic support; neither takes weeks here."""
    nothing_more = change("stacking", "none_beyond_cash")
    goods = make_world(
        nothing_more,
        change("families_open", True),
        change("rule_of_families", rule),
        change("capped_total_eur", 8000),
        change("in_kind_open", False),
    )
    found = offered(goods, EVERYBODY)
    # 1,000 for two adults; beside 2,740 in cash they add nothing, in its place they lose
    assert found.in_kind.tolist() == [0.0 if rule == "either_or" else 500.0] * 3 + [0.0]
    assert found.cash[0] == 2740.0
    assert found.worth[0] == 2740.0
    pilot = make_world(
        nothing_more,
        *SURE_CHAIN,
        change("rule_of_pilot", rule),
        change("pilot_in_kind_eur", 800),
        change("hrt_open", False),
        change("in_kind_open", False),
        **VWN,
        **IN_TERM,
    )
    taken = offered(pilot, EVERYBODY)
    assert (taken.in_kind[SINGLE], taken.worth[SINGLE]) == (800.0, 500.0)


def test_at_a_tie_cash_is_kept() -> None:
    even = (
        change("rule_of_in_kind", "either_or"),
        change("assistance_in_kind", 3500),
        change("stacking", "additive"),
    )  # half of 3,500 is worth the 1,750 in cash
    offer = offered(make_world(*even, **VWN), EVERYBODY)
    assert (offer.cash[SINGLE], offer.in_kind[SINGLE]) == (2250.0, 0.0)


def test_a_promise_is_shared_by_the_adults() -> None:
    world = make_world(discretionary_eur=500.0)
    assert promised_cash(world, EVERYBODY).tolist() == [250.0, 250.0, 250.0, 500.0]


@pytest.mark.slow
def test_the_scenario_of_the_pilot_leaves_no_other_help_in_kind_open() -> None:
    scenario = load_scenario("sdt_pilot", registry())
    helped = (change("pilot_internal_share", 1.0), change("pilot_window_weeks", 520))
    log = events(lived(*scenario.entries, *helped, scale=20.0))
    in_2011 = log["week"] >= week_of(date(2011, 1, 3))
    asked = log[in_2011 & (log["kind"] == Event.APPLIED)]
    pilot = asked[(asked["scheme"] & int(Scheme.PILOT)) > 0]
    assert len(pilot)
    assert not ((pilot["scheme"] & int(Scheme.HRT)) > 0).any()
    others = int(Scheme.IN_KIND | Scheme.FAMILIES)
    assert not ((asked["scheme"] & others) > 0).any()
    without = log[in_2011 & (log["kind"] == Event.GRANTED)]
    assert not ((without["scheme"] & int(Scheme.FAMILIES)) > 0).any()


def test_between_equals_the_help_that_leaves_the_cash_is_kept() -> None:
    values = (
        change("rule_of_in_kind", "stacked"),
        change("stacking", "additive"),
        change("pilot_in_kind_eur", 5000),
    )  # 2,250 and half of 1,500 are worth as much as 500 and half of 5,000
    offer = offered(make_world(*SURE_CHAIN, *values, **IN_TERM, **VWN), EVERYBODY)
    assert (offer.cash[SINGLE], offer.in_kind[SINGLE]) == (2250.0, 1500.0)


@pytest.mark.parametrize("prefers", ["cash", "in_kind"])
@pytest.mark.parametrize("stacking", ["additive", "diminishing", "none_beyond_cash"])
def test_an_offer_is_never_worth_less_where_more_may_be_combined(
    prefers: str, stacking: str
) -> None:
    reading = change("cash_or_in_kind", prefers), change("stacking", stacking)

    def best(rule: str, cap: int = 0) -> NDArray[np.float64]:
        rules = change("rule_of_in_kind", rule), change("rule_of_families", rule)
        goods = change("families_open", True), change("capped_total_eur", cap)
        return offered(make_world(*reading, *rules, *goods), EVERYBODY).worth

    rising = [best("either_or"), *(best("capped_total", cap) for cap in (0, 1800, 2500, 8000))]
    rising.append(best("stacked"))
    assert (np.diff(rising, axis=0) >= 0.0).all()
    assert (rising[0] == rising[1]).all()  # a cap of nothing lets nothing be combined
    assert (rising[-1] == rising[-2]).all()  # and a high one all


def test_later_cash_is_worth_less_before_departure_and_is_paid_in_full() -> None:
    def offer_under(timing: str) -> tuple[float, float]:
        rule = change("when_cash_is_paid", timing), change("later_cash_discount", 0.2)
        found = offered(make_world(*rule, change("in_kind_open", False)), EVERYBODY)
        return float(found.cash[SINGLE]), float(found.worth[SINGLE])

    assert offer_under("at_departure") == (2250.0, 2250.0)
    assert offer_under("after_plan") == (2250.0, pytest.approx(1800.0))
    assert offer_under("in_parts") == (2250.0, pytest.approx(2025.0))


def test_goods_for_families_are_crowded_out_by_help_in_kind_that_is_worth_more() -> None:
    goods = change("families_open", True)
    assert not Scheme(int(offered(make_world(goods), EVERYBODY).schemes[0])) & Scheme.FAMILIES
    more = change("families_goods_eur", 8000)
    assert Scheme(int(offered(make_world(goods, more), EVERYBODY).schemes[0])) & Scheme.FAMILIES
    # a list that leaves the country out, or a procedure that runs, leaves room for goods
    world = make_world(goods)
    world.listed = ALL_LISTED.copy()
    world.listed[LISTS.index("in_kind")] = 0.0
    assert Scheme(int(offered(world, EVERYBODY).schemes[0])) & Scheme.FAMILIES
