"""The group's own words at a place, as edits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec.structs import replace

from resamend.conflict import OptionKind, Stream
from resamend.decision.values import Place, Record
from resamend.difference import (
    Edit,
    Hunk,
    LabelEdit,
    ListEdit,
    ListHunk,
    Respelling,
    TextEdit,
    content,
)
from resamend.matching import ProvisionIndex
from resamend.model import ROOT, Kind, Mark, Provision, Word
from resamend.numbering import LabelStyle, inserted, parse, spell
from resamend.words import is_spaced, split

_NOTE = re.compile(r"\[\^[^\]\s]{0,64}\]")  # no further: many may begin, and none end

_CLOSING = frozenset(')]"')


def own_edits(known: ProvisionIndex, record: Record) -> Iterator[Edit]:
    """Yield the edits that put the group's own text where a record is about."""
    lead = record.places[0]
    if lead.stream is Stream.LABEL:
        yield LabelEdit(lead.target, record.text, known.nodes[known.at[lead.target]].label)
    elif lead.stream is Stream.GAP:
        items = _provisions(known, lead, record.text)
        gap = lead.lo // 2
        yield ListEdit(lead.target, (ListHunk(gap, gap, (), items),))
    elif lead.stream is Stream.PROVISION:
        end = len(known.words(known.at[lead.target]))
        text = _parted(record.text.strip(), known.nodes[known.at[lead.target]].label)[1]
        yield from _rewritten(known, lead.target, 0, end, text)
    else:
        start, end = lead.lo // 2, (lead.hi + 1) // 2
        options = [option.text for option in record.options if option.text]
        text = spaced(known, lead, record.text, options[0] if options else "")
        yield from _rewritten(known, lead.target, start, end, text)


