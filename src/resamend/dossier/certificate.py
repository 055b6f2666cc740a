"""What ``verify`` certifies: what was proved of which bytes, and what is at fault."""

from __future__ import annotations

from msgspec import Struct


class Fault(Struct, frozen=True):
    """Say what is wrong in which file; ``place`` is a provision, a record or a line."""

    file: str
    place: str
    what: str


class SourceProof(Struct, frozen=True, kw_only=True):
    """Certify that one source's text comes back from the draft.

    ``file`` holds its proposal and ``text_sha256`` is that of what ``extract --as`` writes;
    ``words`` counts the words of that text, each of them found in the draft. ``original`` is what
    was received, from which the proposal was made anew; empty where it came in our own form.
    """

    id: str
    revision: int
    proponents: tuple[str, ...]
    file: str
    sha256: str
    text_sha256: str
    words: int
    original: str = ""
    original_sha256: str = ""


class TextProof(Struct, frozen=True, kw_only=True):
    """Certify the text in force and the draft in one language.

    ``original`` is what was received as the text in force, as for a ``SourceProof``.
    """

    language: str
    file: str
    sha256: str
    words: int
    draft_sha256: str
    sources: tuple[SourceProof, ...]
    original: str = ""
    original_sha256: str = ""


class LogProof(Struct, frozen=True, kw_only=True):
    """Certify the records: none is missing or changed, each follows the one before.

    ``head`` is the sha256 of the last; ``statuses`` counts how they stand in each language.
    """

    records: int
    head: str
    statuses: tuple[tuple[str, str, int], ...]


class Certificate(Struct, frozen=True, kw_only=True):
    """Certify a dossier or a draft: ``sha256`` is that of dossier.json, or of the draft itself.

    It holds when there is no fault, and nothing that cannot be proved. ``resaved`` says that
    another program has saved it again: its words and marks are proved, not its bytes.
    """

    subject: str
    sha256: str
    files: int = 0
    texts: tuple[TextProof, ...] = ()
    chain: LogProof | None = None
    faults: tuple[Fault, ...] = ()
    unproved: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    resaved: bool = False

    @property
    def holds(self) -> bool:
        """Tell whether everything was proved."""
        return not self.faults and not self.unproved
