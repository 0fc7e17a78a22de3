"""What `explain systems` shows."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.experiments.cli import main
from terugkeer.experiments.systems import listing
from terugkeer.experiments.systems.effects import ACTS, COLUMNS, MORE, NOT_MEASURED, NOT_MODELLED
from terugkeer.experiments.systems.listing import (
    BESIDE,
    WIDTH,
    overview_lines,
    system_lines,
    system_rows,
)
from terugkeer.experiments.systems.system import CONTACT, PATH, systems

LISTED = {each.name: each for each in systems()}


NUMBERS = (100.0, 120.0, 20.0, 17.737843, 22.262157)


def told(*names: str) -> pd.DataFrame:
    """Return a table in which all outcomes go from 100 to 120, give or take 2.262157."""
    rows = [
        (name, outcome, *NUMBERS, 10, 4.0, 2013, 2015, "abc", "def", "ghi")
        for name in names
        for outcome in dict.fromkeys((CONTACT, PATH, *BESIDE, LISTED[name].chief))
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


@pytest.fixture(autouse=True)
def measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "effects", lambda: told("iom", "what_people_bring"))


def test_a_row_has_the_interval_of_its_verdict_and_what_stands_beside_it() -> None:
    (row,) = system_rows(registry(), "iom")
    assert (row["name"], row["lever"], row["from"]) == ("iom", "iom_capacity", "always")
    assert (row["outcome"], row["verdict"]) == ("journeys:met:iom>*", ACTS)
    assert row["returns"] == MORE
    # t of nine degrees is 2.262157 at 95 % and 3.249836 at 99 %
    assert (row["effect"], row["without"], row["with"]) == (20.0, 100.0, 120.0)
    assert row["low"] == pytest.approx(20.0 - 3.249836, rel=1e-6)
    assert row["high"] == pytest.approx(20.0 + 3.249836, rel=1e-6)
    assert list(row["beside"]) == [CONTACT, PATH, *BESIDE]
    assert (row["seeds"], row["scale"], row["evidence"]) == (10, 4.0, "abc")
    assert row["code"], "the functions that read its capacity"


def test_all_systems_stand_in_their_order_and_what_is_not_measured_says_so() -> None:
    rows = system_rows(registry())
    assert [row["name"] for row in rows] == list(LISTED)
    told = {row["name"]: row["verdict"] for row in rows}
    assert {name for name, says in told.items() if says == ACTS} == {"iom", "what_people_bring"}
    assert set(told.values()) == {ACTS, NOT_MEASURED, NOT_MODELLED}
    modelled = [row for row in rows if row["verdict"] != NOT_MODELLED]
    assert all(row["code"] and row["grade"] and row["sources"] for row in modelled)
    assert all(row["reason"]["en"] and row["reason"]["nl"] for row in rows if row not in modelled)


def whole(name: str, language: str = "en") -> str:
    """Return what is told of a system, on one line."""
    (row,) = system_rows(registry(), name)
    lines = system_lines(row, language)
    assert all(len(line) <= WIDTH + 2 for line in lines)
    return " ".join(" ".join(lines).split())


def test_lines_tell_verdict_effect_freedom_and_harm_together() -> None:
    text = whole("iom")
    assert text.startswith(
        "IOM [iom]: has an effect in the model; more returns returned independently after "
        "meeting it: +20 ± 3.2 (100 without, 120 with) returned independently +20 ± 3.2;"
    )
    assert "with alternative +20 ± 3.2; person-weeks without stable shelter +20 ± 3.2;" in text
    assert "2013-2015, scale 4, 10 seeds. in all years; iom_capacity (grade D);" in text
    assert "half of an interval of 99 % over seeds" in text
    assert "or the number of people who return independently." in text, "the second way"
    assert whole("vwn").startswith("VWN, its general work [vwn]: not measured yet in all years;")


def test_a_number_that_stands_first_is_not_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    found = told("planned_removals", "sigma", "lvv")
    found.loc[found["outcome"] == CONTACT, ["mean", "low", "high"]] = (7.0, 6.0, 8.0)
    monkeypatch.setattr(listing, "effects", lambda: found)
    assert "transferred" not in whole("planned_removals"), "all of them are forced departures"
    assert whole("planned_removals").count("+20 ± 3.2") == 1 + len(BESIDE)
    assert whole("sigma").count("returned by force") == 1
    assert whole("lvv").count("person-weeks without stable shelter") == 1


def test_both_sides_are_told_where_they_are_not_the_baseline_and_the_baseline_without() -> None:
    (row,) = system_rows(registry(), "lvv")
    assert row["compares"]["en"] == LISTED["lvv"].compares
    assert "With: 862 places by day and night" in whole("lvv")
    assert "Met: 862 plaatsen voor dag en nacht" in whole("lvv", "nl")
    assert system_rows(registry(), "iom")[0]["compares"] is None


def test_a_row_says_from_when_to_when_and_whether_it_was_measured_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listing, "effects", lambda: told("wigk", "hrt", "iom"))
    found = {name: system_rows(registry(), name)[0] for name in ("wigk", "hrt", "iom")}
    assert [(row["from"], row["to"]) for row in found.values()] == [
        ("2015-07-01", None),
        ("always", "2017-07-01"),
        ("always", None),
    ]
    assert [row["measured_again"] for row in found.values()] == [True, False, False]
    assert "Measured again at scale 1" in whole("wigk")


def test_what_is_not_modelled_says_why_and_has_all_keys() -> None:
    (row,) = system_rows(registry(), "pao")
    (measured,) = system_rows(registry(), "iom")
    assert set(row) == set(measured) == set(system_rows(registry(), "vwn")[0])
    assert {name for name, value in row.items() if value is not None} == {
        *("name", "title", "sources", "reason", "verdict")
    }
    assert "[pao]: niet in het model geen bron zegt" in whole("pao", "nl")
    assert "[tracks]: partly modelled, no run without it no run is without it" in whole("tracks")


def test_the_overview_has_a_line_for_each_system_and_says_how_many_act() -> None:
    lines = overview_lines(system_rows(registry()), "en")
    assert all(len(line) <= WIDTH + 2 for line in lines)
    text = " ".join(" ".join(lines).split())
    left = len(LISTED) - 2
    assert "Of 2 rows that were run, 2 have an effect in the model: 2 by what was measured" in text
    assert f" {left} more have no runs." in text
    assert all(text.count(f" [{name}]: ") == 1 for name in LISTED)
    assert "  IOM [iom]: effect; more returns" in lines
    assert "  PAO, the activation project of ASKV [pao]: not modelled" in lines
    assert "or the number of people who return independently;" in text, "the second way"
    assert len(lines) < 2 * len(LISTED)


def test_shares_stand_in_percent_and_dutch_is_told_in_dutch() -> None:
    text = whole("what_people_bring", "nl")
    assert ": heeft effect in het model; meer terugkeer " in text
    assert ": +2.000 ± 325 (10.000 zonder, 12.000 met)" in text


def test_a_difference_that_no_run_can_tell_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    found = told("iom")
    found.loc[found["outcome"] == "adults_all_three", ["mean", "low", "high"]] = float("nan")
    monkeypatch.setattr(listing, "effects", lambda: found)
    (row,) = system_rows(registry(), "iom")
    assert row["beside"]["adults_all_three"]["effect"] is None
    assert "with alternative not known;" in whole("iom")


def test_the_command_shows_all_or_one_in_json_or_dutch(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "systems", "--json"]) == 0
    assert [row["name"] for row in json.loads(capsys.readouterr().out)] == list(LISTED)
    for word in ("system", "systems"):
        assert main(["explain", word, "green_way", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["lever"] == "green_way_capacity"
    assert main(["explain", "system", "green_way", "--language", "nl"]) == 0
    assert "Green Way, van Solid Road [green_way]: nog niet gemeten" in capsys.readouterr().out
    assert main(["explain", "levers", "--language", "nl"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "--language nl: only `systems` and `system NAME` are told in Dutch" in err
    assert main(["explain", "systems", "green_wy"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "Did you mean 'green_way'" in err


def test_words_need_no_quotes_and_are_refused_in_the_language_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["explain", "system", "art.", "64"]) == 0
    assert "[medical_deferral]" in capsys.readouterr().out
    for asked, says in (
        (["plns"], "onderdeel 'plns': onbekend. Bedoelt u 'plans'?"),
        (["family"], "onderdeel 'family': meer dan één. Het kan other_permits, family_locations"),
    ):
        assert main(["explain", "system", *asked, "--language", "nl"]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert says in err


def test_what_was_certain_beforehand_says_it(monkeypatch: pytest.MonkeyPatch) -> None:
    found = told("iom").assign(without=0.0)
    monkeypatch.setattr(listing, "effects", lambda: found)
    (row,) = system_rows(registry(), "iom")
    assert row["by_construction"] is True
    told_so = "IOM [iom]: has an effect in the model; certain beforehand; more returns"
    assert whole("iom").startswith(told_so)
    assert "  IOM [iom]: effect, certain beforehand; more returns" in overview_lines([row], "en")


def test_what_is_seen_in_returns_alone_says_it(monkeypatch: pytest.MonkeyPatch) -> None:
    found = told("iom")
    found.loc[found["outcome"] == PATH, ["low", "high"]] = (-10.0, 50.0)
    monkeypatch.setattr(listing, "effects", lambda: found)
    (row,) = system_rows(registry(), "iom")
    assert (row["verdict"], row["only_in_returns"]) == (ACTS, True)
    assert "; seen in returns alone; more returns" in whole("iom")
    assert "  IOM [iom]: effect, seen in returns alone; more returns" in overview_lines([row], "en")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (["system"], "system: no name. `explain system NAME` shows one"),
        (["system", "--language", "nl"], "onderdeel: geen naam. `explain system NAAM"),
    ],
)
def test_system_without_a_name_says_what_to_give(
    said: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", *said]) == 1
    out, err = capsys.readouterr()
    assert (out, err.startswith(told)) == ("", True)


def test_help_of_explain_names_one_system(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--help"]) == 0
    assert "`system NAME`" in " ".join(capsys.readouterr().out.split())
