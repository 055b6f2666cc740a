"""Compare texts word by word with diff-match-patch, which knows characters only."""

from __future__ import annotations

import re

from diff_match_patch import diff_match_patch  # type: ignore[import-untyped]

_PIECE = re.compile(r"\w+|[^\w\s]|\s+")


def word_diff(base: str, revised: str) -> list[tuple[int, str]]:
    """Compare two texts by diff-match-patch, each word a character, without a time limit."""
    tool = diff_match_patch()
    tool.Diff_Timeout = 0
    codes: dict[str, str] = {}
    one, other = (
        "".join(codes.setdefault(piece, _character(len(codes))) for piece in _PIECE.findall(text))
        for text in (base, revised)
    )
    pieces = {code: piece for piece, code in codes.items()}
    diffs = tool.diff_main(one, other, checklines=False)
    return [(kind, "".join(map(pieces.__getitem__, text))) for kind, text in diffs]


def _character(number: int) -> str:
    """Return a character that is no surrogate."""
    return chr(number + 1 if number < 0xD7FF else number + 0x801)
