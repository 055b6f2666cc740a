"""Options and arguments that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from resamend.cli.frame import AS_SENT
from resamend.languages import codes
from resamend.renderers.forms import Product, forms_for

_F = TypeVar("_F", bound=Callable[..., Any])
_CODES = codes()


def input_argument(function: _F) -> _F:
    """Take an INPUT: a dossier, a draft, or a base text and its proposals."""
    return click.argument("input", nargs=-1, required=True, metavar="INPUT...")(function)


def language(function: _F) -> _F:
    """Take the language to read."""
    return click.option(
        "--lang",
        type=click.Choice(_CODES),
        help="Language; by default the first of these that is there.",
    )(function)


def text_form(function: _F) -> _F:
    """Take the form of text that is read."""
    from resamend.forms import TextForm

    return click.option(
        "--form",
        "text_form",
        type=click.Choice([form.value for form in TextForm]),
        help="What form of text it is; else it is recognised (docs/forms.md).",
    )(function)


def output(function: _F) -> _F:
    """Take the file to write."""
    return click.option(
        "-o",
        "--output",
        "out",
        metavar="OUT",
        default="-",
        help="File to write; else stdout.",
    )(function)


def exit_code(function: _F) -> _F:
    """Take the wish to have the answer as an exit code."""
    return click.option(
        "--exit-code", "tell", is_flag=True, help="Exit with 1 if there is anything to report."
    )(function)


def selection(function: _F) -> _F:
    """Take the sources to hear, or not to hear."""
    only = click.option(
        "--only",
        multiple=True,
        metavar="NAMES",
        help="Only these proposals or states, separated by commas.",
    )
    without = click.option(
        "--without", multiple=True, metavar="NAMES", help="Leave these out: RUS, or RUS/62/1."
    )
    return only(without(files_as_sent(function)))


class _FormChoice(click.Choice[str]):
    """Take a form of ours; for a draft, also one that another package writes."""

    def __init__(self, product: Product) -> None:
        self.product = product
        super().__init__([form.name for form in forms_for(product)])

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the form, if it is one."""
        if value not in self.choices and self.product is Product.DRAFT:
            from resamend.plugins import renderer

            if renderer(value):
                return value
        return super().convert(value, param, ctx)


def form(product: Product) -> Callable[[_F], _F]:
    """Take the form in which a product is written."""
    return click.option(
        "-f",
        "--format",
        "form",
        type=_FormChoice(product),
        help="By default that of OUT's ending; on a screen terminal, in a pipe text.",
    )


def names(function: _F) -> _F:
    """Take what is said of the proponents."""
    return click.option(
        "--names",
        type=click.Choice(("names", "number", "none")),
        default="names",
        show_default=True,
        help="Name the proponents, only count them, or say nothing of them.",
    )(function)


def audience(function: _F) -> _F:
    """Take for whom a file is."""
    return click.option(
        "--audience",
        type=click.Choice(("chair", "room", "public")),
        default="chair",
        show_default=True,
        help="The chair's file has comments, and the proposals embedded; the room's has neither, "
        "and the public's has no authors either.",
    )(function)


def ui(function: _F) -> _F:
    """Take the language in which the reader is spoken to."""
    return click.option(
        "--ui", type=click.Choice(_CODES), help="Language of headings and labels; else the text's."
    )(function)


def cover(function: _F) -> _F:
    """Take what the published document says of itself."""
    return click.option(
        "--cover",
        multiple=True,
        metavar="KEY=VALUE",
        callback=_cover,
        help="What the cover says: number, revision, date, original, source, title, agenda.",
    )(function)


def _cover(
    _context: click.Context, _option: click.Parameter, assignments: tuple[str, ...]
) -> dict[str, str]:
    cover: dict[str, str] = {}
    for assignment in assignments:
        from resamend.page.options import COVER_KEYS

        key, equals, value = assignment.partition("=")
        if not equals or key not in COVER_KEYS:
            raise click.BadParameter(
                f"{assignment!r} is not KEY=VALUE with one of the keys {', '.join(COVER_KEYS)}."
            )
        cover[key] = value
    return cover


