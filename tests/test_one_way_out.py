"""Whatever a text says, what we print, write and name is safe to look at, to open and to keep."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.dossiers import BASE, RUS, Desk, sat_at

WORDS = (
    "\u202eevil\u202c \u200bhidden \u2028line <img src=x onerror=alert(1)> </script> <!-- x --> "
    "javascript:alert(1) ]]> =HYPERLINK(1) ${x} {{ x }} `x` \\e[8m %s"
)
KEPT = frozenset("\n\t\u200c\u200d\u200e\u200f\u061c\u00ad\u2068\u2069")
"""What may stand in our output though it does not show: lines, what scripts need, our isolates."""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    found = sat_at(tmp_path, monkeypatch)
    for name, text in (("base.en.txt", BASE), ("RUS.en.txt", RUS), ("CHN.en.txt", "")):
        said = text or "MOD\tCHN/63/1\n" + BASE.replace("every year", f"each {WORDS} spring")
        said = said.replace("to help the group;", f"={WORDS} to help the group;")
        (found.path / name).write_text(said.replace("twice", f"+{WORDS} twice"), "utf-8")
    found.dossier("RUS.en.txt", "CHN.en.txt")
    return found


def unsafe(text: str) -> set[str]:
    """Return the characters that move a cursor, hide words or turn their order."""
    return {
        f"U+{ord(char):04X}"
        for char in text
        if unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn", "Cf", "Zl", "Zp")
        and char not in KEPT
    }


@pytest.mark.parametrize(
    "command",
    [
        ("consolidate", "res-7", "-f", "text"),
        ("consolidate", "res-7", "-f", "criticmarkup"),
        ("consolidate", "res-7", "-f", "html"),
        ("consolidate", "res-7", "-f", "json"),
        ("conflicts", "res-7"),
        ("conflicts", "res-7", "--json"),
        ("show", "res-7", "1"),
        ("compare", "res-7"),
        ("compare", "res-7", "-f", "html"),
        ("compare", "res-7", "-f", "csv"),
        ("matrix", "res-7"),
        ("matrix", "res-7", "-f", "csv"),
        ("matrix", "res-7", "-f", "svg"),
        ("status", "res-7"),
        ("check", "res-7"),
        ("verify", "res-7"),
    ],
    ids=" ".join,
)
def test_nothing_that_is_printed_acts_on_a_screen(desk: Desk, command: tuple[str, ...]) -> None:
    ran = desk.run(*command)
    assert ran.code in (0, 3), ran.err
    printed = ran.out.removeprefix("\ufeff").replace("\r\n", "\n")  # as CSV wants them
    assert unsafe(printed) == set()
    assert unsafe(ran.err) == set()


def test_a_terminal_gets_our_own_colours_only(desk: Desk) -> None:
    shown = desk.done("consolidate", "res-7", "-f", "terminal")
    parts = shown.split("\x1b")
    assert all(part.startswith("[") and "m" in part[:20] for part in parts[1:])
    assert unsafe("".join(parts)) == set()


@pytest.mark.parametrize("command", ["compare", "matrix"])
def test_no_cell_is_a_formula(desk: Desk, command: str) -> None:
    rows = csv.reader(io.StringIO(desk.done(command, "res-7", "-f", "csv")))
    cells = [cell for row in rows for cell in row]
    assert any("HYPERLINK" in cell for cell in cells) or command == "matrix"
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]


def test_a_page_and_a_picture_hold_it_as_words(desk: Desk) -> None:
    page = desk.done("compare", "res-7", "-f", "html") + desk.done(
        "consolidate", "res-7", "-f", "html"
    )
    assert "<img" not in page
    assert "Content-Security-Policy" in page
    ElementTree.fromstring(desk.done("matrix", "res-7", "-f", "svg"))
    json.loads(desk.done("consolidate", "res-7", "-f", "json"))


def test_files_are_named_by_ids(desk: Desk) -> None:
    names = [path.name for path in (desk.path / "res-7").rglob("*")]
    assert all(name.isascii() and name.isprintable() and " " not in name for name in names)
