"""Applications and what became of them, and the support with which persons left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.observation.help.assistance import with_support
from terugkeer.agents.codes import Scheme

from tests.abm.observation.hand_made import in_2012, left, rows_of

if TYPE_CHECKING:
    from tests.abm.observation.hand_made import Happen

IOM = {"marks": ["iom"]}


def test_applications_are_counted_by_what_became_of_them(happen: Happen) -> None:
    events = happen(
        *({"kind": kind, "person": 0} for kind in ("applied", "withdrawn", "applied", "refused"))
    )
    assert in_2012("assistance", events) == {"applied": 2.0, "withdrawn": 1.0, "refused": 1.0}
    assert in_2012("iom_departures", events) == {
        "application_refused": 1.0,
        "application_withdrawn": 1.0,
    }


def test_support_counts_by_scheme_and_only_if_it_was_had(happen: Happen) -> None:
    events = happen(
        left(0, scheme=Scheme.REAN | Scheme.HRT | Scheme.FAMILIES, **IOM),
        left(16, scheme=Scheme.REAN | Scheme.IN_KIND, **IOM),
        left(32, scheme=Scheme.REAN),  # applied, and left on an own ticket
    )
    assert in_2012("assistance", events) == {
        "departed": 2.0,
        "departed:rean": 2.0,
        "departed:hrt": 1.0,
        "departed:families": 1.0,
        "departed:in_kind": 1.0,
        "departed:without": 1.0,
    }
    assert in_2012("iom_support_received", events) == {
        "rean": 2.0,
        "hrt_cash": 1.0,
        "in_kind": 1.0,
        "families": 1.0,
    }


def test_support_is_for_persons_who_go_home(happen: Happen) -> None:
    given = {"scheme": Scheme.REAN, **IOM}
    events = happen(left(0, **given), left(16, destination="member_state", **given))
    assert with_support(events)["person"].tolist() == [0]
    assert in_2012("iom_support_received", events) == {"rean": 1.0}


def test_what_a_case_manager_pays_counts_through_iom_or_not(happen: Happen) -> None:
    paid = Scheme.DISCRETIONARY
    events = happen(left(0, scheme=paid | Scheme.REAN, **IOM), left(16, scheme=paid), left(32))
    found = in_2012("assistance", events)
    assert found["departed:discretionary"] == 2.0
    assert found["departed:without"] == 1.0
    assert found["departed"] == 1.0


@pytest.mark.parametrize("table", ["assistance", "iom_support_received"])
def test_a_run_in_which_nobody_weighs_cannot_tell(happen: Happen, table: str) -> None:
    assert rows_of(table, happen(left(0), judged=False))["persons"].isna().all()


def test_the_last_referral_to_iom_is_by_government_or_not(happen: Happen) -> None:
    by = ("case_manager", "coa", "municipal_desk", "none", "vwn")
    events = happen(
        *(left(16 * n, referred_by=each, marks=["iom"]) for n, each in enumerate(by)),
        left(96, referred_by="coa"),
        left(112, "forced", referred_by="coa", destination="member_state", marks=["iom"]),
    )
    assert in_2012("iom_referral", events) == {"government": 3.0, "not_government": 2.0}


def test_refusals_and_withdrawals_are_counted_by_reason(happen: Happen) -> None:
    events = happen(
        {"kind": "refused", "person": 0, "reason": "means"},
        {"kind": "refused", "person": 1, "reason": "otherwise"},
        {"kind": "refused", "person": 2, "reason": "otherwise"},
        {"kind": "withdrawn", "person": 3, "reason": "barred_from_cash"},
        {"kind": "withdrawn", "person": 4, "reason": "changed_mind"},
        {"kind": "awaits_place", "person": 5},
        {"kind": "granted", "person": 5, "reason": "no_place"},
        {"kind": "granted", "person": 6},
    )
    assert in_2012("assistance", events) == {
        "refused": 3.0,
        "refused:means": 1.0,
        "refused:otherwise": 2.0,
        "withdrawn": 2.0,
        "withdrawn:barred_from_cash": 1.0,
        "withdrawn:changed_mind": 1.0,
        "awaited_place": 1.0,
        "granted": 2.0,
        "granted:no_place": 1.0,
    }
