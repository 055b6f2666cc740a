"""What is shown is joined and moved to where it reads best, and changes nothing (phrasing)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import pytest
from hypothesis import event
from hypothesis import strategies as st

from resamend.amendment import Proposal
from resamend.amendment.proposals import digest
from resamend.conflict import find
from resamend.consolidation import merge
from resamend.difference import Hunk, TextEdit, hunks_of
from resamend.difference.phrasing import as_read, change_weight, is_torn, reads_on, replacement
from resamend.matching import index_of
from resamend.model import Kind, Language, Word
from resamend.redlines import Block, Choice, Span, View, redline
from resamend.words import bare, split
from tests.build import resolution
from tests.strategies import law

WORDS = {
    Language.EN: "the of and , to plan review may not 40 members yearly ; draft council 7/8 7/9 5",
    Language.FR: "le de et , à plan examen ne pas 40 membres chaque ; rapport projet conseil",
    Language.AR: "في من ، إلى خطة لا مراجعة 40 الأعضاء ؛ تقرير مشروع المجلس سنويا",
    Language.ZH: "的 和 ， 在 计 划 审 查 不 得 40 成 员 ； 报 告 草 案 7/8 7/9 -5",
}
JOINING = (",", "and", ";", "和", "，")
SOURCES = ("AAA/1/1", "BBB/1/1", "CCC/1/1")


@st.composite
def texts(draw: st.DrawFn, most: int = 1) -> tuple[Language, str, list[str]]:
    """Draw a sentence, and what up to ``most`` others make of it."""
    language = draw(st.sampled_from(list(WORDS)))
    word = st.sampled_from(WORDS[language].split())
    base = draw(st.lists(word, min_size=4, max_size=14))
    revised = []
    for _ in range(draw(st.integers(1, most))):
        words = list(base)
        for _ in range(draw(st.integers(1, 6))):
            start = draw(st.integers(0, len(words)))
            end = min(start + draw(st.integers(0, 3)), len(words))
            if draw(st.booleans()):  # put in what can slide, as ", plan" between "plan" and ","
                put = [draw(st.sampled_from(JOINING)), *words[start:end]]
                words[end:end] = put[::-1] if draw(st.booleans()) else put
            else:
                words[start:end] = draw(st.lists(word, max_size=3))
        revised.append(words)
    return language, _sentence(language, base), [_sentence(language, words) for words in revised]


def _sentence(language: Language, words: Sequence[str]) -> str:
    text = ("" if language is Language.ZH else " ").join(["to", *words, "end"])
    return text.replace(" ,", ",").replace(" ;", ";").replace(" ،", "،").replace(" ؛", "؛")


def accepted(base: Sequence[Word], hunks: Iterable[Hunk]) -> str:
    parts, at = [], 0
    for hunk in (*hunks, Hunk(len(base), len(base), ())):
        parts += [*base[at : hunk.start], *hunk.words]
        at = hunk.end
    return "".join(word.text for word in parts)


@law(texts())
def test_what_is_shown_of_a_text_gives_the_text(drawn: tuple[Language, str, list[str]]) -> None:
    language, old, (new,) = drawn
    base = split(old)
    stored, respelt = hunks_of(base, split(new))
    printed = {respelling.at: respelling.word for respelling in respelt}
    shown = as_read(base, stored, language, printed=printed)
    assert all(one.end <= other.start for one, other in pairwise(shown))
    assert accepted([printed.get(k, word) for k, word in enumerate(base)], shown) == new
    event(f"joined: {len(shown) < len(stored)}")
    event(f"slid: {not {hunk.start for hunk in shown} <= {hunk.start for hunk in stored}}")
    whole = replacement(base, stored, language, printed)
    if whole:
        assert (whole.start, whole.end) == (0, len(base))
        assert bare(accepted(base, [whole])) == bare(new)
    event(f"replaced: {whole is not None}")


@law(texts())
def test_what_is_torn_reads_on(drawn: tuple[Language, str, list[str]]) -> None:
    """What is shown may join more than what is asked does, never less."""
    language, old, (new,) = drawn
    base = split(old)
    for one, other in pairwise(hunks_of(base, split(new))[0]):
        lesser = min(change_weight(base, hunk, language) for hunk in (one, other))
        torn = is_torn(base[one.end : other.start], lesser, language)
        assert reads_on(base, one, other, language) or not torn
        event(f"torn: {torn}")


@law(texts(3))
def test_the_draft_read_as_one_source_is_its_text(drawn: tuple[Language, str, list[str]]) -> None:
    """Points too: each source's text is what is shown with its option, and nobody's is the base."""
    language, old, revised = drawn
    base = resolution("resolves", f"1 {old}", language=language)
    index = index_of(base)
    node = next(n for n, provision in enumerate(index.nodes) if provision.label == "1")
    words = index.words(node)
    edits = [TextEdit(index.nodes[node].id, *hunks_of(words, split(new))) for new in revised]
    proposals = [
        Proposal(id=source, language=language, base_digest=digest(base), edits=(edit,))
        for source, edit in zip(SOURCES, edits, strict=False)
        if edit.hunks or edit.variants
    ]
    draft = merge(base, proposals)
    findings = find(draft)
    lines = redline(draft, findings)
    for source, new in zip(SOURCES, revised, strict=False):
        assert bare(_read_as(source, lines.blocks)) == bare(new)
    assert bare(_read_as("", redline(draft, findings, view=View.BASE).blocks)) == bare(old)
    assert bare(_read_as("", lines.blocks)) == bare(old)
    event(f"points: {len(findings.outstanding)}")


def _read_as(source: str, blocks: Sequence[Block]) -> str:
    """Read a paragraph as one source wants it; nobody strikes and inserts nothing."""
    block = next(block for block in blocks if block.kind is Kind.ITEM)
    return "".join(span.text for piece in block.pieces for span in _asked(source, piece))


def _asked(source: str, piece: Span | Choice) -> list[Span]:
    if isinstance(piece, Span):
        wanted = source in piece.inserted or not (piece.inserted or source in piece.deleted)
        return [piece] if wanted else []
    options = [option for option in piece.options if source in option.sources]
    if not options:
        return list(piece.base)
    return [span for span in options[0].spans if source not in span.deleted]


@pytest.mark.parametrize(
    ("language", "old", "new", "shown"),
    [
        # what only binds does not stand alone between two replacements
        (Language.EN, "the acts of Tunis", "the plans of Geneva",
         "the {acts of Tunis → plans of Geneva}"),
        # nor does one word between two replacements; two with content do
        (Language.EN, "to decline kind invitations and usual gifts to members",
         "to accept kind offers and usual prizes to members",
         "to {decline kind invitations → accept kind offers} and usual {gifts → prizes}"
         " to members"),
        # but not between two that outweigh them: they are torn from one rewording
        (Language.EN, "to decline now all invitations kindly made by them",
         "to accept once such invitations courteously sent by them",
         "to {decline now all invitations kindly made → "
         "accept once such invitations courteously sent} by them"),
        # two insertions alone stay two
        (Language.EN, "the report of the Board", "the annual report of the Executive Board",
         "the {→ annual} report of the {→ Executive} Board"),
        # an insertion slides to the edge of its clause
        (Language.EN, "to meet in Bonn, and to vote", "to meet in Bonn, to eat, and to vote",
         "to meet in Bonn{→ , to eat}, and to vote"),
        # a clause is shown with its own stop
        (Language.EN, "to meet in Bonn;", "to meet in Bonn; to vote;",
         "to meet in Bonn; {→ to vote;}"),
        # and an insertion ends before a word that binds what follows
        (Language.EN, "the plan of the Union", "the plan of the Board and of the Union",
         "the plan {→ of the Board and} of the Union"),
        # a stop keeps two clauses apart
        (Language.EN, "to draft; to print", "to plan; to sell",
         "to {draft → plan}; to {print → sell}"),
        (Language.ZH, "在波恩和日内瓦举行", "在利马和突尼斯举行",
         "在{波恩和日内瓦 → 利马和突尼斯}举行"),
        # no figure is cut
        (Language.EN, "Resolution 78/63 gives 318 000 francs in 2026-2029",
         "Resolution 78/64 gives 318 500 francs in 2026-2030",
         "Resolution {78/63 → 78/64} gives {318 000 → 318 500} francs in {2026-2029 → 2026-2030}"),
        # a character alone between two changes is part of a word
        (Language.ZH, "对各成员国的发展十分重要", "对所有国家的可持续发展十分重要",
         "对{各成员国的 → 所有国家的可持续}发展十分重要"),
    ],
)  # fmt: skip
def test_changes_are_shown_as_phrases(language: Language, old: str, new: str, shown: str) -> None:
    base = split(old)
    parts, at = [], 0
    for hunk in as_read(base, hunks_of(base, split(new))[0], language):
        parts.append("".join(word.text for word in base[at : hunk.start]))
        struck = "".join(word.text for word in base[hunk.start : hunk.end])
        put = "".join(word.text for word in hunk.words)
        first = struck or put
        space = first[: len(first) - len(first.lstrip())]
        parts.append(f"{space}{{{f'{struck.strip()} → {put.strip()}'.strip()}}}")
        at = hunk.end
    assert "".join([*parts, *(word.text for word in base[at:])]) == shown


def test_a_text_of_which_hardly_anything_is_left_is_shown_as_replaced() -> None:
    old = split("to invite the members to plan, draft and print an atlas of all rivers")
    new = split("to ask the Council to study, in a review each year, an account of its budget")
    whole = replacement(old, hunks_of(old, new)[0], Language.EN, {})
    assert whole and (whole.start, whole.end, whole.words) == (0, len(old), new)
