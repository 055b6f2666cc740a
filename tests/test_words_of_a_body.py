"""Whatever a command prints of an assembly's dossier, no word in it is another body's.

The text is a draft before an assembly: nothing of it is in force, and what is no longer wanted is
deleted. ``MOD`` and its like stand in files that say so themselves, and are quoted then.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest

from resamend.cli.frame import _COMMANDS
from tests.dossiers import Desk

ORIGINALS = Path(__file__).parents[1] / "resolutions" / "night-buses" / "originals"
CONFERENCE = re.compile(r"\b[Ii]n force\b|\b(?:ADD|MOD|SUP|NOC)\b|[Ss]uppress(?!ions\b)\w*")
QUOTED = re.compile(r"not placed \(symbol.*|‘[^’]*’|'[^']*'|--\w+|it says NOC")
"""What a file says of itself, how a symbol is to be written, and options."""
ROAD = """
new d --base base.en.txt
new d --base base.en.txt
add d ARC-sample-1.en.txt BRU-sample-1.en.txt COR-sample-1.en.docx
add d wrong.en.txt --id DAN/1
add d delete.en.txt --id DAN/1
add d title.en.txt --id FIN/1
add d little.en.txt --id EST/1
add d nothing.en.txt --id EST/1
add d keep.en.txt
add d letter.en.txt --id EST/1
add d base.en.txt --id EST/1
join d FIN NOR
withdraw d XXX
conflicts d --all
show d OP1
show d OP4
show d title
show d 99
consolidate d
consolidate d -f text
consolidate d -f html
consolidate d -f criticmarkup
consolidate d --view points -f html
consolidate d --view base -f text
consolidate d --view result -f text
consolidate d -o draft.docx
compare d -f text
compare d -f html
compare d -f csv
matrix d -f text
matrix d -f html
position d OP1 --of BRA --oppose
position d --list
status d
decide d OP4 --keep --by Chair
decide d OP1 --no-change --by Chair
decide d OP1 --suppress --by Chair
decide d OP1 --retain --by Chair
decide d OP2(a) --take ZZZ --by Chair
decide d open --agreed --by Chair
decide d OP77 --keep --by Chair
decide d title --bracket --by Chair
decide d open --agreed --with suppressions,figures --by Chair
status d -f text
status d -f html
adopt d -o adopted.xml
adopt d -f text
outcome d
outcome d -f html
outcome d --for ARC --adopted adopted.xml
origin adopted.xml d
origin adopted.xml d -f html
readout d
register d
concord d
actions adopted.xml
actions d
meter d
changes base.en.txt adopted.xml
changes adopted.xml d
changes adopted.xml d -f html
verify d
verify draft.docx
check d
import base.en.txt -o base.xml
import BRU-sample-1.en.txt --base base.xml -o bru.xml
import BRU-sample-1.en.txt --against d -o again.xml
import draft.docx --against d -o floor
outline base.xml
diff base.xml base.en.txt
diff base.xml rev1.en.txt --id GRE/1 -o gre.xml
apply base.xml bru.xml
apply adopted.xml bru.xml
extract d --base
extract d --as ARC -f prose
extract d --as XXX
import rev1.en.txt -o rev1.xml
rebase d --onto rev1.xml -o d2
status d2
conflicts d2 --all
inspect COR-sample-1.en.docx
print base.xml
new e --base bru.xml
consolidate d nothere.xml
add d strike.en.txt
show d resolution
conflicts d
consolidate d
status d
"""
SENT = {
    "wrong.en.txt": "Delete operative paragraph 1. In operative paragraph 9, delete “x”.",
    "delete.en.txt": "Delete operative paragraph 1.",
    "title.en.txt": "In the title, replace “Night” with “Late”.",
    "nothing.en.txt": "OP1: no change\n",
    "keep.en.txt": "NOC EST/1/1\nOP1\n",
    "letter.en.txt": "Dear Chair,\nWe like buses.\n",
    "strike.en.txt": "SUP IRL/1/1\n",
}
OF_ALL = {
    "demo": "shows a text of ITU",
    "room": "opens a server; its pages are those of the writers",
    "limits": "is about no text",
    "merge": "writes what git asks for, a text",
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    for file in ORIGINALS.iterdir():
        shutil.copy(file, tmp_path)
    base = (ORIGINALS / "base.en.txt").read_text(encoding="utf-8")
    little = "\n".join(base.splitlines()[:5])
    revised = base.replace("Welcomes the trial", "Warmly welcomes the trial")
    for name, text in (SENT | {"little.en.txt": little, "rev1.en.txt": revised}).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return Desk(tmp_path, monkeypatch)


def test_no_command_speaks_of_an_assembly_in_the_words_of_a_conference(desk: Desk) -> None:
    lines = [line.split(" ") for line in ROAD.strip().splitlines()]
    wrong = {}
    refused = 0
    for words in lines:
        ran = desk.run(*words)
        refused += ran.code != 0
        printed = QUOTED.sub("", ran.out + ran.err)
        if match := CONFERENCE.search(printed):
            around = printed[max(0, match.start() - 60) : match.end() + 40]
            wrong[" ".join(words)] = " ".join(around.split())
    assert wrong == {}
    assert 10 < refused < len(lines) / 2  # refusals speak too, and not only they
    tried = {words[0] for words in lines} | OF_ALL.keys()
    assert tried == {name for group in _COMMANDS.values() for name in group}


def test_a_word_file_of_an_assembly_does_not_either(desk: Desk) -> None:
    desk.done("new", "d", "--base", "base.en.txt")
    desk.done("add", "d", "ARC-sample-1.en.txt", "COR-sample-1.en.docx")
    desk.done("consolidate", "d", "-o", "draft.docx")
    with zipfile.ZipFile(desk.path / "draft.docx") as parts:
        shown = [name for name in parts.namelist() if name.startswith("word/")]
        assert "word/document.xml" in shown
        for name in (name for name in shown if name.endswith(".xml")):
            text = re.sub(r"<[^>]+>", "", parts.read(name).decode())
            assert CONFERENCE.search(text) is None, name
