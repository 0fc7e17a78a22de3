"""Every life in the event log is whole, whatever the levers, parameters and switches."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase as Stage
from hypothesis import given, settings
from hypothesis import strategies as st
from terugkeer.abm.evidence.override import Override
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.value import numbers
from terugkeer.abm.world.events import Event, Mark
from terugkeer.agents.codes import (
    Destination,
    LegalPhase,
    Outcome,
    PartOfHelp,
    Payer,
    Place,
    Route,
)
from terugkeer.agents.places import HIDDEN, HOME, UNSHELTERED
from terugkeer.agents.rules.transitions import PLACES, allowed
from terugkeer.agents.traits import unpack

from tests.abm.world.small_world import events, in_both_modes, lived, marked, model_of

if TYPE_CHECKING:
    from terugkeer.abm.world.model import ReturnModel


ROLES = ("lever", "calibrate", "switch")
DRAWN = tuple(record for role in ROLES for record in registry().by_role(role))
AS_DRAWN = (Stage.explicit, Stage.generate)  # a seed cannot be made simpler
DEPARTED = (Outcome.INDEPENDENT, Outcome.FORCED, Outcome.PERMIT, Outcome.OTHER)


@st.composite
def scenarios(draw: st.DrawFn) -> tuple[Override, ...]:
    """Draw half of all parameters and switches, and levers from some day on."""
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    changes = []
    for record in DRAWN:
        if rng.random() < 0.5:
            continue
        uniforms = rng.random(max(len(numbers(record.value or 0)), 1))
        dated = record.role == "lever" and rng.random() < 0.5
        start = date(2009, 1, 1) if dated else None
        changes.append(Override(record.name, "set", record.draw(uniforms), start, "drawn"))
    return tuple(changes)


@pytest.mark.slow
@settings(max_examples=4, derandomize=True, deadline=None, phases=AS_DRAWN)
@given(scenarios(), st.sampled_from([2011, 2016]), st.integers(0, 5))
def test_every_life_is_whole(changes: tuple[Override, ...], year: int, seed: int) -> None:
    model = model_of(*changes, seed=seed, scale=150.0, first_year=year, last_year=year)
    model.run()
    check_lives(model)


@in_both_modes
def test_every_life_of_the_baseline_is_whole(mode: tuple[Override, ...]) -> None:
    check_lives(lived(*mode, scale=40.0, first_year=2014, last_year=2015))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # of half of all records
@settings(max_examples=15, derandomize=True, deadline=None, phases=AS_DRAWN)
@given(scenarios(), st.integers(0, 2**63 - 1))
def test_every_life_is_whole_in_many_worlds(changes: tuple[Override, ...], seed: int) -> None:
    model = model_of(*changes, seed=seed, scale=60.0, first_year=2013, last_year=2016)
    model.run()
    check_lives(model)


def check_lives(model: ReturnModel) -> None:
    log = events(model)
    assert len(log) > 20
    assert log["week"].is_monotonic_increasing
    lives = log.sort_values("person", kind="stable").reset_index(drop=True)
    _enter_and_leave_once(lives)
    _files_open_and_close_in_turn(lives)
    _departures_close_files(lives)
    _places_join_up(lives)
    _durations_count_weeks(lives)
    _households_stay_together(log)
    _persons_are_conserved(model, log)
    _journeys_home_are_paid(model, log)


def _of(frame: pd.DataFrame, kind: Event) -> pd.DataFrame:
    return frame[frame["kind"] == kind]


def _enter_and_leave_once(lives: pd.DataFrame) -> None:
    person = lives["person"]
    assert not _of(lives, Event.ENTERED)["person"].duplicated().any()
    assert (lives.drop_duplicates("person")["kind"] == Event.ENTERED).all()
    assert not _of(lives, Event.LEFT)["person"].duplicated().any()
    assert not _of(lives, Event.ARCHIVED)["person"].duplicated().any()
    last = person != person.shift(-1)
    home = lives["destination"].isin(HOME)
    ends = ((lives["kind"] == Event.LEFT) & ~home) | (lives["kind"] == Event.ARCHIVED)
    assert last[ends].all(), "something happens to a person who has left"
    went_home = (lives["kind"] == Event.LEFT) & home & ~last
    following = lives["kind"].shift(-1)[went_home]
    followed = [Event.FARED, Event.LEFT_AGAIN, Event.ARCHIVED]
    assert following.isin(followed).all(), "something happens to a person who went home"
    told = lives["kind"] == Event.FARED
    assert lives["kind"].shift(-1)[told & ~last].isin(followed).all()
    again = lives["kind"] == Event.LEFT_AGAIN
    assert (lives["kind"].shift(-1)[again & ~last] == Event.FARED).all()


def _files_open_and_close_in_turn(lives: pd.DataFrame) -> None:
    files = lives[lives["kind"].isin([Event.OPENED, Event.CLOSED])]
    same = files["person"] == files["person"].shift()
    assert (files["kind"][~same] == Event.OPENED).all(), "the first is no opening"
    assert (files["kind"] != files["kind"].shift())[same].all(), "openings and closings in turn"
    closed = _of(lives, Event.CLOSED)
    assert not closed.duplicated(["person", "week"]).any()
    assert (closed["outcome"] != Outcome.NONE).all()
    assert marked(closed, Mark.SPELL_OPEN).all()

    order = _of(lives, Event.OPENED)
    older = unpack(order["traits"].to_numpy(), "route") == Route.OLDER_HIDDEN
    opened_before = order.groupby("person").cumcount().to_numpy() + older
    assert np.array_equal(marked(order, Mark.REOPENED), opened_before > 0)


def _departures_close_files(lives: pd.DataFrame) -> None:
    opened = (lives["kind"] == Event.OPENED).groupby(lives["person"]).cumsum()
    closed = (lives["kind"] == Event.CLOSED).groupby(lives["person"]).cumsum()
    left = lives["kind"] == Event.LEFT
    assert (opened == closed)[left].all(), "somebody leaves with a file that is never closed"

    what = ["person", "week", "outcome", "destination"]
    with_file = lives[left & marked(lives, Mark.SPELL_OPEN)]
    closings = _of(lives, Event.CLOSED)
    final = closings[closings["destination"] != Destination.NETHERLANDS]
    assert set(with_file[what].itertuples(index=False)) == set(final[what].itertuples(index=False))
    assert closings[closings["outcome"].isin(DEPARTED)]["destination"].ne(0).all()
    here = closings[closings["destination"] == Destination.NETHERLANDS]
    assert (here["outcome"] == Outcome.UNOBSERVED).all()
    without = lives[left & ~marked(lives, Mark.SPELL_OPEN)]
    both = without.merge(closings, on=["person", "week"])
    assert both.empty, "who leaves without a file closed none that week"
    assert without["outcome"].isin([Outcome.INDEPENDENT, Outcome.UNOBSERVED, Outcome.PERMIT]).all()
    through_iom = lives[marked(lives, Mark.IOM)]
    assert (through_iom["outcome"] == Outcome.INDEPENDENT).all()


def _places_join_up(lives: pd.DataFrame) -> None:
    # what is told after a return has the place from which somebody left
    lives = lives[~lives["kind"].isin([Event.FARED, Event.LEFT_AGAIN])]
    same = lives["person"] == lives["person"].shift()
    moves = lives["kind"].isin([Event.MOVED, Event.LEFT])
    here = lives["to_place"].where(moves, lives["place"])
    assert (lives["place"] == here.shift())[same].all(), "a place is not where the last move led"
    table = allowed(PLACES)
    declared = table[lives["place"].to_numpy(), lives["to_place"].to_numpy()]
    assert declared[moves.to_numpy()].all()
    closed = (lives["kind"] == Event.CLOSED) & (lives["destination"] == Destination.NETHERLANDS)
    moved_to = here.shift(-1)
    differs = closed & (lives["place"] != lives["to_place"])
    assert (moved_to == lives["to_place"])[differs].all()
    unsheltered = lives["place"].isin(UNSHELTERED)
    assert np.array_equal(marked(lives, Mark.DESTITUTE), unsheltered)


def _durations_count_weeks(lives: pd.DataFrame) -> None:
    since: dict[str, Any] = {
        "spell": lives["week"].where(lives["kind"] == Event.OPENED),
        "stay": lives["week"].where(lives["kind"].isin([Event.ENTERED, Event.MOVED])),
    }
    spell = since["spell"].groupby(lives["person"]).ffill()
    stay = since["stay"].groupby(lives["person"]).shift().groupby(lives["person"]).ffill()
    closed = lives["kind"] == Event.CLOSED
    assert (lives["weeks"] == lives["week"] - spell)[closed].all()
    ended = lives["kind"].isin([Event.MOVED, Event.LEFT])
    # a stay that begins once households have weighed counts from the coming week: where persons
    # are held, in reception after an application at the last minute, and out of sight
    later = (lives["week"] - stay - lives["weeks"])[ended]
    late = (Place.DETENTION, Place.CLOSED_FAMILY, Place.AZC, *HIDDEN)
    begun = lives["place"].isin(late)[ended]
    assert later.isin([0, 1]).all()
    assert begun[later == 1].all()


def _households_stay_together(log: pd.DataFrame) -> None:
    entered = _of(log, Event.ENTERED)
    assert not entered[["household", "week"]].drop_duplicates()["household"].duplicated().any()
    size = entered.groupby("household").size()
    for kind in (Event.LEFT, Event.CLOSED, Event.OPENED, Event.MOVED):
        what = ["household", "week", "outcome", "destination", "to_place", "place"]
        together = _of(log, kind).groupby(what).size()
        whole = size.reindex(together.index.get_level_values("household")).to_numpy()
        assert (together.to_numpy() % whole == 0).all(), f"a household splits: {kind.name}"


def _persons_are_conserved(model: ReturnModel, log: pd.DataFrame) -> None:
    gone = (log["kind"] == Event.LEFT) & ~log["destination"].isin(HOME)
    gone |= log["kind"].isin([Event.ARCHIVED, Event.LEFT_AGAIN])
    change = (log["kind"] == Event.ENTERED).astype(int) - gone.astype(int)
    first, last = int(log["week"].min()), model.week - 1
    present = change.groupby(log["week"]).sum().reindex(range(first, last + 1), fill_value=0)
    counted = model.weekly_frame().groupby("week")["persons"].sum() / model.scale
    assert counted.index.max() == last
    expected = present.cumsum()
    assert np.array_equal(
        counted.reindex(expected.index, fill_value=0).round().to_numpy(), expected.to_numpy()
    )
    people = model.people
    assert len(people) - int(people.gone.sum()) == expected.iloc[-1]
    back = people.phase == LegalPhase.RETURNED
    assert np.array_equal(people.place == Place.ORIGIN, back)
    assert not people.spell_open[back].any(), "a file stays open after return"


def _journeys_home_are_paid(model: ReturnModel, log: pd.DataFrame) -> None:
    people = model.people
    assert (people.savings_eur >= 0.0).all(), "somebody has less than nothing"
    assert ((people.price_share >= 0.0) & (people.price_share <= 1.0)).all()
    left = _of(log, Event.LEFT)
    home, payer = left["destination"].isin(HOME), left["payer"]
    assert not log["payer"][log["kind"] != Event.LEFT].any()
    if not model.world.weighs:
        assert not left[["payer", "part_of_help"]].any(axis=None)
        return
    assert ((payer != Payer.NONE) == home).all(), "nobody pays a journey home, or somebody another"
    assert (payer[left["destination"] == Destination.HOME_UNOBSERVED] == Payer.OWN).all()
    assert (payer[home & (left["outcome"] == Outcome.FORCED)] == Payer.STATE).all()
    assert marked(left[payer == Payer.IOM], Mark.IOM).all()
    assert marked(left[left["part_of_help"] != PartOfHelp.NONE], Mark.IOM).all()
    together = left[["household", "payer"]].drop_duplicates()
    assert not together["household"].duplicated().any(), "a household pays together"


def test_a_damaged_log_is_found_out() -> None:
    """The checks see what they are there to see."""
    model = lived(scale=100.0)
    lives = events(model).sort_values("person", kind="stable").reset_index(drop=True)
    closing = lives.index[lives["kind"] == Event.CLOSED]
    left = lives.index[(lives["kind"] == Event.LEFT) & ~lives["destination"].isin(HOME)]
    moved = lives.index[lives["kind"] == Event.MOVED]
    with pytest.raises(AssertionError):
        _files_open_and_close_in_turn(lives.drop(lives.index[lives["kind"] == Event.OPENED][:1]))
    with pytest.raises(AssertionError):
        _departures_close_files(lives.drop(closing[:5]))
    with pytest.raises(AssertionError):
        _enter_and_leave_once(pd.concat([lives, lives.loc[[left[0]]]]).sort_values("person"))
    with pytest.raises(AssertionError):
        _places_join_up(lives.drop(moved[:5]))
    log = events(model)
    gone = (log["kind"] == Event.LEFT) & ~log["destination"].isin(HOME)
    for nobody, code in ((Payer.NONE, 0), (Payer.OWN, 1)):
        paid = log.assign(payer=np.where(log["payer"] == nobody, 1 - code, log["payer"]))
        with pytest.raises(AssertionError):
            _journeys_home_are_paid(model, paid)
    with pytest.raises(AssertionError):
        _persons_are_conserved(model, log.drop(log.index[gone][:1]))
