"""The page as a web application: which address answers what."""

from __future__ import annotations

import asyncio
import json
import re
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ....abm.errors import InputError
from ..changes import canonical, changes_of, scenario_of
from ..contents import BASELINE
from ..lives.joined import joined
from ..saved import saved_page
from .crew import Full
from .document import takes_gzip
from .door import Door
from .failure import BROKEN, FULL
from .job import Asked
from .line_stream import LineStream, unless_gone
from .order import Desk
from .posted import RunPosted, SavedPosted, posted
from .shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from ....abm.evidence.registry import Registry
    from ..changes import Change
    from ..contents import Contents
    from .crew import Crew
    from .failure import Failure

HOUSE: Final = "the house"  # the visitor for whom something is made before anybody asks
VISITOR: Final = "x-visitor"
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
SAVED_NAME: Final = "terugkeer.html"


def make_app(
    contents: Contents, crew: Crew, registry: Registry, host: str = "127.0.0.1"
) -> ASGIApp:
    """Return the page as an application.

    Parameters
    ----------
    host : str, optional
        The address that the server listens on.
    """
    page = _Page(contents, crew, registry)
    shelf = Shelf(contents)

    async def document(request: Request) -> Response:
        return await run_in_threadpool(lambda: shelf.document(request.url.path).answer(request))

    @asynccontextmanager
    async def living(_app: Starlette) -> AsyncIterator[None]:
        crew.start()
        preparing = asyncio.create_task(page.prepare())
        try:
            yield
        finally:
            preparing.cancel()
            with suppress(asyncio.CancelledError):
                await preparing
            crew.close()

    app = Starlette(
        routes=[
            Route("/run", page.run, methods=["POST"]),
            Route("/saved", page.saved, methods=["POST"]),
            *(Route(path, document, methods=["GET"]) for path in shelf.paths),
        ],
        exception_handlers={
            InputError: _refused,
            Full: _full,
            HTTPException: _told,
            Exception: _broken,
        },
        lifespan=living,
    )
    app.router.redirect_slashes = False
    return Door(app, host)


