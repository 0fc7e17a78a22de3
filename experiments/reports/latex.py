"""Tables, figures and captions as LaTeX."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

ON_A_PAGE: Final = 35  # rows
ON_A_LINE: Final = 30  # characters
WRAPPED: Final = r"p{0.22\textwidth}"
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
    """Return a text that LaTeX prints as it is."""
    return "".join(ESCAPES.get(each, each) for each in text).replace("--", "-{}-")


def table(frame: pd.DataFrame, caption: str, label: str) -> str:
    r"""Return a table for `\input`, with the packages booktabs and longtable.

    Parameters
    ----------
    frame : pandas.DataFrame
        Cells, already as text or numbers.
    caption, label : str
        What it shows, and the name to refer to.

    Returns
    -------
    str
        LaTeX; numbers in three digits. A long table breaks over pages, a long text
        over lines.
    """
    columns = "".join(_column(frame[name]) for name in frame)
    head = [
        r"\toprule",
        " & ".join(escaped(str(name)) for name in frame.columns) + r" \\",
        r"\midrule",
    ]
    rows = [
        " & ".join(_cell(value) for value in row) + r" \\"
        for row in frame.itertuples(index=False, name=None)
    ]
    if len(rows) > ON_A_PAGE:
        return "\n".join(
            [
                rf"\begin{{longtable}}{{{columns}}}",
                rf"\caption{{{escaped(caption)}}}\label{{{label}}}\\",
                *head,
                r"\endhead",
                r"\bottomrule",
                r"\endfoot",
                *rows,
                r"\end{longtable}",
                "",
            ]
        )
    return "\n".join(
        [
            r"\begin{table}[htbp]",
            r"\centering\small",
            rf"\caption{{{escaped(caption)}}}",
            rf"\label{{{label}}}",
            rf"\begin{{tabular}}{{{columns}}}",
            *head,
            *rows,
            r"\bottomrule",
            r"\end{tabular}",
            r"\end{table}",
            "",
        ]
    )


def figure(file: str, caption: str, label: str) -> str:
    r"""Return a figure for `\input`, with the package graphicx."""
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
    """Return headings with what is said under each."""
    lines = [rf"\item[{escaped(name)}] {escaped(text)}" for name, text in items]
    return "\n".join([r"\begin{description}", *lines, r"\end{description}", ""])


def _column(values: pd.Series[Any]) -> str:
    if values.dtype.kind in "fi":
        return "r"
    longest = values.astype(str).str.len().max()
    return WRAPPED if longest > ON_A_LINE else "l"


def _cell(value: object) -> str:
    if isinstance(value, float):
        missing = value != value  # noqa: PLR0124 - missing numbers differ from themselves
        return "" if missing else f"{float(f'{value:.3g}'):,.10g}"
    return escaped(str(value))
