"""``rebase``: carry proposals over to a Rev.1 of their base."""

from __future__ import annotations

from pathlib import Path

import pytest

from resamend import Proposal, read
from tests.dossiers import BASE, Desk, sat_at

REV1 = (
    BASE.replace("in Geneva", "in New York")
    .replace("every year", "once a year")
    .replace("to help the group", "to help the group at all times")
)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    found = sat_at(tmp_path, monkeypatch)
    (found.path / "rev1.en.txt").write_text(REV1)
    for name in ("base", "rev1"):
        found.done("import", f"{name}.en.txt", "-o", f"{name}.xml")
    return found


def test_a_proposal_goes_along_and_what_does_not_is_listed(desk: Desk) -> None:
    desk.done("import", "RUS.en.txt", "--base", "base.xml", "-o", "RUS.xml", "--lang", "en")
    ran = desk.run(
        "rebase", "RUS.xml", "--from", "base.xml", "--onto", "rev1.xml", "-o", "RUS-rev1.xml"
    )
    assert ran.code == 0
    assert ran.err.splitlines() == [
        "resamend: RUS/62/1: 2 carried over, 0 met, 1 in conflict",
        "resamend:   in conflict: resolves 1: different wordings; asked: “every” → “twice a”; the "
        "new text has “once a”",
        "resamend:   carried over: instructs the Secretary-General 2: “.” → “;”",
        "resamend:   carried over: instructs the Secretary-General 3: ADD “3 to invite observers.”",
    ]
    revised = desk.done("apply", "rev1.xml", "RUS-rev1.xml")
    assert "once a year in New York" in revised and "to invite observers" in revised
    assert isinstance(read((desk.path / "RUS-rev1.xml").read_bytes()), Proposal)


def test_what_stands_next_to_a_change_of_the_new_text_is_to_be_read_with_it(desk: Desk) -> None:
    base = (desk.path / "base.en.txt").read_text()
    (desk.path / "KEN.en.txt").write_text(base.replace("the group shall", "the whole group shall"))
    ran = desk.run("rebase", "KEN.en.txt", "--from", "base.xml", "--onto", "rev1.xml")
    assert "carried over" in ran.err
    assert "; next to a change of the new text: read them together" in ran.err


def test_what_the_new_text_says_already_is_met(desk: Desk) -> None:
    ran = desk.run("rebase", "JOINT.en.txt", "--from", "base.xml", "--onto", "rev1.xml")
    assert ran.err.startswith("resamend: BLR/RUS/64/1: 0 carried over, 1 met, 0 in conflict\n")


def test_it_tells_with_the_exit_code_that_something_conflicts(desk: Desk) -> None:
    given = ("--from", "base.xml", "--onto", "rev1.xml", "--exit-code", "-o", "out.xml")
    assert desk.run("rebase", "RUS.en.txt", *given).code == 1
    assert desk.run("rebase", "JOINT.en.txt", *given).code == 0


def test_a_dossier_s_proposals_are_carried_over_to_a_folder(desk: Desk) -> None:
    desk.done("new", "res-7", "--base", "base.xml")
    desk.done("add", "res-7", "RUS.en.txt", "JOINT.en.txt", "--lang", "en")
    ran = desk.run("rebase", "res-7", "--onto", "rev1.xml", "-o", "carried")
    assert ran.code == 0
    names = sorted(path.name for path in (desk.path / "carried").iterdir())
    assert names == ["BLR-RUS-64-1.en.xml", "RUS-62-1.en.xml"]
    desk.done("new", "res-7-rev1", "--base", "rev1.xml")
    desk.done("add", "res-7-rev1", *(f"carried/{name}" for name in names))
    assert "to invite observers" in desk.done("consolidate", "res-7-rev1")


