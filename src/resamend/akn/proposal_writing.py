"""Write a proposal as an ``amendment``: what a person reads, and the place of each edit.

The ``amendmentBody`` says in words of no language what is asked: MOD, ADD, SUP and NOC, the path of
the provision, the words struck and the words put in their place. Beside each ``mod`` stands a
``textualMod`` in the metadata, with the exact place: ``rs:at`` holds the words or children
[start, end) of the base, ``rs:of`` the stream, ``rs:edit`` which edit it is a part of. White space
at the edges of quoted words is theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from resamend.akn.inline import words_inline
from resamend.akn.layout import ElementLayout, LayoutEntry
from resamend.akn.metadata import (
    Frbr,
    as_date,
    expression,
    identification,
    is_token,
    references,
    reserved,
)
from resamend.akn.names import (
    FORM,
    FORMER,
    OPENING,
    address,
    attribute,
    encoded,
    escaped,
    is_address,
)
from resamend.amendment import NoChange, Proposal, Symbol, place
from resamend.amendment.edit_references import additions
from resamend.amendment.edit_references import references as stays
from resamend.difference import Hunk, LabelEdit, ListEdit, ListHunk, Respelling, TextEdit
from resamend.matching import ProvisionIndex, index_of
from resamend.model import ROOT, Kind, Resolution

_CONTEXT = 4
"""Words of the base shown before an insertion."""


def write_proposal(proposal: Proposal, base: Resolution) -> bytes:
    """Write a proposal as an Akoma Ntoso ``amendment``, in the one canonical form.

    ``base`` is the text it was made for: the paths are shown in its words. Raises ``Invalid`` for
    a character that XML cannot hold.
    """
    frbr = _frbr(proposal)
    layout = ElementLayout(reserved(frbr) | _codes(proposal))
    whole = expression(base.metadata, base.language)
    mods = _Mods(proposal, index_of(base), layout, whole if is_address(whole) else "")
    mods.write()
    return encoded(_lines(proposal, frbr, mods), proposal.id)


def _frbr(proposal: Proposal) -> Frbr:
    author = proposal.proponents[0].code if proposal.proponents else ""
    day = as_date(proposal.date, "submission")
    name = address(proposal.id.replace("/", "-"))
    return Frbr(
        work=f"/akn/un/amendment/modification/{address(author) or 'unknown'}/{day[0]}/{name}",
        number=proposal.id,
        authority=author if is_token(author) else "unknown",
        language=proposal.language,
        work_date=day,
        date=day,
        subtype="modification",
        work_alias=("proposalId", proposal.id),
        alias=("revision", str(proposal.revision) if proposal.revision else ""),
    )


def _codes(proposal: Proposal) -> set[str]:
    return {who.code for who in proposal.proponents if is_token(who.code)}


def _lines(proposal: Proposal, frbr: Frbr, mods: _Mods) -> Iterator[str]:
    yield from OPENING
    yield '  <amendment name="amendment" contains="originalVersion">'
    yield "    <meta>"
    yield from identification(frbr, "main", 3)
    if mods.places:
        yield '      <analysis source="#resamend">'
        yield "        <activeModifications>"
        yield from (f"          {line}" for line in mods.places)
        yield "        </activeModifications>"
        yield "      </analysis>"
    yield from references(frbr, _organizations(proposal, frbr), 3)
    yield '      <proprietary source="#resamend">'
    yield from (f"        {line}" for line in patch_lines(proposal))
    yield "      </proprietary>"
    yield "    </meta>"
    yield from _preface(proposal)
    yield "    <amendmentBody>"
    yield f"      <amendmentHeading><p>{_symbol(proposal)}</p></amendmentHeading>"
    yield from _boxed("amendmentContent", mods.layout.lines)
    yield from _boxed("amendmentJustification", _reasons(proposal))
    yield from ("    </amendmentBody>", "  </amendment>", "</akomaNtoso>")


def _boxed(tag: str, lines: Iterable[str]) -> Iterator[str]:
    inside = list(lines)
    if inside:
        yield f"      <{tag}>"
        yield from inside
        yield f"      </{tag}>"


def _organizations(proposal: Proposal, frbr: Frbr) -> Iterator[str]:
    for code in sorted(_codes(proposal) - reserved(frbr)):
        href = f"/akn/ontology/organization/un/{code}"
        named = attribute("eId", code) + attribute("href", href) + attribute("showAs", code)
        yield f"<TLCOrganization{named}/>"


def patch_lines(proposal: Proposal) -> Iterator[str]:
    """Yield what a proposal says beside its edits, its reasons and what it keeps."""
    values = {
        "form": FORM,
        "id": proposal.id,
        "revision": str(proposal.revision) if proposal.revision else "",
        "date": proposal.date,
        "base": proposal.base,
        "baseSha256": proposal.base_digest,
        "illustrative": proposal.illustrative,
        "reading": proposal.reading,
        "readingBy": proposal.reading_by,
    }
    yield f"<rs:patch{''.join(attribute(k, v) for k, v in values.items() if v)}/>"
    for who in proposal.proponents:
        dates = {"joined": who.joined, "left": who.left}
        more = "".join(attribute(k, v) for k, v in dates.items() if v)
        yield f"<rs:proponent{attribute('code', who.code)}{more}/>"
    yield from unmarked_lines(proposal)
    yield from former_lines(proposal)


def unmarked_lines(proposal: Proposal) -> Iterator[str]:
    """Yield the differences that a source did not mark."""
    for difference in proposal.unmarked:
        values = {
            "target": difference.target,
            "expected": difference.expected,
            "found": difference.found,
        }
        yield f"<rs:unmarked{''.join(attribute(k, v) for k, v in values.items() if v)}/>"


def former_lines(proposal: Proposal) -> Iterator[str]:
    """Yield what a source asked of a former text in force."""
    for former in proposal.former:
        values = {name: str(getattr(former, name)) for name in FORMER}
        values["at"] = f"{former.start},{former.end}" if former.start >= 0 else ""
        yield f"<rs:former{''.join(attribute(k, v) for k, v in values.items() if v)}/>"


def _preface(proposal: Proposal) -> Iterator[str]:
    yield "    <preface>"
    yield '      <container name="proposal">'
    for who in proposal.proponents:
        to = attribute("refersTo", f"#{who.code}") if is_token(who.code) else ""
        yield f"        <p><docProponent{to}>{escaped(who.code)}</docProponent></p>"
    yield f"        <p><docNumber>{escaped(proposal.id)}</docNumber></p>"
    yield "      </container>"
    yield "    </preface>"


def _symbol(proposal: Proposal) -> Symbol:
    """Return the symbol of the whole proposal."""
    for edit in proposal.edits:
        if isinstance(edit, ListEdit) and edit.target == ROOT and edit.hunks:
            whole = edit.hunks[0]
            # Taking the one out and putting another in is a change of the whole, so MOD.
            if not (whole.gone and whole.items):
                return Symbol.SUP if whole.gone else Symbol.ADD
    return Symbol.NOC if proposal.keeps and not proposal.edits else Symbol.MOD


def _reasons(proposal: Proposal) -> Iterator[str]:
    if proposal.reasons:
        yield f"        <p>{escaped(proposal.reasons)}</p>"
    for number, keep in enumerate(proposal.keeps):
        if keep.reasons:
            yield f'        <p rs:keep="{number}">{escaped(keep.reasons)}</p>'


# -- mods -----------------------------------------------------------------------------------------

_STAYS = {True: "*", False: ""}


class _Mods(Struct):
    """Write each part of each edit as a ``mod`` and as a ``textualMod``."""

    proposal: Proposal
    base: ProvisionIndex
    layout: ElementLayout
    address: str
    places: list[str] = field(default_factory=list)
    count: int = 0
    edit: int = -1
    stem: str = "mod"
    stays: frozenset[str] = frozenset()

    def write(self) -> None:
        self.stays = frozenset(stays(self.proposal.edits))
        ids = set(additions(self.proposal.edits)) | self.layout.taken
        # An id that is added may look like one of ours, and an eId may occur once.
        while any(id.startswith((f"{self.stem}_", f"tm{self.stem}_")) for id in ids):
            self.stem += "x"
        for edit in self.proposal.edits:
            self.edit += 1
            if isinstance(edit, TextEdit):
                for hunk in edit.hunks:
                    self._text(edit.target, hunk)
                for variant in edit.variants:
                    self._variant(edit.target, variant)
            elif isinstance(edit, LabelEdit):
                self._label(edit)
            else:
                self._list(edit)
        for keep in self.proposal.keeps:
            self._keep(keep)

    # -- lines ----------------------------------------------------------------------------

    def _mod(self, symbol: str, target: str, wording: str, attributes: str = "") -> None:
        self.count += 1
        id = attribute("eId", f"{self.stem}_{self.count}")
        written = f"{symbol} {self._path(target)}{wording}"
        self.layout.line(4, f"<p><mod{id}{attributes}>{written}</mod></p>")

    def _place(self, type_: str, target: str, of: str, more: str = "", inside: str = "") -> None:
        """Write the place of the ``mod`` that comes next."""
        id = f"{self.stem}_{self.count + 1}"
        to = attribute("href", f"{self.address}#{address(target)}" if target else self.address)
        head = f"{attribute('type', type_)}{attribute('eId', f'tm{id}')}"
        where = f"{attribute('rs:edit', str(self.edit))}{attribute('rs:of', of)}{more}"
        source = f"<source{attribute('href', f'#{id}')}/><destination{to}/>"
        self.places.append(f"<textualMod{head}{where}>{source}{inside}</textualMod>")

    def _path(self, target: str) -> str:
        node = self.base.at.get(target, -1)
        href = attribute("href", f"#{address(target)}")
        return f"<ref{href}>{escaped(place(self.base, node))}</ref>"

    def _quoted(self, number: int, content: str, attributes: str = "") -> str:
        id = attribute("eId", f"{self.stem}_{self.count + 1}__qtext_{number}")
        return f"“<quotedText{id}{attributes}>{content}</quotedText>”"

    def _quotes(self, *names: str) -> str:
        """Return the references from a place to the words quoted beside it."""
        id = f"#{self.stem}_{self.count + 1}__qtext_"
        return "".join(
            f"<{name}{attribute('href', f'{id}{n}')}/>" for n, name in enumerate(names, 1)
        )

    # -- text -----------------------------------------------------------------------------

    def _text(self, target: str, hunk: Hunk) -> None:
        names: tuple[str, ...]
        at = attribute("rs:at", f"{hunk.start},{hunk.end}")
        content, how = words_inline(hunk.words)
        if hunk.start == hunk.end:
            type_, names = "insertion", ("new",)
            wording = f"{self._before(target, hunk.start)} + {self._quoted(1, content, how)}"
        elif hunk.words:
            type_, names = "substitution", ("old", "new")
            new = self._quoted(2, content, how)
            wording = f"{self._quoted(1, escaped(hunk.old))} → {new}"
        else:
            type_, names = "repeal", ("old",)
            wording = f"− {self._quoted(1, escaped(hunk.old))}"
        self._place(type_, target, "text", at, self._quotes(*names))
        self._mod("MOD", target, f": {wording}")

    def _before(self, target: str, gap: int) -> str:
        """Show the words before a gap."""
        words = self.base.words(self.base.at[target])
        shown = "".join(word.text for word in words[max(0, gap - _CONTEXT) : gap])
        return f"“{'… ' if gap > _CONTEXT else ''}{escaped(shown.strip())}”" if shown else "“”"

    def _variant(self, target: str, variant: Respelling) -> None:
        content, how = words_inline((variant.word,))
        old = self.base.words(self.base.at[target])[variant.at].text
        quotes = self._quotes("old", "new")
        self._place("substitution", target, "variant", attribute("rs:at", str(variant.at)), quotes)
        quoted = f"{self._quoted(1, escaped(old))} → {self._quoted(2, content, how)}"
        self._mod("(MOD)", target, f": {quoted}")

    def _label(self, edit: LabelEdit) -> None:
        self._place("renumbering", edit.target, "label", "", self._quotes("old", "new"))
        old, new = self._quoted(1, escaped(edit.old)), self._quoted(2, escaped(edit.label))
        self._mod("(MOD)", edit.target, f": {old} → {new}")

    # -- lists ----------------------------------------------------------------------------

    def _list(self, edit: ListEdit) -> None:
        for hunk in edit.hunks:
            where = attribute("rs:list", edit.target)
            where += attribute("rs:at", f"{hunk.start},{hunk.end}")
            for id in hunk.gone:
                self._place("repeal", id, "gone", where)
                self._mod(f"SUP{_STAYS[id in self.stays]}", id, "")
            self._added(edit.target, hunk, where)
        if edit.renumbered:
            self._place("renumbering", edit.target, "list")
            self._mod("(MOD)", edit.target, ": 1, 2, 3 …")

    def _added(self, target: str, hunk: ListHunk, where: str) -> None:
        node = self.base.at.get(target, -1)
        parent = self.base.nodes[node].kind if target else Kind.RESOLUTION
        before = self.base.children(node)[hunk.end - 1 : hunk.end] if hunk.end else []
        after = self.base.nodes[before[0]].id if before else target
        for provision in hunk.items:
            if provision.kind is Kind.MOVED:
                self._place(
                    "insertion", after, "added", where + attribute("rs:moved", provision.text)
                )
                self._mod("ADD*", provision.text, f" → {self._path(after)} +")
                continue
            self._place("insertion", after, "added", where, self._structure())
            self.count += 1
            id = f"{self.stem}_{self.count}"
            self.layout.line(4, f"<p><mod{attribute('eId', id)}>ADD {self._path(after)} +")
            self.layout.line(5, f"<quotedStructure{attribute('eId', f'{id}__qstr_1')}>")
            quote(self.layout, LayoutEntry(provision), parent, 6)
            self.layout.line(5, "</quotedStructure></mod></p>")

    def _structure(self) -> str:
        return f"<new{attribute('href', f'#{self.stem}_{self.count + 1}__qstr_1')}/>"

    def _keep(self, keep: NoChange) -> None:
        symbol = f"<b>{Symbol.NOC}</b>" if keep.emphasised else str(Symbol.NOC)
        kept = "emphasised" if keep.emphasised else "plain"
        self._mod(symbol, keep.target, "", attribute("rs:keep", kept))


def quote(layout: ElementLayout, entry: LayoutEntry, parent: Kind, indent: int) -> None:
    """Write an added provision by itself, as the element that fits below its parent."""
    kind = entry.provision.kind
    if kind in (Kind.NUMBER, Kind.TITLE):
        layout.preface([entry], indent)
    elif kind in (Kind.ENACTING, Kind.PREAMBULAR):
        layout.preamble([entry], indent)
    elif kind is Kind.ROW:
        layout.row(entry, indent)
    elif kind is Kind.CELL:
        layout.cells([entry], indent)
    elif kind is Kind.ITEM and parent is Kind.PREAMBULAR:
        layout.recital(entry, indent)
    elif kind is Kind.ITEM:
        layout.hierarchy(entry, indent, 1 if parent is Kind.ITEM else 0)
    else:
        layout.body([entry], indent)
