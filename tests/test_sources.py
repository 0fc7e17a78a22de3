"""What is cited exists: codes stand on docs/sources.md, headings of the ODD on docs/odd.md."""

from __future__ import annotations

import csv
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import pytest
from terugkeer.abm.world.plan import week_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[1]
DOCS: Final = ROOT / "docs"
ROOMS: Final = ("abm", "agents", "calibration", "experiments", "viz", "studies")
PAGES: Final = ("README.md", "CONTRIBUTING.md", "docs/*.md", "docs/nl/*.md", "studies/**/*.md")
SHEETS: Final = ("s0", "s1", "s2", "s3", "s4", "x5")

# --- how a code is read; docs/sources.md tells it to readers ---

NOISE = r"\btables? \d+(?:(?:, | and |-)\d+)*|\(\d\)|\b(?:end of|row|section) "
LINES = r"\bL(?:\d{3,4}(?:-\d+)?|\d{2}-\d+)(?!\d)"
ROW = r"\bL\.?\d{1,2}(?![\d-])|\b[A-KNPRSV]\.?\d{1,2}(?:\.\d+)?[ab]?(?![\d%])"
TO = r"-[A-Z]?\d{1,2}(?!\d)"
ANNEX = r"\b[Aa]nnex \d"
PART = r"\b\d\.\d\b"
NUMBER = r"\b\d{1,2}[ab]?(?![\d.%]| %)"
LETTER = r"\b[A-L](?![\w'.])"
TOKEN: Final = re.compile(
    rf"(?P<lines>{LINES})|(?P<row>{ROW})(?P<to>{TO})?|(?P<annex>{ANNEX})|(?P<part>{PART})"
    rf"|(?P<letter>{LETTER})"
)
PIECE = rf"(?:{NOISE}|{LINES}|{ANNEX}|(?:{ROW})(?:{TO})?|{PART}|{NUMBER}|{LETTER})"
BETWEEN = r"(?:, | and |; |: | \(| with | |\), )*"
CITED: Final = re.compile(rf"\b({'|'.join(SHEETS)}) ({PIECE}(?:{BETWEEN}{PIECE})*)")


def plain(source: str, locator: str) -> str:
    """Return a locator in which every row is written as docs/sources.md writes it."""
    locator = re.sub(NOISE, "", locator)
    if source == "s2":
        locator = re.sub(r"\bD[12] (?=\d{1,2}[ab]?\b)", "D", locator)  # `D1 5b`
    if source == "s3":
        locator = re.sub(r"\b([BC])(?=\d)", r"\1.", locator)
    else:
        locator = re.sub(r"\b([A-K]\d+)\.\d+", r"\1", locator)  # `C2.6`: item 6 of C2
    locator = re.sub(rf"^(?={NUMBER})", "D", locator)  # `s4 18`
    locator = re.sub(r"\bL(?=\d{1,2}(?![\d-]))", "L.", locator)  # `L10`: row 10 of section L
    locator = re.sub(r"\b[A-L] (?=[NPRSV]\d)", "", locator)  # `F V12`, `G R2`
    return re.sub(r"\b([A-L]) (?=\d)", r"\1", locator)  # `G 22`


def rows_of(source: str, locator: str) -> list[str]:
    """Return the rows that a locator names; lines count where no row goes before them."""
    found: list[str] = []
    letter = ""  # of the section that stands before
    for token in TOKEN.finditer(plain(source, locator)):
        text = token[0]
        match token.lastgroup:
            case "lines" if letter:
                found = [row for row in found if row != letter]
                found.append(f"{letter} {first_line(text)}")
            case "lines" if not found or re.fullmatch(r"L\d+", found[-1]):
                found.append(first_line(text))
            case "letter":
                letter = text
                found.append(letter)
            case "row" | "to":
                letter = ""
                found.extend(between(token["row"], token["to"]))
            case "annex" if not found:
                found.append(text.lower())
            case "part":
                found.append(f"§{text}")
            case _:
                pass
    return found


def first_line(lines: str) -> str:
    """Return the first of `L1020-1036`, as `L1020`."""
    return lines.partition("-")[0]


def between(first: str, to: str | None) -> list[str]:
    """Return the rows of `D5-D8`, and of `D5` itself alone."""
    if to is None:
        return [first]
    start, end = (int(re.sub(r"\D", "", each)) for each in (first, to))
    head = first.rstrip("0123456789")
    return [f"{head}{number}" for number in range(start, end + 1)]


