"""Whatever is given wrongly at a public door is refused by a ``ResamendError`` with a code."""

from __future__ import annotations

import ast
import inspect
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import resamend
from resamend import Dossier, Language, Received, Resolution, UsageError

TEXT = "RESOLUTION 1\nMeetings\nresolves\n1\tto meet every year in Geneva;"
BASE = resamend.read(TEXT, Resolution, language=Language.EN)
FRENCH = resamend.read(
    "RÉSOLUTION 1\nRéunions\ndécide\n1\tde se réunir chaque année à Genève;", Resolution
)
REVISED = resamend.read(TEXT.replace("every year", "twice a year"), Resolution)
RUS = resamend.propose(BASE, REVISED, "RUS/62/1")
DRAFT = resamend.merge(BASE, [RUS])
FINDINGS = resamend.find(DRAFT)
REPLAY = resamend.replay(DRAFT, FINDINGS, [])
LINES = resamend.redline(DRAFT, FINDINGS)
REQUEST = resamend.DecisionRequest(act="keep", by="Chair", at="2018-11-05")  # type: ignore[arg-type]
RIGHT: dict[str, dict[str, Any]] = {
    "receive": {"source": TEXT.encode()},
    "read": {"content": TEXT, "wanted": Resolution},
    "open": {"folder": "nowhere"},
    "new": {"folder": "nowhere"},
    "raised": {"values": {"size": "40M"}},
    "render": {"shown": DRAFT, "form": "text"},
    "visible": {"text": "x"},
    "amendments": {"base": BASE, "proposal": RUS},
    "apply": {"base": BASE, "proposal": RUS},
    "invert": {"base": BASE, "proposal": RUS},
    "carry": {"proposal": RUS, "old": BASE, "new": REVISED},
    "diff": {"base": BASE, "revised": REVISED},
    "propose": {"base": BASE, "revised": REVISED, "id": "RUS/62/1"},
    "walk": {"provisions": BASE},
    "merge": {"base": BASE, "proposals": [RUS]},
    "union": {"one": DRAFT, "other": DRAFT},
    "without": {"consolidated": DRAFT, "sources": ["RUS"]},
    "project": {"consolidated": DRAFT, "source": "RUS"},
    "find": {"consolidated": DRAFT},
    "redline": {"consolidated": DRAFT, "findings": FINDINGS},
    "recorded": {"consolidated": DRAFT, "findings": FINDINGS, "replayed": REPLAY},
    "changes": {"draft": DRAFT},
    "compare": {"consolidated": DRAFT, "shown": LINES},
    "matrix": {"comparison": resamend.compare(DRAFT, LINES)},
    "record": {
        "consolidated": DRAFT,
        "findings": FINDINGS,
        "region": FINDINGS.regions[0],
        "wish": REQUEST,
        "number": 1,
    },
    "replay": {"consolidated": DRAFT, "findings": FINDINGS, "records": []},
    "adopt": {"consolidated": DRAFT, "findings": FINDINGS, "replayed": REPLAY},
}
"""What each function takes, as it should be."""
WRONG: dict[str, Callable[[], object]] = {
    "None": lambda: None,
    "nothing": lambda: "",
    "a string": lambda: "RUS",
    "half of a character": lambda: "\ud800",
    "a zero byte": lambda: "a\0b",
    "the path of a file": lambda: "texts/base.en.xml",
    "a path": lambda: Path("texts") / "base.en.xml",
    "bytes": lambda: b"\xff\xfe\x00",
    "no bytes": lambda: b"",
    "a stream": lambda: io.BytesIO(b"x"),
    "a stream of text": lambda: io.StringIO("x"),
    "a number": lambda: 7,
    "minus one": lambda: -1,
    "a truth": lambda: True,
    "a fraction": lambda: 0.5,
    "a list of nothing": lambda: [None],
    "a list of strings": lambda: ["FRA"],
    "a mapping": lambda: {"colour": "red"},
    "a text in another language": lambda: FRENCH,
    "another text": lambda: REVISED,
    "a type": lambda: Resolution,
    "an object": object,
}
DOORS = sorted(name for name in resamend.__all__ if name.islower())
PLACES = [(name, parameter) for name in DOORS for parameter in inspect.signature(
    getattr(resamend, name)).parameters]  # fmt: skip


def test_every_function_is_tried() -> None:
    assert set(RIGHT) == set(DOORS)


