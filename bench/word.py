"""Read a Word document: 300 provisions with 3,000 revisions, beside lxml alone and python-docx.

The file is written as Word writes: each run with its font and language, each paragraph with the
ids of its revisions. The floor is to parse ``word/document.xml`` and nothing else.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random
from statistics import median
from time import process_time

from lxml import etree

from bench.results import StartUp

PROVISIONS = 300
REVISIONS = 10  # of each provision
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = f'<Relationship Id="r1" Type="{_R}/officeDocument" Target="word/document.xml"/>'
_FORM = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_FORM}"/></Types>'
)
_MADE = 'w:author="translator" w:date="2018-10-01T10:00:00Z"'
_TEXT = (
    "the plan of work adopted in Geneva by all members with regard to information and "
    "communication for development which they shall consider"
)
_LOOK = (
    '<w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/><w:sz w:val="24"/>'
    '<w:lang w:val="en-GB"/></w:rPr>'
)


def reading(rounds: int) -> tuple[StartUp, ...]:
    """Return the processor time of each reader, in seconds."""
    data = document()
    xml = zipfile.ZipFile(BytesIO(data)).read("word/document.xml")
    readers: Sequence[tuple[str, Callable[[], object]]] = (
        ("lxml parses document.xml", lambda: etree.fromstring(xml)),
        ("resamend, all changes accepted and rejected", lambda: _ours(data)),
        ("python-docx, words of paragraphs, changes unread", lambda: _python_docx(data)),
    )
    return tuple(StartUp(name=name, seconds=_time(read, rounds)) for name, read in readers)


def _time(read: Callable[[], object], rounds: int) -> float:
    read()
    times = []
    for _ in range(rounds):
        began = process_time()
        read()
        times.append(process_time() - began)
    return median(times)


def _ours(data: bytes) -> object:
    from resamend.readers.docx import read_docx

    return read_docx(data)


def _python_docx(data: bytes) -> object:
    from docx import Document

    return [paragraph.text for paragraph in Document(BytesIO(data)).paragraphs]


# -- the document ---------------------------------------------------------------------------------


def document(provisions: int = PROVISIONS, revisions: int = REVISIONS, seed: int = 1) -> bytes:
    """Write a Word document; the same for the same seed."""
    random = Random(seed)
    front = ("RESOLUTION 140 (REV. BUSAN, 2014)", "Meetings", "The Conference (Busan, 2014),")
    body = [_paragraph([_run(line)]) for line in front]
    for n in range(provisions):
        if not n % 30:
            body.append(_paragraph([_run("resolves further" if n else "resolves")]))
        body.append(_paragraph(_provision(random, n % 30 + 1, revisions)))
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_P}">{_MAIN}</Relationships>',
        "word/document.xml": (
            f'<w:document xmlns:w="{_W}"><w:body>{"".join(body)}</w:body></w:document>'
        ),
    }
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


def _provision(random: Random, label: int, revisions: int) -> list[str]:
    runs = [_run(f"{label}"), "<w:r><w:tab/></w:r>", _run("that ")]
    for n in range(revisions):
        runs.append(_run(_words(random, 8)))
        act, text = ("ins", "t") if n % 2 else ("del", "delText")
        inside = _run(_words(random, 2), text)
        runs.append(f'<w:{act} w:id="{n}" {_MADE}>{inside}</w:{act}>')
    return [*runs, _run("it;")]


def _words(random: Random, count: int) -> str:
    return "".join(f"{word} " for word in random.choices(_TEXT.split(), k=count))


def _run(text: str, tag: str = "t") -> str:
    return (
        f'<w:r w:rsidR="00A1B2C3" w:rsidRPr="00D4E5F6">{_LOOK}'
        f'<w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'
    )


def _paragraph(runs: list[str]) -> str:
    return f'<w:p w:rsidR="00A1B2C3" w:rsidRDefault="00D4E5F6">{"".join(runs)}</w:p>'
