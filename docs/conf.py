"""Sphinx configuration: `sphinx-build -W -b html docs docs/_build`."""

from __future__ import annotations

from importlib.metadata import version as version_of

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
html_theme_options = {"description": "People who must leave", "fixed_sidebar": True}
