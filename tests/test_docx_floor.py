"""A draft edited in a meeting: what was tracked or typed since becomes proposals from the floor."""

# ruff: noqa: E501 -- XML is easier to read on one line

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from resamend import Proposal, Resolution, read
from resamend.readers.settled_marks import Resolved, changes_of, resolved
from resamend.renderers.plain import written
from tests.dossiers import Desk, sat_at
from tests.settling import settled as settled_whole_file
from tests.wordfiles import change, run

WHEN = "2018-11-05T10:30:00Z"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    found = sat_at(tmp_path, monkeypatch)
    found.dossier("RUS.en.txt", "CHN.en.txt", name="res-7")
    found.done("consolidate", "res-7", "-o", "draft.docx")
    return found


def edited(desk: Desk, *pairs: tuple[str, str], name: str = "edited.docx") -> str:
    """Save the draft with its XML edited, each old piece standing in it once."""
    data = (desk.path / "draft.docx").read_bytes()
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            if part == "word/document.xml":
                xml = text.decode()
                for before, after in pairs:
                    assert xml.count(before) == 1, (xml.count(before), before)
                    xml = xml.replace(before, after)
                text = xml.encode()
            new.writestr(part, text)
    (desk.path / name).write_bytes(made.getvalue())
    return name


def tracked(kind: str, text: str, author: str = "Secretary") -> str:
    inner = run(text)
    if kind == "del":
        inner = inner.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
    return change(kind, inner, author).replace("2018-10-01T10:00:00Z", WHEN)


AFTER = "<w:t>that its report shall be sent to the Council;</w:t></w:r>"
CUT = "<w:t>that its report shall be sent</w:t></w:r>"
REST = run(" to the Council;")
PUBLISH = "<w:t>to publish its report</w:t></w:r>"


def proposals(desk: Desk, *arguments: str) -> dict[str, Proposal]:
    desk.done("import", *arguments, "--against", "res-7", "-o", "floor")
    found = [read(path.read_bytes(), Proposal) for path in (desk.path / "floor").iterdir()]
    return {each.id: each for each in found}


def text(desk: Desk, proposal: str) -> str:
    """Return what a proposal wants, in one line a provision."""
    file = f"floor/{proposal.replace('/', '-')}.en.xml"
    desk.done("apply", "base.en.txt", file, "-o", "wanted.xml")
    wanted = read((desk.path / "wanted.xml").read_bytes(), Resolution)
    return written(wanted)


def base(desk: Desk) -> str:
    return (desk.path / "base.en.txt").read_text("utf-8")


def test_each_change_of_a_meeting_is_a_proposal(desk: Desk) -> None:
    file = edited(
        desk,
        (AFTER, CUT + tracked("ins", " every year") + REST),
        (PUBLISH, "<w:t>to publish</w:t></w:r>" + tracked("del", " its") + run(" report")),
    )
    told = desk.refused(3, "import", file, "--against", "res-7", "-o", "floor")
    assert "whose changes are these? resolves 2, paragraph" in told
    assert "+ every year (tracked by Secretary); instructs the Secretary-General 2" in told
    assert "--proponent" in told
    found = proposals(desk, file, "--proponent", "USA", "--meeting", "3")
    assert [*sorted(found)] == ["floor/3/1", "floor/3/2"]
    assert [who.code for who in found["floor/3/1"].proponents] == ["USA"]
    assert found["floor/3/1"].date == "2018-11-05"
    assert text(desk, "floor/3/1") == base(desk).replace("sent to", "sent every year to")
    assert text(desk, "floor/3/2") == base(desk).replace("publish its", "publish")


def test_what_is_typed_with_a_name_is_that_states(desk: Desk) -> None:
    file = edited(
        desk,
        (AFTER, CUT + tracked("ins", " [RUS: and published] [CHN, USA: each year]") + REST),
        ("<w:t>to help the group;</w:t></w:r>", "<w:t>to help the [ARM: whole] group;</w:t></w:r>"),
    )
    found = proposals(desk, file)
    assert {id: [who.code for who in p.proponents] for id, p in found.items()} == {
        "floor/1/1": ["RUS"],
        "floor/1/2": ["CHN", "USA"],
        "floor/1/3": ["ARM"],
    }
    assert text(desk, "floor/1/1") == base(desk).replace("sent to", "sent and published to")
    assert text(desk, "floor/1/2") == base(desk).replace("sent to", "sent each year to")
    assert text(desk, "floor/1/3") == base(desk).replace(
        "the group;\n2\tto pub", "the whole group;\n2\tto pub"
    )


