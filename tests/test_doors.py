"""What comes in and goes out by the library's own doors."""

from __future__ import annotations

import csv
import io
import pickle
import threading
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import msgspec
import pytest

import resamend
from resamend import (
    Consolidated,
    DecisionKind,
    DecisionRequest,
    Dossier,
    Language,
    Proposal,
    Record,
    Redline,
    RenderOptions,
    Resolution,
    Standing,
)
from resamend.types import ChangeRow, TextEdit
from tests import wordsession
from tests.strategies import Draft, drafts, law

FOLDER = Path(__file__).parents[1] / "resolutions" / "140"
TEXT = (
    "RESOLUTION 1\nMeetings\nresolves\n1\tto meet every year in Geneva;\n2\tto help the group;\n"
    "3\tto publish its report;"
)
SENT = f"MOD\tCHN/63/1\n{TEXT}".replace("every year", "in each spring") + (
    "\nNOC\tresolves 2\nReasons: it is needed."
)
BASE = resamend.read(TEXT, Resolution, language=Language.EN)
DOSSIER = resamend.open(FOLDER, language=Language.EN)
DRAFT = DOSSIER.draft()
REQUEST = DecisionRequest(act=DecisionKind.TAKE, by="Chair", at="2018-11-05", names=("RUS",))


def draft_of(**wishes: str) -> Consolidated:
    revised = {who: resamend.read(TEXT.replace("every year", w), Resolution)
               for who, w in wishes.items()}  # fmt: skip
    return resamend.merge(
        BASE, [resamend.propose(BASE, text, f"{who}/62/1") for who, text in revised.items()]
    )


# -- receive --------------------------------------------------------------------------------------


def test_what_came_in_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "CHN-63-1.en.txt"
    path.write_text(SENT, encoding="utf-8")
    forms = (SENT.encode(), path, str(path), io.BytesIO(SENT.encode()), path.open("rb"))
    for source in forms:
        received = resamend.receive(source, language=Language.EN)
        assert (received.id, received.proponents, received.symbol) == ("CHN/63/1", ("CHN",), "MOD")
        assert received.resolution["resolves 1"].text == "to meet in each spring in Geneva;"
        assert not received.tracked and received.rejected is None
        assert received.balance is not None
        assert received.balance.words_in == (
            received.balance.words_placed + received.balance.words_left_out
        )
        assert any("words in" in line for line in received.notes)
        if isinstance(source, io.IOBase):
            source.close()


def test_a_word_file_says_what_was_tracked_and_what_was_not() -> None:
    draft = draft_of(RUS="twice a year")
    tracked = resamend.render(draft.proposals[0], "docx", base=BASE)
    received = resamend.receive(tracked, name="rus.docx", id="RUS/62/1")
    assert received.tracked and received.rejected == BASE
    proposal = received.proposal(BASE)
    assert proposal.unmarked == () and not received.questions(BASE)
    assert resamend.apply(BASE, proposal) == resamend.project(draft, "RUS")
    other = resamend.read(TEXT.replace("its report", "a report"), Resolution)
    assert received.proposal(other).unmarked
    assert any("not marked as a change" in line for line in received.questions(other))


def test_all_proposals_of_one_file_are_its_parts(tmp_path: Path) -> None:
    wordsession.made(tmp_path)
    base = resamend.receive(tmp_path / "base.docx").resolution
    received = resamend.receive(tmp_path / "ARM-and-others.docx", language=Language.EN)
    assert repr(received).endswith("ARM-and-others.docx, 2 proposals>")
    proposals = [part.proposal(base) for part in received.parts]
    ids = ["ARM/BLR/KGZ/RUS/sample/1", "ARM/sample/2"]
    assert [proposal.id for proposal in proposals] == ids
    assert [part.id for part in received.parts] == ids
    for ask in (lambda: received.proposal(base), lambda: received.id, lambda: received.notes):
        with pytest.raises(resamend.Invalid) as refused:
            ask()
        assert refused.value.code == "several-proposals"
    (one,) = resamend.receive(tmp_path / "ARM-and-others.docx", id=ids[1]).parts
    assert one.id == ids[1] and one.parts == (one,)


