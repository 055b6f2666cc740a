"""The nouns: what a resolution is made of.

Only values live here, frozen and comparable. Two resolutions are equal when their labels, text,
marks and structure are; ids and metadata do not count.

Text is a plain ``str`` with sparse inline marks beside it: positions are half-open ranges of code
points. An inline thing that is not a word (a footnote's mark) is one ``OBJECT`` character covered
by a mark of its kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from resamend.languages import codes, header
from resamend.loading import late

OBJECT = "￼"
"""U+FFFC, the object replacement character: stands in a text for an inline thing."""

NOTE = "[^*]"
"""Stands for a footnote's mark where a text is quoted and the note's number is not known."""

ROOT = ""
"""The id of the super-root, the parent of the whole resolution."""


class _Coded(StrEnum):
    """Name a language by its BCP 47 code; which there are, the files of ``languages`` say."""

    @property
    def iso3(self) -> str:
        """Return the ISO 639-3 code, as Akoma Ntoso writes it.

        >>> Language.EN.iso3
        'eng'
        """
        return header(self.value).iso3

    @property
    def direction(self) -> str:
        """Return ``rtl`` for a language that is written from right to left, else ``ltr``."""
        return header(self.value).direction

    @property
    def spaced(self) -> bool:
        """Tell whether words stand apart: they do not in Chinese."""
        return header(self.value).spaced

    @classmethod
    def of(cls, code: str) -> Language:
        """Read a BCP 47 or ISO 639-3 code.

        Raises ``ValueError`` for any other language.

        >>> Language.of("fra")
        <Language.FR: 'fr'>
        """
        folded = code.casefold()
        for language in Language:
            if folded in (language.value, language.iso3) or folded.startswith(f"{language}-"):
                return language
        raise ValueError(code)


if TYPE_CHECKING:

    class Language(_Coded):
        """Name a language; the code writes out only the one that it speaks by itself."""

        EN = "en"

else:
    Language = _Coded(
        "Language", {code.upper().replace("-", "_"): code for code in codes()}, module=__name__
    )
    Language.__doc__ = _Coded.__doc__  # an enum made by a call takes none from its base


class Kind(StrEnum):
    """Say what a provision is; its place in the tree says the rest."""

    RESOLUTION = "resolution"
    NUMBER = "number"  # the line RESOLUTION 140 (REV. BUSAN, 2014)
    TITLE = "title"
    ENACTING = "enacting"  # "The Plenipotentiary Conference …,"
    PREAMBULAR = "preambular"  # a heading with its recitals; its text is the heading
    OPERATIVE = "operative"  # a heading with its items; its text is the heading
    ITEM = "item"  # a recital, a numbered item or a sub-item
    TEXT = "text"  # a paragraph of its own, without a label
    FOOTNOTE = "footnote"  # its mark stands in the text of its parent
    ANNEX = "annex"  # its text is its number line
    TABLE = "table"
    ROW = "row"
    CELL = "cell"
    MOVED = "moved"  # in a proposal: the place to which a base provision moves

    __hash__ = str.__hash__  # an enum's own is a function in Python, and kinds are asked for often


WHOLE = frozenset({Kind.TITLE, Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX})
"""Kinds whose text is a title or heading, amended and disputed as a whole."""


MARKS = frozenset(
    ("i", "b", "u", "sub", "sup", "ref", "term", "footnote", "split", "join", "own", "ellipsis")
)
"""Kinds of marks; the last two only on what is shown: somebody's own words, and words left out."""


class Essential(Struct, frozen=True, gc=False, eq=False):
    """Compare values by their ``comparison_key``: what counts of their fields, where not all do.

    >>> one, other = (Provision(id=id, kind=Kind.ITEM, text="to meet") for id in ("a", "b"))
    >>> one == other, one != other, len({one, other})
    (True, False, 1)
    """

    @property
    def comparison_key(self) -> tuple[object, ...]:
        """Return what two equal values have in common."""
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, type(self)) and self.comparison_key == other.comparison_key
        )

    def __ne__(self, other: object) -> bool:
        return not self == other  # else a struct's own is asked, which knows of no comparison_key

    def __hash__(self) -> int:
        return hash(self.comparison_key)


class Mark(Struct, frozen=True, gc=False, order=True):
    """Mark the code points [start, end) of a text.

    ``kind`` is ``i``, ``b``, ``u``, ``sub``, ``sup``, ``ref`` (``value``: its address),
    ``term`` (``value``: what it refers to) or ``footnote`` (on one ``OBJECT``; the n-th mark in a
    text belongs to the n-th footnote among the provision's children); see ``MARKS``.

    Raises ``ValueError`` for another kind, or a range that ends before it begins.
    """

    start: int
    end: int
    kind: str
    value: str = ""

    def __post_init__(self) -> None:
        # Here and not where it is used: a range that runs backwards cuts a text wrong, silently.
        if not 0 <= self.start <= self.end or self.kind not in MARKS:
            raise ValueError(f"[{self.start}, {self.end}) {self.kind!r} is no mark")