def test_a_paragraph_is_added_and_another_struck(desk: Desk) -> None:
    mark = "<w:pPr><w:rPr>{}</w:rPr></w:pPr>"
    new = f"<w:p>{mark.format(tracked('ins', ''))}{tracked('ins', '3')}{tracked('ins', ' to rest;')}</w:p>"
    gone = f"<w:p>{mark.format(tracked('del', ''))}{tracked('del', 'a)')}{tracked('del', ' Resolution 73 (Minneapolis, 1998);')}</w:p>"
    xml = zipfile.ZipFile(desk.path / "draft.docx").read("word/document.xml").decode()
    at = xml.index("Resolution 73 (Minn")
    old = xml[xml.rindex("<w:p>", 0, at) : xml.index("</w:p>", at) + 6]
    file = edited(desk, (AFTER + "</w:p>", AFTER + "</w:p>" + new), (old, gone))
    proposals(desk, file, "--proponent", "USA")
    assert text(desk, "floor/1/1") == base(desk).replace(
        "a)\tResolution 73 (Minneapolis, 1998);\n", ""
    )
    assert text(desk, "floor/1/2") == base(desk).replace("Council;\n", "Council;\n3\tto rest;\n", 1)


def test_a_second_meeting_counts_on(desk: Desk) -> None:
    file = edited(desk, (AFTER, CUT + tracked("ins", " [RUS: soon]") + REST))
    desk.done("import", file, "--against", "res-7", "-o", "one.xml")
    desk.done("add", "res-7", "one.xml")
    desk.done("consolidate", "res-7", "-o", "draft.docx")
    file = edited(desk, (PUBLISH, PUBLISH + tracked("ins", " [CHN: yearly]")))
    desk.done("import", file, "--against", "res-7", "-o", "two.xml")
    desk.done("import", file, "--against", "res-7", "--meeting", "1", "-o", "again.xml")
    ids = [read((desk.path / name).read_bytes(), Proposal).id for name in ("two.xml", "again.xml")]
    assert ids == ["floor/2/1", "floor/1/2"]
    assert "floor/1/1" in desk.done("consolidate", "res-7", "-f", "json")


def test_what_cannot_be_taken_is_told(desk: Desk) -> None:
    file = edited(
        desk,
        (
            "<w:t>each spring</w:t></w:r>",
            "<w:t>each spring</w:t></w:r></w:ins>"
            + tracked("ins", " or autumn")
            + '<w:ins w:id="2" w:author="Consolidation">',
        ),
        ("<w:t>to help the group;</w:t></w:r>", "<w:t>to help the whole group;</w:t></w:r>"),
        (PUBLISH, PUBLISH + tracked("ins", " [CHN: yearly]")),
    )
    refused = desk.refused(3, "import", file, "--against", "res-7", "-o", "one.xml")
    assert "give --partial" in refused and "record it with 'decide'" in refused
    ran = desk.run("import", file, "--against", "res-7", "--partial", "-o", "one.xml")
    assert ran.code == 0
    assert "it is changed inside what is not in force, and not taken" in ran.err
    assert (
        "it was edited without tracking, and not taken: 1\tto help the whole group;"
        in ran.err.replace("1 to", "1\tto")
    )
    assert "floor/1/1 (floor, meeting 1; CHN): instructs the Secretary-General 2" in ran.err


def test_a_draft_that_nobody_edited_proposes_nothing(desk: Desk) -> None:
    ran = desk.run("import", "draft.docx", "--against", "res-7", "-o", "one.xml")
    assert (ran.code, ran.err) == (0, "resamend: nothing was proposed in it\n")
    assert not (desk.path / "one.xml").exists()


def test_a_draft_of_another_text_is_refused(desk: Desk) -> None:
    other = base(desk).replace("Geneva", "Bern")
    (desk.path / "other.en.txt").write_text(other, encoding="utf-8")
    desk.done("new", "other", "--base", "other.en.txt")
    refused = desk.refused(3, "import", "draft.docx", "--against", "other")
    assert "this draft was made from another text in force" in refused


