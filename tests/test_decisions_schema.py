"""docs/decisions.schema.json describes the lines of decisions.jsonl, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from tests.dossiers import BASE, sat_at

SCHEMA = json.loads((Path(__file__).parent.parent / "docs/decisions.schema.json").read_bytes())
CHAIR = ("--by", "Chair", "--at", "2018-11-05")


@pytest.fixture
def lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Return one record of every kind, with all that can be said."""
    desk = sat_at(tmp_path, monkeypatch)
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt", "JOINT.en.txt")
    everything = (
        *("--reason", "time", "--level", "plenary", "--meeting", "4", "--symbol", "DT/1"),
        *("--condition", "subject to resolves 2", "--reserve", "USA"),
        *("--entered-by", "Secretary", "--package", "A"),
    )
    for act in (
        ("1", "--keep"),
        ("1", "--take", "RUS", *everything),
        ("1", "--text", "once a year"),
        ("1", "--bracket"),
        ("1", "--defer"),
        ("uncontested", "--agreed"),
        ("1", "--undo"),
    ):
        desk.done("decide", folder, *act, *CHAIR)
    (desk.path / "new.en.txt").write_text(BASE.replace("every year", "seldom"), encoding="utf-8")
    desk.done("rebase", folder, "--onto", "new.en.txt", "-o", "carried")
    logs = (folder / "decisions.jsonl", desk.path / "carried/decisions.jsonl")
    data = "".join(path.read_text(encoding="utf-8") for path in logs)
    return [json.loads(line) for line in data.splitlines()]


def test_every_record_fits_the_schema(lines: list[dict[str, Any]]) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    for line in lines:
        Draft202012Validator(SCHEMA).validate(line)
    told = {key for line in lines for key in line}
    assert told == set(SCHEMA["properties"])


@pytest.mark.parametrize("key", SCHEMA["required"])
def test_the_schema_wants_what_a_reader_needs(lines: list[dict[str, Any]], key: str) -> None:
    del lines[0][key]
    with pytest.raises(ValidationError):
        Draft202012Validator(SCHEMA).validate(lines[0])


@pytest.mark.parametrize(
    "change", [{"decision": "agree"}, {"more": 1}, {"chosen": ["x"]}, {"undoes": 1}, {"at": "now"}]
)
def test_the_schema_refuses_what_no_record_says(
    lines: list[dict[str, Any]], change: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        Draft202012Validator(SCHEMA).validate({**lines[0], **change})
