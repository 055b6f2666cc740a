"""How long people wait in the room: ``python -m bench.room [SIZE]…``, SIZE such as ``300x30``.

Without a size it is Resolution 140. A *decision* goes from the key to the changed point in HTML:
the record, written to disk as ``decide`` does; the dossier read again as far as it changed; the
parts of the page that changed. *Viewers* is from the record to the last of thirty walls that has
heard of it, on the clock. The rest is processor time of one process, medians.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from resamend.dossier.changing import Upload, add, new
from resamend.page.options import Names
from resamend.room.acts import act_of, recorded_act
from resamend.room.hall import Change, Hall, Sent
from resamend.room.pages import RoomPage, WallParts, chair_page, changed_parts
from resamend.room.products import product_of
from resamend.room.states import read_state

ROOT = Path(__file__).parent.parent
_VIEWERS = 30
_TIMES = 5


def spent(deed: Callable[[], object]) -> float:
    """Return the milliseconds of the processor that a deed takes."""
    began = time.process_time()
    deed()
    return 1000 * (time.process_time() - began)


def dossier_of(size: str, folder: Path) -> Path:
    """Make a dossier of so many provisions and proposals; without a size, Resolution 140."""
    dossier = folder / "dossier"
    if not size:
        shutil.copytree(ROOT / "resolutions" / "140", dossier)
        return dossier
    from bench.inputs import Case
    from bench.writing import written

    provisions, sources = map(int, size.split("x"))
    inputs = written(Case(provisions, sources), folder / "inputs")
    base, proposals = inputs.base(), inputs.each("proposals")
    new(dossier, [Upload(base.name, base.read_bytes())])
    add(dossier, [Upload(path.name, path.read_bytes()) for path in proposals])
    return dossier


class Measured:
    """Act in a room, and keep what each part of it takes."""

    def __init__(self, dossier: Path) -> None:
        self.hall = Hall({"d": dossier})
        self.page = RoomPage(dossier="d", token="", page="", acts=True, dossiers=("d",), orders={})
        self.parts: dict[str, list[float]] = {"record": [], "state": [], "html": []}

    def decide(self, point: str, act: str) -> None:
        """Record, read again, and write what changed."""
        before = self.hall.state("d")
        form = {"dossier": "d", "point": point, "act": act, "by": "Chair"}
        deeds: dict[str, Callable[[], object]] = {
            "record": lambda: recorded_act(self.hall, act_of(form)),
            "state": lambda: self.hall.state("d"),
            "html": lambda: changed_parts(self.hall, before, self.page, point, None),
        }
        for name, deed in deeds.items():
            self.parts[name].append(spent(deed))

    async def followed(self, point: str) -> float:
        """Return the milliseconds after which the last of many viewers has what changed."""
        self.hall.send(Sent(dossier="d", point=point))
        walls = WallParts(self.hall)
        queues = [self.hall.listen() for _ in range(_VIEWERS)]
        began = time.perf_counter()
        self.hall.tell(Change(dossier=True))

        async def follow(queue: asyncio.Queue[Change]) -> None:
            await queue.get()
            await asyncio.to_thread(walls.part, Names.NAMES, None)

        await asyncio.gather(*map(follow, queues))
        return 1000 * (time.perf_counter() - began)


def rows(size: str) -> list[tuple[str, float]]:
    """Return what was measured, in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        room = Measured(dossier_of(size, Path(folder)))
        first = spent(lambda: room.hall.state("d"))
        page = spent(lambda: chair_page(room.hall, room.page, None))
        points = [r.id for r in room.hall.state("d").findings.outstanding if not r.gate]
        for point in points[:_TIMES]:
            room.decide(point, "bracket")
        folder_now = room.hall.folder("d")
        revision = spent(lambda: read_state(folder_now, None, None))
        viewers = asyncio.run(room.followed(points[0]))
        figures = [(f"a decision: {name}", median(part)) for name, part in room.parts.items()]
        total = median(map(sum, zip(*room.parts.values(), strict=True)))
        listed = [
            ("the dossier, opened", first),
            ("the page of the chair", page),
            ("a decision to the changed point in HTML", total),
            *figures,
            ("a new revision: read, merged, laid out anew", revision),
            (f"{_VIEWERS} viewers have it (clock)", viewers),
        ]
        if not size:
            product_of(room.hall, "d", "draft.pdf")
            listed.append(("PDF again", spent(lambda: product_of(room.hall, "d", "draft.pdf"))))
        return listed


def main() -> None:
    """Print the table."""
    for size in sys.argv[1:] or [""]:
        print(size or "Resolution 140")
        for name, milliseconds in rows(size):
            print(f"  {name:48} {milliseconds:9.1f} ms")


if __name__ == "__main__":
    main()