@pytest.mark.parametrize("for_whom", [("room", "names"), ("room", "number"), ("public", "none")])
def test_a_draft_that_takes_nothing_along_is_known_by_what_it_shows(
    desk: Desk, for_whom: tuple[str, str]
) -> None:
    audience, names = for_whom
    how = ("--audience", audience, "--names", names, "--cover", "number=DT/7")
    desk.done("consolidate", "res-7", *how, "-o", "draft.docx")
    file = edited(desk, (AFTER, CUT + tracked("ins", " every year") + REST))
    told = desk.run("import", file, "--against", "res-7", "--proponent", "USA", "-o", "one.xml")
    assert told.err.splitlines() == [
        "resamend: edited.docx: it takes no proposals along; taken for the draft that res-7 gives "
        "now",
        "resamend: floor/1/1 (floor, meeting 1; USA): resolves 2, paragraph "
        f"{told.err.partition('2, paragraph ')[2].split(':')[0]}: + every year",
    ]
    desk.done("apply", "base.en.txt", "one.xml", "-o", "wanted.xml")
    wanted = read((desk.path / "wanted.xml").read_bytes(), Resolution)
    assert written(wanted) == base(desk).replace("sent to", "sent every year to")


def test_a_state_s_own_file_is_no_draft(desk: Desk) -> None:
    desk.done("extract", "res-7", "--as", "RUS/62/1", "-o", "RUS.docx")
    desk.done("import", "RUS.docx", "--against", "res-7", "-o", "again.xml")
    assert read((desk.path / "again.xml").read_bytes(), Proposal).id == "RUS/62/1"


# -- as other programs save it --------------------------------------------------------------------


def changed(desk: Desk, change_xml: Callable[[str], str], name: str = "edited.docx") -> str:
    """Save the draft with its text changed as a whole."""
    data = (desk.path / "draft.docx").read_bytes()
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            if part == "word/document.xml":
                text = change_xml(text.decode()).encode()
            new.writestr(part, text)
    (desk.path / name).write_bytes(made.getvalue())
    return name


MARK = "<w:pPr><w:rPr>{}</w:rPr></w:pPr>"


def entered(xml: str, new: str) -> str:
    """Press Enter behind a paragraph and type: it is its own mark that is the inserted one."""
    at = xml.index(AFTER)
    start = xml.rindex("<w:p>", 0, at)
    end = at + len(AFTER + "</w:p>")
    inside = xml[start + len("<w:p>") : end]
    return f"{xml[:start]}<w:p>{MARK.format(tracked('ins', ''))}{inside}<w:p>{new}</w:p>{xml[end:]}"


@pytest.mark.parametrize(
    "typed, code",
    [
        (tracked("ins", "3") + tracked("ins", " to rest;"), "USA"),
        (tracked("ins", "[RUS: 3 to rest;]"), "RUS"),
    ],
)
def test_a_paragraph_typed_after_enter_is_an_addition(desk: Desk, typed: str, code: str) -> None:
    file = changed(desk, lambda xml: entered(xml, typed))
    options = () if code == "RUS" else ("--proponent", code)
    found = proposals(desk, file, *options)
    assert {id: [who.code for who in p.proponents] for id, p in found.items()} == {
        "floor/1/1": [code]
    }
    assert text(desk, "floor/1/1") == base(desk).replace("Council;\n", "Council;\n3\tto rest;\n", 1)


def test_a_paragraph_typed_without_tracking_is_an_addition_too(desk: Desk) -> None:
    new = f"<w:p>{run('[RUS: 3 to rest;]')}</w:p>"
    file = edited(desk, (AFTER + "</w:p>", AFTER + "</w:p>" + new))
    assert [who.code for who in proposals(desk, file)["floor/1/1"].proponents] == ["RUS"]
    assert text(desk, "floor/1/1") == base(desk).replace("Council;\n", "Council;\n3\tto rest;\n", 1)


@pytest.mark.parametrize(
    "date", ["", "2026-11-30T00:00:00", "2026-11-30T10:11:12.345Z", "2026-11-30T10:11:12+03:00"]
)
def test_what_is_new_does_not_hang_on_dates(desk: Desk, date: str) -> None:
    def dated(xml: str) -> str:
        new = xml.replace(AFTER, CUT + tracked("ins", " every year", "RUS") + REST)
        plain = re.sub(r' w:date="[^"]*"', "", new)
        return re.sub(r'(w:author="[^"]*")', rf'\1 w:date="{date}"', plain) if date else plain

    desk.done("consolidate", "res-7", "--date", "2018-11-01", "-o", "draft.docx")
    found = proposals(desk, changed(desk, dated), "--proponent", "USA")
    assert [*found] == ["floor/1/1"]
    assert text(desk, "floor/1/1") == base(desk).replace("sent to", "sent every year to")


