"""Find what would make Word say that a document has unreadable content.

Word itself is not here. So what it asks for is written down, after ECMA-376 (part 1, §17, and part
2 for the package), for the elements that we write: which may stand where and in which order, which
numbers have to be unique, what belongs together. An element that is not listed is a fault too.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def _named(names: str) -> list[str]:
    return names.split()


_TRACKED = _named("ins del moveFrom moveTo")
_RANGES = _named("moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd")
_RUNS = [*_TRACKED, *_RANGES, *_named("commentRangeStart commentRangeEnd r fldSimple")]
_LOOK = _named(
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike color spacing sz szCs u vertAlign rtl "
    "cs lang"
)
_ORDER = {
    "document": ["body"],
    "pPr": _named(
        "pStyle keepNext keepLines pageBreakBefore widowControl pBdr shd tabs bidi spacing ind "
        "contextualSpacing jc outlineLvl rPr sectPr"
    ),
    "rPr": [*_TRACKED, *_LOOK],
    "tbl": _named("tblPr tblGrid tr"),
    "tblPr": _named("tblStyle bidiVisual tblW jc tblInd tblBorders tblLayout tblCellMar"),
    "tr": _named("trPr tc"),
    "trPr": ["cantSplit", "tblHeader", *_TRACKED],
    "tc": _named("tcPr p"),
    "tcPr": _named("tcW gridSpan vAlign"),
    "sectPr": _named("headerReference type pgSz pgMar lnNumType"),
    "settings": _named("zoom trackRevisions defaultTabStop footnotePr compat themeFontLang"),
    "style": _named(
        "name basedOn next link uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr"
    ),
    "styles": _named("docDefaults style"),
    "docDefaults": _named("rPrDefault pPrDefault"),
}
"""The children that an element may have, in their order; those of one name may stand in a row."""
_WITHIN = {
    "p": ["pPr", *_RUNS],
    "body": ["p", "tbl", "sectPr", *_RANGES],
    "r": _named(
        "rPr t delText sym tab br footnoteReference footnoteRef commentReference separator "
        "continuationSeparator"
    ),
    "hdr": ["p"],
    "comment": ["p"],
    "footnote": ["p"],
    **dict.fromkeys([*_TRACKED, "fldSimple"], _RUNS),
}
"""The children that an element may have, in any order."""
_FIRST = {"p": "pPr", "r": "rPr"}


def faults(data: bytes) -> list[str]:
    """Return what is wrong with a document, in words; nothing where all is well."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name) for name in names}
    found = [f"{name} stands twice" for name, count in Counter(names).items() if count > 1]
    found += _package(parts)
    roots = {
        name: etree.fromstring(text)
        for name, text in parts.items()
        if name.startswith("word/") and name.endswith(".xml")
    }
    for name, root in roots.items():
        found += [f"{name}: {fault}" for fault in _form(root)]
    return found + list(_belonging(roots))


# -- the package ----------------------------------------------------------------------------------


def _package(parts: dict[str, bytes]) -> Iterator[str]:
    types = etree.fromstring(parts["[Content_Types].xml"])
    named = {each.get("PartName", "").lstrip("/") for each in types if each.get("PartName")}
    endings = {each.get("Extension") for each in types}
    yield from (f"a type is given for {name}, which is not there" for name in named - set(parts))
    for name in parts:
        if name not in named and name.rpartition(".")[2] not in endings:
            yield f"{name} has no type"
        if name.startswith("word/") and name.endswith(".xml") and name not in named:
            yield f"{name} has no type of its own"
        if name.endswith(".rels"):
            yield from _relations(name, parts)


def _relations(name: str, parts: dict[str, bytes]) -> Iterator[str]:
    folder = posixpath.dirname(posixpath.dirname(name))
    ids = []
    for each in etree.fromstring(parts[name]):
        ids.append(each.get("Id"))
        target = posixpath.normpath(posixpath.join(folder, each.get("Target", "")))
        if each.get("TargetMode") == "External" or target not in parts:
            yield f"{name}: {target} is not in the file"
    if len(set(ids)) < len(ids):
        yield f"{name}: two relations have one id"
    owner = f"{folder}/{posixpath.basename(name).removesuffix('.rels')}".lstrip("/")
    used = re.findall(rb' r:(?:id|embed|link)="([^"]*)"', parts.get(owner, b""))
    yield from (f"{owner}: no relation {id!r}" for id in used if id.decode() not in ids)


# -- the form of each part ------------------------------------------------------------------------


def _form(root: etree._Element) -> Iterator[str]:
    for element in root.iter(f"{W}*"):
        name = _name(element)
        children = [_name(child) for child in element]
        if name in _ORDER:
            order = {child: n for n, child in enumerate(_ORDER[name])}
            places = [order.get(child, -1) for child in children]
            if -1 in places or places != sorted(places):
                yield f"{name} holds {children}"
        elif name in _WITHIN and (
            set(children) - set(_WITHIN[name]) or _FIRST.get(name) in children[1:]
        ):
            yield f"{name} holds {children}"
        yield from _one(element, name, children)


