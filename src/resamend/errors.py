"""What can go wrong, as one tree.

    ResamendError
    ├── UsageError            you: a source, a point or an option that is not there
    │   └── AmbiguousName     you: a name that stands for several sources
    └── InputError            your input: exit 3, nothing is written
        ├── Unreadable        bytes that are not what they should be
        │   └── Beyond        more than a limit lets in, which can be raised
        ├── Invalid           a text that breaks a rule of the form it claims to have
        ├── NotApplicable     a proposal that was made for another text
        └── Contradiction     two inputs that cannot both be right

Every message says what is wrong, where, and what to do; every error has a ``code`` that stays the
same when its words are bettered.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

_Choice = TypeVar("_Choice", bound=StrEnum)


class ResamendError(Exception):
    """Say what is wrong, where it is and what to do about it.

    ``where`` is a file, a part or a provision that a person can find; ``advice`` is what to do, in
    the parameters of the library. ``code`` is for programs: a cause's own, or that of the class.
    """

    exit_code: int = 1
    code: str = "error"

    def __init__(self, what: str, *, where: str = "", advice: str = "", code: str = "") -> None:
        super().__init__(what)
        self.code: str = code or type(self).code
        self.what: str = what
        self.where: str = where
        self.advice: str = advice

    @property
    def told(self) -> str:
        """Return what is wrong and what to do, in sentences."""
        stop = "" if self.what.endswith((".", "!", "?", "…", ":")) else "."
        return f"{self.what}{stop} {self.advice}" if self.advice else self.what

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.told}"


class UsageError(ResamendError):
    """Refuse a request that names something which is not there."""

    exit_code: int = 2
    code: str = "usage"


class AmbiguousName(UsageError):
    """Refuse a name that stands for several sources, and list them."""

    code: str = "ambiguous-name"


class InputError(ResamendError):
    """Refuse an input; nothing has been written."""

    exit_code: int = 3
    code: str = "input"


class Unreadable(InputError):
    """Refuse bytes that are not well-formed, too large, or in another form."""

    code: str = "unreadable"


class Beyond(Unreadable):
    """Refuse what is beyond a limit; the advice says which, and how to raise it."""

    code: str = "beyond-limit"


class Invalid(InputError):
    """Refuse a text that breaks a rule of its own form."""

    code: str = "invalid"


class NotApplicable(InputError):
    """Refuse a proposal that does not fit the text it is applied to."""

    code: str = "not-applicable"


class Contradiction(InputError):
    """Refuse two inputs that cannot both be right."""

    code: str = "contradiction"


def one_of(kind: type[_Choice], value: str, name: str) -> _Choice:
    """Return the value of an enumeration that a string stands for; ``name`` is the parameter's.

    Raises ``UsageError`` with the list of values for anything else.

    >>> from resamend.model import Language
    >>> one_of(Language, "fr", "ui")
    <Language.FR: 'fr'>
    """
    try:
        return kind(value)
    except ValueError as error:
        raise UsageError(
            f"{name} is {value!r}, which is none of its values",
            advice=f"Give one of: {', '.join(kind)}.",
            code="unknown-value",
        ) from error
