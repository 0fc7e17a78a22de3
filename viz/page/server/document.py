"""A document that does not change while the server runs: sent once to each browser."""

from __future__ import annotations

import gzip
import hashlib
import re
from functools import cached_property
from typing import TYPE_CHECKING

from starlette.responses import Response

from ..contents import TYPES

if TYPE_CHECKING:
    from starlette.requests import Request


class Document:
    """A document, also as gzip.

    Browsers ask at each visit whether their copy is still good, and get no second one if so.

    Parameters
    ----------
    content : bytes
        All of it.
    kind : str
        A key of `TYPES`.
    """

    def __init__(self, content: bytes, kind: str) -> None:
        self.content = content
        self._type = TYPES[kind]
        self._mark = hashlib.sha256(content).hexdigest()[:32]

    @cached_property
    def zipped(self) -> bytes:
        """The document as gzip, the same whenever it is made."""
        return gzip.compress(self.content, mtime=0)

    def answer(self, request: Request) -> Response:
        """Return the answer to a request for the document."""
        zips = takes_gzip(request)
        mark = f'"{self._mark}{"-gz" if zips else ""}"'
        headers = {"etag": mark, "cache-control": "no-cache", "vary": "accept-encoding"}
        known = [
            each.strip().removeprefix("W/")
            for each in request.headers.get("if-none-match", "").split(",")
        ]
        if mark in known or "*" in known:
            return Response(status_code=304, headers=headers)
        headers["content-type"] = self._type
        if zips:
            headers["content-encoding"] = "gzip"
        return Response(self.zipped if zips else self.content, headers=headers)


def takes_gzip(request: Request) -> bool:
    """Return whether who asks can unpack gzip."""
    for each in request.headers.get("accept-encoding", "").lower().split(","):
        name, _, rest = each.partition(";")
        if name.strip() == "gzip":
            return not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", rest)
    return False