def test_what_is_said_of_it_counts_where_it_says_nothing_itself() -> None:
    unsigned = TEXT.replace("every year", "twice a year").encode()
    received = resamend.receive(
        unsigned, language=Language.EN, id="FRA/7/1", proponents=("FRA", "DEU"), date="2018-03-01"
    )
    proposal = received.proposal(BASE)
    assert proposal.id == "FRA/7/1" and proposal.date == "2018-03-01"
    assert received.proponents == tuple(who.code for who in (proposal.proponents))[::-1]
    with pytest.raises(resamend.Invalid) as refused:
        resamend.receive(unsigned, language=Language.EN).proposal(BASE)
    assert refused.value.code == "nobodys-proposal"


def test_a_draft_that_comes_in_is_one() -> None:
    draft = draft_of(RUS="twice a year", CHN="each spring")
    for form in ("xml", "docx"):
        received = resamend.receive(resamend.render(draft, form), name=f"draft.{form}")
        assert received.draft == draft and received.resolution == BASE


# -- a dossier ------------------------------------------------------------------------------------


def test_a_dossier_does_what_the_commands_do(tmp_path: Path) -> None:
    dossier = resamend.new(tmp_path / "res-1", TEXT.encode())
    assert isinstance(dossier, Dossier) and dossier.base == BASE
    sent = f"MOD\tRUS/62/1\n{TEXT}".replace("every year", "twice a year")
    notes = dossier.add(sent.encode(), SENT.encode())
    assert any("RUS/62/1 (en) is added" in note for note in notes)
    assert [proposal.id for proposal in dossier.proposals] == ["CHN/63/1", "RUS/62/1"]
    point = dossier.redline().numbers[resamend.find(dossier.draft()).outstanding[0].id]
    (made,) = dossier.decide(point, REQUEST).records
    assert dossier.records == (made,) and not dossier.status().replay.stale
    assert dossier.adopt(date="2018-11-09").text["resolves 1"].text == (
        "to meet twice a year in Geneva;"
    )
    assert dossier.adopt(date="2018-11-09").text.metadata.date == "2018-11-09"
    assert dossier.verify().holds
    again = resamend.open(dossier.folder)
    (undone,) = again.undo(point, DecisionRequest(act="undo", by="Chair", at="2018-11-06")).records  # type: ignore[arg-type]
    assert undone.undoes == made.number and len(again.records) == 2
    dossier.withdraw("RUS")
    assert dossier.drafts()[Language.EN].sources == ("CHN/63/1",)


def test_records_are_written_and_read_one_by_one(tmp_path: Path) -> None:
    draft = draft_of(RUS="twice a year", CHN="each spring")
    findings = resamend.find(draft)
    record = resamend.record(draft, findings, findings.outstanding[0], REQUEST, number=1)
    line = resamend.render(record, "json")
    assert resamend.read(line, Record) == record
    with pytest.raises(resamend.Invalid):
        resamend.read(line.replace('"act"', '"x"').replace('"decision"', '"d"'), Record)


# -- what is asked, as rows -----------------------------------------------------------------------


@law(drafts())
def test_each_change_of_each_source_is_a_row(drawn: Draft) -> None:
    draft = resamend.merge(drawn.base, drawn.proposals)
    findings = resamend.find(draft)
    rows = resamend.changes(draft)
    edits = {proposal.id: proposal.edits for proposal in draft.proposals}
    # Space alone, at a word's edge, is nobody's change to a reader.
    changed = {
        id for id, own in edits.items() if any(not isinstance(e, TextEdit) or e.hunks for e in own)
    }
    assert changed <= {row.source for row in rows if row.symbol != "NOC"}
    assert {row.source for row in rows} <= {*edits}
    for standing in (Standing.SINGLE, Standing.IDENTICAL, Standing.CONTESTED):
        regions = {row.region for row in rows if row.standing == standing}
        assert regions == {region.id for region in findings.standing(standing)}
    asked = Counter(
        (region.id, source)
        for region in findings.regions
        if region.standing is not Standing.COMPOSED
        for source in region.sources
    )
    assert asked.keys() <= {(row.region, row.source) for row in rows}


