"""What `explain systems` shows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.registry import registry
from terugkeer.experiments.cli import main
from terugkeer.experiments.systems import listing
from terugkeer.experiments.systems.effects import ACTS, COLUMNS, MORE, NOT_MEASURED, NOT_MODELLED
from terugkeer.experiments.systems.listing import BESIDE, WIDTH, system_lines, system_rows
from terugkeer.experiments.systems.system import CONTACT, PATH, systems

if TYPE_CHECKING:
    from collections.abc import Iterable

LISTED = {each.name: each for each in systems()}


def told(*names: str) -> pd.DataFrame:
    """Return a table in which all outcomes go from 100 to 120, give or take 2.262157."""
    rows = [
        (name, outcome, 100.0, 120.0, 20.0, 17.737843, 22.262157, 10, 4.0, 2013, 2015, "abc", "def")
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


def only(lines: Iterable[str], name: str) -> str:
    """Return the paragraph of a system, on one line."""
    whole = "\n".join(lines).split("\n\n")
    (found,) = (part for part in whole if f"[{name}]" in part)
    return " ".join(found.split())


def test_lines_tell_verdict_effect_freedom_and_harm_together() -> None:
    lines = system_lines(system_rows(registry()), "en")
    assert all(len(line) <= WIDTH + 2 for line in lines)
    text = only(lines, "iom")
    assert text.startswith(
        "IOM [iom]: acts; more returns returned independently after meeting it: +20 ± 3.2 "
        "(100 without, 120 with)"
    )
    assert "first met it +20 ± 3.2; returned independently +20 ± 3.2;" in text
    assert "with alternative +20 ± 3.2; person-weeks without stable shelter +20 ± 3.2;" in text
    assert "2013-2015, scale 4, 10 seeds" in text
    assert only(lines, "vwn").startswith(
        "VWN, its general work [vwn]: not measured yet in all years;"
    )


def test_what_is_not_modelled_says_why() -> None:
    (row,) = system_rows(registry(), "pao")
    assert set(row) == {"name", "title", "sources", "verdict", "reason"}
    text = only(system_lines([row], "nl"), "pao")
    assert "[pao]: niet in het model geen bron zegt" in text


def test_shares_stand_in_percent_and_dutch_is_told_in_dutch() -> None:
    text = only(
        system_lines(system_rows(registry(), "what_people_bring"), "nl"), "what_people_bring"
    )
    assert ": doet iets in het model; meer terugkeer " in text
    assert ": +2.000 ± 325 (10.000 zonder, 12.000 met)" in text


def test_a_difference_that_no_run_can_tell_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    found = told("iom")
    found.loc[found["outcome"] == "adults_all_three", ["mean", "low", "high"]] = float("nan")
    monkeypatch.setattr(listing, "effects", lambda: found)
    (row,) = system_rows(registry(), "iom")
    assert row["beside"]["adults_all_three"]["effect"] is None
    assert "with alternative not known;" in only(system_lines([row], "en"), "iom")


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
    assert "--language nl: only `systems` is told in Dutch" in err
    assert main(["explain", "systems", "green_wy"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "Did you mean 'green_way'" in err


def test_a_system_is_found_by_its_name_in_words() -> None:
    for asked, name in (
        ("Bridge to Better", "bridge_to_better"),
        ("Met Opgeheven Hoofd", "opgeheven_hoofd"),
        ("art. 64", "medical_deferral"),
        ("LVV", "lvv"),
        ("borgsom", "deposit"),
        ("detentie", "detention"),
        ("bed-bad-brood", "night_shelter"),
        ("buitenschuld", "no_fault_permit"),
    ):
        assert [row["name"] for row in system_rows(registry(), asked)] == [name]


def test_a_word_of_more_than_one_title_names_them() -> None:
    with pytest.raises(InputError, match=r"'inreisverbod terug': unknown\."):
        system_rows(registry(), "inreisverbod terug")
    with pytest.raises(InputError, match=r"'bewaring': more than one\. It could be detention, dep"):
        system_rows(registry(), "bewaring")
    with pytest.raises(InputError, match=r"'counsellors': more than one\. It could be n"):
        system_rows(registry(), "counsellors")


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


def test_what_is_so_by_construction_says_it(monkeypatch: pytest.MonkeyPatch) -> None:
    found = told("iom").assign(without=0.0)
    monkeypatch.setattr(listing, "effects", lambda: found)
    (row,) = system_rows(registry(), "iom")
    assert row["by_construction"] is True
    text = only(system_lines([row], "en"), "iom")
    assert text.startswith("IOM [iom]: acts; by construction; more returns")


def test_an_unknown_system_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(InputError, match=r"system 'plns': unknown\. Did you mean 'plans'\?"):
        system_rows(registry(), "plns")
