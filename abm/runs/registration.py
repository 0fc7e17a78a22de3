"""What a store was made for: every planned run with its key, written before the first starts."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from ..errors import InputError
from ..evidence.value import plain
from .outcomes import Outcomes
from .planned_run import PlannedRun, scenario_from_json, scenario_json, value_from_json
from .provenance import differences, evidence_values, versions
from .sources import loaded_sources
from .whole_file import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from ..evidence.registry import Registry
    from .design import Design

FORMAT_VERSION: Final = 2


@dataclass(frozen=True)
class Registration:
    """The planned runs of a store, and what their keys are made of.

    Parameters
    ----------
    sources : dict of str to str
        SHA-256 by source file, as `source_files` gives them.
    evidence : dict of str to object
        Values by record, as `evidence_values` gives them.
    scenarios : dict of str to dict
        `scenario_json` by name.
    runs : tuple of dict
        Rows: `key, scenario, seed, scale, first_year, last_year, values`.
    about : dict
        What a command needs when it goes on.
    """

    sources: dict[str, str]
    evidence: dict[str, Any]
    versions: dict[str, str]
    outcomes: Outcomes
    keeps: tuple[str, ...]
    scenarios: dict[str, dict[str, Any]]
    runs: tuple[dict[str, Any], ...]
    about: dict[str, Any] = field(default_factory=dict)

    def keys(self) -> list[str]:
        """Return the keys of all planned runs, in the order of registration."""
        return [run["key"] for run in self.runs]

    def changed(self, registry: Registry) -> list[str]:
        """Return a sentence for each change since the runs were registered.

        The sentences name source files, and records with old and new values. There are
        none if nothing that decides numbers has changed.
        """
        return [
            *differences("source file", self.sources, loaded_sources(), values=False),
            *differences("record", self.evidence, _plain(evidence_values(registry)), values=True),
        ]

    def planned(self, registry: Registry) -> tuple[PlannedRun, ...]:
        """Return the planned runs, in the order of registration."""
        scenarios = {
            name: scenario_from_json(name, content, registry)
            for name, content in self.scenarios.items()
        }
        return tuple(
            PlannedRun(
                scenarios[run["scenario"]],
                tuple(
                    (name, value_from_json(name, raw, registry))
                    for name, raw in run["values"].items()
                ),
                run["seed"],
                run["scale"],
                run["first_year"],
                run["last_year"],
                run["key"],
            )
            for run in self.runs
        )

    def extended(self, design: Design, folder: Path) -> Registration:
        """Return this registration with the runs of a design that it lacks.

        Parameters
        ----------
        folder : Path
            Where the store stands, for messages.

        Returns
        -------
        Registration
            Old rows come first. It is this one itself if nothing is new.

        Raises
        ------
        InputError
            If the design keeps other outcomes or tables, or gives the name of a scenario to
            another scenario.
        """
        found = []
        if (design.outcomes, design.keeps) != (self.outcomes, self.keeps):
            found.append(
                f"{folder}: its runs keep other outcomes or tables than this design wants, so they "
                "cannot stand together. Choose the same ones, or another folder."
            )
        scenarios = _scenarios(design)
        for name, content in scenarios.items():
            there = self.scenarios.get(name)
            if there is not None and _changes_of(there) != _changes_of(content):
                found.append(
                    f"{folder}: holds runs of another scenario that is called {name!r} too. "
                    "Give this one another name, or choose another folder."
                )
        if found:
            raise InputError(found)
        known = set(self.keys())
        new = tuple(row for row in _rows(design) if row["key"] not in known)
        if not new:
            return self
        return replace(self, scenarios={**scenarios, **self.scenarios}, runs=(*self.runs, *new))

    def write(self, path: Path) -> None:
        """Write the registration as a whole.

        Raises
        ------
        InputError
            If it cannot be written; what stood there before still stands.
        """
        content = {
            "format_version": FORMAT_VERSION,
            "about": self.about,
            "versions": self.versions,
            "outcomes": self.outcomes.choices,
            "keeps": self.keeps,
            "sources": self.sources,
            "evidence": self.evidence,
            "scenarios": self.scenarios,
            "runs": self.runs,
        }
        try:
            write_whole(path, (json.dumps(content, ensure_ascii=False) + "\n").encode())
        except OSError as error:
            raise InputError(
                f"{path}: cannot be written ({error.strerror}), and all runs are registered before "
                "the first one starts. Make room, or give a folder in another place."
            ) from error


def register(design: Design, about: dict[str, Any]) -> Registration:
    """Return the registration of a design, with sources and evidence as they are now."""
    return Registration(
        sources=dict(loaded_sources()),
        evidence=_plain(evidence_values(design.registry)),
        versions=versions(),
        outcomes=design.outcomes,
        keeps=design.keeps,
        scenarios=_scenarios(design),
        runs=tuple(_rows(design)),
        about=about,
    )


def read_registration(path: Path, folder: Path) -> Registration:
    """Read what a store was made for.

    Parameters
    ----------
    folder : Path
        The folder that the user named, for messages.

    Raises
    ------
    InputError
        If the file is missing, damaged or of another format.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            f"{path}: cannot be read as the register of planned runs ({error}). Without it nothing "
            f"can go on in {folder}: restore the file, or start anew with another --out."
        ) from error
    version = content.get("format_version") if isinstance(content, dict) else None
    if version != FORMAT_VERSION:
        raise InputError(
            f"{path}: format_version = {version!r}, and this program knows {FORMAT_VERSION}. Go on "
            "with the version of terugkeer that wrote it, or start anew with another --out."
        )
    try:
        return Registration(
            sources=dict(content["sources"]),
            evidence=dict(content["evidence"]),
            versions=dict(content["versions"]),
            outcomes=Outcomes(tuple((t, i, g) for t, i, g in content["outcomes"])),
            keeps=tuple(content["keeps"]),
            scenarios=dict(content["scenarios"]),
            runs=tuple(_row(each) for each in content["runs"]),
            about=dict(content["about"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"{path}: damaged ({error!r}). Restore the file, or start anew with another --out."
        ) from error


def _row(raw: dict[str, Any]) -> dict[str, Any]:
    """Return a row with every field there."""
    names = ("key", "scenario", "seed", "scale", "first_year", "last_year", "values")
    return {name: raw[name] for name in names}


def _rows(design: Design) -> list[dict[str, Any]]:
    return [
        {
            "key": run.key,
            "scenario": run.scenario.name,
            "seed": run.seed,
            "scale": run.scale,
            "first_year": run.first_year,
            "last_year": run.last_year,
            "values": {name: plain(value) for name, value in run.sets},
        }
        for run in design.runs
    ]


def _scenarios(design: Design) -> dict[str, dict[str, Any]]:
    found = {run.scenario.name: run.scenario for run in design.runs}
    return {name: scenario_json(scenario) for name, scenario in found.items()}


def _changes_of(scenario: dict[str, Any]) -> object:
    """Return the part of a scenario that decides numbers."""
    return [{**each, "source": ""} for each in scenario["overrides"]]


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Return values as they read after a round through JSON."""
    read: dict[str, Any] = json.loads(json.dumps(values))
    return read
