"""The scripts: what a newcomer types first."""

from __future__ import annotations

import os
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests import programs

ROOT = Path(__file__).parent.parent
DEMO = ROOT / "scripts/demo"


@pytest.mark.parametrize(
    "script",
    [
        "scripts/setup",
        "scripts/demo",
        "scripts/test",
        "scripts/lowest",
        "scripts/app",
        "scripts/build",
        "scripts/site",
        "scripts/picture",
    ],
)
def test_a_script_is_posix_shell_and_says_what_it_does(script: str) -> None:
    path = ROOT / script
    first, told, *_ = path.read_text(encoding="utf-8").splitlines()
    assert first == "#!/bin/sh"
    assert told.startswith("# ")
    assert path.stat().st_mode & 0o111
    subprocess.run([programs.program("dash", "sh"), "-n", path], check=True)


@pytest.mark.parametrize(
    "home", ["", "resamend", "http://a.example", 'https://a.example/"', "https://"]
)
def test_packages_name_no_address_that_is_none(home: str) -> None:
    ran = subprocess.run([ROOT / "scripts/build", "--home", home], capture_output=True, text=True)
    assert ran.returncode == 2
    assert "is no address" in ran.stderr


@pytest.mark.long
def test_packages_name_the_address_that_they_are_built_with(tmp_path: Path) -> None:
    home = "https://resamend.example/home"
    subprocess.run([ROOT / "scripts/build", "--home", home, tmp_path], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    (source,) = tmp_path.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith("/METADATA"))
        assert f"Project-URL: Homepage, {home}" in archive.read(metadata).decode()
    with tarfile.open(source) as archive_of_source:
        own = archive_of_source.extractfile(f"{source.name.removesuffix('.tar.gz')}/pyproject.toml")
        assert own and f'Homepage = "{home}"' in own.read().decode()


def test_the_runner_of_all_checks_is_bash() -> None:
    path = ROOT / ".ci/run"
    assert path.read_text(encoding="utf-8").startswith("#!/bin/bash\n")
    assert path.stat().st_mode & 0o111
    subprocess.run([programs.program("bash"), "-n", path], check=True)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_demo_reads_well_in_a_pipe_from_any_folder(tmp_path: Path, language: str) -> None:
    ran = subprocess.run(
        [DEMO, language],
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if name != "COLUMNS"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "\x1b" not in ran.stdout
    assert max(map(len, ran.stdout.splitlines())) <= 80
    assert ran.stdout.index("RUS") < ran.stdout.index("What to type next")


def test_what_the_demo_tells_to_type_works(tmp_path: Path) -> None:
    shown = subprocess.run([DEMO], capture_output=True, text=True, check=True).stdout
    _, _, told = shown.partition("What to type next")
    commands = [line.strip() for line in told.splitlines() if line.startswith("  resamend ")]
    assert len(commands) >= 6
    (tmp_path / "resolutions").symlink_to(ROOT / "resolutions")
    for command in commands:
        program, *arguments = command.split()
        subprocess.run(
            [ROOT / ".venv/bin" / program, *arguments],
            cwd=tmp_path,
            capture_output=True,
            check=True,
        )


def test_a_missing_program_skips_or_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(programs.REQUIRE, raising=False)
    with pytest.raises(pytest.skip.Exception):
        programs.program("no-such-program")
    monkeypatch.setenv(programs.REQUIRE, "1")
    for lacking in (programs.program, programs.folder):
        with pytest.raises(pytest.fail.Exception):
            lacking("no-such-program")
    monkeypatch.setenv(programs.WITHOUT, "no-such-program,the folder of real files")
    for lacking in (programs.program, programs.folder):
        with pytest.raises(pytest.skip.Exception):
            lacking("no-such-program")
