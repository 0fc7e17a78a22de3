"""Check every public docstring of the rooms with numpydoc, on the imported objects.

`numpydoc lint` reads the source only and takes the parameters of a dataclass
for unknown ones. Which checks count stands in pyproject.toml.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
import tomllib
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from numpydoc.validate import validate

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOMS: Final = ("abm", "agents", "calibration", "experiments", "viz")
PYPROJECT: Final = Path(__file__).parents[1] / "pyproject.toml"


def public_objects() -> Iterator[str]:
    """Yield the dotted name of every public class, method and function."""
    for room in ROOMS:
        package = importlib.import_module(f"terugkeer.{room}")
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(found.name)
            for name, thing in vars(module).items():
                here = getattr(thing, "__module__", None) == module.__name__
                if name.startswith("_") or not here or not callable(thing):
                    continue
                if not (inspect.isclass(thing) or inspect.isfunction(thing)):
                    continue
                yield f"{module.__name__}.{name}"
                if inspect.isclass(thing) and not issubclass(thing, Enum):
                    for member, value in vars(thing).items():
                        if not member.startswith("_") and inspect.isfunction(value):
                            yield f"{module.__name__}.{name}.{member}"


def main() -> int:
    """Print what is wrong; return 1 if anything is."""
    settings = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["tool"]["numpydoc_validation"]
    ignored = set(settings["checks"]) - {"all"}
    names = sorted(set(public_objects()))
    wrong = [
        f"{name}: {code} {message}"
        for name in names
        for code, message in validate(name)["errors"]
        if code not in ignored
    ]
    sys.stdout.write("\n".join([*wrong, f"{len(names)} docstrings, {len(wrong)} faults."]) + "\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
