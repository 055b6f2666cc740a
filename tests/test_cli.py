"""The frame of the command line: help, exit codes, messages, pipes and screens."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

import resamend
from resamend.cli import frame
from tests.dossiers import Desk, sat_at

RUN = "import sys; from resamend.cli import main; main()"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return sat_at(tmp_path, monkeypatch)


def test_without_arguments_it_says_what_it_is(desk: Desk) -> None:
    out = desk.done()
    assert out == desk.done("--help")
    assert "resamend consolidate base.xml RUS.xml CHN.xml" in out
    for command in frame.resamend.commands or ("consolidate", "conflicts", "new", "import"):
        assert command in out
    assert max(map(len, out.splitlines())) <= 80


def test_the_version_is_the_packages(desk: Desk) -> None:
    assert desk.done("--version") == f"resamend {resamend.__version__}\n"
    assert version("resamend") == resamend.__version__


COMMANDS = (
    "new", "add", "withdraw", "check", "import", "diff", "apply", "consolidate", "conflicts",
    "show", "compare", "matrix", "extract", "verify", "limits", "decide", "status", "adopt",
    "rebase", "inspect", "outline", "changes", "join", "position", "meter", "print", "merge",
    "outcome", "origin", "readout", "register", "actions", "concord", "room", "demo",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_a_help_of_80_columns(desk: Desk, command: str) -> None:
    out = desk.done(command, "--help")
    assert f"resamend {command}" in out
    assert max(map(len, out.splitlines())) <= 80


def test_all_commands_of_the_contract_are_there_and_no_others() -> None:
    listed = [name for group in frame._COMMANDS.values() for name in group]
    assert sorted(listed) == sorted(COMMANDS)


HEAVY = ("lxml", "rich", "jinja2", "rapidfuzz", "diff_match_patch", "cobalt", "docx")


def loaded(desk: Desk, *arguments: str) -> set[str]:
    """Return the packages that a run of the command line loads."""
    script = (
        "import sys; from resamend.cli import run; run(sys.argv[1:]);"
        "print(*{name.split('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=desk.path,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ran.stderr.split())


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("consolidate", "--help")])
def test_a_command_loads_only_what_it_uses(desk: Desk, arguments: tuple[str, ...]) -> None:
    assert not loaded(desk, *arguments) & {*HEAVY}
    assert "click" in loaded(desk, *arguments)


def test_consolidating_plain_text_needs_no_heavy_package(desk: Desk) -> None:
    used = loaded(desk, "consolidate", "base.en.txt", "RUS.en.txt", "-o", "out.txt")
    assert not used & {"rich", "jinja2", "cobalt", "docx", "lxml"}


# -- exit codes -----------------------------------------------------------------------------------


def test_0_is_done(desk: Desk) -> None:
    assert desk.run("consolidate", "base.en.txt", "RUS.en.txt").code == 0


def test_1_is_something_to_report_when_asked_for(desk: Desk) -> None:
    both = ("base.en.txt", "RUS.en.txt", "CHN.en.txt")
    assert desk.run("consolidate", *both).code == 0
    assert desk.run("consolidate", *both, "--exit-code").code == 1
    assert desk.run("conflicts", *both, "--exit-code").code == 1
    assert desk.run("consolidate", *both[:2], "--exit-code").code == 0
    assert desk.run("conflicts", *both[:2], "--exit-code").code == 0
    assert desk.run("diff", *both[:2], "--exit-code").code == 1
    same = ("base.en.txt", "base.en.txt", "--id", "X/1/1")
    assert desk.run("diff", *same, "--exit-code").code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("consolidate",),
        ("consolidate", "base.en.txt", "--nonsense"),
        ("consolidate", "none.xml"),
        ("consolidate", "base.en.txt", "RUS.en.txt", "--only", "JPN"),
        ("consolidate", "base.en.txt", "RUS.en.txt", "--without", "RUS/62/2"),
        ("consolidate", "base.en.txt", "RUS.en.txt", "-o", "out.rtf"),
        ("consolidate", "RUS.en.txt"),
        ("consolidate", "base.en.txt", "."),
        ("consolidate", "base.en.txt", "--date", "5 October 2018"),
        ("extract", "base.en.txt", "RUS.en.txt"),
        ("extract", "base.en.txt", "RUS.en.txt", "--as", "RUS", "--base"),
        ("extract", "base.en.txt", "RUS.en.txt", "--as", "JPN"),
        ("extract", "base.en.txt", "RUS.en.txt", "JOINT.en.txt", "--as", "RUS"),
        ("show", "base.en.txt", "RUS.en.txt", "CHN.en.txt", "9"),
        ("show", "base.en.txt", "RUS.en.txt", "CHN.en.txt", "abcd"),
        ("new", "folder"),
        ("new", "folder", "--base", "base.en.txt", "--new-resolution"),
        ("new", "folder", "--base", "RUS.en.txt"),
        ("add", "nowhere", "RUS.en.txt"),
        ("withdraw", "nowhere", "RUS"),
        ("import", "RUS.en.txt"),
        ("import", "RUS.en.txt", "--base", "base.en.txt", "--against", "x"),
        ("import", "RUS.en.txt", "--base", "base.en.txt", "--id", "CHN/1/1"),
        ("diff", "base.en.txt", "RUS.en.txt", "--revision", "-1"),
        ("apply", "base.en.txt", "none.xml"),
    ],
)
def test_2_is_something_that_is_not_there(desk: Desk, arguments: tuple[str, ...]) -> None:
    desk.refused(2, *arguments)


def test_a_name_of_several_sources_lists_them(desk: Desk) -> None:
    message = desk.refused(2, "extract", "base.en.txt", "RUS.en.txt", "JOINT.en.txt", "--as", "RUS")
    assert "BLR/RUS/64/1, RUS/62/1" in message


def test_3_is_an_input_at_fault(desk: Desk) -> None:
    (desk.path / "bad.xml").write_text("<akomaNtoso")
    desk.refused(3, "consolidate", "bad.xml")


def test_an_interruption_is_130(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("resamend.cli.inputs.draft", interrupted)
    ran = desk.run("consolidate", "base.en.txt")
    assert (ran.code, ran.out, ran.err.strip()) == (130, "", "")


def test_a_signal_is_130(desk: Desk) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, "consolidate", "base.en.txt", "-"],
        cwd=desk.path,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    with process:
        assert process.stdin
        try:
            process.wait(1.5)  # until it waits for its input
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
        assert process.stderr
        assert process.stderr.read().strip() == b""


def ran(desk: Desk, *arguments: str, **streams: Any) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own, with streams that only a process can have."""
    command = [sys.executable, "-c", RUN, *arguments]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    return subprocess.run(command, cwd=desk.path, check=False, **streams)


