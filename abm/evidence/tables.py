"""The data tables, which are read only here and checked against their schema.

The files are in `evidence/data`; `schema.toml` beside them says what every
column holds, and `README.md` where the numbers come from.
"""

from __future__ import annotations

import csv
import functools
import io
import json
import math
from pathlib import Path
from typing import Annotated, Final, Literal, Self, TypeAlias

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from ..errors import InputError
from .bibliography import Source
from .mistakes import did_you_mean, sentences
from .text import Text  # noqa: TC001 (pydantic reads it at run time)
from .toml_file import read_toml
from .units import known_unit

FOLDER: Final = Path(__file__).parent / "data"
Cell: TypeAlias = int | float | str


class ColumnSchema(BaseModel):
    """What one column of a data table holds."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    type: Literal["int", "float", "text"]
    low: float | None = None
    high: float | None = None
    allowed: Annotated[tuple[str, ...], Field(strict=False)] = ()
    empty: bool = False

    def parse(self, text: str) -> Cell:
        """Return what a cell holds.

        Returns
        -------
        int, float or str
            Its value; NaN for an empty cell where those are allowed.

        Raises
        ------
        ValueError
            If the column cannot hold it.
        """
        if not text.strip():
            if self.empty:
                return "" if self.type == "text" else math.nan
            raise ValueError("is empty; fill it")
        if self.type == "text":
            if self.allowed and text not in self.allowed:
                hint = did_you_mean(text, self.allowed)
                raise ValueError(f"is not allowed.{hint} Allowed: {', '.join(self.allowed)}")
            return text
        try:
            number = int(text) if self.type == "int" else float(text)
        except ValueError:
            needed = "a whole number" if self.type == "int" else "a number"
            raise ValueError(f"is not {needed}; correct it") from None
        if not math.isfinite(number):
            raise ValueError("is not finite; correct it")
        if self.low is not None and number < self.low:
            raise ValueError(f"lies below {self.low:g}; correct it")
        if self.high is not None and number > self.high:
            raise ValueError(f"lies above {self.high:g}; correct it")
        return number


class TableSchema(BaseModel):
    """What one data table holds, and where it comes from."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    title: Text
    unit: str
    key: Annotated[tuple[str, ...], Field(min_length=1, strict=False)]
    sources: Annotated[tuple[Source, ...], Field(min_length=1, strict=False)]
    columns: Annotated[dict[str, ColumnSchema], Field(min_length=1)]
    note: str = ""

    @field_validator("unit")
    @classmethod
    def _known_unit(cls, unit: str) -> str:
        return known_unit(unit)

    @model_validator(mode="after")
    def _keys_are_columns(self) -> Self:
        missing = [each for each in self.key if each not in self.columns]
        if missing:
            raise ValueError(f"key names no column: {', '.join(missing)}; correct it")
        return self

    def parse(self, text: str, called: str) -> dict[str, list[Cell]]:
        """Return the columns of a table from its text; messages name it as `called`.

        Returns
        -------
        dict of str to list
            Values by column, in the order of the schema.

        Raises
        ------
        InputError
            If columns differ from the schema, or a cell or row is wrong; with
            every problem of the file.
        """
        rows = csv.reader(io.StringIO(text))
        header = next(rows, [])
        found = self._about_header(header, called)
        if found:
            raise InputError(found)
        columns: dict[str, list[Cell]] = {each: [] for each in self.columns}
        seen: dict[tuple[Cell, ...], int] = {}
        for row in rows:
            place = f"{called} line {rows.line_num}"
            parsed, wrong = self._cells(header, row, place)
            found += wrong
            if wrong:
                continue
            key = tuple(parsed[each] for each in self.key)
            if key in seen:
                found.append(
                    f"{place}: {', '.join(self.key)} = {', '.join(map(str, key))} "
                    f"stands on line {seen[key]} already; remove one."
                )
            seen.setdefault(key, rows.line_num)
            for column, cells in columns.items():
                cells.append(parsed[column])
        if not seen and not found:
            found.append(f"{called}: no rows; fill the table.")
        if found:
            raise InputError(found)
        return columns

    def _about_header(self, header: list[str], called: str) -> list[str]:
        found = [
            f"{called}: column {each!r} is missing; add it."
            for each in self.columns
            if each not in header
        ]
        found += [
            f"{called}: column {each!r} is unknown.{did_you_mean(each, self.columns)} Remove it."
            for each in header
            if each not in self.columns
        ]
        if len(set(header)) < len(header):
            found.append(f"{called}: a column stands twice in {header}; remove one.")
        return found

    def _cells(
        self, header: list[str], row: list[str], place: str
    ) -> tuple[dict[str, Cell], list[str]]:
        if len(row) != len(header):
            return {}, [f"{place}: {len(row)} cells for {len(header)} columns; correct it."]
        parsed: dict[str, Cell] = {}
        wrong = []
        for column, cell in zip(header, row, strict=True):
            try:
                parsed[column] = self.columns[column].parse(cell)
            except ValueError as error:
                wrong.append(f"{place}: {column} = {cell!r} {error}.")
        return parsed, wrong


