"""Reintegration by type of help: who counts where, and what comes of plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from terugkeer.abm.observation.observer import Observed
from terugkeer.abm.observation.reintegration import (
    HELP,
    MONITORING,
    REINTEGRATION,
    REINTEGRATION_ITEMS,
)
from terugkeer.agents.codes import label
from terugkeer.agents.kinds import HELPERS

from tests.abm.observation.hand_made import BY_TABLE, in_2012, rows_of
from tests.abm.observation.test_returns import fared
from tests.abm.world.small_world import recorded

if TYPE_CHECKING:
    from terugkeer.abm.observation.events import Events

    from tests.abm.observation.hand_made import Happen


def test_a_person_counts_under_each_help_it_had_or_went_without(happen: Happen) -> None:
    low = ["low", "average", "high"]
    events = happen(
        fared(0, "independent", 52, "hard", levels=low, plan="partly", had=("training", "in_kind")),
        fared(16, "independent", 52, "sustained", had=("aftercare", "cash")),
        fared(32, "independent", 26, "left_again", plan="made", had=("cash", "in_kind")),
        fared(48, "forced", 52, "hard", levels=low, plan="nothing", had=("training",)),
        fared(64, "unobserved", 52, "sustained"),
    )
    first = ("plan", "training", "no_aftercare", "in_kind")
    second = ("no_plan", "no_training", "aftercare", "cash_alone")
    third = ("plan", "no_training", "no_aftercare", "in_kind")
    assert in_2012(REINTEGRATION, events) == {
        **{f"{each}:{what}_52w": 1.0 for each in first for what in ("followed", "low_economic")},
        **{f"{each}:{what}_52w": 1.0 for each in second for what in ("followed", "sustained")},
        **{f"{each}:{what}_26w": 1.0 for each in third for what in ("followed", "left_again")},
        "plan:partly_52w": 1.0,
    }


def test_with_and_without_add_up_to_all_who_returned_independently(happen: Happen) -> None:
    events = happen(
        *(fared(16 * k, "independent", 52, "sustained", had=had) for k, had in enumerate(SETS))
    )
    found = in_2012(REINTEGRATION, events, 10.0)
    for with_it in ("plan", "training", "aftercare"):
        both = found.get(f"{with_it}:followed_52w", 0.0) + found[f"no_{with_it}:followed_52w"]
        assert both == 10.0 * len(SETS)
    grants = sum(found[f"{each}:followed_52w"] for each in ("in_kind", "cash_alone", "no_grant"))
    assert grants == 10.0 * len(SETS)


SETS = ((), ("training",), ("aftercare", "cash"), ("cash", "in_kind"), ("in_kind",))


def test_no_row_is_of_an_organisation_and_checks_are_those_of_the_model() -> None:
    assert not any(label(each) in item for each in HELPERS for item in REINTEGRATION_ITEMS)
    weeks = {int(item.split("_")[-1][:-1]) for item in REINTEGRATION_ITEMS}
    assert max(weeks) == recorded("returned_followed_weeks")
    assert len({item.split(":")[0] for item in REINTEGRATION_ITEMS}) == len(HELP)


def test_where_nobody_weighs_nothing_is_told(happen: Happen) -> None:
    events = happen(fared(0, "independent", 52, "sustained"), judged=False)
    assert rows_of(REINTEGRATION, events)["persons"].isna().all()


def monitored(events: Events) -> dict[tuple[int, str], float]:
    """Return what the table of monitoring counts from 2014 to 2016."""
    rows = BY_TABLE[MONITORING].rows(Observed(events, pd.DataFrame(), 1.0), 2014, 2016)
    rows = rows[(rows["group"] == "all") & (rows["persons"] != 0)]
    return {(r.year, r.item): r.persons for r in rows.itertuples()}


def test_monitoring_counts_who_left_with_help_of_projects_from_2015(happen: Happen) -> None:
    """Week 30 less 26 is the fifth of the year; less 52 it lies in the year before."""
    in_kind = {"plan": "carried_out", "had": ("in_kind",)}
    in_2015 = {"year": 2015, "after": 30}
    events = happen(
        fared(0, "independent", 26, "sustained", **in_kind, **in_2015),
        fared(16, "independent", 52, "sustained", **in_kind, **in_2015),  # left in 2014
        fared(32, "independent", 26, "sustained", plan="carried_out", had=("cash",), **in_2015),
        fared(48, "forced", 26, "sustained", **in_kind, **in_2015),
        fared(64, "independent", 26, "hard", had=("training",), **in_2015),
        fared(80, "independent", 52, "left_again", plan="made", had=("in_kind",), year=2016),
        fared(96, "independent", 52, "left_again", had=("aftercare", "cash"), year=2016),
        fared(112, "independent", 52, "hard", plan="nothing", had=("in_kind",), year=2016),
    )
    assert monitored(events) == {
        (2015, "followed_26w"): 2.0,
        (2015, "carried_out_26w"): 1.0,
        (2015, "no_plan_26w"): 1.0,
        (2016, "followed_52w"): 3.0,
        (2016, "left_again_52w"): 2.0,
        (2016, "nothing_52w"): 1.0,
    }
