"""``rebase``: carry proposals over to a Rev.1 of their base."""

from __future__ import annotations

from pathlib import Path

import pytest

from resamend import Proposal, read
from tests.dossiers import BASE, FRENCH, Desk, sat_at

CHAIR = ("--by", "Chair", "--at", "2018-11-05")
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


def test_a_dossier_becomes_a_dossier_on_the_new_text(desk: Desk) -> None:
    desk.done("new", "res-7", "--base", "base.xml")
    desk.done("add", "res-7", "RUS.en.txt", "CHN.en.txt", "JOINT.en.txt", "--lang", "en")
    desk.done("decide", "res-7", "same", "--agreed", *CHAIR)
    desk.done("position", "res-7", "1", "--of", "BRA", "--support")
    ran = desk.run("rebase", "res-7", "--onto", "rev1.xml", "-o", "next")
    assert ran.code == 0
    former = desk.path / "next/originals/former-positions.jsonl"
    assert former.read_bytes() == (desk.path / "res-7/positions.jsonl").read_bytes()
    assert "BRA" in desk.done("position", "next", "--list")
    shown = desk.done("show", "next", "1")
    assert "BRA: supports" in shown and "“every” → “twice a” (asked of the former text)" in shown
    report = (desk.path / "next/carried-over.en.txt").read_text("utf-8")
    heads = [line for line in report.splitlines() if not line.startswith(" ")]
    assert all(f"resamend: {line}" in ran.err for line in heads)
    assert "carried-over" in ran.err and "in conflict: " not in ran.err
    assert "to invite observers" in desk.done("consolidate", "next")
    conflicts = desk.done("conflicts", "next")
    assert "Outstanding points: 1\n" in conflicts
    assert "Point 1 · asked of the former text, which said “every year in Geneva”" in conflicts
    assert "Option 1 (CHN): “each spring”" in conflicts
    assert "once a year in New York" in desk.done("show", "next", "1")
    status = desk.done("status", "next")
    assert "taken: “3 to invite observers.” (CHN, RUS) · record" in status
    assert "all in the draft" in desk.done("verify", "next")
    kept = {path.name for path in (desk.path / "next/originals").iterdir()}
    assert {"former-text.en.xml", "former-decisions.jsonl", "former-RUS-62-1.en.txt"} <= kept


def test_what_was_asked_of_the_former_text_is_not_passed_over(desk: Desk) -> None:
    desk.done("new", "res-7", "--base", "base.xml")
    desk.done("add", "res-7", "RUS.en.txt", "--lang", "en")
    desk.done("rebase", "res-7", "--onto", "rev1.xml", "-o", "next")
    refused = desk.run("adopt", "next", "-o", "adopted.xml")
    assert refused.code == 3 and "point 1, resolves 1" in refused.err
    assert not (desk.path / "adopted.xml").exists()
    assert "and not settled" in desk.run("adopt", "next", "--pending", "-o", "adopted.xml").err
    left = desk.run("decide", "next", "uncontested", "--agreed", *CHAIR)
    assert "asked of the former text" not in left.out
    desk.done("decide", "next", "1", "--take", "RUS", *CHAIR)
    desk.done("adopt", "next", "-o", "adopted.txt")
    assert "twice a year in New York" in (desk.path / "adopted.txt").read_text("utf-8")


def test_what_lost_to_what_the_new_text_says_is_not_reflected(desk: Desk) -> None:
    desk.done("new", "res-7", "--base", "base.xml")
    desk.done("add", "res-7", "RUS.en.txt", "CHN.en.txt", "--lang", "en")
    desk.done("decide", "res-7", "resolves 1", "--take", "CHN", *CHAIR)
    (desk.path / "chn.en.txt").write_text(BASE.replace("every year in Geneva", "each spring"))
    desk.done("rebase", "res-7", "--onto", "chn.en.txt", "-o", "next")
    rows = desk.done("outcome", "next", "--for", "RUS", "-f", "csv").splitlines()
    [row] = [row for row in rows if "twice a year" in row]
    assert "not reflected" in row and "each spring" in row


def test_what_is_asked_of_no_words_of_the_new_text_is_kept_or_left(desk: Desk) -> None:
    """Where its paragraph is gone there is nothing of which it could be taken."""
    gone = BASE.replace("1\tto help the group;\n2\tto publish", "1\tto publish")
    (desk.path / "gone.en.txt").write_text(gone)
    desk.done("new", "res-7", "--base", "base.xml")
    desk.done("add", "res-7", "JOINT.en.txt", "--lang", "en")
    desk.done("rebase", "res-7", "--onto", "gone.en.txt", "-o", "next")
    assert "at all times" in desk.done("conflicts", "next")
    for act in ("--take BLR", "--text once", "--bracket", "--suppress"):
        ran = desk.run("decide", "next", "1", *act.split(), *CHAIR)
        assert ran.code == 2, act
    assert "send a revision" in ran.err or "asked" in ran.err
    desk.done("decide", "next", "1", "--keep", *CHAIR)
    desk.done("adopt", "next", "-o", "adopted.xml")


