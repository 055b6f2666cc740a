"""A draft as a Word document: read by others, by its marks alone."""

from __future__ import annotations

import re
from pathlib import Path
from string import ascii_lowercase

import pytest
from hypothesis import assume, given, settings
from msgspec.structs import replace

from resamend.amendment import apply, propose
from resamend.conflict import OptionKind, Standing, find
from resamend.consolidation import Consolidated, merge
from resamend.dossier.parsing import read
from resamend.dossier.reading import read_dossier
from resamend.model import OBJECT, Kind, Language, Proponent, Provision, Resolution, walk
from resamend.ooxml import TrackView, read_document, view
from resamend.ooxml.embedded import File
from resamend.page.options import USUAL, Audience, Cover, Names, RenderOptions
from resamend.readers.docx_lines import lines_of
from resamend.readers.lines import Rich
from resamend.readers.text import read_text
from resamend.redlines import Redline, redline
from resamend.renderers.docx import render_docx
from resamend.renderers.text import render_text
from resamend.words import bare
from tests import oracle
from tests import strategies as ours
from tests.effort import tries
from tests.office import Wish, asked
from tests.strategies import Draft
from tests.test_laws_redline import _changed_on_the_way
from tests.word import W, Word, opened

RESOLUTIONS = Path(__file__).parent.parent / "resolutions"


def laid(merged: Consolidated) -> Redline:
    return redline(merged, find(merged))


def of_140(language: Language = Language.EN) -> Redline:
    found = read_dossier(RESOLUTIONS / "140", language)
    merged = merge(found.base, found.proposals)
    return redline(merged, find(merged), numbers=found.numbers)


def lines(text: Resolution) -> list[str]:
    """Return the paragraphs of a text: label, tab, words; footnotes and empty ones left out."""
    return [
        line for p in walk(text.provisions) if p.kind is not Kind.FOOTNOTE if (line := _line(p))
    ]


def _line(provision: Provision) -> str:
    return f"{provision.label}\t{provision.text}" if provision.label else provision.text


def notes(text: Resolution) -> list[str]:
    return [p.text for p in walk(text.provisions) if p.kind is Kind.FOOTNOTE]


@settings(max_examples=tries(60))
@given(ours.drafts())
def test_rejecting_all_gives_the_text_in_force(draft: Draft) -> None:
    word = opened(render_docx(laid(merge(draft.base, draft.proposals))))
    assert word.rejected() == lines(draft.base)
    assert word.notes(accept=False) == notes(draft.base)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_resolution_140_rejected_is_its_text_in_force(language: str) -> None:
    shown = of_140(Language(language))
    assert opened(render_docx(shown)).rejected() == lines(shown.base)


def test_libreoffice_prints_accepts_and_rejects_it(tmp_path: Path) -> None:
    """Another program finds the points, the text in force, and what one proposal asks for."""
    draft = read_dossier(RESOLUTIONS / "140", Language.EN)
    alone = [p for p in draft.proposals if p.id in ("USA/sample/1", "CHN/sample/1")]
    english, french = of_140(Language.EN), of_140(Language.FR)
    singly = [laid(merge(draft.base, [proposal])) for proposal in alone]
    nameless = RenderOptions(names=Names.NONE)
    noted_text = NOTED.replace("meet;", "meet;[^1]") + "\n[^1]: In force."
    more = noted_text.replace("write;", "write;[^2]") + "\n[^2]: Here too."
    base, revised = read(noted_text, Resolution), read(more, Resolution)
    new_note = laid(merge(base, [propose(base, revised, "RUS/1/1")]))
    printed, with_note, in_english, in_french, *accepted = asked(
        tmp_path,
        [
            (render_docx(english), Wish.PRINT),
            (render_docx(new_note), Wish.PRINT),
            *((render_docx(shown), Wish.REJECT) for shown in (english, french)),
            *((render_docx(shown, nameless), Wish.ACCEPT) for shown in singly),
        ],
    )
    for said, shown in ((in_english, english), (in_french, french)):
        wanted = noted(shown.base, shown.base)
        assert [line.strip() for line in said[-len(wanted) :]] == wanted
    for said, proposal in zip(accepted, alone, strict=True):
        wanted = noted(apply(draft.base, proposal), draft.base)
        assert [typed(line) for line in said[-len(wanted) :]] == [typed(line) for line in wanted]
    page = " ".join(" ".join(printed).split())
    for told in ("Option 1 (ARM, BLR, KGZ, RUS)", "[Point 1:", "no change]"):
        assert told in page
    for note in notes(english.base):
        assert note.rstrip(".") in page
    below = next(k for k, line in enumerate(with_note) if "Here too." in line)
    assert " ".join(with_note[below - 1 : below + 1]).split() == ["a", "Here", "too."]


