"""Find the templates, the style sheet and the script of the page; fill in cover, head and foot.

An organisation's own folder comes first: what it does not hold is taken from here. Templates are
Jinja2 with every value escaped; a name that nothing fills is an error, not an empty place.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING

from resamend.errors import InputError, ResamendError, UsageError
from resamend.escaping import isolated, visible
from resamend.page.options import COVER_KEYS, Cover
from resamend.page.presentation import Presentation
from resamend.renderers.palette import PALETTES, Ground

if TYPE_CHECKING:
    from jinja2 import Environment

_PAGES = ("draft", "summary", "parts", "annexes", "table", "tables", "points", "slide")
_ROOM = ("enter", "wall", "wallpart", "chair", "desk", "deskpart")
_TEMPLATES = frozenset(f"{name}.html.j2" for name in (*_PAGES, *_ROOM))
"""All that there is to load: a template cannot name another file."""


def filled(folder: str, name: str, /, **values: object) -> str:
    """Return a page: its template with its places filled.

    Raises ``UsageError`` where the folder is none, ``InputError`` for a template that is broken.
    """
    with _named(folder, name) as environment:
        return environment.get_template(name).render(values)


def macro(folder: str, name: str, called: str, values: dict[str, object], **given: object) -> str:
    """Return what a macro of a template makes, in which ``values`` stand; raises as ``filled``."""
    with _named(folder, name) as environment:
        module = environment.get_template(name).make_module(values)
        return str(getattr(module, called)(**given))


@cache
def _environment(folder: str) -> Environment:
    """Return our own templates; with an organisation's folder, all of them in its sandbox."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    if folder:
        from resamend.renderers.sandbox import Sandbox
    from resamend.renderers.bytecode import TemplateBytecode

    return (Sandbox if folder else Environment)(
        autoescape=True,
        bytecode_cache=None if folder else TemplateBytecode(),
        loader=FunctionLoader(
            lambda name: (_read(name, folder), name, None) if name in _TEMPLATES else None
        ),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


@contextmanager
def _named(folder: str, name: str) -> Iterator[Environment]:
    """Name the template that fails, and its line; of ours, all but what Jinja2 finds is a fault."""
    from jinja2 import TemplateError

    environment = _environment(folder)
    if folder:
        environment.begin()  # type: ignore[attr-defined]  # a sandbox
    try:
        yield environment
    except ResamendError:
        raise
    except Exception as error:
        if not folder and not isinstance(error, TemplateError):
            raise
        raise InputError(
            f"a template is broken ({_place(error, name)}): {_reason(error)}",
            where=folder,
            advice="docs/extending.md says what a template may use.",
        ) from error


def _reason(error: Exception) -> str:
    from jinja2 import TemplateError, TemplateNotFound

    if isinstance(error, TemplateNotFound):
        names = ", ".join(sorted(_TEMPLATES))
        return f"there is no template {str(error)[:200]!r}; it can load {names}"
    if isinstance(error, RecursionError):
        return "its macros call one another without end"
    reason = str(error)[:500]
    return reason if isinstance(error, TemplateError) else f"{type(error).__name__}: {reason}"


def _place(error: Exception, name: str) -> str:
    """Return where it failed: the innermost template among what was called, and the line."""
    line: int | None = getattr(error, "lineno", None)
    if line:
        return f"{getattr(error, 'name', None) or name}, line {line}"
    place = name
    for frame, at in walk_tb(error.__traceback__):
        template = frame.f_globals.get("__jinja_template__")
        if template is not None and template.name:
            place = f"{template.name}, line {template.get_corresponding_lineno(at)}"
        elif frame.f_code.co_filename in _TEMPLATES:
            place = f"{frame.f_code.co_filename}, line {at}"
    return place


@cache
def style(folder: str = "", name: str = "draft.css") -> str:
    """Return a style sheet with the colours of both palettes filled in."""
    sheet = _read(name, folder)
    for ground in (Ground.LIGHT, Ground.DARK):
        rules = "".join(f"--s{n}:{colour};" for n, colour in enumerate(PALETTES[ground]))
        sheet = sheet.replace(f"/*{ground}*/", rules)
    return sheet


@cache
def script(folder: str = "", name: str = "draft.js") -> str:
    """Return the script of a page."""
    return _read(name, folder)


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
        f"top-{end}": quoted(isolated(say.day(visible(cover.date or presentation.redline.date)))),
        "bottom-center": foot,
    }
    rules = "".join(f"@{box}{{content:{content}}}" for box, content in boxes.items())
    return f"@page{{{rules}}}"


def digest_of(text: str) -> str:
    """Return what a Content-Security-Policy says of a text that it lets in."""
    return base64.b64encode(sha256(text.encode()).digest()).decode()


def quoted(text: str) -> str:
    """Write a text as a string of a style sheet, all but plain letters and digits escaped.

    >>> print(quoted('a "b" </style>'))
    "a\\20 \\22 b\\22 \\20 \\3c \\2f style\\3e "
    """
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    plain = char.isascii() and char.isalnum()
    return char if plain else f"\\{ord(char):x} "
