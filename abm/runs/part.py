"""Parts: containers of finished runs with an index, each named by its own checksum.

A part is a zip file: `index.json` says of each run its key, how it ended and
what it cost; `yearly.parquet` and the other tables hold the rows of all its
runs, with the run's position in the index. The file is called
`part-<SHA-256 of the file>.zip`, so that a torn, truncated or altered part is
known by its name.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from dataclasses import asdict
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from .finished_run import Ended, Failure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from .finished_run import FinishedRun

FORMAT_VERSION: Final = 1
INDEX: Final = "index.json"
POSITION: Final = "run"  # column: position of the run in the index
NAME: Final = re.compile(r"part-([0-9a-f]{64})\.zip")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # zip members carry no time of writing


class PartError(Exception):
    """A part that cannot be used, with the reason."""


def encode(runs: Sequence[FinishedRun]) -> bytes:
    """Return a part that holds runs, as the bytes of its file."""
    stacked: dict[str, list[pd.DataFrame]] = {}
    for position, run in enumerate(runs):
        for name, table in run.tables.items():
            placed = table.copy(deep=False)
            placed.insert(0, POSITION, position)
            stacked.setdefault(name, []).append(placed)
    tables = {
        name: pa.Table.from_pandas(pd.concat(each, ignore_index=True), preserve_index=False)
        for name, each in stacked.items()
    }
    return encode_tables([run.ended for run in runs], tables)


def encode_tables(ended: Sequence[Ended], tables: Mapping[str, pa.Table]) -> bytes:
    """Return a part from an index and tables, as the bytes of its file.

    Parameters
    ----------
    tables : mapping of str to pyarrow.Table
        Tables with a column `run`: the position of the run in the index.
    """
    index = {"format_version": FORMAT_VERSION, "runs": [asdict(each) for each in ended]}
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_member(INDEX), json.dumps(index))
        for name, table in sorted(tables.items()):
            rows = BytesIO()
            pq.write_table(table, rows, compression="zstd")
            archive.writestr(_member(f"{name}.parquet"), rows.getvalue(), zipfile.ZIP_STORED)
    return buffer.getvalue()


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def name_of(content: bytes) -> str:
    """Return the name that a part must have: `part-<SHA-256>.zip`."""
    return f"part-{hashlib.sha256(content).hexdigest()}.zip"


def read_index(path: Path) -> list[Ended]:
    """Check a part and return its index.

    Returns
    -------
    list of Ended
        Its runs, in the order of positions.

    Raises
    ------
    PartError
        If it is not a part, or not as it was written.
    """
    if not NAME.fullmatch(path.name):
        raise PartError("foreign: no name of a part")
    content = path.read_bytes()
    if name_of(content) != path.name:
        raise PartError("torn: its content is not what its name says; truncated or altered")
    try:
        return index_of(content)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise PartError(f"foreign: no index of finished runs ({error})") from error


def index_of(content: bytes) -> list[Ended]:
    """Return the index of a part.

    Returns
    -------
    list of Ended
        Its runs, in the order of positions.

    Raises
    ------
    ValueError
        If it is of another format.
    """
    with zipfile.ZipFile(BytesIO(content)) as archive:
        index: dict[str, Any] = json.loads(archive.read(INDEX))
    if index["format_version"] != FORMAT_VERSION:
        raise ValueError(f"format {index['format_version']}, this program knows {FORMAT_VERSION}")
    return [
        Ended(**{**each, "failure": Failure(**each["failure"]) if each["failure"] else None})
        for each in index["runs"]
    ]


def read_tables(path: Path, name: str) -> pa.Table | None:
    """Return one table of all runs of a part.

    Returns
    -------
    pyarrow.Table or None
        The rows, with column `run`; None if no run of the part has the table.
    """
    with zipfile.ZipFile(path) as archive:
        if f"{name}.parquet" not in archive.namelist():
            return None
        return pq.read_table(BytesIO(archive.read(f"{name}.parquet")))


def stacked(folder: Path, name: str, places: Sequence[tuple[str, int]]) -> pa.Table | None:
    """Return one table of some runs, wherever they stand.

    Parameters
    ----------
    places : sequence of (str, int)
        Of each run its part and its position there.

    Returns
    -------
    pyarrow.Table or None
        The rows, with column `run`: the number of the run among the places. They are
        sorted by it. None if no run has the table.
    """
    wanted: dict[str, dict[int, int]] = {}
    for number, (part, position) in enumerate(places):
        wanted.setdefault(part, {})[position] = number
    found = []
    for part, numbers in sorted(wanted.items()):
        table = read_tables(folder / part, name)
        if table is None:
            continue
        here = table.column(POSITION).to_pandas().map(numbers)
        kept = table.filter(pa.array(here.notna()))
        placed = pa.array(here.dropna().astype("int64"))
        found.append(kept.set_column(0, POSITION, placed))
    if not found:
        return None
    whole = pa.concat_tables(found, promote_options="permissive")
    return whole.sort_by([(POSITION, "ascending")])
