"""``consolidate``, ``conflicts``, ``show``: any order, any subset, any form."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import pytest

from tests.dossiers import BASE, Desk, sat_at

FORMS = ("terminal", "text", "criticmarkup", "html", "xml", "json")
ALL = ("RUS.en.txt", "CHN.en.txt", "JOINT.en.txt")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return sat_at(tmp_path, monkeypatch)


@pytest.mark.parametrize("form", FORMS)
def test_any_order_gives_the_same_bytes(desk: Desk, form: str) -> None:
    drafts = {
        desk.done("consolidate", "base.en.txt", *order, "-f", form) for order in permutations(ALL)
    }
    assert len(drafts) == 1


@pytest.mark.parametrize("form", FORMS)
def test_leaving_one_out_equals_never_having_had_it(desk: Desk, form: str) -> None:
    never = desk.done("consolidate", "base.en.txt", "RUS.en.txt", "JOINT.en.txt", "-f", form)
    given = ("consolidate", "base.en.txt", *ALL, "-f", form)
    assert desk.done(*given, "--without", "CHN") == never
    assert desk.done(*given, "--only", "RUS") == never
    assert desk.done(*given, "--only", "RUS/62/1,BLR/RUS/64/1") == never
    assert desk.done(*given, "--only", "RUS/62/1", "--only", "BLR") == never


def test_hearing_one_twice_changes_nothing(desk: Desk) -> None:
    once = desk.done("consolidate", "base.en.txt", *ALL)
    assert desk.done("consolidate", "base.en.txt", *ALL, *ALL) == once


def test_a_draft_is_read_back(desk: Desk) -> None:
    desk.done("consolidate", "base.en.txt", *ALL, "-o", "draft.xml")
    for form in FORMS:
        again = desk.done("consolidate", "draft.xml", "-f", form)
        assert again == desk.done("consolidate", "base.en.txt", *ALL, "-f", form)


def test_a_draft_keeps_the_numbers_of_its_dossier(desk: Desk) -> None:
    said = {"ARG": ("73", "74"), "BRA": ("73", "75"), "CUB": ("Geneva", "Bern")}
    for who, (old, new) in said.items():
        text = f"MOD\t{who}/66/1\n" + BASE.replace(old, new).replace("report", f"{who} report")
        (desk.path / f"{who}.en.txt").write_text(text, encoding="utf-8")
    folder = desk.dossier("ARG.en.txt", "BRA.en.txt", "CUB.en.txt")
    desk.done("withdraw", folder, "BRA")  # and with it point 1
    told = desk.done("conflicts", folder)
    assert "  | Point 2 ·" in told and "  | Point 1 ·" not in told
    for name in ("draft.xml", "draft.docx"):
        desk.done("consolidate", folder, "-o", name)
        assert desk.done("conflicts", name) == told
    desk.done("consolidate", "draft.xml", "-o", "again.xml")
    assert (desk.path / "again.xml").read_bytes() == (desk.path / "draft.xml").read_bytes()


def test_who_is_there_in_another_language_only_is_told(desk: Desk) -> None:
    folder = "res-8"
    desk.done("new", folder, "--base", "base.en.txt", "--base", "base.fr.txt")
    desk.done("add", folder, "RUS.en.txt", "CHN.fr.txt")
    said = "Not available in this language, and therefore not in this draft: CHN/63/1 (fr)"
    for form in ("text", "criticmarkup", "html"):
        assert said in desk.done("consolidate", folder, "-f", form)
        assert said not in desk.done("consolidate", folder, "-f", form, "--names", "none")
        assert said not in desk.done("consolidate", folder, "-f", form, "--only", "RUS")
    refused = desk.refused(2, "extract", folder, "--as", "CHN")
    assert refused.splitlines()[0] == "resamend: CHN/63/1 is available in fr only, not in en."
    assert "Give --lang fr." in desk.refused(2, "consolidate", folder, "--without", "CHN")


def test_rival_texts_of_a_new_resolution_are_laid_beside_each_other(desk: Desk) -> None:
    for who, text in (("RUS", BASE), ("CHN", BASE.replace("instructs", "invites"))):
        (desk.path / f"{who}.new.txt").write_text(f"ADD\t{who}/7/1\n{text}", encoding="utf-8")
    told = desk.done("consolidate", "-", "RUS.new.txt", "CHN.new.txt")
    assert "| Option 3: no new resolution\n" in told
    assert "1 (CHN) · 2 (RUS) · 3 (no new resolution)\n" in told
    assert told.count("that the group shall meet") == 1
    assert "Similar wording" not in told
    assert "| Option 3: no new resolution\n" in desk.done(
        "conflicts", "-", "RUS.new.txt", "CHN.new.txt"
    )


def test_a_file_of_each_form_is_what_goes_to_a_pipe(desk: Desk) -> None:
    endings = {"text": "txt", "criticmarkup": "md", "html": "html", "xml": "xml", "json": "json"}
    for form, ending in endings.items():
        assert desk.done("consolidate", "base.en.txt", *ALL, "-o", f"out.{ending}") == ""
        written = (desk.path / f"out.{ending}").read_text(encoding="utf-8")
        assert written == desk.done("consolidate", "base.en.txt", *ALL, "-f", form)


def test_a_dossier_numbers_points_by_its_history(desk: Desk) -> None:
    desk.dossier(*ALL)
    listed = desk.done("conflicts", "res-7")
    assert "Point 1" in listed
    alone = desk.done("consolidate", "res-7", "--only", "RUS,CHN")
    assert "Point 1" in alone


def test_nobody_heard_shows_the_text_in_force(desk: Desk) -> None:
    out = desk.done("consolidate", "base.en.txt")
    assert "every year in Geneva" in out


@pytest.mark.parametrize("view", ["redline", "result", "base"])
def test_views(desk: Desk, view: str) -> None:
    out = desk.done("consolidate", "base.en.txt", "JOINT.en.txt", "--view", view)
    assert ("at all times" in out) == (view != "base")
    assert ("{+" in out) == (view == "redline")


@pytest.mark.parametrize("names", ["number", "none"])
@pytest.mark.parametrize("form", ["terminal", "text", "html", "json", "criticmarkup"])
def test_names_are_not_told_unless_wanted(desk: Desk, names: str, form: str) -> None:
    out = desk.done("consolidate", "base.en.txt", *ALL, "--names", names, "-f", form)
    assert "BLR" not in out
    assert "at all times" in out


def test_a_date_is_given(desk: Desk) -> None:
    given = ("consolidate", "base.en.txt", *ALL)
    assert "5 October 2018" in desk.done(*given, "--date", "2018-10-05")


def test_a_new_resolution_has_no_text_in_force(desk: Desk) -> None:
    (desk.path / "rival.en.txt").write_text(
        "ADD\tCHN/63/1\n" + BASE.replace("every year", "each spring")
    )
    (desk.path / "one.en.txt").write_text("ADD\tRUS/62/1\n" + BASE)
    out = desk.done("consolidate", "-", "one.en.txt", "rival.en.txt")
    assert "Option 1" in out
    desk.done("new", "res-new", "--new-resolution")
    desk.done("add", "res-new", "one.en.txt", "rival.en.txt")
    assert desk.done("consolidate", "res-new") == out


def test_a_whole_resolution_is_suppressed(desk: Desk) -> None:
    out = desk.done("consolidate", "base.en.txt", "USA.en.txt")
    assert "SUP" in out
    assert "USA" in out


def test_conflicts_for_a_person(desk: Desk) -> None:
    out = desk.done("conflicts", "base.en.txt", *ALL)
    assert "Point 1" in out
    assert "resolves 1" in out
    assert "RUS" in out
    assert "invite observers" not in out
    assert "invite observers" in desk.done("conflicts", "base.en.txt", *ALL, "--all")


def test_conflicts_for_a_program(desk: Desk) -> None:
    told = json.loads(desk.done("conflicts", "base.en.txt", *ALL, "--json"))
    assert told["schema"] == "resamend/conflicts/2"
    assert [source["id"] for source in told["sources"]] == ["BLR/RUS/64/1", "CHN/63/1", "RUS/62/1"]
    point = told["conflicts"][0]
    assert point["where"]["path"] == "resolves 1"
    assert point["point"] == 1


def test_a_point_is_found_by_number_id_and_the_beginning_of_its_id(desk: Desk) -> None:
    given = ("base.en.txt", *ALL)
    told = json.loads(desk.done("conflicts", *given, "--json"))
    id = told["conflicts"][0]["id"]
    out = desk.done("show", *given, "1")
    assert "resolves 1" in out
    assert desk.done("show", *given, id) == desk.done("show", *given, id[:4]) == out
    assert "1" in desk.refused(2, "show", *given, id[:3] + "_")


def test_one_sources_change_can_be_shown_by_its_id(desk: Desk) -> None:
    given = ("base.en.txt", "JOINT.en.txt")
    told = json.loads(desk.done("conflicts", *given, "--json"))
    out = desk.done("show", *given, told["single"][0]["id"])
    assert "The group is alone." in out


def test_the_language_chosen_is_told(desk: Desk) -> None:
    desk.done("new", "res-7", "--base", "base.fr.txt", "--base", "base.en.txt")
    desk.done("add", "res-7", "RUS.fr.txt", "RUS.en.txt")
    ran = desk.run("consolidate", "res-7")
    assert "{+twice a+}" in ran.out
    assert ran.err == "resamend: Language: en (also available: fr)\n"
    ran = desk.run("consolidate", "res-7", "--lang", "fr")
    assert "{+deux fois par an+}" in ran.out
    assert ran.err == ""
    desk.refused(2, "consolidate", "res-7", "--lang", "ar")


def test_a_proposal_can_come_from_standard_input(desk: Desk) -> None:
    data = (desk.path / "RUS.en.txt").read_bytes()
    piped = desk.done("consolidate", "base.en.txt", "-", stdin=data)
    assert piped == desk.done("consolidate", "base.en.txt", "RUS.en.txt")


def test_an_id_is_read_from_a_files_name(desk: Desk) -> None:
    (desk.path / "JPN-66-1.en.txt").write_text(BASE.replace("Geneva", "Kyoto"))
    assert "(JPN)" in desk.done("consolidate", "base.en.txt", "JPN-66-1.en.txt")
