"""A session in Word files: four delegations' proposals become a dossier and one draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from resamend import Proposal, Resolution, read
from resamend.model import Kind, walk
from tests import wordfiles as word
from tests import wordsession
from tests.dossiers import BASE, Desk, sat_at
from tests.effort import long
from tests.office import Edit, edited, edited_in_onlyoffice


@pytest.fixture(params=["en", "fr"])
def session(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Desk:
    wordsession.made(tmp_path, request.param)
    desk = Desk(tmp_path, monkeypatch)
    desk.done("new", request.param, "--base", "base.docx")
    desk.done("add", request.param, *wordsession.SENT)
    return desk


def test_a_session_becomes_one_draft(session: Desk) -> None:
    language = next(name for name in ("en", "fr") if (session.path / name).is_dir())
    sources = {*wordsession.TEXTS, "ARM/sample/2"}
    draft = session.done("consolidate", language, "-f", "text")
    assert "RUS" in draft
    session.done("consolidate", language, "-o", "draft.xml")
    for source in sources:
        text = read(session.done("extract", "draft.xml", "--as", source), Resolution)
        assert text == wanted(source, language), source
    base = read(session.done("extract", "draft.xml", "--base"), Resolution)
    assert base == wanted("", language)
    for name in wordsession.SENT:
        kept = {path.read_bytes() for path in (session.path / language / "originals").iterdir()}
        assert (session.path / name).read_bytes() in kept


def test_the_draft_goes_out_as_a_word_file_and_gives_every_text_back(session: Desk) -> None:
    language = next(name for name in ("en", "fr") if (session.path / name).is_dir())
    session.done("consolidate", language, "-o", "draft.docx")
    for source in {*wordsession.TEXTS, "ARM/sample/2"}:
        text = read(session.done("extract", "draft.docx", "--as", source), Resolution)
        assert text == wanted(source, language), source


def wanted(source: str, language: str) -> Resolution:
    """Return what a source says in plain text."""
    if source == "ARM/sample/2":
        return read(wordsession.second(language), Resolution)
    name = wordsession.TEXTS.get(source, "base")
    folder = Path(__file__).parents[1] / "resolutions" / "140" / "originals"
    return read((folder / f"{name}.{language}.txt").read_text("utf-8"), Resolution)


def test_one_of_several_proposals_can_be_asked_for(session: Desk) -> None:
    file = "ARM-and-others.docx"
    session.done("import", file, "--base", "base.docx", "-o", "parts")
    assert sorted(path.name.split(".")[0] for path in (session.path / "parts").iterdir()) == [
        "ARM-BLR-KGZ-RUS-sample-1",
        "ARM-sample-2",
    ]
    one = session.done("import", file, "--base", "base.docx", "--id", "ARM/sample/2")
    assert "ARM/sample/2" in one
    assert "there are 2 proposals" in session.refused(2, "import", file, "--base", "base.docx")
    refused = session.refused(2, "import", file, "--base", "base.docx", "--id", "RUS/1/1")
    assert "It holds: ARM/BLR/KGZ/RUS/sample/1, ARM/sample/2" in refused


def test_what_is_no_word_file_is_refused_and_says_what_to_do(session: Desk) -> None:
    for data, why in (
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "of the old form (.doc), or one with a"),
        (b"%PDF-1.7", "this is a PDF"),
        ((session.path / "base.docx").read_bytes()[:3000], "cut short or damaged"),
    ):
        (session.path / "RUS-9.docx").write_bytes(data)
        refused = session.refused(3, "import", "RUS-9.docx", "--base", "base.docx")
        assert why in refused
        assert "RUS-9.docx: " in refused
        assert "ave it " in refused


def test_a_proposal_is_read_in_the_language_of_the_base(session: Desk) -> None:
    """Where a file has no headings to tell its language, the text in force tells it."""
    base = session.done("import", "base.docx")
    (session.path / "base.xml").write_text(base, encoding="utf-8")
    item = next(p for p in walk(read(base, Resolution).provisions) if p.kind is Kind.ITEM)
    runs = word.run(f"{item.label}\t{item.text[:-1]}"), word.inserted(word.run(" 7")), word.run(";")
    body = word.paragraph(word.run("MOD\tRUS/9/1")) + word.paragraph(*runs)
    (session.path / "RUS-9.docx").write_bytes(word.package(body))
    made = session.done("import", "RUS-9.docx", "--base", "base.xml")
    language = read(base, Resolution).language
    assert read(made, Proposal).language is language


def test_a_meeting_edits_the_draft_in_libreoffice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Word in, a draft out, edits in LibreOffice, back as records and proposals, and adopted."""
    desk = sat_at(tmp_path, monkeypatch)
    desk.dossier("RUS.en.txt", name="res-7")
    desk.done("consolidate", "res-7", "-o", "draft.docx")
    office = tmp_path / "office"
    office.mkdir()
    edits = [
        Edit("that its report shall be sent", after=" [CHN: soon]"),
        Edit("b)", enter="[USA: c)  a third text;]"),
        Edit("to publish its report", settle="AcceptTrackedChange"),
    ]
    data = edited(office, (tmp_path / "draft.docx").read_bytes(), edits)
    (tmp_path / "back.docx").write_bytes(data)
    assert desk.run("verify", "draft.docx", "--sealed").code == 0
    ran = desk.run("verify", "back.docx")
    assert ran.code == 3  # it was edited
    ran = desk.run(
        *("import", "back.docx", "--against", "res-7", "--meeting", "4", "-o", "floor"),
        *("--as-records", "--by", "Chair", "--level", "ad-hoc"),
    )
    assert ran.code == 0, ran.err
    made = [read(path.read_bytes(), Proposal) for path in sorted((tmp_path / "floor").iterdir())]
    assert [(p.id, [who.code for who in p.proponents]) for p in made] == [
        ("floor/4/1", ["USA"]),
        ("floor/4/2", ["CHN"]),
    ]
    desk.done("add", "res-7", "floor")
    desk.done("decide", "res-7", "open", "--agreed", "--by", "Chair", "--level", "ad-hoc")
    desk.done("adopt", "res-7", "-o", "adopted.txt")
    adopted = (tmp_path / "adopted.txt").read_text("utf-8")
    for words in (
        "sent soon to the Council",
        "c)\ta third text",
        "to publish its report;",
        "twice",
    ):
        assert words in adopted, (words, adopted)


