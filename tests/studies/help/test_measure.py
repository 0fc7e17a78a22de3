"""Tables of the page on help, on runs made by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from terugkeer.agents.codes import Organisation, Scheme

from studies.help import measure
from studies.help.runs import MEASURED
from studies.measured import SCALE
from tests.studies.help.hand_made import cells, run

if TYPE_CHECKING:
    import pytest

PAGE = Path(measure.__file__).parents[2] / "docs" / "measured_help.md"


def test_contacts_are_shares_of_independent_returns_and_of_those_through_iom() -> None:
    met = 1 << Organisation.IOM | 1 << Organisation.COA
    runs = [
        run({"met": met, "referred_by": "coa"}, {"met": 0, "iom": False}),
        run({"met": met, "referred_by": "iom"}, {"met": 0, "outcome": "forced"}),
    ]
    text = measure.contacts(runs)
    met_by, sent_by = ({row[0]: row[1:] for row in cells(part)} for part in text.split("followed"))
    assert met_by["IOM"] == met_by["COA"] == ["67", "100"]
    assert met_by["legal aid organisations"] == ["0", "0"]
    assert met_by["nobody"] == ["33", "0"]
    assert sent_by["COA"] == ["33", "50"]
    assert sent_by["nobody"] == ["33", "0"]
    assert "municipality: 50 % of those who leave through IOM" in text
    assert f"all, {3 * SCALE / 2 / len(MEASURED):.0f} a year" in text


def test_queues_are_means_over_weeks_and_runs() -> None:
    frame = pd.DataFrame(
        [
            {"organisation": name, "year": year, "clients": 10.0, "waiting": 4.0, "capacity": 9.0}
            for name in measure.KIND_LABELS
            for year in MEASURED
        ]
    )
    busy = frame.assign(clients=20.0)
    rows = cells(measure.queues([run(queues=frame), run(queues=busy)]))
    assert rows[1] == ["IOM", *["15 / 4 / 9"] * len(MEASURED)]
    assert len(rows) == 1 + len(measure.KINDS)
    assert rows[3][1] == "30 / 8 / 18", "two training organisations"


def test_journeys_are_shares_of_each_package() -> None:
    cash = int(Scheme.HRT)
    runs = [
        run({"since_contact": 3, "scheme": cash}, {"since_contact": 52, "scheme": cash}),
        run({"since_contact": 4, "scheme": cash}, {"since_contact": -1, "scheme": cash}, {}),
    ]
    rows = {row[0]: row[1:] for row in cells(measure.journeys(runs))}
    a_year = SCALE / 2 / len(MEASURED)
    assert rows["cash"] == [f"{4 * a_year:,.0f}", "25", "25", "0", "25", "25"]
    assert rows["no support"] == [f"{a_year:,.0f}", "0", "0", "0", "0", "100"]
    assert rows["help in kind"] == ["0"] * 6


def test_stays_of_state_shelter_end_by_return_or_out_of_it() -> None:
    term, vbl = {"place": "azc_departure_term"}, {"place": "vbl"}
    moved = {"kind": "moved", "outcome": "none"}
    runs = [
        run(
            {**term, "weeks": 2},
            {**term, **moved, "weeks": 4, "to_place": "street"},
            {**term, **moved, "weeks": 4, "to_place": "vbl"},
            {**vbl, "weeks": 3, "outcome": "unobserved", "destination": "onward"},
            {**vbl, **moved, "weeks": 3, "to_place": "vbl"},
            {"place": "street"},
        )
    ]
    ends = measure.ends_of_stays(runs).reset_index(drop=True)
    assert ends["place"].tolist() == ["azc_departure_term"] * 3 + ["vbl"]
    assert ends["week"].tolist() == [2, 4, 4, measure.TERM + 3]
    assert ends["independent"].tolist() == [True, False, False, False]
    assert ends["out"].tolist() == [False, True, False, True]
    rows = {row[0]: row[1:] for row in cells(measure.by_week(runs))}
    a_year = f"{SCALE / len(MEASURED):,.0f}"
    assert rows["reception, week 2"] == [a_year, "0", "33.3", "0.0"]  # three are still there
    assert rows["reception, week 4"] == ["0", a_year, "0.0", "50.0"]
    assert rows["VBL, week 4-7"] == ["0", a_year, "0.0", "25.0"]  # there in four weeks
    assert rows["VBL, week 8-11"] == ["0", "0", "0.0", "0.0"]


def test_support_stands_beside_the_record_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    items = [*measure.SUPPORT_WORDS, *measure.APPLICATIONS]
    model = pd.DataFrame(dict.fromkeys(MEASURED, 7.0), index=items)
    known = pd.DataFrame(
        [{"item": "rean", "year": year, "persons": 1000.0 * (year - 2010)} for year in MEASURED]
    )
    monkeypatch.setattr(measure, "observed", lambda _runs, _observer: model)
    monkeypatch.setattr(measure, "published", lambda _table: known)
    rows = {row[0]: row[1:] for row in cells(measure.support([]))}
    assert rows["basic support (REAN)"][:2] == ["7 / 1,000", "7 / 2,000"]
    assert rows["basic support (REAN)"][-1] == "7 / 3,000"
    assert rows["goods for families beside cash"] == ["7 / -"] * 6
    assert "applications refused" in rows


def test_the_page_that_ships_has_the_words_of_the_program() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert measure.ABOUT_PILOT in text
    for words in (*measure.PACKAGE_WORDS.values(), *measure.SUPPORT_WORDS.values()):
        assert f"| {words} |" in text or f"| left with {words} |" in text
