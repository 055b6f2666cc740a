"""What happens in the room: which dossiers are open, what was sent to the wall, who listens."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from resamend.dossier.reading import ReadFiles
from resamend.errors import UsageError
from resamend.model import Language
from resamend.page.options import Names
from resamend.room.states import RoomState, is_current, read_state


class Sent(Struct, frozen=True, kw_only=True):
    """Say what the wall shows: a point, with the options that are tried, or with words typed.

    ``speaker`` is the state for which words were typed; they are its own only when it has
    ``confirmed`` them.
    """

    dossier: str
    point: str
    keys: tuple[int, ...] = ()
    text: str = ""
    speaker: str = ""
    confirmed: bool = False


class Change(Struct, frozen=True, kw_only=True):
    """Say that something changed: in a ``dossier`` or only on the wall; and by which page."""

    dossier: bool
    by: str = ""


class Hall:
    """Hold the open dossiers and the wall; one for the process, its changes under one lock."""

    def __init__(
        self,
        folders: Mapping[str, Path],
        language: Language | None = None,
        home: Path | None = None,
    ) -> None:
        self.folders = dict(folders)
        self.home = home
        """Where new dossiers are made."""
        self.language = language
        self.lock = threading.RLock()
        self.version = 0
        self.sent: Sent | None = None
        self.names = Names.NAMES
        """What the chair lets the wall say of proponents."""
        self.read = ReadFiles()
        """What the files of the dossiers say."""
        self.loop: asyncio.AbstractEventLoop | None = None
        """Where the queues of those live who listen."""
        self._states: dict[str, RoomState] = {}
        self._listeners: set[asyncio.Queue[Change]] = set()

    def folder(self, name: str) -> Path:
        """Return the folder of a dossier. Raises ``UsageError`` for one that is not open here."""
        if name not in self.folders:
            raise UsageError(f"there is no dossier {name!r} in this room")
        return self.folders[name]

    def state(self, name: str) -> RoomState:
        """Return what a dossier says now."""
        folder = self.folder(name)
        with self.lock:
            before = self._states.get(name)
            if before is None or not is_current(folder, before):
                self._states[name] = read_state(folder, self.language, before, self.read)
                self.version += 1
            return self._states[name]

    def send(self, sent: Sent | None) -> None:
        """Send something to the wall, in the place of what it shows."""
        with self.lock:
            self.sent = sent
            self.version += 1

    def leave_trial(self, point: str) -> None:
        """Show a point on the wall as it stands, if it is there: it has just been acted on."""
        with self.lock:
            if self.sent and self.sent.point == point:
                self.sent = Sent(dossier=self.sent.dossier, point=point)
            self.version += 1

    def hide_names(self, names: Names) -> None:
        """Let the wall say less, or more, of proponents."""
        with self.lock:
            self.names = names
            self.version += 1

    def is_stale(self) -> bool:
        """Tell whether an open dossier has changed on disk."""
        with self.lock:
            return any(not is_current(self.folders[n], s) for n, s in self._states.items())

    # -- who listens ------------------------------------------------------------------------------

    def listen(self) -> asyncio.Queue[Change]:
        """Return a queue that is told of each change; of several at once, only of the last."""
        self.loop = asyncio.get_running_loop()
        queue: asyncio.Queue[Change] = asyncio.Queue(maxsize=1)
        self._listeners.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[Change]) -> None:
        """Tell a queue no more."""
        self._listeners.discard(queue)

    @property
    def audience(self) -> int:
        """Return how many pages listen."""
        return len(self._listeners)

    def tell_from_outside(self, change: Change) -> None:
        """Tell all who listen, from a thread in which no queue lives."""
        if self.loop is not None:
            self.loop.call_soon_threadsafe(self.tell, change)

    def tell(self, change: Change) -> None:
        """Tell all who listen that something changed; to be called where the queues live.

        What a page has not heard yet becomes one change with this, made by nobody in particular.
        """
        for queue in self._listeners:
            unheard = queue.get_nowait() if queue.full() else None
            both = Change(dossier=change.dossier or unheard.dossier) if unheard else change
            queue.put_nowait(both)
