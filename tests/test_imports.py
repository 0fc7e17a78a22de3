"""Imports point downwards only, and nothing imports in a circle, at any depth.

Imports for annotations count: what a file must know of to be understood is what it imports.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path

import networkx as nx
import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("agents", "abm", "calibration", "viz", "experiments", "studies", "tests")
ALLOWED = {
    # place: what it may import besides itself
    "agents": set(),
    "abm": {"agents"},
    "calibration": {"abm", "agents"},
    "viz": {"abm", "agents"},
    "experiments": {"abm", "agents", "calibration", "viz"},
    "studies": {"abm", "agents", "calibration", "viz", "experiments"},
    "tests": {"abm", "agents", "calibration", "viz", "experiments", "studies"},
    "abm/errors": set(),
    "abm/interruption": set(),
    "abm/evidence": {"abm/errors"},
    "abm/world": {"abm/errors", "abm/interruption", "abm/evidence"},
    "abm/observation": {"abm/errors", "abm/evidence", "abm/world"},
    "abm/runs": {"abm/errors", "abm/interruption", "abm/evidence", "abm/world", "abm/observation"},
    "abm/space": {"abm/errors", "abm/evidence", "abm/world", "abm/observation", "abm/runs"},
}


@cache  # no test changes a file that it has read
def imported(path: Path, root: Path) -> list[tuple[int, tuple[str, ...]]]:
    """Return line and module (without `terugkeer`) of every import, wherever it stands."""
    package = path.relative_to(root).parent.parts
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [tuple(each.name.split(".")) for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ("",)
            start = tuple((node.module or "").split(".")) if node.module else ()
            parents = base if node.level else ()
            names = [(*parents, *start, each.name) for each in node.names]
        else:
            continue
        for name in names:
            inside = name[1:] if name[0] == "terugkeer" else name
            if inside and inside[0] in ROOMS:
                found.append((node.lineno, inside))
    return found


def upward(root: Path) -> list[str]:
    """Return every import that points upwards or sideways."""
    wrong = []
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            here = path.relative_to(root).with_suffix("").parts
            for line, there in imported(path, root):
                if not permitted(here, there):
                    wrong.append(f"{'/'.join(here)}.py:{line} imports {'.'.join(there)}")
    return wrong


def permitted(here: tuple[str, ...], there: tuple[str, ...]) -> bool:
    if there[0] != here[0]:
        return there[0] in ALLOWED[here[0]]
    if here[0] != "abm" or len(here) < 2 or len(there) < 2:
        return True
    source, target = "/".join(here[:2]), "/".join(there[:2])
    return source == target or target in ALLOWED.get(source, set())


def edges(root: Path) -> list[tuple[tuple[str, ...], tuple[str, ...], int]]:
    """Return importing file, imported file or folder, and line, of every import of ours."""
    modules = {
        path.relative_to(root).with_suffix("").parts
        for room in ROOMS
        for path in (root / room).rglob("*.py")
    }
    found = []
    for here in sorted(modules):
        for line, name in imported(root.joinpath(*here).with_suffix(".py"), root):
            # `from .a import b`: b may be a file of its own, or something in a, or in a/__init__
            for there in (name, name[:-1], (*name, "__init__"), (*name[:-1], "__init__")):
                if there in modules:
                    found.append((here, there, line))
                    break
    return found


def circles(root: Path) -> list[str]:
    """Return every circle of files, and of files and folders that lie side by side."""
    graphs: dict[str, nx.DiGraph[str]] = defaultdict(nx.DiGraph)
    for here, there, line in edges(root):
        graphs["files"].add_edge("/".join(here), "/".join(there), line=line)
        if here != there:
            depth = next(i for i in range(len(here)) if here[: i + 1] != there[: i + 1])
            one, other = "/".join(here[: depth + 1]), "/".join(there[: depth + 1])
            graphs["/".join(here[:depth])].add_edge(one, other)
    found = []
    for graph in graphs.values():
        found += [
            " <-> ".join(sorted(circle))
            for circle in nx.strongly_connected_components(graph)
            if len(circle) > 1
        ]
    return sorted(set(found))


def test_nothing_imports_in_a_circle() -> None:
    assert len(edges(ROOT)) > 500
    assert circles(ROOT) == []


def test_no_import_points_upwards() -> None:
    assert upward(ROOT) == []


def test_every_folder_of_abm_has_its_place() -> None:
    folders = {f"abm/{each.name}" for each in (ROOT / "abm").iterdir() if each.is_dir()}
    assert {each for each in folders if not each.endswith("__pycache__")} <= set(ALLOWED)


@pytest.mark.parametrize(
    ("file", "text", "found"),
    [
        ("agents/a.py", "from ..abm.errors import InputError\n", "abm.errors.InputError"),
        ("agents/a.py", "import terugkeer.abm.world\n", "abm.world"),
        ("agents/a.py", "def f():\n    from .. import viz\n", "viz"),
        ("abm/evidence/a.py", "from ..world import calendar\n", "abm.world.calendar"),
        ("abm/evidence/a.py", "from .. import runs\n", "abm.runs"),
        (
            "abm/world/phases/a.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from ...runs.x import Y\n",
            "abm.runs.x.Y",
        ),
        ("abm/world/a.py", "from terugkeer.abm.observation import b\n", "abm.observation.b"),
        ("abm/world/a.py", "from ...experiments.cli import main\n", "experiments.cli.main"),
        ("calibration/a.py", "from ..viz import figures\n", "viz.figures"),
        (
            "viz/a.py",
            "try:\n    from ..calibration.b import c\nfinally:\n    pass\n",
            "calibration.b",
        ),
    ],
)
def test_a_planted_upward_import_is_found(tmp_path: Path, file: str, text: str, found: str) -> None:
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(text, encoding="utf-8")
    (wrong,) = upward(tmp_path)
    assert f"{file}:" in wrong
    assert f"imports {found}" in wrong


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("abm/world/a.py", "from ...agents import codes\nfrom ..evidence.value import Value\n"),
        ("abm/runs/a.py", "from ..observation.b import c\nfrom .b import c\n"),
        ("experiments/a.py", "from ..viz import b\nfrom ..calibration import c\nimport json\n"),
    ],
)
def test_a_downward_import_passes(tmp_path: Path, file: str, text: str) -> None:
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(text, encoding="utf-8")
    assert upward(tmp_path) == []


ONE_FOR_ANNOTATIONS = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .b import B\n"


@pytest.mark.parametrize(
    ("files", "circle"),
    [
        (
            {"agents/a.py": ONE_FOR_ANNOTATIONS, "agents/b.py": "from .a import A\n"},
            "agents/a <-> agents/b",
        ),
        (
            {
                "abm/world/a.py": "from .b import B\n",
                "abm/world/b.py": "def f():\n    from . import c\n",
                "abm/world/c.py": "from terugkeer.abm.world.a import A\n",
            },
            "abm/world/a <-> abm/world/b <-> abm/world/c",
        ),
        (
            {
                "abm/world/help/a.py": "from ..ties.b import B\n",
                "abm/world/ties/b.py": "",
                "abm/world/ties/c.py": "from ..help.d import D\n",
                "abm/world/help/d.py": "",
            },
            "abm/world/help <-> abm/world/ties",
        ),
        (
            {
                "experiments/reports/a.py": "from ..session import S\n",
                "experiments/session.py": "from .reports import b\n",
                "experiments/reports/b.py": "",
            },
            "experiments/reports <-> experiments/session",
        ),
        (
            {
                "viz/a.py": "from ..calibration.b import B\n",
                "calibration/b.py": "from ..viz import a\n",
            },
            "calibration <-> viz",
        ),
    ],
)
def test_a_planted_circle_is_found(tmp_path: Path, files: dict[str, str], circle: str) -> None:
    for file, text in files.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    assert circle in circles(tmp_path)


def test_files_that_import_one_way_are_no_circle(tmp_path: Path) -> None:
    for file, text in {
        "abm/world/a.py": "from .help.b import B\n",
        "abm/world/help/b.py": "from .c import C\nfrom ..c import C\n",
        "abm/world/help/c.py": "from ....agents.codes import Place\n",
        "abm/world/c.py": "",
        "agents/codes.py": "",
    }.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    assert len(edges(tmp_path)) == 4
    assert circles(tmp_path) == []
