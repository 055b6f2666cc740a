"""``inspect``: what a file carries beside the text that a reader sees."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from resamend.dossier.hidden_content import HiddenContent

SCHEMA = "resamend/unseen/1"
_SHORT = 100
"""Characters of each thing that are shown to a person; --json has all."""


@click.command("inspect")
@click.argument("input", metavar="DOSSIER|FILE")
@click.option("--json", "as_json", is_flag=True, help="For programs; docs/json.md describes it.")
def inspect_command(*, input: str, as_json: bool) -> None:
    """List all that a file carries besides its visible text, before you send it.

    Of a Word document: comments, authors of changes, headers, hidden text, metadata, links to the
    outside, settings, macros and other parts, the proposals that it takes along, and what was
    edited since; and that no word of it is lost. Of XML: proposals with their reasons, notes,
    metadata. Of a dossier: the same of each of its files.

    \b
      resamend inspect draft.docx
    """
    from resamend.cli.inputs import STDIN, take
    from resamend.dossier.hidden_content import list_hidden

    names = [input]
    if Path(input).is_dir():
        names = sorted(str(path) for path in Path(input).rglob("*") if path.suffix in _FORMS)
    contents = [
        (STDIN if n == "-" else n, list_hidden(take(n), STDIN if n == "-" else n)) for n in names
    ]
    if as_json:
        click.echo(_json(contents))
    else:
        from resamend.escaping import visible

        for name, things in contents:
            for line in _lines(name, things):
                click.echo(visible(line))
    _account_for(names)


def _account_for(names: list[str]) -> None:
    """Say of each Word file that all its words are in what was read, or refuse it."""
    from resamend.cli.inputs import note, take
    from resamend.readers.office import open_office

    for name in names:
        if name.lower().endswith((".docx", ".docm", ".odt")):
            note(f"{name}: {open_office(take(name), name).ledger}")


_FORMS = frozenset({".docx", ".odt", ".xml"})


def _lines(name: str, things: tuple[HiddenContent, ...]) -> Iterator[str]:
    count = f"{len(things)} things" if len(things) > 1 else "one thing" if things else "nothing"
    yield f"{name}: {count} besides the visible text"
    from resamend.words import shortened

    for kind, some in groupby(things, lambda content: content.kind):
        same = list(some)
        yield f"  {kind}: {len(same)}"
        for content in same:
            short = shortened(" ".join(content.text.split()), _SHORT)
            yield f"    {content.where}: {short}"


def _json(contents: list[tuple[str, tuple[HiddenContent, ...]]]) -> str:
    import json

    files = [
        {
            "file": name,
            "unseen": [
                {"kind": content.kind, "where": content.where, "text": content.text}
                for content in things
            ],
        }
        for name, things in contents
    ]
    return json.dumps({"schema": SCHEMA, "files": files}, indent=2)
