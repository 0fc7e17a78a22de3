"""Where a run came from: sources, versions and platform."""

from __future__ import annotations

import hashlib
import platform
import subprocess
from importlib import metadata, resources
from pathlib import Path
from typing import Final

ROOMS: Final = ("abm", "agents")  # what decides a run's numbers
PACKAGES: Final = ("mesa", "numpy", "pandas", "scipy", "terugkeer")


def sources_sha256() -> str:
    """Return one hash of every Python file of the rooms that decide numbers.

    Returns
    -------
    str
        SHA-256 over relative paths and contents, in order of path.
    """
    digest = hashlib.sha256()
    for room in ROOMS:
        top = Path(str(resources.files(f"terugkeer.{room}").joinpath("__init__.py"))).parent
        for file in sorted(top.rglob("*.py"), key=lambda path: path.relative_to(top).as_posix()):
            name = f"{room}/{file.relative_to(top).as_posix()}"
            content = file.read_bytes()
            digest.update(f"{name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def git_state() -> dict[str, str | bool] | None:
    """Return the revision of the sources, if they stand in their own git checkout.

    Returns
    -------
    dict or None
        `revision` and `dirty` (whether anything in the checkout differs from
        it); None where the sources are installed outside git.
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
    """Return the versions that a run depends on.

    Returns
    -------
    dict of str to str
        Python and packages.
    """
    return {
        "python": platform.python_version(),
        **{package: metadata.version(package) for package in PACKAGES},
    }
