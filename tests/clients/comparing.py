"""An editor's side panel: what has changed between two versions of a paragraph, or of a text."""

from __future__ import annotations

from collections.abc import Iterator

from resamend import Resolution, diff, read
from resamend.types import TextEdit


def phrases(old: str, new: str) -> list[tuple[str, str]]:
    """Return the words struck and inserted between two versions of a paragraph."""
    return [
        (hunk.old.strip(), "".join(word.text for word in hunk.words).strip())
        for hunk in diff(old, new).hunks
    ]


def changed_places(old: bytes, new: bytes) -> Iterator[str]:
    """Yield the places whose words differ between two texts."""
    base, revised = read(old, Resolution), read(new, Resolution)
    names = {provision.id: name for name, provision in base.places.items()}
    for edit in diff(base, revised):
        if isinstance(edit, TextEdit):
            yield names[edit.target]
