"""Have Typst print what was written, with the fonts of the machine and nothing from elsewhere.

The same draft gives the same bytes on the same machine. A house's own look is read from its folder,
which Typst does not let it leave; no package is fetched.
"""

from __future__ import annotations

import os
import re
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from resamend.errors import InputError, UsageError
from resamend.escaping import isolated, visible
from resamend.model import Language
from resamend.page.options import RenderOptions
from resamend.page.vocabulary import Phrases
from resamend.renderers.palette import PALETTES, Ground
from resamend.renderers.pdf.markup import TypstMarkup, code

if TYPE_CHECKING:
    from typst import Compiler, Fonts

_LOOK = "draft.typ"
_OURS = str(files("resamend.renderers").joinpath("templates"))
_ALTERNATIVES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "ar": (("Noto Naskh Arabic", "Noto Sans Arabic"),),
    "zh": (("Noto Serif CJK SC", "Noto Sans CJK SC", "Noto Serif SC", "Noto Sans SC"),),
}
"""Families of which one is needed beside Noto Serif and Noto Sans, by language."""
_UNSHOWN = re.compile(r"the text `(\".*?\")` could not be displayed")


def opened(
    say: Phrases, options: RenderOptions, title: str, *, landscape: bool, date: str = ""
) -> TypstMarkup:
    """Return how the pages look: their head (document and day) and foot (page n of m)."""
    cover = options.cover
    head = " ".join(filter(None, (cover.number, cover.revision))) or say("draft")
    before, _, rest = say("page_of", n="\0", m="\1").partition("\0")
    between, _, after = rest.partition("\1")
    values = {
        "title": title,
        "head": isolated(visible(head)),
        "date": isolated(visible(cover.date or date)),
        "foot": (before, between, after),
        "landscape": landscape,
    }
    named = ", ".join(f"{key}: {code(value)}" for key, value in values.items())
    return TypstMarkup(f"#show: look.with({named})\n")


def printed(body: TypstMarkup, say: Phrases, language: Language, options: RenderOptions) -> bytes:
    """Return the PDF of a text in a language, written with the functions of the look.

    Raises ``UsageError`` where Typst or a font is missing, ``InputError`` for a broken look.
    """
    languages = (language, say.language)
    fonts = noto(frozenset(languages))
    inputs = {
        "text": languages[0].value,
        "text-dir": languages[0].direction,
        "ui": languages[1].value,
        "ui-dir": languages[1].direction,
        "colours": " ".join(PALETTES[Ground.LIGHT]),
    }
    look, folder = _look(options.templates)
    source = look + body
    for _ in range(3):
        try:
            with _unconnected() if options.templates else nullcontext():  # ours imports nothing
                return _compiled(source, folder, fonts, inputs, tagged=options.tagged)
        except RuntimeError as error:
            unshown = _unshown(error)
            if not unshown:
                raise _broken(error, options.templates) from error
            # A character of which no font has a picture is shown as its number.
            source = look + body.translate(unshown)
    raise AssertionError("a number has no picture")


def _compiled(
    source: str, folder: str, fonts: Fonts, inputs: dict[str, str], *, tagged: bool
) -> bytes:
    with _printing:
        pdf = _compiler(folder, fonts, inputs).compile(
            input=source.encode(),
            format="pdf",
            pdf_standards=["ua-1"] if tagged else [],
            pdf_tags=tagged,
            timestamp=0,
        )
    assert isinstance(pdf, bytes)
    return pdf


_printing = threading.Lock()
_last: list[tuple[tuple[str, int, dict[str, str]], Compiler]] = []
"""What printed last: it keeps what it has laid out, and prints the next draft in a tenth of it."""


def _compiler(folder: str, fonts: Fonts, inputs: dict[str, str]) -> Compiler:
    """Return what prints; for a house's look always a new one, as its files may have changed."""
    from typst import Compiler

    setting = (folder, id(fonts), inputs)
    for kept, compiler in _last:
        if kept == setting:
            return compiler
    compiler = Compiler(
        b"", root=folder, font_paths=fonts, ignore_system_fonts=True, sys_inputs=inputs
    )
    if folder == _OURS:
        _last[:] = [(setting, compiler)]
    return compiler


