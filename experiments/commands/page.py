"""The command `view`: the page that a student opens, on this machine or as one file."""

from __future__ import annotations

import gzip
import json
import os
import sys
import tempfile
import threading
import webbrowser
from functools import partial
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Final

import typer

from ...abm.errors import InputError
from .. import options
from ..interruption import interruptible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...viz.page.lives.neighbourhood import Where
    from ...viz.page.lives.worlds import Worlds

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
    if writes and scale != options.SCALE:
        problems.append(
            f"--scale {scale:g}: what {writes[0]} writes has scale {options.SCALE:g}. Leave it out."
        )
    if save is not None:
        problems += _refused(save)
    if problems:
        raise InputError(problems)
    processes = workers or min(os.cpu_count() or 1, MOST_WORKERS)
    if renew:
        _renew(processes)
    if save is not None:
        _save(save, processes)
    if not writes:
        _serve(host or HOST, port or 0, scale, processes, opens=not no_open)


def open_worlds(scale: float, where: Mapping[int, Where]) -> Worlds:
    """Return what makes the runs of a worker process, ready for the first; called there.

    Parameters
    ----------
    scale : float
        Persons for each simulated one.
    where : mapping
        Neighbourhoods that are known, by seed.
    """
    from ...abm.evidence.registry import registry
    from ...viz.page.lives.shipped import WHOLE_SEED
    from ...viz.page.lives.worlds import Worlds

    worlds = Worlds(registry(), scale, where)
    worlds.prepare(WHOLE_SEED)
    return worlds


def _refused(save: Path) -> list[str]:
    """Return a sentence if the page can't be written to a file, before anything runs."""
    if save.is_dir():
        return [f"--save {save}: is a folder. Give the name of a new file, such as page.html."]
    if save.exists() or save.is_symlink():
        return [f"--save {save}: is there already. Give another name, or remove it first."]
    if not save.parent.is_dir():
        return [f"--save {save}: {save.parent} is no folder. Give a file in a folder that is."]
    try:
        with tempfile.TemporaryFile(dir=save.parent):
            return []
    except OSError as error:
        return [f"--save {save}: nothing can be written there ({error.strerror}). Give another."]


def _written(option: str, file: Path, content: bytes) -> None:
    from ...abm.runs.whole_file import write_whole

    try:
        write_whole(file, content)
    except OSError as error:
        raise InputError(f"{option}: {file} can't be written ({error.strerror}).") from error
    typer.echo(f"Written: {file} ({len(content) / 1000:.0f} kB).")


def _made(processes: int) -> bytes:
    """Make the runs that ship, and tell how far they are."""
    from ...viz.page.lives.shipped import make

    with interruptible():
        return make(processes, _tell)


def _tell(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


def _renew(processes: int) -> None:
    from ...viz.page.lives.shipped import FILE

    try:
        with tempfile.TemporaryFile(dir=FILE.parent):
            pass
    except OSError as error:
        raise InputError(
            f"--renew: nothing can be written to {FILE.parent} ({error.strerror}). The runs ship "
            "with the package: make them where you may change it."
        ) from None
    _written("--renew", FILE, _made(processes))


def _save(save: Path, processes: int) -> None:
    """Write the page as one file, with the runs that ship or, if these are stale, new ones."""
    from ...abm.evidence.registry import registry
    from ...viz.page.contents import contents_of
    from ...viz.page.lives.shipped import Shipped, load
    from ...viz.page.saved import saved_page

    shipped = load(registry())
    if shipped.content is None:
        _tell(" ".join([*shipped.stale, "They are made anew for this file."]))
        shipped = Shipped(json.loads(gzip.decompress(_made(processes))))
    page = saved_page(contents_of(registry(), shipped, options.SCALE))
    _written(f"--save {save}", save, page)


def _serve(host: str, port: int, scale: float, processes: int, *, opens: bool) -> None:
    from ...viz.page.server.page_server import address_of, listening, warning

    with interruptible(), listening(host, port) as listener:
        from ...abm.evidence.registry import registry
        from ...viz.page.contents import contents_of
        from ...viz.page.lives.shipped import load
        from ...viz.page.server.app import make_app
        from ...viz.page.server.crew import Crew
        from ...viz.page.server.page_server import PageServer

        shipped = load(registry())
        contents = contents_of(registry(), shipped, scale)
        crew = Crew(partial(open_worlds, scale, shipped.where(scale)), processes)
        server = PageServer(make_app(contents, crew, registry(), host), crew)
        sys.stderr.write(warning(host))
        if contents.stale:
            _tell(f"{contents.stale} The baseline is made anew; the page says how far it is.")
        address = address_of(listener)
        typer.echo(f"The page is at {address} - Ctrl-C ends it.")
        sys.stdout.flush()
        if opens:  # some browsers hold whoever opens them
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        server.run([listener])
