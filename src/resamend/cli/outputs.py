"""Where a product goes, and in which form."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from resamend.errors import UsageError
from resamend.renderers.forms import Product, form_named, forms_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from resamend.amendment import Proposal
    from resamend.cli.inputs import Draft
    from resamend.conflict import Findings
    from resamend.consolidation import Consolidated
    from resamend.model import Resolution
    from resamend.page.options import RenderOptions
    from resamend.redlines import Redline, View


def chosen(wanted: str | None, out: str, product: Product = Product.DRAFT) -> str:
    """Return the form asked for, or that of OUT's ending, or the usual one for where it goes."""
    if product is Product.POINTS:  # on a screen it is a page
        offered = {form.name for form in forms_for(product)}
        wanted = wanted or (_of_ending(out, product) if out != "-" else "")
        if wanted not in offered:
            raise UsageError(
                "the points one at a time are a page",
                advice="Give -o points.html, or -f html.",
            )
    if wanted:
        return wanted
    if out != "-":
        return _of_ending(out, product)
    return "terminal" if sys.stdout.isatty() else "text"


def _of_ending(out: str, product: Product = Product.DRAFT) -> str:
    if Path(out).is_dir():
        raise UsageError(
            "this is a folder, a file is to be written", where=out, advice="Name the file in it."
        )
    ending = PurePath(out).suffix.lower()
    endings = {ending: form.name for form in forms_for(product) for ending in form.endings}
    if ending in endings:
        return endings[ending]
    if product is Product.DRAFT:
        from resamend.plugins import renderer

        if renderer(ending[1:]):
            return ending[1:]
    raise UsageError(
        f"no form goes with the ending {ending!r}",
        where=out,
        advice=f"Use one of {', '.join(endings)}, or say which with -f.",
    )


def put(product: str | bytes, out: str) -> None:
    """Write a product to a file, whole or not at all, or to standard output."""
    content = product.encode() if isinstance(product, str) else product
    if out != "-":
        _to_file(Path(out), content)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _to_file(path: Path, content: bytes) -> None:
    """Write a file, and say so where it takes the place of another."""
    from resamend.dossier.atomic_files import write

    _not_in_a_dossier(path)
    _not_an_input(path)
    if not path.parent.is_dir():
        raise UsageError(
            "there is no such folder", where=str(path.parent), advice="Make it first, or mend -o."
        )
    there = _is_other(path, content)
    write(path, content)
    if there:
        _tell_replaced(path)


