"""Write an OpenDocument text from the value that a Word document is written from.

A deletion stands apart, among the ``text:tracked-changes``, and the text has only a mark of it: so
paragraphs whose end is struck go on in one, and what is struck of them is a deletion of several.
A move is a deletion and an insertion here: OpenDocument has no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from msgspec import Struct, field

from resamend.model import Language
from resamend.odf.names import MIMETYPE
from resamend.odf.parts import OPENING, ROOT, letters, manifest, meta, styles
from resamend.ooxml.embedded import EmbeddedFiles, write
from resamend.ooxml.writing import (
    HIDDEN,
    Anchor,
    Block,
    Look,
    NewDocument,
    NewParagraph,
    NewRun,
    NewTable,
    NoteMark,
    StyleName,
    TrackKind,
    Tracks,
    zipped,
)

_LOOKS = {
    Look.ITALIC: ("font-style", "italic"),
    Look.BOLD: ("font-weight", "bold"),
    Look.UNDERLINED: 'style:text-underline-style="solid"',
    Look.LOWERED: 'style:text-position="sub 58%"',
    Look.RAISED: 'style:text-position="super 58%"',
    Look.CROSSED: 'style:text-line-through-style="solid"',
}
_INSERTING = (TrackKind.INSERT, TrackKind.MOVE_TO)
_WIDTH = 17.0
"""Centimetres between the margins."""


def write_odt(document: NewDocument, hidden: EmbeddedFiles | None = None) -> bytes:
    """Return a document as the bytes of a .odt, the same on every machine.

    ``hidden`` is what it takes along unseen, with a seal over all that is written.
    """
    texts = {
        "content.xml": _ContentWriter(document).content(),
        "meta.xml": meta(document),
        "styles.xml": styles(document),
    }
    listed = (*texts, HIDDEN) if hidden else texts
    texts = {"mimetype": MIMETYPE, "META-INF/manifest.xml": manifest(listed)} | texts
    parts = {name: text.encode() for name, text in texts.items()}
    if hidden:
        parts[HIDDEN] = write(hidden, parts)
    return zipped(parts)


def style_name(style: StyleName) -> str:
    """Return the name by which a style is referred to; blanks and low lines are spelt out.

    >>> style_name(StyleName.NUMBER), style_name(StyleName.NORMAL)
    ('Res_5f_No', 'Standard')
    """
    if style is StyleName.NORMAL:
        return "Standard"
    return "".join(sign if sign.isalnum() else f"_{ord(sign):x}_" for sign in style)


class _AuthorPair(Struct, frozen=True):
    """Say who inserts something and who strikes it; each may be nobody."""

    inserted: str = ""
    deleted: str = ""


def _fate(tracks: Tracks) -> _AuthorPair:
    by = {track.act in _INSERTING: track.author for track in tracks}
    return _AuthorPair(by.get(True, ""), by.get(False, ""))


class _Flow(Struct):
    """Hold the paragraph that is being written, and the changes that are open in it."""

    inner: list[str] = field(default_factory=list)
    style: str = ""
    inserted: str = ""
    region: str = ""
    struck: list[tuple[str, list[str]]] = field(default_factory=list)
    fate: _AuthorPair = _AuthorPair()


class _ContentWriter:
    """Write the parts of a document; automatic styles and changes are gathered on the way."""

    def __init__(self, document: NewDocument) -> None:
        self.document = document
        self.regions: list[str] = []
        self.looks: dict[tuple[str, ...], str] = {}
        self.formats: dict[tuple[str, ...], str] = {}

    def content(self) -> str:
        """Return ``content.xml``."""
        document = self.document
        body = self.blocks(document.front)
        body += self.blocks(document.text, fresh=bool(document.front))
        tracking = ' text:track-changes="false"' if not document.tracking else ""
        changes = f"<text:tracked-changes{tracking}>{''.join(self.regions)}</text:tracked-changes>"
        styles = "".join((*_CELLS, *self.formats_written(), *self.looks_written()))
        return (
            f"{OPENING}<office:document-content{ROOT}>"
            f"<office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{changes}{''.join(body)}</office:text></office:body>"
            "</office:document-content>"
        )

    # -- blocks -------------------------------------------------------------------------------

    def blocks(
        self, blocks: Sequence[Block], row: Tracks = (), *, fresh: bool = False
    ) -> list[str]:
        """Return the elements of blocks; ``row`` is the fate of the row that they stand in.

        Where the first is ``fresh`` it begins a page.
        """
        written: list[str] = []
        flow = _Flow()
        for number, block in enumerate(blocks):
            if isinstance(block, NewTable):
                written.append(self.table(block))
                continue
            follows = blocks[number + 1 : number + 2]
            last = not follows or isinstance(follows[0], NewTable)
            if paragraph := self._paragraph(
                flow, block, row, last=last, fresh=fresh and not number
            ):
                written.append(paragraph)
        return written

    def _paragraph(
        self, flow: _Flow, paragraph: NewParagraph, row: Tracks, *, last: bool, fresh: bool
    ) -> str:
        """Write a paragraph on; return it where it ends, which it does not where that is struck."""
        style = self._format(paragraph, fresh=fresh or paragraph.fresh)
        for content in paragraph.content:
            if isinstance(content, Anchor):
                self._close(flow)
                flow.inner.append(self._anchor(content))
                continue
            self._put(flow, self._words(content), _fate(content.tracks or row), style)
        mark = _fate(paragraph.mark)
        if mark.deleted and not last:
            self._put(flow, "", mark, style)
            flow.struck.append((style, []))
            return ""
        self._close(flow)
        self._insert(flow, "" if last else mark.inserted)
        written = f'<text:p text:style-name="{flow.style or style}">{"".join(flow.inner)}</text:p>'
        flow.inner, flow.style = [], ""
        return written

    def _put(self, flow: _Flow, words: str, fate: _AuthorPair, style: str) -> None:
        """Put words into the text, or into what is struck there."""
        if flow.struck and not flow.struck[-1][1]:  # it is the next paragraph's
            flow.struck[-1] = (style, [])
        if not fate.deleted:
            self._close(flow)
            self._insert(flow, fate.inserted)
            flow.style = flow.style or style
            flow.inner.append(words)
            return
        if flow.fate != fate:
            self._close(flow)
        flow.fate = fate
        flow.struck = flow.struck or [(style, [])]
        flow.struck[-1][1].append(words)

    def _close(self, flow: _Flow) -> None:
        """End what is struck: it is kept apart, and a mark stands for it."""
        if flow.struck:
            lines = "".join(
                f'<text:p text:style-name="{style}">{"".join(words)}</text:p>'
                for style, words in flow.struck
            )
            flow.inner.append(f'<text:change text:change-id="{self._region(flow.fate, lines)}"/>')
            flow.struck, flow.fate = [], _AuthorPair()

    def _insert(self, flow: _Flow, author: str) -> None:
        """Go on with what an author inserts; nobody's ends what was inserted before."""
        if author != flow.inserted:
            if flow.inserted:
                flow.inner.append(f'<text:change-end text:change-id="{flow.region}"/>')
            flow.inserted = author
            if author:
                flow.region = self._region(_AuthorPair(author), "")
                flow.inner.append(f'<text:change-start text:change-id="{flow.region}"/>')

    def _region(self, fate: _AuthorPair, struck: str) -> str:
        name = f"ct{len(self.regions) + 1}"
        changes = ""
        if fate.deleted:
            changes += f"<text:deletion>{self._who(fate.deleted)}{struck}</text:deletion>"
        if fate.inserted:
            changes += f"<text:insertion>{self._who(fate.inserted)}</text:insertion>"
        ids = f'xml:id="{name}" text:id="{name}"'
        self.regions.append(f"<text:changed-region {ids}>{changes}</text:changed-region>")
        return name

    def _who(self, author: str) -> str:
        who = f"<dc:creator>{escape(author)}</dc:creator>"
        return f"<office:change-info>{who}{self._day()}</office:change-info>"

    def _day(self) -> str:
        return f"<dc:date>{self.document.date or '1970-01-01'}T00:00:00</dc:date>"

    # -- words --------------------------------------------------------------------------------

    def _words(self, content: NewRun | NoteMark) -> str:
        if isinstance(content, NoteMark):
            return self._note(content)
        look = tuple(sorted(content.looks)) + ("framing",) * content.framing
        words = letters(content.text)
        if not look:
            return words
        name = self.looks.setdefault(look, f"T{len(self.looks) + 1}")
        return f'<text:span text:style-name="{name}">{words}</text:span>'

    def _note(self, mark: NoteMark) -> str:
        note = self.document.notes[mark.note]
        label = f' text:label="{escape(note.label)}"' if note.label else ""
        sign = escape(note.label) or str(mark.note + 1)
        body = "".join(self.blocks(note.paragraphs))
        return (
            f'<text:note text:id="ftn{mark.note}" text:note-class="footnote">'
            f"<text:note-citation{label}>{sign}</text:note-citation>"
            f"<text:note-body>{body}</text:note-body></text:note>"
        )

    def _anchor(self, anchor: Anchor) -> str:
        name = f'office:name="c{anchor.comment}"'
        if not anchor.opens:
            return f"<office:annotation-end {name}/>"
        comment = self.document.comments[anchor.comment]
        who = f"<dc:creator>{escape(comment.author)}</dc:creator>{self._day()}"
        lines = "".join(self.blocks(comment.paragraphs))
        return f"<office:annotation {name}>{who}{lines}</office:annotation>"

    # -- tables and styles --------------------------------------------------------------------

    def table(self, table: NewTable) -> str:
        """Return a table as wide as the text."""
        total = sum(table.widths)
        columns = ""
        for share in table.widths:
            width = f"{_WIDTH * share / total:.2f}cm"
            name = self.formats.setdefault(("column", width), f"P{len(self.formats) + 1}")
            columns += f'<table:table-column table:style-name="{name}"/>'
        cell = "ruled" if table.ruled else "plain"
        rows = ""
        for row in table.rows:
            cells = ""
            for number, blocks in enumerate(row.cells):
                spanned = len(table.widths) - number if number == len(row.cells) - 1 else 1
                wide = f' table:number-columns-spanned="{spanned}"' if spanned > 1 else ""
                inside = "".join(self.blocks(blocks, row.tracks))
                cells += f'<table:table-cell table:style-name="{cell}"{wide}>{inside}'
                cells += "</table:table-cell>" + "<table:covered-table-cell/>" * (spanned - 1)
            written = f"<table:table-row>{cells}</table:table-row>"
            head = "<table:table-header-rows>{}</table:table-header-rows>"
            rows += head.format(written) if row.head else written
        direction = "rtl" if table.language.direction == "rtl" else "ltr"
        return f'<table:table table:style-name="{direction}">{columns}{rows}</table:table>'

    def _format(self, paragraph: NewParagraph, *, fresh: bool) -> str:
        properties = (
            *(['fo:break-before="page"'] if fresh else ()),
            *(['fo:keep-with-next="always"'] if paragraph.keep else ()),
            *(['style:writing-mode="rl-tb"'] if _is_rtl(paragraph.language) else ()),
        )
        if not properties:
            return style_name(paragraph.style)
        key = ("paragraph", style_name(paragraph.style), *properties)
        return self.formats.setdefault(key, f"P{len(self.formats) + 1}")

    def formats_written(self) -> Iterable[str]:
        """Yield the automatic styles of paragraphs and columns."""
        for (family, *rest), name in self.formats.items():
            if family == "column":
                inside = f'<style:table-column-properties style:column-width="{rest[0]}"/>'
                yield _style(name, "table-column", inside)
            else:
                inside = f"<style:paragraph-properties {' '.join(rest[1:])}/>"
                yield _style(name, "paragraph", inside, rest[0])

    def looks_written(self) -> Iterable[str]:
        """Yield the automatic styles of letters."""
        for look, name in self.looks.items():
            properties = []
            for letter in look:
                if letter == "framing":
                    continue
                how = _LOOKS[Look(letter)]
                properties.append(how if isinstance(how, str) else _in_all_scripts(*how))
            inside = f"<style:text-properties {' '.join(properties)}/>" if properties else ""
            yield _style(name, "text", inside, "Framing" if "framing" in look else "")


def _is_rtl(language: Language) -> bool:
    return language.direction == "rtl"


def _in_all_scripts(name: str, value: str) -> str:
    """Write a property for the letters of all scripts: OpenDocument has three of each."""
    return f'fo:{name}="{value}" style:{name}-asian="{value}" style:{name}-complex="{value}"'


def _style(name: str, family: str, inside: str, parent: str = "") -> str:
    above = f' style:parent-style-name="{parent}"' if parent else ""
    head = f'style:name="{name}" style:family="{family}"{above}'
    return f"<style:style {head}>{inside}</style:style>"


_CELLS = (
    *(
        _style(name, "table", f'<style:table-properties style:writing-mode="{mode}-tb"/>')
        for name, mode in (("ltr", "lr"), ("rtl", "rl"))
    ),
    *(
        _style(name, "table-cell", f'<style:table-cell-properties fo:padding="0.1cm"{border}/>')
        for name, border in (("plain", ""), ("ruled", ' fo:border="0.5pt solid #808080"'))
    ),
)