def test_rows_are_ready_for_a_data_frame() -> None:
    rows = resamend.changes(DOSSIER.redline())
    assert len(rows) > 100
    columns = ChangeRow.__struct_fields__
    assert all(
        type(value) in (str, int, type(None))
        for row in rows
        for value in msgspec.structs.astuple(row)
    )
    table = list(csv.DictReader(io.StringIO(resamend.render(DRAFT, "csv"), newline="")))
    assert len(table) == len(rows) and tuple(table[0]) == columns
    assert {row["standing"] for row in table} == {row.standing for row in rows}
    assert {row["point"] for row in table if row["kind"]} > {"1", "2"}


def test_an_amendment_says_what_was_and_what_is_to_be() -> None:
    proposal = draft_of(RUS="twice a year").proposals[0]
    (amendment,) = resamend.amendments(BASE, proposal)
    assert (amendment.source, amendment.symbol, amendment.path) == ("RUS/62/1", "MOD", "resolves 1")
    assert amendment.old == "to meet every year in Geneva;"
    assert amendment.new == "to meet twice a year in Geneva;"


def test_places_have_names() -> None:
    assert BASE["resolves 2"] is BASE.places["resolves 2"] is BASE[BASE["resolves 2"].id]
    assert BASE["Resolves  2"].text == "to help the group;"
    assert [provision.id for provision in resamend.walk(BASE)] == [
        provision.id for provision in BASE.places.values()
    ]


def test_two_strings_are_compared_word_by_word() -> None:
    edit = resamend.diff("to meet every year", "to meet twice a year")
    assert isinstance(edit, TextEdit)
    assert [(hunk.old, [word.text for word in hunk.words]) for hunk in edit.hunks] == [
        (" every", [" twice", " a"])
    ]
    assert resamend.diff("a’s", "a's").variants and not resamend.diff("a’s", "a's").hunks


# -- out ------------------------------------------------------------------------------------------


@law(drafts())
def test_what_is_written_is_read_back(drawn: Draft) -> None:
    draft = resamend.merge(drawn.base, drawn.proposals)
    lines = resamend.redline(draft, resamend.find(draft))
    for shown in (draft, lines):
        assert resamend.read(resamend.render(shown, "xml"), Consolidated) == draft
    for proposal in draft.proposals:
        content = resamend.render(proposal, "xml", base=draft.base)
        assert resamend.read(content, Proposal) == proposal
    assert msgspec.json.decode(msgspec.json.encode(draft), type=Consolidated) == draft


def test_a_word_draft_for_the_chair_is_read_back() -> None:
    assert resamend.read(resamend.render(DRAFT, "docx"), Consolidated) == DRAFT
    for proposal in DRAFT.proposals:
        encoded = msgspec.json.encode(proposal)
        assert msgspec.json.decode(encoded, type=Proposal) == proposal


@pytest.mark.parametrize("audience", ["room", "public"])
def test_a_word_draft_for_others_takes_nothing_along(audience: str) -> None:
    options = RenderOptions(audience=audience)  # type: ignore[arg-type]
    with pytest.raises(resamend.Invalid) as refused:
        resamend.read(resamend.render(DRAFT, "docx", options))
    assert refused.value.code == "draft-without-proposals"


