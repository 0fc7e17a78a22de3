"""What the page is made of: for the server and for the page as one file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ...abm.world.calendar import monday
from .changes import PRESET_DAY
from .choices import catalogue
from .lives.shipped import FORMAT, SCALE, SEEDS, rules_sha256
from .lives.tallies import TALLIES
from .lives.weeks import EVERY, FIRST, WEEKS
from .words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ...abm.evidence.registry import Registry
    from .lives.shipped import Shipped
    from .words import Language

PAGE: Final = "page.html"
TYPES: Final = {
    "css": "text/css; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
}
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
    texts: Callable[[Language], Mapping[str, Any]]
    fixed: Mapping[str, Any]
    shipped: Mapping[str, Any] | None
    stale: str = ""

    @property
    def about(self) -> dict[str, Any]:
        """What holds for all runs, and which of them are there."""
        presets = list(self.shipped["presets"]) if self.shipped else []
        return {**self.fixed, "presets": presets, "fresh": not self.stale}

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


def contents_of(registry: Registry, shipped: Shipped, scale: float) -> Contents:
    """Return the page with the runs that ship, if they are those of this model and scale.

    Parameters
    ----------
    scale : float
        Persons for each simulated one.
    """

    def texts(language: Language) -> dict[str, Any]:
        return {"words": dict(words(language)), "catalogue": catalogue(registry, language)}

    fixed = {
        "format": FORMAT,
        "sources": rules_sha256(),
        "evidence": registry.evidence_hash(),
        "scale": scale,
        "seeds": list(SEEDS),
        "first_monday": monday(FIRST).isoformat(),
        "weeks": WEEKS,
        "every": EVERY,
        "tallies": [each.id for each in TALLIES],
        "preset_day": PRESET_DAY.isoformat(),
    }
    stale = " ".join(shipped.stale)
    if not stale and scale != SCALE:
        stale = f"The runs that ship have scale {SCALE:g}, and this page has scale {scale:g}."
    return Contents(static_files(), texts, fixed, None if stale else shipped.content, stale)
