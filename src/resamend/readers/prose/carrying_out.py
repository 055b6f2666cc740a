"""Carry out instructions on a text: each exactly, or none of them.

Words are whole words and case counts. What stands nowhere, or more than once where one place is
meant, is refused with the places where it stands. A deletion takes its spaces along, what is added
at the end stands before the last stop; nothing else is repaired.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from resamend.difference import ListPlace, content, precedes
from resamend.errors import Invalid
from resamend.forms import TextForm
from resamend.model import Kind, Provision, Resolution
from resamend.numbering import eids, inserted, parse
from resamend.readers.labels import LabelRole, label_role, relabelled
from resamend.readers.lines import line_of
from resamend.readers.prose.signs import PlaceBook
from resamend.readers.prose.splicing import inserted_words, places_of, spliced
from resamend.readers.prose.values import Instruction, PlaceSide

_SUFFIXED = re.compile(r"^(\(?[a-zа-я]{1,3})\)\s?(bis|ter|quater|quat|бис|тер)\b\.?")
"""A label such as ``(b) bis``, which is ``(b bis)``."""
_ODD_LABEL = re.compile(r"\(?[0-9]{1,3}\s?[^\W\d_]{2,10}[.)]\s")
_STOP = re.compile(r"[\s\u00a0\u202f]*[.;,:—]+$")


class AmendmentWork:
    """Collect what becomes of each provision, and build the text once at the end."""

    def __init__(self, book: PlaceBook) -> None:
        self.book = book
        self.texts: dict[str, Provision] = {}  # as amended so far
        self.gone: set[str] = set()
        self.moves: dict[str, tuple[str, PlaceSide]] = {}
        self.behind: dict[str, list[Provision]] = {}
        self.ahead: dict[str, list[Provision]] = {}
        self.last: dict[str, list[Provision]] = {}
        self.told: list[str] = []

    def carry_out(self, instruction: Instruction) -> None:
        """Carry out one instruction; raises ``Invalid`` where it fits nowhere or twice."""
        getattr(self, f"_{instruction.order.name.lower()}")(instruction)

    def now(self, id: str) -> Provision:
        return self.texts.get(id) or self.book.provision(id)

    # -- words ----------------------------------------------------------------------------

    def _scope(self, instruction: Instruction) -> list[str]:
        """Return the provisions in which words are looked for."""
        places = instruction.places or tuple(p.id for p in self.book.index.nodes)
        ids = list(places)
        if not instruction.alone:
            ids = [below for id in places for below in self.book.below(id)]
        return [id for id in dict.fromkeys(ids) if self.book.provision(id).text]

    def _standing(self, scope: Sequence[str], words: str) -> list[tuple[str, int]]:
        """Return where words stand in force: each provision with how often they do."""
        counts = ((id, len(places_of(words, self.book.provision(id).text))) for id in scope)
        return [(id, count) for id, count in counts if count]

    def _only(self, instruction: Instruction, words: str) -> list[str]:
        """Return the provisions in which words are meant, or refuse.

        Raises ``Invalid`` for words that are not there, and for words that are there more than
        once where one place is meant.
        """
        scope = self._scope(instruction)
        standing = self._standing(scope, words)
        if not standing:
            where = (
                ", ".join(self.book.name(id) for id in instruction.places) or "the text in force"
            )
            raise Invalid(
                f"“{instruction.words}”: “{words}” does not stand in {where}; it is not there",
                advice="Quote the words as they stand in force; capitals count.",
            )
        several = not instruction.everywhere and sum(count for _, count in standing) > 1
        if several and len(instruction.places) > 1:
            several = any(count > 1 for _, count in self._standing(scope, words))
            self._each(instruction, words)
        if several:
            names = ", ".join(self.book.name(id) for id, _ in standing)
            raise Invalid(
                f"“{instruction.words}” is ambiguous: “{words}” stands more than once ({names})",
                advice="Quote more words, name the paragraph, or say “throughout”.",
            )
        ids = [id for id, _ in standing]
        if dead := [id for id in ids if id in self.gone]:
            raise self._conflict(instruction, dead[0])
        return ids

    def _each(self, instruction: Instruction, words: str) -> None:
        for place in instruction.places:
            if not self._standing(self.book.below(place), words):
                raise Invalid(
                    f"“{instruction.words}”: “{words}” does not stand in {self.book.name(place)}",
                    advice="Name the places in which it stands.",
                )

    def _conflict(self, instruction: Instruction, id: str) -> Invalid:
        return Invalid(
            f"“{instruction.words}” contradicts another instruction of the same text: both concern "
            f"{self.book.name(id)}",
            advice="Leave out one of them.",
        )

    def _replace_words(self, instruction: Instruction) -> None:
        if len(instruction.places) > 1 and not instruction.everywhere:
            self._each(instruction, instruction.old)
        for id in self._only(instruction, instruction.old):
            provision = self.now(id)
            spans = places_of(instruction.old, provision.text)
            if not spans:
                raise self._conflict(instruction, id)
            for start, end in reversed(spans):
                provision = spliced(provision, start, end, instruction.new)
            self._reads(id, provision)

    def _insert_words(self, instruction: Instruction) -> None:
        if instruction.side in (PlaceSide.END, PlaceSide.START):
            self._insert_at_edge(instruction)
            return
        for id in self._only(instruction, instruction.anchor):
            provision = self.now(id)
            spans = places_of(instruction.anchor, provision.text)
            if instruction.until:
                spans = [
                    s
                    for s in spans
                    if provision.text[s[1] :].lstrip().startswith(instruction.until)
                ]
            if not spans:
                raise self._conflict(instruction, id)
            for start, end in reversed(spans):
                before = instruction.side is PlaceSide.BEFORE
                provision = inserted_words(
                    provision, start if before else end, instruction.new, before=before
                )
            self._reads(id, provision)

    def _insert_at_edge(self, instruction: Instruction) -> None:
        id = self._paragraph(instruction)
        provision = self.now(id)
        if instruction.side is PlaceSide.START:
            self._reads(id, inserted_words(provision, 0, instruction.new, before=True))
            return
        stop = _STOP.search(provision.text)
        sentence = instruction.sentence or instruction.new.endswith(".")
        at = len(provision.text) if sentence or not stop else stop.start()
        self._reads(id, inserted_words(provision, at, instruction.new, before=False))

    def _paragraph(self, instruction: Instruction) -> str:
        """Return the one paragraph at whose edge words are added; the only one below a heading."""
        ids = list(instruction.places)
        while len(ids) == 1 and self.book.children(ids[0]) and self._heads(ids[0]):
            ids = [p.id for p in self.book.children(ids[0]) if p.kind is not Kind.TITLE]
        if len(ids) != 1:
            names = ", ".join(self.book.name(id) for id in ids[:8]) or "no place"
            raise Invalid(
                f"“{instruction.words}” is ambiguous: it can mean several paragraphs ({names})",
                advice="Name the paragraph.",
            )
        if ids[0] in self.gone:
            raise self._conflict(instruction, ids[0])
        return ids[0]

    def _heads(self, id: str) -> bool:
        provision = self.book.provision(id)
        clause = self.book.form in (TextForm.ISO, TextForm.BILL) and provision.kind is Kind.ITEM
        return provision.kind is not Kind.ITEM or (clause and not _STOP.search(provision.text))

    def _delete_sentence(self, instruction: Instruction) -> None:
        id = self._paragraph(instruction)
        provision = self.now(id)
        spans = [
            m.span() for m in re.finditer(r"\S.*?(?:[.!?](?=\s|$)|$)", provision.text, re.DOTALL)
        ]
        rank = (
            instruction.sentence - 1
            if instruction.sentence > 0
            else len(spans) + instruction.sentence
        )
        if not 0 <= rank < len(spans) or len(spans) < 2:
            raise Invalid(
                f"“{instruction.words}”: there is no such sentence in {self.book.name(id)}",
                advice=f"It has {len(spans)}.",
            )
        self._reads(id, spliced(provision, *spans[rank], ""))

    def _reads(self, id: str, provision: Provision) -> None:
        self.texts[id] = provision
        self.told.append(f"{self.book.name(id)} would read: {provision.text}")

    # -- provisions -----------------------------------------------------------------------

    def _free(self, instruction: Instruction, id: str) -> None:
        if id in self.gone or id in self.texts or id in self.moves:
            raise self._conflict(instruction, id)

    def _delete(self, instruction: Instruction) -> None:
        for id in instruction.places:
            for below in self.book.below(id):
                self._free(instruction, below)
            self.gone.update(self.book.below(id))
            self.told.append(f"{self.book.name(id)} would be deleted")

    def _replace(self, instruction: Instruction) -> None:
        id = instruction.places[0]
        self._free(instruction, id)
        own = self.book.provision(id)
        line = self._line(instruction.new, own)
        label = line.label or own.label
        if parse(label) == parse(own.label) or label.strip("(). ") == own.label.strip("(). "):
            label = own.label
        new = replace(own, text=line.text, label=label, marks=())
        if (
            _STOP.sub("", own.text)
            and own.text.endswith((":", "—"))
            and not new.text.endswith((":", "—"))
        ):
            for below in self.book.below(id)[1:]:
                self._free(instruction, below)
            self.gone.update(self.book.below(id)[1:])
        self._reads(id, new)

    def _line(self, text: str, like: Provision | None) -> _Line:
        parted = relabelled(line_of(1, _SUFFIXED.sub(r"\1 \2)", text)), self.book.form)
        role = label_role(parted)
        labelled = role not in (LabelRole.NONE, LabelRole.SECTION) and (
            like is None or bool(like.label)
        )
        return _Line(parted.label, parted.body) if labelled else _Line("", text)

    def _add(self, instruction: Instruction) -> None:
        siblings = self._siblings(instruction)
        near = [self.book.provision(instruction.beside)] if instruction.beside else []
        alike = (*near, *reversed(siblings))
        like = next((p for p in alike if p.kind in (Kind.ITEM, Kind.TEXT)), None)
        lines = [line for line in instruction.new.split("\n") if line.strip()]
        beside, side = instruction.beside, instruction.side
        for text in lines:
            line = self._line(text, like)
            label = line.label or _styled(instruction.label, like)
            kind = Kind.ITEM if label else like.kind if like is not None else Kind.TEXT
            anchor = beside or self._place_for(label, siblings)
            before = side is PlaceSide.BEFORE and bool(beside)
            if not line.label and like is not None and like.label and _ODD_LABEL.match(text):
                raise Invalid(
                    f"“{instruction.words}” cannot be read: its new number is not plain",
                    advice="Number it as the text does, such as 3 bis.",
                )
            if not label and kind is Kind.ITEM and anchor:
                label = self._free_label(anchor, siblings, before=before)
            new = Provision(id="", kind=kind, label=label, text=line.text)
            if not anchor:
                self.last.setdefault(instruction.places[0], []).append(new)
            else:
                (self.ahead if before else self.behind).setdefault(anchor, []).append(new)
            where = f" {'before' if before else 'after'} {self.book.name(anchor)}" if anchor else ""
            self.told.append(f"added{where}: {f'{label} ' if label else ''}{line.text}")

    def _free_label(self, anchor: str, siblings: Sequence[Provision], *, before: bool) -> str:
        """Return a label for what is added beside a provision; before the first, one below it."""
        added = [*self.behind.items(), *self.ahead.items()]
        ids = {p.id for p in siblings}
        labels = [p.label for p in siblings]
        labels += [p.label for id, new in added if id in ids for p in new]
        taken = [label.replace(" ", "") for label in labels]
        label = self.book.provision(anchor).label
        if before:
            nodes = self.book.index.nodes[: self.book.index.at[anchor]]
            above = next((p.label for p in reversed(nodes) if precedes(p.label, label)), "")
            if not above:
                first = re.sub(r"[0-9]+", "0", label, count=1)
                return first if first not in taken or first == label else inserted(first, taken)
            label = above
        return _spaced(inserted(label, taken), siblings)

    def _siblings(self, instruction: Instruction) -> list[Provision]:
        """Return the list to which a provision is added."""
        if instruction.beside:
            parent = self.book.parent(instruction.beside)
            return self.book.children(parent) if parent else list(self.book.base.provisions)
        places = instruction.places
        if places in (("operative",), ("preambular",)):
            pattern = r"OP[^(]+" if places[0] == "operative" else r"PP\d+"
            ids = self.book.matching(pattern)
            if not ids:
                raise Invalid(
                    f"“{instruction.words}” cannot be read: it does not say where",
                    advice="Name the place after which it is to stand.",
                )
            return [self.book.provision(id) for id in ids]
        if len(places) != 1:
            raise Invalid(
                f"“{instruction.words}” is ambiguous: it names several places",
                advice="Name the one place to which the paragraph is added.",
            )
        if places[0] in self.gone:
            raise self._conflict(instruction, places[0])
        return [p for p in self.book.children(places[0]) if p.kind is not Kind.TITLE]

    def _place_for(self, label: str, siblings: Sequence[Provision]) -> str:
        """Return the provision after which one with a label stands; the last without a label."""
        anchor = siblings[-1].id if siblings else ""
        for sibling in siblings:
            if precedes(sibling.label, label) is False:
                break
            anchor = sibling.id
        return anchor

    def _move(self, instruction: Instruction) -> None:
        for id in instruction.places:
            self._free(instruction, id)
            if instruction.beside in self.book.below(id):
                raise self._conflict(instruction, id)
            self.moves[id] = (instruction.beside, instruction.side)
            beside = self.book.name(instruction.beside)
            self.told.append(f"{self.book.name(id)} would stand {instruction.side} {beside}")

    def _split(self, instruction: Instruction) -> None:
        id = instruction.places[0]
        provision = self.now(id)
        (standing,) = self._only(instruction, instruction.anchor)
        start, end = places_of(instruction.anchor, provision.text)[0]
        at = start if instruction.side is PlaceSide.BEFORE else end
        if standing != id:
            raise self._conflict(instruction, id)
        stop = _STOP.search(provision.text)
        ending = stop[0] if stop else ""
        first = _STOP.sub("", provision.text[:at]).rstrip(" ,") + ending
        second = instruction.new or provision.text[at:].strip(" ,")
        line = self._line(second, provision)
        self._reads(id, replace(provision, text=first, marks=()))
        label = line.label or (inserted(provision.label, []) if provision.label else "")
        new = replace(provision, id="", label=label, text=line.text, marks=(), children=())
        self.behind.setdefault(id, []).append(new)
        self.told.append(f"added after {self.book.name(id)}: {label} {line.text}")

    def _join(self, instruction: Instruction) -> None:
        first, *others = instruction.places
        for id in instruction.places:
            self._free(instruction, id)
        own = self.book.provision(first)
        self._reads(first, replace(own, text=self._line(instruction.new, own).text, marks=()))
        for id in others:
            self.gone.update(self.book.below(id))
            self.told.append(f"{self.book.name(id)} would be joined to {self.book.name(first)}")

    def _renumber(self, instruction: Instruction) -> None:
        id = instruction.places[0]
        own = self.now(id)
        closing = re.search(r"[\s.)]*$", own.label)
        opening = re.match(r"[(]?", own.label)
        label = instruction.label.strip(".() ")
        label = f"{opening[0] if opening else ''}{label}{closing[0] if closing else ''}"
        self.texts[id] = replace(own, label=label)
        self.told.append(f"{self.book.name(id)} would be numbered {label}")

    # -- the text -------------------------------------------------------------------------

    def text(self) -> Resolution:
        """Return the text as amended."""
        base = self.book.base
        top = tuple(built for p in base.provisions for built in self._built(p))
        return eids(replace(base, provisions=top))

    def places(self) -> Iterator[ListPlace]:
        """Yield after which provision of the base stands what is added or moves."""
        names = [
            (content(p), after, PlaceSide.AFTER)
            for after in self.behind
            for p in self.behind[after]
        ]
        names += [(content(p), at, PlaceSide.BEFORE) for at in self.ahead for p in self.ahead[at]]
        names += [(id, *place) for id, place in self.moves.items()]
        for name, beside, side in names:
            yield ListPlace(name, beside if side is PlaceSide.AFTER else self._before(beside))

    def _before(self, id: str) -> str:
        """Return the provision before another in its list; "" where there is none."""
        parent = self.book.parent(id)
        siblings = self.book.children(parent) if parent else self.book.base.provisions
        ids = ["", *(sibling.id for sibling in siblings)]
        return ids[ids.index(id) - 1]

    def _built(self, provision: Provision, *, moving: bool = False) -> Iterator[Provision]:
        id = provision.id
        yield from self.ahead.get(id, ())
        yield from self._arriving(id, PlaceSide.BEFORE)
        if id not in self.gone and (moving or id not in self.moves):
            children = [built for child in provision.children for built in self._built(child)]
            children += self.last.get(id, ())
            yield replace(self.now(id), children=tuple(children))
        if not moving:
            yield from self.behind.get(id, ())
            yield from self._arriving(id, PlaceSide.AFTER)

    def _arriving(self, beside: str, side: PlaceSide) -> Iterator[Provision]:
        for id, place in self.moves.items():
            if place == (beside, side):
                yield from self._built(self.book.provision(id), moving=True)


class _Line(Struct, frozen=True):
    label: str
    text: str


def _styled(label: str, like: Provision | None) -> str:
    """Return a label as those of its list are written; none where they bear none."""
    if not label or like is None or not like.label:
        return ""
    core = label.strip(".() ")
    opening = "(" if like.label.startswith("(") else ""
    closing = re.search(r"[\s.)-]*$", like.label)
    return f"{opening}{core}{closing[0] if closing else ''}"


def _spaced(label: str, siblings: Sequence[Provision]) -> str:
    """Put a space before a suffix where the text does: ``3 bis.``."""
    spaced = any(re.search(r"[0-9]\s[^\W\d_]", sibling.label) for sibling in siblings)
    return re.sub(r"([0-9])(?=[^\W\d_])", r"\1 ", label) if spaced else label
