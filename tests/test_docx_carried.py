"""What a Word draft takes along unseen comes back, and whoever edits what is seen is told of."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resamend.conflict import find
from resamend.consolidation import Consolidated, merge
from resamend.dossier.embedded_files import files
from resamend.dossier.parsing import arrive
from resamend.errors import Unreadable
from resamend.ooxml.embedded import EmbeddedFiles, read_carried
from resamend.page.options import Audience, RenderOptions
from resamend.readers.docx_floor import read_floor
from resamend.readers.floor_changes import Floor
from resamend.redlines import redline
from resamend.renderers.docx import render_docx, shown_in_docx
from tests import strategies as ours
from tests.dossiers import Desk, sat_at
from tests.effort import tries
from tests.settling import settled
from tests.strategies import Draft

ALL = ("RUS.en.txt", "CHN.en.txt", "JOINT.en.txt")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return sat_at(tmp_path, monkeypatch)


def written(merged: Consolidated) -> bytes:
    return render_docx(redline(merged, find(merged)), files=files(merged))


def rewritten(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """Change a part of a document, as an editor would, and pack the rest as it was."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, change(text) if name == part else text)
    return made.getvalue()


@settings(max_examples=tries(60))
@given(ours.drafts())
def test_what_is_written_is_read_back(draft: Draft) -> None:
    merged = merge(draft.base, draft.proposals)
    data = written(merged)
    found = arrive(data, name="draft.docx")
    assert found.value == merged
    assert not any("edited since" in told for told in found.notes)
    assert written(found.value) == data


@settings(max_examples=tries(40))
@given(ours.drafts())
def test_nobody_proposed_or_decided_anything_in_what_is_as_written(draft: Draft) -> None:
    data = written(merge(draft.base, draft.proposals))
    carried = read_carried(data)
    assert carried is not None
    assert read_floor(data, carried) == Floor()


@given(ours.drafts(), st.booleans(), st.sampled_from([Audience.CHAIR, Audience.ROOM]))
@settings(max_examples=60)  # more draw a known fault (docs/explored.md)
def test_who_accepts_or_refuses_all_has_proposed_nothing(
    draft: Draft, accept: bool, audience: Audience
) -> None:
    merged, options = merge(draft.base, draft.proposals), RenderOptions(audience=audience)
    lines = redline(merged, find(merged))
    content = render_docx(lines, options)
    carried = EmbeddedFiles(files=(), shown=shown_in_docx(lines, options))
    floor = read_floor(settled(content, accept=accept), carried)
    assert floor.uttered == ()
    assert not accept or floor.left == ()


def test_each_source_comes_back_byte_for_byte(desk: Desk) -> None:
    dossier = desk.dossier(*ALL)
    desk.done("consolidate", dossier, "-o", "draft.docx")
    desk.done("consolidate", dossier, "-o", "draft.xml")
    for wanted in (["--as", "RUS/62/1"], ["--as", "CHN"], ["--as", "BLR/RUS/64/1"], ["--base"]):
        ran = desk.run("extract", "draft.docx", *wanted)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out == desk.done("extract", "draft.xml", *wanted)
    for form in ("text", "xml", "json"):
        again = desk.done("consolidate", "draft.docx", "-f", form)
        assert again == desk.done("consolidate", dossier, "-f", form)


def test_who_edits_what_is_seen_is_told_of(desk: Desk) -> None:
    desk.done("consolidate", "base.en.txt", *ALL, "-o", "draft.docx")
    data = (desk.path / "draft.docx").read_bytes()
    edited = rewritten(
        data, "word/document.xml", lambda text: text.replace("to help the group", "to serve it")
    )
    (desk.path / "edited.docx").write_bytes(edited)
    ran = desk.run("extract", "edited.docx", "--as", "CHN")
    assert ran.code == 0
    assert ran.out == desk.done("extract", "draft.docx", "--as", "CHN")
    assert "edited since it was written, in one paragraph" in ran.err
    assert "at instructs the Secretary-General 1 (it shows BLR/RUS/64/1)" in ran.err
    assert "to help the group" in ran.err and "to serve it" in ran.err


def test_accepting_a_change_is_an_edit_too(desk: Desk) -> None:
    desk.done("consolidate", "base.en.txt", "JOINT.en.txt", "-o", "draft.docx")
    data = (desk.path / "draft.docx").read_bytes()

    def accept(text: str) -> str:
        start = text.index("<w:ins ", text.index("to help the group"))
        end = text.index("</w:ins>", start)
        return text[:start] + text[text.index(">", start) + 1 : end] + text[end + 8 :]

    found = arrive(rewritten(data, "word/document.xml", accept), name="draft.docx")
    assert any("BLR/RUS/64/1" in told for told in found.notes)


@pytest.mark.parametrize("old, new", [("every year", "no year"), ('number="1"', 'number="x"')])
def test_what_is_carried_must_not_be_changed(desk: Desk, old: str, new: str) -> None:
    desk.done("consolidate", "base.en.txt", *ALL, "-o", "draft.docx")
    data = (desk.path / "draft.docx").read_bytes()
    changed = rewritten(data, "customXml/item1.xml", lambda text: text.replace(old, new))
    with pytest.raises(Unreadable, match="takes along unseen, was changed"):
        arrive(changed, name="draft.docx")


def test_for_the_room_nothing_is_carried(desk: Desk) -> None:
    desk.done("consolidate", "base.en.txt", *ALL, "--audience", "room", "-o", "draft.docx")
    with zipfile.ZipFile(desk.path / "draft.docx") as archive:
        assert not [name for name in archive.namelist() if "customXml" in name]
        assert "word/comments.xml" not in archive.namelist()
    told = desk.refused(3, "extract", "draft.docx", "--as", "RUS")
    assert "draft.docx: this is a consolidated draft that does not carry its proposals" in told
    assert "Give the chair's draft, which carries them, or the dossier" in told
