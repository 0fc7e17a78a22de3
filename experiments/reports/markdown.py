"""Tables in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
