"""Find the templates, the style sheet and the script of the page; fill in cover, head and foot.

An organisation's own folder comes first: what it does not hold is taken from here. Templates are
Jinja2 with every value escaped; a name that nothing fills is an error, not an empty place.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from resamend.errors import InputError, UsageError
from resamend.escaping import isolated, visible
from resamend.page.options import COVER_KEYS, Cover
from resamend.page.presentation import Presentation
from resamend.renderers.palette import PALETTES, Ground

if TYPE_CHECKING:
    from jinja2 import Template, TemplateError


def filled(folder: str, name: str, /, **values: object) -> str:
    """Return a page: its template with its places filled; raises what ``template`` does."""
    from jinja2 import TemplateError

    try:
        return template(folder, name).render(values)
    except TemplateError as error:
        raise _broken(error, folder, name) from error


@cache
def template(folder: str = "", name: str = "draft.html.j2") -> Template:
    """Return the template of a page.

    Raises ``UsageError`` where the folder is none, ``InputError`` for a template that is broken.
    """
    from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateError

    environment = Environment(
        autoescape=True,
        loader=FunctionLoader(lambda name: _read(name, folder)),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    try:
        return environment.get_template(name)
    except TemplateError as error:
        raise _broken(error, folder, name) from error


def _broken(error: TemplateError, folder: str, name: str) -> InputError:
    """Say which template is broken, and where."""
    line = getattr(error, "lineno", None)
    place = f"{getattr(error, 'name', None) or name}, line {line}" if line else name
    return InputError(
        f"a template is broken ({place}): {error}",
        where=folder,
        advice="docs/extending.md says what a template may use.",
    )


@cache
def style(folder: str = "", name: str = "draft.css") -> str:
    """Return a style sheet with the colours of both palettes filled in."""
    sheet = _read(name, folder)
    for ground in (Ground.LIGHT, Ground.DARK):
        rules = "".join(f"--s{n}:{colour};" for n, colour in enumerate(PALETTES[ground]))
        sheet = sheet.replace(f"/*{ground}*/", rules)
    return sheet


@cache
def script(folder: str = "") -> str:
    """Return the script of the page."""
    return _read("draft.js", folder)


def _read(name: str, folder: str) -> str:
    """Return a file of an organisation's folder, else ours."""
    if folder and not Path(folder).is_dir():
        raise UsageError(
            "there is no such folder", where=folder, advice="Give one that holds templates."
        )
    own = Path(folder) / name
    if folder and own.is_file():
        try:
            return own.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise InputError("this is not UTF-8", where=str(own)) from error
    return files("resamend.renderers").joinpath("templates", name).read_text(encoding="utf-8")


def cover_lines(presentation: Presentation, cover: Cover) -> tuple[tuple[str, str], ...]:
    """Return what a cover says: a term and what is said of it, in the usual order."""
    values = ((presentation.say(f"cover_{key}"), getattr(cover, key)) for key in COVER_KEYS)
    return tuple((term, visible(value)) for term, value in values if value)


def running(presentation: Presentation, cover: Cover) -> str:
    """Return the style rules for the head and foot of a page: which draft, its day, page n of m."""
    say = presentation.say
    name = " ".join(filter(None, (cover.number, cover.revision))) or say("draft")
    before, _, rest = say("page_of", n="\0", m="\1").partition("\0")
    between, _, after = rest.partition("\1")
    foot = f"{quoted(before)} counter(page) {quoted(between)} counter(pages) {quoted(after)}"
    start, end = ("left", "right") if say.language.direction == "ltr" else ("right", "left")
    boxes = {
        f"top-{start}": quoted(isolated(visible(name))),
        f"top-{end}": quoted(isolated(visible(cover.date or presentation.redline.date))),
        "bottom-center": foot,
    }
    rules = "".join(f"@{box}{{content:{content}}}" for box, content in boxes.items())
    return f"@page{{{rules}}}"


def quoted(text: str) -> str:
    """Write a text as a string of a style sheet, all but plain letters and digits escaped.

    >>> print(quoted('a "b" </style>'))
    "a\\20 \\22 b\\22 \\20 \\3c \\2f style\\3e "
    """
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    plain = char.isascii() and char.isalnum()
    return char if plain else f"\\{ord(char):x} "
