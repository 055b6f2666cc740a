"""Show a place of the text in force with the words around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from resamend.redlines import Block, Choice, Redline, Span


class Excerpt(Struct, frozen=True):
    """Hold the text in force of a provision, cut at the place of a point."""

    label: str
    before: str
    base: str
    after: str

    def near(self, words: int) -> Excerpt:
        """Return the excerpt with only so many words on each side.

        >>> Excerpt("a)", "one two three", " four", " five six").near(1)
        Excerpt(label='', before='… three', base=' four', after=' five …')
        """
        left, right = self.before.split(" "), self.after.split(" ")
        if len(left) > words + 1:
            left = ["…", *left[-words:]]
        if len(right) > words + 1:
            right = [*right[: words + 1], "…"]
        label = self.label if len(left) == len(self.before.split(" ")) else ""
        return Excerpt(label, " ".join(left), self.base, " ".join(right))


def excerpt(redline: Redline, id: str) -> Excerpt | None:
    """Return the place of the point ``id`` among the words of a provision, if it has one."""
    for block in redline.blocks:
        for place, piece in enumerate(block.pieces):
            if isinstance(piece, Choice) and piece.region.id == id and not piece.again:
                return _cut(block, piece, place)
    return None


def _cut(block: Block, choice: Choice, place: int) -> Excerpt:
    return Excerpt(
        label=_in_force(block.label),
        before=_in_force(block.pieces[:place]),
        base=_in_force(choice.base),
        after=_in_force(block.pieces[place + 1 :]),
    )


def _in_force(pieces: Iterable[Span | Choice] | Sequence[Span]) -> str:
    spans = (
        span for piece in pieces for span in ((piece,) if isinstance(piece, Span) else piece.base)
    )
    return "".join(span.text for span in spans if not span.inserted)
