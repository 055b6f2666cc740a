"""What is shown hides nothing, and shows nobody doing what they did not do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from hypothesis import assume
from msgspec.structs import replace

from resamend.amendment import propose
from resamend.conflict import Findings, Gate, OptionKind, Standing, Stream, find
from resamend.consolidation import Consolidated, merge
from resamend.model import OBJECT, Kind, Mark, Provision, Resolution, walk
from resamend.redlines import Block, Choice, Redline, Span, View, redline
from resamend.words import bare, fold, joined, split
from tests import oracle, tally
from tests import strategies as ours
from tests.build import resolution
from tests.strategies import Draft


def laid(draft: Draft) -> tuple[Consolidated, Findings, Redline]:
    merged = merge(draft.base, draft.proposals)
    found = find(merged)
    tally.note(merged, found)
    return merged, found, redline(merged, found)


def words_of(provisions: Iterable[Provision]) -> Counter[str]:
    """Count the words of provisions; a footnote's mark is no word."""
    every = Counter(w for p in walk(tuple(provisions)) for w in keys(p.text, p.marks) if w)
    del every[OBJECT]
    return every


def keys(text: str, marks: tuple[Mark, ...]) -> list[str]:
    """Return the words of a text; a reference is one word, even where it is a part of another."""
    return [fold(word.text) for word in split(text, marks)]


def spans(blocks: Iterable[Block]) -> Iterator[tuple[Span, frozenset[str]]]:
    """Yield every span of text (no labels), with the sources whose option it stands in, if any."""
    for block in blocks:
        for piece in block.pieces:
            yield from _piece(piece)
        if block.choice:
            yield from _piece(block.choice)


def _piece(piece: Span | Choice) -> Iterator[tuple[Span, frozenset[str]]]:
    if isinstance(piece, Span):
        yield piece, frozenset()
        return
    for span in piece.base:
        yield span, frozenset()
    for option in piece.options:
        if option.deed is OptionKind.LABEL:
            continue
        marked = option.deed in (
            OptionKind.ADD,
            OptionKind.MOVE,
        )  # what is not marked there is in force
        whose = frozenset() if marked else frozenset(option.sources)
        for span in option.spans:
            yield span, whose
        for span, _ in spans(option.blocks):
            yield span, whose


def counted(shown: Iterable[Span]) -> Counter[str]:
    every = Counter(word for span in shown for word in keys(span.text, span.marks) if word)
    del every[OBJECT]
    return every


# -- nothing hidden -----------------------------------------------------------------------------


@ours.law(ours.drafts())
def test_every_word_of_every_source_is_shown_as_its_own(draft: Draft) -> None:
    merged, _, lines = laid(draft)
    shown = list(spans(lines.blocks))
    for source in merged.sources:
        mine = [
            span
            for span, whose in shown
            if (source in whose or not whose)
            and (source in span.inserted or not span.inserted)
            and source not in span.deleted
        ]
        missing = words_of(draft.texts[source].provisions) - counted(mine)
        assert not missing, f"{source} asks for words that are not shown: {missing}"


@ours.law(ours.drafts())
def test_every_outstanding_point_is_shown(draft: Draft) -> None:
    _, found, lines = laid(draft)
    shown = {
        choice.region.id
        for block in lines.blocks
        for choice in [block.choice, *block.pieces]
        if isinstance(choice, Choice) and not choice.again
    }
    wanted = {r.id for r in found.standing(Standing.CONTESTED) if r.stream is not Stream.LABEL}
    assert shown >= wanted
    numbers = [lines.numbers[region.id] for region in found.outstanding]
    assert numbers == list(range(1, len(numbers) + 1))


@ours.law(ours.drafts())
def test_without_marks_the_base_is_left(draft: Draft) -> None:
    merged, found, _ = laid(draft)
    base = redline(merged, found, view=View.BASE)
    shown = [
        (b.kind, "".join(p.text for p in b.pieces if isinstance(p, Span))) for b in base.blocks
    ]
    assert shown == [(p.kind, p.text) for p in walk(draft.base.provisions)]
    labels = ["".join(span.text for span in block.label) for block in base.blocks]
    assert labels == [p.label for p in walk(draft.base.provisions)]
    assert not any(span.inserted or span.deleted for span, _ in spans(base.blocks))


# -- nobody shown doing what they did not do ----------------------------------------------------


@ours.law(ours.drafts())
def test_nobody_is_shown_inserting_what_they_did_not(draft: Draft) -> None:
    merged, _, lines = laid(draft)
    for source in merged.sources:
        theirs = words_of(draft.texts[source].provisions)
        for span, whose in spans(lines.blocks):
            if source in span.deleted:  # its option, shown by what it strikes
                continue
            if source in span.inserted or source in whose:
                alien = counted([span]) - theirs
                assert not alien, f"{source} never wrote {alien}"


