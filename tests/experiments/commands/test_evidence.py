"""`terugkeer check` and `terugkeer explain`, as a user calls them."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.evidence import registry
from terugkeer.experiments.cli import main
from terugkeer.experiments.reports import readers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

READERS = readers.readers
SAMPLE = "records/sample.toml"
TABLE = "data/dtv_caseload_outflow.csv"
Break = tuple[str, "str | None", "str | bytes", list[str]]

# file, text to replace (None: the whole file), replacement, what the message must name
BROKEN: dict[str, Break] = {
    "not toml": (SAMPLE, None, "[stay_weeks\nvalue = 12", ["sample.toml", "no valid TOML"]),
    "binary": (SAMPLE, None, b"\xff\xfe\x00\x81", ["sample.toml", "byte 0", "UTF-8"]),
    "nul bytes": (SAMPLE, None, b"\x00\x01\x02", ["sample.toml", "no valid TOML"]),
    "empty": (SAMPLE, None, " \n", ["sample.toml", "empty"]),
    "unknown key": (
        SAMPLE,
        'maps = "none"',
        'maps = "none"\nboundz = [0, 1]',
        ["[leave_hazard] boundz", "unknown key", "Did you mean 'bounds'"],
    ),
    "unknown nested key": (
        SAMPLE,
        'ref = "s1", locator',
        'ref = "s1", locater',
        ["[stay_weeks] sources[0].locater", "Did you mean 'locator'"],
    ),
    "hidden key": (SAMPLE, "[stay_weeks]", "[stay_weeks]\nfile = 'x'", ["file", "unknown key"]),
    "missing key": (SAMPLE, 'title = "Longest stay"\n', "", ["[stay_weeks] title", "missing"]),
    "wrong type": (
        SAMPLE,
        'title = "Longest stay"',
        "title = 3",
        ["[stay_weeks] title = 3", "string"],
    ),
    "value of no type": (
        SAMPLE,
        "value = 12",
        'value = ["a"]',
        ["[stay_weeks] value", "'a'", "write a number"],
    ),
    "not finite": (SAMPLE, "value = 0.02", "value = nan", ["[leave_hazard] value", "finite"]),
    "boolean for a number": (SAMPLE, "value = 12", "value = true", ["value = true", "'week'"]),
    "unknown unit": (SAMPLE, '"week"', '"weeks"', ["unit", "'weeks'", "Did you mean 'week'"]),
    "unknown role": (SAMPLE, 'role = "lever"', 'role = "leaver"', ["role = 'leaver'", "'lever'"]),
    "name": (SAMPLE, "[stay_weeks]", "[StayWeeks]", ["'StayWeeks'", "snake_case"]),
    "unknown ref": (SAMPLE, 'ref = "s1"', 'ref = "s11"', ["ref = 's11'", "Did you mean 's1'"]),
    "unknown dated ref": (
        SAMPLE,
        'says = "Six.", source = { ref = "s4"',
        'says = "Six.", source = { ref = "s9"',
        ["ref = 's9'", "bibliography.toml"],
    ),
    "unknown mechanism": (
        SAMPLE,
        'mechanism = "legal_clocks"',
        'mechanism = "legal_clock"',
        ["mechanism = 'legal_clock'", "Did you mean 'legal_clocks'"],
    ),
    "no mechanism": (
        SAMPLE,
        'mechanism = "legal_clocks"\nsays = "Twelve',
        'says = "Twelve',
        ["[stay_weeks]", "mechanism: missing"],
    ),
    "value out of bounds": (SAMPLE, "[0, 104]", "[0, 10]", ["value: 12", "bounds [0, 10]"]),
    "dated value out of bounds": (SAMPLE, "value = 3,", "value = 300,", ["dated[0].value: 300"]),
    "dated value of other type": (SAMPLE, "value = 3,", "value = 3.5,", ["dated[0]", "whole"]),
    "dates out of order": (
        SAMPLE,
        "from = 2016-01-01",
        "from = 2013-01-01",
        ["dated[1].from = 2013-01-01", "not after 2014-10-01"],
    ),
    "date as text": (SAMPLE, "from = 2016-01-01", 'from = "2016"', ["dated[1].from", "date"]),
    "no bounds": (SAMPLE, "bounds = [0, 104]\n", "", ["[stay_weeks] bounds: missing"]),
    "bounds swapped": (SAMPLE, "[0, 104]", "[104, 0]", ["low lies above high"]),
    "unknown prior": (SAMPLE, '"loguniform"', '"logunifrom"', ["prior", "'loguniform'"]),
    "prior key": (
        SAMPLE,
        "low = 0.005, high = 0.08",
        "low = 0.005, hihg = 0.08",
        ["prior.hihg", "Did you mean 'high'"],
    ),
    "prior swapped": (SAMPLE, "low = 8, high = 18", "low = 18, high = 8", ["not below"]),
    "prior misses value": (SAMPLE, "low = 8, high = 18", "low = 13, high = 18", ["value 12"]),
    "prior outside bounds": (
        SAMPLE,
        '{ dist = "loguniform", low = 0.005, high = 0.08 }',
        '{ dist = "normal", mean = -5, sd = 0.1 }',
        ["prior: normal(mean=-5, sd=0.1)", "outside [0, 1]"],
    ),
    "narrow prior of an assumption": (
        SAMPLE,
        "low = 0.005, high = 0.08",
        "low = 0.019, high = 0.021",
        ["[leave_hazard] prior", "narrow for an assumption"],
    ),
    "no prior": (
        SAMPLE,
        'prior = { dist = "uniform", low = 8, high = 18 }\n',
        "",
        ["[stay_weeks] prior: missing", "lever"],
    ),
    "no alternatives": (
        SAMPLE,
        'prior = { dist = "discrete", values = ["either_or", "stacked"] }\n',
        "",
        ["[support_rule] prior", "alternatives"],
    ),
    "value is no alternative": (SAMPLE, 'value = "either_or"', 'value = "both"', ['"both"']),
    "concentration": (SAMPLE, "[7, 3]", "[7, 3, 1]", ["3 numbers for 2 shares"]),
    "shares": (SAMPLE, "family = 0.3", "family = 0.4", ["sums to 1.1", "must sum to 1"]),
    "kind against maps": (
        SAMPLE,
        'maps = "identity"\nsources = [{ ref = "s1"',
        'maps = "elicited"\nmaps_note = "x"\nsources = [{ ref = "s1"',
        ["maps = 'elicited'", "measured"],
    ),
    "no note": (SAMPLE, 'maps_note = "7 / 10."\n', "", ["[household_shares] maps_note", "empty"]),
    "no source": (SAMPLE, '[{ ref = "s1", locator = "B4" }]', "[]", ["sources: empty"]),
    "says nothing": (SAMPLE, 'says = "Not known."', 'says = ""', ["[leave_hazard] says"]),
    "value and table": (SAMPLE, "table =", "value = 3\ntable =", ["either a value or a table"]),
    "unknown table": (SAMPLE, "outflow.csv", "outflo.csv", ["'dtv_caseload_outflow.csv'"]),
    "score": ("pedigrees.toml", "proxy = 4", "proxy = 5", ["[legal_clocks] proxy = 5", "4"]),
    "pedigree key": (
        "pedigrees.toml",
        "proxy = 4",
        "poxy = 4",
        ["poxy", "Did you mean 'proxy'", "proxy: missing"],
    ),
    "bibliography key": (
        "bibliography.toml",
        'author = "Marian',
        'auther = "Marian',
        ["[s0] auther", "Did you mean 'author'"],
    ),
    "table column": (
        TABLE,
        "outflow,year,persons",
        "outflow,year,people",
        ["'persons' is missing"],
    ),
    "table cell": (TABLE, "2011,2050", "2011,many", ["line 2", "persons = 'many'", "whole"]),
    "table empty cell": (TABLE, "2011,2050", "2011,", ["line 2", "persons = ''", "empty"]),
    "table negative": (TABLE, "2011,2050", "2011,-5", ["line 2", "'-5'", "below 0"]),
    "table category": (TABLE, "forced,2011", "forcd,2011", ["'forcd'", "Did you mean 'forced'"]),
    "table key twice": (
        TABLE,
        "independent,2012",
        "independent,2011",
        ["line 3", "line 2 already"],
    ),
    "table row": (TABLE, "2011,2050", "2011", ["line 2", "2 cells for 3 columns"]),
    "table binary": (TABLE, None, b"\x89PNG\xff", ["UTF-8"]),
    "table empty": (TABLE, "outflow,year,persons\n", "outflow,year,persons\n#", ["line 2"]),
    "schema key": ("data/schema.toml", "low = 2013", "lo = 2013", ["lo = 2013", "'low'"]),
    "schema ref": ("data/schema.toml", 'ref = "wgi"', 'ref = "wg"', ["'wg'", "'wgi'"]),
}


def all_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "readers", lambda names, _: {name: ["here"] for name in names})


def check(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = main(["check", "--evidence", str(folder)])
    out, err = capsys.readouterr()
    return code, out, err


def test_sound_evidence_passes_and_its_grades_are_shown(
    evidence_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    all_read(monkeypatch)
    code, out, err = check(evidence_folder, capsys)
    assert (code, err) == (0, "")
    assert out.splitlines()[:6] == [
        "role           A     B     C     D   all",
        "fixed          0     1     0     0     1",
        "calibrate      0     1     0     1     2",
        "lever          0     1     0     0     1",
        "switch         0     1     0     0     1",
        "1 of 5 records (20 %) are assumptions.",
    ]
    assert "5 records, 25 data tables" in out


@pytest.mark.parametrize("kind", BROKEN)
def test_every_broken_kind_is_named_with_its_place(
    kind: str, evidence_folder: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    all_read(monkeypatch)
    file, old, new, named = BROKEN[kind]
    path = evidence_folder / file
    if old is None:
        path.write_bytes(new if isinstance(new, bytes) else new.encode())
    else:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, str(new), 1), encoding="utf-8")
    code, _, err = check(evidence_folder, capsys)
    assert code == 1
    assert file.rpartition("/")[2] in err
    for each in named:
        assert each in err
    assert "Traceback" not in err
    assert "pydantic" not in err


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def unreadable(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)  # a link to itself: nobody can read it, not even root


REPLACED: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "folder for records": (SAMPLE, a_folder, "sample.toml: a folder stands"),
    "folder for pedigrees": ("pedigrees.toml", a_folder, "pedigrees.toml: a folder stands"),
    "folder for a table": (TABLE, a_folder, "a folder stands"),
    "unreadable records": (SAMPLE, unreadable, "sample.toml: cannot be read"),
    "unreadable table": (TABLE, unreadable, "dtv_caseload_outflow.csv: cannot be read"),
    "no bibliography": ("bibliography.toml", lambda p: p.unlink(), "bibliography.toml: no such"),
    "no pedigrees": ("pedigrees.toml", lambda p: p.unlink(), "pedigrees.toml: no such file"),
    "no table": (TABLE, lambda p: p.unlink(), "dtv_caseload_outflow.csv: missing"),
    "no schema": ("data/schema.toml", lambda p: p.unlink(), "schema.toml: no such file"),
}


@pytest.mark.parametrize("kind", REPLACED)
def test_what_cannot_be_read_is_named(
    kind: str, evidence_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, replace, named = REPLACED[kind]
    replace(evidence_folder / file)
    code, _, err = check(evidence_folder, capsys)
    assert code == 1
    assert named in err


def test_a_name_in_two_files_is_named_with_both(
    evidence_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    records = evidence_folder / "records"
    (records / "second.toml").write_text((records / "sample.toml").read_text(), encoding="utf-8")
    code, _, err = check(evidence_folder, capsys)
    assert code == 1
    assert "records/second.toml [stay_weeks]: stands in records/sample.toml too" in err


def test_a_table_without_schema_is_named(
    evidence_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (evidence_folder / "data" / "extra.csv").write_text("a\n1\n", encoding="utf-8")
    code, _, err = check(evidence_folder, capsys)
    assert code == 1
    assert "data/extra.csv: no schema" in err


def test_mistakes_of_all_files_come_at_once(
    evidence_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file, old, new, _ in (BROKEN["wrong type"], BROKEN["score"], BROKEN["table cell"]):
        path = evidence_folder / file
        path.write_text(path.read_text("utf-8").replace(str(old), str(new), 1), encoding="utf-8")
    _, _, err = check(evidence_folder, capsys)
    assert "title = 3" in err
    assert "proxy = 5" in err
    assert "'many'" in err


def test_a_missing_folder_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = check(tmp_path / "nothing", capsys)
    assert code == 1
    assert "no such evidence folder" in err


def test_a_record_that_nobody_reads_is_an_error(
    evidence_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = check(evidence_folder, capsys)
    assert code == 1
    assert "records/sample.toml [leave_hazard]: nothing in the code reads this record" in err


@cache
def searched(names: tuple[str, ...], root: Path) -> dict[str, list[str]]:
    """Return the readers of all records of the sample, of one search of the program text."""
    return READERS(names, root)


@pytest.fixture
def sample_is_shipped(evidence_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = registry.load_registry(evidence_folder)
    monkeypatch.setattr(registry, "registry", lambda: loaded)
    every = (*loaded.names(),)

    def read(names: Iterable[str], root: Path) -> dict[str, list[str]]:
        return {name: searched(every, root)[name] for name in names}

    monkeypatch.setattr(readers, "readers", read)


@pytest.mark.usefixtures("sample_is_shipped")
def test_explain_prints_json_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "stay_weeks", "--json"]) == 0
    out, err = capsys.readouterr()
    told = json.loads(out)
    assert err == ""
    assert told["value"] == 12
    assert told["bounds"] == [0, 104]
    assert told["prior"] == "uniform(low=8, high=18)"
    assert [(each["from"], each["value"]) for each in told["dated"]] == [
        ("2014-10-01", 3),
        ("2016-01-01", 6),
    ]
    assert told["sources"][0]["locator"] == "B4"
    assert told["sources"][0]["author"] == "Ester Gerrits van den Enden"
    assert told["grade"] == "B"
    assert told["pedigree"]["strength"] == 0.625
    assert told["readers"] == []


@pytest.mark.usefixtures("sample_is_shipped")
@pytest.mark.parametrize("name", ["stay_weeks", "household_shares", "support_rule", "closings"])
def test_explain_tells_a_reader_the_same(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", name]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert f"name: {name}\n" in out
    assert "proxy 4, empirical 3, method 2, validation 1" in out
    assert "readers: none" in out


@pytest.mark.usefixtures("sample_is_shipped")
def test_explain_asks_whether_a_near_name_was_meant(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "stay_week"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "'stay_week': unknown. Did you mean 'stay_weeks'" in err


def test_write_docs_writes_pages_and_figure_or_says_where_to_run(
    evidence_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(readers, "readers", lambda names, _: {name: ["here"] for name in names})
    monkeypatch.chdir(tmp_path)
    arguments = ["check", "--evidence", str(evidence_folder), "--write-docs"]
    assert main(arguments) == 1
    assert "no folder docs here" in capsys.readouterr().err
    docs = tmp_path / "docs"
    docs.mkdir()
    assert main(arguments) == 0
    assert "### `stay_weeks`" in (docs / "parameters.md").read_text(encoding="utf-8")
    assert "## Push" in (docs / "factors.md").read_text(encoding="utf-8")
    assert (docs / "images" / "forces.png").read_bytes().startswith(b"\x89PNG")


def test_explain_levers_shows_one_lever(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "levers", "right_to_work", "--json"]) == 0
    out, err = capsys.readouterr()
    assert (json.loads(out)["id"], err) == ("right_to_work", "")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (["levers", "right_to_wrk"], "lever 'right_to_wrk': unknown. Did you mean 'right_to_work'"),
        (["rean_open", "rean_adult"], "'rean_adult': explain takes one name"),
    ],
)
def test_explain_refuses_a_second_name_that_it_does_not_know(
    said: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", *said]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
