"""OpenDocument texts, in and out: over Word's values, by the marks alone, and by LibreOffice."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from resamend.amendment import Proposal, apply, propose
from resamend.consolidation import merge, project
from resamend.dossier.embedded_files import files
from resamend.dossier.parsing import arrivals, read
from resamend.dossier.proposing import proposal_of
from resamend.dossier.reading import read_dossier
from resamend.errors import Invalid, Unreadable
from resamend.library.rendering import render
from resamend.model import Language, Resolution
from resamend.odf import is_odt, read_odt
from resamend.odf.names import MIMETYPE, SPACES
from resamend.odf.parts import manifest
from resamend.ooxml import TrackView, WordDocument, all_texts, paragraphs, read_document, view
from resamend.page.options import Names, RenderOptions
from resamend.readers.docx_lines import lines_of
from resamend.readers.office import open_office
from resamend.readers.text import read_text
from resamend.readers.word_ledger import account_for, count_odt
from resamend.renderers.docx import render_docx, render_odt
from tests import strategies as ours
from tests.dossiers import BASE, Desk, sat_at
from tests.effort import tries
from tests.office import Edit, Wish, asked, edited, saved_as_odt
from tests.strategies import Draft
from tests.test_render_docx import laid, lines, noted, of_140, typed

RESOLUTIONS = Path(__file__).parent.parent / "resolutions"
SAMPLES = ["ARM/BLR/KGZ/RUS/sample/1", "CHN/sample/1", "RUS/sample/1", "USA/sample/1"]


def shown(document: WordDocument, wanted: TrackView) -> list[tuple[object, ...]]:
    """Return what each line says and how it looks, and its footnotes.

    Not of a row, or of the last cells of one, without words: in an OpenDocument text no change can
    be seen there.
    """
    return [
        (
            line.whole.rstrip(),
            line.label,
            line.rich and (line.rich.marks, line.rich.hint, [n.body for n in line.rich.notes]),
        )
        for line in lines_of(view(document, wanted))
        if line.whole.strip()
    ]


def same_in_both(word: bytes, odt: bytes) -> None:
    one, other = read_document(word), read_odt(odt)
    for wanted in TrackView:
        assert shown(one, wanted) == shown(other, wanted)
    beside = [
        sorted((a.why, a.text) for a in document.asides if a.why != "header")
        for document in (one, other)
    ]
    assert beside[0] == beside[1]
    authors = [{*_authors(document)} for document in (one, other)]
    assert authors[0] == authors[1]
    account_for(count_odt(odt), all_texts(other))


def _authors(document: WordDocument) -> list[str]:
    changes = [
        change
        for paragraph in paragraphs(document.blocks)
        for run in paragraph.runs
        for change in (run.inserted, run.deleted)
        if change and run.text.strip()
    ]
    return [change.author for change in changes]


@settings(max_examples=tries(60))
@given(ours.drafts())
def test_a_draft_is_read_as_the_word_file_of_it_is(draft: Draft) -> None:
    """But for what is said at a table's row that is struck: rows have no changes of their own."""
    redline = laid(merge(draft.base, draft.proposals))
    options = RenderOptions(names=Names.NONE)
    same_in_both(render_docx(redline, options), render_odt(redline, options))


@settings(max_examples=tries(60))
@given(ours.drafts())
def test_what_a_state_hands_in_is_read_as_the_word_file_of_it_is(draft: Draft) -> None:
    for proposal in draft.proposals:
        word, odt = (render(proposal, form, base=draft.base) for form in ("docx", "odt"))
        assert isinstance(word, bytes) and isinstance(odt, bytes)
        same_in_both(word, odt)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("source", SAMPLES)
def test_a_sample_comes_back_with_its_typography(desk: Desk, source: str, language: str) -> None:
    dossier = RESOLUTIONS / "140"
    base, lang = dossier / f"base.{language}.xml", ("--lang", language)
    desk.done("extract", dossier, "--as", source, *lang, "-o", "alone.odt")
    desk.done("import", "alone.odt", "--base", base, "-o", "again.xml")
    again = desk.done("apply", base, "again.xml")
    assert again == desk.done("extract", dossier, "--as", source, *lang)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return sat_at(tmp_path, monkeypatch)


