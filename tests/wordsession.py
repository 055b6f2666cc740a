"""Make the Word files of a session: a text in force and what four delegations send.

    python -m tests.wordsession FOLDER [LANGUAGE]

Two proposals are tracked, by a translator and by a program, who are not the states; one is a clean
revised text; one file holds two proposals. The words are those of the samples of Resolution 140.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tests import wordfiles as word

_ORIGINALS = Path(__file__).parents[1] / "resolutions" / "140" / "originals"
_SECOND = {"en": " and in writing", "fr": " et par écrit"}
_REASONS = {
    "en": "Reasons:\tWhat is not written is forgotten.",
    "fr": "Motifs:\tLes paroles passent.",
}

SENT = ("RUS-sample-1.docx", "CHN-sample-1.docx", "USA-sample-1.docx", "ARM-and-others.docx")
"""What is sent, by file."""

TEXTS = {
    "RUS/sample/1": "RUS-sample-1",
    "CHN/sample/1": "CHN-sample-1",
    "USA/sample/1": "USA-sample-1",
    "ARM/BLR/KGZ/RUS/sample/1": "ARM-BLR-KGZ-RUS-sample-1",
}
"""The plain text that says what each source wants."""


def made(folder: Path, language: str = "en") -> None:
    """Write the files of a session into a folder."""
    base = _original("base", language)
    files = {
        "base.docx": word.document(base),
        SENT[0]: _tracked(base, "RUS-sample-1", language, "translator"),
        SENT[1]: _tracked(base, "CHN-sample-1", language, "Converter 3.1"),
        SENT[2]: _clean("USA-sample-1", language),
        SENT[3]: _joint(base, language),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)


def second(language: str) -> str:
    """Return the text of the second proposal in the joint file: a few words at the last request."""
    lines = _original("base", language).splitlines()
    at = max(n for n, line in enumerate(lines) if line.startswith("7\t"))
    lines[at] = lines[at][:-1] + _SECOND[language] + lines[at][-1]
    return "\n".join(lines)


def _original(name: str, language: str) -> str:
    return (_ORIGINALS / f"{name}.{language}.txt").read_text("utf-8")


def _parts(name: str, language: str) -> tuple[str, str, list[str]]:
    """Return the symbol, the text and what follows it: NOC lines and reasons."""
    first, text = _original(name, language).split("\n", 1)
    lines = text.splitlines()
    ends = ("NOC\t", _REASONS[language].split("\t")[0])
    end = next(n for n, line in enumerate(lines) if line.startswith(ends))
    return first, "\n".join(lines[:end]), [line for line in lines[end:] if line]


def _around(first: str, after: list[str]) -> tuple[list[str], list[str]]:
    return (
        [word.paragraph(word.run(first), style="prop")],
        [word.paragraph(word.run(line), style="motifs") for line in after],
    )


def _tracked(base: str, name: str, language: str, author: str) -> bytes:
    first, text, after = _parts(name, language)
    before, end = _around(first, after)
    return word.tracked(base, text, author=author, before=before, after=end)


def _clean(name: str, language: str) -> bytes:
    first, text, after = _parts(name, language)
    notes = word.Footnotes()
    body = [
        word.paragraph(*word.looked(style, words), style=style)
        for style, words in word.typed(text, notes)
    ]
    before, end = _around(first, after)
    return word.package("".join([*before, *body, *end]), footnotes=notes.xml())


def _joint(base: str, language: str) -> bytes:
    first, text, after = _parts("ARM-BLR-KGZ-RUS-sample-1", language)
    notes = word.Footnotes()
    body: list[str] = []
    for symbol, wanted, told in (
        (first, text, after),
        ("MOD\tARM/sample/2", second(language), [_REASONS[language]]),
    ):
        before, end = _around(symbol, told)
        old, new = (re.sub(r"\[\^", f"[^{len(body)}", each) for each in (base, wanted))
        body += [*before, *word.changes(old, new, notes, "secretariat"), *end]
    return word.package("".join(body), footnotes=notes.xml())


if __name__ == "__main__":
    place = Path(sys.argv[1])
    place.mkdir(parents=True, exist_ok=True)
    made(place, *sys.argv[2:3])
    print(f"{', '.join(['base.docx', *SENT])} are in {place}")
