"""Which rows a run keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.observation.observer import COLUMNS
from terugkeer.abm.observation.outcomes import outcomes
from terugkeer.abm.runs.outcomes import (
    EVERYTHING,
    HEADLINE,
    catalogue,
    choose,
    rows_for,
    values_of,
)

if TYPE_CHECKING:
    from terugkeer.abm.runs.result import RunResult
    from terugkeer.abm.runs.store import Store

TABLE = "dtv_caseload_outflow"


@pytest.mark.parametrize(
    "chosen", [[TABLE], [(TABLE, "permit")], [(TABLE, "*", "all"), "outside_iom_departures"]]
)
def test_chosen_rows_are_those_of_the_whole(
    whole: Store, made_up: RunResult, chosen: list[str | tuple[str, ...]]
) -> None:
    rows = choose(chosen).count(made_up)
    assert tuple(rows.columns) == COLUMNS
    every = whole.table()
    every = every.loc[every["seed"] == 1, list(COLUMNS)]
    wanted = False
    for each in chosen:
        table, item, group = (each, "*", "*") if isinstance(each, str) else (*each, "*", "*")[:3]
        wanted |= (
            (every["table"] == table)
            & (every["item"].eq(item) | (item == "*"))
            & (every["group"].eq(group) | (group == "*"))
        )
    assert rows.equals(every[wanted].reset_index(drop=True))
    assert len(rows)


def test_all_rows_are_kept_by_everything_alone() -> None:
    assert EVERYTHING.everything
    assert not HEADLINE.everything
    assert not choose([("*", "*", "all")]).everything


def test_a_choice_is_sorted_and_holds_each_once() -> None:
    assert choose([(TABLE, "*"), TABLE, "*"]).choices == (
        ("*", "*", "*"), (TABLE, "*", "*"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (["dtv_caseload_outflo"], "Did you mean 'dtv_caseload_outflow'"),
        ([(TABLE, "permits")], "Did you mean 'permit'"),
        ([(TABLE, "permit", "al")], "'al': unknown"),
        ([("*", "permits")], "Did you mean 'permit'"),
        ([], "none chosen"),
        ([("a", "b", "c", "d")], "give (table, item, group)"),
    ],
)
def test_outcomes_that_do_not_exist_are_told(chosen: list[str], said: str) -> None:
    with pytest.raises(InputError) as told:
        choose(chosen)
    assert said in str(told.value)


def test_the_catalogue_holds_what_is_counted(whole: Store) -> None:
    counted = whole.table()[["table", "item", "group"]].drop_duplicates()
    for table, rows in counted.groupby("table"):
        items, groups = catalogue()[str(table)]
        assert set(rows["item"]) <= set(items)
        assert set(rows["group"]) <= set(groups)


def test_the_rows_for_an_outcome_are_enough_to_tell_it(made_up: RunResult) -> None:
    every = outcomes(EVERYTHING.count(made_up))
    told = values_of(made_up, ["independent"])
    assert set(told["outcome"]) > {"independent"}  # what must stand beside it, too
    assert len(rows_for(["independent"]).choices) < len(rows_for().choices)
    keys = ["outcome", "group", "period"]
    both = told.merge(every, on=keys, suffixes=("", "_of_all"), how="left")
    assert both["value"].equals(both["value_of_all"])
