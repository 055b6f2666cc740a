"""Where something is put it stays, whoever keeps the paragraph that is struck beside it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import strategies as st

from resamend.akn import read, write_consolidated, write_proposal
from resamend.amendment import Proposal, apply, propose
from resamend.conflict import Region, Stream, find
from resamend.consolidation import Consolidated, merge, project
from resamend.decision import DecisionKind, DecisionRequest, adopt, replay, settle
from resamend.decision.values import TO_READ
from resamend.library.receiving import receive
from resamend.model import Language, Resolution, walk
from resamend.places import ids_called
from resamend.readers.prose import amended_by, as_sentences
from resamend.readers.prose.carrying_out import AmendmentWork
from resamend.readers.prose.signs import PlaceBook
from resamend.readers.prose.values import Instruction, Order, PlaceSide
from tests.strategies import law
from tests.wishes import decided, wish

TEXT = """Draft resolution
Buses
The General Assembly,
Recalling the first bus,
Noting the red depot,
Mindful of every baker,
Aware that owls sleep late,
1.	Welcomes the trial;
2.	Thanks the night drivers;
3.	Asks each mayor for a lamp;
4.	Decides to meet again.
"""
RANKS = ("first", "second", "third", "fourth")
PARAGRAPHS: tuple[Callable[[int], str], ...] = (
    lambda k: f"the {RANKS[k]} preambular paragraph",
    lambda k: f"operative paragraph {k + 1}",
)
NEW = "Moved by penguins who queue,"


def base_text() -> Resolution:
    return receive(TEXT.encode(), language=Language.EN).resolution


def in_words(base: Resolution, sentences: str, id: str = "RUS/1/1") -> Proposal:
    amended = amended_by(base, sentences)
    return propose(base, amended.text, id, moved=amended.moved, places=amended.places)


def kept(region: Region) -> DecisionRequest:
    """Keep what is struck, and take what is added or moved."""
    if region.gate:
        return wish(DecisionKind.RETAIN)
    moves = region.stream is Stream.GAP or any(option.deed == "move" for option in region.options)
    return wish(DecisionKind.TAKE, region.sources[0]) if moves else wish(DecisionKind.KEEP)


def lines_kept(draft: Consolidated) -> list[str]:
    """Return the text where what is struck is kept and what is added taken, one after another."""
    found = find(draft)
    asked = [region for region in found.regions if region.standing not in TO_READ]
    for keeps in (True, False):  # first only what is struck is decided: the rest stays an offer
        wishes = [(r, kept(r)) for r in asked if not keeps or r.stream is Stream.PROVISION]
        known = replay(draft, found, decided(draft, found, wishes))
        settled = settle(draft, found, known).consolidated
        assert read(write_consolidated(settled)).value == settled
    return [p.text for p in walk(adopt(draft, found, known).text.provisions)]


@law(st.sampled_from(PARAGRAPHS), st.sampled_from(range(4)), st.sets(st.sampled_from(range(4))),
     st.sampled_from(["after", "before"]))  # fmt: skip
def test_what_a_sentence_adds_stands_where_it_says(
    paragraph: Callable[[int], str], at: int, struck: set[int], side: str
) -> None:
    base = base_text()
    sentences = [f"{side.title()} {paragraph(at)}, insert a new paragraph: “{NEW}”."]
    sentences += [f"Delete {paragraph(k)}." for k in sorted(struck)]
    proposal = in_words(base, "\n".join(sentences))
    assert read(write_proposal(proposal, base)).value == proposal
    assert in_words(base, as_sentences(base, proposal)) == proposal
    draft = merge(base, [proposal])
    assert read(write_consolidated(draft)).value == draft
    lines = [p.text for p in walk(base.provisions)]
    texts = TEXT.splitlines()[3 if paragraph is PARAGRAPHS[0] else 7 :]
    lines.insert(lines.index(texts[at].partition("\t")[2] or texts[at]) + (side == "after"), NEW)
    assert lines_kept(draft) == lines


@pytest.mark.parametrize("struck", [2, 3])
def test_what_a_sentence_moves_stands_where_it_says(struck: int) -> None:
    base = base_text()
    sentences = (
        f"Move operative paragraph 4 to after operative paragraph 1.\n"
        f"Delete operative paragraph {struck}."
    )
    lines = lines_kept(merge(base, [in_words(base, sentences)]))
    assert lines[-4:] == [
        "Welcomes the trial;", "Decides to meet again.", "Thanks the night drivers;",
        "Asks each mayor for a lamp;",
    ]  # fmt: skip


FIRST = {
    "en": "Draft resolution\nBuses\nThe General Assembly,\nRecalling the first bus,\n"
    "1.\tWelcomes the trial;\n2.\tThanks the drivers:\n(a)\tBy day;\n(b)\tBy night.\n",
    "fr": "Projet de résolution\nAutobus\nL’Assemblée générale,\nRappelant le premier autobus,\n"
    "1.\tSe félicite de l’essai ;\n2.\tRemercie les conducteurs :\na)\tLe jour ;\nb)\tLa nuit.\n",
    "es": "Proyecto de resolución\nAutobuses\nLa Asamblea General,\nRecordando el autobús,\n"
    "1.\tAcoge el ensayo;\n2.\tDa las gracias a los conductores:\na)\tDe día;\nb)\tDe noche.\n",
    "ru": "Проект резолюции\nАвтобусы\nГенеральная Ассамблея,\nссылаясь на доклад,\n"
    "1.\tприветствует опыт;\n2.\tблагодарит водителей:\nа)\tднем;\nб)\tночью.\n",
}  # fmt: skip
MOVED_FIRST = {
    "en": "1. Move operative paragraph 2 before operative paragraph 1.\n",
    "fr": "1. Déplacer le paragraphe 2 du dispositif avant le paragraphe 1 du dispositif.\n",
    "es": "1. Trasládese el párrafo 2 de la parte dispositiva antes del párrafo 1 de la parte "
    "dispositiva.\n",
    "ru": "1. Перенести пункт 2 постановляющей части и поставить перед пунктом 1 постановляющей "
    "части.\n",
}


@pytest.mark.parametrize("code", FIRST)
@pytest.mark.parametrize("names", [("OP2", "OP1"), ("OP2(b)", "OP2(a)"), ("OP1", "OP2(a)")])
def test_a_move_to_the_beginning_of_a_list_is_written(code: str, names: tuple[str, str]) -> None:
    base = receive(FIRST[code].encode(), language=Language(code)).resolution
    if code == "ru":
        names = (names[0].replace("(b)", "(б)"), names[1].replace("(a)", "(а)"))
    (moving,), (first,) = (ids_called(base, name) for name in names)
    work = AmendmentWork(PlaceBook(base))
    work.carry_out(
        Instruction(
            order=Order.MOVE, words="", places=(moving,), beside=first, side=PlaceSide.BEFORE
        )
    )
    proposal = propose(base, work.text(), "RUS/1/1", moved=frozenset({moving}))
    assert apply(base, proposal) == work.text()
    sentences = as_sentences(base, proposal)
    assert names[0] != "OP2" or sentences == MOVED_FIRST[code]
    assert in_words(base, sentences).edits == proposal.edits


def test_a_number_with_a_suffix_says_where_it_stands() -> None:
    """Of a whole text too: 2 bis is before 3, whoever keeps that."""
    base = base_text()
    revised = TEXT.replace("3.\tAsks each mayor for a lamp;", f"2 bis.\t{NEW}")
    whole = propose(base, receive(revised.encode(), language=Language.EN).resolution, "RUS/1/1")
    worded = in_words(
        base,
        f"After operative paragraph 2, insert: “2 bis. {NEW}”.\nDelete operative paragraph 3.",
    )
    assert whole.edits == worded.edits
    lines = lines_kept(merge(base, [whole]))
    assert lines[-4:] == [
        "Thanks the night drivers;", NEW, "Asks each mayor for a lamp;", "Decides to meet again.",
    ]  # fmt: skip


def test_one_that_says_where_and_one_that_does_not_are_one_mark() -> None:
    base = base_text()
    worded = in_words(
        base,
        f"After the second preambular paragraph, insert a new paragraph: “{NEW}”.\n"
        "Delete the third preambular paragraph.",
    )
    revised = TEXT.replace("Mindful of every baker,", NEW)
    whole = propose(base, receive(revised.encode(), language=Language.EN).resolution, "USA/1/1")
    draft = merge(base, [worded, whole])
    (marks,) = draft.lists
    (addition,) = marks.additions
    assert addition.sources == ("RUS/1/1", "USA/1/1")
    assert project(draft, "RUS/1/1") == project(draft, "USA/1/1")
