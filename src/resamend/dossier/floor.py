"""Proposals from the floor: what a meeting changed in a draft, each change one proposal.

Their ids are such as ``floor/3/1``: meeting 3, change 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from resamend.amendment import Proposal, digest, place, propose
from resamend.dossier.embedded_files import unpacked
from resamend.dossier.reading import DossierContent
from resamend.errors import Invalid, NotApplicable
from resamend.matching import index_of
from resamend.model import Kind, Language, Mark, Proponent, Provision, Resolution
from resamend.numbering import eids, whole_number
from resamend.ooxml.embedded import EmbeddedFiles
from resamend.readers.docx_floor import read_floor
from resamend.readers.floor_changes import Floor, FloorAct, Uttered
from resamend.readers.lines import TextLine
from resamend.readers.provision_tree import clipped
from resamend.words import bare

if TYPE_CHECKING:
    from resamend.readers.prose import AmendedText

_BEGINNING = "floor/"


class FromFloor(Struct, frozen=True):
    """Hold the proposals of a meeting, what to tell the reader, and what was not taken.

    ``floor`` is what was read, with what was accepted and refused in it.
    """

    proposals: tuple[Proposal, ...]
    notes: tuple[str, ...]
    untaken: tuple[str, ...]
    floor: Floor


def draft_language(content: bytes, name: str) -> Language | None:
    """Return the language of a Word draft of ours."""
    own = unpacked(content, name)
    return own.consolidated.base.language if own else None


def from_floor(
    content: bytes,
    dossier: DossierContent,
    carried: EmbeddedFiles,
    *,
    name: str,
    codes: tuple[str, ...] = (),
    meeting: int = 0,
) -> FromFloor:
    """Read what a meeting changed in a draft of a dossier.

    ``carried`` is what the draft takes along, or at least what it showed; ``codes`` are the
    proponents of what was tracked without a name, ``meeting`` its number; the next one unless
    given. Raises ``NotApplicable`` for a draft of another text, ``Invalid`` where the proponent of
    a change is not known, with a list of those.
    """
    _of_this_base(content, dossier, name)
    floor = read_floor(content, carried, name=name)
    if floor.nameless:
        raise Invalid(
            "the names of those who ask for the changes are gone from it: personal information "
            "was removed when it was saved",
            where=name,
            advice="Edit the draft as it was sent, with “Remove personal information” off.",
        )
    unknown = [change for change in floor.uttered if not change.codes and not codes]
    if unknown:
        raise _nobodys(unknown, name)
    number, first = _numbers(dossier, meeting)
    finder = _BaseFinder(dossier.base)
    untaken = [*floor.left]
    proposals: list[Proposal] = []
    for change in floor.uttered:
        try:
            worded = _in_words(dossier.base, change)
        except Invalid as refusal:
            untaken.append(f"{_described(change)}: {refusal.what}")
            continue
        revised = worded.text if worded else finder.revised(change)
        if revised is None:
            untaken.append(f"{_described(change)}: it changes no provision in force ({_DECIDED})")
            continue
        id = f"{_BEGINNING}{number}/{first + len(proposals)}"
        who = tuple(map(Proponent, sorted(change.codes or codes)))
        date = change.date[:10] if change.date[4:5] == "-" else ""
        moved, places = (worded.moved, worded.places) if worded else (frozenset(), ())
        proposals.append(
            propose(
                dossier.base,
                revised,
                id,
                proponents=who,
                date=date,
                moved=moved,
                places=places,
            )
        )
        names = ", ".join(one.code for one in who)
        finder.notes.append(f"{id} (floor, meeting {number}; {names}): {_described(change)}")
        finder.notes += [f"{id}: {line}" for line in (worded.told if worded else ())]
    if not proposals:
        finder.notes.append("nothing was proposed in it")
    return FromFloor(tuple(proposals), tuple(finder.notes), tuple(untaken), floor)


_DECIDED = "record it with 'decide', or write it in the text in force as [RUS: …]"


def _in_words(base: Resolution, change: Uttered) -> AmendedText | None:
    """Return what a sentence of amendment asks for that was typed; nothing for other words.

    Raises ``Invalid`` for one that fits nowhere, or twice.
    """
    if not change.typed[:1].isupper():  # words that go on in the middle of a sentence
        return None
    from resamend.readers.prose import amended_by, is_prose

    return amended_by(base, change.typed) if is_prose(base, change.typed) else None


def _of_this_base(content: bytes, dossier: DossierContent, name: str) -> None:
    """Refuse a draft that takes another text in force along than the dossier's."""
    own = unpacked(content, name)
    if own and digest(own.consolidated.base) != digest(dossier.base):
        raise NotApplicable(
            "this draft was made from another text in force",
            where=name,
            advice=f"The text in force is that of {dossier.folder}.",
        )


