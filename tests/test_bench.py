"""The benchmark's own arithmetic: its texts, its truth, and how answers are compared with it.

No test asserts a time.
"""

from __future__ import annotations

import pytest
from bench.bars import Bar
from bench.clashes import Clash, clashes, shared
from bench.generate import Rates, generate
from bench.inputs import tokens
from bench.judge import conflicts, lost_words
from bench.quality import Matched, Told, matched, quality, steadiness, summed
from bench.results import exponent
from bench.shown import islands, shown, stored
from bench.truth import Place, normal, truth
from bench.workload import IN_TEXT, Deed, Workload

from resamend.model import Kind, walk
from tests.build import proposal, resolution


@pytest.fixture(scope="module")
def workload() -> Workload:
    return generate(60, 8, rates=Rates(edits=0.3))


def _texts(workload: Workload, source: int) -> list[list[str]]:
    revised = workload.text_of(source)
    return [tokens(p.text) for p in walk(revised.provisions) if p.kind is Kind.ITEM]


def test_one_seed_gives_one_workload() -> None:
    assert generate(30, 3, seed=4) == generate(30, 3, seed=4)
    assert generate(30, 3, seed=4) != generate(30, 3, seed=5)


def test_a_further_source_leaves_the_others_as_they_are() -> None:
    few, more = generate(30, 3), generate(30, 4)
    assert more.deeds[:3] == few.deeds
    assert more.base == few.base


def test_a_text_without_deeds_is_the_base(workload: Workload) -> None:
    items = [p.text for p in walk(workload.base.provisions) if p.kind is Kind.ITEM]
    assert [tokens(text) for text in items] == [list(words) for words in workload.texts]
    assert len(set(workload.ids)) == len(items)


@pytest.mark.parametrize("source", range(8))
def test_each_text_is_what_its_deeds_say(workload: Workload, source: int) -> None:
    deeds, found = workload.deeds[source], _texts(workload, source)
    struck = {d.provision for d in deeds if d.kind == "strike"}
    below = {k for k in range(60) if struck.intersection(workload.outline.chain(k))}
    edits = truth(workload).edits
    expected = [list(d.words) for d in deeds if d.kind == "add"]
    for number in set(range(60)) - below:
        words = list(workload.texts[number])
        for edit in reversed(edits[number].get(workload.names[source], ())):
            words[edit.start : edit.end] = edit.words
        expected.append(words)
    assert sorted(found) == sorted(expected)


def test_edits_in_normal_form_keep_a_word_between_them(workload: Workload) -> None:
    for provision, by_source in truth(workload).edits.items():
        for edits in by_source.values():
            at = -1
            for edit in edits:
                assert at < edit.start <= edit.end < len(workload.texts[provision])
                assert edit.words or edit.start < edit.end
                at = edit.end


@pytest.mark.parametrize(
    ("text", "deed", "expected"),
    [
        ("a b c", ("replace", 1, 2, "b"), []),
        ("a b c", ("replace", 0, 3, "a x c"), [(1, 2, "x")]),
        ("a b b c", ("insert", 3, 3, "b"), [(1, 1, "b")]),
        ("a b b c", ("delete", 2, 3, ""), [(1, 2, "")]),
        ("a b c d", ("replace", 0, 4, "x b y"), [(0, 1, "x"), (2, 4, "y")]),
    ],
)
def test_normal_form(
    text: str, deed: tuple[str, int, int, str], expected: list[tuple[int, int, str]]
) -> None:
    kind, start, end, words = deed
    said = Deed(provision=0, kind=kind, start=start, end=end, words=tuple(words.split()))
    found = [(e.start, e.end, " ".join(e.words)) for e in normal(text.split(), [said])]
    assert found == expected


def _clashing(*deeds: tuple[Deed, ...]) -> tuple[Clash, ...]:
    plain = generate(30, len(deeds))
    return clashes(
        truth(
            Workload(
                outline=plain.outline,
                texts=(("that", "a", "b", "c", "d", "e", ";"),) * 30,
                deeds=deeds,
                names=plain.names,
                base=plain.base,
            )
        )
    )


def _deed(kind: str, provision: int = 0, **more: object) -> Deed:
    return Deed(provision=provision, kind=kind, **more)  # type: ignore[arg-type]


def test_touching_the_same_words_otherwise_is_a_conflict() -> None:
    one = _deed("replace", start=1, end=3, words=("x",))
    other = _deed("replace", start=2, end=4, words=("y",))
    beside = _deed("replace", start=4, end=5, words=("z",))
    (found,) = _clashing((one,), (other,), (beside,))
    assert found.places == {Place("text", 0, 3, 7)}
    assert not _clashing((one,), (one,))
    assert not _clashing((one,), (beside,))


