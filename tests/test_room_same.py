"""The room and the command line: the same bytes by either, in turn and at once; and kills."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn
from msgspec import Struct

from resamend.dossier.proving import prove
from resamend.dossier.reading import read_dossier
from resamend.room.access import Keys, RoomRole, cookie_name
from resamend.room.app import make_app
from resamend.room.hall import Hall
from tests.dossiers import Desk, sat_at, tree
from tests.effort import EFFORT, Effort, sample
from tests.test_room import Meeting

KILLS = 6 if EFFORT is Effort.QUICK else int(os.environ.get("RESAMEND_TRIES") or 1000)
AT = "2026-01-01T10:00"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return sat_at(tmp_path, monkeypatch)


def random_act(chance: random.Random, points: list[int]) -> dict[str, str]:
    """Draw an act; it need not make sense."""
    act = chance.choice(("take", "take", "keep", "text", "bracket", "defer", "undo", "retain"))
    terms = {
        "level": chance.choice(("", "ad-hoc", "committee")),
        "reserve": chance.choice(("", "USA", "KEN, BRA")),
        "condition": chance.choice(("", "subject to resolves 2")),
        "entered_by": chance.choice(("", "Clerk")),
    }
    made = {"act": act, "point": str(chance.choice(points)), "by": "Chair", "at": AT, **terms}
    if act == "take":
        made["names"] = chance.choice(("1", "2", "2,1", "3"))
    return made | ({"text": "once in a while"} if act == "text" else {})


def as_command(act: dict[str, str]) -> list[str]:
    """Write an act as its command."""
    names = act.get("names", "")
    flag = {
        "take": ["--both" if "," in names else "--take", names],
        "text": ["--text", "once in a while"],
    }
    words = ["decide", "b", act["point"], *flag.get(act["act"], [f"--{act['act']}"])]
    words += ["--by", act["by"], "--at", act["at"]]
    for option in ("level", "condition", "entered_by"):
        words += [f"--{option.replace('_', '-')}", act[option]] if act[option] else []
    for state in filter(None, (s.strip() for s in act["reserve"].split(","))):
        words += ["--reserve", state]
    return words


@pytest.mark.parametrize("seed", sample(range(12), spare=4))
def test_the_same_acts_give_the_same_bytes(desk: Desk, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt", "JOINT.en.txt")
    shutil.copytree(folder, tmp_path / "a")
    shutil.copytree(folder, tmp_path / "b")
    room = Meeting(tmp_path / "a", Hall({"a": tmp_path / "a"}), Keys()).seat(RoomRole.CHAIR)
    points = sorted(set(room.hall.state("a").numbers.values()))
    outcomes = []
    for _ in range(14):
        act = random_act(chance, points)
        status, _ = room.post("/act", dossier="a", **act)
        code = desk.run(*as_command(act)).code
        outcomes.append(status < 300)
        assert (status < 300) == (code == 0), act
        assert tree(tmp_path / "a") == tree(tmp_path / "b"), act
    assert any(outcomes) and not all(outcomes)


def test_both_can_be_used_in_turn(desk: Desk, tmp_path: Path) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    room = Meeting(folder, Hall({folder.name: folder}), Keys()).seat(RoomRole.CHAIR)
    terms = {"by": "Chair", "at": AT}
    assert (
        room.post("/act", dossier=folder.name, act="take", point="1", names="1", **terms)[0] == 200
    )
    desk.done("decide", folder.name, "1", "--undo", "--by", "Chair", "--at", AT)
    assert room.post("/act", dossier=folder.name, act="keep", point="1", **terms)[0] == 200
    desk.done("add", folder.name, "JOINT.en.txt")
    assert len(room.hall.state(folder.name).dossier.proposals) == 3
    assert len(read_dossier(folder).records) == 3 and prove(folder).holds


# -- kills --------------------------------------------------------------------------------------


class Kill(Struct, frozen=True):
    """Say when a server dies: at so many steps to the disk, or after so many seconds."""

    step: int = 0
    half: bool = False
    delay: float = 0.0


def drawn(chance: random.Random) -> Kill:
    """Draw a death: three in four at a step of an act, the others at any time."""
    if chance.random() < 0.75:
        return Kill(step=chance.randint(1, 60), half=chance.random() < 0.5)
    return Kill(delay=chance.uniform(0.02, 0.4))


def dying(kill: Kill) -> None:
    """Have this process killed at a step to the disk, before it is made or within a write."""
    left = kill.step

    def last(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def taken(*given: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0:
                if name == "write" and kill.half:
                    real(given[0], bytes(given[1])[: len(given[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*given, **named)

        return taken

    for name in ("write", "fsync", "replace", "link", "unlink"):
        setattr(os, name, last(name, getattr(os, name)))


def forked(folder: Path, keys: Keys, listener: socket.socket, kill: Kill) -> int:
    """Serve a dossier in a child of this process, and return which."""
    child = os.fork()
    if child:
        return child
    try:
        port = listener.getsockname()[1]
        app = make_app(Hall({folder.name: folder}), keys, {f"127.0.0.1:{port}"})
        if kill.step:
            dying(kill)
        uvicorn.Server(uvicorn.Config(app, log_level="critical")).run(sockets=[listener])
    finally:
        os._exit(0)


def acts(client: httpx2.Client, recorded: int) -> Iterator[bool]:
    """Record and take back, as long as somebody answers; yield each time that it is said."""
    while True:
        form = {"dossier": "b", "point": "1", "act": ACTS[recorded % len(ACTS)], "by": "Chair"}
        try:
            answer = client.post("/act", data=form)
        except httpx2.TransportError:
            return
        assert answer.status_code < 300, answer.text
        recorded += 1
        yield True


ACTS = ("keep", "undo", "bracket", "undo")


def answered(folder: Path, keys: Keys, kill: Kill) -> int:
    """Act in a room until its server is dead; return how many records it has confirmed."""
    recorded = len(read_dossier(folder).records)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        child = forked(folder, keys, listener, kill)
        listener.close()  # what the child has is the only one: it dies with it
        headers = {"origin": address, "x-room-token": keys.form_token(RoomRole.CHAIR)}
        cookies = {cookie_name(RoomRole.CHAIR): keys.token(RoomRole.CHAIR)}
        killer = threading.Timer(kill.delay or 60, os.kill, (child, signal.SIGKILL))
        killer.start()
        with httpx2.Client(base_url=address, headers=headers, cookies=cookies) as client:
            confirmed = sum(acts(client, recorded))
        _, status = os.waitpid(child, 0)
        killer.cancel()
        assert os.WTERMSIG(status) == signal.SIGKILL
    return confirmed


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_killed_server_has_lost_nothing(desk: Desk, tmp_path: Path) -> None:
    """Between and during acts: what was confirmed is there, and at most the act that was begun."""
    fresh = desk.dossier("RUS.en.txt", "CHN.en.txt")
    folder = tmp_path / "killed" / "b"
    shutil.copytree(fresh, folder)
    warm = Meeting(folder, Hall({"b": folder}), Keys()).seat(RoomRole.CHAIR)
    assert warm.post("/act", dossier="b", act="keep", point="1", by="Chair")[0] == 200
    chance, keys = random.Random(5), Keys()
    confirmed = begun = 0
    for kill in (drawn(chance) for _ in range(KILLS)):
        if len(read_dossier(folder).records) > 40:  # so that it stays quick
            shutil.rmtree(folder)
            shutil.copytree(fresh, folder)
        before = len(read_dossier(folder).records)
        answers = answered(folder, keys, kill)
        after = len(read_dossier(folder).records)  # it can be read at once, by anybody
        assert before + answers <= after <= before + answers + 1, kill
        assert prove(folder).holds, kill
        confirmed, begun = confirmed + answers, begun + after - before - answers
    print(f"{KILLS} kills: {confirmed} records confirmed, {begun} more written")
    assert confirmed
