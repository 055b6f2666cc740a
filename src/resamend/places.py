"""Name every place of a text as the people of its body do: ``PP4``, ``OP21(a)``, ``Art. 4(1)(b)``.

`named` goes through a text once and gives each provision its name and its words in an outline,
`names_of` gives the names alone, in the words of a language. How a name is made is said by the
role of a provision, and its role by the form of the text and by where it stands: what has no label
and stands before the first operative paragraph of a United Nations text is a preambular paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from resamend.forms import TextForm, branch_of, option_name, pattern_of, words_of
from resamend.model import OBJECT, Kind, Language, Provision, Resolution
from resamend.naming import ends_as_recital, heading_words, is_operative, is_recital, numbered_apart
from resamend.numbering import LabelStyle, parse
from resamend.place_words import said, ways_to_say

_UN = (TextForm.UN, TextForm.UNFCCC)
_BRACKETED = (TextForm.UN, TextForm.UNFCCC, TextForm.EU, TextForm.TREATY, TextForm.BILL)
"""Forms whose points are named in brackets behind the paragraph: ``2(a)(i)``."""
_NUMBERED_TITLE = re.compile(r"([0-9]+/[0-9]+\.)\s+(.*)", re.DOTALL)


def _is_reasons(text: str) -> bool:
    return pattern_of("reasons").match(text) is not None


@cache
def _tables() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what a table is called by, and how its caption begins."""
    words = words_of("table")
    named = re.compile(rf"((?:{words})\s?[A-Z]\.[0-9]+)\b", re.IGNORECASE)
    return named, re.compile(rf"(?:{words})\b", re.IGNORECASE)


@cache
def _note() -> re.Pattern[str]:
    return re.compile(f"{words_of('entry')}|{words_of('note')}", re.IGNORECASE)


class NamedPlace(Struct, frozen=True, kw_only=True):
    """Hold a line of an outline: the provision, its depth, its name, and what it shows.

    ``aside`` is what has a name for its depth only, and is no place to amend by name.
    """

    id: str
    level: int
    kind: str
    label: str
    name: str
    text: str


class Surroundings(Struct, frozen=True):
    """Say what is around a provision: the name that its points continue, and where it stands."""

    base: str = ""
    first: int = 1  # the number of the first paragraph without a label
    annexed: bool = False
    points: bool = False  # below a paragraph: what has a label is a point of it
    listed: str = ""  # the name with a paragraph, for what stands in it


def named(resolution: Resolution) -> tuple[NamedPlace, ...]:
    """Return every place of a text in its order, but for tables and headings without words."""
    return tuple(_all_named(resolution).places)


def names_of(resolution: Resolution, language: str = "en") -> dict[str, str]:
    """Return the name of each provision by its id, in the words of a language."""
    names = _all_named(resolution).names
    return names if language == "en" else {id: said(n, language) for id, n in names.items()}


def _all_named(resolution: Resolution) -> PlaceNamer:
    namer = PlaceNamer(TextForm.of(resolution.metadata.form), resolution.language)
    namer.name_all(resolution)
    return namer


