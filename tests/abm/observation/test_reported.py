"""An outcome is an entry: rows that are added up, and what they are divided by."""

from __future__ import annotations

from dataclasses import replace

from terugkeer.abm.observation.reported import Part, ReportedOutcome


def test_an_outcome_needs_the_tables_of_both_parts_once() -> None:
    added = ReportedOutcome(
        id="street_closings",
        label="closed from the street",
        label_nl="gesloten vanaf de straat",
        unit="closing",
        family="harm",
        counts="Files closed while the person lived on the street.",
        reads="More.",
        part=Part("harm", ("weeks_on_street",)),
    )
    assert added.tables == ("harm",)
    assert replace(added, over=Part("weeks_lived", ("all",))).tables == ("harm", "weeks_lived")
    assert replace(added, over=Part("harm", ("children_closed",))).tables == ("harm",)