def test_striking_what_another_changes_is_one_conflict_with_all_inside() -> None:
    change = _deed("insert", 4, start=2, end=2, words=("x",))  # 4 and 5 are sub-items of 3
    (found,) = _clashing((_deed("strike", 3),), (change,), (_deed("strike", 5),))
    assert found.kind == "strike"
    whole = {Place("whole", 3), Place("whole", 5)}
    assert found.places == {*whole, Place("text", 4, 4, 4)}
    assert not _clashing((_deed("strike", 3),), (_deed("strike", 3),))


def test_different_places_for_one_provision_are_a_conflict() -> None:
    here, there = _deed("move", 0, to=8), _deed("move", 0, to=20)
    (found,) = _clashing((here,), (there,))
    assert found.kind == "moves"
    assert not _clashing((here,), (here,))


def test_moves_in_a_circle_are_a_conflict() -> None:
    (found,) = _clashing((_deed("move", 3, to=9),), (_deed("move", 8, to=4),))
    assert found.kind == "circle"
    assert found.places == {Place("whole", 3), Place("whole", 8)}


def test_different_additions_in_one_gap_are_a_conflict() -> None:
    one, other = _deed("add", words=("x",)), _deed("add", words=("y",))
    (found,) = _clashing((one,), (other,))
    assert found.kind == "additions"
    assert not _clashing((one,), (one,))


def test_same_deeds_are_shared(workload: Workload) -> None:
    for group in shared(truth(workload)):
        assert len(group.sources) > 1
        assert group.kind in {"edit", "add", "strike", "move"}
    kinds = {deed.kind for deeds in workload.deeds for deed in deeds}
    assert kinds == {*IN_TEXT, "add", "strike", "move"}


def test_recall_and_precision() -> None:
    def place(lo: int, hi: int) -> frozenset[Place]:
        return frozenset({Place("text", 7, lo, hi)})

    nobody: frozenset[str] = frozenset()
    true = [Clash(kind="words", places=place(k, k + 2), sources=nobody) for k in (1, 11, 21, 31)]
    told = [Told("p", place(3, 5)), Told("q", place(12, 14)), Told("r", place(41, 43))]
    found = matched(true, told)
    assert found == Matched(true=4, found=2, reported=3, right=2)
    assert (found.recall, found.precision) == (0.5, 2 / 3)
    assert summed([found, Matched(1, 1, 1, 1)]) == Matched(5, 3, 4, 3)
    assert Matched(0, 0, 0, 0).recall == Matched(0, 0, 0, 0).precision == 1


def test_resamend_tells_the_truth_of_a_small_workload(workload: Workload) -> None:
    found = quality(workload)
    assert found.conflicts.recall == found.conflicts.precision == 1
    assert 0 < found.to_the_word <= found.conflicts.true  # a clause may be one question
    assert found.identical.recall == 1
    assert found.moves.recall == found.moves.precision == 1


def test_resamend_is_steady_on_a_small_workload() -> None:
    found = steadiness([generate(30, 4)], orders=2)
    assert found.runs == found.same_in_any_order == found.recovered == 2


def test_lost_words_are_those_that_stand_nowhere_in_order() -> None:
    text = "<<<<<<< draft\nthat\nplans\n=======\nthat\nthe plan\n>>>>>>> proposal\nof us"
    assert lost_words(text, [("that", "plan", "of"), ("plans", "us")]) == 0
    assert lost_words(text, [("us", "of"), ("Geneva",)]) == 3
    assert conflicts(text) == (1, 0)


def test_exponents_are_fitted() -> None:
    assert exponent([(x, 3 * x**1.5) for x in (3, 30, 300)]) == pytest.approx(1.5)


def test_bars_know_which_way_is_better() -> None:
    fast = Bar(what="", bar=5, beyond=2.5, reached=2.0)
    assert fast.met
    assert fast.exceeded
    assert Bar(what="", bar=40, reached=41, rising=True).met
    assert Bar(what="", bar=1.6, reached=1.7).met is False
    assert Bar(what="", bar=1.6, reached=None).met is None


def test_what_is_kept_between_two_marks_is_counted_as_stored_and_as_shown() -> None:
    base = resolution("resolves", "1 the acts of Tunis on the rivers and seas of the region;")
    wanted = ("resolves", "1 the plans of Geneva on the rivers and seas of the region;")
    asked = proposal(base, "RUS", *wanted)
    both = {"marks": 4, "islands": 1, "islands without content": 1}
    assert islands(stored(base, asked)) == both
    assert islands(shown(base, asked)) == {"marks": 2}
