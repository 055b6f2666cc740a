"""Who may do what: roles behind unguessable links, and what every request has to pass.

The Host header must be one that the room was told (no rebinding of names), what changes anything
must come from the room's own pages (its Origin and a token in the form), and no answer lets a
browser load anything from elsewhere.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class RoomRole(StrEnum):
    """Name who opens a page."""

    CHAIR = "chair"
    DESK = "desk"
    VIEWER = "viewer"


SMALL = 64 << 10
"""Bytes of a request that hands in no file."""
LARGE = 64 << 20
"""Bytes of a request that hands in files: a Word file may have 50 MB."""
PATIENCE = 60.0
"""Seconds that a request may take."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class Keys:
    """Hold the tokens of the roles; a new one revokes all links with the old."""

    def __init__(self) -> None:
        self._tokens = {role: secrets.token_urlsafe(24) for role in RoomRole}

    def token(self, role: RoomRole) -> str:
        """Return the token of a role."""
        return self._tokens[role]

    def renew(self, role: RoomRole) -> str:
        """Give a role a new token: who has the old one is out."""
        self._tokens[role] = secrets.token_urlsafe(24)
        return self._tokens[role]

    def role_of(self, token: str) -> RoomRole | None:
        """Return whose token it is."""
        for role, own in self._tokens.items():
            if hmac.compare_digest(own.encode(), token.encode()):
                return role
        return None

    def form_token(self, role: RoomRole) -> str:
        """Return what the forms of a role's pages carry; it opens no page."""
        return hmac.new(self._tokens[role].encode(), b"form", hashlib.sha256).hexdigest()

    def has(self, request: Request, role: RoomRole) -> bool:
        """Tell whether a request comes from somebody with a role."""
        cookie = request.cookies.get(cookie_name(role), "")
        return hmac.compare_digest(cookie.encode(), self._tokens[role].encode())


def cookie_name(role: RoomRole) -> str:
    """Return the name of the cookie that keeps a role's token."""
    return f"resamend_{role}"


class Refusal(Struct, frozen=True):
    """Say why a request is refused."""

    status: int
    what: str


class Guard:
    """Let through only what comes to a known host, from our own pages, in size and in time."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self.app = app
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        guarded = _with_headers(send)
        if refusal:
            answer = PlainTextResponse(refusal.what, refusal.status)
            await answer(scope, receive, guarded)
            return
        bounded = _bounded(receive, _most(scope))
        if scope["path"].startswith("/events/"):  # it stays open as long as the page
            await self.app(scope, bounded, guarded)
            return
        try:
            async with asyncio.timeout(PATIENCE):
                await self.app(scope, bounded, guarded)
        except TimeoutError:
            answer = PlainTextResponse("it took too long", 503)
            await answer(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> Refusal | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if host not in self.hosts:
            return Refusal(421, "this room is not at that address")
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return Refusal(405, "no such request")
        if scope["method"] != "POST":
            return None
        if headers.get("origin", "") != f"{scope['scheme']}://{host}":
            return Refusal(403, "this does not come from a page of this room")
        length = headers.get("content-length", "")
        if not length.isdecimal():
            return Refusal(411, "the request does not say how long it is")
        if int(length) > _most(scope):
            return Refusal(413, "this is more than the room takes at once")
        return None


def _most(scope: Scope) -> int:
    return LARGE if scope["path"].startswith("/desk/") else SMALL


def _bounded(receive: Receive, most: int) -> Receive:
    """Stop a request that sends more than it said."""
    left = most

    async def bounded() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        return message if left >= 0 else {"type": "http.disconnect"}

    return bounded


def _with_headers(send: Send) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return guarded
