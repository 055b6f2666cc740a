"""Two branches of a text, brought together: pure, and by git itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import assume
from msgspec.structs import replace

from resamend import Resolution, read
from resamend.amendment import apply
from resamend.decision.branches import merge_branches
from resamend.errors import InputError
from resamend.library.rendering import render
from resamend.model import Metadata, walk
from resamend.words import key_of
from tests import programs
from tests.dossiers import BASE, Desk, sat_at
from tests.lists import Listed, listed
from tests.sentences import Questioned, questioned
from tests.strategies import law

ROOT = Path(__file__).parent.parent
ONE = ("every year", "twice a year")
ELSEWHERE = ("help the group;", "help the group at all times;")
SAME_PLACE = ("every year in Geneva", "each spring")


def branch(*changes: tuple[str, str], text: str = BASE) -> Resolution:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return read(text, Resolution)


def test_what_one_branch_alone_changed_is_taken() -> None:
    merged = merge_branches(branch(), branch(ONE), branch(ELSEWHERE))
    assert merged.clean
    assert merged.text == branch(ONE, ELSEWHERE)


def test_words_that_both_changed_stand_in_brackets() -> None:
    merged = merge_branches(branch(), branch(ONE), branch(SAME_PLACE, ELSEWHERE))
    assert not merged.clean
    assert "[every year in Geneva / twice a year in Geneva / each spring]" in str(
        render(merged.text, "text")
    )
    assert "at all times" in str(render(merged.text, "text"))


def test_a_provision_put_together_from_both_is_to_be_read() -> None:
    merged = merge_branches(branch(), branch(ONE), branch(("Geneva", "Paris")))
    assert merged.text == branch(ONE, ("Geneva", "Paris"))
    assert not merged.clean
    assert [remark.partition(" is ")[0] for remark in merged.remarks] == ["resolves 1"]


def test_how_words_look_is_not_lost_in_silence() -> None:
    merged = merge_branches(branch(), branch(ONE), branch(("its report", "*its* report")))
    assert "resolves 2: how “its” looks stays as it was (other)" in merged.remarks


def test_how_words_are_typed_is_a_change_like_any_other() -> None:
    straight = BASE.replace("the Council", "the Council's bureau")
    curly = ("Council's", "Council’s")
    merged = merge_branches(
        branch(text=straight), branch(ONE, text=straight), branch(curly, text=straight)
    )
    assert merged.clean
    assert merged.text == branch(ONE, curly, text=straight)


def test_what_is_said_of_a_text_is_merged_too() -> None:
    base = replace(branch(), metadata=Metadata(number="7", date="2014-11-07"))
    current = replace(branch(ONE), metadata=Metadata(number="8", date="2014-11-07"))
    other = replace(branch(ELSEWHERE), metadata=Metadata(number="9", date="2018-11-16"))
    merged = merge_branches(base, current, other)
    assert merged.text.metadata == Metadata(number="8", date="2018-11-16")
    assert merged.metadata == ("number",)
    assert not merged.clean


@law(questioned() | listed())
def test_neither_branch_counts_more(drawn: Questioned | Listed) -> None:
    assume(len(drawn.proposals) > 1)
    one, two = (apply(drawn.base, proposal) for proposal in drawn.proposals[:2])
    try:
        merged = merge_branches(drawn.base, one, two)
    except InputError:
        assume(False)
    swapped = merge_branches(drawn.base, two, one)
    assert merged.clean == swapped.clean
    if merged.clean:
        assert merged.text == swapped.text
    assert merge_branches(drawn.base, drawn.base, one).text == one
    assert merge_branches(drawn.base, one, drawn.base).text == one
    assert merge_branches(drawn.base, one, one).text == one


@law(questioned() | listed())
def test_no_word_of_a_branch_is_lost(drawn: Questioned | Listed) -> None:
    """Nor is one that it left alone, unless the other struck it."""
    assume(len(drawn.proposals) > 1)
    one, two = (apply(drawn.base, proposal) for proposal in drawn.proposals[:2])
    try:
        merged = merge_branches(drawn.base, one, two).text
    except InputError:
        assume(False)
    base = _words(drawn.base)
    assert (_words(one) - base) | (_words(two) - base) <= _words(merged)
    kept = {p.id: p.text for p in walk(drawn.base)}.items()
    for branch in (one, two):
        kept &= {p.id: p.text for p in walk(branch)}.items()
    left = {p.id: p.text for p in walk(merged)}
    assert all(set(key_of(text)) - {".", ";", "and"} <= set(key_of(left[id])) for id, text in kept)


def _words(text: Resolution) -> set[str]:
    return {key for provision in walk(text) for key in key_of(provision.text) if key.isalnum()}


# -- by git ---------------------------------------------------------------------------------------

RESAMEND = f'"{sys.executable}" -m resamend'


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Be a repository with the text in force, set up as the documents say."""
    programs.program("git")
    for name in list(os.environ):
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    desk = sat_at(tmp_path, monkeypatch)
    git(desk, "init", "--quiet", "-b", "main")
    for key, value in {
        "user.name": "A",
        "user.email": "a@example.org",
        "diff.resamend.textconv": f"{RESAMEND} print",
        "merge.resamend.name": "points in brackets",
        "merge.resamend.driver": f"{RESAMEND} merge --in-place %O %A %B",
    }.items():
        git(desk, "config", key, value)
    (tmp_path / ".gitattributes").write_text("*.xml diff=resamend merge=resamend\n")
    desk.done("import", "base.en.txt", "-o", "text.xml")
    committed(desk, "text.xml", ".gitattributes")
    return desk


