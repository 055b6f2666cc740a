"""The limits: each refuses, says which it is, and gives way when it is raised."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from resamend.akn import read
from resamend.errors import Unreadable, UsageError
from resamend.readers.text import read_text
from resamend.safe import Limits, parse_json, parse_xml, raised
from resamend.safe.limits import CEILINGS, MEANINGS, value_of
from tests.build import resolution
from tests.dossiers import Desk, sat_at


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    found = sat_at(tmp_path, monkeypatch)
    found.done("import", "base.en.txt", "-o", "base.xml")
    return found


def deep(levels: int) -> bytes:
    from resamend.akn import write_resolution

    data = write_resolution(resolution("resolves", "1 that work go on"))
    return data.replace(b"that work go on", b"<i>" * levels + b"x" + b"</i>" * levels)


BEYOND: dict[str, tuple[Callable[[], object], int]] = {
    "size": (
        lambda: parse_xml(b"<a>" + b"<b>%b</b>" % (b" " * 700_000) * 30 + b"</a>", name="x"),
        21 << 20,
    ),
    "elements": (lambda: parse_xml(b"<a>" + b"<b/>" * 1_000_100 + b"</a>", name="x"), 600_000),
    "attributes": (
        lambda: parse_xml(b"<a" + b"".join(b' a%d=""' % n for n in range(600)) + b"/>", name="x"),
        600,
    ),
    "depth": (lambda: read(deep(120), name="x"), 130),
    "lines": (lambda: read_text("resolves\n" + "1\tto rest;\n" * 20_000, name="x"), 20_001),
    "nesting": (lambda: parse_json(b"[" * 70 + b"]" * 70, name="x"), 70),
    "digits": (lambda: parse_json(b"[" + b"1" * 400 + b"]", name="x"), 400),
}


@pytest.mark.parametrize("name", BEYOND)
def test_what_is_beyond_a_limit_is_refused_until_it_is_raised(name: str) -> None:
    deed, enough = BEYOND[name]
    with pytest.raises(Unreadable) as refused:
        deed()
    said = refused.value
    assert said.where.startswith("x") or name == "depth"
    assert f"The limit '{name}' is" in said.advice
    advised = re.search(r'give `raised\(\{"(\w+)": "(\w+)"\}\)`\.$', said.advice)
    assert advised
    with raised({advised[1]: advised[2]}):
        deed()
    with raised({name: enough}):
        deed()
    with pytest.raises(Unreadable):
        deed()


def test_every_limit_has_a_meaning_and_is_shown(desk: Desk) -> None:
    assert [*Limits.__struct_fields__] == [*MEANINGS]
    assert set(CEILINGS) < set(MEANINGS)
    shown = desk.done("limits")
    assert [line.split()[0] for line in shown.splitlines()] == [*MEANINGS]
    assert json.loads(desk.done("limits", "--json", "--raise", "wait=5"))["limits"]["wait"] == 5


def test_a_limit_is_raised_for_one_run(desk: Desk) -> None:
    before = desk.done("limits")
    assert "     1M  " in desk.done("limits", "--raise", "size=1M")
    assert desk.done("limits") == before
    message = desk.refused(3, "extract", "base.xml", "--base", "--raise", "elements=5")
    assert "base.xml: it has too many elements." in message
    assert "--raise elements=" in message


@pytest.mark.parametrize("said", ["size", "size=", "size=-1", "size=0", "size=1T", "colour=1"])
def test_a_limit_that_is_none(desk: Desk, said: str) -> None:
    desk.refused(2, "extract", "base.xml", "--base", "--raise", said)


def test_a_limit_is_not_raised_beyond_what_the_parser_bears() -> None:
    with pytest.raises(UsageError, match="beyond 200"):
        value_of("depth=250")
    with raised({"depth": 200}):
        read(deep(190), name="x")


def test_a_file_without_an_end(desk: Desk) -> None:
    with raised({"archive": 1 << 20, "size": 1 << 20}):
        pass
    message = desk.refused(3, "check", "/dev/zero", "--raise", "archive=1M", "--raise", "size=1M")
    assert "more than 1048576 bytes" in message
