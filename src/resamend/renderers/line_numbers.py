"""Number the lines of each page of a PDF, as drafts for a reading in a room are.

Lines are known only when the pages are laid out, and no style sheet can count them. So the page
brings the numbers along, out of sight on its first page; once all is laid out, one is put beside
each line of the draft. They belong to the margin: a reader's program does not read them out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_CLASS = "line-number"


def number_lines(document: Any) -> None:
    """Put a number beside each line of the draft, counted page by page."""
    first = document.pages[0]._page_box
    numbers = [box for box in _walk(first) if _class(box) == _CLASS and _is_block(box)]
    for box in _walk(first):
        if _class(box) == "line-numbers":
            box.children = ()
    for page in document.pages:
        foot = next(box for box in page._page_box.children if box.__class__.__name__ == "MarginBox")
        lines = sorted({round(top, 1): height for top, height in _lines(page._page_box)}.items())
        beside = [
            _moved(number, top + height / 2)
            for number, (top, height) in zip(numbers, lines, strict=False)
        ]
        page._page_box.children = (*page._page_box.children, foot.copy_with_children(beside))


def _lines(page: Any) -> Iterator[tuple[float, float]]:
    """Yield where the lines of the draft stand on a page, and how high they are."""
    for box in _walk(page):
        if box.element_tag in ("p", "h2", "h3") and _class(box) == "words" and _in_draft(box):
            for child in _walk(box):
                if child.__class__.__name__ == "LineBox" and child.element is box.element:
                    yield child.position_y, child.height


def _in_draft(box: Any) -> bool:
    """Tell whether a paragraph is part of the draft, not of a point or an annex."""
    return box.element is not None and box.element.get("data-line") is not None


def _moved(number: Any, middle: float) -> Any:
    copy = number.deepcopy()
    copy.translate(0, middle - number.height / 2 - number.position_y)
    return copy


def _walk(box: Any) -> Iterator[Any]:
    box = getattr(box, "_box", box)  # what is out of the flow stands behind a placeholder
    yield box
    for child in getattr(box, "children", ()):
        yield from _walk(child)


def _class(box: Any) -> str:
    element = getattr(box, "element", None)
    return str(element.get("class", "")) if element is not None else ""


def _is_block(box: Any) -> bool:
    return bool(box.__class__.__name__ == "BlockBox")
