"""Word documents as values: each kind of tracked change, accepted and rejected.

The files are made of raw parts, and some by python-docx; what is expected was written by hand after
ECMA-376 (17.13.5) and what Word does.
"""

# ruff: noqa: E501 -- a case is easier to read on one line

from __future__ import annotations

from io import BytesIO

import docx
import pytest

from resamend.errors import Unreadable
from resamend.ooxml import TrackView, WordDocument, paragraphs, read_document, view
from tests.wordfiles import change, deleted, inserted, package, paragraph, run


def field(result: str, told: str = " DATE ") -> str:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    instruction = f"<w:r><w:instrText>{told}</w:instrText></w:r>"
    shown = result if result.startswith("<") else run(result)
    return char("begin") + instruction + char("separate") + shown + char("end")


def control(inner: str) -> str:
    return (
        f"<w:sdt><w:sdtPr><w:id w:val='1'/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    )


def row(*cells: str, mark: str = "") -> str:
    properties = f"<w:trPr>{change(mark, '')}</w:trPr>" if mark else ""
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def cell(text: str, mark: str = "") -> str:
    properties = f"<w:tcPr>{change(mark, '')}</w:tcPr>" if mark else ""
    return f"<w:tc>{properties}{paragraph(run(text))}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def moved(name: str, inner: str, kind: str) -> str:
    start = f'<w:{kind}RangeStart w:id="1" w:author="x" w:name="{name}"/>'
    return f'{start}{change(kind, inner)}<w:{kind}RangeEnd w:id="1"/>'


CASES = {
    "an insertion": (paragraph(run("a "), inserted(run("new ")), run("text")), ["a new text"], ["a text"]),
    "a deletion": (paragraph(run("a "), deleted(run("old ")), run("text")), ["a text"], ["a old text"]),
    "runs cut into pieces": (
        paragraph(*map(run, "a te"), deleted(run("x") + run("t")), inserted(run("n") + run("t"))),
        ["a tent"],
        ["a text"],
    ),
    "another author strikes what one inserted": (
        paragraph(run("a "), inserted(run("very ") + deleted(run("very "), "B"), "A"), run("text")),
        ["a very text"],
        ["a text"],
    ),
    "an inserted paragraph mark splits": (
        paragraph(run("one "), mark="ins") + paragraph(run("two")),
        ["one ", "two"],
        ["one two"],
    ),
    "a deleted paragraph mark joins": (
        paragraph(run("one "), mark="del") + paragraph(run("two")),
        ["one two"],
        ["one ", "two"],
    ),
    "several deleted marks in a row": (
        paragraph(run("one "), mark="del") + paragraph(deleted(run("x")), mark="del")
        + paragraph(run("two")),
        ["one two"],
        ["one ", "x", "two"],
    ),
    "an inserted paragraph": (
        paragraph(run("one")) + paragraph(inserted(run("new")), mark="ins") + paragraph(run("two")),
        ["one", "new", "two"],
        ["one", "two"],
    ),
    "a deleted paragraph": (
        paragraph(run("one")) + paragraph(deleted(run("old")), mark="del") + paragraph(run("two")),
        ["one", "two"],
        ["one", "old", "two"],
    ),
    "the last paragraph deleted with the mark before it": (
        paragraph(run("one"), mark="del") + paragraph(deleted(run("old"))),
        ["one"],
        ["one", "old"],
    ),
    "a mark deleted before a table": (
        paragraph(run("one"), mark="del") + table(row(cell("x"))),
        ["one", "x"],
        ["one", "x"],
    ),
    "a move": (
        paragraph(moved("m", run("x"), "moveFrom"), mark="moveFrom") + paragraph(run("one"))
        + paragraph(moved("m", run("x"), "moveTo"), mark="moveTo") + paragraph(run("two")),
        ["one", "x", "two"],
        ["x", "one", "two"],
    ),
    "an inserted row": (
        table(row(cell("1")), row(cell("2"), mark="ins"), row(cell("3"))),
        ["1", "2", "3"],
        ["1", "3"],
    ),
    "a deleted row": (table(row(cell("1")), row(cell("2"), mark="del")), ["1"], ["1", "2"]),
    "all rows deleted": (table(row(cell("1"), mark="del")) + paragraph(run("x")), ["x"], ["1", "x"]),
    "an inserted cell": (table(row(cell("1"), cell("2", "cellIns"))), ["1", "2"], ["1"]),
    "a deleted cell": (table(row(cell("1"), cell("2", "cellDel"))), ["1"], ["1", "2"]),
    "a field": (paragraph(run("on "), field("1 May")), ["on 1 May"], ["on 1 May"]),
    "an inserted field": (paragraph(run("on"), inserted(field(" 1 May"))), ["on 1 May"], ["on"]),
    "a field in a field": (paragraph(field(run("see ") + field("2"))), ["see 2"], ["see 2"]),
    "a field that tells what a field says": (
        paragraph(field("yes", f" IF {field('hidden')} ")), ["yes"], ["yes"]
    ),
    "a content control": (
        control(paragraph(run("a "), control(run("new ")), run("text"))), ["a new text"], ["a new text"]
    ),
    "a change in a content control": (
        paragraph(control(deleted(run("old ")) + inserted(run("new "))), run("text")),
        ["new text"],
        ["old text"],
    ),
    "a hyperlink": (
        paragraph(run("see "), f'<w:hyperlink r:id="x0">{run("here")}</w:hyperlink>'),
        ["see here"],
        ["see here"],
    ),
    "tabs, breaks and hyphens": (
        paragraph(run("a)\tone\ntwo"), "<w:r><w:noBreakHyphen/><w:softHyphen/></w:r>"),
        ["a)\tone\ntwo\u2011\u00ad"],
        ["a)\tone\ntwo\u2011\u00ad"],
    ),
    "a page break is no text": (paragraph('<w:r><w:br w:type="page"/></w:r>'), [""], [""]),
    "white space that Word does not keep": (
        paragraph("<w:r><w:t> a </w:t></w:r>", run("b")), ["ab"], ["ab"]
    ),
    "a comment in the middle of words": (
        paragraph("<w:r><w:t>shall<!-- x --> not</w:t></w:r>"), ["shall not"], ["shall not"]
    ),
}  # fmt: skip


def texts(document: WordDocument, wanted: TrackView) -> list[str]:
    return [each.text for each in paragraphs(view(document, wanted).blocks)]


@pytest.mark.parametrize("case", CASES)
def test_accepted_and_rejected(case: str) -> None:
    body, accepted, rejected = CASES[case]
    read = read_document(package(body))
    assert texts(read, TrackView.ACCEPTED) == accepted
    assert texts(read, TrackView.REJECTED) == rejected
    assert read.tracked is (any(mark in body for mark in ("w:author",)))


def test_a_file_of_another_program_is_read() -> None:
    made = docx.Document()
    made.add_heading("Scope", 1)
    cut = made.add_paragraph("that ")
    for piece, style in (("the ", ""), ("plan", "i"), (" shall", "b")):
        added = cut.add_run(piece)
        added.italic, added.bold = style == "i" or None, style == "b" or None
    made.add_paragraph("first", style="List Number")
    made.add_paragraph("second", style="List Number")
    grid = made.add_table(1, 2)
    grid.cell(0, 0).text, grid.cell(0, 1).text = "left", "right"
    file = BytesIO()
    made.save(file)
    read = view(read_document(file.getvalue()), TrackView.ACCEPTED)
    found = list(paragraphs(read.blocks))
    assert [each.text for each in found] == [
        "Scope",
        "that the plan shall",
        "first",
        "second",
        "left",
        "right",
    ]
    assert [each.style for each in found[:3]] == ["heading1", "normal", "listnumber"]
    assert [each.label for each in found[2:4]] == ["1.", "2."]
    assert [(r.text, r.marks) for r in found[1].runs] == [
        ("that the ", ""),
        ("plan", "i"),
        (" shall", "b"),
    ]


# -- formatting, numbering, notes -----------------------------------------------------------------


def test_changes_of_formatting_are_no_changes_of_text() -> None:
    old = '<w:rPrChange w:id="1" w:author="x"><w:rPr><w:i/></w:rPr></w:rPrChange>'
    styled = (
        '<w:pPrChange w:id="2" w:author="x"><w:pPr><w:pStyle w:val="Call"/></w:pPr></w:pPrChange>'
    )
    body = paragraph(f"<w:r><w:rPr><w:b/>{old}</w:rPr><w:t>text</w:t></w:r>", properties=styled)
    read = read_document(package(body))
    assert read.reformatted == (1,)
    now, then = (view(read, each).blocks[0] for each in TrackView)
    assert now.runs[0][:2] == ("text", "b")
    assert then.runs[0][:2] == ("text", "i")
    assert (now.style, then.style) == ("normal", "call")


NUMBERING = """<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%3)"/></w:lvl>
</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>
<w:lvlText w:val="\uf0b7"/></w:lvl></w:abstractNum>
<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="6"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="7"><w:abstractNumId w:val="0"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>"""


def numbered(text: str, level: int = 0, key: int = 5, **more: str) -> str:
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{key}"/></w:numPr>'
    return paragraph(run(text), properties=place, **more)


def labels(body: str, wanted: TrackView = TrackView.ACCEPTED) -> list[str]:
    read = view(read_document(package(body, numbering=NUMBERING)), wanted)
    return [f"{each.label} {each.text}" for each in paragraphs(read.blocks)]


def test_automatic_numbers_are_labels() -> None:
    body = "".join([
        numbered("x"), numbered("y", 1), numbered("y", 1), numbered("z", 2), numbered("x"),
        numbered("y", 1), numbered("•", 0, 6), numbered("x", 0, 7), numbered("x", 0, 7),
        numbered("none", 0, 0), numbered("unknown", 0, 99),
    ])  # fmt: skip
    assert labels(body) == [
        *("1 x", "a) y", "b) y", "1.i) z", "2 x", "a) y", "• •", "4 x", "5 x", " none", " unknown"),
    ]


def test_automatic_numbers_count_what_is_there() -> None:
    body = numbered("x") + paragraph(
        deleted(run("gone")), mark="del",
        properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>',
    ) + numbered("y")  # fmt: skip
    assert labels(body) == ["1 x", "2 y"]
    assert labels(body, TrackView.REJECTED) == ["1 x", "2 gone", "3 y"]


def test_footnotes_are_bound_to_their_marks() -> None:
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnote w:id="2">{paragraph(run("See "), inserted(run("also ")), run("B."))}</w:footnote>'
    read = read_document(package(paragraph(run("A"), deleted(mark)), footnotes=notes))
    assert texts(read, TrackView.REJECTED) == ["A\ufffc"]
    assert [n.blocks[0].text for n in view(read, TrackView.REJECTED).notes] == ["See B."]
    assert view(read, TrackView.ACCEPTED).notes == ()


# -- what is beside the text ----------------------------------------------------------------------

BOX = "<w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"


def test_what_is_beside_the_text_is_listed() -> None:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    header = f"<w:hdr {w}>{paragraph(run('Document 62-E'))}</w:hdr>"
    comment = (
        f'<w:comments {w}><w:comment w:id="0">{paragraph(run("Why?"))}</w:comment></w:comments>'
    )
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r>"
    data = package(
        paragraph(run("text"), BOX.format(paragraph(run("boxed"))), hidden),
        parts=[("header", "header1.xml", header), ("comments", "comments.xml", comment)],
        outside=[("hyperlink", "https://example.org"), ("attachedTemplate", "file:///x.dotm")],
    )
    read = read_document(data)
    assert texts(read, TrackView.ACCEPTED) == ["text"]
    assert [(aside.why, aside.text) for aside in read.asides] == [
        ("text box", "boxed"),
        ("hidden text", "unseen"),
        ("header", "Document 62-E"),
        ("comment", "Why?"),
    ]
    assert read.warnings == (
        "a link to the outside",
        "a link to a template",
        "1 pictures or drawings",
    )


REFUSED = {
    "no document": (b"PK\x03\x04", "RUS.docx: "),
    "two parts of one name": (None, "part word/Document.xml: there are two parts"),
    "a bomb of entities": (
        package("<!DOCTYPE x>"),
        "part word/document.xml: it has a <!DOCTYPE",
    ),
    "not well-formed": (package("<w:p>"), "part word/document.xml: it is not well-formed XML"),
    "another XML": (
        package("", parts=[("styles", "styles.xml", "<a/>")], styles=False),
        "part word/styles.xml: it is not a part of a Word document",
    ),
    "too deep": (
        package("<w:sdt>" * 120 + "</w:sdt>" * 120),
        "part word/document.xml, paragraph 0: it is nested too deep",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_hostile_file_is_refused_with_the_part(case: str) -> None:
    data, why = REFUSED[case]
    if data is None:
        data = twice()
    with pytest.raises(Unreadable) as refusal:
        read_document(data, name="RUS.docx")
    assert why in str(refusal.value)
    assert str(refusal.value).startswith("RUS.docx")


def twice() -> bytes:
    import zipfile

    file = BytesIO(package(paragraph(run("a"))))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("word/Document.xml", "<a/>")
    return file.getvalue()