def test_who_strikes_words_of_a_joined_text_is_shown_striking_them_there() -> None:
    """ARM and CHN join 2 to 1, CHN without "always": that is not its word."""
    one = "to report always to the Council on the work of the groups;"
    two = "to send it to all members before the first of May"
    base = resolution("resolves", f"1 {one}", f"2 {two}", "3 to meet every year.")
    rest = "3 to meet every year."
    struck = one.replace(" always", "")
    texts = {
        "ARM": resolution("resolves", f"1 {one} {two}", rest),
        "CHN": resolution("resolves", f"1 {struck} {two}", rest),
        "RUS": resolution("resolves", f"2 {two}", f"  1 {one}", rest),
    }
    merged = merge(base, [propose(base, text, f"{who}/1/1") for who, text in texts.items()])
    lines = redline(merged, find(merged))
    choice = next(block.choice for block in lines.blocks if block.choice)
    join = next(option for option in choice.options if option.deed is OptionKind.JOIN)
    assert join.sources == ("ARM/1/1", "CHN/1/1")
    marked = [(s.text, s.inserted, s.deleted) for s, _ in spans(join.blocks)]
    assert marked == [
        ("to report", (), ()),
        (" always", (), ("CHN/1/1",)),
        (" to the Council on the work of the groups;", (), ()),
        (f" {two}", ("ARM/1/1", "CHN/1/1"), ()),
    ]


def test_a_text_joined_before_its_like_does_not_run_into_it() -> None:
    """AAA and BBB join b) to a) and to c), which read the same; AAA strikes words of a)."""
    text = "boats lie along the coast of"
    base = resolution("noting", f"a) {text}", f"b) {text}", f"c) {text}")
    struck = text.removeprefix("boats lie ")
    texts = {
        "AAA": resolution("noting", f"a) {struck} {text}", f"c) {text}"),
        "BBB": resolution("noting", f"a) {text}", f"c) {text} {text}"),
    }
    merged = merge(base, [propose(base, text, f"{who}/1/1") for who, text in texts.items()])
    lines = redline(merged, find(merged))
    [choice] = [block.choice for block in lines.blocks if block.choice]
    [join] = [option for option in choice.options if option.sources == ("BBB/1/1",)]
    marked = [(span.text, span.inserted) for span, _ in spans(join.blocks)]
    assert marked == [(text, ("BBB/1/1",)), (f" {text}", ())]


def test_texts_that_are_joined_with_other_spaces_do_not_run_together() -> None:
    """ARM and CHN join 2 to 1, CHN with a no-break space, and amend another word each."""
    one, two = "to report always to the Council on the work", "10.5 to send it to all members"
    base = resolution("resolves", f"1 {one}", f"2 {two}", "3 to meet every year.")
    rest = "3 to meet every year."
    texts = {
        "ARM": resolution("resolves", f"1 {one} {two}", rest),
        "CHN": resolution("resolves", f"1 {one.replace(' always', '')}\u00a0{two}", rest),
        "RUS": resolution("resolves", f"2 {two}", f"  1 {one}", rest),
    }
    merged = merge(base, [propose(base, text, f"{who}/1/1") for who, text in texts.items()])
    lines = redline(merged, find(merged))
    choice = next(block.choice for block in lines.blocks if block.choice)
    join = next(option for option in choice.options if option.deed is OptionKind.JOIN)
    assert "work 10.5" in "".join(span.text for span, _ in spans(join.blocks)).replace(
        "\u00a0", " "
    )


@ours.law(ours.drafts())
def test_nobody_is_shown_striking_what_they_kept(draft: Draft) -> None:
    """Count per paragraph: what a source is shown striking there, it must not have kept there."""
    merged, _, lines = laid(draft)
    base = oracle.Base(draft.base)
    kept = {p.id for p in walk(draft.base.provisions)}
    for source in merged.sources:
        theirs = oracle.FromMarks(merged, [source])
        moved_away = {block.id for block in lines.blocks if source in block.struck or block.added}
        for block in lines.blocks:
            if block.id not in kept or block.id in moved_away:
                continue
            parts = [b for b in lines.blocks if b is block or _continues(b, block)]
            pieces = [p for part in parts for p in part.pieces if isinstance(p, Span)]
            struck = counted(p for p in pieces if source in p.deleted and not p.inserted)
            options = [span for span, whose in spans(parts) if source in whose]
            anew = counted([*(p for p in pieces if source in p.inserted), *options])
            before = words_of([replace(base.provisions[block.id], children=())])
            after = Counter(keys(*joined(theirs.words(block.id))))
            assert not (struck - anew) - (before - after)


def _continues(block: Block, whole: Block) -> bool:
    """Tell whether a block is what some split off from another."""
    return bool(block.split) and block.id.rpartition("-")[0] == whole.id


