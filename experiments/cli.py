"""The program `terugkeer`: its commands, and how it ends when something is wrong."""

from __future__ import annotations

import os
import sys
from importlib.metadata import version as version_of
from typing import Annotated

import typer

from ..abm.errors import InputError
from .commands import (
    compare,
    counsellor,
    evidence,
    machine,
    page,
    pairs,
    paper,
    prior,
    replicates,
    run,
    sensitivity,
    store,
)

INTERRUPTED = 130  # 128 + SIGINT, as shells expect

app = typer.Typer(
    help="An evidence-based model of how people who must leave the Netherlands decide.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command()(evidence.check)
app.command()(evidence.explain)
app.command()(run.run)
app.command()(store.resume)
app.command()(store.status)
app.command()(replicates.replicates)
app.command()(compare.compare)
app.command()(sensitivity.screen)
app.command()(sensitivity.sobol)
app.command()(sensitivity.pawn)
app.command()(pairs.interactions)
app.command()(pairs.survival)
app.command()(prior.prior)
app.command()(paper.paper)
app.command()(page.view)
app.command()(machine.plan)
app.command()(counsellor.counsellor)
app.command()(machine.bench)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(version_of("terugkeer"))
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Options of the program itself."""


def main(arguments: list[str] | None = None) -> int:
    """Run the program.

    Parameters
    ----------
    arguments : list of str, optional
        What follows the program's name; that of the command line if left out.

    Returns
    -------
    int
        Exit code: 0 done, 1 the user's input is wrong, 2 no such command or
        option, 3 some runs failed, 130 interrupted, 143 terminated.
    """
    code = 0
    try:
        try:
            app(arguments)
        except SystemExit as end:  # how typer ends, also when all went well
            code = _exit_code(end)
        except InputError as error:
            code = 1
            sys.stderr.write(f"{error}\n")
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = INTERRUPTED
    except BrokenPipeError:  # whoever read our output has ended: end quietly
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    return code


def _exit_code(end: SystemExit) -> int:
    """Return the exit code that typer chose, and 130 for an interrupt."""
    if isinstance(getattr(end.__context__, "__cause__", None), KeyboardInterrupt):
        return INTERRUPTED  # older typer says 1
    return end.code if isinstance(end.code, int) else int(end.code is not None)
