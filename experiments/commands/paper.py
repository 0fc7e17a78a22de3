"""The command `paper`: tables, figures and methods of an analysis, ready for a paper."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

PAPER = "paper"


def paper(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a finished analysis.")],
    uncalibrated: Annotated[
        bool,
        typer.Option("--uncalibrated", help="For an uncalibrated model too; captions say so."),
    ] = False,
    out: Annotated[Path | None, typer.Option(help="Where to write; DIR/paper if left out.")] = None,
) -> None:
    """Write LaTeX and CSV tables, figures and a methods paragraph of an analysis."""
    from ...abm.errors import InputError
    from ...abm.runs.whole_file import write_whole
    from ..reports.paper import kit

    files = kit(folder, uncalibrated=uncalibrated)
    target = out or folder / PAPER
    try:
        target.mkdir(parents=True, exist_ok=True)
        foreign = sorted({each.name for each in target.iterdir()} - set(files))
        if foreign:
            raise InputError(
                f"--out {target}: holds {foreign[0]!r}, which is none of the kit's. Give a new or "
                "empty folder."
            )
        for name, content in files.items():
            write_whole(target / name, content)
    except OSError as error:
        raise InputError(f"--out {target}: {error.strerror}. Give another folder.") from error
    typer.echo(f"Written to {target}: {', '.join(files)}.")
    typer.echo("methods.tex and stress_abs.tex hold the text.")
    typer.echo("tables.tex needs the packages booktabs and longtable, figures.tex graphicx.")
