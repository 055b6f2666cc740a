"""How a draft is published: for whom, in which words, with what on its cover."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from resamend.errors import UsageError
from resamend.guarding import fit_fields
from resamend.model import Language


class Audience(StrEnum):
    """Choose what a file carries beside its visible text: for the chair's own use, most.

    ``ROOM`` has no comments and no proposals in a hidden part; ``PUBLIC`` no authors either.
    """

    CHAIR = "chair"
    ROOM = "room"
    PUBLIC = "public"


class Names(StrEnum):
    """Choose what is said of the proponents of a change."""

    NAMES = "names"
    NUMBER = "number"
    NONE = "none"


class Cover(Struct, frozen=True, kw_only=True):
    """Hold the cover block, all strings, empty where nothing is said.

    ``number`` is the document's, such as ``PP-18/62``, ``original`` the language it was written
    in, ``source`` who submits it, ``agenda`` its agenda item.
    """

    number: str = ""
    revision: str = ""
    date: str = ""
    original: str = ""
    source: str = ""
    title: str = ""
    agenda: str = ""

    def __post_init__(self) -> None:
        fit_fields(self)

    @classmethod
    def of(cls, values: Mapping[str, str]) -> Cover:
        """Make a cover of what is said by key; other keys are left alone.

        >>> Cover.of({"number": "62-E", "colour": "red"}).number
        '62-E'
        """
        return cls(**{key: values[key] for key in COVER_KEYS if key in values})

    def __bool__(self) -> bool:
        """Tell whether anything is said."""
        return any(getattr(self, key) for key in COVER_KEYS)


COVER_KEYS = Cover.__struct_fields__


class RenderOptions(Struct, frozen=True, kw_only=True):
    """Hold how a draft is to be published.

    ``ui`` is the language of all that is said beside the text, the text's own if absent;
    ``colours`` gives sources the colours that they have in their dossier, from 0; ``templates`` is
    a folder whose files stand in for ours; ``line_numbers`` asks for the lines of each page to be
    counted, ``tagged`` for a PDF that screen readers can read. ``width`` counts the columns of a
    screen or a plain file (lines are not broken without), where ``color`` allows escape sequences;
    ``columns`` is how many columns of text of a comparison stand side by side, as many as can be
    read without. ``names``, ``audience`` and ``ui`` may be given as strings; raises ``UsageError``
    for one that stands for nothing, and for what is of another type.
    """

    names: Names = Names.NAMES
    ui: Language | None = None
    audience: Audience = Audience.CHAIR
    colours: Mapping[str, int] | None = None
    cover: Cover = field(default_factory=Cover)
    templates: str = ""
    line_numbers: bool = False
    tagged: bool = True
    width: int | None = None
    color: bool = True
    columns: int | None = None

    def __post_init__(self) -> None:
        # A string is equal to no member by identity, and identity is what hides names.
        fit_fields(self)

    @property
    def shown_names(self) -> Names:
        """Return what is said of the proponents: for the public, nobody is named."""
        public = self.audience is Audience.PUBLIC and self.names is Names.NAMES
        return Names.NONE if public else self.names

    def check_named(self, what: str) -> None:
        """Refuse to write what cannot leave out whose it is, where names may not be told.

        Raises ``UsageError``.
        """
        if self.shown_names is not Names.NAMES:
            raise UsageError(
                f"{what}, and cannot leave out whose they are",
                advice="Choose another form, such as html, or `names=names` for the chair.",
                code="names-not-hidden",
            )

    @property
    def pairs(self) -> bool:
        """Tell whether the proposals are counted two by two: for the chair's own use alone."""
        return self.audience is Audience.CHAIR


USUAL = RenderOptions()
"""What is meant where nothing is said."""
