"""What arrives: the bytes of a text, a proposal or a draft, in any form that can be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar, overload

from msgspec.structs import replace

from resamend.amendment import Proposal
from resamend.consolidation import Consolidated
from resamend.decision import Record
from resamend.dossier.names import editions_in, id_of_symbol, language_of
from resamend.dossier.parsed_input import ParsedInput, ProposalInfo
from resamend.errors import Invalid, Unreadable, UsageError
from resamend.forms import TextStatus, has_brackets
from resamend.model import Language, Metadata, Resolution

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resamend.plugins import Reader
    from resamend.readers.importing import Imported

_T = TypeVar("_T", Resolution, Proposal, Consolidated, Record)


@overload
def read(
    content: bytes | str, *, name: str = "", language: Language | None = None
) -> Resolution | Proposal | Consolidated: ...


@overload
def read(
    content: bytes | str, wanted: type[_T], *, name: str = "", language: Language | None = None
) -> _T: ...


def read(
    content: bytes | str,
    wanted: type[_T] | None = None,
    *,
    name: str = "",
    language: Language | None = None,
) -> Resolution | Proposal | Consolidated | Record:
    """Read a text, a proposal or a draft: Akoma Ntoso, Word, or plain text with a label and a tab.

    ``content`` is what a file holds, not its name. ``wanted`` is what it has to be, such as
    ``Resolution``, or ``Record`` for one that ``render`` wrote; ``name`` the file's, for messages
    and for what it says of the language (``base.fr.txt``). Raises ``Unreadable`` or ``Invalid``.
    """
    if isinstance(content, str) and _A_NAME.fullmatch(content):
        raise Invalid(
            "this is the name of a file, and what the file holds is wanted",
            where=content,
            advice="Give pathlib.Path(name).read_bytes(), or receive(name).",
            code="path-for-content",
        )
    content = content.encode() if isinstance(content, str) else content
    if wanted is Record:
        from resamend.dossier.record_form import read_record

        return read_record(content, name)
    arrival = arrive(content, name=name, language=language)
    if wanted and not isinstance(arrival.value, wanted):
        is_ = type(arrival.value).__name__.lower()
        raise Invalid(
            f"this is a {is_}, and a {wanted.__name__.lower()} is wanted",
            where=name,
            code="another-kind",
        )
    return arrival.value


_A_NAME = re.compile(r"[^\n]+\.[A-Za-z]{2,5}|[^\n\s]*[/\\][^\n\s]*")


def arrive(
    content: bytes,
    *,
    name: str = "",
    language: Language | None = None,
    usual: Language | None = None,
    form: str = "",
    redline_formatting: bool = False,
) -> ParsedInput:
    """Read bytes in whatever form they are, with all that they say.

    ``usual`` is the language of a plain text that does not say its own, ``form`` its form where it
    is known (`forms.TextForm`). Raises ``Unreadable`` or
    ``Invalid``; ``Invalid`` too for a text in another language than ``language``, and for several
    proposals in one file.
    """
    return only(
        arrivals(
            content,
            name=name,
            language=language,
            usual=usual,
            form=form,
            redline_formatting=redline_formatting,
        )
    )


def only(arrived: tuple[ParsedInput, ...]) -> ParsedInput:
    """Return what one file holds; refuse several proposals. Raises ``Invalid``."""
    if len(arrived) > 1:
        raise Invalid(
            f"it holds {len(arrived)} proposals: {', '.join(proposal.id for proposal in arrived)}",
            where=arrived[0].name,
            advice="Say which with `id=" + arrived[0].id + "`, or take each of `receive(…).parts`.",
            code="several-proposals",
        )
    return arrived[0]


_FOREIGN = {
    b"\xd0\xcf\x11\xe0": "a Word document of the old form (.doc), or one with a password",
    b"%PDF": "a PDF",
    b"{\\rtf": "an RTF document",
}
_AS_WORD = "Open it in Word and save it as “Word Document (.docx)”, without a password."


def arrivals(
    content: bytes,
    *,
    name: str = "",
    language: Language | None = None,
    usual: Language | None = None,
    form: str = "",
    redline_formatting: bool = False,
) -> tuple[ParsedInput, ...]:
    """Read bytes that may hold several proposals, as a Word document can.

    With ``redline_formatting`` words struck out, underlined or coloured count as changes.
    """
    if plug := _plugged(name):
        arrived: tuple[ParsedInput, ...] = (ParsedInput(name=name, value=plug(content, language)),)
    elif foreign := next(
        (form_name for magic, form_name in _FOREIGN.items() if content.startswith(magic)), ""
    ):
        raise Unreadable(f"this is {foreign}", where=name, advice=_AS_WORD)
    elif name.lower().endswith((".docx", ".docm", ".odt")) and not content.startswith(b"PK"):
        if name.lower().endswith(".odt"):
            from resamend.odf.names import AS_ODT

            raise Unreadable("this is no OpenDocument text", where=name, advice=AS_ODT)
        raise Unreadable("this is no Word document", where=name, advice=_AS_WORD)
    elif content.startswith(b"PK"):
        own = _carried(content, name)
        spoken = language or language_of(name) or usual
        arrived = (
            (own,)
            if own
            else _from_docx(content, name, spoken, form, redline_formatting=redline_formatting)
        )
    elif name.endswith(".xml") or content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        spoken = language or language_of(name) or usual
        arrived = (_from_xml(content, name, spoken, form),)
    else:
        arrived = _from_text(content, name, language or language_of(name) or usual, form)
        _same_language(content.decode(errors="replace").splitlines(), name, language)
    _numbered_apart(arrived)
    for arrival in arrived:
        if language and arrival.language is not language:
            raise Invalid(
                f"this text is in {arrival.language}, and {language} is wanted",
                where=name,
                advice="Give another file, or another `language=`.",
                code="other-language",
            )
    return tuple(
        replace(arrival, notes=(*arrival.notes, *_oddities(arrival))) for arrival in arrived
    )


def _numbered_apart(arrived: tuple[ParsedInput, ...]) -> None:
    """Refuse two proposals of one file with one id: neither could be told from the other."""
    ids = [arrival.id for arrival in arrived]
    twice = next((id for id in ids if ids.count(id) > 1), None)
    if twice is not None:
        raise Invalid(
            f"two proposals in it have the id {twice}" if twice else "two proposals have no id",
            where=arrived[0].name,
            advice="Give each a number of its own in its first line.",
        )


def _oddities(arrival: ParsedInput) -> tuple[str, ...]:
    from resamend.dossier.oddities import find_oddities

    return find_oddities(arrival.value)


def _plugged(name: str) -> Reader | None:
    """Return what another package brings to read files with this ending, if any does."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending in _BUILT_IN:
        return None
    from resamend.plugins import reader

    return reader(ending)


