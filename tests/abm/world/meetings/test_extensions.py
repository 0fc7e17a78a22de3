"""Extensions by the local and the regional consultation, in worlds by hand and in runs."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.events import COLUMNS, Event
from terugkeer.abm.world.meetings.extensions import extended
from terugkeer.abm.world.phases.place import place as place_all
from terugkeer.agents.codes import Place, Reading, Stage

from tests.abm.world.adults import WEEK, adults, happened
from tests.abm.world.small_world import change, events, lived

if TYPE_CHECKING:
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.world.state import World

IN_VBL = {"place": Place.VBL, "reading": Reading.COOPERATES, "cooperates": True}
N = 2000


def everybody(world: World) -> np.ndarray:
    return np.arange(len(world.people))


def stays(past: int, values: dict[str, object] | None = None, **columns: object) -> float:
    """Return which share of people in a VBL stays on, some weeks after the limit."""
    limit = 12
    there = IN_VBL | {"place_since": WEEK - limit - past} | columns
    world = adults(N, values={"vbl_weeks": limit, **(values or {})}, **there)
    rows = everybody(world)
    return float(extended(world, rows, world.weeks_at_place(rows) - limit).mean())


AGREED = {"local_agreement_share": 0.9, "regional_approval_share": 0.5}


@pytest.mark.parametrize(("past", "share"), [(0, 0.9), (1, 0.9), (2, 0.45), (5, 0.45), (40, 0.45)])
def test_people_who_wait_for_papers_stay_until_they_come_if_both_agree(
    past: int, share: float
) -> None:
    assert stays(past, AGREED, identified=True) == pytest.approx(share, abs=0.05)


@pytest.mark.parametrize(("past", "share"), [(0, 0.9), (2, 0.45), (5, 0.45), (6, 0.0), (40, 0.0)])
def test_with_papers_the_region_approves_once(past: int, share: float) -> None:
    assert stays(past, AGREED, document=True) == pytest.approx(share, abs=0.05)


def test_the_region_is_asked_again_when_its_weeks_are_over() -> None:
    weeks = {"term_extension_weeks": 2, "term_extension_regional_weeks": 4, "vbl_weeks": 12}
    for share in (1.0, 0.0):
        asked, granted = set(), set()
        for past in range(12):
            there = IN_VBL | {"place_since": WEEK - 12 - past, "identified": True}
            agreed = {"local_agreement_share": 1.0, "regional_approval_share": share}
            world = adults(values=weeks | agreed, **there)
            extended(world, everybody(world), np.array([float(past)]))
            asked |= {past} if happened(world, Event.REGIONAL_ASKED) else set()
            granted |= {past} if happened(world, Event.REGIONAL_GRANTED) else set()
        assert asked == ({2, 6, 10} if share else {2})
        assert granted == ({2, 6, 10} if share else set())


def test_nobody_stays_on_who_shows_no_identity_or_does_not_cooperate() -> None:
    assert stays(0) == 0.0
    assert stays(0, identified=True, reading=Reading.REFUSES) == 0.0
    assert stays(0, identified=True, reading=Reading.AMBIGUOUS) == 0.0


def test_a_stay_that_is_not_lengthened_ends() -> None:
    sure = {"vbl_weeks": 12, "vbl_end_hazard_after_limit": 100.0}
    for share, left in ((0.0, N), (1.0, 0)):
        there = IN_VBL | {"place_since": WEEK - 12, "identified": True}
        world = adults(N, values=sure | {"local_agreement_share": share}, **there)
        place_all(world)
        assert np.count_nonzero(world.people.place != Place.VBL) == left
        assert len(happened(world, Event.LOCAL_ASKED)) == N
        assert len(happened(world, Event.LOCAL_GRANTED)) == N - left


def test_households_stay_together() -> None:
    size = 3
    there = IN_VBL | {"place_since": WEEK - 12, "identified": True, "stage": Stage.PREPARING}
    world = adults(500, size, values={"vbl_weeks": 12, "local_agreement_share": 0.5}, **there)
    longer = extended(world, everybody(world), np.zeros(500 * size)).reshape(500, size)
    assert (longer == longer[:, :1]).all()


ASKING = (Event.LOCAL_ASKED, Event.REGIONAL_ASKED, Event.LOCAL_GRANTED, Event.REGIONAL_GRANTED)


def log_of(*changes: Override, vain: tuple[Event, ...] = ASKING) -> str:
    """Return a hash of all that happens in a run, but for asking in vain."""
    log = lived(*changes, scale=40.0, first_year=2012, last_year=2012).log
    kept = ~np.isin(log.column("kind"), vain)
    return hashlib.sha256(
        b"".join(log.column(name)[kept].tobytes() for name in COLUMNS)
    ).hexdigest()


@pytest.mark.slow
def test_without_agreement_or_without_weeks_a_run_is_the_same_byte_for_byte() -> None:
    local, region = "term_extension_weeks", "term_extension_regional_weeks"
    all_agree = change("local_agreement_share", 1.0), change("regional_approval_share", 1.0)
    no_weeks = log_of(change(local, 0), change(region, 0), *all_agree, vain=())
    none = change("local_agreement_share", 0.0)
    assert no_weeks == log_of(change(local, 0), change(region, 0), none, vain=())
    assert no_weeks == log_of(change(local, 0), change(region, 4), *all_agree, vain=())
    without = log_of(none)
    assert log_of(none, change(region, 0)) == without
    assert log_of(*all_agree) != without


@pytest.mark.parametrize(("local", "regional"), [(0, 0), (0, 4), (2, 0)])
@pytest.mark.parametrize("past", [0, 2])
def test_nothing_is_asked_where_no_weeks_can_be_given(local: int, regional: int, past: int) -> None:
    there = IN_VBL | {"place_since": WEEK - 12 - past, "identified": True}
    weeks = {"term_extension_weeks": local, "term_extension_regional_weeks": regional}
    agreed = {"local_agreement_share": 1.0, "regional_approval_share": 1.0}
    world = adults(20, values={"vbl_weeks": 12} | weeks | agreed, **there)
    longer = extended(world, everybody(world), np.full(20, float(past)))
    assert longer.all() == longer.any() == (past < local)
    asked = happened(world, Event.LOCAL_ASKED), happened(world, Event.LOCAL_GRANTED)
    assert [len(each) for each in asked] == ([20, 20] if local and past == 0 else [0, 0])
    assert not happened(world, Event.REGIONAL_ASKED)
    assert not happened(world, Event.REGIONAL_GRANTED)


def test_what_is_granted_was_asked_in_a_run() -> None:
    log = events(lived(scale=50.0, first_year=2012, last_year=2012))
    for asked, granted in (
        (Event.LOCAL_ASKED, Event.LOCAL_GRANTED),
        (Event.REGIONAL_ASKED, Event.REGIONAL_GRANTED),
    ):
        put = set(zip(*(log.loc[log["kind"] == asked, c] for c in ("person", "week")), strict=True))
        got = set(
            zip(*(log.loc[log["kind"] == granted, c] for c in ("person", "week")), strict=True)
        )
        assert got <= put
    assert (log["kind"] == Event.LOCAL_GRANTED).any()
