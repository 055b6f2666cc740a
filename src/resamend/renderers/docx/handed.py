"""What a state hands in stands around its text: the symbol and id before it, reasons after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from resamend.amendment import place
from resamend.matching import tree
from resamend.merge import Sources
from resamend.ooxml.writing import Paragraph, Run, Style
from resamend.redline import Block, Redline, Source, Span
from resamend.renderers.edition import edition
from resamend.renderers.summary import banner
from resamend.renderers.vocabulary import Phrases, phrases

__all__ = ["after", "before", "relabelled"]


def relabelled(redline: Redline) -> Redline:
    """Return a redline of one source in which the labels that it numbers anew are changes."""
    known = tree(redline.base)
    blocks = list(redline.blocks)
    for owner in redline.blocks:
        for pairs, sources in owner.renumbered:
            children = {known.nodes[node].id for node in known.children(known.at[owner.id])}
            new = dict(pairs)
            for k, block in enumerate(blocks):
                if block.id in children and _stays(block):
                    blocks[k] = _renamed(block, new, sources)
    return replace(redline, blocks=tuple(blocks))


def _stays(block: Block) -> bool:
    new = block.added and not block.moved_from
    return not (new or block.struck or block.split)


def _renamed(block: Block, new: Mapping[str, str], sources: Sources) -> Block:
    label = "".join(span.text for span in block.label)
    if block.label != (Span(label),) or label not in new:
        return block
    return replace(block, label=(Span(label, deleted=sources), Span(new[label], sources)))


def before(redline: Redline) -> Iterator[Paragraph]:
    """Yield the line that begins a proposal, its symbol and its id; a banner where it needs one."""
    warning = banner(edition(redline))
    if warning:
        yield _line(redline, Style.BANNER, warning)
    for source in redline.sources:
        yield _line(redline, Style.PROPOSAL, f"{_symbol(redline)}\t{source.id}")


def after(redline: Redline) -> Iterator[Paragraph]:
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


def _kept(redline: Redline, say: Phrases, source: Source) -> Iterator[Paragraph]:
    known = tree(redline.base)
    for block in redline.blocks:
        for id, keep in block.kept:
            if id == source.id and not block.added and block.id in known.at:
                path = place(known, known.at[block.id])
                yield _line(redline, Style.PROPOSAL, f"NOC\t{path}")
                yield from _reasons(redline, say, keep.reasons)


def _reasons(redline: Redline, say: Phrases, reasons: str) -> Iterator[Paragraph]:
    lines = reasons.splitlines()
    if lines:
        lines[0] = f"{say('reasons')}: {lines[0]}"
    for line in lines:
        yield _line(redline, Style.REASONS, line)


def _line(redline: Redline, style: Style, text: str) -> Paragraph:
    return Paragraph(style=style, content=(Run(text=text),), language=redline.base.language)
