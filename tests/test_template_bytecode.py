"""The byte code of our templates is kept beside them, where that may be written."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from resamend.renderers.bytecode import TemplateBytecode

PAGE = {"page.j2": "<p>{{ words }}</p>"}


class NeverCompiling(Environment):
    """Fail where a template would be compiled."""

    def compile(self, *_arguments: object, **_options: object) -> str:  # type: ignore[override]
        raise AssertionError("compiled again")


def cache(folder: Path) -> TemplateBytecode:
    kept = TemplateBytecode()
    kept.folder = folder
    return kept


def rendered(kind: type[Environment], folder: Path) -> str:
    environment = kind(loader=DictLoader(PAGE), bytecode_cache=cache(folder), autoescape=True)
    return environment.get_template("page.j2").render(words="a < b")


def test_a_template_is_compiled_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    first = rendered(Environment, tmp_path / "kept")
    assert rendered(NeverCompiling, tmp_path / "kept") == first == "<p>a &lt; b</p>"


def test_where_nothing_may_be_written_it_is_compiled_each_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered(Environment, tmp_path / "kept") and not (tmp_path / "kept").exists()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert rendered(Environment, tmp_path / "file" / "kept")
