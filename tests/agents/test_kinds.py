"""Kinds of organisations: each organisation that helps has one, and labels of both."""

from __future__ import annotations

from terugkeer.agents.codes import Kind, Organisation, label
from terugkeer.agents.kinds import HELPERS, KIND_LABELS, KIND_OF, KINDS


def test_every_organisation_that_helps_is_of_a_kind_that_helps() -> None:
    assert set(HELPERS) == {*Organisation} - {Organisation.NONE, Organisation.CASE_MANAGER}
    assert {Kind(KIND_OF[each]) for each in HELPERS} == set(KINDS)
    assert KIND_OF[Organisation.NONE] == Kind.NONE
    assert KIND_OF[Organisation.CASE_MANAGER] == Kind.CASE_MANAGER


def test_labels_of_kinds_stand_by_those_of_organisations() -> None:
    assert KIND_LABELS["goedwerk"] == KIND_LABELS["bridge_to_better"] == label(Kind.TRAINING)
    assert len(KIND_LABELS) == len(HELPERS)