def test_ids_that_make_one_file_name_make_two_files(desk: Desk) -> None:
    desk.done("new", "res-7", "--base", "base.xml")
    alike = (desk.path / "RUS.en.txt").read_text("utf-8").replace("RUS/62/1", "RUS/62-1")
    (desk.path / "alike.en.txt").write_text(alike, encoding="utf-8")
    desk.done("add", "res-7", "RUS.en.txt", "alike.en.txt", "--lang", "en")
    desk.done("rebase", "res-7", "--onto", "rev1.xml", "-o", "carried")
    names = sorted(path.name for path in (desk.path / "carried").iterdir())
    assert names == ["RUS-62-1.2.en.xml", "RUS-62-1.en.xml"]


def test_a_dossier_with_one_proposal_goes_to_a_folder_too(desk: Desk) -> None:
    desk.done("new", "res-7", "--base", "base.xml")
    desk.done("add", "res-7", "RUS.en.txt", "--lang", "en")
    desk.done("rebase", "res-7", "--onto", "rev1.xml", "-o", "carried")
    assert [path.name for path in (desk.path / "carried").iterdir()] == ["RUS-62-1.en.xml"]


def test_what_is_missing_is_said(desk: Desk) -> None:
    without = desk.run("rebase", "RUS.en.txt", "--onto", "rev1.xml")
    assert without.code == 2 and "Say with --from" in without.err
    desk.done("new", "res-7", "--base", "base.xml")
    both = desk.run("rebase", "res-7", "--from", "base.xml", "--onto", "rev1.xml")
    assert both.code == 2 and "leave --from away" in both.err


def test_a_proposal_for_another_text_is_refused(desk: Desk) -> None:
    desk.done("import", "RUS.en.txt", "--base", "base.xml", "-o", "RUS.xml", "--lang", "en")
    ran = desk.run("rebase", "RUS.xml", "--from", "rev1.xml", "--onto", "base.xml", "-o", "x.xml")
    assert ran.code == 3 and "made for another text" in ran.err
    assert not (desk.path / "x.xml").exists()


def test_long_texts_are_quoted_from_where_they_part(desk: Desk) -> None:
    """Quoted from their beginnings, the two would look alike."""
    long = BASE.replace("Meetings of the working group", f"{'Long ' * 30}title of the group")
    (desk.path / "long.en.txt").write_text(long)
    (desk.path / "RUS.en.txt").write_text("MOD\tRUS/62/1\n" + long.replace("title", "name"))
    (desk.path / "CHN.en.txt").write_text(long.replace("title", "heading"))
    ran = desk.run("rebase", "RUS.en.txt", "--from", "long.en.txt", "--onto", "CHN.en.txt")
    told = ran.err.splitlines()[1]
    assert all(word in told for word in (" title of", " name of", " heading of"))


def test_a_footnote_s_mark_is_shown(desk: Desk) -> None:
    noted = BASE.replace("every year", "every year[^1]", 1) + "[^1]: From January.\n"
    (desk.path / "noted.en.txt").write_text(noted)
    (desk.path / "RUS.en.txt").write_text("MOD\tRUS/62/1\n" + BASE)
    ran = desk.run("rebase", "RUS.en.txt", "--from", "noted.en.txt", "--onto", "noted.en.txt")
    assert "delete “[^*]”" in ran.err and "\N{OBJECT REPLACEMENT CHARACTER}" not in ran.err


def test_who_asks_that_a_paragraph_be_kept_is_not_told_to_delete_it(desk: Desk) -> None:
    sample = Path(__file__).parent.parent / "resolutions" / "140"
    base, proposals = sample / "base.en.xml", sample / "proposals"
    desk.done("apply", base, proposals / "CHN-sample-1.en.xml", "-o", "next.xml")
    usa = proposals / "USA-sample-1.en.xml"
    ran = desk.run("rebase", usa, "--from", base, "--onto", "next.xml")
    kept = "in conflict: resolves 4: to be kept unchanged or not; asked: keep as it is (NOC);"
    assert kept in ran.err