def test_every_product_has_its_forms() -> None:
    lines = resamend.redline(DRAFT, resamend.find(DRAFT))
    table = resamend.compare(DRAFT, lines)
    shown = {
        "text terminal criticmarkup html csv json xml docx": lines,
        "text html csv docx": table,
        "text html svg csv json": resamend.matrix(table),
        "text json": resamend.find(DRAFT),
        "text json ": DOSSIER.status(),
        "text xml docx html": DOSSIER.adopt(),
    }
    for forms, value in shown.items():
        for form in forms.split():
            assert resamend.render(value, form), form
        with pytest.raises(resamend.UsageError) as refused:
            resamend.render(value, "nonsense")
        assert refused.value.code == "unknown-form"
    proposal = draft_of(RUS="twice a year").proposals[0]
    sentences = resamend.render(proposal, "prose", base=BASE)
    assert "twice a" in sentences


def test_values_are_short_to_look_at() -> None:
    findings = resamend.find(DRAFT)
    lines = resamend.redline(DRAFT, findings)
    replay = resamend.replay(DRAFT, findings, [])
    values = (DRAFT, findings, lines, replay, DRAFT.base, DRAFT.proposals[0], DOSSIER)
    tables = (resamend.compare(DRAFT, lines), resamend.matrix(resamend.compare(DRAFT, lines)))
    others = (resamend.receive(SENT.encode()), DOSSIER.adopt(), DOSSIER.status(), DOSSIER.content)
    for value in (*values, *tables, *others, DRAFT.base.provisions[0]):
        assert len(repr(value)) < 160 and repr(value).startswith("<")
    assert "<iframe" in DRAFT._repr_html_() and "Point 1" in findings._repr_html_()


# -- threads and processes ------------------------------------------------------------------------


def everything(draft: Consolidated) -> tuple[object, ...]:
    findings = resamend.find(draft)
    lines: Redline = resamend.redline(draft, findings)
    forms = ("xml", "docx", "html", "text", "json", "csv")
    return (*(resamend.render(lines, form) for form in forms), resamend.changes(lines))


def test_threads_share_values_and_give_the_same_bytes() -> None:
    alone = everything(DRAFT)
    fresh = resamend.merge(DRAFT.base, DRAFT.proposals)
    start = threading.Barrier(4)

    def together(number: int) -> tuple[object, ...]:
        start.wait(60)
        return everything(fresh if number % 2 else DRAFT)

    with ThreadPoolExecutor(4) as pool:
        assert all(outcome == alone for outcome in pool.map(together, range(4)))


def test_functions_and_values_go_to_other_processes() -> None:
    for name in resamend.__all__:
        door = getattr(resamend, name)
        assert pickle.loads(pickle.dumps(door)) is door
    assert pickle.loads(pickle.dumps(DRAFT)) == DRAFT
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        there = pool.submit(resamend.render, DRAFT, "xml").result()
    assert there == resamend.render(DRAFT, "xml")


@pytest.mark.parametrize("code", ["en", "fr"])
@pytest.mark.parametrize("name", ["140", "1332", "1334"])
def test_what_is_handed_in_as_word_is_the_same_text_to_the_letter(name: str, code: str) -> None:
    dossier = resamend.open(FOLDER.parent / name)
    if code not in dossier.content.languages:
        pytest.skip("not in this language")
    draft = resamend.open(dossier.folder, language=Language(code)).draft()
    for proposal in draft.proposals:
        sent = resamend.render(proposal, "docx", base=draft.base)
        again = resamend.receive(sent, id=proposal.id, reading="whole").proposal(draft.base)
        assert resamend.apply(draft.base, again) == resamend.apply(draft.base, proposal)
        assert again.date == proposal.date != ""


def test_words_that_are_only_written_otherwise_are_tracked() -> None:
    base = resamend.read(TEXT.replace("its report", "the group's report"), Resolution)
    revised = resamend.read(TEXT.replace("its report", "the group’s report"), Resolution)
    proposal = resamend.propose(base, revised, "RUS/62/1")
    sent = resamend.receive(resamend.render(proposal, "docx", base=base))
    assert sent.tracked and sent.resolution["resolves 3"].text == "to publish the group’s report;"
    assert resamend.apply(base, sent.proposal(base)) == revised
