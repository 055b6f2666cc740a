"""A plain text is read into a tree, and every word of it is placed or listed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from resamend.errors import Invalid, Unreadable
from resamend.model import OBJECT, Kind, Language, Mark, Provision, walk
from resamend.numbering import readings
from resamend.readers.headings import HeadingTable, shipped_headings
from resamend.readers.importing import Imported
from resamend.readers.proposal_header import Kept
from resamend.readers.text import read_text
from resamend.renderers.plain import written
from resamend.safe import in_force
from tests import texts as ours
from tests.programs import folder

REPOSITORY = Path(__file__).parent.parent
ORIGINALS = sorted(REPOSITORY.glob("resolutions/*/originals/*.txt"))


def text(*lines: str) -> str:
    return "\n".join(lines).replace("→", "\t")


def drawn(read: Imported) -> str:
    """Draw the tree as a delegate would sketch it: one provision a line, two spaces a level."""
    lines: list[str] = []

    def draw(provisions: tuple[Provision, ...], depth: int) -> None:
        for provision in provisions:
            kind = "" if provision.kind is Kind.ITEM else f"<{provision.kind}>"
            words = [kind, provision.label, provision.text]
            lines.append("  " * depth + " ".join(filter(None, words)))
            draw(provision.children, depth + 1)

    for whole in read.resolution.provisions:
        assert whole.kind is Kind.RESOLUTION
        draw(whole.children, 0)
    return "\n".join(lines)


_LABEL_GAP = re.compile(r"^(\S+(?: \))?)\s+")


_NOTE = re.compile(r"\[\^[^\]]*\]:")


def source_lines(source: str, without: set[int]) -> list[str]:
    """Return the lines of a text but for blank ones, edges, and white space after labels."""
    found = []
    for number, line in enumerate(re.split(r"\r\n|\n|\r", source.removeprefix("\ufeff")), 1):
        if number not in without:
            found += [_LABEL_GAP.sub(r"\1 ", part.strip()) for part in line.split("\f")]
    return [line for line in found if line]


def beside_their_text(lines: Iterable[str]) -> list[str]:
    """Put labels that stand alone on a line beside the text below, where it may have been read.

    A footnote is no such text: a label above it stays where it was.
    """
    joined: list[str] = []
    alone = ""
    for line in lines:
        if _NOTE.match(line):
            joined.append(line)
            continue
        joined += [f"{alone} {line}".strip()] if not readings(line) else [alone] if alone else []
        alone = line if readings(line) else ""
    return [*joined, alone] if alone else joined


def assert_lawful(source: str, read: Imported) -> None:
    """Assert the law of the reader: the text written again is the source, but for lone labels."""
    beside = {noted.number for noted in read.balance.left_out}
    before = beside_their_text(source_lines(source, beside))
    after = beside_their_text(source_lines(written(read.resolution), set()))
    if any("was put there" in notice for notice in read.balance.notices):
        before, after = sorted(before), sorted(after)
    assert after == before
    balance = read.balance
    assert balance.words_in == balance.words_placed + balance.words_left_out
    ids = [provision.id for provision in walk(read.resolution.provisions)]
    assert len(ids) == len(set(ids))


# -- a resolution ---------------------------------------------------------------------------------

RESOLUTION = text(
    "RESOLUTION 140 (REV. BUSAN, 2014)",
    "The part of ITU in the Summit",
    "The Plenipotentiary Conference of ITU (Busan, 2014),",
    "",
    "recalling",
    "a)→Resolution 73;",
    "b)→the Tunis Agenda[^1],",
    "[^1]: See *resolves* 2.",
    "further taking into account",
    "that the Union serves the Summit,",
    "wishing that",
    "a)→all goes well,",
    "resolves",
    "1→to go on with:",
    "i)→the plan;",
    "ii)→the report, as in *resolves* 1 above;",
    "1bis→to stop;",
    "2→to begin,",
    "instructs the Secretary-General and the Directors of the Bureaux",
    "to report.",
    "ANNEX 1 TO RESOLUTION 140",
    "Terms of reference",
    "1→to meet;",
    "2→to read.",
)


def test_a_resolution_becomes_a_tree() -> None:
    read = read_text(RESOLUTION)
    assert drawn(read) == "\n".join(
        (
            "<number> RESOLUTION 140 (REV. BUSAN, 2014)",
            "<title> The part of ITU in the Summit",
            "<enacting> The Plenipotentiary Conference of ITU (Busan, 2014),",
            "<preambular> recalling",
            "  a) Resolution 73;",
            f"  b) the Tunis Agenda{OBJECT},",
            "    <footnote> 1 See resolves 2.",
            "<preambular> further taking into account",
            "  that the Union serves the Summit,",
            "<preambular> wishing that",
            "  a) all goes well,",
            "<operative> resolves",
            "  1 to go on with:",
            "    i) the plan;",
            "    ii) the report, as in resolves 1 above;",
            "  1bis to stop;",
            "  2 to begin,",
            "<operative> instructs the Secretary-General and the Directors of the Bureaux",
            "  to report.",
            "<annex> ANNEX 1 TO RESOLUTION 140",
            "  <title> Terms of reference",
            "  1 to meet;",
            "  2 to read.",
        )
    )
    assert read.resolution.language is Language.EN
    assert read.resolution.metadata.number == "140"
    assert read.resolution.metadata.revision == "REV. BUSAN, 2014"
    assert (read.balance.unclassified, read.balance.notices) == ((), ())
    assert_lawful(RESOLUTION, read)


def test_ids_are_given() -> None:
    ids = [provision.id for provision in walk(read_text(RESOLUTION).resolution.provisions)]
    assert {"recs_1__rec_b__ftn_1", "dvs_1__para_1__point_ii", "att_1__para_2"} <= set(ids)


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("fr", "RÉSOLUTION 1 (DUBAÏ, 2018)|Titre|Le Conseil,|rappelant|a)→x,|décide en outre|1→y."),
        ("es", "RESOLUCIÓN 1|Título|El Consejo,|considerando además|a)→x,|resuelve|1→y."),
        ("ru", "РЕЗОЛЮЦИЯ 1|Название|Совет,|учитывая далее,|с)→x,|решает|1→y."),
        ("zh", "第1号决议（2014年，釜山）|标题|理事会，|进一步考虑到|a）→x，|责成秘书长|1→y。"),
        ("ar", "القرار 1|العنوان|إن المجلس،|وإذ يذكر|أ )→x،|ويقرر|1→y."),
    ],
)
def test_six_languages_have_the_same_tree(language: str, source: str) -> None:
    source = text(*source.split("|"))
    read = read_text(source)
    assert read.resolution.language == language
    kinds = [provision.kind.value for provision in read.resolution.provisions[0].children]
    assert kinds == ["number", "title", "enacting", "preambular", "operative"]
    assert not read.balance.unclassified
    assert_lawful(source, read)


# -- labels and lists -----------------------------------------------------------------------------


def outline(*lines: str) -> list[str]:
    """Read items and return their labels, two dots before them for each level."""
    tree = drawn(read_text(text("resolves", *lines), Language.EN)).splitlines()[1:]
    levels = [len(line) - len(line.lstrip()) - 2 for line in tree]
    return ["." * level + line.split()[0] for level, line in zip(levels, tree, strict=True)]


@pytest.mark.parametrize(
    "labels",
    [
        "1 ..1.1 ....a) ......i) ........• ..........– ........• ......ii) ....b) ..1.2 2",
        "h) i) j)",
        "h) ..i) ..ii) i) j)",
        "u) ..i) ..ii) ..iii) ..iv) v) w)",
        "t) ..i) ..ii) ..iii) ..iv) ..v) u)",
        "y) z) aa) bb) ..i) ..ii) cc)",
        "1 1bis 1ter 2",
        "1 ..a) ..abis) ..b) 2 3",
        "9 ..9.1 ..9.1",
        "1 2 4",
        "(a) (b) ..i) ..ii) (c)",
        "1 ..(1) ..(2) 2",
        "A ..I. ..II. B",
    ],
)
def test_a_label_is_read_by_its_list(labels: str) -> None:
    told = labels.split()
    levels = [len(label) - len(label.lstrip(".")) for label in told] + [0]
    lines = [
        f"{label.lstrip('.')}→words{':' if levels[n + 1] > levels[n] else ';'}"
        for n, label in enumerate(told)
    ]
    assert outline(*lines) == told


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("1 that", "1"),
        ("1bis that", "1bis"),
        ("a) that", "a)"),
        ("(a) that", "(a)"),
        ("• that", "•"),
        ("* that", "*"),
        ("a→that", "a"),
        ("  a)\u00a0that", "a)"),
        ("A la suite", ""),
        ("a text", ""),
        ("M. Smith spoke", ""),
        ("*that*", ""),
        ("2014 was the year", ""),  # a number without a TAB that continues no list
    ],
)
def test_prose_is_not_taken_for_a_label(line: str, label: str) -> None:
    read = read_text(text("resolves", "that:", line), Language.EN)
    assert list(walk(read.resolution.provisions))[-1].label == label


# -- paragraphs without a label -------------------------------------------------------------------


def test_a_sentence_broken_by_a_page_is_kept_below_its_item_and_reported() -> None:
    source = text(
        "resolves", "a)→that members, by means of", "", "→workshops, should meet;", "b)→so."
    )
    read = read_text(source)
    assert drawn(read) == "\n".join(
        (
            "<operative> resolves",
            "  a) that members, by means of",
            "    <text> workshops, should meet;",
            "  b) so.",
        )
    )
    noted = read.balance.unclassified
    assert [(n.number, n.why) for n in noted] == [(4, "a sentence goes on after a break")]
    assert_lawful(source, read)


def test_a_paragraph_of_its_own_stands_beside_the_item() -> None:
    read = read_text(text("resolves", "1→one;", "Two is not a heading;", "2→two."))
    assert drawn(read).splitlines()[2] == "  <text> Two is not a heading;"
    assert [noted.number for noted in read.balance.unclassified] == [3]


def test_a_paragraph_never_parts_an_item_from_its_sub_items() -> None:
    read = read_text(text("5→Point", "Mr Smith spoke.", "5.1→Noted."), Language.EN)
    assert drawn(read) == "5 Point\n  <text> Mr Smith spoke.\n  5.1 Noted."


def test_a_heading_that_runs_on_into_its_sentence_is_a_paragraph() -> None:
    read = read_text(text("resolves", "1→one;", "thanks the Governments of both States."))
    assert drawn(read).splitlines()[-1] == "<text> thanks the Governments of both States."
    assert read.balance.unclassified[0].why == "a heading runs on into its sentence"


def test_a_report_has_no_headings() -> None:
    read = read_text(text("Summary", "Council Resolution 1332", "1→Introduction"), Language.EN)
    assert drawn(read) == "<text> Summary\n<text> Council Resolution 1332\n1 Introduction"
    assert not read.balance.unclassified


# -- marks and footnotes --------------------------------------------------------------------------


def only(line: str, *more: str) -> Provision:
    return list(walk(read_text(text("resolves", f"1→{line}", *more)).resolution.provisions))[2]


def test_asterisks_that_hug_words_are_italics() -> None:
    assert only("see *resolves* 2").marks == (Mark(4, 12, "i"),)
    assert only("见*做出决议*第2段").text == "见做出决议第2段"


@pytest.mark.parametrize("line", ["2 * 3 * 4", "2*3*4", "**x**", "*a**b*", "an * alone", "* x *"])
def test_other_asterisks_stay(line: str) -> None:
    assert (only(line).text, only(line).marks) == (line, ())


def test_footnotes_come_first_in_the_order_of_their_marks() -> None:
    source = text("resolves", "1→one[^1] two[^2]:", "[^1]: first", "[^2]: second", "i)→sub.")
    read = read_text(source)
    assert drawn(read).splitlines()[1:] == [
        f"  1 one{OBJECT} two{OBJECT}:",
        "    <footnote> 1 first",
        "    <footnote> 2 second",
        "    i) sub.",
    ]
    assert_lawful(source, read)


def test_a_mark_or_a_footnote_alone_stays_text_and_is_reported() -> None:
    source = text("resolves", "1→one[^1];", "[^2]: two")
    read = read_text(source)
    assert [p.kind for p in walk(read.resolution.provisions)][-2:] == [Kind.ITEM, Kind.TEXT]
    assert only("one[^1];").text == "one[^1];"
    assert [notice.split(";")[0] for notice in read.balance.notices] == [
        "line 2: the mark [^1] has no footnote",
        "line 3: footnote 2 has no mark",
    ]
    assert_lawful(source, read)


def test_a_footnote_far_from_its_mark_is_put_there_and_reported() -> None:
    source = text("resolves", "1→one[^1];", "2→two.", "[^1]: note")
    read = read_text(source)
    assert "    <footnote> 1 note" in drawn(read).splitlines()
    assert read.balance.notices == ("line 4: the footnote belongs to line 2 and was put there",)


# -- proposals ------------------------------------------------------------------------------------


def test_a_proposal_says_whose_it_is_what_it_keeps_and_why() -> None:
    source = text(
        "MOD→USA/62/1",
        RESOLUTION,
        "NOC→recalling b)",
        "Reasons: It is new.",
        "Reasons: The world has moved on.",
        "So should we.",
    )
    read = read_text(source)
    assert (read.symbol, read.source) == ("MOD", "USA/62/1")
    assert read.kept == (Kept("recalling b)", "It is new."),)
    assert read.reasons == "The world has moved on.\nSo should we."
    assert read.resolution == read_text(RESOLUTION).resolution
    assert [noted.number for noted in read.balance.left_out] == [1, 26, 27, 28, 29]
    assert_lawful(source, read)


def test_a_resolution_is_suppressed_as_a_whole() -> None:
    read = read_text(text("SUP→USA/62/1", "Motifs: C'est fait."))
    assert (read.symbol, read.reasons) == ("SUP", "C'est fait.")
    assert read.resolution.provisions == ()
    assert read.resolution.language is Language.FR


def test_the_text_that_a_suppression_quotes_is_listed() -> None:
    read = read_text(text("SUP→USA/62/1", "RESOLUTION 1334", "Title"))
    assert read.resolution.provisions == ()
    assert [noted.why for noted in read.balance.left_out][1:] == ["it is suppressed"] * 2


def test_a_second_proposal_is_refused() -> None:
    with pytest.raises(Invalid, match="line 3: a second proposal begins: MOD CHN/1/1"):
        read_text(text("MOD→RUS/1/1", "resolves", "MOD→CHN/1/1"), Language.EN)


def test_what_stands_before_a_proposal_is_beside_it() -> None:
    read = read_text(text("Proposal by Russia", "MOD→RUS/1/1", "resolves", "1→to meet;"))
    assert (read.symbol, read.source) == ("MOD", "RUS/1/1")
    assert [(noted.text, noted.why) for noted in read.balance.left_out] == [
        ("Proposal by Russia", "before the proposal"),
        ("MOD\tRUS/1/1", "symbol of the proposal"),
    ]


def test_a_proposal_behind_a_text_is_refused() -> None:
    with pytest.raises(Invalid, match="line 3: a proposal begins in a text: MOD RUS/1/1"):
        read_text(text("resolves", "1→to meet;", "MOD→RUS/1/1", "resolves", "1→to part;"))


# -- notices and refusals -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "notice"),
    [
        ("See Annex 2 to this resolution.", ("line 2: Annex 2 is announced and absent",)),
        ("See the annex to this resolution.", ("line 2: Annex is announced and absent",)),
        ("See the annex to the Tunis Agenda.", ()),
    ],
)
def test_an_annex_that_is_announced_and_absent_is_reported(
    line: str, notice: tuple[str, ...]
) -> None:
    assert read_text(text("resolves", f"1→{line}")).balance.notices == notice


def test_a_label_that_stands_twice_is_reported() -> None:
    read = read_text(text("9→End", "9.1→Done.", "9.1→Thanks.", "•→x", "•→y"), Language.EN)
    assert read.balance.notices == ("label 9.1 stands twice",)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"resolves\nl\xe9", r"x.txt: byte 10 \(0xe9, line 2\) is not UTF-8"),
        ("resolves\n1\tx".encode("utf-16"), "not UTF-8"),
        (b"resolves\n1\tx\x0by", r"U\+000B stands in line 2"),
        ("resolves\n1\tx\ud800y", r"U\+D800 stands in line 2"),
        (b"x" * (in_force().size + 1), "bytes. The limit 'size' is 20M"),
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes | str, message: str) -> None:
    with pytest.raises(Unreadable, match=message):
        read_text(data, name="x.txt")


def test_a_byte_order_mark_and_form_feeds_are_allowed() -> None:
    read = read_text(b"\xef\xbb\xbfresolves\r\n1\tone;\f2\ttwo.")
    assert drawn(read) == "<operative> resolves\n  1 one;\n  2 two."


def test_without_evidence_the_language_is_asked_for() -> None:
    with pytest.raises(Invalid, match="`language=`"):
        read_text("1\tone")
    assert read_text("1\tone", Language.ES).resolution.language is Language.ES


def test_an_empty_text_is_an_empty_resolution() -> None:
    assert read_text("\n \n", Language.EN).resolution.provisions == ()


def test_the_table_of_headings_can_be_another() -> None:
    own = replace(
        shipped_headings().of(Language.EN), preambular=("dreaming",), operative=("wants",)
    )
    table = HeadingTable((own,))
    read = read_text(text("dreaming", "that,", "wants", "it."), headings=table)
    assert drawn(read) == "<preambular> dreaming\n  that,\n<operative> wants\n  it."


# -- the law --------------------------------------------------------------------------------------

LABELS = st.sampled_from(
    ["1\t", "2\t", "2bis\t", "1.1\t", "9.1\t", "2014 ", "12", "a)\t", "b)  ", "h)\t", "i)\t",
     "ii) ", "v)\t", "aa)\t", "•\t", "\t–\t", "* ", "(a)\t", "أ )\t", "a）\t", "\u200f1\t", "", ""]
)  # fmt: skip
WHOLE = st.sampled_from(
    ["RESOLUTION 140 (REV. BUSAN, 2014)", "The Council,", "recalling", "considering further",
     "resolves", "instructs X to report on:", "unheard of", "ANNEX 1 TO RESOLUTION 140", "ANNEX 2",
     "[^1]: a *note*", "[^2]:", "Reasons: why", "NOC\tresolves 4", "", " \t", "a\fb"]
)  # fmt: skip
INSIDE = st.sampled_from(["", "", "", ":", ";", ".", "[^1]", " [^2]", " *x*", "*", " *a b*,"])
LINES = st.one_of(WHOLE, st.builds(lambda a, b, c: a + b + c, LABELS, ours.texts(5), INSIDE))


@example(["RESOLUTION 140 (REV. BUSAN, 2014)", "1\t *a b*,", "1\tto act", "1\t", "1\t"], "\n", "")
@given(
    st.lists(LINES, max_size=25),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "MOD\tRUS/62/1\n"]),
)
def test_the_text_written_again_is_the_source(lines: list[str], end: str, symbol: str) -> None:
    source = symbol + end.join(lines)
    assert_lawful(source, read_text(source, Language.EN))


@pytest.mark.parametrize("file", ORIGINALS, ids=lambda file: f"{file.parts[-3]}/{file.name}")
def test_the_sample_texts_are_read_without_a_doubt(file: Path) -> None:
    source = file.read_bytes().decode()
    read = read_text(source)
    assert file.name.split(".")[-2] == read.resolution.language
    assert (read.balance.unclassified, read.balance.notices) == ((), ())
    assert_lawful(source, read)


def test_the_report_of_the_working_group_is_read_in_full() -> None:
    source = folder("seed-wsis-report.fr.txt").read_bytes().decode()
    read = read_text(source)
    assert_lawful(source, read)
    tree = drawn(read).splitlines()
    assert [line.split()[0] for line in tree if line[:1].isdigit()] == list("123456789")
    letters = [line.split()[0] for line in tree[tree.index(_start(tree, "  2.6 ")) :]]
    letters = letters[: letters.index("3")]
    assert letters.count("aa)") == letters.count("bb)") == 1
    within = [line.split()[0] for line in tree if re.match(r" {4}\S", line)]
    assert [w for w in within if w in ("u)", "v)", "w)")] == ["u)", "v)", "w)"]
    assert len([line for line in tree if re.match(r" {10}–", line)]) == 2
    assert [noted.number for noted in read.balance.unclassified] == [51, 156, 205, 223]
    assert read.balance.notices == (
        "line 2: Annexe 2 is announced and absent",
        "label 9.1 stands twice",
    )


def _start(tree: list[str], beginning: str) -> str:
    return next(line for line in tree if line.startswith(beginning))


@pytest.mark.parametrize(
    ("language", "enacting", "heading"),
    [
        (Language.EN, "The World Health Assembly,", "recognizing"),
        (Language.FR, "L’Assemblée mondiale de la Santé,", "reconnaissant"),
        (Language.ES, "La Junta de Gobernadores,", "reconociendo"),
        (Language.RU, "Совет управляющих,", "признавая"),
        (Language.ZH, "世界卫生大会，", "认识到"),
        (Language.AR, "إن جمعية الصحة العالمية،", "إذ يدرك"),
    ],
)
def test_who_decides_is_no_title_where_there_is_none(
    language: Language, enacting: str, heading: str
) -> None:
    number = NUMBER_LINES[language]
    read = read_text(f"{number}\n\n{enacting}\n\n{heading}\n\na)\t…\n", language)
    kinds = {provision.text: provision.kind for provision in walk(read.resolution.provisions)}
    assert kinds[enacting] is Kind.ENACTING
    assert kinds[number] is Kind.NUMBER


NUMBER_LINES = {
    Language.EN: "RESOLUTION 12",
    Language.FR: "RÉSOLUTION 12",
    Language.ES: "RESOLUCIÓN 12",
    Language.RU: "РЕЗОЛЮЦИЯ 12",
    Language.ZH: "第12号决议",
    Language.AR: "قرار 12",
}