def test_what_a_command_leaves_to_the_end_is_done_before_it_leaves(desk: Desk) -> None:
    code = (
        "import atexit; from resamend.cli import frame;"
        "frame.run = lambda _: (atexit.register(print, 'the last word'), 7)[1]; frame.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, check=False)
    assert (done.returncode, done.stdout) == (7, b"the last word\n")


@pytest.mark.parametrize("form", ["text", "docx"])
def test_a_broken_pipe_is_silent(desk: Desk, form: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = ran(desk, "consolidate", "base.en.txt", "RUS.en.txt", "-f", form, stdout=writer)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("command", ["consolidate base.en.txt RUS.en.txt", "limits", "--help"])
def test_a_product_that_cannot_be_written_is_told(desk: Desk, command: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = ran(desk, *command.split(), stdout=full)
    told = b"resamend: standard output: cannot write: No space left on device.\n"
    assert (done.returncode, done.stderr) == (3, told)
    done = ran(desk, *command.split(), preexec_fn=lambda: os.close(1), stdout=None)
    told = b"resamend: standard output: cannot write: Bad file descriptor.\n"
    assert (done.returncode, done.stderr) == (3, told)


def test_what_is_said_to_nobody_is_no_part_of_the_product(desk: Desk) -> None:
    command = ("consolidate", "base.en.txt", "RUS.en.txt")
    spoken = ran(desk, *command)
    unheard = ran(desk, *command, preexec_fn=lambda: os.close(2), stderr=None)
    assert unheard.stdout == spoken.stdout
    done = ran(desk, "consolidate", "none.txt", preexec_fn=lambda: os.close(2), stderr=None)
    assert (done.returncode, done.stdout) == (2, b"")
    with Path("/dev/full").open("wb") as full:
        assert ran(desk, "consolidate", "none.txt", stderr=full).returncode == 2


def test_an_argument_that_is_not_text_is_refused_and_a_files_name_need_not_be(desk: Desk) -> None:
    desk.dossier("RUS.en.txt", "CHN.en.txt")
    who = ("--keep", "--by", "x\udcff", "--at", "2018-10-05T10:00:00Z")
    assert "in UTF-8" in desk.refused(2, "decide", "res-7", "1", *who)
    assert "⟨U+DCFF⟩.xml: there is no such file" in desk.refused(2, "consolidate", "\udcff.xml")
    desk.done("import", "base.en.txt", "-o", "\udcff.xml")
    desk.done("consolidate", "\udcff.xml", "RUS.en.txt")


# -- messages -------------------------------------------------------------------------------------


def test_a_message_says_what_where_and_what_to_do(desk: Desk) -> None:
    message = desk.refused(2, "consolidate", "RUS.en.txt")
    assert message == (
        "resamend: RUS.en.txt: this is a proposal, and a base text is wanted.\n"
        "  Give the base text first, or '-' where there is none.\n"
    )


def test_a_fault_of_ours_says_so_without_a_traceback(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise LookupError("of all things")

    monkeypatch.setattr("resamend.cli.inputs.draft", broken)
    assert "--debug" in desk.refused(3, "consolidate", "base.en.txt")
    for arguments in (("--debug", "consolidate", "base.en.txt"), ("consolidate", "x", "--debug")):
        ran = desk.run(*arguments)
        assert ran.code == 3
        assert "Traceback" in ran.err


def test_a_name_cannot_move_the_cursor(desk: Desk) -> None:
    message = desk.refused(2, "consolidate", "\x1b[8mnone.xml")
    assert "⟨U+001B⟩[8mnone.xml" in message


# -- screens and pipes ----------------------------------------------------------------------------


def on_a_screen(desk: Desk, *arguments: str, **environment: str) -> str:
    """Run a command with a terminal as its stdout, and return what is printed there."""
    above, below = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, *arguments],
        cwd=desk.path,
        stdout=below,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", **environment},
    )
    os.close(below)
    shown = b""
    try:
        while chunk := os.read(above, 65536):
            shown += chunk
    except OSError:  # the other end is closed
        pass
    assert process.wait() == 0
    os.close(above)
    return shown.decode()


def test_a_screen_gets_styles_and_a_pipe_does_not(desk: Desk) -> None:
    given = ("consolidate", "base.en.txt", "RUS.en.txt")
    assert "\x1b[" in on_a_screen(desk, *given)
    assert "\x1b[" not in desk.done(*given)


def test_no_color_is_obeyed(desk: Desk) -> None:
    given = ("consolidate", "base.en.txt", "RUS.en.txt")
    assert "\x1b[" not in on_a_screen(desk, *given, NO_COLOR="1")
    assert "\x1b[" not in on_a_screen(desk, *given, TERM="dumb")


def test_columns_is_obeyed_in_a_pipe(desk: Desk) -> None:
    given = ("consolidate", "base.en.txt", "RUS.en.txt", "CHN.en.txt")
    assert max(map(len, desk.done(*given, COLUMNS="60").splitlines())) <= 60
    assert max(map(len, desk.done(*given).splitlines())) > 60
