"""The documents that the records cite, and places within them."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from .text import Bilingual, Text  # noqa: TC001 (pydantic reads them at run time)


class Source(BaseModel):
    """Where a value was read: a document and the place within it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    ref: Text
    locator: Text


class Reference(BaseModel):
    """One document of the bibliography.

    `year` is text, because one document says only "2015 or later"; `file` is
    the working notes on the document, which are not part of the package. `short`
    names the document where there is room for a few words only.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    title: Annotated[str, Field(min_length=1)]
    author: Annotated[str, Field(min_length=1)]
    year: Annotated[str, Field(min_length=1)]
    kind: Annotated[str, Field(min_length=1)]
    file: str = ""
    note: str = ""
    short: Bilingual | None = None
