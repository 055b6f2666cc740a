"""Prove of a draft alone that it is as it was written, and that every source comes back from it."""

from __future__ import annotations

from resamend import akn
from resamend.consolidation import Consolidated
from resamend.dossier.certificate import Certificate, Fault, TextProof
from resamend.dossier.damage import located, place_in_xml
from resamend.dossier.index import fingerprint
from resamend.dossier.recovering import certified
from resamend.errors import InputError, UsageError


def prove_draft(content: bytes, name: str) -> Certificate:
    """Prove what can be proved of a draft in our XML.

    Raises ``UsageError`` for what is no draft.
    """
    seal = akn.unsealed(content)
    faults: list[Fault] = []
    unproved: tuple[str, ...] = ()
    if seal is None:
        unproved = ("that it is as it was written: it bears no seal, or a broken one",)
    elif seal.agreeing < 2:
        faults.append(Fault(name, _place(seal), "it is not as it was written"))
    texts: tuple[TextProof, ...] = ()
    try:
        draft = akn.read(content, name=name).value
        if isinstance(draft, Consolidated):
            texts = (_text(draft, content, name, faults),)
        elif not faults:
            raise UsageError(
                "this is no consolidated draft",
                where=name,
                advice="Give a dossier, or a draft in xml.",
                code="no-draft",
            )
    except InputError as error:
        faults.append(Fault(name, "", error.told))
    return Certificate(
        subject=name,
        sha256=fingerprint(content),
        files=1,
        texts=texts,
        faults=tuple(faults),
        unproved=unproved,
    )


def _place(seal: akn.Seal) -> str:
    """Name the provision, or at least the line, where a sealed draft was changed."""
    if seal.agreeing:
        return "its seal (rs:draft)"
    damage = located(seal.data, seal.crc32, lambda mended: fingerprint(mended) == seal.sha256)
    if damage is None:
        return ""
    value = akn.read(damage.mended).value
    where = place_in_xml(damage, value.base) if isinstance(value, Consolidated) else ""
    return f"{where}, line {damage.line}" if where else f"line {damage.line}"


def _text(draft: Consolidated, content: bytes, name: str, faults: list[Fault]) -> TextProof:
    """Take every source out of a draft, and see that it can be written and read again."""
    again = akn.read(akn.write_consolidated(draft)).value
    if again != draft:
        faults.append(Fault(name, "", "written again, it says something else"))
    text, missing = certified(draft, content, akn.printed_words(content, name=name))
    faults += (Fault(name, fault.place, fault.what) for fault in missing)
    return text