def test_it_is_added_to_a_dossier_and_kept_as_it_came(desk: Desk) -> None:
    desk.done("import", "base.en.txt", "-o", "base.xml")
    desk.done("diff", "base.xml", "RUS.en.txt", "--date", "2018-10-05", "-o", "RUS.odt")
    folder = desk.dossier("RUS.odt")
    kept = folder / "originals/RUS-62-1.en.odt"
    assert kept.read_bytes() == (desk.path / "RUS.odt").read_bytes()
    proposal = read((folder / "proposals/RUS-62-1.en.xml").read_bytes(), Proposal)
    assert proposal.date == "2018-10-05"
    assert "invite observers" in desk.done("conflicts", folder, "--all")
    desk.done("verify", folder)


def test_what_it_carries_unseen_is_listed(desk: Desk) -> None:
    desk.done("consolidate", "base.en.txt", "RUS.en.txt", "CHN.en.txt", "-o", "draft.odt")
    listed = desk.done("inspect", "draft.odt")
    assert "author of changes" in listed
    assert "comment: " in listed
    assert "metadata" in listed
    desk.done(
        "consolidate", "base.en.txt", "RUS.en.txt", "CHN.en.txt", "-o", "room.odt",
        "--audience", "room",
    )  # fmt: skip
    assert "comment: " not in desk.done("inspect", "room.odt")


def test_a_draft_is_no_states_text(desk: Desk) -> None:
    inputs = ("base.en.txt", "RUS.en.txt", "CHN.en.txt")
    for audience, code in (("chair", 2), ("room", 3)):
        desk.done("consolidate", *inputs, "--audience", audience, "-o", "draft.odt")
        told = desk.refused(code, "import", "draft.odt", "--base", "base.en.txt")
        assert "consolidated draft" in told


