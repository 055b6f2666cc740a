"""The addresses of the room: what each role can open, and what it can do there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from importlib.resources import files

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from resamend.errors import InputError, ResamendError, UsageError, one_of
from resamend.model import Language
from resamend.page.options import Names
from resamend.renderers import sheets
from resamend.room.access import Guard, Keys, RoomRole, cookie_name
from resamend.room.acts import act_of, as_read, recorded_act
from resamend.room.app_parts import Door, language_named, language_of, names_of
from resamend.room.desk_routes import DeskRoutes
from resamend.room.hall import Change, Hall, Sent
from resamend.room.pages import RoomPage, WallParts, chair_page, changed_parts, wall_page

_STATIC = {"htmx.min.js": "text/javascript", "sse.min.js": "text/javascript"}
_OWN = {
    "points.js": "text/javascript", "room.js": "text/javascript",
    "points.css": "text/css", "room.css": "text/css",
}  # fmt: skip
_WATCH = 0.3
"""Seconds between two looks at the disk."""
_REST = 15.0
"""Seconds after which a line that says nothing says that it is still there."""


class Room:
    """Answer requests about one hall."""

    def __init__(self, hall: Hall, keys: Keys) -> None:
        self.hall = hall
        self.keys = keys
        self.door = Door(hall, keys)
        self.walls = WallParts(hall)

    def routes(self) -> list[Route]:
        """Return the addresses."""
        return [
            Route("/enter/{token}", self.enter),
            Route("/chair", self.chair),
            Route("/keys", self.chair),
            Route("/room", self.wall),
            Route("/events/wall", self.wall_events),
            Route("/events/chair", self.chair_events),
            Route("/act", self.act, methods=["POST"]),
            Route("/send", self.send, methods=["POST"]),
            Route("/names", self.names, methods=["POST"]),
            Route("/revoke", self.revoke, methods=["POST"]),
            Route("/static/{name}", self.static),
            *DeskRoutes(self.door).routes(),
        ]

    # -- coming in --------------------------------------------------------------------------------

    async def enter(self, request: Request) -> Response:
        """Keep the token of a link, and go on to the page of its role."""
        token = request.path_params["token"]
        role = self.keys.role_of(token)
        if role is None:
            return PlainTextResponse("this link opens nothing (any more)", 403)
        pages = {RoomRole.CHAIR: "/keys", RoomRole.DESK: "/", RoomRole.VIEWER: "/room"}
        # A redirect would not carry a strict cookie if the link stood in a letter.
        answer = HTMLResponse(sheets.filled("", "enter.html.j2", to=pages[role]))
        answer.set_cookie(cookie_name(role), token, httponly=True, samesite="strict", path="/")
        return answer

    # -- the chair --------------------------------------------------------------------------------

    async def chair(self, request: Request) -> Response:
        """Show all points: to read ahead, or, at the keys, to act."""
        self.door.allowed(request, RoomRole.CHAIR)
        room = self._page(request, acts=request.url.path == "/keys")
        if not self.hall.folders:
            return PlainTextResponse("There is no dossier yet; one is made at the desk.")
        text = await run_in_threadpool(chair_page, self.hall, room, language_of(request))
        return HTMLResponse(text)

    def _page(self, request: Request, *, acts: bool) -> RoomPage:
        import secrets

        names = tuple(self.hall.folders)
        page = request.headers.get("x-room-page", "") or secrets.token_urlsafe(6)
        dossier = request.query_params.get("dossier", "") or (names[0] if names else "")
        return RoomPage(
            dossier=dossier,
            token=self.keys.form_token(RoomRole.CHAIR),
            page=page,
            acts=acts,
            dossiers=names,
            orders={},
        )

    async def act(self, request: Request) -> Response:
        """Record an act, and return the parts of the page that it changed."""
        form = (await self.door.form(request, RoomRole.CHAIR)).values
        act = act_of(form)
        before = await run_in_threadpool(self.hall.state, act.dossier)
        made = await run_in_threadpool(recorded_act, self.hall, act)
        from msgspec.structs import replace

        room = replace(self._page(request, acts=True), dossier=act.dossier)
        ui = language_named(form.get("ui", ""))
        text = await run_in_threadpool(changed_parts, self.hall, before, room, act.point, ui)
        self.hall.leave_trial(act.point)
        self.hall.tell(Change(dossier=True, by=room.page))
        if text is None:
            return Response(status_code=204, headers={"hx-refresh": "true"})
        told = " ".join(filter(None, map(as_read, made.records)))
        numbers = ",".join(str(record.number) for record in made.records)
        return HTMLResponse(
            text, headers={"x-room-records": numbers, "x-room-read": "1" if told else ""}
        )

    async def send(self, request: Request) -> Response:
        """Send a point to the wall as the chair has it before him, or clear the wall."""
        form = (await self.door.form(request, RoomRole.CHAIR)).values
        if form.get("point"):
            self.hall.folder(form.get("dossier", ""))
            keys = tuple(int(k) for k in form.get("names", "").split(",") if k.isdecimal())
            sent = Sent(
                dossier=form["dossier"],
                point=form["point"],
                keys=keys[:9],
                text=form.get("text", "")[:20_000],
                speaker=form.get("speaker", "")[:200],
            )
        else:
            sent = None
        self.hall.send(sent)
        self.hall.tell(Change(dossier=False))
        return Response(status_code=204)

    async def names(self, request: Request) -> Response:
        """Let the wall say less, or more, of proponents."""
        form = (await self.door.form(request, RoomRole.CHAIR)).values
        self.hall.hide_names(Names.NAMES if form.get("names") == "names" else Names.NONE)
        self.hall.tell(Change(dossier=False))
        return Response(status_code=204)

    async def revoke(self, request: Request) -> Response:
        """Make all links of a role worthless, and name the new one."""
        form = (await self.door.form(request, RoomRole.CHAIR, RoomRole.DESK)).values
        role = one_of(RoomRole, form.get("role", RoomRole.VIEWER), "role")
        token = self.keys.renew(role)
        self.hall.tell(Change(dossier=False))
        return PlainTextResponse(f"{request.base_url}enter/{token}")

    # -- the wall ---------------------------------------------------------------------------------

    async def wall(self, request: Request) -> Response:
        """Show what was sent to the wall."""
        self.door.allowed(request, *RoomRole)
        ui, names = language_of(request), names_of(request)
        query = f"ui={ui or ''}&names={names}"
        text = await run_in_threadpool(wall_page, self.hall, names, ui, query)
        return HTMLResponse(text)

    async def wall_events(self, request: Request) -> Response:
        """Tell a viewer's page what the wall shows, whenever that changes."""
        role = self.door.allowed(request, *RoomRole)
        ui, names = language_of(request), names_of(request)
        return _stream(self._walls(role, request, ui, names))

    async def _walls(
        self, role: RoomRole, request: Request, ui: Language | None, names: Names
    ) -> AsyncIterator[str]:
        queue = self.hall.listen()
        last = ""
        try:
            while self.keys.has(request, role):
                try:
                    part = await run_in_threadpool(self.walls.part, names, ui)
                except (ResamendError, OSError):  # the folder cannot be read just now
                    part = last
                if part != last:
                    yield _event("wall", part)
                    last = part
                else:
                    yield ": still here\n\n"
                await _next(queue)
            yield _event("wall", "") + _event("revoked", "")
        finally:
            self.hall.leave(queue)

    async def chair_events(self, request: Request) -> Response:
        """Tell a page of the chair that something changed which it did not do itself."""
        self.door.allowed(request, RoomRole.CHAIR)
        return _stream(self._changes(request, request.query_params.get("page", "")))

    async def _changes(self, request: Request, page: str) -> AsyncIterator[str]:
        queue = self.hall.listen()
        try:
            while self.keys.has(request, RoomRole.CHAIR):
                change = await _next(queue)
                other = change is not None and change.dossier and change.by != page
                yield _event("changed", str(self.hall.version)) if other else ": still here\n\n"
        finally:
            self.hall.leave(queue)

    # -- files ------------------------------------------------------------------------------------

    async def static(self, request: Request) -> Response:
        """Return one of the few files that pages load."""
        name = request.path_params["name"]
        if name in _OWN:
            text = sheets.style("", name) if name.endswith(".css") else sheets.script("", name)
            return Response(text, media_type=_OWN[name])
        if name in _STATIC:
            content = files("resamend.room").joinpath("static", name).read_bytes()
            return Response(content, media_type=_STATIC[name])
        return PlainTextResponse("there is no such file", 404)


