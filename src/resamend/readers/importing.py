"""What an import gives: the text as a resolution, what stood around it, and every word's place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from resamend.amendment.omissions import is_omission
from resamend.forms import TextForm, branch_of
from resamend.model import Kind, Metadata, Provision, Resolution, walk
from resamend.numbering import eids
from resamend.readers.branching import arranged_as
from resamend.readers.families import form_of
from resamend.readers.headings import HeadingWords, annex_number, announced_annexes, number_line
from resamend.readers.inline import Binding, bind, word_count
from resamend.readers.lines import TextLine
from resamend.readers.oddities_in_text import label_oddities
from resamend.readers.outlined import is_outlined, outlined
from resamend.readers.prepared_lines import prepared, with_tables
from resamend.readers.proposal_header import Envelope, Kept, Noted, short
from resamend.readers.provision_tree import grown
from resamend.readers.structure import TextPart, arranged


class Balance(Struct, frozen=True, kw_only=True):
    """Account for every word: ``words_in == words_placed + words_left_out``.

    ``unclassified`` lines were kept as paragraphs; ``left_out`` lines are not part of the text
    (the symbol, NOC, reasons); ``notices`` are oddities of the text that were left as they are.
    """

    words_in: int
    words_placed: int
    words_left_out: int = 0
    unclassified: tuple[Noted, ...] = ()
    left_out: tuple[Noted, ...] = ()
    notices: tuple[str, ...] = ()
    unit: str = "line"

    def place(self, noted: Noted) -> str:
        """Say where a line stands, before what is said of it; 0 is nowhere in the text."""
        return f"{self.unit} {noted.number}, " if noted.number else ""

    def __str__(self) -> str:
        """Tell it in lines for a reader."""
        lines = [
            f"{self.words_in} words in, {self.words_placed} placed, "
            f"{self.words_left_out} not placed"
        ]
        for fate, noted in (
            ("kept as a paragraph", self.unclassified),
            ("not placed", self.left_out),
        ):
            lines += [f"{self.place(n)}{fate} ({n.why}): {short(n.text)}" for n in noted]
        return "\n".join((*lines, *self.notices))


class Imported(Struct, frozen=True, kw_only=True):
    """Hold what was read.

    ``symbol`` and ``source`` are those of a proposal's first line, empty for a base. ``resolution``
    is empty when the symbol says SUP, or when only NOC or reasons are there; ``quoted`` is the text
    that a SUP shows; ``sentences`` are the lines of the text as they were sent, for what is no text
    but amendments in words.
    """

    symbol: str
    source: str
    resolution: Resolution
    kept: tuple[Kept, ...]
    reasons: str
    balance: Balance
    quoted: Resolution | None = None
    sentences: str = ""


def imported(
    lines: Sequence[TextLine], envelope: Envelope, vocabulary: HeadingWords, *, unit: str = "line"
) -> Imported:
    """Make a resolution of the lines of a text, and account for the words of all ``lines``.

    Raises nothing: what cannot be classified is a paragraph, and the balance lists it.
    """
    text, binding, parts, resolution = _made(envelope, vocabulary)
    return Imported(
        symbol=envelope.symbol,
        source=envelope.source,
        resolution=resolution,
        kept=envelope.kept,
        reasons=envelope.reasons,
        balance=Balance(
            words_in=sum(map(_words_in, lines)),
            words_placed=sum(
                _words_of(provision, unit) for provision in walk(resolution.provisions)
            ),
            words_left_out=sum(word_count(noted.text) for noted in envelope.left_out),
            unclassified=tuple(
                Noted(part.line.number, part.line.whole, part.doubt)
                for part in parts
                if part.doubt and not is_omission(part.line.whole)
            ),
            left_out=envelope.left_out,
            notices=(
                *_about_footnotes(text, binding),
                *_about_annexes(text, vocabulary, unit),
                *label_oddities(resolution, vocabulary, in_force=not envelope.symbol),
            ),
            unit=unit,
        ),
        quoted=quoted_of(envelope, vocabulary),
        sentences="\n".join(line.whole for line in envelope.text),
    )


def quoted_of(envelope: Envelope, vocabulary: HeadingWords) -> Resolution | None:
    """Make a resolution of the lines that a SUP shows; nothing where it shows none."""
    if not envelope.quoted:
        return None
    return resolution_of(replace(envelope, text=envelope.quoted), vocabulary)


def resolution_of(envelope: Envelope, vocabulary: HeadingWords) -> Resolution:
    """Make a resolution of the lines of a text, without accounting for its words."""
    return _made(envelope, vocabulary)[-1]


def _made(
    envelope: Envelope, vocabulary: HeadingWords
) -> tuple[tuple[TextLine, ...], Binding, tuple[TextPart, ...], Resolution]:
    """Return the lines with the bodies of footnotes, what they are, and the resolution."""
    form = form_of(envelope.text, vocabulary)
    usual = form is TextForm.ITU
    lines = with_tables(envelope.text, captioned=True) if usual else prepared(envelope.text, form)
    text, binding = _bound(lines)
    bodies = {body for _, _, body in binding.notes}
    own = [n for n in range(len(text)) if n not in bodies]
    lines = tuple(text[n] for n in own)
    if usual and is_outlined(lines, vocabulary):
        parts = outlined(lines)
    else:
        parts = arranged(lines, vocabulary) if usual else arranged_as(form, lines, vocabulary)
    resolution = eids(
        Resolution(
            language=vocabulary.language,
            provisions=grown(text, own, parts, binding),
            metadata=replace(_metadata(parts, vocabulary), form="" if usual else form),
        )
    )
    return text, binding, parts, resolution


def _bound(text: tuple[TextLine, ...]) -> tuple[tuple[TextLine, ...], Binding]:
    """Return a text with the bodies of its footnotes, and to which marks they belong."""
    if not any(line.rich for line in text):
        return text, bind([line.whole for line in text])
    bodies: list[TextLine] = []
    notes: list[tuple[int, int, int]] = []
    for n, line in enumerate(text):
        for rank, body in enumerate(line.rich.notes if line.rich else ()):
            notes.append((n, rank, len(text) + len(bodies)))
            bodies.append(body)
    return (*text, *bodies), Binding(notes=tuple(notes))


def _words_in(line: TextLine) -> int:
    if not line.rich:
        return word_count(line.whole)
    own = word_count(line.label) + word_count(line.body) if line.label else word_count(line.whole)
    return own + sum(word_count(note.body) for note in line.rich.notes)


def _words_of(provision: Provision, unit: str) -> int:
    """Count the words of one provision as its line counts them; Word numbers footnotes itself."""
    label = provision.label
    if provision.kind is Kind.FOOTNOTE:
        label = f"[^{label}]:" if unit == "line" else ""
    return word_count(label) + word_count(provision.text)


def _metadata(parts: Iterable[TextPart], vocabulary: HeadingWords) -> Metadata:
    for part in parts:
        numbered = number_line(part.line.whole, vocabulary) if part.kind is Kind.NUMBER else None
        if numbered:
            return Metadata(number=numbered.number, revision=numbered.revision)
    return Metadata()


# -- what is odd, and left as it is ---------------------------------------------------------------


def _about_footnotes(text: Sequence[TextLine], binding: Binding) -> Iterator[str]:
    for n, label in binding.lone_marks:
        yield f"line {text[n].number}: the mark [^{label}] has no footnote; it was kept as text"
    for n, label in binding.lone_bodies:
        yield f"line {text[n].number}: footnote {label} has no mark; it was kept as a paragraph"
    bodies = {body for _, _, body in binding.notes}
    last = -1
    for owner, _, body in binding.notes:
        if text[body].rich:
            continue
        if body < last or any(n not in bodies for n in range(owner + 1, body)):
            yield (
                f"line {text[body].number}: the footnote belongs to line {text[owner].number} "
                "and was put there"
            )
        last = body


def _about_annexes(text: Sequence[TextLine], vocabulary: HeadingWords, unit: str) -> Iterator[str]:
    present = {annex_number(line.whole, vocabulary) for line in text} - {None}
    heads = (branch_of(line.whole) for line in text)
    present |= {head.number for head in heads if head and head.branch.rank < 0}
    for line in text:
        for number in announced_annexes(line.whole, vocabulary):
            if number not in present and (number or not present):
                word = f"{vocabulary.annex[0]} {number}".strip()
                yield f"{unit} {line.number}: {word} is announced and absent"
