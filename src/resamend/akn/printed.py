"""What a person sees in a file: the words of a draft, counted, and the lines of a proposal.

The count knows nothing of sources, gaps or ranges: it takes the text that is seen in the file and
splits it. So it can tell, independently of how a draft is read, whether a word was lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from resamend.akn.names import NS, RS, akn
from resamend.model import NOTE
from resamend.safe import Limits, parse_xml
from resamend.words import split

if TYPE_CHECKING:
    from lxml import etree

_META = akn("meta")
_INLINE = frozenset(map(akn, ("i", "b", "u", "sub", "sup", "term", "docType", "docNumber",
    "docStatus", "docTitle")))  # fmt: skip
"""Elements in the middle of which, and at whose edges, a word may go on."""
_VARIANTS = "a:analysis/a:otherAnalysis/rs:variant"


def printed_words(
    xml_bytes: bytes, *, name: str = "", limits: Limits | None = None
) -> Counter[str]:
    """Return how often each word is printed in a draft, by the key that words are compared by.

    Raises ``Unreadable``.
    """
    root = parse_xml(xml_bytes, name=name, limits=limits)
    counts: Counter[str] = Counter()
    for document in root:
        for run in _runs(document):
            counts.update(word.key for word in split(run))
    return counts


_BODY = "a:amendment/a:amendmentBody/*/a:p"
_BETWEEN = {akn("num"): "\t", akn("noteRef"): NOTE, akn("eol"): "\n"}
"""What stands behind the words of an element where it is read as a line."""


def lines_of_proposal(xml_bytes: bytes, *, name: str = "") -> Iterator[str]:
    """Yield the lines in which a stored proposal says what it asks for, and why.

    Raises ``Unreadable``.
    """
    root = parse_xml(xml_bytes, name=name)
    for paragraph in root.iterfind(_BODY, {"a": NS}):
        words = "".join(_words(paragraph))
        yield from (line.strip() for line in words.splitlines() if line.strip())


def _words(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield from _words(child) if isinstance(child.tag, str) else ()
        yield _BETWEEN.get(child.tag, "") + (child.tail or "")


def _runs(document: etree._Element) -> Iterator[str]:
    """Yield the runs of text between the edges of elements at which a word ends."""
    run: list[str] = []
    for text, ends in _pieces(document):
        if ends and run:
            yield "".join(run)
            run = []
        run.append(text)
    yield "".join(run)


def _pieces(element: etree._Element) -> Iterator[tuple[str, bool]]:
    """Yield each piece of text, and whether a word ends before it."""
    tag = element.tag
    # Of the metadata only other spellings are words of the text: somebody wants them printed.
    if tag == _META:
        for variant in element.iterfind(_VARIANTS, {"a": NS, "rs": RS}):
            yield "".join(map(str, variant.itertext())), True
        yield element.tail or "", True
        return
    ends = tag not in _INLINE
    # A comment has text that nobody prints; what follows it counts.
    if isinstance(tag, str):
        yield element.text or "", ends
        for child in element:
            yield from _pieces(child)
    yield element.tail or "", ends
