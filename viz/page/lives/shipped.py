"""The runs that ship with the page: the baseline and the presets, with draws of chance."""

from __future__ import annotations

import gzip
import json
import math
from concurrent.futures import FIRST_COMPLETED, wait
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from ....abm.evidence.registry import registry
from ....abm.runs.processes import Processes
from ....abm.runs.sources import HOUSE, source_files, sources_hash
from ....abm.world.calendar import monday
from ..changes import PRESETS, scenario_of
from .packed import packed
from .weeks import EVERY, FIRST, SAMPLED, WEEKS
from .worlds import BASELINE, Worlds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ....abm.evidence.registry import Registry
    from .neighbourhood import Where

    Run = dict[str, Any]
    Draw = list[list[int]]

FILE: Final = Path(__file__).parents[1] / "data" / "runs.json.gz"
FORMAT: Final = 1
SCALE: Final = 20.0
SEEDS: Final = tuple(range(1, 11))
WHOLE_SEED: Final = 1  # of the runs that are shown; of the others, tallies are there
# these files, and what they import, decide the content
RULES: Final = ("viz/page/lives/worlds.py", "viz/page/changes.py", "viz/page/lives/packed.py")
RUN_SECONDS: Final = 6.0  # of one core, measured on a laptop
TICK_SECONDS: Final = 0.5
REMEDY: Final = "`terugkeer view --renew` makes them again."


@dataclass(frozen=True)
class Shipped:
    """What ships, if it is that of the present model.

    Parameters
    ----------
    content : mapping or None
        As the page reads it; None if it can't be used.
    stale : tuple of str
        Why it can't, a sentence each.
    """

    content: Mapping[str, Any] | None
    stale: tuple[str, ...] = ()

    def where(self, scale: float) -> dict[int, Where]:
        """Return the neighbourhood by seed, for `Worlds` of a scale; none if it isn't known."""
        if self.content is None or self.content["scale"] != scale:
            return {}
        near = self.content["baseline"]["neighbourhood"]
        return {WHOLE_SEED: dict(zip(near["households"], near["positions"], strict=True))}


@cache
def rules_sha256() -> str:
    """Return one hash (64 hexadecimal digits) of the rules that decide what ships."""
    return sources_hash(source_files(HOUSE, RULES))


def load(registry: Registry, file: Path = FILE) -> Shipped:
    """Return the runs that ship, or why they can't be used."""
    try:
        content = json.loads(gzip.decompress(file.read_bytes()))
        made = {key: content[key] for key in ("format", "sources", "evidence")}
    except FileNotFoundError:
        return Shipped(None, (f"{file}: the runs that ship are missing; {REMEDY}",))
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        return Shipped(None, (f"{file}: can't be read ({error}); {REMEDY}",))
    present = {
        "format": (FORMAT, "are in another form"),
        "sources": (rules_sha256(), "come from other sources of the model or the page"),
        "evidence": (registry.evidence_hash(), "come from other evidence"),
    }
    stale = tuple(
        f"{file}: the runs that ship {words}; {REMEDY}"
        for key, (value, words) in present.items()
        if made[key] != value
    )
    return Shipped(None, stale) if stale else Shipped(content)


def make(processes: int, tell: Callable[[str], object]) -> bytes:
    """Make the runs that ship anew, of the evidence that ships.

    Parameters
    ----------
    processes : int
        How many at a time.
    tell : callable
        Gets a sentence about cost before the first run, and one about progress after each draw.

    Returns
    -------
    bytes
        What belongs into `FILE`; the same on one machine.
    """
    runs = 1 + len(PRESETS)
    rounds = math.ceil(len(SEEDS) / processes)
    tell(
        f"{len(SEEDS)} draws of chance, each the baseline and {len(PRESETS)} presets: "
        f"{len(SEEDS) * runs} runs, {_minutes(rounds * runs * RUN_SECONDS)}."
    )
    begin = monotonic()
    found: dict[int, tuple[dict[str, Run], dict[str, Draw]]] = {}
    crew = Processes(min(processes, len(SEEDS)))
    try:
        waiting = {crew.submit(of_seed, seed): seed for seed in SEEDS}
        while waiting:
            ended, _ = wait(waiting, TICK_SECONDS, FIRST_COMPLETED)
            for each in ended:
                found[waiting.pop(each)] = each.result()
                done, left = (math.ceil(len(some) / processes) for some in (found, waiting))
                to_go = _minutes((monotonic() - begin) / done * left)
                tell(f"{len(found)} of {len(SEEDS)} draws are done; {to_go} to go.")
    finally:
        crew.shutdown(cancel_futures=True)
    runs_shown, _ = found[WHOLE_SEED]
    baseline = runs_shown[BASELINE.name]
    content = {
        "format": FORMAT,
        "sources": rules_sha256(),
        "evidence": registry().evidence_hash(),
        "scale": SCALE,
        "seeds": list(SEEDS),
        "first_monday": monday(FIRST).isoformat(),
        "weeks": WEEKS,
        "baseline": packed(baseline),
        "presets": {name: packed(runs_shown[name], baseline) for name in PRESETS},
        "every": EVERY,
        "draws": {
            name: {str(seed): found[seed][1][name] for seed in SEEDS}
            for name in (BASELINE.name, *PRESETS)
        },
    }
    text = json.dumps(content, separators=(",", ":")).encode()
    return gzip.compress(text, 9, mtime=0)


def of_seed(seed: int) -> tuple[dict[str, Run], dict[str, Draw]]:
    """Return the baseline and the presets of a seed, by name: whole runs if shown, and draws."""
    worlds = Worlds(registry(), SCALE)
    scenarios = {BASELINE.name: BASELINE}
    scenarios |= {name: scenario_of(each, registry()) for name, each in PRESETS.items()}
    runs: dict[str, Run] = {}
    draws: dict[str, Draw] = {}
    for name, scenario in scenarios.items():
        whole = seed == WHOLE_SEED
        (found,) = worlds.run(scenario, seed, whole=whole, weeks=WEEKS)
        if whole:
            runs[name] = found
            draws[name] = _draw(found, runs[BASELINE.name])
        else:
            draws[name] = found["tallies"]
    return runs, draws


def _draw(run: Run, baseline: Run) -> Draw:
    """Return the tallies of the sampled weeks; those before the first change are the baseline's."""
    start = run["start"]
    rows = zip(run["tallies"], baseline["tallies"], strict=True)
    return [
        [own[week - start] if week >= start else known[week] for week in SAMPLED]
        for own, known in rows
    ]


def _minutes(seconds: float) -> str:
    minutes = math.ceil(seconds / 60.0)
    return f"some {minutes} minutes" if minutes > 1 else "a minute at most"
