"""Tables, figures and captions as LaTeX."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

ESCAPES: Final = {
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def escaped(text: str) -> str:
    """Return a text that LaTeX prints as it is.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        With special characters escaped.
    """
    return "".join(ESCAPES.get(each, each) for each in text)


def table(frame: pd.DataFrame, caption: str, label: str) -> str:
    r"""Return a table for `\input`, with the package booktabs.

    Parameters
    ----------
    frame : pandas.DataFrame
        Cells, already as text or numbers.
    caption, label : str
        What it shows, and the name to refer to.

    Returns
    -------
    str
        LaTeX; numbers in three digits.
    """
    numeric = [frame[name].dtype.kind in "fi" for name in frame]
    rows = [
        " & ".join(_cell(value) for value in row) + r" \\"
        for row in frame.itertuples(index=False, name=None)
    ]
    return "\n".join(
        [
            r"\begin{table}[htbp]",
            r"\centering\small",
            rf"\caption{{{escaped(caption)}}}",
            rf"\label{{{label}}}",
            rf"\begin{{tabular}}{{{''.join('r' if each else 'l' for each in numeric)}}}",
            r"\toprule",
            " & ".join(escaped(str(name)) for name in frame.columns) + r" \\",
            r"\midrule",
            *rows,
            r"\bottomrule",
            r"\end{tabular}",
            r"\end{table}",
            "",
        ]
    )


def figure(file: str, caption: str, label: str) -> str:
    r"""Return a figure for `\input`, with the package graphicx.

    Parameters
    ----------
    file : str
        Its file.
    caption, label : str
        What it shows, and the name to refer to.

    Returns
    -------
    str
        LaTeX.
    """
    return "\n".join(
        [
            r"\begin{figure}[htbp]",
            r"\centering",
            rf"\includegraphics[width=\textwidth]{{{file}}}",
            rf"\caption{{{escaped(caption)}}}",
            rf"\label{{{label}}}",
            r"\end{figure}",
            "",
        ]
    )


def description(items: Sequence[tuple[str, str]]) -> str:
    """Return headings with what is said under each.

    Parameters
    ----------
    items : sequence of (str, str)
        Heading and text.

    Returns
    -------
    str
        LaTeX.
    """
    lines = [rf"\item[{escaped(name)}] {escaped(text)}" for name, text in items]
    return "\n".join([r"\begin{description}", *lines, r"\end{description}", ""])


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3g}" if value == value else ""  # noqa: PLR0124 - missing numbers differ from themselves
    return escaped(str(value))
