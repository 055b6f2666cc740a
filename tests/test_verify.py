"""``verify``: it holds, and fails after any one byte of any file was changed, saying where."""

from __future__ import annotations

import hashlib
import io
import json
import random
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resamend.akn import printed_words, write_consolidated
from resamend.consolidation import merge, project
from resamend.dossier.certificate import Certificate
from resamend.dossier.damage import located
from resamend.dossier.index import crc32
from resamend.dossier.proving import prove
from resamend.dossier.proving_draft import prove_draft
from resamend.dossier.recovering import ReportedWords
from tests import strategies as ours
from tests.dossiers import Desk, sat_at, tree
from tests.strategies import Draft

SAMPLES = Path(__file__).parent.parent / "resolutions"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return sat_at(tmp_path, monkeypatch)


@pytest.fixture
def folder(desk: Desk) -> Path:
    """Make a dossier with two languages, a revised and a withdrawn proposal."""
    desk.done("new", "res-7", "--base", "base.en.txt", "--base", "base.fr.txt")
    desk.done("add", "res-7", "RUS.en.txt", "CHN.en.txt", "JOINT.en.txt", "RUS.fr.txt")
    revised = (desk.path / "RUS.en.txt").read_text().replace("twice", "three times")
    (desk.path / "RUS-2.en.txt").write_text(revised)
    desk.done("add", "res-7", "RUS-2.en.txt", "--revision", "1")
    desk.done("withdraw", "res-7", "CHN")
    return desk.path / "res-7"


def flipped(data: bytes, at: int, change: int = 1) -> bytes:
    return data[:at] + bytes([data[at] ^ change]) + data[at + 1 :]


def faults_of(folder: Path, file: Path, at: int, change: int = 1) -> Certificate:
    """Prove a dossier while one byte of it is another."""
    data = file.read_bytes()
    try:
        file.write_bytes(flipped(data, at, change))
        return prove(folder)
    finally:
        file.write_bytes(data)