def zipped_again(odt: bytes, **others: str | None) -> bytes:
    """Return the parts of a .odt, or others of their names, as any program zips them."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(odt)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        parts = {name: old.read(name).decode() for name in sorted(old.namelist())} | others
        for name, text in parts.items():
            if text is not None:
                new.writestr(name, text)
    return packed.getvalue()


@settings(max_examples=tries(40))
@given(ours.drafts())
def test_a_draft_takes_its_proposals_along(draft: Draft) -> None:
    merged = merge(draft.base, draft.proposals)
    content = render_odt(laid(merged), files=files(merged))
    assert content == render_odt(laid(merged), files=files(merged))
    for way in (content, zipped_again(content)):
        (arrival,) = arrivals(way, name="draft.odt")
        assert arrival.value == merged
        assert not any("edited since" in note for note in arrival.notes)


def test_each_source_comes_back_from_a_draft(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    desk.done("consolidate", folder, "-o", "draft.odt")
    for wanted in (["--as", "RUS/62/1"], ["--as", "CHN"], ["--base"]):
        assert desk.done("extract", "draft.odt", *wanted) == desk.done("extract", folder, *wanted)
    assert "2 proposals recovered to the byte" in desk.done("verify", "draft.odt")
    assert "proposals/RUS-62-1.en.xml: " in desk.done("inspect", "draft.odt")
    desk.done("consolidate", folder, "--audience", "room", "-o", "room.odt")
    assert "proposals/" not in desk.done("inspect", "room.odt")
    whole = (desk.path / "draft.odt").read_bytes()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        shown = archive.read("content.xml").decode()
    edited = zipped_again(whole, **{"content.xml": shown.replace("to help", "to serve")})
    (desk.path / "edited.odt").write_bytes(edited)
    ran = desk.run("extract", "edited.odt", "--as", "CHN")
    assert ran.out == desk.done("extract", folder, "--as", "CHN")
    assert "edited since it was written" in ran.err
    assert "was edited: " in desk.run("verify", "edited.odt").out


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ({"mimetype": f"{MIMETYPE}\n"}, ""),
        ({"mimetype": None}, ""),
        ({"content.xml": None}, "part content.xml: it is missing"),
        ({"META-INF/manifest.xml": None}, "part META-INF/manifest.xml: it is missing"),
        ({"mimetype": MIMETYPE.replace("text", "spreadsheet")}, "no text but a spreadsheet"),
    ],
)
def test_a_file_zipped_again_is_called_what_it_is(others: dict[str, str], told: str) -> None:
    packed = zipped_again(odt("<text:p>A</text:p>"), **others)
    if told:
        with pytest.raises(Unreadable, match=told):
            open_office(packed)
    else:
        assert both(packed) == (["A"], ["A"])


def test_tables_and_lists_are_written_too(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    desk.done("compare", folder, "-o", "table.odt")
    desk.done("register", folder, "-f", "odt", "-o", "register.odt")
    for name in ("table.odt", "register.odt"):
        said = [*all_texts(read_odt((desk.path / name).read_bytes()))]
        assert any("RUS/62/1" in text for text in said)


def test_the_same_draft_is_the_same_bytes() -> None:
    assert render_odt(of_140()) == render_odt(of_140())


# -- by LibreOffice -------------------------------------------------------------------------------


def test_libreoffice_accepts_and_rejects_it(tmp_path: Path) -> None:
    draft = read_dossier(RESOLUTIONS / "140", Language.EN)
    alone = [p for p in draft.proposals if p.id in ("USA/sample/1", "CHN/sample/1")]
    english, french = of_140(Language.EN), of_140(Language.FR)
    handed = [render(proposal, "odt", base=draft.base) for proposal in alone]
    in_english, in_french, *accepted = asked(
        tmp_path,
        [
            *((render_odt(redline), Wish.REJECT) for redline in (english, french)),
            *((data, Wish.ACCEPT) for data in handed),
        ],
    )
    for said, redline in ((in_english, english), (in_french, french)):
        wanted = noted(redline.base, redline.base)
        assert [line.strip() for line in said[-len(wanted) :]] == wanted
    for said, proposal in zip(accepted, alone, strict=True):
        wanted = [typed(line) for line in lines(apply(draft.base, proposal))]
        wanted = [line.replace("\ufffc", "") for line in wanted]
        without_signs = [typed(line) for line in said]
        assert without_signs[2 : 2 + 4] == wanted[:4]
        assert _letters(without_signs) >= _letters(wanted)


def _letters(said: list[str]) -> set[str]:
    return {word.strip("0123456789;,.") for line in said for word in line.split()}


def test_what_libreoffice_saves_is_the_same_proposal(tmp_path: Path) -> None:
    """Ours in OpenDocument, and ours in Word, which LibreOffice makes OpenDocument of."""
    draft = read_dossier(RESOLUTIONS / "140", Language.EN)
    pairs = [(p, form) for p in draft.proposals for form in ("odt", "docx")]
    documents = [bytes(render(p, form, base=draft.base)) for p, form in pairs]  # type: ignore[arg-type]
    for (proposal, form), data in zip(pairs, saved_as_odt(tmp_path, documents), strict=True):
        (arrival,) = arrivals(data, name=f"{form}.odt")
        assert arrival.rejected == draft.base
        again = proposal_of(arrival, draft.base)
        assert (again.id, again.unmarked) == (proposal.id, ())
        assert apply(draft.base, again) == project(merge(draft.base, [proposal]), proposal.id)


def test_what_a_person_tracks_in_libreoffice_is_a_proposal(tmp_path: Path) -> None:
    base = read(BASE, Resolution)
    clean = bytes(render(base, "odt"))  # type: ignore[arg-type]
    data = edited(
        tmp_path,
        clean,
        [
            Edit(at="every year", after=" or more often"),
            Edit(at="its report", enter="2bis\tthat all may speak;"),
        ],
    )
    (arrival,) = arrivals(data, name="after.odt")
    assert arrival.rejected == base
    revised = BASE.replace("every year", "every year or more often").replace(
        "to the Council;\n", "to the Council;\n2bis\tthat all may speak;\n"
    )
    assert arrival.value == read(revised, Resolution)


# -- what other programs write --------------------------------------------------------------------

STYLES = """<style:style style:name="P1" style:family="paragraph"
 style:parent-style-name="Standard"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/>
</style:style>
<style:style style:name="T2" style:family="text"><style:text-properties fo:font-style="normal"/>
</style:style>
<style:style style:name="T3" style:family="text"><style:text-properties text:display="none"/>
</style:style>
<text:list-style style:name="L1"><text:list-level-style-number text:level="1"
 style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2"
 style:num-format="a" style:num-suffix=")"/></text:list-style>
