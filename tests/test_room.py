"""The room: acts, refusals, and what may not be on the wall."""

from __future__ import annotations

import asyncio
import importlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct
from starlette.testclient import TestClient

from resamend.room.access import Keys, RoomRole, cookie_name
from resamend.room.app import make_app
from resamend.room.hall import Change, Hall
from resamend.room.serving import folders_of, renewed_links

ROOT = Path(__file__).parent.parent
HOST = "127.0.0.1:8140"
URL = f"http://{HOST}"


class Seat(Struct):
    """A browser of one role in a room."""

    client: TestClient
    keys: Keys
    hall: Hall
    role: RoomRole

    def post(self, path: str, **form: str) -> tuple[int, str]:
        """Send a form as a page of the role does."""
        headers = {"origin": URL, "x-room-token": self.keys.form_token(self.role)}
        answer = self.client.post(path, data=form, headers=headers)
        return answer.status_code, answer.text

    def act(self, act: str, point: str, **form: str) -> tuple[int, str]:
        form = {"by": "Chair", "at": "2026-01-01T10:00", **form}
        return self.post("/act", dossier="140", act=act, point=point, **form)

    def get(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.text
        return answer.text


class Meeting(Struct):
    """A room over a copy of Resolution 140, with a seat for each role."""

    folder: Path
    hall: Hall
    keys: Keys

    def seat(self, role: RoomRole) -> Seat:
        client = TestClient(make_app(self.hall, self.keys, {HOST}), base_url=URL)
        client.cookies.set(cookie_name(role), self.keys.token(role))
        return Seat(client, self.keys, self.hall, role)


@pytest.fixture
def meeting(tmp_path: Path) -> Iterator[Meeting]:
    folder = tmp_path / "140"
    shutil.copytree(ROOT / "resolutions" / "140", folder)
    folders, home = folders_of([folder])
    yield Meeting(folder, Hall(folders, None, home), Keys())


def id_of(meeting: Meeting, number: int) -> str:
    return {n: id for id, n in meeting.hall.state("140").numbers.items()}[number]


# -- acts ---------------------------------------------------------------------------------------


def test_the_chair_sees_all_points_and_the_suggested_order(meeting: Meeting) -> None:
    page = meeting.seat(RoomRole.CHAIR).get("/keys")
    assert page.count('class="slide"') == 28
    assert "Suggested order: 2, 1. It is mechanical" in page


def test_an_act_is_recorded_and_only_what_changed_comes_back(meeting: Meeting) -> None:
    chair = meeting.seat(RoomRole.CHAIR)
    status, text = chair.act("take", id_of(meeting, 7), names="1", level="ad-hoc",
                             entered_by="Clerk", meeting="COM5/3")  # fmt: skip
    assert status == 200
    assert text.count('class="slide"') == 1 and 'id="point-7"' in text
    assert 'id="strip" hx-swap-oob="true"' in text and "1 recorded" in text
    (record,) = meeting.hall.state("140").dossier.records
    assert (record.by, record.entered_by, record.meeting) == ("Chair", "Clerk", "COM5/3")
    assert "concluded the overall review" in record.as_read[0][1]


def test_undo_is_a_record_and_brings_the_point_back(meeting: Meeting) -> None:
    chair = meeting.seat(RoomRole.CHAIR)
    chair.act("take", id_of(meeting, 7), names="1")
    status, text = chair.act("undo", id_of(meeting, 7))
    assert status == 200 and 'data-status="open"' in text
    assert len(meeting.hall.state("140").dossier.records) == 2


def test_a_gate_has_its_own_acts(meeting: Meeting) -> None:
    chair = meeting.seat(RoomRole.CHAIR)
    page = chair.get("/keys")
    gate = page[page.index('id="point-10"') : page.index('id="point-11"')]
    assert 'data-act="retain"' in gate and 'data-act="suppress"' in gate
    assert chair.act("keep", id_of(meeting, 10))[0] == 409
    assert chair.act("retain", id_of(meeting, 10))[0] == 200


def test_what_makes_no_sense_is_refused_with_its_reason(meeting: Meeting) -> None:
    chair = meeting.seat(RoomRole.CHAIR)
    status, text = chair.act("take", id_of(meeting, 7), names="9")
    assert status == 409 and "there is no option 9 here" in text
    assert chair.act("take", id_of(meeting, 7), names="1", by="")[0] == 409
    assert chair.act("dance", id_of(meeting, 7))[0] == 409
    status, text = chair.act("text", id_of(meeting, 7), text=" ")
    assert status == 409 and "no words are given" in text
    assert meeting.hall.state("140").dossier.records == ()


# -- the wall -----------------------------------------------------------------------------------


def test_the_wall_shows_what_was_sent_not_what_the_chair_looks_at(meeting: Meeting) -> None:
    chair, viewer = meeting.seat(RoomRole.CHAIR), meeting.seat(RoomRole.VIEWER)
    assert "Nothing has been sent" in viewer.get("/room")
    chair.post("/send", dossier="140", point=id_of(meeting, 16), names="2")
    wall = viewer.get("/room")
    assert "Trial reading, nothing recorded" in wall
    assert "in support of the Sustainable Development Goals" in wall
    chair.post("/send", dossier="140", point=id_of(meeting, 7))
    wall = viewer.get("/room")
    assert "Trial reading" not in wall and "[" in wall and "intends to conclude" in wall


def test_the_wall_says_what_was_agreed_without_whose_words_it_was(meeting: Meeting) -> None:
    chair, viewer = meeting.seat(RoomRole.CHAIR), meeting.seat(RoomRole.VIEWER)
    chair.post("/send", dossier="140", point=id_of(meeting, 7), names="1")
    chair.act("take", id_of(meeting, 7), names="1", level="ad-hoc", reserve="USA", reason="haste")
    wall = viewer.get("/room")
    assert "Agreed (ad hoc, ad referendum): taken: “concluded”" in wall
    assert ">USA<" not in wall and "haste" not in wall and "Chair" not in wall


def test_never_on_the_wall(meeting: Meeting) -> None:
    chair, viewer = meeting.seat(RoomRole.CHAIR), meeting.seat(RoomRole.VIEWER)
    chair.post("/send", dossier="140", point=id_of(meeting, 16), names="1")
    wall = viewer.get("/room")
    assert "RUS" in wall
    assert "Suggested order" not in wall, "that is the chair's"
    assert "is a proponent of" not in wall, "who stands behind two options"
    assert "1 proponent" not in wall, "a count"
    assert "sample/1" not in wall and "Reasons" not in wall


def test_a_viewer_may_have_fewer_names_never_more(meeting: Meeting) -> None:
    chair, viewer = meeting.seat(RoomRole.CHAIR), meeting.seat(RoomRole.VIEWER)
    chair.post("/send", dossier="140", point=id_of(meeting, 16), names="1")
    assert ">USA<" not in viewer.get("/room?names=none")
    chair.post("/names", names="none")
    assert ">USA<" not in viewer.get("/room?names=names")
    chair.post("/names", names="names")
    assert ">USA<" in viewer.get("/room?names=names")


def test_words_for_a_state_are_to_be_confirmed(meeting: Meeting) -> None:
    chair, viewer = meeting.seat(RoomRole.CHAIR), meeting.seat(RoomRole.VIEWER)
    chair.post("/send", dossier="140", point=id_of(meeting, 7), text="shall sing", speaker="BRA")
    wall = viewer.get("/room")
    assert "BRA (orally, to be confirmed)" in wall and "shall sing" in wall
    chair.post("/names", names="none")
    assert "BRA" not in viewer.get("/room")


@pytest.mark.parametrize("ui", ["en", "fr", "es", "ru", "zh", "ar"])
def test_each_viewer_has_its_own_language(meeting: Meeting, ui: str) -> None:
    chair, viewer = meeting.seat(RoomRole.CHAIR), meeting.seat(RoomRole.VIEWER)
    chair.post("/send", dossier="140", point=id_of(meeting, 7), names="1")
    assert f'<html lang="{ui}"' in viewer.get(f"/room?ui={ui}")


def test_a_change_by_the_command_line_is_on_the_wall(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.dossiers import sat_at

    chair, viewer = meeting.seat(RoomRole.CHAIR), meeting.seat(RoomRole.VIEWER)
    chair.post("/send", dossier="140", point=id_of(meeting, 7))
    commands = sat_at(meeting.folder.parent, monkeypatch)
    commands.done("decide", "140", "7", "--take", "2", "--by", "Chair", "--level", "committee")
    assert "Agreed (committee)" in viewer.get("/room")


# -- refusals -----------------------------------------------------------------------------------


def test_a_link_opens_the_page_of_its_role_and_keeps_a_strict_cookie(meeting: Meeting) -> None:
    client = TestClient(make_app(meeting.hall, meeting.keys, {HOST}), base_url=URL)
    answer = client.get(f"/enter/{meeting.keys.token(RoomRole.VIEWER)}")
    assert 'url=/room"' in answer.text
    cookie = answer.headers["set-cookie"].lower()
    assert "samesite=strict" in cookie and "httponly" in cookie
    assert client.get("/room").status_code == 200
    assert client.get("/enter/guess").status_code == 403


@pytest.mark.parametrize("path", ["/keys", "/chair", "/events/chair"])
@pytest.mark.parametrize("role", [None, RoomRole.VIEWER, RoomRole.DESK])
def test_a_page_needs_its_role(meeting: Meeting, path: str, role: RoomRole | None) -> None:
    client = TestClient(make_app(meeting.hall, meeting.keys, {HOST}), base_url=URL)
    if role:
        client.cookies.set(cookie_name(role), meeting.keys.token(role))
        client.cookies.set(cookie_name(RoomRole.CHAIR), meeting.keys.token(role))
    assert client.get(path).status_code == 403


@pytest.mark.parametrize("path", ["/act", "/send", "/names", "/revoke"])
def test_viewers_can_do_nothing(meeting: Meeting, path: str) -> None:
    viewer = meeting.seat(RoomRole.VIEWER)
    assert viewer.post(path, dossier="140", point="7", act="keep", by="me")[0] == 403
    assert meeting.hall.state("140").dossier.records == ()


@pytest.mark.parametrize("origin", ["", "null", "http://evil.example", f"https://{HOST}"])
def test_what_comes_from_elsewhere_is_refused(meeting: Meeting, origin: str) -> None:
    chair = meeting.seat(RoomRole.CHAIR)
    headers = {"x-room-token": meeting.keys.form_token(RoomRole.CHAIR)}
    headers |= {"origin": origin} if origin else {}
    answer = chair.client.post("/act", data={"point": "7"}, headers=headers)
    assert answer.status_code == 403


def test_a_form_without_its_token_is_refused(meeting: Meeting) -> None:
    chair = meeting.seat(RoomRole.CHAIR)
    for token in ("", meeting.keys.token(RoomRole.CHAIR), meeting.keys.form_token(RoomRole.DESK)):
        headers = {"origin": URL, "x-room-token": token}
        assert chair.client.post("/act", data={}, headers=headers).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:80", "localhost:8140"])
def test_another_name_for_this_machine_is_refused(meeting: Meeting, host: str) -> None:
    chair = meeting.seat(RoomRole.CHAIR)
    assert chair.client.get("/keys", headers={"host": host}).status_code == 421


def test_too_much_is_refused(meeting: Meeting) -> None:
    chair = meeting.seat(RoomRole.CHAIR)
    assert chair.post("/act", text="x" * (70 << 10))[0] == 413
    assert chair.act("text", id_of(meeting, 7), text="x" * 21_000)[0] == 409


def test_an_act_reads_no_file_again_and_cuts_no_draft_again(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    chair = meeting.seat(RoomRole.CHAIR)
    assert chair.act("bracket", id_of(meeting, 7))[0] == 200
    calls: list[str] = []
    for module, name in (("resamend.akn", "read"), ("resamend.decision.settling", "cut_fragments")):
        original = getattr(importlib.import_module(module), name)

        def counted(
            *values: object, deed: object = original, called: str = name, **options: object
        ):
            calls.append(called)
            return deed(*values, **options)  # type: ignore[operator]

        monkeypatch.setattr(f"{module}.{name}", counted)
    assert chair.act("bracket", id_of(meeting, 3))[0] == 200
    assert calls == []
    point = id_of(meeting, 9)
    proposal = next(meeting.folder.glob("proposals/CHN*.en.xml"))
    proposal.write_bytes(proposal.read_bytes() + b"\n")
    assert chair.act("bracket", point)[0] == 422, "what the disk says counts"


def test_a_line_typed_in_the_terminal_revokes_the_links_of_a_role(meeting: Meeting) -> None:
    before = {role: meeting.keys.token(role) for role in RoomRole}
    typed = ["v\n", "\n", "nobody\n"]
    said = list(renewed_links(typed, meeting.keys, meeting.hall, "http://127.0.0.1:1/enter/"))
    new = meeting.keys.token(RoomRole.VIEWER)
    assert said[0] == f"viewer: http://127.0.0.1:1/enter/{new}\n" and "type viewer" in said[1]
    assert new != before[RoomRole.VIEWER] and meeting.keys.role_of(before[RoomRole.VIEWER]) is None
    assert meeting.keys.token(RoomRole.CHAIR) == before[RoomRole.CHAIR], "only that role"


def test_who_reads_is_told_from_the_terminal() -> None:
    async def told() -> Change:
        hall = Hall({})
        queue = hall.listen()
        await asyncio.to_thread(hall.tell_from_outside, Change(dossier=False))
        return await asyncio.wait_for(queue.get(), 5)

    assert asyncio.run(told()) == Change(dossier=False)


def test_a_revoked_link_opens_nothing_more(meeting: Meeting) -> None:
    chair, viewer = meeting.seat(RoomRole.CHAIR), meeting.seat(RoomRole.VIEWER)
    status, link = chair.post("/revoke", role="viewer")
    assert status == 200 and meeting.keys.token(RoomRole.VIEWER) in link
    assert viewer.client.get("/room").status_code == 403


def test_every_answer_lets_nothing_in_from_elsewhere(meeting: Meeting) -> None:
    chair = meeting.seat(RoomRole.CHAIR)
    for path in ("/keys", "/room", "/static/htmx.min.js", "/nothing"):
        headers = chair.client.get(path).headers
        assert headers["content-security-policy"].startswith(
            "default-src 'none'; script-src 'self'"
        )
        assert headers["x-content-type-options"] == "nosniff"
    assert "<script>" not in chair.get("/keys") and "style=" not in chair.get("/keys")


def test_what_is_vendored_is_what_it_says_it_is() -> None:
    import hashlib
    import json
    from importlib.resources import files

    folder = files("resamend.room").joinpath("static")
    listed = json.loads(folder.joinpath("vendored.json").read_text())
    for entry in listed:
        content = folder.joinpath(entry["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"]
        assert folder.joinpath(entry["licence_file"]).is_file()