@pytest.mark.parametrize("author", ['w:author="Author"', 'w:author=""', ""])
@pytest.mark.parametrize("audience", ["chair", "room"])
def test_a_draft_whose_names_were_removed_is_refused(
    desk: Desk, audience: str, author: str
) -> None:
    desk.done("consolidate", "res-7", "--audience", audience, "-o", "draft.docx")
    nameless = changed(desk, lambda xml: re.sub(r'w:author="[^"]*"', author, xml))
    refused = desk.refused(3, "import", nameless, "--against", "res-7", "--proponent", "USA")
    assert "personal information was removed" in refused


# -- accepting and refusing is deciding -----------------------------------------------------------


def settle(xml: str, *, accept: bool) -> str:
    """Accept or refuse every change of a state in the text, as Word does."""
    kept, gone = ("ins", "del") if accept else ("del", "ins")
    who = r"RUS|CHN|CHN, RUS|BLR, RUS|EUR \(46\)"
    for kind, stays in ((kept, True), (gone, False)):
        pattern = rf'<w:{kind} [^>]*w:author="(?:{who})"[^>]*>(.*?)</w:{kind}>'
        xml = re.sub(pattern, r"\1" if stays else "", xml)
    return xml.replace("w:delText", "w:t") if not accept else xml


def settled(desk: Desk, accept: bool, words: str = "to publish its report") -> str:
    def change_xml(xml: str) -> str:
        at = xml.index(words)
        start, end = xml.rindex("<w:p>", 0, at), xml.index("</w:p>", at)
        return xml[:start] + settle(xml[start:end], accept=accept) + xml[end:]

    return changed(desk, change_xml)


@pytest.mark.parametrize("accept, option", [(True, "--agreed"), (False, "--keep")])
def test_accepting_or_refusing_a_change_is_named_and_recorded(
    desk: Desk, accept: bool, option: str
) -> None:
    desk.done("add", "res-7", "JOINT.en.txt")
    desk.done("consolidate", "res-7", "-o", "draft.docx")
    file = settled(desk, accept, "to help the group")
    ran = desk.run("import", file, "--against", "res-7")
    assert ran.code == 0, ran.err
    (named,) = re.findall(rf"resamend decide res-7 (\w+) {option}", ran.err)
    recorded = ("--as-records", "--by", "Chair", "--level", "ad-hoc", "--meeting", "2")
    ran = desk.run("import", file, "--against", "res-7", *recorded)
    assert ran.code == 0, ran.err
    desk.done("adopt", "res-7", "-o", "adopted.txt")
    adopted = (desk.path / "adopted.txt").read_text("utf-8")
    assert f"1\tto help the group{' at all times' * accept};\n" in adopted
    status = desk.done("status", "res-7")
    assert named in status and ("the text in force is kept" in status) is not accept


@pytest.mark.parametrize("accept", [True, False])
def test_a_regional_proposal_is_accepted_or_refused_by_its_short_name(
    desk: Desk, accept: bool
) -> None:
    codes = [first + second for first in "ABCDEFG" for second in "HIJKLMN"][:46]
    regional = base(desk).replace("to help the group", "to help the group at all times")
    (desk.path / "EUR.en.txt").write_text(f"MOD\tEUR/44A1/1\n{regional}", encoding="utf-8")
    names = [part for code in codes for part in ("--proponent", code)]
    desk.done("add", "res-7", "EUR.en.txt", *names)
    desk.done("consolidate", "res-7", "-o", "draft.docx")
    file = in_paragraph(desk, "to help the group", lambda xml: settle(xml, accept=accept))
    recorded = ("--as-records", "--by", "Chair", "--level", "ad-hoc", "--meeting", "2")
    ran = desk.run("import", file, "--against", "res-7", *recorded)
    assert ran.code == 0, ran.err
    assert "1 decision recorded" in ran.err
    desk.done("adopt", "res-7", "-o", "adopted.txt")
    adopted = (desk.path / "adopted.txt").read_text("utf-8")
    assert ("to help the group at all times;" in adopted) is accept
    (entry,) = (desk.path / "res-7" / "decisions.jsonl").read_text("utf-8").splitlines()
    assert "EUR/44A1/1" in entry


