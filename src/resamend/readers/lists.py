"""How deep each label stands: which list it continues, or that it opens one.

A label alone does not say it: ``i)`` after ``h)`` may be the next letter or the first Roman
number, ``v)`` after ``iv)`` may be the letter after ``u)`` further out. So every lawful way to
place the labels of a container is followed at once, each step has a cost, and the cheapest way
through the whole container wins: what stands before a label and what follows it both count.
The costs were set on the oddities of real texts (docs: two 9.1, aa) after z), page breaks).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from resamend.numbering import Label, LabelStyle, readings

NOT_A_LABEL = -1
"""The depth of a number that belongs to its sentence ("2014 was …")."""

DEEPEST = 12
"""Lists within lists beyond this are read as one list."""
_WAYS = 16  # ways followed at once
_HOPELESS = 16  # a way that costs so much more than the best is dropped

_NEXT = 0
_FIRST = 1  # a sublist opens with its first label …
_NO_COLON = 3  # … though the text before it does not end in a colon
_COLON_UNUSED = 1  # the list goes on though a colon announced a sublist
_OTHER_BRACKETS = 3  # a) then (b)
_SUFFIX_AHEAD = 2  # 2, then 3bis
_GAP = 4  # 2, then 4
_WIDE_GAP = 6
_BACK = 6  # 9.1, then 9.1 again
_SKIPPED = 3  # a number without a TAB is not a label
_OTHER_LIST = 12  # another list at the same level; dearer than a moved item: 8, 9, 7
_NOT_FIRST = 8  # a sublist opens with b)
_SAME_STYLE = 6  # 1 within 5
_ROOT_NOT_FIRST = 4


class Step(Struct, frozen=True):
    """Hold a label, whether a colon stands before it, and whether it may be no label at all.

    ``level`` is that of Word's own list, which places a label that nobody understands.
    """

    label: str
    after_colon: bool = False
    weak: bool = False
    level: int = 0


class _Way(Struct, frozen=True):
    cost: int
    stack: tuple[Label, ...] = ()  # the last label of each open list, the outermost first
    trail: tuple[int, object] | None = None  # depths so far, linked backwards


def depths(steps: Sequence[Step]) -> tuple[int, ...]:
    """Return the depth of each label in its container, from 0.

    >>> depths([Step(label) for label in ("h)", "i)", "j)")])
    (0, 0, 0)
    >>> depths([Step("h)"), Step("i)", True), Step("ii)"), Step("i)"), Step("j)")])
    (0, 1, 1, 0, 0)
    """
    ways = [_Way(0)]
    for step in steps:
        reached: dict[tuple[Label, ...], _Way] = {}
        for way in ways:
            for cost, stack, depth in _places(way.stack, step):
                best = reached.get(stack)
                if best is None or way.cost + cost < best.cost:
                    reached[stack] = _Way(way.cost + cost, stack, (depth, way.trail))
        ranked = sorted(reached.values(), key=lambda way: way.cost)
        limit = ranked[0].cost + _HOPELESS
        ways = [way for way in ranked[:_WAYS] if way.cost <= limit]
    return _unwound(ways[0], len(steps))


def _unwound(way: _Way, length: int) -> tuple[int, ...]:
    backwards = []
    trail = way.trail
    while trail is not None:
        depth, rest = trail
        backwards.append(depth)
        trail = rest  # type: ignore[assignment]  # a recursive tuple type cannot be written
    assert len(backwards) == length
    return tuple(reversed(backwards))


def begins_list(label: str) -> bool:
    """Tell whether a label can be the first of a numbered list (a bullet says nothing)."""
    return any(
        r.number == 1 and not r.suffix and r.style is not LabelStyle.BULLET for r in readings(label)
    )


def may_follow(before: str, label: str) -> bool:
    """Tell whether a label can be the next of the list in which another stands.

    >>> may_follow("h)", "i)"), may_follow("2", "2bis"), may_follow("c)", "1")
    (True, True, False)
    """
    return any(
        _going_on(last, r) == _NEXT
        for last in readings(before)
        for r in readings(label)
        if r.style is not LabelStyle.BULLET
    )


def _places(stack: tuple[Label, ...], step: Step) -> Iterator[tuple[int, tuple[Label, ...], int]]:
    """Yield each way to place a label: its cost, the lists open after it, and its depth."""
    if step.weak:
        yield _SKIPPED, stack, NOT_A_LABEL
    unread = Label(style=LabelStyle.BULLET, number=1, opening=f"level {step.level}")
    for reading in readings(step.label) or (unread,):
        unused = _COLON_UNUSED * step.after_colon
        for depth in reversed(range(len(stack))):
            cost = _going_on(stack[depth], reading)
            cost = _OTHER_LIST if cost is None else cost
            yield cost + unused, (*stack[:depth], reading), depth
        if len(stack) < DEEPEST:
            yield _opening(stack, reading, step), (*stack, reading), len(stack)


def _going_on(last: Label, label: Label) -> int | None:
    """Return what it costs that a label continues a list; ``None`` if it is another list."""
    if last.style is not label.style:
        return None
    if label.style is LabelStyle.BULLET:
        return _NEXT if last.opening == label.opening else None
    if last.before != label.before:  # 2.9, 3.1 without a 3 between them
        return _GAP if last.before.count(".") == label.before.count(".") else None
    brackets = _brackets(last) != _brackets(label)
    return _OTHER_BRACKETS * brackets + _distance(last, label)


def _brackets(label: Label) -> tuple[str, str]:
    return label.opening.replace("（", "("), label.closing.replace("）", ")")


def _distance(last: Label, label: Label) -> int:
    ahead = label.number - last.number
    if (ahead, label.suffix) == (1, 0) or (ahead, label.suffix) == (0, last.suffix + 1):
        return _NEXT
    if ahead == 0 and label.suffix > last.suffix:
        return _NEXT + 1
    if ahead == 1:
        return _SUFFIX_AHEAD
    if ahead > 1:
        return _GAP if ahead <= _GAP else _WIDE_GAP
    return _BACK


def _opening(stack: tuple[Label, ...], label: Label, step: Step) -> int:
    """Return what it costs that a label opens a list below those that are open."""
    first = label.number == 1 and not label.suffix
    if not stack:
        return _FIRST if first else _ROOT_NOT_FIRST
    if label.before:
        parent = stack[-1]
        within = label.before == f"{parent.before}{parent.number}."
        return (_NEXT if first else _SUFFIX_AHEAD) if within else _NOT_FIRST
    cost = _FIRST if first else _NOT_FIRST
    cost += _NO_COLON * (not step.after_colon)
    if any(
        _going_on(last, label) is not None and _brackets(last) == _brackets(label) for last in stack
    ):
        cost += _SAME_STYLE
    return cost
