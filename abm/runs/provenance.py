"""Where a run came from: sources, evidence, versions and platform."""

from __future__ import annotations

import hashlib
import json
import platform
import subprocess
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..evidence.value import plain
from .sources import loaded_sources, sources_hash

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..evidence.registry import Registry

PACKAGES: Final = ("mesa", "numpy", "pandas", "scipy", "terugkeer")


def sources_sha256() -> str:
    """Return one hash (64 hexadecimal digits) of the rules that decide numbers, as loaded."""
    return sources_hash(loaded_sources())


def evidence_values(registry: Registry) -> dict[str, Any]:
    """Return all of the evidence that decides numbers, by record and table.

    Returns
    -------
    dict of str to object
        By record its value (with its dated values and how a factor acts, where it
        has these), and apart from it its kind and role, which rules read too; the order in
        which factors are summed; by data table a hash of its content.
    """
    values: dict[str, Any] = {"(factors in order)": [each.name for each in registry.factors()]}
    for name in registry.names():
        record = registry[name]
        told = {"value": record.table if record.value is None else plain(record.value)}
        if record.dated:
            told["dated"] = {each.start.isoformat(): plain(each.value) for each in record.dated}
        if record.factor is not None:
            told["acts"] = record.factor.acts()
        values[name] = told if len(told) > 1 else told["value"]
        values[f"{name} (kind, role)"] = f"{record.kind}, {record.role}"
    for table, columns in json.loads(registry.tables.content()).items():
        text = json.dumps(columns, sort_keys=True)
        values[f"data/{table}.csv"] = f"sha256 {hashlib.sha256(text.encode()).hexdigest()[:12]}"
    return values


def differences(
    what: str, before: Mapping[str, Any], now: Mapping[str, Any], *, values: bool
) -> list[str]:
    """Return a sentence for each entry that differs, in order of name.

    Parameters
    ----------
    what : str
        What an entry is called.
    before, now : mapping
        Entries as they were and as they are.
    values : bool
        Whether to tell old and new values.
    """
    found = []
    for name in sorted({*before, *now}):
        if name not in now:
            found.append(f"{what} {name}: gone")
        elif name not in before:
            found.append(f"{what} {name}: new")
        elif before[name] != now[name]:
            told = f": was {json.dumps(before[name])}, is {json.dumps(now[name])}"
            found.append(f"{what} {name}{told if values else ': changed'}")
    return found


def git_state() -> dict[str, str | bool] | None:
    """Return the revision of the sources, if they stand in their own git checkout.

    Returns
    -------
    dict or None
        `revision` and `dirty` (whether anything in the checkout differs from
        it); None where git does not track the sources.
    """
    here = Path(__file__).resolve()
    # An installed copy can lie inside somebody else's checkout: only a tracked file counts.
    if _git(here.parent, "ls-files", "--error-unmatch", here.name) is None:
        return None
    revision = _git(here.parent, "rev-parse", "HEAD")
    changes = _git(here.parent, "status", "--porcelain")
    if revision is None or changes is None:
        return None
    return {"revision": revision, "dirty": bool(changes)}


def _git(folder: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603 - fixed arguments
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - git is wherever the user has it
            capture_output=True,
            check=True,
            text=True,
            timeout=30,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that a run depends on."""
    return {
        "python": platform.python_version(),
        **{package: metadata.version(package) for package in PACKAGES},
    }
