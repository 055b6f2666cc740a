"""Read every Word file of some folders: none crashes the reader, none of its words is lost."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from resamend.errors import InputError, Invalid
from resamend.model import Language
from resamend.ooxml import TrackView, all_texts, read_document, view
from resamend.readers.docx import Submitted, read_docx
from resamend.readers.word_ledger import CountedParagraph, count_file, unaccounted


class Reading(Struct, frozen=True, kw_only=True):
    """Hold how the reading of a file went: what crashed or was refused, and what was lost."""

    file: str
    crash: str = ""
    refusal: str = ""
    lost: tuple[CountedParagraph, ...] = ()


def read_corpus(folders: Iterable[Path]) -> Iterator[Reading]:
    """Read all Word files below some folders, but for those that Word locks them with."""
    for folder in folders:
        for path in sorted([*folder.rglob("*.docx"), *folder.rglob("*.docm")]):
            if not path.name.startswith("~$"):
                yield _reading(str(path), path.read_bytes())


def _reading(file: str, data: bytes) -> Reading:
    lost: tuple[CountedParagraph, ...] = ()
    try:
        document = read_document(data, name=file)
        for wanted in TrackView:
            view(document, wanted)
        lost = unaccounted(count_file(data, file), all_texts(document))
        balances = [part.text.balance for part in _parts(data, file)]
        left = sum(b.words_in - b.words_placed - b.words_left_out for b in balances)
        if left:
            lost = (*lost, CountedParagraph("", f"({left} words between the lines and the text)"))
    except InputError as error:
        return Reading(file=file, refusal=error.told, lost=lost)
    except Exception as error:  # whatever it is, the file is to be named
        return Reading(file=file, crash=f"{type(error).__name__}: {error}", lost=lost)
    return Reading(file=file, lost=lost)


def _parts(data: bytes, file: str) -> Sequence[Submitted]:
    """Read a text; one that does not tell its language, as if it were English."""
    try:
        return read_docx(data, name=file)
    except Invalid:
        return read_docx(data, Language.EN, name=file)


def _main(folders: list[str]) -> int:
    readings = list(read_corpus(map(Path, folders)))
    for reading in readings:
        for kind, text in (("crash", reading.crash), ("refused", reading.refusal)):
            if text:
                print(f"{reading.file}: {kind}: {text}")
        if reading.lost:
            print(f"{reading.file}: lost: {', '.join(word.text for word in reading.lost[:20])}")
    crashes = sum(bool(reading.crash) for reading in readings)
    refusals = sum(bool(reading.refusal) for reading in readings)
    lost = sum(len(reading.lost) for reading in readings)
    print(
        f"{len(readings)} files, {crashes} crashes, {refusals} refused, "
        f"{lost} words unaccounted for"
    )
    return int(bool(crashes or lost or not readings))


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
