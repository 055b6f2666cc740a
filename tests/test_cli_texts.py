"""``import``, ``diff``, ``apply``, ``extract``, ``check``."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from resamend import Consolidated, Proposal, Resolution, read
from tests.dossiers import BASE, RUS, Desk, sat_at

ALL = ("RUS.en.txt", "CHN.en.txt", "JOINT.en.txt")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    found = sat_at(tmp_path, monkeypatch)
    found.done("import", "base.en.txt", "-o", "base.xml")
    for name in (*ALL, "USA.en.txt"):
        found.done("import", name, "--base", "base.xml", "-o", f"{name[:3]}.xml", "--lang", "en")
    return found


def test_what_is_extracted_is_what_is_applied(desk: Desk) -> None:
    desk.done("consolidate", "base.xml", "RUS.xml", "CHN.xml", "JOI.xml", "-o", "draft.xml")
    assert isinstance(read((desk.path / "draft.xml").read_bytes()), Consolidated)
    sources = {"RUS/62/1": "RUS.xml", "CHN": "CHN.xml", "BLR": "JOI.xml"}
    for source, proposal in sources.items():
        applied = desk.done("apply", "base.xml", proposal)
        assert desk.done("extract", "draft.xml", "--as", source) == applied
    assert desk.done("extract", "draft.xml", "--base") == (desk.path / "base.xml").read_text()


def test_what_is_applied_is_the_sources_own_text(desk: Desk) -> None:
    text = read(desk.done("apply", "base.xml", "RUS.xml"), Resolution)
    assert text == read(RUS.split("\n", 1)[1], Resolution)


def test_a_comparison_is_an_import_against_the_base(desk: Desk) -> None:
    compared = desk.done("diff", "base.xml", "RUS.en.txt")
    assert compared == (desk.path / "RUS.xml").read_text()


def test_a_comparison_can_be_read(desk: Desk) -> None:
    desk.done("diff", "base.xml", "RUS.en.txt", "-o", "what.txt")
    assert "{+" in (desk.path / "what.txt").read_text()
    desk.done("apply", "base.xml", "RUS.xml", "-o", "text.txt")
    text = (desk.path / "text.txt").read_text()
    assert "twice a year" in text
    assert "{+" not in text


def test_a_revised_text_of_ours_is_compared(desk: Desk) -> None:
    desk.done("apply", "base.xml", "RUS.xml", "-o", "RUS-62-1.xml")
    proposal = read(desk.done("diff", "base.xml", "RUS-62-1.xml"), Proposal)
    assert (proposal.id, proposal.proponents[0].code) == ("RUS/62/1", "RUS")


def test_the_proposal_is_what_the_options_say(desk: Desk) -> None:
    out = desk.done(
        "import", "base.en.txt", "--base", "base.xml", "--id", "EUR/62/1", "--proponent", "F",
        "--proponent", "D", "--revision", "2", "--date", "2018-10-05", "--illustrative", "a try",
    )  # fmt: skip
    proposal = read(out, Proposal)
    assert proposal.id == "EUR/62/1"
    assert [who.code for who in proposal.proponents] == ["D", "F"]
    assert (proposal.revision, proposal.date) == (2, "2018-10-05")
    assert proposal.illustrative == "a try"


def test_the_base_is_what_the_options_say(desk: Desk) -> None:
    out = desk.done(
        "import", "base.en.txt", "--work", "/akn/un/statement/deliberation/itu-pp/1998-11-06/res-7",
        "--number", "7", "--adopted", "1998-11-06", "--revision-name", "Rev. Busan, 2014",
        "--date", "2014-11-07", "--authority", "Plenipotentiary Conference",
        "--illustrative", "no official text",
    )  # fmt: skip
    said = read(out, Resolution).metadata
    assert said.work.endswith("res-7")
    assert (said.number, said.adopted, said.date) == ("7", "1998-11-06", "2014-11-07")
    assert (said.revision, said.illustrative) == ("Rev. Busan, 2014", "no official text")


def test_an_import_tells_where_each_word_went(desk: Desk) -> None:
    ran = desk.run("import", "base.en.txt")
    assert "0 not placed" in ran.err
    assert "words in" in ran.err


def test_an_import_against_a_dossier(desk: Desk) -> None:
    desk.dossier()
    out = desk.done("import", "RUS.en.txt", "--against", "res-7")
    assert read(out, Proposal).id == "RUS/62/1"


def test_to_keep_a_provision_is_said_by_its_path(desk: Desk) -> None:
    text = "MOD\tUSA/65/1\n" + BASE + "NOC\tresolves 1\nReasons: It is well said.\n"
    (desk.path / "keep.en.txt").write_text(text)
    proposal = read(desk.done("import", "keep.en.txt", "--base", "base.xml"), Proposal)
    (keep,) = proposal.keeps
    assert keep.reasons == "It is well said."
    out = desk.done("conflicts", "base.xml", "RUS.xml", "keep.en.txt")
    assert "to be kept unchanged or not" in out


def test_an_unknown_path_is_refused_with_the_nearest(desk: Desk) -> None:
    (desk.path / "keep.en.txt").write_text("MOD\tUSA/65/1\n" + BASE + "NOC\tresolve 1\n")
    message = desk.refused(3, "import", "keep.en.txt", "--base", "base.xml")
    assert "resolves 1" in message


def test_a_proposal_to_keep_everything_need_not_repeat_it(desk: Desk) -> None:
    (desk.path / "keep.en.txt").write_text("NOC\tUSA/65/1\nReasons: It is fine.\n")
    out = desk.done("import", "keep.en.txt", "--base", "base.xml", "--lang", "en")
    proposal = read(out, Proposal)
    assert not proposal.edits
    assert proposal.keeps[0].reasons == "It is fine."


def test_an_empty_file_does_not_suppress_everything(desk: Desk) -> None:
    (desk.path / "USA-65-1.en.txt").write_text("")
    assert "no text" in desk.refused(3, "diff", "base.xml", "USA-65-1.en.txt")


def test_suppressing_everything_leaves_nothing(desk: Desk) -> None:
    text = read(desk.done("apply", "base.xml", "USA.xml"), Resolution)
    assert text.provisions == ()


def test_a_new_resolution_is_added(desk: Desk) -> None:
    (desk.path / "new.en.txt").write_text("ADD\tRUS/62/1\n" + BASE)
    desk.done("import", "new.en.txt", "--base", "-", "-o", "new.xml")
    text = read(desk.done("apply", "-", "new.xml"), Resolution)
    assert text == read(BASE, Resolution)


def test_a_text_extracted_as_plain_text_is_the_text_alone_and_is_read_again(desk: Desk) -> None:
    desk.done("consolidate", "base.en.txt", *ALL, "-o", "draft.xml")
    for source in ("RUS/62/1", "BLR"):
        desk.done("extract", "draft.xml", "--as", source, "-o", "own.txt")
        own = read((desk.path / "own.txt").read_bytes(), Resolution, name="own.txt")
        assert own == read(desk.done("extract", "draft.xml", "--as", source), Resolution)
    assert (desk.path / "own.txt").read_text(encoding="utf-8").startswith("MOD\tBLR/RUS/64/1\n")
    desk.done("diff", "base.xml", "own.txt", "-o", "own.xml")
    assert (desk.path / "own.xml").read_bytes() == (desk.path / "JOI.xml").read_bytes()
    desk.done("extract", "draft.xml", "--base", "-o", "again.txt")
    assert (desk.path / "again.txt").read_text(encoding="utf-8") == BASE


def test_a_plain_text_says_that_it_is_no_official_one(desk: Desk) -> None:
    told = "*** Illustrative text, not the official one ***\n"
    for given in (("--base", "base.xml", "RUS.en.txt"), ("base.en.txt",)):
        desk.done("import", *given, "--illustrative", "a position", "-o", "own.xml", "--lang", "en")
        whole = ("base.xml", "own.xml") if len(given) > 1 else ("own.xml",)
        whose = ("--as", "RUS") if len(given) > 1 else ("--base",)
        desk.done("extract", *whole, *whose, "-o", "own.txt")
        text = (desk.path / "own.txt").read_text(encoding="utf-8")
        assert text.startswith(told) and text.count("***") == 2
        again = read(text, Resolution)
        assert again.metadata.illustrative == "Illustrative text, not the official one"


@pytest.mark.parametrize(
    "command",
    [
        ("consolidate", "base.xml", "{}"),
        ("diff", "base.xml", "{}"),
        ("import", "{}", "--base", "base.xml"),
    ],
)
def test_the_name_of_a_file_is_an_id_only_where_it_is_one_by_form(
    desk: Desk, command: tuple[str, ...]
) -> None:
    for name in ("my text.txt", "draft.txt", "RES-140.txt", "Rev-2.txt"):
        (desk.path / name).write_text(BASE.replace("every", "each"), encoding="utf-8")
        refusal = desk.refused(3, *(part.format(name) for part in command))
        assert "it does not say whose proposal it is" in refusal
    for name, id in (("KEN.txt", "KEN"), ("CEPT-9-2.en.txt", "CEPT/9/2")):
        (desk.path / name).write_text(BASE.replace("every", "each"), encoding="utf-8")
        note = desk.run(*(part.format(name) for part in command)).err
        assert f"{id} is taken from the name of its file" in note
    assert "name of its file" not in desk.run("consolidate", "base.xml", "RUS.en.txt").err


def test_the_text_in_force_is_never_its_own_proposal(desk: Desk) -> None:
    folder = desk.dossier()
    for options in ((), ("--id", "KEN/1/1")):
        desk.refused(3, "add", folder, "base.en.txt", *options)
    assert "the text in force itself" in desk.refused(3, "add", folder, "base.xml", "--id", "KEN")
    (desk.path / "KEN.txt").write_text(f"NOC\tKEN/1/1\n{BASE}", encoding="utf-8")
    desk.done("add", folder, "KEN.txt")


# -- check ----------------------------------------------------------------------------------------


def test_what_we_write_passes(desk: Desk) -> None:
    desk.done("consolidate", "base.xml", "RUS.xml", "CHN.xml", "-o", "draft.xml")
    out = desk.done("check", "base.xml", "RUS.xml", "USA.xml", "draft.xml")
    assert out == "0 errors, 0 warnings.\n"


def test_an_error_is_3_and_named(desk: Desk) -> None:
    data = (desk.path / "base.xml").read_bytes()
    (desk.path / "bad.xml").write_bytes(data[: len(data) // 2])
    ran = desk.run("check", "base.xml", "bad.xml")
    assert ran.code == 3
    assert "error: bad.xml" in ran.out


def test_who_cites_a_suppressed_resolution_is_told(desk: Desk) -> None:
    (desk.path / "1334.en.txt").write_text(BASE.replace("RESOLUTION 7 ", "RESOLUTION 1334 "))
    desk.dossier("RUS.en.txt", name="all/7")
    desk.done("new", "all/1334", "--base", "1334.en.txt")
    assert desk.done("check", "all") == "0 errors, 0 warnings.\n"
    desk.done("add", "all/1334", "USA.en.txt")
    ran = desk.run("check", "all")
    assert ran.code == 0
    assert "warning: all/7 (en), recalling b): cites “Resolution 1334”" in ran.out
    assert "USA/65/1" in ran.out


def test_a_changed_original_is_an_error(desk: Desk) -> None:
    folder = desk.dossier("RUS.en.txt")
    (folder / "originals/RUS-62-1.en.txt").write_text("something else")
    ran = desk.run("check", "res-7")
    assert ran.code == 3
    assert "not the one that was added" in ran.out


def test_references_that_lead_nowhere_are_warned_of(desk: Desk) -> None:
    text = BASE.replace("to help the group", "to help the group as *resolves* 1 and 7 above say")
    (desk.path / "cites.en.txt").write_text(text)
    out = desk.done("check", "cites.en.txt")
    assert "warning: cites.en.txt, instructs the Secretary-General 1" in out
    assert "“resolves 1 and 7 above”: nothing there has this number (7)" in out
    assert out.endswith("0 errors, 1 warning.\n")


def test_labels_in_other_brackets_are_told_of(desk: Desk) -> None:
    text = "MOD\tJPN/66/1\n" + re.sub(r"^([ab])\)", r"(\1)", BASE, flags=re.MULTILINE)
    (desk.path / "JPN.en.txt").write_text(text, encoding="utf-8")
    told = desk.run("diff", "base.xml", "JPN.en.txt", "-o", "own.xml").err
    assert "count as changes: 2, such as “(a)” for “a)”" in told
    assert desk.done("apply", "base.xml", "own.xml", "-o", "own.txt") == ""
    assert "(a)\tResolution 73" in (desk.path / "own.txt").read_text(encoding="utf-8")


def test_a_footnote_that_is_added_is_told_with_its_mark(desk: Desk) -> None:
    text = BASE.replace("every year", "every year[^1]") + "[^1]: From 2019 on.\n"
    (desk.path / "JPN.en.txt").write_text(f"MOD\tJPN/66/1\n{text}", encoding="utf-8")
    told = "insert “[^*]” ([^*]: From 2019 on.)"
    folder = desk.dossier("JPN.en.txt")
    everything = desk.done("conflicts", folder, "--all")
    assert told in everything and told in desk.done("status", folder)
    id = re.search(r"^  ([0-9a-f]{8})  resolves 1 ", everything, flags=re.MULTILINE)
    assert id and told in desk.done("show", folder, id[1])
