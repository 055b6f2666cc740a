"""``decide``, ``status``, ``adopt`` on a small dossier."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from resamend.akn import check_schema
from resamend.dossier.parsing import read
from resamend.model import Resolution
from resamend.renderers.plain import written
from tests.dossiers import BASE, Desk, sat_at

CHAIR = ("--by", "Chair", "--at", "2018-11-05T10:00:00Z")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return sat_at(tmp_path, monkeypatch)


def adopted(desk: Desk, folder: Path) -> str:
    desk.done("adopt", folder, "-o", "adopted.xml")
    data = (desk.path / "adopted.xml").read_bytes()
    assert not list(check_schema(data))
    return written(read(data, Resolution, name="adopted.xml"))


def statuses(desk: Desk, folder: Path) -> list[tuple[int, str]]:
    told = json.loads(desk.done("status", folder, "--json"))
    assert told["schema"] == "resamend/status/1"
    return [(record["id"], record["status"]) for record in told["records"]]


def revise(desk: Desk, folder: Path, name: str, old: str, new: str) -> None:
    text = (desk.path / name).read_text(encoding="utf-8")
    assert old in text
    (desk.path / name).write_text(text.replace(old, new), encoding="utf-8")
    desk.done("add", folder, name, "--revision", "1")


def test_what_nobody_has_recorded_stays_in_brackets(desk: Desk) -> None:
    text = adopted(desk, desk.dossier("RUS.en.txt", "CHN.en.txt"))
    assert "shall meet [every year in Geneva / each spring / twice a year in Geneva];" in text
    assert "[to invite observers.]" in text


def test_a_bracket_stands_close_to_the_provision_that_one_suppresses(desk: Desk) -> None:
    second = "2\tthat its report shall be sent to the Council;\n"
    (desk.path / "USA.en.txt").write_text(f"MOD\tUSA/1/1\n{BASE.replace(second, '')}", "utf-8")
    text = adopted(desk, desk.dossier("USA.en.txt"))
    assert "2\t[that its report shall be sent to the Council;]" in text


def test_a_recorded_option_is_in_the_adopted_text(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    desk.done("decide", folder, "1", "--take", "RUS", *CHAIR)
    desk.done("decide", folder, "same", "--agreed", *CHAIR)
    text = adopted(desk, folder)
    assert "1\tthat the group shall meet twice a year in Geneva;" in text
    assert "3\tto invite observers." in text
    assert "[" not in text


def test_records_are_shown_in_the_draft_with_their_level_and_who_made_them(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    desk.done("decide", folder, "1", "--take", "RUS", "--level", "committee", *CHAIR)
    draft = desk.done("consolidate", folder)
    assert "[-every-]{+twice a+}(✓) year in Geneva" in draft
    assert "| ✓ agreed (committee) · record 1\n" in draft
    assert "· Point 1: recorded (committee, Chair): taken: “twice a year in Geneva” (RUS)" in draft
    assert "Option 1" not in draft
    assert "1  recorded (decided by the group, and valid: 1 committee)" in draft
    for source in ("RUS", "CHN"):
        before = desk.done("apply", "base.en.txt", f"{source}.en.txt")
        assert desk.done("extract", folder, "--as", source) == before


@pytest.mark.parametrize("act", ["--bracket", "--defer"])
def test_what_is_put_off_is_not_counted_as_recorded(desk: Desk, act: str) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    desk.done("decide", folder, "1", act, *CHAIR)
    told = desk.done("consolidate", folder)
    assert "0  recorded (decided by the group, and valid)" in told
    assert "Point 1: recorded (Chair)" in told


@pytest.mark.parametrize(
    ("act", "told"), [("--bracket", "left in brackets"), ("--defer", "deferred")]
)
def test_what_nobody_contests_and_is_left_open_is_told_where_it_stands(
    desk: Desk, act: str, told: str
) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    same = json.loads(desk.done("conflicts", folder, "--json"))["identical"]
    (added,) = (each for each in same if "observers" in json.dumps(each))
    desk.done("decide", folder, added["id"][:8], act, *CHAIR)
    line = f"recorded (record 1, Chair): {told}: “3 to invite observers.” (CHN, RUS)"
    shown = desk.done("consolidate", folder).splitlines()
    place = next(n for n, text in enumerate(shown) if "{+3" in text)
    assert shown[place + 1].endswith(f"| {told} · record 1")
    assert any(text.endswith(f"· {line}") for text in shown), "in full in the annex"
    table = list(csv.reader(desk.done("compare", folder, "-f", "csv").splitlines()))
    assert [row[-1] for row in table if line in row[-1]] == [
        f"{line}; same text from 2 proponents (CHN, RUS)"
    ]


def test_what_is_recorded_keeps_its_order_among_arabic_words(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    desk.done("decide", folder, "1", "--take", "RUS", *CHAIR)
    told = desk.done("consolidate", folder, "--ui", "ar")
    assert "«\u2068twice a year in Geneva\u2069» (\u2068RUS\u2069)" in told


def test_undoing_a_record_opens_the_point_again(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    desk.done("decide", folder, "1", "--keep", *CHAIR)
    assert "every year in Geneva;" in adopted(desk, folder)
    desk.done("decide", folder, "1", "--undo", *CHAIR)
    assert "/ each spring /" in adopted(desk, folder)
    assert statuses(desk, folder) == [(1, "moot"), (2, "exact")]


def test_a_revision_unsettles_the_records_about_what_it_changes_and_no_others(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    desk.done("decide", folder, "1", "--keep", *CHAIR)
    desk.done("decide", folder, "same", "--agreed", *CHAIR)
    assert {status for _, status in statuses(desk, folder)} == {"exact"}
    revise(desk, folder, "CHN.en.txt", "each spring", "each autumn")
    assert statuses(desk, folder)[0] == (1, "new-option")
    assert {status for _, status in statuses(desk, folder)[1:]} == {"exact"}
    told = desk.done("status", folder)
    assert "exact" not in told  # a record that stands as it was made needs no word
    assert "new: “each autumn”; no longer proposed: “each spring”" in " ".join(told.split())
    assert "every year in Geneva;" in adopted(desk, folder)
    told = desk.run("adopt", folder, "-o", "adopted.xml").err
    assert "new on a settled point" in told and "nothing is open" not in told
    desk.done("decide", folder, "1", "--reopen", *CHAIR, "--reason", "the autumn is new")
    assert "/ each autumn /" in adopted(desk, folder)
    assert "Option 1 (CHN): “each autumn”" in desk.done("consolidate", folder)


def test_own_words_are_put_where_the_point_is(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    desk.done("decide", folder, "1", "--text", "once a year, in Geneva or elsewhere", *CHAIR)
    assert "shall meet once a year, in Geneva or elsewhere;" in adopted(desk, folder)


@pytest.mark.parametrize(
    ("force", "sent", "own", "adopted_text"),
    [
        ("in Geneva;", "in Geneva,", "and Nice", "in Geneva and Nice"),  # for a stop
        ("(as before);", "(as before),", "and Nice", "(as before) and Nice"),
        ("of l'eau;", "of leur eau;", "their", "of their eau;"),  # before a word without space
        ("in [Geneva;", "in Geneva;", "or", "in or Geneva;"),
    ],
)
def test_own_words_do_not_run_into_those_beside_them(
    desk: Desk, force: str, sent: str, own: str, adopted_text: str
) -> None:
    base = BASE.replace("in Geneva;", force)
    (desk.path / "base.en.txt").write_text(base)
    (desk.path / "KEN.en.txt").write_text("MOD\tKEN/62/1\n" + base.replace(force, sent))
    folder = desk.dossier("KEN.en.txt")
    listed = json.loads(desk.done("conflicts", folder, "--json", "--all"))
    (id,) = [r["id"] for key in ("single", "consequential") for r in listed.get(key, [])]
    desk.done("decide", folder, id, "--text", own, *CHAIR)
    assert f"every year {adopted_text}" in adopted(desk, folder)


def test_an_unknown_point_or_option_is_refused(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    assert "there is no point 9" in desk.refused(2, "decide", folder, "9", "--keep", *CHAIR)
    told = desk.refused(2, "decide", folder, "1", "--take", "USA", *CHAIR)
    assert "'USA' is a proponent of no option here" in told
    told = desk.refused(2, "decide", folder, "1", "--both", "RUS,CHN", *CHAIR)
    assert "only where each adds something at one and the same place" in told
    assert "Give one of" in desk.refused(2, "decide", folder, "1", *CHAIR)


def test_a_log_that_was_changed_stops_with_its_place(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    desk.done("decide", folder, "1", "--keep", *CHAIR)
    desk.done("decide", folder, "1", "--take", "RUS", *CHAIR)
    log = folder / "decisions.jsonl"
    good = log.read_bytes()
    log.write_bytes(good.replace(b'"keep"', b'"text"'))
    told = desk.refused(3, "status", folder)
    assert "decisions.jsonl, line 1" in told and "was changed after it was made" in told
    log.write_bytes(good.split(b"\n", 1)[1])
    assert "does not follow the one before" in desk.refused(3, "status", folder)
    log.write_bytes(good.split(b"\n", 1)[0] + b"\n")
    assert "knows of a record" in desk.refused(3, "status", folder)


def test_a_torn_last_line_is_set_aside_and_told(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    desk.done("decide", folder, "1", "--keep", *CHAIR)
    log = folder / "decisions.jsonl"
    good = log.read_bytes()
    log.write_bytes(good + b'{"at":"2018-11-0')
    ran = desk.run("status", folder)
    assert ran.code == 0
    assert "was not written to its end" in ran.err
    ran = desk.run("decide", folder, "1", "--take", "RUS", *CHAIR)
    assert ran.code == 0
    assert "was not written to its end" in ran.err
    assert log.read_bytes().startswith(good)
    assert (folder / "originals/decisions-torn.txt").read_bytes() == b'{"at":"2018-11-0'
    assert [status for _, status in statuses(desk, folder)] == ["moot", "exact"]


def test_what_if_says_which_points_disappear(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    ran = desk.run("consolidate", folder, "--without", "CHN")
    assert "with RUS/62/1 only: gone: point 1" in ran.err
    ran = desk.run("conflicts", "base.en.txt", "RUS.en.txt", "CHN.en.txt", "--only", "CHN")
    assert "with CHN/63/1 only: gone: point 1" in ran.err


def test_what_is_recorded_is_listed_with_everything_else(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    desk.done("decide", folder, "1", "--take", "RUS", *CHAIR)
    told = desk.done("conflicts", folder, "--all")
    assert "Outstanding points: 0" in told
    assert "Recorded: 1" in told
    listed = json.loads(desk.done("conflicts", folder, "--json"))
    assert [each["where"]["path"] for each in listed["recorded"]] == ["resolves 1"]
    assert not listed["conflicts"]


def test_words_that_nobody_asks_for_any_more_can_stay_as_the_groups_own(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    desk.done("decide", folder, "1", "--take", "RUS", *CHAIR)
    desk.done("withdraw", folder, "RUS")
    desk.done("withdraw", folder, "CHN")
    assert statuses(desk, folder) == [(1, "no-longer-asked-for")]
    assert "twice a year" in adopted(desk, folder)
    refused = desk.refused(2, "decide", folder, "1", "--take", "RUS", *CHAIR)
    assert "no change is proposed there any more" in refused
    desk.done("decide", folder, "1", "--text", "twice a year in Geneva", *CHAIR)
    assert statuses(desk, folder) == [(1, "moot"), (2, "no-longer-asked-for")]
    assert "shall meet twice a year in Geneva;" in adopted(desk, folder)


def test_a_record_is_pending_in_the_other_languages(desk: Desk) -> None:
    desk.done("new", "both", "--base", "base.en.txt", "--base", "base.fr.txt")
    folder = desk.path / "both"
    desk.done("add", folder, "RUS.en.txt", "CHN.en.txt", "RUS.fr.txt", "CHN.fr.txt")
    desk.done("decide", folder, "1", "--keep", *CHAIR)
    desk.done("decide", folder, "1", "--take", "RUS", *CHAIR)
    told = desk.done("status", folder, "--lang", "fr")
    assert "Consigné dans une autre langue, en attente dans celle-ci: 1" in told  # the last counts
    assert "décide 1 (décision 2, en): retenu: «\u00a0twice a year in Geneva\u00a0» (RUS)\n" in told
    desk.done("decide", folder, "1", "--lang", "fr", "--text", "deux fois par an", *CHAIR)
    assert "en attente" not in desk.done("status", folder, "--lang", "fr")
    assert "deux fois par an" in desk.done("consolidate", folder, "--lang", "fr")


def test_the_table_of_numbers_has_a_column_for_each_source(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    rows = [line.split("\t") for line in desk.done("adopt", folder, "--numbers").splitlines()]
    assert rows[0] == ["in force", "CHN/63/1", "RUS/62/1", "adopted"]
    last = "instructs the Secretary-General 3"
    assert next(row for row in rows if row[1] == last) == ["–", last, last, f"[{last[:-1]}2bis]"]


def test_own_words_stand_for_a_paragraph(desk: Desk) -> None:
    desk.done("new", "res-7", "--base", "base.en.txt")
    folder = desk.path / "res-7"
    for name, new in (("USA", ""), ("RUS", "2\tthat its report shall be published;\n")):
        text = BASE.replace("2\tthat its report shall be sent to the Council;\n", new)
        (desk.path / f"{name}.txt").write_text(f"MOD\t{name}/70/1\n{text}", encoding="utf-8")
        desk.done("add", folder, f"{name}.txt")
    desk.done("decide", folder, "1", "--text", "that its report shall be short;", *CHAIR)
    assert "2\tthat its report shall be short;\n" in adopted(desk, folder)
    shown = "2 that its report shall be brief;"  # with its number, as the draft prints it
    desk.done("decide", folder, "1", "--text", shown, *CHAIR)
    assert "2\tthat its report shall be brief;\n" in adopted(desk, folder)


def test_own_words_stand_for_added_paragraphs(desk: Desk) -> None:
    desk.done("new", "res-7", "--base", "base.en.txt")
    folder = desk.path / "res-7"
    for name, new in (("USA", "to rest;"), ("RUS", "to work;")):
        text = BASE.replace("2\tto publish its report.", f"2\tto publish its report;\n3\t{new}")
        (desk.path / f"{name}.txt").write_text(f"MOD\t{name}/70/1\n{text}", encoding="utf-8")
        desk.done("add", folder, f"{name}.txt")
    points = json.loads(desk.done("conflicts", folder, "--json"))["conflicts"]
    number = next(str(p["point"]) for p in points if p["kind"] == "competing-addition")
    both = desk.path / "both"
    shutil.copytree(folder, both)
    desk.done("decide", folder, number, "--text", "to work by day;\nto rest by night;", *CHAIR)
    assert "3\tto work by day;\n4\tto rest by night.\n" in adopted(desk, folder)
    for shown in ("3 to work;\n4 to rest;", "2bis to work;\n2ter to rest;"):
        desk.done("decide", folder, number, "--text", shown, *CHAIR)
        assert "3\tto work;\n4\tto rest.\n" in adopted(desk, folder)
    desk.done("decide", folder, number, "--text", "12 members are to work;", *CHAIR)
    assert "3\t12 members are to work.\n" in adopted(desk, folder)
    desk.done("decide", both, number, "--both", "USA,RUS", *CHAIR)
    assert "3\tto rest;\n4\tto work.\n" in adopted(desk, both)


def test_a_divided_list_is_numbered_anew(desk: Desk) -> None:
    desk.done("new", "res-7", "--base", "base.en.txt")
    folder = desk.path / "res-7"
    old = "1\tthat the group shall meet every year in Geneva;\n2\t"
    new = "1\tthat the group shall meet\n2\tevery year in Geneva;\n3\t"
    text = BASE.replace(old, new)
    (desk.path / "USA.txt").write_text(f"MOD\tUSA/70/1\n{text}", encoding="utf-8")
    desk.done("add", folder, "USA.txt")
    desk.done("decide", folder, "uncontested", "--agreed", *CHAIR)
    assert f"{new}that its report" in adopted(desk, folder)


DECIDED = {
    ("--take", "RUS"): ("twice a year in Geneva", "[-every-]{+twice a+}(✓) year in Geneva"),
    ("--keep",): ("text in force", "text in force"),
    ("--text", "in May"): ("own text: “in May”", "[-every year in Geneva-]{+in May+}(✓)"),
}


@pytest.mark.parametrize("act", DECIDED)
def test_side_by_side_stand_the_proposals_whatever_was_decided(
    desk: Desk, act: tuple[str, ...]
) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    before = desk.done("compare", folder).splitlines()
    desk.done("decide", folder, "1", *act, *CHAIR)
    after = desk.done("compare", folder).splitlines()
    told = [line for line in after if line not in before]
    title, legend, remark, draft = told
    assert title.startswith("Comparative table of"), "it bears the day of the newest record"
    recorded, drafted = DECIDED[act]
    assert legend.startswith("Marks:") and legend.endswith("(✓) recorded")
    assert "Point 1: recorded (Chair)" in remark and recorded in remark
    assert draft.startswith("  Draft ") and drafted in draft and "[Point 1" not in draft


def test_the_symbols_of_proposals_stay_whatever_was_decided(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    before = desk.done("matrix", folder).partition("\n")[2]
    desk.done("decide", folder, "1", "--take", "RUS", *CHAIR)
    after = desk.done("matrix", folder).partition("\n")[2]
    assert after != before and after.count("MOD✓") == before.count("MOD!") == 2
    assert after.replace("MOD✓", "MOD!").replace("✓ recorded", "! outstanding points") == before


def test_the_draft_of_the_table_has_own_words_and_not_what_was_refused(desk: Desk) -> None:
    for name, new in (("USA", "to rest;"), ("ARG", "to work;")):
        text = BASE.replace("2\tto publish its report.", f"2\tto publish its report;\n3\t{new}")
        (desk.path / f"{name}.txt").write_text(f"MOD\t{name}/70/1\n{text}", encoding="utf-8")
    folder = desk.dossier("USA.txt", "ARG.txt")
    desk.done("decide", folder, "1", "--text", "to draw;", *CHAIR)
    assert "  Draft        3 to draw; (✓)\n" in desk.done("compare", folder)
    desk.done("decide", folder, "1", "--keep", *CHAIR)
    assert "  Draft        (not in the draft)\n" in desk.done("compare", folder)
    assert "to work" not in desk.done("adopt", folder, "-o", "out.txt")


@pytest.mark.parametrize("form", ["html", "docx", "json", "md", "txt", "xml"])
def test_a_draft_with_records_is_written_in_every_form(desk: Desk, form: str) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    desk.done("decide", folder, "1", "--take", "RUS", *CHAIR)
    desk.done("decide", folder, "uncontested", "--agreed", *CHAIR)
    for view in ("redline", "result", "base"):
        desk.done("consolidate", folder, "-o", f"{view}.{form}", "--view", view)
    desk.done("consolidate", folder, "-o", f"{form}.xml", "-f", "xml")
    before = desk.done("apply", "base.en.txt", "RUS.en.txt")
    assert desk.done("extract", f"{form}.xml", "--as", "RUS") == before


def test_own_words_before_the_first_paragraph_are_numbered(desk: Desk) -> None:
    for name, new in (("USA", "to rest;"), ("ARG", "to work;")):
        text = BASE.replace("resolves\n1\t", f"resolves\n1\t{new}\n2\t").replace(
            "2\tthat its report", "3\tthat its report"
        )
        (desk.path / f"{name}.txt").write_text(f"MOD\t{name}/70/1\n{text}", encoding="utf-8")
    folder = desk.dossier("USA.txt", "ARG.txt")
    desk.done("decide", folder, "1", "--text", "to draw;\nto sing;", *CHAIR)
    assert "1\tto draw;\n2\tto sing;\n3\tthat the group" in adopted(desk, folder)


def test_own_words_do_not_say_where_a_paragraph_stands(desk: Desk) -> None:
    """Its words may have points of their own."""
    moved = BASE.replace("2\tthat its report shall be sent to the Council;\n", "")
    for name, at in (("USA", "1\tto help"), ("ARG", "2\tto publish")):
        text = moved.replace(at, f"9\tthat its report shall be sent to the Council;\n{at}")
        (desk.path / f"{name}.txt").write_text(f"MOD\t{name}/70/1\n{text}", encoding="utf-8")
    folder = desk.dossier("USA.txt", "ARG.txt")
    said = desk.refused(2, "decide", folder, "1", "--text", "that it rests;", *CHAIR)
    assert "where a paragraph stands, not about its words" in said


def test_own_words_for_a_paragraph_stand_when_its_words_are_asked_about(desk: Desk) -> None:
    """What is asked was a suppression, then is a change of a word."""
    text = BASE.replace("2\tthat its report shall be sent to the Council;\n", "")
    (desk.path / "USA.txt").write_text(f"MOD\tUSA/70/1\n{text}", encoding="utf-8")
    folder = desk.dossier("USA.txt")
    (alone,) = json.loads(desk.done("conflicts", folder, "--json"))["single"]
    desk.done("decide", folder, alone["id"], "--text", "that it is silent;", *CHAIR)
    desk.done("withdraw", folder, "USA/70/1")
    assert "no-longer-asked-for" in desk.done("status", folder, "--json")
    text = BASE.replace("shall be sent", "should be sent")
    (desk.path / "ARG.txt").write_text(f"MOD\tARG/70/1\n{text}", encoding="utf-8")
    desk.done("add", folder, "ARG.txt")
    assert "place-changed" in desk.done("status", folder, "--json")
    assert "that it is silent" in adopted(desk, folder)
    assert "should be sent" not in adopted(desk, folder)


def test_a_record_tells_what_was_taken_in_a_delegates_words(desk: Desk) -> None:
    """A footnote, a move, a join and a number: what is told has to be what was done."""
    note = BASE.replace("every year in Geneva;", "every year[^1] in Geneva;\n[^1]:\tIn May.")
    moved = BASE.replace("b)\tCouncil Resolution 1334,\n", "").replace(
        "a)\tResolution 73", "a)\tCouncil Resolution 1334,\nb)\tResolution 73"
    )
    joined = BASE.replace(
        "1\tto help the group;\n2\tto publish", "1\tto help the group; to publish"
    )
    for name, text in (("USA", note), ("ARG", moved), ("FRA", joined)):
        (desk.path / f"{name}.txt").write_text(f"MOD\t{name}/70/1\n{text}", encoding="utf-8")
    folder = desk.dossier("USA.txt", "ARG.txt", "FRA.txt")
    listed = desk.done("status", folder)
    assert "(one proponent: USA): insert “[^*]”" in listed
    said = desk.run("decide", folder, "uncontested", "--agreed", *CHAIR).err
    told = [line.partition(": taken: ")[2] for line in said.splitlines() if ": taken: " in line]
    assert "“[^*]” (USA)" in told
    assert any(line.startswith("move to ") and line.endswith("(ARG)") for line in told)
    assert any("join" in line or line.startswith("“") for line in told)
    desk.done("withdraw", folder, "USA/70/1")
    assert "taken: “[^*]” (USA) · stands; no longer asked for" in desk.done("status", folder)


NOTED = BASE.replace(
    "shall meet every year in Geneva;",
    "shall meet every[^1] year in Geneva[^2];\n[^1]:\tNot in 2020.\n[^2]:\tOr near it.",
)


def test_marks_in_own_words_keep_the_footnotes_in_force(desk: Desk) -> None:
    (desk.path / "noted.txt").write_text(NOTED, encoding="utf-8")
    line = "1\tthat the group shall meet every[^1] year in Geneva[^2];\n"
    gone = NOTED.partition(line)[0] + NOTED.partition("Or near it.\n")[2]
    for name, text in (("USA", gone), ("ARG", NOTED.replace("shall meet", "should meet"))):
        (desk.path / f"{name}.txt").write_text(f"MOD\t{name}/70/1\n{text}", encoding="utf-8")
    desk.done("new", "notes", "--base", "noted.txt")
    desk.done("add", "notes", "USA.txt", "ARG.txt")
    told = desk.refused(2, "decide", "notes", "1", "--text", "a[^1] b[^2] c[^3]", *CHAIR)
    assert "not so many footnotes" in told
    desk.done("decide", "notes", "1", "--text", "to meet twice[^1] a year", *CHAIR)
    told = adopted(desk, desk.path / "notes")
    assert "1\tto meet twice[^1] a year\n[^1]: Not in 2020.\n" in told
    assert "near it" not in told


def test_nobody_and_no_day_make_no_record(desk: Desk) -> None:
    """An empty name was written, and the log could not be read any more."""
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    at = ("--at", "2018-11-05")
    assert "who made it" in desk.refused(2, "decide", folder, "1", "--keep", "--by", " ", *at)
    assert "no day" in desk.refused(
        2, "decide", folder, "1", "--keep", "--by", "C", "--at", "20181105"
    )
    assert "UTF-8" in desk.refused(2, "decide", folder, "1", "--keep", "--by", "C\udcff", *at)
    desk.done("decide", folder, "1", "--keep", *CHAIR, "--reserve", " ")
    assert "who made it" in desk.refused(2, "decide", folder, "1", "--undo", "--by", "", *at)
    assert desk.done("status", folder)


def test_what_cannot_be_decided_is_told_in_a_chairs_words(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    told = desk.refused(2, "decide", folder, "1", "--take", "9", *CHAIR)
    assert "there is no option 9 here" in told and "1 (CHN/63/1); 2 (RUS/62/1)" in told
    told = desk.refused(2, "decide", folder, "1", "--acknowledge", *CHAIR)
    assert "here there is something to decide" in told
    (added,) = json.loads(desk.done("conflicts", folder, "--json"))["identical"]
    told = desk.refused(2, "decide", folder, added["id"], "--text", " ", *CHAIR)
    assert "no words are given" in told
    for nothing in ("", "  ", "\n"):
        told = desk.refused(2, "decide", folder, "1", "--text", nothing, *CHAIR)
        assert "no words are given" in told and "--suppress" in told


def test_terms_are_told_when_a_text_is_adopted(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt", "USA.en.txt")
    assert "no single text can replace it" in desk.refused(
        2, "decide", folder, "1", "--text", "x", *CHAIR
    )
    terms = ("--condition", "the Council", "--reserve", "RUS")
    desk.done("decide", folder, "1", "--suppress", *CHAIR, *terms)
    told = "suppressed · condition: the Council · reservations: RUS"
    assert told in " ".join(desk.done("consolidate", folder).split())
    said = desk.run("adopt", folder, "-o", "out.txt").err
    assert "point 1, resolution: condition: the Council\n" in said
    assert "point 1, resolution: reservations: RUS\n" in said
    assert "the resolution is suppressed: no text of it is left" in said


def test_a_bracket_stands_at_the_paragraph_that_it_opens(desk: Desk) -> None:
    text = BASE.replace("2\tthat its report shall be sent to the Council;\n", "")
    (desk.path / "USA.txt").write_text(f"MOD\tUSA/70/1\n{text}", encoding="utf-8")
    folder = desk.dossier("USA.txt")
    said = desk.run("adopt", folder, "-o", "out.txt").err
    assert "1 change is still open and stands in brackets" in said
    assert "2\t[that its report shall be sent to the Council;]" in adopted(desk, folder)


def test_who_moves_which_paragraph_is_told_where_two_would_go_under_each_other(desk: Desk) -> None:
    """A chair once read, of paragraph 2: "move under 1"; it was paragraph 1 that went under 2."""
    first = "1\tthat the group shall meet every year in Geneva;\n"
    second = "2\tthat its report shall be sent to the Council;\n"
    under = {"RUS": second + "i)" + first[1:], "CHN": first + "i)" + second[1:]}
    for who, lines in under.items():
        text = f"MOD\t{who}/1/1\n{BASE.replace(first + second, lines)}"
        (desk.path / f"{who}.en.txt").write_text(text, "utf-8")
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    told = desk.done("conflicts", folder)
    assert "(CHN): resolves 2: move under resolves 1" in told
    assert "(RUS): resolves 1: move under resolves 2" in told
    desk.done("decide", folder, "1", "--take", "CHN", *CHAIR)
    assert "taken: “i) that its report" in desk.done("status", folder)


def test_an_option_without_words_that_nobody_asks_for_any_more_is_told_by_its_deed(
    desk: Desk,
) -> None:
    """A suppression that the group has agreed stands when nobody asks for it any more."""
    second = "2\tthat its report shall be sent to the Council;\n"
    for who, new in (("USA", ""), ("RUS", second.replace("sent", "sent soon"))):
        text = f"MOD\t{who}/1/1\n{BASE.replace(second, new)}"
        (desk.path / f"{who}.en.txt").write_text(text, "utf-8")
    folder = desk.dossier("RUS.en.txt", "USA.en.txt")
    refused = desk.refused(2, "decide", folder, "1", "--take", "USA", *CHAIR)
    assert "Give --suppress or --retain" in refused
    desk.done("decide", folder, "1", "--suppress", *CHAIR)
    desk.done("withdraw", folder, "USA/1/1")
    told = " ".join(desk.done("status", folder).split())
    assert "suppressed · stands; no longer asked for" in told
    assert "shall be sent" not in adopted(desk, folder)
    assert "nothing is open" not in desk.run("adopt", folder, "-o", "out.txt").err


def test_a_proponent_that_is_gone_is_named_as_one(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt", "CHN.en.txt")
    desk.done("decide", folder, "same", "--agreed", *CHAIR)
    desk.done("withdraw", folder, "CHN")
    assert "no longer proponents: CHN" in " ".join(desk.done("status", folder).split())


def test_options_that_begin_alike_are_quoted_where_they_differ(desk: Desk) -> None:
    long = "that the group shall meet as often as its chair and its members think fit to meet"
    for name, end in (("RUS", "in Rome"), ("CHN", "in Nice"), ("", "in Geneva")):
        first = f"MOD\t{name}/62/1\n" if name else ""
        text = first + BASE.replace(
            "that the group shall meet every year in Geneva", f"{long} {end}"
        )
        (desk.path / f"{name or 'long'}.txt").write_text(text, encoding="utf-8")
    desk.done("new", "long", "--base", "long.txt")
    desk.done("add", "long", "RUS.txt", "CHN.txt")
    desk.done("decide", "long", "1", "--take", "RUS", *CHAIR)
    assert "Rome" in desk.done("status", "long")


def test_what_was_read_stays_read_when_its_question_is_asked_no_more(desk: Desk) -> None:
    text = "RESOLUTION 1\nMeetings\nresolves\n1\tto meet every year in all its regions;"
    wishes = {
        "RUS": ("to meet", "to gather"),
        "CHN": ("all its regions", "the regions"),
        "FRA": ("every", "each"),
        "DEU": ("every", "some"),
    }
    (desk.path / "text.en.txt").write_text(text)
    desk.done("new", "res-1", "--base", "text.en.txt")
    for code, (old, new) in wishes.items():
        sent = f"MOD\t{code}/1/1\n{text.replace(old, new)}"
        desk.done("add", "res-1", "-", "--id", f"{code}/1/1", stdin=sent.encode())
    desk.done("decide", "res-1", "single", "--agreed", *CHAIR)
    assert "now reads" in desk.run("decide", "res-1", "1", "--keep", *CHAIR).err
    desk.done("withdraw", "res-1", "FRA")
    desk.done("withdraw", "res-1", "DEU")
    status = desk.done("status", "res-1")
    assert "no competing proposals remain here" in status
    assert "read as a whole" not in status
    ran = desk.run("adopt", "res-1", "-o", "adopted.txt")
    assert "nothing is open" in ran.err and "not read" not in ran.err
    desk.done("decide", "res-1", "1", "--undo", *CHAIR)  # it was never read
    assert "not read as a whole" in desk.done("status", "res-1")
