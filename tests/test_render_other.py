"""Terminal, CriticMarkup, JSON, the points, and the words a delegate reads."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import pytest
from hypothesis import given, settings

from resamend.conflict import ConflictKind, MovePosition, Standing, find
from resamend.consolidation import merge
from resamend.decision import Status
from resamend.languages import phrases_of
from resamend.model import Language
from resamend.page.options import Names, RenderOptions
from resamend.page.vocabulary import phrases
from resamend.redlines import redline
from resamend.renderers.criticmarkup import render_criticmarkup
from resamend.renderers.json import conflicts_json, render_json
from resamend.renderers.points import render_point, render_points
from resamend.renderers.terminal import render_terminal
from tests import strategies as ours
from tests.build import laid, resolution
from tests.effort import tries
from tests.strategies import Draft
from tests.test_render_html import example
from tests.test_render_text import hostile

SGR = re.compile(r"\x1b\[[0-9;]*m")


# -- terminal -----------------------------------------------------------------------------------


@given(ours.drafts())
@settings(max_examples=tries(60))
def test_colours_change_nothing_of_what_is_said(drawn: Draft) -> None:
    merged = merge(drawn.base, drawn.proposals)
    lines = redline(merged, find(merged))
    coloured = SGR.sub("", render_terminal(lines))
    assert re.sub(r" +$", "", coloured, flags=re.MULTILINE) == render_terminal(
        lines, RenderOptions(color=False)
    )


def test_a_change_is_underlined_or_struck_and_named() -> None:
    told = render_terminal(example())
    assert re.search(r"\x1b\[4;38;2;\d+;\d+;\d+m, twice\x1b\[0m", told)
    assert re.search(r"\x1b\[9;38;2;[\d;]+mto write;\x1b\[0m", told)
    assert "(RUS)" in SGR.sub("", told)


def test_without_colour_there_is_no_escape_sequence() -> None:
    assert "\x1b" not in render_terminal(example(), RenderOptions(color=False))


def test_hostile_text_does_not_reach_the_terminal() -> None:
    told = SGR.sub("", render_terminal(hostile()))
    assert "\x1b" not in told and "\u202e" not in told and "⟨U+001B⟩[8m" in told


# -- CriticMarkup -------------------------------------------------------------------------------


def test_criticmarkup_has_its_five_marks() -> None:
    told = render_criticmarkup(example())
    assert "2 to meet{++, twice++}{>>RUS<<};" in told
    assert "{--3 to write;--}{>>USA<<}" in told
    assert "that the review shall {==conclude==}{>>Point 1<<} soon;" in told
    base = resolution("resolves", "1 that the review shall conclude;")
    merged, found = laid(base, RUS=("resolves", "1 that the review shall end;"))
    assert "shall {~~conclude~>end~~}{>>RUS<<};" in render_criticmarkup(redline(merged, found))


def test_hostile_text_is_words_in_criticmarkup() -> None:
    told = render_criticmarkup(hostile())
    assert "\x1b" not in told and "\u202e" not in told
    assert "\\<img onerror=alert(1)\\> \\</script\\>" in told
    assert "\\{+x+\\} \\[-y-\\] \\\\ \\&amp; \\`z\\` \\*i\\*" in told
    assert not re.search(r"(?<!\\)<", re.sub(r"\{>>|<<\}", "", told))


# -- JSON ---------------------------------------------------------------------------------------


@given(ours.drafts())
@settings(max_examples=tries(60))
def test_every_change_is_counted_once_and_listed(drawn: Draft) -> None:
    merged = merge(drawn.base, drawn.proposals)
    found = find(merged)
    lines = redline(merged, found)
    told = json.loads(conflicts_json(lines))
    assert list(told["counts"]) == [
        "single", "identical", "contested", "consequential", "convergent",
    ]  # fmt: skip
    for name in ("single", "identical", "consequential"):
        assert len(told[name]) == told["counts"][name]
    assert len(told["convergences"]) == told["counts"]["convergent"]
    contested = [c for c in told["conflicts"] if "composed" not in c and c["severity"] != "soft"]
    assert len(contested) == told["counts"]["contested"]
    assert [c["id"] for c in told["conflicts"]] == [region.id for region in found.outstanding]
    json.loads(render_json(lines))


def test_a_conflict_has_what_the_contract_says() -> None:
    told = json.loads(conflicts_json(example()))
    assert told["schema"] == "resamend/conflicts/2"
    assert told["sources"][0] == {
        "id": "CHN/1/1", "revision": 0, "proponents": ["CHN"], "date": "", "illustrative": "",
    }  # fmt: skip
    point = told["conflicts"][0]
    assert point["point"] == 1
    assert point["kind"] == "competing-replacement" and point["severity"] == "hard"
    assert point["where"] == {"eId": "dvs_1__para_1", "path": "resolves 1"}
    assert point["base"].strip() == "conclude"
    texts = {(a["text"].strip(), *a["sources"], *a["proponents"]) for a in point["alternatives"]}
    assert texts == {("proceed", "CHN/1/1", "CHN"), ("end", "RUS/1/1", "RUS")}


def test_hostile_text_is_the_same_text_when_read_back() -> None:
    told = render_json(hostile())
    assert "\x1b" not in told and "\u202e" not in told
    text = "".join(span["text"] for span in json.loads(told)["blocks"][2]["text"] if "text" in span)
    assert text.startswith("<img onerror=alert(1)> </script> \u202egnp\u202c \x1b[8m")


@pytest.mark.parametrize("names", [Names.NUMBER, Names.NONE])
def test_names_are_left_out_of_json_where_asked(names: Names) -> None:
    for told in (
        render_json(example(), RenderOptions(names=names)),
        conflicts_json(example(), RenderOptions(names=names)),
    ):
        assert not re.search("RUS|CHN|USA", told)


# -- points -------------------------------------------------------------------------------------


def test_the_list_of_points_shows_the_words_around_each() -> None:
    told = render_points(example())
    assert told.startswith("Outstanding points: ")
    assert "1 that the review shall [Point 1: conclude] soon;" in told
    assert "| Option 1 (CHN): “proceed”" in told
    assert "One proponent:" not in told and "One proponent:" in render_points(
        example(), everything=True
    )


def test_one_point_is_shown_with_the_text_in_force_and_its_options() -> None:
    lines = example()
    told = render_point(lines, lines.findings.outstanding[0])
    assert "Text in force:\n  1 that the review shall [Point 1: conclude] soon;" in told
    assert "| Option 2 (RUS): “end”" in told


@given(ours.drafts())
@settings(max_examples=tries(60))
def test_every_region_can_be_shown(drawn: Draft) -> None:
    merged = merge(drawn.base, drawn.proposals)
    lines = redline(merged, find(merged))
    assert render_points(lines, RenderOptions(names=Names.NONE), everything=True)
    for region in lines.findings.regions:
        assert region.id in render_point(lines, region)


def test_hostile_text_is_words_in_points() -> None:
    told = render_points(hostile(), everything=True)
    assert "\x1b" not in told and "\u202e" not in told and "⟨U+202E⟩" in told


# -- words --------------------------------------------------------------------------------------


def test_every_kind_and_class_has_a_name() -> None:
    say = phrases(Language.EN)
    assert say(ConflictKind.DELETE_MODIFY) == "deleted by some, changed by others"
    for key in (*ConflictKind, *Standing):
        if key is not Standing.CONTESTED:
            assert say(key)


def test_all_phrases_are_used() -> None:
    package = files("resamend.renderers")
    folders = [package, package.joinpath("docx"), files("resamend.page")]
    folders += [files(f"resamend.{name}") for name in ("room", "redlines", "dossier", "cli")]
    sources = [p for folder in folders for p in folder.iterdir() if p.name.endswith(".py")]
    sources += (path for path in package.joinpath("templates").iterdir() if path.is_file())
    code = " ".join(p.read_text(encoding="utf-8") for p in sources)
    ways = {f"{key}_{way}" for key in ("move", "moved") for way in MovePosition}
    statuses = {f"{way}_{status}" for status in Status for way in ("now", "is")}
    by_class = {*ConflictKind, *Standing, *ways, *statuses, "no_proposal", "broken-reference"}
    beginnings = tuple(re.findall(r'f?"([a-z]+_)(?:\{|" ~)', code))  # made of what a class names
    for key in phrases_of("en").keys() - by_class:
        if key.startswith(beginnings):
            continue
        stem = re.sub(r"(_1|_n|_means|_by|_plain)$|^(end|cover|view)_", "", key)
        assert any(f"{quote}{name}" in code for name in (key, stem) for quote in "\"'{"), key