@pytest.mark.parametrize("accept, option", [(True, "--agreed"), (False, "--keep")])
def test_accepting_or_refusing_that_a_paragraph_goes_decides_it(
    desk: Desk, accept: bool, option: str
) -> None:
    shorter = base(desk).replace("1998);\nb)\tCouncil Resolution 1334,", "1998),")
    (desk.path / "USA2.en.txt").write_text(f"MOD\tUSA/9/1\n{shorter}", encoding="utf-8")
    desk.done("add", "res-7", "USA2.en.txt", "--whole")
    desk.done("consolidate", "res-7", "-o", "draft.docx")

    def settled_whole(xml: str) -> str:
        at = xml.index("Council Resolution 1334")
        start, end = xml.rindex("<w:p>", 0, at), xml.index("</w:p>", at) + len("</w:p>")
        kept = re.sub(r"</?w:del(?: [^>]*)?/?>", "", xml[start:end]).replace("w:delText", "w:t")
        return xml[:start] + ("" if accept else kept) + xml[end:]

    ran = desk.run("import", changed(desk, settled_whole), "--against", "res-7")
    assert ran.code == 0, ran.err
    assert re.search(rf"recalling b\): .*resamend decide res-7 \w+ {option}", ran.err), ran.err


@pytest.mark.parametrize("whole", [True, False])
def test_a_phrase_of_several_changes_is_decided_where_all_of_it_is_settled(
    desk: Desk, whole: bool
) -> None:
    """One replacement in Word may be two changes; half of what is asked there decides nothing."""
    other = base(desk).replace("to help the group;", "to assist the committee;")
    (desk.path / "USA2.en.txt").write_text(f"MOD\tUSA/9/1\n{other}", encoding="utf-8")
    desk.done("add", "res-7", "USA2.en.txt")
    desk.done("consolidate", "res-7", "-o", "draft.docx")

    def accepted(xml: str) -> str:
        xml = re.sub(r'<w:ins [^>]*w:author="USA"[^>]*>(.*?)</w:ins>', r"\1", xml)
        return re.sub(r'<w:del [^>]*w:author="USA"[^>]*>.*?</w:del>', "", xml) if whole else xml

    file = in_paragraph(desk, "assist the committee", accepted)
    ran = desk.run("import", file, "--against", "res-7")
    assert ran.code == (0 if whole else 3), ran.err
    assert bool(re.search(r"resamend decide res-7 \w+ --agreed", ran.err)) is whole


def test_that_a_paragraph_is_cut_is_accepted_apart_from_what_else_is_asked_in_it(
    desk: Desk,
) -> None:
    longer = base(desk).replace("to help the group;", "to help the group; to serve coffee;")
    (desk.path / "long.en.txt").write_text(longer, encoding="utf-8")
    cut = longer.replace("help the group; to", "assist the group;\n1bis\tto")
    (desk.path / "RUS2.en.txt").write_text(f"MOD\tRUS/9/1\n{cut}", encoding="utf-8")
    desk.done("new", "res-8", "--base", "long.en.txt")
    desk.done("add", "res-8", "RUS2.en.txt")
    desk.done("consolidate", "res-8", "-o", "draft.docx")

    def accepted(xml: str) -> str:
        """Accept the end of a paragraph between its halves, and the label of the second."""
        start, end = xml.rindex("<w:p>", 0, xml.index("the group;")), xml.index("to serve coffee")
        halves = re.sub(r"<w:ins [^>]*/>", "", xml[start:end])
        at = halves.rindex("<w:del ")
        halves = halves[:at] + re.sub(r"<w:del .*?</w:del>", "", halves[at:])
        at = halves.rindex("<w:ins ")
        halves = halves[:at] + re.sub(r"</?w:ins[^>]*>", "", halves[at:])
        return xml[:start] + halves + xml[end:]

    ran = desk.run("import", changed(desk, accepted), "--against", "res-8")
    assert ran.code == 0, ran.err
    assert len(re.findall(r"resamend decide res-8 \w+ --agreed", ran.err)) == 1, ran.err


