"""Write the words of a provision as Typst: flat runs, each with all that happens to it.

A tagged PDF has no line under what is struck through, so marks do not nest: a run within a whole
that somebody inserts or strikes bears both. What a screen reader hears ("inserted by …") stands
before and after in the tags; the names beside a change are for the eye.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from resamend.consolidation import Sources
from resamend.escaping import isolated, visible
from resamend.page.front import named
from resamend.page.presentation import Presentation
from resamend.page.runs import ChangeRuns, PointRuns, RunRole, WordRun
from resamend.page.values import PageBlock, Runs
from resamend.renderers.html_runs import point_anchor
from resamend.renderers.pdf.markup import NOTHING, TypstMarkup, call, joined, phrase, words

_FORMATS = ("i", "b", "u", "sub", "sup", "own")
_JOINER = "\u2060"
"""Keeps a line from being broken before or after what is only heard."""

Wholes = tuple[tuple[RunRole, Sources], ...]


class TypstRunWriter:
    """Write words; ``colours`` numbers the sources, ``labels`` maps footnotes to their labels.

    ``notes`` holds the footnotes that are still to be set where they are first cited, and
    ``anchors`` the anchors of the points that have one.
    """

    def __init__(
        self, presentation: Presentation, colours: Mapping[str, int], labels: Mapping[str, str]
    ) -> None:
        self.presentation = presentation
        self.colours = colours if presentation.named else {}
        self.labels = labels
        self.notes: dict[str, PageBlock] = {}
        self.anchors: frozenset[str] = frozenset()

    def colour(self, sources: Sources) -> int | None:
        """Return the number of the colour of who asks for something; of several there is none."""
        return self.colours.get(sources[0]) if len(sources) == 1 else None

    def own(self, text: str) -> TypstMarkup:
        """Return a label, symbol or place in its own direction, whatever stands around."""
        return phrase(isolated(text) if self.presentation.rtl else text)

    def names(self, sources: Sources, function: str = "names") -> TypstMarkup:
        """Return who asks for something: ``names`` for the eye only, ``who`` for all."""
        who = self.presentation.who(sources)
        return call(function, self.colour(sources), who) if who else NOTHING

    def pieces(self, runs: Runs, *, wholes: Wholes = (), labelled: bool = True) -> TypstMarkup:
        """Return words as they are printed, within what happens to the whole of them."""
        written = joined(
            part for group in runs for part in self._group(group, wholes, labelled=labelled)
        )
        for role, sources in reversed(wholes if written else ()):
            written = self._heard(role, sources, written)
        return written

    def _heard(self, role: RunRole, sources: Sources, written: TypstMarkup) -> TypstMarkup:
        name = "inserted" if role is RunRole.INSERTED else "deleted"
        who, say = self.presentation.who(sources), self.presentation.say
        opening = say(f"{name}_by", who=who) if who else say(f"{name}_plain")
        end, glue = call("spoken", say(f"end_{name}")), TypstMarkup(f'#"{_JOINER}"')
        return joined((call("spoken", opening), glue, written, glue, end))

    def _group(
        self, group: WordRun | ChangeRuns | PointRuns, wholes: Wholes, *, labelled: bool
    ) -> Iterator[str]:
        if isinstance(group, WordRun):
            yield self._run(group, wholes)
        elif isinstance(group, PointRuns):
            yield self._place(group, wholes)
        else:
            yield words(group.space)
            for sources, runs in group.shares():
                yield self._share(sources, runs, wholes)
                yield self.names(sources) if labelled else NOTHING

    def _share(self, sources: Sources, runs: Sequence[WordRun], wholes: Wholes) -> TypstMarkup:
        """Return what one group asks for at one place."""
        return joined(self._change(sources, run, wholes) for run in runs)

    def _change(self, sources: Sources, run: WordRun, wholes: Wholes) -> TypstMarkup:
        inner: Wholes = ((run.role, sources),)
        struck: Wholes = ((RunRole.DELETED, run.struck),) if run.struck else ()
        written = self._run(run, (*wholes, *inner, *struck))
        if struck:
            written = joined((self._heard(*struck[0], written), self.names(run.struck)))
        return self._heard(run.role, sources, written)

    def _run(self, run: WordRun, wholes: Wholes) -> TypstMarkup:
        """Return a run with one line under it, or through it, or both, in its asker's colour."""
        roles = {role for role, _ in wholes}
        written = joined(self._stretch(*stretch, plain=bool(roles)) for stretch in run.stretches())
        if not roles or not written:
            return written
        function = {
            frozenset({RunRole.INSERTED}): "inserted",
            frozenset({RunRole.DELETED}): "struck",
        }.get(frozenset(roles), "both")
        return call(function, self.colour(wholes[-1][1]), written)

    def _place(self, place: PointRuns, wholes: Wholes) -> TypstMarkup:
        region = place.choice.region
        name = named(self.presentation, region)
        name = self.presentation.say("see", point=name) if place.choice.again else name
        base = joined(
            self._run(run, wholes)
            if run.role is RunRole.KEPT
            else joined((self._share(run.sources, (run,), wholes), self.names(run.sources)))
            for run in place.base
        )
        space = words(" ") if base else NOTHING
        opening = joined((words("["), self.point(region.id, name), space))
        return joined((words(place.space), opening, base, words("]"), words(place.after)))

    def point(self, id: str, name: str) -> TypstMarkup:
        """Return the name of a point, which leads to it."""
        anchor = point_anchor(self.presentation, id)
        return call("place-of", anchor if anchor in self.anchors else None, name)

    def _stretch(
        self, text: str, kinds: frozenset[str], note: str | None, *, plain: bool
    ) -> TypstMarkup:
        if note is not None:
            return self._note(note)
        own = [kind for kind in _FORMATS if kind in kinds and not (plain and kind == "u")]
        return call("style", own, words(text)) if own and text else words(text)

    def _note(self, id: str) -> TypstMarkup:
        """Return a footnote where it is cited first, after that its mark alone."""
        label = visible(self.labels.get(id, "*"))
        printed = self.notes.pop(id, None)
        if printed is None:
            return call("mark", label)
        sign = joined((call("sign", printed.symbol), words(" "))) if printed.symbol else NOTHING
        text = self.pieces(printed.words, wholes=printed.wholes)
        asked = joined(self.names(sources) for _, sources in printed.wholes)
        return call("note", label, joined((sign, text, asked)))