def into_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, which is made if need be: all of them, or none."""
    from resamend.dossier.atomic_files import FileChange, commit

    for name in files:
        _not_in_a_dossier(folder / name)
        _not_an_input(folder / name)
    by_path = {Path(os.path.realpath(folder / name)): content for name, content in files.items()}
    # Asked before they are written: then all are what they should be.
    there = [path for path, content in by_path.items() if _is_other(path, content)]
    commit(FileChange(path, content) for path, content in by_path.items())
    for path in there:
        _tell_replaced(folder / path.name)


def new_folder(folder: Path) -> Path:
    """Return a folder for a dossier, or refuse one in another dossier, also by a link."""
    _not_in_a_dossier(Path(os.path.realpath(folder)) / "dossier.json")
    return folder


def _is_other(path: Path, content: bytes) -> bool:
    """Tell whether there is a file with something else in it."""
    return path.is_file() and (path.stat().st_size != len(content) or path.read_bytes() != content)


def _tell_replaced(path: Path) -> None:
    from resamend.cli.inputs import note

    note(f"{path} already existed and was replaced")


def _not_in_a_dossier(path: Path) -> None:
    """Refuse to write over what a dossier holds, also by a link: its own commands change it."""
    for folder in (*path.absolute().parents[:3], *Path(os.path.realpath(path)).parents[:3]):
        if (folder / "dossier.json").is_file():
            raise UsageError(
                f"{folder.name} is a dossier, and this would change what it holds",
                where=str(path),
                advice="Give another place with -o.",
            )


def _not_an_input(path: Path) -> None:
    """Refuse to write over a file that the command has read, also by a link or another spelling."""
    import click

    from resamend.cli.frame import INPUTS

    context = click.get_current_context()
    folder = context.params.get("templates")
    template = (
        folder and path.suffix in _TEMPLATES and path.resolve().parent == Path(folder).resolve()
    )
    # By device and inode: a link or another spelling is the same file.
    if path.is_file():
        status = path.stat()
        if template or (status.st_dev, status.st_ino) in context.meta.get(INPUTS, ()):
            raise UsageError(
                "this file is an input of the command, and would be replaced",
                where=str(path),
                advice="Give another place with -o.",
            )


_TEMPLATES = (".j2", ".css", ".js", ".typ")
"""Endings of the files that a folder of templates holds."""


def width(out: str = "-") -> int | None:
    """Return how many columns the lines may have: a screen's, or what ``COLUMNS`` says.

    In a file, and in a pipe if nothing is said, a provision is one line.
    """
    if out != "-":
        return None
    columns = os.environ.get("COLUMNS", "")
    if sys.stdout.isatty() or columns.isdecimal():
        import shutil

        return max(shutil.get_terminal_size().columns, _NARROWEST)
    return None


_NARROWEST = 40


def shown(draft: Draft, findings: Findings, view: View, date: str = "") -> Redline:
    """Return what is shown of a draft, its points numbered as the dossier does."""
    from resamend.redlines import redline

    if draft.records:
        from resamend.decision import replay
        from resamend.redlines import recorded

        replayed = replay(draft.consolidated, findings, draft.records)
        lines = recorded(
            draft.consolidated, findings, replayed, numbers=draft.numbers, view=view, date=date
        )
    else:
        lines = redline(draft.consolidated, findings, numbers=draft.numbers, view=view, date=date)
    return replace(lines, absent=draft.absent)


def manner(options: Mapping[str, Any], document: Mapping[str, str] | None = None) -> RenderOptions:
    """Return what the options say; what they leave out of the cover, the dossier says."""
    from resamend.model import Language
    from resamend.page.options import Audience, Cover, Names, RenderOptions

    return RenderOptions(
        names=Names(options.get("names", "names")),
        audience=Audience(options.get("audience", "chair")),
        cover=Cover.of({**(document or {}), **options.get("cover", {})}),
        ui=Language(options["ui"]) if options.get("ui") else None,
        templates=options.get("templates", ""),
        line_numbers=options.get("line_numbers", False),
        tagged=not options.get("untagged", False),
    )


def rendered(
    draft: Draft,
    redline: Redline,
    form: str,
    options: RenderOptions,
    out: str,
    product: Product = Product.DRAFT,
) -> str | bytes:
    """Render a draft in a form, or its points one at a time."""
    from resamend.library.draft_rendering import render_draft

    if product is Product.POINTS and (registered := form_named(form)):
        options = replace(on_screen(options, out), colours=draft.colours)
        return registered.writer(product)(redline, options)

    return render_draft(redline, form, replace(on_screen(options, out), colours=draft.colours))


def on_screen(options: RenderOptions, out: str) -> RenderOptions:
    """Return options with what is known of the screen, or of OUT."""
    return replace(options, width=width(out), color=coloured())


def to_screen(out: str = "-") -> bool:
    """Tell whether what is written goes to a screen on which styles are wanted."""
    return out == "-" and sys.stdout.isatty() and coloured()


def coloured() -> bool:
    """Tell whether the person lets us use colours (no-color.org)."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def write_text(resolution: Resolution, out: str) -> None:
    """Write a text of ours; for reading where OUT's ending asks for that."""
    from resamend.library.rendering import render

    put(render(resolution, _own_form(out), on_screen(manner({}), out)), out)


def write_proposal(proposal: Proposal, base: Resolution, out: str) -> None:
    """Write a proposal; for reading where OUT's ending asks for that."""
    from resamend.library.rendering import render

    put(render(proposal, _own_form(out), on_screen(manner({}), out), base=base), out)


def write_proposals(proposals: Sequence[Proposal], base: Resolution, out: str) -> None:
    """Write one proposal to OUT, or any number to files in the folder OUT, named by their ids.

    OUT is a folder if there is one of this name, or if it has no ending.
    """
    folder = out != "-" and (Path(out).is_dir() or not PurePath(out).suffix)
    if len(proposals) == 1 and not folder:
        write_proposal(proposals[0], base, out)
        return
    if out == "-" or (Path(out).exists() and not Path(out).is_dir()):
        raise UsageError(
            f"there are {len(proposals)} proposals: {', '.join(p.id for p in proposals)}",
            where="" if out == "-" else out,
            advice="Give a folder with -o.",
        )
    from resamend import akn
    from resamend.dossier.names import file_of

    files: dict[str, bytes] = {}
    for proposal in proposals:
        name = file_of(proposal.id, proposal.language, files)
        files[name] = akn.write_proposal(proposal, base)
    into_folder(Path(out), files)


def write_source(consolidated: Consolidated, source: str, out: str) -> None:
    """Write the text that one source asks for; in Word, with what it changes tracked.

    A plain text says whose it is, as a state hands it in.
    """
    from resamend.consolidation import project

    own = next(p for p in consolidated.proposals if p.id == source)
    if _own_form(out) == "text":
        from resamend.renderers.plain import handed_in

        put(handed_in(consolidated.base, own, project(consolidated, source)), out)
    elif _own_form(out) in ("docx", "odt"):
        write_proposal(own, consolidated.base, out)
    else:
        write_text(project(consolidated, source), out)


def _own_form(out: str) -> str:
    """Return the form of a text of ours: XML unless OUT's ending says otherwise."""
    return "xml" if out == "-" else _of_ending(out)


def counted(number: int, what: str) -> str:
    """Say in English how many there are of something."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
