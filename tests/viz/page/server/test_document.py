"""Documents: small on the wire, quick at a reload, never stale."""

from __future__ import annotations

import gzip

import pytest
from starlette.requests import Request
from terugkeer.viz.page.server.document import TYPES, Document, takes_gzip

TEXT = b"many words, many words, many words, many words, many words, many words" * 9


def asking(**headers: str) -> Request:
    return Request(
        {
            "type": "http",
            "method": "GET",
            "headers": [
                (name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()
            ],
        }
    )


def test_a_document_is_zipped_where_asked() -> None:
    document = Document(TEXT, "js")
    plain, zipped = document.answer(asking()), document.answer(asking(accept_encoding="gzip, br"))
    assert plain.body == TEXT
    assert "content-encoding" not in plain.headers
    assert zipped.headers["content-encoding"] == "gzip"
    assert gzip.decompress(bytes(zipped.body)) == TEXT
    assert int(zipped.headers["content-length"]) == len(zipped.body) < len(TEXT) / 3
    for each in (plain, zipped):
        assert each.headers["content-type"] == TYPES["js"]
        assert each.headers["vary"] == "accept-encoding"
        assert each.headers["cache-control"] == "no-cache"
    assert plain.headers["etag"] != zipped.headers["etag"]


def test_a_browser_that_has_it_gets_no_second_copy_until_it_changes() -> None:
    document = Document(TEXT, "html")
    mark = document.answer(asking()).headers["etag"]
    for known in (mark, f"W/{mark}", f'"x", {mark}', "*"):
        again = document.answer(asking(if_none_match=known))
        assert again.status_code == 304
        assert again.body == b""
        assert again.headers["etag"] == mark
    assert document.answer(asking(if_none_match='"x"')).status_code == 200
    assert Document(TEXT + b".", "html").answer(asking(if_none_match=mark)).status_code == 200
    zipped = asking(if_none_match=mark, accept_encoding="gzip")
    assert document.answer(zipped).status_code == 200


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        ("gzip", True),
        ("GZIP;q=1.0", True),
        ("br, gzip;q=0.5", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("notgzip", False),
    ],
)
def test_who_can_unpack_gzip(header: str, takes: bool) -> None:
    assert takes_gzip(asking(accept_encoding=header)) is takes
