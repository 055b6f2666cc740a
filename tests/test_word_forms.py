"""Word files as they really come: each rare form by itself, with both of its views.

What is expected was written by hand after ECMA-376 and what Word shows; the rules are named.
"""

# ruff: noqa: E501 -- a case is easier to read on one line

from __future__ import annotations

import contextlib
import copy
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from resamend.errors import InputError, Invalid
from resamend.model import Kind, Language, walk
from resamend.ooxml import TrackView, all_texts, paragraphs, read_document, view
from resamend.readers.docx import read_docx
from resamend.readers.word_ledger import account_for, count_file, unaccounted
from tests.dossiers import BASE, RUS, sat_at
from tests.effort import tries
from tests.test_docx_carried import rewritten
from tests.wordfiles import (
    Footnotes,
    change,
    deleted,
    document,
    inserted,
    looked,
    package,
    paragraph,
    run,
    typed,
)

M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def formula(*inner: str) -> str:
    return f'<m:oMath xmlns:m="{M}">{"".join(inner)}</m:oMath>'


def term(text: str, kind: str = "") -> str:
    inner = f"<m:t>{text}</m:t>"
    return f"<m:r>{change(kind, inner) if kind else inner}</m:r>"


def fraction(above: str, below: str) -> str:
    return f"<m:f><m:fPr/><m:num>{above}</m:num><m:den>{below}</m:den></m:f>"