<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1"
 text:bullet-char="–"/></text:list-style>"""


def odt(body: str, changes: str = "", **parts: str) -> bytes:
    """Return a .odt with a body."""
    names = "".join(f' xmlns:{name}="{space}"' for name, space in SPACES.items())
    content = (
        f"<office:document-content{names}><office:automatic-styles>{STYLES}"
        "</office:automatic-styles><office:body><office:text><text:tracked-changes>"
        f"{changes}</text:tracked-changes>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    given = {
        "mimetype": MIMETYPE,
        "META-INF/manifest.xml": manifest(["content.xml"]),
        "content.xml": content,
        **parts,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in given.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else None
            archive.writestr(name, text, compress_type=stored)
    return out.getvalue()


def change(id: str, kind: str, struck: str = "", beside: str = "") -> str:
    who = "<office:change-info><dc:creator>A</dc:creator><dc:date>2018-01-15</dc:date>"
    who += "</office:change-info>"
    inside = f"<text:{kind}>{who}{struck}</text:{kind}>"
    inside += f"<text:{beside}>{who}</text:{beside}>" if beside else ""
    return f'<text:changed-region xml:id="{id}" text:id="{id}">{inside}</text:changed-region>'


def both(data: bytes) -> tuple[list[str], list[str]]:
    """Return the lines of a file with its changes rejected, and accepted; all words are there."""
    document = open_office(data).document
    rejected, accepted = (
        [line.whole for line in lines_of(view(document, wanted))]
        for wanted in (TrackView.REJECTED, TrackView.ACCEPTED)
    )
    return rejected, accepted


@pytest.mark.parametrize(
    ("body", "changes", "rejected", "accepted"),
    [
        pytest.param(
            '<text:p>A</text:p><text:p><text:change text:change-id="d"/>C</text:p>',
            change("d", "deletion", "<text:p>B</text:p><text:p/>"),
            ["A", "B", "C"], ["A", "C"],
            id="a whole paragraph is struck",
        ),
        pytest.param(
            '<text:p>A<text:change text:change-id="d"/></text:p><text:p>C</text:p>',
            change("d", "deletion", "<text:p/><text:p>B</text:p>"),
            ["A", "B", "C"], ["A", "C"],
            id="from the end of one to the end of the next",
        ),
        pytest.param(
            '<text:p>one <text:change text:change-id="d"/> four</text:p>',
            change("d", "deletion", "<text:p>two</text:p><text:p>and</text:p>"
                "<text:p>three<text:s/></text:p>"),
            ["one two", "and", "three four"], ["one four"],
            id="from the middle of one to the middle of another",
        ),
        pytest.param(
            '<text:p>A<text:change-start text:change-id="i"/></text:p><text:p>B'
            '<text:change-end text:change-id="i"/></text:p><text:p>C</text:p>',
            change("i", "insertion"),
            ["A", "C"], ["A", "B", "C"],
            id="a paragraph is inserted",
        ),
        pytest.param(
            '<text:p>one<text:change-start text:change-id="i"/> two'
            '<text:change text:change-id="d"/> four<text:change-end text:change-id="i"/></text:p>',
            change("i", "insertion")
            + change("d", "deletion", "<text:p> three</text:p>", "insertion"),
            ["one"], ["one two four"],
            id="what was inserted is struck",
        ),
        pytest.param(
            '<text:list text:style-name="L1"><text:list-item><text:p>A</text:p></text:list-item>'
            '<text:list-item><text:p><text:change text:change-id="d"/>C</text:p></text:list-item>'
            "</text:list>",
            change("d", "deletion", '<text:list><text:list-item><text:p>B</text:p></text:list-item>'
                "<text:list-item><text:p/></text:list-item></text:list>"),
            ["1.\tA", "2.\tB", "3.\tC"], ["1.\tA", "2.\tC"],
            id="a numbered paragraph is struck",
        ),
        pytest.param(
            '<text:p>A<text:change-start text:change-id="f"/>b<text:change-end text:change-id="f"/>'
            "</text:p>",
            change("f", "format-change"),
            ["Ab"], ["Ab"],
            id="only the look is changed",
        ),
    ],
)  # fmt: skip
def test_changes(body: str, changes: str, rejected: list[str], accepted: list[str]) -> None:
    assert both(odt(body, changes)) == (rejected, accepted)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<text:p> one \n  two<text:s/><text:s text:c='2'/>x<text:tab/>y</text:p>",
         ["one two   x\ty"]),
        ('<text:list text:style-name="L1"><text:list-item><text:p>A</text:p><text:p>more</text:p>'
         "<text:list><text:list-item><text:p>B</text:p></text:list-item></text:list>"
         '</text:list-item></text:list><text:list text:continue-numbering="true" '
         'text:style-name="L1"><text:list-item><text:p>C</text:p></text:list-item></text:list>'
         '<text:list text:style-name="L1"><text:list-item text:start-value="7"><text:p>D</text:p>'
         "</text:list-item></text:list>",
         ["1.\tA", "more", "a)\tB", "2.\tC", "7.\tD"]),
        ('<text:list text:style-name="L2"><text:list-header><text:p>H</text:p></text:list-header>'
         "<text:list-item><text:p>A</text:p></text:list-item></text:list>", ["H", "–\tA"]),
        ("<text:section><text:p><text:a>a link</text:a> and <text:bookmark-ref>3"
         "</text:bookmark-ref></text:p></text:section><text:table-of-content><text:table-of-content-source>"
         "<text:index-title-template>Contents</text:index-title-template>"
         "</text:table-of-content-source><text:index-body><text:p>One</text:p></text:index-body>"
         "</text:table-of-content>", ["a link and 3", "One"]),
        ("<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
         "<table:covered-table-cell/><table:table-cell><text:p>b</text:p></table:table-cell>"
         "</table:table-row></table:table>", ["a b"]),
    ],
)  # fmt: skip
def test_lines(body: str, said: list[str]) -> None:
    assert both(odt(body))[1] == said


def test_the_look_is_that_of_the_letters_not_of_the_template() -> None:
    (line,) = lines_of(
        view(
            read_odt(odt('<text:p text:style-name="P1">all <text:span text:style-name="T1">bold'
                '</text:span> but <text:span text:style-name="T2">this</text:span></text:p>')),
            TrackView.ACCEPTED,
        )
    )  # fmt: skip
    assert line.rich
    assert {(line.whole[m.start : m.end], m.kind) for m in line.rich.marks} == {
        ("all bold but ", "i"),
        ("bold", "b"),
    }


def test_footnotes_keep_their_signs_and_their_changes() -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation{}>{}</text:note-citation>'
        "<text:note-body><text:p>{}</text:p></text:note-body></text:note>"
    )
    starred = note.format(' text:label="*"', "*", "star")
    body = f"<text:p>A{note.format('', 1, 'old')} B{starred}"
    (line,) = lines_of(view(read_odt(odt(f"{body}</text:p>")), TrackView.ACCEPTED))
    assert line.rich
    assert [(n.label, n.body) for n in line.rich.notes] == [("1", "old"), ("*", "star")]


def test_what_is_beside_the_text_is_said_and_not_read_into_it() -> None:
    data = odt(
        "<text:p>seen<office:annotation><dc:creator>B</dc:creator><dc:date>2018</dc:date>"
        "<text:p>a remark</text:p></office:annotation>"
        '<text:span text:style-name="T3"> unseen</text:span></text:p>'
        "<text:p><draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame>"
        "</text:p>"
    )
    assert both(data)[1] == ["seen"]
    assert [(a.text, a.why) for a in read_odt(data).asides] == [
        ("a remark", "comment"),
        (" unseen", "hidden text"),
        ("boxed", "text box"),
    ]


def test_a_word_that_the_reader_lacks_is_named() -> None:
    data = odt("<text:p>A</text:p><text:p>zebra</text:p>")
    whole = read_odt(data)
    with pytest.raises(Invalid, match="zebra"):
        account_for(count_odt(data), all_texts(replace(whole, blocks=whole.blocks[:1])))


# -- what is not safe -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (odt("", **{"META-INF/manifest.xml": "<m><encryption-data/></m>"}), "it has a password"),
        (odt("<text:section>" * 230 + "</text:section>" * 230), "nested too deep"),
        (odt("<text:list><text:list-item>" * 110 + "</text:list-item></text:list>" * 110),
         "nested too deep"),
        (odt("", **{"content.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x/>'}), "content.xml"),
        (odt("", **{"content.xml": "<x/>"}), "not the text of an OpenDocument"),
        (odt("x" * 80_000_000), "it has 80"),
        (odt("<text:p>A</text:p>")[:-40], "cut short or damaged"),
    ],
)  # fmt: skip
def test_what_is_not_safe_is_refused(data: bytes, said: str) -> None:
    assert is_odt(data)
    with pytest.raises(Unreadable, match=said):
        arrivals(data, name="bad.odt")


def test_a_million_blanks_are_not_believed() -> None:
    assert len(both(odt('<text:p>A<text:s text:c="999999999"/>B</text:p>'))[1][0]) < 2000


def test_a_note_that_begins_with_its_own_number_keeps_it() -> None:
    text = "RESOLUTION 1\nRivers\nThe Conference,\nnoting\na)\tfloods[^1] and rain[^1];\n"
    text += "[^1]: old.\n[^1]: 1 January.\n"
    base, revised = (
        read_text(one, Language.EN).resolution for one in (text, text.replace("floods", "snow"))
    )
    redline = laid(merge(base, [propose(base, revised, "RUS/1/1")]))
    document = read_odt(render_odt(redline, RenderOptions(names=Names.NONE)))
    assert "1 January." in str(shown(document, TrackView.ACCEPTED))
