"""The door of the page: whom it lets in, and what every answer carries."""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
# The single file has the same policy with hashes instead of 'self'.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' blob: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "content-security-policy": POLICY,
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}
JSON_TYPE: Final = "application/json"


class Door:
    """Lets in who asks for this page, under its own name, from this page.

    A page elsewhere can make a browser ask here. So the name in the header `Host` must be one
    of ours (else a name of theirs could be pointed to our address), and what is posted must be
    JSON that our own page sends.

    Parameters
    ----------
    app : ASGI application
        What is behind the door.
    host : str, optional
        The address that the server listens on. Loopback names are always let in; at an address
        that stands for all of the machine, every numeric address and the machine's name are.
    """

    def __init__(self, app: ASGIApp, host: str = "127.0.0.1") -> None:
        self._app = app
        self._names = LOOPBACK | {host.lower()}
        self._numbers = is_everywhere(host)
        if self._numbers:
            name = socket.gethostname().lower()
            self._names |= {name, f"{name}.local", socket.getfqdn().lower()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it to what is behind the door."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        refused = self._refused(scope["method"], Headers(scope=scope))
        if refused is None:
            await self._app(scope, receive, told)
            return
        status, sentence = refused
        answer = JSONResponse({"problems": [sentence]}, status)
        await answer(scope, receive, told)

    def _refused(self, method: str, headers: Headers) -> tuple[int, str] | None:
        """Return status and reason if a request is refused."""
        host = headers.get("host", "")
        if not self._is_ours(host):
            return 400, f"This page is not called {host[:100]!r}: use the address that was printed."
        if method != "POST":
            return None
        if headers.get("content-type", "").split(";")[0].strip().lower() != JSON_TYPE:
            return 415, f"Post {JSON_TYPE}."
        origin = headers.get("origin")
        if origin is not None and origin.lower() not in {
            f"http://{host}".lower(),
            f"https://{host}".lower(),
        }:
            return 403, "Another page can't post here."
        if headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return 403, "Another page can't post here."
        return None

    def _is_ours(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
            _ = urlsplit(f"//{host}").port
        except ValueError:
            return False
        if "@" in host or "/" in host:
            return False
        return name in self._names or (self._numbers and _is_address(name))


def is_loopback(host: str) -> bool:
    """Return whether an address can be reached from this machine only."""
    if host.lower() == "localhost":
        return True
    return _is_address(host) and ipaddress.ip_address(host).is_loopback


def is_everywhere(host: str) -> bool:
    """Return whether an address stands for all addresses of this machine."""
    return _is_address(host) and ipaddress.ip_address(host).is_unspecified


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
