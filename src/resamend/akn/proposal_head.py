"""Read what a proposal of our own form says of itself, without a tree of elements.

Every such file has the same head but for a few values. One that has more in it (what is kept and
why, what was not marked) is read as a piece of XML.
"""

from __future__ import annotations

import re

from msgspec import Struct

from resamend.akn.names import FORM, OPENING
from resamend.model import Language, Proponent

__all__ = ["ProposalHead", "read_head"]

_V = r'[^"<&\t\n]*'
_T = r"[^<&\n]*"
_SAID = (
    rf'(?:this|uri|country|subtype|number|format) value="{_V}"|alias name="{_V}" value="{_V}"'
    rf'|date date="{_V}" name="{_V}"|author href="{_V}"'
)


def _frbr(name: str, more: str = "") -> str:
    return rf" {{8}}<FRBR{name}>\n(?: {{10}}<FRBR(?:{_SAID})/>\n)*{more} {{8}}</FRBR{name}>\n"


_head = re.compile(
    re.escape("\n".join(OPENING)) + r'\n  <amendment name="amendment" contains="originalVersion">'
    r'\n    <meta>\n      <identification source="#resamend">\n'
    + _frbr("Work")
    + _frbr("Expression", rf' {{10}}<FRBRlanguage language="({_V})"/>\n')
    + _frbr("Manifestation", rf'(?: {{10}}<FRBRformat value="{_V}"/>\n)?')
    + r'      </identification>\n      <analysis source="#resamend">\n'
    r"        <activeModifications>\n"
    r"        </activeModifications>\n      </analysis>\n"
    r'      <references source="#resamend">\n'
    rf'(?:        <TLCOrganization eId="{_V}" href="{_V}" showAs="{_V}"/>\n)*'
    r'      </references>\n      <proprietary source="#resamend">\n'
    rf'        <rs:patch form="{FORM}" id="({_V})"(?: revision="([0-9]{{1,9}})")?'
    rf'(?: date="({_V})")?(?: base="({_V})")?(?: baseSha256="({_V})")?'
    rf'(?: illustrative="({_V})")?/>\n'
    rf'((?:        <rs:proponent code="{_V}"(?: joined="{_V}")?(?: left="{_V}")?/>\n)*)'
    r"      </proprietary>\n    </meta>\n    <preface>\n"
    r'      <container name="proposal">\n'
    rf'(?:        <p><docProponent(?: refersTo="{_V}")?>{_T}</docProponent></p>\n)*'
    rf"        <p><docNumber>{_T}</docNumber></p>\n"
    r"      </container>\n    </preface>\n    <amendmentBody>\n"
    rf"      <amendmentHeading><p>{_T}</p></amendmentHeading>\n      <amendmentContent>\n"
    r"      </amendmentContent>\n    </amendmentBody>\n  </amendment>\n</akomaNtoso>\n"
).fullmatch
_proponents = re.compile(
    rf'<rs:proponent code="({_V})"(?: joined="({_V})")?(?: left="({_V})")?/>'
).findall


class ProposalHead(Struct, frozen=True, gc=False):
    """Hold what a proposal says of itself."""

    language: Language
    id: str
    revision: int
    date: str
    base: str
    base_digest: str
    illustrative: str
    proponents: tuple[Proponent, ...]


def read_head(text: str) -> ProposalHead | None:
    """Read a proposal without its places and mods; ``None`` where there is more in it, or else."""
    match = _head(text)
    if match is None:
        return None
    code, id, revision, date, base, digest, illustrative, who = match.groups(default="")
    try:
        language = Language.of(code)
    except ValueError:
        return None
    proponents = tuple([Proponent(*said) for said in _proponents(who)])
    return ProposalHead(
        language, id, int(revision or 0), date, base, digest, illustrative, proponents
    )
