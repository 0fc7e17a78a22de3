"""Money and the journey in whole runs: what changes nothing, and what nobody can do without."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from terugkeer.abm.world.decision.price import price
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.help.schemes import promised_cash, worth
from terugkeer.abm.world.state import World
from terugkeer.agents.codes import Application, Destination, Outcome, Payer
from terugkeer.agents.places import HOME

from tests.abm.world.small_world import change, events, lived, model_of, watch

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.world.model import ReturnModel
    from terugkeer.abm.world.moment import Rows

pytestmark = pytest.mark.slow  # some forty small runs
RUN = {"scale": 60.0, "last_year": 2012}
NO_ASSISTANCE = change("assistance", "none")
TIPS = change("money", "tips")
PROMISES = (
    change("discretionary_local_max_eur", 2000),
    change("discretionary_chance", (0.5,) * 6),
)
# some are ready to leave before they have applied, or before that is decided
IMPATIENT = (
    change("application_hazard", 0.05),
    change("application_patience_weeks", 2),
    change("journey_home_eur", 0),
)
SAME_SIZE = change("money_tips_size", 1.0), change("money_tips_reach", 1.0)


def run(*changes: Override) -> ReturnModel:
    return lived(*changes, **RUN)  # type: ignore[arg-type] # years are whole


def left(*changes: Override) -> pd.DataFrame:
    """Return the departures of a run."""
    log = events(run(*changes))
    return log[log["kind"] == Event.LEFT]


def same(one: ReturnModel, other: ReturnModel) -> bool:
    """Return whether two runs are the same to the byte."""
    return events(one).equals(events(other)) and one.weekly_frame().equals(other.weekly_frame())


def test_help_that_tips_as_much_and_as_soon_as_it_eases_is_the_same_to_the_byte() -> None:
    assert same(run(TIPS, *SAME_SIZE), run())


@pytest.mark.parametrize("money", ["tips", "decisive"])
def test_where_assistance_plays_no_part_the_reading_of_money_moves_nothing(money: str) -> None:
    found = run(NO_ASSISTANCE, change("money", money))
    assert same(found, run(NO_ASSISTANCE))
    assert not events(found)["part_of_help"].any(), "it has no part in any return"


@pytest.mark.parametrize("money", ["tips", "decisive"])
def test_where_assistance_can_move_people_the_reading_of_money_moves_some(money: str) -> None:
    assert not same(run(change("money", money)), run())


def test_a_journey_for_free_needs_no_ticket_and_lets_nobody_wait() -> None:
    free = change("journey_home_eur", 0)
    gone = left(free)
    freely = gone["destination"].isin(HOME) & (gone["outcome"] != Outcome.FORCED)
    assert set(gone["payer"][freely]) == {Payer.OWN, Payer.IOM}
    never = change("state_ticket_chance", 0.0)
    assert same(run(free), run(free, never)), "nobody waits for a ticket"


def test_a_journey_beyond_all_means_leaves_iom_and_the_state() -> None:
    gone = left(change("journey_home_eur", 100_000))
    home = gone[gone["destination"].isin(HOME)]
    assert set(home["payer"]) <= {Payer.IOM, Payer.STATE}
    assert not (gone["destination"] == Destination.HOME_UNOBSERVED).any()


def test_the_dearer_the_journey_the_fewer_go_home_on_their_own() -> None:
    paid = [
        int((left(change("journey_home_eur", price))["payer"] == Payer.OWN).sum())
        for price in (0, 581, 100_000)
    ]
    assert paid[0] > paid[1] > paid[2] == 0


def test_where_time_and_work_move_no_price_all_prices_are_those_of_the_survey() -> None:
    still = (
        change("reservation_share_at_entry", 1.0),
        change("reservation_share_at_work", 1.0),
    )
    assert (run(*still).people.price_share == 1.0).all()
    assert same(run(*still), run(*still, change("reservation_half_weeks", 4)))
    moving = run().people.price_share
    assert len(np.unique(moving)) > 10


@pytest.mark.parametrize(
    "changes", [(), PROMISES, IMPATIENT], ids=["as it is", "promises", "impatient"]
)
def test_where_money_decides_nobody_leaves_by_choice_below_a_price(
    changes: tuple[Override, ...],
) -> None:
    """Also where one draw makes an intention; told of a removal, people may leave all the same."""
    one_draw = change("money", "decisive"), change("draws_to_intend", 1)
    model = model_of(*one_draw, *changes, **RUN)  # type: ignore[arg-type] # years are whole
    left_by_choice: list[tuple[bool, bool]] = []
    leave = World.leave

    def watched(
        world: World,
        rows: Rows,
        outcome: ArrayLike,
        destination: ArrayLike,
        *,
        announced: bool = False,
    ) -> None:
        people = world.people
        chosen = np.full(len(rows), outcome) == Outcome.INDEPENDENT
        chosen |= np.full(len(rows), destination) == Destination.HOME_UNOBSERVED
        chosen &= not announced
        grown = world.adult(rows)
        of_age, chosen = rows[grown], chosen[grown]
        given = people.application[of_age] == Application.GRANTED
        cash = np.where(given, people.cash_eur[of_age], 0.0) + promised_cash(world, of_age)
        in_kind = np.where(given, people.in_kind_eur[of_age], 0.0)
        asked = price(world, of_age)
        unmet = np.isfinite(asked) & (worth(world, cash, in_kind) < asked)
        priced = np.isfinite(asked) & (asked > 0.0)
        left_by_choice.extend(zip(priced[chosen].tolist(), unmet[chosen].tolist(), strict=True))
        leave(world, rows, outcome, destination, announced=announced)

    with mock.patch.object(World, "leave", watched):
        model.run()
    priced, unmet = np.array(left_by_choice).T
    assert priced.any(), "some leave for a price"
    assert not priced.all(), "money plays no role for others"
    assert not unmet.any()


@settings(max_examples=5, derandomize=True, deadline=None)
@given(
    price=st.sampled_from([0, 300, 581, 1500, 20_000]),
    ticket=st.sampled_from([0.0, 0.5, 1.0]),
    unseen=st.sampled_from([0.0, 0.3, 1.0]),
    money=st.sampled_from(["eases", "tips", "decisive"]),
    seed=st.integers(0, 99),
)
def test_in_no_week_anybody_owes_the_journey_or_leaves_without_a_payer(
    price: int, ticket: float, unseen: float, money: str, seed: int
) -> None:
    model = model_of(
        change("journey_home_eur", price),
        change("state_ticket_chance", ticket),
        change("unregistered_share", unseen),
        change("money", money),
        seed=seed,
        scale=150.0,
    )

    def after(name: str, world: World) -> None:
        people = world.people
        assert (people.savings_eur >= 0.0).all(), name
        together = np.unique(people.household, return_inverse=True)[1]
        for column in (people.ticket, people.tipped):
            counted = np.bincount(together, column)
            assert np.isin(counted / np.bincount(together), (0.0, 1.0)).all(), name

    watch(model, after=after)
    model.run()
    log = events(model)
    gone = log[log["kind"] == Event.LEFT]
    assert (gone["destination"].isin(HOME) == (gone["payer"] != Payer.NONE)).all()