_BUILT_IN = frozenset({"", "xml", "txt", "docx", "odt", "akn"})


def chosen(
    arrived: tuple[ParsedInput, ...], request: ProposalInfo | None
) -> tuple[ParsedInput, ...]:
    """Return the proposals of one file; of several, the one that the request names."""
    if len(arrived) < 2 or not (request and request.id):
        return arrived
    named = tuple(arrival for arrival in arrived if arrival.id == request.id)
    if named:
        return named
    raise UsageError(
        f"it holds no proposal {request.id}",
        where=arrived[0].name,
        advice=f"It holds: {', '.join(arrival.id for arrival in arrived)}.",
    )


def _same_language(lines: Iterable[str], name: str, wanted: Language | None) -> None:
    """Refuse a plain text whose headings are those of another language than is wanted.

    Compared all the same, it would seem to strike everything and to add everything anew.
    """
    from resamend.readers.headings import guess_language, shipped_headings

    own = guess_language(lines, shipped_headings())
    if wanted and own and own is not wanted:
        raise Invalid(
            f"this text is in {own}, and {wanted} is wanted",
            where=name,
            advice="Give another file, or another `language=`.",
            code="other-language",
        )


def base_of(arrival: ParsedInput) -> Resolution:
    """Return the text in force that arrived, or refuse what is none."""
    if arrival.rejected is not None and not arrival.id:
        raise UsageError(
            "changes are tracked in it, and a base text has none",
            where=arrival.name,
            advice="Accept or reject them in Word, or give the base text as `base=`.",
            code="changes-tracked",
        )
    if isinstance(arrival.value, Resolution) and not (arrival.symbol or arrival.id):
        return arrival.value
    is_draft = isinstance(arrival.value, Consolidated)
    what = "a consolidated draft" if is_draft else "a proposal"
    raise UsageError(
        f"this is {what}, and a base text is wanted",
        where=arrival.name,
        advice="Give the base text first, or '-' where there is none.",
    )


def form_like(base: Resolution) -> str:
    """Return the form in which what is sent for a base is read; any where there is no base."""
    return (base.metadata.form or _USUAL_FORM) if base.provisions else ""