@pytest.mark.parametrize(("name", "parameter"), PLACES)
def test_a_wrong_argument_is_refused(
    name: str, parameter: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    function = getattr(resamend, name)
    for described, make in WRONG.items():
        arguments = {**RIGHT[name], parameter: make()}
        several = inspect.signature(function).parameters[parameter].kind.name == "VAR_POSITIONAL"
        positional = [*RIGHT[name].values(), arguments.pop(parameter)] if several else []
        try:
            used = function(*positional) if several else function(**arguments)
            if inspect.isgenerator(used):
                list(used)
        except resamend.ResamendError as error:
            assert error.code and error.code != "error", described
            assert "--" not in str(error), "what to do is said in parameters"


METHODS = {
    "add": {"id": "RUS/62/1"},
    "withdraw": {"source": "RUS"},
    "decide": {"points": 1, "request": REQUEST},
    "undo": {"points": 1, "request": REQUEST},
    "adopt": {},
    "redline": {},
}


@pytest.mark.parametrize("name", METHODS)
def test_a_dossier_refuses_wrong_arguments(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "res-1"
    dossier = resamend.new(folder, TEXT.encode())
    dossier.add(f"MOD\tRUS/62/1\n{TEXT}".replace("every year", "twice a year").encode())
    method = getattr(dossier, name)
    before = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    for parameter, declared in inspect.signature(method).parameters.items():
        for described, make in WRONG.items():
            arguments = {**METHODS[name], parameter: make()}
            try:
                if declared.kind.name == "VAR_POSITIONAL":
                    method(arguments[parameter])
                else:
                    method(**arguments)
            except resamend.ResamendError as error:
                assert error.code and error.code != "error", described
                assert "--" not in str(error)
                after = {p: p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
                assert after == before, "what is refused changes nothing"
            before = {p: p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
            if name == "withdraw" and not dossier.proposals:
                break


@pytest.mark.parametrize("make", WRONG.values(), ids=WRONG)
def test_what_was_received_is_compared_with_a_text_in_force_only(
    make: Callable[[], object],
) -> None:
    received: Received = resamend.receive(f"MOD\tRUS/62/1\n{TEXT}".encode())
    wrong: Any = make()
    for method in (received.proposal, received.questions):
        if wrong is not REVISED:
            with pytest.raises(resamend.ResamendError) as refused:
                method(wrong)
            assert refused.value.code


CODES: dict[str, tuple[Callable[[], object], str]] = {
    "a path for content": (lambda: resamend.read("texts/base.en.xml"), "path-for-content"),
    "a text for a path": (lambda: resamend.receive(TEXT), "text-for-path"),
    "a stream of text": (lambda: resamend.receive(io.StringIO(TEXT)), "no-bytes"),  # type: ignore[arg-type]
    "half of a character": (lambda: resamend.read("resolves\n1\t\ud800"), "no-text"),
    "two languages": (lambda: resamend.propose(BASE, FRENCH, "FRA/1/1"), "other-language"),
    "two languages, read": (lambda: resamend.read(TEXT, language=Language("fr")), "other-language"),
    "None": (lambda: resamend.find(None), "wrong-type"),  # type: ignore[arg-type]
    "one string": (lambda: resamend.without(DRAFT, "RUS"), "wrong-type"),
    "an unknown form": (lambda: resamend.render(DRAFT, "tex"), "unknown-form"),
    "an unknown value": (lambda: resamend.redline(DRAFT, FINDINGS, view="x"), "unknown-value"),  # type: ignore[arg-type]
    "an unknown place": (lambda: BASE["resolves 7"], "unknown-place"),
    "reasons for a bool": (lambda: resamend.NoChange("x", "because"), "wrong-type"),  # type: ignore[arg-type]
    "a string for states": (
        lambda: resamend.DecisionRequest(act="take", by="C", at="2018-11-05", names="RUS"),  # type: ignore[arg-type]
        "wrong-type",
    ),
    "half of a character in a list": (
        lambda: resamend.without(DRAFT, ["RUS\ud800"]),
        "no-text",
    ),
    "a string for a bool": (
        lambda: resamend.RenderOptions(line_numbers="no"),  # type: ignore[arg-type]
        "wrong-type",
    ),
    "no dossier": (lambda: resamend.open("nowhere/at/all"), "no-dossier"),
    "no limit": (lambda: resamend.raised({"colour": 1}).__enter__(), "usage"),
    "a proposal without its base": (lambda: resamend.render(RUS, "xml"), "base-wanted"),
}


@pytest.mark.parametrize(("wrong", "code"), CODES.values(), ids=CODES)
def test_each_cause_has_its_code(wrong: Callable[[], object], code: str) -> None:
    with pytest.raises(resamend.ResamendError) as refused:
        wrong()
    assert refused.value.code == code


def test_the_library_speaks_of_no_option_of_the_command_line() -> None:
    spoken = []
    for path in sorted((Path(resamend.__file__).parent).rglob("*.py")):
        if {"cli", "room"} & {*path.parts}:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            if node.body and isinstance(node.body[0], ast.Expr)
        }
        spoken += [
            f"{path.name}, line {node.lineno}: {node.value}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
            if id(node) not in docstrings and re.search(r"(?<!\w)--[a-z]{2}", node.value)
            if not re.search("git |pip ", node.value)  # what other programs are told
        ]
    assert spoken == []


def test_strings_stand_for_values() -> None:
    assert resamend.redline(DRAFT, FINDINGS, view="result").view is resamend.View.RESULT  # type: ignore[arg-type]
    listed = resamend.DecisionRequest(act="take", by="C", at="2018-11-05", names=["RUS"])  # type: ignore[arg-type]
    assert listed.names == ("RUS",)
    assert resamend.merge(BASE, iter([RUS])) == DRAFT
    with pytest.raises(UsageError, match="propose"):
        resamend.merge(BASE, [BASE])  # type: ignore[list-item]


def test_a_wrong_number_of_arguments_is_as_python_says() -> None:
    with pytest.raises(TypeError):
        resamend.merge()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Dossier()  # type: ignore[call-arg]
