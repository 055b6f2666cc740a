"""``inspect``: what a file carries that its reader does not see."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.dossiers import Desk, sat_at
from tests.wordfiles import package, paragraph, run

ALL = ("RUS.en.txt", "CHN.en.txt", "JOINT.en.txt")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return sat_at(tmp_path, monkeypatch)


def kinds(desk: Desk, *arguments: str | Path) -> dict[str, list[str]]:
    """Return what is told, by kind."""
    told = json.loads(desk.done("inspect", *arguments, "--json"))
    assert told["schema"] == "resamend/unseen/1"
    found: dict[str, list[str]] = {}
    for file in told["files"]:
        for each in file["unseen"]:
            found.setdefault(each["kind"], []).append(f"{each['where']} {each['text']}")
    return found


def test_what_a_word_draft_carries_depends_on_whom_it_is_for(desk: Desk) -> None:
    given = ("consolidate", "base.en.txt", *ALL)
    for audience in ("chair", "room", "public"):
        desk.done(*given, "--audience", audience, "-o", f"{audience}.docx")
    chair, room, public = (kinds(desk, f"{a}.docx") for a in ("chair", "room", "public"))
    assert any("Option 1 (CHN)" in told for told in chair["comment"])
    assert [told.split()[0] for told in chair["file"]] == [
        "base.en.xml",
        "proposals/BLR-RUS-64-1.en.xml",
        "proposals/CHN-63-1.en.xml",
        "proposals/RUS-62-1.en.xml",
    ]
    assert not {"comment", "file", "record"} & (room.keys() | public.keys())
    assert any("BLR, RUS" in told for told in room["author of changes"])
    assert len(public["author of changes"]) == 1
    assert public["author of changes"][0].startswith("text Consolidation")


def test_a_hidden_part_of_others_is_told_of(desk: Desk) -> None:
    desk.done("consolidate", "base.en.txt", *ALL, "--audience", "room", "-o", "draft.docx")
    with zipfile.ZipFile(desk.path / "draft.docx", "a") as archive:
        archive.writestr("word/media/image1.png", b"\x89PNG")
        archive.writestr("docProps/app.xml", b"<Properties><Company>ACME</Company></Properties>")
    found = kinds(desk, "draft.docx")
    assert found["other part"] == ["word/media/image1.png neither text nor its looks"]
    assert "docProps/app.xml Company: ACME" in found["metadata"]


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def test_all_that_could_act_or_hide_is_listed(desk: Desk) -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r>"
    box = f"<w:r><w:pict><w:txbxContent>{paragraph(run('boxed'))}</w:txbxContent></w:pict></w:r>"
    header = f'<w:hdr xmlns:w="{W}">{paragraph(run("H"), hidden, box)}</w:hdr>'
    settings = (
        f'<w:settings xmlns:w="{W}"><w:revisionView w:insDel="0"/><w:docVars>'
        '<w:docVar w:name="plan" w:val="secret"/></w:docVars></w:settings>'
    )
    fields = "".join(
        f'<w:fldSimple w:instr=" {told} "/>' for told in ("DDEAUTO excel a b", "INCLUDETEXT x")
    )
    data = package(
        paragraph(run("text"), fields),
        parts=[("header", "header1.xml", header), ("settings", "settings.xml", settings)],
        outside=[("vbaProject", "vbaProject.bin")],
    )
    path = desk.path / "sent.docx"
    path.write_bytes(data)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(
            "word/_rels/settings.xml.rels",
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="a" TargetMode="External" '
            f'Type="{KINDS}/attachedTemplate" Target="http://example.org/x.dotm"/></Relationships>',
        )
        archive.writestr("customXml/item7.xml", "<a/>")
        archive.writestr("word/vbaProject.bin", b"x")
        archive.writestr("word/glossary/document.xml", header.replace(">H<", ">kept aside<"))
    carried = kinds(desk, "sent.docx")
    outside = " ".join(carried["not followed"])
    for told in ("a link to a template", "macros", "DDEAUTO", "INCLUDETEXT"):
        assert told in outside
    settings_listed = " ".join(carried["setting"])
    assert "insDel 0" in settings_listed and "val secret" in settings_listed
    assert carried["text box in a header"] == ["word/header1.xml boxed"]
    assert carried["hidden text in a header"] == ["word/header1.xml unseen"]
    unseen = carried["text to which the document does not refer"]
    assert "word/glossary/document.xml kept aside" in " ".join(unseen)
    listed = {told.split()[0] for told in carried["other part"]}
    assert listed == {"customXml/item7.xml", "word/vbaProject.bin"}
    assert "each is accounted for" in desk.run("inspect", "sent.docx").err


def test_what_our_xml_carries(desk: Desk) -> None:
    desk.dossier(*ALL)
    desk.done("consolidate", "res-7", "-o", "draft.xml")
    found = kinds(desk, "draft.xml")
    assert "BLR/RUS/64/1 The group is alone." in found["reasons"]
    assert len(found["proposal"]) == 3
    assert kinds(desk, "res-7")["proponents"] == ["BLR/RUS/64/1 BLR, RUS", "CHN/63/1 CHN",
                                                  "RUS/62/1 RUS"]  # fmt: skip
    text = (desk.path / "draft.xml").read_text("utf-8")
    (desk.path / "noted.xml").write_text(text.replace("<akomaNtoso", "<!-- psst --><akomaNtoso"))
    assert any("psst" in told for told in kinds(desk, "noted.xml")["comment"])


def test_for_a_person_it_is_counted_and_shortened(desk: Desk) -> None:
    desk.done("consolidate", "base.en.txt", *ALL, "-o", "draft.docx")
    told = desk.done("inspect", "draft.docx")
    assert "besides the visible text" in told.splitlines()[0]
    assert max(map(len, told.splitlines())) < 160
    assert desk.done("inspect", "base.en.txt") == "base.en.txt: nothing besides the visible text\n"