def test_a_meeting_edits_the_draft_in_onlyoffice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it tracks bears no author; that is nobody's until somebody says whose it is."""
    desk = sat_at(tmp_path, monkeypatch)
    desk.dossier("RUS.en.txt", "CHN.en.txt", name="res-7")
    desk.done("consolidate", "res-7", "-o", "draft.docx")
    edits = [
        Edit("that its report shall be sent", after=" [CHN: soon]"),
        Edit("to help the group", after=" again"),
        Edit("to publish its report", enter="[USA: 3  a third text;]"),
    ]
    data = edited_in_onlyoffice(tmp_path, (tmp_path / "draft.docx").read_bytes(), edits)
    (tmp_path / "back.docx").write_bytes(data)
    assert desk.run("verify", "back.docx").code == 3
    taking = ("import", "back.docx", "--against", "res-7", "--meeting", "4", "-o", "floor")
    assert "+ again (tracked by somebody who is not named)" in desk.refused(3, *taking)
    desk.done(*taking, "--proponent", "RUS")
    proposals = [read(path.read_bytes(), Proposal) for path in (tmp_path / "floor").iterdir()]
    assert {p.id: [who.code for who in p.proponents] for p in proposals} == {
        "floor/4/1": ["CHN"],
        "floor/4/2": ["RUS"],
        "floor/4/3": ["USA"],
    }
    desk.done("add", "res-7", "floor")
    draft = desk.done("consolidate", "res-7", "-f", "text")
    for words in ("sent {+soon+}(CHN) to", "the group {+again+}(RUS)", "Option 2 (USA)"):
        assert words in " ".join(draft.split()), (words, draft)


