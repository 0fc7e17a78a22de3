"""The form of names and texts in the evidence, and texts in both languages."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

NAME: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
Text: TypeAlias = Annotated[str, Field(min_length=1, pattern=r"\S")]
Language: TypeAlias = Literal["en", "nl"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "nl")


class Bilingual(BaseModel):
    """A text in English and in Dutch."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    en: Text
    nl: Text

    def of(self, language: Language) -> str:
        """Return the text in a language."""
        return self.en if language == "en" else self.nl
