"""Make the files of the hostile cases: each function writes into the folder it is given.

The folder holds the sample texts, ``base.xml``, ``RUS.xml`` and the dossier ``res-7`` (RUS, CHN).
"""

from __future__ import annotations

import gzip
import io
import os
import shutil
import warnings
import zipfile
from pathlib import Path

from resamend.akn import read, write_proposal
from resamend.amendment import Proposal, digest
from resamend.difference import Hunk, ListEdit, ListHunk, TextEdit
from resamend.model import Kind, Resolution, moved
from resamend.words import split
from tests import wordfiles
from tests.dossiers import BASE, RUS, Desk

_AT = ("--by", "the chair", "--at", "2018-10-05T10:00:00Z")


def xml(folder: Path, name: str = "RUS.xml") -> str:
    return (folder / name).read_text("utf-8")


def base(folder: Path) -> Resolution:
    value = read((folder / "base.xml").read_bytes()).value
    assert isinstance(value, Resolution)
    return value


def document_type(desk: Desk) -> None:
    bad = xml(desk.path).replace("?>\n", "?>\n<!DOCTYPE akomaNtoso>\n", 1)
    (desk.path / "bad.xml").write_text(bad)


def parameter_entity(desk: Desk) -> None:
    entity = '<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>'
    (desk.path / "bad.xml").write_text(xml(desk.path).replace("?>\n", f"?>\n{entity}\n", 1))


