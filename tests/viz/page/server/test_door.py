"""The door: pages elsewhere can't use a browser to ask here."""

from __future__ import annotations

import socket

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from terugkeer.viz.page.server.door import POLICY, Door, is_everywhere, is_loopback

HERE = "http://127.0.0.1:8000"
JSON = {"content-type": "application/json"}


def behind(host: str = "127.0.0.1") -> TestClient:
    app = Starlette(routes=[Route("/", lambda _: PlainTextResponse("in"), methods=["GET", "POST"])])
    return TestClient(Door(app, host), base_url=HERE)


@pytest.mark.parametrize(
    ("listens", "named", "let_in"),
    [
        ("127.0.0.1", "127.0.0.1:8000", True),
        ("127.0.0.1", "localhost:8000", True),
        ("127.0.0.1", "LOCALHOST", True),
        ("127.0.0.1", "[::1]:8000", True),
        ("127.0.0.1", "127.0.0.1:9999", True),  # a tunnel ends at another port
        ("127.0.0.1", "evil.example", False),
        ("127.0.0.1", "localhost.evil.example", False),
        ("127.0.0.1", "127.0.0.1.nip.io:8000", False),
        ("127.0.0.1", "192.168.1.7:8000", False),
        ("127.0.0.1", "evil@127.0.0.1", False),
        ("127.0.0.1", "127.0.0.1/evil", False),
        ("127.0.0.1", "127.0.0.1:port", False),
        ("127.0.0.1", "[::1", False),
        ("127.0.0.1", "", False),
        ("192.168.1.7", "192.168.1.7:8000", True),
        ("192.168.1.7", "192.168.1.8:8000", False),
        ("class.local", "class.local:8000", True),
        ("0.0.0.0", "192.168.1.7:8000", True),  # noqa: S104 - under test
        ("0.0.0.0", socket.gethostname(), True),  # noqa: S104 - under test
        ("0.0.0.0", "evil.example", False),  # noqa: S104 - under test
        ("::", "[fe80::1]:8000", True),
    ],
)
def test_only_our_own_names_are_let_in(listens: str, named: str, let_in: bool) -> None:
    answer = behind(listens).get("/", headers={"host": named})
    assert answer.status_code == (200 if let_in else 400)
    assert (answer.text == "in") is let_in


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (JSON, 200),
        ({"content-type": "application/json; charset=utf-8"}, 200),
        ({"content-type": "Application/JSON"}, 200),
        ({}, 415),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/x-www-form-urlencoded"}, 415),
        ({"content-type": "application/jsonx"}, 415),
        ({**JSON, "origin": HERE}, 200),
        ({**JSON, "origin": HERE.replace("http:", "https:")}, 200),  # something before us
        ({**JSON, "origin": "null"}, 403),
        ({**JSON, "origin": "http://127.0.0.1:8001"}, 403),
        ({**JSON, "origin": "http://evil.example"}, 403),
        ({**JSON, "origin": HERE, "sec-fetch-site": "same-origin"}, 200),
        ({**JSON, "sec-fetch-site": "cross-site"}, 403),
        ({**JSON, "sec-fetch-site": "same-site"}, 403),
        ({**JSON, "sec-fetch-site": "none"}, 403),
    ],
)
def test_only_our_own_page_can_post(headers: dict[str, str], status: int) -> None:
    answer = behind().post("/", content=b"{}", headers=headers)
    assert answer.status_code == status
    if status != 200:
        (problem,) = answer.json()["problems"]
        assert problem.endswith(".")


@pytest.mark.parametrize("path", ["/", "/nothing"])
@pytest.mark.parametrize("host", ["127.0.0.1:8000", "evil.example"])
def test_every_answer_carries_the_policy_and_lets_nobody_else_read(path: str, host: str) -> None:
    headers = behind().get(path, headers={"host": host, "origin": "http://evil.example"}).headers
    assert headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert not [name for name in headers if name.startswith("access-control")]


def test_addresses_are_told_apart() -> None:
    assert [is_loopback(each) for each in ("127.0.0.1", "127.8.8.8", "::1", "localhost")] == [
        True
    ] * 4
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.168.1.7", "class.local")))  # noqa: S104 - under test
    assert [is_everywhere(each) for each in ("0.0.0.0", "::")] == [True, True]  # noqa: S104 - under test
    assert not is_everywhere("127.0.0.1")
