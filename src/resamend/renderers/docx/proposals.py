"""What a state hands in stands around its text: the symbol and id before it, reasons after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from resamend.amendment import Proposal, place
from resamend.consolidation import Sources
from resamend.difference import Hunk, TextEdit
from resamend.matching import index_of
from resamend.model import Resolution, Word, walk
from resamend.ooxml.writing import Look, NewParagraph, NewRun, StyleName
from resamend.page.front import banner
from resamend.page.presentation import present
from resamend.redlines import Block, Redline, ShownSource, Span
from resamend.renderers.docx.moves import is_new
from resamend.renderers.vocabulary import Phrases, phrases

_BOLD = frozenset([Look.BOLD])


def spelt_out(base: Resolution, proposal: Proposal) -> Proposal:
    """Return a proposal in which words that it only writes otherwise are struck and inserted.

    What is handed in has no list of editorial changes beside the text: they would be lost.
    """
    index = index_of(base)
    edits = (
        _spelt(index.words(index.at[edit.target]), edit) if isinstance(edit, TextEdit) else edit
        for edit in proposal.edits
    )
    return replace(proposal, edits=tuple(edits))


def _spelt(words: Sequence[Word], edit: TextEdit) -> TextEdit:
    hunks = [
        Hunk(variant.at, variant.at + 1, (variant.word,), words[variant.at].text)
        for variant in edit.variants
        if not _spaced_alone(words[variant.at], variant.word)
    ]
    joined: list[Hunk] = []
    for hunk in sorted((*edit.hunks, *hunks), key=lambda hunk: (hunk.start, hunk.end)):
        # In normal form a kept word stands between two hunks.
        if joined and joined[-1].end == hunk.start:
            last = joined.pop()
            hunk = Hunk(last.start, hunk.end, last.words + hunk.words, last.old + hunk.old)
        joined.append(hunk)
    spaces = (v for v in edit.variants if _spaced_alone(words[v.at], v.word))
    return TextEdit(edit.target, tuple(joined), tuple(spaces))


def _spaced_alone(one: Word, other: Word) -> bool:
    return one.text.strip(" ") == other.text.strip(" ") and one.marks == other.marks


def relabelled(redline: Redline, wanted: Resolution) -> Redline:
    """Return a redline of one source in which the labels that it numbers anew are changes.

    ``wanted`` is the text that the source asks for; what stays in it and what moves keeps its id.
    """
    labels = {p.id: p.label for p in walk(wanted.provisions)}
    sources = tuple(source.id for source in redline.sources)
    blocks = (_renamed(block, labels, sources) for block in redline.blocks)
    return replace(redline, blocks=tuple(blocks))


def _renamed(block: Block, labels: Mapping[str, str], sources: Sources) -> Block:
    new = block.added and not block.moved_from and is_new(block)
    if new or block.struck or block.split or block.id not in labels:
        return block
    old, now = "".join(s.text for s in block.label if not s.inserted), labels[block.id]
    if old == now:
        return block
    label = (Span(old, deleted=sources), Span(now, sources))
    return replace(block, label=tuple(span for span in label if span.text))


def before(redline: Redline) -> Iterator[NewParagraph]:
    """Yield the line that begins a proposal, its symbol and its id; a banner where it needs one."""
    warning = banner(present(redline))
    if warning:
        yield _line(redline, StyleName.BANNER, warning)
    for source in redline.sources:
        yield _line(redline, StyleName.PROPOSAL, f"{_symbol(redline)}\t{source.id}")


def after(redline: Redline) -> Iterator[NewParagraph]:
    """Yield the reasons of a proposal, and what it asks to be kept."""
    say = phrases(redline.base.language)
    for source in redline.sources:
        yield from _reasons(redline, say, source.reasons)
        yield from _kept(redline, say, source)


def _symbol(redline: Redline) -> str:
    """Return what is asked of the resolution as a whole."""
    if not redline.base.provisions:
        return "ADD"
    return "SUP" if all(block.struck for block in redline.blocks) else "MOD"


def _kept(redline: Redline, say: Phrases, source: ShownSource) -> Iterator[NewParagraph]:
    index = index_of(redline.base)
    for block in redline.blocks:
        for id, keep in block.kept:
            if id == source.id and not block.added and block.id in index.at:
                path = place(index, index.at[block.id])
                yield _line(redline, StyleName.PROPOSAL, f"NOC\t{path}")
                yield from _reasons(redline, say, keep.reasons)


def _reasons(redline: Redline, say: Phrases, reasons: str) -> Iterator[NewParagraph]:
    language = redline.base.language
    for number, line in enumerate(reasons.splitlines()):
        head = [] if number else [NewRun(text=f"{say('reasons')}:", looks=_BOLD), NewRun(text="\t")]
        content = (*head, NewRun(text=line))
        yield NewParagraph(style=StyleName.REASONS, content=content, language=language)


def _line(redline: Redline, style: StyleName, text: str) -> NewParagraph:
    return NewParagraph(style=style, content=(NewRun(text=text),), language=redline.base.language)