def templates(function: _F) -> _F:
    """Take an organisation's own templates."""
    return click.option(
        "--templates",
        metavar="DIR",
        default="",
        help="Folder with templates of your own, for HTML and PDF (docs/extending.md).",
    )(function)


def line_numbers(function: _F) -> _F:
    """Take the wish to have the lines of a PDF numbered."""
    return click.option(
        "--line-numbers", is_flag=True, help="Number the lines of each page of the draft (PDF)."
    )(function)


def untagged(function: _F) -> _F:
    """Take the wish for a small PDF."""
    return click.option(
        "--untagged", is_flag=True, help="Leave out of a PDF what screen readers need: smaller."
    )(function)


def telling(function: _F) -> _F:
    """Take how a draft is told, and to whom."""
    return _all(function, (names, audience, cover, ui, line_numbers, untagged, templates))


def of_proposal(function: _F) -> _F:
    """Take what a revised text does not say of itself."""
    options = (
        click.option("--id", "id", default="", metavar="ID", help="Its id, such as RUS/62/1."),
        click.option(
            "--proponent",
            "proponents",
            multiple=True,
            metavar="STATE",
            help="Who proposes it, once for each; by default those in its id.",
        ),
        click.option(
            "--revision", type=click.IntRange(0, 999_999_999), help="Its revision, from 0."
        ),
        date("Its day, such as 2018-10-05."),
        click.option("--by", default="", metavar="NAME", help="Who says so; it is kept."),
    )
    return _all(function, (*options, as_sent))


def as_sent(function: _F) -> _F:
    """Take how what was sent is to be read, where it does not say so itself."""
    return _all(function, _as_sent())


def files_as_sent(function: _F) -> _F:
    """Take the same for the files of an INPUT; `inputs.draft` asks for it."""
    return _all(function, _as_sent(expose_value=False, callback=_kept))


def _as_sent(**more: Any) -> tuple[Callable[[_F], _F], ...]:
    return (
        click.option(
            "--extract",
            "reading",
            flag_value="extract",
            help="It shows a part of the text: what it does not show is to stay.",
            **more,
        ),
        click.option(
            "--whole",
            "reading",
            flag_value="whole",
            help="It shows the whole text: what it does not show is to be struck.",
            **more,
        ),
        click.option(
            "--redline-formatting",
            is_flag=True,
            help="Words struck out, underlined or coloured by hand are changes.",
            **more,
        ),
    )


def _kept(context: click.Context, option: click.Parameter, value: Any) -> Any:
    if value:
        context.meta.setdefault(AS_SENT, {})[option.name] = value
    return value


def metadata(function: _F) -> _F:
    """Take what a plain text does not say of the resolution."""
    options = (
        click.option("--work", default="", help="Its address, such as /akn/un/…/res-140."),
        click.option("--number", default="", help="Its number, such as 140."),
        click.option("--authority", default="", help="Who adopted it."),
        click.option("--adopted", default="", metavar="DATE", help="When it was first adopted."),
        click.option("--revision-name", default="", help="Such as 'Rev. Busan, 2014'."),
        click.option(
            "--illustrative", default="", metavar="TEXT", help="Say that it is no official text."
        ),
        click.option(
            "--status",
            default="",
            metavar="STATUS",
            help="What the text is: in-force, draft, chair, or the symbol of the document that it "
            "is the text of, such as Rev.1. By default what its form and its brackets say.",
        ),
    )
    return _all(function, options)


def date(text: str) -> Callable[[_F], _F]:
    """Take a day, as ISO 8601 writes it."""
    return click.option("--date", default="", metavar="DATE", callback=day, help=text)


def today() -> str:
    """Return the day on which a command is given without one."""
    from datetime import UTC, datetime

    return datetime.now(UTC).date().isoformat()


def day(_context: click.Context, _option: click.Parameter, value: str) -> str:
    from datetime import date as calendar

    try:
        return calendar.fromisoformat(value).isoformat() if value else ""
    except ValueError:
        raise click.BadParameter(f"{value!r} is no day such as 2018-10-05.") from None


def _all(function: _F, options: tuple[Callable[[_F], _F], ...]) -> _F:
    for option in reversed(options):
        function = option(function)
    return function
