"""Read a Word document: a text, or one or several proposals, with tracked changes or without.

Each paragraph is a line, as in a plain text, with its marks, its footnotes and what its style says
that it is; the same rules then make a resolution of it. Where changes are tracked, the text is
read twice: with all accepted it is what is proposed, with all rejected what was to be amended.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from resamend.amendment import Tracked
from resamend.errors import Invalid
from resamend.model import Language, Resolution
from resamend.ooxml import TrackView, WordDocument, view
from resamend.readers.docx_evidence import moved_in, tracked_in
from resamend.readers.docx_formatting import as_tracked, drawn_places
from resamend.readers.docx_lines import lines_of
from resamend.readers.draft_marks import is_draft
from resamend.readers.headings import HeadingTable, HeadingWords, guess_language, shipped_headings
from resamend.readers.importing import Imported, imported, quoted_of, resolution_of
from resamend.readers.inline import word_count
from resamend.readers.lines import TextLine
from resamend.readers.office import open_office
from resamend.readers.proposal_header import Envelope, Noted, is_symbol, opened
from resamend.readers.text import language_among

UNIT = "paragraph"


class Submitted(Struct, frozen=True, kw_only=True):
    """Hold a text or one proposal of a Word document.

    ``rejected`` is the text without the tracked changes; ``None`` where none are tracked. They are
    ``evidence`` of which words stay, and ``moved`` are the texts of paragraphs moved as a whole.
    ``drawn`` says where changes may be drawn that were neither tracked nor read as changes;
    ``day`` is that of the proposal, where we wrote the file.
    """

    text: Imported
    rejected: Resolution | None = None
    evidence: tuple[Tracked, ...] = ()
    moved: tuple[str, ...] = ()
    drawn: tuple[str, ...] = ()
    day: str = ""


def read_docx(
    content: bytes,
    language: Language | None = None,
    *,
    name: str = "",
    headings: HeadingTable | None = None,
    redline_formatting: bool = False,
) -> tuple[Submitted, ...]:
    """Read a .docx or .odt, known to a person as ``name``; its language is guessed unless given.

    With ``redline_formatting`` changes that are only drawn (struck out, underlined, coloured) count
    as tracked. Raises ``Unreadable`` for what is no Word document or is not safe to read,
    ``Invalid`` when the language cannot be told, there is no text in it, words of it are
    unaccounted for, or it is a draft of ours, which is no state's text.
    """
    office = open_office(content, name)
    document = office.document
    _refuse_draft(office.stated.get("keywords", ""), document, name)
    day = _day(office.stated)
    drawn = drawn_places(document)
    if drawn and redline_formatting:
        document = as_tracked(document)
    became = _READ if redline_formatting else _KEPT
    notices = (office.ledger, *(f"{place}: {became}" for place in drawn))
    table = shipped_headings() if headings is None else headings
    before: tuple[TextLine, ...] = ()
    if document.tracked:
        before = lines_of(view(document, TrackView.REJECTED))
    accepted = lines_of(view(document, TrackView.ACCEPTED), _labels(before))
    if not accepted:
        raise Invalid("there is no text in it", where=name, advice="Give another file.")
    vocabulary = table.of(_language(accepted, table, language, name))
    parts = _parted(accepted)
    undecided = () if document.tracked else drawn
    return tuple(
        replace(
            _submitted(
                document,
                lines,
                _between(before, start, end),
                vocabulary,
                notices if n == 0 else None,
            ),
            drawn=undecided,
            day=day,
        )
        for n, (start, end, lines) in enumerate(parts)
    )


def _day(core: Mapping[str, str]) -> str:
    """Return the day of a proposal that we wrote, and nobody saved since.

    Such a file names the proposal, and bears no time of the day. Of any other file its properties
    say when somebody made the file, which is no day of a proposal.
    """
    created = core.get("created", "")
    own = core.get("identifier") and created == core.get("modified")
    return created.removesuffix(_MIDNIGHT) if own and created.endswith(_MIDNIGHT) else ""


_MIDNIGHT = "T00:00:00Z"


def _refuse_draft(keywords: str, document: WordDocument, name: str) -> None:
    if is_draft(document, [keywords]):
        raise Invalid(
            "this is a consolidated draft that does not carry its proposals, and no state's text: "
            "the options and brackets in it are nobody's words",
            where=name,
            advice="Give the chair's draft, which carries them, or the dossier. What a meeting "
            "changed in it is imported against that.",
            code="draft-without-proposals",
        )


_KEPT = "kept as text; `redline_formatting=True` reads it as struck and inserted"
_READ = "read as struck and inserted (`redline_formatting=True`)"


def _language(
    lines: Sequence[TextLine], table: HeadingTable, wanted: Language | None, name: str
) -> Language:
    """Return the language of a text, which its headings tell, or which is wanted."""
    plain = [line for line in lines if not line.label]
    own = guess_language((line.whole for line in plain), table)
    if wanted and own and own is not wanted:
        raise Invalid(
            f"this text is in {own}, and {wanted} is wanted",
            where=name,
            advice="Give another file, or another `language=`.",
            code="other-language",
        )
    return wanted or own or language_among(lines, table, name)


def _labels(lines: Sequence[TextLine]) -> dict[str, str]:
    """Return the labels of footnotes by their keys: they keep them when others are added."""
    return {
        note.whole: note.label for line in lines for note in (line.rich.notes if line.rich else ())
    }


# -- several proposals ----------------------------------------------------------------------------

_LAST = 1 << 60


def _parted(lines: tuple[TextLine, ...]) -> list[tuple[int, int, tuple[TextLine, ...]]]:
    """Part the lines of several proposals; each with the paragraph numbers [start, end) it has.

    What stands before the first proposal goes with it: it is the front of the document.
    """
    cuts = [n for n, line in enumerate(lines) if is_symbol(line.whole)][1:]
    numbers = [0, *(lines[n].number for n in cuts), _LAST]
    bounds = [0, *cuts, len(lines)]
    return [
        (start, end, lines[first:last])
        for (start, end), (first, last) in zip(pairwise(numbers), pairwise(bounds), strict=True)
    ]


def _between(lines: Sequence[TextLine], start: int, end: int) -> tuple[TextLine, ...]:
    return tuple(line for line in lines if start <= line.number < end)


def _submitted(
    document: WordDocument,
    lines: tuple[TextLine, ...],
    before: tuple[TextLine, ...],
    vocabulary: HeadingWords,
    notices: Sequence[str] | None,
) -> Submitted:
    """Make a proposal of its lines; the first, with ``notices``, accounts for what is beside."""
    text = imported(lines, _opened(document, lines, vocabulary), vocabulary, unit=UNIT)
    if notices is not None:
        text = _with_asides(text, document, notices)
    rejected = None
    if before and text.symbol == "SUP":  # what is struck is what it suppresses
        around = _opened(document, before, vocabulary)
        around = replace(around, quoted=(*around.quoted, *around.text))
        text = replace(text, quoted=quoted_of(around, vocabulary))
    if document.tracked and _words(before) != _words(lines):
        rejected = resolution_of(_opened(document, before, vocabulary), vocabulary)
    evidence = tuple(tracked_in(document, before, lines))
    moved = tuple(moved_in(document, before))
    return Submitted(text=text, rejected=rejected, evidence=evidence, moved=moved)


def _words(lines: Sequence[TextLine]) -> list[tuple[str, ...]]:
    """Return what lines and their footnotes say; the same where no change is tracked in them."""
    return [
        (line.whole, *(note.body for note in (line.rich.notes if line.rich else ())))
        for line in lines
    ]


def _opened(
    document: WordDocument, lines: tuple[TextLine, ...], vocabulary: HeadingWords
) -> Envelope:
    """Return what stands around the text; what is before a proposal's symbol is beside it."""
    start = next((n for n, line in enumerate(lines) if is_symbol(line.whole)), 0)
    front = tuple(Noted(line.number, line.whole, "before the proposal") for line in lines[:start])
    envelope = opened(lines[start:], vocabulary, document.name)
    return replace(envelope, left_out=(*front, *envelope.left_out))


def _with_asides(text: Imported, document: WordDocument, notices: Sequence[str]) -> Imported:
    """Account for what is not of the body: headers, boxes, comments, hidden text."""
    asides = tuple(Noted(0, aside.text, f"{aside.why}, {aside.where}") for aside in document.asides)
    words = sum(word_count(noted.text) for noted in asides)
    balance = text.balance
    unfollowed = (f"not followed: {warning}" for warning in document.warnings)
    notices = [*notices, *balance.notices, *unfollowed]
    if document.reformatted:
        notices.append(_editorial(document.reformatted))
    return replace(
        text,
        balance=replace(
            balance,
            words_in=balance.words_in + words,
            words_left_out=balance.words_left_out + words,
            left_out=(*balance.left_out, *asides),
            notices=tuple(notices),
        ),
    )


def _editorial(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:8])) + (" …" if len(numbers) > 8 else "")
    what = "paragraphs" if len(numbers) > 1 else "paragraph"
    return f"editorial: formatting is changed in {len(numbers)} {what} ({shown})"