_NOBODY = "somebody who is not named"


def _nobodys(unknown: Iterable[Uttered], name: str) -> Invalid:
    listed = "; ".join(
        f"{_described(change)} (tracked by {change.author or _NOBODY})" for change in unknown
    )
    return Invalid(
        f"whose changes are these? {listed}",
        where=name,
        advice="Give `proponents=`, or write them as [RUS: …] in the draft.",
    )


def _described(change: Uttered) -> str:
    return f"{change.where}, paragraph {change.number}: {change.quote}".removeprefix(", ")


def _numbers(dossier: DossierContent, meeting: int) -> tuple[int, int]:
    """Return the number of the meeting, and that of its first new proposal."""
    numbered = [
        (first, second)
        for p in dossier.proposals
        if p.id.startswith(_BEGINNING) and len(parts := p.id.split("/")) == 3
        if (first := whole_number(parts[1])) is not None
        and (second := whole_number(parts[2])) is not None
    ]
    number = meeting or 1 + max((held for held, _ in numbered), default=0)
    return number, 1 + max((rank for held, rank in numbered if held == number), default=0)


class _BaseFinder:
    """Find the provisions of a base by their paragraphs, and make the text with one change."""

    def __init__(self, base: Resolution) -> None:
        self.base = base
        self.index = index_of(base)
        self.notes: list[str] = []

    def revised(self, change: Uttered) -> Resolution | None:
        """Return the text in force with one change; nothing where its paragraph is not in force."""
        target = self._target(change)
        if target is None or (change.after is None and change.act is not FloorAct.STRIKE):
            return None
        provisions = tuple(
            _replaced(self.base.provisions, target.id, lambda p: _becomes(p, change))
        )
        return eids(replace(self.base, provisions=provisions))

    def _target(self, change: Uttered) -> Provision | None:
        line = change.before
        assert line is not None
        candidates = [
            (place(self.index, node), provision)
            for node, provision in enumerate(self.index.nodes)
            if _is(provision, line)
        ]
        exact = [provision for path, provision in candidates if path == change.where]
        return next(iter(exact or [provision for _, provision in candidates]), None)


def _is(provision: Provision, line: TextLine) -> bool:
    """Tell whether a paragraph shows a provision; the marks of footnotes count."""
    if provision.label != (line.label if provision.kind is Kind.ITEM else ""):
        return False
    text = line.body if provision.label else line.whole
    return bool(provision.text) and bare(provision.text) == bare(text)


def _becomes(provision: Provision, change: Uttered) -> tuple[Provision, ...]:
    """Return what a change makes of a provision."""
    if change.act is FloorAct.STRIKE or change.after is None:
        return ()
    if change.act is FloorAct.ADD:
        return provision, _added(change.after, provision)
    return (_changed(provision, change.after),)


def _changed(provision: Provision, line: TextLine) -> Provision:
    label, text, marks = _label_and_text(line, labelled=bool(provision.label))
    if not provision.marks and provision.kind is not Kind.ITEM:
        marks = ()  # the look of a heading is no part of it
    return replace(provision, label=label, text=text, marks=marks)


def _added(line: TextLine, after: Provision) -> Provision:
    label, text, marks = _label_and_text(line, labelled=True)
    kind = Kind.ITEM if label else Kind.TEXT
    return Provision(id=f"{after.id}-added", kind=kind, label=label, text=text, marks=marks)


def _label_and_text(line: TextLine, *, labelled: bool) -> tuple[str, str, tuple[Mark, ...]]:
    marks = line.rich.marks if line.rich else ()
    if not (labelled and line.label):
        return "", line.whole, marks
    return line.label, line.body, clipped(marks, len(line.whole) - len(line.body))


def _replaced(
    provisions: Iterable[Provision], id: str, rewrite: Callable[[Provision], tuple[Provision, ...]]
) -> Iterator[Provision]:
    for provision in provisions:
        if provision.id == id:
            yield from rewrite(provision)
        elif provision.children:
            yield replace(provision, children=tuple(_replaced(provision.children, id, rewrite)))
        else:
            yield provision
