"""A dossier of the General Assembly goes the README's whole road: prose, an extract, a Word."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.dossiers import Desk

ORIGINALS = Path(__file__).parents[1] / "resolutions" / "night-buses" / "originals"
SENT = ("ARC-sample-1.en.txt", "BRU-sample-1.en.txt", "COR-sample-1.en.docx")
CONFERENCE = ("MOD ", "SUP ", "ADD ", "NOC ", "suppressed", "text in force")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    for file in ("base.en.txt", *SENT):
        shutil.copy(ORIGINALS / file, tmp_path)
    return Desk(tmp_path, monkeypatch)


def test_the_whole_road(desk: Desk) -> None:
    # Collect.
    imported = desk.run("import", "base.en.txt", "--status", "A/80/L.7", "-o", "base.xml")
    assert "a United Nations resolution" in imported.err
    assert "4 preambular paragraphs, 5 operative paragraphs" in imported.err
    desk.done("new", "d", "--base", "base.xml")
    added = desk.run("add", "d", *SENT)
    assert added.code == 0
    assert "OP4 would read: Requests the imaginary Commission" in added.err  # prose
    assert "what it does not show is taken to stay" in added.err  # an extract
    # See.
    draft = desk.done("consolidate", "d")
    assert "the text of A/80/L.7" in draft
    for form in ("html", "docx", "xml", "json", "txt"):
        desk.done("consolidate", "d", "-o", f"draft.{form}")
    shown = [draft, desk.done("conflicts", "d", "--all"), desk.done("matrix", "d")]
    shown += [desk.done("compare", "d"), desk.done("show", "d", "OP4"), desk.done("status", "d")]
    for text in shown:
        assert not [word for word in CONFERENCE if word in text]
    assert "OP3 bis" in desk.done("status", "d")
    assert "resolution 3 bis" not in "".join(shown)
    # Decide, by the names of places.
    desk.done("decide", "d", "operative paragraph 4", "--take", "ARC", "--by", "Chair")
    desk.done("decide", "d", "OP2(a)", "--keep", "--by", "Chair")
    desk.done("decide", "d", "open", "--agreed", "--with", "suppressions,figures", "--by", "Chair")
    assert "Recorded: 7" in desk.done("status", "d")
    adopted = (
        desk.done("adopt", "d", "-o", "adopted.txt") or (desk.path / "adopted.txt").read_text()
    )
    assert "count the passengers for three years" in adopted
    assert "Bearing in mind the sleep" not in adopted
    assert "\n4.\tInvites taxi drivers" in adopted  # renumbered: 3 bis is 4
    # Take out again, as sentences, Word and text, which say the same.
    own = desk.path / "arc.xml"
    desk.done("extract", "d", "--as", "ARC", "-o", own.name)
    for name, form in (("prose.en.txt", ("-f", "prose")), ("arc.docx", ()), ("arc.en.txt", ())):
        desk.done("extract", "d", "--as", "ARC", *form, "-o", name)
        again = ("--id", "ARC/sample/1") if form else ()
        desk.done("import", name, "--base", "base.xml", *again, "-o", "again.xml")
        desk.done("apply", "base.xml", "again.xml", "-o", "text.xml")
        assert desk.path.joinpath("text.xml").read_bytes() == own.read_bytes()
    desk.done("extract", "draft.docx", "--base", "-o", "base-again.xml")
    # Prove.
    for what in ("d", "draft.xml"):
        desk.done("verify", what)
    desk.done("check", "d", "base.xml")
    # Without a dossier.
    bare = desk.done("consolidate", "base.xml", *SENT, "-f", "text")
    assert "Point 2: three" not in bare and "OP4" in bare
    desk.done("diff", "base.en.txt", "BRU-sample-1.en.txt", "-o", "bru.xml")
