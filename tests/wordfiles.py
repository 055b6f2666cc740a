"""Write small Word documents from raw parts, for the reader's tests.

Only what a test needs is written, and by hand, so that the reader is not tested against a writer
that shares its mistakes.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from io import BytesIO
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P = "http://schemas.openxmlformats.org/package/2006"
STYLES = {
    "a": "Normal",
    "ResNo": "Res_No",
    "Titre3": "Res_title",
    "apres": "Normal after title",
    "Call": "Call",
    "enum1": "enumlev1",
    "prop": "Proposal",
    "motifs": "Reasons",
    "AnnexNo": "Annex_No",
    "AnnexTitle": "Annex_title",
}
"""Ids are the producer's own; only the names are the template's."""


def run(text: str, marks: str = "", kind: str = "t") -> str:
    """Write a run; tabs and line breaks as Word writes them."""
    properties = "".join(
        {"i": "<w:i/>", "b": "<w:b/>", "^": '<w:vertAlign w:val="superscript"/>'}[m] for m in marks
    )
    pieces = [
        {"\t": "<w:tab/>", "\n": "<w:br/>"}.get(
            piece, f'<w:{kind} xml:space="preserve">{escape(piece)}</w:{kind}>'
        )
        for piece in re.split(r"([\t\n])", text)
        if piece
    ]
    wrapped = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{wrapped}{''.join(pieces)}</w:r>" if pieces else ""


def change(kind: str, inner: str, author: str = "translator", id: int = 7) -> str:
    when = "2018-10-01T10:00:00Z"
    return f'<w:{kind} w:id="{id}" w:author="{author}" w:date="{when}">{inner}</w:{kind}>'


def inserted(inner: str, author: str = "translator") -> str:
    return change("ins", inner, author) if inner else ""


def deleted(inner: str, author: str = "translator") -> str:
    inner = inner.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
    return change("del", inner, author) if inner else ""


def paragraph(*runs: str, style: str = "", mark: str = "", properties: str = "") -> str:
    """Write a paragraph; ``mark`` is ``ins`` or ``del`` where its mark is tracked."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    marked = f"<w:rPr>{change(mark, '')}</w:rPr>" if mark else ""
    inside = styled + properties + marked
    return f"<w:p>{f'<w:pPr>{inside}</w:pPr>' if inside else ''}{''.join(runs)}</w:p>"


def package(
    body: str,
    *,
    footnotes: str = "",
    numbering: str = "",
    styles: bool = True,
    parts: Iterable[tuple[str, str, str]] = (),
    outside: Iterable[tuple[str, str]] = (),
) -> bytes:
    """Zip a document; ``parts`` are (kind of relation, file, XML), ``outside`` (kind, address)."""
    listed = [*parts]
    if styles:
        listed.append(("styles", "styles.xml", _styles()))
    if footnotes:
        listed.append(("footnotes", "footnotes.xml", _root("footnotes", footnotes)))
    if numbering:
        listed.append(("numbering", "numbering.xml", _root("numbering", numbering)))
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{R}/{kind}" Target="{file}"/>'
        for n, (kind, file, _) in enumerate(listed)
    ) + "".join(
        f'<Relationship Id="x{n}" Type="{R}/{kind}" Target="{to}" TargetMode="External"/>'
        for n, (kind, to) in enumerate(outside)
    )
    main = f'<Relationship Id="r" Type="{R}/officeDocument" Target="word/document.xml"/>'
    files = {
        "[Content_Types].xml": _types(file for _, file, _ in listed),
        "_rels/.rels": f'<Relationships xmlns="{P}/relationships">{main}</Relationships>',
        "word/document.xml": _root("document", f"<w:body>{body}<w:sectPr/></w:body>"),
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{P}/relationships">{relations}</Relationships>'
        ),
        **{f"word/{file}": xml for _, file, xml in listed},
    }
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _root(name: str, inner: str) -> str:
    return f'<w:{name} xmlns:w="{W}" xmlns:r="{R}">{inner}</w:{name}>'


def _styles() -> str:
    known = "".join(
        f'<w:style w:type="paragraph" w:styleId="{id}"{" w:default=" + chr(34) + "1" + chr(34) if id == "a" else ""}>'  # noqa: E501
        f'<w:name w:val="{name}"/></w:style>'
        for id, name in STYLES.items()
    )
    return _root("styles", known)


