"""The documents that the records cite."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Reference(BaseModel):
    """One document of the bibliography.

    `year` is text, because one document says only "2015 or later"; `file` is
    the working notes on the document, which are not part of the package.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    title: Annotated[str, Field(min_length=1)]
    author: Annotated[str, Field(min_length=1)]
    year: Annotated[str, Field(min_length=1)]
    kind: Annotated[str, Field(min_length=1)]
    file: str = ""
    note: str = ""
