"""Into what danger persons return, and how they fared at the follow-ups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from terugkeer.abm.observation.returns import AFTER, AFTER_ITEMS, CHECKS, DANGER, FARED, WAYS, item

from tests.abm.observation.hand_made import in_2012, left, rows_of
from tests.abm.world.small_world import recorded

if TYPE_CHECKING:
    from tests.abm.observation.hand_made import Happen


def fared(person: int, outcome: str, weeks: int, went: str, **more: object) -> dict[str, Any]:
    return {
        "kind": "fared",
        "person": person,
        "outcome": outcome,
        "weeks": weeks,
        "went": went,
        **more,
    }


def test_a_return_counts_by_way_and_by_real_and_believed_danger(happen: Happen) -> None:
    high = {"real": "high", "believed": "low"}
    events = happen(
        left(0, **high),
        left(16, "forced", minor=True, **high),  # a child believes nothing of its own
        left(32, "unobserved", destination="home_unobserved", real="middle", believed="high"),
        left(48, "forced", destination="member_state", **high),
        left(64, "permit", destination="permit", **high),
    )
    assert in_2012(DANGER, events, 10.0) == {
        "independent:real_high": 10.0,
        "independent:believed_low": 10.0,
        "forced:real_high": 10.0,
        "unobserved:real_middle": 10.0,
        "unobserved:believed_high": 10.0,
    }


def test_a_follow_up_counts_under_everything_that_holds(happen: Happen) -> None:
    events = happen(
        fared(0, "independent", 52, "hard", levels=["low", "average", "high"], thinks=True),
        fared(16, "forced", 26, "left_again"),
        fared(32, "forced", 26, "sustained", levels=["average", "average", "average"]),
    )
    assert in_2012(AFTER, events) == {
        "independent:followed_52w": 1.0,
        "independent:hard_52w": 1.0,
        "independent:thinks_of_leaving_52w": 1.0,
        "independent:low_economic_52w": 1.0,
        "independent:high_psychosocial_52w": 1.0,
        "forced:followed_26w": 2.0,
        "forced:left_again_26w": 1.0,
        "forced:sustained_26w": 1.0,
    }


def test_items_cover_every_way_check_and_answer() -> None:
    assert item("forced", "hard", 52) == "forced:hard_52w"
    assert len(set(AFTER_ITEMS)) == len(AFTER_ITEMS) == len(WAYS) * len(CHECKS) * len(FARED)


def test_a_run_in_which_nobody_weighs_cannot_tell(happen: Happen) -> None:
    for table in (AFTER, DANGER):
        assert rows_of(table, happen(left(0), judged=False))["persons"].isna().all()


def test_follow_ups_are_those_of_the_record() -> None:
    followed = recorded("returned_followed_weeks")
    assert (followed // 2, followed) == CHECKS