def test_a_revision_for_the_new_text_takes_the_place_of_what_was_asked_before(desk: Desk) -> None:
    desk.done("new", "res-7", "--base", "base.xml")
    desk.done("add", "res-7", "RUS.en.txt", "--lang", "en")
    desk.done("rebase", "res-7", "--onto", "rev1.xml", "-o", "next")
    revised = "MOD\tRUS/62/1\n" + REV1.replace("once a year", "twice a year")
    (desk.path / "RUS-1.en.txt").write_text(revised)
    desk.done("add", "next", "RUS-1.en.txt", "--revision", "1", "--lang", "en")
    assert "former text" not in desk.done("conflicts", "next", "--all")
    desk.done("adopt", "next", "-o", "adopted.xml")


def test_carried_over_once_more_nothing_is_lost(desk: Desk) -> None:
    desk.done("new", "res-7", "--base", "base.xml")
    desk.done("add", "res-7", "RUS.en.txt", "CHN.en.txt", "--lang", "en")
    desk.done("rebase", "res-7", "--onto", "rev1.xml", "-o", "next")
    again = REV1.replace("recalling\n", "mindful of the past,\n\nrecalling\n")
    (desk.path / "rev2.en.txt").write_text(again.replace("once a year", "once"))
    desk.done("rebase", "next", "--onto", "rev2.en.txt", "-o", "third")
    conflicts = desk.done("conflicts", "third")
    assert (
        "Outstanding points: 1\n" in conflicts and "Option 2 (RUS): “twice a year in" in conflicts
    )
    assert "shall meet once in New York" in desk.done("consolidate", "third")
    assert "once in New York" in desk.done("show", "third", "1")


def test_nothing_conflicts_with_the_draft_s_own_text_in_brackets(desk: Desk) -> None:
    """Three in four were conflicts with the brackets, which are nobody's words."""
    sample = Path(__file__).parent.parent / "resolutions" / "140"
    desk.done("adopt", sample, "-o", "half.xml")
    desk.done("rebase", sample, "--onto", "half.xml", "-o", "next")
    report = (desk.path / "next/carried-over.en.txt").read_text("utf-8")
    assert report.count(" 0 in conflict") == 4
    assert "still open: it stands in brackets" in report
    assert "all in the draft" in desk.done("verify", "next")


def test_without_a_place_it_stands_beside_the_old_one_named_after_the_text(desk: Desk) -> None:
    desk.done("new", "res-7", "--base", "base.xml")
    desk.done("add", "res-7", "JOINT.en.txt", "--lang", "en")
    ran = desk.run("rebase", "res-7", "--onto", "rev1.xml")
    assert ran.code == 0 and "res-7-rev1 is made" in ran.err
    again = desk.run("rebase", "res-7", "--onto", "rev1.xml")
    assert again.code == 2 and "res-7-rev1 is a dossier" in again.err


def test_a_language_without_a_new_text_is_kept_and_named(desk: Desk) -> None:
    desk.done("new", "res-7", "--base", "base.xml", "--base", "base.fr.txt")
    desk.done("add", "res-7", "RUS.en.txt", "RUS.fr.txt")
    ran = desk.run("rebase", "res-7", "--onto", "rev1.xml", "-o", "next")
    assert "fr: nothing is carried over" in ran.err
    assert (desk.path / "next/proposals/history/RUS-62-1.r0.fr.xml").is_file()
    (desk.path / "rev1.fr.txt").write_text(FRENCH.replace("chaque année", "une fois par an"))
    desk.done("rebase", "res-7", "--onto", "rev1.xml", "--onto", "rev1.fr.txt", "-o", "both")
    assert "demandé au sujet du texte antérieur" in desk.done("conflicts", "both", "--lang", "fr")
    assert "Point 1 " in desk.done("conflicts", "both", "--lang", "fr")


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


def test_words_asked_beside_a_clash_are_not_carried_into_words_that_nobody_asked_for(
    desk: Desk,
) -> None:
    (desk.path / "rev2.en.txt").write_text(BASE.replace("year in", "year or more often in"))
    for name, words in (("NOR/81/1", "twice a year in Geneva"), ("FJI/82/1", "each spring")):
        text = BASE.replace("every year in Geneva", words)
        (desk.path / f"{name[:3]}.en.txt").write_text(f"MOD\t{name}\n{text}")
    desk.done("new", "res-7", "--base", "base.xml")
    desk.done("add", "res-7", "NOR.en.txt", "FJI.en.txt")
    desk.done("decide", "res-7", "1", "--take", "NOR", *CHAIR)
    desk.done("rebase", "res-7", "--onto", "rev2.en.txt", "-o", "next")
    conflicts = desk.done("conflicts", "next")
    assert "asked of the former text, which said “every year in Geneva”" in conflicts
    assert "(NOR): “twice a year in Geneva”" in conflicts and "(FJI): “each spring”" in conflicts
    status = desk.done("status", "next")
    assert "Not applied, offered again: 1" in status and "record 1" in status
    assert desk.run("adopt", "next", "-o", "adopted.xml").code == 3