@ours.law(ours.drafts())
def test_a_provision_is_struck_by_those_who_strike_or_move_it(draft: Draft) -> None:
    merged, _, lines = laid(draft)
    for source in merged.sources:
        there = {p.id for p in walk(oracle.accept(merged, [source]).provisions)}
        going: int | None = None  # the depth of a provision that moves, with all below it
        for block in lines.blocks:
            if going is not None and block.depth <= going:
                going = None
            if block.moved_to and going is None:
                going = block.depth
            if source in block.struck and going is None:
                assert block.id not in there, f"{source} keeps {block.id}"


# -- reading it as one source -------------------------------------------------------------------


@ours.law(ours.drafts())
def test_an_uncontested_draft_read_as_one_source_is_its_text(draft: Draft) -> None:
    merged, found, lines = laid(draft)
    assume(not found.standing(Standing.CONTESTED))
    assume(not _changed_on_the_way(merged, draft))
    for source in merged.sources:
        assert _read_as(source, lines.blocks) == _paragraphs(draft.texts[source])


def _changed_on_the_way(merged: Consolidated, draft: Draft) -> bool:
    """Tell whether others change what some move or join: that is shown where it goes."""
    going = oracle.joined_ids(merged) | {
        p.id for m in merged.lists for a in m.additions for p in walk((a.provision,))
        if p.kind is Kind.MOVED
    }  # fmt: skip
    inside = {
        below.id for p in walk(draft.base.provisions) if p.id in going for below in walk((p,))
    }
    return any(edit.target in inside for proposal in merged.proposals for edit in proposal.edits)


def _read_as(source: str, blocks: Sequence[Block]) -> list[tuple[Kind, str]]:
    """Read what one source wants: what it inserts, and what it does not strike.

    White space is left out: the space before a word is the base's where another source strikes it.
    """
    said: list[tuple[int, Kind, str]] = []
    for block in blocks:
        if source in block.struck or (block.added and source not in block.added):
            continue
        text = "".join(
            p.text
            for p in block.pieces
            if isinstance(p, Span)
            and source not in p.deleted
            and (not p.inserted or source in p.inserted)
        )
        if block.split and source not in block.split:  # for this source the paragraph goes on
            whole = max(k for k, (depth, _, _) in enumerate(said) if depth == block.depth)
            said[whole] = (*said[whole][:2], said[whole][2] + text)
        else:
            said.append((block.depth, block.kind, text))
    return [(kind, bare(text)) for _, kind, text in said]


def _paragraphs(text: Resolution) -> list[tuple[Kind, str]]:
    return [(p.kind, bare(p.text)) for p in walk(text.provisions)]


@ours.law(ours.drafts())
def test_options_offer_each_source_its_own_and_everybody_the_base(draft: Draft) -> None:
    _, _, lines = laid(draft)
    choices = [
        choice
        for block in lines.blocks
        for choice in [block.choice, *block.pieces]
        if isinstance(choice, Choice) and not choice.again and not choice.part
    ]
    for choice in choices:
        assert [option.number for option in choice.options] == list(
            range(1, len(choice.options) + 1)
        )
        behind = {source for option in choice.options for source in option.sources}
        assert behind == set(choice.region.sources)
        nobody = {OptionKind.KEEP, OptionKind.RETAIN, OptionKind.AMENDABLE}
        whole = [o for o in choice.options if o.deed in nobody and not o.place]
        if choice.region.gate is Gate.NO_CHANGE:
            whole = [o for o in whole if not o.sources]
        assert len(whole) == 1
    assert len({choice.region.id for choice in choices}) == len(choices)


@ours.law(ours.drafts())
def test_nobody_is_shown_striking_what_they_insert(draft: Draft) -> None:
    """A span may be both: words that some join to another text, and that others strike."""
    _, _, lines = laid(draft)
    assert not [span for span, _ in spans(lines.blocks) if set(span.inserted) & set(span.deleted)]


@ours.law(ours.drafts())
def test_each_new_footnote_has_its_own_mark_right_above_it(draft: Draft) -> None:
    _, _, lines = laid(draft)
    known = {p.id for p in walk(draft.base.provisions)}
    ids = [b.id for b in every(lines.blocks) if b.kind is Kind.FOOTNOTE and b.id not in known]
    assert len(set(ids)) == len(ids)
    marked: set[str] = set()
    for block in lines.blocks:
        if block.kind is Kind.FOOTNOTE:
            assert not block.added or block.id in marked
        elif not block.choice:
            parts = [b for b in lines.blocks if b is block or _continues(b, block)]
            marked = {mark.value for span, _ in spans(parts) for mark in span.marks}


def every(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield all blocks, those of the options too."""
    for block in blocks:
        yield block
        for choice in [block.choice, *block.pieces]:
            if isinstance(choice, Choice):
                yield from every(b for option in choice.options for b in option.blocks)