def git(desk: Desk, *arguments: str, code: int = 0) -> str:
    ran = subprocess.run(["git", *arguments], cwd=desk.path, capture_output=True, text=True)
    assert ran.returncode == code, (ran.stdout, ran.stderr)
    return ran.stdout + ran.stderr


def committed(desk: Desk, *files: str) -> None:
    git(desk, "add", *files)
    git(desk, "commit", "--quiet", "-m", "as it is now")


def edited(desk: Desk, *changes: tuple[str, str]) -> None:
    text = BASE
    for old, new in changes:
        text = text.replace(old, new)
    (desk.path / "new.txt").write_text(text, encoding="utf-8")
    desk.done("import", "new.txt", "-o", "text.xml")


def two_branches(desk: Desk, *other: tuple[str, str]) -> None:
    git(desk, "checkout", "--quiet", "-b", "second")
    edited(desk, *other)
    committed(desk, "text.xml")
    git(desk, "checkout", "--quiet", "main")
    edited(desk, ONE)
    committed(desk, "text.xml")


def test_git_compares_texts_as_people_read_them(desk: Desk) -> None:
    edited(desk, ONE)
    shown = git(desk, "diff")
    assert "-1\tthat the group shall meet every year in Geneva;" in shown
    assert "+1\tthat the group shall meet twice a year in Geneva;" in shown
    assert "<" not in shown


def test_git_compares_proposals_drafts_and_what_is_said_of_a_text(desk: Desk) -> None:
    desk.done("diff", "text.xml", "RUS.en.txt", "-o", "rus.xml")
    desk.done("consolidate", "text.xml", "rus.xml", "-o", "draft.xml")
    committed(desk, "rus.xml", "draft.xml")
    desk.done("diff", "text.xml", "CHN.en.txt", "-o", "rus.xml")
    desk.done("consolidate", "text.xml", "rus.xml", "-o", "draft.xml")
    desk.done("import", "base.en.txt", "--number", "9", "-o", "text.xml")
    shown = git(desk, "diff")
    assert "+MOD resolves 1: “ every year in Geneva” → “ each spring”" in shown
    assert "[-every year in Geneva" in shown
    assert "+number: 9" in shown


def test_git_merges_what_does_not_meet(desk: Desk) -> None:
    two_branches(desk, ELSEWHERE)
    git(desk, "merge", "--quiet", "-m", "both", "second")
    assert read((desk.path / "text.xml").read_bytes(), Resolution) == branch(ONE, ELSEWHERE)
    assert git(desk, "status", "--porcelain", "--untracked-files=no") == ""


def test_git_stops_at_words_that_both_changed(desk: Desk) -> None:
    two_branches(desk, SAME_PLACE, ELSEWHERE)
    told = git(desk, "merge", "second", code=1)
    assert "CONFLICT (content): Merge conflict in text.xml" in told
    assert "Option 1 (current)" in told
    text = read((desk.path / "text.xml").read_bytes(), Resolution)
    assert (
        "[every year in Geneva / twice a year in Geneva / each spring]" in text["resolves 1"].text
    )
    assert "UU text.xml" in git(desk, "status", "--porcelain")
    assert "<<<<" not in (desk.path / "text.xml").read_text(encoding="utf-8")


def test_what_is_no_text_is_left_to_git_and_said(desk: Desk) -> None:
    two_branches(desk, ELSEWHERE)
    (desk.path / "text.xml").write_text("<broken", encoding="utf-8")
    committed(desk, "text.xml")
    told = git(desk, "merge", "second", code=1)
    assert "not well-formed XML" in told
    assert (desk.path / "text.xml").read_text(encoding="utf-8") == "<broken"


def test_a_plain_text_stays_one(desk: Desk) -> None:
    for name, changes in {"a.txt": [ONE], "b.txt": [ELSEWHERE]}.items():
        (desk.path / name).write_text(str(render(branch(*changes), "text")), encoding="utf-8")
    merged = desk.done("merge", "base.en.txt", "a.txt", "b.txt")
    assert merged == render(branch(ONE, ELSEWHERE), "text")
    desk.done("merge", "base.en.txt", "a.txt", "b.txt", "-o", "both.xml")
    assert read((desk.path / "both.xml").read_bytes(), Resolution) == branch(ONE, ELSEWHERE)


def test_the_remark_that_new_writes_is_what_git_wants(desk: Desk) -> None:
    folder = desk.dossier()
    attributes = (folder / ".gitattributes").read_text(encoding="utf-8")
    assert attributes.startswith("* -text\n")
    (folder / ".gitattributes").write_text(attributes.replace("# *.xml", "*.xml"))
    assert "diff: resamend" in git(desk, "check-attr", "diff", "res-7/base.en.xml")
