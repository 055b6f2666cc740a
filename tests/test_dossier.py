"""The folder of a dossier: what is in it, what is kept, what is never lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from resamend.dossier import atomic_files, index, names
from resamend.dossier.points import numbered
from resamend.dossier.reading import read_dossier
from resamend.errors import Contradiction, InputError, Invalid, UsageError
from resamend.model import Language
from tests.dossiers import BASE, RUS, Desk, sat_at, tree


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return sat_at(tmp_path, monkeypatch)


def told(folder: Path) -> dict[str, object]:
    found = json.loads((folder / "dossier.json").read_bytes())
    assert isinstance(found, dict)
    return found


def numbers(folder: Path, language: str = "en") -> dict[str, int]:
    points = told(folder)["points"]
    assert isinstance(points, dict)
    return dict(points[language])


def test_a_dossier_holds_what_was_received_byte_for_byte(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt", "JOINT.en.txt")
    assert sorted(tree(folder)) == [
        ".gitattributes",
        "base.en.xml",
        "dossier.json",
        "originals",
        "originals/BLR-RUS-64-1.en.txt",
        "originals/RUS-62-1.en.txt",
        "originals/base.en.txt",
        "proposals",
        "proposals/BLR-RUS-64-1.en.xml",
        "proposals/RUS-62-1.en.xml",
    ]
    received = (desk.path / "RUS.en.txt").read_bytes()
    assert (folder / "originals/RUS-62-1.en.txt").read_bytes() == received


def test_the_index_ends_with_the_sum_of_the_rest(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt")
    content = told(folder)
    assert list(content)[-1] == "sha256"
    assert content["languages"] == ["en"]
    files = content["files"]
    assert isinstance(files, dict)
    assert files["base.en.xml"] == index.fingerprint((folder / "base.en.xml").read_bytes())
    data = (folder / "dossier.json").read_bytes()
    assert index.spell(index.parse(data, "dossier.json")) == data


def test_an_index_changed_by_hand_is_refused(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt")
    path = folder / "dossier.json"
    path.write_bytes(path.read_bytes().replace(b'"RUS/62/1": 0', b'"RUS/62/1": 1'))
    with pytest.raises(Invalid, match="changed by something else"):
        read_dossier(folder)


def test_an_index_cannot_point_outside_its_folder(desk: Desk) -> None:
    folder = desk.dossier()
    path = folder / "dossier.json"
    known = index.parse(path.read_bytes(), "")
    path.write_bytes(index.spell(index.Index(files={**known.files, "../secret.en.xml": "0"})))
    with pytest.raises(Invalid, match="none of a dossier"):
        read_dossier(folder)


def test_a_folder_without_an_index_is_read_all_the_same(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    (folder / "dossier.json").unlink()
    found = read_dossier(folder)
    assert [proposal.id for proposal in found.proposals] == ["CHN/63/1", "RUS/62/1"]
    assert found.numbers is None


def test_reading_writes_nothing(desk: Desk) -> None:
    desk.dossier("RUS.en.txt", "CHN.en.txt")
    before = tree(desk.path)
    for command in ("consolidate", "conflicts", "check"):
        desk.done(command, "res-7")
    desk.done("show", "res-7", "1")
    desk.done("extract", "res-7", "--as", "RUS")
    assert tree(desk.path) == before


def test_points_keep_their_numbers_for_ever(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    first = numbers(folder)
    assert sorted(first.values()) == [1]
    desk.done("withdraw", "res-7", "CHN")
    assert numbers(folder) == first
    desk.done("add", "res-7", "JOINT.en.txt")
    assert numbers(folder) == first
    (desk.path / "USA.en.txt").write_text(
        RUS.replace("RUS/62/1", "USA/65/1").replace("invite observers", "invite no observers")
    )
    desk.done("add", "res-7", "USA.en.txt")
    second = numbers(folder)
    assert first.items() < second.items()
    assert sorted(second.values()) == [*range(1, len(second) + 1)]
    desk.done("add", "res-7", "CHN.en.txt")
    third = numbers(folder)
    assert second.items() <= third.items()
    assert sorted(third.values()) == [*range(1, len(third) + 1)]


def test_a_source_keeps_its_colour(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    assert told(folder)["colours"] == {"CHN/63/1": 0, "RUS/62/1": 1}
    desk.done("withdraw", "res-7", "CHN")
    desk.done("add", "res-7", "JOINT.en.txt")
    desk.done("add", "res-7", "CHN.en.txt")
    assert told(folder)["colours"] == {"CHN/63/1": 0, "RUS/62/1": 1, "BLR/RUS/64/1": 2}


def test_a_point_has_one_number_in_all_languages(desk: Desk) -> None:
    desk.done("new", "res-7", "--base", "base.en.txt", "--base", "base.fr.txt")
    desk.done("add", "res-7", "RUS.fr.txt", "CHN.fr.txt", "RUS.en.txt", "CHN.en.txt")
    folder = desk.path / "res-7"
    assert [*numbers(folder).values()] == [*numbers(folder, "fr").values()] == [1]


def test_who_is_heard_in_another_language_only_is_named(desk: Desk) -> None:
    desk.done("new", "res-7", "--base", "base.en.txt", "--base", "base.fr.txt")
    desk.done("add", "res-7", "RUS.fr.txt", "CHN.en.txt")
    told = desk.run("consolidate", "res-7", "--lang", "fr").err
    assert "CHN/63/1 is not in this draft: it is available in en only, not in fr" in told
    assert "RUS/62/1 is not in this draft" not in told


def test_numbers_without_anything_known_follow_the_text() -> None:
    assert numbered({}, {}) == {}


def test_withdrawing_keeps_the_text_in_the_history(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt")
    data = (folder / "proposals/RUS-62-1.en.xml").read_bytes()
    desk.done("withdraw", "res-7", "RUS/62/1", "--date", "2018-11-06")
    assert not (folder / "proposals/RUS-62-1.en.xml").exists()
    kept = (folder / "proposals/history/RUS-62-1.r0.en.xml").read_bytes()
    assert kept.replace(b' left="2018-11-06"', b"") == data
    desk.done("add", "res-7", "RUS.en.txt")
    assert (folder / "proposals/RUS-62-1.en.xml").read_bytes() == data


def test_a_later_revision_replaces_an_earlier_one(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt")
    old = (folder / "proposals/RUS-62-1.en.xml").read_bytes()
    (desk.path / "RUS.en.txt").write_text(RUS.replace("twice", "thrice"))
    desk.refused(3, "add", "res-7", "RUS.en.txt")
    desk.done("add", "res-7", "RUS.en.txt", "--revision", "1")
    assert (folder / "proposals/history/RUS-62-1.r0.en.xml").read_bytes() == old
    assert "thrice" in desk.done("extract", "res-7", "--as", "RUS")
    originals = {path.name for path in (folder / "originals").iterdir()}
    assert {"RUS-62-1.en.txt", "RUS-62-1-2.en.txt"} <= originals


def test_two_ids_can_make_one_file_name(desk: Desk) -> None:
    (desk.path / "one.en.txt").write_text(RUS.replace("RUS/62/1", "WG-RUS/62/1"))
    (desk.path / "two.en.txt").write_text(RUS.replace("RUS/62/1", "WG/RUS/62/1"))
    desk.dossier("one.en.txt", "two.en.txt")
    ids = [proposal.id for proposal in read_dossier(desk.path / "res-7").proposals]
    assert sorted(ids) == ["WG-RUS/62/1", "WG/RUS/62/1"]


def test_a_changed_file_is_refused(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt")
    path = folder / "proposals/RUS-62-1.en.xml"
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(Contradiction, match="not the file that was added"):
        read_dossier(folder)
    path.unlink()
    with pytest.raises(Contradiction, match="missing"):
        read_dossier(folder)


def test_a_file_dropped_into_the_folder_is_left_out_and_told(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt")
    data = (folder / "proposals/RUS-62-1.en.xml").read_bytes()
    (folder / "proposals/CHN.en.xml").write_bytes(data)
    found = read_dossier(folder)
    assert len(found.proposals) == 1
    assert "CHN.en.xml is not in dossier.json" in found.notes[0]


def test_a_language_that_is_not_there_is_refused(desk: Desk) -> None:
    folder = desk.dossier()
    with pytest.raises(UsageError, match="no fr here"):
        read_dossier(folder, Language.FR)


def test_four_processes_lose_nothing(desk: Desk) -> None:
    folder = desk.dossier()
    names_ = [f"S{n}.en.txt" for n in range(16)]
    for n, name in enumerate(names_):
        (desk.path / name).write_text(RUS.replace("RUS/62/1", f"S{n}/62/1"))
    script = (
        "import sys; from resamend.cli import run\n"
        "sys.exit(max(run(['add', 'res-7', name]) for name in sys.argv[1:]))"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, *names_[k::4]], cwd=desk.path, stderr=subprocess.DEVNULL
        )
        for k in range(4)
    ]
    assert [process.wait() for process in running] == [0, 0, 0, 0]
    found = read_dossier(folder)
    assert len(found.proposals) == 16
    assert sorted((found.colours or {}).values()) == [*range(16)]


@pytest.mark.parametrize(
    "id",
    ["", "../x", "a/../b", "/RUS", "RUS/", "R\x1b[8mUS/1/1", "RUS/62/1\u202e", "a\nb", "x" * 130],
)
def test_what_cannot_be_an_id_is_refused(id: str) -> None:
    with pytest.raises(Invalid, match=r"cannot be the id|too long for the id"):
        names.checked(id)


def test_an_id_is_read_from_a_files_name() -> None:
    assert names.from_file_name("x/ARM-BLR-62-1.en.xml") == "ARM/BLR/62/1"
    assert names.from_file_name("RUS.txt") == "RUS"
    assert names.from_file_name("standard input") == ""
    for no_id in ("….txt", "base.txt", "text-2.docx", "Rev.1.docx", "DL-4.docx", "2-1-1.txt"):
        assert names.from_file_name(no_id) == ""


def test_a_lock_leaves_nothing_behind(tmp_path: Path) -> None:
    with atomic_files.locked(tmp_path):
        assert not tree(tmp_path)


def test_a_new_dossier_is_not_laid_over_another(desk: Desk) -> None:
    desk.dossier()
    assert "already" in desk.refused(3, "new", "res-7", "--base", "base.en.txt")


def test_nothing_is_taken_in_when_one_of_several_is_bad(desk: Desk) -> None:
    desk.dossier()
    (desk.path / "bad.en.xml").write_text("<akomaNtoso")
    desk.refused(3, "add", "res-7", "RUS.en.txt", "bad.en.xml")


def test_an_error_of_the_library_is_one_of_ours(desk: Desk) -> None:
    with pytest.raises(InputError):
        read_dossier(desk.path)


def test_a_revision_behind_the_id_is_one_and_other_words_are_refused(desk: Desk) -> None:
    desk.dossier("RUS.en.txt")
    (desk.path / "RUS-2.en.txt").write_text(
        "MOD\tRUS/62/1 (Rev.2)\n" + BASE.replace("every", "each")
    )
    assert (
        "revision 2 of RUS/62/1 (en) replaces revision 0"
        in desk.run("add", "res-7", "RUS-2.en.txt").err
    )
    (desk.path / "RUS-3.en.txt").write_text(f"MOD\tRUS/62/1 on the group\n{BASE}")
    refused = desk.refused(3, "add", "res-7", "RUS-3.en.txt")
    assert "line 1: this line names a proposal, and goes on: MOD RUS/62/1 on the group" in refused
