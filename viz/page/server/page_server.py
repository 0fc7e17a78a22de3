"""The server of the page: an address of this machine, and what answers there."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING, Final

import uvicorn

from ....abm.errors import InputError
from .door import is_loopback

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from .crew import Crew

LARGEST_PORT: Final = 65535
END_SECONDS: Final = 1  # for answers that are under way when the server is told to end
BACKLOG: Final = 256  # browsers that knock at once


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens at an address of this machine.

    Parameters
    ----------
    host : str
        A name or number of this machine.
    port : int
        0 takes one that is free.

    Raises
    ------
    InputError
        If there can't be one.
    """
    if not 0 <= port <= LARGEST_PORT:
        raise InputError(
            f"--port {port}: a port is a number up to {LARGEST_PORT}. Leave it out for a free one."
        )
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise InputError(
            f"--host {host}: no address of this machine ({_reason(error)}). Leave it out for "
            "127.0.0.1, which is reached from this machine only."
        ) from None
    family, _, _, _, address = found[0]
    try:
        return socket.create_server(address[:2], family=family, backlog=BACKLOG)
    except OSError as error:
        told = f"--host {host} --port {port}" if port else f"--host {host}"
        raise InputError(
            f"{told}: nothing can listen there ({_reason(error)}). Leave out --port for a free "
            "port, and --host for 127.0.0.1."
        ) from None


def address_of(listener: socket.socket) -> str:
    """Return the address to type into a browser on this machine."""
    host, port = listener.getsockname()[:2]
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - all addresses of this machine: take one
        host = "127.0.0.1"
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def warning(host: str) -> str:
    """Return what somebody should know who opens the page to others; empty on loopback."""
    if is_loopback(host):
        return ""
    return (
        f"Warning: with --host {host} everybody who can reach this machine over the network can "
        "open the page and let this machine compute. Nothing is encrypted and nobody is asked for "
        "a password. Do this only in a network that you trust.\n"
    )


class PageServer(uvicorn.Server):
    """Answers until a signal asks for the end; then it raises what that signal stands for.

    It is silent about visitors. All streams end first when it is told to end, so that it need
    not wait for them.

    Parameters
    ----------
    app : ASGI application
        The page.
    crew : Crew
        Who makes the runs that the application streams.
    """

    def __init__(self, app: ASGIApp, crew: Crew) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                loop="asyncio",
                http="h11",
                ws="none",
                lifespan="on",
                log_config=None,
                log_level="warning",
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=END_SECONDS,
            )
        )
        self._crew = crew

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End all streams, then the server.

        Parameters
        ----------
        sockets : list of socket, optional
            Where it listens.
        """
        self._crew.stop()
        await super().shutdown(sockets)


def _reason(error: OSError | UnicodeError) -> str:
    """Return what the system says, without the address that Python adds."""
    if isinstance(error, UnicodeError) or error.errno is None:
        return str(error)
    return str(error.strerror) if isinstance(error, socket.gaierror) else os.strerror(error.errno)
