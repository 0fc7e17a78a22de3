"""Files that are there as a whole or not at all."""

from __future__ import annotations

import os
import resource
import signal
import stat
from pathlib import Path

import pytest
from terugkeer.abm.runs.whole_file import umask, write_whole


def test_a_file_gets_its_name_with_all_its_content(tmp_path: Path) -> None:
    for content in (b"one", b"other"):
        write_whole(tmp_path / "file", content)
        assert (tmp_path / "file").read_bytes() == content
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(os.name == "nt", reason="no such rights there")
def test_others_may_read_as_much_as_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    write_whole(tmp_path / "file", b"")
    plain, whole = ((tmp_path / name).stat().st_mode for name in ("plain", "file"))
    assert stat.S_IMODE(whole) == stat.S_IMODE(plain) == 0o666 & ~umask()


def test_asking_for_the_mask_leaves_it(monkeypatch: pytest.MonkeyPatch) -> None:
    set_to: list[int] = []
    monkeypatch.setattr(os, "umask", lambda mask: set_to.append(mask) or 0o027)
    assert umask() == 0o027
    assert set_to[-1] == 0o027


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_what_stood_there_still_stands_after_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    def refused(_path: Path, _target: Path) -> None:
        raise error

    write_whole(tmp_path / "file", b"before")
    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(error):
        write_whole(tmp_path / "file", b"after")
    assert (tmp_path / "file").read_bytes() == b"before"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_that_may_not_grow_is_not_written(tmp_path: Path) -> None:
    """The system itself refuses: a limit on the size of files stands in for a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, before[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            write_whole(tmp_path / "file", b"x" * 20_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert list(tmp_path.iterdir()) == []
