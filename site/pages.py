"""Pages of the site that are written elsewhere: the README, and what the program says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import griffe
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from resamend.cli.frame import resamend

ROOT = Path(__file__).parent.parent
COPIES = {
    "index.md": "README.md",
    "contributing.md": "CONTRIBUTING.md",
    "changelog.md": "CHANGELOG.md",
    "samples.md": "resolutions/README.md",
}
"""Page of the site → file of the repository."""
_LIBRARY = "# Library\n\n::: resamend\n"
_AT_HOME = {source: page for page, source in COPIES.items()} | {"LICENSE": ""}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that lie outside the folder of documents."""
    pages = {
        page: _linked((ROOT / source).read_text(encoding="utf-8"))
        for page, source in COPIES.items()
    }
    pages |= {"library.md": _LIBRARY, "commands.md": "\n".join(_commands())}
    for page, content in pages.items():
        files.append(File.generated(config, page, content=content))
    return files


def _linked(text: str) -> str:
    """Return a text whose links lead to the pages of the site."""

    def page(link: re.Match[str]) -> str:
        label, target = link.groups()
        target = target.removeprefix("docs/")
        target = _AT_HOME.get(target, target)
        return f"[{label}]({target})" if target else label

    return re.sub(r"\[([^\]]*)\]\(([^)]+)\)", page, text)


def _commands() -> Iterator[str]:
    """Yield the page of all commands: what each prints when it is asked for help."""
    yield "# Commands\n"
    context = click.Context(resamend, info_name="resamend")
    yield f"```text\n{resamend.get_help(context)}\n```\n"
    for name in resamend.list_commands(context):
        command = resamend.get_command(context, name)
        assert command
        below = click.Context(command, info_name=name, parent=context, max_content_width=88)
        yield f"## {name}\n\n```text\n{command.get_help(below)}\n```\n"


class Doctests(griffe.Extension):
    """Set the examples of docstrings as code; Markdown takes their prompts for quotations."""

    def on_instance(self, *, obj: griffe.Object, **_: object) -> None:
        """Put a fence around each run of examples."""
        if obj.docstring:
            obj.docstring.value = _EXAMPLES.sub(r"```pycon\n\g<0>\n```", obj.docstring.value)


_EXAMPLES = re.compile(r"^>>> .*(?:\n\S.*|\n {4}.*)*", re.MULTILINE)
