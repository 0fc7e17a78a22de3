"""The modules of the page as one script, for the page as one file.

A page from a file may not load modules, and its policy names scripts by their hash. So each
module becomes a function that returns what it exports, and those that it imports stand before it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MAIN: Final = "page.js"
_IMPORT: Final = re.compile(
    r'^import\s*\{(?P<names>[^{}]*)\}\s*from\s*"\./(?P<file>[\w-]+\.js)";[ \t]*$', re.MULTILINE
)
_EXPORT: Final = re.compile(
    r"^export (?:async function\*?|function\*?|class|const) ([\w$]+)", re.MULTILINE
)
_LEFT: Final = re.compile(r"^\s*(?:import\b(?!\()|export\b).*$", re.MULTILINE)
_DYNAMIC: Final = re.compile(r"\bimport\s*\(|\bimport\.meta\b")


class ScriptError(Exception):
    """A module that can't be put into one script; a fault of the page, not of its user."""


def one_script(modules: Mapping[str, str], main: str = MAIN) -> str:
    """Return modules as one script that does the same.

    Parameters
    ----------
    modules : mapping of str to str
        Text by file name. They import by `import { a, b as c } from "./file.js";` and export
        functions, classes and constants where they define them, both at the start of a line.
    main : str, optional
        The module to start from.

    Raises
    ------
    ScriptError
        If a module is unknown, imports in a circle, or does what can't stand in one script.
    """
    order: list[str] = []
    _visit(main, modules, (), order)
    return "\n".join(_closed(name, modules[name]) for name in order)


def _visit(name: str, modules: Mapping[str, str], path: tuple[str, ...], order: list[str]) -> None:
    """Add a module to the order, behind all that it imports."""
    if name in path:
        raise ScriptError(f"{' -> '.join([*path[path.index(name) :], name])}: a circle of imports.")
    if name not in modules:
        raise ScriptError(f"{path[-1] if path else 'page'}: imports {name}, which is not there.")
    if name in order:
        return
    for each in _IMPORT.finditer(modules[name]):
        _visit(each["file"], modules, (*path, name), order)
    order.append(name)


def _closed(name: str, text: str) -> str:
    """Return a module as a function that returns what it exports."""
    if "</script" in text.lower() or "<!--" in text:
        raise ScriptError(f"{name}: holds text that would end the script of a page.")
    exports: list[str] = []

    def plain(line: re.Match[str]) -> str:
        exports.append(line[1])
        return line[0].removeprefix("export ")

    body = _EXPORT.sub(plain, _IMPORT.sub(_taken, text))
    left = _LEFT.search(body) or _DYNAMIC.search(body)
    if left:
        raise ScriptError(f"{name}: {left[0].strip()!r} can't stand in one script.")
    told = f"return {{ {', '.join(exports)} }};\n" if exports else ""
    return f"const {_called(name)} = (() => {{\n{body.rstrip()}\n{told}}})();\n"


def _taken(line: re.Match[str]) -> str:
    names = ", ".join(re.sub(r"\s+as\s+", ": ", each.strip()) for each in line["names"].split(","))
    return f"const {{ {names} }} = {_called(line['file'])};"


def _called(name: str) -> str:
    return f"module_{re.sub(r'[^a-z0-9]', '_', name.removesuffix('.js').lower())}"
