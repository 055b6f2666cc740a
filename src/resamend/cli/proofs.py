"""``verify``: the proof that nothing is lost, as a certificate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from resamend.cli.outputs import counted

if TYPE_CHECKING:
    from resamend.dossier.certificate import Certificate, LogProof, SourceProof, TextProof

SCHEMA = "resamend/certificate/1"


@click.command("verify")
@click.argument("input", metavar="DOSSIER|DRAFT")
@click.option("--json", "as_json", is_flag=True, help="For programs; docs/json.md describes it.")
@click.option("--sealed", is_flag=True, help="A file that was saved again does not do.")
def verify_command(*, input: str, as_json: bool, sealed: bool) -> int:
    """Prove that nothing is lost: derive everything again, and compare the bytes.

    Of a dossier: each file is the one that was added; the text in force, each proposal, each
    source's text and each of its words come back from the draft. Of a draft alone: it is as
    it was written, and every source comes back from it; of one in Word, also that what it shows
    was not edited since. A Word draft is sealed (every part as written), proved (its words and
    marks, the file saved again by another program; not with --sealed), or not proved. Exit code 3
    if anything is at fault, or cannot be proved.

    \b
      resamend verify resolutions/140
      resamend verify draft.xml --json
    """
    from resamend.cli.advice import with_options
    from resamend.cli.inputs import take
    from resamend.dossier.proving import prove
    from resamend.escaping import visible

    if Path(input).is_dir():
        certificate = prove(Path(input))
    else:
        content, name = take(input), "standard input" if input == "-" else input
        certificate = _of_file(content, name)
    if as_json:
        click.echo(_json(certificate))
    else:
        for line in _lines(certificate):
            click.echo(visible(with_options(line)))
    return 0 if certificate.holds and not (sealed and certificate.resaved) else 3


def _of_file(content: bytes, name: str) -> Certificate:
    if content.startswith(b"PK"):
        from resamend.dossier.proving_word import prove_word

        return prove_word(content, name)
    from resamend.dossier.proving_draft import prove_draft

    return prove_draft(content, name)


def _lines(certificate: Certificate) -> Iterator[str]:
    yield f"Certificate of {certificate.subject}"
    if certificate.sha256:
        yield f"  sha256 {certificate.sha256}"
    for text in certificate.texts:
        yield ""
        yield from _text_lines(text)
    if certificate.chain:
        yield ""
        yield from _chain_lines(certificate.chain)
    yield ""
    for note in certificate.notes:
        yield f"note: {note}"
    for fault in certificate.faults:
        place = f", {fault.place}" if fault.place else ""
        yield f"FAULT: {fault.file}{place}: {fault.what}"
    for what in certificate.unproved:
        yield f"NOT PROVED: {what}"
    yield _verdict(certificate)


def _chain_lines(chain: LogProof) -> Iterator[str]:
    yield f"decisions: {counted(chain.records, 'record')}, each chained to the one before"
    yield f"  last record    {chain.head}"
    for language, status, count in chain.statuses:
        yield f"  {language}: {count} {status}"


def _verdict(certificate: Certificate) -> str:
    if certificate.holds:
        sources = sum(len(text.sources) for text in certificate.texts)
        if certificate.resaved:
            proposals = counted(sources, "proposal")
            return (
                f"Proved, not sealed: words and marks as written, {proposals} recovered to the "
                "byte; the file was saved again by another program."
            )
        files = counted(certificate.files, "file")
        return f"Proved: {files} as written, {counted(sources, 'proposal')} recovered to the byte."
    faults = counted(len(certificate.faults), "fault")
    return f"Not proved: {faults}, {len(certificate.unproved)} left open."


def _text_lines(text: TextProof) -> Iterator[str]:
    yield f"{text.language}: the base text, {counted(text.words, 'word')}"
    if text.sha256:
        yield f"  base text      {text.sha256}"
    if text.original_sha256:
        yield f"  as received    {text.original_sha256}"
    yield f"  draft          {text.draft_sha256}"
    for source in text.sources:
        revision = f", revision {source.revision}" if source.revision else ""
        yield f"  {source.id}{revision}: {counted(source.words, 'word')}, all in the draft"
        yield f"    proposal     {source.sha256}"
        yield f"    its text     {source.text_sha256}"
        if source.original_sha256:
            yield f"    as received  {source.original_sha256}"


def _json(certificate: Certificate) -> str:
    import json

    fields = {
        "schema": SCHEMA,
        "subject": certificate.subject,
        "holds": certificate.holds,
        "resaved": certificate.resaved,
        "sha256": certificate.sha256,
        "files": certificate.files,
        "texts": [_text_json(text) for text in certificate.texts],
        "decisions": _chain_json(certificate.chain),
        "faults": [
            {"file": fault.file, "place": fault.place, "what": fault.what}
            for fault in certificate.faults
        ],
        "unproved": list(certificate.unproved),
        "notes": list(certificate.notes),
    }
    return json.dumps(fields, ensure_ascii=False, indent=2)


def _chain_json(chain: LogProof | None) -> dict[str, object] | None:
    if chain is None:
        return None
    return {
        "records": chain.records,
        "head": chain.head,
        "statuses": [
            {"language": language, "status": status, "records": count}
            for language, status, count in chain.statuses
        ],
    }


def _text_json(text: TextProof) -> dict[str, object]:
    return {
        "language": text.language,
        "file": text.file,
        "sha256": text.sha256,
        "words": text.words,
        "original": text.original,
        "originalSha256": text.original_sha256,
        "draftSha256": text.draft_sha256,
        "sources": [_source_json(source) for source in text.sources],
    }


def _source_json(source: SourceProof) -> dict[str, object]:
    return {
        "id": source.id,
        "revision": source.revision,
        "proponents": list(source.proponents),
        "file": source.file,
        "sha256": source.sha256,
        "textSha256": source.text_sha256,
        "words": source.words,
        "original": source.original,
        "originalSha256": source.original_sha256,
    }
