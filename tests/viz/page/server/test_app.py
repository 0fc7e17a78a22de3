"""The page as an application, over a real server: what each address answers, and to how many."""

from __future__ import annotations

import base64
import gzip
import json
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

import httpx2 as httpx
import pytest
from terugkeer.viz.page.server.app import HOUSE, SAVED_NAME

from tests.viz.page.asking import PATIENCE
from tests.viz.page.stand_in import lives, small
from tests.viz.page.stand_in.served import Served, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LEVER = {"lever": "cash_amount", "value": 2.0}
DAYS = {name: day.isoformat() for day, name in lives.BEHAVIOURS.items()}


def change(day: str = "2012-01-02", value: float = 2.0) -> list[dict[str, Any]]:
    return [{**LEVER, "value": value, "from": day}]


@pytest.fixture(scope="module")
def page() -> Iterator[Served]:
    with served(workers=2) as found:
        yield found


def run(page: Served, visitor: str = "me", **body: object) -> list[dict[str, Any]]:
    """Return the lines of a run."""
    posted = {"changes": [], "draws": False, **body}
    answer = page.client.post("/run", json=posted, headers={"x-visitor": visitor})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in answer.text.splitlines()]


def keys(lines: list[dict[str, Any]]) -> list[str]:
    return [key for line in lines if (key := next(iter(line))) != "queue"]


def test_documents_are_answered_with_policy_and_without_traces(page: Served) -> None:
    for path, text in {
        "/": small.STATIC["page.html"],
        "/static/page.js": small.STATIC["page.js"],
        "/static/page.css": small.STATIC["page.css"],
    }.items():
        answer = page.client.get(path)
        assert answer.status_code == 200
        assert answer.content == text
        assert answer.headers["content-encoding"] == "gzip"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "server" not in answer.headers
        again = page.client.get(path, headers={"if-none-match": answer.headers["etag"]})
        assert again.status_code == 304
        assert again.content == b""
    assert page.client.get("/words/nl.json").json() == small.texts("nl")
    told = page.client.get("/runs/baseline.json").json()
    assert told["run"] == small.RUN
    assert page.client.get("/runs/bundle.json").json()["draws"] == {"2": [[6]]}
    assert page.client.head("/").content == b""


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/static/", 404),
        ("GET", "/static/page.html", 404),
        ("GET", "/static/../app.py", 404),
        ("GET", "/static/..%2fapp.py", 404),
        ("GET", "/static/%2e%2e/app.py", 404),
        ("GET", "/static//etc/passwd", 404),
        ("GET", "/static/page.js/", 404),
        ("GET", "/runs/..json", 404),
        ("GET", "/run", 405),
        ("DELETE", "/", 405),
        ("PUT", "/run", 405),
    ],
)
def test_what_is_not_there_is_told_in_a_sentence(
    page: Served, method: str, path: str, status: int
) -> None:
    url = httpx.URL(page.address).copy_with(raw_path=path.encode())
    answer = page.client.request(method, url)
    assert answer.status_code == status
    assert answer.json()["problems"]
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b"{", 400, "no JSON"),
        (b'{"changes": [], "sead": 1}', 400, "Did you mean 'seed'"),
        (b'{"changes": [{"lever": "cash_amont", "value": 2, "from": "2012-01-02"}]}', 400, "cash_"),
        (b'{"changes": [{"lever": "cash_amount", "value": 2}]}', 400, "from"),
        (b" " * 70_000, 413, "larger"),
    ],
)
def test_a_mistake_is_told_with_its_remedy(
    page: Served, body: bytes, status: int, said: str
) -> None:
    for path in ("/run", "/saved"):
        answer = page.client.post(path, content=body, headers={"content-type": "application/json"})
        assert answer.status_code == status
        assert said in " ".join(answer.json()["problems"])
        assert "Traceback" not in answer.text


def test_a_run_is_streamed_and_the_second_time_it_is_there_at_once(page: Served) -> None:
    lines = run(page, changes=change(), draws=True)
    assert keys(lines) == [*["chunk"] * 4, "whole", "draw", "draw", "done"]
    assert sorted(each["draw"]["seed"] for each in lines if "draw" in each) == [2, 3]
    again = run(page, visitor="another", changes=change())
    assert again == [*[each for each in lines if "chunk" in each], {"whole": True}, {"done": True}]
    other = run(page, changes=change(), seed=3, draws=True)
    assert sorted(each["draw"]["seed"] for each in other if "draw" in each) == [1, 2]
    assert other[-5]["chunk"]["states"] == [[3] * 13]


