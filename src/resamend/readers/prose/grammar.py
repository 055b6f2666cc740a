"""From signs to instructions: what a sentence of any language asks for, or why it is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence

from resamend.errors import Invalid
from resamend.forms import TextForm
from resamend.model import Kind
from resamend.naming import is_recital
from resamend.readers.labels import LabelRole, is_closed, label_role, relabelled
from resamend.readers.lines import line_of
from resamend.readers.prose.clauses import Clause, ClausePlace, ClauseQuote, unclear
from resamend.readers.prose.naming_places import found_places, parted_place
from resamend.readers.prose.signs import PlaceBook
from resamend.readers.prose.values import Instruction, Order, PlaceSide

_SECTIONS = (Kind.PREAMBULAR, Kind.OPERATIVE)


_RECITAL = re.compile(r"(?:PP|ПП)", re.IGNORECASE)


class ClauseReader:
    """Make the instructions of one clause."""

    def __init__(self, clause: Clause, book: PlaceBook, context: tuple[str, ...]) -> None:
        self.clause = clause
        self.book = book
        self.context = context
        self.region = False

    def instructions(self) -> tuple[list[Instruction], tuple[str, ...]]:
        clause = self.clause
        verb = clause.verb
        self._find_context()
        where = ", ".join(self.book.name(id) for id in self._known_places())
        if "line" in clause.signs:
            raise Invalid(
                f"“{clause.words}” names a line, and lines differ from copy to copy ({where})",
                advice="Name the paragraph, and quote the words.",
            )
        if verb == "rewrite":
            raise unclear(clause, "it gives no words", where)
        if (clause.unread and clause.verb != "replace") or (clause.unread and clause.quotes):
            unknown = self._unknown_place()
            if unknown:
                raise Invalid(
                    f"there is no “{unknown}” in the text in force",
                    advice=f"“{clause.words}” names it.",
                )
            raise unclear(clause, f"what “{' '.join(clause.unread)}” says is not plain", where)
        instructions = getattr(self, f"_{verb}")()
        return instructions, self.context

    def _unknown_place(self) -> str:
        """Return what looks like the name of a place that the text does not have."""
        match = re.search(
            r"(?:^|\s)(?:in|under|dans le|au|en el|en|в)\s+"
            r"((?:[^\W\d_]+\s){1,6}?\(?[a-zа-я0-9]{1,3}\))",
            self.clause.words,
            re.IGNORECASE,
        )
        return match[1] if match else ""

    def _find_context(self) -> None:
        """Read the places before the verb: there, the clause and those that follow it hold."""
        clause = self.clause
        beside = ("after", "before", "end", "start")
        held = [p for p in clause.before if p.preposition not in (*beside, "between")]
        if not clause.quotes and clause.verb in ("delete", "move", "renumber"):
            objects = [p for p in clause.places if p.preposition not in beside]
            if objects and not (clause.verb == "renumber" and len(clause.places) == 1):
                self._widen(held)  # "Clause 1, leave out subsection (3)"
            else:
                clause.places = [*held, *clause.places]
            return
        if clause.verb == "replace" and len(clause.quotes) == 1 and held and not clause.places:
            inner = held[-1]
            held, clause.places = held[:-1], [inner]
            if not held:
                self._widen([inner])
                clause.places = []
                return
        self._widen(held)
        worded = clause.verb in ("replace", "delete", "substitute") and len(clause.quotes) > (
            clause.verb == "replace"
        )
        scopes = ("of", "") if "every" in clause.signs else ("of",)
        behind = [p for p in clause.places if worded and p.preposition in scopes]
        if behind:
            self._widen(behind)
            clause.places = [p for p in clause.places if p not in behind]

    def _widen(self, places: Sequence[ClausePlace]) -> None:
        if not places:
            return
        ids: list[str] = []
        for n, place in enumerate(places):
            context = self.context if n == 0 else tuple(ids) or self.context
            try:
                named = found_places(place.expression, self.book, context)
            except Invalid:
                # In a resolution, paragraphs are numbered through: none is inside another.
                if not n and self.book.form not in (TextForm.UN, TextForm.UNFCCC):
                    raise
                named = found_places(place.expression, self.book)  # "in the preamble and in …"
            nested = n and all(id in self._below(ids) for id in named.ids) and not named.region
            ids = list(named.ids) if nested else [*ids, *(i for i in named.ids if i not in ids)]
            self.region |= named.region
        self.context = tuple(ids)

    def _below(self, ids: Sequence[str]) -> set[str]:
        return {below for id in ids for below in self.book.below(id)}

    def _known_places(self) -> list[str]:
        ids = list(self.context)
        for place in (*self.clause.before, *self.clause.places):
            try:
                ids += found_places(place.expression, self.book, self.context).ids
            except Invalid:
                if "line" not in self.clause.signs and not place.fresh:
                    continue
        return list(dict.fromkeys(ids))

    def _ids(self, place: ClausePlace) -> tuple[str, ...]:
        return found_places(place.expression, self.book, self.context).ids

    def _one(self, place: ClausePlace) -> str:
        ids = self._ids(place)
        if len(ids) != 1:
            raise unclear(self.clause, f"“{place.expression.words}” names several places")
        return ids[0]

    # -- words ----------------------------------------------------------------------------

    def _words(self, **fields: object) -> Instruction:
        everywhere = "every" in self.clause.signs or self.region
        fields.setdefault("alone", "chapeau" in self.clause.signs)
        return Instruction(
            words=self.clause.words,
            places=self.context,
            everywhere=everywhere,
            **fields,  # type: ignore[arg-type]
        )

    def _replace(self) -> list[Instruction]:
        clause = self.clause
        quotes = [q for q in clause.quotes if q.preposition not in ("after", "before", "between")]
        if not quotes:
            names = ", ".join(self.book.name(id) for id in self._known_places())
            raise unclear(clause, "it gives no words", names)
        if len(quotes) == 1:
            targets = [p for p in clause.places if p.preposition != "with"]
            ids = [id for place in targets for id in self._ids(place)] or list(self.context)
            if len(ids) != 1:
                raise unclear(clause, "it does not say in what place, or of which words")
            self.context = tuple(ids)
            return [
                Instruction(
                    order=Order.REPLACE, words=clause.words, places=tuple(ids), new=quotes[0].text
                )
            ]
        if clause.places:
            raise unclear(clause, "it names a place where only words are expected")
        pairs = self._pairs(quotes)
        if not pairs:
            raise unclear(clause, f"its {len(quotes)} quotations are no pairs of old and new words")
        respective = "respectively" in clause.signs and len(pairs) == len(self.context)
        instructions = []
        for n, (old, other) in enumerate(pairs):
            instruction = self._words(order=Order.REPLACE_WORDS, old=old, new=other)
            if respective:
                instruction = Instruction(
                    order=Order.REPLACE_WORDS,
                    words=clause.words,
                    places=(self.context[n],),
                    old=old,
                    new=other,
                )
            instructions.append(instruction)
        return instructions

    def _substitute(self) -> list[Instruction]:
        """Substitute new words for old ones: the new stand first."""
        quotes = self.clause.quotes
        if len(quotes) != 2 or "instead" not in self.clause.signs or self.clause.places:
            raise unclear(self.clause, "it does not say what for what")
        old, new = sorted(quotes, key=lambda quote: quote.preposition != "instead")
        return [self._words(order=Order.REPLACE_WORDS, old=old.text, new=new.text)]

    def _pairs(self, quotes: Sequence[ClauseQuote]) -> list[tuple[str, str]]:
        """Pair old words with new: X by Y and A by B; X and A by Y and B; for X read Y."""
        texts = [quote.text for quote in quotes]
        marks = "".join("w" if quote.preposition == "with" else "o" for quote in quotes)
        half = len(texts) // 2
        if re.fullmatch("(ow)+", marks):
            return list(zip(texts[::2], texts[1::2], strict=True))
        if len(texts) == 2 * half and marks[:half] == "o" * half and marks[half] == "w":
            return list(zip(texts[:half], texts[half:], strict=True))
        if len(texts) == 2 and "instead" in self.clause.signs:
            old, new = sorted(quotes, key=lambda quote: quote.preposition != "instead")
            return [(old.text, new.text)]
        if "dash" in self.clause.signs and len(texts) % 2 == 0 and marks[1] == "w":
            return list(zip(texts[::2], texts[1::2], strict=True))
        return []

    def _delete(self) -> list[Instruction]:
        clause = self.clause
        if "sentence" in clause.signs:
            if len(self.context) != 1 and clause.places:
                self._widen(clause.places)
            return [
                Instruction(
                    order=Order.DELETE_SENTENCE, words=clause.words, places=self.context,
                    sentence=clause.ordinal or -1,
                )
            ]  # fmt: skip
        if clause.quotes:
            if clause.places:
                raise unclear(clause, "it names a place where only words are expected")
            return [
                self._words(order=Order.REPLACE_WORDS, old=quote.text)
                for quote in clause.quotes
                if quote.preposition not in ("after", "before")
            ]
        ids = [id for place in clause.places for id in self._ids(place)] or list(self.context)
        if not ids:
            raise unclear(clause, "it does not say what is to be deleted")
        self.context = tuple(ids)
        return [Instruction(order=Order.DELETE, words=clause.words, places=tuple(ids))]

    # -- what is added --------------------------------------------------------------------

    def _insert(self) -> list[Instruction]:
        clause = self.clause
        beside = [
            p for p in (*clause.before, *clause.places) if p.preposition in ("after", "before")
        ]
        edge = [p for p in (*clause.before, *clause.places) if p.preposition in ("end", "start")]
        anchors = [q for q in clause.quotes if q.preposition in ("after", "before", "between")]
        added = [q for q in clause.quotes if q not in anchors]
        if "between" in clause.signs and len(anchors) == 1 and len(added) == 2:
            anchors, added = [anchors[0], added[0]], added[1:]
        if len(added) != 1:
            raise unclear(clause, "it does not say in one quotation what is to be added")
        text = added[0].text
        inside = [p for p in clause.places if p.preposition == "of" and not p.fresh]
        if inside:
            self._widen(inside)
        objects = [p for p in clause.places if p.preposition in ("", "with")]
        if len(objects) > 1:
            raise unclear(clause, "it names several places, and not which one is to be added")
        if objects and not anchors:
            objects = [self._in_its_place(objects[0])]
        if anchors:
            side = PlaceSide.BEFORE if anchors[0].preposition == "before" else PlaceSide.AFTER
            until = anchors[1].text if len(anchors) > 1 else ""
            return [
                self._words(
                    order=Order.INSERT_WORDS,
                    new=text,
                    anchor=anchors[0].text,
                    until=until,
                    side=side,
                )
            ]
        between = [p for p in (*clause.before, *clause.places) if p.preposition == "between"]
        paragraph = self._is_paragraph(text, objects, [*beside, *between])
        if between and paragraph:
            return [self._between(between, objects, text)]
        if edge and self._is_region(edge[0]) and (paragraph or is_closed(text)):
            self.context = self._tops(edge[0])
            side = PlaceSide.BEFORE if "start" in clause.signs else PlaceSide.AFTER
            anchor = self.context[0 if side is PlaceSide.BEFORE else -1]
            return [self._addition(text, beside=anchor, side=side, objects=objects)]
        if beside:
            if not paragraph:
                raise unclear(clause, "what is to be added is no paragraph, and it names one")
            side = PlaceSide(beside[0].preposition)
            ids = self._ids(beside[0])
            anchor = ids[-1] if side is PlaceSide.AFTER else ids[0]
            return [self._addition(text, beside=anchor, side=side, objects=objects)]
        if ("end" in clause.signs or "start" in clause.signs) and not paragraph:
            if edge:
                self._widen(edge)
            side = PlaceSide.END if "end" in clause.signs else PlaceSide.START
            return [
                self._words(
                    order=Order.INSERT_WORDS,
                    new=text,
                    side=side,
                    sentence=int("sentence" in clause.signs),
                )
            ]
        if not paragraph:
            raise unclear(clause, "it does not say where the words are to be added")
        if edge:
            self._widen(edge)
        elif objects and (standing := self._standing(objects[0])):
            if self.book.provision(standing).label:
                raise unclear(
                    clause, "there is such a paragraph, and it does not say on which side of it",
                    self.book.name(standing),
                )  # fmt: skip
            side = PlaceSide.BEFORE  # "a new first preambular paragraph": the first is the second
            return [self._addition(text, beside=standing, side=side, objects=[])]
        return [self._addition(text, beside="", side=PlaceSide.END, objects=objects)]

    def _standing(self, place: ClausePlace) -> str:
        """Return the paragraph that bears the name under which one is to be added, if one does."""
        if not any(p.labels or p.ordinals or p.noun == "named" for p in place.expression.parts):
            return ""
        try:
            ids = found_places(place.expression, self.book, self.context).ids
        except Invalid:
            return ""
        return ids[0] if len(ids) == 1 else ""

    def _is_region(self, place: ClausePlace) -> bool:
        return found_places(place.expression, self.book, self.context).region

    def _tops(self, place: ClausePlace) -> tuple[str, ...]:
        """Return the paragraphs of a part of the text, without what stands below them."""
        ids = self._ids(place)
        return tuple(id for id in ids if self.book.parent(id) not in ids)

    def _between(
        self, places: Sequence[ClausePlace], objects: Sequence[ClausePlace], text: str
    ) -> Instruction:
        """Add a paragraph between two that stand beside each other."""
        ids = [id for place in places for id in self._ids(place)]
        if len(ids) != 2 or self.book.after(ids[0]) != ids[1]:
            raise unclear(self.clause, "it does not name two paragraphs beside each other")
        return self._addition(text, beside=ids[0], side=PlaceSide.AFTER, objects=objects)

    def _in_its_place(self, place: ClausePlace) -> ClausePlace:
        """Read where a new point is to stand: "a new subparagraph (c) of paragraph 2"."""
        own, above = parted_place(place.expression)
        if above is not None:
            self.context = found_places(above, self.book, self.context).ids
        return ClausePlace(own, place.preposition, place.fresh)

    def _is_paragraph(
        self, text: str, objects: Sequence[ClausePlace], beside: Sequence[ClausePlace]
    ) -> bool:
        if "sentence" in self.clause.signs:
            return False
        return (
            bool(objects)
            or "new" in self.clause.signs
            or (bool(beside) and (text[:1].isupper() or is_closed(text)))
            or self._label_of(text) != ""
        )

    def _label_of(self, text: str) -> str:
        line = relabelled(line_of(1, text), self.book.form)
        role = label_role(line)
        return "" if role in (LabelRole.NONE, LabelRole.SECTION) else line.label

    def _addition(
        self, text: str, *, beside: str, side: PlaceSide, objects: Sequence[ClausePlace]
    ) -> Instruction:
        nouns = [part.noun for place in objects for part in place.expression.parts]
        parts = [part for place in objects for part in place.expression.parts]
        labels = [label for part in parts for label in part.labels]
        labels += [part.words[2:] for part in parts if part.noun == "named"]
        places = self.context
        recital = bool({"pp", "preamble"} & set(nouns)) or any(
            part.noun == "named" and _RECITAL.match(part.words) for part in parts
        )
        if recital:
            labels = []  # they bear none
        stray = is_recital(text, self.book.base.language) and not (recital or beside or places)
        if stray and self.book.form in (TextForm.UN, TextForm.UNFCCC):
            raise unclear(self.clause, "it adds a recital, and does not say that to the preamble")
        if not beside and not places:
            places = ("preambular",) if recital else ("operative",)
        return Instruction(
            order=Order.ADD,
            words=self.clause.words,
            places=places,
            new=text,
            beside=beside,
            side=side,
            label=labels[-1] if labels else "",
        )

    # -- the tree -------------------------------------------------------------------------

    def _move(self) -> list[Instruction]:
        clause = self.clause
        what = [
            p for p in clause.places if p.preposition not in ("after", "before", "end", "start")
        ]
        to = [p for p in clause.places if p not in what]
        if len(what) != 1 or len(to) != 1:
            raise unclear(clause, "it does not say what is to be moved, and where")
        moved = self._ids(what[0])
        target = found_places(to[0].expression, self.book, self.context)
        side = PlaceSide(to[0].preposition)
        ids: Sequence[str] = target.ids
        if side in (PlaceSide.END, PlaceSide.START):
            ids = [id for id in ids if self.book.parent(id) not in ids]
            if len(ids) == 1 and self.book.provision(ids[0]).kind in _SECTIONS:  # inside of it
                below = [p.id for p in self.book.children(ids[0]) if p.kind is not Kind.FOOTNOTE]
                ids = below or ids
            side = PlaceSide.AFTER if side is PlaceSide.END else PlaceSide.BEFORE
        return [
            Instruction(
                order=Order.MOVE, words=clause.words, places=moved,
                beside=ids[-1] if side is PlaceSide.AFTER else ids[0], side=side,
            )
        ]  # fmt: skip

    def _split(self) -> list[Instruction]:
        clause = self.clause
        anchors = [q for q in clause.quotes if q.preposition in ("after", "before")]
        rest = [q.text for q in clause.quotes if q not in anchors]
        places = [p for p in clause.places if p.preposition in ("", "of")]
        if len(anchors) != 1 or not (places or self.context) or len(rest) > 1:
            raise unclear(clause, "it does not say behind which words")
        place = self._one(places[0]) if places else self.context[0]
        return [
            Instruction(
                order=Order.SPLIT, words=clause.words, places=(place,), anchor=anchors[0].text,
                side=PlaceSide(anchors[0].preposition), new=rest[0] if rest else "",
            )
        ]  # fmt: skip

    def _join(self) -> list[Instruction]:
        clause = self.clause
        ids = [id for place in clause.places for id in self._ids(place)]
        if len(ids) < 2:
            raise unclear(clause, "it does not say which paragraphs")
        if len(clause.quotes) != 1:
            names = ", ".join(map(self.book.name, ids))
            raise unclear(clause, "it gives no words for the joined paragraph", names)
        return [
            Instruction(
                order=Order.JOIN, words=clause.words, places=tuple(ids), new=clause.quotes[0].text
            )
        ]

    def _renumber(self) -> list[Instruction]:
        clause = self.clause
        places = clause.places
        parts = [part for place in places[1:] for part in place.expression.parts]
        labels = [label for part in parts for label in part.labels]
        if places[1:] and places[1].preposition == "with":  # "as OP4"
            labels += [part.words[2:].strip() for part in parts if part.noun == "named"]
        label = labels[0] if labels else ""
        if len(places) < 2 or not label:
            raise unclear(clause, "it does not say which number becomes which")
        return [
            Instruction(
                order=Order.RENUMBER,
                words=clause.words,
                places=(self._one(places[0]),),
                label=label,
            )
        ]
