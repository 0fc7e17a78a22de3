"""Which functions read a record: a search of the program text for its name."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...abm.evidence.record import Record

ROOT: Final = Path(__file__).parents[2]
ROOMS: Final = ("agents", "abm", "calibration", "viz", "experiments")
OWN: Final = ("abm", "evidence")  # what loads and shows every record reads none
# what the factors of the decision read
VARIABLES: Final = Path("abm", "world", "decision", "variables.py")


def readers(names: Iterable[str], root: Path = ROOT) -> dict[str, list[str]]:
    """Return the functions whose text holds the names of records.

    The search is static: a name counts if it stands as a whole string in a
    function, so names that are put together at run time are not found.

    Parameters
    ----------
    root : Path, optional
        The folder that holds the rooms.

    Returns
    -------
    dict of str to list of str
        For each name the places `room/file.py:function`, sorted; an empty
        list for a name that nobody reads.
    """
    found: dict[str, set[str]] = {name: set() for name in names}
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            place = path.relative_to(root)
            if place.parts[:2] == OWN or not path.is_file():
                continue
            for text, function in _texts(path, path.stat().st_mtime_ns):
                if text in found:
                    found[text].add(f"{place.as_posix()}:{function or 'module'}")
    return {name: sorted(places) for name, places in found.items()}


def record_readers(records: Iterable[Record], root: Path = ROOT) -> dict[str, list[str]]:
    """Return the functions that read records.

    The weights of all factors are read at once, as one catalogue; what makes a
    factor act is its variable. So a factor is read by the function of that
    name in `VARIABLES`, or by whatever names the variable there.

    Parameters
    ----------
    root : Path, optional
        The folder that holds the rooms.

    Returns
    -------
    dict of str to list of str
        For each record's name the places as `readers` gives them.
    """
    records = list(records)
    found = readers([each.name for each in records if each.factor is None], root)
    factors = [(each.name, each.factor.variable) for each in records if each.factor is not None]
    if factors:
        named = _variables(root)
        found |= {name: named.get(variable, []) for name, variable in factors}
    return found


def _variables(root: Path) -> dict[str, list[str]]:
    """Return where each variable stands: a function, or a string outside functions."""
    path = root / VARIABLES
    if not path.is_file():
        return {}
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    place = VARIABLES.as_posix()
    found = {text: [f"{place}:module"] for text, function in _strings(tree, "") if not function}
    functions = [each for each in tree.body if isinstance(each, ast.FunctionDef)]
    return found | {each.name: [f"{place}:{each.name}"] for each in functions}


@cache
def _texts(path: Path, _changed: int) -> tuple[tuple[str, str], ...]:
    """Return every string of a file with its function, read once for each change of the file."""
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    return tuple(_strings(tree, ""))


def _strings(node: ast.AST, function: str) -> Iterator[tuple[str, str]]:
    """Yield every string with the dotted name of the function that holds it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.value, function
        elif isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield from _strings(child, f"{function}.{child.name}".removeprefix("."))
        else:
            yield from _strings(child, function)
