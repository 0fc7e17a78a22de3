"""Run the code of docs/notebook.md and write what it prints: `python -m studies.notebook.page`.

A fence of `python` holds code, and a fence of `text` straight after it what the code prints. As
in a notebook, all code of the page runs in order in one session, and the value of an expression at
the end of a fence is shown. Pictures that the code saves go to docs/images.
"""

from __future__ import annotations

import ast
import io
import os
import re
import shutil
import sys
import tempfile
from contextlib import chdir, redirect_stdout
from pathlib import Path
from typing import Any, Final

PAGE: Final = Path(__file__).parents[2] / "docs" / "notebook.md"
IMAGES: Final = PAGE.parent / "images"
AGAIN: Final = "python -m studies.notebook.page"
CODE: Final = re.compile(
    r"^```python\n(.*?)^```\n(?:\n```text\n.*?^```\n)?", re.DOTALL | re.MULTILINE
)


def run(code: str, session: dict[str, Any]) -> str:
    """Return what a piece of code prints, with the value of an expression that it ends with.

    Parameters
    ----------
    session : dict of str to object
        What earlier code has defined; this code adds to it.
    """
    body = ast.parse(code).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(ast.Module(body, []), PAGE.name, "exec"), session)  # noqa: S102 - our own page
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), PAGE.name, "eval"), session)  # noqa: S307 - the same
            if value is not None:
                print(value if isinstance(value, str) else repr(value))  # noqa: T201 - into the page
    return printed.getvalue()


def executed(page: str, folder: Path) -> str:
    """Return a page with what its code prints, and leave its pictures in a folder."""
    session: dict[str, Any] = {}

    def told(found: re.Match[str]) -> str:
        code = found[1]
        lines = [line.rstrip() for line in run(code, session).splitlines()]
        shown = "".join(f"{line}\n" for line in lines)
        return f"```python\n{code}```\n" + (f"\n```text\n{shown}```\n" if shown else "")

    with chdir(folder):
        return CODE.sub(told, page)


def main() -> None:
    """Write the page and its pictures anew."""
    os.environ["MPLBACKEND"] = "agg"
    with tempfile.TemporaryDirectory() as folder:
        page = executed(PAGE.read_text(encoding="utf-8"), Path(folder))
        for picture in Path(folder).glob("*.png"):
            shutil.copyfile(picture, IMAGES / picture.name)
    PAGE.write_text(page, encoding="utf-8")
    sys.stdout.write(f"{PAGE} written.\n")


if __name__ == "__main__":
    main()
