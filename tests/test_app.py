"""The one file for who has no Python: built, started, and asked for the desk."""

from __future__ import annotations

import shutil
import subprocess
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

from resamend.ooxml import read_document
from tests.effort import long
from tests.roomserver import Served, started

ROOT = Path(__file__).parent.parent

pytestmark = long


def test_the_file_opens_the_desk_and_is_the_whole_command_line(tmp_path: Path) -> None:
    """It takes minutes to build, so what is asked of it is asked in one test."""
    subprocess.run([ROOT / "scripts/app", tmp_path / "built"], check=True, capture_output=True)
    app = tmp_path / "built/resamend"
    makes_a_folder_of_its_own(app, tmp_path / "first")
    opens_the_desk(app, tmp_path / "again")
    runs_commands(app, tmp_path / "commands")


def makes_a_folder_of_its_own(app: Path, home: Path) -> None:
    home.mkdir()
    with started([app], **alone(home)) as room:
        assert b"<main" in asked(room, "/")
    assert (home / "resamend").is_dir()


def opens_the_desk(app: Path, home: Path) -> None:
    shutil.copytree(ROOT / "resolutions/140", home / "resamend/140")
    with started([app], **alone(home)) as room:
        page = asked(room, "/")
        draft = asked(room, "/files/140/draft.docx")
    assert b"draft.docx" in page
    assert read_document(draft).tracked


def runs_commands(app: Path, folder: Path) -> None:
    shutil.copytree(ROOT / "resolutions", folder / "all")
    for command in (
        ("consolidate", "all/140", "-o", "draft.odt", "--lang", "en"),
        ("consolidate", "all", "-f", "html", "-o", "drafts", "--jobs", "2"),
        ("verify", "all/140"),
        ("check", "all/140"),
    ):
        subprocess.run(
            [app, *command], cwd=folder, env=alone(folder), check=True, capture_output=True,
            timeout=300,
        )  # fmt: skip
    assert len([*(folder / "drafts").glob("*")]) >= 4


def alone(home: Path) -> dict[str, str]:
    """Let no Python be found, and no browser be opened."""
    return {"HOME": str(home), "PATH": "", "BROWSER": "/bin/true"}


def asked(room: Served, path: str) -> bytes:
    """Return what the secretariat gets at a path."""
    opener = build_opener(HTTPCookieProcessor(CookieJar()))
    opener.open(room.links["desk"], timeout=60).close()
    with opener.open(f"{room.address}{path}", timeout=60) as answer:
        return bytes(answer.read())
