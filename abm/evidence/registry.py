"""All records with their mechanisms, bibliography and tables, strictly checked."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from pydantic import BaseModel, ValidationError

from ..errors import InputError
from .bibliography import Reference, Source
from .grade import Grade, Mechanism, Pedigree, grade
from .lever import FILE, Lever, load_levers
from .mistakes import did_you_mean, sentences
from .record import NESTED, Record, Role
from .tables import Tables
from .text import Bilingual
from .toml_file import read_toml
from .value import plain

if TYPE_CHECKING:
    import pandas as pd

FOLDER: Final = Path(__file__).parent
Model = TypeVar("Model", bound=BaseModel)


class Registry(Mapping[str, Record]):
    """The records by name.

    `load_registry` makes one from a folder; `registry()` holds the one that
    ships with the model.
    """

    def __init__(
        self,
        records: Mapping[str, Record],
        mechanisms: Mapping[str, Mechanism],
        bibliography: Mapping[str, Reference],
        tables: Tables,
        levers: Mapping[str, Lever] | None = None,
    ) -> None:
        self._records = dict(records)
        self.mechanisms = dict(mechanisms)
        self.bibliography = dict(bibliography)
        self.tables = tables
        self.levers = dict(levers or {})

    def __getitem__(self, name: str) -> Record:
        """Return a record; an unknown name raises `InputError`."""
        if name not in self._records:
            hint = did_you_mean(name, self._records)
            raise InputError(
                f"record {name!r}: unknown.{hint} `terugkeer check` lists problems, "
                "docs/parameters.md all names."
            )
        return self._records[name]

    def __contains__(self, name: object) -> bool:
        """Return whether there is a record of that name."""
        return name in self._records

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self._records)

    def __len__(self) -> int:
        """Return the number of records."""
        return len(self._records)

    def names(self) -> list[str]:
        """Return the names of all records.

        Returns
        -------
        list of str
            Sorted names.
        """
        return sorted(self._records)

    def by_role(self, role: Role) -> tuple[Record, ...]:
        """Return the records of a role.

        Returns
        -------
        tuple of Record
            Sorted by name.
        """
        return tuple(self[name] for name in self.names() if self[name].role == role)

    def factors(self) -> tuple[Record, ...]:
        """Return the catalogue of factors: the records that weigh in the decision.

        Returns
        -------
        tuple of Record
            In the order of the files by name, then as written in each.
        """
        return tuple(record for record in self.values() if record.factor is not None)

    def pedigree(self, name: str) -> Pedigree:
        """Return the scores of a record: its own, or those of its mechanism.

        Returns
        -------
        Pedigree
            Four scores from 0 to 4.

        Raises
        ------
        InputError
            If there is no such record.
        """
        record = self[name]
        return record.pedigree or self.mechanisms[str(record.mechanism)]

    def grade(self, name: str) -> Grade:
        """Return the grade of a record.

        Raises
        ------
        InputError
            If there is no such record.
        """
        return grade(self.pedigree(name), self[name].kind)

    def assumptions(self) -> tuple[Record, ...]:
        """Return the records that rest on no source.

        Returns
        -------
        tuple of Record
            Records of kind assumption, sorted by name.
        """
        return tuple(self[name] for name in self.names() if self[name].kind == "assumption")

    def table(self, name: str) -> pd.DataFrame:
        """Return the data table that a record documents.

        Parameters
        ----------
        name : str
            Name of a record with `table`.

        Raises
        ------
        InputError
            If there is no such record, or it holds a value.
        """
        file = self[name].table
        if file is None:
            raise InputError(f"record {name!r}: holds a value, not a data table; read its value.")
        return self.tables.frame(file)

    def evidence_hash(self) -> str:
        """Return a hash of the values alone: captions and sources do not count.

        Returns
        -------
        str
            64 hexadecimal digits over names, values, dated values, how factors
            act, and the content of all data tables.
        """
        values = {
            name: [
                record.table if record.value is None else plain(record.value),
                [[each.start.isoformat(), plain(each.value)] for each in record.dated],
                *([] if record.factor is None else [record.factor.acts()]),
            ]
            for name, record in self._records.items()
        }
        text = json.dumps(values, sort_keys=True) + self.tables.content()
        return hashlib.sha256(text.encode()).hexdigest()


def load_registry(folder: Path | str | None = None) -> Registry:
    """Load records, pedigrees, bibliography and tables from a folder.

    Parameters
    ----------
    folder : Path or str, optional
        A folder laid out like `abm/evidence`: `records/*.toml`,
        `pedigrees.toml`, `bibliography.toml`, `data/*.csv`,
        `data/schema.toml`. The one that ships with the model if left out.

    Raises
    ------
    InputError
        With every problem of every file, each naming file, key, value and
        remedy.
    """
    root = FOLDER if folder is None else Path(folder)
    if not root.is_dir():
        raise InputError(f"{root}: no such evidence folder; correct the path.")
    found: list[str] = []
    mechanisms = _entries(root, "pedigrees.toml", Mechanism, found)
    bibliography = _entries(root, "bibliography.toml", Reference, found)
    tables: Tables | None = None
    try:
        tables = Tables(root / "data")
    except InputError as error:
        found += error.problems
    records = _records(root, found)
    for record in records.values():
        place = f"records/{record.file} [{record.name}]"
        dated = [each.source for each in record.dated if each.source is not None]
        carded = [source for card in record.cards.values() for source in card.sources]
        if bibliography is not None:
            found += _unknown_refs((*record.sources, *dated, *carded), bibliography, place)
        if mechanisms is not None:
            found += _unknown_mechanism(record, mechanisms, place)
        if tables is not None:
            found += _unknown_table(record, tables, place)
    levers = _levers(root, records, bibliography, found)
    if tables is not None and bibliography is not None:
        for name, schema in tables.schemas.items():
            found += _unknown_refs(schema.sources, bibliography, f"data/schema.toml [{name}]")
    if found or tables is None or mechanisms is None or bibliography is None:
        raise InputError(found)
    return Registry(records, mechanisms, bibliography, tables, levers)


@functools.cache
def registry() -> Registry:
    """Return the records that ship with the model, loaded once.

    Raises
    ------
    InputError
        If the files are damaged.
    """
    return load_registry()


def _entries(
    root: Path, name: str, model: type[Model], found: list[str]
) -> dict[str, Model] | None:
    """Return the tables of a file as models; None if the file cannot be read."""
    try:
        content = read_toml(root / name, name)
    except InputError as error:
        found += error.problems
        return None
    entries: dict[str, Model] = {}
    for key, raw in content.items():
        if not isinstance(raw, dict):
            found.append(f"{name} {key} = {raw!r}: no table; write [{key}] above its keys.")
            continue
        try:
            entries[key] = model.model_validate(raw)
        except ValidationError as error:
            found += sentences(error, f"{name} [{key}]", model, {"short": Bilingual})
    return entries


def _records(root: Path, found: list[str]) -> dict[str, Record]:
    """Return the records of all files; names stand once over all of them."""
    folder = root / "records"
    if not folder.is_dir():
        found.append("records: no such folder; create it and put record files into it.")
        return {}
    records: dict[str, Record] = {}
    first: dict[str, str] = {}
    for path in sorted(folder.glob("[!.]*.toml")):  # no lock of an editor
        try:
            content = read_toml(path, f"records/{path.name}")
        except InputError as error:
            found += error.problems
            continue
        for name, raw in content.items():
            place = f"records/{path.name} [{name}]"
            if name in first:
                found.append(f"{place}: stands in records/{first[name]} too; rename or remove one.")
                continue
            first[name] = path.name
            if not isinstance(raw, dict):
                found.append(f"{place} = {raw!r}: no table; write [{name}] above its keys.")
                continue
            hidden = sorted(Record.HIDDEN & raw.keys())
            found += [f"{place} {key}: unknown key; remove it." for key in hidden]
            try:
                records[name] = Record.model_validate({**raw, "name": name, "file": path.name})
            except ValidationError as error:
                found += sentences(error, place, Record, NESTED)
    return records


def _levers(
    root: Path,
    records: Mapping[str, Record],
    bibliography: Mapping[str, Reference] | None,
    found: list[str],
) -> dict[str, Lever]:
    """Return the levers of a folder; those that ship stand beside the records."""
    levers, wrong = load_levers(root / FILE, records)
    found += wrong
    for lever in levers.values() if bibliography is not None else ():
        found += _unknown_refs(lever.evidence, bibliography or {}, f"{FILE} [{lever.id}]")
    return levers


def _unknown_refs(
    sources: tuple[Source, ...], bibliography: Mapping[str, Reference], place: str
) -> list[str]:
    """Return a sentence for each source that the bibliography lacks."""
    return [
        f"{place} ref = {source.ref!r}: not in bibliography.toml."
        f"{did_you_mean(source.ref, bibliography)} Correct the key or add the document."
        for source in sources
        if source.ref not in bibliography
    ]


def _unknown_mechanism(record: Record, mechanisms: Iterable[str], place: str) -> list[str]:
    """Return a sentence if a record names a mechanism without a pedigree."""
    if record.mechanism is None or record.mechanism in mechanisms:
        return []
    hint = did_you_mean(record.mechanism, mechanisms)
    what = f"{place} mechanism = {record.mechanism!r}: not in pedigrees.toml."
    return [f"{what}{hint} Correct the name or add the mechanism."]


def _unknown_table(record: Record, tables: Tables, place: str) -> list[str]:
    """Return a sentence if a record documents a table that is not there."""
    files = [f"{each}.csv" for each in tables.schemas]
    if record.table is None or record.table in files:
        return []
    hint = did_you_mean(record.table, files)
    what = f"{place} table = {record.table!r}: no such file in data."
    return [f"{what}{hint} Correct the name or add the table."]
