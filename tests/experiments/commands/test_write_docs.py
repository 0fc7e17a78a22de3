"""`terugkeer check --write-docs`, as a user calls it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terugkeer.experiments.cli import main
from terugkeer.experiments.reports import readers

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_write_docs_writes_pages_and_figure_or_says_where_to_run(
    evidence_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(readers, "readers", lambda names, _: {name: ["here"] for name in names})
    monkeypatch.chdir(tmp_path)
    arguments = ["check", "--evidence", str(evidence_folder), "--write-docs"]
    assert main(arguments) == 1
    assert "no folder docs here" in capsys.readouterr().err
    docs = tmp_path / "docs"
    docs.mkdir()
    assert main(arguments) == 0
    assert "### `stay_weeks`" in (docs / "parameters.md").read_text(encoding="utf-8")
    assert "## Push" in (docs / "factors.md").read_text(encoding="utf-8")
    assert (docs / "images" / "forces.png").read_bytes().startswith(b"\x89PNG")
