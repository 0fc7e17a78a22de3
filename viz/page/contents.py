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
    fixed : mapping
        What holds for all runs: scale, weeks, seeds and others.
    shipped : mapping or None
        Runs that are there already: `baseline`, `presets` by name, and `draws` of both.
    stale : str, optional
        Why the runs that ship are not among them; empty if they are.
    """

    static: Mapping[str, bytes]
    texts: Callable[[str], Mapping[str, Any]]
    fixed: Mapping[str, Any]
    shipped: Mapping[str, Any] | None
    stale: str = ""

    @property
    def about(self) -> dict[str, Any]:
        """What holds for all runs, which of them are there, and why if they are not."""
        presets = list(self.shipped["presets"]) if self.shipped else []
        return {**self.fixed, "presets": presets, "fresh": not self.stale, "stale": self.stale}

    @property
    def runs(self) -> list[str]:
        """Names of the runs that can be told: `baseline` and the presets."""
        return [BASELINE, *self.about["presets"]]

    def run(self, name: str) -> dict[str, Any]:
        """Return a run that is there as the page takes it.

        Parameters
        ----------
        name : str
            `baseline` or a preset.

        Returns
        -------
        dict
            `run` and `draws`; for the baseline also `about`, and no `run` if it is not there.
        """
        if self.shipped is None:
            return {"about": self.about, "run": None, "draws": {}}
        draws = self.shipped["draws"].get(name, {})
        if name == BASELINE:
            return {"about": self.about, "run": self.shipped[BASELINE], "draws": draws}
        return {"run": self.shipped["presets"][name], "draws": draws}


def static_files(folder: Path = STATIC) -> dict[str, bytes]:
    """Return the files of the page by name; what is no file of a page is passed over."""
    return {
        each.name: each.read_bytes()
        for each in sorted(folder.iterdir())
        if each.suffix.removeprefix(".") in TYPES
    }
