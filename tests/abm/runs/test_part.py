"""Parts: what is packed is read again, and what is no part is told."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from terugkeer.abm.runs.finished_run import Ended, Failure, FinishedRun
from terugkeer.abm.runs.part import (
    NAME,
    PartError,
    encode,
    encode_tables,
    index_of,
    name_of,
    read_index,
    read_tables,
    stacked,
)

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

FAILURE = Failure("simulate", 575, "2012-01-02", "ZeroDivisionError", "Traceback")
RUNS = [
    FinishedRun(Ended("a", 1.5, 20, {"exit": 0.5}), {"yearly": pd.DataFrame({"persons": [1, 2]})}),
    FinishedRun(Ended("b", failure=FAILURE), {}),
    FinishedRun(Ended("c", 0.5), {"yearly": pd.DataFrame({"persons": [3]})}),
]


def written(folder: Path, content: bytes) -> Path:
    path = folder / name_of(content)
    path.write_bytes(content)
    return path


def rows(table: pa.Table | None) -> dict[str, list[int]]:
    assert table is not None
    found: dict[str, list[int]] = table.to_pydict()
    return found


def test_what_is_packed_is_read_again(tmp_path: Path) -> None:
    path = written(tmp_path, encode(RUNS))
    assert read_index(path) == [run.ended for run in RUNS]
    assert rows(read_tables(path, "yearly")) == {"run": [0, 0, 2], "persons": [1, 2, 3]}
    assert read_tables(path, "weekly") is None


def test_the_same_runs_are_the_same_bytes_under_the_name_of_their_hash() -> None:
    assert encode(RUNS) == encode(RUNS)
    assert NAME.fullmatch(name_of(encode(RUNS)))
    assert name_of(encode(RUNS)) != name_of(encode(RUNS[:2]))


def test_rows_are_put_together_in_the_order_of_places(tmp_path: Path) -> None:
    one, other = written(tmp_path, encode(RUNS)), written(tmp_path, encode(RUNS[2:]))
    places = [(other.name, 0), (one.name, 1), (one.name, 0)]
    assert rows(stacked(tmp_path, "yearly", places)) == {"run": [0, 2, 2], "persons": [3, 1, 2]}
    back = stacked(tmp_path, "yearly", places[::-1])  # parts come by name, rows by place
    assert rows(back) == {"run": [0, 0, 2], "persons": [1, 2, 3]}
    assert rows(stacked(tmp_path, "yearly", [(one.name, 2)])) == {"run": [0], "persons": [3]}
    assert stacked(tmp_path, "weekly", places) is None


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (encode(RUNS)[:-100], name_of(encode(RUNS)), "torn"),
        (b"", name_of(encode(RUNS)), "torn"),
        (encode(RUNS), "part-mine.zip", "foreign: no name"),
        (b"text", name_of(b"text"), "foreign: no index"),
    ],
)
def test_what_is_no_part_is_told(tmp_path: Path, content: bytes, name: str, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(PartError, match=said):
        read_index(tmp_path / name)


def test_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "part.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("index.json", '{"format_version": 2, "runs": []}')
    with pytest.raises(ValueError, match="format 2, this program knows 1"):
        index_of(path.read_bytes())
    assert index_of(encode_tables([], {})) == []
