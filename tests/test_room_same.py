"""The room and the command line: the same bytes by either, in turn and at once; and kills."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from resamend.dossier.proving import prove
from resamend.dossier.reading import read_dossier
from resamend.room.access import Keys, RoomRole, cookie_name
from resamend.room.app import make_app
from resamend.room.hall import Hall
from tests.dossiers import Desk, sat_at, tree
from tests.effort import EFFORT, Effort, sample
from tests.test_room import Meeting

KILLS = 3 if EFFORT is Effort.QUICK else 40
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


def forked(folder: Path, keys: Keys, listener: socket.socket) -> int:
    """Serve a dossier in a child of this process, and return which."""
    child = os.fork()
    if child:
        return child
    import uvicorn

    try:
        port = listener.getsockname()[1]
        app = make_app(Hall({folder.name: folder}), keys, {f"127.0.0.1:{port}"})
        uvicorn.Server(uvicorn.Config(app, log_level="critical")).run(sockets=[listener])
    finally:
        os._exit(0)


def acts(client: httpx2.Client, folder: Path) -> Iterator[bool]:
    """Record and take back, as long as somebody answers; yield each time that it is said."""
    while True:
        recorded = len(read_dossier(folder).records)
        act = "undo" if recorded % 2 else "keep"
        form = {"dossier": folder.name, "point": "1", "act": act, "by": "Chair"}
        try:
            answer = client.post("/act", data=form)
        except httpx2.TransportError:
            return
        yield answer.status_code < 300


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_killed_server_has_lost_nothing(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    chance = random.Random(5)
    keys = Keys()
    said = 0
    for _ in range(KILLS):
        before = len(read_dossier(folder).records)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            address = f"http://127.0.0.1:{listener.getsockname()[1]}"
            child = forked(folder, keys, listener)
            headers = {"origin": address, "x-room-token": keys.form_token(RoomRole.CHAIR)}
            cookies = {cookie_name(RoomRole.CHAIR): keys.token(RoomRole.CHAIR)}
            delay = chance.uniform(0.05, 1.2)
            killer = threading.Thread(target=lambda c=child, d=delay: killed(c, d))
            killer.start()
            with httpx2.Client(base_url=address, headers=headers, cookies=cookies) as client:
                told = sum(acts(client, folder))
            killer.join()
        records = read_dossier(folder).records  # it can be read at once, by anybody
        assert before + told <= len(records) <= before + told + 1
        said += told
    assert said and prove(folder).holds


def killed(child: int, delay: float) -> None:
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