def test_whose_a_change_is_does_not_hang_on_who_cuts_its_paragraph() -> None:
    line = "1\tto {-FRA: help}{+FRA: assist} the group;{-RUS:  }{+RUS: ¶}"
    assert changes_of(line) == (
        Resolved("FRA", "assist", "help", accepted=True),
        Resolved("RUS", "¶", " ", accepted=True),
    )


def test_of_many_changes_all_are_refused_at_once() -> None:
    line = " ".join(f"{{-RUS: a{number}}}{{+RUS: b{number}}}" for number in range(9))
    refused = resolved(line, " ".join(f"a{number}" for number in range(9)))
    assert refused is not None and len(refused) == 9
    assert not any(change.accepted for change in refused)


def test_accepting_in_the_room_s_draft_decides_nothing(desk: Desk) -> None:
    desk.done("consolidate", "res-7", "--audience", "room", "-o", "draft.docx")
    file = settled(desk, accept=True)
    ran = desk.run("import", file, "--against", "res-7")
    assert ran.code == 0, ran.err
    assert "in the chair's file alone that decides" in ran.err
    assert "resamend decide" not in ran.err


def test_what_is_neither_accepted_nor_refused_as_a_whole_is_reported(desk: Desk) -> None:
    file = edited(desk, ("<w:t>to help the group;</w:t>", "<w:t>to help;</w:t>"))
    assert "edited without tracking" in desk.refused(3, "import", file, "--against", "res-7")


@pytest.mark.parametrize("audience", ["room", "public"])
def test_a_draft_of_which_all_is_refused_is_still_ours(desk: Desk, audience: str) -> None:
    desk.done("consolidate", "res-7", "--audience", audience, "-o", "draft.docx")

    def rejected(xml: str) -> str:
        xml = re.sub(r"<w:ins [^>]*[^/]>.*?</w:ins>", "", xml)
        xml = re.sub(r"</?w:del(?: [^>]*)?>", "", xml)
        added = r"<w:p><w:pPr>(?:(?!</w:pPr>).)*<w:ins [^>]*/>(?:(?!</w:pPr>).)*</w:pPr></w:p>"
        xml = re.sub(added, "", re.sub(r"<w:comment[^>]*/>", "", xml))
        return xml.replace("w:delText", "w:t")

    file = changed(desk, rejected)
    ran = desk.run("import", file, "--against", "res-7", "--partial", "-o", "one.xml")
    assert "taken for the draft that res-7 gives now" in ran.err, ran.err
    assert not (desk.path / "one.xml").exists()


def in_paragraph(desk: Desk, words: str, edit: Callable[[str], str]) -> str:
    """Save the draft with the paragraph of some words edited."""

    def change_xml(xml: str) -> str:
        at = xml.index(words)
        start, end = xml.rindex("<w:p>", 0, at), xml.index("</w:p>", at)
        return xml[:start] + edit(xml[start:end]) + xml[end:]

    return changed(desk, change_xml)


@pytest.mark.parametrize("accept", [True, False])
def test_names_beside_a_change_are_no_part_of_what_is_decided(desk: Desk, accept: bool) -> None:
    """Who accepts or refuses all in a paragraph does it to the names too."""

    def all_of_it(xml: str) -> str:
        kept = r"\1" if accept else ""
        names = r'<w:ins [^>]*"Consolidation"[^>]*>((?:(?!</w:ins>).)*‹CHN, RUS›.*?)</w:ins>'
        xml, count = re.subn(names, kept, xml)
        assert count == 1
        return settle(xml, accept=accept)

    file = in_paragraph(desk, "to publish its report", all_of_it)
    ran = desk.run("import", file, "--against", "res-7")
    assert ran.code == 0, ran.err
    option = "--agreed" if accept else "--keep"
    assert re.search(rf"resamend decide res-7 \w+ {option}", ran.err)


