"""What is posted: strict JSON of bounded size, with a sentence for each mistake."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from terugkeer.abm.errors import InputError
from terugkeer.viz.page.server import posted as module
from terugkeer.viz.page.server.posted import (
    MOST_BYTES,
    MOST_DROPPED,
    RunPosted,
    SavedPosted,
    posted,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


def request(parts: Iterable[bytes], headers: Iterable[tuple[bytes, bytes]] = ()) -> Request:
    """Return a request whose body comes in parts; more of it than is read is an error."""
    coming = iter(parts)

    async def receive() -> dict[str, Any]:
        part = next(coming, None)
        if part is None:
            return {"type": "http.request", "body": b"", "more_body": False}
        return {"type": "http.request", "body": part, "more_body": True}

    return Request({"type": "http", "method": "POST", "headers": list(headers)}, receive)


def read(text: bytes, form: type[Any] = RunPosted) -> Any:  # noqa: ANN401 - one of the forms
    return asyncio.run(posted(request([text]), form))


def test_what_is_left_out_has_a_default() -> None:
    assert read(b'{"changes": []}') == RunPosted(changes=[], seed=1, draws=True)
    assert read(b'{"changes": [1], "seed": 7, "draws": false}').seed == 7
    assert read(b'{"changes": [], "hash": "x=1"}', SavedPosted).hash == "x=1"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "no JSON"),
        (b"{", "no JSON"),
        (b"\xff", "no JSON"),
        (b'"\\ud800"', "no JSON"),
        (b'{"changes": []} x', "no JSON"),
        (b"[" * 60_000, "nested too deeply"),
        (b'{"a":' * 10_000, "nested too deeply"),
        (b"[]", "request"),
        (b"null", "request"),
        (b"{}", "changes: missing"),
        (b'{"changes": {}}', "changes"),
        (b'{"changes": [], "changes": []}', "'changes' stands twice"),
        (b'{"changes": [{"a": 1, "a": 2}]}', "'a' stands twice"),
        (b'{"changes": [NaN]}', "NaN is no finite number"),
        (b'{"changes": [-Infinity]}', "-Infinity is no finite number"),
        (b'{"changes": [1e999]}', "1e999 is no finite number"),
        (b'{"changes": [' + b"9" * 5000 + b"]}", "no JSON"),
        (b'{"changes": [], "sead": 2}', "Did you mean 'seed'?"),
        (b'{"changes": [], "seed": "2"}', "seed"),
        (b'{"changes": [], "seed": true}', "seed"),
        (b'{"changes": [], "seed": 1.5}', "seed"),
        (b'{"changes": [], "seed": -1}', "seed"),
        (b'{"changes": [], "seed": 9007199254740992}', "seed"),
        (b'{"changes": [], "draws": 1}', "draws"),
    ],
)
def test_each_mistake_is_told(text: bytes, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    assert said in str(caught.value)
    assert all(len(each) < 300 for each in caught.value.problems)


def test_a_body_that_is_too_large_is_refused_before_all_of_it_is_there() -> None:
    taken = []

    def endless() -> Iterable[bytes]:
        while True:
            taken.append(1)
            yield b" " * 1000

    with pytest.raises(HTTPException) as caught:
        asyncio.run(posted(request(endless()), RunPosted))
    assert caught.value.status_code == 413
    assert len(taken) == MOST_DROPPED // 1000 + 1
    taken.clear()
    announced = [(b"content-length", str(MOST_DROPPED + 1).encode())]
    with pytest.raises(HTTPException) as caught:
        asyncio.run(posted(request(endless(), announced), RunPosted))
    assert caught.value.status_code == 413
    assert taken == []
    larger = iter([b" " * 1000] * (2 * MOST_BYTES // 1000))
    with pytest.raises(HTTPException) as caught:
        asyncio.run(posted(request(larger), RunPosted))
    assert caught.value.status_code == 413
    assert not list(larger), "all is read, so that the sender hears why"
    fits = b'{"changes": []' + b" " * (MOST_BYTES - 15) + b"}"
    assert read(fits) == RunPosted(changes=[])


def test_a_header_that_lies_lets_nothing_in() -> None:
    for length in (b"10", b"", b"-5", b"many"):
        small = [(b"content-length", length)]
        with pytest.raises(HTTPException):
            asyncio.run(posted(request([b" " * (MOST_BYTES + 1)], small), RunPosted))


def test_a_body_that_is_too_slow_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    async def receive() -> dict[str, Any]:
        await asyncio.sleep(3600)
        return {}

    monkeypatch.setattr(module, "READ_SECONDS", 0.01)
    slow = Request({"type": "http", "method": "POST", "headers": []}, receive)
    with pytest.raises(HTTPException) as caught:
        asyncio.run(posted(slow, RunPosted))
    assert caught.value.status_code == 408
