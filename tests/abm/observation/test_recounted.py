"""Tables of a run, counted once more with plain pandas from the frame with labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.observation.cohorts import COHORT_WEEKS, COHORTS
from terugkeer.abm.observation.families import FAMILIES
from terugkeer.abm.observation.journeys import BANDS, EDGES, NEVER
from terugkeer.abm.observation.lived import LIVED
from terugkeer.abm.observation.returns import AFTER
from terugkeer.abm.observation.spending import SPENDING, TOTAL
from terugkeer.abm.observation.voluntariness import ADULTS
from terugkeer.abm.world.calendar import year_of

from tests.abm.observation.hand_made import BY_TABLE

if TYPE_CHECKING:
    from terugkeer.abm.runs.result import RunResult

Counts: TypeAlias = dict[tuple[int, str], float]


def told(run: RunResult, table: str, group: str = "all", item: str = "") -> Counts:
    """Return what a table counts, zeros left out, under items that begin with a text."""
    rows = BY_TABLE[table].rows(run.observed, run.first_year, run.last_year)
    rows = rows[(rows["group"] == group) & (rows["persons"] > 0)]
    rows = rows[rows["item"].str.startswith(item)]
    found = dict(zip(zip(rows["year"], rows["item"], strict=True), rows["persons"], strict=True))
    assert found
    return found


def counted(run: RunResult, year: pd.Series[int], item: pd.Series[str] | str) -> Counts:
    """Return persons by year and item, of one row for each simulated person."""
    rows = pd.DataFrame({"year": year, "item": item})
    rows = rows[rows["year"].between(run.first_year, run.last_year)]
    return (rows.groupby(["year", "item"]).size() * run.scale).to_dict()


def left(run: RunResult) -> pd.DataFrame:
    return run.events[run.events["kind"] == "left"]


@pytest.mark.parametrize("group", ["all", "background=other", "household=family"])
def test_closings_by_group(run: RunResult, group: str) -> None:
    closed = run.events[run.events["kind"] == "closed"]
    holds = {
        "all": closed["week"] > 0,
        "background=other": closed["background"] == "other",
        "household=family": closed["family"],
    }
    of = closed[holds[group]]
    assert told(run, "dtv_caseload_outflow", group) == counted(
        run, of["year"], of["outcome"].astype(str)
    )


def test_transitions(run: RunResult) -> None:
    moved = run.events[run.events["kind"] == "moved"]
    moved = moved[moved["place"].astype(str) != moved["to_place"].astype(str)]
    expected = counted(
        run, moved["year"], moved["place"].astype(str) + ">" + moved["to_place"].astype(str)
    )
    found = told(run, "flows")
    assert {key: found[key] for key in expected} == expected
    ends = {">" + end for end in ("independent", "forced", "unobserved", "permit", "other")}
    rest = {item for _, item in set(found) - set(expected)}
    assert all(
        item.startswith("entry>") or item.endswith((*ends, ">left_without_file")) for item in rest
    )


def test_where_a_file_opened_that_closes(run: RunResult) -> None:
    place: dict[int, str] = {}
    rows = []
    for event in run.events.itertuples():
        if event.kind == "opened":
            place[event.person] = event.place
        elif event.kind == "closed":
            rows.append((event.year, f"opened:{place[event.person]}>{event.place}"))
    steps = pd.DataFrame(rows, columns=["year", "item"])
    assert told(run, "closing_paths", item="opened:") == counted(run, steps["year"], steps["item"])


def test_days_in_detention(run: RunResult) -> None:
    events = run.events[run.events["place"] == "detention"]
    moved = (events["kind"] == "moved") & (events["to_place"] != "detention")
    stays = events[moved | (events["kind"] == "left")]
    days = stays.groupby("year")["weeks"].mean() * 7
    found = told(run, "detention_mean_days")
    assert found == pytest.approx({(year, "days"): days[year] for year in (2011, 2012)})


def test_how_freely_adults_left(run: RunResult) -> None:
    adults = left(run)
    adults = adults[(adults["outcome"] == "independent") & ~adults["minor"]]
    held = adults["place"].isin(["detention", "closed_family"])
    adults = adults[adults["informed"] & adults["alternative"] & ~adults["destitute"] & ~held]
    assert told(run, ADULTS, item="all_three") == counted(run, adults["year"], "all_three")


def test_weeks_of_a_file_that_a_return_closes(run: RunResult) -> None:
    home = left(run)
    home = home[home["outcome"] == "independent"]
    closed = run.events[run.events["kind"] == "closed"].set_index(["person", "week"])["weeks"]
    keys = zip(home["person"], home["week"], strict=True)
    weeks = pd.Series([closed.get(key, np.nan) for key in keys])
    band = pd.cut(weeks, [0, *EDGES, np.inf], right=False, labels=BANDS).astype(object)
    band = band.fillna(NEVER).to_numpy()
    found: dict[tuple[int, str], float] = {}
    for (year, item), persons in told(run, "journeys", item="since_file:").items():
        key = year, item.removeprefix("since_file:").split(">")[0]
        found[key] = found.get(key, 0.0) + persons
    assert found == counted(run, home["year"], band)


def test_how_returns_went(run: RunResult) -> None:
    fared = run.events[run.events["kind"] == "fared"]
    low = fared[fared["economic"] == "low"]
    item = low["outcome"].astype(str) + ":low_economic_" + low["weeks"].astype(int).astype(str)
    found = {key: n for key, n in told(run, AFTER).items() if ":low_economic_" in key[1]}
    assert found == counted(run, low["year"], item + "w")


def test_families_that_leave(run: RunResult) -> None:
    abroad = left(run)
    abroad = abroad[~abroad["destination"].isin(["permit", "other"]) & abroad["family"]]
    first = abroad.drop_duplicates("household")
    expected = counted(run, first["year"], "families_left")
    assert told(run, FAMILIES, item="families_left") == expected


def test_cohorts(run: RunResult) -> None:
    rows = []
    events = run.events
    for person, first in events[events["kind"] == "opened"].groupby("person")["week"].min().items():
        end = first + COHORT_WEEKS
        if end > events["week"].max():
            continue
        own = events[(events["person"] == person) & (events["week"] <= end)]
        gone = own[own["kind"] == "left"]
        file = own[own["kind"].isin(["opened", "closed"])].iloc[-1]
        item = "file_open" if file["kind"] == "opened" else "out_of_view"
        if len(gone):
            where, how = gone.iloc[0][["destination", "outcome"]]
            item = f"returned_{how}" if where == "origin" else str(where)
        rows += [(year_of(end), item), (year_of(end), "opened")]
    found = pd.DataFrame(rows, columns=["year", "item"])
    assert told(run, COHORTS) == counted(run, found["year"], found["item"])


def test_weeks_and_euros(run: RunResult) -> None:
    assert run.circumstances is not None
    assert run.spending is not None
    street = run.weekly[run.weekly["place"] == "street"]
    weeks = street.groupby(street["week"].map(year_of))["persons"].sum()
    assert told(run, "harm", item="weeks_on_street") == {
        (year, "weeks_on_street"): weeks[year] for year in (2011, 2012)
    }
    lived = run.circumstances
    held = lived[lived["place"].isin(["detention", "closed_family"]) & ~lived["minor"]]
    held = held[held["household"] == "no_family"].groupby("year")["person_weeks"].sum()
    assert told(run, LIVED, "household=no_family", "held") == {
        (year, "held"): held[year] for year in (2011, 2012)
    }
    public = run.spending[run.spending["post"] != "own_journeys"]
    euros = public.groupby(public["week"].map(year_of))["euros"].sum()
    for key, spent in told(run, SPENDING, item=TOTAL).items():
        assert spent == pytest.approx(euros[key[0]], rel=1e-12)
