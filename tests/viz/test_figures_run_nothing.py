"""Figures run nothing: they read tables, evidence and codes, and know no world and no run."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
MAY: Final = ("agents", "abm.evidence", "abm.observation", "viz.figures")


def forbidden(root: Path) -> list[str]:
    """Return imports by figures of what is neither a table, nor evidence, nor a code."""
    wrong = []
    for path in sorted((root / "viz" / "figures").rglob("*.py")):
        package = path.relative_to(root).parent.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [each.name for each in node.names]
            elif isinstance(node, ast.ImportFrom):
                above = package[: len(package) - node.level + 1] if node.level else ()
                start = ".".join((*above, *filter(None, [node.module])))
                names = [f"{start}.{each.name}".lstrip(".") for each in node.names]
            else:
                continue
            ours = [
                name.removeprefix("terugkeer.")
                for name in names
                if node.__dict__.get("level") or name.startswith("terugkeer")
            ]
            wrong += [
                f"{path.name}:{node.lineno} imports {name}"
                for name in ours
                if not any(f"{name}.".startswith(f"{room}.") for room in MAY)
            ]
    return wrong


def test_no_figure_knows_a_world_or_a_run() -> None:
    assert forbidden(ROOT) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from ...abm.world.model import ReturnModel\n", "abm.world.model.ReturnModel"),
        ("def f():\n    from ...abm.runs.simulate import simulate\n", "abm.runs.simulate.simulate"),
        ("from ...abm import runs\n", "abm.runs"),
        ("import terugkeer.abm.runs.run_design\n", "abm.runs.run_design"),
        ("from terugkeer import abm\n", "abm"),
        ("if TYPE_CHECKING:\n    from ...abm.space.emulator import x\n", "abm.space.emulator.x"),
        ("from ..page import app\n", "viz.page.app"),
    ],
)
def test_a_planted_import_is_found(tmp_path: Path, text: str, found: str) -> None:
    folder = tmp_path / "viz" / "figures"
    folder.mkdir(parents=True)
    (folder / "planted.py").write_text(f"import numpy\nfrom .palette import INK\n{text}", "utf-8")
    (wrong,) = forbidden(tmp_path)
    assert wrong.startswith("planted.py:")
    assert wrong.endswith(f" imports {found}")
