"""The page as one file, which needs no server and no network."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, Final

from .contents import BASELINE, PAGE
from .script import MAIN, ScriptError, one_script
from .words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .contents import Contents

STYLE: Final = "page.css"
CHARSET: Final = '<meta charset="utf-8">'
STYLE_TAG: Final = f'<link rel="stylesheet" href="static/{STYLE}">'
SCRIPT_TAG: Final = f'<script type="module" src="static/{MAIN}"></script>'
_ELSEWHERE: Final = re.compile(r"""\b(?:src|href)\s*=\s*["']?(?!#|data:|https:)[^\s"'>]+""")
_ELSEWHERE_IN_STYLE: Final = re.compile(r"""@import|url\(\s*["']?(?!data:|#)""")


def saved_page(
    contents: Contents, extra: Sequence[Mapping[str, Any]] = (), chosen: str = ""
) -> bytes:
    """Return the page with its runs as one HTML file.

    Parameters
    ----------
    contents : Contents
        With runs.
    extra : sequence of mapping, optional
        Runs of a visitor: each with `changes`, `seed`, `run` and `draws`, and with `base` if its
        seed is not that of the baseline.
    chosen : str, optional
        The part of the page's address from `#` on: all that a visitor chose.

    Raises
    ------
    ScriptError
        If the files of the page can't stand in one file.
    """
    texts = {language: contents.texts(language) for language in LANGUAGES}
    runs = contents.shipped or {}
    data = {
        "words": {language: text["words"] for language, text in texts.items()},
        "catalogue": {language: text["catalogue"] for language, text in texts.items()},
        "shipped": {**contents.fixed, **{key: runs[key] for key in (BASELINE, "presets", "draws")}},
        "extra": [*extra],
    }
    plain = json.dumps(data, separators=(",", ":"), allow_nan=False).encode()
    packed = base64.b64encode(gzip.compress(plain, mtime=0)).decode()
    # The page writes itself again with another hash, and looks for it like this. No `<` may
    # stand there: it could end the script.
    held = json.dumps({"gzip": packed, "hash": chosen}).replace("<", "\\u003c")
    return _html(contents.static, held).encode()


def _html(static: Mapping[str, bytes], held: str) -> str:
    """Return the HTML, with a policy that lets in what stands in it and nothing else."""
    text = {name: content.decode().replace("\r\n", "\n") for name, content in static.items()}
    page, style = text[PAGE], text[STYLE]
    script = one_script({name: each for name, each in text.items() if name.endswith(".js")})
    if "</style" in style.lower() or _ELSEWHERE_IN_STYLE.search(style):
        raise ScriptError(f"{STYLE}: takes something from elsewhere, or ends the style.")
    policy = (
        f"default-src 'none'; script-src {_named(script)}; style-src {_named(style)}; "
        "img-src blob: data:; base-uri 'none'; form-action 'none'"
    )
    instead = {
        CHARSET: f'{CHARSET}\n<meta http-equiv="Content-Security-Policy" content="{policy}">',
        STYLE_TAG: f"<style>{style}</style>",
        SCRIPT_TAG: f'<script type="application/json" id="saved">{held}</script>\n'
        f'<script type="module">{script}</script>',
    }
    places = "|".join(map(re.escape, instead))
    for tag in instead:
        if page.count(tag) != 1:
            raise ScriptError(f"{PAGE}: {tag} must stand there once.")
    left = _ELSEWHERE.search(re.sub(places, "", page))
    if left:
        raise ScriptError(f"{PAGE}: {left[0]} is not in the file.")
    return re.sub(places, lambda tag: instead[tag[0]], page)


def _named(text: str) -> str:
    """Return how a policy names a script or style that it lets in."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
