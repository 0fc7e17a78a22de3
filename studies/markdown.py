"""Tables in Markdown, and pages whose numbers stand between markers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

BLOCK: Final = re.compile(r"<!-- numbers: ([a-z-]+) -->\n.*?<!-- end -->", re.DOTALL)
MINUS: Final = "\N{MINUS SIGN}"


def table(
    head: Sequence[str], rows: Iterable[Sequence[str]], words: int = 1, last_words: int = 0
) -> str:
    """Return a table: some columns hold words, the others numbers, set to the right.

    Parameters
    ----------
    words, last_words : int, optional
        How many of the first and of the last columns hold words.
    """
    numbers = len(head) - words - last_words
    rule = ["---"] * words + ["---:"] * numbers + ["---"] * last_words
    lines = [f"| {' | '.join(cells)} |" for cells in (head, *rows)]
    return "\n".join([lines[0], f"|{'|'.join(rule)}|", *lines[1:]])


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