class PlaceNamer:
    """Go through a text and name its places."""

    def __init__(self, form: TextForm, language: Language) -> None:
        self.form = form
        self.language = language
        self.places: list[NamedPlace] = []
        self.names: dict[str, str] = {}
        self.taken: dict[str, int] = {}  # each name, and how many there were before it
        self.total: Counter[str] = Counter()  # headings and preambular paragraphs, counted through
        self.begun = False  # an enacting clause has been, or recitals that stand above it
        self.recited_first = False  # the body's name stands below the recitals
        self.enacted = False  # and has been
        self.caption = ""  # the line before a table that names it
        self.branched = False  # an article has been
        self.body = False  # a labelled paragraph or a branch has been

    def name_all(self, resolution: Resolution) -> None:
        """Name every place of a text."""
        for top in resolution.provisions:
            if top.kind is Kind.RESOLUTION:
                self.recited_first = self.form in _UN and self._is_recited_first(top)
                self._below(top, 0, Surroundings())
            else:
                whole = Provision(id="", kind=Kind.RESOLUTION, children=(top,))
                self._below(whole, 0, Surroundings())

    def _is_recited_first(self, top: Provision) -> bool:
        """Tell whether a recital stands right above the first line that names the body."""
        kinds = [child.kind for child in top.children]
        at = kinds.index(Kind.ENACTING) if Kind.ENACTING in kinds else 0
        above = (c for c in top.children[:at] if c.kind in (Kind.TEXT, Kind.ITEM))
        return any(is_recital(child.text, self.language) for child in above)

    def _begin(self, provision: Provision) -> None:
        """Note that the text begins where recitals stand above the body, at the first of them."""
        if self.recited_first and provision.kind in (Kind.TEXT, Kind.ITEM):
            self.begun |= ends_as_recital(provision.text)

    def pass_gap(self, owner: str, gap: int, around: Surroundings, counts: Counter[str]) -> None:
        """Note where in the text the naming stands."""

    def _below(self, owner: Provision, level: int, around: Surroundings) -> None:
        counts, children = Counter[str](), owner.children
        for n, child in enumerate(children):
            self.pass_gap(owner.id, n, around, counts)
            if child.kind is Kind.TITLE and n == 0 and self.has_named_title(around):
                self.names[child.id] = f"{around.base} title"
                continue
            after = children[n + 1] if n + 1 < len(children) else None
            if child.kind is Kind.TEXT and after and after.kind is Kind.TABLE:
                self.caption = child.text if _tables()[1].match(child.text) else ""
                if self.caption:
                    table = f"{around.base} table {counts['table'] + 1}"
                    self.names[child.id] = f"{table} caption".strip()
                    continue
            self._place(child, level, around, counts)
        self.pass_gap(owner.id, len(children), around, counts)

    def has_named_title(self, around: Surroundings) -> bool:
        return bool(around.base) and self.form is not TextForm.ITU

    def _place(
        self, provision: Provision, level: int, around: Surroundings, counts: Counter[str]
    ) -> None:
        self._begin(provision)
        role, label, text = self._shown(provision)
        name, inner = self.name(provision, around, counts)
        name = numbered_apart(name, self.taken) if name else name
        self.taken.setdefault(name, len(self.taken))
        self.names[provision.id] = name
        if provision.kind is Kind.TABLE and self.caption:
            text, self.caption = self.caption, ""
        hidden = not text and not label and provision.kind in (Kind.TABLE, Kind.PREAMBULAR)
        if not hidden:
            self.places.append(
                NamedPlace(
                    id=provision.id, level=level, kind=role, label=label, name=name, text=text
                )
            )
        if provision.kind is Kind.ROW:
            for n, cell in enumerate(provision.children, 1):
                self.names[cell.id] = f"{name} column {n}"
        else:
            self._below(provision, level + (not hidden), inner)

    # -- roles --------------------------------------------------------------------------------

    def _shown(self, provision: Provision) -> tuple[str, str, str]:
        """Return the role of a provision, and its label and words as an outline shows them."""
        kind, label = provision.kind, provision.label
        text = provision.text.replace(OBJECT, "").strip()
        if kind is Kind.ROW:
            return "row", label, " ¦ ".join(cell.text for cell in provision.children)
        if kind is Kind.TITLE:
            match = _NUMBERED_TITLE.fullmatch(text)
            return ("title", match[1], match[2]) if match else ("title", label, text)
        heading = branch_of(text) if kind in (Kind.OPERATIVE, Kind.ANNEX) and not label else None
        if heading and (self.form is not TextForm.ITU):
            title = next((c.text for c in provision.children[:1] if c.kind is Kind.TITLE), "")
            return _kind_of(heading.branch.name), heading.line, heading.heading or title
        if kind is Kind.TEXT:
            return self._role_of_text(text), label, text
        return _ROLES.get(kind, str(kind.value)), label, text

    def _role_of_text(self, text: str) -> str:
        if text[:12].lower() == "{placeholder":
            return "placeholder"
        if self.form is TextForm.ITU or self.body:
            return "para"
        if self.form is TextForm.MOTION:
            beside = ": " in text[:40] and not text.endswith((".", ":"))
            return "front" if beside or pattern_of("movers").fullmatch(text) else "para"
        if self.form is TextForm.BILL and not self.begun:
            return "long title" if text.endswith(".") else "front"
        if not self.begun:
            return "front"
        if self.enacted or (self.form in _UN and is_operative(text, self.language)):
            return "op"
        return "citation" if self.form is TextForm.EU else "pp"

    # -- names --------------------------------------------------------------------------------

    def name(
        self, provision: Provision, around: Surroundings, counts: Counter[str]
    ) -> tuple[str, Surroundings]:
        """Return what a provision is called, and what is around those in it."""
        self._begin(provision)
        role, label, text = self._shown(provision)
        kind = provision.kind
        if kind in (Kind.NUMBER, Kind.ENACTING):
            again = self.begun and not self.recited_first
            self.body |= again and kind is Kind.ENACTING  # what was adopted follows
            self.begun |= kind is Kind.ENACTING
            self.enacted |= self.recited_first and kind is Kind.ENACTING
            return _ROLES[kind], around
        if kind is Kind.TITLE:
            return f"{around.base} title".strip(), around
        if kind is Kind.ANNEX:
            return self._annex(text if self.form is TextForm.ITU else label)
        if kind in (Kind.OPERATIVE, Kind.PREAMBULAR):
            return self._heading(role, label, text, provision, around)
        if kind is Kind.TABLE:
            counts["table"] += 1
            own = _tables()[0].match(text or self.caption)
            name = own[1] if own else f"{around.base} table {counts['table']}".strip()
            return name, Surroundings(base=name, annexed=around.annexed)
        if kind in (Kind.ROW, Kind.FOOTNOTE, Kind.CELL):
            counts[role] += 1
            return f"{around.base} {role} {label or counts[role]}".strip(), around
        return self._paragraph(role, label, text, around, counts)

    def _annex(self, line: str) -> tuple[str, Surroundings]:
        self.body = True
        heading = branch_of(line)
        if heading is None:
            match = re.match(r"\w+(?:\s(?:[0-9]{1,3}|[A-Z]|[IVX]{1,5})\b)?", line)
            name = match[0].lower() if match else "annex"
            name = re.sub(r"^\D+?(?=\s|$)", "annex", name)
        else:
            name = heading.name
        return name, Surroundings(base=name, annexed=True)

    def _heading(
        self, role: str, label: str, text: str, provision: Provision, around: Surroundings
    ) -> tuple[str, Surroundings]:
        bare = text.strip(" ,:،，：")
        if provision.kind is Kind.PREAMBULAR:
            if self.form is TextForm.EU:
                return bare, Surroundings(base="recital")
            if not bare and self.form is not TextForm.ITU:
                return "", around
            bare = ("" if provision.children else self._heading_words(bare)) or bare
            return bare, Surroundings(base=bare)
        self.body = True
        heading = branch_of(provision.text) if not provision.label else None
        if heading and self.form is not TextForm.ITU:
            self.branched = True
            name = heading.name
            if heading.branch.name == "Section":
                name = f"{around.base} {name}".strip()
            return name, Surroundings(base=name, annexed=around.annexed)
        if label:
            name = f"{around.base if around.annexed else ''} section {_core(label)}".strip()
            inner = around if around.annexed else Surroundings(listed=name)
            return name, inner
        leads = text.endswith((":", "：")) or any(c.label for c in provision.children[:1])
        if self.form is TextForm.MOTION and (_is_reasons(bare) or leads):  # demands follow
            name = "Reasons" if _is_reasons(bare) else bare
            return name, Surroundings(base=name)
        if self.form in (*_UN, TextForm.BILL, TextForm.MOTION):
            self.total["heading"] += 1
            name = f"heading {self.total['heading']}"
            return name, Surroundings(
                base=name if self.form is TextForm.MOTION else "", listed=name
            )
        bare = ("" if provision.children else self._heading_words(bare)) or bare
        return bare, Surroundings(base=bare, annexed=around.annexed)

    def _paragraph(
        self, role: str, label: str, text: str, around: Surroundings, counts: Counter[str]
    ) -> tuple[str, Surroundings]:
        if role in ("front", "end", "long title"):
            return role, around
        if role == "placeholder":
            counts[role] += 1
            return f"{around.listed or around.base} placeholder {counts[role]}".strip(), around
        if role == "op":
            self.total[role] += 1
            return f"OP{self.total[role]}", Surroundings(base=f"OP{self.total[role]}", points=True)
        if role in ("pp", "citation") or label.strip("[()]").upper().startswith("PP"):
            counted = "citation" if role == "citation" else "pp"
            self.total[counted] += 1
            lead = "citation " if role == "citation" else "PP"
            name = f"{lead}{self.total[counted]}"
            return name, Surroundings(base=name, points=True)
        if not label:
            head = "" if around.base else self._heading_words(text)
            if head:  # a section whose heading runs on into its sentence
                return head, Surroundings(base=head, annexed=around.annexed)
            return self._unlabelled(around, counts)
        above = self.recited_first and self.begun and not self.enacted and not around.points
        if above or self._is_lettered_recital(label, text, around):
            lettered = not _core(label)[:1].isdecimal()
            name = f"PP({_core(label)})" if lettered else f"PP{_core(label)}"
            return name, Surroundings(base=name, points=True)
        self.body |= not around.points and around.base != "recital"
        return self._labelled(label, text, around, counts)

    def _is_lettered_recital(self, label: str, text: str, around: Surroundings) -> bool:
        """Tell whether a paragraph of a preamble bears a letter: ``(a) Recalling …``."""
        read = parse(label)
        lettered = read is not None and read.style in (LabelStyle.LETTER, LabelStyle.ROMAN)
        front = self.form in _UN and self.begun and not self.body and not around.points
        return front and lettered and not is_operative(text, self.language)

    def _heading_words(self, text: str) -> str:
        itu = self.form is TextForm.ITU
        return heading_words(text, self.language) if itu else ""

    def _unlabelled(self, around: Surroundings, counts: Counter[str]) -> tuple[str, Surroundings]:
        if self.form in _UN and self.body and not around.base and not around.listed:
            return "end", around
        if self.form in (TextForm.EU, TextForm.TREATY) and not around.base and self.branched:
            return "end", around
        counts["¶"] += 1
        name = f"{around.base} ¶{around.first + counts['¶'] - 1}".strip()
        return name, Surroundings(base=around.base, annexed=around.annexed, points=around.points)

    def _labelled(
        self, label: str, text: str, around: Surroundings, counts: Counter[str]
    ) -> tuple[str, Surroundings]:
        form, core, base = self.form, _core(label), around.base
        read = parse(label)
        bullet = label == "o" or (read is not None and read.style is LabelStyle.BULLET)
        option = option_name(label)
        if bullet:
            counts["bullet"] += 1
            name = f"{base} bullet {counts['bullet']}".strip()
        elif form in _UN and "OP" in label:
            name = f"OP{core}"
        elif option:
            name = f"{base} {option}"
        elif _note().match(label):
            return f"{base} {label.rstrip(':：. ')}".strip(), around
        elif around.points and form in _BRACKETED:
            name = f"{base}({core})"
        elif form in _UN:
            name = f"{base} {core}" if around.annexed else f"OP{core}"
        elif label.startswith("[") and form is TextForm.ISO and base:
            name = f"{base} {label}"
        elif base == "recital":
            name = f"recital ({core})"
        elif form is TextForm.ISO and (core[:1].isdecimal() or "." in core):
            name = f"clause {core}"
        elif form is TextForm.BILL and not around.annexed:
            inside = base.startswith(("clause", "Section"))
            name = f"{base}({core})" if inside else f"clause {core}"
        elif form is TextForm.BILL:
            name = f"{base} para {core}"
        elif form in (TextForm.EU, TextForm.TREATY) and base.startswith("Art."):
            name = f"{base}({core})"
        else:
            shown = label if form in (TextForm.ITU, TextForm.ISO) else core
            name = f"{base} {shown}".strip()
        if form is TextForm.ITU and around.annexed and core.isdecimal() and not _is_closed(text):
            return f"{base} section {core}", around
        heads = form is TextForm.ISO or (form is TextForm.BILL and name == f"clause {core}")
        return name, Surroundings(
            base=name, first=1 if heads else 2, annexed=around.annexed, points=not heads
        )