def files_of(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def test_a_dossier_is_proved(desk: Desk, folder: Path) -> None:
    before = tree(folder)
    told = desk.done("verify", "res-7")
    assert tree(folder) == before
    for line in ("RUS/62/1, revision 1: ", "BLR/RUS/64/1: ", "fr: the base text, "):
        assert line in told
    assert told.endswith("Proved: 15 files as written, 3 proposals recovered to the byte.\n")


def test_a_certificate_names_what_is_extracted(desk: Desk, folder: Path) -> None:
    told = json.loads(desk.done("verify", "res-7", "--json"))
    assert told["schema"] == "resamend/certificate/1"
    assert told["holds"] is True
    english = told["texts"][0]
    joint, russia = english["sources"]
    text = desk.done("extract", "res-7", "--as", "RUS/62/1", "--lang", "en").encode()
    draft = desk.done("consolidate", "res-7", "-f", "xml", "--lang", "en").encode()
    assert russia["textSha256"] == hashlib.sha256(text).hexdigest()
    assert english["draftSha256"] == hashlib.sha256(draft).hexdigest()
    assert joint["original"] == "originals/BLR-RUS-64-1.en.txt"
    assert russia["original"] == "originals/RUS-62-1-2.en.txt"


@pytest.mark.parametrize("name", ["140", "1332", "1334"])
def test_the_samples_are_proved(name: str) -> None:
    certificate = prove(SAMPLES / name)
    assert certificate.holds, certificate.faults
    assert all(text.original for text in certificate.texts)
    assert all(source.original for text in certificate.texts for source in text.sources)


def test_any_byte_of_any_file_of_a_dossier(folder: Path) -> None:
    """Every place would take an hour: of each file some, of dossier.json more."""
    dice = random.Random(7)
    for file in files_of(folder):
        if file.name == ".gitattributes":  # it is for git, and no part of the dossier
            continue
        size = file.stat().st_size
        for at in {0, size - 1, *(dice.randrange(size) for _ in range(12))}:
            found = faults_of(folder, file, at, dice.randrange(1, 256))
            named = [fault for fault in found.faults if fault.file == str(file.relative_to(folder))]
            assert named, (file, at)
            assert named[0].place, (file, at, named)
            assert not found.holds


def test_samples_of_the_bytes_of_resolution_140(tmp_path: Path) -> None:
    folder = tmp_path / "140"
    shutil.copytree(SAMPLES / "140", folder)
    dice = random.Random(140)
    for file in files_of(folder):
        name = str(file.relative_to(folder))
        found = faults_of(folder, file, dice.randrange(file.stat().st_size))
        assert [fault.file for fault in found.faults] == [name]
        assert found.faults[0].place


@pytest.mark.parametrize(
    ("file", "words", "place"),
    [
        ("base.en.xml", b"that its report", "resolves 2, line"),
        ("base.fr.xml", b"son rapport", "décide 2, line"),
        ("proposals/RUS-62-1.en.xml", b"three times", "resolves 1, line"),
        ("proposals/BLR-RUS-64-1.en.xml", b"at all times", "instructs the Secretary-General 1,"),
        ("proposals/history/RUS-62-1.r0.en.xml", b"twice", "resolves 1, line"),
        ("originals/base.en.txt", b"every year", "resolves 1, line 10"),
        ("originals/RUS-62-1.en.txt", b"invite observers", "instructs the Secretary-General 3,"),
        ("dossier.json", b'"RUS/62/1"', 'line 45, which was: "RUS/62/1": 2'),
    ],
)
def test_the_provision_is_named(folder: Path, file: str, words: bytes, place: str) -> None:
    path = folder / file
    at = path.read_bytes().index(words) + 3
    found = faults_of(folder, path, at, ord("a") ^ ord("b"))
    assert found.faults[0].file == file
    assert found.faults[0].place.startswith(place)


def test_a_file_changed_in_many_places_is_compared_with_what_was_received(folder: Path) -> None:
    path = folder / "proposals/BLR-RUS-64-1.en.xml"
    path.write_bytes(path.read_bytes().replace(b"at all times", b"now and then"))
    found = prove(folder)
    assert found.faults[0].file == "proposals/BLR-RUS-64-1.en.xml"
    assert found.faults[0].place == "instructs the Secretary-General 1"


def test_a_proposal_that_its_original_does_not_say(desk: Desk, folder: Path) -> None:
    """The sums are right, so somebody wrote them anew: the words themselves are compared."""
    from msgspec.structs import replace

    from resamend.dossier.index import fingerprint, parse, spell

    path = folder / "proposals/BLR-RUS-64-1.en.xml"
    path.write_bytes(path.read_bytes().replace(b"at all times", b"now and then"))
    name, data = "proposals/BLR-RUS-64-1.en.xml", path.read_bytes()
    index = parse((folder / "dossier.json").read_bytes(), "x")
    index = replace(
        index,
        files={**index.files, name: fingerprint(data)},
        crc32={**index.crc32, name: crc32(data)},
    )
    (folder / "dossier.json").write_bytes(spell(index))
    told = desk.run("verify", "res-7")
    assert told.code == 3
    assert "FAULT: proposals/BLR-RUS-64-1.en.xml, instructs the Secretary-General 1" in told.out


def test_what_is_missing_or_more(desk: Desk, folder: Path) -> None:
    (folder / "proposals/JPN-9-1.en.xml").write_bytes(b"<a/>")
    assert "is not in dossier.json" in desk.done("verify", "res-7")
    (folder / "originals/JPN-9-1.en.txt").write_bytes(b"MOD JPN/9/1")
    told = desk.done("verify", "res-7")
    assert "originals/JPN-9-1.en.txt is not in dossier.json: it was never added" in told
    (folder / "originals/base.en.txt").unlink()
    assert "FAULT: originals/base.en.txt: it is missing" in desk.run("verify", "res-7").out
    (folder / "dossier.json").unlink()
    ran = desk.run("verify", "res-7")
    assert ran.code == 3
    assert "FAULT: dossier.json: it is missing" in ran.out


def test_a_draft_alone_is_proved(desk: Desk, folder: Path) -> None:
    desk.done("consolidate", "res-7", "--lang", "en", "-o", "draft.xml")
    told = json.loads(desk.done("verify", "draft.xml", "--json"))
    dossier = json.loads(desk.done("verify", "res-7", "--json"))
    for mine, theirs in zip(
        told["texts"][0]["sources"], dossier["texts"][0]["sources"], strict=True
    ):
        for key in ("id", "revision", "sha256", "textSha256", "words"):
            assert mine[key] == theirs[key]


def test_any_byte_of_a_draft(desk: Desk, folder: Path) -> None:
    desk.done("consolidate", "res-7", "--lang", "en", "-o", "draft.xml")
    data = (desk.path / "draft.xml").read_bytes()
    dice = random.Random(3)
    for at in (0, len(data) - 1, *(dice.randrange(len(data)) for _ in range(60))):
        found = prove_draft(flipped(data, at), "draft.xml")
        assert not found.holds
        assert found.unproved or found.faults[0].place, found.faults
    seal = data.index(b"crc32=")
    for at in range(seal - 70, seal + 16):
        assert not prove_draft(flipped(data, at), "draft.xml").holds
    at = data.index(b"at all times")
    found = prove_draft(flipped(data, at), "draft.xml")
    assert found.faults[0].place.startswith("instructs the Secretary-General 1, line ")


def decided(desk: Desk) -> Path:
    """Make a dossier with three records."""
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt", name="decided")
    when = ("--by", "the chair", "--at", "2018-10-05T10:00:00Z")
    desk.done("decide", "decided", "1", "--take", "RUS", *when)
    desk.done("decide", "decided", "1", "--undo", *when)
    desk.done("decide", "decided", "1", "--keep", *when)
    return folder


def test_the_chain_of_records_is_proved(desk: Desk) -> None:
    folder = decided(desk)
    told = json.loads(desk.done("verify", "decided", "--json"))["decisions"]
    assert told["records"] == 3
    assert told["head"] in (folder / "decisions.jsonl").read_text().splitlines()[-1]
    assert sum(status["records"] for status in told["statuses"]) == 3
    assert "decisions: 3 records" in desk.done("verify", "decided")


def test_any_byte_of_the_records(desk: Desk) -> None:
    folder = decided(desk)
    path = folder / "decisions.jsonl"
    data = path.read_bytes()
    dice = random.Random(5)
    ends = [at for at, byte in enumerate(data) if byte == 10]
    for at in (0, *ends, *(dice.randrange(len(data)) for _ in range(30))):
        for change in (1, 7):  # 7 makes a line end a carriage return
            found = faults_of(folder, path, at, change)
            assert not found.holds, (at, change)
            assert found.faults[0].file == "decisions.jsonl"
    second = data.index(b"\n") + 20
    assert faults_of(folder, path, second).faults[0].place == "record 2"


def test_records_cut_off_at_the_end(desk: Desk) -> None:
    folder = decided(desk)
    path = folder / "decisions.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:2]))
    found = prove(folder)
    assert found.faults[0].file == "decisions.jsonl"
    path.unlink()
    assert prove(folder).faults[0].file == "decisions.jsonl"


def test_a_word_draft_is_proved(desk: Desk, folder: Path) -> None:
    desk.done("consolidate", "res-7", "--lang", "en", "-o", "draft.docx")
    told = json.loads(desk.done("verify", "draft.docx", "--json"))
    dossier = json.loads(desk.done("verify", "res-7", "--json"))
    for mine, theirs in zip(
        told["texts"][0]["sources"], dossier["texts"][0]["sources"], strict=True
    ):
        for key in ("id", "sha256", "textSha256", "words"):
            assert mine[key] == theirs[key]


def test_a_word_draft_without_its_proposals(desk: Desk, folder: Path) -> None:
    desk.done("consolidate", "res-7", "--lang", "en", "--audience", "room", "-o", "room.docx")
    ran = desk.run("verify", "room.docx")
    assert ran.code == 3
    assert ran.out.count("NOT PROVED: ") == 2


def rewritten(data: bytes, old: bytes, new: bytes, part: str = "word/document.xml") -> bytes:
    """Return a Word file with some words of a part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            said = before.read(name)
            after.writestr(name, said.replace(old, new) if name == part else said)
    return out.getvalue()


def test_a_word_draft_that_was_edited(desk: Desk, folder: Path) -> None:
    desk.done("consolidate", "res-7", "--lang", "en", "-o", "draft.docx")
    data = (desk.path / "draft.docx").read_bytes()
    (desk.path / "seen.docx").write_bytes(rewritten(data, b"at all times", b"now and then"))
    ran = desk.run("verify", "seen.docx")
    assert ran.code == 3
    assert (
        "FAULT: seen.docx, instructs the Secretary-General 1: what it shows was edited" in ran.out
    )
    carried = next(
        name
        for name in zipfile.ZipFile(io.BytesIO(data)).namelist()
        if name.startswith("customXml/item") and "Props" not in name and "rels" not in name
    )
    bad = rewritten(data, b"at all times", b"at all costs", carried)
    (desk.path / "unseen.docx").write_bytes(bad)
    ran = desk.run("verify", "unseen.docx")
    assert ran.code == 3
    assert "FAULT: unseen.docx" in ran.out
    assert "was changed" in ran.out


def test_a_word_draft_in_which_a_comment_was_edited(desk: Desk) -> None:
    desk.dossier("RUS.en.txt", "CHN.en.txt", name="clash")
    desk.done("decide", "clash", "1", "--keep", "--by", "the chair")
    desk.done("consolidate", "clash", "-o", "draft.docx")
    desk.done("verify", "draft.docx")
    data = (desk.path / "draft.docx").read_bytes()
    comment = zipfile.ZipFile(io.BytesIO(data)).read("word/comments.xml").decode()
    words = re.findall("<w:t[^>]*>([^<]+)</w:t>", comment)[-1]
    bad = rewritten(data, words.encode(), b"All have agreed.", "word/comments.xml")
    (desk.path / "draft.docx").write_bytes(bad)
    ran = desk.run("verify", "draft.docx")
    assert ran.code == 3
    assert "FAULT: draft.docx, beside the text: what it shows was edited: “comment: " in ran.out
    assert "became “comment: All have agreed.”" in ran.out


def test_a_word_draft_into_which_something_was_put(desk: Desk, folder: Path) -> None:
    desk.done("consolidate", "res-7", "--lang", "en", "-o", "draft.docx")
    data = (desk.path / "draft.docx").read_bytes()
    picture = rewritten(data, b"</w:body>", b"<w:p><w:r><w:drawing/></w:r></w:p></w:body>")
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    link = b'<Relationship Id="r99" TargetMode="External" Target="x" Type="' + kind + b'"/>'
    linked = rewritten(
        data, b"</Relationships>", link + b"</Relationships>", "word/_rels/document.xml.rels"
    )
    for bad, what in ((picture, "pictures or drawings"), (linked, "a link to a template")):
        (desk.path / "draft.docx").write_bytes(bad)
        ran = desk.run("verify", "draft.docx")
        assert ran.code == 3
        assert re.search(f"beside the text: what it shows was edited: nothing .*{what}", ran.out)


def test_a_dossier_beyond_a_limit_is_not_called_damaged(desk: Desk, folder: Path) -> None:
    ran = desk.run("verify", "res-7", "--raise", "size=1K")
    assert ran.code == 3
    assert re.search(r"FAULT: dossier\.json: it has \d+ bytes\. The limit 'size' is 1K", ran.out)


def repacked(data: bytes, change_part: Callable[[str, bytes], bytes]) -> bytes:
    """Save a Word file again with each part changed, or left as it is."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            after.writestr(name, change_part(name, before.read(name)))
    return out.getvalue()


def resaved(data: bytes) -> bytes:
    """Save a Word file as another program would: each of Word's parts written anew."""
    return repacked(
        data, lambda name, part: part + b"\n" if name.startswith(("word/", "docProps/")) else part
    )


def test_a_word_draft_that_another_program_saved_again(desk: Desk, folder: Path) -> None:
    desk.done("consolidate", "res-7", "--lang", "en", "--cover", "number=DT/12", "-o", "draft.docx")
    path = desk.path / "draft.docx"
    data = path.read_bytes()
    desk.done("verify", "draft.docx", "--sealed")
    path.write_bytes(repacked(data, lambda _, part: part))
    desk.done("verify", "draft.docx", "--sealed")
    page = rewritten(resaved(data), b"> -<", b"> 2 -<", "word/header1.xml")
    path.write_bytes(page)
    assert "Proved, not sealed" in desk.done("verify", "draft.docx")
    assert json.loads(desk.done("verify", "draft.docx", "--json"))["resaved"]
    assert desk.run("verify", "draft.docx", "--sealed").code == 3
    path.write_bytes(rewritten(page, b"DT/12", b"DT/13", "word/header1.xml"))
    ran = desk.run("verify", "draft.docx")
    assert ran.code == 3
    assert "“header: DT/12” became “header: DT/13”" in ran.out


def test_any_byte_of_any_part_of_a_word_draft(desk: Desk, folder: Path) -> None:
    desk.done("consolidate", "res-7", "--lang", "en", "-o", "draft.docx")
    data = (desk.path / "draft.docx").read_bytes()
    chance = random.Random(7)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sizes = {name: archive.getinfo(name).file_size for name in archive.namelist()}
    for name, size in sizes.items():
        at = chance.randrange(size)

        def flipped(part: str, content: bytes, name: str = name, at: int = at) -> bytes:
            if part != name:
                return content
            return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]

        (desk.path / "flipped.docx").write_bytes(repacked(data, flipped))
        assert desk.run("verify", "flipped.docx").code == 3, (name, at)


