"""The desk: what is dropped is looked at, and only then added; what comes out."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from resamend.dossier.reading import read_dossier
from resamend.room.access import RoomRole
from tests.dossiers import BASE, CHN, RUS
from tests.test_room import URL, Meeting, Seat, meeting

__all__ = ["meeting"]  # a fixture
TOLD = "Looked at, nothing added yet"


def dropped(seat: Seat, dossier: str, *files: tuple[str, bytes]) -> tuple[int, str]:
    """Drop files on a dossier."""
    answer = seat.client.post(
        "/desk/drop",
        data={"dossier": dossier},
        files=[("files", file) for file in files],
        headers={"origin": URL, "x-room-token": seat.keys.form_token(seat.role)},
    )
    return answer.status_code, answer.text


def token_of(text: str) -> str:
    return text.partition('name="file" value="')[2].partition('"')[0]


def founded(seat: Seat, name: str, content: str) -> tuple[int, str]:
    answer = seat.client.post(
        "/desk/new",
        data={"name": name},
        files=[("files", ("base.en.txt", content.encode()))],
        headers={"origin": URL, "x-room-token": seat.keys.form_token(seat.role)},
    )
    return answer.status_code, answer.text


@pytest.fixture
def desk(meeting: Meeting, tmp_path: Path) -> Seat:
    meeting.hall.home = tmp_path
    seat = meeting.seat(RoomRole.DESK)
    assert founded(seat, "res-7", BASE)[0] == 200
    return seat


def test_a_dossier_is_made_of_the_text_in_force(desk: Seat, tmp_path: Path) -> None:
    assert read_dossier(tmp_path / "res-7").proposals == ()
    assert founded(desk, "res-7", BASE)[0] == 422, "there is one already"
    assert founded(desk, "../res-8", BASE)[0] == 409
    assert not (tmp_path.parent / "res-8").exists()


def test_what_is_dropped_is_looked_at_and_only_then_added(desk: Seat, tmp_path: Path) -> None:
    status, text = dropped(desk, "res-7", ("RUS.en.txt", RUS.encode()))
    assert status == 200 and TOLD in text
    assert read_dossier(tmp_path / "res-7").proposals == ()
    assert not [path for path in (tmp_path / "res-7").rglob("*") if "RUS" in path.name]
    status, text = desk.post("/desk/add", file=token_of(text))
    assert status == 200 and ">added<" not in text and "added</h4>" in text
    assert [p.id for p in read_dossier(tmp_path / "res-7").proposals] == ["RUS/62/1"]


def test_a_question_is_answered_in_a_form(desk: Seat, tmp_path: Path) -> None:
    anonymous = "\n".join(RUS.splitlines()[1:])
    _, text = dropped(desk, "res-7", ("our text.txt", anonymous.encode()))
    assert "does not say whose proposal it is" in text and "disabled>Add" in text
    status, text = desk.post("/desk/look", file=token_of(text), id="KEN/9/1", proponents="KEN, UGA")
    assert status == 200 and 'role="alert"' not in text
    _, text = desk.post("/desk/add", file=token_of(text), id="KEN/9/1", proponents="KEN, UGA")
    (proposal,) = read_dossier(tmp_path / "res-7").proposals
    assert (proposal.id, [who.code for who in proposal.proponents]) == ("KEN/9/1", ["KEN", "UGA"])


def test_a_zip_stands_for_the_files_in_it(desk: Seat) -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("in/RUS.en.txt", RUS)
        archive.writestr("in/CHN.en.txt", CHN)
    _, text = dropped(desk, "res-7", ("all.zip", content.getvalue()))
    assert text.count(TOLD) == 2 and "RUS.en.txt" in text and "CHN.en.txt" in text


HOSTILE = {
    "a file that defines entities": ("a.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
    "a zip that is none": ("a.docx", b"PK\x03\x04 nothing"),
    "no text at all": ("a.bin", bytes(range(256)) * 40),
    "a name that climbs": ("../../../etc/cron.d/x.txt", b"MOD\tRUS/62/1\nx"),
    "a name that is markup": ("<img src=x onerror=alert(1)>.txt", b"\xff\xfe"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_and_leaves_nothing(
    desk: Seat, tmp_path: Path, name: str
) -> None:
    before = sorted(str(path) for path in tmp_path.rglob("*"))
    status, text = dropped(desk, "res-7", HOSTILE[name])
    assert status == 200 and 'role="alert"' in text and "<img" not in text
    assert sorted(str(path) for path in tmp_path.rglob("*")) == before


def test_hostile_words_are_words_on_every_page(desk: Seat, meeting: Meeting) -> None:
    words = "<img src=x onerror=alert(1)></script><script>alert(2)</script>"
    first = RUS.replace("twice a", f"{words} a") if "twice a" in RUS else RUS + words
    _, text = dropped(desk, "res-7", ("RUS.en.txt", first.encode()))
    desk.post("/desk/add", file=token_of(text))
    _, text = dropped(desk, "res-7", ("CHN.en.txt", CHN.encode()))
    desk.post("/desk/add", file=token_of(text))
    chair, viewer = meeting.seat(RoomRole.CHAIR), meeting.seat(RoomRole.VIEWER)
    point = next(iter(desk.hall.state("res-7").numbers))
    chair.post("/send", dossier="res-7", point=point, text=words, speaker=words)
    for page in (chair.get("/keys?dossier=res-7"), viewer.get("/room"), desk.get("/")):
        assert "<img" not in page and "<script>" not in page


@pytest.mark.parametrize(
    ("name", "begins"),
    [("draft.docx", b"PK"), ("draft.html", b"<!doctype"), ("adopted.docx", b"PK"),
     ("comparison.html", b"<!doctype"), ("matrix.csv", b""), ("certificate.json", b"{")],
)  # fmt: skip
def test_what_comes_out(meeting: Meeting, name: str, begins: bytes) -> None:
    desk = meeting.seat(RoomRole.DESK)
    answer = desk.client.get(f"/files/140/{name}")
    assert answer.status_code == 200 and answer.content.lower().startswith(begins.lower())
    assert answer.headers["content-disposition"] == f'attachment; filename="140-{name}"'


def test_every_text_of_a_state_comes_back_as_word(meeting: Meeting) -> None:
    desk = meeting.seat(RoomRole.DESK)
    answer = desk.client.get("/texts/140/CHN/sample/1")
    assert answer.status_code == 200 and answer.content.startswith(b"PK")
    assert desk.client.get("/texts/140/KEN/1").status_code == 409
    viewer = meeting.seat(RoomRole.VIEWER)
    assert viewer.client.get("/texts/140/CHN/sample/1").status_code == 403


def test_the_desk_needs_its_link(meeting: Meeting) -> None:
    for role in (RoomRole.VIEWER, RoomRole.CHAIR):
        seat = meeting.seat(role)
        assert seat.client.get("/").status_code == 403
        assert dropped(seat, "140", ("a.txt", b"x"))[0] == 403


def test_words_from_the_floor_become_a_proposal(meeting: Meeting) -> None:
    chair = meeting.seat(RoomRole.CHAIR)
    point = {n: id for id, n in meeting.hall.state("140").numbers.items()}[7]
    status, text = chair.post("/propose", dossier="140", point=point, text="will conclude",
                              speaker="BRA")  # fmt: skip
    assert status == 200, text
    state = meeting.hall.state("140")
    assert "BRA/floor/1" in [p.id for p in state.dossier.proposals]
    region = next(r for r in state.findings.regions if state.numbers.get(r.id) == 29
                  or "BRA/floor/1" in r.sources)  # fmt: skip
    assert any(option.text.strip() == "will conclude" for option in region.options)


def test_what_was_said_for_a_state_is_its_own_when_confirmed(meeting: Meeting) -> None:
    chair, desk = meeting.seat(RoomRole.CHAIR), meeting.seat(RoomRole.DESK)
    point = {n: id for id, n in meeting.hall.state("140").numbers.items()}[7]
    chair.post("/send", dossier="140", point=point, text="will conclude", speaker="BRA")
    desk.post("/desk/confirm")
    wall = meeting.seat(RoomRole.VIEWER).get("/room")
    assert "BRA" in wall and "orally" not in wall
