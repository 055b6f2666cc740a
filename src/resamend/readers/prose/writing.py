"""Write a proposal as a numbered list of amendments in sentences, in its body's own form.

The law: what is written, read again, makes the same text. So a list is given away only after it
was read back; where words alone do not do, a paragraph is replaced as a whole, and what sentences
cannot say is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from resamend.amendment import Proposal, apply
from resamend.difference import LabelEdit, ListEdit, ListHunk, TextEdit
from resamend.errors import InputError, UsageError
from resamend.forms import TextForm
from resamend.languages import SentenceForms, section
from resamend.model import OBJECT, Kind, Provision, Resolution
from resamend.readers.prose.amending import amended_by
from resamend.readers.prose.lexicon import ordinals_of
from resamend.readers.prose.signs import PlaceBook
from resamend.readers.prose.splicing import places_of
from resamend.words import split

_CONTEXT = 8
"""Words at most that are quoted only to show which ones are meant."""


_IN, _AFTER, _OBJECT, _BEFORE = range(4)
_FRONT = (Kind.NUMBER, Kind.TITLE, Kind.ENACTING)
_PLAIN = re.compile(r"operative | du dispositif| de la parte dispositiva| постановляющей части")


def as_sentences(base: Resolution, proposal: Proposal) -> str:
    """Return a proposal as a numbered list of amendments.

    Raises ``UsageError`` where sentences cannot say it, or there are none in its language.
    """
    phrases = section(base.language, SentenceForms)
    if phrases is None:
        raise UsageError(
            f"amendments in sentences are not written in {base.language}",
            advice="They are written in en, fr, es and ru; take Word or plain text instead.",
        )
    wanted = apply(base, proposal)
    for whole in (False, True):
        lines = list(_Writer(base, phrases, whole=whole).lines(proposal))
        text = "".join(f"{n}. {line}\n" for n, line in enumerate(lines, 1))
        if lines and _reads_back(base, text, wanted):
            return text
    raise UsageError(
        f"{proposal.id} cannot be written in sentences that say the same and no more",
        advice="Take it as Word (-o X.docx), where its changes are tracked, or as plain text.",
    )


def _reads_back(base: Resolution, text: str, wanted: Resolution) -> bool:
    try:
        return amended_by(base, text).text.provisions == wanted.provisions
    except InputError:
        return False


class _Writer:
    """Write the edits of a proposal; ``whole`` replaces each amended paragraph as a whole."""

    def __init__(self, base: Resolution, phrases: SentenceForms, *, whole: bool) -> None:
        self.book = PlaceBook(base)
        self.phrases = phrases
        self.whole = whole
        self.language = base.language

    def lines(self, proposal: Proposal) -> Iterator[str]:
        """Yield a sentence for each thing that is asked for."""
        items = [
            i for e in proposal.edits if isinstance(e, ListEdit) for h in e.hunks for i in h.items
        ]
        moved = {addition.text for addition in items if addition.kind is Kind.MOVED}
        wanted = apply(self.book.base, proposal)
        new = {p.id: p for p in _all(wanted.provisions)}
        for edit in proposal.edits:
            if isinstance(edit, TextEdit) and edit.target not in new:
                continue  # it is deleted: its words have gone elsewhere
            if isinstance(edit, TextEdit):
                yield from self._words(edit, new[edit.target])
            elif isinstance(edit, LabelEdit):
                yield self._said("renumber", edit.target, _OBJECT, label=edit.label.rstrip("."))
            else:
                for hunk in edit.hunks:
                    yield from self._list(edit.target, hunk, moved)

    # -- words ----------------------------------------------------------------------------

    def _words(self, edit: TextEdit, new: Provision) -> Iterator[str]:
        own = self.book.provision(edit.target)
        joined = any(OBJECT in word.text for hunk in edit.hunks for word in hunk.words)
        if (self.whole or joined) and own.kind in (Kind.ITEM, Kind.TEXT):
            yield self._said("rewrite", edit.target, _OBJECT, new=self._quoted(_with_label(new)))
            return
        if self.whole:
            old, after = self._quoted(own.text), self._quoted(new.text)
            yield self._said("replace", edit.target, _IN, old=old, new=after)
            return
        offsets = [0]
        for word in split(own.text, own.marks):
            offsets.append(offsets[-1] + len(word.text))
        for hunk in edit.hunks:
            words = "".join(word.text for word in hunk.words).strip()
            yield self._hunk(edit.target, own.text, (offsets[hunk.start], offsets[hunk.end]), words)

    def _hunk(self, id: str, text: str, span: tuple[int, int], words: str) -> str:
        start, end = span
        old = text[start:end].strip()
        if old and len(places_of(old, text)) == 1:
            if words:
                pair = {"old": self._quoted(old), "new": self._quoted(words)}
                return self._said("replace", id, _IN, **pair)
            return self._said("delete_words", id, _IN, old=self._quoted(old))
        lead = _leading(text, start, old)
        if not old:
            return self._said("insert", id, _IN, anchor=self._quoted(lead), new=self._quoted(words))
        space = " " if text[start : start + 1] == " " and words and words[0].isalnum() else ""
        pair = {
            "old": self._quoted(f"{lead}{text[start:end]}".strip()),
            "new": self._quoted(f"{lead}{space}{words}"),
        }
        return self._said("replace", id, _IN, **pair)

    # -- provisions -----------------------------------------------------------------------

    def _list(self, target: str, hunk: ListHunk, moved: set[str]) -> Iterator[str]:
        children = self.book.children(target) if target else list(self.book.base.provisions)
        for id in hunk.gone:
            if id not in moved:
                yield self._said("delete", id, _OBJECT)
        before, beyond = children[: hunk.end][-1:], children[hunk.end :][:1]
        for addition in hunk.items:
            moves = addition.kind is Kind.MOVED
            own = self.book.provision(addition.id) if moves else addition
            if before and beyond and not _beside(own, before[0], beyond[0]):
                before = []
            if moves:
                what = self._place(addition.id, _OBJECT)
                if before:
                    yield self._said("move", before[0].id, _AFTER, what=what)
                elif beyond:
                    yield self._said("move_before", beyond[0].id, _BEFORE, what=what)
                else:
                    raise UsageError(
                        f"{what} moves where nothing else stands, for which there is no sentence",
                        advice="Take it as Word (-o X.docx), where its changes are tracked.",
                        code="no-sentence",
                    )
                continue
            new = self._quoted(_with_label(addition))
            if before:
                yield self._said("add_after", before[0].id, _AFTER, new=new)
            elif beyond:
                yield self._said("add_before", beyond[0].id, _BEFORE, new=new)
            else:
                yield self._said("add_in", target, _IN, new=new)

    def _said(self, key: str, id: str, case: int, **parts: str) -> str:
        pattern: str = getattr(self.phrases, key)
        sentence = pattern.format(**parts) if parts else pattern
        place = self._place(id, case)
        first = sentence.replace("@", place, 1)
        return first[:1].upper() + first[1:]

    def _quoted(self, words: str) -> str:
        half = len(self.phrases.quotes) // 2
        return f"{self.phrases.quotes[:half]}{words}{self.phrases.quotes[half:]}"

    # -- places ---------------------------------------------------------------------------

    def _place(self, id: str, case: int) -> str:
        """Name a place as sentences of the body do, in a case."""
        name = self.book.name(id)
        phrases = self.phrases
        if name == "title":
            return phrases.title
        if match := re.fullmatch(r"PP(\d+)", name):
            number = int(match[1])
            ranks = ordinals_of(self.language)
            rank = ranks[number - 1] if number <= len(ranks) else match[1]
            return _in_case(phrases.pp, case).format(rank=rank, n=number)
        if match := re.fullmatch(r"OP([^(]+)((?:\([^()]+\))*)", name):
            points = re.findall(r"\([^()]+\)", match[2])
            if self.language == "en" or not points:
                return _in_case(phrases.op, case).format(n=" ".join((match[1], *points)))
            return self._point(points, phrases.op[_AFTER].format(n=match[1]), case, name)
        if match := re.fullmatch(r"¶(\d+)", name):
            return _PLAIN.sub("", _in_case(phrases.op, case).format(n=match[1]))
        owner = self.book.parent(id)
        own = self.book.provision(id)
        if self.book.form is TextForm.ITU and own.label and owner:
            return self._item(own, owner, case)
        name = name.replace("Art. ", "Article " if self.language == "en" else "article ")
        return _in_case(phrases.other, case).format(name=re.sub(r"\s¶\d+$", "", name))

    def _point(self, points: list[str], paragraph: str, case: int, name: str) -> str:
        if len(points) > 1:  # deeper, only the short name is plain
            return _in_case(self.phrases.other, case).format(name=name)
        return self._point_of(f"{points[0].strip('()')})", paragraph, case)

    def _point_of(self, label: str, above: str, case: int) -> str:
        before, of = self.phrases.paragraph_of
        above = above.replace(before, of, 1) if before else above
        return _in_case(self.phrases.point, case).format(n=label).replace("@", above)

    def _item(self, own: Provision, owner: str, case: int) -> str:
        above = self.book.provision(owner)
        if above.kind in (Kind.PREAMBULAR, Kind.OPERATIVE):
            heading = above.text.rstrip(" ,:")
            return _in_case(self.phrases.item, case).format(n=own.label, heading=heading)
        return self._point_of(own.label, self._place(owner, _AFTER), case)


def _beside(addition: Provision, before: Provision, beyond: Provision) -> bool:
    """Tell whether people would say that something stands after what is before it.

    They name no place in the front of a text, and count paragraphs among those like it.
    """
    likes = [
        (p.kind, bool(p.label)) == (addition.kind, bool(addition.label)) for p in (before, beyond)
    ]
    return before.kind not in _FRONT and (likes[0] or not likes[1])


def _in_case(forms: tuple[str, ...], case: int) -> str:
    return forms[case if case < len(forms) else _AFTER]


def _all(provisions: tuple[Provision, ...]) -> Iterator[Provision]:
    for provision in provisions:
        yield provision
        yield from _all(provision.children)


def _with_label(provision: Provision) -> str:
    return f"{provision.label} {provision.text}" if provision.label else provision.text


def _leading(text: str, start: int, old: str) -> str:
    """Return as many words before a place as show which one is meant."""
    words = list(re.finditer(r"\S+\s*", text[:start]))
    for count in range(1, min(_CONTEXT, len(words)) + 1):
        lead = text[words[-count].start() : start]
        if len(places_of(f"{lead}{old and text[start : start + len(old)]}".strip(), text)) == 1:
            return lead.rstrip() if not old else lead
    return text[:start].rstrip()
