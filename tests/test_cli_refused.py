"""Bad inputs: each one message, exit 3, nothing written."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.dossiers import BASE, RUS, Desk, sat_at


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    found = sat_at(tmp_path, monkeypatch)
    found.done("import", "base.en.txt", "-o", "base.xml")
    found.done("import", "RUS.en.txt", "--base", "base.xml", "-o", "RUS.xml")
    found.dossier("CHN.en.txt")
    return found


def refused(desk: Desk, name: str) -> str:
    """Give a bad proposal to every command that reads one; return what the first of them says."""
    message = desk.refused(3, "add", "res-7", name)
    desk.refused(3, "add", "res-7", "JOINT.en.txt", name)
    desk.refused(3, "apply", "base.xml", name, "-o", "out.xml")
    desk.refused(3, "consolidate", "base.xml", name, "-o", "out.html")
    desk.refused(3, "consolidate", "base.xml", "JOINT.en.txt", name, "-o", "out.xml")
    desk.refused(3, "import", name, "--base", "base.xml", "-o", "out.xml")
    return message


def test_a_patch_made_for_another_base(desk: Desk) -> None:
    (desk.path / "other.en.txt").write_text(BASE.replace("every year in", "every year at"))
    desk.done("import", "other.en.txt", "-o", "other.xml")
    desk.refused(3, "apply", "other.xml", "RUS.xml", "-o", "out.xml")
    message = desk.refused(3, "consolidate", "other.xml", "RUS.xml", "-o", "out.xml")
    assert "RUS/62/1" in message
    desk.done("new", "res-other", "--base", "other.xml")
    assert "another text" in desk.refused(3, "add", "res-other", "RUS.xml")


def test_a_patch_quotes_what_was_expected_and_what_was_found(desk: Desk) -> None:
    (desk.path / "other.en.txt").write_text(BASE.replace("every year", "each single year"))
    desk.done("import", "other.en.txt", "-o", "other.xml")
    message = desk.refused(3, "apply", "other.xml", "RUS.xml")
    assert "expected “every”" in message
    assert "found “each”" in message
    assert "resolves 1" in message


def test_an_unknown_provision(desk: Desk) -> None:
    (desk.path / "longer.en.txt").write_text(BASE.rstrip(".\n") + ";\n3\tto rest.\n")
    (desk.path / "edit.en.txt").write_text(
        "MOD\tCHN/1/1\n" + BASE.rstrip(".\n") + ";\n3\tto rest well.\n"
    )
    desk.done("import", "longer.en.txt", "-o", "longer.xml")
    desk.done("import", "edit.en.txt", "--base", "longer.xml", "-o", "edit.xml")
    message = desk.refused(3, "apply", "base.xml", "edit.xml", "-o", "out.xml")
    assert "CHN/1/1" in message
    desk.refused(3, "add", "res-7", "edit.xml")


@pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
def test_a_truncated_file(desk: Desk, part: float) -> None:
    data = (desk.path / "RUS.xml").read_bytes()
    (desk.path / "short.xml").write_bytes(data[: int(len(data) * part)])
    assert "short.xml" in refused(desk, "short.xml")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MOD RUS/62/1, says a letter.",
        b"%PDF-1.7",
        gzip.compress(b"<a/>", mtime=0),
        b"PK\x03\x04 a Word file",
        b"\xff\xfe<\x00a\x00/\x00>\x00",
        b"<?xml version='1.0' encoding='latin-1'?><a>\xe9</a>",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        b"<a>R&D</a>",
        b"<a/>",
        b"<html xmlns='http://www.w3.org/1999/xhtml'><body>no</body></html>",
    ],
)
def test_a_file_that_is_not_ours(desk: Desk, data: bytes) -> None:
    (desk.path / "odd.xml").write_bytes(data)
    assert "odd.xml" in refused(desk, "odd.xml")


@pytest.mark.parametrize(
    "data",
    [b"", b"\xe9t\xe9", b"resolves\n1\tto \x1b[8mhide;", b"PK\x03\x04 a Word file", b"\x00\x00"],
)
def test_a_text_that_is_none(desk: Desk, data: bytes) -> None:
    (desk.path / "JPN-66-1.en.txt").write_bytes(data)
    assert "JPN-66-1.en.txt" in refused(desk, "JPN-66-1.en.txt")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"Dear Chair,\nour proposal is attached.\nYours sincerely\n", "this is a letter"),
        (b"mod rus/62/1\n", "or the right file"),
        (b"# Notes\n\n1. To be done.\n", "or the right file"),
    ],
)
def test_what_is_no_text_in_force_with_changes(desk: Desk, data: bytes, reason: str) -> None:
    """It must not be taken for a wish to suppress everything else."""
    (desk.path / "JPN-66-1.en.txt").write_bytes(data)
    assert reason in refused(desk, "JPN-66-1.en.txt")


def test_a_provision_without_the_front_leaves_the_rest_as_it_is(desk: Desk) -> None:
    (desk.path / "JPN-66-1.en.txt").write_text(
        "resolves\n1\tthat the group shall meet in Geneva;\n"
    )
    ran = desk.run("add", "res-7", "JPN-66-1.en.txt")
    assert "what it does not show is taken to stay" in ran.err
    desk.done("extract", "res-7", "--as", "JPN", "-o", "jpn.txt")
    assert (desk.path / "jpn.txt").read_text() == "MOD\tJPN/66/1\n" + BASE.replace(
        " every year", ""
    )


@pytest.mark.parametrize("id", ["../../x/1/1", "R\u202eUS/62/1", "Ru$/62/1"])
def test_an_id_that_could_be_something_else(desk: Desk, id: str) -> None:
    (desk.path / "odd.en.txt").write_text(RUS.replace("RUS/62/1", id), encoding="utf-8")
    desk.refused(3, "add", "res-7", "odd.en.txt")
    desk.refused(3, "import", "odd.en.txt", "--base", "base.xml", "-o", "out.xml")


def test_a_text_that_does_not_say_whose_it_is(desk: Desk) -> None:
    data = (desk.path / "base.en.txt").read_bytes()
    message = desk.refused(3, "consolidate", "base.xml", "-", stdin=data)
    assert "--id" in message


def test_one_state_twice_with_different_words(desk: Desk) -> None:
    (desk.path / "again.en.txt").write_text(RUS.replace("twice", "thrice"))
    message = desk.refused(3, "consolidate", "base.xml", "RUS.xml", "again.en.txt")
    assert "RUS/62/1" in message
    assert message.count("revision 0") == 2


def test_another_language(desk: Desk) -> None:
    assert "fr" in desk.refused(3, "add", "res-7", "RUS.fr.txt")
    desk.done("import", "base.fr.txt", "-o", "base.fr.xml")
    desk.done("import", "RUS.fr.txt", "--base", "base.fr.xml", "-o", "RUS.fr.xml")
    desk.refused(3, "apply", "base.xml", "RUS.fr.xml")
    desk.refused(3, "consolidate", "base.xml", "RUS.fr.xml")


@pytest.mark.parametrize("command", ["consolidate", "conflicts", "check"])
def test_a_folder_without_a_base_and_without_a_new_resolution(desk: Desk, command: str) -> None:
    (desk.path / "empty/proposals").mkdir(parents=True)
    assert "empty" in desk.refused(3, command, "empty")
    (desk.path / "empty/proposals/RUS-62-1.en.xml").write_bytes(
        (desk.path / "RUS.xml").read_bytes()
    )
    if command != "check":
        assert "no base text" in desk.refused(3, command, "empty")
    desk.refused(3, "add", "empty", "RUS.en.txt")
    desk.refused(3, "withdraw", "empty", "RUS")


def test_a_file_that_cannot_be_written(desk: Desk) -> None:
    (desk.path / "taken").write_text("a file, no folder")
    desk.refused(2, "consolidate", "base.xml", "RUS.xml", "-o", "taken/out.xml")
    assert "no such folder" in desk.refused(2, "extract", "base.xml", "--base", "-o", "no/out.xml")
    desk.refused(3, "new", "taken", "--base", "base.xml")


def test_a_file_that_is_written_over_is_named(desk: Desk) -> None:
    first = desk.run("extract", "res-7", "--base", "-o", "out.xml")
    again = desk.run("extract", "res-7", "--base", "-o", "out.xml")
    assert (first.err, again.err) == ("", "")  # nothing is lost: it is the same
    changed = desk.run("extract", "res-7", "--as", "CHN", "-o", "out.xml")
    assert changed.code == 0
    assert changed.err == "resamend: out.xml already existed and was replaced\n"


def test_a_dossier_without_its_index_says_what_is_lost(desk: Desk) -> None:
    (desk.path / "res-7/dossier.json").unlink()
    ran = desk.run("conflicts", "res-7")
    assert ran.code == 0
    assert "res-7 has no dossier.json: its points are renumbered" in ran.err
    decided = desk.run("decide", "res-7", "uncontested", "--agreed", "--by", "the chair")
    assert decided.code == 0
    assert "res-7 has no dossier.json: its points are renumbered" in decided.err


def test_no_link_leads_a_product_into_a_dossier(desk: Desk) -> None:
    (desk.path / "out.xml").symlink_to("res-7/base.en.xml")
    (desk.path / "carried").symlink_to("res-7/proposals")
    told = desk.refused(2, "extract", "res-7", "--as", "CHN", "-o", "out.xml")
    assert "res-7 is a dossier, and this would change what it holds" in told
    given = ("rebase", "res-7", "--onto", "base.xml", "-o", "carried")
    assert "res-7 is a dossier" in desk.refused(2, *given)


def test_a_failed_run_destroys_nothing_that_was_there(desk: Desk) -> None:
    (desk.path / "out.xml").write_text("an old draft")
    (desk.path / "bad.xml").write_text("<akomaNtoso")
    desk.refused(3, "consolidate", "base.xml", "bad.xml", "-o", "out.xml")
    assert (desk.path / "out.xml").read_text() == "an old draft"


# -- what a newcomer types ------------------------------------------------------------------------


def test_a_file_given_for_a_dossier(desk: Desk) -> None:
    for arguments in (("add", "base.xml", "RUS.xml"), ("status", "base.xml")):
        assert "this is a file, a dossier is wanted" in desk.refused(2, *arguments)
    assert "resamend new" in desk.refused(2, "status", "nowhere")


def test_a_folder_of_dossiers_given_for_one(desk: Desk) -> None:
    assert "one of the dossiers in it: res-7" in desk.refused(3, "consolidate", ".")


def test_a_folder_given_for_a_file_to_write(desk: Desk) -> None:
    assert "this is a folder" in desk.refused(2, "consolidate", "res-7", "-o", ".")
    assert "this is a folder" in desk.refused(2, "consolidate", "res-7", "-o", "res-7")


def test_a_dossier_with_a_space_in_its_name_can_be_copied_from_the_message(desk: Desk) -> None:
    ran = desk.run("new", "Resolution 7", "--base", "base.xml")
    assert "resamend add 'Resolution 7' PROPOSAL…" in ran.err


def test_a_command_spelt_wrongly(desk: Desk) -> None:
    assert "Is it 'consolidate'?" in desk.refused(2, "consolidat", "res-7")
    assert "Is it" not in desk.refused(2, "xyzzy")


def test_show_without_a_point(desk: Desk) -> None:
    assert "then POINT" in desk.refused(2, "show", "res-7")


def test_a_proposal_is_named_as_it_is_added(desk: Desk) -> None:
    text = BASE.replace("every year", "each month")
    (desk.path / "Our proposal, final (2).txt").write_text(text)
    desk.done("add", "res-7", "Our proposal, final (2).txt", "--id", "JPN/66/1")
    assert "each month" in desk.done("extract", "res-7", "--as", "JPN")
    assert "alone" in desk.refused(2, "add", "res-7", "RUS.xml", "JOINT.en.txt", "--id", "X/1/1")


def test_one_proposal_twice_with_the_same_words(desk: Desk) -> None:
    message = desk.refused(3, "add", "res-7", "CHN.en.txt", "--date", "2018-10-05")
    assert "CHN/63/1 is already there with the same words, but another date" in message
