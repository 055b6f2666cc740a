"""What docs/api.md says is what there is: every name, every example, every type."""

from __future__ import annotations

import ast
import collections.abc
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import FunctionType
from typing import Any, get_args, get_type_hints

import pytest
from msgspec import Struct

import resamend
import resamend.types
from resamend.model import Essential
from tests.programs import module, program
from tests.test_clients import private_names

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/api.md").read_text(encoding="utf-8")
ENVIRONMENT = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)


PROGRAM = "\n".join(blocks("python"))
SERVICE, NOTEBOOK = (blocks(f'python title="{name}"')[0] for name in ("service.py", "notebook.py"))


def listed() -> set[str]:
    """Return the names that the first cells of the tables list, and those after a colon."""
    page = PAGE.partition("## Come in and go out")[2].partition("## A web service")[0]
    cells = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    names = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    return names | {*re.findall(r"`(\w+)`", page.partition("an input that is at fault:")[2][:80])}


def test_the_page_lists_the_public_names_and_no_other() -> None:
    assert listed() == {*resamend.__all__}


def test_the_page_lists_the_types_and_no_other() -> None:
    table = PAGE.partition("## The types of what is taken and returned")[2]
    rows = [line for line in table.splitlines() if line.startswith("| ")][1:]
    names = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert sorted(names) == resamend.types.__all__


def test_each_name_has_an_example() -> None:
    used = {node.attr for node in ast.walk(ast.parse(PROGRAM)) if isinstance(node, ast.Attribute)}
    used |= {node.id for node in ast.walk(ast.parse(PROGRAM)) if isinstance(node, ast.Name)}
    assert {*resamend.__all__} - used == set()


def test_the_codes_are_those_of_the_program() -> None:
    table = PAGE.partition("| code | what is wrong |")[2].partition("\n\n")[0]
    told = {code for row in table.splitlines() for code in re.findall(r"`([\w-]+)`", row[:160])}
    raised = {
        code
        for path in (ROOT / "src/resamend").rglob("*.py")
        if "cli" not in path.parts
        for code in re.findall(r'code(?:: str)? ?= ?"([a-z-]+)"', path.read_text(encoding="utf-8"))
    } | {"several-dossiers"}
    assert told == raised - {"error"}


def test_the_examples_run(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "RUS/62/1 MOD resolves 1" in done.stdout


def test_the_service_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module("starlette")
    module("httpx2")
    from starlette.testclient import TestClient

    monkeypatch.chdir(tmp_path)
    Path("dossiers").mkdir()
    text = "RESOLUTION 1\nMeetings\nresolves\n1\tto meet every year;"
    resamend.new("dossiers/res-1", text.encode())
    names: dict[str, Any] = {}
    exec(SERVICE, names)
    client = TestClient(names["app"])
    sent = f"MOD\tRUS/62/1\n{text}".replace("every", "each")
    assert client.post("/res-1?file=rus.txt", content=sent).status_code == 201
    assert "each" in client.get("/res-1").text
    assert client.get("/res-2").json()["code"] == "no-dossier"


def test_the_notebook_lines_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, Any] = {}
    exec(NOTEBOOK, names)
    assert "<iframe" in names["draft"]._repr_html_()


# -- types ----------------------------------------------------------------------------------------


def typed(folder: Path) -> list[Path]:
    """Put the examples and the clients into a folder as files."""
    for path in (ROOT / "tests/clients").glob("[!_]*.py"):
        shutil.copy(path, folder)
    for name, code in (("program", PROGRAM), ("service", SERVICE), ("notebook", NOTEBOOK)):
        (folder / f"{name}.py").write_text(code, encoding="utf-8")
    return sorted(folder.glob("*.py"))


def test_the_examples_have_types_for_mypy(tmp_path: Path) -> None:
    module("starlette")
    files = list(map(str, typed(tmp_path)))
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--scripts-are-modules", *files],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def pyright(*arguments: str, folder: Path) -> dict[str, Any]:
    """Run pyright, which is no part of what tests install: ``pip install pyright``, or npm."""
    own = Path(sys.executable).parent / "pyright"
    done = subprocess.run(
        [str(own) if own.exists() else program("pyright"), "--outputjson", *arguments],
        cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    report: dict[str, Any] = json.loads(done.stdout)
    return report


@pytest.mark.long
def test_the_examples_have_types_for_pyright(tmp_path: Path) -> None:
    module("starlette")
    files = typed(tmp_path)
    settings = {
        "typeCheckingMode": "strict",
        "include": ["."],
        "reportUnusedExpression": False,  # a notebook shows its last one
    }
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings))
    report = pyright("-p", str(tmp_path), folder=tmp_path)
    assert report["summary"]["filesAnalyzed"] >= len(files)
    assert [line["message"] for line in report["generalDiagnostics"]] == []


@pytest.mark.long
def test_the_public_names_have_types_for_pyright(tmp_path: Path) -> None:
    report = pyright("--verifytypes", "resamend", "--ignoreexternal", folder=tmp_path)
    homes = tuple(
        f"{value.__module__}.{value.__qualname__}"
        for home in (resamend, resamend.types)
        for name in home.__all__
        if isinstance(value := getattr(home, name), type)
    )
    public = tuple(
        f"{home.__name__}.{name}" for home in (resamend, resamend.types) for name in home.__all__
    )
    symbols = [
        symbol
        for symbol in report["typeCompleteness"]["symbols"]
        if symbol["name"].startswith(tuple(f"{home}." for home in homes))
        or symbol["name"] in (*homes, *public)
    ]
    unknown = [
        symbol["name"]
        for symbol in symbols
        if symbol["isTypeAmbiguous"] or not symbol["isTypeKnown"]
    ]
    assert len(symbols) > 500
    assert len(unknown) < 0.01 * len(symbols), unknown


def named_in(hint: object) -> set[type]:
    """Return the classes of ours that a type names, in containers too."""
    parts = {kind for part in get_args(hint) for kind in named_in(part)}
    ours = isinstance(hint, type) and hint.__module__.startswith("resamend")
    return parts | ({hint} if ours and isinstance(hint, type) else set())


def test_what_is_taken_and_returned_can_be_named() -> None:
    names = {**vars(resamend.types), **{name: getattr(resamend, name) for name in resamend.__all__}}
    homes = {**vars(collections.abc), **names}
    public = {value for value in names.values() if isinstance(value, type)}
    functions = [value for value in names.values() if isinstance(value, FunctionType)]
    for kind in public:
        members = [*vars(kind).values()] if kind.__module__.startswith("resamend") else []
        functions += [
            function
            for member in members
            for function in (getattr(member, "fget", member),)
            if isinstance(function, FunctionType) and not function.__name__.startswith("_")
        ]
    hinted = [get_type_hints(function, localns=homes) for function in functions]
    hinted += [get_type_hints(k, localns=homes) for k in public if issubclass(k, Struct)]
    seen = {kind for hints in hinted for hint in hints.values() for kind in named_in(hint)}
    assert len(seen) > 60
    assert {f"{kind.__module__}.{kind.__qualname__}" for kind in seen - public - _INNER} == set()


_INNER = {Essential}
"""What a value is made from, and nobody is given."""


def test_the_guide_for_plug_ins_needs_public_names_alone() -> None:
    guide = (ROOT / "docs/extending.md").read_text(encoding="utf-8")
    for code in re.findall(r"^```python\n(.*?)^```$", guide, flags=re.MULTILINE | re.DOTALL):
        assert private_names(code) == []