def _types(files: Iterable[str]) -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    kinds = {
        "document.xml": "document.main",
        **{f: f.split(".")[0].rstrip("0123456789") for f in files},
    }
    overrides = "".join(
        f'<Override PartName="/word/{file}" ContentType="{word}.{kind}+xml"/>'
        for file, kind in kinds.items()
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{P}/content-types"><Default Extension="rels" ContentType="{rels}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


# -- from the plain text that the other reader reads ----------------------------------------------

_INLINE = re.compile(r"(\*[^*]+\*|\[\^\w+\])")
_BODY = re.compile(r"\[\^(\w+)\]:\s+(.*)")
_WORDS = re.compile(r"\s*(?:\[\^\w+\]|\*[^*]+\*|[\w’'-]+|[^\w\s])|\s+$")


class Footnotes:
    """Gather footnotes: each label of the plain text has one id in the file."""

    def __init__(self) -> None:
        self.bodies: dict[str, tuple[str, str]] = {}

    def take(self, label: str, text: str) -> None:
        """Take a body; the second of one label is what it is changed to."""
        self.bodies[label] = (self.bodies.get(label, (text, text))[0], text)

    def xml(self) -> str:
        notes = ['<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>']
        for label, (old, new) in self.bodies.items():
            mark = "<w:r><w:footnoteRef/></w:r>"
            inner = paragraph(mark, run("\t"), *_revised(old, new, "translator"))
            notes.append(f'<w:footnote w:id="{label}">{inner}</w:footnote>')
        return "".join(notes)


def pieces(text: str) -> list[str]:
    """Write runs of a text with ``*italics*`` and ``[^1]``."""
    made = []
    for piece in filter(None, _INLINE.split(text)):
        if piece.startswith("[^"):
            made.append(f'<w:r><w:footnoteReference w:id="{piece[2:-1]}"/></w:r>')
        elif piece.startswith("*") and piece.endswith("*") and len(piece) > 2:
            made.append(run(piece[1:-1], "i"))
        else:
            made.append(run(piece))
    return made


def typed(text: str, notes: Footnotes, *, styles: bool = True) -> list[tuple[str, str]]:
    """Return (style, words) of each paragraph; the bodies of footnotes go to ``notes``."""
    made: list[tuple[str, str]] = []
    blank = False
    for line in text.splitlines():
        body = _BODY.fullmatch(line)
        if body:
            notes.take(body[1], body[2])
        elif line.strip():
            made.append((_style(len(made), line, after=blank) if styles else "", line))
        blank = not line.strip()
    return made


def _style(n: int, line: str, *, after: bool) -> str:
    if n < 3:
        return ("ResNo", "Titre3", "apres")[n]
    if after and "\t" not in line:
        return "Call"
    return ""


def document(
    text: str, *, styles: bool = True, before: Sequence[str] = (), after: Sequence[str] = ()
) -> bytes:
    """Write a plain text as a clean Word document."""
    notes = Footnotes()
    lines = typed(text, notes, styles=styles)
    body = [paragraph(*looked(style, words), style=style) for style, words in lines]
    return package("".join([*before, *body, *after]), footnotes=notes.xml(), styles=styles)


def looked(style: str, words: str) -> list[str]:
    return [run(words, "i")] if style == "Call" else pieces(words)


def tracked(
    old: str,
    new: str,
    *,
    author: str = "translator",
    before: Sequence[str] = (),
    after: Sequence[str] = (),
) -> bytes:
    """Write a plain text with the changes that make another of it, tracked."""
    notes = Footnotes()
    body = changes(old, new, notes, author)
    return package("".join([*before, *body, *after]), footnotes=notes.xml())


def changes(old: str, new: str, notes: Footnotes, author: str = "translator") -> list[str]:
    """Write the paragraphs of a text with tracked changes."""
    a, b = typed(old, notes), typed(new, notes)
    made: list[str] = []
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    for tag, i, j, m, n in matcher.get_opcodes():
        if tag == "equal":
            made += [paragraph(*looked(style, words), style=style) for style, words in a[i:j]]
            continue
        both = min(j - i, n - m)
        for (style, words), (_, revised) in zip(a[i : i + both], b[m : m + both], strict=True):
            made.append(paragraph(*_revised(words, revised, author), style=style))
        for style, words in a[i + both : j]:
            made.append(
                paragraph(deleted("".join(looked(style, words)), author), style=style, mark="del")
            )
        for style, words in b[m + both : n]:
            made.append(
                paragraph(inserted("".join(looked(style, words)), author), style=style, mark="ins")
            )
    return made


def _revised(old: str, new: str, author: str) -> list[str]:
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    made: list[str] = []
    for tag, i, j, m, n in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            made += pieces("".join(a[i:j]))
        else:
            made.append(deleted("".join(pieces("".join(a[i:j]))), author))
            made.append(inserted("".join(pieces("".join(b[m:n]))), author))
    return made
