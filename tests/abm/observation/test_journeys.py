"""From first contact to departure, and what came before each independent return."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.observation.journeys import FUNNEL, bands, packages
from terugkeer.agents.codes import Organisation, Scheme

from tests.abm.observation.hand_made import closed, in_2012, left, rows_of

if TYPE_CHECKING:
    from tests.abm.observation.hand_made import Happen

IOM = {"marks": ["iom"]}


def test_a_package_is_what_was_taken_through_iom(happen: Happen) -> None:
    taken = [
        (Scheme.REAN, IOM, "rean"),
        (Scheme.REAN | Scheme.HRT, IOM, "hrt"),
        (Scheme.REAN | Scheme.HRT | Scheme.FAMILIES, IOM, "families"),
        (Scheme.REAN | Scheme.IN_KIND, IOM, "in_kind"),
        (Scheme.REAN | Scheme.HRT | Scheme.PILOT, IOM, "hrt_and_in_kind"),
        (Scheme.REAN | Scheme.HRT, {}, "without"),
        (Scheme.NONE, IOM, "without"),
    ]
    events = happen(*(left(0, scheme=scheme, **more) for scheme, more, _ in taken))
    assert packages(events["scheme"], events["iom"]).labels().tolist() == [
        package for *_, package in taken
    ]


def test_a_journey_shows_organisations_place_and_weeks(happen: Happen) -> None:
    events = happen(
        closed(0, "independent", weeks=20, place="vbl"),
        left(
            0,
            place="vbl",
            scheme=Scheme.REAN | Scheme.HRT | Scheme.IN_KIND,
            met=(1 << Organisation.IOM) | (1 << Organisation.VWN),
            helper="iom",
            referred_by="coa",
            since_contact=3,
            **IOM,
        ),
    )
    assert in_2012("journeys", events) == {
        "helper:iom>hrt_and_in_kind": 1.0,
        "met:iom>hrt_and_in_kind": 1.0,
        "met:vwn>hrt_and_in_kind": 1.0,
        "place:vbl>hrt_and_in_kind": 1.0,
        "referred_by:coa>hrt_and_in_kind": 1.0,
        "since_contact:under_4_weeks>hrt_and_in_kind": 1.0,
        "since_file:16_to_51_weeks>hrt_and_in_kind": 1.0,
    }


def test_a_return_without_file_or_contact_is_a_journey_too(happen: Happen) -> None:
    assert in_2012("journeys", happen(left(0, place="street", since_contact=-1))) == {
        "helper:none>without": 1.0,
        "met:none>without": 1.0,
        "place:street>without": 1.0,
        "referred_by:none>without": 1.0,
        "since_contact:none>without": 1.0,
        "since_file:none>without": 1.0,
    }


def test_weeks_fall_in_bands() -> None:
    assert bands(np.array([-1.0, np.nan, 0.0, 4.0, 15.0, 16.0, 52.0])).labels().tolist() == [
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
    events = happen(*({"kind": kind, "person": 0} for kind in kinds), left(0, since_contact=6))
    assert in_2012("journey_funnel", events) == dict.fromkeys(FUNNEL, 1.0)


def test_the_funnel_ends_with_returns_after_a_contact(happen: Happen) -> None:
    events = happen(left(0, since_contact=-1), left(16, since_contact=0))
    assert in_2012("journey_funnel", events) == {"departed": 1.0}


def test_contacts_count_a_person_once_for_each_organisation(happen: Happen) -> None:
    both = [
        {"kind": kind, "person": person, "helper": helper}
        for kind, person, helper in (
            ("referred", 0, "maatwerk"),
            ("referred", 0, "maatwerk"),
            ("reached", 0, "maatwerk"),
            ("met", 0, "maatwerk"),
            ("met", 0, "iom"),
            ("met", 16, "iom"),
        )
    ]
    assert in_2012("contacts", happen(*both)) == {
        "met:iom": 2.0,
        "met:maatwerk": 1.0,
        "reached:maatwerk": 1.0,
        "referred:maatwerk": 1.0,
    }


@pytest.mark.parametrize("table", ["contacts", "journey_funnel", "journeys"])
def test_a_run_in_which_nobody_weighs_cannot_tell(happen: Happen, table: str) -> None:
    assert rows_of(table, happen(left(0), judged=False))["persons"].isna().all()
