"""Write the words of a provision as HTML: text nodes and a fixed set of elements, nothing else.

Every word of a text, a name or a path goes through ``escape``; no address is ever taken from an
input. A change is an ``ins`` or ``del`` that says to a screen reader who asks for it and where it
ends; the names beside it are for the eye.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from unicodedata import bidirectional

from markupsafe import Markup, escape

from resamend.consolidation import Sources
from resamend.escaping import visible
from resamend.page.front import named
from resamend.page.presentation import Presentation
from resamend.page.runs import ChangeRuns, PointRuns, RunGroup, RunRole, WordRun
from resamend.page.values import OpenBracket
from resamend.redlines.contrasts import OWN
from resamend.renderers.palette import PALETTES, Ground

_ELEMENTS = {"i": "i", "b": "b", "u": "u", "sub": "sub", "sup": "sup", OWN: "strong"}
_ROLES = {RunRole.INSERTED: ("ins", "inserted"), RunRole.DELETED: ("del", "deleted")}
_SIZE = len(PALETTES[Ground.LIGHT])


def point_anchor(presentation: Presentation, id: str) -> str:
    """Return the anchor of a point: its number, or, where it has none, its id."""
    number = presentation.redline.numbers.get(id)
    return f"point-{id if number is None else number}"


def label_direction(label: str, direction: str) -> str:
    """Return the direction of a label: that of its letters, else that of the text it stands in.

    >>> [label_direction(label, "rtl") for label in ("ب)", "1)", "a)", "1bis")]
    ['rtl', 'rtl', 'ltr', 'ltr']
    """
    text = label.striptags() if isinstance(label, Markup) else label
    letters = [char for char in text if char.isalpha()]
    if not letters:
        return direction
    return "rtl" if bidirectional(letters[0]) in ("R", "AL") else "ltr"


class HtmlRunWriter:
    """Write inline HTML; ``colours`` numbers the sources, ``footnotes`` maps ids to labels."""

    def __init__(
        self, presentation: Presentation, colours: Mapping[str, int], footnotes: Mapping[str, str]
    ) -> None:
        self.presentation = presentation
        self.colours = colours if presentation.named else {}
        self.footnotes = footnotes
        same = presentation.say.language is presentation.redline.base.language
        self.language = "" if same else f' lang="{presentation.say.language}"'

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
        named = self.presentation.named
        direction = "ltr" if named else self.presentation.say.language.direction
        hidden = "" if spoken else ' aria-hidden="true"'
        return Markup(
            f'<bdi dir="{direction}" class="who {self.colour(sources)}"{self.language}{hidden}>'
            f"{escape(who)}</bdi>"
        )

    def pieces(self, groups: Sequence[RunGroup], *, labelled: bool = True) -> Markup:
        """Return words as they are printed."""
        return Markup("".join([self._group(group, labelled=labelled) for group in groups]))

    def changed(self, role: RunRole, sources: Sources, words: str) -> Markup:
        """Return words as an insertion or a deletion by some sources."""
        element, name = _ROLES[role]
        who, say = self.presentation.who(sources), self.presentation.say
        opening = say(f"{name}_by", who=who) if who else say(f"{name}_plain")
        return Markup(
            f'<{element} class="{self.colour(sources)}">'
            f"{self._hidden(f'{opening} ', 'vh by' if who else 'vh')}{words}"
            f"{self._hidden(' ' + say(f'end_{name}') + ' ')}</{element}>"
        )

    def _hidden(self, text: str, kind: str = "vh") -> str:
        return f'<span class="{kind}"{self.language}>{escape(text)}</span>'

    def _group(self, group: RunGroup, *, labelled: bool) -> str:
        if isinstance(group, WordRun):
            return self.text(group)
        if isinstance(group, PointRuns):
            return self._place(group)
        shares = (self._share(who, runs, labelled=labelled) for who, runs in group.shares())
        return _space(group) + "".join(shares)

    def _share(self, sources: Sources, runs: Sequence[WordRun], *, labelled: bool = True) -> str:
        """Return what one group asks for at one place."""
        changes = [self.changed(run.role, sources, self._words(run)) for run in runs]
        names = self.names(sources) if labelled else ""
        return f"{'<wbr>'.join(changes)}{names}"  # a line may be broken between old and new

    def _words(self, run: WordRun) -> str:
        words = self.text(run)
        if not run.struck:
            return words
        return self.changed(RunRole.DELETED, run.struck, words) + self.names(run.struck)

    def _place(self, place: PointRuns) -> str:
        region = place.choice.region
        name = named(self.presentation, region)
        name = self.presentation.say("see", point=name) if place.choice.again else name
        base = "".join(
            self.text(run) if run.role is RunRole.KEPT else self._share(run.sources, (run,))
            for run in place.base
        )
        here = any(run.role is not RunRole.INSERTED for run in place.base)
        outside, inside = (place.space, "") if here else ("", place.space)
        return (
            f'{escape(outside)}<span class="at"><span class="b">{escape(inside)}['
            f"{self._link(region.id, name)}{' ' if base else ''}</span>{base}"
            f'<span class="b">]{escape(place.after)}</span></span>'
        )

    def _link(self, id: str, name: str) -> str:
        anchor = point_anchor(self.presentation, id)
        return f'<a href="#{anchor}"{self.language}>{escape(name)}</a>'

    def opening(self, bracket: OpenBracket) -> Markup:
        """Return the bracket that opens around a whole, with the name of its point."""
        return Markup(f'<span class="at">[{self._link(bracket.id, bracket.name)}</span>')

    def closing(self, count: int) -> Markup:
        """Return the brackets that close around wholes."""
        return Markup(f'<span class="b">{"]" * count}</span>' if count else "")

    # -- words --------------------------------------------------------------------------------

    def text(self, run: WordRun) -> str:
        """Return words with their formatting: cut where it changes, so that elements nest."""
        return "".join([self._stretch(*stretch) for stretch in run.stretches()])

    def _stretch(self, text: str, kinds: frozenset[str], note: str | None) -> str:
        if note is not None:
            return f'<sup class="fn">{escape(visible(self.footnotes.get(note, "*")))}</sup>'
        words = _breakable(visible(text))
        for element in sorted({_ELEMENTS[kind] for kind in kinds if kind in _ELEMENTS}):
            words = f"<{element}>{words}</{element}>"
        return words


_LONG = re.compile(r"(?<=\w{6}/)(?=\w)")
"""After the stroke of a word such as ``telecommunications/ICTs`` a line may be broken."""


def _breakable(text: str) -> str:
    """Return words as HTML, with the places at which a long one may be broken in a narrow column.

    >>> _breakable("telecommunications/ICTs & 70/125")
    'telecommunications/<wbr>ICTs &amp; 70/125'
    """
    return "<wbr>".join(map(escape, _LONG.split(text))) if "/" in text else str(escape(text))


def _space(change: ChangeRuns) -> str:
    """Return the space before a change; that of a lone one goes where its words are not shown."""
    if not change.space or not change.lone:
        return str(escape(change.space))
    kind = "i" if change.runs[0].role is RunRole.INSERTED else "d"
    return f'<span class="{kind}">{escape(change.space)}</span>'


def digest_of(text: str) -> str:
    """Return what a Content-Security-Policy says of a text that it lets in."""
    return base64.b64encode(sha256(text.encode()).digest()).decode()