def _unshown(error: RuntimeError) -> dict[int, str]:
    """Return the characters without a picture in any font, each with its number instead."""
    clusters = _UNSHOWN.findall(getattr(error, "diagnostic", ""))
    return {ord(char): f"[U+{ord(char):04X}]" for cluster in clusters for char in cluster[1:-1]}


def _broken(error: RuntimeError, templates: str) -> Exception:
    message = getattr(error, "message", str(error))
    own = Path(templates) / _LOOK
    if not templates or not own.is_file():
        return error  # ours: a fault
    return InputError(
        f"the look is broken: {message[:500]}",
        where=str(own),
        advice="docs/extending.md says what a look may define.",
    )


def _look(templates: str) -> tuple[str, str]:
    """Return the definitions of our look, then of a house's, and the folder that they may read."""
    ours = Path(_OURS, _LOOK).read_text(encoding="utf-8")
    if templates and not Path(templates).is_dir():
        raise UsageError(
            "there is no such folder", where=templates, advice="Give one that holds templates."
        )
    if templates and (Path(templates) / _LOOK).is_file():
        return f'{ours}\n#import "/{_LOOK}": *\n', templates
    return f"{ours}\n", _OURS


@contextmanager
def _unconnected() -> Iterator[None]:
    """Let nothing be fetched: Typst gets a package that a look imports through these proxies."""
    names = [f"{scheme}_proxy" for scheme in ("http", "https", "all", "no")]
    names += [name.upper() for name in names]
    kept = {name: os.environ.get(name) for name in names}
    for name in names:
        os.environ[name] = "" if name.lower() == "no_proxy" else "http://127.0.0.1:9"
    try:
        yield
    finally:
        for name, value in kept.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


# -- fonts ----------------------------------------------------------------------------------------


@cache
def noto(languages: frozenset[Language]) -> Fonts:
    """Return the Noto fonts of the machine, which must have those of some languages."""
    try:
        from typst import Fonts
    except ImportError as error:
        raise UsageError(
            "a PDF is made by Typst, which is not installed",
            advice="Install the extra: pip install 'resamend[pdf]'.",
        ) from error
    folders = sorted({str(folder) for root in _roots() for folder in _with_noto(root)})
    fonts = Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders)
    )
    families = set(fonts.families())
    needed: list[tuple[str, ...]] = [("Noto Serif",), ("Noto Sans",)]
    needed += [names for code in sorted(languages) for names in _ALTERNATIVES.get(code, ())]
    missing = [names[0] for names in needed if not families.intersection(names)]
    if missing:
        raise UsageError(
            f"a PDF needs fonts that this machine does not have: {', '.join(missing)}",
            advice="Install the Noto fonts (on Debian: apt-get install fonts-noto-core "
            "fonts-noto-cjk; elsewhere from fonts.google.com/noto), or name their folder in "
            "TYPST_FONT_PATHS.",
        )
    return fonts


def _roots() -> Iterator[Path]:
    """Yield the folders in which a machine keeps its fonts."""
    yield from map(Path, filter(None, os.environ.get("TYPST_FONT_PATHS", "").split(os.pathsep)))
    home = Path.home()
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", r"C:\Windows"), "Fonts")
        yield home / "AppData/Local/Microsoft/Windows/Fonts"
    elif sys.platform == "darwin":
        yield from (Path("/Library/Fonts"), home / "Library/Fonts", Path("/System/Library/Fonts"))
    else:
        share = os.environ.get("XDG_DATA_HOME") or home / ".local/share"
        yield from (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
        yield from (Path(share, "fonts"), home / ".fonts")


def _with_noto(root: Path) -> Iterator[Path]:
    """Yield the folders that hold Noto fonts themselves."""
    for folder, _, names in os.walk(root):
        if any(name.startswith("Noto") for name in names):
            yield Path(folder)
