"""The page as one file: all of it is in it, and nothing breaks out of its place."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from terugkeer.viz.page.saved import SCRIPT_TAG, STYLE_TAG, saved_page
from terugkeer.viz.page.script import ScriptError

from tests.viz.page.stand_in import small


class Parts(HTMLParser):
    """Scripts, styles and policies of a page, as a browser finds them."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.styles: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._open = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag
        if tag == "script":
            self.scripts.append((dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        self._open = "" if tag == self._open else self._open

    def handle_data(self, data: str) -> None:
        if self._open == "script":
            attributes, text = self.scripts[-1]
            self.scripts[-1] = attributes, text + data
        elif self._open == "style":
            self.styles.append(data)

    @property
    def policy(self) -> str:
        (found,) = [
            each["content"]
            for tag, each in self.tags
            if tag == "meta" and each.get("http-equiv") == "Content-Security-Policy"
        ]
        return found or ""

    @property
    def data(self) -> Any:  # noqa: ANN401 - whatever the page holds
        (text,) = [text for attributes, text in self.scripts if attributes.get("id") == "saved"]
        held = json.loads(text)
        return {**json.loads(gzip.decompress(base64.b64decode(held["gzip"]))), "hash": held["hash"]}


def named(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_all_of_the_page_is_in_one_file() -> None:
    mine = [{"changes": [], "seed": 2, "run": small.RUN, "draws": {}}]
    parts = Parts(saved_page(small.contents(), mine, "v=1&t='\"<script>"))
    assert parts.data == {
        "words": {each: small.texts(each)["words"] for each in ("en", "nl")},
        "catalogue": {each: small.texts(each)["catalogue"] for each in ("en", "nl")},
        "shipped": small.SHIPPED,
        "extra": mine,
        "hash": "v=1&t='\"<script>",
    }
    assert "".join(parts.styles) == small.STATIC["page.css"].decode()


def test_the_policy_lets_in_the_one_script_and_style_and_no_network() -> None:
    parts = Parts(saved_page(small.contents()))
    policy = dict(each.strip().split(" ", 1) for each in parts.policy.split(";"))
    scripts = [text for attributes, text in parts.scripts if attributes["type"] == "module"]
    assert len(parts.scripts) == 2
    assert [named(each) for each in scripts] == [policy["script-src"]]
    assert [named(each) for each in parts.styles] == [policy["style-src"]]
    assert policy["default-src"] == "'none'"
    assert policy["img-src"] == "blob: data:"
    assert "connect-src" not in policy  # as the default says: nowhere
    assert policy["base-uri"] == policy["form-action"] == "'none'"
    order = [tag for tag, each in parts.tags if tag in {"script", "style"} or "http-equiv" in each]
    assert order[0] == "meta"
    assert all("src" not in attributes for attributes, _ in parts.scripts)


def test_nothing_breaks_out_of_its_place() -> None:
    page = saved_page(small.contents(), [{"</script>": {"run": "<!--"}}], "</script><b><!--")
    assert page.count(b"</script") == 2
    assert b"alert(1)" not in page
    assert b"<b>" not in page
    assert b"<!--" not in page
    assert Parts(page).data["hash"] == "</script><b><!--"


def test_the_page_finds_its_hash_to_write_itself_again() -> None:
    page = saved_page(small.contents(), chosen="#w=3").decode()
    assert re.findall(r'"hash":\s*"[^"]*"', page) == ['"hash": "#w=3"']


def test_the_same_runs_give_the_same_file() -> None:
    assert saved_page(small.contents()) == saved_page(small.contents())


def test_windows_line_ends_do_no_harm() -> None:
    contents = small.contents()
    windows = {name: each.replace(b"\n", b"\r\n") for name, each in contents.static.items()}
    assert saved_page(replace(contents, static=windows)) == saved_page(contents)


@pytest.mark.parametrize(
    ("name", "before", "after", "said"),
    [
        ("page.html", STYLE_TAG, "", "stylesheet"),
        ("page.html", SCRIPT_TAG, SCRIPT_TAG * 2, "page.js"),
        ("page.html", '<meta charset="utf-8">', "", "charset"),
        ("page.html", "<p ", '<img src="/static/a.png"><p ', 'src="/static/a.png'),
        ("page.html", "<p ", "<img src=a.png><p ", "src=a.png"),
        ("page.css", "p {", "</STYLE>p {", "ends the style"),
        ("page.css", "p {", '@import "other.css"; p {', "elsewhere"),
        ("page.css", "p {", "p { background: url('/static/a.png');", "elsewhere"),
        ("page.js", "const saved", "import('./told.js'); const saved", "import("),
    ],
)
def test_what_is_not_in_the_file_is_a_fault(name: str, before: str, after: str, said: str) -> None:
    contents = small.contents()
    text = contents.static[name].decode()
    assert before in text
    static = {**contents.static, name: text.replace(before, after, 1).encode()}
    with pytest.raises(ScriptError) as caught:
        saved_page(replace(contents, static=static))
    assert said in str(caught.value)


def test_pictures_within_a_style_are_let_in() -> None:
    contents = small.contents()
    style = b"p { background: url(data:image/gif;base64,R0lGODlhAQABAAAAACw=); }"
    page = saved_page(replace(contents, static={**contents.static, "page.css": style}))
    assert re.search(rb"<style>p \{ background", page)