_USUAL_FORM = "itu"
"""The form of a text that names none: that of the conference (`forms.TextForm`)."""


def text_of(arrival: ParsedInput) -> Resolution:
    """Return the text of what arrived: a text or a draft's text in force; refuse a proposal."""
    if isinstance(arrival.value, Consolidated):
        return arrival.value.base
    if isinstance(arrival.value, Resolution):
        return arrival.value
    raise UsageError(
        "this is a proposal, and a text is wanted",
        where=arrival.name,
        advice="Give the base text, or a whole revised text.",
    )


def described(resolution: Resolution, metadata: Metadata) -> Resolution:
    """Return a text with what is said of it, where something is said.

    Raises ``UsageError`` where a text with words in square brackets is said to be in force.
    """
    if metadata.status == TextStatus.IN_FORCE and has_brackets(resolution):
        raise UsageError(
            "words of this text stand in square brackets: they are not agreed, and not in force",
            advice="Give another `status=`, such as draft or chair.",
        )
    stated = {name: value for name in _METADATA if (value := getattr(metadata, name))}
    return replace(resolution, metadata=replace(resolution.metadata, **stated))


_METADATA = (
    "work", "number", "adopted", "authority", "revision", "date", "illustrative", "status"
)  # fmt: skip


def _from_xml(content: bytes, name: str, language: Language | None, form: str) -> ParsedInput:
    from resamend import akn

    document = akn.read(content, name=name, language=language)
    value = document.value
    if document.foreign and isinstance(value, Resolution):
        from resamend.readers.foreign_form import in_its_form
        from resamend.readers.headings import shipped_headings

        value = in_its_form(value, shipped_headings().as_form(form).of(value.language))
    return ParsedInput(
        name=name,
        value=value,
        numbers=document.numbers or None,
        notes=tuple(map(str, document.repairs)),
    )


def _carried(content: bytes, name: str) -> ParsedInput | None:
    """Read a draft of ours in a Word document by what it takes along unseen."""
    from resamend.dossier.embedded_files import unpacked

    carried = unpacked(content, name)
    if carried is None:
        return None
    return ParsedInput(
        name=name, value=carried.consolidated, numbers=carried.numbers, notes=carried.notes
    )


def _from_docx(
    content: bytes, name: str, language: Language | None, form: str, *, redline_formatting: bool
) -> tuple[ParsedInput, ...]:
    from resamend.readers.docx import read_docx
    from resamend.readers.headings import shipped_headings

    return tuple(
        replace(
            _imported(submitted.text, name),
            rejected=submitted.rejected,
            evidence=submitted.evidence,
            moved=submitted.moved,
            drawn=submitted.drawn,
            day=submitted.day,
        )
        for submitted in read_docx(
            content,
            language,
            name=name,
            headings=shipped_headings().as_form(form),
            redline_formatting=redline_formatting,
        )
    )


def _from_text(
    content: bytes, name: str, language: Language | None, form: str
) -> tuple[ParsedInput, ...]:
    from resamend.readers.headings import shipped_headings
    from resamend.readers.text import read_texts

    table = shipped_headings().as_form(form)
    texts = read_texts(content, language, name=name, headings=table)
    return tuple(_imported(text, name) for text in texts)


def _imported(text: Imported, name: str) -> ParsedInput:
    revision, notes = _edition(text)
    return ParsedInput(
        name=name,
        value=text.resolution,
        id=id_of_symbol(text.source),
        revision=revision,
        notes=notes,
        symbol=text.symbol,
        quoted=text.quoted,
        kept=text.kept,
        reasons=text.reasons,
        balance=text.balance,
        sentences=text.sentences,
    )


def _edition(text: Imported) -> tuple[int | None, tuple[str, ...]]:
    """Return the revision that a symbol says, or else the head of the pages, and what to tell."""
    heads = (noted.text for noted in text.balance.left_out if "header" in noted.why)
    where = "its symbol"
    editions = editions_in(text.source)
    if not editions:
        where = "the head of its pages"
        editions = next((edition for head in heads if (edition := editions_in(head))), {})
    if "rev" in editions:
        return editions["rev"], (f"{where} says Rev.{editions['rev']}: taken as that revision",)
    if "corr" in editions:
        opening = f"{where} says Corr.{editions['corr']}: a corrigendum takes the place of what it "
        return editions["corr"], (f"{opening}corrects, as revision {editions['corr']}",)
    return None, ()
