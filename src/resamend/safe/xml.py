"""The one way in for the bytes of XML.

The parser's own pass is fast; a second walk only to check would cost several times as much. So the
depth of the tree is checked by those who walk it to build a model.
"""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING

from resamend.errors import Unreadable
from resamend.safe.characters import forbidden_character, utf8
from resamend.safe.limits import Limits, in_force, refuse, refuse_beyond

if TYPE_CHECKING:
    from lxml import etree

_DECLARED = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


def parse_xml(xml_bytes: bytes, *, name: str, limits: Limits | None = None) -> etree._Element:
    """Parse XML bytes, known to a person as ``name``, into its root element.

    Accepts only well-formed XML 1.0 in UTF-8 without a document type. Comments and processing
    instructions stay in the tree; depth is left to the caller's own walk.

    Raises ``Unreadable``.
    """
    from lxml import etree

    limits = limits or in_force()
    xml_bytes = utf8(xml_bytes, name, limits)
    _refuse_declarations(xml_bytes, name)
    # An element has two "<" at most, so there are half as many or more; ten are left for others.
    most = (xml_bytes.count(b"<") - 10) // 2
    if most > limits.elements:
        refuse_beyond("elements", "it has too many elements", name, limits, most)
    # A copy, so that its log is of this text alone, whatever another thread reads.
    parser: etree.XMLParser = _parser().copy()  # type: ignore[assignment]
    try:
        root = etree.fromstring(xml_bytes, parser)
    except etree.XMLSyntaxError as error:
        raise _not_well_formed(xml_bytes, error, name) from None
    # A relative namespace after an unbound prefix makes libxml2 forget that it found a fault.
    for entry in parser.error_log.filter_from_errors():
        raise _not_well_formed(xml_bytes, entry, name)
    # Refused already, by its letters; asked again of the parser, which may see what we did not.
    if root.getroottree().docinfo.internalDTD is not None:
        refuse("it has a document type declaration", name, _NO_DOCTYPE)
    _refuse_attributes(root, xml_bytes, name, limits)
    return root


_NO_DOCTYPE = "Take out the DOCTYPE and any ENTITY: they can draw in other files."


def _refuse_declarations(xml_bytes: bytes, name: str) -> None:
    """Refuse another declared encoding, and anything that could declare an entity.

    A DOCTYPE is refused wherever its letters stand, in a comment or CDATA too: to tell them apart
    would need the parser that this protects.
    """
    declared = _DECLARED.match(xml_bytes[:400])
    if declared and declared[1].lower() not in (b"utf-8", b"utf8"):
        refuse(
            f"it declares the encoding {declared[1].decode()}",
            name,
            "Save it as UTF-8, and let it say so or say nothing.",
        )
    for word in (b"<!DOCTYPE", b"<!ENTITY") if b"<!" in xml_bytes else ():
        if word in xml_bytes:
            line = xml_bytes.count(b"\n", 0, xml_bytes.index(word)) + 1
            refuse(f"it has a {word.decode()} in line {line}", name, _NO_DOCTYPE)


def _refuse_attributes(root: etree._Element, xml_bytes: bytes, name: str, limits: Limits) -> None:
    """Refuse an element with too many attributes: to look one up, others are looked at.

    An attribute takes five bytes at the least, so only where a long run has no ``<`` is the tree
    asked for such an element.
    """
    most = limits.attributes
    if max(map(len, xml_bytes.split(b"<")[1:]), default=0) < 5 * most:
        return
    for element in root.iter():
        if isinstance(element.tag, str) and len(element.attrib) > most:
            what = f"an element in line {element.sourceline} has {len(element.attrib)} attributes"
            refuse_beyond("attributes", what, name, limits, len(element.attrib))


_SOUND = (6, 1, 3)
_OLD = (
    "lxml {} reads files that a document type names; 6.1.3 does not. Document types are refused "
    "before it sees them; install a newer one all the same."
)


@lru_cache(maxsize=1)
def _parser() -> etree.XMLParser:
    """Make the parser.

    ``collect_ids`` must stay at its default: without it libxml2 opens external declarations.
    ``recover`` and ``huge_tree`` would lift the parser's own limits on depth, size and entities.
    """
    from lxml import etree

    if etree.LXML_VERSION < _SOUND:
        warnings.warn(_OLD.format(etree.__version__), RuntimeWarning, stacklevel=3)
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities="internal",  # type: ignore[arg-type]  # the stubs know only bool
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        recover=False,
        remove_blank_text=False,
        remove_comments=False,
        remove_pis=False,
        strip_cdata=True,
    )


_ID_TWICE = re.compile("ID (.+) already defined")
"""What the parser says of a file that is well-formed and not valid, whatever its form."""


def _not_well_formed(
    xml_bytes: bytes, error: etree.XMLSyntaxError | etree._LogEntry, name: str
) -> Unreadable:
    """Say why the parser refused: a character that XML cannot hold, or the parser's own words."""
    bad = forbidden_character(xml_bytes.decode("utf-8"))
    if bad:
        return Unreadable(f"{bad} is not allowed in XML", where=name, advice="Take it out.")
    message, line = (
        (error.msg, error.lineno) if isinstance(error, SyntaxError) else (error.message, error.line)
    )
    reason = (message or "no reason given").split(", line ")[0]
    twice = _ID_TWICE.fullmatch(reason)
    if twice:
        return Unreadable(
            f"two elements have the xml:id {twice[1]}; the second is in line {line}",
            where=name,
            advice="An xml:id stands once in a file: give one of them another, or take it out.",
        )
    return Unreadable(
        f"it is not well-formed XML, line {line}: {reason}",
        where=name,
        advice="Mend it there; nothing is guessed.",
    )
