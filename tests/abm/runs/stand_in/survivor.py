"""A program that makes small runs with the stand-in, to be killed by tests.

`survivor.py FOLDER RUNS WORKERS`.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path


def end_at(step: int) -> None:
    """Let this process end at a step of writing files.

    Odd steps come before a file gets its name, even ones after.
    """
    taken = [0]
    replace = Path.replace

    def take() -> None:
        taken[0] += 1
        if taken[0] == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def replaced(path: Path, target: Path) -> Path:
        take()
        found = replace(path, target)
        take()
        return found

    Path.replace = replaced  # type: ignore[method-assign]  # the test's wrapper, not the program's


def main() -> None:
    """Make the runs, as somebody's own program would."""
    from terugkeer.abm.runs.run_design import run_design  # noqa: PLC0415 - same

    from tests.abm.runs.stand_in import fake_world  # noqa: PLC0415 - found on the path set above
    from tests.abm.runs.stand_in.planned import small  # noqa: PLC0415 - imported in the process to be killed

    folder, runs, workers = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    simulate = (
        fake_world.simulate_killed_now_and_then
        if "FAKE_WORLD_MARKS" in os.environ
        else fake_world.simulate
    )
    run_design(
        small(range(1, runs + 1)),
        folder,
        workers=workers,
        simulate=simulate,
        tell=lambda progress: os.write(1, f"{progress.done}\n".encode()),
    )


if __name__ == "__main__":
    main()
