"""The same seed gives the same bytes in any process."""

from __future__ import annotations

import os
import subprocess
import sys

PROGRAM = """
import hashlib
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world import model as file
from terugkeer.abm.world.events import COLUMNS
from terugkeer.abm.world.model import ReturnModel
from terugkeer.abm.world.scenario import load_scenario

file.SPIN_UP_YEARS = 1
baseline = load_scenario("baseline", registry())
for seed in (1, 2):
    model = ReturnModel(
        baseline, rng=seed, scale=100, first_year=2011, last_year=2011, registry=registry()
    )
    model.run()
    digest = hashlib.sha256()
    for name in COLUMNS:
        digest.update(model.log.column(name).tobytes())
    print(model.log.size, digest.hexdigest())
"""


def test_runs_do_not_depend_on_the_hash_seed() -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            stdout=subprocess.PIPE,
            text=True,
        )
        for hash_seed in ("1", "271828")
    ]
    printed = [process.communicate(timeout=120)[0].splitlines() for process in processes]
    assert all(process.returncode == 0 for process in processes)
    assert printed[0] == printed[1]
    (one, other) = printed[0]
    assert one != other
