"""Prove of a Word draft that what it takes along is whole, and that it shows what it showed."""

from __future__ import annotations

from resamend.consolidation import Consolidated
from resamend.dossier.certificate import Certificate, Fault, TextProof
from resamend.dossier.embedded_files import unpacked
from resamend.dossier.index import fingerprint
from resamend.dossier.recovering import certified
from resamend.errors import InputError
from resamend.ooxml.embedded import Edited, edits, edits_beside, read_carried, read_seal
from resamend.readers.office import open_document

_OPEN = (
    "that any source's text comes back: it takes no proposals along "
    "(a draft for the room or for the public does not)",
    "that its marks are those of the proposals: there is nothing to compare them with",
)


def prove_word(content: bytes, name: str) -> Certificate:
    """Prove what can be proved of a draft in Word."""
    faults: list[Fault] = []
    texts: tuple[TextProof, ...] = ()
    unproved: tuple[str, ...] = ()
    resaved = False
    try:
        carried, unpacked_draft = read_carried(content, name=name), unpacked(content, name)
        if carried is None or unpacked_draft is None:
            unproved = _OPEN
        else:
            texts = (_text(unpacked_draft.consolidated, content, name, faults),)
            document = open_document(content, name)
            faults += (_fault(name, edit) for edit in edits(document, carried))
            faults += (_beside(name, edit) for edit in edits_beside(document, carried))
            seal = read_seal(content, name=name)
            resaved = bool(seal.changed) and not seal.kept
            if not resaved:
                faults += (Fault(name, part, _NOT_AS_WRITTEN) for part in seal.changed)
    except InputError as error:
        faults.append(Fault(name, error.where.removeprefix(name).strip(", "), error.told))
    return Certificate(
        subject=name,
        sha256=fingerprint(content),
        files=1,
        texts=texts,
        faults=tuple(faults),
        unproved=unproved,
        resaved=resaved,
    )


_NOT_AS_WRITTEN = "this part is not as it was written, and no program saved the whole file again"


def _fault(name: str, edit: Edited) -> Fault:
    return Fault(name, edit.where or "the cover or the summary", _edited(edit))


def _beside(name: str, edit: Edited) -> Fault:
    return Fault(name, "beside the text", _edited(edit))


def _edited(edit: Edited) -> str:
    was, now = (f"“{text[:80]}”" if text else "nothing" for text in (edit.before, edit.after))
    return f"what it shows was edited: {was} became {now}"


def _text(draft: Consolidated, content: bytes, name: str, faults: list[Fault]) -> TextProof:
    """Take every source out of what the draft takes along."""
    from resamend import akn

    printed = akn.printed_words(akn.write_consolidated(draft))
    text, missing = certified(draft, content, printed)
    faults += (Fault(name, fault.place, fault.what) for fault in missing)
    return text
