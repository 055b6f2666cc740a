"""Write a draft for print: cover and summary, the provisions, the annexes."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from resamend.consolidation import Consolidated
from resamend.escaping import isolated
from resamend.page.annexes import ListedPoint, listed_points, number_rows, reasons
from resamend.page.builder import PageBuilder
from resamend.page.options import Audience, RenderOptions
from resamend.page.presentation import Presentation, present
from resamend.page.runs import expanded
from resamend.page.tables import MOST_CELLS
from resamend.page.vocabulary import begun
from resamend.redlines import Redline, View
from resamend.redlines.contrasts import contrasted
from resamend.renderers.html_runs import point_anchor
from resamend.renderers.palette import colour_indexes
from resamend.renderers.pdf.blocks import TypstBlocks
from resamend.renderers.pdf.markup import NOTHING, TypstMarkup, call, code, joined, phrase
from resamend.renderers.pdf.printing import opened, printed
from resamend.renderers.sheets import cover_lines

_SIGNS = (
    ("ADD", "add_means"),
    ("MOD", "mod_means"),
    ("SUP", "sup_means"),
    ("NOC", "noc_means"),
    ("ADD* SUP*", "star_means"),
)


class DraftPages:
    """Write the pages of a draft."""

    def __init__(
        self, redline: Redline, options: RenderOptions, consolidated: Consolidated | None
    ) -> None:
        shown = contrasted(expanded(redline))
        self.builder = PageBuilder(present(shown, options.shown_names, options.ui))
        self.page = self.builder.page()
        self.presentation = self.page.presentation
        self.redline, self.options, self.consolidated = redline, options, consolidated
        self.colours = colour_indexes([s.id for s in redline.sources], options.colours)
        self.blocks = TypstBlocks(self.page, self.colours, numbered=options.line_numbers)
        self.marked = redline.view is View.REDLINE and bool(redline.sources)
        self.summarised = redline.view is not View.BASE and bool(redline.sources)

    def pdf(self) -> bytes:
        """Return the PDF."""
        say, front = self.presentation.say, self.page.front
        title = say.told(say("draft"), front.title[0]) if front.title[0] else say("draft")
        summary = self._summary() if self.summarised else NOTHING
        draft = self.blocks.draft()
        annexes = joined((*self._comparison(), *self._points(), *self._decided(), *self._numbers()))
        presented = self.presentation
        say, lines = presented.say, presented.redline
        opening = opened(say, self.options, title, landscape=False, date=say.day(lines.date))
        body = joined((opening, *self._front(), summary, _part("draft", draft), annexes))
        return printed(body, say, lines.base.language, self.options)

    def _front(self) -> Iterator[TypstMarkup]:
        say, front = self.presentation.say, self.page.front
        if front.banner:
            yield call("banner", front.banner)
        cover = cover_lines(self.presentation, self.options.cover)
        if cover:
            yield call("cover", [(term, self.blocks.writer.own(value)) for term, value in cover])
        if any(front.title):
            yield call("what", say("draft"))
        yield call("headline", *(front.title if any(front.title) else ("", say("draft"))))
        yield call("heard", say.sentence(front.heard))
        if self.redline.view is View.RESULT:
            yield call("heard", say.sentence(say("result")))
        if self.summarised:
            yield call("contents", list(self._contents()))

    def _contents(self) -> Iterator[tuple[str, str]]:
        say = self.presentation.say
        yield "summary", say("summary")
        yield "draft", say("draft")
        if self.consolidated is not None and self.marked:
            yield "annex-comparison", say("comparison")
        if self.page.front.points:
            yield "annex-points", say("annex_points")
        if self.marked and number_rows(self.presentation):
            yield "annex-numbers", say("annex_numbers")

    # -- summary ------------------------------------------------------------------------------

    def _summary(self) -> TypstMarkup:
        say, front = self.presentation.say, self.page.front
        counts = [(str(c.number), c.term, c.meaning) for c in front.standing]
        return joined(
            (
                call("section", say("summary"), anchor="summary"),
                call("subsection", say("counts")),
                call("heard", front.progress) if front.progress else NOTHING,
                call("counts", counts),
                *self._sources(),
                call("subsection", say("points")),
                *self._table_of_points(),
                *self._lines("warning", [(w.where, say.series(w.effects)) for w in front.warned]),
                *self._lines("similar", [(like.where, like.told) for like in front.likenesses]),
                *self._matrix(),
                *self._legend(),
            )
        )

    def _sources(self) -> Iterator[TypstMarkup]:
        say, rows = self.presentation.say, self.page.front.sources
        if not rows:
            return
        columns = [("proposal", "auto"), ("proposed_by", "1fr")]
        columns += [("date", "auto")] * any(row.date for row in rows)
        columns += [("illustration", "1fr")] * any(row.illustrates for row in rows)
        cells: list[TypstMarkup] = []
        for row in rows:
            name = call("who", self.blocks.writer.colour((row.id,)), row.id)
            values = {
                "proposal": joined((name, phrase(say.aside(row.revision)))),
                "proposed_by": phrase(row.who),
                "date": phrase(row.date),
                "illustration": phrase(row.illustrates),
            }
            cells += [values[key] for key, _ in columns]
        yield call("subsection", say("sources"))
        heads = [begun(say(key)) for key, _ in columns]
        yield _listing([width for _, width in columns], heads, cells)

    def _table_of_points(self) -> Iterator[TypstMarkup]:
        say, front = self.presentation.say, self.page.front
        if not front.points:
            yield call("heard", say("no_points"))
            return
        yield call("kinds", [(str(kind.number), kind.term) for kind in front.by_kind])
        cells: list[TypstMarkup] = []
        states = front.has_states
        for row in front.points:
            options = " · ".join(row.options) or row.who or "–"
            both = "".join(f" {say.sentence(sentence)}" for sentence in row.both)
            cells += [
                self.blocks.writer.point(row.id, row.name),
                phrase(self.presentation.theirs(row.where)),
                phrase(row.kind),
                joined((phrase(options), call("strong", phrase(both)) if both else NOTHING)),
                *([phrase(row.state or say("state_open"))] if states else []),
            ]
        heads = [say(key) for key in ("number", "where", "kind", "which_options")]
        heads += [say("state")] if states else []
        yield _listing(("auto", "1fr", "1fr", "1fr", *["auto"] * states), heads, cells)

    def _lines(self, key: str, rows: list[tuple[str, str]]) -> Iterator[TypstMarkup]:
        if rows:
            yield call("subsection", begun(self.presentation.say(key)))
            yield call("lines", rows)

    def _matrix(self) -> Iterator[TypstMarkup]:
        """Yield the matrix; nothing where it is too large for a page."""
        if self.consolidated is None or not self.marked or self._is_large():
            return
        from resamend.renderers.pdf.tables import TypstTables
        from resamend.tables import compare, matrix

        table = matrix(compare(self.consolidated, self.redline))
        pairs = self.options.audience is Audience.CHAIR and self.presentation.named
        yield call("subsection", self.presentation.say("table_of_proposals"))
        tables = TypstTables(self._plain(), table, self.options, anchors=self.blocks.writer.anchors)
        yield tables.matrix(table, pairs=pairs)

    def _plain(self) -> Presentation:
        """Return the presentation of the redline as it came, whose tables show their own words."""
        return replace(self.presentation, redline=self.redline)

    def _is_large(self) -> bool:
        return len(self.redline.blocks) * len(self.redline.sources) > MOST_CELLS

    def _legend(self) -> Iterator[TypstMarkup]:
        if self.redline.view is not View.REDLINE:
            return
        say, named = self.presentation.say, self.presentation.named
        name = call("names", None, say("who")) if named else NOTHING
        point, force = say("point", n="…"), say("text_in_force")
        rows = [
            (joined((call("inserted", None, phrase(say("inserted"))), name)), say("inserted")),
            (joined((call("struck", None, phrase(say("struck"))), name)), say("struck")),
            (phrase(f"[{point} {force}]"), say("outstanding_means")),
            (phrase(f"[{say('see', point=point)}]"), say("see_means")),
        ]
        rows += [(phrase("✓"), say("recorded_means"))] * bool(self.redline.records)
        rows.append((call("strong", phrase(say("bold"))), say("bold_means")))
        signs = [(" ".join(map(say.sign, sign.split())), means) for sign, means in _SIGNS]
        rows += [
            (call("strong", self.blocks.writer.own(sign)), say(means)) for sign, means in signs
        ]
        yield call("subsection", say("how_to_read"))
        yield call("legend", rows)

    # -- annexes ------------------------------------------------------------------------------

    def _comparison(self) -> Iterator[TypstMarkup]:
        if self.consolidated is None or not self.marked:
            return
        say = self.presentation.say
        name = say("annex_comparison")
        if self._is_large():
            yield call("section", name, anchor="annex-comparison", fresh=True)
            yield call("heard", say("apart"))
            return
        from resamend.renderers.pdf.tables import TypstTables
        from resamend.tables import compare

        table = compare(self.consolidated, self.redline)
        tables = TypstTables(
            self._plain(), table, self.options, table.records, anchors=self.blocks.writer.anchors
        )
        head = call("section", name, anchor="annex-comparison")
        yield call("wide", joined((head, tables.comparison(table))))

    def _points(self) -> Iterator[TypstMarkup]:
        say = self.presentation.say
        points = listed_points(self.builder)
        if not points:
            return
        yield call("section", say("annex_points"), anchor="annex-points", fresh=True)
        yield from map(self._listed, points)
        stated = reasons(self.presentation)
        if stated:
            yield call("subsection", say("reasons"))
            rows = [(call("who", None, id), call("quoted", phrase(text))) for id, text in stated]
            yield call("options", rows)

    def _listed(self, listed: ListedPoint) -> TypstMarkup:
        point, place = listed.point, listed.place
        spot = None
        if place:
            base = place.base.strip()
            name = f"[{self.presentation.say.told(point.name, base) if base else point.name}]"
            label = f"{isolated(place.label) if self.presentation.rtl else place.label} "
            before = (label if place.label else "") + place.before + " "
            spot = joined((phrase(before), call("strong", phrase(name)), phrase(place.after)))
        rows, both = self.blocks.options(point)
        anchor = point_anchor(self.presentation, point.choice.region.id)
        kind = point.kinds + self.presentation.say.aside(point.who)
        linked = anchor if anchor in self.blocks.writer.anchors else None
        return call("listed", linked, point.name, listed.path, kind, spot, rows, both)

    def _decided(self) -> Iterator[TypstMarkup]:
        """Yield what is recorded, in full: below the provisions only a mark says so."""
        if self.page.decided:
            name = self.presentation.say("status_recorded")
            yield call("section", name, anchor="annex-records", fresh=True)
            yield call("lines", [(place, remark.text) for place, remark in self.page.decided])

    def _numbers(self) -> Iterator[TypstMarkup]:
        say = self.presentation.say
        rows = number_rows(self.presentation) if self.marked else ()
        if not rows:
            return
        yield call("section", say("annex_numbers"), anchor="annex-numbers", fresh=True)
        cells: list[TypstMarkup] = []
        for row in rows:
            new = say("comma").join(self._own(label) + say.aside(who) for label, who in row.new)
            new += f" · {row.point}" if row.point else ""
            old = self._own(row.old) if row.old else say("new_provision")
            cells += map(phrase, (self.presentation.theirs(row.where), old, new))
        heads = [begun(say(key)) for key in ("where", "text_in_force", "number_proposed")]
        yield _listing(("1fr", "1fr", "1fr"), heads, cells)

    def _own(self, label: str) -> str:
        """Keep a label in its own direction."""
        return isolated(label) if self.presentation.rtl else label


def _part(anchor: str, body: TypstMarkup) -> TypstMarkup:
    """Begin a part on a page of its own."""
    return TypstMarkup(f"#pagebreak(weak: true)#metadata(none)<{anchor}>{body}")


def _listing(
    widths: tuple[str, ...] | list[str], heads: list[str], cells: list[TypstMarkup]
) -> TypstMarkup:
    columns = TypstMarkup(f"({', '.join(widths)})")
    return TypstMarkup(f"#listing({columns}, {code(heads)}, {', '.join(map(code, cells))})")
