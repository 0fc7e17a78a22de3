"""A small page with small runs, in place of those that ship."""

from __future__ import annotations

from typing import Any, Final

from terugkeer.viz.page.contents import Contents

STATIC: Final = {
    "page.html": b"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Small</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="static/page.css">
<script type="module" src="static/page.js"></script>
</head>
<body><p id="told">nothing</p><a href="https://example.org/">elsewhere</a></body>
</html>
""",
    "page.css": b"p { color: rgb(1, 2, 3); }\n",
    "page.js": b"""import { told } from "./told.js";

const saved = document.getElementById("saved");
told(saved ? JSON.parse(saved.textContent).gzip : null);
""",
    "told.js": b"""export async function told(gzip) {
  let text = "served";
  if (gzip) {
    const bytes = Uint8Array.from(atob(gzip), (each) => each.charCodeAt(0));
    const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    text = (await new Response(plain).json()).words.nl.title;
  }
  document.getElementById("told").textContent = text;
}
""",
}
RUN: Final = {"start": 0, "weeks": 52, "states": [[1] * 52], "note": "</script><script>alert(1)"}
ABOUT: Final = {"scale": 20.0, "seeds": [1, 2, 3], "weeks": 52}
SHIPPED: Final = {
    **ABOUT,
    "baseline": RUN,
    "presets": {"bundle": {**RUN, "start": 26}},
    "draws": {"baseline": {"2": [[5]]}, "bundle": {"2": [[6]]}},
}
STALE: Final = "The runs that ship are those of another model."


def texts(language: str) -> dict[str, Any]:
    title = {"en": "A small page", "nl": "Een kleine pagina"}[language]
    return {"words": {"title": title}, "catalogue": {"levers": []}}


def contents(*, shipped: bool = True) -> Contents:
    """Return the small page, with its runs or without."""
    return Contents(STATIC, texts, ABOUT, SHIPPED if shipped else None, "" if shipped else STALE)
