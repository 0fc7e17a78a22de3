"""The shelf: documents by the path of their address; nothing else of the machine can be read."""

from __future__ import annotations

import json
import threading
from functools import partial
from typing import TYPE_CHECKING, Any

from ..contents import PAGE
from ..words import LANGUAGES
from .document import Document

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..contents import Contents


class Shelf:
    """Documents by path, each made when it is first asked for.

    Parameters
    ----------
    contents : Contents
        What the page is made of.
    """

    def __init__(self, contents: Contents) -> None:
        static = contents.static
        self._makes: dict[str, tuple[str, Callable[[], bytes]]] = {
            "/": ("html", partial(static.__getitem__, PAGE))
        }
        for name in static:
            if name != PAGE:
                kind = name.rpartition(".")[2]
                self._makes[f"/static/{name}"] = kind, partial(static.__getitem__, name)
        for language in LANGUAGES:
            self._makes[f"/words/{language}.json"] = (
                "json",
                partial(_json, contents.texts, language),
            )
        for name in contents.runs:
            self._makes[f"/runs/{name}.json"] = "json", partial(_json, contents.run, name)
        self._made: dict[str, Document] = {}
        self._lock = threading.Lock()

    @property
    def paths(self) -> list[str]:
        """All paths."""
        return list(self._makes)

    def document(self, path: str) -> Document:
        """Return the document of a path that is among `paths`."""
        with self._lock:
            if path not in self._made:
                kind, make = self._makes[path]
                self._made[path] = Document(make(), kind)
            return self._made[path]


def _json(content: Callable[[Any], object], name: str) -> bytes:
    return json.dumps(content(name), separators=(",", ":"), allow_nan=False).encode()
