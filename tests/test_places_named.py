"""A place is named as delegates say it, wherever a point is named; no list shows a name twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from resamend import find, merge, propose
from resamend.languages import codes
from resamend.matching import index_of
from resamend.model import Kind, Provision, Resolution
from resamend.page.presentation import present
from resamend.page.tables import TableBuilder
from resamend.places import ids_called, names_of
from resamend.redlines import redline
from resamend.tables import ComparisonRow, compare, matrix
from tests.dossiers import Desk
from tests.test_forms import TEXTS, text_of

WORDS = {
    "en": ("OP2(a)", "operative paragraph 2 (a)", "op 2 a"),
    "fr": ("OP2(a)", "l'alinéa a) du paragraphe 2 du dispositif"),
    "es": ("OP2(a)", "apartado a) del párrafo 2 de la parte dispositiva"),
    "ru": ("ОП2(а)", "OP2(а)", "подпункт а) пункта 2 постановляющей части"),
    "zh": ("OP2(一)", "执行部分第2(一)", "执行段2（一）"),
    "ar": ("OP2(أ)", "فقرة المنطوق 2(أ)"),
}
FORMS = Path(__file__).parent / "forms"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, monkeypatch)


def base_of(desk: Desk, language: str) -> Resolution:
    """Make a dossier in which two states reword point (a) of paragraph 2."""
    base = text_of(FORMS / f"un.{language}.txt")
    lines = (FORMS / f"un.{language}.txt").read_text().splitlines()
    desk.path.joinpath(f"base.{language}.txt").write_text("\n".join(lines))
    (id,) = ids_called(base, WORDS[language][0])
    words = index_of(base).nodes[index_of(base).at[id]].text
    at = next(n for n, line in enumerate(lines) if line.endswith(words))
    desk.done("new", "d", "--base", f"base.{language}.txt")
    for state, more in (("AAA", " 7"), ("BBB", " 9")):
        own = [*lines[:at], lines[at][:-1] + more + lines[at][-1], *lines[at + 1 :]]
        desk.path.joinpath(f"{state}-1-1.{language}.txt").write_text("\n".join(own))
        desk.done("add", "d", f"{state}-1-1.{language}.txt")
    return base


@pytest.mark.parametrize("language", codes())
def test_each_verb_takes_a_place_as_it_is_said(desk: Desk, language: str) -> None:
    base_of(desk, language)
    for name in WORDS[language]:
        assert "AAA" in desk.done("show", "d", name)
        desk.done("decide", "d", name, "--take", "AAA", "--by", "Chair")
        desk.done("decide", "d", name, "--undo", "--by", "Chair", "--reason", "more time")
        desk.done("decide", "d", name, "--defer", "--by", "Chair")
        desk.done("decide", "d", name, "--reopen", "--by", "Chair", "--reason", "more time")
    assert "there is no point" in desk.refused(2, "show", "d", "OP3")
    assert "there is no point" in desk.refused(2, "decide", "d", "OP9", "--keep", "--by", "Chair")


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_each_name_of_a_text_is_understood(path: Path) -> None:
    text = text_of(path)
    for language in codes():
        for id, name in names_of(text, language).items():
            assert not name or id in ids_called(text, name), (language, name)


def reworded(provision: Provision) -> Provision:
    own = provision.kind in (Kind.ITEM, Kind.TEXT) and provision.text
    text = f"{provision.text} now" if own else provision.text
    return replace(provision, text=text, children=tuple(map(reworded, provision.children)))


def _added(provision: Provision, suffix: str) -> Provision:
    children = []
    for child in provision.children:
        children.append(_added(child, suffix))
        if child.kind in (Kind.ITEM, Kind.TEXT):
            core = child.label.strip(".() -") if suffix else ""
            label = child.label.replace(core, core + suffix) if core.isalnum() else ""
            fresh = f"entirely fresh matter beside {child.id} of {suffix}"
            children.append(
                Provision(id=f"new-{suffix}-{child.id}", kind=child.kind, label=label, text=fresh)
            )
    return replace(provision, children=tuple(children))


def labelled(provision: Provision) -> Provision:
    return _added(provision, " bis")


def unlabelled(provision: Provision) -> Provision:
    return _added(provision, "")


def thinned(provision: Provision) -> Provision:
    kept = [c for n, c in enumerate(provision.children) if c.kind is not Kind.ITEM or n % 2 == 0]
    return replace(provision, children=tuple(map(thinned, kept)))


@pytest.mark.parametrize("change", [reworded, labelled, unlabelled, thinned])
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_no_list_shows_two_rows_of_one_name(
    path: Path, change: Callable[[Provision], Provision]
) -> None:
    base = text_of(path)
    proposals = [
        propose(base, replace(base, provisions=tuple(map(how, base.provisions))), f"{id}/1/1")
        for id, how in (("AAA", change), ("BBB", unlabelled), ("CCC", reworded))
    ]
    draft = merge(base, proposals)
    findings = find(draft)
    shown = redline(draft, findings)
    table = compare(draft, shown)
    builder = TableBuilder(present(shown), table)
    rows = [builder.title(row) for row in matrix(table).rows]
    rows_in_full = [builder.title(r) for r in table.rows if isinstance(r, ComparisonRow)]
    for names in (rows, rows_in_full):
        assert [name for name, count in Counter(names).items() if count > 1] == []
    assert len(rows) > 3


def test_a_label_that_stands_twice_is_two_names() -> None:
    lines = "The Assembly,\nNoting rain,\nNoting wind,\n1.\tDecides;\n2.\tAsks;\n2.\tAsks again.\n"
    from resamend.dossier.parsing import arrive

    text = arrive(lines.encode()).value
    assert isinstance(text, Resolution)
    names = [name for name in names_of(text).values() if name.startswith("OP")]
    assert names == ["OP1", "OP2", "OP2 #2"]
    assert len(ids_called(text, "OP2")) == 2
    assert len(ids_called(text, "OP2 #2")) == 1
