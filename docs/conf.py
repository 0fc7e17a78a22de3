"""Sphinx configuration: `sphinx-build -W -b html docs docs/_build`."""

from __future__ import annotations

from importlib.metadata import version as version_of
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import ExtensionError
from terugkeer.abm.evidence.registry import registry
from terugkeer.viz.page.contents import contents_of
from terugkeer.viz.page.lives.shipped import SCALE, load
from terugkeer.viz.page.saved import saved_page

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "terugkeer"
author = "the terugkeer contributors"
project_copyright = author
version = release = version_of("terugkeer")

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "numpydoc",
]
myst_enable_extensions = ["deflist", "dollarmath"]
myst_heading_anchors = 3
templates_path = ["_templates"]
autosummary_generate = True
autodoc_inherit_docstrings = False  # Mesa writes its docstrings in another style
autodoc_typehints = "none"  # the docstrings say types, with shapes and units
numpydoc_show_class_members = False
exclude_patterns = ["_build", "_templates", "measured*.md"]  # the latter are parts of pages
html_theme = "alabaster"
html_static_path = ["_static"]
html_css_files = ["tables.css"]
html_theme_options = {"description": "People who must leave", "fixed_sidebar": True}


def setup(app: Sphinx) -> None:
    """Put the browser page as one file, `terugkeer.html`, beside the pages."""
    app.connect("build-finished", _write_browser_page)


def _write_browser_page(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.format != "html":
        return
    shipped = load(registry())
    if shipped.content is None:
        raise ExtensionError(" ".join(shipped.stale))
    page = saved_page(contents_of(registry(), shipped, SCALE))
    (Path(app.outdir) / "terugkeer.html").write_bytes(page)
