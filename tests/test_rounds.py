"""Laws of two drafts beside each other, and cases of them that can be read."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resamend.amendment.edit_references import references
from resamend.conflict import OptionKind, find
from resamend.consolidation import Consolidated, merge, project
from resamend.decision import ChairTable, Record, replay
from resamend.decision.values import TO_READ
from resamend.difference import TextEdit
from resamend.dossier.parsing import arrive, base_of
from resamend.dossier.reading import read_dossier
from resamend.errors import Invalid
from resamend.matching import ProvisionIndex
from resamend.model import OBJECT, walk
from resamend.renderers.plain import written
from resamend.rounds.brackets import BracketCount, count_brackets
from resamend.rounds.causes import Cause, CauseKind, differences
from resamend.rounds.fates import PointFate, fated_points
from resamend.rounds.origins import OriginKind, origins
from resamend.rounds.outcomes import Result, outcomes
from resamend.rounds.standing import standing_text
from resamend.words import fold
from tests.build import resolution
from tests.dossiers import Desk, sat_at
from tests.strategies import Draft, drafts
from tests.wishes import decided, some_wishes

RESOLUTION = Path(__file__).parent.parent / "resolutions/140"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return sat_at(tmp_path, monkeypatch)


def table_of(draft: Consolidated, records: Iterable[Record] = ()) -> ChairTable:
    findings = find(draft)
    known = replay(draft, findings, records)
    numbers = {region.id: n for n, region in enumerate(findings.outstanding, 1)}
    return ChairTable(
        consolidated=draft, findings=findings, replay=known, numbers=numbers, records=tuple(records)
    )


@given(drafts(), st.data())
def test_every_point_of_both_drafts_has_one_fate(draft: Draft, data: st.DataObject) -> None:
    some = data.draw(st.sets(st.sampled_from([p.id for p in draft.proposals])))
    old = table_of(merge(draft.base, [p for p in draft.proposals if p.id in some]))
    merged = merge(draft.base, draft.proposals)
    new = table_of(
        merged, decided(merged, find(merged), data.draw(some_wishes(merged, find(merged))))
    )
    fates = fated_points(old, new)
    before = Counter(fated.before.id for fated in fates if fated.before)
    now = Counter(fated.now.id for fated in fates if fated.now)
    assert before == Counter(region.id for region in old.findings.outstanding)
    assert now == Counter(region.id for region in new.findings.outstanding)


@given(drafts(), st.data())
def test_a_word_differs_only_by_the_proposals_that_came(draft: Draft, data: st.DataObject) -> None:
    came = data.draw(st.sampled_from([p.id for p in draft.proposals]))
    old = standing_text(table_of(merge(draft.base, [p for p in draft.proposals if p.id != came])))
    new = standing_text(table_of(merge(draft.base, draft.proposals)))
    changes = differences(old, new).changes
    for change in changes:
        assert _names(change.cause, came, old.table), change
    back = differences(new, old).changes
    assert bool(back) is bool(changes)
    assert {change.cause.kind for change in back}.isdisjoint({CauseKind.NONE, CauseKind.RECORD})


def _names(cause: Cause, came: str, before: ChairTable) -> bool:
    """Tell whether a cause is a proposal that came, or a point that it opened or changed."""
    if cause.kind is CauseKind.NUMBERING:
        return True
    if cause.kind is CauseKind.DISPUTED and cause.region:
        return cause.region.id not in {region.id for region in before.findings.outstanding}
    return came in cause.sources


@given(drafts(), st.data())
def test_a_word_that_was_decided_differs_for_a_cause_on_record(
    draft: Draft, data: st.DataObject
) -> None:
    merged = merge(draft.base, draft.proposals)
    records = decided(merged, find(merged), data.draw(some_wishes(merged, find(merged))))
    try:
        new = standing_text(table_of(merged, records))
    except Invalid:  # what was decided contradicts itself
        return
    # Where provisions move, join or are divided, what went along is not always put down to it.
    if any(_divides(merged, p.id) or any(references(p.edits)) for p in draft.proposals):
        return
    # A record may also open a question beside it, or leave one that nobody asks any more.
    for change in differences(standing_text(table_of(merged)), new).changes:
        assert change.cause.kind not in (CauseKind.NONE, CauseKind.ASKED_BEFORE), change


@given(drafts())
def test_a_draft_differs_from_itself_in_nothing(draft: Draft) -> None:
    table = table_of(merge(draft.base, draft.proposals))
    text = standing_text(table)
    assert differences(text, text).changes == ()
    assert {fated.fate for fated in fated_points(table, table)} <= {PointFate.UNCHANGED}


# -- what became of an amendment, and where words came from ---------------------------------------


@given(drafts(), st.data())
def test_each_amendment_has_one_outcome(draft: Draft, data: st.DataObject) -> None:
    merged = merge(draft.base, draft.proposals)
    records = decided(merged, find(merged), data.draw(some_wishes(merged, find(merged))))
    table = table_of(merged, records)
    final = data.draw(st.sampled_from([None, *draft.texts.values()]))
    try:
        judged = outcomes(table, final)
    except Invalid:  # what was decided contradicts itself
        return
    pairs = Counter((row.source, row.region.id, row.option.id) for row in judged)
    asked = {
        (source, region.id, option.id)
        for region in table.findings.regions
        if region.standing not in TO_READ and not region.ends
        for option in region.options
        for source in option.sources
    }
    assert pairs == Counter(asked)


@given(drafts())
def test_a_text_reflects_its_own_proposal_and_the_text_in_force_none(draft: Draft) -> None:
    merged = merge(draft.base, draft.proposals)
    table = table_of(merged)
    for source in merged.sources:
        if _divides(merged, source):  # within a word it is read back as other words
            continue
        rows = outcomes(table, project(merged, source), ids_stand=True)
        own = [row for row in rows if row.source == source]
        # What is rewritten as a whole, heading and all, may be another provision to the match.
        whole = {row.result for row in own if row.option.deed is not OptionKind.VERSION}
        assert whole <= {Result.REFLECTED}, own
    for row in outcomes(table, draft.base):
        kept = row.option.deed in (OptionKind.KEEP, OptionKind.RETAIN)
        assert row.result is (Result.REFLECTED if kept else Result.NOT_REFLECTED), row


def _divides(draft: Consolidated, source: str) -> bool:
    edits = next(p.edits for p in draft.proposals if p.id == source)
    words = [w for e in edits if isinstance(e, TextEdit) for h in e.hunks for w in h.words]
    return any(mark.kind in ("split", "join") for word in words for mark in word.marks)


@given(drafts(), st.data())
def test_all_words_of_an_adopted_text_have_an_origin(draft: Draft, data: st.DataObject) -> None:
    merged = merge(draft.base, draft.proposals)
    table = table_of(merged)
    source = data.draw(st.sampled_from(merged.sources))
    text = project(merged, source)
    traced = origins(table, text)
    nodes = ProvisionIndex(text).nodes
    assert [part.node for part in traced] == [n for n, p in enumerate(nodes) if p.text.strip()]
    for part in traced:
        words = "".join(stretch.text for stretch in part.stretches)
        assert "".join(words.split()) == "".join(nodes[part.node].text.replace(OBJECT, "").split())
        for stretch in part.stretches:
            assert stretch.origin.kind is not OriginKind.NONE, (part, stretch)
            for named in stretch.origin.sources:
                said = " ".join(p.text for p in walk(draft.texts[named].provisions))
                assert set(fold(stretch.text)) <= {*fold(said), " "}


def test_a_retyped_text_reflects_the_proposal_that_it_follows() -> None:
    dossier = read_dossier(RESOLUTION)
    table = table_of(merge(dossier.base, dossier.proposals))
    for proposal in dossier.proposals:
        typed = written(project(table.consolidated, proposal.id))
        text = base_of(arrive(typed.encode(), name="retyped.txt"))
        own = [row for row in outcomes(table, text) if row.source == proposal.id]
        assert len(own) > 20
        assert {row.result for row in own} == {Result.REFLECTED}
        kinds = {part.origin.kind for traced in origins(table, text) for part in traced.stretches}
        assert kinds == {OriginKind.IN_FORCE, OriginKind.PROPOSED}


def _two_drafts(desk: Desk) -> None:
    desk.done("new", "res-7", "--base", "base.en.txt")
    desk.done("add", "res-7", "RUS.en.txt", "CHN.en.txt")
    shutil.copytree(desk.path / "res-7", desk.path / "monday")
    desk.done("add", "res-7", "JOINT.en.txt")
    desk.done("decide", "res-7", "1", "--take", "CHN", "--by", "Chair", "--at", "2018-11-05")


def test_changes_are_said_of_points_and_of_words(desk: Desk) -> None:
    _two_drafts(desk)
    out = desk.done("changes", "monday", "res-7", "-f", "text")
    assert "What became of it: closed\n    record 1, Chair, 5 November 2018: taken:" in out
    assert "Change: insert “at all times”\n  Cause: proposed, with no competing proposal" in out
    assert (
        desk.done("changes", "monday", "res-7", "-f", "text", "--names", "none").count("RUS") == 0
    )
    desk.done("decide", "res-7", "1", "--reopen", "--by", "Chair", "--reason", "New facts")
    out = desk.done("changes", "monday", "res-7", "-f", "csv")
    assert "1,resolves 1,unchanged," in out


def test_what_was_closed_and_reopened_is_said(desk: Desk) -> None:
    _two_drafts(desk)
    shutil.copytree(desk.path / "res-7", desk.path / "tuesday")
    desk.done("decide", "res-7", "1", "--reopen", "--by", "Chair", "--reason", "New facts")
    out = desk.done("changes", "tuesday", "res-7", "-f", "csv")
    assert '1,resolves 1,"reopened\nrecord 2, Chair' in out
    desk.done("withdraw", "res-7", "BLR/RUS/64/1")
    out = desk.done("outcome", "res-7", "--for", "BLR", "-f", "csv")
    assert "BLR/RUS/64/1,instructs the Secretary-General 1,insert “at all times”,withdrawn" in out


def test_the_outcome_of_all_is_the_chairs(desk: Desk) -> None:
    _two_drafts(desk)
    assert "name a state with --for" in desk.refused(2, "outcome", "res-7", "--audience", "room")
    out = desk.done("outcome", "res-7", "--for", "RUS/62/1", "-f", "csv")
    assert "not reflected\nrecord 1, Chair, 5 November 2018: taken: “each spring” (CHN)" in out
    assert "CHN/63/1" not in out


def test_an_outcome_names_the_record_that_defers_it(desk: Desk) -> None:
    dossier = desk.dossier("RUS.en.txt", "CHN.en.txt")
    before = desk.done("outcome", dossier, "--for", "RUS", "-f", "csv")
    desk.done("decide", dossier, "1", "--defer", "--by", "Chair", "--at", "2018-11-05")
    out = desk.done("outcome", dossier, "--for", "RUS", "-f", "csv")
    assert "record 1, Chair, 5 November 2018: deferred" in out
    assert out.count("no decision recorded") == before.count("no decision recorded") - 1


@pytest.mark.parametrize("form", ["html", "docx", "json", "csv", "text", "terminal"])
def test_each_table_is_written_in_each_form(desk: Desk, form: str) -> None:
    _two_drafts(desk)
    desk.done("changes", "monday", "res-7", "-f", form, "-o", "changes.out")
    desk.done("changes", "monday", "res-7", "--paragraphs", "-f", form, "-o", "paragraphs.out")
    for name in ("changes.out", "paragraphs.out"):
        data = (desk.path / name).read_bytes()
        words = (
            str(ZipFile(BytesIO(data)).read("word/document.xml"))
            if form == "docx"
            else data.decode()
        )
        assert "at all times" in words


BRACKETED = (
    ("1 publish the [annual] report", 1, 1, ()),
    ("1 publish the [[annual] report]", 2, 2, ()),
    ("1 publish [the][a] report", 2, 2, ()),
    ("1 publish [the annual report", 1, 3, ("resolves 1",)),
    ("1 publish the annual] report", 0, 0, ("resolves 1",)),
)


@pytest.mark.parametrize(("line", "brackets", "words", "astray"), BRACKETED)
def test_brackets_are_counted_with_their_words(
    line: str, brackets: int, words: int, astray: tuple[str, ...]
) -> None:
    (count,) = count_brackets(resolution("resolves", line))
    assert (count.heading, count.brackets, count.words) == ("resolves", brackets, words)
    assert count.unbalanced == astray


def test_a_bracket_may_close_in_another_paragraph(desk: Desk) -> None:
    text = resolution("resolves", "1 to meet [twice", "2 and to report] soon")
    assert count_brackets(text) == (
        BracketCount(heading="resolves", brackets=1, options=1, words=4),
    )
    half = (desk.path / "base.en.txt").read_text(encoding="utf-8").replace("every year", "[each]")
    (desk.path / "half.en.txt").write_text(half, encoding="utf-8")
    out = desk.done("changes", "half.en.txt", "base.en.txt", "-f", "csv")
    assert "resolves,1,0,1,0," in out


def test_one_dossier_is_compared_on_two_days(desk: Desk) -> None:
    desk.done("new", "res-7", "--base", "base.en.txt")
    desk.done("add", "res-7", "RUS.en.txt", "CHN.en.txt", "--date", "2018-11-01")
    again = (desk.path / "CHN.en.txt").read_text(encoding="utf-8").replace("spring", "autumn")
    (desk.path / "again.txt").write_text(again, encoding="utf-8")
    desk.done("add", "res-7", "JOINT.en.txt", "--date", "2018-11-02")
    desk.done("join", "res-7", "CHN/63/1", "NOR", "--date", "2018-11-03")
    desk.done("add", "res-7", "again.txt", "--revision", "1", "--date", "2018-11-04")
    desk.done("decide", "res-7", "1", "--take", "CHN", "--by", "Chair", "--at", "2018-11-05")
    desk.done("withdraw", "res-7", "RUS/62/1", "--date", "2018-11-06")

    def draft(day: str) -> str:
        return desk.done("consolidate", f"res-7@{day}", "-f", "text", "--names", "names")

    first, third = draft("2018-11-01"), draft("2018-11-03")
    assert "each spring" in first
    assert "at all times" not in first
    assert "NOR" not in first
    assert "CHN, NOR" in third
    assert "each autumn" in draft("2018-11-04")
    assert "each spring" not in draft("2018-11-04")
    assert draft("2018-11-06") == desk.done("consolidate", "res-7", "-f", "text")
    out = desk.done("changes", "res-7@2018-11-03", "res-7@2018-11-05", "-f", "csv")
    assert '1,resolves 1,"closed\nrecord 1, Chair' in out
    assert "now worded otherwise" in out or "worded" in out
    assert desk.done("changes", "res-7@2018-11-06", "res-7", "-f", "csv").count("closed") == 0
    assert "is no day" in desk.refused(2, "changes", "res-7@Monday", "res-7")


@pytest.mark.parametrize(
    ("final", "said"),
    [
        ("each spring", "reflected in part: “each”, “spring”\nstill there: “in Geneva”"),
        ("each autumn", "reflected in part: “each”\nnot taken up: “spring”\n"),
    ],
)
def test_what_of_an_amendment_was_left_out_is_named(desk: Desk, final: str, said: str) -> None:
    desk.done("new", "res-7", "--base", "base.en.txt")
    desk.done("add", "res-7", "CHN.en.txt")
    rest = " in Geneva" if final == "each spring" else ""
    text = (desk.path / "base.en.txt").read_text(encoding="utf-8")
    text = text.replace("every year in Geneva", final + rest)
    (desk.path / "final.en.txt").write_text(text, encoding="utf-8")
    out = desk.done("outcome", "res-7", "--for", "CHN", "--adopted", "final.en.txt", "-f", "csv")
    assert said in out


def test_a_deletion_that_was_made_in_part_is_in_part(desk: Desk) -> None:
    desk.done("new", "res-7", "--base", "base.en.txt")
    text = (desk.path / "base.en.txt").read_text(encoding="utf-8")
    (desk.path / "KEN.txt").write_text(
        "MOD\tKEN/62/1\n" + text.replace(" every year in Geneva", ""), encoding="utf-8"
    )
    desk.done("add", "res-7", "KEN.txt")
    (desk.path / "final.en.txt").write_text(text.replace(" in Geneva", ""), encoding="utf-8")
    out = desk.done("outcome", "res-7", "--for", "KEN", "--adopted", "final.en.txt", "-f", "csv")
    assert "reflected in part\nstill there: “every year”" in out


def test_a_reworded_option_is_said_against_what_it_was(desk: Desk) -> None:
    _two_drafts(desk)
    again = (desk.path / "CHN.en.txt").read_text(encoding="utf-8").replace("spring", "autumn")
    (desk.path / "again.txt").write_text(again, encoding="utf-8")
    desk.done("add", "res-7", "again.txt", "--revision", "1")
    out = desk.done("changes", "monday", "res-7", "-f", "csv")
    assert "worded otherwise: “each spring” → “each autumn” (CHN)" in out
