"""Write a draft as one HTML file that needs nothing else: no font, no network.

The summary comes first, then the draft, then the annexes. All views are in the file and are
switched by its style sheet; one small script steps through the points. The file works without
scripts, on paper, without styles and read aloud; it has a light and a dark look. Its
Content-Security-Policy lets nothing in but its own style sheet and script.
"""

from __future__ import annotations

from resamend.consolidation import Consolidated, check_draft
from resamend.page.annexes import listed_points, number_rows, reasons
from resamend.page.builder import PageBuilder
from resamend.page.options import USUAL, Audience, RenderOptions
from resamend.page.presentation import present
from resamend.page.runs import expanded
from resamend.page.tables import MOST_CELLS
from resamend.page.vocabulary import Phrases
from resamend.redlines import Redline, View
from resamend.redlines.contrasts import contrasted
from resamend.renderers import html_tables, sheets
from resamend.renderers.html_runs import digest_of, point_anchor
from resamend.renderers.palette import colour_indexes
from resamend.renderers.sheets import cover_lines, quoted, running

_LONG = 250
"""Paragraphs beyond which a browser lays out only what is near the window."""


def render_html(
    redline: Redline,
    options: RenderOptions = USUAL,
    *,
    consolidated: Consolidated | None = None,
) -> str:
    """Return a draft as one HTML file.

    A redline shown as redline has all views on its page; the result, or the text in force, stands
    alone: nothing else is in the file. With ``consolidated``, that of the redline, the page has
    the comparative table and the matrix.
    """
    if consolidated is not None:
        check_draft(consolidated, redline.draft, "this is a redline")
    from resamend.renderers.html_blocks import HtmlBlocks

    shown = present(contrasted(expanded(redline)), options.shown_names, options.ui)
    builder = PageBuilder(shown)
    printed = builder.page()
    presentation, front = printed.presentation, printed.front
    say = presentation.say
    colours = colour_indexes([source.id for source in redline.sources], options.colours)
    blocks = HtmlBlocks(printed, colours)
    paragraphs = blocks.paragraphs()
    style = sheets.style(options.templates, "draft.css")
    style += (
        html_tables.style(options.templates) + _spoken(say) + running(presentation, options.cover)
    )
    script = sheets.script(options.templates)
    marked = redline.view is View.REDLINE and bool(redline.sources)
    return sheets.filled(
        options.templates,
        "draft.html.j2",
        say=say,
        text=redline.base.language,
        view=redline.view.value,
        switched=marked,
        long=len(paragraphs) > _LONG,
        style=style,
        script=script,
        policy=digest_of(style),
        allowed=digest_of(script),
        banner=front.banner,
        cover=cover_lines(presentation, options.cover),
        title=front.title,
        heard=front.heard,
        paragraphs=paragraphs,
        listed=[
            (blocks.point(listed.point), listed.path, listed.place)
            for listed in listed_points(builder)
        ],
        reasons=reasons(presentation),
        numbers=number_rows(presentation) if marked else (),
        recorded=bool(redline.records),
        decided=printed.decided,
        summarised=redline.view is not View.BASE and bool(redline.sources),
        named=bool(redline.sources and presentation.who([redline.sources[0].id])),
        progress=front.progress,
        states=front.has_states,
        counts=front.standing,
        kinds=front.by_kind,
        sources=[(row, blocks.writer.colour((row.id,))) for row in front.sources],
        points=[(row, point_anchor(presentation, row.id)) for row in front.points],
        warned=front.warned,
        likenesses=front.likenesses,
        **_tables(redline, options, consolidated if marked else None),
    )


def _tables(
    redline: Redline, options: RenderOptions, consolidated: Consolidated | None
) -> dict[str, object]:
    """Return the matrix and the comparative table; nothing where they are too large for a page."""
    cells = len(redline.blocks) * len(redline.sources)
    if consolidated is None or cells > MOST_CELLS:
        return {"matrix": "", "comparison": "", "apart": consolidated is not None}
    from resamend.tables import compare, matrix

    presentation = present(redline, options.shown_names, options.ui)
    table = compare(consolidated, redline)
    pairs = options.audience is Audience.CHAIR and presentation.named
    colours, folder = options.colours, options.templates
    return {
        "matrix": html_tables.matrix_fragment(
            matrix(table), presentation, colours=colours, pairs=pairs, linked=True, templates=folder
        ),
        "comparison": html_tables.comparison_fragment(
            table, presentation, colours=colours, linked=True, templates=folder
        ),
        "apart": False,
    }


def _spoken(say: Phrases) -> str:
    """Return what is said to a screen reader of a change while the proponents are not shown."""
    phrases = ((name, say(f"{name}_plain")) for name in ("inserted", "deleted"))
    rules = "".join(f"--{name}:{quoted(text + ' ')};" for name, text in phrases)
    return f":root{{{rules}}}"
