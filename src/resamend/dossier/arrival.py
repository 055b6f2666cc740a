"""What arrives: the bytes of a text, a proposal or a draft, in any form that can be read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar, overload

from resamend.amendment import Keep, Proposal, place, propose
from resamend.amendment import proponents as proponents_of
from resamend.dossier.citing import number_of
from resamend.dossier.names import checked, from_file_name, language_of
from resamend.errors import Invalid, NotApplicable, UsageError
from resamend.matching import tree
from resamend.merge import Consolidated
from resamend.model import Kind, Language, Metadata, Proponent, Resolution

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resamend.readers.importing import Balance, Imported

__all__ = [
    "Arrival",
    "Received",
    "Request",
    "arrivals",
    "arrive",
    "base_of",
    "chosen",
    "described",
    "proposal_of",
    "read",
]

_T = TypeVar("_T", Resolution, Proposal, Consolidated)


@dataclass(frozen=True, slots=True)
class Received:
    """Hold the bytes of a file, and its name."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Hold what was read from one file.

    ``id`` is what a text says its own id is, ``symbol`` what it asks for as a whole (SUP, NOC …),
    ``kept`` its NOC lines with their reasons; ``rejected`` is the text without the changes that a
    Word document tracks; ``notes`` is what to tell the reader, and ``balance`` where each word of
    a plain text or a Word document went.
    """

    name: str
    value: Resolution | Proposal | Consolidated
    id: str = ""
    symbol: str = ""
    kept: tuple[tuple[str, str], ...] = ()
    reasons: str = ""
    rejected: Resolution | None = None
    notes: tuple[str, ...] = ()
    balance: Balance | None = None

    @property
    def told(self) -> tuple[str, ...]:
        """Return what to tell the reader: what was repaired, how many words, what is in doubt."""
        if self.balance is None:
            return self.notes
        doubts = (
            f"{self.balance.place(noted)}kept as a paragraph ({noted.why}): {noted.text[:60]}"
            for noted in self.balance.unclassified
        )
        words, *_ = str(self.balance).splitlines()
        return (*self.notes, words, *doubts, *self.balance.notices)

    @property
    def language(self) -> Language:
        """Return the language it is in."""
        value = self.value
        return value.base.language if isinstance(value, Consolidated) else value.language


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Say of a revised text what it does not say of itself; empty where it does."""

    id: str = ""
    proponents: tuple[str, ...] = ()
    revision: int | None = None
    date: str = ""
    illustrative: str = ""


@overload
def read(
    data: bytes | str, *, name: str = "", language: Language | None = None
) -> Resolution | Proposal | Consolidated: ...


@overload
def read(
    data: bytes | str, wanted: type[_T], *, name: str = "", language: Language | None = None
) -> _T: ...


def read(
    data: bytes | str,
    wanted: type[_T] | None = None,
    *,
    name: str = "",
    language: Language | None = None,
) -> Resolution | Proposal | Consolidated:
    """Read a text, a proposal or a draft: Akoma Ntoso, or plain text with a label and a tab.

    ``wanted`` is what it has to be, such as ``Resolution``; ``name`` the file's, for messages and
    for what it says of the language (``base.fr.txt``). Raises ``Unreadable`` or ``Invalid``.
    """
    found = arrive(data.encode() if isinstance(data, str) else data, name=name, language=language)
    if wanted and not isinstance(found.value, wanted):
        raise Invalid(f"this is no {wanted.__name__.lower()}", where=name)
    return found.value


def arrive(
    data: bytes,
    *,
    name: str = "",
    language: Language | None = None,
    usual: Language | None = None,
) -> Arrival:
    """Read bytes in whatever form they are, with all that they say.

    ``usual`` is the language of a plain text that does not say its own. Raises ``Unreadable`` or
    ``Invalid``; ``Invalid`` too for a text in another language than ``language``, and for several
    proposals in one file.
    """
    found = arrivals(data, name=name, language=language, usual=usual)
    if len(found) > 1:
        raise Invalid(
            f"it holds {len(found)} proposals: {', '.join(each.id for each in found)}",
            where=name,
            advice="Part them first: 'resamend import FILE --base BASE -o FOLDER'.",
        )
    return found[0]


