"""What of a proposal clashes with the new text, as it stays in the proposal until it is settled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from resamend.amendment import FormerAmendment, NoChange, Proposal, place
from resamend.conflict import Gate, Option, OptionKind, Region, Stream, flat
from resamend.conflict.values import short_hash
from resamend.decision import Place
from resamend.difference import ListEdit, content
from resamend.model import NOTE, OBJECT, Kind, Provision
from resamend.rebase.new_places import NewPlaces
from resamend.rebase.values import Amended, Fate


def former_amendments(
    proposal: Proposal, amended: Iterable[Amended], kept: Iterable[NoChange], places: NewPlaces
) -> Iterator[FormerAmendment]:
    """Yield what cannot be carried over; first what could not be before, at its place of now.

    A number or an end that would follow from what is not carried is no question. ``kept`` are the
    NOCs that go along.
    """
    yield from (_again(former, places) for former in proposal.former)
    notes = {content(note): note.text for note in _added_notes(proposal)}
    clashes = [one for one in amended if one.fate is Fate.CONFLICTING]
    for one in clashes:
        if one.option and not (one.region.ends or one.region.is_former):
            yield _former(one, places, notes)
    opposed = {one.region.target for one in clashes if one.region.gate is Gate.NO_CHANGE}
    stay = {keep.target for keep in kept}
    for keep in proposal.keeps:
        if keep.target not in opposed and places.ids.get(keep.target) not in stay:
            yield _not_kept(keep, places)


def _again(former: FormerAmendment, places: NewPlaces) -> FormerAmendment:
    """Return what was asked of a text before the last, with what the text says there by now."""
    if former.target not in places.old.at:
        return former
    lead = Place(Stream.PROVISION, former.target)
    if former.start >= 0:
        bare = former.start == former.end
        span = 2 * former.start + (not bare), 2 * former.end - (not bare)
        lead = Place(Stream.TEXT, former.target, *span)
    return _placed(former, lead, places)


def _added_notes(proposal: Proposal) -> Iterator[Provision]:
    for edit in proposal.edits:
        if isinstance(edit, ListEdit):
            added = (provision for hunk in edit.hunks for provision in hunk.items)
            yield from (provision for provision in added if provision.kind is Kind.FOOTNOTE)


def _asked(option: Option, notes: Mapping[str, str]) -> str:
    """Return the words of an option, with the footnotes that come with them behind."""
    marks = (mark.value for word in option.words for mark in word.marks if mark.kind == "footnote")
    texts = "".join(f" ({NOTE}: {notes[name]})" for name in marks if name in notes)
    return option.text.replace(OBJECT, NOTE) + texts


def _former(amended: Amended, places: NewPlaces, notes: Mapping[str, str]) -> FormerAmendment:
    region, option = amended.region, amended.option
    assert option is not None
    former = FormerAmendment(
        question=region.id,
        path=region.path,
        deed=option.deed.value,
        old=region.base,
        asked=_asked(option, notes),
        place=option.place,
        now=amended.now,
    )
    lead = Place(region.stream, region.target, region.lo, region.hi)
    if region.stream is Stream.TEXT and region.parts:
        lead = Place(Stream.PROVISION, region.target)
    return _placed(former, lead, places)


def _not_kept(keep: NoChange, places: NewPlaces) -> FormerAmendment:
    """Return the wish that a provision be kept which is not in the new text."""
    node = places.old.at.get(keep.target, -1)
    former = FormerAmendment(
        question=short_hash(["kept", keep.target, places.old.digest]),
        path=place(places.old, node),
        deed=OptionKind.KEEP.value,
        old=flat([places.old.nodes[node]]) if node >= 0 else "",
    )
    return _placed(former, Place(Stream.PROVISION, keep.target), places)


def _placed(former: FormerAmendment, lead: Place, places: NewPlaces) -> FormerAmendment:
    """Return an amendment with the place in the new text where it belongs, and what that says."""
    there = places.of(lead)
    now = places.text_at(lead)
    if there and now is not None:
        start, end = there.lo // 2, (there.hi + 1) // 2
        return replace(former, target=there.target, now=now, start=start, end=end)
    target = there.target if there else places.above(lead.target)
    whole = there is not None and there.stream is Stream.PROVISION and bool(target)
    now = flat([places.new.nodes[places.new.at[target]]]) if whole else former.now
    return replace(former, target=target, now=now, start=-1, end=-1)


def region_place(region: Region) -> Place:
    """Return where a region is."""
    return Place(region.stream, region.target, region.lo, region.hi)
