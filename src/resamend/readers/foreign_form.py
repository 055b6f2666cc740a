"""Give Akoma Ntoso that others made the form of its text: the same tree that plain text gives.

What form it is, its words say, as in any text. Other producers write an article as an element with
a number and a heading, a preambular paragraph as a recital of a group without a heading; ids,
footnotes and formatting stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from resamend.forms import TextForm, branch_of
from resamend.model import Kind, Provision, Resolution, walk
from resamend.readers.families import form_of, front_of, is_enacting_line
from resamend.readers.headings import HeadingWords
from resamend.readers.labels import is_closed
from resamend.readers.lines import TextLine, line_of

_BRANCHED = (TextForm.TREATY, TextForm.EU, TextForm.BILL)
_PLAIN = (Kind.TEXT, Kind.ITEM)


def in_its_form(text: Resolution, vocabulary: HeadingWords) -> Resolution:
    """Return a text with its form; the text itself where that is the conference's."""
    lines = list(_lines(text))
    form = form_of([line for _, line in lines], vocabulary)
    if form is TextForm.ITU:
        return text
    kinds = _kinds(lines, form, vocabulary)
    provisions = tuple(
        replace(top, children=tuple(_shaped(top.children, form, kinds)))
        if top.kind is Kind.RESOLUTION
        else top
        for top in text.provisions
    )
    metadata = replace(text.metadata, form=form)
    return replace(text, provisions=provisions, metadata=metadata)


def _lines(text: Resolution) -> Iterator[tuple[str, TextLine]]:
    """Yield the lines as which a text would be typed, each with the id of its provision."""
    number = 0
    for provision in walk(text.provisions):
        label, words = provision.label, provision.text
        shown = [label, words] if branch_of(label) else [f"{label}\t{words}" if label else words]
        for line in filter(None, map(str.strip, shown)):
            number += 1
            yield provision.id, line_of(number, line)


def _kinds(
    lines: Sequence[tuple[str, TextLine]], form: TextForm, vocabulary: HeadingWords
) -> dict[str, Kind]:
    """Return what the front of a text is, and its enacting clauses, by the ids of provisions."""
    front, _ = front_of([line for _, line in lines], form, vocabulary)
    kinds = {lines[n][0]: kind for n, kind in front.items()}
    enacting = (id for id, line in lines if is_enacting_line(line.whole, form, vocabulary.language))
    return {**dict.fromkeys(enacting, Kind.ENACTING), **kinds}


def _shaped(
    provisions: Iterable[Provision], form: TextForm, kinds: dict[str, Kind]
) -> Iterator[Provision]:
    for provision in provisions:
        own = replace(provision, children=tuple(_shaped(provision.children, form, kinds)))
        if own.kind is Kind.PREAMBULAR and not own.text.strip():
            yield from own.children
        elif branch_of(own.label) and form in _BRANCHED:
            yield _branch(own)
        elif own.kind is Kind.OPERATIVE and own.label and form in (TextForm.ISO, TextForm.BILL):
            yield replace(own, kind=Kind.ITEM)
        elif own.kind in _PLAIN and not own.label:
            yield replace(own, kind=kinds.get(own.id, Kind.TEXT))
        else:
            yield own


def _branch(part: Provision) -> Provision:
    """Return an article with a number and a heading as one whose line is its number."""
    words = Provision(
        id=f"{part.id}__heading",
        kind=Kind.TEXT if is_closed(part.text) else Kind.TITLE,
        text=part.text,
        marks=part.marks,
    )
    children = (words, *part.children) if part.text.strip() else part.children
    return replace(
        part, kind=Kind.OPERATIVE, text=part.label, label="", marks=(), children=children
    )