RESTRUCTURED = {
    "cut": ("group; to serve", "group;\n1bis\tto serve"),
    "cut twice": ("group; to serve coffee; to", "group;\n1bis\tto serve coffee;\n1ter\tto"),
    "cut and changed": ("help the group; to", "assist the group;\n1bis\tto"),
    "joined": (";\n2\tthat its report", " and that its report"),
}


@pytest.mark.parametrize(
    "audience, what",
    [
        ("chair", "joined"),
        ("room", "cut twice"),
        pytest.param("chair", "cut", marks=long),
        pytest.param("chair", "cut and changed", marks=long),
        pytest.param("room", "cut and changed", marks=long),
        pytest.param("room", "joined", marks=long),
    ],
)
def test_refusing_all_is_understood_where_a_paragraph_was_cut_or_joined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, audience: str, what: str
) -> None:
    old, new = RESTRUCTURED[what]
    base = BASE.replace("help the group;", "help the group; to serve coffee; to open the doors;")
    desk = Desk(tmp_path, monkeypatch)
    (tmp_path / "base.en.txt").write_text(base, encoding="utf-8")
    assert old in base
    (tmp_path / "RUS.en.txt").write_text(f"MOD\tRUS/62/1\n{base.replace(old, new)}")
    desk.done("new", "res-7", "--base", "base.en.txt")
    desk.done("add", "res-7", "RUS.en.txt")
    desk.done("consolidate", "res-7", "--audience", audience, "-o", "draft.docx")
    edits = [Edit("Meetings", settle="RejectAllTrackedChanges")]
    data = edited(tmp_path, (tmp_path / "draft.docx").read_bytes(), edits)
    (tmp_path / "back.docx").write_bytes(data)
    ran = desk.run("import", "back.docx", "--against", "res-7")
    assert ran.code == 0, ran.err
    assert "nothing was proposed in it" in ran.err
    assert ("--keep" in ran.err) is (audience == "chair")
    assert "--agreed" not in ran.err


@pytest.mark.parametrize("save", [edited, edited_in_onlyoffice])
def test_an_office_that_saves_the_draft_of_140_proposes_and_decides_nothing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    save: Callable[[Path, bytes, Sequence[Edit]], bytes],
) -> None:
    """Among all that it holds are moved paragraphs, of which LibreOffice drops the marks."""
    desk = sat_at(tmp_path, monkeypatch)
    dossier = Path(__file__).parents[1] / "resolutions" / "140"
    desk.done("consolidate", dossier, "-o", "draft.docx")
    (tmp_path / "saved.docx").write_bytes(
        save(tmp_path, (tmp_path / "draft.docx").read_bytes(), [])
    )
    assert "Proved, not sealed" in desk.done("verify", "saved.docx")
    ran = desk.run("import", "saved.docx", "--against", dossier)
    assert (ran.code, ran.err.splitlines()[-1]) == (0, "resamend: nothing was proposed in it")


@pytest.mark.parametrize("save", [edited, edited_in_onlyoffice])
def test_a_draft_that_another_office_saves_again_is_proved_but_not_sealed(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    save: Callable[[Path, bytes, Sequence[Edit]], bytes],
) -> None:
    desk = sat_at(tmp_path, monkeypatch)
    desk.dossier("RUS.en.txt", "CHN.en.txt", name="res-7")
    desk.done("consolidate", "res-7", "-o", "draft.docx")
    office = tmp_path / "office"
    office.mkdir()
    saved = save(office, (tmp_path / "draft.docx").read_bytes(), [])
    (tmp_path / "saved.docx").write_bytes(saved)
    assert "Proved, not sealed" in desk.done("verify", "saved.docx")
    assert desk.run("verify", "saved.docx", "--sealed").code == 3
    ran = desk.run("import", "saved.docx", "--against", "res-7")
    assert (ran.code, ran.err.splitlines()[-1]) == (0, "resamend: nothing was proposed in it")
