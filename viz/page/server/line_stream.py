"""Lines of JSON, sent as they are made to a browser that may leave at any time."""

from __future__ import annotations

import asyncio
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeVar

from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from starlette.types import Receive, Scope, Send

    from .order import Order

T = TypeVar("T")
SEND_SECONDS: Final = 60.0  # until a browser that takes nothing counts as gone
_LEVEL: Final = 1  # the first chunk should not wait; JSON shrinks to a fifth all the same
_GZIP: Final = 31  # what zlib calls gzip


class LineStream(Response):
    """An order's lines; the order is let go when they end or the browser has left.

    Parameters
    ----------
    zips : bool
        Whether to send gzip.
    """

    media_type = "application/x-ndjson"

    def __init__(self, order: Order, *, zips: bool) -> None:
        headers = {"cache-control": "no-store", "vary": "accept-encoding"}
        if zips:
            headers["content-encoding"] = "gzip"
        super().__init__(headers=headers)
        del self.headers["content-length"]  # nobody knows it yet
        self._order = order
        self._packer = zlib.compressobj(_LEVEL, wbits=_GZIP) if zips else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send all lines, or those until the browser leaves."""
        del scope
        with self._order, suppress(TimeoutError):
            await unless_gone(receive, self._send(send))

    async def _send(self, send: Send) -> None:
        await send(
            {
                "type": "http.response.start",
                "status": self.status_code,
                "headers": self.raw_headers,
            }
        )
        async for line in self._order.lines():
            async with asyncio.timeout(SEND_SECONDS):
                await send(_body(self._packed(line), more=True))
        end = b"" if self._packer is None else self._packer.flush()
        await send(_body(end, more=False))

    def _packed(self, line: bytes) -> bytes:
        if self._packer is None:
            return line
        return self._packer.compress(line) + self._packer.flush(zlib.Z_SYNC_FLUSH)


async def unless_gone(receive: Receive, work: Coroutine[object, object, T]) -> T | None:
    """Do work for a browser; stop when it leaves.

    Parameters
    ----------
    receive : callable
        Says when the browser has left; the body of its request has been read.
    work : coroutine
        What to do.

    Returns
    -------
    object or None
        What the work returns; None if the browser has left.
    """
    working, leaving = asyncio.ensure_future(work), asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        return await working if working.done() else None
    finally:
        working.cancel()
        leaving.cancel()
        await asyncio.wait({working, leaving})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _body(content: bytes, *, more: bool) -> dict[str, object]:
    return {"type": "http.response.body", "body": content, "more_body": more}
