"""A resolution as plain text, a paragraph a line: the inverse of ``readers.text``.

What a line cannot carry (bold, underline, raised letters, links) is not shown; the words are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from resamend.amendment import Proposal, place
from resamend.matching import index_of
from resamend.model import Kind, Mark, Provision, Resolution
from resamend.page.vocabulary import phrases

_APART = frozenset({Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX})


def written(resolution: Resolution) -> str:
    """Write a resolution: label TAB text, headings and texts as lines, footnotes as ``[^1]: …``.

    A blank line stands before a heading and an annex. What ``readers.text`` read comes back but
    for line ends, blank lines and white space at the edges of lines and after labels. A text that
    is no official one begins by saying so.
    """
    return _as_text([*_banner(resolution), *_text(resolution)])


def handed_in(base: Resolution, proposal: Proposal, wanted: Resolution) -> str:
    """Write a proposal as a state hands it in: its symbol and id, the text it asks for, reasons.

    ``wanted`` is that text. Read again and compared with the base, it is the same proposal.
    """
    symbol = "ADD" if not base.provisions else "MOD" if wanted.provisions else "SUP"
    reasons = phrases(base.language)("reasons")
    index = index_of(base)
    lines = [*_banner(wanted, proposal.illustrative), f"{symbol}\t{proposal.id}", *_text(wanted)]
    lines += ["", f"{reasons}: {proposal.reasons}"] if proposal.reasons else []
    for keep in proposal.keeps:
        if keep.emphasised:  # in a plain text NOC always is
            lines += ["", f"NOC\t{place(index, index.at.get(keep.target, -1))}"]
            lines += [f"{reasons}: {keep.reasons}"] if keep.reasons else []
    return _as_text(lines)


def _as_text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines).lstrip("\n")


def _banner(resolution: Resolution, illustrative: str = "") -> Iterator[str]:
    if illustrative or resolution.metadata.illustrative:
        yield f"*** {phrases(resolution.language)('illustrative')} ***"


def _text(resolution: Resolution) -> Iterator[str]:
    unnamed = count(1)
    for provision in resolution.provisions:
        yield from _lines(provision, "", unnamed)


def _lines(provision: Provision, name: str, unnamed: Iterator[int]) -> Iterator[str]:
    """Yield the lines of a provision; ``name`` is a footnote's, ``unnamed`` numbers the others."""
    notes = [child for child in provision.children if child.kind is Kind.FOOTNOTE]
    names = [note.label or f"n{next(unnamed)}" for note in notes]
    if provision.kind is Kind.ROW:
        yield "\t".join(_line(cell, "", []) for cell in provision.children)
        return
    if provision.kind in _APART:
        yield ""
    if provision.label or provision.text or name:
        yield _line(provision, name, names)
    left = iter(names)
    for child in provision.children:
        yield from _lines(child, next(left) if child.kind is Kind.FOOTNOTE else "", unnamed)


def _line(provision: Provision, name: str, notes: list[str]) -> str:
    text = _with_marks(provision.text, provision.marks, notes)
    if provision.kind is Kind.FOOTNOTE:
        return f"[^{name}]: {text}"
    return f"{provision.label}\t{text}" if provision.label else text


def _with_marks(text: str, marks: tuple[Mark, ...], notes: list[str]) -> str:
    """Write italics as asterisks, and the mark of the n-th footnote by the n-th name."""
    names = iter(notes)
    signs = [(m.start, m.end, f"[^{next(names, '?')}]") for m in marks if m.kind == "footnote"]
    signs += [(at, at, "*") for m in marks if m.kind == "i" for at in (m.start, m.end)]
    closing = {m.end for m in marks if m.kind == "i"}
    pieces: list[str] = []
    last = 0
    # At one place an asterisk closes before a footnote's mark, and opens before it too.
    for start, end, shown in sorted(signs, key=lambda cut: (cut[0], cut[0] not in closing, cut[1])):
        pieces += (text[last:start], shown)
        last = end
    return "".join((*pieces, text[last:]))
