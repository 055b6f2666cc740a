"""Name the places of a text as delegates do: ``resolves 2``, ``noting c)``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from resamend.languages import Places, section
from resamend.model import OBJECT, Kind, Language, Provision


def path(chain: Sequence[Provision], position: int, language: Language) -> str:
    """Say where a provision is in the words that delegates use: ``resolves 2``, ``noting c)``.

    ``chain`` leads from the outermost provision down to the one named; ``position`` counts it
    among its siblings, from 0, and is said where it has no label.
    """
    return " ".join(filter(None, _steps(chain, position, language))) or _named(
        Kind.RESOLUTION, language
    )


def _steps(chain: Sequence[Provision], position: int, language: Language) -> Iterator[str]:
    for above, provision in zip((None, *chain), chain, strict=False):
        last = provision is chain[-1]
        if provision.kind is Kind.RESOLUTION:
            continue
        if provision.kind in (Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX):
            yield provision.text.replace(OBJECT, "").strip().rstrip(" ,:،，：")
        elif provision.kind is Kind.FOOTNOTE:
            yield f"{_named(provision.kind, language)} {provision.label or position + 1}"
        elif provision.label:
            yield provision.label
        elif provision.kind in (Kind.ROW, Kind.CELL):
            place = position if last or above is None else _place(above, provision)
            yield f"{_named(provision.kind, language)} {place + 1}"
        elif provision.kind.value in Places.__struct_fields__:
            yield _named(provision.kind, language)
        elif last and position:
            yield f"¶{position + 1}"


def numbered_apart(name: str, taken: Set[str]) -> str:
    """Return a name that no other place has: a label that stands twice names two provisions.

    >>> numbered_apart("resolves 9.1", {"resolves 9.1"})
    'resolves 9.1 #2'
    """
    number, own = 2, name
    while own in taken:
        own = f"{name} #{number}"
        number += 1
    return own


def _place(above: Provision, provision: Provision) -> int:
    return next((k for k, child in enumerate(above.children) if child is provision), 0)


def _named(kind: Kind, language: Language) -> str:
    """Return what a kind is called; by its name in the program where its language has no word."""
    name: str = getattr(section(language, Places), kind.value, kind.value)
    return name
