"""What the page is made of: for the server and for the page as one file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from .document import TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LANGUAGES: Final = ("en", "nl")
PAGE: Final = "page.html"
STATIC: Final = Path(__file__).parent / "static"
BASELINE: Final = "baseline"


@dataclass(frozen=True)
class Contents:
    """What the page is made of.

    Parameters
    ----------
    static : mapping of str to bytes
        Files by name: `page.html`, styles and scripts.
    texts : callable
        Returns words and catalogue of a language, under these two keys.
    about : mapping
        What holds for all runs: scale, weeks, seeds and others. `stale` is None, or says in
        sentences why no runs are shipped.
    shipped : mapping or None
        The runs that ship, with all their keys, if they are those of this model.
    """

    static: Mapping[str, bytes]
    texts: Callable[[str], Mapping[str, Any]]
    about: Mapping[str, Any]
    shipped: Mapping[str, Any] | None

    def run(self, name: str) -> dict[str, Any]:
        """Return a shipped run as the page takes it.

        Parameters
        ----------
        name : str
            `baseline` or a preset.

        Returns
        -------
        dict
            `run` and `draws`; for the baseline also `about`, and without shipped runs no `run`.
        """
        if self.shipped is None:
            return {"about": self.about, "run": None, "draws": {}}
        if name == BASELINE:
            told: dict[str, Any] = {"about": self.about, "run": self.shipped[BASELINE]}
        else:
            told = {"run": self.shipped["presets"][name]}
        return {**told, "draws": self.shipped["draws"].get(name, {})}

    @property
    def runs(self) -> list[str]:
        """Names of the runs that can be told: `baseline` and the presets that are shipped."""
        return [BASELINE, *(self.shipped["presets"] if self.shipped else ())]


def static_files(folder: Path = STATIC) -> dict[str, bytes]:
    """Return the files of the page by name; what is no file of a page is passed over."""
    return {
        each.name: each.read_bytes()
        for each in sorted(folder.iterdir())
        if each.suffix.removeprefix(".") in TYPES
    }
