"""Dossiers beside one another, on any system, and of any version."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from resamend.dossier.index import parse, spell
from resamend.dossier.names import checked
from resamend.errors import Invalid
from tests.dossiers import Desk, sat_at


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = sat_at(tmp_path, monkeypatch)
    desk.done("new", "res-7", "--base", "base.en.txt")
    desk.done("add", "res-7", "RUS.en.txt")
    return desk


def test_dossiers_do_not_nest(desk: Desk) -> None:
    for folder in ("res-7/inner", "res-7/proposals/inner"):
        refused = desk.refused(3, "new", folder, "--base", "base.en.txt")
        assert "cannot be inside another one" in refused
    assert "res-7 is one" in desk.refused(3, "new", ".", "--base", "base.en.txt")


@pytest.mark.parametrize("id", ["CON", "nul", "COM1", "AUX.2"])
def test_what_windows_takes_for_a_device_is_no_id(id: str) -> None:
    with pytest.raises(Invalid, match="cannot be the id of a proposal"):
        checked(id)


def test_git_leaves_the_lines_of_a_dossier_alone(desk: Desk) -> None:
    assert (desk.path / "res-7/.gitattributes").read_text(encoding="utf-8").startswith("* -text\n")
    for path in (desk.path / "res-7").rglob("*.xml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    refused = desk.refused(3, "conflicts", "res-7")
    assert "its lines end with CR LF, as git writes them on Windows" in refused


def test_what_a_later_version_wrote_is_refused_with_what_to_do(desk: Desk) -> None:
    index = desk.path / "res-7/dossier.json"
    index.write_text(
        index.read_text(encoding="utf-8").replace("resamend/dossier/1", "resamend/dossier/2"),
        encoding="utf-8",
    )
    refused = desk.refused(3, "conflicts", "res-7")
    assert "written by a later version of resamend (resamend/dossier/2" in refused
    assert "pip install --upgrade resamend" in refused


def test_what_is_not_known_survives_a_rewrite(desk: Desk) -> None:
    path = desk.path / "res-7/dossier.json"
    index = parse(path.read_bytes(), "dossier.json")
    path.write_bytes(spell(type(index)(**{**_fields(index), "unknown": {"rooms": ["Popov"]}})))
    desk.done("add", "res-7", "CHN.en.txt")
    assert json.loads(path.read_text(encoding="utf-8"))["rooms"] == ["Popov"]


def _fields(index: object) -> dict[str, object]:
    return {name: getattr(index, name) for name in index.__struct_fields__}  # type: ignore[attr-defined]
