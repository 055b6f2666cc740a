"""Read a document, whichever of our forms or of others' it is in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from resamend.akn.names import NS, RS, akn
from resamend.akn.reading import ProvisionReader
from resamend.akn.text_reading import DRAFT, is_ours, read_foreign, read_resolution
from resamend.amendment import Proposal
from resamend.consolidation import Consolidated
from resamend.errors import Invalid
from resamend.model import Language, Resolution
from resamend.safe import Limits, in_force, parse_xml

if TYPE_CHECKING:
    from lxml import etree


class AknDocument(Struct, frozen=True):
    """Hold what was read, and in words for a person what was repaired or kept as opaque text.

    ``numbers`` are those that a draft gives to its outstanding points, by their ids; ``foreign``
    says that another producer wrote it.
    """

    value: Resolution | Proposal | Consolidated
    repairs: tuple[str, ...] = ()
    numbers: Mapping[str, int] = {}
    foreign: bool = False


def read(
    xml_bytes: bytes,
    *,
    name: str = "",
    limits: Limits | None = None,
    language: Language | None = None,
) -> AknDocument:
    """Read a resolution, a proposal or a consolidated draft.

    ``name`` is what a person knows the file by, ``language`` that of a document that names none.
    Raises ``Unreadable`` for bytes that are no sound XML, and ``Invalid`` for XML that holds none
    of the three.
    """
    limits = limits or in_force()
    reader = ProvisionReader(name, limits, language)
    document = _document(parse_xml(xml_bytes, name=name, limits=limits), name)
    value = _value(document, reader)
    foreign = isinstance(value, Resolution) and not is_ours(document, name)
    return AknDocument(value, tuple(reader.repairs), reader.numbers, foreign)


def _value(
    document: etree._Element, reader: ProvisionReader
) -> Resolution | Proposal | Consolidated:
    """Read a document by what reads its form, which is loaded only then."""
    if document.tag == akn("amendment"):
        from resamend.akn.proposal_reading import read_proposal

        return read_proposal(document, reader)
    if document.tag in _SEVERAL:
        raise Invalid(
            "it holds several documents", where=reader.name, advice="Give each in its own file."
        )
    if not is_ours(document, reader.name):
        return read_foreign(document, reader)
    # A draft is a statement too: what it says of itself tells, not the marks, of which it may have
    # none.
    if document.find(DRAFT, {"a": NS, "rs": RS}) is None:
        return read_resolution(document, reader)
    from resamend.akn.draft_reading import read_draft

    return read_draft(document, reader)


_SEVERAL = frozenset(map(akn, ("amendmentList", "documentCollection", "officialGazette")))


def _document(root: etree._Element, name: str) -> etree._Element:
    if root.tag != akn("akomaNtoso"):
        raise Invalid(
            f"its root is {root.tag}", where=name, advice=f"It should be akomaNtoso in {NS}."
        )
    for child in root:
        # Comments and instructions, whose tag is a function, may stand before the document.
        if isinstance(child.tag, str):
            return child
    raise Invalid("it holds no document", where=name)
