"""What was asked of an analysis, as its folder remembers it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from ...abm.errors import InputError
from ...abm.runs.whole_file import write_whole

if TYPE_CHECKING:
    from pathlib import Path

STUDY: Final = "study.json"
Method = Literal["screen", "sobol", "pawn", "interactions", "survival", "prior"]
# What may change in a folder: more points, more seeds, other outcomes of the same runs.
FREE: Final = (
    "number",
    "seeds",
    "outcome",
    "emulator",
    "second_order",
    "plausible",
    "tolerance",
    "widths",
    "targets_file",
)
TARGETS: Final = "targets_sha256"  # refused in words of its own
SHIPPED: Final = "the file that ships"


@dataclass(frozen=True)
class Question:
    """What an analysis is asked.

    Parameters
    ----------
    factors : str
        Of `--factors`; of interactions the pairs.
    outcome : str
        Of `--outcome`.
    first_year, last_year : int
        Years to report.
    scenario : str, optional
        What every run starts from.
    groups : dict, optional
        Factors that count as one.
    second_order, emulator, plausible : bool, optional
        Options of some methods.
    tolerance : float, optional
        How far from the record shares of closings may be, in percentage points; 0 for the wide
        bounds of `plausible`.
    widths, factorial : bool, optional
        Options of some methods.
    switches : str, optional
        Readings of a survival.
    targets_file, targets_sha256 : str, optional
        What a prior is held against: name of the file, empty for the one that ships, and hash.
    """

    method: Method
    factors: str
    outcome: str
    number: int
    seeds: int
    scale: float
    first_year: int
    last_year: int
    scenario: str = "baseline"
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    second_order: bool = False
    emulator: bool = False
    plausible: bool = False
    tolerance: float = 0.0
    widths: bool = False
    factorial: bool = False
    switches: str = ""
    targets_file: str = ""
    targets_sha256: str = ""

    def told(self) -> dict[str, Any]:
        """Return the question in types that JSON knows."""
        groups = {name: list(members) for name, members in self.groups.items()}
        return {**asdict(self), "groups": groups}


def write_study(folder: Path, question: Question, about: dict[str, Any]) -> None:
    """Write what was asked, and what became of it."""
    content = json.dumps({"ask": question.told(), **about}, indent=2)
    write_whole(folder / STUDY, f"{content}\n".encode())


def read_study(folder: Path) -> tuple[Question, dict[str, Any]]:
    """Read what `write_study` wrote.

    Raises
    ------
    InputError
        If it is not there or cannot be read.
    """
    path = folder / STUDY
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        raw = content.pop("ask")
        raw["groups"] = {name: tuple(members) for name, members in raw["groups"].items()}
        return Question(**raw), content
    except FileNotFoundError:
        raise InputError(
            f"{path}: missing, so {folder} is no folder of an analysis. Name one that screen, "
            "sobol, pawn, interactions, survival or prior has written."
        ) from None
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror}). Name the folder of an analysis."
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"{path}: damaged ({error!r}). Remove this file and call the same command again; its "
            "runs are kept."
        ) from error


def held_against(question: Question) -> str:
    """Return in words which targets a prior is held against."""
    if not question.targets_sha256:
        return "not recorded"
    return f"{question.targets_file or SHIPPED} (sha256 {question.targets_sha256[:12]})"


def refuse_other(folder: Path, question: Question) -> None:
    """Refuse a folder that holds another analysis.

    Raises
    ------
    InputError
        If something differs that makes other points, with each.
    """
    if not (folder / STUDY).exists():
        return
    earlier = read_study(folder)[0]
    before, now = earlier.told(), question.told()
    wrong = [
        f"  {name}: was {before[name]!r}, is {now[name]!r}"
        for name in now
        if name not in {*FREE, TARGETS} and before[name] != now[name]
    ]
    if before[TARGETS] != now[TARGETS]:
        wrong.append(f"  targets: was {held_against(earlier)}, is {held_against(question)}")
    if wrong and earlier.method == question.method == "prior" and not before[TARGETS]:
        wrong.append(
            f"  This folder was begun before targets were recorded. To keep its runs, remove "
            f"{folder / STUDY} and call again."
        )
    if wrong:
        raise InputError(
            [f"--out {folder}: holds another analysis. Give another --out. Changed:", *wrong]
        )
