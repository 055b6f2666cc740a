"""What is fuzzed: each reader, given any bytes, reads them or refuses them with a reason.

A target raises where something else comes out: an exception that is not ours, or a text that is not
the same when it is written and read again.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from resamend.errors import ResamendError

__all__ = ["TARGETS"]


def text(data: bytes) -> None:
    """Read a plain text; write it in our form and read it again."""
    from resamend import akn
    from resamend.model import Language
    from resamend.readers.text import read_text

    with suppress(ResamendError):
        found = read_text(data, Language.EN, name="x.en.txt")
        balance = found.balance
        assert balance.words_in == balance.words_placed + balance.words_left_out
        again = akn.read(akn.write_resolution(found.resolution)).value
        assert again == found.resolution, "written and read again, it is another text"


def xml(data: bytes) -> None:
    """Read a resolution, a proposal or a draft; what can be written is read again."""
    from resamend import akn
    from resamend.consolidation import Consolidated
    from resamend.model import Resolution

    with suppress(ResamendError):
        value = akn.read(data, name="x.xml").value
        if isinstance(value, Resolution):
            written = akn.write_resolution(value)
        elif isinstance(value, Consolidated):
            written = akn.write_consolidated(value)
        else:
            return
        assert akn.read(written).value == value, "written and read again, it is something else"


def proposal(data: bytes) -> None:
    """Read a proposal and apply it to the text it was made for."""
    from fuzz.seeds import base
    from resamend import akn
    from resamend.amendment import Proposal, apply
    from resamend.conflict import find
    from resamend.consolidation import merge, project
    from resamend.renderers.text import render_text

    with suppress(ResamendError):
        value = akn.read(data, name="x.xml").value
        if isinstance(value, Proposal):
            revised = apply(base(), value)
            draft = merge(base(), [value])
            assert project(draft, value.id) == revised
            from resamend.redlines import View, redline

            render_text(redline(draft, find(draft), view=View.REDLINE))


def docx(data: bytes) -> None:
    """Read a Word document, as a text and as a draft of ours."""
    from resamend.dossier.parsing import arrivals
    from resamend.model import Language

    with suppress(ResamendError):
        arrivals(b"PK" + data.removeprefix(b"PK"), name="x.docx", language=Language.EN)


def archive(data: bytes) -> None:
    """Open a zip file and unpack each part."""
    from resamend.safe import open_archive

    with suppress(ResamendError):
        found = open_archive(data, name="x.docx")
        for part in found:
            with suppress(ResamendError):
                found.read(part)


def index(data: bytes) -> None:
    """Read a dossier.json, also with its sum made anew; what is read is written as the same."""
    from resamend.dossier.index import parse, spell
    from resamend.safe import parse_json

    with suppress(ResamendError):
        parse_json(data, name="x.json")
    for each in (data, _with_sum(data)):
        with suppress(ResamendError):
            found = parse(each, "dossier.json")
            assert parse(spell(found), "dossier.json") == found


def _with_sum(data: bytes) -> bytes:
    """Return a dossier.json with a new sum, so that a changed one gets past it."""
    import json

    from resamend.dossier.index import _sum
    from resamend.safe import parse_json

    with suppress(ResamendError):
        told = parse_json(data, name="x.json")
        if isinstance(told, dict):
            rest = {key: told[key] for key in told if key != "sha256"}
            return json.dumps({**rest, "sha256": _sum(rest)}).encode()
    return data


def draft(data: bytes) -> None:
    """Prove a draft alone."""
    from resamend.dossier.proving_draft import prove_draft

    with suppress(ResamendError):
        prove_draft(data, "draft.xml")


def decisions(data: bytes) -> None:
    """Read a log of records; replay what is in it, its sums made anew, on a draft."""
    from fuzz.seeds import contested
    from resamend.conflict import find
    from resamend.decision import replay
    from resamend.dossier.log import Log, appended, read_log

    with suppress(ResamendError):
        found = read_log(data, "decisions.jsonl")
        again = read_log(appended(Log(), found.records).data, "again")
        assert again.records == found.records
    with suppress(ResamendError):
        records = read_log(_resealed(data), "decisions.jsonl").records
        draft = contested()
        mine = [record for record in records if record.language is draft.base.language]
        assert len(replay(draft, find(draft), records).records) == len(mine)


def _resealed(data: bytes) -> bytes:
    """Return a log with new sums, so that changed records get past them."""
    from resamend.dossier.log import _canonical, _sum
    from resamend.safe import parse_json

    lines, previous = [], ""
    for line in data.splitlines():
        told = parse_json(line, name="a record")
        if isinstance(told, dict):
            told = {key: told[key] for key in told if key != "sha256"} | {"previous": previous}
            previous = _sum(told)
            lines.append(_canonical({**told, "sha256": previous}) + b"\n")
    return b"".join(lines)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "text": text,
    "xml": xml,
    "proposal": proposal,
    "docx": docx,
    "archive": archive,
    "index": index,
    "draft": draft,
    "decisions": decisions,
}
