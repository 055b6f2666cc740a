"""Gates, bulk acts, composed texts and packages at the chair's table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.dossiers import BASE, Desk, sat_at

CHAIR = ("--by", "Chair", "--at", "2018-11-05")
SECOND = "2\tthat its report shall be sent to the Council;\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return sat_at(tmp_path, monkeypatch)


def dossier(desk: Desk, **texts: str) -> Path:
    for name, text in texts.items():
        (desk.path / f"{name}.txt").write_text(f"MOD\t{name}/70/1\n{text}", encoding="utf-8")
    return desk.dossier(*(f"{name}.txt" for name in texts))


def points(desk: Desk, folder: Path) -> dict[str, Any]:
    told = json.loads(desk.done("conflicts", folder, "--json"))
    return {each["kind"]: each for each in told["conflicts"]}


def adopted(desk: Desk, folder: Path) -> str:
    desk.done("adopt", folder, "-o", "adopted.txt")
    return (desk.path / "adopted.txt").read_text(encoding="utf-8")


def test_what_is_inside_a_gate_keeps_its_record_and_lapses(desk: Desk) -> None:
    folder = dossier(
        desk, KEN=BASE.replace(SECOND, ""), FRA=BASE.replace("its report", "its whole report")
    )
    gate = points(desk, folder)["suppress-or-not"]
    (inside,) = gate["inside"]
    desk.done("decide", folder, inside, "--take", "FRA", *CHAIR)
    desk.done("decide", folder, "1", "--suppress", *CHAIR)
    assert "report" not in adopted(desk, folder).partition("resolves\n")[2].partition("\n2\t")[0]
    assert "lapsed" in desk.done("status", folder, "--json")
    assert "lapsed: with record 2" in desk.done("show", folder, inside)
    desk.done("decide", folder, "1", "--undo", *CHAIR)
    desk.done("decide", folder, "1", "--retain", *CHAIR)
    assert "its whole report shall be sent" in adopted(desk, folder)


def test_an_open_gate_is_bracketed_with_what_is_decided_inside(desk: Desk) -> None:
    folder = dossier(
        desk, KEN=BASE.replace(SECOND, ""), FRA=BASE.replace("its report", "its whole report")
    )
    desk.done("decide", folder, "inside 1", "--agreed", *CHAIR)
    assert "without prejudice to point 1" in desk.run("adopt", folder, "-o", "a.txt").err
    assert "2\t[that its whole report shall be sent to the Council;]" in adopted(desk, folder)


def test_a_gate_is_answered_by_its_own_verbs(desk: Desk) -> None:
    folder = dossier(
        desk, KEN=BASE.replace(SECOND, ""), FRA=BASE.replace("its report", "its whole report")
    )
    for act in (("--keep",), ("--take", "KEN"), ("--no-change",)):
        told = desk.refused(2, "decide", folder, "1", *act, *CHAIR)
        assert "--suppress or --retain" in told
    (inside,) = points(desk, folder)["suppress-or-not"]["inside"]
    assert "not asked here" in " ".join(
        desk.refused(2, "decide", folder, inside, "--retain", *CHAIR).split()
    )


def test_no_bulk_act_takes_a_suppression_a_modal_or_a_figure(desk: Desk) -> None:
    folder = dossier(
        desk, KEN=BASE.replace(SECOND, ""), FRA=BASE.replace("Resolution 73", "Resolution 74")
    )
    told = desk.run("decide", folder, "uncontested", "--agreed", *CHAIR)
    assert "give --with suppressions" in told.err and "give --with figures" in told.err
    desk.done("decide", folder, "single", "--agreed", "--with", "suppressions", *CHAIR)
    assert "its report shall be sent" not in adopted(desk, folder)
    assert " / Resolution 74" in adopted(desk, folder)
    assert "the kinds are" in desk.refused(
        2, "decide", folder, "single", "--agreed", "--with", "all", *CHAIR
    )


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("shall be sent", "should be sent", "modals"),
        ("shall be sent", "shall not be sent", "modals"),
        ("in Geneva;", "in Geneva in 2026;", "figures"),
        ("in Geneva;", "in Geneva, and in Rome;", ""),
        ("to help the group", "to help and serve the group", ""),
    ],
)
def test_what_is_left_by_bulk_acts(desk: Desk, old: str, new: str, kind: str) -> None:
    folder = dossier(desk, KEN=BASE.replace(old, new))
    told = desk.run("decide", folder, "single", "--agreed", *CHAIR).err
    assert (f"give --with {kind}" in told) is bool(kind)


def test_all_of_a_list_or_any_of_it_is_one_question_that_nobody_takes_in_passing(
    desk: Desk,
) -> None:
    listed = BASE.replace("in Geneva;", "in Geneva; and").replace("Council;", "Council; or")
    folder = dossier(desk, KEN=listed, FRA=BASE.replace("in Geneva;", "in Geneva; or"))
    shown = desk.done("conflicts", folder)
    assert "Point 1 · different wordings (all of these, or any of them)" in shown
    assert "(KEN): “1 … and; 2 … or”" in shown and "(FRA): “1 … or; 2 …”" in shown
    desk.done("withdraw", folder, "FRA")
    assert "“1 … and; 2 … or” (all of these, or any of them)" in desk.done("status", folder)
    told = desk.run("decide", folder, "uncontested", "--agreed", *CHAIR).err
    assert "give --with modals" in told
    desk.done("decide", folder, "resolves 1", "--take", "KEN", *CHAIR)
    assert "in Geneva; and\n2\tthat its report shall be sent to the Council; or" in adopted(
        desk, folder
    )


def test_what_bulk_acts_put_together_is_not_adopted_unread(desk: Desk) -> None:
    folder = dossier(
        desk,
        KEN=BASE.replace("its report", "its annual report"),
        FRA=BASE.replace("sent to the Council", "sent to the Secretary-General"),
    )
    desk.done("decide", folder, "uncontested", "--agreed", *CHAIR)
    told = desk.run("adopt", folder, "-o", "a.txt").err
    assert "was not read as a whole: that its annual report" in told
    assert "nothing is open" not in told
    assert "not read as a whole: 1" in desk.done("status", folder)
    desk.done("decide", folder, "1", "--acknowledge", *CHAIR)
    assert "nothing is open" in desk.run("adopt", folder, "-o", "a.txt").err


def test_what_bulk_acts_put_together_beside_a_question_is_a_point(desk: Desk) -> None:
    report = "that its report shall be sent to the Council;"
    folder = dossier(
        desk,
        KEN=BASE.replace("its report", "its annual report"),
        FRA=BASE.replace("to the Council", "to the Secretary-General"),
        RUS=BASE.replace("sent", "handed over"),
        USA=BASE.replace("sent", "given"),
    )
    reads = "that its annual report shall be [sent / handed over / given] to the Secretary-General;"
    assert "point 2" not in desk.done("status", folder).lower() and report in BASE
    desk.done("decide", folder, "uncontested", "--agreed", *CHAIR)
    told = desk.run("adopt", folder, "-o", "a.txt").err
    assert f"was not read as a whole: {reads}" in told
    assert "Point 2, resolves 2: put together from several" in desk.done("status", folder)
    shown = desk.done("show", folder, "2")
    assert reads in " ".join(shown.split()) and "KEN: insert “annual”" in shown
    for view in (("conflicts",), ("consolidate",)):
        listed = desk.done(*view, folder)
        assert "Point 2 · put together from several, to be read as a whole (KEN; FRA)" in listed
    (composed,) = (c for c in [points(desk, folder)["composed"]] if c["point"] == 2)
    assert {part["sources"][0] for part in composed["composed"]["parts"]} == {
        "FRA/70/1",
        "KEN/70/1",
    }
    told = desk.run("decide", folder, "2", "--acknowledge", *CHAIR).err
    assert reads in told
    assert "1 change is still open" in desk.run("adopt", folder, "-o", "a.txt").err
    assert "Point 2, resolves 2: put together" not in desk.done("status", folder)


def test_what_was_read_beside_a_question_is_read_again_with_its_answer(desk: Desk) -> None:
    folder = dossier(
        desk,
        KEN=BASE.replace("its report", "its annual report"),
        FRA=BASE.replace("to the Council", "to the Secretary-General"),
        RUS=BASE.replace("sent", "handed over"),
        USA=BASE.replace("sent", "given"),
    )
    desk.done("decide", folder, "uncontested", "--agreed", *CHAIR)
    desk.done("decide", folder, "2", "--acknowledge", *CHAIR)
    desk.done("decide", folder, "open", "--take", "1", *CHAIR)
    status = desk.done("status", folder)
    assert "Point 2, resolves 2: put together" in status and "replaced by record 5" in status
    assert "nothing is open" not in desk.run("adopt", folder, "-o", "a.txt").err
    desk.done("decide", folder, "1", "--undo", *CHAIR)
    told = desk.run("decide", folder, "1", "--take", "1", *CHAIR).err  # by its name: it is shown
    assert "now reads: that its annual report shall be" in told
    assert "nothing is open" in desk.run("adopt", folder, "-o", "a.txt").err


def test_the_last_question_decided_in_a_provision_shows_it_as_it_reads(desk: Desk) -> None:
    folder = dossier(
        desk,
        KEN=BASE.replace("its report", "its annual report"),
        FRA=BASE.replace("sent to the Council", "sent to the Secretary-General"),
    )
    single = json.loads(desk.done("conflicts", folder, "--json"))["single"]
    ids = ",".join(each["id"] for each in single)
    told = desk.run("decide", folder, ids, "--agreed", *CHAIR).err
    assert "now reads: that its annual report shall be sent to the Secretary-General;" in told
    assert "nothing is open" in desk.run("adopt", folder, "-o", "a.txt").err
    assert "Outstanding points" not in desk.done("status", folder)


def test_records_of_a_package_hold_only_together(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    desk.done("decide", folder, "1", "--take", "RUS", "--package", "A", *CHAIR)
    status = desk.done("status", folder)
    assert (
        "package A: look at" not in status
        and status.partition("Outstanding")[0].count("package A") == 1
    )
    desk.done("withdraw", folder, "RUS")
    assert "package A: look at record 1" in desk.done("status", folder)


def test_to_reopen_needs_a_reason(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    desk.done("decide", folder, "1", "--take", "RUS", *CHAIR, "--entered-by", "Secretary")
    assert "for a reason" in desk.refused(2, "decide", folder, "1", "--reopen", *CHAIR)
    desk.done("decide", folder, "1", "--reopen", *CHAIR, "--reason", "new figures")
    assert "every year" in adopted(desk, folder)


def test_what_is_reopened_is_open_and_no_older_answer_comes_back(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    in_force = adopted(desk, folder)
    desk.done("decide", folder, "1", "--take", "RUS", *CHAIR)
    told = desk.run("decide", folder, "1", "--take", "CHN", *CHAIR).err
    assert "record 2 replaces record 1, which the group has not reopened" in told
    assert "give --undo" in told
    desk.done("decide", folder, "1", "--reopen", *CHAIR, "--reason", "new figures")
    assert adopted(desk, folder) == in_force
    point = desk.done("show", folder, "1")
    assert "record 1: moot: replaced by record 2" in point
    assert "record 2: moot: undone by record 3" in point
    assert "): record 2 is reopened" in point


def test_what_is_undone_brings_the_older_answer_back(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    desk.done("decide", folder, "1", "--take", "RUS", *CHAIR)
    first = adopted(desk, folder)
    desk.done("decide", folder, "1", "--take", "CHN", *CHAIR)
    desk.done("decide", folder, "1", "--undo", *CHAIR)
    assert adopted(desk, folder) == first


def test_an_addition_and_a_division_are_shown_as_they_read(desk: Desk) -> None:
    added = SECOND + "\n2bis\tto meet again;"
    folder = dossier(
        desk,
        KEN=BASE.replace(SECOND, added),
        FRA=BASE.replace(SECOND, added.replace("again", "in Rome")),
    )
    told = desk.run("decide", folder, "1", "--both", "KEN,FRA", *CHAIR).err
    assert "now reads: to meet again; ¶ to meet in Rome;" in told
    desk.done("decide", folder, "1", "--undo", *CHAIR)
    told = desk.run("decide", folder, "1", "--both", "FRA,KEN", *CHAIR).err
    assert "now reads: to meet in Rome; ¶ to meet again;" in told


def test_what_somebody_asks_to_keep_is_left_and_printed(desk: Desk) -> None:
    keep = BASE + "NOC\tresolves 2\n"
    folder = dossier(desk, KEN=keep, FRA=BASE.replace("its report", "its whole report"))
    told = desk.run("decide", folder, "uncontested", "--agreed", *CHAIR).err
    assert "insert “whole”; a proposal asks to keep this provision as it is" in told


def test_an_option_taken_for_many_takes_no_suppression(desk: Desk) -> None:
    folder = dossier(desk, KEN=BASE.replace(SECOND, ""))
    told = desk.run("decide", folder, "open", "--take", "1", *CHAIR).err
    assert "give --with suppressions" in told and "record 1" not in told


@pytest.mark.parametrize("withdrawn", [(), ("FRA/70/1",)])
def test_words_of_two_records_that_touch_are_told_of_their_own_sources(
    desk: Desk, withdrawn: tuple[str, ...]
) -> None:
    """The group took FRA's word and KEN's beside it: neither asked for both."""
    folder = dossier(
        desk,
        FRA=BASE.replace("shall be sent", "should be sent"),
        KEN=BASE.replace("shall be sent", "shall go"),
    )
    desk.done("decide", folder, "uncontested", "--agreed", *CHAIR, "--with", "modals")
    for source in withdrawn:
        desk.done("withdraw", folder, source)
    told = desk.done("conflicts", folder)
    assert "| Point 1 · put together from several, to be read as a whole" in told
    assert "KEN: “be sent” → “go”" in told
    assert "“shall be sent”" not in told.split("Together:")[1].split("|", 1)[1]
    desk.done("decide", folder, "1", "--acknowledge", *CHAIR)
    assert "not read as a whole" not in desk.done("status", folder)
