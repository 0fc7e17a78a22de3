"""The same seed gives the same bytes in any process."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from terugkeer.abm.world.events import COLUMNS

from tests.abm.world.small_world import lived

ROOT = Path(__file__).parents[3]
PROGRAM = "from tests.abm.world.test_same_bytes import digest; print(digest(1))"


def digest(seed: int) -> str:
    """Return a hash of all that happened in a run."""
    log = lived(seed=seed, scale=100.0).log
    return hashlib.sha256(b"".join(log.column(name).tobytes() for name in COLUMNS)).hexdigest()


def test_runs_do_not_depend_on_the_process_or_its_hash_seed() -> None:
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "271828"},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert done.stdout.split() == [digest(1)]
