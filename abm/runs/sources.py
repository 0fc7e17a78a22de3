"""The sources that decide a run's numbers, and the hash of their rules."""

from __future__ import annotations

import ast
import functools
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HOUSE: Final = Path(__file__).parents[2]  # holds the rooms `agents` and `abm`
PACKAGE: Final = "terugkeer"
# These make a run; they count together with everything that they import.
ENTRIES: Final = (
    "abm/evidence/registry.py",  # reads the records
    "abm/runs/planned_run.py",  # sets the values of a design row
    "abm/runs/simulate.py",  # lives the weeks
    "abm/runs/finished_run.py",  # keeps the tables
    "abm/runs/outcomes.py",  # counts the rows
)


def source_files(house: Path, entries: tuple[str, ...] | None = None) -> dict[str, str]:
    """Return a hash of the rules in each Python file that decides numbers.

    These are the entries and the files that they import, directly or through others.
    Docstrings, comments, layout and imports for type checking do not count.

    Parameters
    ----------
    house : Path
        The folder that holds the rooms.
    entries : tuple of str or None, optional
        Paths below the house; if left out, those of what makes a run.

    Returns
    -------
    dict of str to str
        SHA-256 by path below the house, sorted by path; the same under every
        supported version of Python.
    """
    found: dict[str, str] = {}
    waiting = list(ENTRIES if entries is None else entries)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        rules = _Rules()
        rules.read(ast.parse((house / name).read_bytes(), name))
        found[name] = hashlib.sha256("\n".join(rules.text).encode()).hexdigest()
        waiting += _imported(rules.imports, house, tuple(name.split("/")[:-1]))
    return dict(sorted(found.items()))


@functools.cache
def loaded_sources() -> Mapping[str, str]:
    """Return `source_files` as they were when this process first asked.

    A process imports a file once; what is edited later does not reach it.
    """
    return source_files(HOUSE)


def sources_hash(files: Mapping[str, str]) -> str:
    """Return one hash (64 hexadecimal digits) of the hashes of files by path."""
    return hashlib.sha256(json.dumps(dict(files), sort_keys=True).encode()).hexdigest()


class _Rules:
    """What a run reads of a syntax tree, as lines of text.

    `ast.dump` names fields that only some versions of Python have.
    """

    def __init__(self) -> None:
        self.text: list[str] = []
        self.imports: list[ast.Import | ast.ImportFrom] = []

    def read(self, node: ast.AST) -> None:
        """Read a node with all below it."""
        self.text.append(type(node).__name__)
        if isinstance(node, ast.Import | ast.ImportFrom):
            self.imports.append(node)
        if isinstance(node, ast.JoinedStr):  # Python 3.12 may put an empty text behind a format
            node.values = [each for each in node.values if getattr(each, "value", None) != ""]
        for name in node._fields:
            value = getattr(node, name, None)
            if value is None or value == []:  # a later Python may have more fields
                continue
            if isinstance(value, ast.expr_context):  # follows from where the name stands
                continue
            self.text.append(name)
            if isinstance(value, ast.AST):
                self.read(value)
            elif isinstance(value, list):
                self._read_all(value)
            else:
                self.text.append(repr(value))

    def _read_all(self, nodes: list[object]) -> None:
        for node in nodes:
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                continue  # a docstring: a constant that nothing takes
            if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
                self._read_all([*node.orelse])
            elif isinstance(node, ast.AST):
                self.read(node)
            else:
                self.text.append(repr(node))
        self.text.append("end")


def _imported(
    imports: list[ast.Import | ast.ImportFrom], house: Path, package: tuple[str, ...]
) -> Iterator[str]:
    """Yield the files of the house that a file of a package imports."""
    for node in imports:
        if isinstance(node, ast.Import):
            names = [tuple(each.name.split(".")) for each in node.names]
        else:
            # one dot is the package itself; the house is the package of all
            start = (PACKAGE, *package)[: len(package) + 2 - node.level] if node.level else ()
            module = tuple(node.module.split(".")) if node.module else ()
            names = [(*start, *module, each.name) for each in node.names]
        for first, *rest in names:
            for length in range(1, len(rest) + 1 if first == PACKAGE else 0):
                path = "/".join(rest[:length])
                for file in (f"{path}/__init__.py", f"{path}.py"):
                    if (house / file).is_file():
                        yield file
