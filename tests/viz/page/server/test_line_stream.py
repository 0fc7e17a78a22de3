"""A stream of lines: as they are made, and no longer than somebody reads them."""

from __future__ import annotations

import asyncio
import zlib
from typing import TYPE_CHECKING, Any, Self

import pytest
from terugkeer.viz.page.server import line_stream
from terugkeer.viz.page.server.line_stream import LineStream, unless_gone

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class FakeOrder:
    """Two lines, and then none until it is let go."""

    def __init__(self, *, ends: bool) -> None:
        self.ends = ends
        self.held = False

    def __enter__(self) -> Self:
        self.held = True
        return self

    def __exit__(self, *_: object) -> None:
        self.held = False

    async def lines(self) -> AsyncIterator[bytes]:
        yield b'{"a": 1}\n'
        yield b'{"b": 2}\n'
        if not self.ends:
            await asyncio.Event().wait()


async def never() -> dict[str, Any]:
    await asyncio.Event().wait()
    return {}


def sent(order: FakeOrder, *, zips: bool, leaves_after: int = 99) -> list[dict[str, Any]]:
    """Return what was sent to a browser that leaves after some messages."""
    messages: list[dict[str, Any]] = []
    left = asyncio.Event()

    async def send(message: Any) -> None:  # noqa: ANN401 - a message of ASGI
        messages.append(message)
        if len(messages) >= leaves_after:
            left.set()

    async def receive() -> dict[str, Any]:
        await left.wait()
        return {"type": "http.disconnect"}

    async def stream() -> None:
        async with asyncio.timeout(10):
            await LineStream(order, zips=zips)({}, receive, send)  # type: ignore[arg-type] # stands in

    asyncio.run(stream())
    return messages


def test_all_lines_are_sent_and_the_order_is_let_go() -> None:
    order = FakeOrder(ends=True)
    start, *bodies = sent(order, zips=False)
    assert [each["body"] for each in bodies] == [b'{"a": 1}\n', b'{"b": 2}\n', b""]
    assert [each["more_body"] for each in bodies] == [True, True, False]
    headers = dict(start["headers"])
    assert b"content-length" not in headers
    assert headers[b"content-type"] == b"application/x-ndjson"
    assert not order.held


def test_each_zipped_line_can_be_read_when_it_comes() -> None:
    start, first, second, end = sent(FakeOrder(ends=True), zips=True)
    assert dict(start["headers"])[b"content-encoding"] == b"gzip"
    unpacker = zlib.decompressobj(31)
    assert unpacker.decompress(first["body"]) == b'{"a": 1}\n'
    assert unpacker.decompress(second["body"]) == b'{"b": 2}\n'
    assert unpacker.decompress(end["body"]) == b""
    assert unpacker.eof


@pytest.mark.parametrize("messages", [1, 2, 3])
def test_who_leaves_lets_the_order_go(messages: int) -> None:
    order = FakeOrder(ends=False)
    assert 1 <= len(sent(order, zips=False, leaves_after=messages)) <= 3
    assert not order.held


def test_a_browser_that_takes_nothing_counts_as_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_stream, "SEND_SECONDS", 0.01)
    order = FakeOrder(ends=True)

    async def send(message: Any) -> None:  # noqa: ANN401 - a message of ASGI
        if message["type"] == "http.response.body":
            await asyncio.Event().wait()

    async def stream() -> None:
        async with asyncio.timeout(10):
            await LineStream(order, zips=False)({}, never, send)  # type: ignore[arg-type] # stands in

    asyncio.run(stream())
    assert not order.held


def test_work_is_done_unless_the_browser_leaves() -> None:
    stopped: list[bool] = []

    async def work() -> int:
        try:
            await asyncio.sleep(0.02)
        except asyncio.CancelledError:
            stopped.append(True)
            raise
        return 7

    async def gone() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def broken() -> int:
        raise ValueError("its own fault")

    assert asyncio.run(unless_gone(never, work())) == 7
    assert stopped == []
    assert asyncio.run(unless_gone(gone, work())) is None
    assert stopped == [True]
    with pytest.raises(ValueError, match="its own fault"):
        asyncio.run(unless_gone(never, broken()))