@pytest.mark.parametrize(
    "reads, option",
    [("each spring", "--take 1"), ("twice a year in Geneva", "--take 2"), ("", "--keep")],
)
def test_a_paragraph_without_its_brackets_is_decided_as_it_reads(
    desk: Desk, reads: str, option: str
) -> None:
    """The brackets of a point are taken away, and one option, or the text in force, is left."""

    def without_brackets(xml: str) -> str:
        xml = re.sub(r'<w:ins [^>]*"Consolidation"[^>]*>.*?</w:ins>', "", xml)
        xml = re.sub("<w:comment[^>]*/>", "", xml)
        return xml.replace("every year in Geneva", reads) if reads else xml

    file = in_paragraph(desk, "that the group shall meet", without_brackets)
    ran = desk.run("import", file, "--against", "res-7")
    assert ran.code == 0, ran.err
    assert f"resamend decide res-7 1 {option}" in ran.err
    recorded = ("--as-records", "--by", "Chair", "--level", "ad-hoc", "--meeting", "2")
    assert desk.run("import", file, "--against", "res-7", *recorded).code == 0
    desk.done("adopt", "res-7", "-o", "adopted.txt")
    adopted = (desk.path / "adopted.txt").read_text("utf-8")
    assert f"shall meet {reads or 'every year in Geneva'};" in adopted


def test_a_point_of_which_the_brackets_were_accepted_as_text_is_not_decided(desk: Desk) -> None:
    """Who accepts all in Word to make a page readable has kept nothing and taken nothing."""
    new = base(desk).replace("Meetings of the working group", "TITLE")
    for code, title in (("USA", "Work of a group"), ("J", "Groups and their meetings")):
        text = f"MOD\t{code}/9/1\n{new.replace('TITLE', title)}"
        (desk.path / f"{code}9.en.txt").write_text(text, encoding="utf-8")
        desk.done("add", "res-7", f"{code}9.en.txt")
    desk.done("consolidate", "res-7", "-o", "draft.docx")

    def accepted(xml: str) -> str:
        xml = re.sub(r"</?w:ins(?: [^>]*)?/?>", "", xml)
        return re.sub(r"<w:del [^>]*[^/]>.*?</w:del>", "", xml)

    ran = desk.run("import", changed(desk, accepted), "--against", "res-7", "--partial")
    assert "title: the marks of its point are gone" in ran.err
    assert "title: accepted or refused" not in ran.err


def test_a_paragraph_without_its_brackets_that_reads_as_no_option_decides_nothing(
    desk: Desk,
) -> None:
    def otherwise(xml: str) -> str:
        xml = re.sub(r'<w:ins [^>]*"Consolidation"[^>]*>.*?</w:ins>', "", xml)
        return xml.replace("in Geneva", "in Rome")

    file = in_paragraph(desk, "that the group shall meet", otherwise)
    assert "it reads as no option does" in desk.refused(3, "import", file, "--against", "res-7")


def test_all_that_was_decided_in_word_is_recorded_or_nothing(desk: Desk) -> None:
    def without_brackets(xml: str) -> str:
        xml = re.sub(r'<w:ins [^>]*"Consolidation"[^>]*>.*?</w:ins>', "", xml)
        return re.sub("<w:comment[^>]*/>", "", xml).replace("every year in Geneva", "each spring")

    in_paragraph(desk, "that the group shall meet", without_brackets)
    (desk.path / "edited.docx").rename(desk.path / "draft.docx")
    settled(desk, accept=True)
    (desk.path / "edited.docx").rename(desk.path / "draft.docx")
    file = edited(desk, (AFTER, CUT + tracked("ins", " [USA: soon]") + REST))
    ways = ("--as-records", "--by", "Chair", "--level", "ad-hoc", "--meeting", "2", "-o")
    refused = desk.run("import", file, "--against", "res-7", *ways, "no-such-folder/one.xml")
    assert refused.code and "recorded" not in refused.err.replace("to be recorded", "")
    assert not (desk.path / "res-7" / "decisions.jsonl").exists()
    ran = desk.run("import", file, "--against", "res-7", *ways, "one.xml")
    assert ran.code == 0, ran.err
    assert ran.err.count("to be recorded: resamend decide") == 2
    assert "2 decisions recorded" in ran.err
    assert len((desk.path / "res-7" / "decisions.jsonl").read_text("utf-8").splitlines()) == 2


