"""A draft in Word that does not carry its proposals is never read as what a state wants."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from resamend import Invalid, Resolution, read
from tests.dossiers import Desk, sat_at


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = sat_at(tmp_path, monkeypatch)
    desk.dossier("RUS.en.txt", "CHN.en.txt")
    return desk


def as_it_is(part: str, xml: str) -> str | None:
    return xml


def bare(part: str, xml: str) -> str | None:
    """Take out what the file carries unseen and says of itself, as a program may that saves it."""
    return None if part.startswith(("customXml/", "docProps/")) else xml


def accepted(part: str, xml: str) -> str | None:
    """Accept every change, so that no mark is left."""
    if part.startswith("customXml/"):
        return None
    xml = re.sub(r"<w:del [^>]*[^/]>.*?</w:del>|</?w:(?:ins|del)\b[^>]*>", "", xml)
    return re.sub(r"<w:comment[^>]*/>", "", xml)


Saving = Callable[[str, str], str | None]


def saved(data: bytes, how: Saving) -> bytes:
    copy = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(copy, "w") as new:
        for part in old.namelist():
            kept = how(part, old.read(part).decode())
            if kept is not None:
                new.writestr(part, kept)
    return copy.getvalue()


CASES = [("room", as_it_is), ("public", as_it_is), ("room", accepted), ("public", accepted),
         ("room", bare), ("public", bare), ("chair", bare), ("chair", accepted)]  # fmt: skip


@pytest.mark.parametrize(("audience", "how"), CASES)
@pytest.mark.parametrize("view", ["redline", "result"])
def test_a_draft_without_its_proposals_is_no_state_s_text(
    desk: Desk, audience: str, how: Saving, view: str
) -> None:
    if view == "result" and how is bare:
        pytest.skip("without its properties a clean text says nowhere whose it is")
    file = desk.path / "FRA.docx"
    desk.done("consolidate", "res-7", "--audience", audience, "--view", view, "-o", "FRA.docx")
    file.write_bytes(saved(file.read_bytes(), how))
    with pytest.raises(Invalid, match="this is a consolidated draft") as refused:
        read(file.read_bytes(), Resolution, name="FRA.docx")
    assert refused.value.code == "draft-without-proposals"
    before = sorted(path.name for path in desk.path.rglob("*"))
    for command in (
        ("add", "res-7", "FRA.docx", "--id", "FRA/9/1"),
        ("diff", "base.en.txt", "FRA.docx"),
        ("import", "FRA.docx", "--base", "base.en.txt", "-o", "FRA.xml"),
        ("consolidate", "base.en.txt", "FRA.docx"),
    ):
        assert "FRA.docx: this is a consolidated draft" in desk.refused(3, *command)
    assert sorted(path.name for path in desk.path.rglob("*")) == before


def test_what_a_state_hands_in_is_read_on(desk: Desk) -> None:
    for way in (("--as", "RUS"), ("--base",)):
        desk.done("extract", "res-7", *way, "-o", "own.docx")
        assert read((desk.path / "own.docx").read_bytes(), Resolution)
