"""What the published document says of itself, on its cover."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

__all__ = ["COVER_KEYS", "Cover"]


class Cover(Struct, frozen=True, kw_only=True):
    """Hold the cover block, all strings, empty where nothing is said.

    ``number`` is the document's, such as ``PP-18/62``, ``original`` the language it was written
    in, ``source`` who submits it, ``agenda`` its agenda item.
    """

    number: str = ""
    revision: str = ""
    date: str = ""
    original: str = ""
    source: str = ""
    title: str = ""
    agenda: str = ""

    @classmethod
    def of(cls, said: Mapping[str, str]) -> Cover:
        """Make a cover of what is said by key; other keys are left alone.

        >>> Cover.of({"number": "62-E", "colour": "red"}).number
        '62-E'
        """
        return cls(**{key: said[key] for key in COVER_KEYS if key in said})

    def __bool__(self) -> bool:
        """Tell whether anything is said."""
        return any(getattr(self, key) for key in COVER_KEYS)


COVER_KEYS = Cover.__struct_fields__
