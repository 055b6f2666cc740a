"""The page: what every writer walks is built once, and says all that the redline holds."""

from __future__ import annotations

from hypothesis import given

from resamend.conflict import find
from resamend.consolidation import merge
from resamend.page.annexes import listed_points
from resamend.page.builder import PageBuilder
from resamend.page.presentation import present
from resamend.page.runs import expanded
from resamend.page.values import PagePoint
from resamend.redlines import redline
from tests import strategies as ours
from tests.strategies import Draft


def built(drawn: Draft) -> PageBuilder:
    merged = merge(drawn.base, drawn.proposals)
    return PageBuilder(present(expanded(redline(merged, find(merged)))))


@given(ours.drafts())
def test_each_point_of_an_annex_is_the_one_in_the_draft(drawn: Draft) -> None:
    builder = built(drawn)
    page = builder.page()
    printed: list[PagePoint] = [*page.left]
    for block in page.blocks:
        printed += (*block.points, *block.due)
    options = {id(point.options) for point in printed if point.options}
    for listed in listed_points(builder):
        assert not listed.point.options or id(listed.point.options) in options


@given(ours.drafts())
def test_a_page_has_each_outstanding_point(drawn: Draft) -> None:
    builder = built(drawn)
    page = builder.page()
    points = [*page.left, *(p for block in page.blocks for p in (*block.points, *block.due))]
    outstanding = {region.id for region in builder.redline.findings.outstanding}
    assert {point.choice.region.id for point in points} == outstanding
    assert len(page.blocks) == len(builder.redline.blocks)