def test_the_same_changes_are_one_run_however_they_are_written(tmp_path: Path) -> None:
    diary = tmp_path / "diary"
    two = [{"lever": "cash_amount", "value": 2, "from": "2012-01-02"}, *change("2014-01-06", 3)]
    with served(opened=partial(lives.opened, str(diary))) as page:
        run(page, changes=two)
        run(page, changes=[two[1], {**two[0], "value": 2.0}])
    assert diary.read_text("utf-8") == "changed 1 whole\n"


def test_lines_come_as_they_are_made_zipped_or_not(page: Served) -> None:
    for seed, coding in ((11, "gzip"), (12, "identity")):
        begin, seen = time.monotonic(), list[float]()
        with page.client.stream(
            "POST",
            "/run",
            json={"changes": change(DAYS["slow"]), "seed": seed, "draws": False},
            headers={"accept-encoding": coding},
        ) as answer:
            assert answer.headers.get("content-encoding", "identity") == coding
            assert "content-length" not in answer.headers
            seen += [time.monotonic() - begin for line in answer.iter_lines() if "chunk" in line]
        part = lives.WEEKS * lives.DAY
        assert len(seen) == 4
        assert seen[3] - seen[0] > 2 * part  # not all at the end


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("fails", "failed", "week of 2011-07-04"),
        ("dies", "ended", "has ended"),
        ("refused", "input", "too much"),
    ],
)
def test_a_run_that_fails_shows_its_message_and_the_next_one_is_made(
    page: Served, name: str, kind: str, said: str
) -> None:
    lines = run(page, changes=change(DAYS[name]))
    assert lines[-1]["kind"] == kind
    assert said in " ".join(lines[-1]["error"])
    assert "secret" not in json.dumps(lines)
    assert run(page, changes=change(), seed=4)[-1] == {"done": True}


def test_who_leaves_stops_the_run(tmp_path: Path) -> None:
    diary = tmp_path / "diary"
    with served(opened=partial(lives.opened, str(diary))) as page:
        slow = {"changes": change(DAYS["slow"]), "draws": False}
        with page.client.stream("POST", "/run", json=slow) as answer:
            lines = answer.iter_lines()
            while "chunk" not in next(lines):
                pass
        begin = time.monotonic()
        assert run(page, changes=change())[-1] == {"done": True}
        assert time.monotonic() - begin < 2 * lives.WEEKS * lives.DAY
        assert run(page, **slow)[-1] == {"done": True}
    lines = diary.read_text("utf-8").splitlines()
    assert [line.split()[0] for line in lines] == ["slow", "changed", "slow"]


def test_the_next_change_of_a_visitor_stops_the_one_before(page: Served) -> None:
    told: list[list[dict[str, Any]]] = []
    slow = partial(run, page, "v", changes=change(DAYS["slow"]), seed=21)
    first = threading.Thread(target=lambda: told.append(slow()))
    first.start()
    time.sleep(0.1)
    assert run(page, "v", changes=change(), seed=23)[-1] == {"done": True}
    first.join(PATIENCE)
    assert told[0][-1]["kind"] == "replaced"


def test_a_full_queue_is_told(tmp_path: Path) -> None:
    with (
        served(most_waiting=1, opened=partial(lives.opened, str(tmp_path / "d"))) as page,
        ThreadPoolExecutor(6) as pool,
    ):

        def status(seed: int) -> int:
            answer = page.client.post(
                "/run",
                json={"changes": change(DAYS["slow"]), "seed": seed, "draws": False},
                headers={"x-visitor": f"v{seed}"},
            )
            if answer.status_code == 503:
                assert answer.json()["problems"][0].startswith("Many others wait")
                assert answer.json()["kind"] == "full"
                assert int(answer.headers["retry-after"]) > 0
            return answer.status_code

        found = list(pool.map(status, range(6)))
    assert set(found) == {200, 503}
    assert found.count(503) >= 3