def step(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def either(requires: str, choice: str, fallback: str) -> str:
    return (
        f'<mc:AlternateContent xmlns:mc="{MC}" xmlns:wps="{WPS}" xmlns:odd="urn:odd">'
        f'<mc:Choice Requires="{requires}">{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback>'
        "</mc:AlternateContent>"
    )


def breaking(kind: str) -> str:
    return f'<w:r><w:t>up</w:t><w:br w:type="{kind}"/><w:t>down</w:t></w:r>'


def table(rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>"


def row(text: str) -> str:
    return f"<w:tr><w:tc>{paragraph(run(text))}</w:tc></w:tr>"


def prompt(inner: str) -> str:
    return (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    )


STRUCK_ROW = "<w:tr><w:tc>" + paragraph("<w:r><w:delText>old</w:delText></w:r>") + "</w:tc></w:tr>"
HEADING = (
    "<w:p><w:pPr><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr><w:r><w:t>Scope</w:t></w:r></w:p>"
)

CASES = {
    "a term inserted in a run of a formula (22.1.2)": (
        paragraph(run("x ="), formula(term("2"), term("5", "del"), term("7", "ins"))), ["x =27"], ["x =25"]
    ),
    "a formula that stands in an insertion": (
        paragraph(run("is "), inserted(formula(term("a+b")))), ["is a+b"], ["is "]
    ),
    "both parts of a fraction struck": (
        paragraph(run("is "), formula(fraction(term("3", "del"), term("4", "del")))), ["is "], ["is 34"]
    ),
    "one part of a fraction changed": (
        paragraph(formula(fraction(term("1"), term("2", "del") + term("3", "ins")))), ["13"], ["12"]
    ),
    "a field that never ends is none (17.16.18)": (
        paragraph(run("one "), step("begin"), code("REF"), run("two")) + paragraph(run("three")),
        ["one two", "three"], ["one two", "three"],
    ),
    "a field that never ends around one that does": (
        paragraph(step("begin"), code("REF"), step("begin"), code("PAGE"), step("separate"), run("4"), step("end"), run(" on")),
        ["4 on"], ["4 on"],
    ),
    "a choice that nobody understands gives its fallback (part 3, 7.5)": (
        either("odd", paragraph(run("new")), paragraph(run("old"))), ["old"], ["old"]
    ),
    "a choice that is understood is taken once": (
        either("wps", paragraph(run("new")), paragraph(run("old"))), ["new"], ["new"]
    ),
    "letters as the fallback of a sign": (
        paragraph(f"<w:r>{either('odd', '<odd:sign/>', '<w:t>✓</w:t>')}</w:r>"), ["✓"], ["✓"]
    ),
    "an insertion around a whole paragraph": (
        paragraph(run("one")) + change("ins", paragraph(run("two"))) + paragraph(run("three")),
        ["one", "two", "three"], ["one", "three"],
    ),
    "a deletion around a whole paragraph": (
        paragraph(run("one")) + change("del", paragraph(run("two", kind="delText"))) + paragraph(run("three")),
        ["one", "three"], ["one", "two", "three"],
    ),
    "a deletion around a row": (
        table(row("kept") + change("del", STRUCK_ROW)), ["kept"], ["kept", "old"]
    ),
    "an insertion around a row": (
        table(row("kept") + change("ins", row("new"))), ["kept", "new"], ["kept"]
    ),
    "a page break parts words": (paragraph(breaking("page")), ["up down"], ["up down"]),
    "a column break parts words": (paragraph(breaking("column")), ["up down"], ["up down"]),
    "a page break at the end says nothing": (
        paragraph(run("up "), '<w:r><w:br w:type="page"/></w:r>'), ["up "], ["up "]
    ),
    "a line end in the file is a space": (
        paragraph("<w:r><w:t>up\ndown</w:t></w:r>"), ["up down"], ["up down"]
    ),
    "a sign of the Symbol font": (
        paragraph(run("α to "), '<w:r><w:sym w:font="Symbol" w:char="F062"/></w:r>'), ["α to β"], ["α to β"]
    ),
    "a tick of Wingdings": (
        paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'), ["✓"], ["✓"]
    ),
    "a style separator joins (17.3.1.29)": (HEADING + paragraph(run("This.")), ["Scope This."], ["Scope This."]),
    "the prompt of an empty control is not law": (
        paragraph(run("on "), prompt(run("Click to enter a date"))), ["on "], ["on "]
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_rare_form_is_read_as_word_shows_it(case: str) -> None:
    body, accepted, rejected = CASES[case]
    data = package(body)
    read = read_document(data)
    for wanted, expected in ((TrackView.ACCEPTED, accepted), (TrackView.REJECTED, rejected)):
        assert [p.text for p in paragraphs(view(read, wanted).blocks)] == expected
    assert unaccounted(count_file(data), all_texts(read)) == ()


def note(id: int, text: str) -> str:
    return f'<w:footnote w:id="{id}">{paragraph(run(text))}</w:footnote>'


def marked_note(id: int, sign: str) -> str:
    reference = f'<w:footnoteReference w:id="{id}" w:customMarkFollows="1"/>'
    return f'<w:r>{reference}<w:t xml:space="preserve">{sign}</w:t></w:r>'


def test_the_star_of_a_footnote_is_its_mark() -> None:
    starred = '<w:r><w:footnoteReference w:id="1" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
    data = package(paragraph(run("a"), starred, run(" b*")), footnotes=note(1, "n"))
    read = read_document(data)
    assert [p.text for p in paragraphs(read.blocks)] == ["a\ufffc b*"]
    assert unaccounted(count_file(data), all_texts(read)) == ()


@pytest.mark.parametrize(
    "body, expected",
    [
        (f"{marked_note(1, '1bis')}{run(' b')}", ["a\ufffc b", "n", "1bis"]),
        (f"{marked_note(1, '*')}{marked_note(1, 'other')}", ["a\ufffc\ufffcother", "n", "*"]),
        (marked_note(9, "lost"), ["a\ufffc", "lost"]),
        (marked_note(1, "no mark but words"), ["a\ufffcno mark but words", "n"]),
    ],
)
def test_what_follows_a_mark_is_a_sign_or_words_and_never_nothing(
    body: str, expected: list[str]
) -> None:
    read = read_document(package(paragraph(run("a"), body), footnotes=note(1, "n")))
    texts = [p.text for p in paragraphs(read.blocks)]
    texts += [p.text for n in read.notes for p in paragraphs(n.blocks)]
    beside = [aside.text for aside in read.asides if aside.text != "n"]
    assert [*texts, *filter(None, (n.sign for n in read.notes)), *beside] == expected


STRICT = {W: "http://purl.oclc.org/ooxml/wordprocessingml/main"}


def test_the_strict_form_is_read() -> None:
    import io
    import zipfile

    made = io.BytesIO()
    plain = zipfile.ZipFile(io.BytesIO(package(paragraph(run("a "), inserted(run("new"))))))
    with zipfile.ZipFile(made, "w") as strict:
        for name in plain.namelist():
            text = plain.read(name).decode()
            text = text.replace(W, STRICT[W])
            text = text.replace(
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                "http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            strict.writestr(name, text)
    read = read_document(made.getvalue())
    assert [p.text for p in paragraphs(view(read, TrackView.ACCEPTED).blocks)] == ["a new"]
    assert [p.text for p in paragraphs(view(read, TrackView.REJECTED).blocks)] == ["a "]


# -- numbers and labels ---------------------------------------------------------------------------


def numbering(*levels: str) -> str:
    listed = "".join(f'<w:lvl w:ilvl="{n}">{level}</w:lvl>' for n, level in enumerate(levels))
    return (
        f'<w:abstractNum w:abstractNumId="0">{listed}</w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>'
    )


def level(text: str, form: str = "decimal", more: str = "") -> str:
    return f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'


def at(deep: int, more: str = "") -> str:
    return f'<w:numPr><w:ilvl w:val="{deep}"/><w:numId w:val="5"/>{more}</w:numPr>'


def labels(data: bytes, wanted: TrackView = TrackView.ACCEPTED) -> list[str]:
    return [p.label for p in paragraphs(view(read_document(data), wanted).blocks)]


@pytest.mark.parametrize("kind, accepted, rejected", [("ins", "1.", ""), ("del", "", "1.")])
def test_numbering_is_itself_a_tracked_change(kind: str, accepted: str, rejected: str) -> None:
    body = paragraph(run("x"), properties=at(0, change(kind, "")))
    data = package(body, numbering=numbering(level("%1.")))
    assert labels(data) == [accepted]
    assert labels(data, TrackView.REJECTED) == [rejected]


def test_legal_numbering_counts_in_decimals() -> None:
    levels = (level("%1.", "upperRoman"), level("%1.%2", more="<w:isLgl/>"))
    body = paragraph(run("x"), properties=at(0)) + paragraph(run("y"), properties=at(1))
    assert labels(package(body, numbering=numbering(*levels))) == ["I.", "1.1"]


def test_a_level_is_bound_to_a_style() -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="deep"><w:name w:val="deep"/>'
        '<w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style></w:styles>'
    )
    levels = (level("%1."), level("%2)", "lowerLetter", '<w:pStyle w:val="deep"/>'))
    body = paragraph(run("x"), properties=at(0)) + paragraph(run("y"), style="deep")
    data = package(
        body, numbering=numbering(*levels), styles=False, parts=[("styles", "styles.xml", styles)]
    )
    assert labels(data) == ["1.", "a)"]


FORMS = [
    "decimal", "bullet", "none", "lowerLetter", "upperRoman", "russianLower", "arabicAbjad",
    "chineseCounting", "decimalZero", "ordinal", "cardinalText", "hebrew1", "thaiNumbers", "custom",
]  # fmt: skip
TEXTS = [
    "Article %1", "§ %1", "Статья %1", "第%1条", "%1、", "（%1）", "%1)", "PP%1", "%1°", "%1.-", "%1/",
    "\uf0d8", "\uf0fc", "✓", "➢", "", "%1.%2", "%9", "%", "\U0001f44d", "Annex\t%1", "a" * 40,
]  # fmt: skip


@given(
    st.lists(
        st.tuples(
            st.sampled_from(FORMS),
            st.sampled_from(TEXTS) | st.text("%12.) §а一\uf0d8", max_size=6),
            st.integers(0, 2),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_no_numbering_stops_the_reader(lines: list[tuple[str, str, int]]) -> None:
    """Every number format, every text of a level: a label that nobody understands is one too."""
    for form, text, _ in lines:
        levels = [level(text, form)] * 3
        body = "".join(
            paragraph(run(f"that {n}"), properties=at(deep)) for n, (_, _, deep) in enumerate(lines)
        )
        data = package(body, numbering=numbering(*levels))
        (proposal,) = read_docx(data, Language.EN)
        balance = proposal.text.balance
        assert balance.words_in == balance.words_placed + balance.words_left_out
        assert unaccounted(count_file(data), all_texts(read_document(data))) == ()


def test_a_label_that_nobody_understands_is_kept_at_its_level_and_reported() -> None:
    levels = (level("Строка %1"), level("§ %1.%2"))
    body = "".join(paragraph(run(f"x{n}"), properties=at(n % 2)) for n in range(4))
    (read,) = read_docx(package(body, numbering=numbering(*levels)), Language.EN)
    top = [p for p in read.text.resolution.provisions[0].children if p.kind is Kind.ITEM]
    items = [(p.label, [c.label for c in p.children]) for p in top]
    assert items == [("Строка 1", ["§ 1.1"]), ("Строка 2", ["§ 2.1"])]
    assert any("Строка 1" in line for line in read.text.balance.notices)


# -- the ledger -----------------------------------------------------------------------------------


def part(name: str, inner: str) -> str:
    return f'<w:{name} xmlns:w="{W}">{inner}</w:{name}>'


def everywhere() -> bytes:
    """Write a file with words in every part that tells the story."""
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r>"
    box = "<w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r>"
    comment = paragraph(
        run("keep "), deleted(run("cut")), "<w:r><w:t>one</w:t><w:tab/><w:t>two</w:t></w:r>"
    )
    body = paragraph(
        run("text "), deleted(run("old ")), inserted(run("new")), box.format(paragraph(breaking("page"))),
        hidden, '<w:r><w:footnoteReference w:id="2"/></w:r>',
        step("begin"), code(' IF 1 = 1 "shall" "may" '), run("inner"), step("separate"), run("shall"), step("end"),
    )  # fmt: skip
    return package(
        body,
        footnotes=note(2, "noted") + note(3, "nobody cites this"),
        parts=[
            ("header", "header1.xml", part("hdr", paragraph(run("PP-18"), hidden, box.format(paragraph(run("boxed")))))),
            ("footer", "footer1.xml", part("ftr", paragraph(run("page")) * 2)),
            ("comments", "comments.xml", part("comments", f'<w:comment w:id="0">{comment}</w:comment>')),
        ],
    )  # fmt: skip


def test_each_word_of_each_part_has_a_fate() -> None:
    data = everywhere()
    read = read_document(data)
    assert unaccounted(count_file(data), all_texts(read)) == ()
    beside = [(aside.why, aside.text, aside.struck) for aside in read.asides]
    for expected in [
        ("text box", "up down", ""),
        ("hidden text", "unseen", ""),
        ("in the code of a field", "inner", ""),
        ("the code of a field", 'IF 1 = 1 "shall" "may"', ""),
        ("a note that nothing refers to", "nobody cites this", ""),
        ("header", "PP-18", ""),
        ("hidden text in a header", "unseen", ""),
        ("text box in a header", "boxed", ""),
        ("footer", "page", ""),
        ("comment", "keep one\ttwo", "cut"),
    ]:
        assert expected in beside


DRAWN = {
    "an old drawing": '<w:pict><v:textpath xmlns:v="urn:schemas-microsoft-com:vml" string="a b"/></w:pict>',
    "a drawing": '<w:drawing><a:p xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    "<a:r><a:t>a </a:t></a:r><a:r><a:t>b</a:t></a:r></a:p></w:drawing>",
}  # fmt: skip


@pytest.mark.parametrize("drawing", DRAWN)
def test_letters_in_a_drawing_are_listed(drawing: str) -> None:
    data = package(paragraph(run("host"), f"<w:r>{DRAWN[drawing]}</w:r>"))
    read = read_document(data)
    assert [(aside.why, aside.text) for aside in read.asides] == [("text in a drawing", "a b")]
    assert unaccounted(count_file(data), all_texts(read)) == ()
    assert unaccounted(count_file(data), ["host"]) != ()


@pytest.mark.parametrize(
    "odd",
    [
        "<w:r><w:t>seen<w:b/>unseen</w:t></w:r>",
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:zz="urn:zz"><mc:Choice Requires="zz"><w:r><w:t>unseen</w:t></w:r></mc:Choice>'
        "</mc:AlternateContent>",
    ],
)
def test_what_word_itself_may_not_show_is_never_lost_in_silence(odd: str) -> None:
    data = package(paragraph(run("host"), odd))
    texts = [*all_texts(read_document(data))]
    assert any("unseen" in text for text in texts) or unaccounted(count_file(data), texts) != ()


def test_an_empty_table_among_items_is_read() -> None:
    empty = f"<w:tbl><w:tr><w:tc>{paragraph()}</w:tc></w:tr></w:tbl>"
    lines = ("RESOLUTION 7 (GENEVA, 2022)", "resolves", "1\tto meet")
    body = "".join(paragraph(run(line)) for line in lines) + empty + paragraph(run("2\tto rest."))
    (submitted,) = read_docx(package(body), Language.EN)
    assert [p.kind for p in walk(submitted.text.resolution.provisions)].count(Kind.TABLE) == 1


PLACE = st.integers(0, 60)


@settings(max_examples=tries(150))
@given(st.lists(st.tuples(st.sampled_from(["drop", "double", "move", "rename"]), PLACE, PLACE)))
def test_whatever_its_parts_are_a_file_is_read_or_refused(
    changes: list[tuple[str, int, int]],
) -> None:
    """Elements that go, come twice, or stand elsewhere: nothing but a refusal of ours."""
    data = everywhere()
    for name in ("word/document.xml", "word/footnotes.xml", "word/header1.xml"):
        data = rewritten(data, name, lambda xml: _mutated(xml, changes))
    with contextlib.suppress(InputError):
        read_docx(data, Language.EN)


def _mutated(xml: str, changes: list[tuple[str, int, int]]) -> str:
    root = etree.fromstring(xml.encode())
    for how, first, second in changes:
        below = [*root.iterdescendants()] or [etree.SubElement(root, "none")]
        one, other = below[first % len(below)], below[second % len(below)]
        parent = one.getparent()
        assert parent is not None
        if how == "rename":
            one.tag = other.tag
        elif how == "double":
            parent.append(copy.deepcopy(one))
        elif how == "move" and one not in [other, *other.iterancestors()]:
            other.append(one)
        elif len(below) > 1:
            parent.remove(one)
    return etree.tostring(root).decode()


@pytest.mark.parametrize("word", ["text", "old", "unseen", "noted", "boxed", "cut", "two"])
def test_a_word_that_a_reader_overlooks_is_named(word: str) -> None:
    data = everywhere()
    texts = [t.replace(word, "", 1) for t in all_texts(read_document(data))]
    with pytest.raises(Invalid, match=f"unaccounted for: .*{word}"):
        account_for(count_file(data), texts)


def test_the_count_is_printed_and_add_names_what_was_not_placed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = sat_at(tmp_path, monkeypatch)
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r>"
    text = document(BASE, after=[paragraph(run("see"), hidden)])
    (tmp_path / "base.docx").write_bytes(text)
    said = desk.run("new", "res-7", "--base", "base.docx").err
    assert "each is accounted for" in said
    assert "not placed (hidden text" in said and "unseen" in said


# -- changes that are only drawn ------------------------------------------------------------------


def drawn(text: str, look: str) -> str:
    return f"<w:r><w:rPr><w:{look}/></w:rPr><w:t>{text}</w:t></w:r>"


LOOKS = ['u w:val="single"', 'color w:val="FF0000"']


@pytest.mark.parametrize("added", LOOKS)
@pytest.mark.parametrize("struck", ["strike", "dstrike"])
def test_a_redline_drawn_by_hand_is_reported_and_read_on_request(struck: str, added: str) -> None:
    body = paragraph(
        run("for "), drawn("fellowships", struck), run(" "), drawn("scholarships", added)
    )
    kept, = read_docx(package(body), Language.EN)  # fmt: skip
    assert kept.rejected is None
    assert any("redline_formatting=True" in line for line in kept.text.balance.notices)
    read, = read_docx(package(body), Language.EN, redline_formatting=True)  # fmt: skip
    assert read.rejected is not None
    assert [p.text for p in walk(read.text.resolution.provisions) if p.text] == [
        "for  scholarships"
    ]
    assert [p.text for p in walk(read.rejected.provisions) if p.text] == ["for fellowships"]


def test_underlined_words_alone_are_no_redline() -> None:
    (read,) = read_docx(package(paragraph(run("for "), drawn("all", LOOKS[0]))), Language.EN)
    assert not any("formatting" in line for line in read.text.balance.notices)


def redrawn(*, tracked: str = "") -> bytes:
    """Write a proposal of RUS that draws one change by hand, and may track another."""
    by_hand = drawn("every year", "strike") + drawn("each spring", LOOKS[0])
    body = [
        paragraph(*looked(style, words), style=style)
        for style, words in typed("MOD\tRUS/62/1\n" + BASE, Footnotes())
    ]
    xml = "".join(body).replace(
        "every year in Geneva", f'</w:t></w:r>{by_hand}<w:r><w:t xml:space="preserve"> in Geneva'
    )
    return package(xml + tracked)


def test_a_proposal_with_changes_that_are_only_drawn_waits_for_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = sat_at(tmp_path, monkeypatch)
    desk.dossier()
    (tmp_path / "rus.docx").write_bytes(redrawn())
    refusal = desk.refused(3, "add", "res-7", "rus.docx")
    assert "“every year” is struck out beside “each spring”" in refusal
    assert "--redline-formatting" in refusal and "--whole" in refusal
    desk.refused(3, "add", "res-7", "rus.docx", "--extract")
    desk.refused(3, "consolidate", "base.en.txt", "rus.docx")
    for option, stays in (("--redline-formatting", False), ("--whole", True)):
        shutil.rmtree(tmp_path / "res-7")
        desk.dossier()
        desk.done("add", "res-7", "rus.docx", option)
        text = desk.done("extract", "res-7", "--as", "RUS")
        assert "each spring" in text and ("every year" in text) is stays
        desk.done("verify", "res-7")


def test_a_text_in_force_or_one_with_tracked_changes_only_reports_what_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = sat_at(tmp_path, monkeypatch)
    desk.dossier()
    (tmp_path / "rus.docx").write_bytes(redrawn(tracked=paragraph(inserted("Added."))))
    assert "--redline-formatting" in desk.run("add", "res-7", "rus.docx").err
    (tmp_path / "base.docx").write_bytes(document(BASE, after=[paragraph(
        drawn("every year", "strike"), drawn("each spring", LOOKS[0])
    )]))  # fmt: skip
    told = desk.run("new", "other", "--base", "base.docx")
    assert told.code == 0 and "--redline-formatting" in told.err


# -- files beside files ---------------------------------------------------------------------------


def test_a_folder_is_its_files_and_a_lock_file_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = sat_at(tmp_path, monkeypatch)
    desk.dossier(name="res-7")
    folder = tmp_path / "received"
    folder.mkdir()
    (folder / "RUS.en.txt").write_text(RUS)
    (folder / "~$RUS.docx").write_bytes(b"\x05locked")
    said = desk.run("add", "res-7", "received").err
    assert "received: a folder of 2 files" in said
    assert "~$RUS.docx: skipped" in said
    assert "RUS" in said


_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
LINE = f'<a:p xmlns:a="{_MAIN}"><a:r><a:t>{{}}</a:t></a:r></a:p>'


def test_the_words_of_diagrams_and_charts_are_counted_and_named() -> None:
    diagram = f'<d:dataModel xmlns:d="urn:d"><d:t>{LINE.format("the council decides")}</d:t></d:dataModel>'
    chart = (
        f'<c:chartSpace xmlns:c="urn:c">{LINE.format("Income")}<c:pt><c:v>Europe</c:v></c:pt>'
        "<c:pt><c:v>318</c:v></c:pt></c:chartSpace>"
    )
    parts = [("diagramData", "diagrams/data1.xml", diagram), ("chart", "charts/chart1.xml", chart)]
    content = package(paragraph(run("to meet")), parts=parts)
    read = read_document(content)
    beside = {aside.where: aside.text for aside in read.asides}
    assert beside == {
        "word/diagrams/data1.xml": "the council decides",
        "word/charts/chart1.xml": "Income Europe 318",
    }
    assert all("to be typed in" in aside.why for aside in read.asides)
    assert account_for(count_file(content), all_texts(read)).startswith(
        "independent count: 8 words"
    )
    with pytest.raises(Invalid, match="3 of its 8 words are unaccounted for"):
        account_for(count_file(content), ["to meet the council decides"])