def test_a_new_footnote_is_settled_with_its_mark_and_options_that_are_gone_are_told_once(
    desk: Desk,
) -> None:
    """Who accepts or refuses all has neither changed a footnote nor taken out a paragraph."""
    noted = base(desk).replace("Council;", "Council[^1];\n[^1]: In writing.", 1)
    (desk.path / "EUR.en.txt").write_text(f"MOD\tEUR/9/1\n{noted}", encoding="utf-8")
    desk.done("add", "res-7", "EUR.en.txt", "--proponent", "F")
    meeting = "1\tthat the group shall meet every year in Geneva;\n2"
    struck = base(desk).replace(meeting, "1")
    (desk.path / "USA2.en.txt").write_text(f"MOD\tUSA/9/1\n{struck}", encoding="utf-8")
    desk.done("add", "res-7", "USA2.en.txt", "--whole")
    desk.done("consolidate", "res-7", "-o", "draft.docx")

    def without_options(xml: str) -> str:
        ours = r'<w:p>(?:(?!</w:p>).)*<w:ins [^>]*"Consolidation"[^>]*/>(?:(?!</w:p>).)*</w:p>'
        head, text = xml.split("<w:sectPr", 1)[0], xml.split("<w:sectPr", 1)[1]
        return head + "<w:sectPr" + re.sub(ours, "", text)

    told = desk.refused(3, "import", changed(desk, without_options), "--against", "res-7")
    assert "the options of a point are gone" in told
    assert "taken out without tracking" not in told

    def accepted(xml: str) -> str:
        return re.sub(r'<w:ins [^>]*w:author="F"[^>]*>(.*?)</w:ins>', r"\1", xml)

    accept = changed(desk, accepted)
    parts = {}
    with zipfile.ZipFile(desk.path / accept) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/footnotes.xml"] = accepted(parts["word/footnotes.xml"].decode()).encode()
    with zipfile.ZipFile(desk.path / accept, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    ran = desk.run("import", accept, "--against", "res-7")
    assert "footnote was changed" not in ran.err


@pytest.mark.parametrize("audience", ["chair", "room"])
def test_where_all_options_of_a_point_are_gone_the_text_in_force_is_kept(
    desk: Desk, audience: str
) -> None:
    desk.done("new", "res-8", "--base", "base.en.txt")
    for code, words in (("USA", "to sing to the members"), ("FRA", "to print the list of posts")):
        added = base(desk).replace("publish its report.", f"publish its report;\n3\t{words}.")
        sent = f"MOD\t{code}/9/1\n{added}".encode()
        desk.done("add", "res-8", "-", "--id", f"{code}/9/1", stdin=sent)
    desk.done("consolidate", "res-8", "--audience", audience, "-o", "draft.docx")
    (desk.path / "back.docx").write_bytes(
        settled_whole_file((desk.path / "draft.docx").read_bytes(), accept=False)
    )
    ran = desk.run("import", "back.docx", "--against", "res-8")
    assert ran.code == 0, ran.err
    assert bool(re.search(r"resamend decide res-8 \w+ --keep", ran.err)) is (audience == "chair")


def test_a_sentence_of_amendment_is_carried_out(desk: Desk) -> None:
    new = f"<w:p>{run('[RUS: In resolves 1, delete “every year”.]')}</w:p>"
    typed = " [CHN: Replace “shall be sent” by “goes” in resolves 2.]"
    file = edited(
        desk,
        (AFTER + "</w:p>", CUT + tracked("ins", typed) + REST + "</w:p>" + new),
    )
    found = proposals(desk, file)
    who = {id: [one.code for one in proposal.proponents] for id, proposal in found.items()}
    assert who == {"floor/1/1": ["CHN"], "floor/1/2": ["RUS"]}
    assert text(desk, "floor/1/1") == base(desk).replace("shall be sent", "goes")
    assert text(desk, "floor/1/2") == base(desk).replace(" every year", "")


def test_a_sentence_that_fits_nowhere_is_not_taken_for_words(desk: Desk) -> None:
    new = f"<w:p>{run('[RUS: In resolves 1, delete “each month”.]')}</w:p>"
    file = edited(desk, (AFTER + "</w:p>", AFTER + "</w:p>" + new))
    told = desk.refused(3, "import", file, "--against", "res-7", "-o", "floor")
    assert "“each month” does not stand in resolves 1" in told


def test_words_that_only_look_like_an_amendment_are_words(desk: Desk) -> None:
    typed = " [CHN: to replace the plan in resolves 1]"
    file = edited(desk, (AFTER, CUT + tracked("ins", typed) + REST))
    proposals(desk, file)
    wanted = base(desk).replace("be sent to", "be sent to replace the plan in resolves 1 to")
    assert text(desk, "floor/1/1") == wanted