def _is_closed(text: str) -> bool:
    return text.endswith((".", ";", ",", ":", "。", "；", "，", "：", "،", "؛"))


_ROLES = {
    Kind.NUMBER: "number",
    Kind.ENACTING: "formula",
    Kind.OPERATIVE: "heading",
    Kind.PREAMBULAR: "heading",
    Kind.ITEM: "item",
    Kind.ANNEX: "annex",
}


def _kind_of(branch: str) -> str:
    return "article" if branch == "Art." else branch.lower()


def _core(label: str) -> str:
    """Return a label as it is said: without brackets and stops, its suffix apart.

    >>> [_core(label) for label in ("(a)", "3 bis.", "三之二、", "㈠", "4.2.1", "3 alt.", "（一）")]
    ['a', '3 bis', '3 bis', '1', '4.2.1', '3 alt', '一']
    """
    if operative := re.fullmatch(r"\(?OP\)?\s?([0-9.]+?)\)?[.:]?", label):
        return operative[1]
    if 0x3220 <= ord(label[0]) < 0x322A:
        return str(ord(label[0]) - 0x321F)
    read = parse(label)
    if read is None or not (read.style in (LabelStyle.DECIMAL, LabelStyle.CHINESE) or read.suffix):
        return label.strip(" .,:()[]（）‘’'、-–")
    bracketed = read.style is LabelStyle.CHINESE and read.opening
    if read.style is LabelStyle.DECIMAL or (read.style is LabelStyle.CHINESE and not bracketed):
        own = f"{read.before}{read.number}"
    else:
        own = re.match(r"\W*(\w+?)(?=[\s\W]|bis|ter|$)", label)[1]  # type: ignore[index]
    return f"{own} {_SUFFIXES[read.suffix]}" if 0 < read.suffix < len(_SUFFIXES) else own


_SUFFIXES = ("", "bis", "ter", "quat", "quinquies", "sexies", "septies", "octies")


def folded(name: str) -> str:
    """Return a name as it is compared: without brackets, stops, spaces and case."""
    return re.sub(r"[\s().,:;、（）“”\"‘’\[\]-]", "", name).casefold()


def ids_called(resolution: Resolution, name: str) -> tuple[str, ...]:
    """Return the provisions that a person can mean by a name, in the words of any language.

    Several, where a label stands twice in the text.
    """
    wanted = folded(name)
    return tuple(
        id
        for id, own in names_of(resolution).items()
        if own and wanted in {folded(way) for way in _ways(own)}
    )


def _ways(name: str) -> Iterator[str]:
    """Yield how a name is said; one that stands for several places, also for each of them."""
    yield from ways_to_say(name)
    if " #" in name:
        yield from ways_to_say(name.partition(" #")[0])