def arrivals(
    data: bytes,
    *,
    name: str = "",
    language: Language | None = None,
    usual: Language | None = None,
) -> tuple[Arrival, ...]:
    """Read bytes that may hold several proposals, as a Word document can."""
    if data.startswith(b"PK"):
        found = _from_docx(data, name, language or language_of(name) or usual)
    elif name.endswith(".xml") or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        found = (_from_xml(data, name),)
    else:
        found = (_from_text(data, name, language or language_of(name) or usual),)
        _same_language(data.decode(errors="replace").splitlines(), name, language)
    for arrival in found:
        if language and arrival.language is not language:
            raise Invalid(
                f"this text is in {arrival.language}, and {language} is wanted",
                where=name,
                advice="Give another file, or another --lang.",
            )
    return found


def chosen(found: tuple[Arrival, ...], request: Request | None) -> tuple[Arrival, ...]:
    """Return the proposals of one file; of several, the one that the request names."""
    if len(found) < 2 or not (request and request.id):
        return found
    named = tuple(each for each in found if each.id == request.id)
    if named:
        return named
    raise UsageError(
        f"it holds no proposal {request.id}",
        where=found[0].name,
        advice=f"It holds: {', '.join(each.id for each in found)}.",
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
            advice="Give another file, or another --lang.",
        )


def base_of(arrival: Arrival) -> Resolution:
    """Return the text in force that arrived, or refuse what is none."""
    if arrival.rejected is not None and not arrival.id:
        raise UsageError(
            "changes are tracked in it, and a text in force has none",
            where=arrival.name,
            advice="Accept or reject them in Word, or give the text in force with --base.",
        )
    if isinstance(arrival.value, Resolution) and not (arrival.symbol or arrival.id):
        return arrival.value
    is_draft = isinstance(arrival.value, Consolidated)
    what = "a consolidated draft" if is_draft else "a proposal"
    raise UsageError(
        f"this is {what}, and a text in force is wanted",
        where=arrival.name,
        advice="Give the text in force first, or '-' where there is none.",
    )


def described(resolution: Resolution, metadata: Metadata) -> Resolution:
    """Return a text with what is said of it, where something is said."""
    told = {name: value for name in _METADATA if (value := getattr(metadata, name))}
    return replace(resolution, metadata=replace(resolution.metadata, **told))


_METADATA = ("work", "number", "adopted", "authority", "revision", "date", "illustrative")


def proposal_of(arrival: Arrival, base: Resolution, request: Request | None = None) -> Proposal:
    """Return the proposal that arrived; a revised text is compared with the base.

    Raises ``Invalid`` for a text without an id, and for a NOC of a provision that is not there.
    """
    request = request or Request()
    if isinstance(arrival.value, Consolidated):
        raise UsageError(
            "this is a consolidated draft, and a proposal is wanted", where=arrival.name
        )
    if isinstance(arrival.value, Proposal):
        return _named(arrival.value, request, arrival.name)
    id = checked(_id(arrival, request), arrival.name)
    revised = _revised(arrival, arrival.value, base)
    _same_resolution(revised, base, arrival.name)
    made = propose(
        base,
        revised,
        id,
        proponents=_proponents(id, request.proponents, arrival.name),
        revision=request.revision or 0,
        date=request.date or revised.metadata.date,
        keeps=_keeps(arrival, base),
        reasons=arrival.reasons,
    )
    return replace(made, illustrative=request.illustrative or made.illustrative)


def _same_resolution(revised: Resolution, base: Resolution, where: str) -> None:
    theirs, ours = number_of(revised), number_of(base)
    if theirs and ours and theirs != ours:
        raise NotApplicable(
            f"this is a text of Resolution {theirs}, and the text in force is Resolution {ours}",
            where=where,
            advice="Give the text in force that it revises.",
        )