def restating_edits(known: ProvisionIndex, record: Record) -> Iterator[Edit]:
    """Yield the edits that put what a record took where it is about, from its own words.

    That is how agreed text stands when nobody, or nobody just so, asks for it any more.
    """
    lead = record.places[0]
    if record.edits:
        yield from record.edits.edits
        return
    if any(option.deed is OptionKind.SUPPRESS for option in record.taken):
        yield from struck_edits(known, lead.target)
        return
    between = "\n" if lead.stream is Stream.GAP else ""
    text = between.join(option.text for option in record.taken)
    if (
        lead.stream is Stream.TEXT and lead.lo > 1
    ):  # with the space before it that it was taken with
        yield from _rewritten(known, lead.target, lead.lo // 2, (lead.hi + 1) // 2, text)
    else:
        yield from own_edits(known, replace(record, text=text))


def struck_edits(known: ProvisionIndex, id: str) -> Iterator[Edit]:
    """Yield the edit that takes a provision out of its list."""
    node = known.at[id]
    parent, at = known.parents[node], known.position(node)
    owner = known.nodes[parent].id if parent >= 0 else ROOT
    yield ListEdit(owner, (ListHunk(at, at + 1, (id,), ()),))


def notes_in(text: str) -> int:
    """Return how many marks of footnotes are written in the group's own words.

    >>> notes_in("in Geneva[^1] and [in] Nice[^*]")
    2
    """
    return len(_NOTE.findall(text))


def notes_at(known: ProvisionIndex, place: Place) -> list[int]:
    """Return which words in force at a place are the marks of footnotes."""
    if place.stream not in (Stream.TEXT, Stream.PROVISION) or not place.target:
        return []
    words = known.words(known.at[place.target])
    whole = place.stream is Stream.PROVISION
    span = range(len(words)) if whole else range(place.lo // 2, (place.hi + 1) // 2)
    return [k for k in span if any(mark.kind == "footnote" for mark in words[k].marks)]


def _rewritten(
    known: ProvisionIndex, target: str, start: int, end: int, text: str
) -> Iterator[Edit]:
    """Yield the edits that put own words in place of those in force.

    A footnote's mark in them, ``[^1]``, keeps the next footnote that stands there.
    """
    notes = notes_at(known, Place(Stream.TEXT, target, 2 * start, 2 * end - 1))
    parts = _NOTE.split(text, maxsplit=len(notes)) if notes else [text]
    edges = [start - 1, *notes[: len(parts) - 1], end]
    for part, (before, after) in zip(parts, pairwise(edges), strict=True):
        yield from replaced(known, target, before + 1, after, split(part))


def spaced(known: ProvisionIndex, place: Place, text: str, like: str) -> str:
    """Return a text with the space before it that the words have whose place it takes.

    ``like`` is another text proposed there, for a gap, or for words in the place of punctuation,
    which has no space before it; without one, and between two words, the language decides.
    """
    words = known.words(known.at[place.target])
    start, end = place.lo // 2, (place.hi + 1) // 2
    if not text.strip() or not start:
        return text.strip()
    first = words[start].text if start < end else ""
    worded = any(map(str.isalnum, first)) or not text.strip()[0].isalnum()
    model = first if first and worded else like
    behind = is_spaced(words[start - 1]) or words[start - 1].key in _CLOSING
    between = behind and is_spaced(split(text.strip())[0])
    if model and (model[:1].isspace() or not between):
        return model[: len(model) - len(model.lstrip())] + text.strip()
    return f" {text.strip()}" if known.resolution.language.spaced else text.strip()


def replaced(
    known: ProvisionIndex, target: str, start: int, end: int, words: tuple[Word, ...]
) -> Iterator[Edit]:
    """Yield the edits that put words in place of those in force, and take their footnotes out."""
    node = known.at[target]
    before = known.words(node)
    if [word.text for word in before[start:end]] == [word.text for word in words]:
        return
    yield put(known, target, start, end, words)
    notes = {m.value for word in before[start:end] for m in word.marks if m.kind == "footnote"}
    for k, child in enumerate(known.children(node)):
        if known.nodes[child].id in notes:
            yield ListEdit(target, (ListHunk(k, k + 1, (known.nodes[child].id,), ()),))


def put(
    known: ProvisionIndex, target: str, start: int, end: int, words: tuple[Word, ...]
) -> TextEdit:
    """Return the edit that puts words in place of those in force at [start, end).

    What then follows the beginning of the text, or another word, gets a space before it.
    """
    before = known.words(known.at[target])
    last = words[-1] if words else before[start - 1] if start else None
    old = "".join(word.text for word in before[start:end])
    spaces: tuple[Respelling, ...] = ()
    if last and (not start or is_spaced(last)) and end < len(before):
        first = before[end]
        if is_spaced(first) and not first.text[:1].isspace():
            spaces = (Respelling(end, Word(first.key, f" {first.text}", _later(first.marks))),)
    return TextEdit(target, (Hunk(start, end, words, old),), spaces)


def after_space(edit: Edit) -> Edit:
    """Return an edit whose words stand after others: with a space before them, where words have."""
    if not isinstance(edit, TextEdit) or not edit.hunks or not edit.hunks[0].words:
        return edit
    hunk, *rest = edit.hunks
    first, *words = hunk.words
    if first.text[:1].isspace() or not is_spaced(first):
        return edit
    first = Word(first.key, f" {first.text}", _later(first.marks))
    return replace(edit, hunks=(replace(hunk, words=(first, *words)), *rest))


def _later(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    return tuple(Mark(mark.start + 1, mark.end + 1, mark.kind, mark.value) for mark in marks)


def _provisions(known: ProvisionIndex, place: Place, text: str) -> tuple[Provision, ...]:
    """Return added provisions: a line for each, with its label first if it has one."""
    owner = known.at[place.target] if place.target else -1
    siblings = [known.nodes[child] for child in known.children(owner)]
    at = place.lo // 2
    before = siblings[at - 1].label if at else ""
    taken = [sibling.label for sibling in siblings]
    made = []
    for line in filter(None, map(str.strip, text.splitlines())):
        given = _label(siblings, at, before, taken)
        label, rest = _added(line, given)
        taken.append(label)
        before = label if at == len(siblings) else before
        provision = Provision(id=ROOT, kind=_kind(siblings), label=label, text=rest)
        made.append(Provision(id=content(provision), kind=provision.kind, label=label, text=rest))
    return tuple(made)


def _added(line: str, given: str) -> tuple[str, str]:
    """Part what is added into its label, or the one that is ``given``, and its words.

    A label stands before a tab; before a space, as a draft shows it, only what can be no word.
    """
    label, tab, rest = line.partition("\t")
    read = parse(label)
    if not tab:
        label, _, rest = line.partition(" ")
        read = parse(label)
        read = read if read and (read.suffix or read.closing) else None
    return (label, rest.strip()) if read and rest.strip() else _parted(line, given)


def _parted(line: str, own: str) -> tuple[str, str]:
    """Part words from the label that is theirs already, where they are given with it."""
    rest = line.removeprefix(own) if own else line
    return own, rest.strip() if rest[:1].isspace() and rest.strip() else line


def _label(siblings: list[Provision], at: int, before: str, taken: list[str]) -> str:
    """Return a label for what is put into a gap; adopting numbers the list anew."""
    last = parse(before)
    if at == len(siblings) and last and last.style is not LabelStyle.BULLET:
        return spell(replace(last, number=last.number + 1, suffix=0))
    return siblings[0].label if siblings and not at else inserted(before, taken)


def _kind(siblings: list[Provision]) -> Kind:
    kinds = [sibling.kind for sibling in siblings if sibling.kind is not Kind.FOOTNOTE]
    return kinds[-1] if kinds and kinds[-1] in (Kind.ITEM, Kind.TEXT) else Kind.ITEM
