"""What docs/json.md says of each schema is what is written: every key is told there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.dossiers import sat_at

ROOT = Path(__file__).parent.parent
DOCUMENT = (ROOT / "docs/json.md").read_text(encoding="utf-8")
SECTIONS = dict(
    re.findall(r"^## `(resamend/\w+/\d)`.*?\n(.*?)(?=^## |\Z)", DOCUMENT, re.DOTALL | re.MULTILINE)
)
EVERYWHERE = DOCUMENT.partition("\n## ")[0]
NAMED = {"limits", "levels"}
"""Under these keys the keys are names: of limits, of levels."""
RESOLUTION = str(ROOT / "resolutions/140")
COMMANDS = (
    ("conflicts", RESOLUTION, "--json", "--all"),
    ("consolidate", RESOLUTION, "-f", "json"),
    ("matrix", RESOLUTION, "-f", "json"),
    ("verify", "res-7", "--json"),
    ("status", "res-7", "--json", "--lang", "en"),
    ("status", "res-7", "--json", "--lang", "fr"),
    ("inspect", "res-7", "--json"),
    ("limits", "--json"),
    ("changes", RESOLUTION, RESOLUTION, "-f", "json"),
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Return what each command writes, of Resolution 140 and of a dossier with a record."""
    with pytest.MonkeyPatch.context() as patch:
        desk = sat_at(tmp_path_factory.mktemp("json"), patch)
        desk.done("new", "res-7", "--base", "base.en.txt", "--base", "base.fr.txt")
        for name in ("RUS.en.txt", "CHN.en.txt", "JOINT.en.txt", "RUS.fr.txt", "CHN.fr.txt"):
            desk.done("add", "res-7", name)
        desk.done(
            "decide",
            "res-7",
            "1",
            "--take",
            "CHN",
            "--lang",
            "en",
            "--by",
            "Chair",
            "--level",
            "ad-hoc",
        )
        found = [json.loads(desk.done(*command)) for command in COMMANDS]
        names = {each["schema"] for each in found}
        yield {name: [each for each in found if each["schema"] == name] for name in names}


def test_each_schema_that_is_written_is_documented(written: dict[str, Any]) -> None:
    assert set(written) == set(SECTIONS)
    code = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    # Of files in a dossier, not printed.
    stored = {"resamend/decision/1", "resamend/dossier/1", "resamend/position/1"}
    assert set(re.findall(r"resamend/[a-z]+/\d", code)) - stored == set(SECTIONS)


@pytest.mark.parametrize("schema", SECTIONS)
def test_each_key_that_is_written_is_documented(schema: str, written: dict[str, Any]) -> None:
    section = SECTIONS[schema] + EVERYWHERE
    told = set(re.findall(r"`\"?([^`\s\"]+)\"?`", section)) | set(re.findall(r'"(\w+)":', section))
    assert set(_keys(written[schema])) - told == set()


@pytest.mark.parametrize("schema", SECTIONS)
def test_each_example_has_only_keys_that_are_written(schema: str, written: dict[str, Any]) -> None:
    for example in re.findall(r"```json\n(.*?)```", SECTIONS[schema], re.DOTALL):
        shown = json.loads(example)
        assert shown["schema"] == schema
        assert set(_keys(shown)) - set(_keys(written[schema])) == set()


def _keys(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield key
            if key not in NAMED:
                yield from _keys(below)
    elif isinstance(value, list):
        for each in value:
            yield from _keys(each)
