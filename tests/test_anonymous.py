"""Where names may not be told, nothing of a proponent is left in any form, for any audience.

Two drafts that differ in nothing but who proposes are written as the same bytes: so no code, id,
symbol, comment, part or colour tells who, whatever a form may come to hold.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from string import ascii_uppercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from resamend import (
    Audience,
    DecisionKind,
    DecisionRequest,
    Language,
    Names,
    NoChange,
    RenderOptions,
    Resolution,
    Standing,
    UsageError,
    adopt,
    compare,
    find,
    matrix,
    merge,
    propose,
    read,
    record,
    recorded,
    redline,
    render,
    replay,
)
from resamend.consolidation import Consolidated
from resamend.decision import ChairTable
from resamend.dossier.embedded_files import files
from resamend.page.concord import concord_listing
from resamend.page.listing import Listing
from resamend.page.meters import MeasuredText, meter_listing
from resamend.page.outcomes import origin_listing, outcome_listing
from resamend.page.readouts import readout_listing
from resamend.page.round_changes import RoundChanges, changes_listing, paragraphs_listing
from resamend.redlines import Redline, View
from resamend.renderers.forms import FORMS, OutputForm, Product
from resamend.renderers.html import render_html
from resamend.renderers.json import conflicts_json
from resamend.renderers.points import render_point, render_points
from resamend.rounds.causes import differences
from resamend.rounds.fates import fated_points
from resamend.rounds.origins import origins
from resamend.rounds.outcomes import outcomes
from resamend.rounds.standing import standing_text
from resamend.types import Comparison
from tests.dossiers import BASE
from tests.effort import tries
from tests.strategies import Draft, drafts

WAYS = [
    RenderOptions(names=names, audience=audience)
    for audience in Audience
    for names in Names
    if RenderOptions(names=names, audience=audience).shown_names is not Names.NAMES
]
WISHES = (
    ("every year", "twice a year"),
    ("every year", "in each spring"),
    ("every year", "twice a year"),
    ("to help the group;", "to assist the group;\n3\tto publish its report;"),
)
COMPOSED = (("its report", "the report"), ("to the Council", "to all"), ("x y", ""), ("x y", ""))
CODES = ("RUS", "USA", "VNM", "ZAF")
OTHERS = ("QAA", "QBB", "QCC", "QDD")


@cache
def draft_of(codes: tuple[str, ...]) -> Consolidated:
    """Return a draft with rival, common and single changes, reasons, and paragraphs kept."""
    base = read(BASE, Resolution, language=Language.EN)
    wishes = zip(WISHES, COMPOSED, strict=True)
    texts = [BASE.replace(*one).replace(*other) for one, other in wishes]
    keeps = (NoChange(base.provisions[0].id, reasons=f"{codes[0]} has spoken"),)
    return merge(
        base,
        [
            propose(
                base,
                read(text, Resolution, language=Language.EN),
                f"{code}/62/{number}",
                reasons=f"Reasons: {code} wants it.",
                keeps=keeps if number == 1 else (),
                date="2018-10-05",
            )
            for number, (code, text) in enumerate(zip(codes, texts, strict=True), 1)
        ],
    )


@cache
def shown(view: View, codes: tuple[str, ...], *, decided: bool) -> Redline:
    draft = draft_of(codes)
    findings = find(draft)
    if not decided:
        absent = ((f"{codes[3]}/63/9", (Language.FR,)),)
        return replace(redline(draft, findings, view=view), absent=absent)
    request = DecisionRequest(
        act=DecisionKind.TAKE,
        by=f"Chair ({codes[1]})",
        at="2018-11-05T10:00:00Z",
        names=(codes[0],),
        reservations=(codes[1],),
    )
    decision = record(draft, findings, findings.outstanding[0], request, number=1, point=1)
    return recorded(draft, findings, replay(draft, findings, [decision]), view=view)


@cache
def table_of(view: View, codes: tuple[str, ...], *, decided: bool) -> Comparison:
    return compare(draft_of(codes), shown(view, codes, decided=decided))


def written(form: OutputForm, product: Product, options: RenderOptions, lines: Redline,
            table: Comparison, draft: Consolidated) -> str | bytes:  # fmt: skip
    """Write a product with all that its form takes beside it."""
    write = form.writer(product)
    if product is Product.DRAFT:
        beside = {"consolidated": draft, "files": files(draft)}
        return write(lines, options, **{name: beside[name] for name in form.takes})
    if product is Product.POINTS:
        return write(lines, options)
    if product in (Product.LISTING, Product.METER):
        parts = [everything(write(listing, options)) for listing in listings(draft, options)]
        return "\n".join(parts)
    if product is Product.METER:
        return write(meter_listing([MeasuredText(name="draft", text=draft.base)], options), options)
    return write(table if product is Product.COMPARISON else matrix(table), options)


def listings(draft: Consolidated, options: RenderOptions) -> Iterator[Listing]:
    """Yield the lists that a secretariat keeps of a draft, and what it is from the last one."""
    empty, table = (standing_text(table_of_draft(side)) for side in (merge(draft.base, ()), draft))
    changes = RoundChanges(
        old=empty,
        new=table,
        points=fated_points(empty.table, table.table),
        differences=differences(empty, table),
    )
    yield changes_listing(changes, options)
    yield paragraphs_listing(changes, options)
    yield outcome_listing(table.table, outcomes(table.table), options)
    yield origin_listing(table.table, table.text, origins(table.table, table.text), options)
    yield concord_listing([draft], options)
    yield readout_listing(draft, find(draft), {}, {}, options)


def table_of_draft(draft: Consolidated) -> ChairTable:
    findings = find(draft)
    return ChairTable(
        consolidated=draft, findings=findings, replay=replay(draft, findings, []), numbers={},
        records=(),
    )  # fmt: skip


def everything(data: str | bytes) -> str:
    """Return all that a file holds, the parts of a Word file unpacked."""
    if isinstance(data, str):
        return data
    if not data.startswith(b"PK"):
        return data.decode("latin-1")
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return "\n".join(
            f"{name}\n{archive.read(name).decode('latin-1')}" for name in archive.namelist()
        )


PRODUCTS = [
    pytest.param(form, product, id=f"{form.name}-{product}")
    for form in FORMS
    for product in Product
    if getattr(form, product) and form.name not in ("xml", "pdf")  # a PDF has a test of its own
]


@pytest.mark.parametrize("options", WAYS, ids=lambda way: f"{way.audience}-{way.names}")
@pytest.mark.parametrize(("form", "product"), PRODUCTS)
@pytest.mark.parametrize("view", [View.REDLINE, View.RESULT])
@pytest.mark.parametrize("decided", [False, True], ids=["open", "decided"])
def test_who_proposes_is_not_to_be_seen(
    form: OutputForm, product: Product, options: RenderOptions, view: View, decided: bool
) -> None:
    texts = []
    for codes in (CODES, OTHERS):
        lines = shown(view, codes, decided=decided)
        table = table_of(View.REDLINE, codes, decided=decided)
        data = written(form, product, options, lines, table, draft_of(codes))
        texts.append(everything(data))
    assert not [code for code in OTHERS if code in texts[1]]
    assert texts[0] == texts[1]


@pytest.mark.parametrize("options", WAYS, ids=lambda way: f"{way.audience}-{way.names}")
@pytest.mark.parametrize("decided", [False, True], ids=["open", "decided"])
def test_the_points_do_not_say_who_asks(options: RenderOptions, decided: bool) -> None:
    texts = []
    for codes in (CODES, OTHERS):
        lines = shown(View.REDLINE, codes, decided=decided)
        points = [render_point(lines, region, options) for region in lines.findings.regions]
        told = render_points(lines, options, everything=True)
        texts.append("\n".join([conflicts_json(lines, options), told, *points]))
    assert not [code for code in OTHERS if code in texts[1]]
    assert texts[0] == texts[1]


def test_a_form_that_holds_the_proposals_is_refused_where_names_may_not_be_told() -> None:
    lines = shown(View.REDLINE, CODES, decided=False)
    (form,) = (form for form in FORMS if form.name == "xml")
    for options in WAYS:
        with pytest.raises(UsageError, match="cannot leave out whose they are") as refused:
            form.writer(Product.DRAFT)(lines, options, consolidated=draft_of(CODES))
        assert refused.value.code == "names-not-hidden"


@pytest.mark.parametrize(
    "said", [{"names": "none"}, {"audience": "public"}, {"audience": "public", "names": "names"}]
)
def test_a_string_hides_names_as_its_value_does(said: dict[str, str]) -> None:
    lines = shown(View.REDLINE, CODES, decided=False)
    assert "RUS" in render_html(lines)
    assert "RUS" not in render_html(lines, RenderOptions(**said))  # type: ignore[arg-type]
    assert RenderOptions(ui="fr").ui is Language.FR  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["names", "audience", "ui"])
def test_a_string_that_stands_for_nothing_is_refused_with_the_list(name: str) -> None:
    with pytest.raises(UsageError, match=f"{name} is 'bogus'.* Give one of: ") as refused:
        RenderOptions(**{name: "bogus"})  # type: ignore[arg-type]
    assert refused.value.code == "unknown-value"


def test_a_view_is_converted_or_refused_too() -> None:
    draft = draft_of(CODES)
    findings = find(draft)
    assert redline(draft, findings, view="base").view is View.BASE  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="view is 'bogus'"):
        redline(draft, findings, view="bogus")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="view is 'bogus'"):
        recorded(draft, findings, replay(draft, findings, []), view="bogus")  # type: ignore[arg-type]


SHOWN_FORMS = (
    "text",
    "terminal",
    "criticmarkup",
    "html",
    "docx",
    "xml",
    "json",
    "csv",
    "svg",
    "prose",
)


@given(drafts(), st.sampled_from(WAYS), st.booleans())
@settings(max_examples=tries(40))
def test_no_door_tells_who_proposes(drawn: Draft, options: RenderOptions, decide: bool) -> None:
    """Whatever is written, in whatever form, says nothing of a proponent, or is refused by name."""
    codes = [f"QQ{letter}/1/1" for letter in ascii_uppercase[: len(drawn.proposals)]]
    base = drawn.base
    proposals = [
        propose(base, drawn.texts[proposal.id], code, keeps=proposal.keeps, reasons=f"{code} asks.")
        for proposal, code in zip(drawn.proposals, codes, strict=True)
    ]
    draft = merge(base, proposals)
    findings = find(draft)
    records = []
    asked = [region for region in findings.outstanding if region.standing is Standing.CONTESTED]
    if decide and asked:
        request = DecisionRequest(
            act=DecisionKind.DEFER, by="Chair", at="2018-11-05", reservations=("QQA",)
        )
        records = [record(draft, findings, asked[0], request, number=1)]
    held = replay(draft, findings, records)
    lines = recorded(draft, findings, held)
    table = compare(draft, lines)
    status = ChairTable(
        consolidated=draft, findings=findings, replay=held, numbers={}, records=tuple(records)
    )
    everything_shown = (
        *(base, proposals[0], draft, lines, table, matrix(table), findings, status, *records),
        adopt(draft, findings, held),
    )
    for shown_value in everything_shown:
        for form in SHOWN_FORMS:
            try:
                out = render(shown_value, form, options, base=base)
            except UsageError as error:
                assert error.code in ("names-not-hidden", "unknown-form"), error
                continue
            assert "QQ" not in everything(out), (type(shown_value).__name__, form)