def noted(text: Resolution, base: Resolution) -> list[str]:
    """Return the lines of a text with the marks of footnotes as its draft prints them."""
    in_force, fresh = notes(base), iter(ascii_lowercase)
    signs = iter([1 + in_force.index(n) if n in in_force else next(fresh) for n in notes(text)])
    return [re.sub(OBJECT, lambda _: str(next(signs)), line).strip() for line in lines(text)]


def typed(line: str) -> str:
    """Return a line without its label and with typography as it is typed: neither is a change."""
    text = line.strip().rpartition("\t")[2]
    return text.translate(str.maketrans({"\u00a0": " ", "’": "'", "\u2011": "-"}))


NOTED = """RESOLUTION 7 (GENEVA, 2022)
Notes
The Conference (Geneva, 2022),

resolves
1\tto meet;
2\tto write; to rest,
"""


def drawn_up(*texts: str, options: RenderOptions = USUAL) -> Word:
    """Return the draft of a text in force and of what one state or several want, in plain text."""
    base = read(NOTED, Resolution)
    states = zip(("RUS/1/1", "CHN/2/1"), texts, strict=False)
    proposals = [propose(base, read(text, Resolution), id) for id, text in states]
    return opened(render_docx(laid(merge(base, proposals)), options))


@pytest.mark.parametrize(
    "options, names",
    [
        (RenderOptions(), ["‹CHN, RUS›", "‹ADD RUS›"]),
        (RenderOptions(names=Names.NUMBER), ["‹2 proponents›", "‹ADD 1 proponent›"]),
        (RenderOptions(names=Names.NONE), []),
        (RenderOptions(audience=Audience.PUBLIC), []),
    ],
)
def test_on_paper_each_change_says_who_asks_for_it(
    options: RenderOptions, names: list[str]
) -> None:
    changed = NOTED.replace("to write", "to speak")
    word = drawn_up(f"{changed.rstrip()}\n3\tto sleep.\n", changed, options=options)
    assert word.names() == names
    assert ("Between ‹ and ›" in word.parts["word/document.xml"].decode()) is bool(names)
    assert word.rejected()[-1] == lines(read(NOTED, Resolution))[-1]


def test_where_changes_touch_each_has_its_own_names() -> None:
    base = NOTED.replace("to write; to rest", "每年在日内瓦举行会议")
    proposals = [
        propose(read(base, Resolution), read(base.replace(*words), Resolution), id)
        for words, id in ((("每年", "每年两次"), "RUS/1/1"), (("在日内瓦", "春季"), "CHN/2/1"))
    ]
    word = opened(render_docx(laid(merge(read(base, Resolution), proposals))))
    assert word.names() == ["‹RUS›", "‹CHN›"]


def test_a_footnote_said_twice_is_two_footnotes() -> None:
    wanted = NOTED.replace("meet;", "meet;\n1bis\tto talk[^1], or not[^2];")
    wanted = wanted.replace("rest,", "rest[^3],")
    word = drawn_up(wanted + "".join(f"[^{n}]: See below.\n" for n in (1, 2, 3)))
    assert word.notes(accept=True) == ["See below."] * 3
    assert "See below." not in word.accepted()


FOOTNOTES = {
    "en": ("resolves", "to meet[^1] soon[^2], and often[^3]", "The group|Since 2003|As is done"),
    "zh": ("做出决议", "开会[^1]尽快[^2]并经常[^3]", "工作组成员|自从二零零三年|如以往所做"),
}