class _Page:
    """What the addresses answer."""

    def __init__(self, contents: Contents, crew: Crew, registry: Registry) -> None:
        self._contents = contents
        self._crew = crew
        self._registry = registry
        self._desk = Desk(crew)
        scenario = scenario_of((), registry)
        self._unchanged = Asked(canonical(()), self._seed, whole=True, scenario=scenario)

    async def run(self, request: Request) -> Response:
        """Take an order for a run, and stream it."""
        wanted = await posted(request, RunPosted)
        changes, asked = await self._read(wanted.changes, wanted.seed)
        draws = self._draws(asked) if wanted.draws else []
        if changes and draws and self._contents.shipped is None:  # else the page has these
            draws += self._draws(self._baseline(wanted.seed))
            draws.sort(key=lambda each: each.seed)
        kind = "changed" if changes else BASELINE
        order = self._desk.order(_visitor(request), kind, asked, draws)
        return LineStream(order, zips=takes_gzip(request))

    async def saved(self, request: Request) -> Response:
        """Return the page as one file, with a visitor's run in it."""
        wanted = await posted(request, SavedPosted)
        changes, asked = await self._read(wanted.changes, wanted.seed)
        work = self._saved(_visitor(request), changes, asked, wanted.hash)
        made = await unless_gone(request.receive, work)
        return Response() if made is None else made

    async def prepare(self) -> None:
        """Make the baseline and its draws if they are not shipped, and keep them."""
        if self._contents.shipped is not None:
            return
        asked = self._baseline(self._seed)
        with self._desk.order(HOUSE, BASELINE, asked, self._draws(asked)) as order:
            async for _ in order.lines():
                pass
            await asyncio.Event().wait()  # what somebody reads is kept

    @property
    def _seed(self) -> int:
        """The seed of the runs that ship."""
        seeds: Sequence[int] = self._contents.fixed["seeds"]
        return seeds[0]

    def _baseline(self, seed: int) -> Asked:
        return replace(self._unchanged, seed=seed)

    def _draws(self, asked: Asked) -> list[Asked]:
        seeds: Sequence[int] = self._contents.fixed["seeds"]
        return [replace(asked, seed=each, whole=False) for each in seeds if each != asked.seed]

    async def _read(self, raw: object, seed: int) -> tuple[tuple[Change, ...], Asked]:
        """Return changes from what JSON gives, and the whole run of them."""

        def read() -> tuple[tuple[Change, ...], Asked]:
            changes = changes_of(raw, self._registry)
            scenario = scenario_of(changes, self._registry)
            return changes, Asked(canonical(changes), seed, whole=True, scenario=scenario)

        return await run_in_threadpool(read)

    async def _saved(
        self, visitor: str, changes: tuple[Change, ...], asked: Asked, chosen: str
    ) -> Response:
        """Wait for the runs that are seen, and return the file with them."""
        contents, extra = self._contents, dict[str, Any]()
        try:
            if contents.shipped is None:
                run, draws = await self._whole(visitor, self._baseline(self._seed))
                runs = {BASELINE: run, "presets": {}, "draws": {BASELINE: draws}}
                contents = replace(contents, shipped=runs)
            if asked.seed != self._seed:
                extra["base"], _ = await self._whole(visitor, self._baseline(asked.seed))
            if changes:
                extra["run"], extra["draws"] = await self._whole(visitor, asked)
        except _NotMadeError as error:
            return _failed(400 if error.failure.kind == "input" else 503, error.failure)
        if extra:
            extra |= {"changes": [each.raw() for each in changes], "seed": asked.seed}
        page = await run_in_threadpool(saved_page, contents, [extra] if extra else [], chosen)
        return Response(
            page,
            headers={
                "content-type": "text/html; charset=utf-8",
                "content-disposition": f'attachment; filename="{SAVED_NAME}"',
                "cache-control": "no-store",
            },
        )

    async def _whole(self, visitor: str, asked: Asked) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return a run, and the draws of it that are there by seed."""
        with self._desk.order(visitor, f"saved {asked.seed} {asked.changes}", asked) as order:
            failure = await order.whole()
            if failure is not None:
                raise _NotMadeError(failure)
            lines = list(order.job.lines)
        known = [self._crew.known(each) for each in self._draws(asked)]
        drawn = [each.lines[0] for each in known if each is not None]
        return await run_in_threadpool(_joined_run, lines, drawn)


class _NotMadeError(Exception):
    """A run that is needed for something else was not made."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure = failure


def _joined_run(lines: list[bytes], drawn: list[bytes]) -> tuple[dict[str, Any], dict[str, Any]]:
    run = joined([json.loads(line)["chunk"] for line in lines])
    draws = [json.loads(line)["draw"] for line in drawn]
    return run, {str(each["seed"]): each["tallies"] for each in draws}


def _visitor(request: Request) -> str:
    """Return who asks: the id that the page has made, or else the connection."""
    client = request.client
    named = request.headers.get(VISITOR)
    if named is None:
        return f"{client}"
    if not _ID.fullmatch(named):
        raise InputError(f"{VISITOR}: {named[:80]!r} is no id; give 1 to 64 letters and digits.")
    return f"{client.host if client else ''} {named}"


def _problems(status: int, problems: Sequence[str], **headers: str) -> Response:
    return JSONResponse({"problems": list(problems)}, status, headers)


def _failed(status: int, failure: Failure, **headers: str) -> Response:
    told = {"problems": list(failure.problems), "kind": failure.kind, "week": failure.week}
    return JSONResponse(told, status, headers)


async def _refused(_request: Request, error: Exception) -> Response:
    return _problems(400, error.problems if isinstance(error, InputError) else [str(error)])


async def _full(_request: Request, _error: Exception) -> Response:
    return _failed(503, FULL, **{"retry-after": "60"})


async def _told(_request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        return _problems(500, [str(error)])
    return _problems(error.status_code, [error.detail], **(error.headers or {}))


async def _broken(_request: Request, _error: Exception) -> Response:
    return _failed(500, BROKEN)