class Word(Struct, frozen=True, gc=False):
    """Hold one word: the ``key`` to compare by, and the ``text`` and ``marks`` to print.

    The text includes the white space before the word; marks are relative to it.
    """

    key: str
    text: str
    marks: tuple[Mark, ...] = ()


class Provision(Essential, frozen=True, gc=False, kw_only=True):
    """Hold a provision and all below it.

    ``id`` is permanent: it survives renumbering, and is not part of equality. The footnotes of a
    provision come first among its children, in the order of their marks.
    """

    id: str
    kind: Kind
    label: str = ""
    text: str = ""
    marks: tuple[Mark, ...] = ()
    children: tuple[Provision, ...] = ()

    @property
    def comparison_key(self) -> tuple[object, ...]:
        return self.kind, self.label, self.text, self.marks, self.children

    def __repr__(self) -> str:
        words = self.text if len(self.text) <= _SHOWN else f"{self.text[:_SHOWN]}…"
        below = sum(1 for _ in walk(self.children))
        return f"<Provision {self.id} {self.label!r} {words!r}, {below} below>"


_SHOWN = 60
"""Code points of a provision that its ``repr`` shows."""


class Metadata(Struct, frozen=True, gc=False, kw_only=True):
    """Hold what a file says about its text: all strings, dates ISO 8601, empty where unknown.

    ``work`` is the FRBR address of the resolution, dated by its first adoption (DOMAIN: one
    resolution is one Work); ``revision`` is such as ``Rev. Busan, 2014`` and ``date`` its day.
    ``illustrative`` says what the text illustrates when it is not an official one; ``form`` is the
    form of text (`forms.TextForm`), empty for that of the conference; ``status`` what the text is
    that proposals amend (`forms.status_of`), empty where that was not stated.
    """

    work: str = ""
    number: str = ""
    adopted: str = ""
    authority: str = ""
    revision: str = ""
    date: str = ""
    illustrative: str = ""
    form: str = ""
    status: str = ""


class Resolution(Essential, frozen=True, gc=False, kw_only=True):
    """Hold one text in one language, under a super-root.

    ``provisions`` is empty where there is no text in force yet (a new resolution).
    """

    language: Language
    provisions: tuple[Provision, ...] = ()
    metadata: Metadata = Metadata()

    @property
    def comparison_key(self) -> tuple[object, ...]:
        return self.language, self.provisions

    def __getitem__(self, name: str) -> Provision:
        """Return the provision that delegates call so (``resolves 2``, ``OP3``), or of this id.

        Raises ``UsageError`` where none or several are called so.
        """
        return _provision_of(self, name)

    @property
    def places(self) -> Mapping[str, Provision]:
        """Map what each provision is called to it, in order; the first of several of one name."""
        return _places_of(self)

    def __repr__(self) -> str:
        number = self.metadata.number and f" {self.metadata.number}"
        count = sum(1 for _ in walk(self.provisions))
        return f"<Resolution{number} ({self.language}), {count} provisions>"


_provision_of: Callable[[Resolution, str], Provision]
_provision_of = late("resamend.amendment.place_names", "provision_of")
_places_of: Callable[[Resolution], Mapping[str, Provision]]
_places_of = late("resamend.amendment.place_names", "places_of")


class Proponent(Struct, frozen=True, gc=False, order=True):
    """Name a state or body by its ITU code, with the dates it joined and left where known."""

    code: str
    joined: str = ""
    left: str = ""


def walk(provisions: Resolution | Provision | tuple[Provision, ...]) -> Iterator[Provision]:
    """Yield every provision of a text, or below one, each before its children, in order."""
    if isinstance(provisions, Resolution):
        provisions = provisions.provisions
    elif isinstance(provisions, Provision):
        provisions = provisions.children
    stack = list(reversed(provisions))
    while stack:
        provision = stack.pop()
        yield provision
        stack.extend(reversed(provision.children))


def moved(id: str) -> Provision:
    """Refer to the base provision ``id`` from the place to which it moves."""
    return Provision(id=id, kind=Kind.MOVED, text=id)


def inline(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """Put marks in canonical form: sorted, none empty, touching ones of one kind joined.

    >>> inline((Mark(3, 5, "i"), Mark(0, 3, "i"), Mark(2, 2, "b")))
    (Mark(start=0, end=5, kind='i', value=''),)
    """
    open_: dict[tuple[str, str], Mark] = {}
    done: list[Mark] = []
    for mark in sorted(marks):
        # An empty mark shows nothing, and would make equal texts unequal.
        if mark.start >= mark.end:
            continue
        last = open_.get((mark.kind, mark.value))
        if last and mark.start <= last.end and mark.kind not in _ATOMIC:
            open_[mark.kind, mark.value] = replace(last, end=max(last.end, mark.end))
            continue
        if last:
            done.append(last)
        open_[mark.kind, mark.value] = mark
    return tuple(sorted([*done, *open_.values()]))


_ATOMIC = frozenset({"footnote", "ref", "split", "join"})
