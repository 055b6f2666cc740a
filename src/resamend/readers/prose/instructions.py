"""Read the sentences of a text as instructions, each where the sentences before it have led."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from resamend.model import Language
from resamend.naming import heading_words, is_operative
from resamend.readers.prose.clauses import (
    Clause,
    clauses_in,
    has_verb,
    is_instruction,
    merged,
    unclear,
)
from resamend.readers.prose.grammar import ClauseReader
from resamend.readers.prose.lexicon import signs_in
from resamend.readers.prose.naming_places import found_places
from resamend.readers.prose.quotations import sentences, unquoted
from resamend.readers.prose.signs import PlaceBook
from resamend.readers.prose.values import Instruction


def says_amendments(text: str, book: PlaceBook) -> bool:
    """Tell whether a text is amendments in sentences, and not the text that is wanted.

    Of its lines at least every second one says what is to be done with words or a place, and few
    stand so in force.
    """
    if signs_in(book.base.language) is None:
        return False
    quoted = unquoted(text)
    own = {" ".join(p.text.split()) for p in book.index.nodes if p.text}
    language = book.base.language
    lines = [line for line in sentences(quoted.text) if _counts(line, language)]
    kept = sum(" ".join(line.split()) in own for line in text.split("\n"))
    # A whole text is most of what is read: it is left as soon as too few lines can still amend.
    needed = max(1, (len(lines) + 1) // 2, kept)
    verbal = [line for line in lines if any(has_verb(words, language) for words in line)]
    others = len(lines) - len(verbal)
    if len(verbal) < needed:  # seen before any sentence is read, which is dear
        return False
    for line in verbal:
        others += not _amends(line, quoted.quotes, book)
        if len(lines) - others < needed:
            return False
    return len(lines) >= needed


_GREETING = 4
"""Words at most of a greeting, a signature and the like: such lines are not counted."""


def _counts(line: Sequence[str], language: Language) -> bool:
    words = sum(len(sentence.split()) for sentence in line)
    return words > _GREETING or any(has_verb(sentence, language) for sentence in line)


def _amends(line: Sequence[str], quotes: Sequence[str], book: PlaceBook) -> bool:
    """Tell whether a line has a verb of amendment with words, a place or a line number."""
    language = book.base.language
    spoken = [sentence for sentence in line if has_verb(sentence, language)]
    if not spoken or _begins_a_paragraph(line[0], language):  # most lines of a text say nothing
        return False
    clauses = [clause for sentence in spoken for clause in clauses_in(sentence, quotes, book)]
    return any(
        clause.verb and (clause.quotes or clause.before or clause.places or "line" in clause.signs)
        for clause in clauses
    )


def _begins_a_paragraph(sentence: str, language: Language) -> bool:
    """Tell whether a sentence begins as provisions do ("Decides to include"), and names none."""
    if is_instruction(sentence, language) or _NUMBERED.match(sentence):
        return False
    return bool(heading_words(sentence, language)) or is_operative(sentence, language)


_NUMBERED = re.compile(r"(?:[^\W\d_]+\s){1,6}?\(?(?:[0-9]+|\w\))")
"""A heading with a number or a letter: "resolves 2", "noting further b)"."""


class ReadSentences(Struct, frozen=True):
    """Hold the instructions of a text, and the sentences of it that are none."""

    instructions: tuple[Instruction, ...]
    left: tuple[str, ...] = ()


def instructions_in(text: str, book: PlaceBook) -> ReadSentences:
    """Return the instructions of a text in sentences, in their order.

    Raises ``Invalid`` for a sentence that cannot be read, and for a place that is not there.
    """
    quoted = unquoted(text)
    instructions: list[Instruction] = []
    left: list[str] = []
    heading: tuple[str, ...] = ()
    for line in sentences(quoted.text):
        context = heading
        for sentence in line:
            clauses = clauses_in(sentence, quoted.quotes, book)
            if not any(clause.verb for clause in clauses):
                named = _context_of(clauses[0], book)
                if named is None:
                    left.append(clauses[0].words)
                    continue
                context = named
                if len(line) == 1:
                    heading = context
                continue
            for clause in merged(clauses):
                read, context = ClauseReader(clause, book, context).instructions()
                instructions += read
    return ReadSentences(tuple(instructions), tuple(left))


_SHORT = 12
"""Words of a sentence that names a place and may be an instruction in words that nobody knows."""


def _context_of(clause: Clause, book: PlaceBook) -> tuple[str, ...] | None:
    """Return the place that a line without a verb names, as a heading of what follows.

    Nothing for a sentence that is no instruction. Raises ``Invalid`` for one that quotes
    something, and for a short one that names a place and does not only say what it is about.
    """
    if clause.quotes:
        raise unclear(clause, "it gives words and does not say what becomes of them")
    if len(clause.before) == 1 and not clause.unread and not clause.signs & _CAPTIONS:
        return found_places(clause.before[0].expression, book).ids
    short = len(clause.words.split()) <= _SHORT
    heads = _HEADS.match(clause.words)
    if clause.before and heads and book.called(heads[1]):
        raise unclear(clause, "it gives a text in a list of sentences, and none says what it is")
    if clause.before and not clause.signs & _CAPTIONS and short:
        raise unclear(clause, "it names a place and does not say what becomes of it")
    return None


_HEADS = re.compile(r"([^:：]{2,40}?)\s?[:：]\s")
"""How a line begins that gives the text of a place: "OP3: Requests …"."""
_CAPTIONS = {"caption"}
