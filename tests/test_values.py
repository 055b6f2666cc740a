"""Values are checked where they are made."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from resamend.difference import Hunk, ListHunk
from resamend.model import MARKS, Mark


@pytest.mark.parametrize(
    "make",
    [
        lambda: Hunk(5, 2, ()),
        lambda: Hunk(-1, 2, ()),
        lambda: ListHunk(5, 2, (), ()),
        lambda: Mark(9, 3, "i"),
        lambda: Mark(-1, 3, "i"),
        lambda: Mark(3, 9, "nonsense"),
    ],
)
def test_a_value_that_means_nothing_cannot_be_made(make: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"is no (range|mark)"):
        make()


def test_a_value_at_the_edge_of_what_means_something_can() -> None:
    assert Hunk(0, 0, ()).end == ListHunk(2, 2, (), ()).end - 2
    assert {Mark(0, 0, kind).kind for kind in MARKS} == MARKS
