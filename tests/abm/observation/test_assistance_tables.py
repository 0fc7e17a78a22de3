"""Tables of assistance and journeys, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from terugkeer.abm.observation.assistance import ASSISTANCE_TABLES, with_support
from terugkeer.abm.observation.departures import DEPARTURE_TABLES
from terugkeer.abm.observation.journeys import JOURNEY_TABLES, bands, packages
from terugkeer.abm.observation.observer import Observed
from terugkeer.agents.codes import Organisation, Scheme

if TYPE_CHECKING:
    from collections.abc import Callable

    Happen = Callable[..., pd.DataFrame]

OBSERVERS = {each.table: each for each in (*ASSISTANCE_TABLES, *JOURNEY_TABLES, *DEPARTURE_TABLES)}
HOME: dict[str, Any] = {"kind": "left", "outcome": "independent", "destination": "origin"}


def counts(events: pd.DataFrame, table: str) -> dict[str, float]:
    """Return the items of a table that somebody is in."""
    rows = OBSERVERS[table].rows(Observed(events, pd.DataFrame(), 1.0), 2012, 2012)
    rows = rows[(rows["group"] == "all") & (rows["persons"] != 0.0)]
    return dict(zip(rows["item"], rows["persons"], strict=True))


def with_bits(events: pd.DataFrame, **columns: list[int] | list[str]) -> pd.DataFrame:
    """Return events with other values of the columns that hold bits."""
    return events.assign(**columns)


def test_applications_are_counted_by_what_became_of_them(happen: Happen) -> None:
    events = happen(
        *({"kind": kind, "person": 0} for kind in ("applied", "withdrawn", "applied", "refused"))
    )
    assert counts(events, "assistance") == {"applied": 2.0, "withdrawn": 1.0, "refused": 1.0}
    assert counts(events, "iom_departures") == {
        "application_refused": 1.0,
        "application_withdrawn": 1.0,
    }


def test_support_counts_by_scheme_and_only_if_it_was_had(happen: Happen) -> None:
    events = with_bits(
        happen({**HOME, "marks": ["iom"]}, {**HOME, "marks": ["iom"]}, HOME),
        scheme=[
            int(Scheme.REAN | Scheme.HRT | Scheme.FAMILIES),
            int(Scheme.REAN | Scheme.IN_KIND),
            int(Scheme.REAN),  # applied, and left on an own ticket
        ],
    )
    assert counts(events, "assistance") == {
        "departed": 2.0,
        "departed:rean": 2.0,
        "departed:hrt": 1.0,
        "departed:families": 1.0,
        "departed:in_kind": 1.0,
        "departed:without": 1.0,
    }
    assert counts(events, "iom_support_received") == {
        "rean": 2.0,
        "hrt_cash": 1.0,
        "in_kind": 1.0,
        "families": 1.0,
    }
    assert packages(events).tolist() == ["families", "in_kind", "without"]


def test_support_is_for_who_goes_home(happen: Happen) -> None:
    transfer = {**HOME, "destination": "member_state", "marks": ["iom"]}
    events = with_bits(happen({**HOME, "marks": ["iom"]}, transfer), scheme=[int(Scheme.REAN)] * 2)
    assert len(with_support(events)) == 1
    assert counts(events, "iom_support_received") == {"rean": 1.0}


def test_what_a_case_manager_pays_counts_through_iom_or_not(happen: Happen) -> None:
    paid = int(Scheme.DISCRETIONARY)
    events = with_bits(
        happen({**HOME, "marks": ["iom"]}, HOME, HOME), scheme=[paid | int(Scheme.REAN), paid, 0]
    )
    found = counts(events, "assistance")
    assert found["departed:discretionary"] == 2.0
    assert found["departed:without"] == 1.0
    assert found["departed"] == 1.0


def test_the_funnel_ends_with_those_whom_somebody_had_met(happen: Happen) -> None:
    events = with_bits(happen(HOME, HOME), since_contact=[-1, 0])
    assert counts(events, "journey_funnel") == {"departed": 1.0}


def test_a_journey_shows_organisations_place_and_weeks(happen: Happen) -> None:
    closed = {**HOME, "kind": "closed", "person": 0, "weeks": 20, "place": "vbl"}
    events = with_bits(
        happen(closed, {**HOME, "person": 0, "marks": ["iom"], "place": "vbl"}),
        scheme=[0, int(Scheme.REAN | Scheme.HRT | Scheme.IN_KIND)],
        met=[0, (1 << Organisation.IOM) | (1 << Organisation.VWN)],
        referred_by=["none", "coa"],
        since_contact=[-1, 3],
    )
    assert counts(events, "journeys") == {
        "helper:none>hrt_and_in_kind": 1.0,
        "met:iom>hrt_and_in_kind": 1.0,
        "met:vwn>hrt_and_in_kind": 1.0,
        "place:vbl>hrt_and_in_kind": 1.0,
        "referred_by:coa>hrt_and_in_kind": 1.0,
        "since_contact:under_4_weeks>hrt_and_in_kind": 1.0,
        "since_file:16_to_51_weeks>hrt_and_in_kind": 1.0,
    }


def test_weeks_fall_in_bands() -> None:
    assert bands(np.array([-1.0, np.nan, 0.0, 4.0, 15.0, 16.0, 52.0])).tolist() == [
        "none",
        "none",
        "under_4_weeks",
        "4_to_15_weeks",
        "4_to_15_weeks",
        "16_to_51_weeks",
        "52_weeks_or_more",
    ]


def test_the_funnel_counts_a_person_once_a_step(happen: Happen) -> None:
    kinds = ("met", "met", "referred", "reached", "applied", "applied", "granted")
    events = happen(*({"kind": kind, "person": 0} for kind in kinds), {**HOME, "person": 0})
    events = with_bits(events, since_contact=[-1, *range(7)])
    assert counts(events, "journey_funnel") == dict.fromkeys(
        ("met", "referred", "reached", "applied", "granted", "departed"), 1.0
    )


def test_a_run_in_which_nobody_weighs_cannot_tell(happen: Happen) -> None:
    events = happen(HOME, judged=False)
    for table in ("assistance", "iom_support_received", "journey_funnel", "journeys"):
        rows = OBSERVERS[table].rows(Observed(events, pd.DataFrame(), 1.0), 2012, 2012)
        assert rows["persons"].isna().all()
