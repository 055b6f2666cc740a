"""``import``, ``outline``, ``diff``, ``apply``, ``extract``: a text in, a text out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from resamend.cli import options

if TYPE_CHECKING:
    from resamend.dossier.parsed_input import ParsedInput
    from resamend.model import Language, Resolution


@click.command("import")
@click.argument("source", required=False, default="")
@click.option(
    "--amend", metavar="TEXT", help="Amendments in words: 'in resolves 2, replace “x” by “y”'."
)
@options.language
@click.option("--base", "base_name", metavar="BASE", help="It revises this text; '-' for none.")
@click.option(
    "--against", type=click.Path(path_type=Path), metavar="DOSSIER", help="It revises this one's."
)
@click.option(
    "--meeting",
    type=click.IntRange(1, 999_999_999),
    help="Which meeting edited the draft; else the next.",
)
@click.option("--partial", is_flag=True, help="Take of an edited draft what can be taken.")
@click.option("--as-records", is_flag=True, help="Record what was accepted and refused in it.")
@click.option(
    "--level",
    default="",
    type=click.Choice(("", "ad-hoc", "committee", "editorial", "plenary")),
    help="Who has agreed.",
)
@options.text_form
@options.of_proposal
@options.metadata
@options.output
def import_command(
    *,
    source: str,
    amend: str | None,
    lang: str | None,
    base_name: str | None,
    against: Path | None,
    meeting: int | None,
    partial: bool,
    as_records: bool,
    level: str,
    redline_formatting: bool,
    text_form: str | None,
    out: str,
    **said: Any,
) -> None:
    """Read a Word document, a plain text or Akoma Ntoso, and write it in our form.

    With --base or --against it is a state's revised text, or a Word document in which it tracked
    its changes, and becomes a proposal; else it is a base text. Of a plain text each paragraph
    is a line, with its label and a tab first. Where each word went is reported on stderr.

    Amendments in words are read too, from a file or with --amend: each sentence is carried out
    exactly, and shown as the text would read, or all are refused.

    A Word document can hold several proposals: then OUT is a folder. A Word draft of ours that a
    meeting edited is read against its dossier: each change that was tracked since, and each that
    was typed as [RUS: words], becomes a proposal such as floor/3/1. What was accepted or refused
    in the chair's own file is a decision: it is named, and recorded with --as-records.

    \b
      resamend import base.docx -o base.xml
      resamend import RUS-62.docx --base base.xml -o RUS-62-1.xml
    """
    from resamend.cli.inputs import arrived, base, note, proposed, request_of, spoken
    from resamend.cli.meetings import Meeting, taken_from_floor
    from resamend.cli.outputs import write_proposals, write_text
    from resamend.dossier.parsed_input import SENTENCES
    from resamend.dossier.parsing import arrivals, chosen, form_like
    from resamend.dossier.proposing import of_this_text
    from resamend.outlines import summary_of

    if base_name and against:
        raise click.UsageError("Give either --base or --against.")
    if as_records and not (against and said["by"]):
        raise click.UsageError("--as-records needs --against DOSSIER and --by NAME.")
    if bool(source) is bool(amend):
        raise click.UsageError("Give either a file or --amend TEXT.")
    request = request_of(said)
    sitting = Meeting(
        number=meeting or 0,
        codes=request.proponents,
        partial=partial,
        records=as_records,
        by=request.by,
        level=level,
    )
    if against and source and taken_from_floor(source, against, sitting, out):
        return
    if as_records:
        raise click.UsageError(f"{source} is no draft of {against}: nothing in it is a decision.")
    base_text = base(base_name, spoken(lang)) if base_name and base_name != "-" else None
    if against:
        from resamend.dossier.reading import read_dossier

        base_text = read_dossier(against, spoken(lang)).base
    usual = base_text.language if base_text is not None else None
    form = text_form or (form_like(base_text) if base_text else "")
    if amend:
        read = arrivals(amend.encode(), name=SENTENCES, language=usual, form=form)
    else:
        read = arrived(source, spoken(lang), usual, form, redline_formatting=redline_formatting)
    submissions = chosen(read, request)
    for submission in submissions:
        if submission.balance:
            note(str(submission.balance))
    if not (base_name or against):
        text = _text(submissions[0], said)
        if text.metadata.form:
            note(summary_of(text))
        write_text(text, out)
        return
    if base_text is None or base_text.language is not submissions[0].language:
        base_text = _known(base_name or "-", against, submissions[0].language)
    about, others = of_this_text(submissions, base_text)
    for other in others:
        note(other)
    write_proposals(
        [proposed(submission, base_text, request) for submission in about], base_text, out
    )


def _known(base_name: str, against: Path | None, language: Language) -> Resolution:
    """Return the text that a proposal revises."""
    from resamend.cli.inputs import base
    from resamend.dossier.reading import read_dossier

    return read_dossier(against, language).base if against else base(base_name, language)


def _text(submission: ParsedInput, stated: dict[str, Any]) -> Resolution:
    """Return a base text with what the options say of it; refuse a proposal."""
    from resamend.cli.inputs import metadata_of
    from resamend.dossier.parsing import base_of, described
    from resamend.errors import Invalid, UsageError

    id = submission.id or stated["id"]
    if id or submission.symbol or stated["proponents"]:
        raise UsageError(
            f"this is a proposal{f' ({id})' if id else ''}, to be compared with a base text",
            where=submission.name,
            advice="Give that text with --base or --against; --base - where there is none.",
        )
    text = base_of(submission)
    if not text.provisions:
        raise Invalid("there is no text in it", where=submission.name, advice="Give another file.")
    return described(text, metadata_of(stated))


@click.command("outline")
@click.argument("source", metavar="FILE")
@options.language
@options.text_form
@options.output
def outline_command(*, source: str, lang: str | None, text_form: str | None, out: str) -> None:
    """Print the structure of a text, a line a provision: what it is, label, name, first words.

    The name is the one that people of its body say, and any command takes it where it wants a
    provision: OP21(a), 'resolves 2', 'Art. 4(1)(b)'.

    \b
      resamend outline draft.docx
    """
    from resamend.cli.inputs import arrival, spoken
    from resamend.cli.outputs import put
    from resamend.dossier.parsing import text_of
    from resamend.outlines import lines_of_outline

    text = text_of(arrival(source, spoken(lang), form=text_form or ""))
    put("".join(f"{line}\n" for line in lines_of_outline(text)), out)


@click.command("diff")
@click.argument("base_name", metavar="BASE")
@click.argument("revised", metavar="REVISED")
@options.language
@options.of_proposal
@options.exit_code
@options.output
def diff_command(
    *,
    base_name: str,
    revised: str,
    lang: str | None,
    redline_formatting: bool,
    tell: bool,
    out: str,
    **said: Any,
) -> int:
    """Compare a revised text with the base text: what it proposes, as a proposal.

    BASE is '-' for a new resolution. OUT may end in .txt or .html, for reading.

    \b
      resamend diff base.xml RUS.xml --id RUS/62/1 -o RUS-62-1.xml
      resamend diff base.en.txt RUS-62-1.en.txt -o what.txt
    """
    from resamend.cli.inputs import arrival, base, proposed, request_of, spoken
    from resamend.cli.outputs import write_proposal
    from resamend.dossier.parsing import form_like

    if base_name == "-":
        submission = arrival(revised, spoken(lang), redline_formatting=redline_formatting)
        base_text = base("-", submission.language)
    else:
        base_text = base(base_name, spoken(lang))
        submission = arrival(
            revised,
            base_text.language,
            form=form_like(base_text),
            redline_formatting=redline_formatting,
        )
    proposal = proposed(submission, base_text, request_of(said))
    write_proposal(proposal, base_text, out)
    return 1 if tell and (proposal.edits or proposal.keeps) else 0


@click.command("apply")
@click.argument("base_name", metavar="BASE")
@click.argument("proposal", metavar="PROPOSAL")
@options.output
def apply_command(*, base_name: str, proposal: str, out: str) -> None:
    """Apply one proposal to the text it was made for: the text its authors want.

    It is applied exactly, or refused with the words that were expected and those that were found.
    BASE is '-' for a new resolution.

    \b
      resamend apply base.xml RUS-62-1.xml -o RUS.xml
    """
    from resamend.amendment import apply
    from resamend.cli.inputs import arrival, base
    from resamend.cli.outputs import write_text
    from resamend.dossier.proposing import proposal_of

    if base_name == "-":
        submission = arrival(proposal)
        base_text = base("-", submission.language)
    else:
        base_text = base(base_name, None)
        submission = arrival(proposal, base_text.language)
    write_text(apply(base_text, proposal_of(submission, base_text)), out)


@click.command("extract")
@options.input_argument
@click.option("--as", "source", metavar="PROPOSAL", help="Whose text: RUS/62/1, or RUS.")
@click.option("--base", "in_force", is_flag=True, help="The base text.")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(("prose",)),
    help="prose: its amendments as a numbered list of sentences.",
)
@options.language
@options.output
def extract_command(
    *,
    input: tuple[str, ...],
    source: str | None,
    in_force: bool,
    form: str | None,
    lang: str | None,
    out: str,
) -> None:
    """Get one proposal's own text, or the base text, back from a draft: exactly as it was.

    In Word (-o RUS.docx) a source's changes are tracked, as a state hands them in; a plain text
    (-o RUS.txt) can be changed and added again.

    \b
      resamend extract draft.xml --as RUS/62/1 -o RUS.xml
      resamend extract res-140 --base
    """
    if bool(source) is in_force:
        raise click.UsageError("Give either --as PROPOSAL or --base.")
    from resamend.cli.inputs import draft, source_of
    from resamend.cli.outputs import write_source, write_text

    whole = draft(input, lang)
    if form and source:
        from resamend.cli.outputs import put
        from resamend.readers.prose import as_sentences

        id = source_of(whole, source)
        proposal = next(p for p in whole.consolidated.proposals if p.id == id)
        put(as_sentences(whole.consolidated.base, proposal), out)
    elif source:
        write_source(whole.consolidated, source_of(whole, source), out)
    else:
        write_text(whole.consolidated.base, out)
