"""Positions without a text: kept for the chair, in no draft, and never taken for agreement."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from msgspec.structs import replace

import resamend
from resamend.dossier.log import POSITIONS
from resamend.dossier.proving import prove
from resamend.page.options import Names
from resamend.renderers.forms import FORMS, Product
from resamend.room.hall import Hall
from resamend.room.pages import wall_part
from resamend.types import PositionRequest, Stance
from tests.dossiers import Desk, sat_at

CHAIR = ("--by", "Chair", "--at", "2018-11-05")
DAY = ("--date", "2018-11-04")
SECRET = "Women's Network"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = sat_at(tmp_path, monkeypatch)
    desk.dossier("RUS.en.txt", "CHN.en.txt", "JOINT.en.txt")
    return desk


def opposed(desk: Desk) -> str:
    """Oppose what Belarus and Russia ask for, and return what is then said."""
    place = "instructs the Secretary-General 1"
    return desk.run("position", "res-7", place, "--of", "USA", "--oppose", *DAY).err


def test_what_is_opposed_is_a_point_that_nothing_takes_in_passing(desk: Desk) -> None:
    assert "position 1: point 2, instructs the Secretary-General 1: USA opposes" in opposed(desk)
    listed = desk.done("conflicts", "res-7")
    assert "Point 2 · opposed: the change or no change" in listed
    assert "Option 2: no change" in listed
    ran = desk.run("decide", "res-7", "uncontested", "--agreed", *CHAIR)
    assert "left: point 2, instructs the Secretary-General 1: it is opposed" in ran.err
    assert "at all times" not in ran.err
    assert "Point 2, instructs the Secretary-General 1: opposed" in desk.done("status", "res-7")
    desk.done("decide", "res-7", "2", "--keep", *CHAIR)
    assert "opposed" not in desk.done("status", "res-7")


def test_a_position_is_taken_back_and_its_point_keeps_its_number(desk: Desk) -> None:
    opposed(desk)
    desk.done("position", "res-7", "2", "--undo", "--of", "USA", *DAY)
    assert "opposed" not in desk.done("conflicts", "res-7")
    desk.done("position", "res-7", "2", "--of", "CUB", "--oppose", *DAY)
    assert "Point 2 · opposed" in desk.done("conflicts", "res-7")
    assert "there is no position" in desk.refused(2, "position", "res-7", "1", "--undo", *DAY)
    desk.done("position", "res-7", "2", "--undo", *DAY)
    desk.done("decide", "res-7", "single", "--agreed", *CHAIR)
    assert "at all times" in desk.done("adopt", "res-7", "-o", "-")


def test_a_point_that_a_revision_changes_stays_opposed(desk: Desk) -> None:
    opposed(desk)
    text = (desk.path / "JOINT.en.txt").read_text(encoding="utf-8")
    (desk.path / "again.txt").write_text(text.replace("at all times", "always"), encoding="utf-8")
    desk.done("add", "res-7", "again.txt", "--revision", "1")
    listed = desk.done("conflicts", "res-7")
    assert "Point 2 · opposed: the change or no change" in listed
    assert "insert “always”" in listed


def test_the_last_position_of_a_state_counts_and_all_are_logged(desk: Desk) -> None:
    opposed(desk)
    third = ("--meeting", "Third meeting", *DAY)
    desk.done("position", "res-7", "2", "--of", "USA", "--support", *third)
    assert "opposed" not in desk.done("conflicts", "res-7")
    desk.done("position", "res-7", "1", "--of", SECRET, "--support", "--option", "2", *third)
    desk.done("position", "res-7", "1", "--of", "CUB", "--informal", "--reserve", *third)
    listed = desk.done("position", "res-7", "--list", "-f", "csv")
    assert "2,instructs the Secretary-General 1,supports: 1 (USA)" in listed
    assert f"supports: 1 ({SECRET}) · “twice a year in Geneva”" in listed
    assert "reserves its position: 1 (not attributed)" in listed
    assert "CUB" not in listed
    assert "CUB" not in (desk.path / "res-7/positions.jsonl").read_text(encoding="utf-8")
    assert "Third meeting,4,1,resolves 1,not attributed,reserves its position" in listed


def test_a_position_has_a_holder_a_point_and_one_stance(desk: Desk) -> None:
    assert "a position is somebody's" in desk.refused(2, "position", "res-7", "1", "--oppose")
    assert "Give a POINT with one of" in desk.refused(2, "position", "res-7", "1", "--of", "USA")
    refused = desk.refused(2, "position", "res-7", "9", "--of", "USA", "--oppose")
    assert "there is no point 9" in refused
    wrong = ("position", "res-7", "1", "--of", "USA", "--oppose", "--option", "7")
    assert "there is no option 7 here" in desk.refused(2, *wrong)
    desk.refused(3, "position", "res-7", "1", "--of", "USA, CUB", "--oppose")


def test_positions_are_chained_and_proved(desk: Desk) -> None:
    opposed(desk)
    folder = desk.path / "res-7"
    assert prove(folder).faults == ()
    path = folder / "positions.jsonl"
    path.write_bytes(path.read_bytes().replace(b"USA", b"CUB"))
    assert prove(folder).faults[0].file == "positions.jsonl"
    assert "this position was changed" in desk.refused(3, "conflicts", "res-7")
    path.unlink()
    assert "knows of a position" in desk.refused(3, "conflicts", "res-7")


def test_a_position_about_no_place_is_refused_where_no_index_shows_the_change(desk: Desk) -> None:
    opposed(desk)
    folder = desk.path / "res-7"
    (folder / "dossier.json").unlink()
    path = folder / "positions.jsonl"
    position = POSITIONS.read(path.read_bytes(), path.name).records[0]
    line, _ = POSITIONS._spelled(replace(position, places=()), "")
    path.write_bytes(line)
    assert "it is about no place" in desk.refused(3, "conflicts", "res-7")


def _drafts(desk: Desk, name: str) -> dict[str, bytes]:
    """Write all that can be written for others than the chair, and what the room shows."""
    written: dict[str, bytes] = {}
    for audience in ("room", "public"):
        for form in FORMS:
            products = [
                ("consolidate", Product.DRAFT),
                ("compare", Product.COMPARISON),
                ("matrix", Product.MATRIX),
                ("changes", Product.LISTING),
                ("outcome", Product.LISTING),
                ("readout", Product.LISTING),
                ("register", Product.LISTING),
            ]
            for command, product in products:
                if not getattr(form, product):
                    continue
                sides = (name, name) if command == "changes" else (name,)
                out = desk.path / f"{name}-{audience}-{command}.{form.name}"
                how = ("--audience", audience, "-f", form.name, "-o", out)
                how += {"outcome": ("--for", "BLR"), "changes": ("--paragraphs",)}.get(command, ())
                ran = desk.run(command, *sides, *how, SOURCE_DATE_EPOCH="1541376000")
                if ran.code == 0:
                    written[out.name.removeprefix(name)] = out.read_bytes()
    return written


def test_positions_are_in_nothing_that_others_get(desk: Desk) -> None:
    shutil.copytree(desk.path / "res-7", desk.path / "quiet")
    opposed(desk)
    desk.done("position", "res-7", "1", "--of", SECRET, "--reserve", "--remark", "Never", *DAY)
    loud, quiet = _drafts(desk, "res-7"), _drafts(desk, "quiet")
    assert len(loud) > 40
    assert loud.keys() == quiet.keys()
    for hall_name in ("res-7", "quiet"):
        hall = Hall({"res": desk.path / hall_name})
        side = loud if hall_name == "res-7" else quiet
        side["wall"] = wall_part(hall, Names.NAMES, None).encode()
    for name, content in loud.items():
        assert _inside(content) == _inside(quiet[name]), name
        assert not any(word in _inside(content) for word in (b"Network", b"Never", b"opposed"))


def _inside(content: bytes) -> bytes:
    """Return all parts of a file, hidden ones too, without the day on which it was packed."""
    if not content.startswith(b"PK"):
        return content.replace(b"quiet", b"res-7")
    with ZipFile(BytesIO(content)) as file:
        return b"\n".join(name.encode() + b"\n" + file.read(name) for name in file.namelist())


def test_the_library_keeps_positions_too(desk: Desk) -> None:
    dossier = resamend.open(desk.path / "res-7")
    request = PositionRequest(stance=Stance.OPPOSE, of="USA", option="1", at="2018-11-04")
    kept = dossier.position("instructs the Secretary-General 1", request)
    assert dossier.positions == (kept,)
    assert dossier.status().opposed == {kept.region}
    with pytest.raises(resamend.UsageError, match="is no day"):
        dossier.position(1, PositionRequest(stance=Stance.RESERVE, of="USA", at="Monday"))


def test_who_supports_no_change_opposes_the_change(desk: Desk) -> None:
    where = ("position", "res-7", "instructs the Secretary-General 1", "--of", "USA")
    desk.done(*where, "--support", "--option", "2", *DAY)
    assert "Point 2 · opposed" in desk.done("conflicts", "res-7")


def test_a_position_of_one_language_counts_in_the_others(desk: Desk) -> None:
    both = ("--base", "base.en.txt", "--base", "base.fr.txt")
    desk.done("new", "both", *both)
    desk.done("add", "both", "RUS.en.txt", "RUS.fr.txt")
    desk.done("position", "both", "resolves 1", "--of", "USA", "--oppose", "--lang", "en", *DAY)
    ran = desk.run("decide", "both", "uncontested", "--agreed", "--lang", "fr", *CHAIR)
    assert "left: point 1, décide 1: it is opposed" in ran.err


def test_the_history_of_a_point_is_one_sheet(desk: Desk) -> None:
    text = (desk.path / "RUS.en.txt").read_text(encoding="utf-8")
    (desk.path / "again.txt").write_text(
        text.replace("RUS/62/1", "RUS/62(Rev.1)/1").replace("twice", "thrice"), encoding="utf-8"
    )
    desk.done("add", "res-7", "again.txt", "--date", "2018-11-02")
    desk.done("join", "res-7", "CHN/63/1", SECRET, "--date", "2018-11-03")
    desk.done("position", "res-7", "1", "--of", "USA", "--reserve", "--meeting", "Third", *DAY)
    terms = ("--level", "ad-hoc", "--meeting", "Fourth", "--condition", "x y", "--reserve", "USA")
    desk.done("decide", "res-7", "1", "--take", "CHN", *CHAIR, *terms)
    reopened = ("--by", "Chair", "--at", "2018-11-06", "--reason", "New facts")
    desk.done("decide", "res-7", "1", "--reopen", *reopened)
    desk.done("withdraw", "res-7", "CHN/63/1", "--date", "2018-11-07")
    lines = desk.done("show", "res-7", "1").partition("History\n")[2].splitlines()
    assert lines == [
        "  CHN/63/1 (CHN): “every year in Geneva” → “each spring”",
        "  RUS/62/1 (RUS): “every” → “twice a”; replaced by revision 1",
        "  2 November 2018: RUS/62/1, revision 1 (RUS): “every” → “thrice a”",
        "  3 November 2018: CHN/63/1: Women's Network joined",
        "  4 November 2018: USA: reserves its position · Third",
        "  5 November 2018: record 1, Chair, ad hoc, ad referendum: taken: “each spring” "
        "(CHN, Women's Network) · condition: x y · reservations: USA · Fourth",
        "  6 November 2018: record 2, Chair: record 1 is reopened · “New facts”",
        "  7 November 2018: CHN/63/1: withdrawn",
    ]
    for audience in ("room", "public"):
        assert "reserves its position" not in desk.done(
            "show", "res-7", "1", "--audience", audience
        )
    assert "Women" not in desk.done("show", "res-7", "1", "--audience", "public")


def test_what_is_opposed_opens_and_closes_a_point_for_the_chair(desk: Desk) -> None:
    desk.done("decide", "res-7", "1", "--take", "CHN", "--by", "Chair", "--at", "2018-11-03")
    opposed(desk)
    compared = ("changes", "res-7@2018-11-03", "res-7@2018-11-04", "-f", "csv")
    row = "2,instructs the Secretary-General 1,new: opposed: the change or no change,"
    assert row in desk.done(*compared)
    assert "opposed" not in desk.done(*compared, "--audience", "room")
    desk.done("decide", "res-7", "2", "--keep", *CHAIR)
    out = desk.done("changes", "res-7@2018-11-04", "res-7", "-f", "csv")
    assert '2,instructs the Secretary-General 1,"closed\nrecord 2, Chair' in out


def test_the_history_has_who_strikes_a_provision(desk: Desk) -> None:
    text = (desk.path / "base.en.txt").read_text(encoding="utf-8")
    struck = text.replace("2\tthat its report shall be sent to the Council;\n", "")
    (desk.path / "CAN.txt").write_text(f"MOD\tCAN/66/1\n{struck}", encoding="utf-8")
    desk.done("add", "res-7", "CAN.txt", "--date", "2018-11-01")
    history = desk.done("show", "res-7", "resolves 2").partition("History\n")[2]
    assert history == (
        "  1 November 2018: CAN/66/1 (CAN): SUP “2 that its report shall be sent to the Council;”\n"
    )


def test_a_position_at_a_time_of_day_counts_on_that_day(desk: Desk) -> None:
    dossier = resamend.open(desk.path / "res-7")
    request = PositionRequest(stance=Stance.OPPOSE, of="BRA", at="2018-11-05T10:00:00Z")
    dossier.position("instructs the Secretary-General 1", request)
    compared = desk.done("changes", "res-7@2018-11-04", "res-7@2018-11-05", "-f", "csv")
    assert "opposed: the change or no change" in compared


def test_a_dossier_on_no_day_is_no_dossier(desk: Desk) -> None:
    assert "res-7@" in desk.refused(2, "conflicts", "res-7@")
