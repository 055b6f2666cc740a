"""Cross-references: recognised in words, bound to provisions, written with new labels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from resamend.languages import References, section
from resamend.matching import ProvisionIndex, index_of
from resamend.model import Kind, Language, Mark, Provision, Resolution, walk
from resamend.numbering import eids, list_renumbered
from resamend.readers.headings import shipped_headings
from resamend.readers.text import read_text
from resamend.reference import NewLabel, Reason, cited, references, rewrite
from resamend.reference.patterns import begins
from tests.texts import resolutions

EN = """\
considering
a)	that the first holds;
b)	that the second holds;
c)	that the third holds,

considering further
a)	that something else holds,

resolves
1	to begin;
2	to go on;
2bis	to go on again;
3	to do this by:
i)	asking;
ii)	answering;
4	to end;

instructs the Secretary-General
1	to report;
2	to write;

instructs the Secretary-General and the Directors of the Bureaux
1	to act: {};
2	to see,

requests the Council
to agree.
"""
FR = """\
considérant
a)	que le premier vaut;
b)	que le deuxième vaut,

reconnaissant en outre
a)	que le troisième vaut,

décide
1	de commencer;
2	de continuer;
3	de le faire:
i)	en demandant;
ii)	en répondant;

charge le Secrétaire général
1	d'agir: {};
2	de voir.
"""
CITING = "instructs the Secretary-General and the Directors of the Bureaux 1"


def read(text: str, language: Language = Language.EN) -> Resolution:
    return eids(read_text(text.encode(), language).resolution)


def found(template: str, said: str, language: Language = Language.EN) -> list[tuple[str, str]]:
    """Return what is cited in some words, and the path or the reason of each."""
    text = read(template.format(said), language)
    known = ProvisionIndex(text)
    return [
        (r.label_text, cited(known, r.target).path if r.target else f"{r.reason}")
        for r in references(text)
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("as *resolves* 2 above says", [("2", "resolves 2")]),
        ("as *resolves 2* says", [("2", "resolves 2")]),
        ("as resolves 2 above says", [("2", "resolves 2")]),
        ("see resolves 2bis.", [("2bis", "resolves 2bis")]),
        ("see *resolves* 2 *bis* above", [("2 bis", "resolves 2bis")]),
        ("under *considering c)*", [("c)", "considering c)")]),
        ("under *considering* (c) and b)", [("(c)", "considering c)"), ("b)", "considering b)")]),
        ("under *considering further a)*", [("a)", "considering further a)")]),
        (
            "*resolves* 1, 2 and 4 above",
            [("1", "resolves 1"), ("2", "resolves 2"), ("4", "resolves 4")],
        ),
        ("*resolves* 1 to 4", [("1", "resolves 1"), ("4", "resolves 4")]),
        (
            "*resolves* 3 i) and ii) and 4",
            [("3 i)", "resolves 3 i)"), ("ii)", "resolves 3 ii)"), ("4", "resolves 4")],
        ),
        (
            "*resolves* 1 and *instructs the Secretary-General* 2",
            [("1", "resolves 1"), ("2", "instructs the Secretary-General 2")],
        ),
        ("*instructs the Secretary-General* 2 below", [("2", "instructs the Secretary-General 2")]),
        ("paragraph 2 above", [("2", f"{CITING[:-1]}2")]),
        ("item c) of *considering*", [("c)", "considering c)")]),
        ("paragraphs 1 and 2 of the *resolves*", [("1", "resolves 1"), ("2", "resolves 2")]),
        # what cannot be bound
        ("*resolves* 9 above", [("9", Reason.NO_PROVISION)]),
        ("*resolves further* 2", [("2", Reason.NO_HEADING)]),
        ("*instructs* 2", [("2", Reason.SEVERAL)]),
        ("*requests* 2", [("2", Reason.NO_PROVISION)]),
        ("footnote 7", [("7", Reason.NO_PROVISION)]),
        # what is no reference, or not to this text
        ("the Council resolves 2 questions", []),
        ("*resolves* 2 of Resolution 71 (Rev. Busan, 2014)", []),
        ("Council Resolution 1332 (mod. 2016), *resolves* 2", []),
        ("in *resolves* 2 of Council Decision 5", []),
        ("*resolves* 2 of this Resolution", [("2", "resolves 2")]),
        ("Article 5 above all, in 2 ways, b) and c)", []),
        ("the *Constitution* 2", []),
        ("the activities listed above", []),
        ("considering 3 things or considering them", []),
    ],
)
def test_english_references_are_recognised_and_bound(
    said: str, expected: list[tuple[str, str]]
) -> None:
    assert found(EN, said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("voir *décide* 2 ci-dessus", [("2", "décide 2")]),
        ("visé au point c) du *considérant*", [("c)", Reason.NO_PROVISION)]),
        ("visé au point b) du *considérant*", [("b)", "considérant b)")]),
        ("visé au point b) du considérant", [("b)", "considérant b)")]),
        ("visé au *considérant b)* ci-dessus", [("b)", "considérant b)")]),
        ("les points 1 et 2 du *décide* ci-dessus", [("1", "décide 1"), ("2", "décide 2")]),
        ("*décide* 3 i) et ii)", [("3 i)", "décide 3 i)"), ("ii)", "décide 3 ii)")]),
        ("le paragraphe 2 ci-dessous", [("2", "charge le Secrétaire général 2")]),
        ("*reconnaissant en outre a)*", [("a)", "reconnaissant en outre a)")]),
        ("*décide en outre* 1", [("1", Reason.NO_HEADING)]),
        ("*décide* 2 de la Résolution 71 (Rév. Busan, 2014)", []),
        ("*décide* 2 de la présente Résolution", [("2", "décide 2")]),
        ("la note de bas de page 4", [("4", Reason.NO_PROVISION)]),
        ("les activités énumérées ci-dessus", []),
        ("il décide 2 choses", []),
    ],
)
def test_french_references_are_recognised_and_bound(
    said: str, expected: list[tuple[str, str]]
) -> None:
    assert found(FR, said, Language.FR) == expected


def test_a_footnote_is_cited_by_its_number() -> None:
    text = read("resolves\n1\tto see[^1] footnote 1;\n[^1]: A note.\n2\tto end.")
    known = ProvisionIndex(text)
    assert [cited(known, r.target).path for r in references(text)] == ["resolves 1 footnote 1"]


def test_a_footnote_mark_without_a_footnote_is_listed() -> None:
    text = read("resolves\n1\tto see[^1] it;\n[^1]: A note.\n2\tto end.")
    bare = replace(
        text, provisions=_each(text.provisions, lambda p: replace(p, children=_items(p)))
    )
    assert [r.reason for r in references(bare)] == [Reason.NO_FOOTNOTE]


def _items(provision: Provision) -> tuple[Provision, ...]:
    return tuple(p for p in provision.children if p.kind is not Kind.FOOTNOTE)


def _each(provisions, change):  # type: ignore[no-untyped-def]
    return tuple(change(replace(p, children=_each(p.children, change))) for p in provisions)


@pytest.mark.parametrize("language", [Language.EN, Language.FR])
def test_every_known_heading_begins_as_headings_do(language: Language) -> None:
    table, words = shipped_headings().of(language), section(language, References)
    assert words
    assert [h for h in (*table.preambular, *table.operative) if not begins(h, words)] == []


# -- rewriting ----------------------------------------------------------------------------------


def test_references_are_written_with_the_new_labels_in_their_own_brackets() -> None:
    text = read(EN.format("*resolves* 2, 2bis and 3 ii), *considering* (c) and *considering b)*"))
    known = ProvisionIndex(text)
    paths = {cited(known, p.id).path: p.id for p in known.nodes}
    renumbering = [
        NewLabel(paths["resolves 2bis"], "3"),
        NewLabel(paths["resolves 3"], "4"),
        NewLabel(paths["resolves 4"], "5"),
        NewLabel(paths["considering b)"], "c)"),
        NewLabel(paths["considering c)"], "d)"),
    ]
    made, unresolved = rewrite(text, renumbering)
    assert not unresolved
    item = index_of(made).nodes[index_of(made).at[paths[CITING]]]
    assert item.text == "to act: resolves 2, 3 and 4 ii), considering (d) and considering c);"
    assert [item.text[m.start : m.end] for m in item.marks] == [
        "resolves",
        "considering",
        "considering c)",
    ]


def test_what_is_gone_stays_as_it_is_written_and_is_listed() -> None:
    text = read(EN.format("*resolves* 2 and 4 above"))
    gone = _without(text, "to go on;")
    made, unresolved = rewrite(gone, [], written=[text])
    assert made == gone
    assert [(u.path, u.label, u.reason) for u in unresolved] == [(CITING, "2", Reason.GONE)]


def test_a_reference_means_what_it_means_where_it_was_written() -> None:
    """In force 3 is "to end"; for a source that strikes the second and renumbers it is 2."""
    base = read("resolves\n1\tone;\n2\ttwo;\n3\tthree;\nrequests\n1\tto see resolves 3 above.")
    other = replace(
        base,
        provisions=_each(
            _without(base, "two;").provisions,
            lambda p: replace(p, label="2") if p.text == "three;" else p,
        ),
    )
    source = replace(
        other,
        provisions=_each(
            other.provisions, lambda p: replace(p, text=p.text.replace("resolves 3", "resolves 2"))
        ),
    )
    kept, _ = rewrite(other, [], written=[base, source])
    taken, _ = rewrite(source, [], written=[base, source])
    mixed = replace(base, provisions=_swapped(base, source))
    back, unresolved = rewrite(mixed, [], written=[base, source])
    assert [_last(t) for t in (kept, taken, back)] == [
        "to see resolves 2 above.",
        "to see resolves 2 above.",
        "to see resolves 3 above.",
    ]
    assert not unresolved


def _swapped(base: Resolution, source: Resolution) -> tuple[Provision, ...]:
    """Take the source's words that cite, but the base's list."""
    words = {p.id: p.text for p in walk(source.provisions)}
    new = _each(base.provisions, lambda p: replace(p, text=words.get(p.id, p.text)))
    assert isinstance(new, tuple)
    return new


def _last(text: Resolution) -> str:
    return list(walk(text.provisions))[-1].text


def test_what_moves_under_another_heading_is_cited_with_it() -> None:
    base = read(EN.format("*resolves* 4 above and *resolves* 1 and 2"))
    moved = _moved(base, "to end;", "to report;")
    made, unresolved = rewrite(moved, [], written=[base])
    texts = [p.text for p in walk(made.provisions) if p.text.startswith("to act")]
    assert texts == ["to act: instructs the Secretary-General 4 above and resolves 1 and 2;"]
    assert not unresolved
    _, unresolved = rewrite(_moved(base, "to go on;", "to report;"), [], written=[base])
    assert [(u.label, u.reason) for u in unresolved] == [("2", Reason.APART)]


def test_a_heading_that_is_worded_otherwise_is_cited_so() -> None:
    base = read(EN.format("*considering c)*"))
    new = replace(
        base,
        provisions=_each(
            base.provisions,
            lambda p: replace(p, text="noting") if p.text == "considering" else p,
        ),
    )
    made, unresolved = rewrite(new, [], written=[base])
    assert not unresolved
    item = next(p for p in walk(made.provisions) if p.text.startswith("to act"))
    assert (item.text, item.marks) == ("to act: noting c);", (Mark(8, 17, "i"),))


def _without(text: Resolution, said: str) -> Resolution:
    def kept(provision: Provision) -> Provision:
        return replace(provision, children=tuple(p for p in provision.children if p.text != said))

    return replace(text, provisions=_each(text.provisions, kept))


def _moved(text: Resolution, said: str, before: str) -> Resolution:
    """Put the provision that reads ``said`` before another."""
    item = next(p for p in walk(text.provisions) if p.text == said)

    def put(provision: Provision) -> Provision:
        children = []
        for child in provision.children:
            children += [item, child] if child.text == before else [child]
        return replace(provision, children=tuple(children))

    return replace(text, provisions=_each(_without(text, said).provisions, put))


@given(resolutions(), st.data())
def test_rewriting_follows_every_reference_through_any_renumbering(
    drawn: Resolution, data: st.DataObject
) -> None:
    """A law: bound before, bound after to the same provision; nothing else is touched."""
    base = eids(replace(drawn, language=Language.EN))
    known = ProvisionIndex(base)
    labelled = [p.id for p in known.nodes if p.label and _headed(known, p)]
    if labelled:
        target = data.draw(st.sampled_from(labelled))
        here = cited(known, target)
        heading = known.nodes[known.at[here.head]].text
        note = Provision(
            id="citing",
            kind=Kind.TEXT,
            text=f"See {heading} {' '.join(here.labels)} above.",
            marks=(Mark(4, 4 + len(heading), "i"),),
        )
        base = replace(base, provisions=(*base.provisions, note))
    before = {(r.at, r.phrase, r.rank): r for r in references(base)}
    made, unresolved = rewrite(base, _anew(base))
    after = references(made)
    assert len(after) == len(before)
    kept = {(u.at, u.label) for u in unresolved}
    for old, new in zip(before.values(), after, strict=True):
        if (old.at, old.label_text) not in kept and new.target:
            assert new.target == old.target
        assert old.target or (old.at, old.label_text) in kept
    same, _ = rewrite(base, [])
    assert same == base


def _headed(known: ProvisionIndex, provision: Provision) -> bool:
    head = cited(known, provision.id).head
    return bool(head) and bool(known.nodes[known.at[head]].text.strip())


def _anew(base: Resolution) -> list[NewLabel]:
    """Number every list anew."""
    return [
        NewLabel(child.id, label)
        for p in walk(base.provisions)
        for child, label in zip(
            p.children, list_renumbered(p.children, [c.label for c in p.children]), strict=True
        )
    ]