def test_visitors_need_an_id_that_is_one(page: Served) -> None:
    answer = page.client.post("/run", json={"changes": []}, headers={"x-visitor": "a b"})
    assert answer.status_code == 400
    assert "x-visitor" in answer.json()["problems"][0]
    assert page.client.post("/run", json={"changes": [], "draws": False}).status_code == 200
    assert HOUSE != "me"


@pytest.mark.slow
def test_thirty_visitors_on_cached_runs_get_all_of_them(page: Served) -> None:
    wanted = run(page, changes=change(), draws=True)
    whole = [each for each in wanted if "queue" not in each]

    def visit(number: int) -> None:
        with httpx.Client(base_url=page.address, timeout=PATIENCE) as client:
            for path in ("/", "/static/page.js", "/words/nl.json", "/runs/baseline.json"):
                assert client.get(path).status_code == 200
            for _ in range(3):
                answer = client.post(
                    "/run", json={"changes": change()}, headers={"x-visitor": f"v{number}"}
                )
                lines = [json.loads(line) for line in answer.text.splitlines()]
                assert [each for each in lines if "draw" not in each] == [
                    each for each in whole if "draw" not in each
                ]

    with ThreadPoolExecutor(30) as pool:
        assert len(list(pool.map(visit, range(30)))) == 30


def saved(answer: httpx.Response) -> Any:  # noqa: ANN401 - what the file holds
    assert answer.status_code == 200, answer.text
    found = re.search(r'id="saved">(\{.+?\})</script>', answer.text)
    assert found is not None
    held = json.loads(found[1])
    return {**json.loads(gzip.decompress(base64.b64decode(held["gzip"]))), "hash": held["hash"]}


def test_the_page_can_be_taken_away_with_the_run_that_is_seen(page: Served) -> None:
    run(page, changes=change(), seed=2, draws=True)
    posted = {"changes": change(), "seed": 2, "hash": "seed=2"}
    answer = page.client.post("/saved", json=posted)
    assert SAVED_NAME in answer.headers["content-disposition"]
    assert answer.headers["content-type"].startswith("text/html")
    data = saved(answer)
    assert data["hash"] == "seed=2"
    assert data["shipped"] == small.SHIPPED
    (mine,) = data["extra"]
    assert (mine["changes"], mine["seed"]) == (change(), 2)
    for key in ("run", "base"):
        assert mine[key]["weeks"] == 52
        assert mine[key]["states"] == [[2] * 52]
    assert set(mine["draws"]) == {"1", "3"}
    assert saved(page.client.post("/saved", json={"changes": []}))["extra"] == []
    (other,) = saved(page.client.post("/saved", json={"changes": [], "seed": 3}))["extra"]
    assert set(other) == {"changes", "seed", "base"}


def test_a_run_that_fails_cannot_be_taken_away(page: Served) -> None:
    for name, status, kind in (("refused", 400, "input"), ("fails", 503, "failed")):
        answer = page.client.post("/saved", json={"changes": change(DAYS[name])})
        assert answer.status_code == status
        assert answer.json()["problems"]
        assert answer.json()["kind"] == kind


def test_a_baseline_that_is_not_shipped_is_made_in_the_background(tmp_path: Path) -> None:
    diary = tmp_path / "diary"
    contents = small.contents(shipped=False)
    with served(contents, partial(lives.opened, str(diary))) as page:
        told = page.client.get("/runs/baseline.json").json()
        assert told["run"] is None
        assert told["about"]["fresh"] is False
        assert page.client.get("/runs/bundle.json").status_code == 404
        lines = run(page, draws=True)
        assert keys(lines) == [*["chunk"] * 4, "whole", "draw", "draw", "done"]
        lines = run(page, changes=change(), draws=True)
        assert sorted(keys(lines)[5:]) == ["base", "base", "done", "draw", "draw"]
        data = saved(page.client.post("/saved", json={"changes": change()}))
        assert data["shipped"]["baseline"]["weeks"] == 52
        assert data["shipped"]["presets"] == {}
        assert set(data["shipped"]["draws"]["baseline"]) == {"2", "3"}
        assert len(data["extra"]) == 1
    assert sorted(diary.read_text("utf-8").splitlines()) == [
        *["changed 1 whole"] * 2,  # the baseline, and what a visitor changed
        *["changed 2 draw"] * 2,
        *["changed 3 draw"] * 2,
    ]
