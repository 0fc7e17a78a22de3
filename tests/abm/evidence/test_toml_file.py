"""Every way to fail has its own sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.toml_file import read_toml

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_read_also_with_the_mark_of_windows(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbf[a]\r\nb = 1\r\n")
    assert read_toml(path, "a.toml") == {"a": {"b": 1}}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "x: no such file"),
        (b"", "x: the file is empty"),
        (b" \n", "x: the file is empty"),
        (b"a = 1\n\xff", "x: byte 6 is no UTF-8 text"),
        (b"a = ", "x: no valid TOML"),
        (b"a = " + b"[" * 5000, "x: no valid TOML"),  # nested too deep to read
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, content: bytes | None, told: str) -> None:
    path = tmp_path / "a.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=told):
        read_toml(path, "x")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="x: a folder stands where a file is needed"):
        read_toml(tmp_path, "x")
