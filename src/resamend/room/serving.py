"""Start the room: one process, one address, the links of the roles."""

from __future__ import annotations

import socket
import sys
import threading
import webbrowser
from collections.abc import Iterable, Iterator
from pathlib import Path

import uvicorn

from resamend.dossier.reading import is_dossier
from resamend.errors import UsageError
from resamend.model import Language
from resamend.room.access import Keys, RoomRole
from resamend.room.app import make_app
from resamend.room.hall import Change, Hall

HERE = "127.0.0.1"


def folders_of(paths: Iterable[Path]) -> tuple[dict[str, Path], Path | None]:
    """Map the names of dossiers to their folders, and return the folder that holds them, if any.

    Raises ``UsageError`` for what is neither a dossier nor a folder.
    """
    folders: dict[str, Path] = {}
    home: Path | None = None
    for path in paths:
        if not path.is_dir():
            raise UsageError("there is no such folder", where=str(path))
        if is_dossier(path):
            inside = [path]
        else:
            home = home or path
            inside = sorted(child for child in path.iterdir() if child.is_dir())
        for folder in filter(is_dossier, inside):
            name = folder.resolve().name
            if folders.setdefault(name, folder) != folder:
                raise UsageError(f"two dossiers are called {name}", where=str(folder))
    return folders, home


def serve(
    paths: Iterable[Path], *, port: int, listen: str, language: Language | None, opens: bool
) -> None:
    """Serve the room until it is interrupted. Raises ``UsageError`` for a port that is taken."""
    folders, home = folders_of(paths)
    hall, keys = Hall(folders, language, home), Keys()
    address = listen or HERE
    listener = _bound(address, port)
    port = listener.getsockname()[1]
    links = {role: f"http://{address}:{port}/enter/{keys.token(role)}" for role in RoomRole}
    for role, link in links.items():
        print(f"{role}: {link}", file=sys.stderr)
    if listen:
        print(
            f"resamend: everybody who reaches {address} on this network and has a link can open "
            "its page; nothing is encrypted.",
            file=sys.stderr,
        )
    hosts = {f"{address}:{port}"} | ({f"localhost:{port}"} if address == HERE else set())
    if sys.stdin is not None and sys.stdin.isatty():
        print(_HINT, file=sys.stderr)
        start = f"http://{address}:{port}/enter/"
        typed = threading.Thread(
            target=lambda: sys.stderr.writelines(renewed_links(sys.stdin, keys, hall, start)),
            daemon=True,  # who stops the room does not wait for a line that nobody types
        )
        typed.start()
    if opens:
        webbrowser.open(links[RoomRole.CHAIR if len(folders) else RoomRole.DESK])
    config = uvicorn.Config(
        make_app(hall, keys, hosts),
        log_level="warning",
        timeout_graceful_shutdown=1,
        limit_concurrency=400,
        h11_max_incomplete_event_size=32 << 10,
        server_header=False,
    )
    uvicorn.Server(config).run(sockets=[listener])


_HINT = (
    "resamend: type viewer, chair or desk, and Enter, for a new link of that role; "
    "all links with the old one are worthless then."
)


def renewed_links(lines: Iterable[str], keys: Keys, hall: Hall, start: str) -> Iterator[str]:
    """Give a role a new link whenever somebody types its name, or its first letter.

    ``start`` is what a link begins with. Whoever reads by an old link is out.
    """
    for line in lines:
        word = line.strip().lower()
        role = next((role for role in RoomRole if word and role.value.startswith(word)), None)
        if role is not None:
            yield f"{role}: {start}{keys.renew(role)}\n"
            hall.tell_from_outside(Change(dossier=False))
        elif word:
            yield f"{_HINT}\n"


def _bound(address: str, port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address, port))
        listener.listen(128)  # who opens a link at once waits, and is not turned away
    except OSError as error:
        listener.close()
        raise UsageError(
            f"{address}:{port} cannot be used ({error.strerror})", advice="Give another --port."
        ) from error
    return listener
