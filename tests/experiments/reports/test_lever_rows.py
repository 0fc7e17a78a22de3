"""All that is known of the levers."""

from __future__ import annotations

from terugkeer.abm.evidence.registry import registry
from terugkeer.experiments.reports.lever_rows import NONE, lever_rows
from terugkeer.experiments.reports.readers import ROOT


def test_a_pathway_names_functions_of_files_that_are_there() -> None:
    rows = {row["id"]: row for row in lever_rows(registry())}
    assert rows["night_shelter"]["pathway"]
    for row in rows.values():
        if row["pathway"] == NONE:
            assert row["reason"]
            continue
        for place in row["pathway"]:
            file, function = place.split(":")
            text = (ROOT / file).read_text(encoding="utf-8")
            assert function == "module" or function.split(".")[-1] in text


def test_a_default_is_what_holds_on_the_first_day() -> None:
    rows = {row["id"]: row for row in lever_rows(registry())}
    assert rows["cash_amount"]["default"] == 1  # times what is paid
    assert rows["stacking_rule"]["default"] in rows["stacking_rule"]["settings"]
    assert rows["cash_timing"]["default"] is None
