"""Write the words of a provision as HTML: text nodes and a fixed set of elements, nothing else.

Every word of a text, a name or a path goes through ``escape``; no address is ever taken from an
input. A change is an ``ins`` or ``del`` that says to a screen reader who asks for it and where it
ends; the names beside it are for the eye.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from markupsafe import Markup, escape

from resamend.consolidation import Sources
from resamend.escaping import visible
from resamend.model import OBJECT, Mark
from resamend.page.contrasts import OWN
from resamend.page.front import named
from resamend.page.presentation import Presentation
from resamend.page.runs import ChangeRuns, PointRuns, Role, Run, RunGroup
from resamend.renderers.palette import PALETTES, Ground

_ELEMENTS = {"i": "i", "b": "b", "u": "u", "sub": "sub", "sup": "sup", OWN: "strong"}
_ROLES = {Role.INSERTED: ("ins", "inserted"), Role.DELETED: ("del", "deleted")}
_SIZE = len(PALETTES[Ground.LIGHT])


def point_anchor(presentation: Presentation, id: str) -> str:
    """Return the anchor of a point: its number, or, where it has none, its id."""
    number = presentation.redline.numbers.get(id)
    return f"point-{id if number is None else number}"


class HtmlRunWriter:
    """Write inline HTML; ``colours`` numbers the sources, ``footnotes`` maps ids to labels."""

    def __init__(
        self, presentation: Presentation, colours: Mapping[str, int], footnotes: Mapping[str, str]
    ) -> None:
        self.presentation = presentation
        self.colours = colours if presentation.named else {}
        self.footnotes = footnotes
        same = presentation.say.language is presentation.redline.base.language
        self.told = Markup("") if same else Markup(' lang="{}"').format(presentation.say.language)

    def colour(self, sources: Sources) -> str:
        """Return the class of who asks for something; several are printed in black."""
        if len(sources) != 1 or sources[0] not in self.colours:
            return "sj"
        number = self.colours[sources[0]]
        return f"s{number % _SIZE}" + (f" l{number // _SIZE % 4}" if number >= _SIZE else "")

    def names(self, sources: Sources, *, spoken: bool = False) -> Markup:
        """Return who asks for something as a label; unless ``spoken``, for the eye only."""
        who = self.presentation.who(sources)
        if not who:
            return Markup("")
        hidden = Markup("") if spoken else Markup(' aria-hidden="true"')
        return Markup('<bdi dir="{}" class="who {}"{}{}>{}</bdi>').format(
            "ltr" if self.presentation.named else self.presentation.say.language.direction,
            self.colour(sources),
            self.told,
            hidden,
            who,
        )

    def pieces(self, shown: Sequence[RunGroup], *, labelled: bool = True) -> Markup:
        """Return what is shown of a text."""
        return Markup("").join(self._piece(piece, labelled=labelled) for piece in shown)

    def changed(self, role: Role, sources: Sources, words: Markup) -> Markup:
        """Return words as an insertion or a deletion by some sources."""
        element, name = _ROLES[role]
        who, say = self.presentation.who(sources), self.presentation.say
        opening = say(f"{name}_by", who=who) if who else say(f"{name}_plain")
        return Markup("<{0} class={1}>{2}{3}{4}</{0}>").format(
            Markup(element),
            Markup('"{}"').format(self.colour(sources)),
            self._hidden(f"{opening} ", "vh by" if who else "vh"),
            words,
            self._hidden(f" {say(f'end_{name}')} "),
        )

    def _hidden(self, text: str, kind: str = "vh") -> Markup:
        return Markup('<span class="{}"{}>{}</span>').format(kind, self.told, text)

    def _piece(self, piece: RunGroup, *, labelled: bool) -> Markup:
        if isinstance(piece, Run):
            return self.text(piece)
        if isinstance(piece, PointRuns):
            return self._item(piece)
        return self._change(piece, labelled=labelled)

    def _change(self, change: ChangeRuns, *, labelled: bool) -> Markup:
        made = [_space(change)]
        for sources, runs in change.shares():
            made.append(self._share(sources, runs, labelled=labelled))
        return Markup("").join(made)

    def _share(self, sources: Sources, runs: Sequence[Run], *, labelled: bool = True) -> Markup:
        """Return what one group asks for at one place."""
        made = [self.changed(run.role, sources, self._words(run)) for run in runs]
        told = self.names(sources) if labelled else Markup("")
        return Markup("<wbr>").join(made) + told  # a line may be broken between old and new

    def _words(self, run: Run) -> Markup:
        words = self.text(run)
        if not run.struck:
            return words
        return self.changed(Role.DELETED, run.struck, words) + self.names(run.struck)

    def _item(self, item: PointRuns) -> Markup:
        region = item.choice.region
        name = named(self.presentation, region)
        if item.choice.again:
            name = self.presentation.say("see", point=name)
        base = Markup("").join(
            self.text(run) if run.role is Role.KEPT else self._share(run.sources, (run,))
            for run in item.base
        )
        here = item.space if any(run.role is not Role.INSERTED for run in item.base) else ""
        return Markup(
            '{}<span class="at"><span class="b">{}[<a href="#{}"{}>{}</a>{}</span>{}'
            '<span class="b">]{}</span></span>'
        ).format(
            here,
            "" if here else item.space,
            point_anchor(self.presentation, region.id),
            self.told,
            name,
            " " if base else "",
            base,
            item.after,
        )

    # -- words --------------------------------------------------------------------------------

    def text(self, run: Run) -> Markup:
        """Return words with their formatting: cut where it changes, so that elements nest."""
        cuts = {0, len(run.text)}
        cuts |= {edge for mark in run.marks for edge in (mark.start, mark.end)}
        return Markup("").join(
            self._stretch(run, start, end) for start, end in pairwise(sorted(cuts))
        )

    def _stretch(self, run: Run, start: int, end: int) -> Markup:
        worn = [mark for mark in run.marks if mark.start <= start and end <= mark.end]
        note = next((mark for mark in worn if mark.kind == "footnote"), None)
        if note and run.text[start:end] == OBJECT:
            return self._footnote(note)
        made = _breakable(visible(run.text[start:end]))
        for element in sorted({_ELEMENTS[m.kind] for m in worn if m.kind in _ELEMENTS}):
            made = Markup("<{0}>{1}</{0}>").format(Markup(element), made)
        return made

    def _footnote(self, mark: Mark) -> Markup:
        label = visible(self.footnotes.get(mark.value, "*"))
        return Markup('<sup class="fn">{}</sup>').format(label)


_LONG = re.compile(r"(?<=\w{6}/)(?=\w)")
"""After the stroke of a word such as ``telecommunications/ICTs`` a line may be broken."""


def _breakable(text: str) -> Markup:
    """Return words as HTML, with the places at which a long one may be broken in a narrow column.

    >>> _breakable("telecommunications/ICTs & 70/125")
    Markup('telecommunications/<wbr>ICTs &amp; 70/125')
    """
    return Markup("<wbr>").join(map(escape, _LONG.split(text)))


def _space(change: ChangeRuns) -> Markup:
    """Return the space before a change; that of a lone one goes where its words are not shown."""
    if not change.space or not change.lone:
        return escape(change.space)
    kind = "i" if change.runs[0].role is Role.INSERTED else "d"
    return Markup('<span class="{}">{}</span>').format(kind, change.space)
