"""The page for users of Mesa: its code runs, and prints what the page says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from studies.notebook.page import AGAIN, CODE, IMAGES, PAGE, executed, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

TEXT: Final = PAGE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Return the page as its code makes it today, and the folder with its picture."""
    folder = tmp_path_factory.mktemp("notebook")
    yield executed(TEXT, folder), folder
    plt.close("all")


@pytest.mark.slow
def test_the_code_prints_what_the_page_says(made: tuple[str, Path]) -> None:
    page, _ = made
    assert page.splitlines() == TEXT.splitlines(), AGAIN


def pixels(path: Path) -> NDArray[np.int64]:
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"), dtype=np.int64)


@pytest.mark.slow
def test_the_picture_is_the_one_that_the_code_saves(made: tuple[str, Path]) -> None:
    _, folder = made
    assert [each.name for each in folder.iterdir()] == ["notebook.png"]
    ours, shown = pixels(folder / "notebook.png"), pixels(IMAGES / "notebook.png")
    assert ours.shape == shown.shape, AGAIN
    differing = (np.abs(ours - shown).max(axis=2) > 32).mean()
    assert differing < 0.001, AGAIN  # letters may be smoothed otherwise on another machine


def test_no_code_is_left_out_and_no_number_stands_without_code() -> None:
    assert TEXT.count("```python\n") == len(CODE.findall(TEXT)) > 10
    outputs = re.findall(r"^```\n\n```text$", TEXT, flags=re.MULTILINE)
    assert TEXT.count("```text\n") == len(outputs) > 8


def test_a_wrong_output_is_found_and_put_right(tmp_path: Path) -> None:
    page = (
        "A\n\n```python\nx = 2\nx + 1\n```\n\n```text\n4\n```\n\nB\n\n```python\nprint(x)\n```\nC\n"
    )
    right = page.replace("\n4\n", "\n3\n").replace("```\nC", "```\n\n```text\n2\n```\nC")
    assert executed(page, tmp_path) == right
    assert executed(right, tmp_path) == right


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("y = 3", ""),
        ("None", ""),
        ("y = 3\ny", "3\n"),
        ("'a'", "a\n"),
        ("print(1)\n['a']", "1\n['a']\n"),
        ("for _ in range(2):\n    print(_)", "0\n1\n"),
        ("", ""),
    ],
)
def test_the_value_at_the_end_is_shown_as_in_a_notebook(code: str, told: str) -> None:
    assert run(code, {}) == told


def test_later_code_knows_what_earlier_code_defined() -> None:
    session: dict[str, object] = {}
    run("def f():\n    return 5", session)
    assert run("f()", session) == "5\n"
    with pytest.raises(NameError):
        run("g()", session)
