"""What a page posts: strict JSON of bounded size."""

from __future__ import annotations

import asyncio
import json
import math
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.exceptions import HTTPException

from ....abm.errors import InputError
from ....abm.evidence.mistakes import sentences

if TYPE_CHECKING:
    from starlette.requests import Request

MOST_BYTES: Final = 64 * 1024
MOST_DROPPED: Final = 16 * MOST_BYTES  # of a body that is too large
READ_SECONDS: Final = 10.0
LARGEST_SEED: Final = 2**53 - 1  # the largest whole number that a browser holds exactly


class RunPosted(BaseModel):
    """What `POST /run` takes.

    Parameters
    ----------
    changes : list
        What is changed, as `choices.changes_of` reads it.
    seed : int, optional
        Seed of every draw of chance.
    draws : bool, optional
        Whether draws with other seeds are made after the run.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    changes: list[Any]
    seed: Annotated[int, Field(ge=0, le=LARGEST_SEED)] = 1
    draws: bool = True


class SavedPosted(BaseModel):
    """What `POST /saved` takes.

    Parameters
    ----------
    hash : str, optional
        What stands behind `#` in the address of the page: all that the visitor chose.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    changes: list[Any]
    seed: Annotated[int, Field(ge=0, le=LARGEST_SEED)] = 1
    hash: str = ""


PostedT = TypeVar("PostedT", RunPosted, SavedPosted)


async def posted(request: Request, form: type[PostedT]) -> PostedT:
    """Return what a request posts.

    Parameters
    ----------
    form : type
        What it may hold.

    Raises
    ------
    HTTPException
        If it is too large (413) or too slow (408).
    InputError
        If it is no JSON of this form.
    """
    content = _strict(await _body(request))
    try:
        return form.model_validate(content)
    except ValidationError as error:
        raise InputError(sentences(error, "request:", form, {})) from None


async def _body(request: Request) -> bytes:
    """Return the body, of which no more than `MOST_BYTES` is ever held.

    What else comes is read and dropped, up to `MOST_DROPPED`: a connection that is closed before
    all is read is reset, and the sender may not hear why.
    """
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length[:20]) > MOST_DROPPED:
        raise _too_large()
    body, taken = bytearray(), 0
    try:
        async with asyncio.timeout(READ_SECONDS):
            async for part in request.stream():
                taken += len(part)
                if taken > MOST_DROPPED:
                    raise _too_large()
                if taken <= MOST_BYTES:
                    body += part
    except TimeoutError:
        raise HTTPException(408, f"The request took more than {READ_SECONDS:g} seconds.") from None
    if taken > MOST_BYTES:
        raise _too_large()
    return bytes(body)


def _too_large() -> HTTPException:
    return HTTPException(
        413,
        f"The request is larger than {MOST_BYTES} bytes.",
        headers={"Connection": "close"},
    )


def _strict(body: bytes) -> object:
    """Return what JSON in UTF-8 holds: no key twice, only finite numbers, only characters."""
    try:
        content = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_once,
            parse_constant=_finite,
            parse_float=_finite,
        )
        json.dumps(content, ensure_ascii=False).encode("utf-8")  # half a character is refused
    except InputError:
        raise
    except (ValueError, RecursionError) as error:
        told = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise InputError(f"request: no JSON in UTF-8: {told}.") from None
    return content


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise InputError(f"request: key {key[:60]!r} stands twice; give it once.")
        found[key] = value
    return found


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise InputError(f"request: {text[:60]} is no finite number; give another one.")
    return number
