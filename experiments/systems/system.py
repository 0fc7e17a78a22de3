"""The systems whose effect is measured: what is run with and without each, and what is counted."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ...agents.codes import label
from ...agents.kinds import HELPERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...abm.evidence.registry import Registry

LISTED: Final = Path(__file__).with_name("systems.toml")
RETURNED: Final = "returned_independent"
CONTACT, PATH = "contact", "path"
EARLIER, LATER = (2013, 2015), (2016, 2017)  # years measured: of what began by 2015, and after
ORGANISATIONS: Final = tuple(label(each) for each in HELPERS)
# where systems of a kind act whose records are read together, in a table of all organisations
ACT_IN: Final = {
    "organisation": ("abm/world/meetings/counsel.py:counsel",),
    "method": ("abm/world/meetings/methods.py:follow_methods",),
}
ALWAYS: Final = "always"  # sorts after every date, as `never` does


@dataclass(frozen=True)
class System:
    """One organisation, method or rule, and the pair of runs that shows what it does.

    Parameters
    ----------
    name : str
        Its name in tables.
    title, title_nl : str
        What readers call it, in English and in Dutch.
    kind : str
        Heading under which it stands.
    sources : str
        Where it is described.
    lever : str
        What switches it.
    since : str
        From when on the baseline has it: `always`, a date, or `never`. Rows with `there` ask
        what if it were otherwise.
    until : str
        The first day on which the baseline no longer has it; empty if it goes on.
    there, absent : mapping of str to Any
        Records set in the runs with it and in those without it.
    scale : float
        Persons for each simulated person.
    years : tuple of int
        First and last year measured.
    contact, path : tuple of str
        Outcomes that are added up: whom it meets, and what lies between that and a departure. An
        outcome is an id of `explain outcomes` or `table:item`, in which `*` ends any item.
    chief : str
        The outcome on which the verdict rests, chosen before these runs were read and after
        earlier ones with the same seeds: `path` unless another is named, and independent returns
        where a source says that they hardly move.
    documented, documented_nl : str
        What a source says of an effect that is small or not established; empty if none does.
    left_out, left_out_nl : str
        Why it is not modelled; empty if it is. What is not modelled has no runs.
    code : tuple of str
        Functions in which it acts, as `path:function`, beside those that read its records.
    also : tuple of str
        Other names by which it is found, before all systems in whose titles they stand.
    compares, compares_nl : str
        What the two sides are; empty if they are the baseline and the baseline without it.
    partly : bool
        Whether the model has what is left out, but no run without it.
    measured_again : bool
        Whether it was measured at scale 1 because the runs of this table had not shown it at 4.
    """

    name: str
    title: str
    title_nl: str
    kind: str
    sources: str
    lever: str
    since: str
    until: str
    there: Mapping[str, Any]
    absent: Mapping[str, Any]
    scale: float
    years: tuple[int, int]
    contact: tuple[str, ...]
    path: tuple[str, ...]
    chief: str
    documented: str = ""
    documented_nl: str = ""
    left_out: str = ""
    left_out_nl: str = ""
    code: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    compares: str = ""
    compares_nl: str = ""
    partly: bool = False
    measured_again: bool = False

    @property
    def definition(self) -> str:
        """A short hash of what decides its runs and their outcomes, beside scale and years."""
        decides = (dict(self.there), dict(self.absent), self.contact, self.path, self.chief)
        return sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()[:8]

    @property
    def records(self) -> tuple[str, ...]:
        """The records that differ between both runs, or between one of them and the evidence."""
        return tuple(dict.fromkeys((*self.there, *self.absent)))

    def counts(self, name: str) -> tuple[str, ...]:
        """Return the outcomes that are added up under a name of the table."""
        return {CONTACT: self.contact, PATH: self.path}.get(name, (name,))

    @property
    def meets(self) -> bool:
        """Whether contact counts whom it first met, and path who returned after meeting it."""
        return self.kind == "organisation" and all(
            each.startswith("contacts:met:") for each in self.contact
        )


def systems() -> list[System]:
    """Return all systems in the order in which they are listed."""
    listed = tomllib.loads(LISTED.read_text(encoding="utf-8"))
    return [_system(name, dict(told)) for name, told in listed.items()]


def grade(system: System, registry: Registry) -> str:
    """Return the weakest grade among the records that switch a system; empty without any."""
    grades = [registry.grade(name) for name in system.records]
    return max(grades, default="")  # letters rise as strength falls


def _system(name: str, told: dict[str, Any]) -> System:
    """Return one system; what an organisation has by its name need not be written."""
    since = told.get("since", "never")
    if "left_out" in told:
        told |= {"lever": "", "absent": {}, "contact": [], "path": [], "scale": 0.0}
    if name in ORGANISATIONS:
        told.setdefault("lever", f"{name}_capacity")
        told.setdefault("absent", {told["lever"]: 0})
        told.setdefault("contact", [f"contacts:met:{name}"])
        told.setdefault("path", [f"journeys:met:{name}>*"])
    late = told.get("late", "2015-07" <= since < ALWAYS)
    return System(
        name=name,
        title=told["title"],
        title_nl=told["title_nl"],
        kind=told["kind"],
        sources=told["sources"],
        lever=told["lever"],
        since=since,
        until=told.get("until", ""),
        there=told.get("there", {}),
        absent=told["absent"],
        scale=float(told["scale"]),
        years=LATER if late else EARLIER,
        contact=tuple(told["contact"]),
        path=tuple(told["path"]),
        chief=told.get("chief", RETURNED if "documented" in told else PATH),
        documented=told.get("documented", ""),
        documented_nl=told.get("documented_nl", ""),
        left_out=told.get("left_out", ""),
        left_out_nl=told.get("left_out_nl", ""),
        code=tuple(told.get("code", ACT_IN.get(told["kind"], ()))),
        also=tuple(told.get("also", ())),
        compares=told.get("compares", ""),
        compares_nl=told.get("compares_nl", ""),
        partly=told.get("partly", False),
        measured_again=told.get("measured_again", False),
    )