def word_file(parts: dict[str, bytes] | None = None) -> bytes:
    """Return a Word file of the Russian text, with some parts changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(wordfiles.document(RUS))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, (parts or {}).get(name, old.read(name)))
    return out.getvalue()


def laughing_word_file(desk: Desk) -> None:
    names = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(10)
    )
    bomb = f"<!DOCTYPE a [{names}]><a>&l9;</a>".encode()
    (desk.path / "bad.docx").write_bytes(word_file({"word/document.xml": bomb}))


def gzip_bomb(desk: Desk) -> None:
    with gzip.open(desk.path / "bad.xml", "wb", 1) as file:
        for _ in range(300):
            file.write(bytes(1 << 20))


def two_documents(desk: Desk) -> None:
    for name, twin in (("bad.docx", "word/document.xml"), ("case.docx", "Word/Document.xml")):
        out = io.BytesIO(word_file())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # zipfile says that the name is taken
            with zipfile.ZipFile(out, "a") as file:
                file.writestr(twin, "<w/>")
        (desk.path / name).write_bytes(out.getvalue())


def huge_part(desk: Desk) -> None:
    with (
        zipfile.ZipFile(desk.path / "bad.docx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file,
        file.open("word/document.xml", "w") as part,
    ):
        for _ in range(400):
            part.write(bytes(1 << 20))


def truncated(desk: Desk) -> None:
    data = (desk.path / "RUS.xml").read_bytes()
    (desk.path / "bad.xml").write_bytes(data[: len(data) // 2])
    data = word_file()
    (desk.path / "bad.docx").write_bytes(data[: len(data) // 2])


def encodings(desk: Desk) -> None:
    said = xml(desk.path).replace("Geneva", "Genéve").replace("twice", "twicé")
    (desk.path / "latin.xml").write_bytes(said.encode("latin-1", "replace"))
    (desk.path / "utf16.xml").write_bytes(said.encode("utf-16"))
    text = RUS.replace("twice", "twicé")
    (desk.path / "LATIN-1-1.en.txt").write_bytes(text.encode("latin-1"))
    (desk.path / "UTF-16-1.en.txt").write_bytes(text.encode("utf-16"))


def ampersand(desk: Desk) -> None:
    (desk.path / "bad.xml").write_text(xml(desk.path).replace("twice", "R&D"))


def comments(desk: Desk) -> None:
    text = BASE.replace("shall meet every year", "shall not meet")
    (desk.path / "not.en.txt").write_text(text)
    desk.done("import", "not.en.txt", "-o", "not.xml")
    said = xml(desk.path, "not.xml")
    for name, between in (("comment.xml", "<!-- of course -->"), ("instruction.xml", "<?x y?>")):
        (desk.path / name).write_text(said.replace("shall not", f"shall {between}not"))


def other_base(desk: Desk) -> None:
    (desk.path / "other.en.txt").write_text(BASE.replace("every year", "each year"))
    desk.done("import", "other.en.txt", "-o", "other.xml")


def provisions(desk: Desk) -> None:
    text = base(desk.path)
    unknown = Proposal(
        id="JPN/1/1", language=text.language, base_digest=digest(text),
        edits=(TextEdit("dvs_9__para_9", (Hunk(0, 0, split("Now "), ""),)),),
    )  # fmt: skip
    (desk.path / "unknown.xml").write_bytes(_unchecked(desk, unknown, "dvs_9__para_9"))
    said = xml(desk.path)
    start = said.index("<textualMod")
    line = said[start : said.index("</textualMod>", start) + len("</textualMod>")]
    again = line.replace('rs:edit="0"', 'rs:edit="9"')
    (desk.path / "twice.xml").write_text(
        said.replace("</activeModifications>", f"{again}</activeModifications>")
    )


def _unchecked(desk: Desk, proposal: Proposal, target: str) -> bytes:
    """Return the Russian proposal with another id and target: none of ours can be written so."""
    said = xml(desk.path).replace("RUS/62/1", proposal.id)
    start = said.index("#dvs_")
    old = said[start + 1 : said.index('"', start)]
    return said.replace(f"#{old}", f"#{target}").encode()


def again(desk: Desk) -> None:
    (desk.path / "again.en.txt").write_text(RUS.replace("twice", "thrice"))


def under_itself(desk: Desk) -> None:
    text = base(desk.path)
    parents = [p for p in text.provisions[0].children if p.kind is Kind.OPERATIVE]
    outer = parents[0]
    inner = outer.children[0]
    at = text.provisions[0].children.index(outer)
    proposal = Proposal(
        id="JPN/1/1", language=text.language, base_digest=digest(text),
        edits=(
            ListEdit(text.provisions[0].id, (ListHunk(at, at + 1, (outer.id,), ()),)),
            ListEdit(inner.id, (ListHunk(0, 0, (), (moved(outer.id),)),)),
        ),
    )  # fmt: skip
    (desk.path / "bad.xml").write_bytes(write_proposal(proposal, text))


def controls(desk: Desk) -> None:
    texts = {
        "odd.en.txt": RUS.replace("RUS/62/1", "JPN/1/1").replace("twice", "\u202etwice\u202c"),
        "ESC-1-1.en.txt": RUS.replace("twice", "\x1b[8mtwice"),
        "CSI-1-1.en.txt": RUS.replace("twice", "\u009b8mtwice"),
        "name.en.txt": RUS.replace("RUS/62/1", "R\u202eUS/62/1"),
    }
    for name, text in texts.items():
        (desk.path / name).write_text(text, "utf-8")
    c1 = xml(desk.path, "base.xml").replace("every year", "every \u009b8myear")
    (desk.path / "c1.xml").write_text(c1, "utf-8")


def markup(desk: Desk) -> None:
    said = RUS.replace("twice a year", "<img src=x onerror=alert(1)> </script> twice a year")
    (desk.path / "bad.en.txt").write_text(said)


def typography(desk: Desk) -> None:
    import unicodedata

    text = BASE.replace("1998", "1998, “Genève”").replace("the group's", "the group’s")
    (desk.path / "base.en.txt").write_text(text, "utf-8")
    turned = text.replace(" ", "\u00a0").replace("\u00a0\n", " \n").replace("“", '"')
    turned = unicodedata.normalize("NFD", turned.replace("”", '"'))
    first = "\n".join(line.replace("\u00a0", " ") if n < 3 else line
                      for n, line in enumerate(turned.split("\n")))  # fmt: skip
    (desk.path / "FRA-1-1.en.txt").write_text(first, "utf-8")


def the_the_the(desk: Desk) -> None:
    many = " ".join(["the"] * 50_000)
    (desk.path / "long.en.txt").write_text(BASE.replace("every year", many))
    fewer = many[: len(many) // 2] + " group " + many[len(many) // 2 : -8]
    (desk.path / "RUS-1-1.en.txt").write_text(BASE.replace("every year", fewer))


def records(desk: Desk) -> None:
    folder = desk.path / "decided"
    shutil.copytree(desk.path / "res-7", folder)
    desk.done("decide", "decided", "1", "--take", "CHN", *_AT)
    desk.done("decide", "decided", "1", "--undo", *_AT)
    desk.done("decide", "decided", "1", "--take", "CHN", *_AT)
    for name in ("edited", "torn", "cut", "withdrawn"):
        shutil.copytree(folder, desk.path / name)
    data = (folder / "decisions.jsonl").read_bytes()
    lines = data.splitlines(keepends=True)
    (desk.path / "edited/decisions.jsonl").write_bytes(data.replace(b"chair", b"chain", 1))
    (desk.path / "torn/decisions.jsonl").write_bytes(data + lines[0][:50])
    (desk.path / "cut/decisions.jsonl").write_bytes(b"".join(lines[:2]))
    desk.done("withdraw", "withdrawn", "CHN")


def empty(desk: Desk) -> None:
    (desk.path / "JPN-1-1.en.txt").write_text("")
    (desk.path / "empty.xml").write_text(" \n")
    (desk.path / "title-1-1.en.txt").write_text("RESOLUTION 7 (REV. BUSAN, 2014)\n")


def equal(desk: Desk) -> None:
    (desk.path / "JPN-1-1.en.txt").write_text(BASE)


def path(desk: Desk) -> None:
    (desk.path / "path.en.txt").write_text(RUS.replace("RUS/62/1", "../../x/1"))
    (desk.path / "path.xml").write_text(xml(desk.path).replace("RUS/62/1", "../../x/1"))


def all_states(desk: Desk) -> None:
    (desk.path / "all").mkdir()
    for number in range(193):
        said = BASE.replace("every year", f"{number} times a year")
        (desk.path / f"all/S{number}-1-1.en.txt").write_text(said)


def no_words(desk: Desk) -> None:
    (desk.path / "bare.en.txt").write_text(BASE.replace("to help the group;", ""))


def bis(desk: Desk) -> None:
    text = BASE.replace("RESOLUTION 7 ", "RESOLUTION 4bis ").replace(
        "2\tthat its", "1bis\tthat it shall rest in summer;\n2\tthat its"
    )
    (desk.path / "bis.en.txt").write_text(text)
    (desk.path / "RUS-1-1.en.txt").write_text(text.replace("in summer", "in winter"))


def arabic(desk: Desk) -> None:
    text = (
        "القرار 7 (المراجَع في بوسان، 2014)\nاجتماعات الفريق\n\n"
        "يقرر\n1\tأن يجتمع الفريق ICT كل سنة في جنيف؛\n2\tأن يرسل تقريره إلى المجلس.\n"
    )
    (desk.path / "ar.txt").write_text(text, "utf-8")
    (desk.path / "RUS-1-1.ar.txt").write_text(text.replace("كل سنة", "كل شهر"), "utf-8")


def footnote(desk: Desk) -> None:
    said = BASE.replace("in Geneva;", "in Geneva[^1];")
    (desk.path / "note.en.txt").write_text(said)


def links(desk: Desk) -> None:
    """Make dossiers of which a part is elsewhere, or no file at all."""
    outside = desk.path / "outside"
    outside.mkdir()
    parts = ("proposals", "originals/base.en.txt", "dossier.json", "base.en.xml")
    for number, part in enumerate(parts, 1):
        folder = desk.path / f"link-{number}"
        shutil.copytree(desk.path / "res-7", folder)
        shutil.move(folder / part, there := outside / f"{number}")
        (folder / part).symlink_to(there)
    (desk.path / "loose/proposals").mkdir(parents=True)
    shutil.copy(desk.path / "base.xml", desk.path / "loose/base.en.xml")
    (desk.path / "loose/proposals/X-1.en.xml").symlink_to("/etc/passwd")
    shutil.copytree(desk.path / "res-7", desk.path / "pipe")
    (desk.path / "pipe/dossier.json").unlink()
    os.mkfifo(desk.path / "pipe/proposals/USA-1-1.en.xml")


MAKERS = {name: made for name, made in globals().items() if callable(made)}