@pytest.mark.parametrize("language", FOOTNOTES)
def test_footnotes_in_force_keep_their_numbers_and_new_ones_have_letters(language: str) -> None:
    """In Word and on the page alike, whatever the sources call them, and read back so."""
    heading, words, bodies = FOOTNOTES[language]
    line = f"RESOLUTION 7 (GENEVA, 2022)\n\n{heading}\n1\t{words}\n"
    below = [f"[^{n}]: {body}\n" for n, body in enumerate(bodies.split("|"), 1)]

    def with_notes(*kept: int) -> Resolution:
        text = re.sub(r"\[\^(\d)\]", lambda m: m[0] if int(m[1]) in kept else "", line)
        return read_text("".join([text, *(below[n - 1] for n in kept)]).encode()).resolution

    base = with_notes(2)
    asked_for = [("RUS/1/1", with_notes(1, 2)), ("CHN/2/1", with_notes(2, 3))]
    shown = laid(merge(base, [propose(base, text, id) for id, text in asked_for]))
    page = re.findall(r"\[\^(\w+)\]", render_text(shown))
    data = render_docx(shown)
    document = view(read_document(data), TrackView.ACCEPTED)
    labels = [note.label for text in lines_of(document) for note in (text.rich or Rich()).notes]
    assert labels == list(dict.fromkeys(page)) == ["a", "2", "b"]
    assert [note.sign for note in document.notes] == ["a", "2", "b"]


def test_the_space_where_a_paragraph_is_cut_is_struck_at_the_end_of_the_first_part() -> None:
    word = drawn_up(NOTED.replace("write; to rest", "write;\n3\tto rest"))
    assert word.rejected()[-1] == "2\tto write; to rest,"
    assert word.accepted()[-2:] == ["2\tto write;", "3\tto rest,"]
    first, second = [
        [part.text for part in p if part.acts] for p in word.marked() if any(q.acts for q in p)
    ]
    assert (first, second) == ([" ", "‹RUS›"], ["3", "\t"])


def test_the_same_draft_is_the_same_bytes() -> None:
    assert render_docx(of_140()) == render_docx(of_140())


def front(word: Word) -> str:
    """Return the words of the first section."""
    body = word.root()[0]
    count = len(body) - len(word.text())
    paragraphs = [p for block in body[:count] for p in block.iter(f"{W}p")]
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in paragraphs)


def test_the_first_section_holds_cover_legend_and_points() -> None:
    cover = Cover(number="PP-18/62-E", original="English", agenda="7", source="The Chair")
    told = front(opened(render_docx(of_140(), RenderOptions(cover=cover))))
    assert "Illustrative text, not the official one" in told
    assert "Document PP-18/62-E" in told and "Original: English" in told and "The Chair" in told
    assert "28 points: 28 open" in told and "brackets in the text" in told
    assert "Point 27" in told and "RUS is a proponent of options 1 and 2." in told
    assert "resolves 4: NOC: to be kept (USA)" in told


@pytest.mark.parametrize("audience", list(Audience))
def test_what_a_file_says_of_proponents_depends_on_whom_it_is_for(audience: Audience) -> None:
    word = opened(render_docx(of_140(), RenderOptions(audience=audience), files=[File("a", b"b")]))
    authors = {author for p in word.marked() for part in p for _, author in part.acts}
    assert ("word/comments.xml" in word.parts) == (audience is Audience.CHAIR)
    assert ("customXml/item1.xml" in word.parts) == (audience is Audience.CHAIR)
    assert (authors == {"Consolidation"}) == (audience is Audience.PUBLIC)


def test_a_comment_says_of_each_option_who_what_and_in_which_words() -> None:
    comments = opened(render_docx(of_140())).root("word/comments.xml")
    said = ["".join(p.itertext()) for p in comments.iter(f"{W}p")]
    assert "Point 7 · different wordings" in said
    assert "Option 1 (ARM, BLR, KGZ, RUS): “concluded”" in said
    assert "Option 1 (USA): suppress (SUP)" in said
    assert any(line.startswith("Option 2: not suppressed") for line in said)


