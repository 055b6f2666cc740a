"""A small text in force and three proposals, and how to run the command line on them."""

from __future__ import annotations

import hashlib
import io
import sys
from pathlib import Path

import pytest
from msgspec import Struct

from resamend.cli import run

BASE = """\
RESOLUTION 7 (REV. BUSAN, 2014)
Meetings of the working group
The Plenipotentiary Conference (Busan, 2014),

recalling
a)\tResolution 73 (Minneapolis, 1998);
b)\tCouncil Resolution 1334,

resolves
1\tthat the group shall meet every year in Geneva;
2\tthat its report shall be sent to the Council;

instructs the Secretary-General
1\tto help the group;
2\tto publish its report.
"""
RUS = "MOD\tRUS/62/1\n" + BASE.replace("every year", "twice a year").replace(
    "2\tto publish its report.", "2\tto publish its report;\n3\tto invite observers."
)
CHN = "MOD\tCHN/63/1\n" + BASE.replace("every year in Geneva", "each spring").replace(
    "2\tto publish its report.", "2\tto publish its report;\n3\tto invite observers."
)
JOINT = (
    "MOD\tBLR/RUS/64/1\n"
    + BASE.replace("to help the group", "to help the group at all times")
    + "Reasons: The group is alone.\n"
)
SUPPRESS = "SUP\tUSA/65/1\nReasons: It has met.\n"
FRENCH = """\
RÉSOLUTION 7 (RÉV. BUSAN, 2014)
Réunions du groupe de travail
La Conférence de plénipotentiaires (Busan, 2014),

rappelant
a)\tla Résolution 73 (Minneapolis, 1998);
b)\tla Résolution 1334 du Conseil,

décide
1\tque le groupe se réunira chaque année à Genève;
2\tque son rapport sera transmis au Conseil;

charge le Secrétaire général
1\td'aider le groupe;
2\tde publier son rapport.
"""
FRENCH_RUS = "MOD\tRUS/62/1\n" + FRENCH.replace("chaque année", "deux fois par an")
FRENCH_CHN = "MOD\tCHN/63/1\n" + FRENCH.replace("chaque année à Genève", "chaque printemps")

FILES = {
    "base.en.txt": BASE,
    "RUS.en.txt": RUS,
    "CHN.en.txt": CHN,
    "JOINT.en.txt": JOINT,
    "USA.en.txt": SUPPRESS,
    "base.fr.txt": FRENCH,
    "RUS.fr.txt": FRENCH_RUS,
    "CHN.fr.txt": FRENCH_CHN,
}


class Ran(Struct, frozen=True):
    """Hold what a run of the command line did."""

    code: int
    out: str
    err: str


class _Stream(io.TextIOWrapper):
    """Stand for stdout or stdin: text on top, bytes below."""

    def __init__(self, data: bytes = b"") -> None:
        self.below = io.BytesIO(data)
        super().__init__(self.below, encoding="utf-8", write_through=True)


class Desk(Struct, frozen=True):
    """Be a folder to work in, with the sample texts in it."""

    path: Path
    monkeypatch: pytest.MonkeyPatch

    def run(self, *arguments: str | Path, stdin: bytes = b"", **environment: str) -> Ran:
        """Run a command in this folder."""
        out, err = _Stream(), _Stream()
        with self.monkeypatch.context() as patch:
            patch.chdir(self.path)
            patch.delenv("COLUMNS", raising=False)
            for name, value in environment.items():
                patch.setenv(name, value)
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            patch.setattr(sys, "stdin", _Stream(stdin))
            code = run([str(argument) for argument in arguments])
        return Ran(code, out.below.getvalue().decode(), err.below.getvalue().decode())

    def done(self, *arguments: str | Path, stdin: bytes = b"", **environment: str) -> str:
        """Run a command that has to succeed, and return its product."""
        ran = self.run(*arguments, stdin=stdin, **environment)
        assert ran.code == 0, ran.err
        return ran.out

    def refused(self, code: int, *arguments: str | Path, stdin: bytes = b"") -> str:
        """Run a command that has to fail with one message and change nothing; return it."""
        before = tree(self.path)
        ran = self.run(*arguments, stdin=stdin)
        assert ran.code == code, (ran.code, ran.out, ran.err)
        assert ran.out == ""
        assert "Traceback" not in ran.err
        assert len([line for line in ran.err.splitlines() if line.startswith("resamend: ")]) == 1
        assert tree(self.path) == before
        return ran.err

    def dossier(self, *proposals: str, name: str = "res-7") -> Path:
        """Make a dossier of the English text, with some of the sample proposals."""
        self.done("new", name, "--base", "base.en.txt")
        if proposals:
            self.done("add", name, *proposals)
        return self.path / name


def tree(folder: Path) -> dict[str, str]:
    """Return every file and folder below one, with the sums of the files and their modes."""
    return {
        path.relative_to(folder).as_posix(): (
            f"{path.stat().st_mode:o} "
            + (hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder")
        )
        for path in sorted(folder.rglob("*"))
    }


def sat_at(path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Lay the sample texts into a folder."""
    for name, text in FILES.items():
        (path / name).write_text(text, encoding="utf-8")
    return Desk(path, monkeypatch)
