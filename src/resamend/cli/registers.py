"""``readout``, ``register``, ``actions``, ``concord``: the lists that a secretariat keeps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from resamend.cli import options
from resamend.cli.listings import write_listing
from resamend.renderers.forms import Product


@click.command("readout")
@options.input_argument
@options.form(Product.LISTING)
@options.output
@options.selection
@options.telling
@options.language
def readout_command(*, input: tuple[str, ...], form: str | None, out: str, **answers: Any) -> None:
    """Write each amendment as a sentence, for the chair to read and the interpreters to have.

    \b
      resamend readout res-140
      resamend readout res-140 --only KEN -o KEN.docx
    """
    from resamend.cli.inputs import draft, heard
    from resamend.conflict import find
    from resamend.page.readouts import readout_listing
    from resamend.readers.prose.readout import sentences_of

    loaded = heard(draft(input, answers["lang"]), answers["only"], answers["without"])
    findings = find(loaded.consolidated)
    sentences = sentences_of(loaded.consolidated, findings)
    numbers = loaded.numbers or {}
    write_listing(
        lambda reader: readout_listing(loaded.consolidated, findings, numbers, sentences, reader),
        form,
        answers,
        loaded.document,
        out,
    )


@click.command("register")
@click.argument("dossier", type=click.Path(path_type=Path))
@click.option("--deadline", default="", metavar="DATE", callback=options.day, help="Later is late.")
@options.form(Product.LISTING)
@options.output
@options.telling
@options.language
def register_command(
    *, dossier: Path, deadline: str, form: str | None, out: str, **answers: Any
) -> None:
    """List the proposals of a dossier as they came in, with those replaced and withdrawn.

    \b
      resamend register res-140 --deadline 2018-10-05 -o register.csv
    """
    from resamend.cli.inputs import spoken
    from resamend.dossier.reading import read_dossier
    from resamend.dossier.registering import register_entries
    from resamend.page.registers import register_listing

    loaded = read_dossier(dossier, spoken(answers["lang"]))
    entries = register_entries(dossier)
    write_listing(
        lambda reader: register_listing(loaded.base, entries, deadline=deadline, options=reader),
        form,
        answers,
        loaded.document,
        out,
    )


@click.command("actions")
@click.argument("text", metavar="TEXT")
@options.form(Product.LISTING)
@options.output
@options.telling
@options.language
def actions_command(*, text: str, form: str | None, out: str, **answers: Any) -> None:
    """List whom a text instructs, requests or invites to do what, and by when.

    TEXT is an adopted text; of a dossier the base text is read. Who is addressed is read from
    the operative headings.

    \b
      resamend actions adopted.xml -o actions.csv
    """
    from resamend.cli.inputs import base, draft, spoken
    from resamend.page.registers import actions_listing

    folder = Path(text).is_dir()
    language = answers["lang"]
    read = draft((text,), language).consolidated.base if folder else base(text, spoken(language))
    write_listing(lambda reader: actions_listing(read, reader), form, answers, {}, out)


@click.command("concord")
@click.argument("dossier", type=click.Path(path_type=Path))
@options.form(Product.LISTING)
@options.output
@options.telling
@options.exit_code
def concord_command(
    *, dossier: Path, form: str | None, out: str, tell: bool, **answers: Any
) -> int:
    """Put the languages of a dossier side by side: a row a provision, a column a language.

    A change that has no counterpart in another language is marked.

    \b
      resamend concord res-140
    """
    from resamend.consolidation import merge
    from resamend.dossier.reading import languages, read_dossier
    from resamend.page.concord import concord_listing

    read = [read_dossier(dossier, language) for language in languages(dossier)]
    if not read:
        read_dossier(dossier)  # it says what is missing
    drafts = [merge(loaded.base, loaded.proposals) for loaded in read]
    document = read[0].document
    write_listing(lambda reader: concord_listing(drafts, reader), form, answers, document, out)
    differs = any(row[1] for part in concord_listing(drafts).parts for row in part.rows)
    return int(tell and differs)
