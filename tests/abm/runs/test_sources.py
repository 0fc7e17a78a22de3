"""The hash of sources: what moves it, and what does not."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.runs import sources
from terugkeer.abm.runs.run_design import run_design
from terugkeer.abm.runs.sources import HOUSE, loaded_sources, source_files, sources_hash

from tests.abm.runs.stand_in import fake_world
from tests.abm.runs.stand_in.planned import small

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RULE = '''"""A rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..world import model
from .deep.rule import LIMIT  # where it stands

if TYPE_CHECKING:
    from .words import Word


def leaves(weeks: int) -> bool:
    """Return whether somebody leaves."""
    # after so many weeks
    told = "Leaves."
    return weeks + 1 > LIMIT
'''
HOUSE_OF_FILES = {
    "abm/__init__.py": "",
    "abm/runs/__init__.py": '"""Runs."""\n',
    "abm/runs/rule.py": RULE,
    "abm/runs/deep/__init__.py": "",
    "abm/runs/deep/rule.py": "import numpy as np\nimport terugkeer.agents.codes\n\nLIMIT = 12\n",
    "abm/runs/words.py": "WORD = 1\n",
    "abm/world/__init__.py": "",
    "abm/world/model.py": "def late() -> int:\n    from ...agents import traits\n    return 2\n",
    "abm/numpy.py": "",
    "agents/__init__.py": "",
    "agents/codes.py": "CODE = 1\n",
    "agents/traits.py": "TRAIT = 1\n",
    "agents/unread.py": "UNREAD = 1\n",
}


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in HOUSE_OF_FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(sources, "ENTRIES", ("abm/runs/rule.py",))
    return tmp_path


def test_the_files_are_those_that_the_entry_imports_wherever_it_does(house: Path) -> None:
    assert list(source_files(house)) == [
        "abm/__init__.py",
        "abm/runs/__init__.py",
        "abm/runs/deep/__init__.py",
        "abm/runs/deep/rule.py",
        "abm/runs/rule.py",
        "abm/world/__init__.py",
        "abm/world/model.py",
        "agents/__init__.py",
        "agents/codes.py",
        "agents/traits.py",
    ]


def test_other_entries_have_other_files(house: Path) -> None:
    assert list(source_files(house, ("abm/world/model.py",))) == [
        "abm/world/model.py",
        "agents/__init__.py",
        "agents/traits.py",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Return whether somebody leaves.", "Say who leaves."),
        ('    """Return whether somebody leaves."""\n', ""),
        ('"""A rule."""', '"""Another word\n\nfor it."""'),
        ("    # after so many weeks\n", ""),
        ("  # where it stands", "  # elsewhere"),
        ("\n\n\n", "\n\n\n\n\n"),
        ('"Leaves."', "'Leaves.'"),
        ("weeks + 1 > LIMIT", "(\n        weeks + 1\n    ) > LIMIT"),
        ("    from .words import Word\n", "    from ..world.events import Event\n"),
    ],
)
def test_words_and_layout_move_nothing(house: Path, old: str, new: str) -> None:
    before = source_files(house)
    assert old in RULE
    (house / "abm/runs/rule.py").write_text(RULE.replace(old, new), encoding="utf-8")
    assert source_files(house) == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("weeks + 1 > LIMIT", "weeks + 2 > LIMIT"),
        ("weeks + 1 > LIMIT", "weeks - 1 > LIMIT"),
        ("weeks + 1 > LIMIT", "weeks + 1 >= LIMIT"),
        ("weeks + 1 > LIMIT", "not weeks + 1 > LIMIT"),
        ("weeks + 1 > LIMIT", "weeks + True > LIMIT"),
        ("weeks + 1 > LIMIT", "weeks + 1.0 > LIMIT"),
        ("weeks: int", "weeks: int = 3"),
        ("    return weeks + 1 > LIMIT", "    weeks + 1 > LIMIT"),
        ('    told = "Leaves."\n', "    weeks = None\n"),
    ],
)
def test_a_changed_rule_moves_its_file(house: Path, old: str, new: str) -> None:
    before = source_files(house)
    assert old in RULE
    (house / "abm/runs/rule.py").write_text(RULE.replace(old, new), encoding="utf-8")
    now = source_files(house)
    assert {name for name in now if now[name] != before.get(name)} == {"abm/runs/rule.py"}
    assert sources_hash(now) != sources_hash(before)


def test_statements_do_not_slip_between_blocks(house: Path) -> None:
    told = []
    for text in (
        "if a:\n    b()\nc()\n",
        "if a:\n    b()\n    c()\n",
        "if a:\n    b()\nelse:\n    c()\n",
    ):
        (house / "abm/runs/rule.py").write_text(text, encoding="utf-8")
        told.append(source_files(house)["abm/runs/rule.py"])
    assert len(set(told)) == 3


@pytest.mark.parametrize(
    "name",
    [
        "agents/unread.py",
        "agents/codes_backup.py",
        "abm/runs/.ipynb_checkpoints/rule-checkpoint.py",
        "abm/runs/__pycache__/rule.py",
        "abm/notes.txt",
    ],
)
def test_a_file_that_nothing_imports_moves_nothing(house: Path, name: str) -> None:
    before = source_files(house)
    (house / name).parent.mkdir(exist_ok=True)
    (house / name).write_text("this is (no Python\n", encoding="utf-8")
    assert source_files(house) == before


def test_the_hash_is_the_same_under_every_python(house: Path) -> None:
    """Pinned: a folder goes on under another version."""
    text = (
        "@wraps(f)\nasync def f(a, /, b=1, *c, d=None, **e) -> int | None:\n"
        "    async with a as b: return f'{b!r:>{d}} {a[1:, ::2]}'\n"
        "class A(B, metaclass=C): x: int = -0.5\n"
        "match a:\n    case {'x': 1, **r} if r: pass\n    case [1, *_] | None: ...\n"
        "z = lambda *, q=b'q': [(yield w) for w in q if w < 1j]\n"
        "try: pass\nexcept* OSError as e: raise e from None\n"
    )
    (house / "abm/runs/rule.py").write_text(text, encoding="utf-8")
    assert source_files(house)["abm/runs/rule.py"] == (
        "248ae5b96d2d58533a4013d3ef65cff36fbc8b1cea1d44d79f88bab0f63ed005"
    )


def test_what_makes_a_run_counts_and_what_stores_or_tells_it_does_not() -> None:
    files = loaded_sources()
    assert all((HOUSE / name).is_file() for name in files)
    assert {
        "agents/codes.py",
        "abm/evidence/record.py",
        "abm/observation/catalogue.py",
        "abm/world/plan.py",
        "abm/world/phases/exit.py",
        "abm/runs/extra_tables.py",
        "abm/runs/simulate.py",
    } <= set(files)
    assert all(name.startswith(("abm/", "agents/")) for name in files)
    for outside in ("store", "pace", "provenance", "part", "comparison", "throughput", "sources"):
        assert f"abm/runs/{outside}.py" not in files


def test_no_file_that_counts_imports_by_a_computed_name() -> None:
    """Which would be missed."""
    for name in loaded_sources():
        text = (HOUSE / name).read_text(encoding="utf-8")
        assert not re.search(r"import_module|__import__|\bexec\(|\beval\(", text), name


def test_one_hash_covers_names_and_contents() -> None:
    assert sources_hash({"a": "1", "b": "2"}) == sources_hash({"b": "2", "a": "1"})
    assert len({sources_hash(each) for each in ({"a": "1"}, {"a": "2"}, {"b": "1"}, {})}) == 4
    assert len(sources_hash({})) == 64


@pytest.fixture
def edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the house that every part of a session takes for its own."""
    copy = tmp_path / "house"
    for name in loaded_sources():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(HOUSE / name, copy / name)
    monkeypatch.setattr(sources, "HOUSE", copy)
    loaded_sources.cache_clear()
    yield copy
    monkeypatch.undo()
    loaded_sources.cache_clear()


def test_a_folder_goes_on_after_reworded_docstrings_and_stray_files(
    edited: Path, folder: Path
) -> None:
    for path in edited.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        path.write_text("# reworded\n\n" + text.replace('"""Return', '"""Give'), encoding="utf-8")
    (edited / "abm/world/model_backup.py").write_text("half a", encoding="utf-8")
    store = run_design(small((1, 2, 3, 4, 5)), folder, workers=1, simulate=fake_world.simulate)
    assert len(store.done()) == 5
    assert store.runs()["status"].eq("done").all()


def test_a_folder_does_not_go_on_after_a_changed_constant(edited: Path, folder: Path) -> None:
    path = edited / "abm/world/calendar.py"
    text = path.read_text(encoding="utf-8")
    assert "EPOCH = date(2001, 1, 1)" in text
    path.write_text(text.replace("date(2001, 1, 1)", "date(2001, 1, 8)"), encoding="utf-8")
    with pytest.raises(InputError, match=r"(?s)abm/world/calendar\.py: changed.*another --out"):
        run_design(small((1, 2, 3, 4, 5)), folder, workers=1, simulate=fake_world.simulate)
