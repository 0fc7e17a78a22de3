"""The form of names and texts in the evidence."""

from __future__ import annotations

import re
from typing import Annotated, Final, TypeAlias

from pydantic import Field

NAME: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
Text: TypeAlias = Annotated[str, Field(min_length=1, pattern=r"\S")]
