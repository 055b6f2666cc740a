"""What a file says about its text: the FRBR identification, and back.

Nothing here depends on the clock. What the schema wants and nobody knows gets a fixed value, and
``rs:metadata`` then says what was really known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from resamend.akn.names import NS, RS, akn, attribute
from resamend.errors import Invalid
from resamend.model import OBJECT, Kind, Language, Metadata, Resolution, walk

if TYPE_CHECKING:
    from lxml import etree

_NOBODY = "0001-01-01"
"""The date of what has none."""
_UNKNOWN = "/akn/un/statement/deliberation/unknown"
is_token = re.compile(r"[A-Za-z][\w.-]*").fullmatch


class Frbr(Struct, frozen=True, gc=False):
    """Say what the identification of a document says; ``alias`` is name and value."""

    work: str
    number: str
    authority: str
    language: Language
    work_date: tuple[str, str]
    date: tuple[str, str]
    subtype: str = "deliberation"
    work_alias: tuple[str, str] = ("", "")
    alias: tuple[str, str] = ("", "")


def as_date(day: str, name: str) -> tuple[str, str]:
    """Return a date that the schema accepts and what it is the date of; unknown if there is none.

    >>> as_date("2014-11-07", "revision"), as_date("2014", "revision")
    (('2014-11-07', 'revision'), ('0001-01-01', 'unknown'))
    """
    try:
        is_date = date.fromisoformat(day).isoformat() == day
    except ValueError:
        is_date = False
    return (day, name) if is_date else (_NOBODY, "unknown")


def expression(metadata: Metadata, language: Language) -> str:
    """Return the address of a text in one language, at one revision."""
    return f"{metadata.work or _UNKNOWN}/{language.iso3}@{metadata.date}"


def statement_frbr(resolution: Resolution) -> Frbr:
    """Return the identification of a resolution; its title is the name that other tools show."""
    metadata, language = resolution.metadata, resolution.language
    titles = (p.text for p in walk(resolution.provisions) if p.kind is Kind.TITLE)
    title = " ".join(next(titles, "").replace(OBJECT, "").split())
    return Frbr(
        work=metadata.work or _UNKNOWN,
        number=metadata.number,
        authority=metadata.authority if is_token(metadata.authority) else "unknown",
        language=language,
        work_date=as_date(metadata.adopted, "adoption"),
        date=as_date(metadata.date, "revision"),
        work_alias=("title", title),
        alias=("revision", metadata.revision),
    )


def remainder(metadata: Metadata) -> str:
    """Return the element for what the identification cannot hold; empty if it holds all."""
    lost = {"work": metadata.work} if metadata.work == _UNKNOWN else {}
    if metadata.authority == "unknown" or (metadata.authority and not is_token(metadata.authority)):
        lost["authority"] = metadata.authority
    days = {"adopted": metadata.adopted, "date": metadata.date}
    lost |= {k: day for k, day in days.items() if day and as_date(day, k)[1] == "unknown"}
    lost |= {k: v for k in ("form", "status") if (v := getattr(metadata, k))}
    return f"<rs:metadata{''.join(attribute(k, v) for k, v in lost.items())}/>" if lost else ""


def reserved(frbr: Frbr) -> set[str]:
    """Return the ids that the metadata use."""
    return {"resamend", frbr.authority}


def identification(frbr: Frbr, part: str, indent: int) -> Iterator[str]:
    """Yield the lines of the identification; ``part`` names the document or component."""
    address = (
        f"{frbr.work}/{frbr.language.iso3}@{frbr.date[0] if frbr.date[1] != 'unknown' else ''}"
    )
    pad = "  " * indent
    yield f'{pad}<identification source="#resamend">'
    yield f"{pad}  <FRBRWork>"
    yield from _common(frbr.work, part, frbr.work_alias, frbr.work_date, frbr.authority, indent + 2)
    yield f'{pad}    <FRBRcountry value="un"/>'
    yield f"{pad}    <FRBRsubtype{attribute('value', frbr.subtype)}/>"
    if frbr.number:
        yield f"{pad}    <FRBRnumber{attribute('value', frbr.number)}/>"
    yield f"{pad}  </FRBRWork>"
    yield f"{pad}  <FRBRExpression>"
    yield from _common(address, part, frbr.alias, frbr.date, frbr.authority, indent + 2)
    yield f'{pad}    <FRBRlanguage language="{frbr.language.iso3}"/>'
    yield f"{pad}  </FRBRExpression>"
    yield f"{pad}  <FRBRManifestation>"
    marked = (frbr.date[0], "markup") if frbr.date[1] != "unknown" else frbr.date
    file = f"{part}.xml"
    yield from _common(f"{address}", file, ("", ""), marked, "resamend", indent + 2, ".xml")
    yield f'{pad}    <FRBRformat value="xml"/>'
    yield f"{pad}  </FRBRManifestation>"
    yield f"{pad}</identification>"


def _common(
    address: str,
    part: str,
    alias: tuple[str, str],
    day: tuple[str, str],
    author: str,
    indent: int,
    ending: str = "",
) -> Iterator[str]:
    pad = "  " * indent
    yield f"{pad}<FRBRthis{attribute('value', f'{address}/!{part}')}/>"
    yield f"{pad}<FRBRuri{attribute('value', address + ending)}/>"
    if alias[1]:
        yield f"{pad}<FRBRalias{attribute('name', alias[0])}{attribute('value', alias[1])}/>"
    yield f"{pad}<FRBRdate{attribute('date', day[0])}{attribute('name', day[1])}/>"
    yield f"{pad}<FRBRauthor{attribute('href', '#' + author)}/>"


def references(frbr: Frbr, more: Iterable[str], indent: int) -> Iterator[str]:
    """Yield the lines of what ids in the metadata stand for."""
    pad = "  " * indent
    yield f'{pad}<references source="#resamend">'
    for id in sorted(reserved(frbr)):
        yield (
            f"{pad}  <TLCOrganization{attribute('eId', id)}"
            f"{attribute('href', f'/akn/ontology/organization/un/{id}')}{attribute('showAs', id)}/>"
        )
    for line in more:
        yield f"{pad}  {line}"
    yield f"{pad}</references>"


def illustrative(illustrated: str) -> str:
    """Return the element that says what a text illustrates; empty if it is an official one."""
    return f"<rs:illustrative{attribute('of', illustrated)}/>" if illustrated else ""


# -- reading --------------------------------------------------------------------------------------

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MAP = {"a": NS, "rs": RS}


def language_of(document: etree._Element, name: str, otherwise: Language | None = None) -> Language:
    """Return the language of a document, or another where it names none.

    Raises ``Invalid`` where nothing does, and where it names none of the six.
    """
    element = document.find("a:meta/a:identification/a:FRBRExpression/a:FRBRlanguage", _MAP)
    stated = element.get("language", "") if element is not None else ""
    # Others leave FRBRlanguage out, or write a code that is none, and say it in xml:lang.
    above = [holder.get(_LANG, "") for holder in (document, *document.iterancestors())]
    for code in filter(None, (stated, *above)):
        try:
            return Language.of(code)
        except ValueError:
            continue
    if otherwise and not any((stated, *above)):
        return otherwise
    raise Invalid(
        f"its language is {stated!r}" if stated else "it does not say its language",
        where=name,
        advice="Name one of eng, fra, spa, rus, zho, ara in FRBRlanguage"
        + ("." if stated else ", or give `language=`."),
    )


def read_metadata(document: etree._Element) -> Metadata:
    """Return what a document says about its text."""
    meta = document.find(akn("meta"))
    if meta is None:
        # A document without metadata says nothing of its text; that is no reason to refuse it.
        return Metadata()
    fields = dict(_frbr(meta))
    extra = meta.find("a:proprietary/rs:metadata", _MAP)
    if extra is not None:
        for field in Metadata.__struct_fields__:
            fields[field] = extra.get(field, fields.get(field, ""))
    shown = meta.find("a:proprietary/rs:illustrative", _MAP)
    fields["illustrative"] = shown.get("of", "") if shown is not None else ""
    return Metadata(**fields)


def _frbr(meta: etree._Element) -> Iterator[tuple[str, str]]:
    work = meta.find("a:identification/a:FRBRWork", _MAP)
    if work is not None:
        address = _get(work, "FRBRuri", "value")
        yield "work", "" if address == _UNKNOWN else address
        yield "number", _get(work, "FRBRnumber", "value")
        yield "adopted", _date(work)
        author = _get(work, "FRBRauthor", "href").removeprefix("#")
        yield "authority", "" if author == "unknown" else author
    text = meta.find("a:identification/a:FRBRExpression", _MAP)
    if text is not None:
        yield "revision", _get(text, "FRBRalias[@name='revision']", "value")
        yield "date", _date(text)


def _get(parent: etree._Element, path: str, name: str) -> str:
    child = parent.find(f"a:{path}", _MAP)
    return child.get(name, "") if child is not None else ""


def _date(parent: etree._Element) -> str:
    day = _get(parent, "FRBRdate", "date")
    return "" if _get(parent, "FRBRdate", "name") == "unknown" else day
