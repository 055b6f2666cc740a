"""What all routes of the room share: who may come in, and what was sent."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from starlette.datastructures import UploadFile
from starlette.requests import Request

from resamend.dossier.parsed_input import Upload
from resamend.model import Language
from resamend.page.options import Names
from resamend.room.access import Keys, RoomRole
from resamend.room.hall import Hall


class Sending(Struct, frozen=True):
    """Hold the fields and the files of a form."""

    values: Mapping[str, str]
    uploads: tuple[Upload, ...] = ()


class Door(Struct, frozen=True):
    """Let people into a hall by their keys."""

    hall: Hall
    keys: Keys

    def allowed(self, request: Request, *roles: RoomRole) -> RoomRole:
        """Return the role with which somebody comes. Raises ``PermissionError`` without one."""
        for role in roles:
            if self.keys.has(request, role):
                return role
        raise PermissionError

    async def form(self, request: Request, *roles: RoomRole, files: int = 0) -> Sending:
        """Return what a page of a role sent. Raises ``PermissionError`` for another."""
        token = request.headers.get("x-room-token", "")
        for role in roles:
            if self.keys.has(request, role) and token == self.keys.form_token(role):
                return await _sent(request, files)
        raise PermissionError


async def _sent(request: Request, files: int) -> Sending:
    async with request.form(max_files=files, max_fields=40) as form:
        pairs = form.multi_items()
        uploads = [
            Upload(value.filename or "file", await value.read())
            for _, value in pairs
            if isinstance(value, UploadFile)
        ]
        values = {key: value for key, value in pairs if isinstance(value, str)}
    return Sending(values, tuple(uploads))


def language_named(code: str) -> Language | None:
    """Return the language of a code, if it is one."""
    return Language(code) if code in tuple(Language) else None


def language_of(request: Request) -> Language | None:
    """Return the language in which a page is to speak, if it says one."""
    return language_named(request.query_params.get("ui", ""))


def names_of(request: Request) -> Names:
    """Return whether a page wants the names of proponents."""
    return Names.NONE if request.query_params.get("names") == "none" else Names.NAMES
