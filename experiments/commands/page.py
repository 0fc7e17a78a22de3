"""The command `view`: the page that a student opens, on this machine or as one file."""

from __future__ import annotations

import os
import sys
import threading
from functools import partial
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Final

import typer

from ...abm.errors import InputError
from .. import options

if TYPE_CHECKING:
    from ...abm.evidence.registry import Registry
    from ...viz.page.contents import Contents
    from ...viz.page.worlds import Worlds

HOST: Final = "127.0.0.1"
MOST_WORKERS: Final = 4  # unless more are asked for: each takes a third of a gigabyte


def view(
    port: Annotated[
        int | None, typer.Option(help="Port to listen on; a free one if left out.")
    ] = None,
    host: Annotated[
        str | None, typer.Option(help=f"Address to listen on; {HOST} (this machine) if left out.")
    ] = None,
    no_open: Annotated[
        bool, typer.Option("--no-open", help="Only print the address; open no browser.")
    ] = False,
    save: Annotated[
        Path | None, typer.Option(help="Write the page as one new file instead, and end.")
    ] = None,
    renew: Annotated[
        bool, typer.Option("--renew", help="Make the runs again that ship with the page, and end.")
    ] = False,
    scale: options.Scale = options.SCALE,
    workers: Annotated[
        int | None,
        typer.Option(help=f"Processes; as many as cores, at most {MOST_WORKERS}, if left out."),
    ] = None,
) -> None:
    """Open the page: who is in the model, and what becomes of the same persons with a change.

    It listens on this machine only and needs no network. Ctrl-C ends it.
    """
    writes = [name for name, asked in (("--save", save), ("--renew", renew)) if asked]
    listens = [
        name
        for name, asked in (("--port", port), ("--host", host), ("--no-open", no_open or None))
        if asked is not None
    ]
    problems = options.numbers_refused(1, scale, options.FIRST_YEAR, options.LAST_YEAR)
    problems += options.crew_refused(workers, None)
    if writes and listens:
        problems.append(
            f"{writes[0]} writes a file and opens no page: leave out {', '.join(listens)}."
        )
    if renew and scale != options.SCALE:
        problems.append(
            f"--scale {scale:g}: the runs that ship are at scale {options.SCALE:g}. Leave it out."
        )
    if save is not None:
        problems += _refused(save)
    if problems:
        raise InputError(problems)
