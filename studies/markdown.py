"""Pages whose numbers stand between markers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

BLOCK: Final = re.compile(r"<!-- numbers: ([a-z-]+) -->\n.*?<!-- end -->", re.DOTALL)


def filled(page: str, written: Callable[[str], str]) -> str:
    """Return a page in which all that stands between markers is written anew.

    Parameters
    ----------
    written : callable
        Takes the name of a block, and returns its text.
    """
    return BLOCK.sub(
        lambda found: f"<!-- numbers: {found[1]} -->\n\n{written(found[1])}\n\n<!-- end -->", page
    )
