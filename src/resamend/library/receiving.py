"""What somebody sent, with all that it says of itself."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import Protocol, runtime_checkable

from msgspec import Struct

from resamend.amendment import Proposal, proponents
from resamend.consolidation import Consolidated
from resamend.dossier import atomic_files
from resamend.dossier.names import from_file_name
from resamend.dossier.parsed_input import ParsedInput, ProposalInfo, Upload
from resamend.dossier.parsing import arrivals, chosen, only, text_of
from resamend.dossier.proposing import proposal_and_queries
from resamend.errors import Unreadable, UsageError
from resamend.guarding import guarded
from resamend.model import Language, Resolution
from resamend.readers.importing import Balance


@runtime_checkable
class Readable(Protocol):
    """Give bytes, as a file that was opened with ``"rb"`` does."""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most ``size`` bytes, none at the end."""
        ...


Source = bytes | str | PathLike[str] | Readable
"""What can be received: bytes, the path of a file, or a stream of bytes."""


class Received(Struct, frozen=True):
    """Hold what came in: a text, a proposal or a draft, and what it says of itself.

    ``arrived`` is what was read, ``info`` what was said of it. A file may hold several proposals:
    they are its ``parts``, and whatever else is asked of all of it raises ``Invalid``.
    """

    arrived: tuple[ParsedInput, ...]
    info: ProposalInfo = ProposalInfo()

    @property
    def parts(self) -> tuple[Received, ...]:
        """Return what came in one by one: each proposal of a file, or what is the only one."""
        return tuple(Received((parsed,), self.info) for parsed in self.arrived)

    @property
    def parsed(self) -> ParsedInput:
        """Return what was read. Raises ``Invalid`` where it holds several proposals."""
        return only(self.arrived)

    @property
    def id(self) -> str:
        """Return the id of the proposal, as it was given, or it says, or its file's name."""
        value = self.parsed.value
        own = value.id if isinstance(value, Proposal) else self.parsed.id
        return self.info.id or own or from_file_name(self.parsed.name)

    @property
    def proponents(self) -> tuple[str, ...]:
        """Return the codes of those in whose name it speaks."""
        value = self.parsed.value
        if isinstance(value, Proposal) and not self.info.proponents:
            return tuple(who.code for who in value.proponents)
        return self.info.proponents or tuple(who.code for who in proponents(self.id))

    @property
    def language(self) -> Language:
        """Return the language it is in."""
        return self.parsed.language

    @property
    def symbol(self) -> str:
        """Return what its first line asks for, such as ``SUP``; empty where it does not say."""
        return self.parsed.symbol

    @property
    def reasons(self) -> str:
        """Return the reasons that it gives."""
        value = self.parsed.value
        return value.reasons if isinstance(value, Proposal) else self.parsed.reasons

    @property
    def nocs(self) -> tuple[tuple[str, str], ...]:
        """Return what it asks to be kept: each place, as it names it, with its reasons."""
        return self.parsed.kept

    @property
    def tracked(self) -> bool:
        """Tell whether changes are tracked in it, as Word does."""
        return self.parsed.rejected is not None

    @property
    def drawn(self) -> tuple[str, ...]:
        """Return the places of changes that are only drawn: struck out, underlined, coloured."""
        return self.parsed.drawn

    @property
    def rejected(self) -> Resolution | None:
        """Return the text without the tracked changes; ``None`` where none is tracked."""
        return self.parsed.rejected

    @property
    def balance(self) -> Balance | None:
        """Return where each word went; ``None`` of a file in our own form."""
        return self.parsed.balance

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what is to be known of it: what was repaired, is in doubt, or was left out."""
        return self.parsed.told

    @property
    def resolution(self) -> Resolution:
        """Return the text that came; of a draft, the text in force.

        Raises ``UsageError`` for a proposal in our own form: it holds amendments, and no text.
        """
        return text_of(self.parsed)

    @property
    def draft(self) -> Consolidated | None:
        """Return the draft that came, if it is one of ours with its proposals."""
        return self.parsed.value if isinstance(self.parsed.value, Consolidated) else None

    @guarded
    def proposal(self, base: Resolution) -> Proposal:
        """Return what it proposes to a text in force; differences not tracked are ``unmarked``.

        Raises ``Invalid`` where it does not say whose proposal it is, or what it strikes, and
        ``NotApplicable`` for a proposal to another text.
        """
        return proposal_and_queries(self.parsed, base, self.info)[0]

    @guarded
    def questions(self, base: Resolution) -> tuple[str, ...]:
        """Return what to ask the proponents: differences that they have not marked, and doubts."""
        return proposal_and_queries(self.parsed, base, self.info)[1]

    def __repr__(self) -> str:
        if len(self.arrived) > 1:
            return f"<Received {self.arrived[0].name}, {len(self.arrived)} proposals>"
        kind = type(self.parsed.value).__name__.lower()
        return f"<Received {self.id or self.parsed.name or kind} ({self.language}), a {kind}>"


def receive(
    source: Source,
    *,
    name: str = "",
    language: Language | None = None,
    form: str = "",
    redline_formatting: bool = False,
    id: str = "",
    proponents: tuple[str, ...] = (),
    revision: int | None = None,
    date: str = "",
    reading: str = "",
) -> Received:
    """Read what somebody sent: Word, plain text, amendments in words or Akoma Ntoso.

    ``source`` is bytes, the path of a file, or a stream; ``name`` the file's where it is no path.
    ``id``, ``proponents``, ``revision`` and ``date`` (ISO 8601) say what it does not say itself;
    ``reading`` is ``extract`` where what it does not show stays, ``whole`` where it is struck. Of
    several proposals in one file ``id`` names the one that is wanted; else all are its ``parts``.

    Raises ``Unreadable`` or ``Invalid`` for what cannot be read, and ``UsageError``.
    """
    info = ProposalInfo(
        id=id,
        proponents=proponents,
        revision=revision,
        date=date,
        reading=reading,
    )
    upload = upload_of(source, name)
    arrived = arrivals(
        upload.data,
        name=upload.name,
        language=language,
        form=form,
        redline_formatting=redline_formatting,
    )
    return Received(chosen(arrived, info), info)


def upload_of(source: Source, name: str = "") -> Upload:
    """Return the bytes of a source, with the name by which a person knows it.

    Raises ``UsageError`` for a text in the place of a path, and a stream of something else.
    """
    if isinstance(source, bytes):
        return Upload(name, source)
    if isinstance(source, str | PathLike):
        if isinstance(source, str) and "\n" in source:
            raise UsageError(
                "this is a text, and the path of a file, or bytes, are wanted",
                where=name,
                advice="Give the text as bytes: text.encode().",
                code="text-for-path",
            )
        return Upload(name or str(source), _content(Path(source)))
    try:
        return Upload(name, atomic_files.taken(source, name or "stream"))  # type: ignore[arg-type]
    except (TypeError, ValueError, AttributeError) as error:
        raise UsageError(
            f"this stream gives no bytes: {error}",
            where=name,
            advice="Open it in binary mode, as open(path, 'rb') does.",
            code="no-bytes",
        ) from error


def _content(path: Path) -> bytes:
    try:
        return atomic_files.read(path)
    except (OSError, ValueError) as error:
        raise Unreadable(f"it cannot be read: {error}", where=str(path)) from error
