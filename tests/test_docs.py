"""What the documents say is what happens: those whose commands no other test runs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.dossiers import Desk, sat_at

ROOT = Path(__file__).parent.parent
SHOWN = re.compile(r"^```[a-z]*\n\$ resamend (.*)\n((?:.*\n)*?)```$", flags=re.MULTILINE)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    (tmp_path / "resolutions").symlink_to(ROOT / "resolutions")
    return sat_at(tmp_path, monkeypatch)


def test_what_is_shown_of_an_outline_is_printed(desk: Desk) -> None:
    (arguments, shown), *more = SHOWN.findall((ROOT / "docs/forms.md").read_text(encoding="utf-8"))
    assert not more
    printed = iter(desk.done(*arguments.split()).splitlines())
    for line in shown.splitlines():
        if line != "…":  # the lines in between are left out, and so are the ends of lines
            assert any(said.startswith(line) for said in printed), line


def test_git_is_set_up_as_the_page_says(tmp_path: Path) -> None:
    page = (ROOT / "docs/git.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```$", page, flags=re.MULTILINE | re.DOTALL)
    lines = "".join(["git init --quiet .\n", *blocks])
    subprocess.run(["sh", "-ec", lines], cwd=tmp_path, check=True)
    settings = subprocess.run(
        ["git", "config", "--get-regexp", "resamend"],
        cwd=tmp_path, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert "diff.resamend.textconv resamend print\n" in settings
    assert "merge.resamend.driver resamend merge --in-place %O %A %B\n" in settings
    attributes = (tmp_path / ".gitattributes").read_text(encoding="utf-8")
    assert attributes == "*.xml diff=resamend\ntexts/*.xml merge=resamend\n"


def test_the_workflow_builds_the_app_as_the_script_does() -> None:
    """Three places say how: the script, the page, and what the maintainers run elsewhere."""
    flags = ("--onefile", "--collect-all resamend", "--collect-data cobalt", "app/start.py")
    for name in ("scripts/app", "docs/room.md", ".github/workflows/ci.yml"):
        said = " ".join((ROOT / name).read_text(encoding="utf-8").replace("\\\n", "").split())
        assert all(flag in said for flag in (*flags, "pyinstaller==6.22.3")), name


@pytest.mark.parametrize("minor", [11, 12, 13])
def test_what_is_declared_is_what_the_workflow_tries(minor: int) -> None:
    declared = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    tried = (ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8")
    assert f"Python :: 3.{minor}" in declared
    assert f'"3.{minor}"' in tried
    assert sys.version_info >= (3, 11)