class Tables:
    """All data tables of a folder, checked when they are loaded.

    Parameters
    ----------
    folder : Path, optional
        Folder with `schema.toml` and the files.

    Raises
    ------
    InputError
        If the schema or a table is wrong; with every problem of every file.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self.schemas: dict[str, TableSchema] = {}
        self._columns: dict[str, dict[str, list[Cell]]] = {}
        found: list[str] = []
        for name, raw in read_toml(folder / "schema.toml", "data/schema.toml").items():
            place = f"data/schema.toml [{name}]"
            try:
                schema = TableSchema.model_validate(raw)
                self.schemas[name] = schema
                self._columns[name] = schema.parse(_text_of(folder, name), f"data/{name}.csv")
            except ValidationError as error:
                nested: dict[str, type[BaseModel]] = {"sources": Source, "columns": ColumnSchema}
                found += sentences(error, place, TableSchema, nested)
            except InputError as error:
                found += error.problems
        found += [
            f"data/{path.name}: no schema; describe the table in data/schema.toml"
            for path in sorted(folder.glob("[!.]*.csv"))
            if path.stem not in self.schemas and not any(f"[{path.stem}]" in each for each in found)
        ]
        if found:
            raise InputError(found)

    def frame(self, name: str) -> pd.DataFrame:
        """Return one table.

        Parameters
        ----------
        name : str
            Name of the file, with or without `.csv`.

        Returns
        -------
        pandas.DataFrame
            A new frame with the columns of the schema; whole numbers are
            int64, and float64 where cells may be empty.

        Raises
        ------
        InputError
            If there is no such table.
        """
        stem = name.removesuffix(".csv")
        if stem not in self._columns:
            hint = did_you_mean(stem, self._columns)
            raise InputError(f"data table {stem!r}: unknown.{hint}")
        return pd.DataFrame({key: list(cells) for key, cells in self._columns[stem].items()})

    def content(self) -> str:
        """Return the values of all tables as JSON, for hashing; line ends make no difference."""
        return json.dumps(self._columns, sort_keys=True)


def read_table(name: str) -> pd.DataFrame:
    """Return one of the data tables that ship with the model.

    Parameters
    ----------
    name : str
        Name of the file in `evidence/data`, with or without `.csv`.

    Raises
    ------
    InputError
        If there is no such table, or the tables are damaged.
    """
    return tables().frame(name)


@functools.cache
def tables() -> Tables:
    """Return the data tables that ship with the model, loaded once."""
    return Tables()


def _text_of(folder: Path, name: str) -> str:
    """Return the text of a table's file."""
    path, called = folder / f"{name}.csv", f"data/{name}.csv"
    if path.is_dir():
        raise InputError(f"{called}: a folder stands where a table is needed; remove it")
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"{called}: missing; restore the table or remove its schema") from None
    except OSError as error:
        raise InputError(f"{called}: cannot be read ({error.strerror}); check the file") from None
    except UnicodeDecodeError as error:
        raise InputError(
            f"{called}: byte {error.start} is no UTF-8 text; save the table as UTF-8"
        ) from None