async def _next(queue: asyncio.Queue[Change]) -> Change | None:
    try:
        return await asyncio.wait_for(queue.get(), _REST)
    except TimeoutError:
        return None


def _stream(lines: AsyncIterator[str]) -> Response:
    return StreamingResponse(lines, media_type="text/event-stream")


def _event(name: str, text: str) -> str:
    lines = "".join(f"data: {line}\n" for line in text.splitlines() or [""])
    return f"event: {name}\n{lines}\n"


async def _refused(request: Request, error: Exception) -> Response:
    """Say what is wrong: the person's fault or the file's, or that a page is not theirs."""
    if isinstance(error, PermissionError):
        return PlainTextResponse("this page needs its link", 403)
    status = 422 if isinstance(error, InputError) else 409 if isinstance(error, UsageError) else 400
    return PlainTextResponse(str(error), status)


def make_app(hall: Hall, keys: Keys, hosts: Iterable[str]) -> ASGIApp:
    """Return the room as an ASGI application that answers at some hosts."""
    room = Room(hall, keys)

    @asynccontextmanager
    async def watching(_: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(_watch(hall))
        yield
        task.cancel()

    app = Starlette(
        routes=room.routes(),
        lifespan=watching,
        exception_handlers={ResamendError: _refused, PermissionError: _refused},
    )
    return Guard(app, hosts)


async def _watch(hall: Hall) -> None:
    """Tell all pages when a dossier changes on disk."""
    while True:
        await asyncio.sleep(_WATCH)
        if hall.audience and await run_in_threadpool(hall.is_stale):
            with_errors = await run_in_threadpool(_refresh, hall)
            if not with_errors:
                hall.tell(Change(dossier=True))


def _refresh(hall: Hall) -> bool:
    """Read again what changed; true where a folder cannot be read just now."""
    try:
        for name in hall.folders:
            hall.state(name)
    except (ResamendError, OSError):
        return True
    return False
