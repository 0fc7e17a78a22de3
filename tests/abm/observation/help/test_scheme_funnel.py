"""How far persons come with a scheme, and where the others are lost."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from terugkeer.abm.observation.events import Events
from terugkeer.abm.observation.help.assistance import REASONS, SCHEMES
from terugkeer.abm.observation.help.scheme_funnel import (
    ENDED,
    ENDS,
    FATE_ITEMS,
    FUNNEL_ITEMS,
    NEVER,
    PRICE_MET,
    PROMISED,
    SCHEME_TABLES,
    cohort,
    steps_of,
    trace,
)
from terugkeer.abm.observation.observer import Observed
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.meetings.steps import Step, bits_of
from terugkeer.abm.world.phases.exit import exits
from terugkeer.abm.world.phases.prepare import prepare
from terugkeer.abm.world.phases.weigh import Weigh
from terugkeer.agents.codes import LegalPhase, Organisation, Place, Reason, Scheme, Stage

from tests.abm.observation.hand_made import closed, counts, in_2012, left, opened, rows_of
from tests.abm.world.adults import CHILD, WEEK, adults

if TYPE_CHECKING:
    from terugkeer.abm.runs.result import RunResult
    from terugkeer.abm.world.state import World

    from tests.abm.observation.hand_made import Happen

CASH = Scheme.REAN | Scheme.HRT
FIRST = ("eligible", "knows", "considers")
HOME = {"marks": ["iom"], "scheme": Scheme.HRT}


def steps(*kinds: str, person: int = 0, **more: object) -> list[dict[str, Any]]:
    """Return events of a person and of cash, in order."""
    return [{"kind": kind, "person": person, "scheme": Scheme.HRT, **more} for kind in kinds]


def fate(happen: Happen, *events: dict[str, Any]) -> str:
    """Return the one item of cash under which a person is counted."""
    found = in_2012("scheme_fates", happen(*events))
    (item,) = (item for item in found if item.startswith("hrt:") and item.count(":") == 2)
    return item.removeprefix("hrt:")


def test_a_person_who_leaves_with_cash_took_every_step(happen: Happen) -> None:
    events = happen(*steps(*FIRST, "met_price", "applied", "granted", "ready"), left(0, **HOME))
    every = (*steps_of("hrt"), PRICE_MET, *(f"{s}_price_met" for s in ("applied", "granted")))
    assert in_2012("scheme_funnel", events) == dict.fromkeys(
        [f"hrt:{step}" for step in (*every, "left_price_met")], 1.0
    )
    assert in_2012("scheme_fates", events) == {"hrt:left:with_it": 1.0, "hrt:price_met": 1.0}


def test_a_price_that_is_met_after_a_step_is_not_counted_with_it(happen: Happen) -> None:
    events = happen(*steps(*FIRST, "applied", "met_price", "granted"))
    found = in_2012("scheme_funnel", events)
    assert "hrt:applied_price_met" not in found
    assert found["hrt:granted_price_met"] == found["hrt:price_met"] == 1.0


def test_a_step_is_counted_in_its_own_year_and_a_fate_in_that_of_eligibility(
    happen: Happen,
) -> None:
    events = happen(*steps("eligible", "knows", year=2011), *steps("considers"), left(0, year=2013))
    assert counts("scheme_funnel", events, 5.0) == {
        (2011, "hrt:eligible"): 5.0,
        (2011, "hrt:knows"): 5.0,
        (2012, "hrt:considers"): 5.0,
    }
    assert counts("scheme_fates", events, 5.0) == {(2011, "hrt:considers:returned_without"): 5.0}


def test_who_is_granted_cash_in_exchange_has_applied_for_it_then(happen: Happen) -> None:
    kind = {"scheme": Scheme.IN_KIND}
    events = happen(*steps(*FIRST, "applied", **kind), *steps(*FIRST, "granted"))
    assert in_2012("scheme_funnel", events) == dict.fromkeys(
        [f"hrt:{step}" for step in (*FIRST, "applied", "granted")]
        + [f"in_kind:{step}" for step in (*FIRST, "applied")],
        1.0,
    )


def test_an_application_in_vain_is_no_step(happen: Happen) -> None:
    """Nothing was open: the household asks for basic support, and is never in the funnel."""
    asked = {"scheme": Scheme.REAN}
    assert in_2012("scheme_funnel", happen(*steps("applied", "refused", **asked))) == {}
    later = happen(*steps("applied", "refused", *FIRST, **asked))
    assert "rean:applied" not in in_2012("scheme_funnel", later)
    assert in_2012("scheme_fates", later) == {"rean:considers:still_here": 1.0}


def test_a_promise_is_not_applied_for_and_is_paid_without_iom(happen: Happen) -> None:
    promise = {"scheme": Scheme.DISCRETIONARY}
    events = happen(*steps(*FIRST, "ready", **promise), left(0, **promise))
    assert in_2012("scheme_funnel", events) == dict.fromkeys(
        [f"{PROMISED}:{step}" for step in (*FIRST, "ready", "left")], 1.0
    )
    never_weighed = happen(left(0, **promise))
    assert in_2012("scheme_fates", never_weighed) == {f"{PROMISED}:left:with_it": 1.0}


@pytest.mark.parametrize(
    ("departure", "end"),
    [
        (left(0, "forced"), "forced"),
        (left(0, "forced", destination="member_state"), "forced"),
        (left(0, scheme=Scheme.HRT), "returned_without"),  # not through IOM
        (left(0, marks=["iom"], scheme=Scheme.REAN), "returned_without"),
        (left(0, "unobserved", destination="home_unobserved"), "returned_without"),
        (left(0, "unobserved", destination="onward"), "onward"),
        (left(0, "permit", destination="permit"), "permit"),
        (left(0, "other", destination="other"), "other"),
    ],
)
def test_a_departure_ends_the_way_at_the_last_step(
    happen: Happen, departure: dict[str, Any], end: str
) -> None:
    events = [*steps("eligible", "knows"), departure]
    assert fate(happen, *events) == f"knows:{end}"


def test_at_the_end_persons_are_out_of_sight_or_still_here(happen: Happen) -> None:
    away = closed(0, "unobserved", destination="netherlands", to_place="street")
    weighed = steps("eligible", place="street", to_place="street")
    assert fate(happen, *weighed) == "eligible:out_of_sight"  # never had a file
    assert fate(happen, opened(0), *steps("eligible")) == "eligible:still_here"
    assert fate(happen, opened(0), *steps("eligible"), away) == "eligible:out_of_sight"
    found = opened(0, place="detention", to_place="detention", after=20)
    assert fate(happen, opened(0), *steps("eligible"), away, found) == "eligible:still_here"


@pytest.mark.parametrize(
    ("kind", "reason"),
    [(kind, each.name) for kind, own in REASONS.items() for each in (Reason.NONE, *own)],
)
def test_an_application_that_fails_is_told_with_its_reason(
    happen: Happen, kind: str, reason: str
) -> None:
    """Whatever becomes of the person afterwards."""
    name = kind if reason == "NONE" else f"{kind}_{reason.lower()}"
    events = [*steps(*FIRST, "applied"), *steps(kind, reason=reason), left(0, "forced")]
    assert fate(happen, *events) == f"applied:{name}"


def test_a_price_is_counted_in_the_cohort_whenever_it_is_met(happen: Happen) -> None:
    """A price met in 2012 by a person first eligible in 2011 is not of the cohort of 2012."""
    early = steps("eligible", "knows", year=2011)
    events = happen(*early, *steps("considers", "met_price"), *steps(*FIRST, person=16))
    found = counts("scheme_fates", events, 1.0)
    assert found == {
        (2011, "hrt:considers:still_here"): 1.0,
        (2011, "hrt:price_met"): 1.0,
        (2012, "hrt:considers:still_here"): 1.0,
    }
    assert counts("scheme_funnel", events, 1.0)[2012, "hrt:price_met"] == 1.0


def test_a_cohort_is_split_into_scheme_step_and_fate_without_reasons_and_prices() -> None:
    persons = {
        "hrt:applied:refused": 1.0,
        "hrt:applied:refused_means": 2.0,
        "hrt:left:with_it": 3.0,
        "hrt:knows:still_here": 4.0,
        "hrt:price_met": 5.0,
    }
    assert cohort(pd.Series(persons)).to_numpy().tolist() == [
        ["hrt", "applied", "refused", 3.0],
        ["hrt", "left", "with_it", 3.0],
        ["hrt", "knows", "still_here", 4.0],
    ]


def test_only_the_last_application_for_the_scheme_counts(happen: Happen) -> None:
    again = steps(*FIRST, "applied", "granted", "withdrawn", "applied", after=9)
    assert fate(happen, *again) == "granted:still_here"
    other = steps("applied", "refused", scheme=Scheme.IN_KIND, after=12)
    found = in_2012("scheme_fates", happen(*again, *other))
    assert found == {"hrt:granted:still_here": 1.0}


def test_each_person_and_scheme_is_counted_once(happen: Happen) -> None:
    events = happen(
        *steps(*FIRST, "applied", scheme=CASH), *steps("eligible", person=16, scheme=CASH)
    )
    assert in_2012("scheme_fates", events) == {
        f"{scheme}:{step}:still_here": 1.0
        for scheme in ("rean", "hrt")
        for step in ("applied", "eligible")
    }


def test_every_reason_has_a_fate() -> None:
    told = {reason for reasons in REASONS.values() for reason in reasons}
    assert told == set(Reason) - {Reason.NONE, Reason.NO_PLACE}  # no place: of a grant
    assert not set(ENDED) & set(ENDS)
    assert len(set(FATE_ITEMS)) == len(FATE_ITEMS)
    assert len(set(FUNNEL_ITEMS)) == len(FUNNEL_ITEMS)


@pytest.mark.parametrize("table", ["scheme_funnel", "scheme_fates"])
def test_a_run_in_which_nobody_weighs_cannot_tell(happen: Happen, table: str) -> None:
    assert rows_of(table, happen(left(0), judged=False))["persons"].isna().all()
    assert (rows_of(table, happen(opened(0)))["persons"] == 0.0).all()


def items_of(observed: Observed, table: int, first: int, last: int) -> pd.Series[float]:
    rows = SCHEME_TABLES[table].rows(observed, first, last)
    return rows[rows["group"] == "all"].groupby("item")["persons"].sum()


def check_sums(observed: Observed, first: int, last: int) -> None:
    """Hold fates to the funnel: they add up to the eligible, and steps to those beyond them."""
    funnel, fates = (items_of(observed, table, first, last) for table in (0, 1))
    for scheme in SCHEMES:
        own = fates[fates.index.str.startswith(f"{scheme}:")]
        met = own.pop(f"{scheme}:{PRICE_MET}")
        by_step = own.groupby(own.index.str.split(":").str[1]).sum()
        beyond = by_step.reindex(steps_of(scheme))[::-1].cumsum()[::-1]
        reached = funnel[[f"{scheme}:{step}" for step in steps_of(scheme)]]
        assert beyond.to_numpy() == pytest.approx(reached.to_numpy())
        for step in set(steps_of(scheme)) & {"applied", "granted", "left"}:
            assert funnel[f"{scheme}:{step}_price_met"] <= funnel[f"{scheme}:{step}"]
        assert funnel[f"{scheme}:price_met"] <= funnel[f"{scheme}:considers"]
        assert met == funnel[f"{scheme}:price_met"]  # all cohorts together: everybody


def test_fates_of_a_run_add_up_to_the_persons_eligible(run: RunResult) -> None:
    check_sums(run.observed, 2000, 2012)
    assert items_of(run.observed, 0, 2000, 2012)["rean:left"] > 0


def test_the_funnel_of_a_run_counted_once_more(run: RunResult) -> None:
    """Departures with a scheme are those that the table of assistance counts."""
    events = run.events[run.events["year"].between(2011, 2012)]
    gone = events[(events["kind"] == "left") & events["iom"]]
    for scheme in ("rean", "hrt", "in_kind"):
        bit = SCHEMES[scheme]
        departed = (gone["scheme"] & bit > 0) & (gone["destination"] == "origin")
        found = items_of(run.observed, 0, 2011, 2012)[f"{scheme}:left"]
        assert found == departed.sum() * run.scale
        mine = run.events[(run.events["scheme"] & bit) > 0]
        noted = mine[mine["kind"] == "considers"].drop_duplicates("person")
        noted = noted[noted["year"].between(2011, 2012)]
        assert items_of(run.observed, 0, 2011, 2012)[f"{scheme}:considers"] == (
            len(noted) * run.scale
        )


lives = st.fixed_dictionaries(
    {
        "stage": st.sampled_from(list(Stage)),
        "phase": st.sampled_from([LegalPhase.OBLIGED, LegalPhase.APPEAL]),
        "knowledge": st.sampled_from([0.0, 0.5, 1.0]),
        "reservation_eur": st.sampled_from([0.0, 400.0, 2300.0, np.inf]),
        "discretionary_eur": st.sampled_from([0.0, 0.0, 300.0]),
        "document": st.booleans(),
        "identified": st.booleans(),
        "met": st.sampled_from([0, 1 << Organisation.IOM]),
        "background": st.integers(0, 1),
        "minor": st.booleans(),
        "savings_eur": st.sampled_from([0.0, 9000.0]),
        "spell_open": st.booleans(),
    }
)
rules = st.fixed_dictionaries(
    {
        "constant_return_asylum": st.sampled_from([-9.0, 0.0, 9.0]),
        "constant_out_of_sight": st.sampled_from([-9.0, 0.0]),
        "deliberation_rate": st.sampled_from([0.5, 1e9]),
        "application_hazard": st.sampled_from([0.5, 100.0]),
        "application_weeks": st.integers(0, 2),
        "departure_hazard_ready": st.sampled_from([0.2, 50.0]),
        "in_kind_weeks": st.integers(0, 2),
        "choice_acted_on_hazard": st.sampled_from([0.0, 0.5]),
        "families_open": st.booleans(),
        "pilot_open": st.booleans(),
        "rean_open": st.booleans(),
        "rule_of_in_kind": st.sampled_from(["either_or", "stacked"]),
        "draws_to_give_up": st.integers(1, 2),
    }
)


def lived(given_lives: list[dict[str, Any]], values: dict[str, object], weeks: int) -> World:
    """Return a world of households of two after some weeks of weighing and applying."""
    columns = {name: np.repeat([life[name] for life in given_lives], 2) for name in given_lives[0]}
    minor = columns.pop("minor")
    child = np.where(minor, CHILD, WEEK - 2000)
    birth = np.where(np.arange(len(minor)) % 2 == 1, child, WEEK - 2000)
    quick = {"preparation_weeks": 0, "first_step_hazard": 100.0, "disclosure_hazard": 1.0}
    world = adults(
        len(given_lives),
        2,
        {**values, **quick},
        birth_week=birth,
        youngest_birth_week=child,
        place=Place.PRIVATE_NETWORK,
        **columns,
    )
    weigh = Weigh()
    for _ in range(weeks):
        weigh(world)
        prepare(world)
        exits(world)
        world.week += 1
    return world


@settings(max_examples=40, deadline=None)
@given(st.lists(lives, min_size=1, max_size=12), rules, st.integers(1, 8))
def test_steps_are_nested_once_each_and_fates_add_up_in_random_worlds(
    given_lives: list[dict[str, Any]], values: dict[str, object], weeks: int
) -> None:
    world = lived(given_lives, values, weeks)
    events, log = Events(world.log), world.log
    kind, number, schemes = (log.column(name) for name in ("kind", "person", "scheme"))
    for step in Step:
        mine = kind == Event[step.name]
        noted = pd.Series(schemes[mine].astype(int)).groupby(number[mine].astype(int))
        together = noted.sum()
        assert (together == noted.agg(np.bitwise_or.reduce)).all()  # no bit twice
        here = ~world.people.gone
        remembered = pd.Series(
            bits_of(world.people.scheme_steps, step)[here], world.people.person[here]
        )
        expected = together.reindex(remembered.index, fill_value=0)
        assert (remembered.astype(int) == expected).all()
    for scheme in SCHEMES:
        traced = trace(events, scheme)
        way = [traced.positions[step] for step in steps_of(scheme)]
        assert all((one <= other).all() for one, other in pairwise(way))
        met = traced.took(PRICE_MET)
        assert (traced.positions["considers"][met] < traced.positions[PRICE_MET][met]).all()
        # noted as they happen: only what a departure shows is filled in
        bit = (schemes & SCHEMES[scheme]) > 0
        eligible = number[bit & (kind == Event.ELIGIBLE)]
        granted = number[bit & ((kind == Event.GRANTED) | (kind == Event.READY))]
        assert set(granted.tolist()) <= set(eligible.tolist())
        assert set(eligible.tolist()) <= set(traced.person.tolist())
        assert (traced.positions["eligible"] < NEVER).all()
    check_sums(Observed(events, pd.DataFrame(), 1.0), 2011, 2013)
