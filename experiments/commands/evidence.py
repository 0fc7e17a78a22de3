"""The commands that look at the evidence: `check` and `explain`."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ...abm.errors import InputError
from .. import options  # noqa: TC001 - typer reads the annotations

if TYPE_CHECKING:
    from ...abm.evidence.record import Record
    from ...abm.evidence.registry import Registry

DOCS = Path("docs")
CATALOGUES = ("factors", "switches", "levers", "outcomes", "targets", "systems")
SYSTEMS = ("systems", "system")


class Language(StrEnum):
    """Of what is told in two languages."""

    en = "en"
    nl = "nl"


def check(
    evidence: Annotated[
        Path | None, typer.Option(help="Folder of evidence; if left out, the one that ships.")
    ] = None,
    write_docs: Annotated[
        bool,
        typer.Option("--write-docs", help="Write the pages and the figure of the evidence again."),
    ] = False,
) -> None:
    """Check records, tables, bibliography, scenarios and targets, and show how strong they are."""
    from ...abm.evidence.registry import load_registry
    from ...abm.world.scenario import load_scenario, scenario_names
    from ...calibration.target_list import load_targets
    from ..reports.readers import record_readers

    registry = load_registry(evidence)
    typer.echo(_grade_table(registry))
    found: list[str] = []
    scenarios = scenario_names() if evidence is None else []  # they are of the evidence that ships
    for name in scenarios:
        try:
            load_scenario(name, registry)
        except InputError as error:
            found += error.problems
    if evidence is None:  # so are targets
        try:
            load_targets()
        except InputError as error:
            found += error.problems
    found += [
        f"records/{registry[name].file} [{name}]: nothing in the code reads this record; "
        "read it where it acts, or remove it."
        for name, places in record_readers(registry.values()).items()
        if not places
    ]
    if write_docs:
        for page in _write_docs(registry):
            typer.echo(f"Wrote {page.as_posix()}.")
    if found:
        raise InputError(found)
    typer.echo(
        f"{len(registry)} records, {len(registry.tables.schemas)} data tables, "
        f"{len(registry.bibliography)} documents and {len(scenarios)} scenarios are sound."
    )


def explain(
    name: Annotated[
        str,
        typer.Argument(
            help="Record or lever; `factors`, `switches`, `levers`, `outcomes`, `targets` or "
            "`systems` for all of them; `system` with a name for one."
        ),
    ],
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="ONE", help="After `levers`, `systems` or `system`: this one."),
    ] = None,
    as_json: options.AsJson = False,
    language: Annotated[
        Language, typer.Option(help="Of `systems` and `system`: English or Dutch.")
    ] = Language.en,
) -> None:
    """Show a record: its value, where it comes from, how strong it is and which code reads it.

    `factors` shows the catalogue of the decision, `switches` what is contested, `levers` what
    a scenario can pull, `outcomes` what runs report and comparisons compare, `targets` what of
    the record the model is held against, `systems` which organisations, methods and rules have an
    effect, and `system NAME` one of these with its numbers.
    """
    from ...abm.evidence.mistakes import did_you_mean
    from ...abm.evidence.registry import registry

    evidence = registry()
    one = " ".join(words) if words else None
    if name in SYSTEMS:
        if name == "system" and one is None:
            raise InputError(_nameless(language))
        _show_systems(evidence, one, language, as_json=as_json)
        return
    _refuse_others(evidence, name, one, language)
    if name == "levers" or (name in evidence.levers and name not in evidence):
        _show_levers(evidence, one if name == "levers" else name, as_json=as_json)
        return
    if name in CATALOGUES:
        rows, lines = _catalogue(name, evidence)
        typer.echo(json.dumps(rows, indent=2, ensure_ascii=False) if as_json else "\n".join(lines))
        return
    if name not in evidence:
        hint = did_you_mean(name, (*evidence, *evidence.levers, *CATALOGUES))
        raise InputError(f"record {name!r}: unknown.{hint} docs/parameters.md lists all names.")
    _show_record(evidence, name, as_json=as_json)


def _refuse_others(registry: Registry, name: str, lever: str | None, language: Language) -> None:
    """Refuse Dutch, and a second name that is no lever or does not stand after `levers`."""
    from ...abm.evidence.mistakes import did_you_mean

    if language != Language.en:
        raise InputError(
            f"--language {language}: only `systems` and `system NAME` are told in Dutch; leave "
            "it out."
        )
    if lever is None:
        return
    if name != "levers" and name in CATALOGUES:
        raise InputError(
            f"{lever!r}: `explain {name}` shows all {name} and takes no second name; leave it out."
        )
    if name != "levers":
        raise InputError(
            f"{lever!r}: explain takes one name; `explain levers {lever}` shows a lever, and "
            f"`explain systems {lever}` a system."
        )
    if lever not in registry.levers:
        hint = did_you_mean(lever, registry.levers)
        raise InputError(f"lever {lever!r}: unknown.{hint} `explain levers` shows all of them.")


def _catalogue(name: str, registry: Registry) -> tuple[list[dict[str, Any]], list[str]]:
    """Return a catalogue in types that JSON knows, and as lines."""
    from ..reports import catalogues
    from ..reports.outcome_list import outcome_lines, outcome_rows
    from ..reports.target_list import target_lines, target_rows

    match name:
        case "factors":
            rows = catalogues.factors(registry)
            return rows, catalogues.factor_lines(rows)
        case "switches":
            rows = catalogues.switches(registry)
            return rows, catalogues.switch_lines(rows)
        case "targets":
            rows = target_rows()
            return rows, target_lines(rows)
        case _:
            rows = outcome_rows()
            return rows, outcome_lines(rows)


def _show_record(registry: Registry, name: str, *, as_json: bool) -> None:
    """Print all that is known of a record."""
    told = _told(registry, registry[name])
    if as_json:
        typer.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    for key, value in told.items():
        if isinstance(value, list) and key in {"dated", "sources", "readers"}:
            typer.echo(f"{key}:" if value else f"{key}: none")
            for each in value:
                typer.echo(f"  - {_line(each)}")
        elif value is not None and value != "":
            typer.echo(f"{key}: {_line(value)}")


def _show_levers(registry: Registry, name: str | None, *, as_json: bool) -> None:
    """Print all levers, or one."""
    from ..reports.lever_list import lever_lines
    from ..reports.lever_rows import lever_rows

    rows = [row for row in lever_rows(registry) if name in (None, row["id"])]
    if as_json:
        typer.echo(json.dumps(rows if name is None else rows[0], indent=2, ensure_ascii=False))
        return
    typer.echo("\n".join(lever_lines(rows)))


def _show_systems(registry: Registry, name: str | None, language: str, *, as_json: bool) -> None:
    """Print which systems have an effect, or one with its numbers."""
    from ..systems.listing import overview_lines, system_lines, system_rows

    rows = system_rows(registry, name, language)
    if as_json:
        typer.echo(json.dumps(rows if name is None else rows[0], indent=2, ensure_ascii=False))
        return
    lines = overview_lines(rows, language) if name is None else system_lines(rows[0], language)
    typer.echo("\n".join(lines))


def _nameless(language: str) -> str:
    """Return what to give after `explain system`."""
    from ..systems.words import WORDS

    return str(WORDS[language]["nameless"])


def _write_docs(registry: Registry) -> list[Path]:
    """Write what the documentation shows of the evidence, and return what was written."""
    from ...abm.evidence.factor_table import factor_table
    from ...viz.figures.forces import forces_png
    from ..reports.factors_page import factors_markdown
    from ..reports.levers_page import levers_markdown
    from ..reports.outcome_list import outcomes_markdown
    from ..reports.parameters_page import parameters_markdown
    from ..reports.persons_page import persons_markdown
    from ..reports.target_list import targets_markdown
    from ..systems.effects import effects
    from ..systems.page import page as effects_page
    from ..systems.system import systems

    if not DOCS.is_dir():
        raise InputError(f"{DOCS}: no folder docs here; run this in the checkout's top folder.")
    pages = {
        DOCS / "parameters.md": parameters_markdown(registry).encode(),
        DOCS / "factors.md": factors_markdown(registry).encode(),
        DOCS / "levers.md": levers_markdown(registry).encode(),
        DOCS / "outcomes.md": outcomes_markdown().encode(),
        DOCS / "persons.md": persons_markdown().encode(),
        DOCS / "targets.md": targets_markdown().encode(),
        DOCS / "effects.md": effects_page(effects(), systems()).encode(),
        DOCS / "nl" / "effecten.md": effects_page(effects(), systems(), "nl").encode(),
        DOCS / "images" / "forces.png": forces_png(factor_table(registry)),
    }
    for page, content in pages.items():
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_bytes(content)
    return list(pages)


def _told(registry: Registry, record: Record) -> dict[str, object]:
    """Return all that is known of a record, in types that JSON knows."""
    from ...abm.evidence.grade import strength_of
    from ...abm.evidence.value import plain
    from ..reports.readers import record_readers

    scores = registry.pedigree(record.name)
    cited = {each.ref: registry.bibliography[each.ref] for each in record.sources}
    return {
        "name": record.name,
        "title": record.title,
        "file": record.file,
        "value": None if record.value is None else plain(record.value),
        "table": record.table,
        "unit": record.unit,
        "role": record.role,
        "kind": record.kind,
        "prior": record.prior.describe() if record.prior else None,
        "bounds": list(record.bounds) if record.bounds else None,
        "dated": [
            {
                "from": each.start.isoformat(),
                "value": plain(each.value),
                "says": each.says,
                "source": f"{each.source.ref} {each.source.locator}" if each.source else None,
            }
            for each in record.dated
        ],
        "says": record.says,
        "maps": record.maps,
        "maps_note": record.maps_note,
        "sources": [
            {
                "ref": each.ref,
                "locator": each.locator,
                "title": cited[each.ref].title,
                "author": cited[each.ref].author,
                "year": cited[each.ref].year,
            }
            for each in record.sources
        ],
        "caveat": record.caveat,
        "factor": (
            {**record.factor.acts(), "disputed": record.factor.disputed} if record.factor else None
        ),
        "grade": registry.grade(record.name),
        "mechanism": record.mechanism,
        "pedigree": {
            "proxy": scores.proxy,
            "empirical": scores.empirical,
            "method": scores.method,
            "validation": scores.validation,
            "strength": strength_of(scores),
        },
        "readers": record_readers([record])[record.name],
    }


def _line(value: object) -> str:
    """Return a value on one line."""
    if not isinstance(value, dict):
        return str(value)
    if "ref" in value:
        document = f"{value['author']}, {value['title']}, {value['year']}"
        return f"{value['ref']} {value['locator']}: {document}"
    if "from" in value:
        return f"from {value['from']}: {value['value']}; {value['says']} ({value['source']})"
    return ", ".join(f"{key} {each}" for key, each in value.items())


def _grade_table(registry: Registry) -> str:
    """Return how many records of each role have each grade, as plain text."""
    from ...abm.evidence.grade import GRADES
    from ..reports.parameters_page import assumption_sentence, grade_counts

    lines = [f"{'role':<10}" + "".join(f"{each:>6}" for each in (*GRADES, "all"))]
    for role, counts in grade_counts(registry).items():
        cells = [counts[each] for each in GRADES]
        lines.append(f"{role:<10}" + "".join(f"{each:>6}" for each in (*cells, sum(cells))))
    return "\n".join([*lines, assumption_sentence(registry)])