def _one(element: etree._Element, name: str, children: list[str]) -> Iterator[str]:
    """Yield what is wrong with one element."""
    if name == "tc" and children[-1:] != ["p"]:
        yield "a cell does not end with a paragraph"
    if name == "tbl":
        columns = len(element.findall(f"{W}tblGrid/{W}gridCol"))
        for row in element.iterchildren(f"{W}tr"):
            spans = [span.get(f"{W}val") for span in row.iter(f"{W}gridSpan")]
            if len(row.findall(f"{W}tc")) - len(spans) + sum(map(int, spans)) != columns:
                yield "a row is not as wide as its table"
        if _name(element.getnext()) == "tbl":
            yield "two tables run into each other"
    if name == "body" and (children[-1:] != ["sectPr"] or children.count("sectPr") > 1):
        yield "the last section has no end"
    if name == "r" and not children:
        yield "a run is empty"
    if name in _TRACKED:
        yield from _change(element, name)
    if name in ("t", "delText"):
        gone = any(_name(around) == "del" for around in element.iterancestors())
        if gone != (name == "delText"):
            yield f"{name} where the text is {'struck' if gone else 'not struck'}"
        text = element.text or ""
        if text != text.strip() and element.get(_SPACE) != "preserve":
            yield f"the white space of {text!r} would be lost"


def _change(element: etree._Element, name: str) -> Iterator[str]:
    date = element.get(f"{W}date")
    if not element.get(f"{W}author"):
        yield f"{name} has no author"
    if date is not None and not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", date):
        yield f"{name} has the date {date}"
    around = [_name(each) for each in element.iterancestors()]
    if name in around or (name in ("ins", "moveTo") and "del" in around):
        yield f"{name} in {around}"


# -- what belongs together ------------------------------------------------------------------------


def _belonging(roots: dict[str, etree._Element]) -> Iterator[str]:
    document = roots["word/document.xml"]
    texts = [roots[name] for name in ("word/document.xml", "word/footnotes.xml")]
    changes = [*_TRACKED, "moveFromRangeStart", "moveToRangeStart"]
    ids = [each.get(f"{W}id") for root in texts for name in changes for each in root.iter(W + name)]
    yield from (f"the change {id} stands {n} times" for id, n in Counter(ids).items() if n > 1)
    yield from _moves(document)
    yield from _comments(document, roots.get("word/comments.xml"))
    notes = [note.get(f"{W}id") for note in roots["word/footnotes.xml"]]
    marks = [mark.get(f"{W}id") for mark in document.iter(f"{W}footnoteReference")]
    if sorted(map(str, notes)) != sorted(map(str, [*marks, "-1", "0"])):
        yield f"the footnotes {notes} are not those of the marks {marks}"
    known = {style.get(f"{W}styleId"): style.get(f"{W}type") for style in roots["word/styles.xml"]}
    for name, kind in (("pStyle", "paragraph"), ("rStyle", "character"), ("tblStyle", "table")):
        for root in roots.values():
            for each in root.iter(W + name):
                if known.get(each.get(f"{W}val")) != kind:
                    yield f"there is no {kind} style {each.get(f'{W}val')}"


def _moves(document: etree._Element) -> Iterator[str]:
    names = {}
    for side in ("moveFrom", "moveTo"):
        starts = list(document.iter(f"{W}{side}RangeStart"))
        ends = [end.get(f"{W}id") for end in document.iter(f"{W}{side}RangeEnd")]
        names[side] = sorted(start.get(f"{W}name", "") for start in starts)
        if sorted(start.get(f"{W}id", "") for start in starts) != sorted(map(str, ends)):
            yield f"a range of {side} has no end"
        inside = 0
        for element in document.iter(f"{W}*"):
            step = {f"{side}RangeStart": 1, f"{side}RangeEnd": -1}.get(_name(element), 0)
            inside += step
            if _name(element) == side and not inside and _name(element.getparent()) != "rPr":
                yield f"{side} outside any range"
    if names["moveFrom"] != names["moveTo"] or len(set(names["moveTo"])) < len(names["moveTo"]):
        yield f"the moves {names} are not pairs"


def _comments(document: etree._Element, comments: etree._Element | None) -> Iterator[str]:
    known = [] if comments is None else [comment.get(f"{W}id") for comment in comments]
    steps = ("commentRangeStart", "commentRangeEnd", "commentReference")
    seen = [
        (each.get(f"{W}id"), _name(each)) for each in document.iter(*(W + step for step in steps))
    ]
    for id in known:
        if tuple(name for other, name in seen if other == id) != steps:
            yield f"the comment {id} is not tied to the text once"
    if {id for id, _ in seen} != set(known) or len(set(known)) < len(known):
        yield f"the text has the comments {sorted({str(id) for id, _ in seen})}, not {known}"


def _name(element: etree._Element | None) -> str:
    tag = "" if element is None else str(element.tag)
    return tag.removeprefix(W)
