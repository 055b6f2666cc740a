"""The parts of an OpenDocument text beside its content: what is in it, of it, and how it looks."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from importlib.resources import files

from resamend.languages import header
from resamend.odf.names import MIMETYPE, SPACES
from resamend.ooxml.metadata import DRAFT
from resamend.ooxml.writing import NewDocument

OPENING = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMES = "".join(f' xmlns:{name}="{space}"' for name, space in SPACES.items())
ROOT = f'{_NAMES} office:version="1.3"'
"""The attributes of the root of each part."""


def manifest(parts: Iterable[str]) -> str:
    """Return the list of the parts."""
    entries = {"/": MIMETYPE} | dict.fromkeys(parts, "text/xml")
    lines = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in entries.items()
    )
    space = f' xmlns:manifest="{SPACES["manifest"]}" manifest:version="1.3"'
    return f"{OPENING}<manifest:manifest{space}>{lines}</manifest:manifest>"


def meta(document: NewDocument) -> str:
    """Return what a document says of itself."""
    day = f"{document.date}T00:00:00"
    lines = {
        "dc:title": document.title,
        "meta:keyword": DRAFT if document.front else "",  # only a draft has a front
        'meta:user-defined meta:name="identifier"': document.identifier,
        "dc:language": header(document.language).locale,
        "meta:creation-date": day if document.date else "",
        "dc:date": day if document.date else "",
    }
    inside = "".join(
        f"<{tag}>{escape(text)}</{tag.split()[0]}>" for tag, text in lines.items() if text
    )
    start = f"{OPENING}<office:document-meta{ROOT}><office:meta>"
    return f"{start}{inside}</office:meta></office:document-meta>"


def styles(document: NewDocument) -> str:
    """Return the named styles, in the letters of the document's language, and the pages."""
    text = files("resamend.odf").joinpath("styles.xml").read_text(encoding="utf-8")
    script = "" if document.language.spaced else "-asian"
    if document.language.direction == "rtl":
        script = "-complex"
    if script:  # Chinese and Arabic letters have no italics
        for ending in ("", "-asian", "-complex"):
            prefix = "style" if ending else "fo"
            text = text.replace(
                f'{prefix}:font-style{ending}="italic"', f'{prefix}:font-weight{ending}="bold"'
            )
    language, _, country = header(document.language).locale.partition("-")
    prefix = "style" if script else "fo"
    spoken = f'{prefix}:language{script}="{language}" {prefix}:country{script}="{country}"'
    text = text.replace("<style:text-properties ", f"<style:text-properties {spoken} ", 1)
    if document.line_numbers:
        counted = '<text:linenumbering-configuration style:num-format="1" text:increment="1"'
        counted += ' text:number-lines="true" text:restart-on-page="true"/>'
        text = text.replace("  </office:styles>", f"    {counted}\n  </office:styles>")
    if document.landscape:
        text = text.replace('page-layout-name="page"', 'page-layout-name="wide"')
    if document.header:
        line = f'<text:p text:style-name="header">{letters(document.header)}</text:p>'
        text = text.replace("</style:header>", f"{line}</style:header>")
    return text


def letters(text: str) -> str:
    """Write letters; white space at an edge, or after other white space, would be lost as it is."""
    signs = {"\t": "<text:tab/>", "\n": "<text:line-break/>"}
    written = ""
    for at, sign in enumerate(text):
        edge = at in (0, len(text) - 1) or text[at - 1] == " "
        written += "<text:s/>" if sign == " " and edge else signs.get(sign) or escape(sign)
    return written
