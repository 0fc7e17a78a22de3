"""A card: one alternative of a switch, in a few words for a reader."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from .bibliography import Source  # noqa: TC001 (pydantic reads it at run time)
from .text import Bilingual  # noqa: TC001 (same)


class Card(BaseModel):
    """What an alternative claims, who claims it, and where that was read.

    An alternative that no source claims has no `sources`, and `who` says that it is assumed.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    label: Bilingual
    who: Bilingual
    sources: Annotated[tuple[Source, ...], Field(strict=False)] = ()