def cited_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield source and row of every code in prose, a docstring or comments."""
    joined = re.sub(r"\s*\n\s*(?:# ?)?", " ", text)
    for cited in CITED.finditer(joined):
        for row in rows_of(cited[1], cited[2]):
            yield cited[1], row


def cited_in_toml(value: object) -> Iterator[tuple[str, str]]:
    """Yield source and row of every locator and every code in the text of a TOML file."""
    if isinstance(value, dict):
        if {"ref", "locator"} <= set(value):
            if value["ref"] in SHEETS:
                rows = rows_of(value["ref"], value["locator"])
                yield from ((value["ref"], row) for row in rows or ["no row"])
            return
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from cited_in_toml(each)
    elif isinstance(value, str):
        yield from cited_in(value)


@cache
def rows_on(page: str) -> dict[str, set[str]]:
    """Return the rows that a page of sources explains, by source."""
    parts = re.split(r"^## (s\d|x5):", page, flags=re.MULTILINE)[1:]
    found: dict[str, set[str]] = {}
    for source, part in zip(parts[::2], parts[1::2], strict=True):
        cells = re.findall(r"^\| (?!row )([^|]+) \| \S", part, flags=re.MULTILINE)
        found[source] = {row.strip() for cell in cells for row in cell.split(",")}
    return found


# --- where things are cited ---


@cache
def texts() -> dict[Path, str]:
    """Return the text of every file of the rooms, of records and of pages."""
    files = [
        path
        for room in ROOMS
        for end in ("py", "toml", "md")
        for path in (ROOT / room).rglob(f"*.{end}")
    ]
    files += [path for pattern in PAGES for path in ROOT.glob(pattern)]
    return {path: path.read_text(encoding="utf-8") for path in sorted(set(files))}


def unresolved(path: Path, text: str, page: str) -> set[tuple[str, str]]:
    """Return the codes of a file that a page of sources does not explain."""
    if path.suffix == ".toml":
        comments = "\n".join(line for line in text.splitlines() if line.startswith("#"))
        cited = [*cited_in_toml(tomllib.loads(text)), *cited_in(comments)]
    else:
        cited = [*cited_in(text)]
    known = rows_on(page)
    return {(source, row) for source, row in cited if row not in known[source]}


def headings(page: str) -> dict[str, str]:
    """Return the headings of a page that have an anchor, with it."""
    found = re.findall(r"^\((odd-[a-z-]+)\)=\n#+ (.+)$", page, flags=re.MULTILINE)
    return {title: anchor for anchor, title in found}


def odd_cited(text: str) -> set[str]:
    """Return the headings of the ODD that a text cites."""
    return {each.strip() for each in re.findall(r"\bODD:\s+([A-Z][A-Za-z ]*)", text)}


SOURCES: Final = (DOCS / "sources.md").read_text(encoding="utf-8")
ODD: Final = (DOCS / "odd.md").read_text(encoding="utf-8")


# --- sources ---


@pytest.mark.parametrize(
    ("source", "locator", "rows"),
    [
        ("s4", "D12 L2985-2991", ["D12"]),
        ("s4", "C gate L1333-1357, L6749-6760", ["C L1333", "C L6749"]),
        ("s4", "B3, B4 tables 4 and 5", ["B3", "B4"]),
        ("s4", "L.3, table 6", ["L.3"]),
        ("s4", "L10", ["L.10"]),
        ("s4", "2.6, D", ["§2.6", "D"]),
        ("s1", "L3286-3290, L3557-3559", ["L3286", "L3557"]),
        ("s1", "C2.6 L3405-3415", ["C2"]),
        ("s1", "G 22 L2914-2928", ["G22"]),
        ("s0", "F V11-V12 L1466-1547, L1613-1646", ["V11", "V12"]),
        ("s0", "J, L348-351, L2222-2238", ["J L348", "J L2222"]),
        ("s0", "B8 annex 3", ["B8"]),
        ("s2", "D1 5b L625-637", ["D5b"]),
        ("s2", "D8a, R11, L734-741", ["D8a", "R11"]),
        ("s3", "B13 L2542-2588", ["B.13"]),
        ("x5", "A7-A8; D5-8", ["A7", "A8", "D5", "D6", "D7", "D8"]),
        ("x5", "end of B", ["B"]),
    ],
)
def test_a_locator_is_read_as_the_page_says(source: str, locator: str, rows: list[str]) -> None:
    assert rows_of(source, locator) == rows


def test_codes_in_prose_are_found_over_the_ends_of_lines() -> None:
    text = "of the place (s2 D17, s4 G14,\n    # s0 F10, F12) and news (s2 19; s4\n  K)."
    text += " But s4 says 57 % and x5 2015."
    assert [*cited_in(text)] == [
        ("s2", "D17"),
        ("s4", "G14"),
        ("s0", "F10"),
        ("s0", "F12"),
        ("s2", "D19"),
        ("s4", "K"),
    ]


def test_every_code_that_is_cited_stands_on_the_page() -> None:
    missing = {
        str(path.relative_to(ROOT)): sorted(found)
        for path, text in texts().items()
        if (found := unresolved(path, text, SOURCES))
    }
    assert len(texts()) > 200
    assert missing == {}


def test_the_page_explains_every_factor_that_the_sheets_name() -> None:
    known = rows_on(SOURCES)
    with (DOCS / "factor_map.csv").open(encoding="utf-8", newline="") as file:
        rows = [(each["sheet"], each["row"]) for each in csv.DictReader(file)]
    missing = [
        (sheet, row)
        for sheet, row in rows
        if (row if row.startswith("F") else f"D{row}") not in known[sheet]
    ]
    assert len(rows) == 175
    assert missing == []


def test_a_row_stands_on_the_page_once() -> None:
    parts = re.split(r"^## (?:s\d|x5):", SOURCES, flags=re.MULTILINE)[1:]
    for part in parts:
        cells = re.findall(r"^\| (?!row )([^|]+) \| \S", part, flags=re.MULTILINE)
        rows = [row.strip() for cell in cells for row in cell.split(",")]
        assert len(rows) == len(set(rows)) > 50


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("planted.py", '"""Return it (s4 D12, D77)."""'),
        ("planted.md", "| a row | s4 77 |"),
        ("planted.toml", 'sources = [{ ref = "s4", locator = "D77 L1-2" }]'),
        ("planted.toml", 'dated = [{ source = { ref = "s4", locator = "D12, D77" } }]'),
        ("planted.toml", 'claims = { one = "s4 D77: so" }'),
        ("planted.toml", "# see s4 D77\nvalue = 1"),
    ],
)
def test_an_unknown_code_is_found(name: str, text: str) -> None:
    assert unresolved(Path(name), text, SOURCES) == {("s4", "D77")}


def test_a_locator_without_a_row_and_a_row_taken_from_the_page_are_found() -> None:
    nowhere = 'sources = [{ ref = "s4", locator = "somewhere" }]'
    assert unresolved(Path("planted.toml"), nowhere, SOURCES) == {("s4", "no row")}
    without = re.sub(r"^\| D12 \| travel debt.*\n", "", SOURCES, flags=re.MULTILINE)
    assert unresolved(Path("planted.py"), "(s4 D12)", without) == {("s4", "D12")}


# --- the ODD ---


def test_every_heading_that_is_cited_has_an_anchor() -> None:
    known = set(headings(ODD))
    cited = {path: odd_cited(text) for path, text in texts().items()}
    wrong = {str(path.relative_to(ROOT)): found - known for path, found in cited.items()}
    assert {path: found for path, found in wrong.items() if found} == {}
    assert len(set().union(*cited.values())) > 10
    assert odd_cited("own (ODD: Nowhere; glossary)") - known == {"Nowhere"}


def test_links_within_the_page_lead_to_an_anchor() -> None:
    anchors = set(headings(ODD).values())
    linked = set(re.findall(r"\]\(#([^)]+)\)", ODD))
    assert linked
    assert linked <= anchors


def test_the_page_has_the_seven_elements_and_the_eleven_concepts() -> None:
    elements = [title for title in headings(ODD) if f"\n## {title}\n" in ODD]
    assert elements[:6] == [
        "Purpose",
        "Entities, state variables and scales",
        "Process overview and scheduling",
        "Design concepts",
        "Initialization",
        "Input data",
    ]
    assert elements[6] == "Submodels"
    design = ODD.split("\n## Design concepts\n")[1].split("\n## ")[0]
    for concept in (
        *("Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction"),
        *("Sensing", "Interaction", "Stochasticity", "Collectives", "Observation"),
    ):
        assert f"\n### {concept}" in design


def test_the_plan_on_the_page_is_that_of_the_code() -> None:
    nothing = cast("Any", None)
    plan = [(phase.name, phase.does) for phase in week_plan(nothing, nothing, nothing, nothing)]
    table = ODD.split("<!-- plan -->")[1].split("<!-- end -->")[0]
    assert re.findall(r"^\| `(\w+)` \| (.+) \|$", table, flags=re.MULTILINE) == plan


def test_no_document_is_cited_that_does_not_ship() -> None:
    gone = re.compile(r"MODEL\s+(?:# ?)?sections?\s+\d")
    tests = {path: path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py")}
    assert [path for path, text in {**texts(), **tests}.items() if gone.search(text)] == []
    assert gone.search("MODEL " + "sections 3 and 4")
