"""What the README says is what happens: every command and every line of Python in it is run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)


def commands() -> list[str]:
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    return [line for line in lines if line.startswith("resamend ")]


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_the_tour_works_from_the_first_command_to_the_last(tmp_path: Path) -> None:
    (tmp_path / "resolutions").symlink_to(ROOT / "resolutions")
    tour = commands()
    assert len(tour) > 10
    for command in tour:
        done = run(["sh", "-c", command], tmp_path)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
    for made, given in (("base-again.xml", "base.en.xml"), ("rus-again.xml", "rus.xml")):
        assert (tmp_path / made).read_bytes() == (tmp_path / given).read_bytes()


def test_the_python_lines_work(tmp_path: Path) -> None:
    (tmp_path / "resolutions").symlink_to(ROOT / "resolutions")
    (lines,) = blocks("python")
    done = run([sys.executable, "-W", "error::DeprecationWarning", "-c", lines], tmp_path)
    assert done.returncode == 0, done.stderr
    assert "resolves 7 competing-move" in done.stdout


def test_the_python_lines_have_types(tmp_path: Path) -> None:
    (lines,) = blocks("python")
    checked = run([sys.executable, "-m", "mypy", "--strict", "-c", lines], tmp_path)
    assert checked.returncode == 0, checked.stdout


def test_all_that_is_written_for_readers_is_linked_to() -> None:
    written = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md")}
    linked = set(re.findall(r"\]\(([^)#:]+)\)", README))
    assert written - linked == {"docs/benchmarks-page.md", "docs/benchmarks-scale.md"}


WRITTEN = ("*.md", "docs/*.md", "resolutions/README.md")
NAMED = {"bench", "conflict", "docs", "fuzz", "readers", "renderers", "scripts", "src", "tests"}
HOMES = (ROOT, ROOT / "src/resamend", ROOT / "resolutions")


def test_the_files_that_are_named_are_there() -> None:
    named = re.compile(r"`([a-z]+/[\w./*…-]+)`")
    told = {
        path
        for each in WRITTEN
        for written in ROOT.glob(each)
        for path in named.findall(written.read_text(encoding="utf-8"))
        if path.split("/")[0] in NAMED
    }
    assert len(told) > 30
    lost = {p for p in told if not any(any(home.glob(p.replace("…", "*"))) for home in HOMES)}
    assert lost == set()


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README))))
def test_what_it_links_to_is_there(link: str) -> None:
    assert (ROOT / link).exists()
