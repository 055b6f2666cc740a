"""Write Typst: calls of the look's functions with strings; never a text as markup.

Whatever is in a text goes through ``code``, in quotes; so markup is what ``call`` and ``words``
made, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable

from resamend.escaping import visible


class TypstMarkup(str):
    """Hold markup that was made here."""

    __slots__ = ()


NOTHING = TypstMarkup("")


def code(value: object) -> str:
    """Return a value as Typst's code says it: a string in quotes, markup in brackets.

    >>> print(code(('#"a"', TypstMarkup("#x"), 2, None, True)))
    ("#\\"a\\"",[#x],2,none,true,)
    """
    if isinstance(value, TypstMarkup):
        return f"[{value}]"
    if isinstance(value, str):
        return f'"{_escaped(value)}"'
    if value is None or isinstance(value, bool):
        return "none" if value is None else str(value).lower()
    if isinstance(value, Iterable):
        return f"({''.join([f'{code(member)},' for member in value])})"
    return str(value)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def call(name: str, *arguments: object, **named: object) -> TypstMarkup:
    """Return the call of a function of the look."""
    values = [*map(code, arguments), *(f"{key}: {code(value)}" for key, value in named.items())]
    return TypstMarkup(f"#{name}({', '.join(values)})")


def words(text: str) -> TypstMarkup:
    """Return a text as text, every character made to show."""
    return TypstMarkup(f"#{code(visible(text))}") if text else NOTHING


def phrase(text: str) -> TypstMarkup:
    """Return words of the page: what came from elsewhere in them has been made to show."""
    return TypstMarkup(f"#{code(text)}") if text else NOTHING


def joined(parts: Iterable[str]) -> TypstMarkup:
    """Return markup one after another."""
    return TypstMarkup("".join(parts))
