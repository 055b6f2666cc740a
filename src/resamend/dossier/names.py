"""Ids and the names of files: one checked in, the other made from it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from resamend.dossier.states import STATES
from resamend.errors import Invalid
from resamend.model import Language

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.()_+-]*(?:/[A-Za-z0-9][A-Za-z0-9.()_+-]*)*")
_LONGEST = 120
"""Characters of an id at most: they leave room for the rest of a file's name."""
_LANGUAGE = re.compile(rf"\.({'|'.join(Language)})\.[a-z]+$")


_DEVICES = frozenset(
    ("CON", "PRN", "AUX", "NUL", *(f"{name}{n}" for name in ("COM", "LPT") for n in range(1, 10)))
)
"""What Windows takes for a device, whatever ending a file of that name has."""


def checked(id: str, where: str = "") -> str:
    """Return a source's id, or refuse one that cannot stand in a file's name or on paper.

    >>> checked("RUS/62A1/1")
    'RUS/62A1/1'
    """
    if len(id) > _LONGEST and _ID.fullmatch(id):
        raise Invalid(
            f"“{id[:40]}…” is too long for the id of a proposal: {len(id)} characters, of at most "
            f"{_LONGEST}",
            where=where,
            advice="Name a regional proposal by its group, such as EUR/44A9/1, and its members as "
            "its proponents (`proponents=`).",
        )
    device = id.replace("/", "-").split(".")[0].upper() in _DEVICES
    # Two points would lead out of a folder.
    if not _ID.fullmatch(id) or len(id) > _LONGEST or ".." in id or device:
        shown = id.encode("unicode_escape").decode() if not id.isprintable() else id
        raise Invalid(
            f"“{shown[:80]}” cannot be the id of a proposal",
            where=where,
            advice="An id is made of letters, figures, '-' and '/', such as RUS/62A1/1.",
        )
    return id


def checked_name(name: str, where: str = "") -> str:
    """Return the code or the name of a state or body, or refuse what cannot stand in a list.

    >>> checked_name("Women's Network"), checked_name("KEN")
    ("Women's Network", 'KEN')
    """
    plain = " ".join(name.split())
    if not plain or len(plain) > _LONGEST or not plain.isprintable() or set(plain) & set(',;/<>"'):
        shown = plain.encode("unicode_escape").decode()
        raise Invalid(
            f"“{shown[:80]}” cannot be the name of a proponent",
            where=where,
            advice="Give a code or a name, without commas, semicolons or strokes: KEN, or "
            "Women's Network; of several, each by itself.",
        )
    return plain


def stem(id: str) -> str:
    """Return the beginning of the file names of a source.

    >>> stem("ARM/BLR/62/1")
    'ARM-BLR-62-1'
    """
    return checked(id).replace("/", "-")


def file_of(id: str, language: Language, taken: Iterable[str]) -> str:
    """Return a name for the file of a proposal that is not taken: two ids can make one name.

    >>> file_of("RUS/62-1", Language.EN, ["rus-62-1.en.xml"])
    'RUS-62-1.2.en.xml'
    """
    used = {name.casefold() for name in taken}
    beginning, ending = stem(id), f"{language}.xml"
    name, rank = f"{beginning}.{ending}", 1
    # RUS-62-1 and rus-62-1 are one file on some systems.
    while name.casefold() in used:
        rank += 1
        name = f"{beginning}.{rank}.{ending}"
    return name


_EDITION = re.compile(r"[/ ]?\(?\b(Rev|Corr|Add)\.?\s?([0-9]{1,3})\b\)?", re.IGNORECASE)


def editions_in(symbol: str) -> dict[str, int]:
    """Return what a symbol says of its edition: its revision, corrigendum and addendum.

    >>> editions_in("A/C.2/81/L.10/Rev.1"), editions_in("KEN/62(Add.3)/15")
    ({'rev': 1}, {'add': 3})
    """
    return {match[1].lower(): int(match[2]) for match in _EDITION.finditer(symbol)}


def id_of_symbol(symbol: str) -> str:
    """Return the id that a symbol has in each of its revisions; an addendum is of its own.

    >>> id_of_symbol("KEN/62(Rev.1)/13"), id_of_symbol("KEN/62(Add.3)/15")
    ('KEN/62/13', 'KEN/62A3/15')
    """

    def kept(match: re.Match[str]) -> str:
        return f"A{match[2]}" if match[1].lower() == "add" else ""

    return _EDITION.sub(kept, symbol)


_NUMBERED = re.compile(r"[A-Z][A-Z0-9]{0,5}(?:/[A-Z]{1,6})*/[0-9]{1,4}(?:A[0-9]{1,3})?/[0-9]{1,4}")


def from_file_name(name: str) -> str:
    """Read an id from a file's name, where the file says none; empty if the name is no id by form.

    It is one where it begins with the code of a state, or ends in the numbers of a document and of
    a proposal in it.

    >>> from_file_name("drafts/RUS-62A1-1.en.txt"), from_file_name("RUS.docx")
    ('RUS/62A1/1', 'RUS')
    >>> from_file_name("final text.docx"), from_file_name("RES-140.docx")
    ('', '')
    """
    plain = name.replace("\\", "/").rsplit("/", 1)[-1]
    if not plain.endswith((".txt", ".xml", ".docx", ".odt")):
        return ""
    plain = _LANGUAGE.sub("", plain) if _LANGUAGE.search(plain) else plain.rsplit(".", 1)[0]
    id = re.sub(r"[-_ ]+", "/", plain).strip("/")
    by_form = id.split("/")[0] in STATES or _NUMBERED.fullmatch(id)
    return id if by_form and _ID.fullmatch(id) else ""


def language_of(name: str) -> Language | None:
    """Read a language from the end of a file's name.

    >>> language_of("base.fr.xml")
    <Language.FR: 'fr'>
    """
    match = _LANGUAGE.search(name)
    return Language(match[1]) if match else None
