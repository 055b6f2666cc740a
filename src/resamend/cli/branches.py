"""``print`` and ``merge``: what git asks of us to compare and to merge stored texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from resamend.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resamend.dossier.parsed_input import ParsedInput
    from resamend.model import Resolution


@click.command("print")
@click.argument("source", metavar="FILE")
@options.output
def print_command(*, source: str, out: str) -> None:
    """Print a text, a proposal or a draft of ours as plain text, a line a provision.

    \b
      git config diff.resamend.textconv "resamend print"
      echo '*.xml diff=resamend' >>.gitattributes
    """
    from resamend.cli.inputs import STDIN, take
    from resamend.cli.outputs import put
    from resamend.dossier.parsing import arrive

    content = take(source)
    parsed = arrive(content, name=STDIN if source == "-" else source)
    put("".join(f"{line}\n" for line in _lines(content, parsed)), out)


def _lines(content: bytes, parsed: ParsedInput) -> Iterator[str]:
    """Yield what a file says of itself, then its text."""
    from msgspec.structs import asdict

    from resamend.akn.printed import lines_of_proposal
    from resamend.amendment import Proposal, propose
    from resamend.consolidation import merge
    from resamend.library.rendering import render
    from resamend.model import Resolution

    value = parsed.value
    if isinstance(value, Proposal):
        yield f"id: {value.id}, revision {value.revision}, {value.date or 'no date'}"
        yield f"proponents: {', '.join(who.code for who in value.proponents)}"
        yield from lines_of_proposal(content, name=parsed.name)
        return
    if isinstance(value, Resolution):
        stated = asdict(value.metadata)
        yield from (f"{name}: {value}" for name, value in stated.items() if value)
    if isinstance(value, Resolution) and parsed.rejected is not None:  # its changes are tracked
        marked = propose(parsed.rejected, value, parsed.id or "tracked")
        value = merge(parsed.rejected, (marked,))
    yield from str(render(value, "text")).splitlines()


@click.command("merge")
@click.argument("base_name", metavar="BASE")
@click.argument("current", metavar="CURRENT")
@click.argument("other", metavar="OTHER")
@click.option("--in-place", is_flag=True, help="Write the text over CURRENT, as git wants it.")
@options.output
def merge_command(*, base_name: str, current: str, other: str, in_place: bool, out: str) -> int:
    """Bring two versions of one text together that began with BASE.

    What one alone changed is taken. Where both changed the same words, they stand in square
    brackets, [BASE / CURRENT / OTHER], and are listed as points on stderr; the exit code is then 1,
    and also where a provision is put together from both: read it before you keep it.

    \b
      git config merge.resamend.driver "resamend merge --in-place %O %A %B"
      echo 'base.*.xml merge=resamend' >>.gitattributes
    """
    from resamend.cli.inputs import base, note
    from resamend.cli.outputs import put, write_text
    from resamend.decision.branches import merge_branches
    from resamend.dossier.atomic_files import read, write
    from resamend.library.rendering import render

    if in_place and out != "-":
        raise click.UsageError("Give either --in-place or -o OUT.")
    texts: list[Resolution] = [base(name, None) for name in (base_name, current, other)]
    merged = merge_branches(*texts)
    is_xml = read(Path(current)).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    if in_place:
        product = render(merged.text, "xml" if is_xml else "text")
        write(Path(current), product.encode() if isinstance(product, str) else product)
    elif out == "-" and not is_xml:
        put(render(merged.text, "text"), out)
    else:
        write_text(merged.text, out)
    if merged.draft and merged.open:
        note(str(render(merged.draft, "text")))
    for remark in merged.remarks:
        note(remark)
    return 0 if merged.clean else 1