def _revised(arrival: Arrival, text: Resolution, base: Resolution) -> Resolution:
    """Return the text that is proposed; one that is not given, though something is said, is kept.

    Raises ``Invalid`` for an empty file: it must not be taken for a wish to suppress everything.
    """
    if text.provisions or arrival.symbol == "SUP" or not base.provisions:
        return text
    if arrival.kept or arrival.reasons or arrival.symbol:
        return base
    raise Invalid(
        "there is no text in it",
        where=arrival.name,
        advice="To suppress the whole resolution, write 'SUP RUS/62/1' in the first line.",
    )


def _from_xml(data: bytes, name: str) -> Arrival:
    from resamend import akn

    document = akn.read(data, name=name)
    return Arrival(name=name, value=document.value, notes=tuple(map(str, document.repairs)))


def _from_docx(data: bytes, name: str, language: Language | None) -> tuple[Arrival, ...]:
    from resamend.readers.docx import read_docx

    return tuple(
        replace(_imported(each.text, name), rejected=each.rejected)
        for each in read_docx(data, language, name=name)
    )


def _from_text(data: bytes, name: str, language: Language | None) -> Arrival:
    from resamend.readers.text import read_text

    return _imported(read_text(data, language, name=name), name)


def _imported(found: Imported, name: str) -> Arrival:
    return Arrival(
        name=name,
        value=found.resolution,
        id=found.source,
        symbol=found.symbol,
        kept=found.kept,
        reasons=found.reasons,
        balance=found.balance,
    )


def _named(proposal: Proposal, request: Request, where: str) -> Proposal:
    """Return a finished proposal with what was said of it; its id stays its own."""
    checked(proposal.id, where)
    if request.id and request.id != proposal.id:
        raise UsageError(f"this proposal's id is {proposal.id}, not {request.id}", where=where)
    if request.revision is not None:
        proposal = replace(proposal, revision=request.revision)
    if request.proponents:
        who = _proponents(proposal.id, request.proponents, where)
        proposal = replace(proposal, proponents=who)
    return replace(
        proposal,
        date=request.date or proposal.date,
        illustrative=request.illustrative or proposal.illustrative,
    )


def _id(arrival: Arrival, request: Request) -> str:
    if request.id and arrival.id and request.id != arrival.id:
        raise UsageError(
            f"the text says that it is {arrival.id}, not {request.id}", where=arrival.name
        )
    id = request.id or arrival.id or from_file_name(arrival.name)
    if not id:
        raise Invalid(
            "it does not say whose proposal it is",
            where=arrival.name,
            advice="Write 'MOD RUS/62/1' in its first line, or give --id RUS/62/1.",
        )
    return id


def _proponents(id: str, codes: tuple[str, ...], where: str) -> tuple[Proponent, ...]:
    """Return the given proponents, or those of the id; a short id is its own proponent."""
    if codes:
        return tuple(sorted({Proponent(checked(code, where)) for code in codes}))
    return proponents_of(id) or (Proponent(id.split("/")[0]),)


def _keeps(arrival: Arrival, base: Resolution) -> tuple[Keep, ...]:
    keeps = [
        Keep(_target(base, path, arrival.name), reasons=reasons) for path, reasons in arrival.kept
    ]
    if arrival.symbol == "NOC":
        whole = [p.id for p in base.provisions if p.kind is Kind.RESOLUTION]
        keeps += [Keep(id, reasons=arrival.reasons) for id in whole]
    return tuple(keeps)


def _target(base: Resolution, path: str, where: str) -> str:
    """Return the id of the provision at a path such as ``resolves 2``."""
    known = tree(base)
    places: dict[str, list[str]] = {}
    for node, provision in enumerate(known.nodes):
        places.setdefault(place(known, node), []).append(provision.id)
    folded = {_folded(each): each for each in places}
    found = places.get(folded.get(_folded(path), ""), [])
    if len(found) == 1:
        return found[0]
    problem = "stands for several provisions" if found else "is not a provision of the base"
    raise Invalid(f"NOC “{path}” {problem}", where=where, advice=_nearest(path, list(places)))


def _folded(path: str) -> str:
    return " ".join(path.replace("*", "").casefold().split())


def _nearest(path: str, places: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(path, places, n=3, cutoff=0.5)
    return f"The nearest are: {'; '.join(near)}." if near else "Name it as the base does."
