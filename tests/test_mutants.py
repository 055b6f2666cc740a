"""Mutants of the merge, each killed: a law that holds of the product fails of the mutant.

| mutant | what it breaks | killed by |
|---|---|---|
| author in the id | a point is another one when somebody joins | `ids_do_not_tell_names` |
| alternatives not in the id | a record holds for options nobody saw | `ids_tell_options` |
| coalescing one at a time | the draft depends on who came first | `order_does_not_matter` |
| role left out of a mark | replacing and adding become one | `marks_give_texts_back` |
| absence from the list of edits | what goes with its group is not missed | `absence_is_seen` |
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Callable, Sequence
from itertools import permutations
from pathlib import Path

import pytest
from msgspec.structs import replace

from resamend import akn
from resamend.amendment import Proposal, propose
from resamend.conflict import ConflictKind, Region, find
from resamend.conflict.structural_changes import StructuralChanges
from resamend.conflict.values import short_hash
from resamend.consolidation import Consolidated, TextMarks, merge, project
from resamend.model import Kind, Language, Provision, Resolution
from tests import test_once_alive

Law = Callable[[], None]
ROOT = Path(__file__).parent.parent
MUTANTS = tomllib.loads((ROOT / "tests/mutants.toml").read_text(encoding="utf-8"))["mutant"]


def _text(*lines: str) -> Resolution:
    items = tuple(
        Provision(id=f"dvs_1__para_{n}", kind=Kind.ITEM, label=str(n), text=line)
        for n, line in enumerate(lines, 1)
    )
    group = Provision(id="dvs_1", kind=Kind.OPERATIVE, text="resolves", children=items)
    whole = Provision(id="resolution", kind=Kind.RESOLUTION, children=(group,))
    return Resolution(language=Language.EN, provisions=(whole,))


BASE = _text("to meet every year in Geneva;", "to report;")


def _draft(base: Resolution, **texts: Resolution) -> Consolidated:
    return merge(base, [propose(base, text, f"{who}/1/1") for who, text in texts.items()])


def _meeting(how: str) -> Resolution:
    return _text(f"to meet {how} in Geneva;", "to report;")


# -- laws ------------------------------------------------------------------------------------------


def ids_do_not_tell_names() -> None:
    one = find(_draft(BASE, RUS=_meeting("twice a year"), CHN=_meeting("each spring")))
    other = find(_draft(BASE, CHN=_meeting("twice a year"), USA=_meeting("each spring")))
    assert [r.id for r in one.regions] == [r.id for r in other.regions]


def ids_tell_options() -> None:
    one = find(_draft(BASE, RUS=_meeting("twice a year"), CHN=_meeting("never")))
    other = find(_draft(BASE, RUS=_meeting("twice a year"), CHN=_meeting("thrice")))
    assert {r.id for r in one.outstanding}.isdisjoint(r.id for r in other.outstanding)


def order_does_not_matter() -> None:
    texts = {"RUS": _meeting("twice a year"), "CHN": _meeting("each spring"), "USA": BASE}
    proposals = [propose(BASE, text, f"{who}/1/1") for who, text in texts.items()]
    drafts = [akn.write_consolidated(merge(BASE, order)) for order in permutations(proposals)]
    assert len(set(drafts)) == 1


def marks_give_texts_back() -> None:
    base = _text("to meet every year;")
    texts = {"RUS": _text("to report every year;"), "CHN": _text("to meet report every year;")}
    draft = _draft(base, **texts)
    again = akn.read(akn.write_consolidated(draft), name="draft.xml").value
    assert isinstance(again, Consolidated)
    for who, text in texts.items():
        assert project(again, f"{who}/1/1") == text
    assert len(draft.texts[0].changes) == 2


def absence_is_seen() -> None:
    whole = BASE.provisions[0]
    group = whole.children[0]
    second = replace(group, id="dvs_2", text="requests", children=())
    base = replace(BASE, provisions=(replace(whole, children=(group, second)),))
    moved = (
        replace(group, children=group.children[:1]),
        replace(second, children=group.children[1:]),
    )
    draft = _draft(
        base,
        RUS=replace(base, provisions=(replace(whole, children=moved),)),
        CHN=replace(base, provisions=(replace(whole, children=(second,)),)),
    )
    points = {r.target: r.kinds for r in find(draft).elements if r.kinds}
    assert ConflictKind.MOVED_OUT in points["dvs_1__para_2"]


# -- mutants ---------------------------------------------------------------------------------------


def author_in_the_id(patch: pytest.MonkeyPatch) -> None:
    _regions(patch, lambda region: short_hash([region.id, *region.sources]))


def alternatives_not_in_the_id(patch: pytest.MonkeyPatch) -> None:
    _regions(patch, lambda region: short_hash([region.target, region.lo, region.hi, region.base]))


def _regions(patch: pytest.MonkeyPatch, named: Callable[[Region], str]) -> None:
    finding = sys.modules["resamend.conflict.finding"]
    found = finding.text_regions

    def mutant(*given: object) -> list[Region]:
        return [replace(region, id=named(region)) for region in found(*given)]

    patch.setattr(finding, "text_regions", mutant)


def coalescing_one_at_a_time(patch: pytest.MonkeyPatch) -> None:
    def mutant(proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
        return tuple(proposals)

    patch.setattr(sys.modules["resamend.consolidation"], "_distinct", mutant)


def role_left_out_of_a_mark(patch: pytest.MonkeyPatch) -> None:
    merging = sys.modules["resamend.consolidation"]
    made = merging._text_marks

    def mutant(*given: object) -> TextMarks:
        marks: TextMarks = made(*given)
        by_place = {(change.end, change.words): change for change in reversed(marks.changes)}
        return replace(marks, changes=tuple(by_place.values()))

    patch.setattr(merging, "_text_marks", mutant)


def absence_from_the_list_of_edits(patch: pytest.MonkeyPatch) -> None:
    def mutant(self: StructuralChanges, id: str) -> set[str]:
        return set(self.struck.get(id, ()))

    patch.setattr(StructuralChanges, "absent", mutant)


KILLED: dict[Callable[[pytest.MonkeyPatch], None], Law] = {
    author_in_the_id: ids_do_not_tell_names,
    alternatives_not_in_the_id: ids_tell_options,
    coalescing_one_at_a_time: order_does_not_matter,
    role_left_out_of_a_mark: marks_give_texts_back,
    absence_from_the_list_of_edits: absence_is_seen,
}


@pytest.mark.parametrize("mutant", KILLED, ids=lambda mutant: mutant.__name__)
def test_a_mutant_is_killed(
    mutant: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    law = KILLED[mutant]
    law()
    mutant(monkeypatch)
    with pytest.raises((AssertionError, KeyError)):
        law()


# -- mutants of the source ------------------------------------------------------------------------


def test_each_mutant_of_the_source_can_be_applied() -> None:
    """Else it kills nothing; ``scripts/mutants`` shows that each is killed."""
    for mutant in MUTANTS:
        source = (ROOT / "src/resamend" / mutant["file"]).read_text(encoding="utf-8")
        assert source.count(mutant["old"]) == 1, mutant["name"]
        assert hasattr(test_once_alive, mutant["killed"]), mutant["name"]


@pytest.mark.long
@pytest.mark.parametrize("mutant", MUTANTS[::6], ids=lambda mutant: mutant["name"])
def test_a_mutant_of_the_source_is_killed(mutant: dict[str, str]) -> None:
    ran = subprocess.run(
        [sys.executable, ROOT / "scripts/mutants", mutant["name"]], capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert f"killed {mutant['name']}" in ran.stdout