@pytest.mark.parametrize("names", [Names.NUMBER, Names.NONE])
def test_no_part_of_a_file_tells_names_that_are_not_to_be_told(names: Names) -> None:
    word = opened(render_docx(of_140(), RenderOptions(names=names), files=[File("a", b"KGZ")]))
    for part, data in word.parts.items():
        assert b"KGZ" not in data and b"CHN" not in data, part


def test_a_clean_text_for_a_committee() -> None:
    word = opened(render_docx(of_140(), RenderOptions(names=Names.NONE, audience=Audience.PUBLIC)))
    assert word.rejected() == lines(of_140().base)
    assert "28 points: 28 open" in front(word) and "Point 27" in front(word)
    assert "[Point 2: " in "".join(part.text for p in word.marked() for part in p)


@settings(max_examples=tries(60))
@given(ours.drafts())
def test_accepting_all_that_nobody_contests_gives_the_combined_text(draft: Draft) -> None:
    merged = merge(draft.base, draft.proposals)
    found = find(merged)
    assume(not found.standing(Standing.CONTESTED))
    assume(not oracle.InTurn(draft.base, draft.proposals).meet())
    word = opened(render_docx(redline(merged, found)))
    said = [bare(line.rpartition("\t")[2]) for line in word.accepted()]
    wanted = oracle.accept(merged, merged.sources).provisions
    texts = [bare(p.text) for p in walk(wanted) if p.kind is not Kind.FOOTNOTE]
    assert [text for text in said if text] == [text for text in texts if text]


# -- the visible marks alone ----------------------------------------------------------------------


@settings(max_examples=tries(60))
@given(ours.drafts(most=2))
def test_the_visible_marks_give_each_state_its_own_text(draft: Draft) -> None:
    merged = merge(draft.base, draft.proposals)
    found = find(merged)
    assume(not found.standing(Standing.CONTESTED))
    assume(not oracle.InTurn(draft.base, draft.proposals).meet())
    assume(not _changed_on_the_way(merged, draft))
    word = opened(render_docx(redline(merged, found)))
    for proposal in draft.proposals:
        said = [bare(line.rpartition("\t")[2]) for line in word.read_as(proposal.id[:3])]
        text = walk(draft.texts[proposal.id].provisions)
        wanted = [bare(p.text) for p in text if p.kind is not Kind.FOOTNOTE]
        assert [line for line in said if line] == [line for line in wanted if line]


@settings(max_examples=tries(60))
@given(ours.drafts())
def test_the_visible_marks_give_each_option_with_its_names_and_its_text(draft: Draft) -> None:
    shown = laid(merge(draft.base, draft.proposals))
    offered = opened(render_docx(shown)).options()
    said = {(each.point, each.number): each for each in offered}
    assert len(said) == len(offered), "an option is shown twice"
    for region in shown.findings.standing(Standing.CONTESTED):
        for number, option in enumerate(region.options, 1):
            each = said[str(shown.numbers[region.id]), number]
            assert each.names == ", ".join(shown.names(option.sources))
            plain = all(not word.marks for word in option.words) and OBJECT not in option.text
            if option.deed is OptionKind.WORDS and plain:
                assert bare(each.text) == bare(option.text)
            elif option.deed is OptionKind.ADD:
                texts = [bare(p.text) for p in walk(option.provisions) if p.kind is Kind.ITEM]
                assert all(text in bare(each.text) for text in texts if OBJECT not in text)


def test_very_many_proponents_stand_by_their_group_and_are_listed_once() -> None:
    base = read(NOTED, Resolution)
    codes = tuple(f"S{number:02}" for number in range(46))
    proposal = replace(
        propose(base, read(NOTED.replace("to write", "to speak"), Resolution), "EUR/44A1/1"),
        proponents=tuple(map(Proponent, codes)),
    )
    word = opened(render_docx(laid(merge(base, [proposal]))))
    authors = {author for p in word.marked() for part in p for _, author in part.acts}
    assert authors == {"EUR (46)", "Consolidation"}
    assert word.names() == ["‹EUR (46)›"]
    whole = word.parts["word/document.xml"].decode()
    assert whole.count(f"EUR (46): {', '.join(codes)}") == whole.count("S45") == 1