def test_what_is_put_into_a_word_draft_breaks_its_seal(desk: Desk, folder: Path) -> None:
    desk.done("consolidate", "res-7", "--lang", "en", "--date", "2018-11-01", "-o", "draft.docx")
    data = (desk.path / "draft.docx").read_bytes()
    field = b'<w:p><w:fldSimple w:instr=" DDEAUTO excel a b "/></w:p></w:body>'
    changes = {
        "a field": ("word/document.xml", b"</w:body>", field),
        "dates": ("word/document.xml", b"2018-11-01T", b"2018-11-02T"),
        "settings": ("word/settings.xml", b"</w:settings>", b"<w:junk/></w:settings>"),
        "a point's number": ("customXml/item1.xml", b'number="1"', b'number="2"'),
    }
    for what, (part, old, new) in changes.items():
        bad = rewritten(data, old, new, part)
        assert bad != data
        (desk.path / "bad.docx").write_bytes(bad)
        assert desk.run("verify", "bad.docx").code == 3, what
    for part in ("word/vbaProject.bin", "word/_rels/settings.xml.rels"):
        (desk.path / "bad.docx").write_bytes(data)
        with zipfile.ZipFile(desk.path / "bad.docx", "a") as archive:
            archive.writestr(part, b"<a/>")
        assert desk.run("verify", "bad.docx").code == 3, part


def test_what_is_no_draft(desk: Desk, folder: Path) -> None:
    desk.refused(2, "verify", "nothing.xml")
    assert "no consolidated draft" in desk.refused(2, "verify", "res-7/base.en.xml")


@given(st.binary(min_size=1, max_size=300), st.data())
def test_one_changed_byte_is_located(data: bytes, draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(data) - 1))
    damage = located(flipped(data, at, draw.draw(st.integers(1, 255))), crc32(data), data.__eq__)
    assert damage is not None
    assert (damage.offset, damage.mended) == (at, data)


@given(ours.drafts())
def test_each_word_of_each_source_is_printed_in_the_draft(draft: Draft) -> None:
    merged = merge(draft.base, draft.proposals)
    said = ReportedWords(merged.base, printed_words(write_consolidated(merged)))
    for source in (None, *merged.sources):
        assert not said.missing(project(merged, source))
    for word in said.printed:
        fewer = ReportedWords(merged.base, said.printed - Counter([word]))
        if said.all(merged.base)[word] == said.printed[word]:
            assert fewer.missing(merged.base) == [word]
